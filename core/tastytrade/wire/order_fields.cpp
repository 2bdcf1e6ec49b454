#include "tastytrade/wire/order_fields.h"

#include "tastytrade/wire/order_request.h"

namespace vegadesk::tastytrade::wire
{

portfolio::OrderLeg parseTerms(const QJsonObject& object, portfolio::OrderType type, Fields& owner)
{
    const bool isNotional = type == portfolio::OrderType::NotionalMarket;
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
    leg.quantity = isNotional ? in.quantity("quantity", 0) : in.quantity("quantity");
    if (leg.quantity < 0 || (leg.quantity == 0 && !isNotional))
        in.refuse("quantity", leg.quantity.toString(), "a number above 0");
    if (leg.quantity > largestQuantity)
        in.refuse("quantity", leg.quantity.toString(), "a quantity that an order can have");
    if (!leg.quantity.isWhole() && !portfolio::isDivisible(leg.type))
        in.refuse("quantity", leg.quantity.toString(), "whole contracts");
    if (in.failed())
        owner.fail(in.error().value());
    return leg;
}

QJsonObject termsJson(const portfolio::OrderLeg& leg)
{
    QJsonObject object;
    put(object, "instrument-type", market::toWire(leg.type));
    put(object, "symbol", leg.symbol);
    if (leg.quantity != 0)
        put(object, "quantity", leg.quantity);
    put(object, "action", portfolio::toWire(leg.action));
    return object;
}

void parseAmount(Fields& in, const char* key, std::optional<base::Decimal>& amount, portfolio::PriceEffect& effect)
{
    const std::string effectKey = std::string(key) + "-effect";
    amount = in.optionalDecimal(key);
    if (in.has(effectKey.c_str()))
        effect = in.take(portfolio::priceEffectFromWire(in.text(effectKey.c_str())));
    if (amount && amount->isNegative())
        in.refuse(key, amount->toString(), "an amount without a sign");
}

void putAmountOf(QJsonObject& object, const char* key, const std::optional<base::Decimal>& amount,
                 portfolio::PriceEffect effect)
{
    putIf(object, key, amount);
    if (amount)
        put(object, (std::string(key) + "-effect").c_str(), portfolio::toWire(effect));
}

void parseType(Fields& in, portfolio::OrderType& type, std::string& text)
{
    std::string word = in.text("order-type");
    if (const auto known = portfolio::orderTypeFromWire(word)) {
        type = *known;
        return;
    }
    type = in.has("price") ? portfolio::OrderType::Limit : portfolio::OrderType::Market;
    text = std::move(word);
}

void parseLifetime(Fields& in, portfolio::TimeInForce& timeInForce, std::string& text)
{
    std::string word = in.text("time-in-force");
    if (const auto known = portfolio::timeInForceFromWire(word)) {
        timeInForce = *known;
        return;
    }
    timeInForce = word.starts_with("GTC") ? portfolio::TimeInForce::Gtc : portfolio::TimeInForce::Day;
    text = std::move(word);
}

void putWord(QJsonObject& object, const char* key, std::string_view ours, const std::string& text)
{
    put(object, key, text.empty() ? ours : std::string_view(text));
}

void putId(QJsonObject& object, const char* key, const std::string& id)
{
    bool isNumber = false;
    const qint64 number = toQString(id).toLongLong(&isNumber);
    if (isNumber && std::to_string(number) == id)
        object.insert(QLatin1String(key), number);
    else if (!id.empty())
        put(object, key, id);
}

} // namespace vegadesk::tastytrade::wire
