#pragma once

#include "pricing/chain_analytics.h"

#include <cstddef>
#include <span>

/// Where implied volatility stands, beside where it stood.
namespace vegadesk::strategies
{

/// The first expiration, in the chain's order, that is no nearer than `years`; their count where all are nearer. Of figures that are
/// made on demand it makes those that it looks at, a few of many.
std::size_t firstExpirationFrom(const pricing::ChainAnalytics& analytics, double years);

/// Volatility at the money of a constant `days`, per year: total variance linear in time between the two expirations around it,
/// flat beyond the first and the last. NaN where no expiration's is known.
double constantMaturityVolatility(const pricing::ChainAnalytics& analytics, double days = 30);

/// Fewer known days than this say nothing of a year.
inline constexpr std::size_t fewestDaysForRank = 60;
inline constexpr std::size_t daysOfYear = 252;

/// 0 to 1, of the last daysOfYear entries of `history` (see StrategyState::dailyVolatilities): between the lowest and the highest,
/// and the part of the days that were below. Both NaN with fewer than fewestDaysForRank known days, or where `now` is not known.
double impliedRank(std::span<const double> history, double now);
double impliedPercentile(std::span<const double> history, double now);

} // namespace vegadesk::strategies
