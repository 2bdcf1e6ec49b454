#include "learning/signals/evidence.h"

#include "base/random.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::size_t fewestRows = 30;

/// Rows by stretch and score, those of one score together.
struct Ranking {
    std::vector<std::size_t> order;
    std::vector<std::size_t> groupEnds;     // into order
    std::vector<std::uint8_t> endsAStretch; // of each group
};

Ranking rankingOf(std::span<const double> scores, std::span<const std::size_t> stretches)
{
    const auto stretchOf = [&](std::size_t row) { return stretches.empty() ? 0 : stretches[row]; };
    Ranking ranking;
    ranking.order.resize(scores.size());
    std::iota(ranking.order.begin(), ranking.order.end(), std::size_t{0});
    std::ranges::stable_sort(ranking.order, {},
                             [&](std::size_t row) { return std::pair(stretchOf(row), scores[row]); });
    for (std::size_t place = 0; place < ranking.order.size(); ++place) {
        const std::size_t row = ranking.order[place];
        const bool isLast = place + 1 == ranking.order.size();
        const bool endsStretch = isLast || stretchOf(row) != stretchOf(ranking.order[place + 1]);
        if (!endsStretch && scores[row] == scores[ranking.order[place + 1]])
            continue;
        ranking.groupEnds.push_back(place + 1);
        ranking.endsAStretch.push_back(endsStretch ? 1 : 0);
    }
    return ranking;
}

/// Each row counts `weights` times.
double weightedArea(const Ranking& ranking, std::span<const std::uint8_t> answers, std::span<const double> weights)
{
    double won = 0, pairs = 0, yesses = 0, noes = 0;
    std::size_t place = 0;
    for (std::size_t group = 0; group < ranking.groupEnds.size(); ++group) {
        double yes = 0, no = 0;
        for (; place < ranking.groupEnds[group]; ++place) {
            const std::size_t row = ranking.order[place];
            (answers[row] != 0 ? yes : no) += weights[row];
        }
        won += yes * (noes + no / 2);
        yesses += yes;
        noes += no;
        if (ranking.endsAStretch[group] != 0) {
            pairs += yesses * noes;
            yesses = noes = 0;
        }
    }
    return pairs > 0 ? won / pairs : market::unknown;
}

void drawWeights(double block, base::Generator& generator, std::span<double> weights)
{
    std::ranges::fill(weights, 0.0);
    const auto last = static_cast<std::int64_t>(weights.size()) - 1;
    std::size_t at = 0;
    for (std::size_t step = 0; step < weights.size(); ++step) {
        const bool goesOn = step > 0 && generator.uniform() * block >= 1;
        at = goesOn ? (at + 1) % weights.size() : static_cast<std::size_t>(generator.integer(0, last));
        weights[at] += 1;
    }
}

/// Answers of a circle that begins anywhere, cut into blocks, the blocks in any order.
void shuffleBlocks(std::span<const std::uint8_t> answers, std::size_t block, base::Generator& generator,
                   std::vector<std::uint8_t>& out)
{
    const std::size_t count = answers.size(), blocks = (count + block - 1) / block;
    std::vector<std::size_t> order(blocks);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t left = blocks; left > 1; --left)
        std::swap(order[left - 1],
                  order[static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(left) - 1))]);
    const auto shift = static_cast<std::size_t>(generator.integer(0, static_cast<std::int64_t>(count) - 1));
    std::size_t place = 0;
    for (const std::size_t each : order)
        for (std::size_t at = each * block; at < std::min(count, (each + 1) * block); ++at)
            out[place++] = answers[(at + shift) % count];
}

} // namespace

double areaUnderCurve(std::span<const double> scores, std::span<const std::uint8_t> answers,
                      std::span<const std::size_t> stretches)
{
    assert(scores.size() == answers.size());
    assert(stretches.empty() || stretches.size() == scores.size());
    const std::vector<double> ones(scores.size(), 1.0);
    return weightedArea(rankingOf(scores, stretches), answers, ones);
}

Evidence evidenceOf(std::span<const double> scores, std::span<const std::uint8_t> answers,
                    std::span<const std::size_t> stretches, const EvidenceSettings& settings,
                    const std::stop_token& stop)
{
    assert(settings.block >= 1);
    Evidence out;
    out.settings = settings;
    out.area = areaUnderCurve(scores, answers, stretches);
    if (std::isnan(out.area) || scores.size() < fewestRows)
        return out;
    const Ranking ranking = rankingOf(scores, stretches);
    base::Generator generator(settings.seed);
    std::vector<double> weights(scores.size()), areas;
    for (std::size_t draw = 0; draw < settings.draws && !stop.stop_requested(); ++draw) {
        drawWeights(settings.block, generator, weights);
        if (const double area = weightedArea(ranking, answers, weights); !std::isnan(area))
            areas.push_back(area);
    }
    std::ranges::fill(weights, 1.0);
    std::vector<std::uint8_t> shuffled(answers.size());
    std::size_t asHigh = 0;
    for (std::size_t draw = 0; draw < settings.draws && !stop.stop_requested(); ++draw) {
        shuffleBlocks(answers, static_cast<std::size_t>(settings.block), generator, shuffled);
        asHigh += weightedArea(ranking, shuffled, weights) >= out.area ? 1 : 0;
    }
    if (stop.stop_requested() || areas.empty())
        return out;
    std::ranges::sort(areas);
    const auto rank = [&](double part) {
        const double place = std::ceil(part * static_cast<double>(areas.size()) - 1e-9);
        return areas[static_cast<std::size_t>(std::max(1.0, place)) - 1];
    };
    out.low = rank(0.025);
    out.high = rank(0.975);
    out.chance = static_cast<double>(1 + asHigh) / static_cast<double>(1 + settings.draws);
    return out;
}

} // namespace vegadesk::learning::market_signals
