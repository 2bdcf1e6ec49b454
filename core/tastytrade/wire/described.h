#pragma once

#include "market/instrument.h"
#include "tastytrade/wire/json.h"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::tastytrade::wire
{

/// A message whose keys are named once for both ways, so that what is printed is what is read:
///
///     static constexpr std::string_view what = "watchlist";   // its name in errors
///     template<class Io, class Self> static void describe(Io& io, Self& self)
///     {
///         io.need("name", self.name);
///         io("order-index", self.orderIndex);
///     }
///
/// `io` is ReadFields, PrintFields, or in tests one that puts in anything.
///   io(key, member)      may be missing: the member keeps what it was made with. Empty texts and optionals are not printed
///   io.need(key, member) must be there
///   io.text(key, member) a text that may be missing and is always printed, for clients that want it
///   io.id(key, member)   an id: a number on the wire where it is one, a text otherwise. Empty ones are not printed
///   io.amount(…)         signed here; a magnitude and `key`-effect there
///   io.figure(…)         a statistic, which may have more decimals than a price: rounded to eight
///   io.number(…)         a count or sum that a Decimal cannot hold; a number on the wire
///   io.zulu(…)           a time that is printed with a Z, as on the market's routes
///   io.spaced(…)         a time as the net liquidation history writes it, "2026-06-08 13:30:00+00"
///   io.orNaN(…)          a decimal that is printed as "NaN" where it is not known
///   io.ticks(…)          a tick table
///   io.always(key, word) the same in every message: printed, not read
template<class T>
concept Described = requires
{
    {
        T::what
        } -> std::convertible_to<std::string_view>;
};

template<Described T>
base::Result<T> read(const QJsonObject& object);
template<Described T>
QJsonObject toJson(const T& value);

/// [{"threshold": "3.0", "value": "0.01"}, {"value": "0.05"}]
base::Result<market::TickTable> parseTicks(const QJsonArray& array);
QJsonArray toJson(const market::TickTable& ticks);

class ReadFields
{
public:
    ReadFields(QJsonObject object, std::string_view what) : m_in(std::move(object), what) {}

    void operator()(const char* key, std::string& text) { text = m_in.text(key, text); }
    void operator()(const char* key, bool& flag) { flag = m_in.flag(key, flag); }
    void operator()(const char* key, std::int64_t& count) { count = m_in.integer(key, count); }
    void operator()(const char* key, base::Decimal& value) { value = m_in.decimal(key, value); }
    void operator()(const char* key, std::optional<bool>& flag);
    void operator()(const char* key, std::optional<std::int64_t>& count);
    void operator()(const char* key, std::optional<base::Decimal>& value) { value = m_in.optionalDecimal(key); }
    void operator()(const char* key, std::optional<base::Date>& date) { date = m_in.optionalDate(key); }
    void operator()(const char* key, std::optional<base::Instant>& at) { at = m_in.optionalInstant(key); }
    void operator()(const char* key, std::vector<std::string>& texts);
    template<Described T>
    void operator()(const char* key, T& value)
    {
        if (m_in.has(key))
            value = m_in.take(read<T>(m_in.child(key)));
    }
    template<Described T>
    void operator()(const char* key, std::optional<T>& value)
    {
        if (m_in.has(key))
            value = m_in.take(read<T>(m_in.child(key)));
    }
    template<Described T>
    void operator()(const char* key, std::vector<T>& values)
    {
        for (const QJsonValue& entry : m_in.list(key))
            values.push_back(m_in.take(read<T>(entry.toObject())));
    }

    void need(const char* key, std::string& text) { text = m_in.text(key); }
    void need(const char* key, std::int64_t& count) { count = m_in.integer(key); }
    void need(const char* key, base::Decimal& value) { value = m_in.decimal(key); }
    void need(const char* key, base::Date& date) { date = m_in.date(key); }
    void text(const char* key, std::string& text) { (*this)(key, text); }
    void id(const char* key, std::string& id) { id = m_in.id(key, id); }
    void amount(const char* key, base::Decimal& value);
    void amount(const char* key, std::optional<base::Decimal>& value) { value = m_in.optionalAmount(key); }
    void figure(const char* key, std::optional<base::Decimal>& value) { value = m_in.optionalFigure(key); }
    void number(const char* key, std::optional<double>& value);
    void zulu(const char* key, std::optional<base::Instant>& at) { at = m_in.optionalInstant(key); }
    void spaced(const char* key, std::optional<base::Instant>& at);
    void orNaN(const char* key, std::optional<base::Decimal>& value) { value = m_in.optionalDecimal(key); }
    void always(const char*, std::string_view) {}
    void ticks(const char* key, market::TickTable& table) { table = m_in.take(parseTicks(m_in.list(key))); }

    bool failed() const { return m_in.failed(); }
    tl::unexpected<base::Error> error() const { return m_in.error(); }

private:
    Fields m_in;
};

class PrintFields
{
public:
    void operator()(const char* key, const std::string& text);
    void operator()(const char* key, bool flag) { m_object.insert(QLatin1String(key), flag); }
    void operator()(const char* key, std::int64_t count) { m_object.insert(QLatin1String(key), qint64{count}); }
    void operator()(const char* key, base::Decimal value) { put(m_object, key, value); }
    void operator()(const char* key, const std::optional<bool>& flag);
    void operator()(const char* key, const std::optional<std::int64_t>& count);
    void operator()(const char* key, const std::optional<base::Decimal>& value) { putIf(m_object, key, value); }
    void operator()(const char* key, const std::optional<base::Date>& date) { putIf(m_object, key, date); }
    void operator()(const char* key, const std::optional<base::Instant>& at) { putIf(m_object, key, at); }
    void operator()(const char* key, const std::vector<std::string>& texts);
    template<Described T>
    void operator()(const char* key, const T& value)
    {
        m_object.insert(QLatin1String(key), toJson(value));
    }
    template<Described T>
    void operator()(const char* key, const std::optional<T>& value)
    {
        if (value)
            m_object.insert(QLatin1String(key), toJson(*value));
    }
    template<Described T>
    void operator()(const char* key, const std::vector<T>& values)
    {
        QJsonArray list;
        for (const T& value : values)
            list.append(toJson(value));
        m_object.insert(QLatin1String(key), list);
    }

    void need(const char* key, const std::string& text) { put(m_object, key, text); }
    void need(const char* key, std::int64_t count) { (*this)(key, count); }
    void need(const char* key, base::Decimal value) { put(m_object, key, value); }
    void need(const char* key, base::Date date) { put(m_object, key, date); }
    void text(const char* key, const std::string& text) { put(m_object, key, text); }
    void id(const char* key, const std::string& id);
    void amount(const char* key, base::Decimal value) { putAmount(m_object, key, value); }
    void amount(const char* key, const std::optional<base::Decimal>& value);
    void figure(const char* key, const std::optional<base::Decimal>& value) { putIf(m_object, key, value); }
    void number(const char* key, const std::optional<double>& value);
    void zulu(const char* key, const std::optional<base::Instant>& at);
    void spaced(const char* key, const std::optional<base::Instant>& at);
    void orNaN(const char* key, const std::optional<base::Decimal>& value);
    void always(const char* key, std::string_view word) { put(m_object, key, word); }
    void ticks(const char* key, const market::TickTable& table);

    const QJsonObject& object() const { return m_object; }

private:
    QJsonObject m_object;
};

/// Errors: the first field that is missing or not what it should be. Unknown fields are passed over.
template<Described T>
base::Result<T> read(const QJsonObject& object)
{
    T value;
    ReadFields in(object, T::what);
    T::describe(in, value);
    if (in.failed())
        return in.error();
    return value;
}

template<Described T>
QJsonObject toJson(const T& value)
{
    PrintFields out;
    T::describe(out, value);
    return out.object();
}

} // namespace vegadesk::tastytrade::wire
