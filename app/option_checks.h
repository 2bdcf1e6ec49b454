#pragma once

#include <CLI/CLI.hpp>

#include <charconv>
#include <cstdint>
#include <string>
#include <system_error>

/// Checks of what CLI11 would let through: its Range takes NaN, and its unsigned numbers take -1 for the largest.
namespace vegadesk
{

/// A number from `low` to `high`, both included, in a refusal and in the help as `allowed`.
template<class Number>
CLI::Validator checkedNumber(Number low, Number high, const std::string& allowed)
{
    const auto check = [low, high, allowed](const std::string& text) {
        Number value{};
        const char* const end = text.data() + text.size();
        const auto [last, error] = std::from_chars(text.data(), end, value);
        const bool isNumber = error == std::errc{} && last == end;
        return isNumber && value >= low && value <= high ? std::string()
                                                         : "\"" + text + "\" is not allowed: " + allowed;
    };
    return {check, allowed};
}

/// Interest, a dividend yield or a borrow fee. 2 for 2 % is taken for 200 % by nobody.
inline CLI::Validator yearlyRate()
{
    return checkedNumber(-0.5, 1.0, "a number from -0.5 to 1 per year: 0.02 for 2 %");
}

/// A folder by name: an empty word is a variable of a script that was not set, not a wish for what is usual.
inline CLI::Validator notEmpty()
{
    return {[](std::string& folder) {
                return folder.empty() ? std::string("\"\" is not allowed: a folder") : std::string();
            },
            "", "a folder"};
}

/// Any seed of a generator.
inline CLI::Validator anySeed()
{
    return checkedNumber<std::uint64_t>(0, UINT64_MAX, "a whole number from 0 to 18446744073709551615");
}

} // namespace vegadesk
