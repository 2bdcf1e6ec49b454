#pragma once

#include "market/feed.h"
#include "tastytrade/wire/dxlink.h"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vegadesk::tastytrade
{

/// What should stream, what was asked for on this connection, and the way from one to the other in batches.
///
/// Order   quotes of what is held and of what is visible, then their trades, Greeks and summaries, then quotes of the chain
///         around them: prices show before details, and the bound, if it is met, costs what is least needed.
/// Linger  what is no longer wanted stays for a while, so that scrolling back and forth changes nothing; it goes at once
///         where its room is needed.
/// Shapes  instants are a Scheduler's.
class Subscriptions
{
public:
    Subscriptions(const market::Book& book, std::size_t most, base::Nanos linger)
        : m_book(book), m_most(most), m_linger(linger)
    {
    }

    void setWanted(const std::vector<market::Wanted>& wanted, base::Nanos now);
    /// A new connection knows nothing.
    void forgetSent();

    enum class Work : std::uint8_t { Nothing, Background, Urgent };
    /// What takeBatch() would do next. Background is the chain around what is looked at, and letting go.
    Work work(base::Nanos now) const;
    /// The next batch of at most `items`; counts as sent. Never both adds and removes, as a server might count the adds first.
    wire::dxlink::FeedSubscription takeBatch(std::size_t items, base::Nanos now);

    std::optional<market::InstrumentIndex> find(std::string_view streamerSymbol) const
    {
        const auto found = m_bySymbol.find(streamerSymbol);
        return found == m_bySymbol.end() ? std::nullopt : std::optional(found->second);
    }
    /// A quote of it came.
    void noteQuote(market::InstrumentIndex index) { m_lines[index].isSeen = true; }
    /// Looks for instruments whose quotes were asked for `within` before `lastData`, when something came last, and longer, and
    /// of which none ever came: they are asked for again, once. Returns those that stay silent after that, each once.
    std::vector<market::InstrumentIndex> findSilent(base::Nanos within, base::Nanos lastData);

    std::size_t sentCount() const { return m_sentCount; }
    std::size_t leftOutCount() const { return m_leftOut; }
    bool isEmpty() const { return m_desired.empty(); }

private:
    /// Instrument and event type in one number.
    using Key = std::uint64_t;
    static Key keyOf(market::InstrumentIndex index, wire::EventType type)
    {
        return (Key{index} << 8) | static_cast<Key>(type);
    }
    static std::uint8_t bitOf(Key key) { return static_cast<std::uint8_t>(1U << (key & 0xff)); }

    /// What is known of an instrument; bits by event type.
    struct Line {
        std::string symbol{}; ///< empty: the broker streams nothing for it, or it was never wanted
        bool isKnown = false, isOption = false;
        std::uint8_t wanted = 0, sent = 0, lingering = 0;
        bool isSeen = false, isRepeated = false, isReported = false;
        base::Nanos quoteSentAt{};
    };
    struct Lingering {
        base::Nanos since{};
        Key key = 0;
    };
    struct SymbolHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };

    Line& lineOf(Key key) { return m_lines[key >> 8]; }
    const Line& lineOf(Key key) const { return m_lines[key >> 8]; }
    void learn(market::InstrumentIndex index);
    void want(market::InstrumentIndex index, wire::EventType type);
    void skipSent();
    bool hasAdds() const { return m_nextToAdd < m_desired.size(); }
    void letGo(Key key, wire::dxlink::FeedSubscription& batch);
    wire::dxlink::Subscription subscriptionOf(Key key) const;

    const market::Book& m_book;
    const std::size_t m_most;
    const base::Nanos m_linger;
    std::vector<Line> m_lines; ///< by instrument
    std::unordered_map<std::string, market::InstrumentIndex, SymbolHash, std::equal_to<>> m_bySymbol;
    std::vector<Key> m_desired;
    std::size_t m_urgentCount = 0;     ///< of them, the first ones
    std::size_t m_nextToAdd = 0;       ///< all before it are sent
    std::deque<Lingering> m_lingering; ///< oldest first
    std::vector<Key> m_toRepeat;
    std::size_t m_sentCount = 0;
    std::size_t m_leftOut = 0;
};

} // namespace vegadesk::tastytrade
