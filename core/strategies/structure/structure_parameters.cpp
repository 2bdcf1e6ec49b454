#include "strategies/structure/structure_parameters.h"

#include "strategies/orders.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using enum base::ParameterKind;
using base::ParameterSpec;

void addExpiry(std::vector<ParameterSpec>& specs, const CommonParameters& common)
{
    specs.push_back({.name = "days_to_expiry",
                     .unit = "days",
                     .about = "Calendar days to expiry at entry.",
                     .kind = Integer,
                     .minimum = 5,
                     .maximum = 365,
                     .fallback = static_cast<double>(common.days)});
    specs.push_back({.name = "days_tolerance",
                     .unit = "days",
                     .about = "How far the expiry may be from that.",
                     .kind = Integer,
                     .minimum = 0,
                     .maximum = 60,
                     .fallback = static_cast<double>(common.daysTolerance)});
}

void addEntry(std::vector<ParameterSpec>& specs, const CommonParameters& common)
{
    specs.push_back({.name = "min_iv_rank",
                     .about = "Enter only when implied volatility stands so high in its own year, from 0 to 1; 0 asks "
                              "for nothing.",
                     .minimum = 0,
                     .maximum = 1,
                     .fallback = 0});
    specs.push_back({.name = "max_iv_rank",
                     .about = "Enter only when it stands no higher; 1 asks for nothing.",
                     .minimum = 0,
                     .maximum = 1,
                     .fallback = 1});
    specs.push_back({.name = "earnings",
                     .about = "Whether a report that is expected before the expiry keeps it out.",
                     .kind = Choice,
                     .choices = {"ignore", "avoid"}});
    if (common.leastCredit > 0)
        specs.push_back({.name = "min_credit",
                         .unit = "fraction of width",
                         .about = "Enter only when crossing every spread still collects this part of the wider wing.",
                         .minimum = 0,
                         .maximum = 0.9,
                         .fallback = common.leastCredit});
    if (common.mostDebit > 0)
        specs.push_back({.name = "max_debit",
                         .unit = "fraction of width",
                         .about = "Enter only when crossing every spread costs no more than this part of the width.",
                         .minimum = 0.05,
                         .maximum = 1,
                         .fallback = common.mostDebit});
}

void addExits(std::vector<ParameterSpec>& specs, const CommonParameters& common)
{
    const bool takesCredit = common.flow != Flow::Debit, paysDebit = common.flow != Flow::Credit;
    specs.push_back({.name = "profit_target",
                     .unit = takesCredit && paysDebit ? "fraction of credit or premium"
                             : takesCredit            ? "fraction of credit"
                                                      : "fraction of premium",
                     .about = takesCredit && paysDebit ? "Leave when that part can be kept, or has been gained."
                              : takesCredit            ? "Buy back when that part of the credit can be kept."
                                                       : "Leave when the trade has gained this.",
                     .minimum = 0.05,
                     .maximum = paysDebit ? 10.0 : 1.0,
                     .fallback = common.profitTarget});
    if (takesCredit)
        specs.push_back(
            {.name = "loss_multiple",
             .unit = "times credit",
             .about = "Leave when the open loss reaches this multiple, or that of the risk limits where it is lower.",
             .minimum = 0.25,
             .maximum = 10,
             .fallback = common.lossMultiple});
    if (paysDebit)
        specs.push_back({.name = "loss_limit",
                         .unit = "fraction of premium",
                         .about = "Leave when the premium paid has lost this.",
                         .minimum = 0.05,
                         .maximum = 1,
                         .fallback = common.lossLimit});
    specs.push_back({.name = "exit_days",
                     .unit = "days",
                     .about = "Leave at so many calendar days to expiry.",
                     .kind = Integer,
                     .minimum = 0,
                     .maximum = 90,
                     .fallback = static_cast<double>(common.exitDays)});
    specs.push_back({.name = "close_delta",
                     .unit = "delta",
                     .about = "Close the side of a short option whose absolute delta is beyond this; 1 never does.",
                     .minimum = 0.1,
                     .maximum = 1,
                     .fallback = 1});
    specs.push_back({.name = "pin_days",
                     .unit = "days",
                     .about = "So near to expiry, close the side of a short option within half a percent of the spot.",
                     .kind = Integer,
                     .minimum = 0,
                     .maximum = 30,
                     .fallback = 5});
    if (common.sellsCalls)
        specs.push_back(
            {.name = "ex_dividend",
             .about = "What becomes of the calls when a short one is in the money on the eve of an ex-date.",
             .kind = Choice,
             .choices = {"close", "hold"}});
}

} // namespace

std::vector<ParameterSpec> withCommon(std::vector<ParameterSpec> own, const CommonParameters& common)
{
    addExpiry(own, common);
    addEntry(own, common);
    addExits(own, common);
    own.push_back({.name = "max_contracts",
                   .unit = common.units,
                   .about = fmt::format("Never more {} than this.", common.units),
                   .kind = Integer,
                   .minimum = 1,
                   .maximum = 1000,
                   .fallback = 100});
    own.push_back(priceRoomSpec());
    return own;
}

void takeCommon(Structure& structure, const base::Parameters& parameters)
{
    const auto has = [&](std::string_view name) {
        return std::ranges::find(parameters.specs(), name, &ParameterSpec::name) != parameters.specs().end();
    };
    structure.near = {static_cast<int>(parameters.integer("days_to_expiry")),
                      static_cast<int>(parameters.integer("days_tolerance"))};
    if (has("min_iv_rank")) {
        structure.entry.leastRank = parameters["min_iv_rank"];
        structure.entry.mostRank = parameters["max_iv_rank"];
    }
    structure.entry.earnings = parameters.choice("earnings") == "avoid" ? Earnings::Avoided : Earnings::Ignored;
    if (has("min_credit"))
        structure.entry.leastRatio = parameters["min_credit"];
    if (has("max_debit"))
        structure.entry.mostRatio = parameters["max_debit"];
    structure.exit.profitTarget = parameters["profit_target"];
    if (const char* const loss = structure.isCredit ? "loss_multiple" : "loss_limit"; has(loss))
        structure.exit.lossMultiple = parameters[loss];
    structure.exit.days = static_cast<int>(parameters.integer("exit_days"));
    if (has("close_delta") && parameters["close_delta"] < 1)
        structure.exit.shortDelta = parameters["close_delta"];
    if (has("pin_days"))
        structure.exit.pinDays = static_cast<int>(parameters.integer("pin_days"));
    structure.exit.leavesBeforeExDividend = has("ex_dividend") && parameters.choice("ex_dividend") == "close";
    structure.mostUnits = parameters.integer("max_contracts");
    structure.priceRoom = parameters["price_room"];
}

ParameterSpec deltaSpec(std::string name, std::string about, double fallback)
{
    return {.name = std::move(name),
            .unit = "delta",
            .about = std::move(about),
            .minimum = 0.01,
            .maximum = 0.9,
            .fallback = fallback};
}

} // namespace vegadesk::strategies
