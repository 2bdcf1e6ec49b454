#include "portfolio/portfolio_margin.h"

#include "portfolio/cover.h"
#include "portfolio/margin_rules.h"
#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::portfolio
{

namespace
{

constexpr int stepsEachWay = 5;
constexpr double uncoveredRate = 0.005;

base::Result<void> check(std::string_view field, double value, bool isAllowed, std::string_view allowed)
{
    if (!std::isfinite(value) || !isAllowed)
        return base::badInput(field, std::to_string(value), allowed);
    return {};
}

base::Result<void> checkLeg(const PortfolioMarginLeg& held)
{
    if (!held.leg.isOption)
        return {};
    return check("strike", held.leg.strike, held.leg.strike > 0, "a positive number")
        .and_then([&] { return check("years", held.years, held.years >= 0, "0 or more"); })
        .and_then([&] { return check("volatility", held.volatility, held.volatility >= 0, "0 or more"); });
}

base::Result<void> checkClass(const PortfolioMarginClass& held)
{
    const double down = held.moves.down, up = held.moves.up, stress = held.stress;
    return check("spot", held.spot, held.spot > 0, "a positive number")
        .and_then([&] { return check("rate", held.rate, true, "a number"); })
        .and_then([&] { return check("dividend yield", held.dividendYield, true, "a number"); })
        .and_then([&] { return check("stress", stress, stress > 0, "a positive number"); })
        .and_then([&] {
            return check("move down", down, down < 0 && down * stress > -1,
                         "below 0, and above -1 when the stress multiplies it");
        })
        .and_then([&] { return check("move up", up, up > 0, "a positive number"); });
}

double valueAt(const PortfolioMarginClass& held, double spot)
{
    double sum = 0;
    for (const PortfolioMarginLeg& one : held.legs) {
        const MarginLeg& leg = one.leg;
        double value = spot;
        if (leg.isOption) {
            value = pricing::blackScholesPrice(leg.right, {spot, held.rate, held.dividendYield}, leg.strike, one.years,
                                               one.volatility);
            if (one.style == market::ExerciseStyle::American)
                value = std::max(value, inTheMoney(leg.right, leg.strike, spot));
        }
        sum += leg.shares() * value;
    }
    return sum;
}

} // namespace

base::Result<PortfolioMargin> portfolioMarginOf(const PortfolioMarginClass& held)
{
    base::Result<void> checked = checkClass(held);
    std::vector<MarginLeg> legs;
    for (const PortfolioMarginLeg& one : held.legs) {
        if (checked)
            checked = checkLeg(one);
        legs.push_back(one.leg);
    }
    if (!checked)
        return tl::make_unexpected(checked.error());

    PortfolioMargin margin;
    const double now = valueAt(held, held.spot);
    for (const double way : {held.moves.down, held.moves.up}) {
        for (int step = 1; step <= stepsEachWay; ++step) {
            const double move = way * held.stress * step / stepsEachWay;
            const double loss = now - valueAt(held, held.spot * (1 + move));
            if (loss > margin.worstLoss) {
                margin.worstLoss = loss;
                margin.worstMove = move;
            }
        }
    }
    const Uncovered uncovered = uncoveredOf(legs);
    margin.minimum = uncoveredRate * held.spot * (uncovered.calls + uncovered.puts).toDouble();
    return margin;
}

} // namespace vegadesk::portfolio
