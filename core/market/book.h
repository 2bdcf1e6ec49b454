#pragma once

#include "base/queue.h"
#include "market/instrument.h"
#include "market/quote.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace vegadesk::market
{

using InstrumentIndex = std::uint32_t;
inline constexpr InstrumentIndex noInstrument = ~InstrumentIndex{0};

/// A quote and whose it is.
struct QuoteUpdate {
    InstrumentIndex index = noInstrument;
    Quote quote;
};

/// The latest values of everything subscribed. Feeds write, anyone reads; every member is thread-safe.
/// Instruments are only ever added, so an index stays good for the Book's life.
class Book
{
public:
    /// A reader's own list of what changed since it last looked. Register before the writers start.
    using ReaderId = std::size_t;

    /// Known symbols return the index they have; their terms are not changed.
    InstrumentIndex add(const Instrument& instrument);
    std::optional<InstrumentIndex> find(std::string_view symbol) const;
    Instrument instrument(InstrumentIndex index) const;
    std::size_t size() const;

    void put(InstrumentIndex index, const Quote& quote);
    /// A message's worth at once: one wait for the lock, and readers see all of it or nothing.
    void put(std::span<const QuoteUpdate> quotes);
    void put(InstrumentIndex index, const Trade& trade);
    void put(InstrumentIndex index, const Summary& summary);
    void put(InstrumentIndex index, const FeedGreeks& greeks);

    MarketData latest(InstrumentIndex index) const;
    Quote quote(InstrumentIndex index) const;
    /// Events written since the start, all instruments.
    std::uint64_t eventCount() const;

    ReaderId addReader();
    /// Replaces `changed` with the indices written since the reader's last call.
    void takeChanged(ReaderId reader, std::vector<InstrumentIndex>& changed);

private:
    template<class Value>
    void write(InstrumentIndex index, Value MarketData::* member, const Value& value);

    struct SymbolHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    using SymbolMap = std::unordered_map<std::string, InstrumentIndex, SymbolHash, std::equal_to<>>;

    mutable std::shared_mutex m_mutex;
    std::vector<Instrument> m_instruments; // guarded by m_mutex, as is all below but the lists' contents
    std::vector<MarketData> m_latest;
    SymbolMap m_bySymbol;
    std::uint64_t m_events = 0;
    std::vector<std::unique_ptr<base::DirtyList>> m_readers;
};

} // namespace vegadesk::market
