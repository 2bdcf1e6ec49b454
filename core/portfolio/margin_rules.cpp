#include "portfolio/margin_rules.h"

namespace vegadesk::portfolio
{

using market::Right;

double nakedRequirement(Right right, double strike, double mark, double spot, bool isBroadIndex)
{
    const double rate = isBroadIndex ? 0.15 : 0.20;
    const double least = 0.10 * (right == Right::Put ? strike : spot);
    return mark + std::max(rate * spot - outOfTheMoney(right, strike, spot), least);
}

double spreadRequirement(Right right, double shortStrike, double longStrike)
{
    return std::max(0.0, right == Right::Call ? longStrike - shortStrike : shortStrike - longStrike);
}

double coveredCallRequirement(double strike, double mark, double spot)
{
    const double called = inTheMoney(Right::Call, strike, spot) + stockMarginRate * std::min(spot, strike);
    // The second part is the dearer one of a call that is nearly worth the stock.
    return std::max(called, std::min(spot, std::max(mark, stockMarginRate * spot)));
}

double coveredPutRequirement(double strike, double spot)
{
    return stockMarginRate * spot + inTheMoney(Right::Put, strike, spot);
}

double protectedStockRequirement(Right right, double strike, double spot)
{
    return std::min(0.10 * strike + outOfTheMoney(right, strike, spot), stockMarginRate * spot);
}

double collarRequirement(double putStrike, double callStrike, double spot)
{
    const double called = inTheMoney(Right::Call, callStrike, spot);
    if (putStrike == callStrike)
        return 0.10 * callStrike + called;
    return std::min(0.10 * putStrike + outOfTheMoney(Right::Put, putStrike, spot), 0.25 * callStrike) + called;
}

double reversalRequirement(double strike, double spot)
{
    return 0.10 * strike + inTheMoney(Right::Put, strike, spot);
}

double shortBoxRequirement(double width, double costToClose)
{
    return std::max(1.02 * costToClose, width);
}

} // namespace vegadesk::portfolio
