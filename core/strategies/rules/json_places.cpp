#include "strategies/rules/json_places.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::strategies
{

namespace
{

using simdjson::SUCCESS;
using simdjson::ondemand::json_type;

constexpr std::size_t deepest = 32; ///< no rules file is; what is deeper has the place of what is around it

/// The first byte of a line that is not UTF-8.
std::optional<std::size_t> foreignByte(std::string_view text)
{
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        if (!simdjson::validate_utf8(text.data() + begin, end - begin))
            return begin;
        begin = end + 1;
    }
    return std::nullopt;
}

/// The quotation mark of a text that does not end in its line.
std::optional<std::size_t> openText(std::string_view text)
{
    std::optional<std::size_t> opened;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '"')
            opened = opened ? std::nullopt : std::optional(i);
        else if (opened && text[i] == '\\')
            ++i;
        else if (opened && text[i] == '\n')
            break;
    }
    return opened;
}

} // namespace

JsonPlaces::JsonPlaces(const simdjson::padded_string& text) : m_text(text.data(), text.size())
{
    for (const auto& found : {foreignByte(m_text), openText(m_text)}) {
        m_reached = found.value_or(m_reached);
        if (found)
            return;
    }
    simdjson::ondemand::parser parser;
    simdjson::ondemand::document document;
    simdjson::ondemand::value root;
    if (parser.iterate(text).get(document) != SUCCESS || document.get_value().get(root) != SUCCESS)
        return;
    walk(root, {}, 0);
    // Where the walk had to stop; after a whole document, what follows it.
    if (const char* stop = nullptr; document.current_location().get(stop) == SUCCESS && offsetOf(stop) < m_text.size())
        m_reached = std::max(m_reached, offsetOf(stop));
}

bool JsonPlaces::walk(simdjson::ondemand::value value, const std::string& path, std::size_t depth)
{
    m_reached = offsetOf(value.raw_json_token().data());
    m_offsets.try_emplace(path, m_reached); // of a member its key, which came before
    json_type type{};
    if (depth > deepest || value.type().get(type) != SUCCESS)
        return false;
    simdjson::ondemand::object object;
    simdjson::ondemand::array list;
    if (type == json_type::object)
        return value.get_object().get(object) == SUCCESS && walkObject(object, path, depth);
    if (type == json_type::array)
        return value.get_array().get(list) == SUCCESS && walkList(list, path, depth);
    return takeScalar(value, type);
}

bool JsonPlaces::walkObject(simdjson::ondemand::object object, const std::string& path, std::size_t depth)
{
    for (auto each : object) {
        simdjson::ondemand::field field;
        std::string_view key;
        if (std::move(each).get(field) != SUCCESS)
            return false;
        m_reached = offsetOf(field.key().raw()) - 1;
        if (field.unescaped_key().get(key) != SUCCESS)
            return false;
        std::string place = path.empty() ? std::string(key) : fmt::format("{}.{}", path, key);
        if (!m_offsets.try_emplace(place, m_reached).second && !m_twice) {
            m_twice = place;
            m_again = m_reached;
        }
        if (!walk(field.value(), place, depth + 1))
            return false;
    }
    return true;
}

bool JsonPlaces::walkList(simdjson::ondemand::array list, const std::string& path, std::size_t depth)
{
    std::size_t number = 0;
    for (auto each : list) {
        simdjson::ondemand::value element;
        if (std::move(each).get(element) != SUCCESS || !walk(element, fmt::format("{}[{}]", path, number++), depth + 1))
            return false;
    }
    return true;
}

bool JsonPlaces::takeScalar(simdjson::ondemand::value value, json_type type)
{
    switch (type) {
    case json_type::number:
        return value.get_number().error() == SUCCESS;
    case json_type::string:
        return value.get_string().error() == SUCCESS;
    case json_type::boolean:
        return value.get_bool().error() == SUCCESS;
    default:
        return value.is_null().error() == SUCCESS;
    }
}

/// Columns count letters, as editors do, not bytes.
std::string JsonPlaces::words(std::size_t offset) const
{
    const std::string_view before = m_text.substr(0, offset);
    const std::size_t lineStart = before.rfind('\n') + 1; // 0 where there is none
    const auto isLetter = [](char byte) { return (static_cast<unsigned char>(byte) & 0xc0) != 0x80; };
    return fmt::format("line {}, column {}", 1 + std::ranges::count(before, '\n'),
                       1 + std::ranges::count_if(before.substr(lineStart), isLetter));
}

std::string JsonPlaces::of(std::string_view path) const
{
    auto found = m_offsets.find(path);
    while (found == m_offsets.end() && !path.empty()) {
        const std::size_t end = path.find_last_of(".[");
        path = path.substr(0, end == std::string_view::npos ? 0 : end);
        found = m_offsets.find(path);
    }
    return words(found == m_offsets.end() ? 0 : found->second);
}

std::string JsonPlaces::ofFault() const
{
    return words(m_reached);
}

base::Result<void> JsonPlaces::eachKeyOnce() const
{
    if (m_twice)
        return base::badInput(fmt::format("{}: {}", words(m_again), *m_twice), "given twice", "each key once");
    return {};
}

} // namespace vegadesk::strategies
