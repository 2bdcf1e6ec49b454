#include "history/store/chain_recorder.h"

#include "base/log.h"
#include "market/symbols.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace vegadesk::history
{

namespace
{

using market::Right;

bool areAlike(const market::TickTable& a, const market::TickTable& b)
{
    return std::ranges::equal(a, b, [](const market::TickRung& x, const market::TickRung& y) {
        return x.below == y.below && x.tick == y.tick;
    });
}

std::optional<int> ladderOf(const market::TickTable& ticks)
{
    for (int ladder = 0; ladder < tickLadderCount; ++ladder) {
        if (areAlike(ticks, tickTable(ladder)))
            return ladder;
    }
    return std::nullopt;
}

StoredLayout termsOf(const market::Expiration& expiration)
{
    StoredLayout terms;
    terms.root = expiration.root;
    terms.expiry = expiration.date;
    terms.expiresAt = expiration.expiresAt;
    terms.settlement = expiration.settlement;
    terms.style = expiration.style;
    terms.type = expiration.type;
    terms.multiplier = expiration.multiplier;
    return terms;
}

QuoteRow rowOf(const market::OptionColumns& side, std::size_t row)
{
    QuoteRow out;
    out.bid = side.bid[row];
    out.ask = side.ask[row];
    out.last = side.last[row];
    out.time = side.time[row].time_since_epoch().count();
    out.bidSize = static_cast<float>(side.bidSize[row]);
    out.askSize = static_cast<float>(side.askSize[row]);
    out.volume = static_cast<float>(side.volume[row]);
    out.openInterest = static_cast<float>(side.openInterest[row]);
    out.flags = side.flags[row].bits;
    out.hasFlags = true;
    return out;
}

} // namespace

ChainRecorder::~ChainRecorder()
{
    if (const auto flushed = flush(); !flushed)
        base::log::error("recording: {}", flushed.error().message());
}

ChainBuilder& ChainRecorder::builder(std::string_view underlying)
{
    const auto known = m_builders.find(underlying);
    if (known != m_builders.end())
        return known->second;
    return m_builders.try_emplace(std::string(underlying), std::string(underlying)).first->second;
}

base::Result<void> ChainRecorder::take(const market::OptionChain& chain)
{
    for (const market::Expiration& each : chain.expirations) {
        if (const auto symbol = market::toOccSymbol({each.root, each.date, Right::Call, base::Decimal::fromInteger(1)});
            !symbol)
            return tl::make_unexpected(symbol.error());
    }
    ChainBuilder& into = builder(chain.underlying);
    ChainBuilder::Snapshot& snapshot = into.snapshot(chain.at);
    StoredSnapshot& facts = snapshot.facts;
    facts.bid = chain.underlyingQuote.bid;
    facts.ask = chain.underlyingQuote.ask;
    facts.bidSize = chain.underlyingQuote.bidSize;
    facts.askSize = chain.underlyingQuote.askSize;
    facts.quotedAt = chain.underlyingQuote.time;
    facts.last = chain.underlyingLast;
    facts.isSpotStale = chain.isSpotStale ? 1 : 0;
    facts.underlyingFlags = chain.underlyingFlags.bits;
    for (const market::Expiration& expiration : chain.expirations) {
        const std::uint32_t number = into.expiration(termsOf(expiration));
        if (const auto ladder = ladderOf(expiration.ticks))
            into.setTicks(*ladder);
        for (const Right right : {Right::Call, Right::Put}) {
            const market::OptionColumns& side = expiration.side(right);
            for (std::size_t row = 0; row < side.size(); ++row) {
                if (side.symbols[row].empty())
                    continue;
                QuoteRow quote = rowOf(side, row);
                quote.expiration = number;
                quote.right = right;
                quote.strike = static_cast<std::int32_t>(std::lround(1000 * expiration.strikes[row]));
                snapshot.rows.push_back(quote);
            }
        }
    }
    m_quotes += snapshot.rows.size();
    into.encode(snapshot, ChainBuilder::Repeats::TakeLater);
    return ++m_waiting < m_flushAfter ? base::Result<void>{} : flush();
}

void ChainRecorder::setClose(std::string_view underlying, const StoredClose& close)
{
    builder(underlying).setClose(close);
    ++m_waiting;
}

base::Result<void> ChainRecorder::flush()
{
    for (auto& [name, each] : m_builders) {
        if (const auto added = m_store.add(each, ChainPeriod::Day); !added)
            return added;
    }
    m_waiting = 0;
    return {};
}

} // namespace vegadesk::history
