#include "learning/signals/dataset.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::learning::market_signals
{

namespace
{

constexpr std::size_t fewestExamples = 500, fewestOfAnAnswer = 25;

base::Result<void> checkCounts(const Dataset& data, const HistoryTable& table)
{
    if (data.size() < fewestExamples)
        return base::badInput(
            fmt::format("examples for {}", infoOf(data.schema.target).name),
            fmt::format("{} of {} days", data.size(), table.days.size()),
            fmt::format(
                "at least {}: days count once the longest look back is over (some 570 days, and three to six years "
                "where regimes are told only then), where the answer is known and the question is asked",
                fewestExamples));
    const std::size_t yes = data.yesCount(), fewer = std::min(yes, data.size() - yes);
    if (fewer < fewestOfAnAnswer)
        return base::badInput(fmt::format("examples for {}", infoOf(data.schema.target).name),
                              fmt::format("{} of {} with the rarer answer", fewer, data.size()),
                              fmt::format("at least {} of each answer", fewestOfAnAnswer));
    return {};
}

} // namespace

std::string differenceOf(const Schema& found, const Schema& wanted)
{
    if (found.target != wanted.target)
        return fmt::format("target is {} and not {}", infoOf(found.target).name, infoOf(wanted.target).name);
    if (found.version != wanted.version)
        return fmt::format("feature version is {} and not {}", found.version, wanted.version);
    if (found.regimesByImplied != wanted.regimesByImplied)
        return "regimes are told by other figures";
    for (std::size_t at = 0; at < std::min(found.features.size(), wanted.features.size()); ++at)
        if (found.features[at] != wanted.features[at])
            return fmt::format("feature {} is {} and not {}", at + 1, found.features[at], wanted.features[at]);
    if (found.features.size() != wanted.features.size())
        return fmt::format("there are {} features and not {}", found.features.size(), wanted.features.size());
    return {};
}

std::size_t Dataset::yesCount() const
{
    return static_cast<std::size_t>(std::ranges::count(examples, true, &Example::answer));
}

base::Result<Dataset> datasetOf(const HistoryTable& table, Target target, const std::stop_token& stop)
{
    Dataset data;
    data.schema.target = target;
    data.schema.regimesByImplied = table.knows(&HistoryDay::implied);
    std::vector<const FeatureSpec*> specs = featuresOf(table);
    for (const FeatureSpec* const spec : specs)
        data.schema.features.emplace_back(spec->name);
    FeatureBuilder builder(std::move(specs), data.schema.regimesByImplied);
    for (std::size_t day = 0; day < table.days.size(); ++day) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "examples", "", "cancelled");
        if (const auto added = builder.add(table.days[day]); !added)
            return tl::make_unexpected(added.error());
        const auto answer = answerOf(target, table.days, day, *builder.regime());
        if (!answer)
            continue;
        const std::vector<double> row = builder.features();
        if (!std::ranges::all_of(row, [](double value) { return std::isfinite(value); }))
            continue;
        data.examples.push_back({builder.session(), day, day + labelDays, *answer, builder.regime()->regime});
        data.features.insert(data.features.end(), row.begin(), row.end());
        data.lastKnown = table.days[day + labelDays].date;
    }
    if (const auto checked = checkCounts(data, table); !checked)
        return tl::make_unexpected(checked.error());
    return data;
}

} // namespace vegadesk::learning::market_signals
