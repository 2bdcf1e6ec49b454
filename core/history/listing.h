#pragma once

#include "history/universe.h"

#include <string>
#include <vector>

namespace vegadesk::history
{

/// One expiration the generator lists, and since when.
struct ListedExpiration {
    std::string root;
    base::Date date{};
    base::Date listedOn{};
    base::Instant expiresAt{};
    market::Settlement settlement = market::Settlement::PM;
    market::ExpirationType type = market::ExpirationType::Regular;
};

/// What is listed on the morning of `today`: weeklies for six weeks, monthlies for five months, the January,
/// June and (funds and indices) other quarterly months further out; funds and indices also every day for ten
/// days and the month ends. Once listed an expiration stays until it expires. Ascending by date, then root.
std::vector<ListedExpiration> listedExpirations(const SimulatedUnderlying& name, base::Date today);

/// Closing prices that decide which strikes exist.
struct CloseRange {
    double atListing = 0;           ///< > 0
    double lowest = 0, highest = 0; ///< since listing
};
/// The strikes of an expiration: fine steps around every close since it was listed, coarser ones further out.
/// Strikes are only ever added, because the widths depend on the listing alone. Ascending; all exact in
/// binary.
std::vector<double> listedStrikes(const SimulatedUnderlying& name, const ListedExpiration& expiration,
                                  const CloseRange& closes);

} // namespace vegadesk::history
