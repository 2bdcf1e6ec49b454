#include "strategies/chain_selection.h"

#include "market/calendar.h"

#include <cmath>
#include <limits>

namespace vegadesk::strategies
{

namespace
{

const market::Expiration& expirationOf(const StrategyState& state, std::size_t expiration)
{
    return state.chain->expirations[expiration];
}

const market::OptionColumns& columnsOf(const StrategyState& state, Contract contract)
{
    return expirationOf(state, contract.expiration).side(contract.right);
}

const pricing::SideAnalytics& analyticsOf(const StrategyState& state, Contract contract)
{
    return state.analytics->expirations[contract.expiration].side(contract.right);
}

/// The index below `count` for which `distance` is smallest, at most `tolerance`; NaN is never near.
template<class Distance>
std::optional<std::size_t> nearest(std::size_t count, double tolerance, Distance distance)
{
    std::optional<std::size_t> best;
    double smallest = std::numeric_limits<double>::infinity();
    for (std::size_t index = 0; index < count; ++index) {
        const double away = distance(index);
        if (away <= tolerance && away < smallest) {
            smallest = away;
            best = index;
        }
    }
    return best;
}

} // namespace

const std::string& symbolOf(const StrategyState& state, Contract contract)
{
    return columnsOf(state, contract).symbols[contract.row];
}

double strikeOf(const StrategyState& state, Contract contract)
{
    return expirationOf(state, contract.expiration).strikes[contract.row];
}

market::Quote quoteOf(const StrategyState& state, Contract contract)
{
    return columnsOf(state, contract).quoteAt(contract.row);
}

bool isTradable(const StrategyState& state, Contract contract)
{
    const market::OptionColumns& columns = columnsOf(state, contract);
    return !columns.symbols[contract.row].empty() && market::isTradable(columns.flags[contract.row]);
}

double deltaOf(const StrategyState& state, Contract contract)
{
    return analyticsOf(state, contract).delta[contract.row];
}

double gammaOf(const StrategyState& state, Contract contract)
{
    return analyticsOf(state, contract).gamma[contract.row];
}

double volatilityOf(const StrategyState& state, Contract contract)
{
    return state.analytics->expirations[contract.expiration].volatility[contract.row];
}

int daysToExpiry(const StrategyState& state, std::size_t expiration)
{
    const auto today = market::newYorkDate(state.now);
    return static_cast<int>((expirationOf(state, expiration).date - today).count());
}

std::optional<std::size_t> nearestExpiration(const StrategyState& state, int days, int tolerance)
{
    return nearest(state.chain->expirations.size(), tolerance, [&](std::size_t expiration) {
        if (expirationOf(state, expiration).settlement == market::Settlement::AM ||
            expirationOf(state, expiration).expiresAt <= state.now ||
            market::isAdjusted(expirationOf(state, expiration)))
            return market::unknown;
        return std::abs(static_cast<double>(daysToExpiry(state, expiration) - days));
    });
}

std::optional<Contract> nearestDelta(const StrategyState& state, std::size_t expiration, market::Right right,
                                     double absoluteDelta, double tolerance)
{
    const auto row = nearest(expirationOf(state, expiration).strikes.size(), tolerance, [&](std::size_t candidate) {
        const Contract contract{expiration, candidate, right};
        return isTradable(state, contract) ? std::abs(std::abs(deltaOf(state, contract)) - absoluteDelta)
                                           : market::unknown;
    });
    return row ? std::optional(Contract{expiration, *row, right}) : std::nullopt;
}

std::optional<std::size_t> nearestStraddleRow(const StrategyState& state, std::size_t expiration, double level)
{
    const std::vector<double>& strikes = expirationOf(state, expiration).strikes;
    return nearest(strikes.size(), std::numeric_limits<double>::infinity(), [&](std::size_t row) {
        const bool both = isTradable(state, {expiration, row, market::Right::Call}) &&
                          isTradable(state, {expiration, row, market::Right::Put});
        return both ? std::abs(strikes[row] - level) : market::unknown;
    });
}

std::optional<Contract> nearestStrike(const StrategyState& state, std::size_t expiration, market::Right right,
                                      double strike, double tolerance)
{
    const std::vector<double>& strikes = expirationOf(state, expiration).strikes;
    const auto row = nearest(strikes.size(), tolerance, [&](std::size_t candidate) {
        const bool tradable = isTradable(state, {expiration, candidate, right});
        return tradable ? std::abs(strikes[candidate] - strike) : market::unknown;
    });
    return row ? std::optional(Contract{expiration, *row, right}) : std::nullopt;
}

std::optional<Contract> contractOf(const StrategyState& state, const portfolio::Position& position)
{
    const auto place = market::find(*state.chain, position.symbol);
    return place ? std::optional(Contract{place->expiration, place->row, place->right}) : std::nullopt;
}

} // namespace vegadesk::strategies
