#include "tastytrade/wire/error_body.h"

namespace vegadesk::tastytrade::wire
{

namespace
{

base::ErrorKind kindOf(int httpStatus)
{
    if (httpStatus == 401)
        return base::ErrorKind::Unauthorized;
    if (httpStatus == 404)
        return base::ErrorKind::NotFound;
    if (httpStatus == 408)
        return base::ErrorKind::Timeout;
    return httpStatus >= 400 && httpStatus < 500 ? base::ErrorKind::Refused : base::ErrorKind::Network;
}

} // namespace

Reason parseReason(const QJsonObject& object)
{
    const Fields in(object, "reason");
    return {in.id("code", in.text("domain", {})), in.text("message", in.text("reason", {})), in.id("preflight-id", {})};
}

QJsonObject toJson(const Reason& reason)
{
    QJsonObject object;
    put(object, "code", reason.code);
    put(object, "message", reason.message);
    if (!reason.preflightId.empty())
        put(object, "preflight-id", reason.preflightId);
    return object;
}

base::Result<ErrorBody> parseErrorBody(const QByteArray& bytes)
{
    const auto body = parseObject(bytes, "error");
    if (!body)
        return tl::make_unexpected(body.error());
    const Fields top(*body, "error");
    ErrorBody error;
    if (top.value("error").isObject()) {
        const Fields in(top.child("error"), "error");
        error.code = in.id("code", {});
        error.message = in.text("message", {});
        for (const QJsonValue& entry : in.list("errors"))
            error.reasons.push_back(parseReason(entry.toObject()));
    } else {
        error.code = top.id("error_code", top.text("error", {}));
        error.message = top.text("error_description", top.text("error", {}));
    }
    if (error.code.empty() && error.message.empty() && error.reasons.empty())
        return base::fail(base::ErrorKind::Network, "error", {}, "the answer gives no reason");
    return error;
}

QJsonObject toJson(const ErrorBody& error)
{
    QJsonObject inner;
    put(inner, "code", error.code);
    put(inner, "message", error.message);
    if (!error.reasons.empty()) {
        QJsonArray reasons;
        for (const Reason& reason : error.reasons)
            reasons.append(toJson(reason));
        inner.insert(QLatin1String("errors"), reasons);
    }
    QJsonObject object;
    object.insert(QLatin1String("error"), inner);
    return object;
}

QJsonObject toTokenErrorJson(const ErrorBody& error)
{
    QJsonObject object;
    put(object, "error_code", error.code);
    put(object, "error_description", error.message);
    return object;
}

base::Error errorFromAnswer(int httpStatus, const QByteArray& body, std::string_view what)
{
    base::Error error{kindOf(httpStatus), std::string(what), {}, {}, {}};
    const std::string status = "HTTP " + std::to_string(httpStatus);
    if (const auto parsed = parseErrorBody(body)) {
        error.value = parsed->code;
        error.allowed = parsed->message;
        for (const Reason& reason : parsed->reasons)
            error.allowed +=
                (error.allowed.empty() ? "" : "; ") + (reason.message.empty() ? reason.code : reason.message);
        error.detail = status;
    } else {
        error.value = status;
        error.allowed = body.trimmed().startsWith('<') ? "the broker's gateway answered with a web page"
                                                       : "the broker answered without a reason";
        error.detail = body.left(500).toStdString();
    }
    return error;
}

} // namespace vegadesk::tastytrade::wire
