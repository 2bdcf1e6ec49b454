#include "portfolio/profit_and_loss.h"

namespace vegadesk::portfolio
{

Profit profitOf(const Position& position, double mark)
{
    const double realized = position.realizedToday.toDouble();
    if (position.quantity == 0)
        return {.open = 0, .day = realized};
    const double held = position.quantity.toDouble() * position.multiplier;
    return {.open = (mark - position.averageOpenPrice.toDouble()) * held,
            .day = (mark - position.averageDailyMarketClosePrice.toDouble()) * held + realized};
}

} // namespace vegadesk::portfolio
