#include "tastytrade/wire/json.h"

#include <QJsonDocument>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

namespace vegadesk::tastytrade::wire
{

namespace
{

constexpr std::size_t errorTextLength = 60;

std::string shown(const QJsonValue& value)
{
    switch (value.type()) {
    case QJsonValue::String:
        return toText(value.toString()).substr(0, errorTextLength);
    case QJsonValue::Double:
        return std::to_string(value.toDouble());
    case QJsonValue::Bool:
        return value.toBool() ? "true" : "false";
    case QJsonValue::Array:
        return "a list";
    case QJsonValue::Object:
        return "an object";
    default:
        return {};
    }
}

/// The shortest text that reads back as the number: what the sender wrote, as far as a double can tell.
std::string numberText(const QJsonValue& value)
{
    const qint64 whole = value.toInteger();
    if (static_cast<double>(whole) == value.toDouble())
        return std::to_string(whole);
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value.toDouble());
    return {buffer, end.ptr};
}

std::optional<base::Decimal> decimalOf(const QJsonValue& value)
{
    std::string text;
    if (value.isString())
        text = toText(value.toString());
    else if (value.isDouble())
        text = numberText(value);
    else
        return {};
    const auto parsed = base::Decimal::parse(text);
    // The smallest number has no negative; nothing honest is that large.
    if (!parsed || parsed->units() == std::numeric_limits<std::int64_t>::min())
        return {};
    return *parsed;
}

std::optional<std::int64_t> integerOf(const QJsonValue& value)
{
    if (value.isDouble()) {
        const qint64 whole = value.toInteger();
        if (static_cast<double>(whole) == value.toDouble())
            return whole;
        return {};
    }
    if (!value.isString())
        return {};
    const std::string text = toText(value.toString());
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size())
        return number;
    const auto decimal = base::Decimal::parse(text);
    if (decimal && decimal->units() % base::Decimal::unitsPerOne == 0)
        return decimal->units() / base::Decimal::unitsPerOne;
    return {};
}

} // namespace

QString toQString(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string toText(const QString& text)
{
    return text.toStdString();
}

base::Result<QJsonObject> parseObject(const QByteArray& bytes, std::string_view what)
{
    QJsonParseError problem;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (document.isObject())
        return document.object();
    const QByteArray start = bytes.left(static_cast<qsizetype>(errorTextLength)).trimmed();
    return base::fail(base::ErrorKind::Network, what, start.startsWith('<') ? "a web page" : start.toStdString(),
                      "a JSON object was expected", problem.errorString().toStdString());
}

QByteArray toBytes(const QJsonObject& object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

std::optional<Pagination> parsePagination(const QJsonObject& body)
{
    const QJsonValue value = body.value(QLatin1String("pagination"));
    if (!value.isObject())
        return {};
    Fields in(value.toObject(), "pagination");
    Pagination pagination;
    pagination.perPage = in.integer("per-page", 0);
    pagination.page = in.integer("page-offset", 0);
    pagination.totalItems = in.integer("total-items", 0);
    pagination.totalPages = in.integer("total-pages", 1);
    if (in.failed())
        return {};
    return pagination;
}

bool isPlausible(base::Decimal price, base::Quantity quantity, int multiplier)
{
    return std::abs(price.toDouble() * quantity.toDouble() * multiplier) <= largestValue;
}

QJsonObject toJson(const Pagination& pagination)
{
    const std::int64_t first = pagination.page * pagination.perPage;
    const std::int64_t here = std::clamp<std::int64_t>(pagination.totalItems - first, 0, pagination.perPage);
    QJsonObject object;
    object.insert(QLatin1String("per-page"), static_cast<qint64>(pagination.perPage));
    object.insert(QLatin1String("page-offset"), static_cast<qint64>(pagination.page));
    object.insert(QLatin1String("item-offset"), static_cast<qint64>(first));
    object.insert(QLatin1String("total-items"), static_cast<qint64>(pagination.totalItems));
    object.insert(QLatin1String("total-pages"), static_cast<qint64>(pagination.totalPages));
    object.insert(QLatin1String("current-item-count"), static_cast<qint64>(here));
    for (const char* key : {"previous-link", "next-link", "paging-link-template"})
        object.insert(QLatin1String(key), QJsonValue::Null);
    return object;
}

QJsonObject envelope(const QJsonObject& data, std::string_view context)
{
    QJsonObject object;
    object.insert(QLatin1String("data"), data);
    put(object, "context", context);
    return object;
}

QJsonObject itemsEnvelope(const QJsonArray& items, std::string_view context,
                          const std::optional<Pagination>& pagination)
{
    QJsonObject data;
    data.insert(QLatin1String("items"), items);
    QJsonObject object = envelope(data, context);
    if (pagination)
        object.insert(QLatin1String("pagination"), toJson(*pagination));
    return object;
}

base::Result<QJsonObject> dataOf(const QJsonObject& body, std::string_view what)
{
    const QJsonValue data = body.value(QLatin1String("data"));
    if (!data.isObject())
        return base::fail(base::ErrorKind::Network, what, {}, "the answer has no data");
    return data.toObject();
}

base::Result<QJsonArray> itemsOf(const QJsonObject& body, std::string_view what)
{
    const auto data = dataOf(body, what);
    if (!data)
        return tl::make_unexpected(data.error());
    const QJsonValue items = data->value(QLatin1String("items"));
    if (!items.isArray())
        return base::fail(base::ErrorKind::Network, what, {}, "the answer has no list of items");
    return items.toArray();
}

base::Result<base::Instant> parseInstantIn(const std::string& text, const char* field)
{
    if (text < "1700" || text > "2200") // 64-bit nanoseconds end in 2262
        return base::badInput(field, text, "a time between 1700 and 2200");
    return base::parseInstant(text, field);
}

bool Fields::has(const char* key) const
{
    const QJsonValue found = value(key);
    return !found.isUndefined() && !found.isNull();
}

QJsonValue Fields::value(const char* key) const
{
    return m_object.value(QLatin1String(key));
}

std::string Fields::text(const char* key)
{
    const QJsonValue found = value(key);
    if (!found.isString())
        refuse(key, shown(found), "a text");
    return toText(found.toString());
}

std::string Fields::text(const char* key, std::string_view fallback) const
{
    const QJsonValue found = value(key);
    return found.isString() ? toText(found.toString()) : std::string(fallback);
}

std::string Fields::id(const char* key)
{
    const std::string found = id(key, {});
    if (found.empty())
        refuse(key, shown(value(key)), "an id");
    return found;
}

std::string Fields::id(const char* key, std::string_view fallback) const
{
    const QJsonValue found = value(key);
    if (found.isString())
        return toText(found.toString());
    if (const auto number = integerOf(found))
        return std::to_string(*number);
    return std::string(fallback);
}

bool Fields::flag(const char* key, bool fallback) const
{
    const QJsonValue found = value(key);
    if (found.isString()) // day-trader-status is a boolean in some answers and a text in others
        return found.toString() == QLatin1String("true");
    return found.toBool(fallback);
}

std::int64_t Fields::integer(const char* key)
{
    const auto number = integerOf(value(key));
    if (!number)
        refuse(key, shown(value(key)), "a whole number");
    return number.value_or(0);
}

std::int64_t Fields::integer(const char* key, std::int64_t fallback)
{
    return has(key) ? integer(key) : fallback;
}

base::Quantity Fields::quantity(const char* key)
{
    return base::Quantity::fromUnits(decimal(key).units());
}

base::Quantity Fields::quantity(const char* key, base::Quantity fallback)
{
    return has(key) ? quantity(key) : fallback;
}

base::Decimal Fields::decimal(const char* key)
{
    const auto number = decimalOf(value(key));
    if (!number)
        refuse(key, shown(value(key)), "a decimal number");
    return number.value_or(base::Decimal{});
}

std::optional<base::Decimal> Fields::optionalDecimal(const char* key)
{
    if (!has(key) || value(key).toString() == QLatin1String("NaN"))
        return {};
    return decimal(key);
}

base::Decimal Fields::decimal(const char* key, base::Decimal fallback)
{
    return has(key) ? decimal(key) : fallback;
}

std::optional<base::Decimal> Fields::optionalFigure(const char* key)
{
    const QJsonValue found = value(key);
    if (found.isString() && decimalOf(found) == std::nullopt) {
        bool isNumber = false;
        const double number = found.toString().toDouble(&isNumber);
        const auto rounded = base::Decimal::fromDouble(isNumber ? number : std::nan(""));
        if (rounded && rounded->units() != std::numeric_limits<std::int64_t>::min())
            return *rounded;
    }
    return optionalDecimal(key);
}

base::Decimal Fields::amount(const char* key)
{
    const base::Decimal magnitude = decimal(key);
    const std::string effectKey = std::string(key) + "-effect";
    const std::string effect = text(effectKey.c_str(), "None");
    if (effect == "Debit")
        return -magnitude;
    if (effect != "Credit" && effect != "None")
        refuse(effectKey.c_str(), effect, "Credit, Debit or None");
    return magnitude;
}

std::optional<base::Decimal> Fields::optionalAmount(const char* key)
{
    if (!has(key))
        return {};
    return amount(key);
}

base::Date Fields::date(const char* key)
{
    const std::string found = text(key);
    if (!failed() && (found < "1700" || found > "2200")) // its midnight is an instant too, and these end in 2262
        refuse(key, found, "a date between 1700 and 2200");
    return failed() ? base::Date{} : take(base::parseDate(found, key));
}

std::optional<base::Date> Fields::optionalDate(const char* key)
{
    if (!has(key))
        return {};
    return date(key);
}

std::optional<base::Instant> Fields::optionalInstant(const char* key)
{
    if (!has(key))
        return {};
    return take(parseInstantIn(text(key), key));
}

base::Instant Fields::millis(const char* key)
{
    constexpr std::int64_t limit = 7'258'118'400'000; // the year 2200; 64-bit nanoseconds end in 2262
    const std::int64_t number = integer(key, 0);
    if (number < -limit || number > limit) {
        refuse(key, std::to_string(number), "milliseconds since 1970, before the year 2200");
        return {};
    }
    return base::fromUnixMillis(number);
}

QJsonObject Fields::child(const char* key) const
{
    return value(key).toObject();
}

QJsonArray Fields::list(const char* key) const
{
    return value(key).toArray();
}

void Fields::refuse(const char* key, std::string_view found, std::string_view allowed)
{
    base::Error error{base::ErrorKind::Network,
                      std::string(m_what) + "." + key,
                      std::string(found),
                      std::string(allowed) + " was expected",
                      {}};
    fail(std::move(error));
}

void Fields::fail(base::Error error)
{
    if (!m_error) {
        // Whatever parser refused the value: what the broker sent is not what the user typed.
        error.kind = base::ErrorKind::Network;
        m_error = std::move(error);
    }
}

void put(QJsonObject& object, const char* key, base::Decimal value)
{
    object.insert(QLatin1String(key), toQString(value.toString()));
}

void put(QJsonObject& object, const char* key, base::Quantity value)
{
    if (value.isWhole())
        object.insert(QLatin1String(key), static_cast<qint64>(value.whole()));
    else
        put(object, key, value.toString());
}

void put(QJsonObject& object, const char* key, std::string_view value)
{
    object.insert(QLatin1String(key), toQString(value));
}

void put(QJsonObject& object, const char* key, base::Date value)
{
    object.insert(QLatin1String(key), toQString(base::formatDate(value)));
}

void put(QJsonObject& object, const char* key, base::Instant value)
{
    object.insert(QLatin1String(key), toQString(base::formatInstant(value)));
}

void putAmount(QJsonObject& object, const char* key, base::Decimal value)
{
    put(object, key, value.abs());
    put(object, (std::string(key) + "-effect").c_str(),
        std::string_view(value.isZero()       ? "None"
                         : value.isNegative() ? "Debit"
                                              : "Credit"));
}

} // namespace vegadesk::tastytrade::wire
