#include "history/store/stored_chains.h"

#include "market/calendar.h"
#include "market/symbols.h"
#include "pricing/forward.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using market::Right;

constexpr std::array rights{Right::Call, Right::Put};

constexpr std::uint8_t sideOf(Right right)
{
    return right == Right::Call ? StoredLayout::hasCall : StoredLayout::hasPut;
}

bool isListedAs(const StoredLayout& layout, const market::Expiration& expiration)
{
    if (expiration.root != layout.root || expiration.date != layout.expiry ||
        expiration.strikes.size() != layout.strikes.size())
        return false;
    for (std::size_t row = 0; row < layout.strikes.size(); ++row) {
        if (expiration.strikes[row] != layout.strikes[row] / 1000.0 ||
            expiration.calls.symbols[row].empty() == ((layout.sides[row] & StoredLayout::hasCall) != 0) ||
            expiration.puts.symbols[row].empty() == ((layout.sides[row] & StoredLayout::hasPut) != 0))
            return false;
    }
    return true;
}

/// As market::toOccSymbol(), which is asked for the part that all strikes share: a year lists some hundred thousand.
void setSymbols(const StoredLayout& layout, Right right, market::OptionColumns& side)
{
    constexpr std::size_t strikeDigits = 8;
    const auto example = market::toOccSymbol({layout.root, layout.expiry, right, base::Decimal::fromInteger(1)});
    for (std::size_t row = 0; row < layout.strikes.size(); ++row) {
        std::string& symbol = side.symbols[row];
        if ((layout.sides[row] & sideOf(right)) == 0 || !example) {
            symbol.clear();
            continue;
        }
        symbol = *example;
        int rest = layout.strikes[row];
        for (std::size_t digit = 0; digit < strikeDigits; ++digit, rest /= 10)
            symbol[symbol.size() - 1 - digit] = static_cast<char>('0' + rest % 10);
    }
}

void setTerms(const StoredLayout& layout, const market::TickTable& ticks, market::Expiration& out)
{
    out.expiresAt = layout.expiresAt;
    out.settlement = layout.settlement;
    out.type = layout.type;
    out.style = layout.style;
    out.multiplier = layout.multiplier;
    out.ticks = ticks;
}

void setListing(const StoredLayout& layout, market::Expiration& out)
{
    out.root = layout.root;
    out.date = layout.expiry;
    out.strikes.clear();
    for (const std::int32_t strike : layout.strikes)
        out.strikes.push_back(strike / 1000.0);
    for (const Right right : rights) {
        out.side(right).resize(layout.strikes.size());
        setSymbols(layout, right, out.side(right));
    }
}

template<class To, class From>
void copy(std::span<const From> from, std::size_t first, std::vector<To>& to)
{
    if (from.empty()) {
        std::ranges::fill(to, market::unknown);
        return;
    }
    const From* const start = from.data() + first;
    for (std::size_t row = 0; row < to.size(); ++row)
        to[row] = static_cast<To>(start[row]);
}

void fillSide(const SnapshotColumns& columns, std::size_t first, base::Instant at, market::OptionColumns& side)
{
    copy(columns.bid, first, side.bid);
    copy(columns.ask, first, side.ask);
    copy(columns.bidSize, first, side.bidSize);
    copy(columns.askSize, first, side.askSize);
    copy(columns.last, first, side.last);
    copy(columns.volume, first, side.volume);
    copy(columns.openInterest, first, side.openInterest);
    for (std::size_t row = 0; row < side.size(); ++row) {
        side.time[row] = columns.time.empty() ? at : base::Instant(base::Nanos(columns.time[first + row]));
        if (columns.flags.empty())
            side.flags[row] = market::classify(side.quoteAt(row), at, base::Nanos{0});
        else
            side.flags[row].bits = columns.flags[first + row];
    }
}

} // namespace

StoredChainSource::StoredChainSource(std::string description, std::vector<ChainYear> years)
    : m_description(std::move(description)), m_years(std::move(years))
{
    for (int ladder = 0; ladder < tickLadderCount; ++ladder)
        m_ladders.push_back(tickTable(ladder));
    for (std::size_t year = 0; year < m_years.size(); ++year) {
        for (std::size_t snapshot = 0; snapshot < m_years[year].snapshots.size(); ++snapshot)
            m_order.push_back({year, snapshot, 0});
    }
    const auto at = [this](Place place) { return m_years[place.year].snapshots[place.snapshot].at; };
    std::ranges::stable_sort(m_order, {}, at);
    const auto [first, last] = std::ranges::unique(m_order, {}, at);
    m_order.erase(first, last);
    std::size_t finest = 0;
    for (Place& place : m_order) {
        finest = std::max<std::size_t>(finest, m_years[place.year].snapshots[place.snapshot].tickLadder);
        place.ladder = finest;
    }
}

void StoredChainSource::fillUnderlying(const StoredSnapshot& snapshot, market::OptionChain& chain) const
{
    chain.underlyingQuote = {snapshot.bid, snapshot.ask, snapshot.bidSize, snapshot.askSize,
                             snapshot.quotedAt == base::Instant{} ? snapshot.at : snapshot.quotedAt};
    chain.underlyingLast = snapshot.last;
    chain.isSpotStale = snapshot.isSpotStale != 0;
    if (has(snapshot.columns, StoredColumn::Flags)) { // recorded: as it was seen
        chain.underlyingFlags.bits = static_cast<std::uint8_t>(snapshot.underlyingFlags);
        return;
    }
    if (std::isfinite(snapshot.bid) || std::isfinite(snapshot.ask)) {
        chain.underlyingFlags = market::classify(chain.underlyingQuote, snapshot.at, base::Nanos{0});
        return;
    }
    if (!std::isfinite(snapshot.last)) {
        // A close is the underlying's price at the day's last quotes, and at no other time.
        const base::Date date = market::newYorkDate(snapshot.at);
        const StoredClose* const close = closeOn(date);
        const auto session = market::sessionOn(date);
        if (close && session && snapshot.at == session->close)
            chain.underlyingLast = close->close;
    }
    if (!std::isfinite(chain.underlyingLast))
        chain.underlyingLast = pricing::impliedSpot(chain, snapshot.at, {});
    chain.underlyingQuote.bid = chain.underlyingQuote.ask = chain.underlyingLast;
    chain.underlyingFlags = market::classify(chain.underlyingQuote, snapshot.at, base::Nanos{0});
}

base::Result<void> StoredChainSource::seek(base::Instant at)
{
    const auto timeOf = [this](const Place& place) { return m_years[place.year].snapshots[place.snapshot].at; };
    const auto after = std::ranges::upper_bound(m_order, at, {}, timeOf) - m_order.begin();
    m_next = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - 1, 0));
    return {};
}

base::Result<bool> StoredChainSource::next(market::OptionChain& chain)
{
    if (m_next == m_order.size())
        return false;
    const Place place = m_order[m_next];
    const ChainYear& year = m_years[place.year];
    const StoredSnapshot& snapshot = year.snapshots[place.snapshot];
    const auto columns = year.columns(place.snapshot);
    if (!columns)
        return tl::make_unexpected(columns.error());
    ++m_next;
    chain.underlying = year.underlying;
    chain.at = snapshot.at;
    std::size_t count = 0, first = 0;
    for (const std::uint32_t entry : year.entriesOf(snapshot)) {
        const StoredLayout& layout = year.layouts[entry];
        if (chain.expirations.size() <= count)
            chain.expirations.emplace_back();
        // An expiration that is gone shifts the rest: swap the old slot forward so that its memory is reused.
        const auto same = std::find_if(
            chain.expirations.begin() + static_cast<std::ptrdiff_t>(count), chain.expirations.end(),
            [&](const market::Expiration& old) { return old.date == layout.expiry && old.root == layout.root; });
        if (same != chain.expirations.end())
            std::swap(chain.expirations[count], *same);
        market::Expiration& expiration = chain.expirations[count];
        if (!isListedAs(layout, expiration))
            setListing(layout, expiration);
        setTerms(layout, m_ladders[place.ladder], expiration);
        for (const Right right : rights) {
            fillSide(*columns, first, snapshot.at, expiration.side(right));
            first += layout.strikes.size();
        }
        ++count;
    }
    chain.expirations.resize(count);
    fillUnderlying(snapshot, chain);
    return true;
}

const StoredClose* StoredChainSource::closeOn(base::Date date) const
{
    for (const ChainYear& year : m_years) {
        const auto found = std::ranges::lower_bound(year.closes, date, {}, &StoredClose::date);
        if (found != year.closes.end() && found->date == date)
            return &*found;
    }
    return nullptr;
}

std::vector<DailyClose> StoredChainSource::closes(base::Date from, base::Date to)
{
    std::vector<DailyClose> within;
    for (const ChainYear& year : m_years) {
        for (const StoredClose& close : year.closes) {
            if (close.date >= from && close.date <= to && std::isfinite(close.close))
                within.push_back({close.date, close.close});
        }
    }
    return within;
}

std::optional<double> StoredChainSource::settlementPrice(base::Date expiry, market::Settlement settlement)
{
    const StoredClose* const day = closeOn(expiry);
    const double price = !day ? market::unknown : settlement == market::Settlement::AM ? day->opening : day->close;
    return std::isfinite(price) ? std::optional(price) : std::nullopt;
}

base::Result<std::vector<market::OptionChain>> allChains(ChainSource& source)
{
    std::vector<market::OptionChain> chains;
    market::OptionChain chain;
    source.rewind();
    while (true) {
        const auto more = source.next(chain);
        if (!more)
            return tl::make_unexpected(more.error());
        if (!*more)
            return chains;
        chains.push_back(chain);
    }
}

} // namespace vegadesk::history
