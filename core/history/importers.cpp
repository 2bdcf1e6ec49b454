#include "history/importers.h"

#include "history/recorded_quotes.h"
#include "market/broad_index.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/forward.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Instant;
using market::Right;

bool fits(double price, double tick)
{
    const double ticks = price / tick;
    return !std::isfinite(price) || std::abs(ticks - std::round(ticks)) < 1e-6;
}

/// The coarsest ladder of the exchanges' usual ones that all prices stand on.
market::TickTable inferTicks(const Recorded& recorded)
{
    struct Ladder {
        int lowCents, highCents;
    };
    constexpr double threshold = 3;
    constexpr std::array<Ladder, 2> ladders{{{5, 10}, {1, 5}}};
    const auto table = [](Ladder ladder) {
        return market::TickTable{{base::Decimal::fromInteger(3), base::Decimal::cent() * ladder.lowCents},
                                 {std::nullopt, base::Decimal::cent() * ladder.highCents}};
    };
    for (const Ladder ladder : ladders) {
        const auto stands = [&](double price) {
            return fits(price, (price < threshold ? ladder.lowCents : ladder.highCents) * 0.01);
        };
        const auto allStand = [&](const SideQuote& side) { return stands(side.bid) && stands(side.ask); };
        bool isIt = true;
        for (const auto& [at, chain] : recorded.chains) {
            for (const auto& [expiry, strikes] : chain.expiries) {
                isIt = isIt && std::ranges::all_of(strikes, [&](const auto& entry) {
                           return allStand(entry.second.call) && allStand(entry.second.put);
                       });
            }
        }
        if (isIt)
            return table(ladder);
    }
    return table({1, 1});
}

/// Also the Saturday that standard options carried until 2015.
market::ExpirationType typeOf(Date expiry)
{
    const std::chrono::year_month_day ymd(expiry);
    const Date monthly = market::monthlyExpiry(static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()));
    const bool isMonthly = expiry == monthly || expiry == monthly + std::chrono::days(1);
    return isMonthly ? market::ExpirationType::Regular : market::ExpirationType::Weekly;
}

void fillSide(const std::string& name, Date expiry, Right right, const Strikes& strikes, Instant at,
              market::OptionColumns& side)
{
    side.resize(strikes.size());
    std::size_t row = 0;
    for (const auto& [strike, quotes] : strikes) {
        const SideQuote& quote = right == Right::Call ? quotes.call : quotes.put;
        if (quote.isListed) {
            side.symbols[row] =
                market::toOccSymbol({name, expiry, right, base::Decimal::fromDouble(strike).value()}).value();
            side.bid[row] = quote.bid;
            side.ask[row] = quote.ask;
            side.bidSize[row] = quote.bidSize;
            side.askSize[row] = quote.askSize;
            side.time[row] = at;
        }
        side.flags[row] = market::classify(side.quoteAt(row), at, base::Nanos(0));
        ++row;
    }
}

market::OptionChain makeChain(const std::string& name, Instant at, const RecordedChain& recorded,
                              const market::TickTable& ticks, double close)
{
    market::OptionChain chain;
    chain.underlying = name;
    chain.at = at;
    const market::BroadIndex* const index = market::broadIndex(name);
    for (const auto& [expiry, strikes] : recorded.expiries) {
        market::Expiration expiration;
        expiration.root = name;
        expiration.date = expiry;
        // Recorded sets do not tell an index's roots apart, nor do they hold its opening price.
        expiration.settlement = market::Settlement::PM;
        expiration.expiresAt = market::expiryInstant(expiry, expiration.settlement);
        expiration.type = typeOf(expiry);
        expiration.style = index ? index->style : market::ExerciseStyle::American;
        expiration.multiplier = index ? index->multiplier : expiration.multiplier;
        expiration.ticks = ticks;
        for (const auto& [strike, quotes] : strikes)
            expiration.strikes.push_back(strike);
        fillSide(name, expiry, Right::Call, strikes, at, expiration.calls);
        fillSide(name, expiry, Right::Put, strikes, at, expiration.puts);
        chain.expirations.push_back(std::move(expiration));
    }
    double spot = std::isfinite(recorded.spot) ? recorded.spot : close;
    if (!std::isfinite(spot))
        spot = pricing::impliedSpot(chain, at, {});
    chain.underlyingLast = spot;
    chain.underlyingQuote.bid = chain.underlyingQuote.ask = spot;
    chain.underlyingQuote.time = at;
    chain.underlyingFlags = market::classify(chain.underlyingQuote, at, base::Nanos{0});
    return chain;
}

std::string listOf(const RecordedByName& names)
{
    std::string list;
    for (const auto& [name, recorded] : names) {
        if (!recorded.chains.empty())
            list += (list.empty() ? "" : ", ") + name;
    }
    return list;
}

} // namespace

RecordedChainSource::RecordedChainSource(std::string description, std::vector<market::OptionChain> chains,
                                         std::vector<DailyClose> closes)
    : m_description(std::move(description)), m_chains(std::move(chains)), m_closes(std::move(closes))
{
}

base::Result<bool> RecordedChainSource::next(market::OptionChain& chain)
{
    if (m_next == m_chains.size())
        return false;
    chain = m_chains[m_next++];
    return true;
}

std::vector<DailyClose> RecordedChainSource::closes(Date from, Date to)
{
    std::vector<DailyClose> within;
    std::ranges::copy_if(m_closes, std::back_inserter(within),
                         [&](const DailyClose& close) { return close.date >= from && close.date <= to; });
    return within;
}

std::optional<double> RecordedChainSource::settlementPrice(Date expiry, market::Settlement settlement)
{
    if (settlement == market::Settlement::AM)
        return std::nullopt;
    const auto found = std::ranges::find(m_closes, expiry, &DailyClose::date);
    return found == m_closes.end() ? std::nullopt : std::optional(found->close);
}

base::Result<std::unique_ptr<RecordedChainSource>> openRecordedChains(const std::string& path,
                                                                      std::string_view underlying)
{
    const auto names = readRecorded(path);
    if (!names)
        return tl::make_unexpected(names.error());
    const std::string found = listOf(*names);
    if (underlying.empty() && found.find(',') != std::string::npos)
        return base::badInput("underlying", underlying, "one of " + found);
    const auto chosen = names->find(underlying.empty() ? std::string_view(found) : underlying);
    if (chosen == names->end() || chosen->second.chains.empty())
        return base::badInput("underlying", underlying, "one of " + found);

    const Recorded& recorded = chosen->second;
    const market::TickTable ticks = inferTicks(recorded);
    std::vector<market::OptionChain> chains;
    for (const auto& [at, chain] : recorded.chains) {
        // A close is the underlying's price at the day's last quotes, and at no other time.
        const Date date = market::newYorkDate(at);
        const auto close = recorded.closes.find(date);
        const bool isAtClose = close != recorded.closes.end() && at == closeOf(date);
        chains.push_back(makeChain(chosen->first, at, chain, ticks, isAtClose ? close->second : market::unknown));
    }
    std::vector<DailyClose> closes;
    for (const auto& [date, close] : recorded.closes)
        closes.push_back({date, close});
    return std::make_unique<RecordedChainSource>("recorded quotes of " + chosen->first + " in " + path,
                                                 std::move(chains), std::move(closes));
}

} // namespace vegadesk::history
