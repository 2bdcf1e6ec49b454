#include "strategies/rules/rules_legs.h"

#include "strategies/structure/structure_parameters.h"

#include <algorithm>
#include <cctype>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

constexpr std::size_t mostLegs = 4; // of one order
constexpr int mostRatio = 10;
constexpr double deltaTolerance = 0.06;
constexpr std::string_view known =
    "name, action, right, ratio, expiry, delta, strike, distance, same_strike_as, tolerance, "
    "beyond, from";

/// What another leg is referred to by, to be looked up once all are read.
struct Reference {
    std::string key, name;
};

bool isWithin(double value, double least, double most)
{
    return value >= least && value <= most;
}

void readStrike(JsonSection& section, LegRule& leg, Reference& reference)
{
    const bool byDelta = section.has("delta"), byStrike = section.has("strike"), byDistance = section.has("distance"),
               asOther = section.has("same_strike_as");
    const int given = byDelta + byStrike + byDistance + asOther;
    if (given != 1)
        return section.fail("delta", given == 0 ? "" : "beside another",
                            "exactly one of delta, strike, distance and same_strike_as in each leg");
    if (byDelta) {
        leg.value = section.number("delta").value_or(0);
        if (!isWithin(leg.value, 0.01, 0.9))
            section.fail("delta", fmt::format("{:g}", leg.value), "0.01 to 0.9, without a sign");
        if (const auto beyond = section.text("beyond"))
            reference = {"beyond", *beyond};
    } else if (byStrike) {
        leg.by = StrikeBy::Forward;
        static_cast<void>(section.word("strike", {"forward"}));
    } else if (byDistance) {
        leg.by = StrikeBy::Distance;
        leg.value = section.number("distance").value_or(0);
        if (!isWithin(leg.value, 0.5, 1000))
            section.fail("distance", fmt::format("{:g}", leg.value), "0.5 to 1000 dollars");
        reference = {"from", section.textOf("from")};
    } else {
        leg.by = StrikeBy::SameAs;
        reference = {"same_strike_as", section.textOf("same_strike_as")};
    }
    if (byStrike || asOther)
        return;
    leg.tolerance = section.number("tolerance").value_or(byDelta ? deltaTolerance : 0.5 * leg.value);
    if (!isWithin(leg.tolerance, 0, byDelta ? 0.5 : 1000))
        section.fail("tolerance", fmt::format("{:g}", leg.tolerance), byDelta ? "0 to 0.5" : "0 to 1000 dollars");
}

base::Result<LegRule> readLeg(simdjson::dom::element element, const std::string& place, Reference& reference)
{
    simdjson::dom::object object;
    if (element.get(object) != simdjson::SUCCESS)
        return base::badInput(place, shown(element), "an object in braces");
    JsonSection section(object, place);
    LegRule leg;
    leg.name = section.textOf("name");
    leg.isBought = section.word("action", {"buy", "sell"}) == "buy";
    leg.right = section.word("right", {"call", "put"}) == "call" ? market::Right::Call : market::Right::Put;
    const double ratio = section.number("ratio").value_or(1);
    if (!isWithin(ratio, 1, mostRatio) || ratio != static_cast<int>(ratio))
        section.fail("ratio", fmt::format("{:g}", ratio), "a whole number from 1 to 10");
    else
        leg.ratio = static_cast<int>(ratio);
    if (section.has("expiry"))
        leg.isFar = section.word("expiry", {"near", "far"}) == "far";
    readStrike(section, leg, reference);
    if (const auto done = section.finish(known); !done)
        return tl::make_unexpected(done.error());
    return leg;
}

base::ParameterSpec specOf(const LegRule& leg)
{
    if (leg.by == StrikeBy::Delta)
        return deltaSpec(parameterOf(leg), fmt::format("Absolute delta of the {}.", leg.name), leg.value);
    return {.name = parameterOf(leg),
            .unit = "dollars",
            .about = fmt::format("How far the {} is out of the money from the other leg.", leg.name),
            .minimum = 0.5,
            .maximum = 1000,
            .fallback = leg.value};
}

bool hasWidth(const std::vector<LegRule>& legs)
{
    return std::ranges::any_of(legs, [&](const LegRule& one) {
        return std::ranges::any_of(legs, [&](const LegRule& other) {
            return one.isBought && !other.isBought && one.right == other.right && one.isFar == other.isFar;
        });
    });
}

} // namespace

std::string parameterOf(const LegRule& leg)
{
    if (leg.by != StrikeBy::Delta && leg.by != StrikeBy::Distance)
        return {};
    std::string name;
    for (const char letter : leg.name)
        name += std::isalnum(static_cast<unsigned char>(letter)) != 0
                    ? static_cast<char>(std::tolower(static_cast<unsigned char>(letter)))
                    : '_';
    return name + (leg.by == StrikeBy::Delta ? "_delta" : "_distance");
}

base::Result<RulesLegs> readLegs(simdjson::dom::element element)
{
    simdjson::dom::array array;
    if (element.get(array) != simdjson::SUCCESS || array.size() < 1 || array.size() > mostLegs)
        return base::badInput("legs", shown(element), fmt::format("a list of 1 to {} legs", mostLegs));
    RulesLegs out;
    std::vector<Reference> references;
    for (const simdjson::dom::element each : array) {
        auto leg = readLeg(each, fmt::format("legs[{}]", out.legs.size()), references.emplace_back());
        if (!leg)
            return tl::make_unexpected(leg.error());
        out.legs.push_back(*std::move(leg));
    }
    for (std::size_t i = 0; i < out.legs.size(); ++i) {
        LegRule& leg = out.legs[i];
        const auto sameName = [&](const LegRule& other) { return parameterOf(other) == parameterOf(leg); };
        const std::string place = fmt::format("legs[{}]", i);
        if (std::ranges::count(out.legs, leg.name, &LegRule::name) > 1 ||
            (!parameterOf(leg).empty() && std::ranges::count_if(out.legs, sameName) > 1))
            return base::badInput(place + ".name", leg.name, "a name of its own for each leg");
        const auto& [key, name] = references[i];
        if (!key.empty()) {
            const auto other = std::ranges::find(out.legs, name, &LegRule::name);
            const auto index = static_cast<std::size_t>(other - out.legs.begin());
            if (other == out.legs.end() || !references[index].key.empty())
                return base::badInput(fmt::format("{}.{}", place, key), name,
                                      "the name of another leg, which goes by no leg itself");
            leg.from = index;
        }
        if (!parameterOf(leg).empty())
            out.specs.push_back(specOf(leg));
        out.hasFar = out.hasFar || leg.isFar;
    }
    if (std::ranges::all_of(out.legs, &LegRule::isFar))
        return base::badInput("legs", "", "at least one leg of the near expiry");
    out.hasWidth = hasWidth(out.legs);
    return out;
}

} // namespace vegadesk::strategies
