#pragma once

#include "portfolio/hedge_ledger.h"

#include <QJsonArray>

#include <span>

namespace vegadesk::desk
{

/// One object a trade: its totals and its rows. Cash in dollars, deltas in shares, gamma in shares per dollar.
QJsonArray toJson(std::span<const portfolio::HedgeLedger> ledgers);

} // namespace vegadesk::desk
