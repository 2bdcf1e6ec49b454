#pragma once

#include "market/calendar.h"
#include "tastytrade/wire/order.h"
#include "venue/exchange.h"

#include <QByteArray>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace venue_test
{

using namespace vegadesk;
namespace wire = tastytrade::wire;
using portfolio::Action;

inline base::Decimal dollars(const char* text)
{
    return base::Decimal::parse(text).value();
}

/// JSON written with single quotes. (Qt 6.4's moc loses its way in raw strings with braces.)
inline QByteArray js(const char* text)
{
    return QByteArray(text).replace('\'', '"');
}

/// A Thursday in session.
inline base::Instant thursday(int hours = 10, int minutes = 0)
{
    return market::fromNewYork(base::makeDate(2025, 3, 13), std::chrono::minutes(60 * hours + minutes));
}

inline portfolio::OrderLeg stockLeg(const std::string& symbol, Action action, std::int64_t quantity)
{
    return {symbol, market::InstrumentType::Equity, action, quantity};
}

inline portfolio::OrderLeg optionLeg(const std::string& symbol, Action action, std::int64_t quantity)
{
    return {symbol, market::InstrumentType::EquityOption, action, quantity};
}

inline wire::OrderRequest limitOrder(std::vector<portfolio::OrderLeg> legs, const char* price,
                                     portfolio::PriceEffect effect)
{
    wire::OrderRequest request;
    request.intent.legs = std::move(legs);
    request.intent.price = dollars(price);
    request.intent.effect = effect;
    return request;
}

/// The contract of `underlying` that expires `days` or more from now and lies nearest to `moneyness` times the spot.
inline market::Instrument contract(venue::MarketModel& market, base::Instant at, const std::string& underlying,
                                   market::Right right, double moneyness, int days)
{
    const base::Date today = market::newYorkDate(at);
    const market::ChainDefinition* chain = market.definition(underlying, today);
    const double target = moneyness * market.mark(chain->underlying, at);
    base::Date expiry{};
    for (const market::Instrument& option : chain->options) {
        const bool isFar = option.option->expiry - today >= std::chrono::days(days);
        if (isFar && (expiry == base::Date{} || option.option->expiry < expiry))
            expiry = option.option->expiry;
    }
    const market::Instrument* best = nullptr;
    for (const market::Instrument& option : chain->options) {
        if (option.option->expiry != expiry || option.option->right != right ||
            option.settlement != market::Settlement::PM)
            continue;
        if (best == nullptr ||
            std::abs(option.option->strike.toDouble() - target) < std::abs(best->option->strike.toDouble() - target))
            best = &option;
    }
    return *best;
}

/// Writes down what it is told, in order.
class Recorder final : public venue::ExchangeListener
{
public:
    void onOrder(const wire::Order& order) override
    {
        events.push_back("order " + std::string(wire::toWire(order.state)));
        orders.push_back(order);
    }
    void onComplexOrder(const wire::ComplexOrder& order) override
    {
        events.push_back("complex");
        complexOrders.push_back(order);
    }
    void onPosition(const wire::AccountPosition& position) override
    {
        events.push_back("position " + position.values.symbol + " " + position.values.quantity.toString());
    }
    void onBalance(const wire::AccountBalance& balance) override
    {
        events.push_back("balance");
        balances.push_back(balance);
    }

    std::vector<std::string> events;
    std::vector<wire::Order> orders;
    std::vector<wire::ComplexOrder> complexOrders;
    std::vector<wire::AccountBalance> balances;
};

} // namespace venue_test
