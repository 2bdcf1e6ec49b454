#pragma once

#include "base/random.h"
#include "desk/risk_picture.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

/// Pictures of an account for tests of what is made of them.
namespace vegadesk::testing
{

inline constexpr auto call = "SPY   261218C00600000";
inline constexpr auto deepCall = "SPY   261218C00400000";
inline const base::Instant thursday = *base::parseInstant("2026-11-19T15:00:00Z"); // 10:00 in New York
inline constexpr double rate = 0.04;

struct Held {
    std::string symbol;
    base::Quantity quantity = 0;
    std::string group{};
};

struct Market {
    base::Instant at = thursday;
    double spot = 590, volatility = 0.16;
};

inline double markOf(const std::string& symbol, const Market& market)
{
    const auto terms = market::parseOccSymbol(symbol);
    if (!terms)
        return market.spot;
    const base::Nanos left = market::expiryInstant(terms->expiry, market::Settlement::PM) - market.at;
    return pricing::blackScholesPrice(terms->right, {market.spot, rate, 0}, terms->strike.toDouble(),
                                      base::seconds(left) / (365 * 86'400.0), market.volatility);
}

/// Of a market without spreads in which every option has the same volatility.
inline desk::RiskPicture pictureOf(const Market& market, const std::vector<Held>& held)
{
    desk::RiskPicture picture;
    picture.book.at = picture.marking.at = picture.time.now = market.at;
    picture.book.netLiquidation = 100'000;
    picture.brokerRequirement = 1234;
    picture.book.underlyings = {{.symbol = "SPY", .spot = market.spot, .rate = rate}};
    for (const Held& each : held) {
        risk::RiskPosition position;
        position.symbol = each.symbol;
        position.group = each.group;
        position.quantity = each.quantity.toDouble();
        position.style = market::ExerciseStyle::European;
        position.mark = position.bid = position.ask = markOf(each.symbol, market);
        portfolio::MarkedPosition marked;
        if (const auto terms = market::parseOccSymbol(each.symbol)) {
            position.option = marked.option = *terms;
            position.multiplier = 100;
            const base::Nanos left = market::expiryInstant(terms->expiry, market::Settlement::PM) - market.at;
            position.years = marked.years = base::seconds(left) / (365 * 86'400.0);
            position.volatility = marked.volatility = market.volatility;
            position.rate = rate;
            position.dividendYield = 0;
        }
        marked.symbol = each.symbol;
        marked.group = each.group;
        marked.underlying = "SPY";
        marked.quantity = each.quantity;
        marked.multiplier = position.multiplier;
        marked.style = position.style;
        marked.mark = position.mark;
        marked.spot = market.spot;
        marked.rate = rate;
        picture.book.positions.push_back(position);
        picture.marking.positions.push_back(marked);
    }
    return picture;
}

inline desk::PicturedTrade trade(const Held& held, double price, const char* fees = "0")
{
    desk::PicturedTrade out;
    out.trade.symbol = held.symbol;
    out.trade.group = held.group;
    out.trade.underlying = "SPY";
    out.trade.multiplier = held.symbol.size() > 6 ? 100 : 1;
    out.trade.quantity = held.quantity;
    out.trade.price = *base::Decimal::fromDouble(price);
    out.trade.fees = *base::Decimal::parse(fees);
    return out;
}

/// Quarters of a year that are quiet, and then rough: days up to the evening before Thursday.
inline std::vector<market::Candle> candles(int days)
{
    std::vector<base::Date> dates;
    for (base::Date date = market::newYorkDate(thursday) - std::chrono::days(1); std::ssize(dates) < days;
         date -= std::chrono::days(1)) {
        if (market::isTradingDay(date))
            dates.push_back(date);
    }
    std::ranges::reverse(dates);
    base::Generator chance(7);
    std::vector<market::Candle> out;
    double close = 500;
    for (std::size_t day = 0; day < dates.size(); ++day) {
        close *= std::exp((day / 60 % 3 == 2 ? 0.025 : 0.006) * chance.normal());
        market::Candle candle;
        candle.time = base::Instant(dates[day].time_since_epoch());
        candle.close = close;
        out.push_back(candle);
    }
    return out;
}

} // namespace vegadesk::testing
