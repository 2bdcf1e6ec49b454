#include "tastytrade/wire/account_streamer.h"

namespace vegadesk::tastytrade::wire
{

namespace
{

std::vector<std::string> accountsIn(const Fields& in)
{
    std::vector<std::string> accounts;
    if (in.value("value").isString())
        accounts.push_back(in.text("value", {}));
    for (const QJsonValue& entry : in.list("value")) {
        if (entry.isString())
            accounts.push_back(toText(entry.toString()));
    }
    return accounts;
}

void putAccounts(QJsonObject& object, const std::vector<std::string>& accounts)
{
    QJsonArray list;
    for (const std::string& account : accounts)
        list.append(toQString(account));
    if (!list.isEmpty())
        object.insert(QLatin1String("value"), list);
}

std::optional<RequestId> requestIdIn(Fields& in)
{
    if (!in.has("request-id"))
        return {};
    if (in.value("request-id").isString())
        return in.text("request-id");
    return in.integer("request-id");
}

void putRequestId(QJsonObject& object, const std::optional<RequestId>& id)
{
    if (!id)
        return;
    if (const auto* number = std::get_if<std::int64_t>(&*id))
        object.insert(QLatin1String("request-id"), static_cast<qint64>(*number));
    else
        put(object, "request-id", std::get<std::string>(*id));
}

base::Result<StreamerMessage> parseAck(const QJsonObject& object)
{
    Fields in(object, "acknowledgement");
    StreamerAck ack;
    ack.isOk = in.text("status") == "ok";
    ack.action = in.text("action", {});
    ack.sessionId = in.id("web-socket-session-id", {});
    ack.message = in.text("message", {});
    ack.accounts = accountsIn(in);
    ack.requestId = requestIdIn(in);
    if (in.failed())
        return in.error();
    return ack;
}

base::Result<StreamerMessage> parseNotice(const QJsonObject& object)
{
    Fields in(object, "notification");
    const std::string type = in.text("type");
    const base::Instant at = in.millis("timestamp");
    if (in.failed())
        return in.error();
    const QJsonObject data = in.child("data");
    if (type == "Order") {
        auto order = parseOrder(data);
        if (!order)
            return BrokenNotice{type, order.error(), identify(data)};
        return OrderNotice{std::move(*order), at};
    }
    if (type == "CurrentPosition") {
        auto position = parseAccountPosition(data);
        if (!position)
            return BrokenNotice{type, position.error(), {}};
        return PositionNotice{std::move(*position), at};
    }
    if (type == "AccountBalance") {
        auto balance = parseAccountBalance(data);
        if (!balance)
            return BrokenNotice{type, balance.error(), {}};
        return BalanceNotice{std::move(*balance), at};
    }
    return OtherNotice{type, at};
}

base::Result<StreamerMessage> parseMessage(const QJsonObject& object)
{
    return object.contains(QLatin1String("status")) ? parseAck(object) : parseNotice(object);
}

QByteArray noticeText(std::string_view type, const QJsonObject& data, base::Instant at)
{
    QJsonObject object;
    put(object, "type", type);
    object.insert(QLatin1String("data"), data);
    object.insert(QLatin1String("timestamp"), static_cast<qint64>(base::toUnixMillis(at)));
    return toBytes(object);
}

} // namespace

base::Result<StreamerRequest> parseStreamerRequest(const QByteArray& text)
{
    const auto object = parseObject(text, "streamer request");
    if (!object)
        return tl::make_unexpected(object.error());
    Fields in(*object, "streamer request");
    StreamerRequest request;
    request.action = in.text("action");
    request.accounts = accountsIn(in);
    request.authToken = in.text("auth-token", {});
    request.requestId = requestIdIn(in);
    request.source = in.text("source", {});
    if (in.failed())
        return in.error();
    return request;
}

QByteArray print(const StreamerRequest& request)
{
    QJsonObject object;
    put(object, "action", request.action);
    putAccounts(object, request.accounts);
    put(object, "auth-token", request.authToken);
    putRequestId(object, request.requestId);
    if (!request.source.empty())
        put(object, "source", request.source);
    return toBytes(object);
}

base::Result<std::vector<StreamerMessage>> parseStreamerMessages(const QByteArray& text)
{
    const auto object = parseObject(text, "streamer message");
    if (!object)
        return tl::make_unexpected(object.error());
    QJsonArray batch{*object};
    if (const QJsonValue results = object->value(QLatin1String("results")); results.isArray())
        batch = results.toArray();
    std::vector<StreamerMessage> messages;
    for (const QJsonValue& entry : batch) {
        auto message = parseMessage(entry.toObject());
        if (!message)
            return tl::make_unexpected(message.error());
        messages.push_back(std::move(*message));
    }
    return messages;
}

QByteArray print(const StreamerAck& ack)
{
    QJsonObject object;
    put(object, "status", std::string_view(ack.isOk ? "ok" : "error"));
    put(object, "action", ack.action);
    put(object, "web-socket-session-id", ack.sessionId);
    if (!ack.message.empty())
        put(object, "message", ack.message);
    putAccounts(object, ack.accounts);
    putRequestId(object, ack.requestId);
    return toBytes(object);
}

QByteArray print(const OrderNotice& notice)
{
    return noticeText("Order", toJson(notice.order), notice.at);
}

QByteArray print(const ComplexOrderNotice& notice)
{
    return noticeText("ComplexOrder", toJson(notice.order), notice.at);
}

QByteArray print(const PositionNotice& notice)
{
    return noticeText("CurrentPosition", toJson(notice.position), notice.at);
}

QByteArray print(const BalanceNotice& notice)
{
    return noticeText("AccountBalance", toJson(notice.balance), notice.at);
}

QByteArray print(const AlertNotice& notice)
{
    return noticeText("QuoteAlert", toJson(notice.alert), notice.at);
}

} // namespace vegadesk::tastytrade::wire
