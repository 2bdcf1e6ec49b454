#include "tastytrade/market_data.h"

#include "market/symbols.h"

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

} // namespace vegadesk::tastytrade
