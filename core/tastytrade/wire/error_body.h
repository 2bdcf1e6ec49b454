#pragma once

#include "base/error.h"
#include "tastytrade/wire/json.h"

#include <QByteArray>

#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// One reason inside a refusal: {code, message}, or {domain, reason} of a request that was malformed.
struct Reason {
    std::string code, message;
    std::string preflightId{}; ///< of the order inside a complex one that it is about

    friend bool operator==(const Reason&, const Reason&) = default;
};
Reason parseReason(const QJsonObject& object);
QJsonObject toJson(const Reason& reason);

/// What a refused request gets.
struct ErrorBody {
    std::string code, message;
    std::vector<Reason> reasons;

    friend bool operator==(const ErrorBody&, const ErrorBody&) = default;
};
/// Understands {"error": {…}}, {"error": "text"} and the token route's {"error_code": …}.
base::Result<ErrorBody> parseErrorBody(const QByteArray& bytes);
QJsonObject toJson(const ErrorBody& error);
/// The token route's form: {"error_code": …, "error_description": …}.
QJsonObject toTokenErrorJson(const ErrorBody& error);

/// What an answer with an error status means: Unauthorized for 401, NotFound for 404, Refused for other 4xx,
/// Network for the rest. A web page instead of JSON is named as such. `what` names the request.
base::Error errorFromAnswer(int httpStatus, const QByteArray& body, std::string_view what);

} // namespace vegadesk::tastytrade::wire
