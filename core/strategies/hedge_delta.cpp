#include "strategies/hedge_delta.h"

#include "strategies/held_options.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vegadesk::strategies
{

namespace
{

constexpr double sampleYears = 30.0 / 365;
constexpr std::array<double, 3> sampleDeviations{-0.67, 0, 0.67}; // calls of a delta of about 3/4, 1/2 and 1/4

/// Net delta with each option's delta as `delta` gives it, per share.
template<class Delta>
double netDelta(const StrategyState& state, Delta delta)
{
    double sum = 0;
    const double shares = forEachOption(state, [&](const HeldOption& option) { sum += option.size * delta(option); });
    return sum + shares;
}

/// d volatility / d log strike of the smile nearest to 30 days; 0 where the chain does not say.
double smileSlope(const StrategyState& state)
{
    double slope = 0, nearest = std::numeric_limits<double>::infinity();
    for (std::size_t index = 0; index < state.chain->expirations.size(); ++index) {
        const pricing::ExpirationAnalytics& expiration = state.analytics->expirations[index];
        const std::vector<double>& strikes = state.chain->expirations[index].strikes;
        const double deviation = expiration.atmVolatility * std::sqrt(expiration.years);
        if (!(deviation > 0) || !(std::abs(expiration.years - sampleYears) < nearest))
            continue;
        // Least squares over the strikes within one deviation.
        double count = 0, sumX = 0, sumY = 0, sumXX = 0, sumXY = 0;
        for (std::size_t row = 0; row < strikes.size(); ++row) {
            const double x = std::log(strikes[row] / expiration.forward), y = expiration.volatility[row];
            if (!(std::abs(x) <= deviation) || !std::isfinite(y))
                continue;
            count += 1;
            sumX += x;
            sumY += y;
            sumXX += x * x;
            sumXY += x * y;
        }
        const double spread = count * sumXX - sumX * sumX;
        if (count < 3 || !(spread > 0))
            continue;
        nearest = std::abs(expiration.years - sampleYears);
        slope = (count * sumXY - sumX * sumY) / spread;
    }
    return slope;
}

} // namespace

double deltaAtVolatilities(const StrategyState& state, double factor)
{
    return netDelta(state, [&](const HeldOption& option) { return option.at(factor * option.volatility).delta; });
}

double deltaAtForecast(const StrategyState& state, double volatility)
{
    return netDelta(state, [&](const HeldOption& option) { return option.at(volatility).delta; });
}

base::Result<risk::MinimumVariance> minimumVarianceOf(const StrategyState& state)
{
    const std::span<const double> closes = state.dailyCloses, volatilities = state.dailyVolatilities;
    const std::size_t days = std::min(closes.size(), volatilities.size());
    const auto nth = [days](std::span<const double> all, std::size_t day) { return all[all.size() - days + day]; };
    const double slope = smileSlope(state);
    std::vector<risk::HedgeSample> samples;
    for (std::size_t day = 1; day < days; ++day) {
        const double before = nth(closes, day - 1), after = nth(closes, day);
        const double volatility = nth(volatilities, day - 1), later = nth(volatilities, day);
        if (!(before > 0 && after > 0 && volatility > 0 && later > 0))
            continue;
        for (const double deviations : sampleDeviations) {
            const double moneyness = deviations * volatility * std::sqrt(sampleYears);
            const double strike = before * std::exp(moneyness);
            const double atStrike = volatility + slope * moneyness;
            const double atStrikeLater = later + slope * std::log(strike / after);
            const pricing::Greeks greeks =
                pricing::blackScholes(market::Right::Call, {before, 0, 0}, strike, sampleYears, atStrike);
            const double value = pricing::blackScholesPrice(market::Right::Call, {after, 0, 0}, strike, sampleYears,
                                                            std::max(atStrikeLater, 0.0));
            if (std::isfinite(greeks.price) && std::isfinite(value))
                samples.push_back(
                    {greeks.delta, greeks.vega, before, sampleYears, after - before, value - greeks.price});
        }
    }
    return risk::fitMinimumVariance(samples);
}

double minimumVarianceDelta(const StrategyState& state, const risk::MinimumVariance& fit)
{
    return netDelta(state, [&](const HeldOption& option) {
        const pricing::SideAnalytics& side = option.expiration->side(option.contract.right);
        const double delta = side.delta[option.contract.row];
        // The coefficients are of calls: a put's volatility is its call's, and so is the adjustment.
        const bool isCall = option.contract.right == market::Right::Call;
        const double callDelta = isCall ? delta : delta + 1;
        return delta - callDelta +
               risk::minimumVarianceDelta(fit, callDelta, side.vega[option.contract.row],
                                          option.expiration->market.spot, option.expiration->years);
    });
}

} // namespace vegadesk::strategies
