#include "row.h"

#include "pricing/reference/engine_option.h"

#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::AmericanScheme;
using reference::EngineOption;

struct Contract {
    MarketPoint market;
    double strike, years, vol;
};

/// The 243 puts on which the published engines were compared.
std::vector<Contract> putGrid()
{
    std::vector<Contract> out;
    for (const double days : {30.0, 182.0, 365.0})
        for (const double rate : {0.02, 0.06, 0.1})
            for (const double yield : {0.0, 0.04, 0.12})
                for (const double vol : {0.1, 0.25, 0.6})
                    for (const double spot : {75.0, 100.0, 125.0})
                        out.push_back({{spot, rate, yield}, 100, days / 365, vol});
    return out;
}

Timed engines(std::string name, const std::vector<Contract>& grid, AmericanScheme scheme)
{
    struct Option {
        double spot;
        EngineOption engine;
    };
    const auto options = std::make_shared<std::vector<Option>>();
    for (const Contract& each : grid) {
        auto option = EngineOption::american(Right::Put, each.market, each.strike, each.years, each.vol, scheme);
        if (option)
            options->push_back({each.market.spot, std::move(*option)});
    }
    return {std::move(name), options->size(), [options, sum = 0.0]() mutable {
                // A spot that moves, or QuantLib would hand out the value it has.
                sum += 1e-9;
                for (Option& each : *options)
                    (void)each.engine.price(each.spot + sum);
            }};
}

} // namespace

std::vector<Row> americanRows()
{
    const std::vector<Contract> grid = putGrid();
    Row row;
    row.kernel = "American put, price";
    row.references = {engines("QuantLib's QdFp, fast scheme", grid, AmericanScheme::Fast),
                      engines("QuantLib's QdFp, accurate scheme", grid, AmericanScheme::Accurate)};
    return {row};
}

} // namespace vegadesk::cli::bench
