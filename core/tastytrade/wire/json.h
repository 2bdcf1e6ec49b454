#pragma once

#include "base/decimal.h"
#include "base/error.h"
#include "base/quantity.h"
#include "base/time.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vegadesk::tastytrade::wire
{

QString toQString(std::string_view text);
std::string toText(const QString& text);

/// One JSON object. Errors: no JSON, another kind of JSON, or a web page (the broker's proxies answer in
/// HTML).
base::Result<QJsonObject> parseObject(const QByteArray& bytes, std::string_view what);
/// On one line.
QByteArray toBytes(const QJsonObject& object);

/// Where a list stands in its pages; pages count from 0.
struct Pagination {
    std::int64_t perPage = 250, page = 0, totalItems = 0, totalPages = 1;

    friend bool operator==(const Pagination&, const Pagination&) = default;
};
std::optional<Pagination> parsePagination(const QJsonObject& body);
QJsonObject toJson(const Pagination& pagination);

/// {"data": …, "context": …}
QJsonObject envelope(const QJsonObject& data, std::string_view context);
/// {"data": {"items": […]}, "context": …}
QJsonObject itemsEnvelope(const QJsonArray& items, std::string_view context,
                          const std::optional<Pagination>& pagination = {});
base::Result<QJsonObject> dataOf(const QJsonObject& body, std::string_view what);
base::Result<QJsonArray> itemsOf(const QJsonObject& body, std::string_view what);

/// Reads the fields of one object and remembers the first that is missing or not what it should be, so that a
/// parser reads everything first and asks error() once. Unknown fields are nobody's business.
class Fields
{
public:
    /// `what` names the object in errors ("order", "position"); it must outlive this.
    Fields(QJsonObject object, std::string_view what) : m_object(std::move(object)), m_what(what) {}

    bool has(const char* key) const; ///< present and not null
    QJsonValue value(const char* key) const;
    const QJsonObject& object() const { return m_object; }

    std::string text(const char* key);
    std::string text(const char* key, std::string_view fallback) const;
    /// Ids are numbers on the wire, and strings in the broker's own documents.
    std::string id(const char* key);
    std::string id(const char* key, std::string_view fallback) const;
    bool flag(const char* key, bool fallback) const;

    /// Numbers and texts alike; "3.0" is an integer too.
    std::int64_t integer(const char* key);
    std::int64_t integer(const char* key, std::int64_t fallback);
    base::Quantity quantity(const char* key);
    base::Quantity quantity(const char* key, base::Quantity fallback);
    base::Decimal decimal(const char* key);
    std::optional<base::Decimal> optionalDecimal(const char* key); ///< none also for "NaN"
    base::Decimal decimal(const char* key, base::Decimal fallback);
    /// A statistic, which may have more decimals than a Decimal: rounded to eight. None also for "NaN".
    std::optional<base::Decimal> optionalFigure(const char* key);
    /// The value under `key` with its direction under `key`-effect: credits positive, debits negative.
    base::Decimal amount(const char* key);
    std::optional<base::Decimal> optionalAmount(const char* key);

    base::Date date(const char* key);
    std::optional<base::Date> optionalDate(const char* key);
    std::optional<base::Instant> optionalInstant(const char* key);
    /// Milliseconds since 1970; 0 and a missing value are the zero Instant.
    base::Instant millis(const char* key);

    QJsonObject child(const char* key) const; ///< empty when it is not there
    QJsonArray list(const char* key) const;   ///< likewise

    /// Takes another parser's outcome in; a failure becomes this object's.
    template<class T>
    T take(base::Result<T> result, T fallback = {})
    {
        if (result)
            return std::move(*result);
        fail(std::move(result.error()));
        return fallback;
    }
    void refuse(const char* key, std::string_view found, std::string_view allowed);
    void fail(base::Error error);
    bool failed() const { return m_error.has_value(); }
    tl::unexpected<base::Error> error() const { return tl::make_unexpected(*m_error); }

private:
    QJsonObject m_object;
    std::string_view m_what;
    std::optional<base::Error> m_error;
};

/// As base::parseInstant(), within the years that 64-bit nanoseconds hold.
base::Result<base::Instant> parseInstantIn(const std::string& text, const char* field);

/// No account has more of one thing, and no position is worth more; sums of ours hold a few of these.
inline constexpr std::int64_t largestQuantity = 10'000'000;
inline constexpr double largestValue = 1e10;
bool isPlausible(base::Decimal price, base::Quantity quantity, int multiplier);

/// Writers: decimals as text, as the broker does.
void put(QJsonObject& object, const char* key, base::Decimal value);
/// A whole one as a number.
void put(QJsonObject& object, const char* key, base::Quantity value);
void put(QJsonObject& object, const char* key, std::string_view value);
void put(QJsonObject& object, const char* key, base::Date value);
void put(QJsonObject& object, const char* key, base::Instant value);
template<class T>
void putIf(QJsonObject& object, const char* key, const std::optional<T>& value)
{
    if (value)
        put(object, key, *value);
}
/// A signed amount as magnitude and `key`-effect: positive is Credit.
void putAmount(QJsonObject& object, const char* key, base::Decimal value);

} // namespace vegadesk::tastytrade::wire
