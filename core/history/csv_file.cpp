#include "history/csv_file.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace vegadesk::history
{

base::Result<CsvFile> CsvFile::read(const std::string& path)
{
    auto text = TextFile::open(path);
    if (!text)
        return tl::make_unexpected(text.error());
    CsvFile file;
    file.m_path = path;
    file.m_file = std::move(*text);
    std::vector<std::string_view> names;
    split(file.takeLine(), names);
    file.m_header.assign(names.begin(), names.end());
    if (file.m_header.front().empty())
        return base::badInput("file", path, "a first line with the columns' names");
    return file;
}

std::string_view CsvFile::takeLine()
{
    const std::string_view rest = m_file.text().substr(m_offset);
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    m_offset += std::min(end + 1, rest.size());
    ++m_lineNumber;
    std::string_view line = rest.substr(0, end);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void CsvFile::split(std::string_view line, std::vector<std::string_view>& fields)
{
    fields.clear();
    while (true) {
        const std::size_t comma = line.find(',');
        fields.push_back(line.substr(0, comma));
        if (comma == std::string_view::npos)
            return;
        line.remove_prefix(comma + 1);
    }
}

std::optional<std::size_t> CsvFile::column(std::string_view name) const
{
    const auto found = std::ranges::find(m_header, name);
    if (found == m_header.end())
        return std::nullopt;
    return static_cast<std::size_t>(found - m_header.begin());
}

std::optional<std::size_t> CsvFile::column(std::initializer_list<std::string_view> names) const
{
    for (const std::string_view name : names) {
        if (const auto found = column(name))
            return found;
    }
    return std::nullopt;
}

bool CsvFile::next()
{
    while (m_offset < m_file.text().size()) {
        const std::string_view line = takeLine();
        if (line.empty())
            continue;
        split(line, m_fields);
        return true;
    }
    return false;
}

std::string_view CsvFile::field(std::size_t column) const
{
    return column < m_fields.size() ? m_fields[column] : std::string_view();
}

tl::unexpected<base::Error> CsvFile::refuse(std::size_t column, std::string_view allowed) const
{
    const std::string where = m_path + " line " + std::to_string(m_lineNumber) + " " + m_header[column];
    return base::badInput(where, field(column).substr(0, 40), allowed);
}

base::Result<double> CsvFile::number(std::size_t column) const
{
    const std::string_view text = field(column);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value))
        return refuse(column, "a number");
    return value;
}

base::Result<double> CsvFile::numberOrUnknown(std::size_t column) const
{
    if (field(column).empty())
        return std::numeric_limits<double>::quiet_NaN();
    return number(column);
}

base::Result<std::int64_t> CsvFile::integer(std::size_t column) const
{
    const std::string_view text = field(column);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return refuse(column, "a whole number");
    return value;
}

base::Result<base::Date> CsvFile::date(std::size_t column) const
{
    std::string text(field(column));
    if (text.size() == 8)
        text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
    const auto date = base::parseDate(text);
    if (!date)
        return refuse(column, "a date such as 20151224 or 2015-12-24");
    return *date;
}

} // namespace vegadesk::history
