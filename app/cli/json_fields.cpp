#include "json_fields.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace vegadesk::cli
{

namespace
{

/// As it stands in the file.
std::string shown(const QJsonValue& value)
{
    if (value.isString())
        return value.toString().toStdString();
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return text.sliced(1, text.size() - 2).toStdString();
}

} // namespace

std::string JsonFields::nameOf(const char* name) const
{
    return m_place.empty() ? name : fmt::format("{}.{}", m_place, name);
}

QJsonValue JsonFields::take(const char* name)
{
    m_known.emplace_back(name);
    return m_object.value(QLatin1String(name));
}

void JsonFields::refuseHere(base::Error error)
{
    error.field = nameOf(error.field.c_str());
    refuse(std::move(error));
}

void JsonFields::refuse(base::Error error)
{
    if (!m_error)
        m_error = std::move(error);
}

void JsonFields::refuse(const char* name, std::string_view value, std::string_view allowed)
{
    refuse(base::Error{base::ErrorKind::BadInput, nameOf(name), std::string(value), std::string(allowed), {}});
}

double JsonFields::number(const char* name, double low, double high, const char* allowed)
{
    const QJsonValue value = take(name);
    const double number = value.toDouble(std::nan(""));
    if (number >= low && number <= high)
        return number;
    refuse(name, value.isUndefined() ? std::string() : shown(value), allowed);
    return low;
}

double JsonFields::numberOr(const char* name, double fallback, double low, double high, const char* allowed)
{
    if (has(name))
        return number(name, low, high, allowed);
    take(name);
    return fallback;
}

std::string JsonFields::text(const char* name, const char* allowed)
{
    const QJsonValue value = take(name);
    if (!value.isString() || value.toString().isEmpty())
        refuse(name, value.isUndefined() ? std::string() : shown(value), allowed);
    return value.toString().toStdString();
}

std::string JsonFields::textOr(const char* name, const std::string& fallback, const char* allowed)
{
    if (has(name))
        return text(name, allowed);
    take(name);
    return fallback;
}

std::string JsonFields::wordOr(const char* name, const std::string& fallback, const std::vector<std::string>& words)
{
    std::vector<std::string> said = words;
    std::erase(said, std::string()); // left out
    const std::string allowed = fmt::format("{}", fmt::join(said, " or "));
    std::string word = textOr(name, fallback, allowed.c_str());
    if (std::ranges::find(words, word) == words.end())
        refuse(name, word, allowed);
    return word;
}

std::vector<JsonFields> JsonFields::list(const char* name, const char* allowed)
{
    const QJsonValue value = take(name);
    std::vector<JsonFields> out;
    if (!value.isArray()) {
        refuse(name, value.isUndefined() ? std::string() : shown(value), allowed);
        return out;
    }
    for (const QJsonValue& each : value.toArray()) {
        const std::string place = fmt::format("{}[{}]", nameOf(name), out.size());
        if (!each.isObject())
            refuse(base::Error{base::ErrorKind::BadInput, place, shown(each), "an object in braces", {}});
        out.emplace_back(each.toObject(), place);
    }
    return out;
}

void JsonFields::refuseOthers()
{
    for (const QString& key : m_object.keys())
        if (std::ranges::find(m_known, key.toStdString()) == m_known.end())
            refuse(base::Error{base::ErrorKind::BadInput,
                               m_place.empty() ? "field" : m_place + ", field",
                               key.toStdString(),
                               fmt::format("one of {}", fmt::join(m_known, ", ")),
                               {}});
}

} // namespace vegadesk::cli
