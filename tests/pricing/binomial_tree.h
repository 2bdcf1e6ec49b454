#pragma once

#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

/// American options as simple as can be, to test what is done with their prices.
namespace binomial_tree
{

using namespace vegadesk::pricing;

enum class Exercise { AnyTime, AtExpiry };

/// A binomial tree. Its European prices obey parity exactly, so what is left of it is early exercise.
inline double price(Exercise exercise, Right right, const MarketPoint& market, double strike, double years, double vol)
{
    constexpr int steps = 60;
    const double dt = years / steps, up = std::exp(vol * std::sqrt(dt)), discount = std::exp(-market.rate * dt);
    const double share = (std::exp((market.rate - market.dividendYield) * dt) - 1 / up) / (up - 1 / up);
    const auto intrinsic = [&](int ups, int step) {
        const double spot = market.spot * std::pow(up, 2 * ups - step);
        return std::max(0.0, right == Right::Call ? spot - strike : strike - spot);
    };
    std::vector<double> values;
    for (int ups = 0; ups <= steps; ++ups)
        values.push_back(intrinsic(ups, steps));
    for (int step = steps - 1; step >= 0; --step) {
        for (int ups = 0; ups <= step; ++ups) {
            const auto i = static_cast<std::size_t>(ups);
            values[i] = discount * (share * values[i + 1] + (1 - share) * values[i]);
            if (exercise == Exercise::AnyTime)
                values[i] = std::max(values[i], intrinsic(ups, step));
        }
    }
    return values[0];
}

inline void withoutEarlyExercise(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                                 std::span<const double> americanPrices, std::span<double> europeanPrices)
{
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        double low = 0.05, high = 2;
        for (int halving = 0; halving < 40; ++halving) {
            const double vol = 0.5 * (low + high);
            (price(Exercise::AnyTime, right, market, strikes[i], years, vol) < americanPrices[i] ? low : high) = vol;
        }
        europeanPrices[i] = price(Exercise::AtExpiry, right, market, strikes[i], years, low);
    }
}

} // namespace binomial_tree
