#pragma once

#include "strategies/strategy.h"

#include <optional>

namespace vegadesk::strategies
{

/// One listed contract of the chain in a StrategyState.
struct Contract {
    std::size_t expiration = 0;
    std::size_t row = 0;
    market::Right right = market::Right::Call;

    friend bool operator==(const Contract&, const Contract&) = default;
};

const std::string& symbolOf(const StrategyState& state, Contract contract);
double strikeOf(const StrategyState& state, Contract contract);
market::Quote quoteOf(const StrategyState& state, Contract contract);
/// Both sides quoted and no flag against trading it.
bool isTradable(const StrategyState& state, Contract contract);
/// Black-Scholes figures of the chain's analytics, at the strike's own volatility; NaN where not known.
double deltaOf(const StrategyState& state, Contract contract);
double gammaOf(const StrategyState& state, Contract contract);
double volatilityOf(const StrategyState& state, Contract contract);

/// Calendar days from today's New York date to the expiration's date.
int daysToExpiry(const StrategyState& state, std::size_t expiration);
/// The expiration whose days are nearest to `days`, at most `tolerance` away; of equals the earlier. Those that settle at
/// the opening are left out: they stop trading the day before, and nothing can be hedged or closed in between. So are adjusted
/// ones, whose strikes do not say what they deliver.
std::optional<std::size_t> nearestExpiration(const StrategyState& state, int days, int tolerance);
/// The tradable contract whose absolute delta is nearest to `absoluteDelta`, at most `tolerance` away.
std::optional<Contract> nearestDelta(const StrategyState& state, std::size_t expiration, market::Right right,
                                     double absoluteDelta, double tolerance);
/// The row whose call and put are both tradable and whose strike is nearest to `level`.
std::optional<std::size_t> nearestStraddleRow(const StrategyState& state, std::size_t expiration, double level);
/// The tradable contract nearest to `strike`, at most `tolerance` dollars away.
std::optional<Contract> nearestStrike(const StrategyState& state, std::size_t expiration, market::Right right,
                                      double strike, double tolerance);
/// Where an option position stands in the chain.
std::optional<Contract> contractOf(const StrategyState& state, const portfolio::Position& position);

} // namespace vegadesk::strategies
