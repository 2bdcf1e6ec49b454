#pragma once

#include "base/error.h"

#include <cstdint>
#include <string_view>

namespace vegadesk::backtest
{

/// What a broker does when the account holds less than its positions require.
enum class MarginCall : std::uint8_t {
    Ignored, ///< the curve goes on as if somebody had lent the money: to see what margin costs
    NextDay, ///< a call; what it asks for must be there by the next trading day's quotes, or everything is closed
    AtOnce   ///< everything is closed at the quotes that showed it
};

std::string_view toText(MarginCall rule); ///< "ignored", "next-day", "at-once"

/// What happens to an account besides fills. The defaults err on the side that costs.
///
/// Source  the domain reference, B1: rows 8, 9, 11, 12, 14 and 23; docs/backtesting.md names the rule and the test of each.
struct Realism {
    // Early assignment of short American options, at the end of each session
    bool dividendAssignment = true;    ///< calls whose time value is less than the dividend that goes at the next open
    double assignmentChance = 0.05;    ///< a day and contract, of those in the money with hardly any time value, 0 to 1
    double assignmentTimeValue = 0.05; ///< what "hardly any" is, dollars a share, >= 0

    // Expiry of options that deliver shares
    double exerciseThreshold = 0.01; ///< the clearing house exercises from so much in the money, dollars a share, > 0
    bool exercisesLongs = true;      ///< false: the contrary instruction, what is long is left to expire
    /// Within this part of the strike nobody knows who exercises: the price moves on until the cutoff, by a normal step of
    /// `pinDeviation` (of the strike), and each contract that is short is assigned by that chance. 0: by the threshold.
    double pinWidth = 0.005;
    double pinDeviation = 0.0025;

    // Money
    bool settledCashOnly = false; ///< a cash account: what is bought is paid with cash that has settled
    double cashShare = 0;         ///< of the risk-free rate, paid on settled cash, 0 to 1
    double debitSpread = 0.02;    ///< per year over the risk-free rate, on cash that is owed
    double borrowRate = 0.003;    ///< per year of the value of shares that are short
    MarginCall marginCall = MarginCall::NextDay;

    std::uint64_t seed = 1; ///< of every draw above and of passive fills: the same seed draws the same
};
/// Names the first field outside its range.
base::Result<void> check(const Realism& realism);

/// Evenly distributed over [0, 1), by what it is about alone: neither the order of draws nor their number changes one.
double drawOf(std::uint64_t seed, std::string_view subject, std::int64_t number);

} // namespace vegadesk::backtest
