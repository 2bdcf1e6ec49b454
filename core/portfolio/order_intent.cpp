#include "portfolio/order_intent.h"

#include <array>
#include <utility>

namespace vegadesk::portfolio
{

namespace
{

template<class T, std::size_t N>
using Names = std::array<std::pair<T, std::string_view>, N>;

constexpr Names<Action, 4> actionNames{{{Action::BuyToOpen, "Buy to Open"},
                                        {Action::SellToOpen, "Sell to Open"},
                                        {Action::BuyToClose, "Buy to Close"},
                                        {Action::SellToClose, "Sell to Close"}}};
constexpr Names<OrderType, 5> typeNames{{{OrderType::Limit, "Limit"},
                                         {OrderType::Market, "Market"},
                                         {OrderType::Stop, "Stop"},
                                         {OrderType::StopLimit, "Stop Limit"},
                                         {OrderType::NotionalMarket, "Notional Market"}}};
constexpr Names<TimeInForce, 4> timeInForceNames{
    {{TimeInForce::Day, "Day"}, {TimeInForce::Gtc, "GTC"}, {TimeInForce::Gtd, "GTD"}, {TimeInForce::Ioc, "IOC"}}};
constexpr Names<PriceEffect, 3> effectNames{
    {{PriceEffect::None, "None"}, {PriceEffect::Debit, "Debit"}, {PriceEffect::Credit, "Credit"}}};

template<class T, std::size_t N>
std::string_view nameOf(const Names<T, N>& names, T value)
{
    for (const auto& [known, name] : names) {
        if (known == value)
            return name;
    }
    return {};
}

template<class T, std::size_t N>
base::Result<T> valueOf(const Names<T, N>& names, std::string_view field, std::string_view text)
{
    std::string allowed;
    for (const auto& [known, name] : names) {
        if (name == text)
            return known;
        allowed += (allowed.empty() ? "" : ", ") + std::string(name);
    }
    return base::badInput(field, text.substr(0, 40), "one of " + allowed);
}

} // namespace

std::string_view toWire(Action action)
{
    return nameOf(actionNames, action);
}
std::string_view toWire(OrderType type)
{
    return nameOf(typeNames, type);
}
std::string_view toWire(TimeInForce timeInForce)
{
    return nameOf(timeInForceNames, timeInForce);
}
std::string_view toWire(PriceEffect effect)
{
    return nameOf(effectNames, effect);
}

base::Result<Action> actionFromWire(std::string_view text)
{
    return valueOf(actionNames, "action", text);
}
base::Result<OrderType> orderTypeFromWire(std::string_view text)
{
    return valueOf(typeNames, "order-type", text);
}
base::Result<TimeInForce> timeInForceFromWire(std::string_view text)
{
    return valueOf(timeInForceNames, "time-in-force", text);
}
base::Result<PriceEffect> priceEffectFromWire(std::string_view text)
{
    return valueOf(effectNames, "price-effect", text);
}

PriceEffect valueEffectOf(const OrderIntent& intent)
{
    if (intent.type != OrderType::NotionalMarket || intent.legs.empty())
        return PriceEffect::None;
    return isBuy(intent.legs.front().action) ? PriceEffect::Debit : PriceEffect::Credit;
}

base::Quantity sharesFor(base::Decimal value, base::Decimal price)
{
    constexpr int shareDecimals = 5;
    if (price <= base::Decimal{} || value <= base::Decimal{})
        return {};
    const __int128 units = static_cast<__int128>(value.units()) * base::Quantity::unitsPerOne / price.units();
    constexpr std::int64_t most =
        1'000'000'000 * base::Quantity::unitsPerOne; // a share for a hundred-millionth is no price
    return units > most ? base::Quantity{}
                        : base::Quantity::fromUnits(static_cast<std::int64_t>(units)).flooredTo(shareDecimals);
}

OrderIntent inShares(OrderIntent intent, double price)
{
    if (intent.type != OrderType::NotionalMarket)
        return intent;
    intent.type = OrderType::Market;
    const auto exact = base::Decimal::fromDouble(price);
    for (OrderLeg& leg : intent.legs)
        leg.quantity = exact && intent.value ? sharesFor(*intent.value, *exact) : 0;
    intent.value.reset();
    return intent;
}

OrderIntent inShares(const OrderIntent& intent, const market::Quote& quote)
{
    return inShares(intent,
                    intent.legs.empty() ? market::unknown : market::touchOf(quote, isBuy(intent.legs.front().action)));
}

bool isFromPerson(const OrderIntent& intent)
{
    return intent.origin == "ticket" || intent.origin == "close";
}

base::Quantity unitCount(std::span<const OrderLeg> legs)
{
    base::Quantity units = 0;
    for (const OrderLeg& leg : legs)
        units = base::commonMeasure(units, leg.quantity);
    return units;
}

base::Quantity unitCount(const OrderIntent& intent)
{
    return unitCount(intent.legs);
}

double netPrice(const OrderIntent& intent, std::span<const double> legPrices)
{
    const base::Quantity units = unitCount(intent);
    if (units <= 0 || legPrices.size() != intent.legs.size())
        return market::unknown;
    double net = 0;
    for (std::size_t i = 0; i < legPrices.size(); ++i) {
        const OrderLeg& leg = intent.legs[i];
        const double ratio = static_cast<double>(leg.quantity / units);
        net += isBuy(leg.action) ? ratio * legPrices[i] : -ratio * legPrices[i];
    }
    return net;
}

double signedLimit(const OrderIntent& intent)
{
    if (!intent.price)
        return market::unknown;
    const double price = intent.price->toDouble();
    switch (intent.effect) {
    case PriceEffect::Debit:
        return price;
    case PriceEffect::Credit:
        return -price;
    case PriceEffect::None:
        break;
    }
    return price == 0 ? 0 : market::unknown;
}

} // namespace vegadesk::portfolio
