#include "tastytrade/wire/dxlink.h"

#include "tastytrade/wire/json.h"

#include <cmath>

namespace vegadesk::tastytrade::wire::dxlink
{

namespace
{

QJsonObject message(const char* type, int channel)
{
    QJsonObject object;
    put(object, "type", std::string_view(type));
    object.insert(QLatin1String("channel"), channel);
    return object;
}

/// Seconds as a timeout or period; numbers in texts are accepted.
std::optional<double> secondsIn(const Fields& in, const char* key)
{
    const QJsonValue value = in.value(key);
    bool isNumber = value.isDouble();
    const double seconds = isNumber ? value.toDouble() : value.toString().toDouble(&isNumber);
    if (!isNumber || !(seconds >= 0) || seconds > 86'400)
        return {};
    return seconds;
}

std::optional<DataFormat> formatIn(const Fields& in, const char* key)
{
    const std::string text = in.text(key, {});
    if (text == "COMPACT")
        return DataFormat::Compact;
    if (text == "FULL")
        return DataFormat::Full;
    return {};
}

const char* toWire(DataFormat format)
{
    return format == DataFormat::Compact ? "COMPACT" : "FULL";
}

EventLayouts layoutsIn(const QJsonObject& object)
{
    EventLayouts layouts;
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const auto type = eventTypeFromWire(toText(entry.key()));
        if (!type)
            continue;
        std::vector<std::string> names;
        for (const QJsonValue& name : entry.value().toArray())
            names.push_back(toText(name.toString()));
        layouts.set(*type, std::move(names));
    }
    return layouts;
}

QJsonObject layoutsJson(const EventLayouts& layouts)
{
    QJsonObject object;
    for (std::size_t i = 0; i < eventTypeCount; ++i) {
        const auto type = static_cast<EventType>(i);
        if (!layouts.has(type))
            continue;
        QJsonArray names;
        for (const std::string& name : layouts.names(type))
            names.append(toQString(name));
        object.insert(toQString(wire::toWire(type)), names);
    }
    return object;
}

std::vector<Subscription> subscriptionsIn(const Fields& in, const char* key, Fields& owner)
{
    std::vector<Subscription> list;
    for (const QJsonValue& entry : in.list(key)) {
        Fields item(entry.toObject(), "subscription");
        Subscription subscription{item.text("type"), item.text("symbol"), {}};
        if (item.has("fromTime"))
            subscription.fromTime = item.integer("fromTime");
        if (item.failed())
            owner.fail(item.error().value());
        list.push_back(std::move(subscription));
    }
    return list;
}

QJsonArray subscriptionsJson(const std::vector<Subscription>& list)
{
    QJsonArray array;
    for (const Subscription& subscription : list) {
        QJsonObject entry;
        put(entry, "type", subscription.type);
        put(entry, "symbol", subscription.symbol);
        if (subscription.fromTime)
            entry.insert(QLatin1String("fromTime"), static_cast<qint64>(*subscription.fromTime));
        array.append(entry);
    }
    return array;
}

base::Result<Message> parseData(const QJsonArray& data, int channel, const EventLayouts& layouts)
{
    FeedData result{channel, {}};
    for (qsizetype i = 0; i < data.size(); ++i) {
        const QJsonValue entry = data.at(i);
        if (entry.isObject()) { // FULL: one object an event
            auto event = parseFullEvent(entry.toObject());
            if (!event)
                result.refusals.add(tl::make_unexpected(std::move(event.error())));
            else if (*event)
                result.events.push_back(std::move(**event));
            continue;
        }
        // COMPACT: a type, then the values of all its rows
        if (!entry.isString() || i + 1 >= data.size() || !data.at(i + 1).isArray()) {
            result.refusals.add(base::fail(base::ErrorKind::Network, "FEED_DATA", {},
                                           "pairs of a type and its values were expected"));
            continue;
        }
        ++i;
        if (const auto type = eventTypeFromWire(toText(entry.toString())))
            layouts.readRows(*type, data.at(i).toArray(), result.events, result.refusals);
    }
    if (result.events.empty() && result.refusals.count > 0)
        return tl::make_unexpected(std::move(*result.refusals.first));
    return result;
}

} // namespace

base::Result<Message> parse(const QByteArray& text, const EventLayouts& layouts)
{
    const auto object = parseObject(text, "dxLink message");
    if (!object)
        return tl::make_unexpected(object.error());
    Fields in(*object, "dxLink message");
    const std::string type = in.text("type");
    const std::int64_t number = in.integer("channel", 0);
    if (number < 0 || number > 1'000'000)
        in.refuse("channel", std::to_string(number), "0 to 1,000,000");
    if (in.failed())
        return in.error();
    const int channel = static_cast<int>(number);
    const Fields parameters(in.child("parameters"), "parameters");

    Message parsed = OtherMessage{channel, type};
    if (type == "FEED_DATA") {
        return parseData(in.list("data"), channel, layouts);
    } else if (type == "KEEPALIVE") {
        parsed = Keepalive{channel};
    } else if (type == "SETUP") {
        parsed = Setup{in.text("version", {}), secondsIn(in, "keepaliveTimeout").value_or(60),
                       secondsIn(in, "acceptKeepaliveTimeout").value_or(60)};
    } else if (type == "AUTH_STATE") {
        const std::string state = in.text("state");
        if (state != "AUTHORIZED" && state != "UNAUTHORIZED")
            in.refuse("state", state, "AUTHORIZED or UNAUTHORIZED");
        parsed = AuthState{state == "AUTHORIZED", in.id("userId", {})};
    } else if (type == "AUTH") {
        parsed = Auth{in.text("token")};
    } else if (type == "CHANNEL_REQUEST") {
        parsed = ChannelRequest{channel, in.text("service"), parameters.text("contract", "AUTO")};
    } else if (type == "CHANNEL_OPENED") {
        parsed = ChannelOpened{channel, in.text("service"), parameters.text("contract", {}),
                               parameters.text("subFormat", {})};
    } else if (type == "CHANNEL_CANCEL") {
        parsed = ChannelCancel{channel};
    } else if (type == "CHANNEL_CLOSED") {
        parsed = ChannelClosed{channel};
    } else if (type == "FEED_SETUP") {
        parsed = FeedSetup{channel, secondsIn(in, "acceptAggregationPeriod"), formatIn(in, "acceptDataFormat"),
                           layoutsIn(in.child("acceptEventFields"))};
    } else if (type == "FEED_CONFIG") {
        parsed = FeedConfig{channel, secondsIn(in, "aggregationPeriod").value_or(0),
                            formatIn(in, "dataFormat").value_or(DataFormat::Full), layoutsIn(in.child("eventFields"))};
    } else if (type == "FEED_SUBSCRIPTION") {
        FeedSubscription subscription{channel, in.flag("reset", false), {}, {}};
        subscription.add = subscriptionsIn(in, "add", in);
        subscription.remove = subscriptionsIn(in, "remove", in);
        parsed = std::move(subscription);
    } else if (type == "ERROR") {
        parsed = ProtocolError{channel, in.text("error", "UNKNOWN"), in.text("message", {})};
    }
    if (in.failed())
        return in.error();
    return parsed;
}

QByteArray print(const Setup& setup)
{
    QJsonObject object = message("SETUP", 0);
    put(object, "version", setup.version);
    object.insert(QLatin1String("keepaliveTimeout"), setup.keepaliveTimeout);
    object.insert(QLatin1String("acceptKeepaliveTimeout"), setup.acceptKeepaliveTimeout);
    return toBytes(object);
}

QByteArray print(const AuthState& state)
{
    QJsonObject object = message("AUTH_STATE", 0);
    put(object, "state", std::string_view(state.isAuthorized ? "AUTHORIZED" : "UNAUTHORIZED"));
    if (!state.userId.empty())
        put(object, "userId", state.userId);
    return toBytes(object);
}

QByteArray print(const Auth& auth)
{
    QJsonObject object = message("AUTH", 0);
    put(object, "token", auth.token);
    return toBytes(object);
}

QByteArray print(const ChannelRequest& request)
{
    QJsonObject object = message("CHANNEL_REQUEST", request.channel);
    put(object, "service", request.service);
    QJsonObject parameters;
    put(parameters, "contract", request.contract);
    object.insert(QLatin1String("parameters"), parameters);
    return toBytes(object);
}

QByteArray print(const ChannelOpened& opened)
{
    QJsonObject object = message("CHANNEL_OPENED", opened.channel);
    put(object, "service", opened.service);
    QJsonObject parameters;
    put(parameters, "contract", opened.contract);
    put(parameters, "subFormat", opened.subFormat);
    object.insert(QLatin1String("parameters"), parameters);
    return toBytes(object);
}

QByteArray print(const ChannelCancel& cancel)
{
    return toBytes(message("CHANNEL_CANCEL", cancel.channel));
}

QByteArray print(const ChannelClosed& closed)
{
    return toBytes(message("CHANNEL_CLOSED", closed.channel));
}

QByteArray print(const FeedSetup& setup)
{
    QJsonObject object = message("FEED_SETUP", setup.channel);
    if (setup.aggregationPeriod)
        object.insert(QLatin1String("acceptAggregationPeriod"), *setup.aggregationPeriod);
    if (setup.format)
        put(object, "acceptDataFormat", std::string_view(toWire(*setup.format)));
    const QJsonObject layouts = layoutsJson(setup.layouts);
    if (!layouts.isEmpty())
        object.insert(QLatin1String("acceptEventFields"), layouts);
    return toBytes(object);
}

QByteArray print(const FeedConfig& config)
{
    QJsonObject object = message("FEED_CONFIG", config.channel);
    object.insert(QLatin1String("aggregationPeriod"), config.aggregationPeriod);
    put(object, "dataFormat", std::string_view(toWire(config.format)));
    const QJsonObject layouts = layoutsJson(config.layouts);
    if (!layouts.isEmpty())
        object.insert(QLatin1String("eventFields"), layouts);
    return toBytes(object);
}

QByteArray print(const FeedSubscription& subscription)
{
    QJsonObject object = message("FEED_SUBSCRIPTION", subscription.channel);
    if (subscription.reset)
        object.insert(QLatin1String("reset"), true);
    if (!subscription.add.empty())
        object.insert(QLatin1String("add"), subscriptionsJson(subscription.add));
    if (!subscription.remove.empty())
        object.insert(QLatin1String("remove"), subscriptionsJson(subscription.remove));
    return toBytes(object);
}

QByteArray print(const Keepalive& keepalive)
{
    return toBytes(message("KEEPALIVE", keepalive.channel));
}

QByteArray print(const ProtocolError& error)
{
    QJsonObject object = message("ERROR", error.channel);
    put(object, "error", error.error);
    put(object, "message", error.message);
    return toBytes(object);
}

QByteArray print(const FeedData& data, DataFormat format, const EventLayouts& layouts)
{
    QJsonArray list;
    for (std::size_t start = 0; start < data.events.size();) {
        const EventType type = typeOf(data.events[start]);
        QJsonArray rows;
        for (; start < data.events.size() && typeOf(data.events[start]) == type; ++start) {
            if (format == DataFormat::Full)
                list.append(toFullJson(data.events[start], layouts));
            else
                layouts.writeRow(data.events[start], rows);
        }
        if (format == DataFormat::Compact) {
            list.append(toQString(wire::toWire(type)));
            list.append(rows);
        }
    }
    QJsonObject object = message("FEED_DATA", data.channel);
    object.insert(QLatin1String("data"), list);
    return toBytes(object);
}

} // namespace vegadesk::tastytrade::wire::dxlink
