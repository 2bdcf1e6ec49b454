#include "history/import/line_scanner.h"

#include "history/import/column_map.h"

#include <algorithm>
#include <cstring>

namespace vegadesk::history
{

namespace
{

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t'))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.remove_suffix(1);
    return text;
}

char separatorOf(std::string_view header)
{
    char best = ',';
    for (const char each : {';', '\t', '|'}) {
        if (std::ranges::count(header, each) > std::ranges::count(header, best))
            best = each;
    }
    return best;
}

} // namespace

LineScanner::LineScanner(std::string_view text) : m_text(text)
{
    m_headerLine = takeLine();
    m_separator = separatorOf(m_headerLine);
    split(m_headerLine);
    m_written.assign(m_fields.begin(), m_fields.begin() + static_cast<std::ptrdiff_t>(m_count));
    for (const std::string_view name : m_written)
        m_header.push_back(plainName(name));
}

std::string_view LineScanner::takeLine()
{
    const char* const start = m_text.data() + m_offset;
    const std::size_t left = m_text.size() - m_offset;
    const void* const found = left > 0 ? std::memchr(start, '\n', left) : nullptr;
    const std::size_t length = found ? static_cast<std::size_t>(static_cast<const char*>(found) - start) : left;
    m_offset += std::min(length + 1, left);
    ++m_lineNumber;
    std::string_view line = m_text.substr(m_offset - std::min(length + 1, left), length);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

void LineScanner::split(std::string_view line)
{
    m_count = 0;
    const char* at = line.data();
    const char* const end = at + line.size();
    while (true) {
        const char* const start = at;
        std::string_view field;
        if (at != end && *at == '"') {
            const char* const close = std::find(at + 1, end, '"');
            field = {at + 1, static_cast<std::size_t>(close - at - 1)};
            at = std::find(close, end, m_separator);
        } else {
            while (at != end && *at != m_separator)
                ++at;
            field = {start, static_cast<std::size_t>(at - start)};
        }
        if (!field.empty() && (field.front() <= ' ' || field.back() <= ' '))
            field = trimmed(field);
        if (m_count == m_fields.size())
            m_fields.emplace_back();
        m_fields[m_count++] = field;
        if (at == end)
            return;
        ++at;
    }
}

bool LineScanner::next()
{
    while (m_offset < m_text.size()) {
        m_line = takeLine();
        if (m_line.empty())
            continue;
        split(m_line);
        return true;
    }
    return false;
}

} // namespace vegadesk::history
