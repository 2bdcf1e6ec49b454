#pragma once

#include "strategies/strategy.h"
#include "strategies/volatility/dispersion_weights.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

/// Which straddles a dispersion trade is made of, and how many.
namespace vegadesk::strategies
{

enum class CorrelationSide : std::uint8_t {
    Short, ///< sells the index' straddles and buys the members'
    Long   ///< the reverse
};

/// The straddle at the forward of one underlying, as it could be traded now. Dollars are of one straddle.
struct StraddleOffer {
    const StrategyState* state = nullptr;
    double weight = 0; ///< of a member, as the basket has it
    std::size_t expiration = 0, row = 0;
    double vega = 0;                     ///< per 1.00 of volatility
    double premium = 0, spread = 0;      ///< at the mids; ask less bid of both legs
    double gamma = 0;                    ///< shares per dollar, of one share of it
    double volatility = market::unknown; ///< at the money of its expiry
    double openInterest = 0;             ///< of the leg that has less
    risk::Size most;                     ///< straddles by what its quotes show and its own limits bear
    risk::ContractRisk risk;             ///< of one, by itself
    std::int64_t straddles = 0;          ///< that a plan takes

    std::vector<portfolio::OrderLeg> legs(portfolio::Action action) const; ///< of all of them
};

/// What a name must show to be traded.
struct LiquidityFloor {
    double openInterest = 0; ///< contracts, of the call and of the put
    double spread = 1;       ///< of both legs, as a part of the straddle's mid, at most
};

/// The straddle of the expiry that is nearest to `days`. Empty where there is none, a figure is not known, or it is below the floor.
std::optional<StraddleOffer> straddleOffer(const StrategyState& state, portfolio::Action action, int days,
                                           int tolerance, const LiquidityFloor& floor, double priceRoom);

/// Correlation as a basket's options and prices have it now, with its last year.
struct CorrelationLevel {
    BasketCorrelation implied;             ///< of 30 days
    double impliedTenor = market::unknown; ///< exact, of the horizon
    double realised = market::unknown;     ///< exact, of as many trading days as the horizon has
    std::vector<double> history;           ///< exact, of 30 days at the end of each completed day, oldest first
    double percentile = market::unknown;
    double trackingError =
        market::unknown; ///< deviation per year of the members' weighted return from the index', of 63 days
};
/// Of the index whose state this is and some names of its basket. `days`: the horizon, calendar days.
CorrelationLevel correlationLevel(const StrategyState& index, std::span<const BasketName* const> names, double days);

/// Both legs of a trade and what it may lose.
struct DispersionPlan {
    StraddleOffer index;
    std::vector<StraddleOffer> names;
    double stressLoss = market::unknown; ///< dollars, see stressLoss()
};

struct DispersionSizing {
    CorrelationSide side = CorrelationSide::Short;
    DispersionWeighting weighting = DispersionWeighting::Vega;
    std::size_t names = 10, fewestNames = 4;
    std::int64_t most = 100; ///< straddles of the index
};

/// What the plan loses in the worst of three states, at once and unhedged, dollars; half of every spread comes on top.
///
/// Together the index 10 % down or up and its volatility half as high again, at a correlation of one: member i moves by σᵢ/σ̄ as
///          much, and the members' volatilities change by the one factor that gives the index its own: Σwᵢσᵢ = 1.5 σ_I.
/// Apart    the index stays, each member moves by 10 % · σᵢ/σ̄ the way that is worse, members' volatilities half as high again.
double stressLoss(const DispersionPlan& plan, CorrelationSide side);

/// The most straddles of the index with the members' that belong to it, all floored, whose stress loss is within the budget of a
/// trade. Names whose part is less than one straddle, or more than their quotes or limits bear, give way to the next best by weight
/// times open interest; the rest is weighted anew.
/// Errors: what keeps even one straddle of the index out.
tl::expected<DispersionPlan, NoEntry> planFor(const StraddleOffer& index, std::vector<StraddleOffer> names,
                                              const risk::RiskBudget& budget, const DispersionSizing& sizing);

} // namespace vegadesk::strategies
