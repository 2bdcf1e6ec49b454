#pragma once

#include "strategies/strategy.h"

#include <span>
#include <vector>

/// Size and calendar of positions that are hedged: vega and the days between hedges are their risk, not delta.
namespace vegadesk::strategies
{

/// One unit of some option legs, in dollars. NaN where a figure is not known.
struct LegFigures {
    double delta = 0;  ///< shares
    double gamma = 0;  ///< shares per dollar
    double vega = 0;   ///< per 1.00 of volatility
    double theta = 0;  ///< per year
    double spread = 0; ///< ask less bid of every leg: what it costs to go in and out across half of each
    /// On the worst of three days: nothing moves, one standard deviation up, one down; delta hedged before.
    double dayLoss = 0;
    double volatility = market::unknown; ///< implied, weighted by gamma: what the gamma is paid with
    /// Of the shares that hedge it after a move of one standard deviation to its first expiry, by Regulation T.
    double hedgeMargin = 0;
    int multiplier = 100;
};
LegFigures figuresOf(const StrategyState& state, std::span<const portfolio::OrderLeg> legs);

/// "vega_limit", "day_loss_limit", "gamma_limit".
std::vector<base::ParameterSpec> hedgedSizeSpecs();
/// Units whose vega, worst day and Γ · S · 1 % stay within those parts of equity: 1 or more, or which of them one unit is beyond.
tl::expected<std::int64_t, NoEntry> hedgedMost(const StrategyState& state, const base::Parameters& parameters,
                                               const LegFigures& each);

/// Whether a company's report is known between today and `date`, both included.
bool reportsBy(const StrategyState& state, base::Date date);
/// Whether one comes before the end of the next session.
bool reportsBeforeNextSession(const StrategyState& state);

} // namespace vegadesk::strategies
