#include "row.h"

#include "market/calendar.h"
#include "pricing/chain_analytics.h"

#include <algorithm>
#include <cmath>
#include <memory>

namespace vegadesk::cli::bench
{

namespace
{

constexpr double spot = 100;
constexpr double rate = 0.03;
constexpr double yield = 0.01;
constexpr double vol = 0.25;
constexpr int expiryCount = 10;
constexpr std::size_t strikeCount = 100;
const base::Instant now = base::fromUnixMillis(1'795'000'000'000);

/// Expiries a week apart, both sides, quoted a cent either way.
market::OptionChain wholeChain()
{
    market::OptionChain chain;
    chain.at = now;
    chain.underlyingLast = spot;
    for (int week = 1; week <= expiryCount; ++week) {
        market::Expiration expiration;
        expiration.expiresAt = now + std::chrono::hours(24 * 7) * week;
        expiration.style = market::ExerciseStyle::European;
        expiration.calls.resize(strikeCount);
        expiration.puts.resize(strikeCount);
        const double term = market::yearsUntil(now, expiration.expiresAt);
        for (std::size_t row = 0; row < strikeCount; ++row) {
            expiration.strikes.push_back(75 + 0.5 * static_cast<double>(row));
            for (const market::Right right : {market::Right::Call, market::Right::Put}) {
                market::OptionColumns& side = expiration.side(right);
                const double price =
                    pricing::blackScholesPrice(right, {spot, rate, yield}, expiration.strikes.back(), term, vol);
                side.bid[row] = std::max(0.0, price - 0.01);
                side.ask[row] = price + 0.01;
                side.flags[row] = market::classify(side.quoteAt(row), now, base::Nanos{0});
            }
        }
        chain.expirations.push_back(std::move(expiration));
    }
    return chain;
}

} // namespace

std::vector<Row> chainRows()
{
    const auto chain = std::make_shared<market::OptionChain>(wholeChain());
    const auto out = std::make_shared<pricing::ChainAnalytics>();
    Row row;
    row.kernel = "European chain of 2,000 contracts: forwards, volatilities, Greeks";
    row.ours = Timed{"ours", 1, [chain, out] { *out = pricing::analyse(*chain, now, {rate, yield}); }};
    return {row};
}

} // namespace vegadesk::cli::bench
