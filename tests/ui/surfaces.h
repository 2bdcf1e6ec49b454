#pragma once

#include "desk/surface_views.h"

#include <cmath>
#include <memory>

/// A made-up volatility surface: three expirations of one underlying, all fitted, free of arbitrage unless a test adds some.
namespace vegadesk::test
{

inline std::shared_ptr<desk::SurfaceView> threeSlices()
{
    auto view = std::make_shared<desk::SurfaceView>();
    view->version = 1;
    view->underlying = "SPY";
    view->spot = 585;
    view->fitError = 0.0012;
    view->quotes = 212;
    view->outside = 14;
    view->fitSeconds = 0.004;
    constexpr int points = 61;
    for (int i = 0; i < points; ++i)
        view->moneyness.push_back(-0.3 + 0.01 * i);
    for (unsigned month = 10; month <= 12; ++month) {
        desk::SurfaceSlice slice;
        slice.date = base::makeDate(2026, month, 18);
        slice.root = "SPY";
        slice.years = slice.varianceYears = 0.08 * (month - 9);
        slice.forward = 585 + month;
        slice.isFitted = true;
        slice.fitError = 0.001;
        slice.insideShare = 1;
        for (const double k : view->moneyness) {
            const double iv = 0.16 - 0.2 * k + 0.4 * k * k + 0.005 * month;
            slice.fit.push_back(iv);
            const double deviation = iv * std::sqrt(slice.years);
            slice.density.push_back(std::exp(-0.5 * k * k / (deviation * deviation)) / (deviation * 2.50662827463));
        }
        slice.atmVolatility = 0.16 + 0.005 * month;
        slice.expectedMove = slice.forward * slice.atmVolatility * std::sqrt(slice.years);
        slice.straddle = 0.8 * slice.expectedMove;
        for (int strike = 500; strike <= 660; strike += 20) {
            const double k = std::log(strike / slice.forward), iv = 0.16 - 0.2 * k + 0.4 * k * k + 0.005 * month;
            slice.points.push_back({double(strike), k, iv - 0.01, iv + 0.01, iv});
        }
        view->slices.push_back(std::move(slice));
    }
    view->selected = 1;
    return view;
}

/// The same with one negative density and one crossing of expirations.
inline std::shared_ptr<desk::SurfaceView> threeSlicesWithArbitrage()
{
    auto view = threeSlices();
    view->version = 2;
    view->slices[0].butterflies.push_back({0.1, 0.2});
    view->crossings.push_back({1, 2, {-0.2, -0.1}});
    return view;
}

} // namespace vegadesk::test
