#pragma once

#include "market/book.h"

#include <vector>

namespace vegadesk::market
{

enum class FeedState : std::uint8_t { Disconnected, Connecting, Live, Silent /**< connected, but nothing arrives */ };

/// A source of live data that writes into a Book. Calls and callbacks are on the owner's thread unless said.
class Feed
{
public:
    virtual ~Feed() = default;
    /// The whole set that should stream from now on; the feed works out what to add and remove.
    virtual void setWanted(std::vector<InstrumentIndex> instruments) = 0;
    virtual FeedState state() const = 0;
};

} // namespace vegadesk::market
