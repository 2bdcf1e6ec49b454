#include "desk/hedge_ledger_json.h"

#include "base/time.h"
#include "desk/json_values.h"

#include <QJsonObject>

namespace vegadesk::desk
{

namespace
{

using namespace Qt::StringLiterals;
using json::number;
using json::text;

QJsonObject profitJson(const portfolio::HedgedProfit& profit)
{
    return {{u"profit"_s, number(profit.profit())},
            {u"options"_s, number(profit.options)},
            {u"hedges"_s, number(profit.hedges)},
            {u"financing"_s, number(profit.financing)},
            {u"settlements"_s, number(profit.settlements)},
            {u"costs"_s, number(profit.costs)},
            {u"scalped"_s, number(profit.scalped())},
            {u"gamma"_s, number(profit.gamma)},
            {u"theta"_s, number(profit.theta)},
            {u"delta"_s, number(profit.delta)},
            {u"residual"_s, number(profit.residual())},
            {u"vega"_s, number(profit.vega)},
            {u"higher_order"_s, number(profit.higherOrder)},
            {u"unexplained"_s, number(profit.unexplained)}};
}

QJsonObject rowJson(const portfolio::HedgeRow& row)
{
    QJsonObject out{{u"at"_s, text(base::formatInstant(row.at))},
                    {u"event"_s, text(portfolio::toText(row.event))},
                    {u"spot"_s, number(row.spot)},
                    {u"gamma"_s, number(row.gamma)},
                    {u"volatility"_s, number(row.volatility)},
                    {u"delta_before"_s, number(row.deltaBefore)},
                    {u"delta_after"_s, number(row.deltaAfter)},
                    {u"step"_s, profitJson(row.step)}};
    if (row.event == portfolio::HedgeEvent::Mark)
        return out;
    out.insert(u"symbol"_s, text(row.symbol));
    out.insert(u"quantity"_s, row.quantity);
    out.insert(u"price"_s, number(row.price));
    out.insert(u"band"_s, number(row.band));
    out.insert(u"reason"_s, text(row.reason));
    return out;
}

} // namespace

QJsonArray toJson(std::span<const portfolio::HedgeLedger> ledgers)
{
    QJsonArray all;
    for (const portfolio::HedgeLedger& ledger : ledgers) {
        QJsonArray rows;
        for (const portfolio::HedgeRow& row : ledger.rows())
            rows.append(rowJson(row));
        all.append(QJsonObject{{u"group"_s, text(ledger.group())},
                               {u"underlying"_s, text(ledger.underlying())},
                               {u"total"_s, profitJson(ledger.total())},
                               {u"rows"_s, rows}});
    }
    return all;
}

} // namespace vegadesk::desk
