#include "tastytrade/wire/order_fields.h"

#include "tastytrade/wire/order_request.h"

namespace vegadesk::tastytrade::wire
{

portfolio::OrderLeg parseTerms(const QJsonObject& object, bool isNotional, Fields& owner)
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
    if (isNotional) {
        leg.quantity = 0;
    } else {
        leg.quantity = in.integer("quantity");
        if (leg.quantity <= 0)
            in.refuse("quantity", std::to_string(leg.quantity), "a positive whole number");
    }
    if (in.failed())
        owner.fail(in.error().value());
    return leg;
}

QJsonObject termsJson(const portfolio::OrderLeg& leg, bool isNotional)
{
    QJsonObject object;
    put(object, "instrument-type", market::toWire(leg.type));
    put(object, "symbol", leg.symbol);
    if (!isNotional)
        object.insert(QLatin1String("quantity"), static_cast<qint64>(leg.quantity));
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
    type = word == notionalMarket || !in.has("price") ? portfolio::OrderType::Market : portfolio::OrderType::Limit;
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
