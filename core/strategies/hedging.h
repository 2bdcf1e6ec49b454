#pragma once

#include "risk/hedging/hedge_planner.h"
#include "strategies/strategy.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Delta hedging with shares, as the strategies that hedge share it.
namespace vegadesk::strategies
{

/// When a hedge is due, at which delta, and what it may cost: "hedge", "delta_band", "hedge_hours", "hedge_cost", "risk_aversion",
/// "hedge_lot", "hedge_delta", "quiet_minutes". hedgeOf() also reads "price_room".
std::vector<base::ParameterSpec> hedgeSpecs();
risk::HedgeSettings hedgeSettings(const base::Parameters& parameters);

/// What a strategy holds in an underlying, as a hedge sees it. Greeks by the chain's analytics, in dollars and shares.
struct HedgeBook {
    double delta = 0;                    ///< net, shares, those held included
    double gamma = 0;                    ///< shares per dollar
    double volatility = market::unknown; ///< implied, weighted by gamma: what the gamma is paid with
    base::Quantity shares = 0;           ///< held
    base::Quantity contracts = 0;        ///< of the largest option position, > 0: the unit of bands is one of each leg
    int multiplier = 100;
    std::size_t expiration = 0; ///< the nearest one held: where most of the gamma is
};
/// Empty where a figure of a position is not known, or there are no options.
std::optional<HedgeBook> hedgeBook(const StrategyState& state);

/// What a hedge is to bring about.
struct HedgeAim {
    double forecast = market::unknown; ///< volatility that is expected, with hedge_delta forecast
    double targetShares = 0;           ///< net delta to come back to
    bool isFirst = false;              ///< to the target itself: the position has just been opened
};
/// A hedge by risk::planHedge() on the delta that the parameters ask for. Where that cannot be known now it is the one at implied
/// volatility instead, and the reason says so.
std::vector<Proposal> hedgeOf(const StrategyState& state, const base::Parameters& parameters, const HedgeAim& aim);

/// What hedging costs a year by the settings, as volatility: how much less than what is realised a long position earns, and how
/// much more a short one pays.
///   gamma  of one unit, per share of it
/// Source  by the clock Leland (1985), eq. 8: λ √(2/π) / √Δt. In a band of half-width H delta moves at Γ S σ between two
///         reflecting walls, which push it by (Γ S σ)² / 2H a year: λ S |Γ| σ / 2H of volatility.
double hedgeCost(const risk::HedgeSettings& settings, double spot, double years, double rate, double volatility,
                 double gamma);

/// That, at the state's market and the parameters' settings.
double hedgeCostOf(const StrategyState& state, const base::Parameters& parameters, std::size_t expiration,
                   double unitGamma);

/// Puts `more` behind `all`.
void append(std::vector<base::ParameterSpec>& all, std::vector<base::ParameterSpec> more);
/// Whether a trade needs an edge over implied volatility and how much of it, at entry and to stay: "entry", "edge", "exit_edge".
///   expected  what implied volatility is compared with, as the second's sentence says it
std::vector<base::ParameterSpec> edgeSpecs(std::string entryAbout, std::string_view expected, double edge,
                                           double exitEdge);
/// What a hedged trade is left for besides time and edge: "earnings", "profit_target", "loss_limit".
std::vector<base::ParameterSpec> hedgedExitSpecs(double lossLimit);

/// The nearest expiration to `days`, at most `tolerance` away, where shares can hedge and the trade would not be left at once.
tl::expected<std::size_t, NoEntry> hedgedExpiration(const StrategyState& state, int days, int tolerance, int exitDays);

bool holdsOptions(const StrategyState& state);
/// Why the trade's profit or loss ends it, in parts of the premium that was paid or received; of a credit no later than the limits'
/// stop. Empty where it does not.
std::string reasonByPremium(const StrategyState& state, double target, double limit);

} // namespace vegadesk::strategies
