#pragma once

#include "base/error.h"

#include <QJsonObject>

#include <optional>
#include <string>
#include <vector>

namespace vegadesk::cli
{

/// Reads one object of a user's JSON file field by field, and keeps the first thing that is wrong with it. What is asked for after
/// that is the fallback.
class JsonFields
{
public:
    /// `place` is what errors call it: "positions[2]"; empty for the file itself.
    JsonFields(QJsonObject object, std::string place) : m_object(std::move(object)), m_place(std::move(place)) {}

    bool has(const char* name) const { return m_object.contains(QLatin1String(name)); }
    /// From `low` to `high`, both included; `allowed` says so in words.
    double number(const char* name, double low, double high, const char* allowed);
    double numberOr(const char* name, double fallback, double low, double high, const char* allowed);
    std::string text(const char* name, const char* allowed);
    std::string textOr(const char* name, const std::string& fallback, const char* allowed);
    /// One of `words`.
    std::string wordOr(const char* name, const std::string& fallback, const std::vector<std::string>& words);
    /// Objects, each with its place.
    std::vector<JsonFields> list(const char* name, const char* allowed);

    void refuse(const char* name, std::string_view value, std::string_view allowed);
    /// Its field is as it stands.
    void refuse(base::Error error);
    /// Its field is this object's.
    void refuseHere(base::Error error);
    const std::optional<base::Error>& error() const { return m_error; }
    /// What was never asked for is no field of it: the first such name is refused.
    void refuseOthers();

private:
    QJsonValue take(const char* name);
    std::string nameOf(const char* name) const;

    QJsonObject m_object;
    std::string m_place;
    std::vector<std::string> m_known;
    std::optional<base::Error> m_error;
};

} // namespace vegadesk::cli
