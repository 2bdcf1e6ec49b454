#include "venue/rest_parameters.h"

#include "tastytrade/wire/json.h"

#include <algorithm>
#include <charconv>

namespace vegadesk::venue
{

namespace
{

std::string decoded(QString text)
{
    text.replace(QLatin1Char('+'), QLatin1Char(' '));
    return QUrl::fromPercentEncoding(text.toUtf8()).toStdString();
}

} // namespace

bool isAmong(const std::vector<std::string>& wanted, std::string_view value)
{
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
}

Parameters::Parameters(const QUrlQuery& query)
{
    for (const auto& [key, value] : query.queryItems(QUrl::FullyEncoded)) {
        std::string name = decoded(key);
        if (name.ends_with("[]"))
            name.resize(name.size() - 2);
        m_items.emplace_back(std::move(name), decoded(value));
    }
}

std::string Parameters::text(std::string_view key) const
{
    const auto found = std::ranges::find(m_items, key, [](const auto& item) -> std::string_view { return item.first; });
    return found == m_items.end() ? std::string() : found->second;
}

std::vector<std::string> Parameters::list(std::string_view key) const
{
    std::vector<std::string> values;
    for (const auto& [name, value] : m_items) {
        if (name == key && !value.empty())
            values.push_back(value);
    }
    return values;
}

std::vector<std::string> Parameters::commaList(std::string_view key) const
{
    std::vector<std::string> values;
    for (const std::string& each : list(key)) {
        for (std::size_t from = 0; from <= each.size();) {
            const std::size_t to = std::min(each.find(',', from), each.size());
            if (to > from)
                values.push_back(each.substr(from, to - from));
            from = to + 1;
        }
    }
    return values;
}

base::Result<std::optional<bool>> Parameters::optionalFlag(std::string_view key) const
{
    const std::string found = text(key);
    if (found.empty())
        return std::optional<bool>();
    if (found != "true" && found != "false")
        return base::badInput(key, found, "true or false");
    return std::optional(found == "true");
}

base::Result<std::optional<base::Date>> Parameters::date(std::string_view key) const
{
    const std::string found = text(key);
    if (found.empty())
        return std::optional<base::Date>();
    const auto date = base::parseDate(found, key);
    if (!date)
        return tl::make_unexpected(date.error());
    return std::optional(*date);
}

base::Result<std::optional<base::Instant>> Parameters::instant(std::string_view key) const
{
    std::string found = text(key);
    if (found.empty())
        return std::optional<base::Instant>();
    std::ranges::replace(found, ' ', '+');
    const auto at = tastytrade::wire::parseInstantIn(found, std::string(key).c_str());
    if (!at)
        return tl::make_unexpected(at.error());
    return std::optional(*at);
}

std::int64_t Parameters::number(std::string_view key, std::int64_t fallback, std::int64_t most) const
{
    const std::string found = text(key);
    std::int64_t value = 0;
    const auto end = found.data() + found.size();
    const auto read = std::from_chars(found.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end && value >= 0 ? std::min(value, most) : fallback;
}

} // namespace vegadesk::venue
