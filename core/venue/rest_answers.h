#pragma once

#include "tastytrade/wire/json.h"
#include "venue/rest_api.h"

#include <string>
#include <utility>

namespace vegadesk::venue
{

/// What the routes answer with, in the broker's envelopes.

inline HttpAnswer json(const QJsonObject& body, int status = 200)
{
    return {status, tastytrade::wire::toBytes(body), "application/json"};
}

inline HttpAnswer refusal(const Refusal& refused)
{
    return json(tastytrade::wire::toJson(refused.body), refused.httpStatus);
}

inline HttpAnswer error(int status, std::string code, std::string message)
{
    return refusal({status, {std::move(code), std::move(message), {}}});
}

inline HttpAnswer notFound(const std::string& what)
{
    return error(404, "record_not_found", what + " was not found");
}

} // namespace vegadesk::venue
