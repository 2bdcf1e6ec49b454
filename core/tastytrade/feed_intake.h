#pragma once

#include "market/book.h"
#include "tastytrade/wire/feed_reader.h"

#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace vegadesk::tastytrade
{

class Subscriptions;

/// From the text of a message of data to the Book, on the network thread: nothing is allocated for a quote once a few
/// messages have been read.
class FeedIntake
{
public:
    using OnCandle = std::function<void(const wire::CandleEvent&)>;

    /// Symbols that `subscriptions` does not know are passed over.
    FeedIntake(market::Book& book, Subscriptions& subscriptions, OnCandle onCandle);

    struct Taken {
        std::size_t events = 0;
        wire::Refusals refusals;
    };
    /// Nothing where the text is not COMPACT data; then it is for wire::dxlink::parse(). Quotes are stamped with `now`.
    std::optional<Taken> take(std::string_view text, base::Instant now);
    /// The same of one event that was read elsewhere.
    void take(const wire::Event& event, base::Instant now);

    /// How the server's rows are to be read: as we asked until it says otherwise.
    wire::EventLayouts& layouts() { return m_layouts; }

private:
    void put(std::span<const wire::QuoteEvent> events, base::Instant now);
    void put(std::span<const wire::TradeEvent> events, base::Instant now);
    void put(std::span<const wire::SummaryEvent> events, base::Instant now);
    void put(std::span<const wire::GreeksEvent> events, base::Instant now);
    void put(std::span<const wire::CandleEvent> events, base::Instant now);

    market::Book& m_book;
    Subscriptions& m_subscriptions;
    const OnCandle m_onCandle;
    wire::EventLayouts m_layouts;
    wire::FeedReader m_reader;
    wire::FeedBatch m_batch;
    std::vector<market::QuoteUpdate> m_quotes;
};

} // namespace vegadesk::tastytrade
