#pragma once

#include "market/book.h"
#include "tastytrade/wire/dxlink.h"

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace vegadesk::tastytrade
{

/// What should stream, what was asked for on this connection, and the way from one to the other in batches.
class Subscriptions
{
public:
    Subscriptions(const market::Book& book, std::size_t most) : m_book(book), m_most(most) {}

    /// Quotes of everything come first, then trades, greeks and summaries, so that prices show before details and the
    /// bound, if it is met, costs details.
    void setWanted(const std::vector<market::InstrumentIndex>& instruments);
    /// A new connection knows nothing.
    void forgetSent()
    {
        m_sent.clear();
        restart();
    }
    bool isComplete() const { return m_toRemove.empty() && m_nextToAdd == m_desired.size(); }
    /// The next batch of at most `items`; counts as sent.
    wire::dxlink::FeedSubscription takeBatch(std::size_t items);

    std::optional<market::InstrumentIndex> find(const std::string& streamerSymbol) const;
    std::size_t sentCount() const { return m_sent.size(); }
    std::size_t leftOutCount() const { return m_leftOut; }
    bool isEmpty() const { return m_desired.empty(); }

private:
    /// Instrument and event type in one number.
    using Key = std::uint64_t;
    static Key keyOf(market::InstrumentIndex index, wire::EventType type)
    {
        return (Key{index} << 8) | static_cast<Key>(type);
    }
    wire::dxlink::Subscription subscriptionOf(Key key) const;
    void restart();

    const market::Book& m_book;
    const std::size_t m_most;
    std::unordered_map<std::string, market::InstrumentIndex> m_bySymbol;
    std::unordered_map<market::InstrumentIndex, std::string> m_symbols; ///< also of what is still to be removed
    std::vector<Key> m_desired;
    std::unordered_set<Key> m_sent;
    std::vector<Key> m_toRemove;
    std::size_t m_nextToAdd = 0;
    std::size_t m_leftOut = 0;
};

} // namespace vegadesk::tastytrade
