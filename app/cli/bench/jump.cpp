#include "row.h"

#include "pricing/jump/merton.h"
#include "pricing/reference/engine_option.h"

#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;

constexpr MarketPoint point{100, 0.05, 0.01};
constexpr double years = 0.5;
constexpr double vol = 0.2;
constexpr double strike = 95;
constexpr reference::JumpParameters jumps{1, -0.1, 0.15};

} // namespace

std::vector<Row> jumpRows()
{
    auto made = reference::EngineOption::merton(Right::Put, point, strike, years, vol, jumps);
    if (!made)
        return {};
    const auto option = std::make_shared<reference::EngineOption>(std::move(*made));
    const MertonParameters parameters{vol, jumps.intensity, jumps.mean, jumps.deviation};
    Row row;
    row.kernel = "Merton price and Greeks";
    row.ours = Timed{"ours", 1, [parameters, out = MertonValue{}]() mutable {
                         out = merton(Right::Put, point, strike, years, parameters);
                     }};
    row.accuracyOf = "price difference to QuantLib's terms, summed, of spot";
    row.accuracy = [parameters] {
        const auto theirs = reference::merton(Right::Put, point, strike, years, vol, jumps);
        return std::abs(mertonPrice(Right::Put, point, strike, years, parameters) -
                        theirs.map(&Greeks::price).value_or(std::nan(""))) /
               point.spot;
    };
    row.references = {{"QuantLib's JumpDiffusionEngine", 1, [option, spot = point.spot]() mutable {
                           spot += 1e-9; // or QuantLib would hand out the value it has
                           (void)option->value(spot, vol);
                       }}};
    return {row};
}

} // namespace vegadesk::cli::bench
