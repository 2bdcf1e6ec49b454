#pragma once

#include "base/time.h"
#include "market/quote.h"

#include <QByteArray>

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

namespace vegadesk::tastytrade
{

/// What the diagnostics show of a connection.
struct CounterValues {
    std::uint64_t feedEvents = 0; ///< since the start
    std::uint64_t feedFrames = 0;
    std::uint64_t streamerMessages = 0;
    std::uint64_t requests = 0;           ///< REST, retries included
    std::uint64_t reconnects = 0;         ///< both streams
    std::uint64_t streamerReconnects = 0; ///< of these, the account's
    std::uint64_t quarantined = 0;        ///< messages that could not be read
    std::uint64_t subscriptions = 0;      ///< symbol times event type, now
    std::uint64_t leftOut = 0;            ///< wanted, but over the broker's limit of subscriptions
    std::uint64_t gaps = 0;               ///< instruments that did not stream while others did, since the start
    double feedEventsPerSecond = 0;       ///< over the last whole second or two
    base::Instant lastFeedEvent{};        ///< by the injected clock; zero: none yet
    base::Instant lastStreamerMessage{};
    double answerSeconds = market::unknown;   ///< that the last REST answer took
    std::uint64_t unanswered = 0;             ///< REST requests in a row without an answer, now
    double clockAhead = market::unknown;      ///< seconds by which the broker's clock is ahead of ours
    double streamerSeconds = market::unknown; ///< that the account stream took to acknowledge the last request
};

/// The same, written on the network thread and read anywhere.
class Counters
{
public:
    CounterValues values() const
    {
        const std::scoped_lock lock(m_mutex);
        return m_values;
    }
    template<class Change>
    void change(Change apply)
    {
        const std::scoped_lock lock(m_mutex);
        apply(m_values);
    }

private:
    mutable std::mutex m_mutex;
    CounterValues m_values; // guarded by m_mutex
};

/// The last messages that could not be read, with the reason: evidence, kept out of the log because it may hold account
/// data. Written on the network thread, read anywhere.
class Quarantine
{
public:
    struct Entry {
        std::string source; ///< "dxLink", "account streamer", "orders"
        std::string reason;
        std::string text; ///< the first 2,000 bytes
    };
    explicit Quarantine(Counters& counters) : m_counters(counters) {}

    void put(std::string source, std::string reason, const QByteArray& text);
    std::vector<Entry> entries() const;

private:
    static constexpr std::size_t bound = 32;
    Counters& m_counters;
    mutable std::mutex m_mutex;
    std::deque<Entry> m_entries; // guarded by m_mutex
};

} // namespace vegadesk::tastytrade
