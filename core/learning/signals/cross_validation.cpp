#include "learning/signals/cross_validation.h"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace vegadesk::learning::market_signals
{

namespace
{

std::vector<std::size_t> placesFrom(std::size_t first, std::size_t end)
{
    std::vector<std::size_t> places(end - first);
    std::iota(places.begin(), places.end(), first);
    return places;
}

/// Those of `candidates` that are clear of the stretch that `test` spans.
std::vector<std::size_t> clearOf(std::span<const Example> examples, std::span<const std::size_t> candidates,
                                 std::span<const std::size_t> test, const PurgeSettings& settings)
{
    const std::size_t firstKnown = examples[test.front()].known, lastLabel = examples[test.back()].labelEnd;
    std::vector<std::size_t> clear;
    std::ranges::copy_if(candidates, std::back_inserter(clear),
                         [&](std::size_t at) { return isClear(examples[at], firstKnown, lastLabel, settings); });
    return clear;
}

base::Result<void> checkSplits(std::span<const Split> splits, std::string_view what)
{
    for (const Split& split : splits)
        if (split.train.empty() || split.test.empty())
            return base::badInput("examples",
                                  fmt::format("{} to learn from, {} to judge", split.train.size(), split.test.size()),
                                  fmt::format("some of both in each {}", what));
    return {};
}

} // namespace

bool isClear(const Example& train, std::size_t firstKnown, std::size_t lastLabel, const PurgeSettings& settings)
{
    const bool endsBefore = train.labelEnd < firstKnown;
    const bool beginsAfter = train.known > lastLabel + settings.embargoDays;
    return endsBefore || beginsAfter;
}

base::Result<std::vector<Split>> purgedFolds(std::span<const Example> examples, std::size_t folds,
                                             const PurgeSettings& settings)
{
    if (folds < 2 || folds > 20)
        return base::badInput("folds", fmt::format("{}", folds), "2 to 20");
    if (examples.size() < folds)
        return base::badInput("examples", fmt::format("{}", examples.size()), "one or more a fold");
    const std::vector<std::size_t> all = placesFrom(0, examples.size());
    std::vector<Split> splits;
    for (std::size_t fold = 0; fold < folds; ++fold) {
        Split split;
        split.test = placesFrom(examples.size() * fold / folds, examples.size() * (fold + 1) / folds);
        split.train = clearOf(examples, all, split.test, settings);
        splits.push_back(std::move(split));
    }
    if (const auto checked = checkSplits(splits, "fold"); !checked)
        return tl::make_unexpected(checked.error());
    return splits;
}

base::Result<std::vector<Split>> walkForward(std::span<const Example> examples, std::size_t steps, double firstShare,
                                             const PurgeSettings& settings)
{
    if (steps < 1 || steps > 50)
        return base::badInput("steps", fmt::format("{}", steps), "1 to 50");
    if (!(firstShare >= 0.1 && firstShare <= 0.9))
        return base::badInput("first share", fmt::format("{}", firstShare), "0.1 to 0.9");
    const auto first = static_cast<std::size_t>(firstShare * static_cast<double>(examples.size()));
    const std::size_t judged = examples.size() - first;
    if (judged < steps)
        return base::badInput("examples", fmt::format("{}", examples.size()), "one or more a step");
    std::vector<Split> splits;
    for (std::size_t step = 0; step < steps; ++step) {
        Split split;
        split.test = placesFrom(first + judged * step / steps, first + judged * (step + 1) / steps);
        split.train = clearOf(examples, placesFrom(0, split.test.front()), split.test, settings);
        splits.push_back(std::move(split));
    }
    if (const auto checked = checkSplits(splits, "step"); !checked)
        return tl::make_unexpected(checked.error());
    return splits;
}

base::Result<Split> holdOutNewest(std::span<const Example> examples, std::span<const std::size_t> train, double share,
                                  const PurgeSettings& settings)
{
    if (!(share >= 0.05 && share <= 0.5))
        return base::badInput("share held out", fmt::format("{}", share), "0.05 to 0.5");
    const auto held = static_cast<std::size_t>(share * static_cast<double>(train.size()));
    Split split;
    const std::span<const std::size_t> newest = train.last(held);
    split.test.assign(newest.begin(), newest.end());
    if (held > 0)
        split.train = clearOf(examples, train.first(train.size() - held), split.test, settings);
    if (const auto checked = checkSplits({&split, 1}, "piece held out"); !checked)
        return tl::make_unexpected(checked.error());
    return split;
}

} // namespace vegadesk::learning::market_signals
