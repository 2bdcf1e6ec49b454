#include "row.h"

#include "pricing/reference/engine_option.h"

#include <array>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using reference::EngineOption;
using reference::HestonIntegration;

/// Alan Lewis's set.
constexpr MarketPoint point{100, 0.01, 0.02};
constexpr double years = 1;
constexpr reference::HestonParameters lewis{0.04, 4, 0.25, 1, -0.5};
constexpr std::array strikes{80.0, 90.0, 100.0, 110.0, 120.0};

Timed engines(std::string name, HestonIntegration integration)
{
    const auto options = std::make_shared<std::vector<EngineOption>>();
    for (const double strike : strikes) {
        auto option = EngineOption::heston(Right::Call, point, strike, years, lewis, integration);
        if (option)
            options->push_back(std::move(*option));
    }
    return {std::move(name), options->size(), [options, spot = point.spot]() mutable {
                spot += 1e-9; // or QuantLib would hand out the value it has
                for (EngineOption& each : *options)
                    (void)each.price(spot);
            }};
}

} // namespace

std::vector<Row> hestonRows()
{
    Row row;
    row.kernel = "Heston price";
    row.references = {engines("QuantLib's OptimalCV, 64 nodes", HestonIntegration::ControlVariate64),
                      engines("QuantLib's default, 144 nodes", HestonIntegration::Default)};
    return {row};
}

} // namespace vegadesk::cli::bench
