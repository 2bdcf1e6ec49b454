#include "market/option_chain.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace vegadesk::market
{

namespace
{

QuoteFlags noQuote()
{
    QuoteFlags flags;
    flags.set(QuoteFlag::OneSided);
    return flags;
}

void fill(OptionColumns& side, std::size_t row, const MarketData& data, QuoteFlags flags)
{
    side.bid[row] = data.quote.bid;
    side.ask[row] = data.quote.ask;
    side.bidSize[row] = data.quote.bidSize;
    side.askSize[row] = data.quote.askSize;
    side.last[row] = data.trade.price;
    side.volume[row] = data.trade.dayVolume;
    side.openInterest[row] = data.summary.openInterest;
    side.flags[row] = flags;
    side.time[row] = data.quote.time;
}

void refreshSide(OptionColumns& side, const Book& book, base::Instant now, base::Nanos staleAfter)
{
    for (std::size_t row = 0; row < side.size(); ++row) {
        if (side.instruments[row] == noInstrument && !side.symbols[row].empty())
            side.instruments[row] = book.find(side.symbols[row]).value_or(noInstrument);
        if (side.instruments[row] == noInstrument) {
            fill(side, row, {}, noQuote());
            continue;
        }
        const MarketData data = book.latest(side.instruments[row]);
        fill(side, row, data, classify(data.quote, now, staleAfter));
    }
}

void refreshUnderlying(OptionChain& chain, const Book& book, base::Nanos staleAfter)
{
    MarketData data;
    if (const auto index = book.find(chain.underlying))
        data = book.latest(*index);
    chain.underlyingQuote = data.quote;
    chain.underlyingLast = data.trade.price;
    chain.underlyingFlags = classify(data.quote, chain.at, staleAfter);
    const base::Instant from = chain.isSpotFromQuote() ? data.quote.time : data.trade.time;
    chain.isSpotStale = staleAfter > base::Nanos{0} && chain.at - from > staleAfter;
}

Expiration expirationOf(const Instrument& option)
{
    Expiration out;
    out.root = option.option->root;
    out.date = option.option->expiry;
    out.expiresAt = option.expiresAt == base::Instant{} ? expiryInstant(out.date, option.settlement) : option.expiresAt;
    out.settlement = option.settlement;
    out.type = option.expirationType;
    out.style = option.style;
    out.multiplier = option.multiplier;
    out.ticks = option.ticks;
    return out;
}

} // namespace

bool isAdjusted(const Expiration& expiration)
{
    constexpr int standard = 100;
    const bool endsInDigit = !expiration.root.empty() && expiration.root.back() >= '0' && expiration.root.back() <= '9';
    return endsInDigit || expiration.multiplier != standard;
}

void OptionColumns::resize(std::size_t count)
{
    symbols.resize(count);
    instruments.resize(count, noInstrument);
    for (auto* column : {&bid, &ask, &bidSize, &askSize, &last, &volume, &openInterest})
        column->resize(count, unknown);
    flags.resize(count, noQuote());
    time.resize(count);
}

bool OptionChain::isSpotFromQuote() const
{
    const QuoteFlags flags = classify(underlyingQuote, at, base::Nanos{0});
    return isTradable(flags) && !flags.has(QuoteFlag::ZeroBid);
}

double OptionChain::spot() const
{
    return isSpotFromQuote() ? underlyingQuote.mid() : underlyingLast;
}

std::optional<ChainPosition> find(const OptionChain& chain, std::string_view symbol)
{
    if (symbol.empty())
        return std::nullopt;
    if (const auto terms = parseOccSymbol(symbol)) {
        const auto key = std::tie(terms->expiry, terms->root);
        const auto expiration =
            std::ranges::lower_bound(chain.expirations, key, std::ranges::less{},
                                     [](const Expiration& each) { return std::tie(each.date, each.root); });
        if (expiration == chain.expirations.end() || std::tie(expiration->date, expiration->root) != key)
            return std::nullopt;
        const auto strike = std::ranges::lower_bound(expiration->strikes, terms->strike.toDouble());
        const auto row = static_cast<std::size_t>(strike - expiration->strikes.begin());
        if (strike == expiration->strikes.end() || expiration->side(terms->right).symbols[row].empty() ||
            *strike != terms->strike.toDouble())
            return std::nullopt;
        return ChainPosition{static_cast<std::size_t>(expiration - chain.expirations.begin()), row, terms->right};
    }
    for (std::size_t e = 0; e < chain.expirations.size(); ++e) { // other exchanges' symbols do not tell their place
        for (const Right right : {Right::Call, Right::Put}) {
            const auto& symbols = chain.expirations[e].side(right).symbols;
            const auto found = std::ranges::find(symbols, symbol);
            if (found != symbols.end())
                return ChainPosition{e, static_cast<std::size_t>(found - symbols.begin()), right};
        }
    }
    return std::nullopt;
}

OptionChain emptyChain(const ChainDefinition& definition)
{
    using Pair = std::pair<const Instrument*, const Instrument*>; // call, put
    std::map<std::pair<base::Date, std::string>, std::map<base::Decimal, Pair>> grouped;
    for (const Instrument& option : definition.options) {
        if (!option.isOption())
            continue;
        Pair& pair = grouped[{option.option->expiry, option.option->root}][option.option->strike];
        const Instrument*& place = option.option->right == Right::Call ? pair.first : pair.second;
        if (!place)
            place = &option;
    }

    OptionChain chain;
    chain.underlying = definition.underlying.symbol;
    chain.underlyingFlags = noQuote();
    chain.expirations.reserve(grouped.size());
    for (const auto& [key, strikes] : grouped) {
        const Pair& first = strikes.begin()->second;
        Expiration& expiration =
            chain.expirations.emplace_back(expirationOf(first.first ? *first.first : *first.second));
        expiration.calls.resize(strikes.size());
        expiration.puts.resize(strikes.size());
        expiration.strikes.reserve(strikes.size());
        std::size_t row = 0;
        for (const auto& [strike, pair] : strikes) {
            expiration.strikes.push_back(strike.toDouble());
            if (pair.first)
                expiration.calls.symbols[row] = pair.first->symbol;
            if (pair.second)
                expiration.puts.symbols[row] = pair.second->symbol;
            ++row;
        }
    }
    return chain;
}

OptionChain makeChain(const ChainDefinition& definition, const Book& book, base::Instant now, base::Nanos staleAfter)
{
    OptionChain chain = emptyChain(definition);
    refresh(chain, book, now, staleAfter);
    return chain;
}

void refresh(Expiration& expiration, const Book& book, base::Instant now, base::Nanos staleAfter)
{
    refreshSide(expiration.calls, book, now, staleAfter);
    refreshSide(expiration.puts, book, now, staleAfter);
}

void refresh(OptionChain& chain, const Book& book, base::Instant now, base::Nanos staleAfter)
{
    chain.at = now;
    refreshUnderlying(chain, book, staleAfter);
    for (Expiration& expiration : chain.expirations)
        refresh(expiration, book, now, staleAfter);
}

} // namespace vegadesk::market
