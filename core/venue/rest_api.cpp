#include "venue/rest_api.h"

#include "base/log.h"
#include "tastytrade/wire/customer.h"
#include "tastytrade/wire/session.h"
#include "venue/rest_answers.h"

#include <algorithm>
#include <array>
#include <map>

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;

/// Versions of the interface, oldest first.
constexpr std::array versions{20240501, 20250715, 20250813, 20260211, 20260629, 20261012};

/// The highest version that is not above the one a client wants.
base::Result<int> versionFor(const QByteArray& wanted)
{
    bool isNumber = false;
    const int number = wanted.trimmed().toInt(&isNumber);
    if (!isNumber || wanted.trimmed().size() != 8 || number < versions.front())
        return base::badInput("Accept-Version", wanted.toStdString(), "a version that is supported");
    return *std::prev(std::ranges::upper_bound(versions, number));
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

RestApi::RestApi(Exchange& exchange, MarketModel& market, Credentials& credentials, OrderTape* tape, UserLists lists)
    : m_exchange(exchange), m_market(market), m_credentials(credentials), m_tape(tape), m_lists(std::move(lists)),
      m_statistics(market)
{
}

std::string RestApi::Call::symbol(qsizetype from, qsizetype to) const
{
    return segments.mid(from, to - from).join(QLatin1Char('/')).toStdString();
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
    Call call{request, {}, {}, request.path.toStdString(), Parameters(request.query), {}};
    for (const QString& part : request.path.split(QLatin1Char('/'), Qt::SkipEmptyParts))
        call.segments.append(QUrl::fromPercentEncoding(part.toUtf8()));
    if (call.segments.isEmpty())
        return notFound("route");
    if (!request.acceptVersion.isEmpty()) {
        const auto version = versionFor(request.acceptVersion);
        if (!version) // its code is a number, unlike all others
            return json(
                {{QStringLiteral("error"),
                  QJsonObject{{QStringLiteral("code"), 406},
                              {QStringLiteral("message"), QStringLiteral("The requested version is not supported.")}}}},
                406);
        call.version = *version;
    }
    const QString& first = call.segments.front();
    if (first == QLatin1String("oauth"))
        return token(call);
    if (first == QLatin1String("margin-requirements-public-configuration"))
        return margin(call);
    if (first == QLatin1String("sessions") && call.segments.size() == 1)
        return login(call);
    if (!m_credentials.isValid(request.authorization.toStdString()))
        return error(401, "unauthorized", "Unauthorized. Unique customer support identifier: 0");

    const bool hasBody = request.method != "GET" && request.method != "DELETE" && !request.body.trimmed().isEmpty();
    if (hasBody) {
        const auto body = wire::parseObject(request.body, "request");
        if (!body)
            return validationError(body.error());
        call.body = *body;
    }
    return route(call);
}

HttpAnswer RestApi::route(const Call& call)
{
    using Route = HttpAnswer (RestApi::*)(const Call&);
    static const std::map<QString, Route> routes{
        {QStringLiteral("sessions"), &RestApi::login},
        {QStringLiteral("customers"), &RestApi::customers},
        {QStringLiteral("accounts"), &RestApi::accounts},
        {QStringLiteral("margin"), &RestApi::margin},
        {QStringLiteral("span"), &RestApi::margin},
        {QStringLiteral("instruments"), &RestApi::instruments},
        {QStringLiteral("option-chains"), &RestApi::optionChain},
        {QStringLiteral("futures-option-chains"), &RestApi::futuresChain},
        {QStringLiteral("symbols"), &RestApi::search},
        {QStringLiteral("market-metrics"), &RestApi::marketMetrics},
        {QStringLiteral("market-data"), &RestApi::marketData},
        {QStringLiteral("market-time"), &RestApi::marketTime},
        {QStringLiteral("watchlists"), &RestApi::watchlists},
        {QStringLiteral("public-watchlists"), &RestApi::publicWatchlists},
        {QStringLiteral("pairs-watchlists"), &RestApi::publicWatchlists},
        {QStringLiteral("quote-alerts"), &RestApi::quoteAlerts},
    };
    if (const auto found = routes.find(call.part(0)); found != routes.end())
        return (this->*found->second)(call);
    if (call.part(0) == QLatin1String("api-quote-tokens"))
        return data(wire::QuoteToken{m_credentials.quoteToken(), m_feedUrl, "api"}, call.context);
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

HttpAnswer RestApi::login(const Call& call)
{
    if (call.segments != QStringList{QStringLiteral("sessions"), QStringLiteral("validate")} ||
        call.request.method != "POST")
        return error(403, "not_permitted", "Session logins are gone; POST /oauth/token instead.");
    return data(wire::SessionUser{"simulated@example.test", "simulated", "U0000000001", "1"}, call.context, 201);
}

} // namespace vegadesk::venue
