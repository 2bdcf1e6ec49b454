#pragma once

#include "history/store/chain_year.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace vegadesk::history
{

/// One contract's quote on its way into a snapshot. Dollars, contracts; NaN: not known.
struct QuoteRow {
    double bid = market::unknown, ask = market::unknown, last = market::unknown;
    std::int64_t time = 0; ///< UTC nanoseconds; 0: the snapshot's own
    float bidSize = std::numeric_limits<float>::quiet_NaN(), askSize = bidSize, volume = bidSize,
          openInterest = bidSize;
    std::int32_t strike = 0;      ///< thousandths, above 0
    std::uint32_t expiration = 0; ///< ChainBuilder::expiration()'s
    std::uint32_t line = 0;       ///< where it was read
    market::Right right = market::Right::Call;
    std::uint8_t flags = 0; ///< only with hasFlags
    bool hasFlags = false;  ///< they are the recorder's; else they follow from the quote
};

/// What an expiration is, from what its root and its underlying's rules say. `settlement` none: AM for the third Friday of
/// an index whose own root it carries and that settles so, where `isRootKnown`; else PM.
StoredLayout termsOf(std::string_view underlying, std::string_view root, base::Date expiry, bool isRootKnown,
                     std::optional<market::Settlement> settlement = {});

/// What a file of chains holds.
enum class ChainPeriod : std::uint8_t { Year, Day };

/// Puts the quotes of one underlying together into years of columns. Rows may come in any order; those of a snapshot that
/// come one after the other, with its instant rising, cost the least.
class ChainBuilder
{
public:
    /// An instant that is being filled. Good for the builder's life.
    struct Snapshot {
        StoredSnapshot facts;
        std::vector<QuoteRow> rows; ///< not in columns yet
        std::vector<std::uint32_t> entries;
        std::span<std::byte> block, room; ///< the builder's; the block is the room's front
        bool isEncoded = false;
    };
    /// Which of two quotes of one contract at one instant counts.
    enum class Repeats : std::uint8_t { RefuseLater, TakeLater };
    using OnRefused = std::function<void(std::uint32_t line)>;

    explicit ChainBuilder(std::string underlying)
        : m_underlying(std::move(underlying)), m_arena(std::make_shared<ColumnArena>())
    {
    }

    const std::string& underlying() const { return m_underlying; }
    /// The number of the expiration with these terms' root and date; the first terms stay.
    std::uint32_t expiration(const StoredLayout& terms);
    /// With termsOf() these, where it is new.
    std::uint32_t expiration(std::string_view root, base::Date expiry, bool isRootKnown,
                             std::optional<market::Settlement> settlement);
    Snapshot& snapshot(base::Instant at);
    /// Its rows become columns, with those it has already. `onRefused` is told of quotes that do not count.
    void encode(Snapshot& snapshot, Repeats repeats, const OnRefused& onRefused = {});
    void encodeAll(Repeats repeats, const OnRefused& onRefused = {});
    /// A close; an opening settlement where known.
    void setClose(const StoredClose& close) { m_closes.insert_or_assign(close.date, close); }
    /// What an earlier file holds: where both have a quote or a close, the one here stays.
    base::Result<void> absorb(const ChainYear& earlier);

    bool empty() const { return m_snapshots.empty() && m_closes.empty(); }
    std::uint64_t bytes() const; ///< of the columns so far, those that others took the place of too
    /// Prices of snapshots that are encoded from now on stand on this ladder (of tickTable()), so that none is looked for. The
    /// finest that was set.
    void setTicks(int ladder);
    /// Everything, in pieces of New York dates, and the builder is as new. A price of the underlying at a session's close is
    /// that day's close, where none was set.
    std::vector<ChainYear> finish(ChainPeriod period = ChainPeriod::Year);

private:
    struct ExpirationState {
        StoredLayout terms; ///< no strikes
        std::optional<std::uint32_t> lastLayout;
    };
    struct PlacedRow {
        std::uint32_t row = 0;
        std::size_t place = 0;
    };
    std::uint32_t layoutFor(std::uint32_t expiration);
    void decode(const Snapshot& snapshot, std::vector<QuoteRow>& out) const;
    std::uint32_t lay(std::vector<std::uint32_t>& bucket, std::span<const QuoteRow> rows, Repeats repeats,
                      const OnRefused& onRefused);
    void fill(Snapshot& snapshot, std::span<const QuoteRow> rows);
    void fillCloses();

    std::string m_underlying;
    std::shared_ptr<ColumnArena> m_arena;
    std::map<base::Instant, Snapshot> m_snapshots;
    std::map<base::Date, StoredClose> m_closes;
    std::map<std::tuple<base::Date, std::string>, std::uint32_t, std::less<>> m_numbers;
    std::vector<ExpirationState> m_expirations;
    std::vector<StoredLayout> m_layouts;
    std::vector<std::uint32_t> m_layoutsOf; ///< of each layout its expiration
    std::optional<int> m_ladder;            ///< where it is known
    // Of the snapshot in hand, kept for their memory:
    std::vector<std::vector<std::uint32_t>> m_buckets; ///< rows by expiration
    std::vector<std::int32_t> m_strikes;
    std::vector<std::uint8_t> m_sides;
    std::vector<PlacedRow> m_placed;
    std::vector<QuoteRow> m_spareRows; ///< empty: of the last snapshot, for the next one
};

} // namespace vegadesk::history
