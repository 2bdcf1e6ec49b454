#include "venue/replayed_market.h"

#include "history/importers.h"
#include "history/store/stored_chains.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "portfolio/fees.h"
#include "pricing/black_scholes.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace vegadesk::venue
{

namespace
{

using base::Date;
using base::Instant;
using market::Instrument;
using market::Quote;

class ReplayedMarket final : public MarketModel
{
public:
    ReplayedMarket(std::unique_ptr<history::ChainSource> source, const std::vector<market::OptionChain>& chains)
        : m_source(std::move(source))
    {
        Instrument underlying;
        underlying.symbol = underlying.streamerSymbol = underlying.underlying = chains.front().underlying;
        underlying.description = "Recorded " + underlying.symbol;
        underlying.type =
            portfolio::isBroadIndex(underlying.symbol) ? market::InstrumentType::Index : market::InstrumentType::Equity;
        m_underlyings.push_back(std::move(underlying));
        for (const market::OptionChain& chain : chains)
            m_times.push_back(chain.at);
        m_spots.resize(chains.size());
        for (std::size_t i = 0; i < chains.size(); ++i) {
            m_spots[i] = chains[i].spot();
            record(chains[i], i);
        }
    }

    std::string description() const override { return m_source->description(); }
    bool isSimulated() const override { return false; }
    Instant suggestedStart(Instant) const override { return m_times.front(); }
    const std::vector<Instrument>& underlyings() const override { return m_underlyings; }

    Quote quote(const Instrument& instrument, Instant at) override
    {
        const Step step = stepAt(at);
        if (!instrument.isOption())
            return underlyingQuote(step, at);
        const auto found = m_recorded.find(instrument.symbol);
        if (found == m_recorded.end())
            return {};
        const std::vector<Quote>& quotes = found->second;
        const Quote& before = quotes[step.index];
        const Quote& after = quotes[step.next];
        Quote result = before;
        result.time = at;
        result.bid = walk(instrument, before.bid, after.bid, step.weight, false);
        result.ask = walk(instrument, before.ask, after.ask, step.weight, true);
        return result;
    }

    market::MarketData data(const Instrument& instrument, Instant at) override
    {
        market::MarketData data;
        data.quote = quote(instrument, at);
        if (!instrument.isOption()) {
            data.trade.price = data.quote.mid();
            data.trade.time = at;
            data.summary.dayOpen = m_spots.front();
            return data;
        }
        data.greeks = greeks(instrument, data.quote, at);
        return data;
    }

    /// Recordings of single instants hold no bars.
    std::vector<market::Candle> candles(const Instrument&, std::chrono::seconds, Instant, Instant) override
    {
        return {};
    }

    std::optional<double> settlementPrice(const std::string& underlying, Date expiry,
                                          market::Settlement settlement) override
    {
        if (const auto known = m_source->settlementPrice(expiry, settlement))
            return known;
        const bool isLastDay = expiry == market::newYorkDate(m_times.back());
        if (underlying != m_underlyings.front().symbol || !isLastDay || settlement == market::Settlement::AM)
            return std::nullopt;
        return m_spots.back();
    }

protected:
    market::ChainDefinition makeDefinition(const std::string&, Date date) override
    {
        market::ChainDefinition definition;
        definition.underlying = m_underlyings.front();
        for (const Instrument& option : m_options) {
            if (option.option->expiry >= date)
                definition.options.push_back(option);
        }
        return definition;
    }
    std::string underlyingOfRoot(const std::string& root) const override
    {
        return root == m_underlyings.front().symbol ? root : std::string();
    }

private:
    struct Step {
        std::size_t index = 0, next = 0;
        double weight = 0; ///< of `next`, in [0, 1)
    };

    void record(const market::OptionChain& chain, std::size_t index)
    {
        for (const market::Expiration& expiration : chain.expirations) {
            for (const market::Right right : {market::Right::Call, market::Right::Put}) {
                const market::OptionColumns& side = expiration.side(right);
                for (std::size_t row = 0; row < side.size(); ++row) {
                    if (side.symbols[row].empty())
                        continue;
                    auto [entry, isNew] = m_recorded.try_emplace(side.symbols[row]);
                    if (isNew) {
                        entry->second.resize(m_times.size());
                        m_options.push_back(optionOf(expiration, right, row));
                    }
                    entry->second[index] = side.quoteAt(row);
                }
            }
        }
    }

    Instrument optionOf(const market::Expiration& expiration, market::Right right, std::size_t row) const
    {
        Instrument option;
        option.symbol = expiration.side(right).symbols[row];
        option.option = market::parseOccSymbol(option.symbol).value();
        option.streamerSymbol = market::toStreamerSymbol(*option.option).value();
        option.type = market::InstrumentType::EquityOption;
        option.underlying = m_underlyings.front().symbol;
        option.multiplier = expiration.multiplier;
        option.ticks = expiration.ticks;
        option.style = expiration.style;
        option.settlement = expiration.settlement;
        option.expirationType = expiration.type;
        option.expiresAt = expiration.expiresAt;
        return option;
    }

    Step stepAt(Instant at) const
    {
        const auto after = std::ranges::upper_bound(m_times, at);
        if (after == m_times.begin())
            return {};
        const auto index = static_cast<std::size_t>(after - m_times.begin()) - 1;
        if (after == m_times.end())
            return {index, index, 0};
        const double span = base::seconds(m_times[index + 1] - m_times[index]);
        return {index, index + 1, base::seconds(at - m_times[index]) / span};
    }

    static double walk(const Instrument& option, double before, double after, double weight, bool isAsk)
    {
        if (!std::isfinite(before) || !std::isfinite(after) || weight == 0)
            return before;
        const auto exact = base::Decimal::fromDouble(before + weight * (after - before));
        if (!exact)
            return before;
        const base::Decimal tick = market::tickAt(option.ticks, *exact);
        return (isAsk ? exact->ceiledTo(tick) : exact->flooredTo(tick)).toDouble();
    }

    double spotAt(const Step& step) const
    {
        return m_spots[step.index] + step.weight * (m_spots[step.next] - m_spots[step.index]);
    }

    /// Parity gives one number, not two: a cent to either side makes it tradable.
    Quote underlyingQuote(const Step& step, Instant at) const
    {
        Quote quote;
        quote.time = at;
        const double spot = spotAt(step);
        if (!std::isfinite(spot))
            return quote;
        quote.bid = std::floor(spot * 100 - 1) / 100;
        quote.ask = std::ceil(spot * 100 + 1) / 100;
        return quote;
    }

    /// What a feed's vendor would compute from the mid, without rates or dividends.
    market::FeedGreeks greeks(const Instrument& instrument, const Quote& quote, Instant at) const
    {
        market::FeedGreeks result;
        const pricing::MarketPoint point{spotAt(stepAt(at)), 0, 0};
        const double strike = instrument.option->strike.toDouble();
        const double years = market::yearsUntil(at, instrument.expiresAt);
        const double mid = quote.mid();
        if (!std::isfinite(mid) || !std::isfinite(point.spot) || years <= 0)
            return result;
        const double volatility = pricing::impliedVolatility(instrument.option->right, point, strike, years, mid);
        if (!std::isfinite(volatility))
            return result;
        const pricing::Greeks greeks =
            pricing::blackScholes(instrument.option->right, point, strike, years, volatility);
        return {mid, volatility, greeks.delta, greeks.gamma, greeks.theta / 365, greeks.rho / 100, greeks.vega / 100,
                at};
    }

    std::unique_ptr<history::ChainSource> m_source;
    std::vector<Instrument> m_underlyings;
    std::vector<Instant> m_times;
    std::vector<double> m_spots;
    std::vector<Instrument> m_options;
    std::unordered_map<std::string, std::vector<Quote>> m_recorded; // one a recorded instant
};

} // namespace

base::Result<std::unique_ptr<MarketModel>> makeReplayedMarket(const std::string& folder, const std::string& underlying)
{
    auto source = history::openRecordedChains(folder, underlying);
    if (!source)
        return tl::make_unexpected(source.error());
    const auto chains = history::allChains(**source);
    if (!chains)
        return tl::make_unexpected(chains.error());
    return std::make_unique<ReplayedMarket>(std::move(*source), *chains);
}

} // namespace vegadesk::venue
