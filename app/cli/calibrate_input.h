#pragma once

#include "base/error.h"
#include "pricing/calibration/calibration.h"
#include "pricing/forward.h"
#include "pricing/surface/smile_quotes.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::cli
{

/// The smiles of a chain file, expiries ascending.
struct CalibrationInput {
    std::string source; ///< "SPX at 2011-01-24T21:00:00Z"
    double spot = 0;
    bool hasSpreads = true; ///< false: the file gives volatilities, and bid and ask are equal to them
    std::vector<pricing::SmileQuotes> smiles;
    pricing::LeftOut leftOut;
    std::size_t outOfRange = 0; ///< quotes whose volatility is outside what a table may hold, and left out too
};

/// Reads a file of quotes (history::openRecordedChains(); of several instants the first) or, told by its column
/// implied_vol, a table of volatilities (history::readVolatilityTable()). American quotes are freed of their early exercise.
///   rates  where parity does not tell
///   underlying  which one, where the file holds several
/// Errors   the readers'; NotFound where no quote can be used, saying what they were left out for.
base::Result<CalibrationInput> readCalibrationInput(const std::string& path, std::string_view underlying,
                                                    const pricing::Rates& rates);

struct LeftOutLine {
    std::string_view key;   ///< "zero_bid", for JSON
    std::string_view words; ///< "with a bid of zero", after the count
    std::size_t count = 0;
};
/// Every reason, those without quotes too.
std::vector<LeftOutLine> leftOutByReason(const CalibrationInput& input);
/// "12 with a bid of zero, 3 crossed"; "none".
std::string toText(std::span<const LeftOutLine> leftOut);

/// The same for the models' fits: every expiry on its own forward, which is all of spot and carry that they see. One over
/// the half spread as weights; none without spreads.
std::vector<pricing::calibration::Slice> slicesOf(const CalibrationInput& input);

} // namespace vegadesk::cli
