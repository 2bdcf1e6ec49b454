#pragma once

#include "tastytrade/wire/json.h"

#include <string>

namespace vegadesk::tastytrade::wire
{

/// POST /oauth/token. The refresh grant, or the code grant when `code` is set.
struct TokenRequest {
    std::string refreshToken, clientSecret;
    std::string scope; ///< space separated; may be empty
    std::string code, redirectUri, clientId;

    friend bool operator==(const TokenRequest&, const TokenRequest&) = default;
};
base::Result<TokenRequest> parseTokenRequest(const QJsonObject& object);
/// The same as application/x-www-form-urlencoded.
base::Result<TokenRequest> parseTokenForm(const QByteArray& body);
QJsonObject toJson(const TokenRequest& request);

/// Its answer: flat, without an envelope, in snake case.
struct TokenAnswer {
    std::string accessToken;
    std::int64_t expiresInSeconds = 900;

    friend bool operator==(const TokenAnswer&, const TokenAnswer&) = default;
};
base::Result<TokenAnswer> parseTokenAnswer(const QJsonObject& object);
QJsonObject toJson(const TokenAnswer& answer);

/// Data of GET /api-quote-tokens: the key to dxLink and where it is.
struct QuoteToken {
    std::string token, url;
    std::string level; ///< "api" or "demo"

    friend bool operator==(const QuoteToken&, const QuoteToken&) = default;
};
base::Result<QuoteToken> parseQuoteToken(const QJsonObject& data);
QJsonObject toJson(const QuoteToken& token);

} // namespace vegadesk::tastytrade::wire
