#include "tastytrade/wire/complex_order.h"

#include "tastytrade/wire/order_fields.h"

#include <algorithm>
#include <array>
#include <utility>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::array<std::pair<ComplexType, std::string_view>, 5> typeWords{{
    {ComplexType::Oco, "OCO"},
    {ComplexType::Oto, "OTO"},
    {ComplexType::Otoco, "OTOCO"},
    {ComplexType::Pairs, "PAIRS"},
    {ComplexType::Blast, "BLAST"},
}};

std::optional<RatioPrice> parseRatio(Fields& in)
{
    if (!in.has("ratio-price-threshold"))
        return {};
    RatioPrice ratio;
    ratio.comparator = in.text("ratio-price-comparator");
    ratio.threshold = in.decimal("ratio-price-threshold");
    ratio.isNotional = in.flag("ratio-price-is-threshold-based-on-notional", false);
    if (ratio.comparator != "gte" && ratio.comparator != "lte")
        in.refuse("ratio-price-comparator", ratio.comparator, "gte or lte");
    return ratio;
}

void putRatio(QJsonObject& object, const std::optional<RatioPrice>& ratio)
{
    if (!ratio)
        return;
    put(object, "ratio-price-comparator", ratio->comparator);
    put(object, "ratio-price-threshold", ratio->threshold);
    object.insert(QLatin1String("ratio-price-is-threshold-based-on-notional"), ratio->isNotional);
}

/// What a request and an order have in common; `parsePart` reads one order of theirs.
template<class Complex, class ParsePart>
void parseParts(Fields& in, Complex& complex, ParsePart parsePart)
{
    complex.type = in.take(complexTypeFromWire(in.text("type")));
    if (in.has("trigger-order"))
        complex.trigger = in.take(parsePart(in.child("trigger-order")));
    for (const QJsonValue& part : in.list("orders"))
        complex.orders.push_back(in.take(parsePart(part.toObject())));
    complex.ratio = parseRatio(in);
    complex.externalId = in.text("external-identifier", {});
    complex.source = in.text("source", {});
}

template<class Complex>
void putParts(QJsonObject& object, const Complex& complex)
{
    put(object, "type", toWire(complex.type));
    if (complex.trigger)
        object.insert(QLatin1String("trigger-order"), toJson(*complex.trigger));
    QJsonArray orders;
    for (const auto& part : complex.orders)
        orders.append(toJson(part));
    object.insert(QLatin1String("orders"), orders);
    putRatio(object, complex.ratio);
    if (!complex.externalId.empty())
        put(object, "external-identifier", complex.externalId);
    if (!complex.source.empty())
        put(object, "source", complex.source);
}

} // namespace

std::string_view toWire(ComplexType type)
{
    return std::ranges::find(typeWords, type, &std::pair<ComplexType, std::string_view>::first)->second;
}

base::Result<ComplexType> complexTypeFromWire(std::string_view text)
{
    const auto found = std::ranges::find(typeWords, text, &std::pair<ComplexType, std::string_view>::second);
    if (found == typeWords.end())
        return base::badInput("type", text, "OCO, OTO, OTOCO or PAIRS");
    return found->first;
}

base::Result<ComplexOrderRequest> parseComplexOrderRequest(const QJsonObject& object)
{
    Fields in(object, "complex order");
    ComplexOrderRequest request;
    parseParts(in, request, parseOrderRequest);
    if (in.failed())
        return in.error();
    return request;
}

QJsonObject toJson(const ComplexOrderRequest& request)
{
    QJsonObject object;
    putParts(object, request);
    return object;
}

base::Result<ComplexOrder> parseComplexOrder(const QJsonObject& object)
{
    Fields in(object, "complex order");
    ComplexOrder order;
    order.id = in.id("id", {});
    order.account = in.text("account-number");
    parseParts(in, order, parseOrder);
    order.terminalAt = in.optionalInstant("terminal-at");
    if (in.failed())
        return in.error();
    return order;
}

QJsonObject toJson(const ComplexOrder& order)
{
    QJsonObject object;
    putId(object, "id", order.id);
    put(object, "account-number", order.account);
    putParts(object, order);
    putIf(object, "terminal-at", order.terminalAt);
    object.insert(QLatin1String("related-orders"), QJsonArray{});
    return object;
}

base::Result<ComplexOrderAnswer> parseComplexOrderAnswer(const QJsonObject& data)
{
    Fields in(data, "complex order answer");
    ComplexOrderAnswer answer;
    answer.order = in.take(parseComplexOrder(in.child("complex-order")));
    parseFigures(in, answer.buyingPower, answer.fees);
    parseReasons(in, answer.warnings, answer.errors);
    if (in.failed())
        return in.error();
    return answer;
}

QJsonObject toJson(const ComplexOrderAnswer& answer)
{
    QJsonObject object;
    object.insert(QLatin1String("complex-order"), toJson(answer.order));
    putFigures(object, answer.buyingPower, answer.fees);
    putReasons(object, answer.warnings, answer.errors);
    return object;
}

} // namespace vegadesk::tastytrade::wire
