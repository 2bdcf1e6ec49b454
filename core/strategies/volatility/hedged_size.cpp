#include "strategies/volatility/hedged_size.h"

#include "market/calendar.h"
#include "pricing/payoff.h"
#include "strategies/chain_selection.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::strategies
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr double shareMargin = 0.5; ///< of their worth, long and short: Regulation T, 12 CFR 220.12

constexpr LegFigures none{market::unknown, market::unknown, market::unknown, market::unknown,
                          market::unknown, market::unknown, market::unknown, market::unknown};

/// Null where the chain lists none of the legs.
const pricing::ExpirationAnalytics* firstExpiry(const StrategyState& state, std::span<const portfolio::OrderLeg> legs)
{
    const pricing::ExpirationAnalytics* first = nullptr;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto place = market::find(*state.chain, leg.symbol);
        const auto* const each = place ? &state.analytics->expirations[place->expiration] : nullptr;
        if (each && (!first || each->years < first->years))
            first = each;
    }
    return first;
}

} // namespace

LegFigures figuresOf(const StrategyState& state, std::span<const portfolio::OrderLeg> legs)
{
    LegFigures sum;
    std::array<double, 3> day{}; // what the options make when nothing moves, up, down
    std::array<double, 2> far{}; // their delta after a move to expiry, up, down
    const double spot = state.analytics->spot;
    const pricing::ExpirationAnalytics* const first = firstExpiry(state, legs);
    if (!first)
        return none;
    const double widest = first->atmVolatility * std::sqrt(first->years);
    const double deviation = spot * first->atmVolatility / std::sqrt(tradingDaysPerYear);
    double variance = 0;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto place = market::find(*state.chain, leg.symbol);
        if (!place)
            return none;
        const Contract contract{place->expiration, place->row, place->right};
        const pricing::ExpirationAnalytics& expiration = state.analytics->expirations[place->expiration];
        const pricing::SideAnalytics& side = expiration.side(place->right);
        sum.multiplier = state.chain->expirations[place->expiration].multiplier;
        const double contracts = portfolio::signedQuantity(leg.action, leg.quantity).toDouble();
        const double size = contracts * sum.multiplier;
        sum.delta += size * side.delta[place->row];
        sum.gamma += size * side.gamma[place->row];
        sum.vega += size * side.vega[place->row];
        sum.theta += size * side.theta[place->row];
        variance += size * side.gamma[place->row] * std::pow(volatilityOf(state, contract), 2);
        sum.spread += std::abs(size) * quoteOf(state, contract).spread();

        const pricing::ValuationLeg held{.right = place->right,
                                         .strike = strikeOf(state, contract),
                                         .years = expiration.years,
                                         .vol = volatilityOf(state, contract),
                                         .quantity = size,
                                         .style = expiration.style};
        const double now = pricing::valueOf({&held, 1}, expiration.market, {});
        for (std::size_t move = 0; move < far.size(); ++move) {
            pricing::MarketPoint there = expiration.market;
            there.spot *= std::exp(move == 0 ? widest : -widest);
            far[move] += pricing::greeksOf({&held, 1}, there, {}).delta;
        }
        for (std::size_t move = 0; move < day.size(); ++move) {
            pricing::MarketPoint later = expiration.market;
            later.spot += std::array{0.0, deviation, -deviation}[move];
            day[move] += pricing::valueOf({&held, 1}, later, {.yearsElapsed = 1 / tradingDaysPerYear}) - now;
        }
    }
    sum.hedgeMargin = shareMargin * spot * std::max(std::abs(far[0]), std::abs(far[1]));
    if (variance / sum.gamma > 0)
        sum.volatility = std::sqrt(variance / sum.gamma);
    day[1] -= sum.delta * deviation;
    day[2] += sum.delta * deviation;
    for (const double profit : day)
        sum.dayLoss = std::isnan(profit) ? profit : std::max(sum.dayLoss, -profit);
    return sum;
}

std::vector<base::ParameterSpec> hedgedSizeSpecs()
{
    return {
        {.name = "vega_limit",
         .unit = "fraction of equity",
         .about = "Most that a point of implied volatility may change the position's value by.",
         .minimum = 1e-4,
         .maximum = 0.1,
         .fallback = 0.005},
        {.name = "day_loss_limit",
         .unit = "fraction of equity",
         .about = "Most that the hedged position may lose on a day of up to one standard deviation.",
         .minimum = 1e-4,
         .maximum = 0.1,
         .fallback = 0.005},
        {.name = "gamma_limit",
         .unit = "fraction of equity",
         .about = "Most dollars of delta that a move of 1 % may bring.",
         .minimum = 0.001,
         .maximum = 10,
         .fallback = 0.25},
    };
}

tl::expected<std::int64_t, NoEntry> hedgedMost(const StrategyState& state, const base::Parameters& parameters,
                                               const LegFigures& each)
{
    struct Bound {
        double perUnit, allowed;
        const char* reason;
    };
    const double spot = state.analytics->spot, equity = state.netLiquidation;
    const std::array bounds{
        Bound{std::abs(each.vega) / 100, parameters["vega_limit"] * equity, "one unit has more vega than vega_limit"},
        Bound{each.dayLoss, parameters["day_loss_limit"] * equity,
              "one unit could lose more on a day of one standard deviation than day_loss_limit"},
        Bound{std::abs(each.gamma) * spot * spot / 100, parameters["gamma_limit"] * equity,
              "a move of 1 % brings one unit more delta than gamma_limit"}};
    double most = 1e6;
    for (const Bound& bound : bounds) {
        if (!(bound.perUnit <= bound.allowed))
            return noEntry(std::isnan(bound.perUnit) ? "the Greeks of a leg are not known" : bound.reason);
        if (bound.perUnit > 0)
            most = std::min(most, std::floor(bound.allowed / bound.perUnit));
    }
    return static_cast<std::int64_t>(most);
}

bool reportsBy(const StrategyState& state, base::Date date)
{
    return state.earnings && *state.earnings >= market::newYorkDate(state.now) && *state.earnings <= date;
}

bool reportsBeforeNextSession(const StrategyState& state)
{
    return reportsBy(state, market::nextTradingDay(market::newYorkDate(state.now)));
}

} // namespace vegadesk::strategies
