#include "backtest/metrics.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vegadesk::backtest
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr double calendarDaysPerYear = 365;

double days(base::Nanos span)
{
    return std::chrono::duration<double, std::ratio<86'400>>(span).count();
}

double normalCdf(double x)
{
    return 0.5 * std::erfc(-x / std::sqrt(2.0));
}

double ratio(double numerator, double denominator)
{
    return denominator > 0 ? numerator / denominator : market::unknown;
}

struct TradeFigures {
    double wins = 0, losses = 0; ///< cash, both positive
    std::size_t winners = 0;
    double worst = market::unknown;
};

TradeFigures tradeFigures(std::span<const double> profits)
{
    TradeFigures figures;
    for (const double profit : profits) {
        if (profit > 0) {
            figures.wins += profit;
            ++figures.winners;
        } else {
            figures.losses -= profit;
        }
        figures.worst = std::isnan(figures.worst) ? profit : std::min(figures.worst, profit);
    }
    return figures;
}

} // namespace

std::vector<EquityPoint> dailyPoints(std::span<const EquityPoint> curve)
{
    std::vector<EquityPoint> daily;
    base::Date last{};
    for (const EquityPoint& point : curve) {
        const base::Date date = market::newYorkDate(point.at);
        if (!daily.empty() && date == last)
            daily.back() = point;
        else
            daily.push_back(point);
        last = date;
    }
    return daily;
}

std::vector<double> returns(std::span<const EquityPoint> points)
{
    std::vector<double> steps;
    for (std::size_t i = 1; i < points.size() && points[i - 1].equity > 0; ++i)
        steps.push_back(points[i].equity / points[i - 1].equity - 1);
    return steps;
}

std::vector<double> drawdowns(std::span<const EquityPoint> curve)
{
    std::vector<double> falls;
    falls.reserve(curve.size());
    double high = 0;
    for (const EquityPoint& point : curve) {
        high = std::max(high, point.equity);
        falls.push_back(high > 0 ? point.equity / high - 1 : 0);
    }
    return falls;
}

Drawdown worstDrawdown(std::span<const EquityPoint> curve)
{
    Drawdown worst;
    if (curve.empty())
        return worst;
    EquityPoint high = curve.front();
    for (const EquityPoint& point : curve) {
        if (point.equity >= high.equity) {
            high = point;
            continue;
        }
        worst.fraction = std::max(worst.fraction, 1 - point.equity / high.equity);
        worst.days = std::max(worst.days, days(point.at - high.at));
    }
    return worst;
}

Moments moments(std::span<const double> values)
{
    if (values.size() < 2)
        return {};
    const auto count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double second = 0, third = 0, fourth = 0;
    for (const double value : values) {
        const double away = value - mean;
        second += away * away / count;
        third += away * away * away / count;
        fourth += away * away * away * away / count;
    }
    if (!(second > 0))
        return {mean, market::unknown, market::unknown, market::unknown};
    const double deviation = std::sqrt(second);
    return {mean, deviation, third / (second * deviation), fourth / (second * second)};
}

double sharpe(std::span<const double> dailyReturns, double riskFree)
{
    const Moments shape = moments(dailyReturns);
    const auto count = static_cast<double>(dailyReturns.size());
    const double sampleDeviation = shape.deviation * std::sqrt(count / (count - 1));
    return (shape.mean - riskFree / tradingDaysPerYear) / sampleDeviation * std::sqrt(tradingDaysPerYear);
}

double sortino(std::span<const double> dailyReturns, double riskFree)
{
    if (dailyReturns.empty())
        return market::unknown;
    const double target = riskFree / tradingDaysPerYear;
    double mean = 0, below = 0;
    for (const double value : dailyReturns) {
        mean += value;
        below += value < target ? (value - target) * (value - target) : 0;
    }
    const auto count = static_cast<double>(dailyReturns.size());
    return ratio((mean / count - target) * std::sqrt(tradingDaysPerYear), std::sqrt(below / count));
}

double compoundAnnualGrowth(std::span<const EquityPoint> curve)
{
    if (curve.size() < 2 || !(curve.front().equity > 0) || curve.back().at <= curve.front().at)
        return market::unknown;
    if (curve.back().equity <= 0)
        return -1;
    const double years = days(curve.back().at - curve.front().at) / calendarDaysPerYear;
    return std::pow(curve.back().equity / curve.front().equity, 1 / years) - 1;
}

double probabilisticSharpe(double sharpePerPeriod, std::size_t periods, double skewness, double kurtosis,
                           double benchmark)
{
    if (periods < 2)
        return market::unknown;
    const double variance = 1 - skewness * sharpePerPeriod + (kurtosis - 1) / 4 * sharpePerPeriod * sharpePerPeriod;
    if (!(variance > 0))
        return market::unknown;
    return normalCdf((sharpePerPeriod - benchmark) * std::sqrt(static_cast<double>(periods - 1)) / std::sqrt(variance));
}

std::vector<Metric> measure(std::span<const EquityPoint> curve, const Tally& tally)
{
    const std::vector<EquityPoint> daily = dailyPoints(curve);
    const std::vector<double> steps = returns(daily);
    const double first = curve.empty() ? market::unknown : curve.front().equity;
    const double last = curve.empty() ? market::unknown : curve.back().equity;
    const double growth = compoundAnnualGrowth(curve);
    const Drawdown fall = worstDrawdown(curve);
    const double annualSharpe = sharpe(steps, tally.riskFree);
    const Moments shape = moments(steps);

    double worstDay = market::unknown;
    for (std::size_t i = 1; i < daily.size(); ++i) {
        const double change = daily[i].equity - daily[i - 1].equity;
        worstDay = std::isnan(worstDay) ? change : std::min(worstDay, change);
    }
    double largestUse = 0;
    std::size_t exposedDays = 0;
    for (const EquityPoint& point : curve)
        largestUse = std::max(largestUse, point.buyingPowerUsed);
    for (const EquityPoint& point : daily)
        exposedDays += point.buyingPowerUsed > 0 ? 1 : 0;

    const TradeFigures trades = tradeFigures(tally.tradeProfits);
    const auto count = static_cast<double>(tally.tradeProfits.size());
    const auto winners = static_cast<double>(trades.winners);
    const auto asNumber = [](std::size_t number) { return static_cast<double>(number); };
    return {
        {"net_profit", "usd", last - first},
        {"total_return", "fraction", ratio(last - first, first)},
        {"cagr", "fraction", growth},
        {"sharpe", "ratio", annualSharpe},
        {"sortino", "ratio", sortino(steps, tally.riskFree)},
        {"probabilistic_sharpe", "fraction",
         probabilisticSharpe(annualSharpe / std::sqrt(tradingDaysPerYear), steps.size(), shape.skewness,
                             shape.kurtosis)},
        {"max_drawdown", "fraction", fall.fraction},
        {"max_drawdown_days", "days", fall.days},
        {"calmar", "ratio", ratio(growth, fall.fraction)},
        {"worst_day", "usd", worstDay},
        {"trades", "count", count},
        {"win_rate", "fraction", ratio(winners, count)},
        {"profit_factor", "ratio", ratio(trades.wins, trades.losses)},
        {"expectancy", "usd", ratio(trades.wins - trades.losses, count)},
        {"average_win", "usd", ratio(trades.wins, winners)},
        {"average_loss", "usd", -ratio(trades.losses, count - winners)},
        {"worst_trade", "usd", trades.worst},
        {"max_buying_power", "usd", largestUse},
        {"return_on_max_buying_power", "fraction", ratio(last - first, largestUse)},
        {"exposure", "fraction", ratio(asNumber(exposedDays), asNumber(daily.size()))},
        {"orders", "count", asNumber(tally.orders)},
        {"fills", "count", asNumber(tally.fills)},
        {"refusals", "count", asNumber(tally.refusals)},
        {"fees", "usd", tally.fees},
        {"spread_cost", "usd", tally.spread},
        {"slippage", "usd", tally.slippage},
    };
}

} // namespace vegadesk::backtest
