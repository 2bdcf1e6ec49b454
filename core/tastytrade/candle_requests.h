#pragma once

#include "base/error.h"
#include "market/reference_data.h"
#include "tastytrade/candle_stream.h"
#include "tastytrade/transport.h"
#include "tastytrade/wire/dxlink.h"

#include <functional>
#include <list>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// Candles over the feed's connection: histories, which are collected and then let go, and bars that are followed as they
/// grow. All who ask for one symbol and period share one subscription, since events name no more than these.
class CandleRequests
{
public:
    using Done = std::function<void(base::Result<std::vector<market::Candle>>)>;
    using Changed = std::function<void(market::CandleUpdate)>;
    using Send = std::function<void(const wire::dxlink::FeedSubscription&)>;
    using Id = std::uint64_t;

    /// `send` is called only between onReady() and onLost().
    CandleRequests(Scheduler& scheduler, Send send) : m_scheduler(scheduler), m_send(std::move(send)) {}
    /// Answers what is still open.
    ~CandleRequests();
    CandleRequests(const CandleRequests&) = delete;
    CandleRequests& operator=(const CandleRequests&) = delete;

    /// `period` as in "5m", "1d". Candles that start before `from` are left out of the answer; ascending by time. Answers once:
    /// inside the call where the period is none or the bars are here already, as they are followed.
    void request(const std::string& streamerSymbol, const std::string& period, base::Instant from, Done done);
    /// Tells all bars from `from` on, then those that change or come, until unfollow(); inside the call where they are here
    /// already. After a new connection what was missed is fetched from the last complete bar on. Errors: the period.
    base::Result<Id> follow(const std::string& streamerSymbol, const std::string& period, base::Instant from,
                            Changed changed);
    void unfollow(Id id);

    void onReady();
    void onLost();
    void onEvent(const wire::CandleEvent& event);

private:
    /// Has either `done` or `changed`.
    struct Request {
        Id id = 0;
        base::Instant from;
        Done done;
        Changed changed;
        Timer deadline;
    };
    struct Shared {
        CandleStream stream;
        std::list<Request> requests{};
        bool isSent = false;
    };
    using Streams = std::list<Shared>;

    Shared& streamFor(const wire::CandleSymbol& symbol, base::Instant from);
    void sendMore();
    void answer(Shared& shared);
    void expire(Id id);
    void letGoIfUnused(Shared& shared);

    Scheduler& m_scheduler;
    const Send m_send;
    bool m_isReady = false;
    Id m_lastId = 0;
    Streams m_streams; ///< oldest first
};

} // namespace vegadesk::tastytrade
