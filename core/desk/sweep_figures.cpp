#include "desk/sweep_figures.h"

#include "backtest/metrics.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

/// Of the middle two their mean.
double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : 0.5 * (values[middle - 1] + values[middle]);
}

bool isBetter(double value, double than, bool isLess)
{
    return std::isnan(than) || (isLess ? value < than : value > than);
}

/// One step apart, on one axis alone.
bool areNeighbours(const SweepRun& a, const SweepRun& b, const std::vector<bool>& ordered)
{
    std::size_t differing = 0;
    for (std::size_t axis = 0; axis < a.places.size(); ++axis) {
        const std::size_t low = std::min(a.places[axis], b.places[axis]),
                          high = std::max(a.places[axis], b.places[axis]);
        if (low == high)
            continue;
        if (++differing > 1 || (ordered[axis] && high - low > 1))
            return false;
    }
    return differing == 1;
}

} // namespace

bool isLessBetter(std::string_view metric)
{
    // worst_day and the like are negative dollars: more of them is better.
    static constexpr std::array<std::string_view, 15> less{"max_drawdown",
                                                           "max_drawdown_days",
                                                           "time_under_water",
                                                           "var_95",
                                                           "es_95",
                                                           "var_99",
                                                           "es_99",
                                                           "fees",
                                                           "spread_cost",
                                                           "slippage",
                                                           "max_buying_power",
                                                           "buying_power_use",
                                                           "max_buying_power_use",
                                                           "notional_leverage",
                                                           "refusals"};
    return std::ranges::find(less, metric) != less.end();
}

std::optional<std::size_t> metricPlace(const SweepReport& report, std::string_view id)
{
    const auto found = std::ranges::find(report.metrics, id, &SweepMetric::id);
    return found == report.metrics.end() ? std::nullopt
                                         : std::optional(static_cast<std::size_t>(found - report.metrics.begin()));
}

double figureOf(const SweepRun& run, std::size_t metric)
{
    return metric < run.figures.size() ? run.figures[metric] : unknown;
}

namespace
{

/// What runs are picked by: see backtest::rankOf().
class RankOf
{
public:
    RankOf(const SweepReport& report, std::size_t metric)
        : m_id(report.metrics[metric].id), m_metric(metric), m_trades(placeOf(report, "trades")),
          m_profit(placeOf(report, "net_profit"))
    {
    }

    double operator()(const SweepRun& run) const
    {
        return backtest::rankOf(m_id, figureOf(run, m_metric), figureOf(run, m_trades), figureOf(run, m_profit));
    }

private:
    /// Behind the last where there is none, of which every figure is unknown.
    static std::size_t placeOf(const SweepReport& report, std::string_view id)
    {
        return metricPlace(report, id).value_or(report.metrics.size());
    }

    const std::string& m_id;
    std::size_t m_metric, m_trades, m_profit;
};

} // namespace

std::optional<std::size_t> bestRun(const SweepReport& report, std::size_t metric)
{
    if (metric >= report.metrics.size())
        return std::nullopt;
    const bool isLess = isLessBetter(report.metrics[metric].id);
    std::optional<std::size_t> best;
    double figure = unknown;
    const RankOf rankOf(report, metric);
    for (std::size_t run = 0; run < report.runs.size(); ++run) {
        const double each = rankOf(report.runs[run]);
        if (std::isnan(each) || !isBetter(each, figure, isLess))
            continue;
        best = run;
        figure = each;
    }
    return best;
}

bool isOrdered(const SweepAxis& axis)
{
    return std::ranges::all_of(axis.values, [](const std::string& value) {
        double number = 0;
        const auto read = std::from_chars(value.data(), value.data() + value.size(), number);
        return read.ec == std::errc{} && read.ptr == value.data() + value.size();
    });
}

SweepMap mapOf(const SweepReport& report, const SweepMapChoice& choice)
{
    SweepMap map;
    if (choice.across >= report.axes.size() || choice.metric >= report.metrics.size())
        return map;
    map.across = report.axes[choice.across].values.size();
    map.up = choice.up ? report.axes[*choice.up].values.size() : 1;
    map.runs.resize(map.across * map.up);
    const bool isLess = isLessBetter(report.metrics[choice.metric].id);
    const RankOf rankOf(report, choice.metric);
    for (std::size_t place = 0; place < report.runs.size(); ++place) {
        const SweepRun& run = report.runs[place];
        const double figure = rankOf(run);
        const auto isShown = [&] {
            for (std::size_t axis = 0; axis < run.places.size(); ++axis) {
                const bool isDrawn = axis == choice.across || axis == choice.up;
                if (!isDrawn && axis < choice.fixed.size() && choice.fixed[axis] &&
                    run.places[axis] != *choice.fixed[axis])
                    return false;
            }
            return true;
        };
        if (std::isnan(figure) || !isShown())
            continue;
        const std::size_t y = choice.up ? run.places[*choice.up] : 0;
        std::optional<std::size_t>& cell = map.runs[y * map.across + run.places[choice.across]];
        if (!cell || isBetter(figure, rankOf(report.runs[*cell]), isLess))
            cell = place;
    }
    return map;
}

std::optional<Neighbourhood> neighbourhoodOf(const SweepReport& report, std::size_t metric, std::size_t run)
{
    std::vector<bool> ordered;
    for (const SweepAxis& axis : report.axes)
        ordered.push_back(isOrdered(axis));
    std::vector<double> all, near;
    for (std::size_t place = 0; place < report.runs.size(); ++place) {
        const double figure = figureOf(report.runs[place], metric);
        if (!std::isfinite(figure))
            continue;
        all.push_back(figure);
        if (areNeighbours(report.runs[place], report.runs[run], ordered))
            near.push_back(figure);
    }
    const double own = figureOf(report.runs[run], metric);
    if (all.size() < neighbourhoodRunsLeast || near.empty() || !std::isfinite(own))
        return std::nullopt;
    Neighbourhood out{.count = near.size(), .median = medianOf(near), .medianOfAll = medianOf(all)};
    const double ahead = own - out.medianOfAll, lost = own - out.median;
    out.isAlone = std::abs(ahead) > 0 && lost / ahead > 0.5;
    return out;
}

} // namespace vegadesk::desk
