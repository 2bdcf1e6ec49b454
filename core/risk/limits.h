#pragma once

#include "base/error.h"

#include <cstdint>
#include <string_view>

namespace vegadesk::risk
{

enum class Tolerance : std::uint8_t { Low, Moderate, High };

/// Caps that no profile may exceed, as fractions of net liquidation (leverage as a multiple).
inline constexpr double hardPositionCap = 0.25;
inline constexpr double hardDailyLossCap = 0.05;
inline constexpr double hardLeverageCap = 2.0;

/// Limits in force. Fractions of net liquidation: 0.25 is 25 %. Table: design, "Limits: definitions and profiles".
struct Limits {
    double largestPosition = 0.25;     ///< (0, 0.25]
    double dailyLossNoNewRisk = 0.025; ///< (0, dailyLossStop]
    double dailyLossStop = 0.05;       ///< (0, 0.05]
    double leverage = 2.0;             ///< (0, 2]
};

Limits limitsFor(Tolerance tolerance);
/// Refuses anything above the hard caps or not positive, by field.
base::Result<Limits> checked(const Limits& limits);
std::string_view toText(Tolerance tolerance);

} // namespace vegadesk::risk
