#include "backtest/metrics.h"

#include "backtest/periods.h"
#include "market/calendar.h"
#include "risk/value_at_risk/var_sample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>

namespace vegadesk::backtest
{

namespace
{

constexpr double calendarDaysPerYear = 365;

double days(base::Nanos span)
{
    return std::chrono::duration<double, std::ratio<86'400>>(span).count();
}

double ratio(double numerator, double denominator)
{
    return denominator > 0 ? numerator / denominator : market::unknown;
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

std::vector<double> dailyReturns(std::span<const EquityPoint> curve)
{
    std::vector<EquityPoint> points = dailyPoints(curve);
    if (curve.size() > 1 && market::newYorkDate(curve[1].at) == market::newYorkDate(curve.front().at))
        points.insert(points.begin(), curve.front());
    return returns(points);
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
    base::Instant before = curve.front().at;
    base::Nanos under{0};
    for (const EquityPoint& point : curve) {
        const bool isHigh = point.equity >= high.equity;
        if (isHigh) {
            high = point;
        } else {
            worst.fraction = std::max(worst.fraction, 1 - point.equity / high.equity);
            worst.days = std::max(worst.days, days(point.at - high.at));
            under += point.at - before;
        }
        before = point.at;
    }
    if (const base::Nanos all = curve.back().at - curve.front().at; all > base::Nanos{0})
        worst.timeUnderWater = days(under) / days(all);
    return worst;
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

namespace
{

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

/// Daily losses as parts of the equity, each day as likely as the others.
risk::TailLoss lossesOf(std::span<const double> steps, double level)
{
    return steps.empty() ? risk::TailLoss{market::unknown, market::unknown} : risk::sampleLoss(steps, 1 - level);
}

/// How the account was used.
struct UseFigures {
    double largest = 0;     ///< buying power, cash
    double average = 0;     ///< of the equity, over days
    double largestPart = 0; ///< of the equity
    double leverage = 0;    ///< largest notional over equity
    std::size_t exposedDays = 0;
};

UseFigures useOf(std::span<const EquityPoint> curve, std::span<const EquityPoint> daily)
{
    UseFigures use;
    for (const EquityPoint& point : curve) {
        use.largest = std::max(use.largest, point.buyingPowerUsed);
        if (point.equity > 0) {
            use.largestPart = std::max(use.largestPart, point.buyingPowerUsed / point.equity);
            use.leverage = std::max(use.leverage, point.notional / point.equity);
        }
    }
    for (const EquityPoint& point : daily) {
        use.exposedDays += point.buyingPowerUsed > 0 ? 1 : 0;
        if (point.equity > 0)
            use.average += point.buyingPowerUsed / point.equity / static_cast<double>(daily.size());
    }
    return use;
}

double worstOf(std::vector<PeriodProfit> periods)
{
    const auto least = std::ranges::min_element(periods, {}, &PeriodProfit::profit);
    return least == periods.end() ? market::unknown : least->profit;
}

double withoutBest(std::span<const double> profits, std::size_t count)
{
    if (profits.empty())
        return market::unknown;
    std::vector<double> sorted(profits.begin(), profits.end());
    std::ranges::sort(sorted, std::greater{});
    return std::accumulate(sorted.begin() + static_cast<std::ptrdiff_t>(std::min(count, sorted.size())), sorted.end(),
                           0.0);
}

} // namespace

std::vector<Metric> measure(std::span<const EquityPoint> curve, const Tally& tally)
{
    const std::vector<EquityPoint> daily = dailyPoints(curve);
    const std::vector<double> steps = dailyReturns(curve);
    const double first = curve.empty() ? market::unknown : curve.front().equity;
    const double last = curve.empty() ? market::unknown : curve.back().equity;
    const double growth = compoundAnnualGrowth(curve);
    const Drawdown fall = worstDrawdown(curve);
    const double annualSharpe = sharpe(steps, tally.riskFree);
    const Moments shape = moments(steps);
    const double confidence =
        probabilisticSharpe(annualSharpe / std::sqrt(tradingDaysPerYear), steps.size(), shape.skewness, shape.kurtosis);
    const risk::TailLoss usual = lossesOf(steps, 0.95), rare = lossesOf(steps, 0.99);
    const UseFigures use = useOf(curve, daily);

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
        {"probabilistic_sharpe", "fraction", confidence},
        {"deflated_sharpe", "fraction", confidence}, // of one trial
        {"trials", "count", 1},
        {"days", "count", asNumber(steps.size())},
        {"skewness", "ratio", shape.skewness},
        {"kurtosis", "ratio", shape.kurtosis},
        {"max_drawdown", "fraction", fall.fraction},
        {"max_drawdown_days", "days", fall.days},
        {"time_under_water", "fraction", fall.timeUnderWater},
        {"calmar", "ratio", ratio(growth, fall.fraction)},
        {"worst_day", "usd", worstOf(profitByDay(curve))},
        {"worst_week", "usd", worstOf(profitByWeek(curve))},
        {"var_95", "fraction", usual.valueAtRisk},
        {"es_95", "fraction", usual.expectedShortfall},
        {"var_99", "fraction", rare.valueAtRisk},
        {"es_99", "fraction", rare.expectedShortfall},
        {"trades", "count", count},
        {"win_rate", "fraction", ratio(winners, count)},
        {"profit_factor", "ratio", ratio(trades.wins, trades.losses)},
        {"expectancy", "usd", ratio(trades.wins - trades.losses, count)},
        {"average_win", "usd", ratio(trades.wins, winners)},
        {"average_loss", "usd", -ratio(trades.losses, count - winners)},
        {"worst_trade", "usd", trades.worst},
        {"profit_without_best_5", "usd", withoutBest(tally.tradeProfits, 5)},
        {"max_buying_power", "usd", use.largest},
        {"buying_power_use", "fraction", use.average},
        {"max_buying_power_use", "fraction", use.largestPart},
        {"return_on_max_buying_power", "fraction", ratio(last - first, use.largest)},
        {"notional_leverage", "ratio", use.leverage},
        {"exposure", "fraction", ratio(asNumber(use.exposedDays), asNumber(daily.size()))},
        {"orders", "count", asNumber(tally.orders)},
        {"fills", "count", asNumber(tally.fills)},
        {"refusals", "count", asNumber(tally.refusals)},
        {"fees", "usd", tally.fees},
        {"spread_cost", "usd", tally.spread},
        {"slippage", "usd", tally.slippage},
    };
}

double valueOf(std::span<const Metric> metrics, std::string_view id)
{
    const auto found = std::ranges::find(metrics, id, &Metric::id);
    return found == metrics.end() ? market::unknown : found->value;
}

double rankOf(std::string_view id, double value, double trades, double netProfit)
{
    static constexpr std::array<std::string_view, 3> overLosses{"profit_factor", "calmar", "sortino"};
    const bool isFlawless = std::isnan(value) && trades > 0 && netProfit > 0;
    return isFlawless && std::ranges::find(overLosses, id) != overLosses.end() ? std::numeric_limits<double>::infinity()
                                                                               : value;
}

double rankOf(std::span<const Metric> metrics, std::string_view id)
{
    return rankOf(id, valueOf(metrics, id), valueOf(metrics, "trades"), valueOf(metrics, "net_profit"));
}

double deflatedSharpe(std::span<const Metric> metrics, double sharpeVariance, std::size_t trials)
{
    return probabilisticSharpe(valueOf(metrics, "sharpe") / std::sqrt(tradingDaysPerYear),
                               static_cast<std::size_t>(valueOf(metrics, "days")), valueOf(metrics, "skewness"),
                               valueOf(metrics, "kurtosis"), luckySharpe(sharpeVariance, trials));
}

void setMetric(std::vector<Metric>& metrics, std::string_view id, double value)
{
    if (const auto found = std::ranges::find(metrics, id, &Metric::id); found != metrics.end())
        found->value = value;
}

} // namespace vegadesk::backtest
