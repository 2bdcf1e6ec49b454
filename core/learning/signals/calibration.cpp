#include "learning/signals/calibration.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::size_t binCount = 10;
constexpr int stepsMost = 100;

/// What the fit lowers, and where it leads.
struct Objective {
    double value = 0;
    double bySlope = 0, byOffset = 0;                                 // gradient
    double slopeSlope = 1e-12, slopeOffset = 0, offsetOffset = 1e-12; // Hessian, held positive
};

Objective objectiveAt(const Calibration& at, std::span<const double> scores, std::span<const double> targets)
{
    Objective out;
    for (std::size_t row = 0; row < scores.size(); ++row) {
        const double margin = at.slope * scores[row] + at.offset;
        const double probability = at.probability(scores[row]);
        // ln(1 + exp(m)) − t m, without overflow
        out.value += std::max(margin, 0.0) + std::log1p(std::exp(-std::abs(margin))) - targets[row] * margin;
        const double error = probability - targets[row], weight = probability * (1 - probability);
        out.bySlope += error * scores[row];
        out.byOffset += error;
        out.slopeSlope += weight * scores[row] * scores[row];
        out.slopeOffset += weight * scores[row];
        out.offsetOffset += weight;
    }
    return out;
}

/// Newton with halved steps; the slope alone stays where `holdsSlope`.
Calibration minimise(Calibration at, bool holdsSlope, std::span<const double> scores, std::span<const double> targets)
{
    Objective here = objectiveAt(at, scores, targets);
    for (int step = 0; step < stepsMost; ++step) {
        double slope = 0, offset = -here.byOffset / here.offsetOffset;
        if (!holdsSlope) {
            const double determinant = here.slopeSlope * here.offsetOffset - here.slopeOffset * here.slopeOffset;
            slope = -(here.offsetOffset * here.bySlope - here.slopeOffset * here.byOffset) / determinant;
            offset = -(here.slopeSlope * here.byOffset - here.slopeOffset * here.bySlope) / determinant;
        }
        if (!std::isfinite(slope) || !std::isfinite(offset))
            return at;
        double length = 1;
        Calibration next = at;
        Objective there = here;
        for (; length > 1e-8; length /= 2) {
            next = {at.slope + length * slope, at.offset + length * offset};
            there = objectiveAt(next, scores, targets);
            if (there.value < here.value)
                break;
        }
        if (!(there.value < here.value - 1e-12 * std::abs(here.value)))
            return at;
        at = next;
        here = there;
    }
    return at;
}

} // namespace

double Calibration::probability(double logOdds) const
{
    return 1 / (1 + std::exp(-(slope * logOdds + offset)));
}

base::Result<Calibration> fitCalibration(std::span<const double> logOdds, std::span<const std::uint8_t> answers)
{
    if (logOdds.size() != answers.size())
        return base::badInput("scores", fmt::format("{}", logOdds.size()),
                              fmt::format("{}, one an answer", answers.size()));
    const auto bad = std::ranges::find_if(logOdds, [](double score) { return !std::isfinite(score); });
    if (bad != logOdds.end())
        return base::badInput("score", fmt::format("{}", *bad), "a finite number");
    const auto yes = static_cast<double>(std::ranges::count(answers, 1));
    const double no = static_cast<double>(answers.size()) - yes;
    if (!(yes > 0 && no > 0))
        return base::badInput("answers", fmt::format("{:.0f} yes, {:.0f} no", yes, no), "some of both");
    std::vector<double> targets;
    for (const bool answer : answers)
        targets.push_back(answer ? (yes + 1) / (yes + 2) : 1 / (no + 2));
    const Calibration flat{0, std::log((yes + 1) / (no + 1))};
    Calibration fitted = minimise(flat, false, logOdds, targets);
    if (!(fitted.slope >= 0))
        fitted = minimise(flat, true, logOdds, targets);
    return fitted;
}

Reliability reliabilityOf(std::span<const double> probabilities, std::span<const std::uint8_t> answers)
{
    Reliability out;
    if (answers.empty() || probabilities.size() != answers.size())
        return out;
    const auto count = static_cast<double>(answers.size());
    const double rate = static_cast<double>(std::ranges::count(answers, 1)) / count;
    double squares = 0, logarithms = 0;
    for (std::size_t row = 0; row < answers.size(); ++row) {
        const double held = std::clamp(probabilities[row], 1e-6, 1 - 1e-6),
                     miss = probabilities[row] - (answers[row] ? 1 : 0);
        squares += miss * miss;
        logarithms -= std::log(answers[row] ? held : 1 - held);
    }
    out.brier = squares / count;
    out.brierOfRate = rate * (1 - rate);
    out.logLoss = logarithms / count;
    std::vector<std::size_t> order(answers.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t row) { return probabilities[row]; });
    out.calibrationError = 0;
    for (std::size_t bin = 0; bin < binCount; ++bin) {
        const std::size_t first = order.size() * bin / binCount, end = order.size() * (bin + 1) / binCount;
        if (first == end)
            continue;
        double said = 0, seen = 0;
        for (std::size_t place = first; place < end; ++place) {
            said += probabilities[order[place]];
            seen += answers[order[place]] ? 1 : 0;
        }
        const auto size = static_cast<double>(end - first);
        out.bins.push_back({said / size, seen / size, end - first});
        out.calibrationError += std::abs(said - seen) / count;
    }
    return out;
}

} // namespace vegadesk::learning::market_signals
