#pragma once

#include "base/error.h"
#include "base/time.h"
#include "market/quote.h"

#include <functional>
#include <map>
#include <string>

/// What lines of recorded quotes and closes say, before chains are made of it.
namespace vegadesk::history
{

/// One side of a strike as a line gave it; NaN where it was empty.
struct SideQuote {
    bool isListed = false;
    double bid = market::unknown, ask = market::unknown;
    double bidSize = market::unknown, askSize = market::unknown;
};
struct StrikeQuotes {
    SideQuote call, put;
};
using Strikes = std::map<double, StrikeQuotes>;

/// One instant.
struct RecordedChain {
    double spot = market::unknown;
    std::map<base::Date, Strikes> expiries;
};

/// One underlying.
struct Recorded {
    std::map<base::Instant, RecordedChain> chains;
    std::map<base::Date, double> closes;
};
using RecordedByName = std::map<std::string, Recorded, std::less<>>;

/// Reads the files that openRecordedChains() describes.
/// Errors  its own about files, lines and fields; NotFound where there is no line of quotes, saying for a single file which
///         columns it lacks.
base::Result<RecordedByName> readRecorded(const std::string& path);

/// When that day's session closes; 16:00 of a day that has none.
base::Instant closeOf(base::Date date);

} // namespace vegadesk::history
