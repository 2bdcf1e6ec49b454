#include "history/store/chain_year.h"

#include "base/time.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <limits>
#include <memory>
#include <type_traits>

namespace vegadesk::history
{

namespace
{

static_assert(std::endian::native == std::endian::little, "the files are little-endian and are mapped as they are");

constexpr std::array<char, 8> magic{'V', 'D', 'C', 'H', 'A', 'I', 'N', 'S'};
constexpr std::uint32_t version = 2, oldVersion = 1; ///< which had one ladder of ticks a file
constexpr std::uint32_t byteOrder = 0x01020304;
constexpr std::size_t nameBytes = 16;

struct FileHeader {
    std::array<char, 8> magic;
    std::uint32_t version, byteOrder;
    std::uint64_t fileBytes, tableBytes, tableChecksum;
    std::uint64_t layouts, strikes, snapshots, entries, closes; // how many
    std::int32_t period, oldTickLadder;
    std::array<char, nameBytes> underlying;
    std::uint64_t checksum; // of all above
};
static_assert(std::is_trivially_copyable_v<FileHeader> && sizeof(FileHeader) == 112);

struct LayoutRecord {
    std::array<char, 8> root;
    std::int64_t expiresAt;
    std::int32_t expiry, multiplier; // days since 1970
    std::uint32_t strikeCount;
    std::uint8_t settlement, style, type, unused;
};
static_assert(sizeof(LayoutRecord) == 32);
static_assert(std::is_trivially_copyable_v<StoredSnapshot> && sizeof(StoredSnapshot) == 104);
struct CloseRecord {
    std::int64_t date;
    double close, opening;
};

constexpr std::size_t roundedUp(std::size_t bytes)
{
    return (bytes + 7) / 8 * 8;
}

template<class T>
void append(std::vector<std::byte>& out, std::span<const T> values)
{
    const std::size_t at = out.size();
    out.resize(roundedUp(at + values.size_bytes()));
    if (!values.empty())
        std::memcpy(out.data() + at, values.data(), values.size_bytes());
}

std::vector<std::byte> tablesOf(const ChainYear& year, std::uint64_t firstOffset, std::uint64_t& strikeCount)
{
    std::vector<LayoutRecord> layouts;
    std::vector<std::int32_t> strikes;
    std::vector<std::uint8_t> sides;
    for (const StoredLayout& each : year.layouts) {
        LayoutRecord record{};
        std::memcpy(record.root.data(), each.root.data(), std::min(each.root.size(), record.root.size()));
        record.expiresAt = each.expiresAt.time_since_epoch().count();
        record.expiry = static_cast<std::int32_t>(each.expiry.time_since_epoch().count());
        record.multiplier = each.multiplier;
        record.strikeCount = static_cast<std::uint32_t>(each.strikes.size());
        record.settlement = static_cast<std::uint8_t>(each.settlement);
        record.style = static_cast<std::uint8_t>(each.style);
        record.type = static_cast<std::uint8_t>(each.type);
        layouts.push_back(record);
        strikes.insert(strikes.end(), each.strikes.begin(), each.strikes.end());
        sides.insert(sides.end(), each.sides.begin(), each.sides.end());
    }
    std::vector<StoredSnapshot> snapshots = year.snapshots;
    std::uint64_t offset = firstOffset;
    for (StoredSnapshot& each : snapshots) {
        each.offset = offset;
        offset += blockBytes(each.columns, each.rows);
    }
    std::vector<CloseRecord> closes;
    for (const StoredClose& each : year.closes)
        closes.push_back({each.date.time_since_epoch().count(), each.close, each.opening});
    std::vector<std::byte> out;
    append(out, std::span<const LayoutRecord>(layouts));
    append(out, std::span<const std::int32_t>(strikes));
    append(out, std::span<const std::uint8_t>(sides));
    append(out, std::span<const StoredSnapshot>(snapshots));
    append(out, std::span(year.entries));
    append(out, std::span<const CloseRecord>(closes));
    strikeCount = strikes.size();
    return out;
}

/// Takes tables off the front of the bytes they are in.
class TableReader
{
public:
    explicit TableReader(std::span<const std::byte> bytes) : m_bytes(bytes) {}

    template<class T>
    bool take(std::uint64_t count, std::vector<T>& out)
    {
        if (count > m_bytes.size() / sizeof(T) || roundedUp(count * sizeof(T)) > m_bytes.size())
            return false;
        out.resize(count);
        if (count > 0)
            std::memcpy(out.data(), m_bytes.data(), count * sizeof(T));
        m_bytes = m_bytes.subspan(roundedUp(count * sizeof(T)));
        return true;
    }

private:
    std::span<const std::byte> m_bytes;
};

template<std::size_t N>
std::string textOf(const std::array<char, N>& letters)
{
    return {letters.data(), ::strnlen(letters.data(), N)};
}

bool fillLayouts(std::span<const LayoutRecord> records, std::span<const std::int32_t> strikes,
                 std::span<const std::uint8_t> sides, ChainYear& out)
{
    std::size_t first = 0;
    for (const LayoutRecord& record : records) {
        if (record.strikeCount > strikes.size() - first)
            return false;
        StoredLayout& layout = out.layouts.emplace_back();
        layout.root = textOf(record.root);
        layout.expiry = base::Date(std::chrono::days(record.expiry));
        layout.expiresAt = base::Instant(base::Nanos(record.expiresAt));
        layout.settlement = static_cast<market::Settlement>(record.settlement);
        layout.style = static_cast<market::ExerciseStyle>(record.style);
        layout.type = static_cast<market::ExpirationType>(record.type);
        layout.multiplier = record.multiplier;
        const auto own = strikes.subspan(first, record.strikeCount);
        const auto ownSides = sides.subspan(first, record.strikeCount);
        layout.strikes.assign(own.begin(), own.end());
        layout.sides.assign(ownSides.begin(), ownSides.end());
        first += record.strikeCount;
    }
    return first == strikes.size();
}

/// Whether every number that a table holds stays within the others and the file.
bool addsUp(const ChainYear& year, std::uint64_t fileBytes)
{
    for (const StoredSnapshot& each : year.snapshots) {
        if (each.firstEntry > year.entries.size() || each.entryCount > year.entries.size() - each.firstEntry)
            return false;
        std::uint64_t rows = 0;
        for (const std::uint32_t entry : year.entriesOf(each)) {
            if (entry >= year.layouts.size())
                return false;
            rows += 2 * year.layouts[entry].strikes.size();
        }
        if (rows != each.rows || each.offset % 8 != 0 || each.offset > fileBytes ||
            blockBytes(each.columns, each.rows) > fileBytes - each.offset || each.tickLadder >= tickLadderCount)
            return false;
    }
    return true;
}

tl::unexpected<base::Error> notRight(const std::string& path, std::string_view what)
{
    return base::fail(base::ErrorKind::Storage, "chain file", path,
                      std::string(what) + "; remove it and import its days again");
}

std::uint64_t headerChecksum(const FileHeader& header)
{
    return checksumOf(std::as_bytes(std::span(&header, 1)).first(offsetof(FileHeader, checksum)));
}

base::Result<FileHeader> readHeader(const std::string& path, std::span<const std::byte> bytes)
{
    FileHeader header{};
    if (bytes.size() >= sizeof magic && std::memcmp(bytes.data(), magic.data(), sizeof magic) != 0)
        return base::fail(base::ErrorKind::BadInput, "chain file", path, "a file that vegadesk-cli import has written");
    if (bytes.size() < sizeof header)
        return notRight(path, "it is cut off");
    std::memcpy(&header, bytes.data(), sizeof header);
    if (header.byteOrder != byteOrder)
        return base::fail(base::ErrorKind::BadInput, "chain file", path, "one of a machine of this byte order");
    if (header.version != version && header.version != oldVersion)
        return base::fail(base::ErrorKind::BadInput, "chain file", path,
                          "version " + std::to_string(version) + " of the format, not " +
                              std::to_string(header.version) + "; remove it and import its days again");
    if (header.checksum != headerChecksum(header))
        return notRight(path, "its header is damaged");
    if (header.fileBytes != bytes.size())
        return notRight(path, "it is cut off");
    if (header.tableBytes > bytes.size() - sizeof header ||
        checksumOf(bytes.subspan(sizeof header, header.tableBytes)) != header.tableChecksum)
        return notRight(path, "its tables are damaged");
    return header;
}

template<class T>
std::span<const T> take(const std::byte*& from, std::size_t rows)
{
    const std::span<const T> out(reinterpret_cast<const T*>(from), rows);
    from += out.size_bytes();
    return out;
}

} // namespace

std::uint64_t checksumOf(std::span<const std::byte> bytes)
{
    constexpr std::uint64_t odd = 0x9e3779b97f4a7c15ULL, other = 0xd6e8feb86659fd93ULL;
    std::array<std::uint64_t, 4> lanes{1, 2, 3, 4}; // four at once: one after the other would wait for each product
    const auto mix = [](std::uint64_t lane, std::uint64_t word) { return (std::rotl(lane, 29) ^ word) * odd; };
    std::size_t at = 0;
    for (; at + 32 <= bytes.size(); at += 32) {
        std::array<std::uint64_t, 4> words{};
        std::memcpy(words.data(), bytes.data() + at, sizeof words);
        for (std::size_t i = 0; i < 4; ++i)
            lanes[i] = mix(lanes[i], words[i]);
    }
    for (; at < bytes.size(); at += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, bytes.data() + at, std::min<std::size_t>(8, bytes.size() - at));
        lanes[0] = mix(lanes[0], word);
    }
    std::uint64_t all = bytes.size();
    for (const std::uint64_t lane : lanes)
        all = (std::rotl(all, 31) ^ lane ^ (lane >> 29)) * other;
    return all ^ (all >> 32);
}

std::size_t blockBytes(std::uint32_t columns, std::size_t rows)
{
    std::size_t perRow = 2 * sizeof(double);
    perRow += has(columns, StoredColumn::Last) ? sizeof(double) : 0;
    perRow += has(columns, StoredColumn::Time) ? sizeof(std::int64_t) : 0;
    perRow += has(columns, StoredColumn::Sizes) ? 2 * sizeof(float) : 0;
    perRow += has(columns, StoredColumn::Volume) ? sizeof(float) : 0;
    perRow += has(columns, StoredColumn::OpenInterest) ? sizeof(float) : 0;
    perRow += has(columns, StoredColumn::Flags) ? sizeof(std::uint8_t) : 0;
    return roundedUp(perRow * rows);
}

SnapshotColumns columnsIn(std::span<const std::byte> block, std::uint32_t columns, std::size_t rows)
{
    SnapshotColumns out;
    const std::byte* from = block.data();
    out.bid = take<double>(from, rows);
    out.ask = take<double>(from, rows);
    if (has(columns, StoredColumn::Last))
        out.last = take<double>(from, rows);
    if (has(columns, StoredColumn::Time))
        out.time = take<std::int64_t>(from, rows);
    if (has(columns, StoredColumn::Sizes)) {
        out.bidSize = take<float>(from, rows);
        out.askSize = take<float>(from, rows);
    }
    if (has(columns, StoredColumn::Volume))
        out.volume = take<float>(from, rows);
    if (has(columns, StoredColumn::OpenInterest))
        out.openInterest = take<float>(from, rows);
    if (has(columns, StoredColumn::Flags))
        out.flags = take<std::uint8_t>(from, rows);
    return out;
}

market::TickTable tickTable(int ladder)
{
    struct Ladder {
        int lowCents, highCents;
    };
    constexpr std::array<Ladder, tickLadderCount> ladders{{{5, 10}, {1, 5}, {1, 1}}};
    const Ladder cents = ladders.at(static_cast<std::size_t>(ladder));
    return {{base::Decimal::fromInteger(3), base::Decimal::cent() * cents.lowCents},
            {std::nullopt, base::Decimal::cent() * cents.highCents}};
}

base::Result<ChainYear> ChainYear::open(const std::string& path)
{
    auto mapped = MappedFile::open(path);
    if (!mapped)
        return tl::make_unexpected(mapped.error());
    const std::span<const std::byte> bytes = mapped->bytes();
    const auto header = readHeader(path, bytes);
    if (!header)
        return tl::make_unexpected(header.error());
    ChainYear out;
    out.underlying = textOf(header->underlying);
    out.period = header->period;
    TableReader tables(bytes.subspan(sizeof(FileHeader), header->tableBytes));
    std::vector<LayoutRecord> layouts;
    std::vector<std::int32_t> strikes;
    std::vector<std::uint8_t> sides;
    std::vector<CloseRecord> closes;
    const bool isRead = tables.take(header->layouts, layouts) && tables.take(header->strikes, strikes) &&
                        tables.take(header->strikes, sides) && tables.take(header->snapshots, out.snapshots) &&
                        tables.take(header->entries, out.entries) && tables.take(header->closes, closes);
    if (header->version == oldVersion) {
        for (StoredSnapshot& each : out.snapshots)
            each.tickLadder = static_cast<std::uint16_t>(header->oldTickLadder);
    }
    if (!isRead || !fillLayouts(layouts, strikes, sides, out) || !addsUp(out, bytes.size()))
        return notRight(path, "its tables do not add up");
    for (const CloseRecord& each : closes)
        out.closes.push_back({base::Date(std::chrono::days(each.date)), each.close, each.opening});
    out.file = std::move(*mapped);
    out.path = path;
    return out;
}

base::Result<void> ChainYear::write(const std::string& target) const
{
    FileHeader header{};
    header.magic = magic;
    header.version = version;
    header.byteOrder = byteOrder;
    header.layouts = layouts.size();
    header.snapshots = snapshots.size();
    header.entries = entries.size();
    header.closes = closes.size();
    header.period = period;
    std::memcpy(header.underlying.data(), underlying.data(), std::min(underlying.size(), nameBytes));
    header.tableBytes = tablesOf(*this, 0, header.strikes).size();
    const std::vector<std::byte> tables = tablesOf(*this, sizeof header + header.tableBytes, header.strikes);
    header.tableChecksum = checksumOf(tables);
    header.fileBytes = sizeof header + header.tableBytes + bytes();
    header.checksum = headerChecksum(header);

    // Cut off by a crash it is found out when it is opened: that costs an import, so no wait for the disk.
    const std::string beside = target + ".new";
    const auto failed = [&] {
        return base::fail(base::ErrorKind::Storage, "chain file", beside, "it could not be written",
                          std::strerror(errno));
    };
    {
        const std::unique_ptr<std::FILE, decltype(&std::fclose)> out(std::fopen(beside.c_str(), "wb"), &std::fclose);
        if (!out)
            return failed();
        std::setvbuf(out.get(), nullptr, _IONBF, 0); // the pieces are large
        const auto put = [&](std::span<const std::byte> piece) {
            return std::fwrite(piece.data(), 1, piece.size(), out.get()) == piece.size();
        };
        bool isWritten = put(std::as_bytes(std::span(&header, 1))) && put(tables);
        for (std::size_t i = 0; i < snapshots.size() && isWritten; ++i) {
            const std::size_t size = blockBytes(snapshots[i].columns, snapshots[i].rows);
            isWritten = put(blocks.empty() ? file.bytes().subspan(snapshots[i].offset, size) : blocks[i]);
        }
        if (!isWritten)
            return failed();
    }
    std::error_code error;
    std::filesystem::rename(beside, target, error);
    if (error)
        return failed();
    return {};
}

base::Result<SnapshotColumns> ChainYear::columns(std::size_t snapshot) const
{
    const StoredSnapshot& facts = snapshots[snapshot];
    if (!blocks.empty())
        return columnsIn(blocks[snapshot], facts.columns, facts.rows);
    const auto block = file.bytes().subspan(facts.offset, blockBytes(facts.columns, facts.rows));
    if (checksumOf(block) != facts.checksum)
        return notRight(path, "the quotes of " + base::formatInstant(facts.at) + " are damaged");
    return columnsIn(block, facts.columns, facts.rows);
}

std::uint64_t ChainYear::contractCount(std::size_t snapshot) const
{
    std::uint64_t count = 0;
    for (const std::uint32_t entry : entriesOf(snapshots[snapshot])) {
        for (const std::uint8_t sides : layouts[entry].sides)
            count += static_cast<std::uint64_t>(std::popcount(sides));
    }
    return count;
}

std::uint64_t ChainYear::bytes() const
{
    std::uint64_t sum = 0;
    for (const StoredSnapshot& each : snapshots)
        sum += blockBytes(each.columns, each.rows);
    return sum;
}

} // namespace vegadesk::history
