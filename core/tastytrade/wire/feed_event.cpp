#include "tastytrade/wire/feed_event.h"

#include "tastytrade/wire/feed_columns.h"
#include "tastytrade/wire/json.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::tastytrade::wire
{

namespace
{

using columns::Column;
using columns::Kind;
using columns::Table;
using columns::withType;

constexpr std::array<std::string_view, eventTypeCount> typeWords{"Quote", "Trade", "Summary", "Greeks", "Candle"};

std::optional<double> doubleOf(const QJsonValue& value)
{
    if (value.isDouble())
        return value.toDouble();
    if (value.isNull() || value.isUndefined())
        return market::unknown;
    const QString text = value.toString();
    if (text == QLatin1String("NaN"))
        return market::unknown;
    if (text == QLatin1String("Infinity"))
        return std::numeric_limits<double>::infinity();
    if (text == QLatin1String("-Infinity"))
        return -std::numeric_limits<double>::infinity();
    return {};
}

QJsonValue numberJson(double value)
{
    if (std::isnan(value))
        return QLatin1String("NaN");
    if (std::isinf(value))
        return value > 0 ? QLatin1String("Infinity") : QLatin1String("-Infinity");
    return value;
}

template<class E>
bool read(const Column<E>& column, const QJsonValue& value, E& event)
{
    switch (column.kind) {
    case Kind::Symbol:
        event.symbol = toText(value.toString());
        return !event.symbol.empty();
    case Kind::Number:
        if (const auto found = doubleOf(value)) {
            if (column.number)
                event.*column.number = *found;
            return true;
        }
        return !column.number;
    case Kind::Integer:
        if (!column.integer)
            return true;
        event.*column.integer = value.toInteger(); // "NaN" in an integer field counts as 0
        return value.isDouble() || value.isNull() || value.isUndefined() || doubleOf(value).has_value();
    case Kind::TypeName:
    case Kind::Text:
    case Kind::Flag:
        break;
    }
    return true;
}

template<class E>
QJsonValue write(const Column<E>& column, const E& event)
{
    switch (column.kind) {
    case Kind::Symbol:
        return toQString(event.symbol);
    case Kind::TypeName:
        return toQString(toWire(typeOf(Event(E{}))));
    case Kind::Number:
        return numberJson(column.number ? event.*column.number : market::unknown);
    case Kind::Integer:
        return static_cast<qint64>(column.integer ? event.*column.integer : 0);
    case Kind::Text:
        return toQString(column.text);
    case Kind::Flag:
        break;
    }
    return false;
}

tl::unexpected<base::Error> malformed(EventType type, std::string_view field, const QJsonValue& value)
{
    const std::string found = value.isString() ? toText(value.toString()).substr(0, 40) : "something else";
    return base::fail(base::ErrorKind::Network, std::string(toWire(type)) + "." + std::string(field), found,
                      "a value of another kind was expected");
}

} // namespace

std::string_view toWire(EventType type)
{
    return typeWords.at(static_cast<std::size_t>(type));
}

std::optional<EventType> eventTypeFromWire(std::string_view text)
{
    const auto found = std::ranges::find(typeWords, text);
    if (found == typeWords.end())
        return {};
    return static_cast<EventType>(found - typeWords.begin());
}

std::int64_t eventIndex(std::int64_t timeMillis, std::int64_t sequence)
{
    return ((timeMillis / 1000) << 32) | ((timeMillis % 1000) << 22) | (sequence & 0x3fffff);
}

void EventLayouts::set(EventType type, std::vector<std::string> names)
{
    Layout& layout = m_types[static_cast<std::size_t>(type)];
    layout.columns.clear();
    withType(type, [&]<class E>(E) {
        for (const std::string& name : names) {
            const auto found = std::ranges::find(Table<E>::columns, name, &Column<E>::name);
            layout.columns.push_back(
                found == Table<E>::columns.end() ? -1 : static_cast<int>(found - Table<E>::columns.begin()));
        }
    });
    layout.names = std::move(names);
}

void EventLayouts::readRows(EventType type, const QJsonArray& flat, std::vector<Event>& events,
                            Refusals& refusals) const
{
    const Layout& layout = at(type);
    const auto width = static_cast<qsizetype>(layout.columns.size());
    if (width == 0 || flat.size() % width != 0)
        return refusals.add(base::fail(base::ErrorKind::Network, toWire(type), std::to_string(flat.size()) + " values",
                                       "a multiple of " + std::to_string(width) + " columns was expected"));
    withType(type, [&]<class E>(E) {
        const auto rowAt = [&](qsizetype start) -> base::Result<E> {
            E event;
            for (qsizetype i = 0; i < width; ++i) {
                const int index = layout.columns[static_cast<std::size_t>(i)];
                if (index < 0)
                    continue;
                const Column<E>& column = Table<E>::columns[static_cast<std::size_t>(index)];
                const QJsonValue value = flat.at(start + i);
                if (!read(column, value, event))
                    return malformed(type, column.name, value);
            }
            if (event.symbol.empty())
                return malformed(type, "eventSymbol", {});
            return event;
        };
        events.reserve(events.size() + static_cast<std::size_t>(flat.size() / width));
        for (qsizetype start = 0; start < flat.size(); start += width) {
            if (auto event = rowAt(start))
                events.emplace_back(std::move(*event));
            else
                refusals.add(tl::make_unexpected(event.error()));
        }
    });
}

void EventLayouts::writeRow(const Event& event, QJsonArray& flat) const
{
    const Layout& layout = at(typeOf(event));
    std::visit(
        [&]<class E>(const E& values) {
            for (const int index : layout.columns) {
                if (index < 0)
                    flat.append(QJsonValue::Null);
                else
                    flat.append(write(Table<E>::columns[static_cast<std::size_t>(index)], values));
            }
        },
        event);
}

const EventLayouts& clientLayouts()
{
    static const EventLayouts layouts = [] {
        EventLayouts made;
        made.set(EventType::Quote, {"eventSymbol", "bidPrice", "askPrice", "bidSize", "askSize"});
        made.set(EventType::Trade, {"eventSymbol", "time", "price", "size", "dayVolume"});
        made.set(EventType::Summary,
                 {"eventSymbol", "dayOpenPrice", "dayHighPrice", "dayLowPrice", "prevDayClosePrice", "openInterest"});
        made.set(EventType::Greeks,
                 {"eventSymbol", "time", "price", "volatility", "delta", "gamma", "theta", "rho", "vega"});
        made.set(EventType::Candle,
                 {"eventSymbol", "eventFlags", "index", "time", "count", "open", "high", "low", "close", "volume",
                  "impVolatility"});
        return made;
    }();
    return layouts;
}

const EventLayouts& fullLayouts()
{
    static const EventLayouts layouts = [] {
        EventLayouts made;
        for (std::size_t i = 0; i < eventTypeCount; ++i) {
            const auto type = static_cast<EventType>(i);
            std::vector<std::string> names;
            withType(type, [&]<class E>(E) {
                for (const Column<E>& column : Table<E>::columns)
                    names.emplace_back(column.name);
            });
            made.set(type, std::move(names));
        }
        return made;
    }();
    return layouts;
}

base::Result<std::optional<Event>> parseFullEvent(const QJsonObject& object)
{
    const auto type = eventTypeFromWire(toText(object.value(QLatin1String("eventType")).toString()));
    if (!type)
        return std::optional<Event>{};
    return withType(*type, [&]<class E>(E) -> base::Result<std::optional<Event>> {
        E event;
        for (const Column<E>& column : Table<E>::columns) {
            const QJsonValue value =
                object.value(QLatin1String(column.name.data(), static_cast<qsizetype>(column.name.size())));
            if (!read(column, value, event))
                return malformed(*type, column.name, value);
        }
        return std::optional<Event>(std::move(event));
    });
}

QJsonObject toFullJson(const Event& event, const EventLayouts& layouts)
{
    QJsonObject object;
    const EventType type = typeOf(event);
    QJsonArray row;
    layouts.writeRow(event, row);
    qsizetype at = 0;
    for (const std::string& name : layouts.names(type)) {
        if (!row.at(at).isNull())
            object.insert(toQString(name), row.at(at));
        ++at;
    }
    object.insert(QLatin1String("eventType"), toQString(toWire(type)));
    return object;
}

base::Result<CandleSymbol> parseCandleSymbol(std::string_view text)
{
    const auto refuse = [&] {
        return base::badInput("candle symbol", text.substr(0, 60), "a symbol with a period, such as SPY{=5m}");
    };
    const std::size_t open = text.find("{=");
    if (open == std::string_view::npos || open == 0 || !text.ends_with('}'))
        return refuse();
    const std::string_view inner = text.substr(open + 2, text.size() - open - 3);
    const std::size_t comma = inner.find(',');
    std::string_view period = inner.substr(0, comma);
    const std::size_t digits = std::min(period.find_first_not_of("0123456789"), period.size());
    const std::string_view unit = period.substr(digits);
    constexpr std::array<std::string_view, 11> units{"t", "s", "m", "h", "d", "w", "mo", "o", "y", "v", "p"};
    if (std::ranges::find(units, unit) == units.end() || digits > 6)
        return refuse();
    if (period.substr(0, digits) == "1")
        period = unit;
    CandleSymbol symbol{std::string(text.substr(0, open)), std::string(period), {}};
    if (comma != std::string_view::npos)
        symbol.attributes = inner.substr(comma + 1);
    return symbol;
}

std::string print(const CandleSymbol& symbol)
{
    std::string text = symbol.symbol + "{=" + symbol.period;
    if (!symbol.attributes.empty())
        text += "," + symbol.attributes;
    return text + "}";
}

} // namespace vegadesk::tastytrade::wire
