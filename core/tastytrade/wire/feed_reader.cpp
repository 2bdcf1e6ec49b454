#include "tastytrade/wire/feed_reader.h"

#include "tastytrade/wire/feed_columns.h"

#include <simdjson.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace vegadesk::tastytrade::wire
{

namespace
{

using columns::Column;
using columns::Kind;
using columns::Table;
using columns::withType;
namespace json = simdjson::ondemand;

constexpr std::size_t shownLength = 40;
constexpr std::int64_t largestChannel = 1'000'000;

std::optional<double> doubleOfWord(std::string_view word)
{
    if (word == "NaN")
        return market::unknown;
    if (word == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (word == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    return {};
}

std::optional<double> doubleOf(json::value value, json::json_type type)
{
    double number = market::unknown;
    bool isNull = false;
    std::string_view word;
    switch (type) {
    case json::json_type::number:
        return value.get_double().get(number) == simdjson::SUCCESS ? std::optional(number) : std::nullopt;
    case json::json_type::string:
        return value.get_string().get(word) == simdjson::SUCCESS ? doubleOfWord(word) : std::nullopt;
    case json::json_type::null:
        return value.is_null().get(isNull) == simdjson::SUCCESS && isNull ? std::optional(market::unknown)
                                                                          : std::nullopt;
    default:
        return {};
    }
}

/// Texts for numbers that are not known, and fractions, count as 0.
std::optional<std::int64_t> integerOf(json::value value, json::json_type type)
{
    if (type != json::json_type::number)
        return doubleOf(value, type) ? std::optional<std::int64_t>(0) : std::nullopt;
    json::number number;
    if (value.get_number().get(number) != simdjson::SUCCESS)
        return {};
    if (number.is_int64())
        return number.get_int64(); // never through a double: indices pass 2^53
    if (!number.is_double())
        return 0;
    constexpr double end = 9'223'372'036'854'775'808.0; // 2^63
    const double whole = number.get_double();
    return whole >= -end && whole < end && std::trunc(whole) == whole ? static_cast<std::int64_t>(whole) : 0;
}

template<class E>
bool read(const Column<E>& column, json::value value, json::json_type type, E& event)
{
    switch (column.kind) {
    case Kind::Number:
        if (const auto number = column.number ? doubleOf(value, type) : std::nullopt) {
            event.*column.number = *number;
            return true;
        }
        return !column.number;
    case Kind::Symbol: {
        std::string_view symbol;
        if (value.get_string().get(symbol) != simdjson::SUCCESS || symbol.empty())
            return false;
        event.symbol = symbol;
        return true;
    }
    case Kind::Integer:
        if (const auto integer = column.integer ? integerOf(value, type) : std::nullopt) {
            event.*column.integer = *integer;
            return true;
        }
        return !column.integer;
    case Kind::TypeName:
    case Kind::Text:
    case Kind::Flag:
        break;
    }
    return true;
}

tl::unexpected<base::Error> malformed(EventType type, std::string_view field, json::value value, const char* textEnd,
                                      const std::string& symbol)
{
    // The token's own length is that of the gap to the next one, which a damaged text may not have.
    const char* const begin = value.raw_json_token().data();
    std::string_view found(begin, std::min(static_cast<std::size_t>(textEnd - begin), shownLength));
    found = found.substr(0, found.find_first_of(",]}\n"));
    return base::fail(base::ErrorKind::Network, std::string(toWire(type)) + "." + std::string(field), found,
                      "a value of another kind was expected" + (symbol.empty() ? std::string() : " for " + symbol));
}

/// False where the text is broken.
template<class E>
bool readRows(json::array array, EventType type, std::span<const int> layout, const char* textEnd, FeedBatch& batch)
{
    Reused<E>& events = batch.of<E>();
    const std::size_t before = events.size();
    const std::size_t refusedBefore = batch.refusals.count;
    std::size_t values = 0, column = 0;
    E* event = nullptr;
    for (auto element : array) {
        json::value value;
        json::json_type kind{};
        if (element.get(value) != simdjson::SUCCESS || value.type().get(kind) != simdjson::SUCCESS)
            return false; // a sign that begins no value: behind it nothing is to be trusted
        ++values;
        if (column == 0)
            event = &events.add();
        if (const int index = event && !layout.empty() ? layout[column] : -1; index >= 0) {
            const Column<E>& known = Table<E>::columns[static_cast<std::size_t>(index)];
            if (!read(known, value, kind, *event)) {
                batch.refusals.add(malformed(type, known.name, value, textEnd, event->symbol));
                events.truncate(events.size() - 1);
                event = nullptr; // the rest of the row is passed over
            }
        }
        if (++column < layout.size())
            continue;
        column = 0;
        if (event && event->symbol.empty()) {
            events.truncate(events.size() - 1);
            batch.refusals.add(base::fail(base::ErrorKind::Network, toWire(type), {}, "a row names no symbol"));
        }
    }
    if (layout.empty() || column != 0) {
        events.truncate(before);
        batch.refusals.count = refusedBefore; // rows may begin elsewhere: what seemed wrong in them means nothing
        batch.refusals.add(base::fail(base::ErrorKind::Network, toWire(type), std::to_string(values) + " values",
                                      "a multiple of " + std::to_string(layout.size()) + " columns was expected"));
    }
    return true;
}

/// ["Quote", ["eventSymbol", …]]: nothing where it is something else.
std::optional<std::pair<std::string, std::vector<std::string>>> headerOf(json::array array)
{
    std::pair<std::string, std::vector<std::string>> header;
    bool isFirst = true;
    for (auto element : array) {
        json::array names;
        std::string_view word;
        if (std::exchange(isFirst, false)) {
            if (element.get_string().get(word) != simdjson::SUCCESS)
                return {};
            header.first = word;
        } else {
            if (element.get_array().get(names) != simdjson::SUCCESS)
                return {};
            for (auto name : names) {
                if (name.get_string().get(word) != simdjson::SUCCESS)
                    return {};
                header.second.emplace_back(word);
            }
        }
    }
    return header.second.empty() ? std::nullopt : std::optional(std::move(header));
}

tl::unexpected<base::Error> pairsExpected()
{
    return base::fail(base::ErrorKind::Network, "FEED_DATA", {}, "pairs of a type and its values were expected");
}

/// The list of types and their values; false where the text is broken or holds objects, which is another format.
bool readData(json::array data, const char* textEnd, EventLayouts& layouts, FeedBatch& batch)
{
    bool hasType = false;
    std::optional<EventType> type; // none with `hasType`: one that we do not speak
    for (auto element : data) {
        json::value value;
        json::json_type kind{};
        if (element.get(value) != simdjson::SUCCESS || value.type().get(kind) != simdjson::SUCCESS ||
            kind == json::json_type::object)
            return false;
        if (kind == json::json_type::string) {
            std::string_view word;
            if (value.get_string().get(word) != simdjson::SUCCESS)
                return false;
            if (hasType)
                batch.refusals.add(pairsExpected());
            type = eventTypeFromWire(word);
            hasType = true;
            continue;
        }
        json::array array;
        if (value.get_array().get(array) != simdjson::SUCCESS) {
            batch.refusals.add(pairsExpected());
            continue;
        }
        if (!hasType) {
            if (auto header = headerOf(array)) {
                type = eventTypeFromWire(header->first);
                hasType = true;
                if (type)
                    layouts.set(*type, std::move(header->second));
            } else {
                batch.refusals.add(pairsExpected());
            }
            continue;
        }
        hasType = false;
        if (type && !withType(*type, [&]<class E>(E) {
                return readRows<E>(array, *type, layouts.columns(*type), textEnd, batch);
            }))
            return false;
    }
    if (hasType)
        batch.refusals.add(pairsExpected());
    return true;
}

} // namespace

struct FeedReader::Json {
    json::parser parser;
    std::vector<char> text; ///< with room behind it, which the parser reads
};

FeedReader::FeedReader() : m_json(std::make_unique<Json>()) {}

FeedReader::~FeedReader() = default;

bool FeedReader::read(std::string_view text, EventLayouts& layouts, FeedBatch& batch)
{
    batch.clear();
    std::vector<char>& padded = m_json->text;
    if (padded.size() < text.size() + simdjson::SIMDJSON_PADDING)
        padded.resize(2 * text.size() + simdjson::SIMDJSON_PADDING);
    std::ranges::copy(text, padded.begin());
    json::document document;
    json::object object;
    json::array data;
    std::string_view type;
    std::int64_t channel = 0;
    const bool isRead =
        m_json->parser.iterate(padded.data(), text.size(), padded.size()).get(document) == simdjson::SUCCESS &&
        document.get_object().get(object) == simdjson::SUCCESS &&
        object["type"].get_string().get(type) == simdjson::SUCCESS && type == "FEED_DATA" &&
        object["channel"].get_int64().get(channel) == simdjson::SUCCESS && channel >= 0 && channel <= largestChannel &&
        object["data"].get_array().get(data) == simdjson::SUCCESS &&
        readData(data, padded.data() + text.size(), layouts, batch);
    if (!isRead)
        batch.clear();
    batch.channel = static_cast<int>(channel);
    return isRead;
}

void FeedBatch::clear()
{
    std::apply([](auto&... lists) { (lists.truncate(0), ...); }, events);
    refusals = {};
}

} // namespace vegadesk::tastytrade::wire
