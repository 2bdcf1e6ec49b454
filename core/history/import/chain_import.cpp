#include "history/import/chain_import.h"

#include "history/import/field_parsers.h"
#include "history/import/quote_lines.h"
#include "history/mapped_file.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <memory>

namespace vegadesk::history
{

namespace
{

namespace fs = std::filesystem;

constexpr std::uint64_t mostHeld = std::uint64_t{1} << 30; ///< bytes of columns, before they go to the store

constexpr std::uint64_t linesBetweenLooks = 4096; ///< for a stop request: about a millisecond

bool isTable(const fs::path& path)
{
    std::string name = path.filename().string();
    if (name.ends_with(".gz"))
        name.resize(name.size() - 3);
    return name.ends_with(".csv") || name.ends_with(".txt");
}

bool isClosesTable(const std::vector<std::string>& header)
{
    const auto has = [&](std::string_view name) { return std::ranges::count(header, name) > 0; };
    return has("underlying") && has("date") && has("unadjusted_close");
}

std::string missingOfPlain(const std::vector<std::string>& header)
{
    const ColumnMap& plain = columnMapPresets().front();
    return missingFields(plain, columnsFor(plain, header));
}

} // namespace

/// A file that is being read.
struct ChainIntake::Table {
    LineScanner lines;
    ImportedFile report;
    std::unique_ptr<std::FILE, decltype(&std::fclose)> quarantine{nullptr, &std::fclose};
};

std::string ImportReport::badLinesSentence() const
{
    if (badLines == 0)
        return {};
    std::string out = std::to_string(badLines) + " of " + std::to_string(lines) + " lines were set aside: ";
    for (const CountedLines& each : reasons)
        out += (&each == &reasons.front() ? "" : "; ") + std::to_string(each.count) + " " + each.reason + " (" +
               each.example + ")";
    return out;
}

std::string ImportReport::remarksSentence() const
{
    std::string out;
    for (const CountedLines& each : remarks)
        out += (out.empty() ? "" : "; ") + std::to_string(each.count) + " lines: " + each.reason + " (" + each.example +
               ")";
    return out;
}

ChainBuilder& ChainIntake::builder(std::string_view underlying)
{
    const auto known = m_builders.find(underlying);
    if (known != m_builders.end())
        return known->second;
    return m_builders.try_emplace(std::string(underlying), std::string(underlying)).first->second;
}

std::uint64_t ChainIntake::heldBytes() const
{
    std::uint64_t sum = 0;
    for (const auto& [name, builder] : m_builders)
        sum += builder.bytes();
    return sum;
}

base::Result<void> ChainIntake::setAside(Table& table, std::size_t column, std::string_view allowed)
{
    const std::string_view value = table.lines.field(column).substr(0, 40);
    const std::string name(table.lines.writtenName(column));
    const std::string line = " line " + std::to_string(table.lines.lineNumber());
    if (m_options.isStrict)
        return base::badInput(table.report.path + line + " " + name, value, allowed);
    ++table.report.badLines;
    const std::string reason = name + ": " + std::string(allowed);
    CountedLines& bad = m_reasons[reason];
    bad.reason = reason;
    if (++bad.count == 1)
        bad.example = fs::path(table.report.path).filename().string() + line + ": " + std::string(value);
    if (m_options.quarantineFolder.empty())
        return {};
    if (!table.quarantine) {
        std::error_code error;
        fs::create_directories(m_options.quarantineFolder, error);
        const fs::path source(table.report.path);
        const std::string stem = (fs::path(m_options.quarantineFolder) / source.filename()).string();
        table.report.quarantine = stem + ".bad.csv";
        for (int earlier = 2; fs::exists(table.report.quarantine, error); ++earlier) // what an import set aside stays
            table.report.quarantine = stem + "." + std::to_string(earlier) + ".bad.csv";
        table.quarantine.reset(std::fopen(table.report.quarantine.c_str(), "wb"));
        if (!table.quarantine)
            return base::fail(base::ErrorKind::Storage, "quarantine", table.report.quarantine,
                              "a file that can be written");
        const std::string head = std::string("line") + table.lines.separator() + "reason" + table.lines.separator() +
                                 std::string(table.lines.headerLine()) + "\n";
        std::fwrite(head.data(), 1, head.size(), table.quarantine.get());
    }
    const std::string text = std::to_string(table.lines.lineNumber()) + table.lines.separator() + "\"" + reason + "\"" +
                             table.lines.separator() + std::string(table.lines.line()) + "\n";
    if (std::fwrite(text.data(), 1, text.size(), table.quarantine.get()) != text.size())
        return base::fail(base::ErrorKind::Storage, "quarantine", table.report.quarantine, "room on the disk");
    return {};
}

void ChainIntake::remark(const Table& table, std::string_view reason)
{
    auto known = m_remarks.find(reason);
    if (known == m_remarks.end()) {
        CountedLines first;
        first.reason = reason;
        first.example =
            fs::path(table.report.path).filename().string() + " line " + std::to_string(table.lines.lineNumber());
        known = m_remarks.emplace(reason, std::move(first)).first;
    }
    ++known->second.count;
}

std::vector<CountedLines> ChainIntake::sorted(const Counts& counts)
{
    std::vector<CountedLines> out;
    for (const auto& [reason, lines] : counts)
        out.push_back(lines);
    std::ranges::stable_sort(out, std::greater{}, &CountedLines::count);
    return out;
}

/// Lines whose quotes turned out to be a contract's second ones: looked up again, as they are few.
base::Result<void> ChainIntake::setRepeatsAside(Table& table, const Columns& columns, std::vector<std::uint32_t>& lines)
{
    table.report.quotes -= lines.size();
    std::ranges::sort(lines);
    const auto [first, last] = std::ranges::unique(lines); // a line with both sides of a strike is one
    lines.erase(first, last);
    const std::size_t strike = columns[static_cast<std::size_t>(Field::Strike)].value_or(
        columns[static_cast<std::size_t>(Field::Symbol)].value_or(0));
    auto next = lines.begin();
    while (next != lines.end() && table.lines.next()) {
        if (table.lines.lineNumber() != *next)
            continue;
        ++next;
        if (const auto aside = setAside(table, strike, "one quote of a contract at an instant"); !aside)
            return aside;
    }
    return {};
}

base::Result<void> ChainIntake::readQuotes(Table& table, const ColumnMap& map, const Columns& columns)
{
    const LineScanner fromStart = table.lines;
    ColumnMap own = map;
    if (!m_options.underlying.empty())
        own.underlying = m_options.underlying;
    QuoteLines reader(table.lines, own, columns, table.report.path);
    QuoteLine line;
    ChainBuilder* into = nullptr;
    ChainBuilder::Snapshot* snapshot = nullptr;
    std::uint32_t expiration = 0;
    bool isInOrder = true; // by time: what is left behind is finished
    bool isExpired = false;
    std::vector<std::uint32_t> repeats;
    const auto onRepeat = [&repeats](std::uint32_t number) { repeats.push_back(number); };
    while (table.lines.next()) {
        if (table.report.lines++ % linesBetweenLooks == 0 && m_options.stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "data", table.report.path, "reading was cancelled");
        if (const auto wrong = reader.read(line)) {
            if (const auto aside = setAside(table, wrong->column, wrong->allowed); !aside)
                return aside;
            continue;
        }
        if (line.isNewSnapshot || line.isNewExpiration)
            isExpired = line.expiry < line.date;
        if (line.rowCount == 0)
            remark(table, "neither side of the strike has a quote, passed over");
        else if (isExpired)
            remark(table, "the contract had expired before the day of the quote, kept");
        if (line.isNewSnapshot) {
            ChainBuilder& next = builder(line.underlying);
            ChainBuilder::Snapshot& at = next.snapshot(line.at);
            if (snapshot && snapshot != &at && isInOrder)
                into->encode(*snapshot, ChainBuilder::Repeats::RefuseLater, onRepeat);
            isInOrder = isInOrder && !at.isEncoded;
            line.isNewExpiration = line.isNewExpiration || into != &next;
            into = &next;
            snapshot = &at;
        }
        if (line.isNewExpiration)
            expiration = into->expiration(line.root, line.expiry, line.isRootKnown, line.settlement);
        if (line.isNewSpot) {
            StoredSnapshot& facts = snapshot->facts;
            facts.last = std::isfinite(line.spot) ? line.spot : facts.last;
            facts.bid = std::isfinite(line.spotBid) ? line.spotBid : facts.bid;
            facts.ask = std::isfinite(line.spotAsk) ? line.spotAsk : facts.ask;
        }
        for (std::size_t i = 0; i < line.rowCount; ++i) {
            QuoteRow& row = line.rows[i];
            row.expiration = expiration;
            row.line = static_cast<std::uint32_t>(table.lines.lineNumber());
            snapshot->rows.push_back(row);
        }
        table.report.quotes += line.rowCount;
    }
    for (auto& [name, each] : m_builders)
        each.encodeAll(ChainBuilder::Repeats::RefuseLater, onRepeat);
    table.lines = fromStart;
    return setRepeatsAside(table, columns, repeats);
}

base::Result<void> ChainIntake::readCloses(Table& table)
{
    const std::vector<std::string>& header = table.lines.header();
    const auto place = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(header, name) - header.begin());
    };
    const std::size_t underlying = place("underlying"), day = place("date"), price = place("unadjusted_close"),
                      opening = place("settlement_open");
    while (table.lines.next()) {
        ++table.report.lines;
        StoredClose close;
        const auto date = parseTableDate(table.lines.field(day), false);
        std::optional<std::size_t> wrong;
        if (!date)
            wrong = day;
        else if (!parseNumber(table.lines.field(price), close.close) || !(close.close > 0))
            wrong = price;
        else if (!table.lines.field(opening).empty() &&
                 (!parseNumber(table.lines.field(opening), close.opening) || !(close.opening > 0)))
            wrong = opening;
        if (wrong) {
            const auto allowed = *wrong == day ? "a date such as 20151224 or 2015-12-24" : "a number above 0";
            if (const auto aside = setAside(table, *wrong, allowed); !aside)
                return aside;
            continue;
        }
        close.date = *date;
        builder(table.lines.field(underlying)).setClose(close);
    }
    return {};
}

base::Result<void> ChainIntake::read(const std::string& path)
{
    const auto file = TextFile::open(path, m_options.stop);
    if (!file)
        return tl::make_unexpected(file.error());
    Table table{LineScanner(file->text()), {}};
    table.report.path = path;
    table.report.bytes = file->text().size();
    const std::vector<std::string>& header = table.lines.header();
    base::Result<void> read;
    if (!m_options.map && isClosesTable(header)) {
        table.report.layout = "closes";
        read = readCloses(table);
    } else {
        const std::span<const ColumnMap> candidates =
            m_options.map ? std::span<const ColumnMap>(&*m_options.map, 1) : columnMapPresets();
        const auto fits = std::ranges::find_if(
            candidates, [&](const ColumnMap& each) { return missingFields(each, columnsFor(each, header)).empty(); });
        if (fits == candidates.end()) {
            const std::string missing = m_options.map
                                            ? missingFields(*m_options.map, columnsFor(*m_options.map, header))
                                            : missingOfPlain(header);
            table.report.note = "missing are " + missing;
        } else {
            table.report.layout = fits->name;
            read = readQuotes(table, *fits, columnsFor(*fits, header));
        }
    }
    if (!read)
        return read;
    if (!table.report.layout.empty()) {
        m_report.bytes += table.report.bytes;
        m_report.lines += table.report.lines;
        m_report.quotes += table.report.quotes;
        m_report.badLines += table.report.badLines;
    }
    m_report.files.push_back(std::move(table.report));
    return {};
}

base::Result<ImportReport> ChainIntake::finish(const std::string& path, bool isFolder)
{
    m_report.reasons = sorted(m_reasons);
    m_report.remarks = sorted(m_remarks);
    for (const auto& [name, builder] : m_builders)
        m_report.underlyings.push_back(name);
    if (m_report.quotes > 0)
        return m_report;
    if (m_report.badLines > 0)
        return base::fail(base::ErrorKind::BadInput, isFolder ? "folder" : "file", path,
                          "at least one line that can be read; " + m_report.badLinesSentence());
    if (isFolder)
        return base::fail(
            base::ErrorKind::NotFound, "folder", path,
            "CSV files with the columns date, expiry, cp, strike, bid, ask, or of another layout that is known");
    const bool lacks = !m_report.files.empty() && !m_report.files.front().note.empty();
    return base::fail(base::ErrorKind::NotFound, "file", path,
                      lacks ? "the columns date, expiry, cp, strike, bid, ask; " + m_report.files.front().note
                            : "at least one line of quotes");
}

std::vector<std::string> tablesIn(const std::string& path)
{
    std::error_code none;
    if (!fs::is_directory(path, none))
        return {path};
    std::vector<std::string> files;
    for (const fs::directory_entry& entry : fs::directory_iterator(path, none)) {
        if (entry.is_regular_file(none) && isTable(entry.path()))
            files.push_back(entry.path().string());
    }
    std::ranges::sort(files);
    return files;
}

base::Result<ImportReport> importChains(const std::string& path, ChainStore& store, const ImportOptions& options)
{
    ChainIntake intake(options);
    std::vector<std::string> stored;
    const auto flush = [&]() -> base::Result<void> {
        for (auto& [name, builder] : intake.builders()) {
            if (const auto added = store.add(builder); !added)
                return added;
        }
        return {};
    };
    for (const std::string& file : tablesIn(path)) {
        if (const auto read = intake.read(file); !read)
            return tl::make_unexpected(read.error());
        if (intake.heldBytes() < mostHeld)
            continue;
        if (const auto flushed = flush(); !flushed)
            return tl::make_unexpected(flushed.error());
    }
    std::error_code none;
    auto report = intake.finish(path, fs::is_directory(path, none));
    if (!report)
        return report;
    if (const auto flushed = flush(); !flushed)
        return tl::make_unexpected(flushed.error());
    return report;
}

} // namespace vegadesk::history
