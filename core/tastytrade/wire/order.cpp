#include "tastytrade/wire/order.h"

#include "tastytrade/wire/order_fields.h"

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

LegFill parseFill(const QJsonObject& object, Fields& owner)
{
    Fields in(object, "fill");
    LegFill fill;
    fill.fillId = in.id("fill-id");
    fill.quantity = in.quantity("quantity");
    fill.price = in.decimal("fill-price");
    fill.filledAt = in.optionalInstant("filled-at").value_or(base::Instant{});
    fill.venue = in.text("destination-venue", {});
    if (fill.quantity <= 0 || fill.quantity > largestQuantity)
        in.refuse("quantity", fill.quantity.toString(), "above 0, and 10,000,000 at most");
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
    put(object, "quantity", fill.quantity);
    put(object, "fill-price", fill.price);
    put(object, "filled-at", fill.filledAt);
    put(object, "destination-venue", fill.venue);
    return object;
}

Leg parseLeg(const QJsonObject& object, portfolio::OrderType type, Fields& owner)
{
    Leg leg;
    leg.terms = parseTerms(object, type, owner);
    Fields in(object, "leg");
    leg.remaining = in.quantity("remaining-quantity", leg.terms.quantity);
    for (const QJsonValue& fill : in.list("fills"))
        leg.fills.push_back(parseFill(fill.toObject(), owner));
    if (in.failed())
        owner.fail(in.error().value());
    return leg;
}

QJsonObject legJson(const Leg& leg)
{
    QJsonObject object = termsJson(leg.terms);
    put(object, "remaining-quantity", leg.remaining);
    QJsonArray fills;
    for (const LegFill& fill : leg.fills)
        fills.append(fillJson(fill));
    object.insert(QLatin1String("fills"), fills);
    return object;
}

} // namespace

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
    parseType(in, order.type, order.typeText);
    parseLifetime(in, order.timeInForce, order.timeInForceText);
    parseAmount(in, "price", order.price, order.effect);
    parseAmount(in, "value", order.value, order.valueEffect);
    order.gtcDate = in.optionalDate("gtc-date");
    order.stopTrigger = in.optionalDecimal("stop-trigger");
    order.underlying = in.text("underlying-symbol", {});
    if (const auto known = market::instrumentTypeFromWire(in.text("underlying-instrument-type", {})))
        order.underlyingType = *known;
    for (const QJsonValue& entry : in.list("legs"))
        order.legs.push_back(parseLeg(entry.toObject(), order.type, in));
    if (order.legs.empty())
        in.refuse("legs", {}, "at least one leg");
    if (order.type == portfolio::OrderType::NotionalMarket && order.legs.size() > 1)
        in.refuse("legs", std::to_string(order.legs.size()), "one leg of an order for a value");
    order.size = in.quantity("size", 0);
    order.isCancellable = in.flag("cancellable", false);
    order.isEditable = in.flag("editable", false);
    order.isEdited = in.flag("edited", false);
    order.rejectReason = in.text("reject-reason", {});
    order.replaces = in.id("replaces-order-id", {});
    order.replacedBy = in.id("replacing-order-id", {});
    order.complexId = in.id("complex-order-id", {});
    order.complexTag = in.text("complex-order-tag", {});
    order.contingentStatus = in.text("contingent-status", {});
    order.confirmationStatus = in.text("confirmation-status", {});
    order.preflightId = in.id("preflight-id", {});
    order.partitionKey = in.text("partition-key", {});
    order.rules = in.child("order-rule");
    order.receivedAt = in.optionalInstant("received-at");
    order.inFlightAt = in.optionalInstant("in-flight-at");
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
    putWord(object, "order-type", portfolio::toWire(order.type), order.typeText);
    putWord(object, "time-in-force", portfolio::toWire(order.timeInForce), order.timeInForceText);
    putIf(object, "gtc-date", order.gtcDate);
    putAmountOf(object, "price", order.price, order.effect);
    putAmountOf(object, "value", order.value, order.valueEffect);
    putIf(object, "stop-trigger", order.stopTrigger);
    put(object, "underlying-symbol", order.underlying);
    put(object, "underlying-instrument-type", market::toWire(order.underlyingType));
    QJsonArray legs;
    for (const Leg& leg : order.legs)
        legs.append(legJson(leg));
    object.insert(QLatin1String("legs"), legs);
    put(object, "size", order.size);
    object.insert(QLatin1String("leg-count"), static_cast<qint64>(order.legs.size()));
    object.insert(QLatin1String("cancellable"), order.isCancellable);
    object.insert(QLatin1String("editable"), order.isEditable);
    object.insert(QLatin1String("edited"), order.isEdited);
    for (const auto& [key, text] :
         {std::pair{"reject-reason", &order.rejectReason}, std::pair{"complex-order-tag", &order.complexTag},
          std::pair{"contingent-status", &order.contingentStatus},
          std::pair{"confirmation-status", &order.confirmationStatus}, std::pair{"partition-key", &order.partitionKey}})
        if (!text->empty())
            put(object, key, *text);
    putId(object, "replaces-order-id", order.replaces);
    putId(object, "replacing-order-id", order.replacedBy);
    putId(object, "complex-order-id", order.complexId);
    putId(object, "preflight-id", order.preflightId);
    if (!order.rules.isEmpty())
        object.insert(QLatin1String("order-rule"), order.rules);
    putIf(object, "received-at", order.receivedAt);
    putIf(object, "in-flight-at", order.inFlightAt);
    putIf(object, "live-at", order.liveAt);
    putIf(object, "terminal-at", order.terminalAt);
    putIf(object, "cancelled-at", order.cancelledAt);
    object.insert(QLatin1String("updated-at"), static_cast<qint64>(base::toUnixMillis(order.updatedAt)));
    return object;
}

namespace
{

execution::OrderStatus statusOf(OrderState state, bool hasFills)
{
    using execution::OrderStatus;
    switch (state) {
    case OrderState::Received:
    case OrderState::Routed:
    case OrderState::InFlight:
    case OrderState::Live:
        return hasFills ? OrderStatus::PartiallyFilled : OrderStatus::Working;
    case OrderState::Contingent:
        return hasFills ? OrderStatus::PartiallyFilled : OrderStatus::Contingent;
    case OrderState::CancelRequested:
        return OrderStatus::CancelRequested;
    case OrderState::ReplaceRequested:
        return OrderStatus::ReplaceRequested;
    case OrderState::Filled:
        return OrderStatus::Filled;
    case OrderState::Cancelled:
    case OrderState::Removed:
    case OrderState::PartiallyRemoved:
        return OrderStatus::Cancelled;
    case OrderState::Rejected:
        return OrderStatus::Rejected;
    case OrderState::Expired:
        return OrderStatus::Expired;
    case OrderState::Other:
        break;
    }
    return OrderStatus::Unknown;
}

} // namespace

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
    if (broker.externalId.empty()) // nobody but its status says whether it may still fill
        broker.status = statusOf(orderStateFromWire(in.text("status", {})), false);
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
    broker.complexId = order.complexId;
    broker.complexTag = order.complexTag;
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
    intent.value = order.value;
    intent.origin.clear(); // the broker does not know who asked

    for (const Leg& leg : order.legs) {
        intent.legs.push_back(leg.terms);
        if (order.type == portfolio::OrderType::NotionalMarket)
            intent.legs.back().quantity = 0;
        for (const LegFill& fill : leg.fills)
            broker.fills.push_back(
                {fill.fillId, order.id, leg.terms.symbol, leg.terms.action, fill.quantity, fill.price, fill.filledAt});
    }
    broker.status = statusOf(order.state, !broker.fills.empty());
    const bool isRemoved = order.state == OrderState::Removed || order.state == OrderState::PartiallyRemoved;
    if (isRemoved && broker.rejectReason.empty())
        broker.rejectReason = "removed by the broker";
    else if (order.state == OrderState::Other)
        broker.rejectReason = "the broker's status \"" + order.stateText + "\" is not known here";
    return broker;
}

OrderRequest requestOf(const Order& order)
{
    OrderRequest request;
    portfolio::OrderIntent& intent = request.intent;
    intent.underlying = order.underlying;
    intent.type = order.type;
    intent.timeInForce = order.timeInForce;
    intent.gtcDate = order.gtcDate;
    intent.price = order.price;
    intent.effect = order.effect;
    intent.stopTrigger = order.stopTrigger;
    for (const Leg& leg : order.legs)
        intent.legs.push_back(leg.terms);
    request.typeText = order.typeText;
    request.timeInForceText = order.timeInForceText;
    intent.value = order.value;
    request.valueEffect = order.valueEffect;
    request.externalId = order.externalId;
    request.source = order.source;
    request.partitionKey = order.partitionKey;
    request.preflightId = order.preflightId;
    request.rules = order.rules;
    return request;
}

} // namespace vegadesk::tastytrade::wire
