#include "venue/feed_streams.h"

#include <algorithm>

namespace vegadesk::venue
{

FeedStream* FeedStreams::find(const std::string& symbol)
{
    const auto row = m_rows.find(symbol);
    return row == m_rows.end() ? nullptr : &m_streams[row->second];
}

FeedStream& FeedStreams::add(const std::string& symbol, const market::Instrument& instrument)
{
    m_rows.emplace(symbol, m_streams.size());
    m_streams.push_back({symbol, instrument, {}, 0, market::unknown, market::unknown});
    return m_streams.back();
}

void FeedStreams::clear()
{
    m_streams.clear();
    m_rows.clear();
}

void FeedStreams::sweep()
{
    const auto isUnwanted = [](const FeedStream& stream) { return std::ranges::count(stream.wants, true) == 0; };
    if (std::erase_if(m_streams, isUnwanted) == 0)
        return;
    m_rows.clear();
    for (std::size_t row = 0; row < m_streams.size(); ++row)
        m_rows.emplace(m_streams[row].symbol, row);
}

std::size_t FeedStreams::subscriptionCount() const
{
    std::size_t count = 0;
    for (const FeedStream& stream : m_streams)
        count += static_cast<std::size_t>(std::ranges::count(stream.wants, true));
    return count;
}

} // namespace vegadesk::venue
