#include "desk/alert_keeper.h"

#include "base/clock.h"
#include "base/log.h"
#include "desk/sentences.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace vegadesk::desk
{

namespace
{

using monitoring::AlertRule;

const QString rulesKey = QStringLiteral("alerts/rules");
const QString toldKey = QStringLiteral("alerts/told");

QString words(const std::string& text)
{
    return QString::fromStdString(text);
}

QJsonObject jsonOf(const AlertRule& rule)
{
    return {{QStringLiteral("id"), words(rule.id)},           {QStringLiteral("measure"), words(rule.measure)},
            {QStringLiteral("subject"), words(rule.subject)}, {QStringLiteral("above"), rule.isAbove},
            {QStringLiteral("threshold"), rule.threshold},    {QStringLiteral("on"), rule.isOn},
            {QStringLiteral("desktop"), rule.showsDesktop},   {QStringLiteral("sound"), rule.playsSound},
            {QStringLiteral("webhook"), rule.callsWebhook}};
}

AlertRule ruleOf(const QJsonObject& object)
{
    const auto text = [&](QLatin1String field) { return object.value(field).toString().toStdString(); };
    return {.id = text(QLatin1String("id")),
            .measure = text(QLatin1String("measure")),
            .subject = text(QLatin1String("subject")),
            .isAbove = object.value(QLatin1String("above")).toBool(true),
            .threshold = object.value(QLatin1String("threshold")).toDouble(unknown),
            .isOn = object.value(QLatin1String("on")).toBool(true),
            .showsDesktop = object.value(QLatin1String("desktop")).toBool(true),
            .playsSound = object.value(QLatin1String("sound")).toBool(false),
            .callsWebhook = object.value(QLatin1String("webhook")).toBool(false)};
}

std::string titleOf(const monitoring::Measure& measure)
{
    return QCoreApplication::translate("Core", measure.title).toStdString();
}

/// The measure's own name is a part of the sentence, and has a translation of its own.
std::string textOf(const monitoring::Alert& alert)
{
    base::Sentence sentence = alert.sentence;
    sentence.parts.front() = titleOf(*monitoring::findMeasure(alert.rule.measure));
    return translated(sentence).toStdString();
}

} // namespace

AlertKeeper::AlertKeeper(Settings& settings, const QString& keychainService, QObject* parent)
    : QObject(parent), m_settings(settings), m_keychain(keychainService)
{
    connect(&m_webhook, &Webhook::finished, this, [this](const QString& why) {
        if (!why.isEmpty())
            base::log::warning("{}", why.toStdString());
        if (why != std::exchange(m_webhookWhy, why))
            publish();
        Q_EMIT webhookAnswered(why);
    });
    readRules();
    if (!keychainService.isEmpty())
        m_keychain.readWebhook([this](base::Result<base::Secret> address) {
            if (!address || address->isEmpty() || !m_address.isEmpty())
                return;
            m_address = std::move(*address);
            publish();
        });
    publish();
}

void AlertKeeper::readRules()
{
    const QJsonArray stored = QJsonDocument::fromJson(m_settings.bytes(rulesKey)).array();
    for (const QJsonValue& value : stored) {
        auto rule = monitoring::checked(ruleOf(value.toObject()));
        if (!rule) {
            base::log::warning("an alert rule of the settings is left out: {}", rule.error().message());
            continue;
        }
        m_lastRule = std::max(m_lastRule, static_cast<std::uint64_t>(words(rule->id).toULongLong()));
        m_rules.push_back(std::move(*rule));
    }
    m_evaluator.setRules(m_rules);
    for (const QJsonValue& value : QJsonDocument::fromJson(m_settings.bytes(toldKey)).array())
        m_told.insert(value.toString().toStdString());
}

base::Result<void> AlertKeeper::setRules(std::vector<AlertRule> rules)
{
    if (rules.size() > rulesMost)
        return base::badInput("alert rules", std::to_string(rules.size()), "at most " + std::to_string(rulesMost));
    std::set<std::string> ids;
    std::uint64_t last = m_lastRule;
    for (AlertRule& rule : rules) {
        if (rule.id.empty())
            rule.id = std::to_string(++last);
        if (const auto good = monitoring::checked(rule); !good)
            return tl::make_unexpected(good.error());
        if (!ids.insert(rule.id).second)
            return base::badInput("alert", rule.id, "an id of its own");
    }
    m_lastRule = last;
    m_rules = std::move(rules);
    m_evaluator.setRules(m_rules);
    QJsonArray stored;
    for (const AlertRule& rule : m_rules)
        stored.append(jsonOf(rule));
    m_settings.setBytes(rulesKey, QJsonDocument(stored).toJson(QJsonDocument::Compact));
    publish();
    return {};
}

base::Result<void> AlertKeeper::setWebhook(const QString& address)
{
    const QString trimmed = address.trimmed();
    if (!trimmed.isEmpty() && !Webhook::isAddress(QUrl(trimmed)))
        return base::badInput("webhook", {}, "an address that begins with http:// or https://");
    m_address = base::Secret(trimmed.toStdString());
    base::log::hide(m_address.reveal());
    m_webhookWhy.clear();
    m_keychain.storeWebhook(m_address, [this](const base::Result<void>& done) {
        if (!done && !m_address.isEmpty()) {
            m_webhookWhy = tr("The address is good for this run only. %1").arg(words(done.error().message()));
            publish();
        }
    });
    publish();
    return {};
}

void AlertKeeper::markSeen()
{
    for (AlertLine& line : m_lines)
        line.isSeen = true;
    publish();
}

void AlertKeeper::beginAnew()
{
    m_evaluator = {};
    m_evaluator.setRules(m_rules);
}

monitoring::Figures AlertKeeper::figuresOf(const Moment& moment)
{
    monitoring::Figures figures;
    const TradingView& trading = moment.trading;
    if (!trading.isStale) { // otherwise they are those of before the connection went
        for (const Gauge& gauge : trading.gauges)
            figures.set(gauge.id, {}, gauge.value);
        const auto& rows = moment.risk.valueAtRisk.rows;
        if (moment.risk.valueAtRisk.shown < rows.size() && moment.risk.valueAtRisk.leftOut.empty())
            figures.set("expected_shortfall", {},
                        rows[moment.risk.valueAtRisk.shown].expectedShortfall / trading.netLiquidation);
        figures.set("net_liquidation", {}, trading.netLiquidation);
        figures.set("day_profit", {}, trading.dayProfit);
        figures.set("theta", {}, trading.greeks.theta);
        figures.set("vega", {}, trading.greeks.vega);
        // One underlying may be held in several groups; what one of them does not know, the sum does not.
        std::map<std::string, std::pair<double, double>> held;
        for (const PositionGroup& group : trading.groups) {
            auto& [delta, profit] = held[group.underlying];
            delta += group.greeks.dollarDelta;
            profit += group.openProfit;
        }
        for (const auto& [underlying, sums] : held) {
            figures.set("dollar_delta", underlying, sums.first);
            figures.set("position_profit", underlying, sums.second);
        }
        figures.set("unknown_orders", {},
                    static_cast<double>(std::ranges::count(trading.orders, execution::OrderStatus::Unknown,
                                                           &execution::Order::status)));
    }
    for (const WatchRow& row : moment.watch.rows) {
        if (row.isStale)
            continue;
        figures.set("price", row.symbol,
                    std::isfinite(row.bid) && std::isfinite(row.ask) ? (row.bid + row.ask) / 2 : row.last);
        figures.set("change", row.symbol, row.changeFraction);
    }
    if (moment.status.isMarketOpen && !moment.status.isMarketPaused)
        figures.set("quote_age", {}, moment.status.secondsSinceQuote);
    const RegimeView& regimes = moment.risk.regimes;
    if (!regimes.probabilities.empty() && !regimes.probabilities.back().empty())
        figures.set("stressed_regime", {}, regimes.probabilities.back().back());
    return figures;
}

void AlertKeeper::look(const Moment& moment)
{
    m_figures = figuresOf(moment);
    for (const monitoring::Alert& alert : m_evaluator.evaluate(m_figures, moment.status.marketTime))
        add({.at = alert.at, .level = NoticeLevel::Warning, .rule = alert.rule.id, .text = textOf(alert)}, alert.rule);
    std::set<std::string> due;
    bool hasNew = false;
    // What was told of a simulated account is news where it is real money.
    const std::string account = std::string(toText(moment.status.environment)) + "/" + moment.trading.account + "/";
    for (const PositionAlarm& alarm : moment.risk.alarms) {
        due.insert(account + alarm.id);
        if (!m_told.insert(account + alarm.id).second)
            continue;
        hasNew = true;
        add({.at = moment.status.marketTime, .level = NoticeLevel::Warning, .rule = {}, .text = alarm.text}, {});
    }
    if (!hasNew)
        return;
    // Of this account only what is still due: the list must not grow for ever.
    std::erase_if(m_told, [&](const std::string& id) { return id.starts_with(account) && !due.contains(id); });
    QJsonArray told;
    for (const std::string& id : m_told)
        told.append(words(id));
    m_settings.setBytes(toldKey, QJsonDocument(told).toJson(QJsonDocument::Compact));
}

void AlertKeeper::add(AlertLine line, const AlertRule& rule)
{
    line.id = ++m_lastLine;
    base::log::warning("alert: {}", line.text);
    m_lines.push_front(line);
    if (m_lines.size() > linesKept)
        m_lines.pop_back();
    if (rule.callsWebhook)
        send(line);
    publish();
    Q_EMIT alerted(line, rule);
}

void AlertKeeper::send(const AlertLine& line)
{
    if (m_address.isEmpty()) {
        m_webhookWhy = tr("An alert was to be sent, and no address is set.");
        return;
    }
    post(words(line.text), words(line.rule), line.at);
}

base::Result<void> AlertKeeper::testWebhook()
{
    if (m_address.isEmpty())
        return base::fail(base::ErrorKind::NotFound, "webhook", {}, tr("set an address first").toStdString());
    post(tr("A test: alerts of Vegadesk will look like this."), {}, base::SystemClock().now());
    return {};
}

void AlertKeeper::post(const QString& text, const QString& rule, base::Instant at)
{
    const std::string_view address = m_address.reveal();
    m_webhook.send(QUrl(QString::fromUtf8(address.data(), static_cast<qsizetype>(address.size()))),
                   {{QStringLiteral("text"), text},
                    {QStringLiteral("rule"), rule},
                    {QStringLiteral("at"), words(base::formatInstant(at))}});
}

void AlertKeeper::publish()
{
    auto view = std::make_shared<AlertsView>();
    view->version = ++m_version;
    view->lines.assign(m_lines.begin(), m_lines.end());
    view->rules = m_rules;
    for (const monitoring::Measure& measure : monitoring::measures())
        view->measures.push_back({std::string(measure.id), titleOf(measure),
                                  std::string(monitoring::toText(measure.unit)), measure.wantsSubject, measure.lowest,
                                  measure.highest});
    if (!m_address.isEmpty()) {
        const std::string_view address = m_address.reveal();
        view->webhook =
            QUrl(QString::fromUtf8(address.data(), static_cast<qsizetype>(address.size()))).host().toStdString();
    }
    view->webhookWhy = m_webhookWhy.toStdString();
    view->unseen = static_cast<int>(std::ranges::count(m_lines, false, &AlertLine::isSeen));
    m_view = std::move(view);
}

} // namespace vegadesk::desk
