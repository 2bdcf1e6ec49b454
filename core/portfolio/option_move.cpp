#include "portfolio/option_move.h"

#include "pricing/american/american.h"

#include <array>
#include <cmath>

namespace vegadesk::portfolio
{

namespace
{

struct Node {
    double at, weight;
};
/// Gauss-Legendre on [0, 1].
constexpr std::array<Node, 4> nodes{{{0.06943184420297371, 0.17392742256872693},
                                     {0.33000947820757187, 0.32607257743127307},
                                     {0.66999052179242813, 0.32607257743127307},
                                     {0.93056815579702629, 0.17392742256872693}}};

/// Puts a node where as much of the root of the time left has passed instead of the time itself: towards expiry theta grows as
/// one over that root, and is smooth in it.
Node evenInRootOfTime(const Node& node, double fromYears, double toYears) noexcept
{
    const double first = std::sqrt(fromYears), last = std::sqrt(toYears);
    if (!(first + last > 0))
        return node;
    return {node.at * (2 * first + node.at * (last - first)) / (first + last),
            node.weight * 2 * (first + node.at * (last - first)) / (first + last)};
}

struct Coordinates {
    double spot, volatility, years, rate, yield;
};

/// First derivatives, and the second ones that are named.
struct Slopes {
    double spot, volatility, time, rate, yield;
    double gamma, vanna, volga;
};

Slopes slopesAt(const MarkedPosition& option, const Coordinates& x) noexcept
{
    const market::Right right = option.option->right;
    const double strike = option.option->strike.toDouble();
    const pricing::MarketPoint market{x.spot, x.rate, x.yield};
    const pricing::Greeks european = pricing::blackScholes(right, market, strike, x.years, x.volatility);
    const pricing::HigherGreeks higher = pricing::higherGreeks(right, market, strike, x.years, x.volatility);
    const bool isAmerican = option.style == market::ExerciseStyle::American;
    const pricing::Greeks greeks =
        isAmerican ? pricing::american(right, market, strike, x.years, x.volatility) : european;
    const double left = isAmerican ? (european.vega > 0 ? greeks.vega / european.vega : 0) : 1;
    return {greeks.delta, greeks.vega,         greeks.theta,       greeks.rho, left * higher.dividendRho,
            greeks.gamma, left * higher.vanna, left * higher.volga};
}

} // namespace

OptionMove explainMove(const MarkedPosition& from, const MarkedPosition& to) noexcept
{
    const Coordinates start{from.spot, from.volatility, from.years, from.rate, from.dividendYield};
    const double spot = to.spot - from.spot;
    const double volatility = to.volatility - from.volatility;
    const double years = to.years - from.years;
    const double rate = to.rate - from.rate;
    const double yield = to.dividendYield - from.dividendYield;

    const Slopes first = slopesAt(from, start);
    OptionMove move;
    move.delta = first.spot * spot;
    move.vega = first.volatility * volatility;
    double bySpot = 0, byVolatility = 0;
    for (const Node& node : nodes) {
        const auto [at, weight] = evenInRootOfTime(node, from.years, to.years);
        const Slopes here =
            slopesAt(from, {start.spot + at * spot, start.volatility + at * volatility, start.years + at * years,
                            start.rate + at * rate, start.yield + at * yield});
        const double remainder = weight * (1 - at);
        bySpot += weight * here.spot * spot;
        byVolatility += weight * here.volatility * volatility;
        move.gamma += remainder * here.gamma * spot * spot;
        move.vanna += 2 * remainder * here.vanna * spot * volatility;
        move.volga += remainder * here.volga * volatility * volatility;
        move.theta -= weight * here.time * years;
        move.rho += weight * (here.rate * rate + here.yield * yield);
    }
    // What is left of both is what time and carry did to delta and vega; of carry it is next to nothing.
    const double crosses = bySpot + byVolatility - move.delta - move.gamma - move.vega - move.volga - move.vanna;
    (years < 0 ? move.theta : move.rho) += crosses;
    return move;
}

} // namespace vegadesk::portfolio
