#include "backtest_report.h"
#include "json.h"

#include "base/time.h"

#include <QJsonArray>

namespace vegadesk::cli
{

namespace
{

using namespace Qt::StringLiterals;

QJsonValue count(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonValue instant(base::Instant at)
{
    return at == base::Instant{} ? QJsonValue(QJsonValue::Null) : text(base::formatInstant(at));
}

QJsonObject configJson(const backtest::Report& report)
{
    const backtest::Config& config = report.config;
    QJsonObject parameters;
    for (const base::ParameterSpec& spec : config.parameters.specs()) {
        const bool isChoice = spec.kind == base::ParameterKind::Choice;
        parameters.insert(QString::fromStdString(spec.name),
                          isChoice ? text(config.parameters.choice(spec.name)) : number(config.parameters[spec.name]));
    }
    return {{u"strategy"_s, text(config.strategy)},
            {u"underlying"_s, text(report.underlying)},
            {u"data"_s, text(report.data)},
            {u"is_simulated"_s, report.isSimulated},
            {u"first"_s, text(base::formatDate(report.first))},
            {u"last"_s, text(base::formatDate(report.last))},
            {u"capital"_s, number(config.capital)},
            {u"tolerance"_s, text(risk::toText(config.tolerance))},
            {u"slippage"_s, number(config.fills.slippage)},
            {u"spread"_s, number(config.fills.spreadFraction)},
            {u"latency_seconds"_s, number(base::seconds(config.latency))},
            {u"risk_free_rate"_s, number(config.riskFreeRate)},
            {u"parameters"_s, parameters}};
}

QJsonArray equityJson(const backtest::Report& report)
{
    QJsonArray points;
    for (std::size_t i = 0; i < report.equity.size(); ++i) {
        const backtest::EquityPoint& point = report.equity[i];
        points.append(QJsonObject{{u"at"_s, instant(point.at)},
                                  {u"equity"_s, number(point.equity)},
                                  {u"drawdown"_s, number(report.drawdown[i])},
                                  {u"buying_power_used"_s, number(point.buyingPowerUsed)}});
    }
    return points;
}

QJsonArray tradesJson(const backtest::Report& report)
{
    QJsonArray trades;
    for (const backtest::Trade& trade : report.trades)
        trades.append(QJsonObject{{u"group"_s, text(trade.group)},
                                  {u"title"_s, text(trade.title)},
                                  {u"exit_reason"_s, text(trade.exitReason)},
                                  {u"opened"_s, instant(trade.openedAt)},
                                  {u"closed"_s, instant(trade.closedAt)},
                                  {u"is_open"_s, trade.isOpen},
                                  {u"profit"_s, number(trade.profit)},
                                  {u"fees"_s, number(trade.fees)},
                                  {u"orders"_s, trade.orders}});
    return trades;
}

QJsonArray ordersJson(const backtest::Report& report)
{
    QJsonArray orders;
    for (const execution::Order& order : report.orders) {
        QJsonArray legs, fills;
        for (const portfolio::OrderLeg& leg : order.intent.legs)
            legs.append(QJsonObject{{u"symbol"_s, text(leg.symbol)},
                                    {u"action"_s, text(portfolio::toWire(leg.action))},
                                    {u"quantity"_s, static_cast<qint64>(leg.quantity)}});
        for (const portfolio::Fill& fill : order.fills)
            fills.append(QJsonObject{{u"symbol"_s, text(fill.symbol)},
                                     {u"quantity"_s, static_cast<qint64>(fill.quantity)},
                                     {u"price"_s, text(fill.price.toString())},
                                     {u"at"_s, instant(fill.at)}});
        orders.append(
            QJsonObject{{u"id"_s, text(order.brokerId)},
                        {u"group"_s, text(order.intent.group)},
                        {u"origin"_s, text(order.intent.origin)},
                        {u"status"_s, text(execution::toText(order.status))},
                        {u"limit"_s, order.intent.price ? text(order.intent.price->toString()) : QJsonValue::Null},
                        {u"effect"_s, text(portfolio::toWire(order.intent.effect))},
                        {u"reason"_s, text(order.reason)},
                        {u"legs"_s, legs},
                        {u"fills"_s, fills}});
    }
    return orders;
}

} // namespace

QJsonObject toJson(const backtest::Report& report)
{
    QJsonObject metrics, metricUnits;
    for (const backtest::Metric& metric : report.metrics) {
        metrics.insert(QString::fromStdString(metric.id), number(metric.value));
        metricUnits.insert(QString::fromStdString(metric.id), text(metric.unit));
    }
    QJsonArray decisions, noEntries, sensitivity, honesty;
    for (const backtest::NoEntryCount& each : report.noEntries)
        noEntries.append(QJsonObject{{u"reason"_s, text(each.reason)}, {u"times"_s, count(each.times)}});
    for (const backtest::Decision& decision : report.decisions)
        decisions.append(QJsonObject{
            {u"at"_s, instant(decision.at)}, {u"kind"_s, text(decision.kind)}, {u"text"_s, text(decision.text)}});
    for (const backtest::SensitivityRow& row : report.sensitivity)
        sensitivity.append(QJsonObject{{u"spread"_s, number(row.spreadFraction)},
                                       {u"net_profit"_s, number(row.netProfit)},
                                       {u"sharpe"_s, number(row.sharpe)},
                                       {u"trades"_s, count(row.trades)}});
    for (const std::string& line : report.honesty)
        honesty.append(text(line));

    return {{u"config"_s, configJson(report)},
            {u"is_cancelled"_s, report.isCancelled},
            {u"snapshots"_s, count(report.snapshots)},
            {u"quotes"_s,
             QJsonObject{{u"seen"_s, count(report.quotes.asked)}, {u"flagged"_s, count(report.quotes.flagged)}}},
            {u"costs"_s, QJsonObject{{u"spread"_s, number(report.costs.spread)},
                                     {u"slippage"_s, number(report.costs.slippage)},
                                     {u"fees"_s, number(report.costs.fees)}}},
            {u"metrics"_s, metrics},
            {u"metric_units"_s, metricUnits},
            {u"trials"_s, 1},
            {u"sensitivity"_s, sensitivity},
            {u"honesty"_s, honesty},
            {u"decision_hash"_s, text(report.decisionHash)},
            {u"equity"_s, equityJson(report)},
            {u"trades"_s, tradesJson(report)},
            {u"orders"_s, ordersJson(report)},
            {u"decisions"_s, decisions},
            {u"no_entries"_s, noEntries},
            {u"run"_s, QJsonObject{{u"seconds"_s, number(report.seconds)},
                                   {u"contract_rows_per_second"_s,
                                    number(static_cast<double>(report.contractRows) / report.seconds)}}}};
}

} // namespace vegadesk::cli
