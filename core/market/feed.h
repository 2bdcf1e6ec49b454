#pragma once

#include "market/book.h"

#include <vector>

namespace vegadesk::market
{

enum class FeedState : std::uint8_t { Disconnected, Connecting, Live, Silent /**< connected, but nothing arrives */ };

/// What an instrument should stream for: the order in which a feed asks for it, and the last to be given up where a feed takes
/// no more.
enum class Need : std::uint8_t {
    Held,    ///< positions, working orders and strategies
    Visible, ///< on the screen
    Chain    ///< the rest of a shown chain: its quotes alone
};

struct Wanted {
    Wanted(InstrumentIndex instrument, Need why = Need::Visible) : index(instrument), need(why) {}

    InstrumentIndex index;
    Need need;

    friend bool operator==(const Wanted&, const Wanted&) = default;
};

/// A source of live data that writes into a Book. Calls and callbacks are on the owner's thread unless said.
class Feed
{
public:
    virtual ~Feed() = default;
    /// The whole set that should stream from now on; the feed works out what to add and remove. Of an instrument that is
    /// there more than once the strongest need counts.
    virtual void setWanted(std::vector<Wanted> wanted) = 0;
    virtual FeedState state() const = 0;
};

} // namespace vegadesk::market
