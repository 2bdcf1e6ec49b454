#include "tastytrade/wire/described.h"

#include <charconv>
#include <cmath>

namespace vegadesk::tastytrade::wire
{

base::Result<market::TickTable> parseTicks(const QJsonArray& array)
{
    market::TickTable ticks;
    for (const QJsonValue& entry : array) {
        Fields in(entry.toObject(), "tick size");
        market::TickRung rung{in.optionalDecimal("threshold"), in.decimal("value")};
        if (!in.failed() && (rung.tick.isZero() || rung.tick.isNegative()))
            in.refuse("value", rung.tick.toString(), "a positive tick");
        if (in.failed())
            return in.error();
        ticks.push_back(rung);
    }
    return ticks;
}

QJsonArray toJson(const market::TickTable& ticks)
{
    QJsonArray array;
    for (const market::TickRung& rung : ticks) {
        QJsonObject entry;
        putIf(entry, "threshold", rung.below);
        put(entry, "value", rung.tick);
        array.append(entry);
    }
    return array;
}

void ReadFields::operator()(const char* key, std::optional<bool>& flag)
{
    if (m_in.has(key))
        flag = m_in.flag(key, false);
}

void ReadFields::operator()(const char* key, std::optional<std::int64_t>& count)
{
    if (m_in.has(key))
        count = m_in.integer(key);
}

void ReadFields::operator()(const char* key, std::vector<std::string>& texts)
{
    for (const QJsonValue& entry : m_in.list(key)) {
        if (!entry.isString())
            m_in.refuse(key, {}, "a list of texts");
        texts.push_back(toText(entry.toString()));
    }
}

void ReadFields::amount(const char* key, base::Decimal& value)
{
    if (const auto found = m_in.optionalAmount(key))
        value = *found;
}

void ReadFields::number(const char* key, std::optional<double>& value)
{
    if (!m_in.has(key))
        return;
    const QJsonValue found = m_in.value(key);
    bool isNumber = found.isDouble();
    const double read = isNumber ? found.toDouble() : found.toString().toDouble(&isNumber);
    if (!isNumber || !std::isfinite(read))
        m_in.refuse(key, m_in.text(key, {}), "a number");
    else
        value = read;
}

void ReadFields::spaced(const char* key, std::optional<base::Instant>& at)
{
    if (!m_in.has(key))
        return;
    std::string text = m_in.text(key);
    if (const auto space = text.find(' '); space != std::string::npos)
        text[space] = 'T';
    const bool isShort = text.size() > 3 && (text[text.size() - 3] == '+' || text[text.size() - 3] == '-');
    at = m_in.take(parseInstantIn(isShort ? text + ":00" : text, key));
}

void PrintFields::operator()(const char* key, const std::string& text)
{
    if (!text.empty())
        put(m_object, key, text);
}

void PrintFields::operator()(const char* key, const std::optional<bool>& flag)
{
    if (flag)
        m_object.insert(QLatin1String(key), *flag);
}

void PrintFields::operator()(const char* key, const std::optional<std::int64_t>& count)
{
    if (count)
        m_object.insert(QLatin1String(key), qint64{*count});
}

void PrintFields::operator()(const char* key, const std::vector<std::string>& texts)
{
    QJsonArray list;
    for (const std::string& text : texts)
        list.append(toQString(text));
    m_object.insert(QLatin1String(key), list);
}

void PrintFields::id(const char* key, const std::string& id)
{
    std::int64_t number = 0;
    const auto end = id.data() + id.size();
    const auto parsed = std::from_chars(id.data(), end, number);
    if (parsed.ec == std::errc{} && parsed.ptr == end && std::to_string(number) == id)
        m_object.insert(QLatin1String(key), qint64{number});
    else
        (*this)(key, id);
}

void PrintFields::amount(const char* key, const std::optional<base::Decimal>& value)
{
    if (value)
        putAmount(m_object, key, *value);
}

void PrintFields::number(const char* key, const std::optional<double>& value)
{
    if (value)
        m_object.insert(QLatin1String(key), *value);
}

void PrintFields::zulu(const char* key, const std::optional<base::Instant>& at)
{
    if (!at)
        return;
    const std::string text = base::formatInstant(*at);
    put(m_object, key, text.substr(0, text.find('+')) + "Z");
}

void PrintFields::spaced(const char* key, const std::optional<base::Instant>& at)
{
    if (!at)
        return;
    std::string text = base::formatInstant(*at).substr(0, 19);
    text[10] = ' ';
    put(m_object, key, text + "+00");
}

void PrintFields::orNaN(const char* key, const std::optional<base::Decimal>& value)
{
    put(m_object, key, value ? value->toString() : std::string("NaN"));
}

void PrintFields::ticks(const char* key, const market::TickTable& table)
{
    m_object.insert(QLatin1String(key), toJson(table));
}

} // namespace vegadesk::tastytrade::wire
