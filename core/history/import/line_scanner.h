#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::history
{

/// The lines of a table as fields, in place. The separator is the header's most frequent of comma, semicolon, tab and bar;
/// spaces around a field and quotes around it are taken off; what is between quotes may hold separators, but no line's end.
class LineScanner
{
public:
    /// `text` must outlive the scanner. Reads the header.
    explicit LineScanner(std::string_view text);

    /// The header's names as plainName() makes them, and as they are written.
    const std::vector<std::string>& header() const { return m_header; }
    std::string_view headerLine() const { return m_headerLine; }
    std::string_view writtenName(std::size_t column) const { return m_written[column]; }

    /// Moves to the next line that is not blank; false at the end.
    bool next();
    /// Of the present line; empty where it is too short.
    std::string_view field(std::size_t column) const
    {
        return column < m_count ? m_fields[column] : std::string_view();
    }
    std::string_view line() const { return m_line; }
    std::size_t lineNumber() const { return m_lineNumber; }
    char separator() const { return m_separator; }

private:
    std::string_view takeLine();
    void split(std::string_view line);

    std::string_view m_text, m_line, m_headerLine;
    std::size_t m_offset = 0, m_lineNumber = 0, m_count = 0;
    char m_separator = ',';
    std::vector<std::string> m_header;
    std::vector<std::string_view> m_written;
    std::vector<std::string_view> m_fields; // of the present line; as many as the header has, or more
};

} // namespace vegadesk::history
