#include "trading/markets.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "strategies/implied_level.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace vegadesk::trading
{

void setPricing(portfolio::MarkedPosition& position, const risk::InstrumentState& instrument)
{
    position.style = instrument.style;
    position.rate = instrument.rate;
    position.dividendYield = instrument.dividendYield;
    position.years = instrument.years;
    position.volatility = instrument.volatility;
}

void Markets::add(const market::Instrument& underlying)
{
    m_markets.try_emplace(underlying.symbol).first->second.instrument = underlying;
}

void Markets::update(std::shared_ptr<const market::OptionChain> chain,
                     std::shared_ptr<const pricing::ChainAnalytics> analytics)
{
    UnderlyingMarket& market = known(chain->underlying);
    const base::Date date = market::newYorkDate(chain->at);
    if (date > market.lastDate && market.lastDate != base::Date{}) // that day is over: what it ended with is history
        market.dailyVolatilities.push_back(std::exchange(market.lastVolatility, market::unknown));
    market.lastDate = std::max(date, market.lastDate);
    if (const double now = strategies::constantMaturityVolatility(*analytics); std::isfinite(now))
        market.lastVolatility = now;
    market.chain = std::move(chain);
    market.analytics = std::move(analytics);
    ++market.version;
}

void Markets::setDailyCloses(std::string_view underlying, std::vector<double> closes)
{
    known(underlying).dailyCloses = std::move(closes);
}

void Markets::setDailyVolatilities(std::string_view underlying, std::vector<double> volatilities)
{
    known(underlying).dailyVolatilities = std::move(volatilities);
}

void Markets::setSignals(std::string_view underlying, strategies::Signals signals, strategies::SignalGaps gaps)
{
    UnderlyingMarket& market = known(underlying);
    market.signals = std::move(signals);
    market.signalGaps = std::move(gaps);
    ++market.version; // a strategy that waits for one looks again
}

void Markets::setConstituents(std::string_view underlying, std::vector<Constituent> constituents)
{
    std::ranges::stable_sort(constituents, std::greater{}, &Constituent::weight);
    known(underlying).constituents = std::move(constituents);
}

UnderlyingMarket& Markets::known(std::string_view underlying)
{
    const auto known = m_markets.find(underlying);
    if (known == m_markets.end())
        throw std::out_of_range("market of an underlying that was not added: " + std::string(underlying));
    return known->second;
}

const UnderlyingMarket* Markets::find(std::string_view underlying) const
{
    const auto known = m_markets.find(underlying);
    return known == m_markets.end() ? nullptr : &known->second;
}

std::optional<Markets::Place> Markets::place(std::string_view symbol) const
{
    if (const UnderlyingMarket* const own = find(symbol); own && own->chain)
        return Place{own, std::nullopt};
    for (const auto& [underlying, market] : m_markets) {
        if (!market.chain)
            continue;
        if (const auto option = market::find(*market.chain, symbol))
            return Place{&market, option};
    }
    return std::nullopt;
}

double Markets::mid(std::string_view symbol) const
{
    const auto found = place(symbol);
    if (!found)
        return market::unknown;
    if (!found->option)
        return found->market->chain->isSpotStale ? market::unknown : found->market->chain->spot();
    const market::OptionColumns& side =
        found->market->chain->expirations[found->option->expiration].side(found->option->right);
    const std::size_t row = found->option->row;
    return market::markOf(side.quoteAt(row), side.flags[row]);
}

std::optional<risk::InstrumentState> Markets::instrument(std::string_view symbol, bool isOpen) const
{
    const auto found = place(symbol);
    if (!found)
        return std::nullopt;
    const UnderlyingMarket& market = *found->market;
    risk::InstrumentState state;
    state.symbol = symbol;
    state.underlying = market.instrument.symbol;
    state.spot = market.chain->spot();
    state.isSpotStale = market.chain->isSpotStale;
    state.isOpen = isOpen;
    if (!found->option) {
        state.type = market.instrument.type;
        state.multiplier = market.instrument.multiplier;
        state.ticks = market.instrument.ticks;
        state.quote = market.chain->underlyingQuote;
        state.flags = market.chain->underlyingFlags;
        state.delta = 1;
        return state;
    }

    const auto [index, row, right] = *found->option;
    const market::Expiration& expiration = market.chain->expirations[index];
    const market::OptionColumns& side = expiration.side(right);
    const auto strike = base::Decimal::fromDouble(expiration.strikes[row]);
    if (!strike)
        return std::nullopt;
    state.type = market::InstrumentType::EquityOption;
    state.multiplier = expiration.multiplier;
    state.option = market::OptionTerms{expiration.root, expiration.date, right, *strike};
    state.ticks = expiration.ticks;
    state.settlement = expiration.settlement;
    state.quote = side.quoteAt(row);
    state.flags = side.flags[row];
    if (market.analytics) {
        const pricing::ExpirationAnalytics& figures = market.analytics->expirations[index];
        state.spot = market.analytics->spot;
        state.isSpotStale = state.isSpotStale && !market.analytics->isSpotImplied; // implied by what is tradable now
        state.isOld = figures.isOld;
        state.at = figures.at;
        state.years = figures.years;
        state.volatility = figures.volatility[row];
        state.style = figures.style;
        state.delta = figures.side(right).delta[row];
        state.rate = figures.market.rate;
        state.dividendYield = figures.market.dividendYield;
    }
    return state;
}

int Markets::multiplier(std::string_view symbol, market::InstrumentType type) const
{
    if (type != market::InstrumentType::EquityOption)
        return 1;
    const auto found = place(symbol);
    return found && found->option ? found->market->chain->expirations[found->option->expiration].multiplier : 100;
}

} // namespace vegadesk::trading
