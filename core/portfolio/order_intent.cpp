#include "portfolio/order_intent.h"

#include <array>
#include <numeric>
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
constexpr Names<OrderType, 4> typeNames{{{OrderType::Limit, "Limit"},
                                         {OrderType::Market, "Market"},
                                         {OrderType::Stop, "Stop"},
                                         {OrderType::StopLimit, "Stop Limit"}}};
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

bool isFromPerson(const OrderIntent& intent)
{
    return intent.origin == "ticket" || intent.origin == "close";
}

std::int64_t unitCount(std::span<const OrderLeg> legs)
{
    std::int64_t units = 0;
    for (const OrderLeg& leg : legs)
        units = std::gcd(units, leg.quantity);
    return units;
}

std::int64_t unitCount(const OrderIntent& intent)
{
    return unitCount(intent.legs);
}

double netPrice(const OrderIntent& intent, std::span<const double> legPrices)
{
    const std::int64_t units = unitCount(intent);
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
