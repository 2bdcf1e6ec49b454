#pragma once

#include "market/calendar.h"
#include "market/option_chain.h"
#include "market/symbols.h"
#include "pricing/black_scholes.h"
#include "pricing/chain_analytics.h"

#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace vegadesk::tests
{

/// A market in which every option is quoted around Black-Scholes at one volatility: what it should give, can be computed.
struct TestMarket {
    std::string underlying = "SPY";
    base::Date today = base::makeDate(2023, 3, 1);
    std::chrono::seconds timeOfDay = std::chrono::minutes(15 * 60 + 45);
    double spot = 500;
    double volatility = 0.2;
    std::function<double(double strike, double years)> smile; ///< in its place, where it is set
    double rate = 0;
    double halfSpread = 0.05; ///< dollars, each side of the fair value, options
    double size = 100;        ///< shown on each side, contracts
    double firstStrike = 400, lastStrike = 600, strikeStep = 5;
    market::Settlement settlement = market::Settlement::PM;
    std::vector<base::Date> expiries{base::makeDate(2023, 3, 31), base::makeDate(2023, 4, 14),
                                     base::makeDate(2023, 6, 16)};

    base::Instant now() const { return market::fromNewYork(today, timeOfDay); }

    market::OptionChain chain() const
    {
        market::OptionChain out;
        out.underlying = underlying;
        out.at = now();
        out.underlyingQuote = {spot - 0.01, spot + 0.01, 10'000, 10'000, now()};
        out.underlyingLast = spot;
        for (const base::Date expiry : expiries) {
            const base::Instant expiresAt = market::expiryInstant(expiry, settlement);
            if (expiresAt > now())
                out.expirations.push_back(expiration(expiry, expiresAt));
        }
        return out;
    }

    pricing::ChainAnalytics analyse(const market::OptionChain& chain) const
    {
        return pricing::analyse(chain, now(), {rate, 0});
    }

private:
    market::Expiration expiration(base::Date expiry, base::Instant expiresAt) const
    {
        market::Expiration out;
        out.root = underlying;
        out.date = expiry;
        out.expiresAt = expiresAt;
        out.settlement = settlement;
        out.ticks = {{std::nullopt, base::Decimal::parse("0.01").value()}};
        for (double strike = firstStrike; strike <= lastStrike; strike += strikeStep)
            out.strikes.push_back(strike);
        for (const market::Right right : {market::Right::Call, market::Right::Put})
            fill(out, right);
        return out;
    }

    void fill(market::Expiration& out, market::Right right) const
    {
        market::OptionColumns& side = out.side(right);
        side.resize(out.strikes.size());
        for (std::size_t row = 0; row < side.size(); ++row) {
            const double strike = out.strikes[row];
            const double years = market::yearsUntil(now(), out.expiresAt);
            const double fair = pricing::blackScholesPrice(right, {spot, rate, 0}, strike, years,
                                                           smile ? smile(strike, years) : volatility);
            side.symbols[row] =
                market::toOccSymbol({out.root, out.date, right, base::Decimal::fromDouble(strike).value()}).value();
            side.bid[row] = std::max(0.0, std::floor(100 * (fair - halfSpread)) / 100);
            side.ask[row] = std::ceil(100 * (fair + halfSpread)) / 100;
            side.bidSize[row] = side.bid[row] > 0 ? size : 0;
            side.askSize[row] = size;
            side.time[row] = now();
            side.flags[row] = market::classify(side.quoteAt(row), now(), base::Nanos{0});
        }
    }
};

} // namespace vegadesk::tests
