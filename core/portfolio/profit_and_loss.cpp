#include "portfolio/profit_and_loss.h"

#include <cmath>

namespace vegadesk::portfolio
{

Profit profitOf(const Position& position, double mark)
{
    const double realized = position.realizedToday.toDouble();
    if (position.quantity == 0)
        return {.open = 0, .day = realized};
    const double held = static_cast<double>(position.quantity) * position.multiplier;
    return {.open = (mark - position.averageOpenPrice.toDouble()) * held,
            .day = (mark - position.averageDailyMarketClosePrice.toDouble()) * held + realized};
}

void ProfitTotal::add(const Profit& profit)
{
    if (!std::isfinite(profit.open) || !std::isfinite(profit.day)) {
        ++unknownCount;
        return;
    }
    open += profit.open;
    day += profit.day;
}

ProfitTotal profitOf(std::span<const Position> positions, const std::function<double(const Position&)>& mark)
{
    ProfitTotal total;
    for (const Position& position : positions)
        total.add(profitOf(position, mark(position)));
    return total;
}

bool PositionGreeks::isKnown() const
{
    return std::isfinite(delta) && std::isfinite(gamma) && std::isfinite(thetaPerDay) && std::isfinite(vegaPerPoint) &&
           std::isfinite(dollarDelta);
}

PositionGreeks greeksOf(const Position& position, const UnitGreeks& unit, double spot)
{
    constexpr double daysPerYear = 365;
    constexpr double pointsPerUnit = 100;
    const double held = static_cast<double>(position.quantity) * position.multiplier;
    return {.delta = unit.delta * held,
            .gamma = unit.gamma * held,
            .thetaPerDay = unit.thetaPerYear * held / daysPerYear,
            .vegaPerPoint = unit.vegaPerUnit * held / pointsPerUnit,
            .dollarDelta = unit.delta * held * spot};
}

void GreeksTotal::add(const PositionGreeks& greeks)
{
    if (!greeks.isKnown()) {
        ++unknownCount;
        return;
    }
    sum.delta += greeks.delta;
    sum.gamma += greeks.gamma;
    sum.thetaPerDay += greeks.thetaPerDay;
    sum.vegaPerPoint += greeks.vegaPerPoint;
    sum.dollarDelta += greeks.dollarDelta;
}

} // namespace vegadesk::portfolio
