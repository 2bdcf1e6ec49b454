#pragma once

#include "history/import/column_map.h"
#include "history/store/chain_builder.h"
#include "history/store/chain_store.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

struct ImportOptions {
    std::optional<ColumnMap> map{}; ///< none: the first preset that has all its columns in a table
    std::string underlying{};       ///< of tables that do not name it; others are read as they are
    /// Where lines that cannot be read are written, with their number and reason: a file a table. Empty: they are only counted.
    std::string quarantineFolder{};
    bool isStrict = false; ///< the first line that cannot be read is an error
    std::stop_token stop{};
};

/// Lines that were set aside, or are worth a word, for one reason.
struct CountedLines {
    std::string reason;  ///< "strike: a number above 0 and below 100000, in whole thousandths"
    std::string example; ///< the first of them: "spx.csv line 12: -5"
    std::uint64_t count = 0;
};

struct ImportedFile {
    std::string path;
    std::string layout;     ///< the map's name; "closes"; empty: passed over
    std::string note;       ///< why it was passed over
    std::string quarantine; ///< the file that its bad lines are in; empty: there is none
    std::uint64_t bytes = 0, lines = 0, quotes = 0, badLines = 0;
};

struct ImportReport {
    std::vector<ImportedFile> files;
    std::vector<CountedLines> reasons; ///< of bad lines, most frequent first
    std::vector<CountedLines> remarks; ///< on lines that are not bad, likewise
    std::vector<std::string> underlyings;
    std::uint64_t bytes = 0, lines = 0, quotes = 0, badLines = 0; ///< unpacked text; of tables of quotes and closes

    /// "3 of 120 lines were set aside: 2 strike: …; 1 …"; empty where none was.
    std::string badLinesSentence() const;
    /// "12 lines: neither side has a quote, passed over (spx.csv line 3)"; empty where there is nothing to say.
    std::string remarksSentence() const;
};

/// Reads tables of quotes and of closes into columns, one builder an underlying.
///
/// Closes  a table with the columns underlying, date, unadjusted_close and perhaps settlement_open.
/// Bad     lines that cannot be read, and a contract's second quote at one instant, are counted, set aside and reported; the
///         rest is read. An error only where it is strict, or, in finish(), where no line could be read.
/// Odd     lines of a strike of which neither side has a quote give nothing; quotes of contracts that had expired before the quote's
///         day are kept as they are. Both are counted and reported.
class ChainIntake
{
public:
    explicit ChainIntake(ImportOptions options) : m_options(std::move(options)) {}

    /// Errors: a file that cannot be read; strict: its first bad line, named by file, line and column; Cancelled, soon after a stop
    /// request.
    base::Result<void> read(const std::string& path);
    /// Errors: no table of quotes, or not one line of them that could be read.
    base::Result<ImportReport> finish(const std::string& path, bool isFolder);

    std::map<std::string, ChainBuilder, std::less<>>& builders() { return m_builders; }
    std::uint64_t heldBytes() const;

private:
    struct Table;
    base::Result<void> readQuotes(Table& table, const ColumnMap& map, const Columns& columns);
    base::Result<void> readCloses(Table& table);
    base::Result<void> setRepeatsAside(Table& table, const Columns& columns, std::vector<std::uint32_t>& lines);
    base::Result<void> setAside(Table& table, std::size_t column, std::string_view allowed);
    void remark(const Table& table, std::string_view reason);
    ChainBuilder& builder(std::string_view underlying);

    ImportOptions m_options;
    ImportReport m_report;
    std::map<std::string, ChainBuilder, std::less<>> m_builders;
    using Counts = std::map<std::string, CountedLines, std::less<>>;
    static std::vector<CountedLines> sorted(const Counts& counts); ///< most frequent first
    Counts m_reasons, m_remarks;
};

/// The CSV and text files (.csv, .txt, either with .gz) of a folder in the order of their names, or that one file.
std::vector<std::string> tablesIn(const std::string& path);
/// Into the store, piece by piece where it is much. Errors: ChainIntake's and ChainStore's.
base::Result<ImportReport> importChains(const std::string& path, ChainStore& store, const ImportOptions& options);

} // namespace vegadesk::history
