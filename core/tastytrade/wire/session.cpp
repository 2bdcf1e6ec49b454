#include "tastytrade/wire/session.h"

#include <QUrlQuery>

namespace vegadesk::tastytrade::wire
{

base::Result<TokenRequest> parseTokenRequest(const QJsonObject& object)
{
    Fields in(object, "token request");
    TokenRequest request;
    const std::string grant = in.text("grant_type");
    if (grant == "refresh_token") {
        request.refreshToken = in.text("refresh_token");
    } else if (grant == "authorization_code") {
        request.code = in.text("code");
        request.redirectUri = in.text("redirect_uri", {});
        request.clientId = in.text("client_id", {});
    } else {
        in.refuse("grant_type", grant, "refresh_token or authorization_code");
    }
    request.clientSecret = in.text("client_secret");
    request.scope = in.text("scope", {});
    if (in.failed())
        return in.error();
    return request;
}

base::Result<TokenRequest> parseTokenForm(const QByteArray& body)
{
    QByteArray spaced = body;
    spaced.replace('+', "%20"); // QUrlQuery leaves the form's plus signs alone
    const QUrlQuery query(QString::fromUtf8(spaced));
    QJsonObject object;
    for (const auto& [key, value] : query.queryItems(QUrl::FullyDecoded))
        object.insert(key, value);
    return parseTokenRequest(object);
}

QJsonObject toJson(const TokenRequest& request)
{
    QJsonObject object;
    if (request.code.empty()) {
        put(object, "grant_type", std::string_view("refresh_token"));
        put(object, "refresh_token", request.refreshToken);
    } else {
        put(object, "grant_type", std::string_view("authorization_code"));
        put(object, "code", request.code);
        put(object, "redirect_uri", request.redirectUri);
        put(object, "client_id", request.clientId);
    }
    put(object, "client_secret", request.clientSecret);
    if (!request.scope.empty())
        put(object, "scope", request.scope);
    return object;
}

base::Result<TokenAnswer> parseTokenAnswer(const QJsonObject& object)
{
    Fields in(object, "token answer");
    TokenAnswer answer{in.text("access_token"), in.integer("expires_in")};
    if (answer.accessToken.empty())
        in.refuse("access_token", {}, "a token");
    if (answer.expiresInSeconds <= 0 || answer.expiresInSeconds > 366LL * 86'400)
        in.refuse("expires_in", std::to_string(answer.expiresInSeconds), "seconds, more than 0 and at most a year");
    if (in.failed())
        return in.error();
    return answer;
}

QJsonObject toJson(const TokenAnswer& answer)
{
    QJsonObject object;
    put(object, "access_token", answer.accessToken);
    put(object, "token_type", std::string_view("Bearer"));
    object.insert(QLatin1String("expires_in"), static_cast<qint64>(answer.expiresInSeconds));
    return object;
}

base::Result<QuoteToken> parseQuoteToken(const QJsonObject& data)
{
    Fields in(data, "quote token");
    QuoteToken token{in.text("token"), in.text("dxlink-url"), in.text("level", {})};
    if (in.failed())
        return in.error();
    return token;
}

QJsonObject toJson(const QuoteToken& token)
{
    QJsonObject object;
    put(object, "token", token.token);
    put(object, "dxlink-url", token.url);
    put(object, "level", token.level);
    return object;
}

} // namespace vegadesk::tastytrade::wire
