#pragma once

#include "execution/order.h"
#include "portfolio/fees.h"

namespace vegadesk::trading
{

/// What a fill of the order cost by our tariff, the fills of the same leg before it taken into account. A settlement is free, as
/// is what is no leg of the order.
portfolio::Fees feesOf(const execution::Order& order, const portfolio::Fill& fill);

} // namespace vegadesk::trading
