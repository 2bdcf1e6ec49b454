#include "risk/value_at_risk/var_backtest.h"

#include "risk/value_at_risk/distributions.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::risk
{

namespace
{

/// The least share of the simulations that a critical value leaves below it.
constexpr double criticalShare = 0.05;
constexpr std::size_t simulationsLeast = 1000;

base::Result<void> checkLevel(double level)
{
    if (!(level > 0.5 && level < 1))
        return base::badInput("level", fmt::format("{}", level), "above 0.5 and below 1");
    return {};
}

base::Result<void> checkHits(std::size_t days, std::size_t hits, double level)
{
    if (days == 0)
        return base::badInput("days", "0", "at least one");
    if (hits > days)
        return base::badInput("hits", fmt::format("{}", hits), fmt::format("at most the {} days", days));
    return checkLevel(level);
}

/// count · ln(share), 0 for no count.
double logLikelihood(std::size_t count, double share)
{
    return count == 0 ? 0 : static_cast<double>(count) * std::log(share);
}

/// ln of what `hits` and `misses` are likely with a chance of `share`.
double logLikelihood(std::size_t misses, std::size_t hits, double share)
{
    return logLikelihood(misses, 1 - share) + logLikelihood(hits, share);
}

double shareOf(std::size_t misses, std::size_t hits)
{
    return hits == 0 ? 0 : static_cast<double>(hits) / static_cast<double>(misses + hits);
}

LikelihoodRatio ratioOf(double restricted, double free)
{
    const double statistic = std::max(0.0, 2 * (free - restricted)); // rounding alone makes it negative
    return {statistic, chiSquareTail1(statistic)};
}

LikelihoodRatio kupiecOf(std::size_t days, std::size_t hits, double level)
{
    const std::size_t misses = days - hits;
    return ratioOf(logLikelihood(misses, hits, 1 - level), logLikelihood(misses, hits, shareOf(misses, hits)));
}

/// Probabilities of 0, 1, … hits in `days`, up to the last that matters.
std::vector<double> binomial(std::size_t days, double chance)
{
    std::vector<double> out;
    double probability = std::exp(static_cast<double>(days) * std::log1p(-chance));
    const double mean = static_cast<double>(days) * chance;
    for (std::size_t hits = 0; hits <= days; ++hits) {
        out.push_back(probability);
        if (static_cast<double>(hits) > mean && probability < 1e-18)
            break;
        probability *= static_cast<double>(days - hits) / static_cast<double>(hits + 1) * chance / (1 - chance);
    }
    return out;
}

/// A loss beyond the value at risk over the shortfall, drawn by its quantile: a table over powers of a half of the tail, between
/// which both logarithms are nearly straight (relative error below 1e-4).
class TailDraw
{
public:
    template<class ValueAtRisk>
    TailDraw(double tail, double shortfall, ValueAtRisk valueAtRisk)
    {
        for (std::size_t i = 0; i < m_logRatios.size(); ++i)
            m_logRatios[i] =
                std::log(valueAtRisk(1 - tail * std::exp2(-static_cast<double>(i) / stepsPerHalf)) / shortfall);
    }
    double operator()(base::Generator& generator) const
    {
        const double at = -stepsPerHalf * std::log2(1 - generator.uniform()); // 1 - uniform() is never 0
        const auto low = std::min(static_cast<std::size_t>(at), m_logRatios.size() - 2);
        const double part = at - static_cast<double>(low);
        return std::exp(m_logRatios[low] + part * (m_logRatios[low + 1] - m_logRatios[low]));
    }

private:
    static constexpr double stepsPerHalf = 8;
    std::array<double, 8 * 30> m_logRatios{};
};

/// Of the statistic when the forecasts are right, in ascending order. Only hits enter it, so only they are drawn.
std::vector<double> simulate(std::size_t days, double tail, const TailDraw& draw, base::Generator& generator,
                             std::size_t simulations)
{
    std::vector<double> cumulated = binomial(days, tail);
    for (std::size_t i = 1; i < cumulated.size(); ++i)
        cumulated[i] += cumulated[i - 1];
    std::vector<double> out(simulations);
    for (double& statistic : out) {
        const auto hits = std::ranges::lower_bound(cumulated, generator.uniform()) - cumulated.begin();
        double sum = 0;
        for (std::ptrdiff_t hit = 0; hit < hits; ++hit)
            sum += draw(generator);
        statistic = 1 - sum / (static_cast<double>(days) * tail);
    }
    std::ranges::sort(out);
    return out;
}

double shareAtMost(const std::vector<double>& ascending, double value)
{
    const auto count = std::ranges::upper_bound(ascending, value) - ascending.begin();
    return static_cast<double>(count) / static_cast<double>(ascending.size());
}

double criticalOf(const std::vector<double>& ascending)
{
    return ascending[static_cast<std::size_t>(criticalShare * static_cast<double>(ascending.size()))];
}

base::Result<void> checkSeries(std::span<const double> profits, std::span<const double> valuesAtRisk,
                               std::span<const double> shortfalls)
{
    const auto isFinite = [](double value) { return std::isfinite(value); };
    if (profits.empty() || !std::ranges::all_of(profits, isFinite))
        return base::badInput("profits", fmt::format("{} days", profits.size()), "at least one, all of them numbers");
    if (valuesAtRisk.size() != profits.size() || !std::ranges::all_of(valuesAtRisk, isFinite))
        return base::badInput("values at risk", fmt::format("{} days", valuesAtRisk.size()),
                              fmt::format("{}, all of them numbers", profits.size()));
    if (shortfalls.size() != profits.size() ||
        !std::ranges::all_of(shortfalls, [](double value) { return std::isfinite(value) && value > 0; }))
        return base::badInput("shortfalls", fmt::format("{} days", shortfalls.size()),
                              fmt::format("{}, all of them positive", profits.size()));
    return {};
}

} // namespace

base::Result<LikelihoodRatio> kupiec(std::size_t days, std::size_t hits, double level)
{
    if (const auto checked = checkHits(days, hits, level); !checked)
        return tl::make_unexpected(checked.error());
    return kupiecOf(days, hits, level);
}

base::Result<Christoffersen> christoffersen(std::span<const std::uint8_t> hits, double level)
{
    if (hits.size() < 2)
        return base::badInput("days", fmt::format("{}", hits.size()), "at least two");
    if (const auto checked = checkLevel(level); !checked)
        return tl::make_unexpected(checked.error());
    Christoffersen out;
    auto& [noneNone, noneHit, hitNone, hitHit] = out.transitions;
    for (std::size_t day = 1; day < hits.size(); ++day) {
        const std::size_t from = hits[day - 1] != 0 ? 2 : 0;
        ++out.transitions[from + (hits[day] != 0 ? 1 : 0)];
    }
    const double restricted =
        logLikelihood(noneNone + hitNone, noneHit + hitHit, shareOf(noneNone + hitNone, noneHit + hitHit));
    const double free = logLikelihood(noneNone, noneHit, shareOf(noneNone, noneHit)) +
                        logLikelihood(hitNone, hitHit, shareOf(hitNone, hitHit));
    out.independence = ratioOf(restricted, free);
    const auto count = static_cast<std::size_t>(std::ranges::count_if(hits, [](std::uint8_t hit) { return hit != 0; }));
    out.coverage.statistic = kupiecOf(hits.size(), count, level).statistic + out.independence.statistic;
    out.coverage.pValue = chiSquareTail2(out.coverage.statistic);
    return out;
}

std::string_view toText(TrafficLight light)
{
    switch (light) {
    case TrafficLight::Green:
        return "green";
    case TrafficLight::Yellow:
        return "yellow";
    case TrafficLight::Red:
        break;
    }
    return "red";
}

base::Result<TrafficLights> trafficLights(std::size_t days, std::size_t hits, double level)
{
    if (const auto checked = checkHits(days, hits, level); !checked)
        return tl::make_unexpected(checked.error());
    constexpr double yellowFrom = 0.95, redFrom = 0.9999;
    constexpr std::size_t tableDays = 250;
    constexpr double tableLevel = 0.99;
    constexpr std::array<double, 11> table{3, 3, 3, 3, 3, 3.4, 3.5, 3.65, 3.75, 3.85, 4};
    TrafficLights out;
    double cumulated = 0;
    const std::vector<double> probabilities = binomial(days, 1 - level);
    for (std::size_t count = 0; count < probabilities.size(); ++count) {
        cumulated += probabilities[count];
        if (cumulated < yellowFrom) {
            out.yellowFrom = count + 1;
            out.probabilities[0] = cumulated;
        }
        if (cumulated < redFrom) {
            out.redFrom = count + 1;
            out.probabilities[1] = cumulated;
        }
    }
    out.probabilities[1] -= out.probabilities[0];
    out.probabilities[2] = 1 - out.probabilities[0] - out.probabilities[1];
    out.light =
        hits < out.yellowFrom ? TrafficLight::Green : (hits < out.redFrom ? TrafficLight::Yellow : TrafficLight::Red);
    const bool hasTable = days == tableDays && level == tableLevel;
    out.multiplier = hasTable ? table[std::min(hits, table.size() - 1)] : std::numeric_limits<double>::quiet_NaN();
    return out;
}

base::Result<AcerbiSzekely> acerbiSzekely(std::span<const double> profits, std::span<const double> valuesAtRisk,
                                          std::span<const double> shortfalls, double level, base::Generator& generator,
                                          std::size_t simulations)
{
    if (const auto checked = checkSeries(profits, valuesAtRisk, shortfalls); !checked)
        return tl::make_unexpected(checked.error());
    if (const auto checked = checkLevel(level); !checked)
        return tl::make_unexpected(checked.error());
    if (simulations < simulationsLeast)
        return base::badInput("simulations", fmt::format("{}", simulations),
                              fmt::format("at least {}", simulationsLeast));
    const double tail = 1 - level;
    double sum = 0;
    for (std::size_t day = 0; day < profits.size(); ++day) {
        if (-profits[day] > valuesAtRisk[day])
            sum += profits[day] / shortfalls[day];
    }
    AcerbiSzekely out;
    out.statistic = sum / (static_cast<double>(profits.size()) * tail) + 1;
    constexpr double freedom = 3;
    const TailDraw normal(tail, normalTailLoss(level, 0, 1).expectedShortfall,
                          [](double at) { return normalTailLoss(at, 0, 1).valueAtRisk; });
    const TailDraw student(tail, studentTailLoss(level, freedom).expectedShortfall,
                           [](double at) { return studentTailLoss(at, freedom).valueAtRisk; });
    const auto byNormal = simulate(profits.size(), tail, normal, generator, simulations);
    const auto byStudent = simulate(profits.size(), tail, student, generator, simulations);
    out.pValueNormal = shareAtMost(byNormal, out.statistic);
    out.pValueStudent = shareAtMost(byStudent, out.statistic);
    out.criticalNormal = criticalOf(byNormal);
    out.criticalStudent = criticalOf(byStudent);
    return out;
}

} // namespace vegadesk::risk
