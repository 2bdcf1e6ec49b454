#pragma once

#include "base/error.h"
#include "base/time.h"
#include "history/mapped_file.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// A comma-separated file with a header line, plain or gzip: tables of reference and of closes. Chains are read by
/// import/chain_import.h. Quoted fields are not needed by any of our sources and not understood.
class CsvFile
{
public:
    /// Errors: TextFile's, and a file without a header.
    static base::Result<CsvFile> read(const std::string& path);

    const std::string& path() const { return m_path; }
    /// None when no column has that name.
    std::optional<std::size_t> column(std::string_view name) const;
    /// The first of `names` that is there.
    std::optional<std::size_t> column(std::initializer_list<std::string_view> names) const;

    /// Moves to the next line; false at the end. Blank lines are passed over.
    bool next();
    /// Of the present line; empty when the line is too short.
    std::string_view field(std::size_t column) const;
    std::size_t lineNumber() const { return m_lineNumber; }

    /// Readers of the present line's fields. Errors name file, line and column.
    base::Result<double> number(std::size_t column) const;
    /// An empty field is NaN.
    base::Result<double> numberOrUnknown(std::size_t column) const;
    base::Result<std::int64_t> integer(std::size_t column) const;
    /// "20151224" or "2015-12-24".
    base::Result<base::Date> date(std::size_t column) const;
    tl::unexpected<base::Error> refuse(std::size_t column, std::string_view allowed) const;

private:
    CsvFile() = default;
    std::string_view takeLine();
    static void split(std::string_view line, std::vector<std::string_view>& fields);

    std::string m_path;
    TextFile m_file;
    std::vector<std::string> m_header;
    std::vector<std::string_view> m_fields; // of the present line, into m_file
    std::size_t m_offset = 0, m_lineNumber = 0;
};

} // namespace vegadesk::history
