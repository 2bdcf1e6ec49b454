#pragma once

#include <fmt/format.h>

#include <fstream>
#include <string>

/// A recording of one instant with as many contracts as the broker lists on SPX, for venue::makeReplayedMarket().
namespace vegadesk::tests
{

inline constexpr int largeExpirations = 44, largeStrikes = 250;
inline constexpr int largeContracts = 2 * largeExpirations * largeStrikes;
static_assert(largeContracts == 22'000);

inline void writeLargeListing(const std::string& folder)
{
    std::ofstream file(folder + "/SPX_quotes.csv");
    file << "date,ms_since_midnight,expiry,cp,strike,bid,ask,bid_size,ask_size,spot\n";
    for (int expiration = 0; expiration < largeExpirations; ++expiration) {
        const std::string expiry =
            fmt::format("20{:02}-{:02}-15", 16 + (expiration + 1) / 12, 1 + (expiration + 1) % 12);
        for (int row = 0; row < largeStrikes; ++row) {
            const int strike = 2000 + 5 * (row - largeStrikes / 2);
            for (const bool isCall : {true, false}) {
                const int inTheMoney = isCall ? 2000 - strike : strike - 2000;
                const double mid = (inTheMoney > 0 ? inTheMoney : 0) + 0.5 * (1 + expiration);
                file << "2016-01-04,36000000," << expiry << ',' << (isCall ? 'C' : 'P') << ',' << strike << ','
                     << mid - 0.25 << ',' << mid + 0.25 << ",10,20,2000\n";
            }
        }
    }
}

} // namespace vegadesk::tests
