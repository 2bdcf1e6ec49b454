#pragma once

#include "risk/gate.h"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::risk
{

/// Relative moves of an underlying and of its options' volatilities, at once and now.
struct StressCell {
    double spotMove;
    double volatilityFactor;
};
/// The cells that a position's size is measured by.
inline constexpr std::array<StressCell, 2> sizeCells{{{-0.15, 1.5}, {+0.15, 1.5}}};

/// With more working orders in one underlying than this, what may fill is too much to measure.
inline constexpr std::size_t workingOrdersMax = 8;

/// What everything in one underlying can cost, in cash: positions, working orders, and one order more. Every working order
/// counts as filled or not, whichever makes the figure worse, so no sequence of fills ends above it.
struct Exposure {
    double worstStress = 0;   ///< least profit over sizeCells; 0 or negative
    double margin = 0;        ///< requirement by portfolio::marginOf()
    double held = 0;          ///< its part that is held, as opposed to paid
    double premium = 0;       ///< net premium paid for what is open
    double entryCost = 0;     ///< what the order and the working ones lose at once against the mid
    double dollarDelta = 0;   ///< largest |net dollar delta|
    bool isSpotStale = false; ///< the figures go by an old price of the underlying
    bool isOld = false;       ///< or by old figures of its options
    /// What is not known, in words; the figures are NaN where it matters.
    std::vector<std::string> unknown;

    /// Largest of stress loss, margin and premium.
    double size() const;
};

/// Full revaluation by Black-Scholes with each instrument's own volatility, an American option at no less than its intrinsic
/// value. `order`: one that fills in full, its instruments known; null for none.
Exposure exposureOf(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order);

/// Largest |net dollar delta| and the entry cost alone: for the underlyings that an order does not touch.
Exposure dollarDeltaOf(std::string_view underlying, const GateState& state);

/// Every underlying with a position or a working order.
std::vector<std::string> underlyingsOf(const GateState& state);

/// Signed quantity by symbol in one underlying after `order`, working orders not filled.
std::vector<std::pair<std::string, std::int64_t>> quantitiesAfter(std::string_view underlying, const GateState& state,
                                                                  const portfolio::OrderIntent* order);

} // namespace vegadesk::risk
