#pragma once

#include "market/instrument.h"
#include "market/quote.h"
#include "tastytrade/wire/feed_event.h"

#include <array>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace vegadesk::venue
{

/// What a client of the feed subscribed of one instrument, and how far it was told.
struct FeedStream {
    std::string symbol; ///< as the client wrote it
    market::Instrument instrument;
    std::array<bool, tastytrade::wire::eventTypeCount> wants{};
    std::uint32_t visits = 0;
    double lastTrade = market::unknown, lastVolume = market::unknown;
};

/// Streams in the order they were asked for, found by their symbol.
class FeedStreams
{
public:
    FeedStream* find(const std::string& symbol);
    FeedStream& add(const std::string& symbol, const market::Instrument& instrument);
    void clear();
    /// Drops those that nothing is wanted of any more.
    void sweep();
    std::size_t size() const { return m_streams.size(); }
    FeedStream& at(std::size_t row) { return m_streams[row]; }
    std::size_t subscriptionCount() const;

private:
    std::vector<FeedStream> m_streams;
    std::unordered_map<std::string, std::size_t> m_rows;
};

} // namespace vegadesk::venue
