#include "desk/backtest_json.h"

#include "base/time.h"
#include "desk/hedge_ledger_json.h"
#include "desk/json_values.h"

#include <QJsonArray>

namespace vegadesk::desk
{

namespace
{

using namespace Qt::StringLiterals;
using json::number;
using json::text;

QJsonValue count(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

QJsonValue instant(base::Instant at)
{
    return at == base::Instant{} ? QJsonValue(QJsonValue::Null) : text(base::formatInstant(at));
}

QJsonObject realismJson(const backtest::Config& config)
{
    const backtest::Realism& realism = config.realism;
    const bool isThrough = config.fills.passive == execution::PassiveFills::Through;
    return {{u"passive_fills"_s, isThrough ? u"through"_s : u"at touch"_s},
            {u"passive_chance"_s, number(config.fills.passiveChance)},
            {u"any_size"_s, !config.fills.capAtDisplayedSize},
            {u"dividend_assignment"_s, realism.dividendAssignment},
            {u"assignment_chance"_s, number(realism.assignmentChance)},
            {u"assignment_time_value"_s, number(realism.assignmentTimeValue)},
            {u"exercise_threshold"_s, number(realism.exerciseThreshold)},
            {u"exercises_longs"_s, realism.exercisesLongs},
            {u"pin_width"_s, number(realism.pinWidth)},
            {u"pin_deviation"_s, number(realism.pinDeviation)},
            {u"settled_cash_only"_s, realism.settledCashOnly},
            {u"cash_interest"_s, number(realism.cashShare)},
            {u"debit_spread"_s, number(realism.debitSpread)},
            {u"borrow_rate"_s, number(realism.borrowRate)},
            {u"margin_call"_s, text(backtest::toText(realism.marginCall))},
            {u"chance_seed"_s, count(realism.seed)}};
}

QJsonArray pinsJson(const backtest::Report& report)
{
    QJsonArray pins;
    for (const backtest::PinnedExpiry& pin : report.pins)
        pins.append(QJsonObject{{u"symbol"_s, text(pin.symbol)},
                                {u"date"_s, text(base::formatDate(pin.date))},
                                {u"price"_s, number(pin.price)},
                                {u"probability"_s, number(pin.probability)},
                                {u"contracts"_s, pin.contracts.toDouble()},
                                {u"assigned"_s, pin.assigned.toDouble()}});
    return pins;
}

/// What the account lived through besides its trades.
QJsonObject accountJson(const backtest::Report& report)
{
    return {{u"interest"_s, number(report.flows.interest)},
            {u"borrow"_s, number(report.flows.borrow)},
            {u"dividends"_s, number(report.flows.dividends)},
            {u"assigned_early"_s, report.assignedEarly.toDouble()},
            {u"margin_calls"_s, count(report.marginCalls)},
            {u"liquidations"_s, count(report.liquidations)},
            {u"pins"_s, pinsJson(report)}};
}

QJsonObject universeJson(const backtest::Report& report)
{
    return {{u"from"_s, text(base::formatDate(report.universe.from))},
            {u"to"_s, text(base::formatDate(report.universe.to))},
            {u"expirations"_s, count(report.universe.expirations)},
            {u"ended_expirations"_s, count(report.universe.endedExpirations)}};
}

/// As the strategy sees it, in its order.
QJsonArray linesJson(const std::vector<strategies::AttributionLine>& lines)
{
    QJsonArray out;
    for (const strategies::AttributionLine& line : lines)
        out.append(QJsonObject{
            {u"id"_s, text(line.id)}, {u"what"_s, text(line.what.english())}, {u"amount"_s, line.amount.toDouble()}});
    return out;
}

QJsonArray basketJson(const backtest::Report& report)
{
    QJsonArray names;
    for (const backtest::BasketEntry& name : report.basket)
        names.append(QJsonObject{{u"underlying"_s, text(name.underlying)}, {u"weight"_s, number(name.weight)}});
    return names;
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
    QJsonObject filter;
    for (const auto& [name, value] : strategies::wordsOf(config.filter))
        filter.insert(QString::fromStdString(name), text(value));
    return {{u"strategy"_s, text(config.strategy)},
            {u"filter"_s, filter},
            {u"underlying"_s, text(report.underlying)},
            {u"basket"_s, basketJson(report)},
            {u"data"_s, text(report.data)},
            {u"data_hash"_s, text(report.dataHash)},
            {u"is_simulated"_s, report.isSimulated},
            {u"first"_s, text(base::formatDate(report.first))},
            {u"last"_s, text(base::formatDate(report.last))},
            {u"capital"_s, number(config.capital)},
            {u"tolerance"_s, text(risk::toText(config.tolerance))},
            {u"slippage"_s, number(config.fills.slippage)},
            {u"spread"_s, number(config.fills.spreadFraction)},
            {u"latency_seconds"_s, number(base::seconds(config.latency))},
            {u"risk_free_rate"_s, number(config.riskFreeRate)},
            {u"interest_rate"_s, number(config.interestRate)},
            {u"realism"_s, realismJson(config)},
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
                                  {u"max_buying_power"_s, number(trade.maxBuyingPower)},
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
                                    {u"quantity"_s, leg.quantity.toDouble()}});
        for (const portfolio::Fill& fill : order.fills)
            fills.append(QJsonObject{{u"symbol"_s, text(fill.symbol)},
                                     {u"quantity"_s, fill.quantity.toDouble()},
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

QJsonArray interval(const backtest::Interval& of)
{
    return {number(of.low), number(of.high)};
}

QJsonObject bootstrapJson(const backtest::Bootstrap& drawn)
{
    return {{u"mean_block_days"_s, number(drawn.settings.meanBlock)},
            {u"draws"_s, count(drawn.settings.draws)},
            {u"seed"_s, count(drawn.settings.seed)},
            {u"sharpe"_s, interval(drawn.sharpe)},
            {u"max_drawdown"_s, interval(drawn.maxDrawdown)},
            {u"profit_factor"_s, interval(drawn.profitFactor)}};
}

/// In dollars by source, with their sum.
QJsonObject partsJson(const portfolio::ProfitParts& parts)
{
    QJsonObject out;
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i) {
        const std::string_view name = portfolio::toText(static_cast<portfolio::ProfitSource>(i));
        out.insert(QString::fromLatin1(name.data(), static_cast<qsizetype>(name.size())), parts.parts[i].toDouble());
    }
    out.insert(u"total"_s, parts.total().toDouble());
    return out;
}

QJsonObject attributionJson(const backtest::RunAttribution& attribution)
{
    QJsonArray trades;
    for (const backtest::TradeAttribution& trade : attribution.trades) {
        QJsonObject one = partsJson(trade.parts);
        one.insert(u"group"_s, text(trade.group));
        one.insert(u"lines"_s, linesJson(trade.lines));
        trades.append(one);
    }
    return {{u"total"_s, partsJson(attribution.total)},
            {u"other"_s, partsJson(attribution.other)},
            {u"lines"_s, linesJson(attribution.lines)},
            {u"trades"_s, trades},
            {u"unknown_positions"_s, count(attribution.unknownCount)}};
}

QJsonArray periodsJson(const std::vector<backtest::PeriodProfit>& periods)
{
    QJsonArray out;
    for (const backtest::PeriodProfit& period : periods)
        out.append(QJsonObject{{u"first"_s, text(base::formatDate(period.first))},
                               {u"last"_s, text(base::formatDate(period.last))},
                               {u"profit"_s, number(period.profit)},
                               {u"fraction"_s, number(period.fraction)}});
    return out;
}

QJsonArray regimesJson(const backtest::Report& report)
{
    QJsonArray out;
    for (const backtest::RegimeProfit& band : report.regimes)
        out.append(QJsonObject{
            {u"implied"_s, text(band.name)}, {u"days"_s, count(band.days)}, {u"profit"_s, number(band.profit)}});
    return out;
}

} // namespace

QJsonObject toJson(const backtest::Report& report)
{
    constexpr std::size_t worstShown = 5;
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
                                       {u"passive_chance"_s, number(row.passiveChance)},
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
            {u"account"_s, accountJson(report)},
            {u"universe"_s, universeJson(report)},
            {u"stopped"_s, report.stopped.empty() ? QJsonValue(QJsonValue::Null) : text(report.stopped)},
            {u"metrics"_s, metrics},
            {u"metric_units"_s, metricUnits},
            {u"data_hash"_s, text(report.dataHash)},
            {u"trials"_s, count(report.trials.count)},
            {u"trial_sharpe_variance"_s, number(report.trials.sharpeVariance)},
            {u"bootstrap"_s, bootstrapJson(report.bootstrap)},
            {u"sensitivity"_s, sensitivity},
            {u"attribution"_s, attributionJson(report.attribution)},
            {u"regimes"_s, regimesJson(report)},
            {u"months"_s, periodsJson(backtest::profitByMonth(report.equity))},
            {u"worst_days"_s, periodsJson(backtest::worst(backtest::profitByDay(report.equity), worstShown))},
            {u"worst_weeks"_s, periodsJson(backtest::worst(backtest::profitByWeek(report.equity), worstShown))},
            {u"honesty"_s, honesty},
            {u"decision_hash"_s, text(report.decisionHash)},
            {u"equity"_s, equityJson(report)},
            {u"trades"_s, tradesJson(report)},
            {u"hedge_ledger"_s, toJson(report.hedgeLedgers)},
            {u"orders"_s, ordersJson(report)},
            {u"decisions"_s, decisions},
            {u"no_entries"_s, noEntries},
            {u"run"_s, QJsonObject{{u"seconds"_s, number(report.seconds)},
                                   {u"contract_rows_per_second"_s,
                                    number(static_cast<double>(report.contractRows) / report.seconds)}}}};
}

} // namespace vegadesk::desk
