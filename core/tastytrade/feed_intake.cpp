#include "tastytrade/feed_intake.h"

#include "tastytrade/subscriptions.h"

#include <utility>

namespace vegadesk::tastytrade
{

namespace
{

constexpr std::int64_t latestMillis = 7'258'118'400'000; // the year 2200; 64-bit nanoseconds end in 2262

/// The event's own time where it has one, else now: this feed often sends 0.
base::Instant eventTime(std::int64_t millis, base::Instant now)
{
    return millis > 0 && millis < latestMillis ? base::fromUnixMillis(millis) : now;
}

} // namespace

FeedIntake::FeedIntake(market::Book& book, Subscriptions& subscriptions, OnCandle onCandle)
    : m_book(book), m_subscriptions(subscriptions), m_onCandle(std::move(onCandle)), m_layouts(wire::clientLayouts())
{
}

std::optional<FeedIntake::Taken> FeedIntake::take(std::string_view text, base::Instant now)
{
    if (!m_reader.read(text, m_layouts, m_batch))
        return {};
    std::apply([&](const auto&... lists) { (put(lists.view(), now), ...); }, m_batch.events);
    return Taken{m_batch.eventCount(), std::move(m_batch.refusals)};
}

void FeedIntake::take(const wire::Event& event, base::Instant now)
{
    std::visit([&]<class E>(const E& values) { put(std::span<const E>(&values, 1), now); }, event);
}

void FeedIntake::put(std::span<const wire::QuoteEvent> events, base::Instant now)
{
    m_quotes.clear();
    for (const wire::QuoteEvent& event : events) {
        const auto index = m_subscriptions.find(event.symbol);
        if (!index)
            continue;
        m_subscriptions.noteQuote(*index);
        m_quotes.push_back({*index, {event.bidPrice, event.askPrice, event.bidSize, event.askSize, now}});
    }
    if (!m_quotes.empty())
        m_book.put(m_quotes);
}

void FeedIntake::put(std::span<const wire::TradeEvent> events, base::Instant now)
{
    for (const wire::TradeEvent& event : events) {
        if (const auto index = m_subscriptions.find(event.symbol))
            m_book.put(*index, market::Trade{event.price, event.size, event.dayVolume, eventTime(event.time, now)});
    }
}

void FeedIntake::put(std::span<const wire::SummaryEvent> events, base::Instant)
{
    for (const wire::SummaryEvent& event : events) {
        if (const auto index = m_subscriptions.find(event.symbol))
            m_book.put(*index, market::Summary{event.dayOpenPrice, event.dayHighPrice, event.dayLowPrice,
                                               event.prevDayClosePrice, event.openInterest});
    }
}

void FeedIntake::put(std::span<const wire::GreeksEvent> events, base::Instant now)
{
    for (const wire::GreeksEvent& event : events) {
        if (const auto index = m_subscriptions.find(event.symbol))
            m_book.put(*index, market::FeedGreeks{event.price, event.volatility, event.delta, event.gamma, event.theta,
                                                  event.rho, event.vega, eventTime(event.time, now)});
    }
}

void FeedIntake::put(std::span<const wire::CandleEvent> events, base::Instant)
{
    for (const wire::CandleEvent& event : events)
        m_onCandle(event);
}

} // namespace vegadesk::tastytrade
