#include "tastytrade/wire/order_request.h"

#include "tastytrade/wire/order_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::array foreignLifetimes{extendedDay, extendedGtc, overnightDay, overnightGtc};

void checkBounds(const OrderRequest& request, Fields& in)
{
    const portfolio::OrderIntent& intent = request.intent;
    for (const portfolio::OrderLeg& leg : intent.legs)
        if (leg.quantity > orderQuantityMost)
            in.refuse("quantity", leg.quantity.toString(), "1 to " + std::to_string(orderQuantityMost));
    for (const auto& [key, price] : {std::pair{"price", intent.price}, std::pair{"stop-trigger", intent.stopTrigger}})
        if (price && price->abs() > base::Decimal::fromInteger(orderPriceMost))
            in.refuse(key, price->toString(), "at most " + std::to_string(orderPriceMost));
    if (intent.value && *intent.value > base::Decimal::fromInteger(orderValueMost))
        in.refuse("value", intent.value->toString(), "at most " + std::to_string(orderValueMost));
}

} // namespace

base::Result<OrderRequest> parseOrderRequest(const QJsonObject& object)
{
    Fields in(object, "order");
    OrderRequest request;
    portfolio::OrderIntent& intent = request.intent;
    parseType(in, intent.type, request.typeText);
    if (!request.typeText.empty() && request.typeText != marketableLimit)
        in.refuse("order-type", request.typeText,
                  "Limit, Market, Marketable Limit, Stop, Stop Limit or Notional Market");
    parseLifetime(in, intent.timeInForce, request.timeInForceText);
    if (!request.timeInForceText.empty() &&
        std::ranges::find(foreignLifetimes, request.timeInForceText) == foreignLifetimes.end())
        in.refuse("time-in-force", request.timeInForceText,
                  "Day, GTC, GTD, IOC, Ext, GTC Ext, Ext Overnight or GTC Ext Overnight");
    intent.gtcDate = in.optionalDate("gtc-date");
    parseAmount(in, "price", intent.price, intent.effect);
    parseAmount(in, "value", intent.value, request.valueEffect);
    intent.stopTrigger = in.optionalDecimal("stop-trigger");
    for (const QJsonValue& leg : in.list("legs"))
        intent.legs.push_back(parseTerms(leg.toObject(), intent.type, in));
    if (intent.legs.empty())
        in.refuse("legs", {}, "at least one leg");
    checkBounds(request, in);
    request.externalId = in.text("external-identifier", {});
    request.source = in.text("source", {});
    request.partitionKey = in.text("partition-key", {});
    request.preflightId = in.id("preflight-id", {});
    request.isAutomated = in.flag("automated-source", false);
    const Fields advanced(in.child("advanced-instructions"), "advanced-instructions");
    request.strictPositionEffect = advanced.flag("strict-position-effect-validation", false);
    request.rules = in.child("rules");
    if (in.failed())
        return in.error();
    return request;
}

QJsonObject toJson(const OrderRequest& request)
{
    const portfolio::OrderIntent& intent = request.intent;
    QJsonObject object;
    putWord(object, "order-type", portfolio::toWire(intent.type), request.typeText);
    putWord(object, "time-in-force", portfolio::toWire(intent.timeInForce), request.timeInForceText);
    putIf(object, "gtc-date", intent.gtcDate);
    putAmountOf(object, "price", intent.price, intent.effect);
    putAmountOf(object, "value", intent.value, request.valueEffect);
    putIf(object, "stop-trigger", intent.stopTrigger);
    QJsonArray legs;
    for (const portfolio::OrderLeg& leg : intent.legs)
        legs.append(termsJson(leg));
    object.insert(QLatin1String("legs"), legs);
    for (const auto& [key, text] :
         {std::pair{"external-identifier", &request.externalId}, std::pair{"source", &request.source},
          std::pair{"partition-key", &request.partitionKey}})
        if (!text->empty())
            put(object, key, *text);
    putId(object, "preflight-id", request.preflightId);
    if (request.isAutomated)
        object.insert(QLatin1String("automated-source"), true);
    if (request.strictPositionEffect) {
        QJsonObject advanced;
        advanced.insert(QLatin1String("strict-position-effect-validation"), true);
        object.insert(QLatin1String("advanced-instructions"), advanced);
    }
    if (!request.rules.isEmpty())
        object.insert(QLatin1String("rules"), request.rules);
    return object;
}

base::Result<OrderRequest> parseReplacement(const QJsonObject& object, const OrderRequest& replaced)
{
    const QJsonObject before = toJson(replaced);
    QJsonObject whole = object;
    const auto keep = [&](const char* what, std::initializer_list<const char*> with) {
        if (object.contains(QLatin1String(what)))
            return;
        for (const char* const key : with) {
            const QJsonValue value = before.value(QLatin1String(key));
            if (!value.isUndefined() && !object.contains(QLatin1String(key)))
                whole.insert(QLatin1String(key), value);
        }
    };
    keep("legs", {"legs"});
    keep("order-type", {"order-type", "price", "price-effect", "stop-trigger", "value", "value-effect"});
    keep("time-in-force", {"time-in-force", "gtc-date"});
    return parseOrderRequest(whole);
}

bool isExtended(std::string_view timeInForceText)
{
    return std::ranges::find(foreignLifetimes, timeInForceText) != foreignLifetimes.end();
}

bool isOvernight(std::string_view timeInForceText)
{
    return timeInForceText == overnightDay || timeInForceText == overnightGtc;
}

} // namespace vegadesk::tastytrade::wire
