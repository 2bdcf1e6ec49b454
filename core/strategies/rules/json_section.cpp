#include "strategies/rules/json_section.h"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::strategies
{

std::string shown(simdjson::dom::element element)
{
    constexpr std::size_t longest = 60;
    std::string_view word;
    std::string text =
        element.get(word) == simdjson::SUCCESS ? std::string(word) : std::string(simdjson::minify(element));
    if (text.size() > longest)
        text = text.substr(0, longest) + "…";
    return text;
}

JsonSection::JsonSection(simdjson::dom::object object, std::string path) : m_object(object), m_path(std::move(path)) {}

std::string JsonSection::placeOf(std::string_view key) const
{
    return m_path.empty() ? std::string(key) : fmt::format("{}.{}", m_path, key);
}

bool JsonSection::has(std::string_view key) const
{
    return m_object.at_key(key).error() == simdjson::SUCCESS;
}

void JsonSection::fail(std::string_view key, std::string_view value, std::string_view allowed)
{
    if (!m_error)
        m_error = base::badInput(placeOf(key), value, allowed).value();
}

std::optional<simdjson::dom::element> JsonSection::take(std::string_view key)
{
    m_asked.emplace(key);
    simdjson::dom::element found;
    if (m_object.at_key(key).get(found) != simdjson::SUCCESS)
        return std::nullopt;
    return found;
}

std::optional<std::string> JsonSection::text(std::string_view key)
{
    const auto found = take(key);
    if (!found)
        return std::nullopt;
    std::string_view word;
    if (found->get(word) == simdjson::SUCCESS)
        return std::string(word);
    fail(key, shown(*found), "a text in quotation marks");
    return std::nullopt;
}

std::optional<double> JsonSection::number(std::string_view key)
{
    const auto found = take(key);
    if (!found)
        return std::nullopt;
    double value = 0;
    if (found->get(value) == simdjson::SUCCESS)
        return value;
    fail(key, shown(*found), "a number");
    return std::nullopt;
}

std::string JsonSection::textOf(std::string_view key)
{
    const std::string found = text(key).value_or("");
    if (found.empty())
        fail(key, "", "a text in quotation marks");
    return found;
}

std::string JsonSection::word(std::string_view key, const std::vector<std::string>& allowed)
{
    const std::string found = text(key).value_or("");
    if (std::ranges::find(allowed, found) == allowed.end())
        fail(key, found, fmt::format("one of {}", fmt::join(allowed, ", ")));
    return found;
}

base::Result<void> JsonSection::finish(std::string_view known) const
{
    if (m_error)
        return tl::make_unexpected(*m_error);
    for (const auto& [key, value] : m_object) {
        if (!m_asked.contains(key))
            return base::badInput(placeOf(key), shown(value), fmt::format("one of {}", known));
    }
    return {};
}

} // namespace vegadesk::strategies
