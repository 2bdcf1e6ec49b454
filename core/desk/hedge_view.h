#pragma once

#include "desk/hedge_views.h"
#include "portfolio/hedge_ledger.h"

namespace vegadesk::desk
{

HedgeLedgerView ledgerViewOf(const portfolio::HedgeLedger& ledger);

} // namespace vegadesk::desk
