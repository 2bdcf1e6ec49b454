#include "strategies/rules/rules_file.h"

#include "strategies/rules/json_places.h"
#include "strategies/rules/json_section.h"
#include "strategies/rules/rules_legs.h"
#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <fstream>
#include <simdjson.h>

namespace vegadesk::strategies
{

namespace
{

using base::ParameterSpec;
using enum base::ParameterKind;

constexpr std::size_t largestFile = 1 << 20;
constexpr std::string_view known = "title, about, unit, units, flow, legs, entry, exits, size";

/// What stands in which part of the file.
constexpr std::array entryKeys{"days_to_expiry", "days_tolerance", "far_days",  "min_iv_rank",     "max_iv_rank",
                               "earnings",       "min_credit",     "max_debit", "min_front_excess"};
constexpr std::array exitKeys{"profit_target", "loss_multiple", "loss_limit",  "exit_days",
                              "close_delta",   "pin_days",      "ex_dividend", "roll_delta"};
constexpr std::array sizeKeys{"max_contracts", "volatility_target", "price_room"};
/// A file says these itself; of the others, silence asks for nothing.
constexpr std::array required{"days_to_expiry", "profit_target", "exit_days", "far_days"};

std::vector<ParameterSpec> specsOf(const RulesLegs& legs, bool isCredit, const std::string& units)
{
    std::vector<ParameterSpec> own = legs.specs;
    if (legs.hasFar)
        own.push_back({.name = "far_days",
                       .unit = "days",
                       .about = "Calendar days to the far expiry.",
                       .kind = Integer,
                       .minimum = 10,
                       .maximum = 730,
                       .fallback = 60});
    if (legs.hasFar)
        own.push_back({.name = "min_front_excess",
                       .unit = "volatility",
                       .about =
                           "Enter only when the near expiry's volatility at the money is so far above the far one's; "
                           "-1 asks for nothing.",
                       .minimum = -1,
                       .maximum = 1,
                       .fallback = -1});
    own = withCommon(std::move(own), {.units = units,
                                      .flow = isCredit ? Flow::Credit : Flow::Debit,
                                      .leastCredit = legs.hasWidth && isCredit ? 1.0 : 0.0,
                                      .mostDebit = legs.hasWidth && !isCredit ? 1.0 : 0.0});
    own.push_back({.name = "roll_delta",
                   .unit = "delta",
                   .about = "Roll the untested side once the other's short delta is beyond this; 1 never does.",
                   .minimum = 0.1,
                   .maximum = 1,
                   .fallback = 1});
    own.push_back({.name = "volatility_target",
                   .unit = "volatility",
                   .about = "Volatility per year that the delta held may bring the account; 0 asks for nothing.",
                   .minimum = 0,
                   .maximum = 1,
                   .fallback = 0});
    for (ParameterSpec& spec : own) {
        if (spec.name == "min_credit" || spec.name == "pin_days")
            spec.fallback = 0;
        if (spec.name == "loss_multiple" || spec.name == "loss_limit" || spec.name == "max_contracts")
            spec.fallback = spec.maximum;
    }
    return own;
}

base::Result<std::vector<SignalRule>> readSignals(simdjson::dom::element element)
{
    simdjson::dom::array array;
    if (element.get(array) != simdjson::SUCCESS)
        return base::badInput("entry.signals", shown(element), "a list of objects with name, min and max");
    std::vector<SignalRule> signals;
    for (const simdjson::dom::element each : array) {
        const std::string place = fmt::format("entry.signals[{}]", signals.size());
        simdjson::dom::object object;
        if (each.get(object) != simdjson::SUCCESS)
            return base::badInput(place, shown(each), "an object in braces");
        JsonSection section(object, place);
        SignalRule rule{.name = section.textOf("name")};
        rule.least = section.number("min").value_or(rule.least);
        rule.most = section.number("max").value_or(rule.most);
        if (!section.has("min") && !section.has("max"))
            section.fail("min", "", "min, max or both");
        if (rule.least > rule.most)
            section.fail("max", fmt::format("{:g}", rule.most), "not below min");
        if (const auto done = section.finish("name, min, max"); !done)
            return tl::make_unexpected(done.error());
        signals.push_back(std::move(rule));
    }
    return signals;
}

/// The part's figures as the specs' fallbacks; each within the bounds that a parameter has.
base::Result<void> readSection(JsonSection& root, const char* name, std::span<const char* const> keys,
                               std::vector<ParameterSpec>& specs, std::vector<SignalRule>* signals)
{
    const auto element = root.take(name);
    simdjson::dom::object object;
    if (!element || element->get(object) != simdjson::SUCCESS)
        return base::badInput(root.placeOf(name), element ? shown(*element) : "", "an object in braces");
    JsonSection section(object, name);
    std::vector<std::string> allowed;
    for (const char* const key : keys) {
        const auto spec = std::ranges::find(specs, key, &ParameterSpec::name);
        if (spec == specs.end())
            continue;
        allowed.emplace_back(key);
        const auto value = section.take(key);
        if (!value) {
            if (std::ranges::find(required, std::string_view(key)) != required.end())
                section.fail(key, "", "a number: this must be said");
            continue;
        }
        base::Parameters values({*spec});
        const bool isNumber = value->is_number();
        double number = 0;
        const auto set = isNumber && spec->kind != Choice && value->get(number) == simdjson::SUCCESS
                             ? values.set(key, number)
                             : values.setText(key, isNumber ? "" : shown(*value));
        if (!set)
            section.fail(key, shown(*value), set.error().allowed);
        spec->fallback = values[key];
    }
    if (signals) {
        allowed.emplace_back("signals");
        if (const auto list = section.take("signals")) {
            auto read = readSignals(*list);
            if (!read)
                return tl::make_unexpected(read.error());
            *signals = *std::move(read);
        }
    }
    return section.finish(fmt::format("{}", fmt::join(allowed, ", ")));
}

Structure structureOf(const base::Parameters& parameters, Structure structure)
{
    takeCommon(structure, parameters);
    bool hasFar = false;
    for (LegRule& leg : structure.legs) {
        if (const std::string name = parameterOf(leg); !name.empty())
            leg.value = parameters[name];
        hasFar = hasFar || leg.isFar;
    }
    if (hasFar) {
        structure.far = ExpiryRule{static_cast<int>(parameters.integer("far_days")), structure.near.tolerance};
        if (parameters["min_front_excess"] > -1)
            structure.entry.leastFrontExcess = parameters["min_front_excess"];
    }
    if (parameters["roll_delta"] < 1)
        structure.roll.testedDelta = parameters["roll_delta"];
    if (parameters["volatility_target"] > 0)
        structure.volatilityTarget = parameters["volatility_target"];
    return structure;
}

/// FNV-1a, 64 bits, of the file without what JSON does not mean: spaces, and how a number is written.
std::string digestOf(simdjson::dom::element document)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char letter : simdjson::minify(document))
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
    return fmt::format("{:016x}", hash);
}

/// Errors  by the place in the document alone.
base::Result<StrategyInfo> readRules(std::string name, simdjson::dom::object object)
{
    JsonSection root(object, "");
    const std::string title = root.textOf("title");
    const std::string about = root.text("about").value_or("Trades by the rules of a file.");
    Structure structure{.unit = root.textOf("unit"), .units = root.textOf("units")};
    structure.isCredit = root.word("flow", {"credit", "debit"}) == "credit";
    const auto legs = root.take("legs");
    if (!legs)
        root.fail("legs", "", "a list of legs");
    if (root.error())
        return tl::make_unexpected(*root.error());
    auto read = readLegs(*legs);
    if (!read)
        return tl::make_unexpected(read.error());
    structure.legs = std::move(read->legs);
    std::vector<ParameterSpec> specs = specsOf(*read, structure.isCredit, structure.units);
    if (const auto done = readSection(root, "entry", entryKeys, specs, &structure.entry.signals); !done)
        return tl::make_unexpected(done.error());
    if (const auto done = readSection(root, "exits", exitKeys, specs, nullptr); !done)
        return tl::make_unexpected(done.error());
    if (const auto done = readSection(root, "size", sizeKeys, specs, nullptr); !done)
        return tl::make_unexpected(done.error());
    if (const auto done = root.finish(known); !done)
        return tl::make_unexpected(done.error());
    std::vector<std::string> signals;
    for (const SignalRule& rule : structure.entry.signals)
        signals.push_back(rule.name);
    StrategyInfo info = structureInfo(std::move(name), title, about, std::move(specs),
                                      [structure = std::move(structure)](const base::Parameters& parameters) {
                                          return structureOf(parameters, structure);
                                      });
    info.signals = std::move(signals);
    return info;
}

} // namespace

base::Result<StrategyInfo> rulesFromJson(std::string name, std::string_view json)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(json);
    const JsonPlaces places(padded);
    simdjson::dom::element document;
    simdjson::dom::object object;
    if (const auto error = parser.parse(padded).get(document); error != simdjson::SUCCESS)
        return base::badInput("rules", name,
                              fmt::format("JSON ({}: {})", places.ofFault(), simdjson::error_message(error)));
    if (document.get(object) != simdjson::SUCCESS)
        return base::badInput("rules", name, "an object in braces");
    if (const auto once = places.eachKeyOnce(); !once)
        return tl::make_unexpected(once.error());
    auto info = readRules(std::move(name), object);
    if (!info) {
        info.error().field = fmt::format("{}: {}", places.of(info.error().field), info.error().field);
        return info;
    }
    info->content = digestOf(document);
    return info;
}

base::Result<StrategyInfo> loadRules(std::string_view name)
{
    const std::string path(name.substr(rulesPrefix.size()));
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return base::fail(base::ErrorKind::NotFound, "rules file", path, "it cannot be opened");
    std::string json;
    json.resize(largestFile + 1);
    file.read(json.data(), static_cast<std::streamsize>(json.size()));
    json.resize(static_cast<std::size_t>(file.gcount()));
    if (json.size() > largestFile)
        return base::badInput("rules file", path, "at most one megabyte");
    return rulesFromJson(std::string(name), json);
}

} // namespace vegadesk::strategies
