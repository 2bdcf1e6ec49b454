#include "pricing/verification/case.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <stdexcept>

namespace vegadesk::pricing::verification
{

namespace
{

std::vector<std::string_view> split(std::string_view line, char separator)
{
    std::vector<std::string_view> fields;
    for (std::size_t start = 0;;) {
        const std::size_t end = line.find(separator, start);
        fields.push_back(line.substr(start, end - start));
        if (end == std::string_view::npos)
            return fields;
        start = end + 1;
    }
}

/// Whether digits like 1.2e-3810 are below one, whatever a double can hold.
bool isBelowOne(std::string_view text)
{
    const std::size_t exponentAt = text.find_first_of("eE");
    const std::string_view mantissa = text.substr(0, exponentAt);
    const std::size_t pointAt = std::min(mantissa.find('.'), mantissa.size());
    const std::size_t leading = mantissa.find_first_of("123456789");
    if (leading == std::string_view::npos)
        return true;
    long exponent = 0;
    if (exponentAt != std::string_view::npos) {
        const std::string_view digits = text.substr(exponentAt + (text[exponentAt + 1] == '+' ? 2 : 1));
        if (std::from_chars(digits.data(), digits.data() + digits.size(), exponent).ec != std::errc{})
            return digits.front() == '-'; // an exponent beyond a long
    }
    const long position = static_cast<long>(pointAt) - static_cast<long>(leading) - (leading < pointAt ? 1 : 0);
    return position + exponent < 0;
}

base::Result<Right> parseRight(std::string_view text, std::string_view field)
{
    if (text == "call")
        return Right::Call;
    if (text == "put")
        return Right::Put;
    return base::badInput(field, text, "call or put");
}

base::Result<market::ExerciseStyle> parseStyle(std::string_view text, std::string_view field)
{
    if (text == "european")
        return market::ExerciseStyle::European;
    if (text == "american")
        return market::ExerciseStyle::American;
    return base::badInput(field, text, "european or american");
}

/// One line under the header, with the names that errors need.
class Line
{
public:
    Line(const std::vector<std::string_view>& header, std::string_view text, std::size_t number)
        : m_header(header), m_fields(split(text, ',')), m_number(number)
    {
    }
    base::Result<Case> read(const Layout& layout) const;

private:
    std::string field(std::string_view column) const { return fmt::format("line {}, {}", m_number, column); }
    std::optional<std::string_view> find(std::string_view column) const
    {
        const auto at = std::ranges::find(m_header, column);
        if (at == m_header.end())
            return {};
        return m_fields[static_cast<std::size_t>(at - m_header.begin())];
    }
    base::Result<void> readDividends(Case& out) const;

    const std::vector<std::string_view>& m_header;
    std::vector<std::string_view> m_fields;
    std::size_t m_number;
};

base::Result<Case> Line::read(const Layout& layout) const
{
    if (m_fields.size() != m_header.size())
        return base::badInput(fmt::format("line {}", m_number), fmt::format("{} fields", m_fields.size()),
                              fmt::format("{}, as in the header", m_header.size()));
    Case out;
    out.id = std::string(find("id").value_or(""));
    if (out.id.empty())
        out.id = fmt::format("line {}", m_number);
    for (const std::string_view column : layout.texts)
        out.texts.emplace(column, *find(column));
    if (layout.hasRight) {
        const auto right = parseRight(*find("type"), field("type"));
        if (!right)
            return tl::make_unexpected(right.error());
        out.right = *right;
    }
    if (layout.hasStyle) {
        const auto style = parseStyle(*find("exercise"), field("exercise"));
        if (!style)
            return tl::make_unexpected(style.error());
        out.style = *style;
    }
    for (const auto* const columns : {&layout.positive, &layout.required, &layout.optional}) {
        for (const std::string_view column : *columns) {
            const auto text = find(column);
            if (!text)
                continue;
            if (columns == &layout.optional && (text->empty() || *text == "nan")) {
                out.numbers.emplace(column, std::numeric_limits<double>::quiet_NaN());
                continue;
            }
            const auto value = parseNumber(*text, field(column));
            if (!value)
                return tl::make_unexpected(value.error());
            if (columns == &layout.positive && !(*value > 0))
                return base::badInput(field(column), *text, "a positive number");
            out.numbers.emplace(column, *value);
        }
    }
    if (layout.hasDividends) {
        if (const auto read = readDividends(out); !read)
            return tl::make_unexpected(read.error());
    }
    return out;
}

base::Result<void> Line::readDividends(Case& out) const
{
    const std::string_view timeText = *find("div_times");
    const std::string_view amountText = *find("div_amounts");
    if (timeText.empty() && amountText.empty())
        return {};
    const auto times = split(timeText, ';');
    const auto amounts = split(amountText, ';');
    if (times.size() != amounts.size())
        return base::badInput(field("div_amounts"), amountText, "as many as div_times");
    for (std::size_t i = 0; i < times.size(); ++i) {
        const auto years = parseNumber(times[i], field("div_times"));
        const auto amount = parseNumber(amounts[i], field("div_amounts"));
        if (!years || !amount)
            return tl::make_unexpected(years ? amount.error() : years.error());
        out.dividends.emplace_back(*years, *amount);
    }
    return {};
}

base::Result<void> checkHeader(const std::vector<std::string_view>& header, const Layout& layout)
{
    for (const std::string_view column : neededColumns(layout)) {
        if (std::ranges::find(header, column) == header.end())
            return base::badInput("header", "", fmt::format("one with a column {}", column));
    }
    return {};
}

bool readLine(std::istream& input, std::string& line)
{
    if (!std::getline(input, line))
        return false;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' '))
        line.pop_back();
    return true;
}

} // namespace

double Case::operator[](std::string_view column) const
{
    const auto found = numbers.find(column);
    if (found == numbers.end())
        throw std::out_of_range(fmt::format("no column {}", column));
    return found->second;
}

double Case::numberOr(std::string_view column, double fallback) const
{
    const auto found = numbers.find(column);
    return found == numbers.end() ? fallback : found->second;
}

const std::string& Case::text(std::string_view column) const
{
    const auto found = texts.find(column);
    if (found == texts.end())
        throw std::out_of_range(fmt::format("no column {}", column));
    return found->second;
}

MarketPoint Case::market() const
{
    return {(*this)["S"], (*this)["r"], numberOr("q", 0)};
}

base::Result<double> parseNumber(std::string_view text, std::string_view field)
{
    double value = 0;
    const char* const end = text.data() + text.size();
    const char* const start = text.starts_with('+') ? text.data() + 1 : text.data();
    const auto read = std::from_chars(start, end, value);
    if (read.ptr == end && read.ec == std::errc::result_out_of_range && isBelowOne(text))
        return 0.0;
    if (read.ec != std::errc{} || read.ptr != end || !std::isfinite(value))
        return base::badInput(field, text, "a number");
    return value;
}

std::vector<std::string_view> columnNames(std::string_view header)
{
    return split(header, ',');
}

std::vector<std::string_view> neededColumns(const Layout& layout)
{
    std::vector<std::string_view> needed = layout.texts;
    if (layout.hasRight)
        needed.push_back("type");
    needed.insert(needed.end(), layout.positive.begin(), layout.positive.end());
    needed.insert(needed.end(), layout.required.begin(), layout.required.end());
    if (layout.hasStyle)
        needed.push_back("exercise");
    if (layout.hasDividends)
        needed.insert(needed.end(), {"div_times", "div_amounts"});
    return needed;
}

base::Result<Cases> readCases(std::istream& input, const Layout& layout)
{
    std::string headerText;
    if (!readLine(input, headerText))
        return base::badInput("header", "", "a line of column names");
    const std::vector<std::string_view> header = columnNames(headerText);
    if (const auto checked = checkHeader(header, layout); !checked)
        return tl::make_unexpected(checked.error());
    Cases out;
    std::ranges::copy_if(layout.optional, std::back_inserter(out.present),
                         [&](std::string_view column) { return std::ranges::find(header, column) != header.end(); });
    std::string text;
    for (std::size_t number = 2; readLine(input, text); ++number) {
        if (text.empty())
            continue;
        auto row = Line(header, text, number).read(layout);
        if (row)
            out.rows.push_back(std::move(*row));
        else
            out.malformed.push_back(row.error());
    }
    if (out.rows.empty() && out.malformed.empty())
        return base::badInput("file", "no rows", "at least one under the header");
    return out;
}

} // namespace vegadesk::pricing::verification
