#include "strategies/volatility/calendar.h"

#include "strategies/structure/structure_parameters.h"
#include "strategies/structure/structure_strategy.h"

#include <algorithm>

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using market::Right;

std::vector<base::ParameterSpec> specs()
{
    std::vector<base::ParameterSpec> own{
        {.name = "right", .about = "Which options it is made of.", .kind = Choice, .choices = {"put", "call"}},
        {.name = "far_days",
         .unit = "days",
         .about = "Calendar days to the far expiry, which is bought.",
         .kind = Integer,
         .minimum = 10,
         .maximum = 730,
         .fallback = 60},
        {.name = "min_front_excess",
         .unit = "volatility",
         .about =
             "Enter only when the near expiry's volatility at the money is so far above the far one's; -1 asks for "
             "nothing.",
         .minimum = -1,
         .maximum = 1,
         .fallback = -1}};
    own = withCommon(
        std::move(own),
        {.units = "calendars", .days = 30, .daysTolerance = 10, .profitTarget = 0.25, .lossLimit = 0.4, .exitDays = 7});
    const auto days = std::ranges::find(own, "exit_days", &base::ParameterSpec::name);
    days->about = "Leave at so many calendar days to the near expiry.";
    days->minimum = 1; // what would be left of it after that could lose more than the debit
    return own;
}

Structure structureOf(const base::Parameters& parameters)
{
    const Right right = parameters.choice("right") == "call" ? Right::Call : Right::Put;
    Structure calendar{.unit = "calendar", .units = "calendars"};
    calendar.legs = {
        {.name = "near leg", .right = right, .by = StrikeBy::Forward},
        {.name = "far leg", .isBought = true, .right = right, .by = StrikeBy::SameAs, .from = 0, .isFar = true}};
    takeCommon(calendar, parameters);
    calendar.far = ExpiryRule{static_cast<int>(parameters.integer("far_days")), calendar.near.tolerance};
    if (parameters["min_front_excess"] > -1)
        calendar.entry.leastFrontExcess = parameters["min_front_excess"];
    return calendar;
}

} // namespace

StrategyInfo calendar()
{
    return structureInfo("calendar", "Calendar spread",
                         "Sells an option of a near expiry and buys the same strike of a far one.", specs(),
                         structureOf);
}

} // namespace vegadesk::strategies
