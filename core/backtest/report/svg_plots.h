#pragma once

#include "base/time.h"

#include <span>
#include <string>
#include <vector>

/// Plots of a report as SVG elements that stand alone: no style sheet, no script, readable on light and dark paper.
namespace vegadesk::backtest
{

struct PlotPoint {
    base::Instant at{};
    double value = 0;
};

enum class PlotUnit { Dollars, Percent };

/// A curve over time; with `isFilled` the space between it and 0. What is not finite leaves a gap. Thousands of points are drawn as
/// the least and greatest of each pixel column. Empty without two finite points.
std::string timePlot(std::span<const PlotPoint> points, PlotUnit unit, bool isFilled, const std::string& title);

/// How many of `values` (dollars) fall in each of about 25 steps of a round width, one edge at 0. Empty without a finite value.
std::string distributionPlot(std::span<const double> values, const std::string& title);

struct PlotBar {
    std::string name;
    double value = 0; ///< dollars
};
/// Bars to the left and right of 0, one a line.
std::string barPlot(std::span<const PlotBar> bars, const std::string& title);

/// A step of 1, 2 or 5 times a power of ten, so that `range` has about `count` of them.
double roundStep(double range, double count);
/// "-$1,234.50"; "not known" where it is not.
std::string dollarText(double value, int decimals = 2);

} // namespace vegadesk::backtest
