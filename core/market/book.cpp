#include "market/book.h"

#include <mutex>

namespace vegadesk::market
{

InstrumentIndex Book::add(const Instrument& instrument)
{
    const std::unique_lock lock(m_mutex);
    const auto [known, isNew] =
        m_bySymbol.try_emplace(instrument.symbol, static_cast<InstrumentIndex>(m_instruments.size()));
    if (isNew) {
        m_instruments.push_back(instrument);
        m_latest.emplace_back();
    }
    return known->second;
}

std::optional<InstrumentIndex> Book::find(std::string_view symbol) const
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_bySymbol.find(symbol);
    return found == m_bySymbol.end() ? std::nullopt : std::optional(found->second);
}

Instrument Book::instrument(InstrumentIndex index) const
{
    const std::shared_lock lock(m_mutex);
    return m_instruments.at(index);
}

std::size_t Book::size() const
{
    const std::shared_lock lock(m_mutex);
    return m_instruments.size();
}

template<class Value>
void Book::write(InstrumentIndex index, Value MarketData::* member, const Value& value)
{
    const std::unique_lock lock(m_mutex);
    m_latest.at(index).*member = value;
    ++m_events;
    // Inside the lock: a reader told of a change must find it in latest().
    for (const auto& reader : m_readers)
        reader->put(index);
}

void Book::put(InstrumentIndex index, const Quote& quote)
{
    write(index, &MarketData::quote, quote);
}

void Book::put(std::span<const QuoteUpdate> quotes)
{
    const std::unique_lock lock(m_mutex);
    for (const QuoteUpdate& update : quotes)
        m_latest.at(update.index).quote = update.quote;
    m_events += quotes.size();
    for (const auto& reader : m_readers)
        reader->put(quotes, &QuoteUpdate::index);
}

void Book::put(InstrumentIndex index, const Trade& trade)
{
    write(index, &MarketData::trade, trade);
}

void Book::put(InstrumentIndex index, const Summary& summary)
{
    write(index, &MarketData::summary, summary);
}

void Book::put(InstrumentIndex index, const FeedGreeks& greeks)
{
    write(index, &MarketData::greeks, greeks);
}

MarketData Book::latest(InstrumentIndex index) const
{
    const std::shared_lock lock(m_mutex);
    return m_latest.at(index);
}

Quote Book::quote(InstrumentIndex index) const
{
    const std::shared_lock lock(m_mutex);
    return m_latest.at(index).quote;
}

std::uint64_t Book::eventCount() const
{
    const std::shared_lock lock(m_mutex);
    return m_events;
}

Book::ReaderId Book::addReader()
{
    const std::unique_lock lock(m_mutex);
    m_readers.push_back(std::make_unique<base::DirtyList>());
    return m_readers.size() - 1;
}

void Book::takeChanged(ReaderId reader, std::vector<InstrumentIndex>& changed)
{
    base::DirtyList* list = nullptr;
    {
        const std::shared_lock lock(m_mutex);
        list = m_readers.at(reader).get(); // never removed, so it outlives the lock
    }
    list->take(changed);
}

} // namespace vegadesk::market
