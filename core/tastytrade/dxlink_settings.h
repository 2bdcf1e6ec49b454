#pragma once

#include "base/time.h"

#include <cstddef>

namespace vegadesk::tastytrade
{

/// How the feed behaves. The defaults keep within what the broker documents or was seen to bear.
struct FeedSettings {
    double aggregationSeconds = 0.1;
    std::size_t batchItems = 500; ///< a larger frame closes the socket with 1009
    base::Nanos batchEvery = std::chrono::milliseconds(250);
    std::size_t changesPerMinute = 10'000;
    std::size_t changesKept = 2'000;                         ///< of them, for what is held and visible
    std::size_t subscriptionsMax = 24'900;                   ///< symbols times event types: of 25,000, beside candles
    base::Nanos lingerFor = std::chrono::seconds(30);        ///< what is no longer wanted streams on for so long
    base::Nanos firstEventWithin = std::chrono::seconds(10); ///< else it is asked for again, and then taken for missing
    base::Nanos silentAfter = std::chrono::seconds(10);      ///< nothing arrives: FeedState::Silent
    base::Nanos reconnectWhenSilentFor = std::chrono::seconds(60); ///< in market hours
    base::Nanos backoffFirst = std::chrono::milliseconds(500);
    base::Nanos backoffLongest = std::chrono::seconds(30);
};

} // namespace vegadesk::tastytrade
