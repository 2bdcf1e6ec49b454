#include "risk_report.h"

#include "json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace vegadesk::cli
{

namespace
{

QJsonObject greeksJson(const desk::GreekSums& greeks, double betaDelta)
{
    return {{"delta", number(greeks.delta)}, {"dollar_delta", number(greeks.dollarDelta)},
            {"gamma", number(greeks.gamma)}, {"theta", number(greeks.theta)},
            {"vega", number(greeks.vega)},   {"beta_dollar_delta", number(betaDelta)},
            {"unknown", greeks.unknownCount}};
}

template<class Range>
QJsonArray arrayOf(const Range& values)
{
    QJsonArray out;
    for (const auto& each : values) {
        if constexpr (std::is_convertible_v<decltype(each), std::string_view>)
            out.append(text(each));
        else
            out.append(number(each));
    }
    return out;
}

QJsonObject exposureJson(const desk::ExposureView& view)
{
    QJsonArray underlyings;
    for (const desk::ExposureUnderlying& each : view.underlyings) {
        QJsonArray rows;
        for (const desk::ExposureRow& row : each.rows) {
            QJsonObject line = greeksJson(row.greeks, row.betaDelta);
            line.insert("expiry", row.expiry ? text(base::formatDate(*row.expiry)) : QJsonValue());
            line.insert("contracts", row.contracts);
            rows.append(line);
        }
        underlyings.append(QJsonObject{{"symbol", text(each.underlying)},
                                       {"beta", number(each.beta)},
                                       {"greeks", greeksJson(each.greeks, each.betaDelta)},
                                       {"margin", number(each.margin)},
                                       {"portfolio_margin", number(each.portfolioMargin)},
                                       {"expirations", rows}});
    }
    return {{"index", text(view.index)},
            {"greeks", greeksJson(view.greeks, view.betaDelta)},
            {"margin", number(view.margin)},
            {"portfolio_margin", number(view.portfolioMargin)},
            {"underlyings", underlyings}};
}

QJsonObject valueAtRiskJson(const desk::ValueAtRiskView& view)
{
    QJsonArray methods, contributions;
    for (const desk::ValueAtRiskRow& row : view.rows)
        methods.append(QJsonObject{{"method", text(row.id)},
                                   {"value_at_risk", number(row.valueAtRisk)},
                                   {"expected_shortfall", number(row.expectedShortfall)},
                                   {"standard_error", number(row.standardError)},
                                   {"note", text(row.note)}});
    for (const desk::RiskContribution& part : view.contributions)
        contributions.append(
            QJsonObject{{"symbol", text(part.underlying)}, {"value_at_risk", number(part.valueAtRisk)}});
    return {{"level", number(view.level)},
            {"days", view.horizonDays},
            {"history_days", view.historyDays},
            {"methods", methods},
            {"shown", view.rows.empty() ? QJsonValue() : text(view.rows[view.shown].id)},
            {"disagrees", view.disagrees},
            {"contributions", contributions},
            {"modelled_volatility", arrayOf(view.modelledVolatility)},
            {"left_out", arrayOf(view.leftOut)},
            {"why", text(view.why)}};
}

QJsonObject stressJson(const desk::StressView& view)
{
    QJsonArray legs, historical;
    for (const desk::StressLeg& leg : view.worstLegs)
        legs.append(QJsonObject{{"symbol", text(leg.symbol)}, {"profit", number(leg.profit)}});
    for (const desk::HistoricalStress& each : view.historical)
        historical.append(QJsonObject{{"title", text(each.title)},
                                      {"spot_move", number(each.spotMove)},
                                      {"volatility_move", number(each.volatilityMove)},
                                      {"profit", number(each.profit)}});
    QJsonObject out{{"spot_moves", arrayOf(view.spotMoves)},
                    {"volatility_moves", arrayOf(view.volatilityMoves)},
                    {"days", arrayOf(view.days)},
                    {"profits", arrayOf(view.profits)},
                    {"liquidation", number(view.liquidation)},
                    {"margin_call_move", number(view.marginCallMove)},
                    {"is_margin_call_known", view.isMarginCallKnown},
                    {"without_spread", view.withoutSpread},
                    {"historical", historical},
                    {"left_out", arrayOf(view.leftOut)},
                    {"why", text(view.why)}};
    if (view.why.empty())
        out.insert("worst", QJsonObject{{"spot_move", number(view.spotMoves[view.worst.spot])},
                                        {"volatility_move", number(view.volatilityMoves[view.worst.volatility])},
                                        {"day", view.days[view.worst.day]},
                                        {"profit", number(view.worst.profit)},
                                        {"legs", legs}});
    return out;
}

} // namespace

std::string toJsonText(const RiskReport& report)
{
    QJsonObject limits;
    for (const RiskLimit& each : report.limits)
        limits.insert(QString::fromStdString(each.id),
                      QJsonObject{{"value", number(each.value)}, {"limit", number(each.limit)}});
    QJsonArray history;
    for (const HistoryDays& each : report.history)
        history.append(QJsonObject{{"symbol", text(each.name)},
                                   {"days", static_cast<qint64>(each.days)},
                                   {"first", text(base::formatDate(each.first))},
                                   {"last", text(base::formatDate(each.last))},
                                   {"missing", each.missing()},
                                   {"behind", each.behind.value_or(0)}});
    const QJsonObject json{{"source", text(report.source)},
                           {"at", text(base::formatInstant(report.at))},
                           {"net_liquidation", number(report.netLiquidation)},
                           {"tolerance", text(risk::toText(report.tolerance))},
                           {"exposure", exposureJson(report.exposure)},
                           {"value_at_risk", valueAtRiskJson(report.valueAtRisk)},
                           {"stress", stressJson(report.stress)},
                           {"limits", limits},
                           {"history", history},
                           {"warnings", arrayOf(report.warnings)}};
    return QJsonDocument(json).toJson(QJsonDocument::Indented).toStdString();
}

} // namespace vegadesk::cli
