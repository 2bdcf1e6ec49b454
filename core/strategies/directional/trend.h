#pragma once

#include <cstddef>
#include <span>

/// What daily closes say of an underlying's direction. Closes are of completed days, oldest first, so that today's own price never
/// decides; every figure is NaN where there are too few of them, or one of those used is not a positive number.
namespace vegadesk::strategies
{

/// Return of the last twelve months but the latest one: from 252 to 21 trading days ago. Takes 253 closes.
/// Source  Jegadeesh and Titman (1993), the skipped month; Moskowitz, Ooi and Pedersen (2012) for one asset against its own past.
double twelveOneMomentum(std::span<const double> closes);

/// Average of the last `fast` closes over that of the last `slow` ones, less 1.
double averageCross(std::span<const double> closes, std::size_t fast, std::size_t slow);

/// Mean absolute move from close to close over the last `days`, dollars: what is left of an average true range where days have no
/// high and low. Takes one close more than days.
double averageMove(std::span<const double> closes, std::size_t days);

/// 1 where the last close is above the `days` before it, −1 where it is below all of them, else 0. Takes one close more than days.
/// Source  Donchian's channel, of closes.
double breakout(std::span<const double> closes, std::size_t days);

} // namespace vegadesk::strategies
