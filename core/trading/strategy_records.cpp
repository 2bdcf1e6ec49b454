#include "trading/strategy_records.h"

#include "base/escaped_text.h"
#include "base/log.h"
#include "execution/journal_codec.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <simdjson.h>

namespace vegadesk::trading
{

namespace
{

constexpr std::string_view runnerKind = "strategy.runner", removedWord = "removed";
constexpr std::array<std::pair<RunnerState, std::string_view>, 3> stateWords{{
    {RunnerState::Armed, "armed"},
    {RunnerState::Paused, "paused"},
    {RunnerState::Off, "off"},
}};

base::JournalRecord record(base::Instant at, const std::string& prefix, std::string_view strategy,
                           std::string_view underlying, std::string_view state, const std::string& parameters,
                           const std::string& constituents = {})
{
    return {at, std::string(runnerKind), fmt::format("{}-{}-{}", prefix, strategy, underlying),
            fmt::format(R"({{"strategy":{},"underlying":{},"state":"{}","parameters":{{{}}},"constituents":{{{}}}}})",
                        base::jsonText(strategy), base::jsonText(underlying), state, parameters, constituents)};
}

} // namespace

std::string_view toText(RunnerState state)
{
    const auto word = std::ranges::find(stateWords, state, [](const auto& each) { return each.first; });
    return word == stateWords.end() ? std::string_view() : word->second;
}

base::JournalRecord runnerRecord(base::Instant at, const std::string& prefix, const RememberedRunner& runner)
{
    std::string parameters;
    for (const auto& [name, value] : runner.parameters)
        parameters +=
            fmt::format("{}{}:{}", parameters.empty() ? "" : ",", base::jsonText(name), base::jsonText(value));
    std::string constituents;
    for (const Constituent& each : runner.constituents)
        constituents +=
            fmt::format("{}{}:{}", constituents.empty() ? "" : ",", base::jsonText(each.underlying), each.weight);
    return record(at, prefix, runner.strategy, runner.underlying, toText(runner.state), parameters, constituents);
}

base::JournalRecord runnerRemovedRecord(base::Instant at, const std::string& prefix, std::string_view strategy,
                                        std::string_view underlying)
{
    return record(at, prefix, strategy, underlying, removedWord, {});
}

std::vector<RememberedRunner> rememberedRunners(std::span<const base::JournalRecord> records, const std::string& prefix)
{
    std::vector<RememberedRunner> runners;
    simdjson::dom::parser parser;
    for (const base::JournalRecord& record : records) {
        if (record.kind != runnerKind || !record.key.starts_with(prefix + "-"))
            continue;
        simdjson::dom::element element;
        std::string_view strategy, underlying, state;
        if (parser.parse(record.payload).get(element) != simdjson::SUCCESS ||
            element["strategy"].get(strategy) != simdjson::SUCCESS ||
            element["underlying"].get(underlying) != simdjson::SUCCESS) {
            base::log::warning("the journal's record {} of {} could not be read", record.kind, record.key);
            continue;
        }
        std::erase_if(runners, [&](const RememberedRunner& known) {
            return known.strategy == strategy && known.underlying == underlying;
        });
        if (element["state"].get(state) == simdjson::SUCCESS && state == removedWord)
            continue;
        RememberedRunner& runner = runners.emplace_back();
        runner.strategy = strategy;
        runner.underlying = underlying;
        for (const auto& [known, word] : stateWords)
            runner.state = word == state ? known : runner.state;
        simdjson::dom::object parameters, constituents;
        if (element["parameters"].get(parameters) == simdjson::SUCCESS) {
            for (const auto& [name, value] : parameters) {
                std::string_view text;
                if (value.get(text) == simdjson::SUCCESS)
                    runner.parameters.emplace_back(std::string(name), std::string(text));
            }
        }
        if (element["constituents"].get(constituents) != simdjson::SUCCESS)
            continue; // of an earlier version
        for (const auto& [name, value] : constituents) {
            double weight = 0;
            if (value.get(weight) == simdjson::SUCCESS && weight > 0)
                runner.constituents.push_back({std::string(name), weight});
        }
    }
    return runners;
}

} // namespace vegadesk::trading
