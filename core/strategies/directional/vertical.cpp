#include "strategies/directional/vertical.h"

#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using market::Right;

constexpr double deltaTolerance = 0.08;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own{
        {.name = "direction", .about = "Which way the price should go.", .kind = Choice, .choices = {"bull", "bear"}},
        {.name = "kind",
         .about = "Whether it is sold for a credit or bought for a debit.",
         .kind = Choice,
         .choices = {"credit", "debit"}}};
    addVerticalSpecs(own);
    return withCommon(std::move(own),
                      {.units = "spreads", .flow = Flow::Either, .leastCredit = 0.12, .mostDebit = 0.65});
}

Structure structureOf(const base::Parameters& parameters)
{
    const Direction direction = parameters.choice("direction") == "bull" ? Direction::Up : Direction::Down;
    return verticalOf(parameters, direction, parameters.choice("kind") == "credit");
}

} // namespace

void addVerticalSpecs(std::vector<base::ParameterSpec>& specs)
{
    specs.push_back(deltaSpec("credit_short_delta", "Absolute delta of the option sold (of credits).", 0.30));
    specs.push_back(
        deltaSpec("credit_long_delta", "Absolute delta of the option bought beyond it (of credits).", 0.16));
    specs.push_back(deltaSpec("debit_long_delta", "Absolute delta of the option bought (of debits).", 0.55));
    specs.push_back(deltaSpec("debit_short_delta", "Absolute delta of the option sold beyond it (of debits).", 0.30));
}

Structure verticalOf(const base::Parameters& parameters, Direction direction, bool isCredit)
{
    const Right right = (direction == Direction::Up) == isCredit ? Right::Put : Right::Call;
    const auto leg = [&](const char* name, bool isBought, const char* delta) {
        return LegRule{.name = name,
                       .isBought = isBought,
                       .right = right,
                       .value = parameters[delta],
                       .tolerance = deltaTolerance};
    };
    Structure vertical{.unit = "spread",
                       .units = std::string(direction == Direction::Up ? "bull " : "bear ") +
                                (right == Right::Put ? "put spreads" : "call spreads"),
                       .isCredit = isCredit};
    vertical.legs =
        isCredit
            ? std::vector{leg("short leg", false, "credit_short_delta"), leg("long leg", true, "credit_long_delta")}
            : std::vector{leg("long leg", true, "debit_long_delta"), leg("short leg", false, "debit_short_delta")};
    vertical.legs[1].from = 0;
    takeCommon(vertical, parameters);
    return vertical;
}

StrategyInfo vertical()
{
    return structureInfo("vertical", "Vertical spread",
                         "Buys or sells two options of one expiry that gain when the price goes one way.", specs(),
                         structureOf);
}

} // namespace vegadesk::strategies
