#include "desk/hedge_view.h"

namespace vegadesk::desk
{

namespace
{

HedgeStep stepOf(const portfolio::HedgedProfit& profit)
{
    HedgeStep step;
    step.cost = profit.costs;
    step.scalped = profit.scalped();
    step.unhedged = profit.delta;
    step.residual = profit.residual();
    step.settled = profit.settlements;
    step.profit = profit.profit();
    step.financing = profit.financing;
    return step;
}

} // namespace

HedgeLedgerView ledgerViewOf(const portfolio::HedgeLedger& ledger)
{
    HedgeLedgerView out;
    out.group = ledger.group();
    for (const portfolio::HedgeRow& row : ledger.rows()) {
        HedgeStep& step = out.steps.emplace_back(stepOf(row.step));
        step.at = row.at;
        step.event = portfolio::toText(row.event);
        step.spot = row.spot;
        step.gamma = row.gamma;
        step.volatility = row.volatility;
        step.deltaBefore = row.deltaBefore;
        step.deltaAfter = row.deltaAfter;
        step.symbol = row.symbol;
        step.quantity = row.quantity;
        step.price = row.price;
        step.band = row.band;
        step.reason = row.reason;
        step.joined = row.joined;
    }
    out.total = stepOf(ledger.total());
    out.options = ledger.total().options;
    out.hedges = ledger.total().hedges;
    out.vega = ledger.total().vega;
    out.higherOrder = ledger.total().higherOrder;
    out.unexplained = ledger.total().unexplained;
    return out;
}

} // namespace vegadesk::desk
