#include "venue/futures_margin.h"

#include <algorithm>
#include <array>

namespace vegadesk::venue
{

portfolio::Margin FuturesMargin::of(std::span<const AccountBook::UnderlyingMargin::Holding> holdings,
                                    MarketModel& market, base::Instant at)
{
    struct Scenario {
        double move, volatility, share;
    };
    std::array<Scenario, 16> scenarios{};
    std::size_t count = 0;
    for (int third = -3; third <= 3; ++third) {
        for (const double shift : {-volatilityShift, volatilityShift})
            scenarios[count++] = {third * scanRange / 3, 1 + shift, 1};
    }
    for (const double side : {-1.0, 1.0})
        scenarios[count++] = {side * extremeMoves * scanRange, 1, extremeShare};

    double optionValue = 0, shortOptions = 0;
    std::array<double, 16> losses{};
    for (const auto& holding : holdings) {
        const double contracts = holding.quantity.toDouble() * holding.instrument.multiplier;
        const double now = market.worth(holding.instrument, at, 0, 1);
        if (holding.instrument.isOption()) {
            optionValue += contracts * now;
            shortOptions += std::max(-holding.quantity.toDouble(), 0.0);
        }
        for (std::size_t i = 0; i < count; ++i) {
            const Scenario& one = scenarios[i];
            losses[i] += one.share * contracts * (now - market.worth(holding.instrument, at, one.move, one.volatility));
        }
    }
    portfolio::Margin margin;
    const double risk = std::max(*std::ranges::max_element(losses), shortOptions * shortOptionLeast);
    margin.held = risk - optionValue < 0 ? 0 : risk - optionValue;
    return margin;
}

} // namespace vegadesk::venue
