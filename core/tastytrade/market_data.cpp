#include "tastytrade/market_data.h"

#include "base/log.h"
#include "market/symbols.h"

#include <optional>
#include <utility>

namespace vegadesk::tastytrade
{

namespace
{

/// What the feed calls it: as the Book knows it, else by the rule for options.
std::string streamerSymbol(const market::Book& book, const std::string& symbol)
{
    if (const auto index = book.find(symbol))
        return book.instrument(*index).streamerSymbol;
    if (const auto terms = market::parseOccSymbol(symbol)) {
        if (const auto text = market::toStreamerSymbol(*terms))
            return *text;
    }
    return symbol;
}

market::UnderlyingMetrics toMetrics(const wire::MarketMetrics& metrics)
{
    const auto figure = [](const std::optional<base::Decimal>& value) {
        return value ? value->toDouble() : market::unknown;
    };
    std::vector<base::Date> exDates; // the broker's "next" one has been seen to lie before the other
    for (const std::optional<base::Date>& date : {metrics.dividendExDate, metrics.dividendNextDate}) {
        if (date)
            exDates.push_back(*date);
    }
    return {.symbol = metrics.symbol,
            .impliedVolatilityRank = figure(metrics.rank),
            .beta = figure(metrics.beta),
            .dividend = figure(metrics.dividend),
            .exDates = std::move(exDates),
            .earnings = metrics.earnings ? metrics.earnings->expectedDate : std::nullopt};
}

} // namespace

void DxLinkFeed::setWanted(std::vector<market::Wanted> wanted)
{
    m_post([wanted = std::move(wanted)](NetworkSide& side) { side.feed().setWanted(wanted); });
}

template<class T>
TastytradeReferenceData::Done<T> TastytradeReferenceData::onOwner(Done<T> done) const
{
    return [owner = m_owner, done = std::move(done)](base::Result<T> result) {
        auto held = std::make_shared<base::Result<T>>(std::move(result)); // a chain is large; it is moved, not copied
        owner([done, held] { done(std::move(*held)); });
    };
}

void TastytradeReferenceData::instrument(const std::string& symbol, Done<market::Instrument> done)
{
    m_post([symbol, answer = onOwner(std::move(done))](NetworkSide& side) {
        side.rest().equity(symbol, [answer](base::Result<wire::Equity> equity) {
            if (!equity)
                return answer(tl::make_unexpected(equity.error()));
            answer(wire::toInstrument(*equity));
        });
    });
}

void TastytradeReferenceData::metrics(const std::vector<std::string>& symbols,
                                      Done<std::vector<market::UnderlyingMetrics>> done)
{
    m_post([symbols, answer = onOwner(std::move(done))](NetworkSide& side) {
        side.rest().market().metrics(symbols, [answer](base::Result<std::vector<wire::MarketMetrics>> metrics) {
            if (!metrics)
                return answer(tl::make_unexpected(metrics.error()));
            std::vector<market::UnderlyingMetrics> out;
            for (const wire::MarketMetrics& each : *metrics)
                out.push_back(toMetrics(each));
            answer(std::move(out));
        });
    });
}

void TastytradeReferenceData::optionChain(const std::string& underlying, Done<market::ChainDefinition> done)
{
    m_post([underlying, answer = onOwner(std::move(done))](NetworkSide& side) {
        side.rest().equity(underlying, [&side, underlying, answer](base::Result<wire::Equity> equity) {
            if (!equity)
                return answer(tl::make_unexpected(equity.error()));
            side.rest().nestedChain(
                underlying, [answer, equity = *equity](base::Result<std::vector<wire::NestedChain>> chains) {
                    answer(chains ? wire::toDefinition(equity, *chains) : tl::make_unexpected(chains.error()));
                });
        });
    });
}

void TastytradeReferenceData::candles(const std::string& symbol, const std::string& period, base::Instant from,
                                      Done<std::vector<market::Candle>> done)
{
    m_post([symbol, period, from, answer = onOwner(std::move(done))](NetworkSide& side) {
        side.feed().candles(streamerSymbol(side.book(), symbol), period, from, answer);
    });
}

std::shared_ptr<void> TastytradeReferenceData::followCandles(const std::string& symbol, const std::string& period,
                                                             base::Instant from,
                                                             std::function<void(market::CandleUpdate)> changed)
{
    /// Known and used on the network thread.
    struct Followed {
        std::optional<CandleRequests::Id> id;
    };
    const auto followed = std::make_shared<Followed>();
    const std::shared_ptr<void> handle(followed.get(), [post = m_post, followed](void*) {
        post([followed](NetworkSide& side) {
            if (followed->id)
                side.feed().unfollowCandles(*followed->id);
        });
    });
    // What is under way when the handle goes is told to nobody.
    auto tell = [owner = m_owner, alive = std::weak_ptr(handle),
                 changed = std::move(changed)](market::CandleUpdate update) {
        owner([alive, changed, update = std::move(update)] {
            if (!alive.expired())
                changed(update);
        });
    };
    m_post([followed, symbol, period, from, tell = std::move(tell)](NetworkSide& side) {
        const auto id = side.feed().followCandles(streamerSymbol(side.book(), symbol), period, from, tell);
        if (id)
            followed->id = *id;
        else
            base::log::warning("candles: {}", id.error().message());
    });
    return handle;
}

} // namespace vegadesk::tastytrade
