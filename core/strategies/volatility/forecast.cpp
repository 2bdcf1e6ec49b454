#include "strategies/volatility/forecast.h"

#include "market/calendar.h"
#include "market/quote.h"
#include "risk/sizing.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

namespace vegadesk::strategies
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr std::size_t daysOfMonth = 22;
constexpr std::size_t daysOfWeek = 5;
constexpr std::size_t fewestRowsForHar = 60;

/// Empty when a close is not a positive number.
std::vector<double> squaredReturns(std::span<const double> closes)
{
    if (std::ranges::any_of(closes, [](double close) { return !(close > 0) || !std::isfinite(close); }))
        return {};
    std::vector<double> squares;
    squares.reserve(closes.size());
    for (std::size_t day = 1; day < closes.size(); ++day) {
        const double step = std::log(closes[day] / closes[day - 1]);
        squares.push_back(step * step);
    }
    return squares;
}

double mean(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

} // namespace

double harVolatility(std::span<const double> closes, int horizonDays)
{
    const std::vector<double> squares = squaredReturns(closes);
    const std::size_t horizon = static_cast<std::size_t>(std::max(horizonDays, 1));
    if (squares.size() < daysOfMonth + horizon + fewestRowsForHar)
        return market::unknown;

    const std::span<const double> all(squares);
    const auto features = [all](std::size_t end) { // of the days before `end`
        return Eigen::RowVector4d(1, all[end - 1], mean(all.subspan(end - daysOfWeek, daysOfWeek)),
                                  mean(all.subspan(end - daysOfMonth, daysOfMonth)));
    };
    const std::size_t rows = squares.size() - daysOfMonth - horizon + 1;
    Eigen::MatrixX4d known(static_cast<Eigen::Index>(rows), 4);
    Eigen::VectorXd later(static_cast<Eigen::Index>(rows));
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t end = row + daysOfMonth;
        known.row(static_cast<Eigen::Index>(row)) = features(end);
        later(static_cast<Eigen::Index>(row)) = mean(all.subspan(end, horizon));
    }
    const Eigen::Vector4d weights = known.colPivHouseholderQr().solve(later);
    const double forecast = features(squares.size()).dot(weights.transpose());
    const double held = std::clamp(forecast, later.minCoeff(), later.maxCoeff());
    return std::isfinite(held) ? std::sqrt(held * tradingDaysPerYear) : market::unknown;
}

std::vector<base::ParameterSpec> forecastSpecs()
{
    using enum base::ParameterKind;
    return {
        {.name = "forecast",
         .about = "How realised volatility is forecast from daily closes: weighted moves, or a regression (HAR).",
         .kind = Choice,
         .choices = {"ewma", "har"}},
        {.name = "ewma_decay",
         .unit = "per day",
         .about = "Weight that each older day keeps in the EWMA forecast.",
         .minimum = 0.8,
         .maximum = 0.995,
         .fallback = 0.94},
        {.name = "har_days",
         .unit = "trading days",
         .about = "Closes that the HAR forecast is fitted to, up to today.",
         .kind = Integer,
         .minimum = 120,
         .maximum = 2520,
         .fallback = 504},
    };
}

double forecastOf(const StrategyState& state, const base::Parameters& parameters, std::size_t expiration)
{
    if (parameters.choice("forecast") == "ewma")
        return risk::ewmaVolatility(state.dailyCloses, parameters["ewma_decay"]);
    const int horizon =
        market::tradingDaysBetween(market::newYorkDate(state.now), state.chain->expirations[expiration].date);
    const auto window = static_cast<std::size_t>(parameters.integer("har_days"));
    return harVolatility(state.dailyCloses.last(std::min(window, state.dailyCloses.size())), horizon);
}

} // namespace vegadesk::strategies
