#pragma once

#include "base/error.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::base
{

enum class ParameterKind : std::uint8_t { Number, Integer, Choice };

/// One setting of a strategy or a model, described well enough to make a dialog row, a command-line option and a sweep
/// axis.
struct ParameterSpec {
    std::string name{};  ///< "short_delta"
    std::string unit{};  ///< "delta", "days", "% of credit", "" for none
    std::string about{}; ///< one sentence
    ParameterKind kind = ParameterKind::Number;
    double minimum = 0, maximum = 1, fallback = 0;
    std::vector<std::string> choices{}; ///< of Choice: the value is an index into it
};

/// Values by name; every spec has one.
class Parameters
{
public:
    /// All fallbacks.
    explicit Parameters(std::vector<ParameterSpec> specs);
    /// Unknown names and values outside their bounds (NaN too) are refused by name.
    Result<void> set(std::string_view name, double value);
    /// From text, as a command line or a settings file gives it; choices by their word.
    Result<void> setText(std::string_view name, std::string_view text);
    /// Asking for a name without spec is a bug: throws std::out_of_range.
    double operator[](std::string_view name) const;
    std::int64_t integer(std::string_view name) const;
    const std::string& choice(std::string_view name) const;
    std::span<const ParameterSpec> specs() const { return m_specs; }
    std::string toText(std::string_view name) const;

private:
    const ParameterSpec* spec(std::string_view name) const;
    std::vector<ParameterSpec> m_specs;
    std::map<std::string, double, std::less<>> m_values;
};

} // namespace vegadesk::base
