#pragma once

#include "base/error.h"
#include "market/quote.h"
#include "tastytrade/transport.h"
#include "tastytrade/wire/dxlink.h"

#include <functional>
#include <list>
#include <map>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// Candle histories asked for over the feed's connection: each is a snapshot that is collected and then let go.
class CandleRequests
{
public:
    using Done = std::function<void(base::Result<std::vector<market::Candle>>)>;
    using Send = std::function<void(const wire::dxlink::FeedSubscription&)>;

    /// `send` is called only between onReady() and onLost().
    CandleRequests(Scheduler& scheduler, Send send) : m_scheduler(scheduler), m_send(std::move(send)) {}
    /// Answers what is still open.
    ~CandleRequests();
    CandleRequests(const CandleRequests&) = delete;
    CandleRequests& operator=(const CandleRequests&) = delete;

    /// `period` as in "5m", "1d". Candles that start before `from` are left out of the answer; ascending by time.
    void request(const std::string& streamerSymbol, const std::string& period, base::Instant from, Done done);
    void onReady();
    /// What was under way starts again with the next onReady().
    void onLost();
    void onEvent(const wire::CandleEvent& event);

private:
    struct Request {
        wire::CandleSymbol symbol;
        base::Instant from;
        Done done;
        bool isSent = false;
        bool isEnded = false;                           ///< the last row of the snapshot was seen
        std::map<std::int64_t, wire::CandleEvent> rows; ///< by index
        Timer deadline;
    };
    using Requests = std::list<Request>;

    void sendMore();
    void finish(Requests::iterator request, base::Result<std::vector<market::Candle>> outcome);
    static std::vector<market::Candle> candlesOf(const Request& request);

    Scheduler& m_scheduler;
    const Send m_send;
    bool m_isReady = false;
    Requests m_requests; ///< oldest first
};

} // namespace vegadesk::tastytrade
