#pragma once

#include "base/error.h"
#include "learning/doors/signal_targets.h"
#include "learning/signals/history_table.h"
#include "risk/regimes/regimes.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace vegadesk::learning::market_signals
{

/// Trading days that every question looks ahead.
inline constexpr std::size_t horizonDays = 21;
/// A decision in the session t goes by the close of t−1; what it is judged by begins at the close of t and ends horizonDays later. Counted
/// from the last known close that is so many days in all, which neighbours share but for one.
inline constexpr std::size_t labelDays = horizonDays + 1;

/// Part of a straddle's credit that opening it and what its settlement costs take.
inline constexpr double straddleCost = 0.05;
/// Of a straddle at the money forward, over the spot: 2 (2 N(σ√T / 2) − 1), rates aside. Volatility per year.
double straddleCredit(double volatility, std::size_t tradingDays);

/// Whether the answer was yes for a decision that knows days[known] as its last close. None where the data cannot say, or the
/// question is not asked: PremiumPays only in a regime that is known, SkewReverts only of a skew that is unusual.
/// `regime` is the one at days[known].
std::optional<bool> answerOf(Target target, std::span<const HistoryDay> days, std::size_t known,
                             const risk::RegimeDay& regime);

} // namespace vegadesk::learning::market_signals
