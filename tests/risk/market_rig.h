#pragma once

#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/black_scholes.h"
#include "risk/gate/gate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace vegadesk::testing
{

inline base::Decimal decimal(std::string_view text)
{
    return base::Decimal::parse(text).value();
}

/// A small market priced by Black-Scholes at one volatility, and an account in it.
struct MarketRig {
    base::Instant now = market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(10));
    std::map<std::string, double> spots{{"SPY", 600.0}, {"QQQ", 500.0}, {"SPX", 6000.0}};
    double volatility = 0.20;
    double rate = 0.04;
    double halfSpread = 0.02;
    std::set<std::string> withoutVolatility; ///< symbols
    std::set<std::string> withStaleQuote;
    std::map<std::string, std::pair<double, double>> quotes; ///< bid and ask of a symbol, in place of its own
    std::set<std::string> withStaleSpot, withOldFigures;     ///< underlyings
    int multiplier = 100;                                    ///< of options
    bool isOpen = true;
    bool isFeedAlive = true;
    base::Sentence sendRefusal;

    double netLiquidation = 100'000;
    double netLiquidationAtSessionStart = 100'000;
    double buyingPower = 1e9; ///< out of the way unless a test is about it
    std::vector<portfolio::Position> positions;
    std::vector<portfolio::OrderIntent> working;
    risk::TradingState tradingState = risk::TradingState::Active;

    static std::string symbolOf(std::string_view underlying, base::Date expiry, market::Right right, double strike)
    {
        const std::string root = underlying == "SPX" ? "SPXW" : std::string(underlying);
        return market::toOccSymbol({root, expiry, right, base::Decimal::fromDouble(strike).value()}).value();
    }

    std::optional<risk::InstrumentState> instrument(const std::string& symbol) const
    {
        risk::InstrumentState state;
        state.symbol = symbol;
        state.isOpen = isOpen;
        double price = market::unknown;
        if (const auto share = spots.find(symbol); share != spots.end()) {
            state.underlying = symbol;
            state.type = symbol == "SPX" ? market::InstrumentType::Index : market::InstrumentType::Equity;
            state.multiplier = 1;
            state.spot = share->second;
            state.delta = 1;
            price = share->second;
        } else {
            const auto terms = market::parseOccSymbol(symbol);
            if (!terms)
                return std::nullopt;
            state.option = *terms;
            state.multiplier = multiplier;
            state.underlying = terms->root == "SPXW" ? "SPX" : terms->root;
            const auto spot = spots.find(state.underlying);
            if (spot == spots.end())
                return std::nullopt;
            state.spot = spot->second;
            state.rate = rate;
            state.years = market::yearsUntil(now, market::expiryInstant(terms->expiry, market::Settlement::PM));
            const pricing::Greeks greeks = pricing::blackScholes(terms->right, {state.spot, rate, 0},
                                                                 terms->strike.toDouble(), state.years, volatility);
            price = greeks.price;
            if (!withoutVolatility.contains(symbol)) {
                state.volatility = volatility;
                state.delta = greeks.delta;
            }
        }
        const double cents = std::round(price * 100) / 100;
        state.quote = {std::max(0.0, cents - halfSpread), cents + halfSpread, 100, 100, now};
        if (const auto own = quotes.find(symbol); own != quotes.end())
            std::tie(state.quote.bid, state.quote.ask) = own->second;
        state.flags = market::classify(state.quote, now, base::Nanos{0});
        state.isSpotStale = withStaleSpot.contains(state.underlying);
        state.isOld = state.option && withOldFigures.contains(state.underlying);
        if (withStaleQuote.contains(symbol))
            state.flags.set(market::QuoteFlag::Stale);
        return state;
    }

    risk::GateState state() const
    {
        risk::GateState gate;
        gate.now = now;
        gate.netLiquidation = netLiquidation;
        gate.netLiquidationAtSessionStart = netLiquidationAtSessionStart;
        gate.buyingPower = buyingPower;
        gate.positions = positions;
        gate.workingOrders = working;
        gate.tradingState = tradingState;
        gate.isFeedAlive = isFeedAlive;
        gate.sendRefusal = sendRefusal;
        gate.instrument = [this](const std::string& symbol) { return instrument(symbol); };
        return gate;
    }

    void hold(const std::string& symbol, base::Quantity quantity)
    {
        const risk::InstrumentState known = instrument(symbol).value();
        for (portfolio::Position& position : positions) {
            if (position.symbol == symbol) {
                position.quantity += quantity;
                std::erase_if(positions, [](const portfolio::Position& held) { return held.quantity == 0; });
                return;
            }
        }
        portfolio::Position position;
        position.symbol = symbol;
        position.underlying = known.underlying;
        position.type = known.type;
        position.quantity = quantity;
        position.multiplier = known.multiplier;
        position.averageOpenPrice = base::Decimal::fromDouble(known.quote.mid()).value().roundedTo(decimal("0.01"));
        positions.push_back(position);
    }

    /// Net price at which every leg crosses, to the cent, and its effect.
    void priceAtNatural(portfolio::OrderIntent& intent) const
    {
        std::vector<double> prices;
        for (const portfolio::OrderLeg& leg : intent.legs) {
            const market::Quote quote = instrument(leg.symbol).value().quote;
            prices.push_back(portfolio::isBuy(leg.action) ? quote.ask : quote.bid);
        }
        const double net = portfolio::netPrice(intent, prices);
        intent.price = base::Decimal::fromDouble(std::abs(net)).value().roundedTo(decimal("0.01"));
        intent.effect = net > 0 ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    }

    portfolio::OrderIntent order(const std::string& underlying, std::vector<portfolio::OrderLeg> legs) const
    {
        portfolio::OrderIntent intent;
        intent.underlying = underlying;
        intent.legs = std::move(legs);
        priceAtNatural(intent);
        return intent;
    }
    static portfolio::OrderLeg leg(const std::string& symbol, portfolio::Action action, std::int64_t quantity = 1)
    {
        const bool isOption = symbol.size() > 6;
        return {.symbol = symbol,
                .type = isOption ? market::InstrumentType::EquityOption : market::InstrumentType::Equity,
                .action = action,
                .quantity = quantity};
    }
};

} // namespace vegadesk::testing
