#include "history/surface_model.h"

#include "history/corporate_events.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::history
{

namespace
{

constexpr double daysPerYear = 252;
constexpr double reversion = 4;          // of implied variance, per year
constexpr double variancePremium = 1.14; // about 7 % of volatility
constexpr double roundingSlack = 1e-9;   // in ticks: a price on the grid stays where it is

/// Ticks are tenths or whole cents: the product is off by an ulp, its cents are not.
double onCents(double price)
{
    return std::round(price * 1000) / 1000;
}

} // namespace

double atTheMoneyVariance(double instantVariance, double longRunVariance, double tradingDays)
{
    const double years = tradingDays / daysPerYear;
    const double decay = -std::expm1(-reversion * years) / reversion;
    return variancePremium * (longRunVariance * years + (instantVariance - longRunVariance) * decay);
}

double reportVariance(const SimulatedUnderlying& name)
{
    return variancePremium * reportDeviation(name) * reportDeviation(name);
}

double smileVariance(const SimulatedUnderlying& name, double atTheMoney, double logMoneyness)
{
    const double phi = name.curvature / std::sqrt(atTheMoney * (1 + atTheMoney));
    const double scaled = phi * logMoneyness + name.skew;
    return 0.5 * atTheMoney *
           (1 + name.skew * phi * logMoneyness + std::sqrt(scaled * scaled + 1 - name.skew * name.skew));
}

double TickRule::floor(double price) const
{
    const double tick = tickAt(price);
    return onCents(std::floor(price / tick + roundingSlack) * tick);
}

double TickRule::ceil(double price) const
{
    const double tick = tickAt(price);
    return onCents(std::ceil(price / tick - roundingSlack) * tick);
}

TickRule makeTickRule(const market::TickTable& table)
{
    TickRule rule;
    if (table.empty())
        return rule;
    rule.low = table.front().tick.toDouble();
    rule.high = table.back().tick.toDouble();
    if (table.front().below)
        rule.threshold = table.front().below->toDouble();
    return rule;
}

BidAsk makeMarket(const SimulatedUnderlying& name, const TickRule& ticks, double fair, double atTheMoneyPrice,
                  double standardMoneyness, double stress)
{
    const double wings = 1 + 0.25 * std::min(standardMoneyness * standardMoneyness, 12.0);
    const double half = 0.5 * name.spreadFraction * std::sqrt(std::max(fair, 0.0) * atTheMoneyPrice) * wings *
                        std::clamp(stress, 0.7, 3.0);
    BidAsk quote;
    quote.bid = ticks.floor(std::max(fair - half, 0.0));
    quote.ask = ticks.ceil(fair + half);
    if (quote.ask - quote.bid < 0.5 * ticks.tickAt(quote.bid))
        quote.ask = onCents(quote.bid + ticks.tickAt(quote.bid));
    return quote;
}

} // namespace vegadesk::history
