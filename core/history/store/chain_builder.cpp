#include "history/store/chain_builder.h"

#include "market/broad_index.h"
#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

namespace vegadesk::history
{

namespace
{

using market::Right;

/// Also the Saturday that standard options carried until 2015.
market::ExpirationType typeOf(base::Date expiry)
{
    const std::chrono::year_month_day ymd(expiry);
    const base::Date monthly = market::monthlyExpiry(static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()));
    const bool isMonthly = expiry == monthly || expiry == monthly + std::chrono::days(1);
    return isMonthly ? market::ExpirationType::Regular : market::ExpirationType::Weekly;
}

/// Strike by strike, the call first.
std::int64_t orderOf(const QuoteRow& row)
{
    return 2 * std::int64_t{row.strike} + (row.right == Right::Put ? 1 : 0);
}

/// 2023, or 20230103.
int numberOf(base::Date date, ChainPeriod period)
{
    const std::chrono::year_month_day ymd(date);
    const int year = static_cast<int>(ymd.year());
    if (period == ChainPeriod::Year)
        return year;
    return 10'000 * year +
           static_cast<int>(100 * static_cast<unsigned>(ymd.month()) + static_cast<unsigned>(ymd.day()));
}

/// The coarsest ladder, from `ladder` on, that a price stands on.
int ladderWith(double price, int ladder)
{
    if (ladder == tickLadderCount - 1 || !std::isfinite(price))
        return ladder;
    const double cents = 100 * price;
    const double whole = std::round(cents);
    const auto number = static_cast<std::int64_t>(whole);
    const bool isLow = price < 3;
    if (!(std::abs(cents - whole) < 1e-6) || (!isLow && number % 5 != 0))
        return tickLadderCount - 1;
    return number % (isLow ? 5 : 10) != 0 ? std::max(ladder, 1) : ladder;
}

template<class T>
std::span<T> writable(std::span<const T> column)
{
    return {const_cast<T*>(column.data()), column.size()};
}

} // namespace

StoredLayout termsOf(std::string_view underlying, std::string_view root, base::Date expiry, bool isRootKnown,
                     std::optional<market::Settlement> settlement)
{
    const market::BroadIndex* const index = market::broadIndex(underlying);
    StoredLayout terms;
    terms.root = root;
    terms.expiry = expiry;
    terms.type = typeOf(expiry);
    const bool isOwnMonthly =
        index && isRootKnown && root == underlying && terms.type == market::ExpirationType::Regular;
    terms.settlement = settlement.value_or(isOwnMonthly ? index->settlement : market::Settlement::PM);
    terms.expiresAt = market::expiryInstant(expiry, terms.settlement);
    terms.style = index ? index->style : market::ExerciseStyle::American;
    terms.multiplier = index ? index->multiplier : terms.multiplier;
    return terms;
}

std::uint32_t ChainBuilder::expiration(const StoredLayout& terms)
{
    const auto [known, isNew] =
        m_numbers.try_emplace({terms.expiry, terms.root}, static_cast<std::uint32_t>(m_expirations.size()));
    if (isNew) {
        m_expirations.push_back({terms, std::nullopt});
        m_expirations.back().terms.strikes.clear();
        m_expirations.back().terms.sides.clear();
    }
    return known->second;
}

std::uint32_t ChainBuilder::expiration(std::string_view root, base::Date expiry, bool isRootKnown,
                                       std::optional<market::Settlement> settlement)
{
    const auto known = m_numbers.find(std::tuple(expiry, root));
    return known != m_numbers.end() ? known->second
                                    : expiration(termsOf(m_underlying, root, expiry, isRootKnown, settlement));
}

ChainBuilder::Snapshot& ChainBuilder::snapshot(base::Instant at)
{
    Snapshot& snapshot = m_snapshots[at];
    snapshot.facts.at = at;
    if (snapshot.rows.capacity() == 0)
        snapshot.rows = std::exchange(m_spareRows, {});
    return snapshot;
}

/// The listing that m_strikes and m_sides hold: the expiration's last one where nothing has changed.
std::uint32_t ChainBuilder::layoutFor(std::uint32_t expiration)
{
    ExpirationState& state = m_expirations[expiration];
    if (state.lastLayout && m_layouts[*state.lastLayout].strikes == m_strikes &&
        m_layouts[*state.lastLayout].sides == m_sides)
        return *state.lastLayout;
    StoredLayout layout = state.terms;
    layout.strikes = m_strikes;
    layout.sides = m_sides;
    state.lastLayout = static_cast<std::uint32_t>(m_layouts.size());
    m_layouts.push_back(std::move(layout));
    m_layoutsOf.push_back(expiration);
    return *state.lastLayout;
}

/// Sorts an expiration's rows, finds its listing and notes the place of each row in it, from the expiration's first row on.
std::uint32_t ChainBuilder::lay(std::vector<std::uint32_t>& bucket, std::span<const QuoteRow> rows, Repeats repeats,
                                const OnRefused& onRefused)
{
    const auto before = [&](std::uint32_t a, std::uint32_t b) { return orderOf(rows[a]) < orderOf(rows[b]); };
    if (!std::ranges::is_sorted(bucket, before))
        std::ranges::stable_sort(bucket, before);
    m_strikes.clear();
    m_sides.clear();
    const std::size_t first = m_placed.size();
    for (const std::uint32_t index : bucket) {
        const QuoteRow& row = rows[index];
        const auto side = row.right == Right::Call ? StoredLayout::hasCall : StoredLayout::hasPut;
        if (m_strikes.empty() || m_strikes.back() != row.strike) {
            m_strikes.push_back(row.strike);
            m_sides.push_back(side);
        } else if ((m_sides.back() & side) == 0) {
            m_sides.back() = static_cast<std::uint8_t>(m_sides.back() | side);
        } else { // sorted without changing places: the last one placed is the same contract
            if (repeats == Repeats::TakeLater)
                m_placed.back().row = index;
            else if (onRefused)
                onRefused(row.line);
            continue;
        }
        m_placed.push_back({index, m_strikes.size() - 1});
    }
    for (std::size_t i = first; i < m_placed.size(); ++i)
        m_placed[i].place += rows[m_placed[i].row].right == Right::Put ? m_strikes.size() : 0;
    return layoutFor(rows[bucket.front()].expiration);
}

void ChainBuilder::fill(Snapshot& snapshot, std::span<const QuoteRow> rows)
{
    std::uint32_t columns = 0;
    const auto need = [&columns](StoredColumn column, bool isNeeded) {
        columns |= isNeeded ? static_cast<std::uint32_t>(column) : 0;
    };
    for (const PlacedRow& placed : m_placed) {
        const QuoteRow& row = rows[placed.row];
        need(StoredColumn::Last, !std::isnan(row.last));
        need(StoredColumn::Time, row.time != 0);
        need(StoredColumn::Sizes, !std::isnan(row.bidSize) || !std::isnan(row.askSize));
        need(StoredColumn::Volume, !std::isnan(row.volume));
        need(StoredColumn::OpenInterest, !std::isnan(row.openInterest));
        need(StoredColumn::Flags, row.hasFlags);
    }
    snapshot.facts.columns = columns;
    const std::size_t bytes = blockBytes(columns, snapshot.facts.rows);
    if (bytes > snapshot.room.size()) // one that is filled again and again gets more each time than it asks for
        snapshot.room = m_arena->take(snapshot.room.empty() ? bytes : 2 * bytes);
    else
        std::ranges::fill(snapshot.room.first(bytes), std::byte{0});
    snapshot.block = snapshot.room.first(bytes);
    const SnapshotColumns out = columnsIn(snapshot.block, columns, snapshot.facts.rows);
    if (m_placed.size() < snapshot.facts.rows) { // some sides of strikes are not listed
        for (const auto& column : {out.bid, out.ask, out.last})
            std::ranges::fill(writable(column), market::unknown);
        for (const auto& column : {out.bidSize, out.askSize, out.volume, out.openInterest})
            std::ranges::fill(writable(column), std::numeric_limits<float>::quiet_NaN());
        std::ranges::fill(writable(out.flags), static_cast<std::uint8_t>(market::QuoteFlag::OneSided));
    }
    const auto set = [](auto column, std::size_t place, auto value) {
        if (!column.empty())
            writable(column)[place] = value;
    };
    int ladder = snapshot.facts.tickLadder; // what went by then is as fine as then
    for (const PlacedRow& placed : m_placed) {
        const QuoteRow& row = rows[placed.row];
        writable(out.bid)[placed.place] = row.bid;
        writable(out.ask)[placed.place] = row.ask;
        set(out.last, placed.place, row.last);
        const bool hasTime = row.time != 0 || row.hasFlags; // a recorded quote may never have come
        set(out.time, placed.place, hasTime ? row.time : snapshot.facts.at.time_since_epoch().count());
        set(out.bidSize, placed.place, row.bidSize);
        set(out.askSize, placed.place, row.askSize);
        set(out.volume, placed.place, row.volume);
        set(out.openInterest, placed.place, row.openInterest);
        set(out.flags, placed.place, row.flags);
        if (!m_ladder)
            ladder = ladderWith(row.ask, ladderWith(row.bid, ladder));
    }
    snapshot.facts.tickLadder = static_cast<std::uint16_t>(std::max(ladder, m_ladder.value_or(0)));
}

void ChainBuilder::encode(Snapshot& snapshot, Repeats repeats, const OnRefused& onRefused)
{
    if (snapshot.isEncoded && snapshot.rows.empty())
        return;
    if (snapshot.isEncoded) {
        std::vector<QuoteRow> all;
        decode(snapshot, all);
        all.insert(all.end(), snapshot.rows.begin(), snapshot.rows.end());
        snapshot.rows = std::move(all);
    }
    m_buckets.resize(std::max(m_buckets.size(), m_expirations.size()));
    std::vector<std::uint32_t> listed;
    for (std::uint32_t index = 0; index < snapshot.rows.size(); ++index) {
        std::vector<std::uint32_t>& bucket = m_buckets[snapshot.rows[index].expiration];
        if (bucket.empty())
            listed.push_back(snapshot.rows[index].expiration);
        bucket.push_back(index);
    }
    std::ranges::sort(listed, [this](std::uint32_t a, std::uint32_t b) {
        const StoredLayout &left = m_expirations[a].terms, &right = m_expirations[b].terms;
        return std::tie(left.expiry, left.root) < std::tie(right.expiry, right.root);
    });
    snapshot.entries.clear();
    m_placed.clear();
    std::size_t rows = 0;
    for (const std::uint32_t each : listed) {
        const std::size_t first = m_placed.size();
        snapshot.entries.push_back(lay(m_buckets[each], snapshot.rows, repeats, onRefused));
        for (std::size_t i = first; i < m_placed.size(); ++i)
            m_placed[i].place += rows;
        rows += 2 * m_strikes.size();
        m_buckets[each].clear();
    }
    snapshot.facts.rows = rows;
    fill(snapshot, snapshot.rows);
    snapshot.rows.clear();
    if (snapshot.rows.capacity() > m_spareRows.capacity())
        std::swap(snapshot.rows, m_spareRows);
    snapshot.rows.shrink_to_fit();
    snapshot.isEncoded = true;
}

void ChainBuilder::encodeAll(Repeats repeats, const OnRefused& onRefused)
{
    for (auto& [at, snapshot] : m_snapshots)
        encode(snapshot, repeats, onRefused);
}

void ChainBuilder::decode(const Snapshot& snapshot, std::vector<QuoteRow>& out) const
{
    const SnapshotColumns columns = columnsIn(snapshot.block, snapshot.facts.columns, snapshot.facts.rows);
    std::size_t first = 0;
    for (const std::uint32_t entry : snapshot.entries) {
        const StoredLayout& layout = m_layouts[entry];
        const std::size_t count = layout.strikes.size();
        for (const Right right : {Right::Call, Right::Put}) {
            const auto side = right == Right::Call ? StoredLayout::hasCall : StoredLayout::hasPut;
            for (std::size_t i = 0; i < count; ++i) {
                if ((layout.sides[i] & side) == 0)
                    continue;
                const std::size_t place = first + i;
                const auto take = [place](auto column, auto& value) {
                    if (!column.empty())
                        value = column[place];
                };
                QuoteRow& row = out.emplace_back();
                row.strike = layout.strikes[i];
                row.right = right;
                row.expiration = m_layoutsOf[entry];
                take(columns.bid, row.bid);
                take(columns.ask, row.ask);
                take(columns.last, row.last);
                take(columns.time, row.time);
                take(columns.bidSize, row.bidSize);
                take(columns.askSize, row.askSize);
                take(columns.volume, row.volume);
                take(columns.openInterest, row.openInterest);
                take(columns.flags, row.flags);
                row.hasFlags = !columns.flags.empty();
            }
            first += count;
        }
    }
}

base::Result<void> ChainBuilder::absorb(const ChainYear& earlier)
{
    encodeAll(Repeats::TakeLater);
    std::vector<std::uint32_t> numbers;
    for (const StoredLayout& layout : earlier.layouts) {
        m_strikes = layout.strikes;
        m_sides = layout.sides;
        numbers.push_back(layoutFor(expiration(layout)));
    }
    for (std::size_t i = 0; i < earlier.snapshots.size(); ++i) {
        const StoredSnapshot& facts = earlier.snapshots[i];
        const auto columns = earlier.columns(i);
        if (!columns)
            return tl::make_unexpected(columns.error());
        Snapshot old;
        old.facts = facts;
        old.isEncoded = true;
        const std::span<const std::byte> bytes(reinterpret_cast<const std::byte*>(columns->bid.data()),
                                               blockBytes(facts.columns, facts.rows));
        old.room = old.block = m_arena->take(bytes.size());
        std::ranges::copy(bytes, old.block.begin());
        for (const std::uint32_t entry : earlier.entriesOf(facts))
            old.entries.push_back(numbers[entry]);
        const auto [place, isNew] = m_snapshots.try_emplace(facts.at);
        Snapshot& here = place->second;
        if (isNew) {
            here = std::move(old);
            continue;
        }
        decode(here, old.rows);
        const bool hasSpot = std::isfinite(here.facts.last) || std::isfinite(here.facts.bid);
        StoredSnapshot mine = here.facts;
        mine.columns = facts.columns; // of the block, until it is encoded
        mine.rows = facts.rows;
        mine.tickLadder = std::max(mine.tickLadder, facts.tickLadder);
        here = std::move(old);
        if (hasSpot)
            here.facts = mine;
        encode(here, Repeats::TakeLater);
    }
    for (const StoredClose& close : earlier.closes)
        m_closes.try_emplace(close.date, close);
    return {};
}

void ChainBuilder::setTicks(int ladder)
{
    m_ladder = std::max(m_ladder.value_or(0), ladder);
}

std::uint64_t ChainBuilder::bytes() const
{
    std::uint64_t sum = m_arena->bytes();
    for (const auto& [at, snapshot] : m_snapshots)
        sum += snapshot.rows.size() * sizeof(QuoteRow);
    return sum;
}

void ChainBuilder::fillCloses()
{
    for (const auto& [at, snapshot] : m_snapshots) {
        const base::Date date = market::newYorkDate(at);
        const auto session = market::sessionOn(date);
        const double mid = 0.5 * (snapshot.facts.bid + snapshot.facts.ask);
        const double spot = std::isfinite(snapshot.facts.last) ? snapshot.facts.last : mid;
        if (session && at == session->close && spot > 0)
            m_closes.try_emplace(date, StoredClose{date, spot, market::unknown});
    }
}

std::vector<ChainYear> ChainBuilder::finish(ChainPeriod period)
{
    encodeAll(Repeats::TakeLater);
    fillCloses();
    std::map<int, ChainYear> pieces;
    std::map<int, std::map<std::uint32_t, std::uint32_t>> numbers; // of this builder's layouts in each piece
    for (auto& [at, snapshot] : m_snapshots) {
        const int piece = numberOf(market::newYorkDate(at), period);
        ChainYear& out = pieces[piece];
        StoredSnapshot facts = snapshot.facts;
        facts.firstEntry = out.entries.size();
        facts.entryCount = static_cast<std::uint32_t>(snapshot.entries.size());
        facts.checksum = checksumOf(snapshot.block);
        for (const std::uint32_t entry : snapshot.entries) {
            const auto [known, isNew] =
                numbers[piece].try_emplace(entry, static_cast<std::uint32_t>(out.layouts.size()));
            if (isNew)
                out.layouts.push_back(m_layouts[entry]);
            out.entries.push_back(known->second);
        }
        out.snapshots.push_back(facts);
        out.blocks.push_back(snapshot.block);
    }
    for (const auto& [date, close] : m_closes)
        pieces[numberOf(date, period)].closes.push_back(close);
    std::vector<ChainYear> out;
    for (auto& [piece, each] : pieces) {
        each.underlying = m_underlying;
        each.arena = m_arena;
        each.period = piece;
        out.push_back(std::move(each));
    }
    *this = ChainBuilder(m_underlying);
    return out;
}

} // namespace vegadesk::history
