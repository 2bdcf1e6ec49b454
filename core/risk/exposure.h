#pragma once

#include "risk/gate/gate_state.h"

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
/// The cells that a position's size is measured by; the first is the account's stress.
inline constexpr std::array<StressCell, 2> sizeCells{{{-0.15, 1.5}, {+0.15, 1.5}}};

/// With more working orders in one underlying than this, what may fill is too much to measure.
inline constexpr std::size_t workingOrdersMax = 8;

/// What everything in one underlying can cost, in cash: positions, working orders, and one order more. Every working order
/// counts as filled or not, whichever makes the figure worse, so no sequence of fills ends above it.
struct Exposure {
    double worstStress = 0; ///< least profit over sizeCells; 0 or negative
    double margin = 0;      ///< requirement by portfolio::marginOf(), where protected stock asks for itself
    double held = 0;        ///< what the broker holds, with its relief, while nothing that works has filled
    double premium = 0;     ///< net premium paid for what is open
    double entryCost = 0;   ///< what the order and the working ones lose at once against the mid
    double dollarDelta = 0; ///< largest |net dollar delta|
    std::array<double, sizeCells.size()> stress{}; ///< profit in each of them, less the entry cost; of either sign
    bool isSpotStale = false;                      ///< the figures go by an old price of the underlying
    bool isOld = false;                            ///< or by old figures of its options
    /// What is not known, in words; the figures are NaN where it matters.
    std::vector<std::string> unknown;

    /// Largest of stress loss, margin and premium.
    double size() const;
};

/// Full revaluation by Black-Scholes with each instrument's own volatility, an American option at no less than its intrinsic
/// value. `order`: one that fills in full, its instruments known; null for none.
Exposure exposureOf(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order);

/// Likewise all but what takes margin (margin, held, size()): for the underlyings that an order does not touch.
Exposure dollarDeltaOf(std::string_view underlying, const GateState& state);

struct BookParts;
/// The same with what `book` knows already; see BookCache.
Exposure exposureWith(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order,
                      BookCache& book);
Exposure sumsOf(const BookParts& parts);
/// What positions and the order alone hold, working orders left out.
double heldAloneWith(std::string_view underlying, const GateState& state, const portfolio::OrderIntent* order,
                     BookCache& book);
/// What is held in a cell, at the model's values there, once the order and all that is working have filled. Working orders
/// that do not fill may need more; that is not looked at.
double heldInCell(std::string_view underlying, const GateState& state, const portfolio::OrderIntent& order,
                  const StressCell& cell, BookCache& book);

/// Every underlying with a position or a working order.
std::vector<std::string> underlyingsOf(const GateState& state);

/// Signed quantity by symbol in one underlying after `order`, working orders not filled.
std::vector<std::pair<std::string, base::Quantity>> quantitiesAfter(std::string_view underlying, const GateState& state,
                                                                    const portfolio::OrderIntent* order);

} // namespace vegadesk::risk
