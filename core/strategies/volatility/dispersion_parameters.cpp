#include "strategies/volatility/dispersion_parameters.h"

#include "strategies/hedging.h"
#include "strategies/orders.h"

#include <string>

namespace vegadesk::strategies
{

std::vector<base::ParameterSpec> dispersionSpecs()
{
    using enum base::ParameterKind;
    std::vector<base::ParameterSpec> all{
        {.name = "side",
         .about = "Short correlation sells the index and buys the names; long is the reverse.",
         .kind = Choice,
         .choices = {"short", "long"}},
        {.name = "weighting",
         .about = "What is equal on both legs: vega, vega times volatility (theta), or vega over volatility (gamma).",
         .kind = Choice,
         .choices = {"vega", "theta", "gamma"}},
        {.name = "names",
         .unit = "names",
         .about = "Most constituents that are traded, the best by weight times open interest.",
         .kind = Integer,
         .minimum = 2,
         .maximum = 30,
         .fallback = 10},
        {.name = "fewest_names",
         .unit = "names",
         .about = "With fewer than this there is no trade.",
         .kind = Integer,
         .minimum = 2,
         .maximum = 30,
         .fallback = 5},
        {.name = "entry",
         .about = "Enter only where implied correlation is high (long: low) and pays for all costs, or always.",
         .kind = Choice,
         .choices = {"edge", "always"}},
        {.name = "percentile",
         .about = "Implied correlation must stand at least so high among its last 252 days (long: as low).",
         .minimum = 0,
         .maximum = 1,
         .fallback = 0.8},
        {.name = "edge",
         .unit = "correlation",
         .about = "Implied correlation must exceed the realised one (long: the reverse) by this after all costs.",
         .minimum = -1,
         .maximum = 1,
         .fallback = 0},
        {.name = "exit_percentile",
         .about = "Leave when implied correlation is back at this percentile (long: 1 less this); with entry edge.",
         .minimum = 0,
         .maximum = 1,
         .fallback = 0.5},
        {.name = "days_to_expiry",
         .unit = "days",
         .about = "Calendar days to expiry of the straddles.",
         .kind = Integer,
         .minimum = 14,
         .maximum = 180,
         .fallback = 35},
        {.name = "exit_days",
         .unit = "days",
         .about = "Leave at so many calendar days to the nearest expiry.",
         .kind = Integer,
         .minimum = 0,
         .maximum = 60,
         .fallback = 14},
        {.name = "exit_delta",
         .unit = "delta",
         .about = "Leave when the index' straddle has this much delta a share: it has little vega left to trade.",
         .minimum = 0.3,
         .maximum = 1,
         .fallback = 0.75},
        {.name = "loss_limit",
         .unit = "times budget",
         .about = "Leave when the trade has lost this part of what a trade may lose by the risk limits.",
         .minimum = 0.05,
         .maximum = 5,
         .fallback = 1},
        {.name = "earnings",
         .about = "Leave names out that report before the expiry, and close one on the eve of its report, or not.",
         .kind = Choice,
         .choices = {"avoid", "allow"}},
        {.name = "min_open_interest",
         .unit = "contracts",
         .about = "Open interest that both options of a straddle must have.",
         .minimum = 0,
         .maximum = 1e6,
         .fallback = 100},
        {.name = "max_spread",
         .unit = "fraction of mid",
         .about = "Widest bid to ask of a straddle.",
         .minimum = 0.001,
         .maximum = 1,
         .fallback = 0.08},
        {.name = "vega_drift",
         .unit = "fraction",
         .about = "Adjust the names when their vega is so far from what belongs to the index'.",
         .minimum = 0.01,
         .maximum = 1,
         .fallback = 0.1},
        {.name = "leg_minutes",
         .unit = "minutes",
         .about = "How long a missing leg may be completed before everything is unwound.",
         .minimum = 0,
         .maximum = 390,
         .fallback = 15},
        {.name = "max_contracts",
         .unit = "straddles",
         .about = "Never more straddles of the index than this.",
         .kind = Integer,
         .minimum = 1,
         .maximum = 1000,
         .fallback = 100},
    };
    append(all, hedgeSpecs());
    all.push_back(priceRoomSpec());
    return all;
}

portfolio::Action DispersionSettings::indexAction() const
{
    return isShort() ? portfolio::Action::SellToOpen : portfolio::Action::BuyToOpen;
}

portfolio::Action DispersionSettings::nameAction() const
{
    return isShort() ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen;
}

DispersionSettings dispersionSettings(const base::Parameters& parameters)
{
    const auto count = [&parameters](const char* name) { return static_cast<std::size_t>(parameters.integer(name)); };
    const auto days = [&parameters](const char* name) { return static_cast<int>(parameters.integer(name)); };
    const std::string& weighting = parameters.choice("weighting");
    return {.side = parameters.choice("side") == "short" ? CorrelationSide::Short : CorrelationSide::Long,
            .weighting = weighting == "vega"    ? DispersionWeighting::Vega
                         : weighting == "theta" ? DispersionWeighting::Theta
                                                : DispersionWeighting::Gamma,
            .names = count("names"),
            .fewestNames = count("fewest_names"),
            .needsEdge = parameters.choice("entry") == "edge",
            .percentile = parameters["percentile"],
            .edge = parameters["edge"],
            .exitPercentile = parameters["exit_percentile"],
            .days = days("days_to_expiry"),
            .exitDays = days("exit_days"),
            .exitDelta = parameters["exit_delta"],
            .lossLimit = parameters["loss_limit"],
            .avoidsReports = parameters.choice("earnings") == "avoid",
            .floor = {parameters["min_open_interest"], parameters["max_spread"]},
            .vegaDrift = parameters["vega_drift"],
            .legMinutes = parameters["leg_minutes"],
            .most = parameters.integer("max_contracts"),
            .priceRoom = parameters["price_room"]};
}

} // namespace vegadesk::strategies
