#include "venue/rest_api.h"

#include "base/log.h"
#include "market/calendar.h"
#include "tastytrade/wire/account.h"
#include "tastytrade/wire/session.h"
#include "venue/rest_answers.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

QJsonObject tradingStatus(const std::string& account, base::Instant now)
{
    QJsonObject status{{QStringLiteral("id"), 1},
                       {QStringLiteral("day-trade-count"), 0},
                       {QStringLiteral("account-number"), QString::fromStdString(account)},
                       {QStringLiteral("equities-margin-calculation-type"), QStringLiteral("Reg T")},
                       {QStringLiteral("fee-schedule-name"), QStringLiteral("default")},
                       {QStringLiteral("futures-margin-rate-multiplier"), QStringLiteral("0.0")},
                       {QStringLiteral("small-notional-futures-margin-rate-multiplier"), QStringLiteral("0.0")},
                       {QStringLiteral("options-level"), QStringLiteral("No Restrictions")},
                       {QStringLiteral("short-calls-enabled"), true},
                       {QStringLiteral("updated-at"), QString::fromStdString(base::formatInstant(now))}};
    for (const char* key : {"has-intraday-equities-margin",
                            "is-aggregated-at-clearing",
                            "is-closed",
                            "is-closing-only",
                            "is-cryptocurrency-closing-only",
                            "is-cryptocurrency-enabled",
                            "is-frozen",
                            "is-full-equity-margin-required",
                            "is-futures-closing-only",
                            "is-futures-intra-day-enabled",
                            "is-futures-enabled",
                            "is-in-day-trade-equity-maintenance-call",
                            "is-in-margin-call",
                            "is-pattern-day-trader",
                            "is-portfolio-margin-enabled",
                            "is-risk-reducing-only",
                            "is-small-notional-futures-intra-day-enabled",
                            "is-roll-the-day-forward-enabled",
                            "are-far-otm-net-options-restricted",
                            "is-equity-offering-enabled",
                            "is-equity-offering-closing-only"})
        status.insert(QLatin1String(key), false);
    return status;
}

} // namespace

HttpAnswer webPage(int status, const QByteArray& title)
{
    const QByteArray line = QByteArray::number(status) + ' ' + title;
    return {status,
            "<html>\r\n<head><title>" + line + "</title></head>\r\n<body>\r\n<center><h1>" + line +
                "</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n",
            "text/html"};
}

RestApi::RestApi(Exchange& exchange, MarketModel& market, Credentials& credentials, OrderTape* tape)
    : m_exchange(exchange), m_market(market), m_credentials(credentials), m_tape(tape)
{
}

HttpAnswer RestApi::handle(const HttpRequest& request)
{
    // Nothing that a client sends may end the exchange: an exception out of an event handler would.
    try {
        return answer(request);
    } catch (const std::exception& exception) {
        base::log::error("{} {}: {}", request.method.toStdString(), request.path.toStdString(), exception.what());
        return error(500, "internal_error", "the exchange could not work this out");
    }
}

HttpAnswer RestApi::answer(const HttpRequest& request)
{
    if (request.userAgent.trimmed().isEmpty())
        return webPage(401, "Authorization Required");
    Call call{request, {}, {}, request.path.toStdString()};
    for (const QString& part : request.path.split(QLatin1Char('/'), Qt::SkipEmptyParts))
        call.segments.append(QUrl::fromPercentEncoding(part.toUtf8()));
    if (call.segments.isEmpty())
        return notFound("route");
    const QString& first = call.segments.front();
    if (first == QLatin1String("oauth"))
        return token(call);
    if (!m_credentials.isValid(request.authorization.toStdString()))
        return error(401, "unauthorized", "Unauthorized. Unique customer support identifier: 0");

    const bool hasBody = request.method != "GET" && request.method != "DELETE" && !request.body.trimmed().isEmpty();
    if (hasBody) {
        const auto body = wire::parseObject(request.body, "request");
        if (!body)
            return validationError(body.error());
        call.body = *body;
    }
    if (first == QLatin1String("sessions"))
        return session(call);
    if (first == QLatin1String("customers"))
        return customers(call);
    if (first == QLatin1String("accounts"))
        return accounts(call);
    if (first == QLatin1String("instruments"))
        return instruments(call);
    if (first == QLatin1String("option-chains"))
        return optionChain(call);
    if (first == QLatin1String("symbols"))
        return search(call);
    if (first == QLatin1String("market-metrics"))
        return marketMetrics(call);
    if (first == QLatin1String("market-time"))
        return session(call);
    if (first == QLatin1String("api-quote-tokens"))
        return json(
            wire::envelope(wire::toJson(wire::QuoteToken{m_credentials.quoteToken(), m_feedUrl, "api"}), call.context));
    return notFound("route");
}

HttpAnswer RestApi::token(const Call& call)
{
    if (call.segments != QStringList{QStringLiteral("oauth"), QStringLiteral("token")} || call.request.method != "POST")
        return notFound("route");
    base::Result<wire::TokenRequest> request = base::badInput("token request", {}, "JSON or a form");
    // Some clients send JSON under the form's content type: the body itself says what it is.
    if (!call.request.body.trimmed().startsWith('{'))
        request = wire::parseTokenForm(call.request.body);
    else if (const auto body = wire::parseObject(call.request.body, "token request"))
        request = wire::parseTokenRequest(*body);
    const bool isGood =
        request && m_credentials.isRunToken(request->refreshToken) && m_credentials.isRunToken(request->clientSecret);
    if (!isGood)
        return json(wire::toTokenErrorJson({"invalid_grant", "Invalid JWT", {}}), 400);
    return json(
        wire::toJson(wire::TokenAnswer{m_credentials.issueAccessToken(), m_credentials.accessTokenLife().count()}));
}

HttpAnswer RestApi::session(const Call& call)
{
    const QString path = call.segments.join(QLatin1Char('/'));
    if (path == QLatin1String("sessions/validate") && call.request.method == "POST") {
        return json(wire::envelope({{QStringLiteral("email"), QStringLiteral("simulated@example.test")},
                                    {QStringLiteral("username"), QStringLiteral("simulated")},
                                    {QStringLiteral("external-id"), QStringLiteral("U0000000001")},
                                    {QStringLiteral("id"), 1}},
                                   call.context),
                    201);
    }
    if (path != QLatin1String("market-time/equities/sessions/current"))
        return notFound("route");
    const base::Date today = m_exchange.today();
    const base::Date day = market::isTradingDay(today) ? today : market::nextTradingDay(today);
    const market::Session hours = *market::sessionOn(day);
    QJsonObject data{
        {QStringLiteral("instrument-collection"), QStringLiteral("Equity")},
        {QStringLiteral("state"), m_exchange.isMarketOpen() ? QStringLiteral("Open") : QStringLiteral("Closed")}};
    wire::put(data, "open-at", hours.open);
    wire::put(data, "close-at", hours.close);
    return json(wire::envelope(data, call.context));
}

HttpAnswer RestApi::customers(const Call& call)
{
    if (call.request.method != "GET" || call.segments.value(1) != QLatin1String("me"))
        return notFound("route");
    const QJsonObject account = wire::toJson(m_exchange.account());
    if (call.segments.size() == 2) {
        return json(wire::envelope({{QStringLiteral("id"), QStringLiteral("me")},
                                    {QStringLiteral("first-name"), QStringLiteral("Simulated")},
                                    {QStringLiteral("last-name"), QStringLiteral("Customer")},
                                    {QStringLiteral("email"), QStringLiteral("simulated@example.test")},
                                    {QStringLiteral("is-professional"), false},
                                    {QStringLiteral("has-delayed-quotes"), false}},
                                   call.context));
    }
    if (call.segments.at(2) != QLatin1String("accounts"))
        return notFound("route");
    if (call.segments.size() == 3)
        return json(wire::itemsEnvelope({account}, call.context));
    if (call.segments.size() == 4 && call.segments.at(3).toStdString() == m_exchange.accountNumber())
        return json(wire::envelope(account.value(QLatin1String("account")).toObject(), call.context));
    return notFound("account");
}

HttpAnswer RestApi::accounts(const Call& call)
{
    if (call.segments.size() < 3)
        return notFound("route");
    if (call.segments.at(1).toStdString() != m_exchange.accountNumber())
        return error(403, "not_permitted", "User not permitted access");
    const QString& what = call.segments.at(2);
    if (what == QLatin1String("orders"))
        return orders(call);
    if (call.request.method != "GET")
        return notFound("route");
    if (what == QLatin1String("trading-status"))
        return json(wire::envelope(tradingStatus(m_exchange.accountNumber(), m_exchange.now()), call.context));
    if (what == QLatin1String("balances"))
        return json(wire::envelope(wire::toJson(m_exchange.balance()), call.context));
    if (what == QLatin1String("positions")) {
        const bool includeClosed =
            call.request.query.queryItemValue(QStringLiteral("include-closed-positions")) == QLatin1String("true");
        QJsonArray items;
        for (const wire::AccountPosition& position : m_exchange.positions(includeClosed))
            items.append(wire::toJson(position));
        return json(wire::itemsEnvelope(items, call.context));
    }
    if (what == QLatin1String("transactions"))
        return transactions(call);
    return notFound("route");
}

HttpAnswer RestApi::transactions(const Call& call)
{
    const QUrlQuery& query = call.request.query;
    std::optional<base::Date> from;
    if (const QString text = query.queryItemValue(QStringLiteral("start-date")); !text.isEmpty()) {
        const auto date = base::parseDate(text.toStdString(), "start-date");
        if (!date)
            return validationError(date.error());
        from = *date;
    }
    const QString type = query.queryItemValue(QStringLiteral("type"), QUrl::FullyDecoded);
    std::vector<const wire::Transaction*> rows;
    for (const wire::Transaction& row : m_exchange.deliveries()) {
        if ((type.isEmpty() || type == QString::fromStdString(row.type)) &&
            (!from || market::newYorkDate(row.executedAt) >= *from))
            rows.push_back(&row);
    }
    // Newest first, unless asked otherwise.
    if (query.queryItemValue(QStringLiteral("sort")) != QLatin1String("Asc"))
        std::ranges::reverse(rows);
    const auto rowAt = [&rows](std::size_t i) -> const wire::Transaction& { return *rows[i]; };
    return page(rows.size(), rowAt, query, call.context);
}

} // namespace vegadesk::venue
