#pragma once

#include "base/error.h"
#include "history/mapped_file.h"
#include "history/store/column_arena.h"
#include "market/option_chain.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace vegadesk::history
{

/// A listing of one expiration: what stays the same from snapshot to snapshot until a strike is added.
struct StoredLayout {
    std::string root;
    base::Date expiry{};
    base::Instant expiresAt{};
    market::Settlement settlement = market::Settlement::PM;
    market::ExerciseStyle style = market::ExerciseStyle::American;
    market::ExpirationType type = market::ExpirationType::Regular;
    int multiplier = 100;
    std::vector<std::int32_t> strikes; ///< thousandths, ascending
    std::vector<std::uint8_t> sides;   ///< of each strike: hasCall, hasPut

    static constexpr std::uint8_t hasCall = 1, hasPut = 2;
    friend bool operator==(const StoredLayout&, const StoredLayout&) = default;
};

/// Columns that a snapshot may lack; bid and ask are always there.
enum class StoredColumn : std::uint32_t {
    Last = 1 << 0,
    Time = 1 << 1, ///< of each quote; without it all are of the snapshot's own time
    Sizes = 1 << 2,
    Volume = 1 << 3,
    OpenInterest = 1 << 4,
    Flags = 1 << 5, ///< as the recorder saw them; without it they follow from the quotes
};
constexpr bool has(std::uint32_t columns, StoredColumn column)
{
    return (columns & static_cast<std::uint32_t>(column)) != 0;
}

/// One instant. Prices of the underlying in dollars, NaN where not known.
struct StoredSnapshot {
    base::Instant at{};
    double bid = market::unknown, ask = market::unknown, bidSize = market::unknown, askSize = market::unknown;
    double last = market::unknown;
    base::Instant quotedAt{};      ///< of the underlying's quote
    std::uint64_t firstEntry = 0;  ///< in ChainYear::entries
    std::uint32_t entryCount = 0;  ///< expirations
    std::uint32_t columns = 0;     ///< StoredColumn's bits
    std::uint64_t rows = 0;        ///< of each column: calls, then puts, of each expiration in turn, listed or not
    std::uint64_t offset = 0;      ///< of the columns in a file
    std::uint64_t checksum = 0;    ///< of the columns
    std::uint16_t isSpotStale = 0; ///< 1: what the spot goes by was old
    std::uint16_t tickLadder = 0;  ///< of tickTable(): the coarsest that its own prices stand on, or as was known
    std::uint32_t underlyingFlags = 0;
};

/// What a day closed at, and what options that settle at its opening were settled at.
struct StoredClose {
    base::Date date{};
    double close = market::unknown;
    double opening = market::unknown;
};

/// A snapshot's columns; those it lacks are empty. An unlisted side of a strike holds NaN.
struct SnapshotColumns {
    std::span<const double> bid, ask, last;
    std::span<const std::int64_t> time; ///< UTC nanoseconds
    std::span<const float> bidSize, askSize, volume, openInterest;
    std::span<const std::uint8_t> flags;
};

/// A year (or a day) of chains of one underlying as columns: in memory, or mapped from a file, which holds the same columns.
///
/// File    little-endian, ".chains": a header with magic, version, byte order, sizes and checksums; then the tables
///         (layouts with their strikes, snapshots, entries, closes); then every snapshot's columns, each a checksum.
/// Exact   prices are doubles, strikes whole thousandths; sizes, volume and open interest are floats: whole numbers to
///         16,777,216.
/// Errors  open(): not such a file, another version or byte order, cut off, or tables that do not add up.
///         columns(): that snapshot's bytes are not the ones that were written.
struct ChainYear {
    std::string underlying;
    int period = 0; ///< 2023, or of a file of one day 20230103
    std::vector<StoredLayout> layouts;
    std::vector<StoredSnapshot> snapshots;      ///< ascending in time
    std::vector<std::uint32_t> entries;         ///< numbers of layouts, ascending by date, then root, within a snapshot
    std::vector<StoredClose> closes;            ///< ascending
    std::shared_ptr<const ColumnArena> arena{}; ///< in memory: what holds
    std::vector<std::span<const std::byte>> blocks{}; ///< the columns of each snapshot
    MappedFile file{};                                ///< of a file: where they are
    std::string path{};

    static base::Result<ChainYear> open(const std::string& path);
    /// Beside the old file, whose place it then takes. Errors: Storage.
    base::Result<void> write(const std::string& path) const;

    std::span<const std::uint32_t> entriesOf(const StoredSnapshot& snapshot) const
    {
        return std::span(entries).subspan(snapshot.firstEntry, snapshot.entryCount);
    }
    base::Result<SnapshotColumns> columns(std::size_t snapshot) const;
    std::uint64_t contractCount(std::size_t snapshot) const; ///< listed ones
    std::uint64_t bytes() const;                             ///< of all columns
};

/// Bytes that columns of `rows` take.
std::size_t blockBytes(std::uint32_t columns, std::size_t rows);
SnapshotColumns columnsIn(std::span<const std::byte> block, std::uint32_t columns, std::size_t rows);
/// Of whole blocks of eight bytes and what is left. Not for secrets: it finds what went wrong, not who meant it to.
std::uint64_t checksumOf(std::span<const std::byte> bytes);

/// The exchanges' usual ladders, coarsest first: nickels then dimes, cents then nickels, cents.
inline constexpr int tickLadderCount = 3;
market::TickTable tickTable(int ladder);

} // namespace vegadesk::history
