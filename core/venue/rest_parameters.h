#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QUrlQuery>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::venue
{

/// What stands after a request's question mark, as clients of the broker write it: a list is `key[]=a&key[]=b` with brackets plain
/// or encoded, `key=a&key=b`, and on two routes `key=a,b`; a blank is "%20" or "+". Unknown keys are nobody's business.
class Parameters
{
public:
    Parameters() = default;
    explicit Parameters(const QUrlQuery& query);

    /// Empty when it is missing.
    std::string text(std::string_view key) const;
    /// Of `key` and of `key`[].
    std::vector<std::string> list(std::string_view key) const;
    /// The same, each taken apart at its commas.
    std::vector<std::string> commaList(std::string_view key) const;
    bool flag(std::string_view key) const { return text(key) == "true"; }
    /// None where it is missing. Errors: anything but "true" and "false".
    base::Result<std::optional<bool>> optionalFlag(std::string_view key) const;
    base::Result<std::optional<base::Date>> date(std::string_view key) const;
    /// ISO 8601; a "+" before the offset that came as a blank is understood.
    base::Result<std::optional<base::Instant>> instant(std::string_view key) const;
    /// `fallback` where it is missing or no number, `most` where it is more.
    std::int64_t number(std::string_view key, std::int64_t fallback, std::int64_t most) const;

private:
    std::vector<std::pair<std::string, std::string>> m_items; ///< decoded; keys without "[]"
};

/// Whether a filter lets `value` through; one without values lets everything through.
bool isAmong(const std::vector<std::string>& wanted, std::string_view value);

} // namespace vegadesk::venue
