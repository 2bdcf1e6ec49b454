#include "tastytrade/wire/order.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::array<std::pair<OrderState, std::string_view>, 13> stateWords{{
    {OrderState::Received, "Received"},
    {OrderState::Routed, "Routed"},
    {OrderState::InFlight, "In Flight"},
    {OrderState::Live, "Live"},
    {OrderState::Contingent, "Contingent"},
    {OrderState::CancelRequested, "Cancel Requested"},
    {OrderState::ReplaceRequested, "Replace Requested"},
    {OrderState::Filled, "Filled"},
    {OrderState::Cancelled, "Cancelled"},
    {OrderState::Rejected, "Rejected"},
    {OrderState::Expired, "Expired"},
    {OrderState::Removed, "Removed"},
    {OrderState::PartiallyRemoved, "Partially Removed"},
}};

portfolio::OrderLeg parseTerms(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "leg");
    portfolio::OrderLeg leg;
    leg.symbol = in.text("symbol");
    leg.type = in.take(market::instrumentTypeFromWire(in.text("instrument-type")));
    const std::string action = in.text("action");
    // Futures know no opening and closing; the word says the direction, which is what matters for display.
    if (action == "Buy" || action == "Sell")
        leg.action = action == "Buy" ? portfolio::Action::BuyToOpen : portfolio::Action::SellToOpen;
    else
        leg.action = in.take(portfolio::actionFromWire(action));
    leg.quantity = in.integer("quantity");
    if (leg.quantity <= 0)
        in.refuse("quantity", std::to_string(leg.quantity), "a positive whole number");
    if (in.failed())
        owner.fail(in.error().value());
    return leg;
}

QJsonObject termsJson(const portfolio::OrderLeg& leg)
{
    QJsonObject object;
    put(object, "instrument-type", market::toWire(leg.type));
    put(object, "symbol", leg.symbol);
    object.insert(QLatin1String("quantity"), static_cast<qint64>(leg.quantity));
    put(object, "action", portfolio::toWire(leg.action));
    return object;
}

LegFill parseFill(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "fill");
    LegFill fill;
    fill.fillId = in.id("fill-id");
    fill.quantity = in.integer("quantity");
    fill.price = in.decimal("fill-price");
    fill.filledAt = in.optionalInstant("filled-at").value_or(base::Instant{});
    fill.venue = in.text("destination-venue", {});
    if (fill.quantity <= 0 || fill.quantity > largestQuantity)
        in.refuse("quantity", std::to_string(fill.quantity), "1 to 10,000,000");
    if (!isPlausible(fill.price, fill.quantity, 100))
        in.refuse("fill-price", fill.price.toString(), "a fill worth 10 billion at most");
    if (in.failed())
        owner.fail(in.error().value());
    return fill;
}

QJsonObject fillJson(const LegFill& fill)
{
    QJsonObject object;
    put(object, "ext-group-fill-id", std::string_view("0"));
    put(object, "ext-exec-id", fill.fillId);
    put(object, "fill-id", fill.fillId);
    object.insert(QLatin1String("quantity"), static_cast<qint64>(fill.quantity));
    put(object, "fill-price", fill.price);
    put(object, "filled-at", fill.filledAt);
    put(object, "destination-venue", fill.venue);
    return object;
}

QJsonObject legJson(const Leg& leg)
{
    QJsonObject object = termsJson(leg.terms);
    object.insert(QLatin1String("remaining-quantity"), static_cast<qint64>(leg.remaining));
    QJsonArray fills;
    for (const LegFill& fill : leg.fills)
        fills.append(fillJson(fill));
    object.insert(QLatin1String("fills"), fills);
    return object;
}

void parsePrice(Fields& in, std::optional<base::Decimal>& price, portfolio::PriceEffect& effect)
{
    price = in.optionalDecimal("price");
    if (in.has("price-effect"))
        effect = in.take(portfolio::priceEffectFromWire(in.text("price-effect")));
    if (price && price->isNegative())
        in.refuse("price", price->toString(), "a price without a sign");
}

void putPrice(QJsonObject& object, const std::optional<base::Decimal>& price, portfolio::PriceEffect effect)
{
    putIf(object, "price", price);
    if (price)
        put(object, "price-effect", portfolio::toWire(effect));
}

/// Ids are numbers on the wire; ours are texts.
void putId(QJsonObject& object, const char* key, const std::string& id)
{
    bool isNumber = false;
    const qint64 number = toQString(id).toLongLong(&isNumber);
    if (isNumber && std::to_string(number) == id)
        object.insert(QLatin1String(key), number);
    else if (!id.empty())
        put(object, key, id);
}

} // namespace

base::Result<OrderRequest> parseOrderRequest(const QJsonObject& object)
{
    Fields in(object, "order");
    OrderRequest request;
    portfolio::OrderIntent& intent = request.intent;
    intent.type = in.take(portfolio::orderTypeFromWire(in.text("order-type")));
    intent.timeInForce = in.take(portfolio::timeInForceFromWire(in.text("time-in-force")));
    intent.gtcDate = in.optionalDate("gtc-date");
    parsePrice(in, intent.price, intent.effect);
    intent.stopTrigger = in.optionalDecimal("stop-trigger");
    for (const QJsonValue& leg : in.list("legs"))
        intent.legs.push_back(parseTerms(leg.toObject(), in));
    if (intent.legs.empty())
        in.refuse("legs", {}, "at least one leg");
    for (const portfolio::OrderLeg& leg : intent.legs)
        if (leg.quantity > orderQuantityMost)
            in.refuse("quantity", std::to_string(leg.quantity), "1 to " + std::to_string(orderQuantityMost));
    for (const auto& [key, price] : {std::pair{"price", intent.price}, std::pair{"stop-trigger", intent.stopTrigger}})
        if (price && price->abs() > base::Decimal::fromInteger(orderPriceMost))
            in.refuse(key, price->toString(), "at most " + std::to_string(orderPriceMost));
    request.externalId = in.text("external-identifier", {});
    request.source = in.text("source", {});
    const Fields advanced(in.child("advanced-instructions"), "advanced-instructions");
    request.strictPositionEffect = advanced.flag("strict-position-effect-validation", false);
    if (in.failed())
        return in.error();
    return request;
}

QJsonObject toJson(const OrderRequest& request)
{
    const portfolio::OrderIntent& intent = request.intent;
    QJsonObject object;
    put(object, "order-type", portfolio::toWire(intent.type));
    put(object, "time-in-force", portfolio::toWire(intent.timeInForce));
    putIf(object, "gtc-date", intent.gtcDate);
    putPrice(object, intent.price, intent.effect);
    putIf(object, "stop-trigger", intent.stopTrigger);
    QJsonArray legs;
    for (const portfolio::OrderLeg& leg : intent.legs)
        legs.append(termsJson(leg));
    object.insert(QLatin1String("legs"), legs);
    if (!request.externalId.empty())
        put(object, "external-identifier", request.externalId);
    if (!request.source.empty())
        put(object, "source", request.source);
    if (request.strictPositionEffect) {
        QJsonObject advanced;
        advanced.insert(QLatin1String("strict-position-effect-validation"), true);
        object.insert(QLatin1String("advanced-instructions"), advanced);
    }
    return object;
}

std::string_view toWire(OrderState state)
{
    const auto found = std::ranges::find(stateWords, state, &std::pair<OrderState, std::string_view>::first);
    return found == stateWords.end() ? std::string_view{} : found->second;
}

OrderState orderStateFromWire(std::string_view text)
{
    const auto found = std::ranges::find(stateWords, text, &std::pair<OrderState, std::string_view>::second);
    return found == stateWords.end() ? OrderState::Other : found->first;
}

bool isTerminal(OrderState state)
{
    return state >= OrderState::Filled && state != OrderState::Other;
}

base::Result<Order> parseOrder(const QJsonObject& object)
{
    Fields in(object, "order");
    Order order;
    order.id = in.id("id", {});
    order.account = in.text("account-number");
    order.externalId = in.text("external-identifier", {});
    order.source = in.text("source", {});
    const std::string state = in.text("status");
    order.state = orderStateFromWire(state);
    if (order.state == OrderState::Other)
        order.stateText = state;
    parsePrice(in, order.price, order.effect);
    const std::string type = in.text("order-type");
    if (const auto known = portfolio::orderTypeFromWire(type)) {
        order.type = *known;
    } else {
        order.typeText = type;
        order.type = order.price ? portfolio::OrderType::Limit : portfolio::OrderType::Market;
    }
    const std::string timeInForce = in.text("time-in-force");
    if (const auto known = portfolio::timeInForceFromWire(timeInForce)) {
        order.timeInForce = *known;
    } else {
        order.timeInForceText = timeInForce;
        order.timeInForce = timeInForce.starts_with("GTC") ? portfolio::TimeInForce::Gtc : portfolio::TimeInForce::Day;
    }
    order.gtcDate = in.optionalDate("gtc-date");
    order.stopTrigger = in.optionalDecimal("stop-trigger");
    order.underlying = in.text("underlying-symbol", {});
    if (const auto known = market::instrumentTypeFromWire(in.text("underlying-instrument-type", {})))
        order.underlyingType = *known;
    for (const QJsonValue& entry : in.list("legs")) {
        const Fields legIn(entry.toObject(), "leg");
        Leg leg;
        leg.terms = parseTerms(entry.toObject(), in);
        leg.remaining = Fields(legIn).integer("remaining-quantity", leg.terms.quantity);
        for (const QJsonValue& fill : legIn.list("fills"))
            leg.fills.push_back(parseFill(fill.toObject(), in));
        order.legs.push_back(std::move(leg));
    }
    if (order.legs.empty())
        in.refuse("legs", {}, "at least one leg");
    order.size = in.integer("size", 0);
    order.isCancellable = in.flag("cancellable", false);
    order.isEditable = in.flag("editable", false);
    order.rejectReason = in.text("reject-reason", {});
    order.replaces = in.id("replaces-order-id", {});
    order.replacedBy = in.id("replacing-order-id", {});
    order.receivedAt = in.optionalInstant("received-at");
    order.liveAt = in.optionalInstant("live-at");
    order.terminalAt = in.optionalInstant("terminal-at");
    order.cancelledAt = in.optionalInstant("cancelled-at");
    order.updatedAt = in.millis("updated-at");
    if (in.failed())
        return in.error();
    return order;
}

QJsonObject toJson(const Order& order)
{
    QJsonObject object;
    putId(object, "id", order.id);
    put(object, "account-number", order.account);
    if (!order.externalId.empty())
        put(object, "external-identifier", order.externalId);
    if (!order.source.empty())
        put(object, "source", order.source);
    put(object, "status", order.state == OrderState::Other ? std::string_view(order.stateText) : toWire(order.state));
    put(object, "order-type",
        order.typeText.empty() ? portfolio::toWire(order.type) : std::string_view(order.typeText));
    put(object, "time-in-force",
        order.timeInForceText.empty() ? portfolio::toWire(order.timeInForce) : std::string_view(order.timeInForceText));
    putIf(object, "gtc-date", order.gtcDate);
    putPrice(object, order.price, order.effect);
    putIf(object, "stop-trigger", order.stopTrigger);
    put(object, "underlying-symbol", order.underlying);
    put(object, "underlying-instrument-type", market::toWire(order.underlyingType));
    QJsonArray legs;
    for (const Leg& leg : order.legs)
        legs.append(legJson(leg));
    object.insert(QLatin1String("legs"), legs);
    object.insert(QLatin1String("size"), static_cast<qint64>(order.size));
    object.insert(QLatin1String("leg-count"), static_cast<qint64>(order.legs.size()));
    object.insert(QLatin1String("cancellable"), order.isCancellable);
    object.insert(QLatin1String("editable"), order.isEditable);
    object.insert(QLatin1String("edited"), false);
    if (!order.rejectReason.empty())
        put(object, "reject-reason", order.rejectReason);
    putId(object, "replaces-order-id", order.replaces);
    putId(object, "replacing-order-id", order.replacedBy);
    putIf(object, "received-at", order.receivedAt);
    putIf(object, "live-at", order.liveAt);
    putIf(object, "terminal-at", order.terminalAt);
    putIf(object, "cancelled-at", order.cancelledAt);
    object.insert(QLatin1String("updated-at"), static_cast<qint64>(base::toUnixMillis(order.updatedAt)));
    return object;
}

std::optional<execution::BrokerOrder> identify(const QJsonObject& order)
{
    const Fields in(order, "order");
    execution::BrokerOrder broker;
    broker.brokerId = in.id("id", {});
    broker.externalId = in.text("external-identifier", {});
    broker.intent.underlying = in.text("underlying-symbol", {});
    broker.status = execution::OrderStatus::Unknown;
    if (broker.brokerId.empty())
        return {};
    if (broker.externalId.empty()) { // nobody but its status says whether it may still fill
        Order plain;
        plain.state = orderStateFromWire(in.text("status", {}));
        broker.status = toBrokerOrder(plain).status;
    }
    return broker;
}

execution::BrokerOrder toBrokerOrder(const Order& order)
{
    execution::BrokerOrder broker;
    broker.brokerId = order.id;
    broker.externalId = order.externalId;
    broker.rejectReason = order.rejectReason;
    broker.replaces = order.replaces;
    broker.replacedBy = order.replacedBy;
    broker.receivedAt = order.receivedAt.value_or(base::Instant{});
    broker.updatedAt = order.updatedAt;

    portfolio::OrderIntent& intent = broker.intent;
    intent.underlying = order.underlying;
    intent.type = order.type;
    intent.timeInForce = order.timeInForce;
    intent.gtcDate = order.gtcDate;
    intent.price = order.price;
    intent.effect = order.effect;
    intent.stopTrigger = order.stopTrigger;
    intent.origin.clear(); // the broker does not know who asked

    bool hasFills = false;
    for (const Leg& leg : order.legs) {
        intent.legs.push_back(leg.terms);
        for (const LegFill& fill : leg.fills) {
            hasFills = true;
            broker.fills.push_back(
                {fill.fillId, order.id, leg.terms.symbol, leg.terms.action, fill.quantity, fill.price, fill.filledAt});
        }
    }

    switch (order.state) {
    case OrderState::Received:
    case OrderState::Routed:
    case OrderState::InFlight:
    case OrderState::Live:
        broker.status = hasFills ? execution::OrderStatus::PartiallyFilled : execution::OrderStatus::Working;
        break;
    case OrderState::Contingent:
        broker.status = hasFills ? execution::OrderStatus::PartiallyFilled : execution::OrderStatus::Contingent;
        break;
    case OrderState::CancelRequested:
        broker.status = execution::OrderStatus::CancelRequested;
        break;
    case OrderState::ReplaceRequested:
        broker.status = execution::OrderStatus::ReplaceRequested;
        break;
    case OrderState::Filled:
        broker.status = execution::OrderStatus::Filled;
        break;
    case OrderState::Cancelled:
        broker.status = execution::OrderStatus::Cancelled;
        break;
    case OrderState::Removed:
    case OrderState::PartiallyRemoved:
        broker.status = execution::OrderStatus::Cancelled;
        if (broker.rejectReason.empty())
            broker.rejectReason = "removed by the broker";
        break;
    case OrderState::Rejected:
        broker.status = execution::OrderStatus::Rejected;
        break;
    case OrderState::Expired:
        broker.status = execution::OrderStatus::Expired;
        break;
    case OrderState::Other:
        broker.status = execution::OrderStatus::Unknown;
        broker.rejectReason = "the broker's status \"" + order.stateText + "\" is not known here";
        break;
    }
    return broker;
}

} // namespace vegadesk::tastytrade::wire
