#include "strategies/volatility/forecast.h"

#include "market/quote.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <vector>

namespace vegadesk::strategies
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr std::size_t fewestReturnsForEwma = 10;
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

double ewmaVolatility(std::span<const double> closes, double decay)
{
    const std::vector<double> squares = squaredReturns(closes);
    if (squares.size() < fewestReturnsForEwma || !(decay > 0 && decay < 1))
        return market::unknown;
    double variance = squares.front();
    for (const double square : std::span(squares).subspan(1))
        variance = decay * variance + (1 - decay) * square;
    return std::sqrt(variance * tradingDaysPerYear);
}

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

} // namespace vegadesk::strategies
