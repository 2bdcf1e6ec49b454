#include "trading/fill_fees.h"

#include "market/calendar.h"

#include <algorithm>

namespace vegadesk::trading
{

portfolio::Fees feesOf(const execution::Order& order, const portfolio::Fill& fill)
{
    const auto leg = std::ranges::find(order.intent.legs, fill.symbol, &portfolio::OrderLeg::symbol);
    if (leg == order.intent.legs.end() || execution::isSettlement(order))
        return {};
    base::Quantity before = 0;
    for (const portfolio::Fill& earlier : order.fills) {
        if (earlier.fillId == fill.fillId)
            break;
        before += earlier.symbol == fill.symbol ? earlier.quantity : 0;
    }
    return portfolio::feesFor(*leg, order.intent.underlying, market::newYorkDate(fill.at), fill.quantity, before);
}

} // namespace vegadesk::trading
