#pragma once

#include "base/error.h"
#include "pricing/calibration/calibration.h"
#include "pricing/forward.h"
#include "pricing/surface/smile_quotes.h"

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
};

/// Reads a file of quotes (history::openRecordedChains(); of several instants the first) or, told by its column
/// implied_vol, a table of volatilities (history::readVolatilityTable()). American quotes are freed of their early exercise.
///   rates  where parity does not tell
/// Errors   the readers'; NotFound where no quote can be used.
base::Result<CalibrationInput> readCalibrationInput(const std::string& path, std::string_view underlying,
                                                    const pricing::Rates& rates);

/// The same for the models' fits: every expiry on its own forward, which is all of spot and carry that they see. One over
/// the half spread as weights; none without spreads.
std::vector<pricing::calibration::Slice> slicesOf(const CalibrationInput& input);

} // namespace vegadesk::cli
