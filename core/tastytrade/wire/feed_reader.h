#pragma once

#include "tastytrade/wire/feed_event.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// A list that is filled anew for every message and keeps its elements' memory meanwhile.
template<class E>
class Reused
{
public:
    /// A fresh element at the end; its symbol's memory is one that was used before.
    E& add()
    {
        if (m_count == m_all.size())
            m_all.emplace_back();
        E& element = m_all[m_count++];
        std::string symbol = std::move(element.symbol);
        symbol.clear();
        element = E{};
        element.symbol = std::move(symbol);
        return element;
    }
    void truncate(std::size_t count) { m_count = count; }
    std::size_t size() const { return m_count; }
    std::span<const E> view() const { return {m_all.data(), m_count}; }

private:
    std::vector<E> m_all;
    std::size_t m_count = 0;
};

/// What a message of data held, each type's events in their order.
struct FeedBatch {
    int channel = 1;
    std::tuple<Reused<QuoteEvent>, Reused<TradeEvent>, Reused<SummaryEvent>, Reused<GreeksEvent>, Reused<CandleEvent>>
        events;
    Refusals refusals;

    template<class E>
    Reused<E>& of()
    {
        return std::get<Reused<E>>(events);
    }
    std::size_t eventCount() const
    {
        return std::apply([](const auto&... lists) { return (lists.size() + ...); }, events);
    }
    void clear();
};

/// Reads FEED_DATA in the COMPACT format, the one that comes thousands of times a second, without allocating for its rows
/// once a few messages have been read. dxlink::parse() reads the same, and everything else, more slowly.
///
/// Errors  a row with a value of another kind, or without a symbol, is left out and counted; so is an array whose length is no
///         multiple of its columns, because it is not known where its rows begin. The message's other rows are good. Of a
///         message that breaks off nothing is used.
class FeedReader
{
public:
    FeedReader();
    ~FeedReader();
    FeedReader(const FeedReader&) = delete;
    FeedReader& operator=(const FeedReader&) = delete;

    /// Replaces what `batch` held. False, and an empty batch, where the text is something else than COMPACT data or no
    /// JSON: then it is for dxlink::parse(). An array that begins with its columns' names, as an older stage of the
    /// protocol had it, sets `layouts`.
    bool read(std::string_view text, EventLayouts& layouts, FeedBatch& batch);

private:
    struct Json; // keeps simdjson out of this header
    const std::unique_ptr<Json> m_json;
};

} // namespace vegadesk::tastytrade::wire
