#pragma once

#include "base/error.h"

#include <optional>
#include <set>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::strategies
{

/// An object of a file that a person wrote: what is asked of it is counted, what is left over is a mistake. The first error stays.
class JsonSection
{
public:
    JsonSection(simdjson::dom::object object, std::string path);

    bool has(std::string_view key) const;
    std::optional<std::string> text(std::string_view key); ///< empty where it is missing
    std::optional<double> number(std::string_view key);    ///< likewise
    std::string textOf(std::string_view key);              ///< an error where it is missing or empty
    std::string word(std::string_view key, const std::vector<std::string>& allowed); ///< likewise, or another one
    std::optional<simdjson::dom::element> take(std::string_view key);

    std::string placeOf(std::string_view key) const; ///< "exits.days"
    void fail(std::string_view key, std::string_view value, std::string_view allowed);
    /// What went wrong, a key that nobody asked for last.
    base::Result<void> finish(std::string_view known) const;
    const std::optional<base::Error>& error() const { return m_error; }

private:
    simdjson::dom::object m_object;
    std::string m_path;
    std::set<std::string, std::less<>> m_asked;
    std::optional<base::Error> m_error;
};

/// As it stands in the file, cut short.
std::string shown(simdjson::dom::element element);

} // namespace vegadesk::strategies
