#pragma once

#include "base/time.h"

#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

/// Fields of a table of quotes as numbers: a year of an index has twenty million.
namespace vegadesk::history
{

namespace detail
{

inline constexpr std::array<double, 16> powersOfTen{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
/// Digits and at most one point, as a whole number and how many digits are behind the point.
struct Digits {
    std::uint64_t whole = 0;
    std::size_t decimals = 0;
    bool isPlain = false; ///< nothing else, and no more than fifteen digits
};
/// One to eight letters with zeros before them, the first one lowest; no byte outside the text is read.
inline std::uint64_t lettersOf(std::string_view text) noexcept
{
    const std::size_t count = text.size();
    std::uint64_t word = 0;
    const auto join = [&]<class Part>(Part first, Part second) { // two loads that may overlap
        std::memcpy(&first, text.data(), sizeof first);
        std::memcpy(&second, text.data() + count - sizeof second, sizeof second);
        word = first | std::uint64_t{second} << 8 * (count - sizeof second);
    };
    if (count >= 4)
        join(std::uint32_t{}, std::uint32_t{});
    else if (count >= 2)
        join(std::uint16_t{}, std::uint16_t{});
    else
        word = static_cast<unsigned char>(text[0]);
    constexpr std::uint64_t zeros = 0x3030303030303030;
    return count == 8 ? word : word << 8 * (8 - count) | zeros >> 8 * count;
}

/// Eight letters at once, without a branch that depends on how many digits there are.
inline Digits shortDigitsOf(std::string_view text) noexcept
{
    static_assert(std::endian::native == std::endian::little);
    Digits out;
    std::uint64_t word = lettersOf(text);
    const std::uint64_t points = word ^ 0x2e2e2e2e2e2e2e2e;
    const std::uint64_t found = (points - 0x0101010101010101) & ~points & 0x8080808080808080;
    if (found != 0) { // the letters before the point move into its place
        const int place = std::countr_zero(found) / 8;
        const std::uint64_t before = (std::uint64_t{1} << 8 * place) - 1;
        const std::uint64_t behind = place == 7 ? 0 : ~std::uint64_t{0} << 8 * (place + 1);
        word = (word & behind) | (word & before) << 8 | '0';
        out.decimals = static_cast<std::size_t>(7 - place);
    }
    const bool areDigits =
        ((word & 0xf0f0f0f0f0f0f0f0) | ((word + 0x0606060606060606) & 0xf0f0f0f0f0f0f0f0) >> 4) == 0x3333333333333333;
    word = (word & 0x0f0f0f0f0f0f0f0f) * 2561 >> 8; // pairs: 10 * 256 + 1
    word = (word & 0x00ff00ff00ff00ff) * 6553601 >> 16;
    out.whole = (word & 0x0000ffff0000ffff) * 42949672960001 >> 32;
    out.isPlain = areDigits && (found == 0 || text.size() > 1); // a point alone is no number
    return out;
}

inline Digits digitsOf(std::string_view text) noexcept
{
    constexpr std::ptrdiff_t mostDigits = 15;
    if (!text.empty() && text.size() <= 8)
        return shortDigitsOf(text);
    Digits out;
    const char* at = text.data();
    const char* const end = at + text.size();
    const auto takeDigits = [&] {
        const char* const start = at;
        while (at != end && static_cast<unsigned char>(*at - '0') < 10)
            out.whole = out.whole * 10 + static_cast<unsigned char>(*at++ - '0');
        return at - start;
    };
    std::ptrdiff_t count = takeDigits();
    if (at != end && *at == '.') {
        ++at;
        const std::ptrdiff_t behind = takeDigits();
        out.decimals = static_cast<std::size_t>(behind);
        count += behind;
    }
    out.isPlain = at == end && count > 0 && count <= mostDigits;
    return out;
}

} // namespace detail

/// The double nearest to what the text says; false of anything but a finite number. Of up to fifteen digits that is one
/// division of two exact numbers; the rest is for std::from_chars.
inline bool parseNumber(std::string_view text, double& value) noexcept
{
    const bool isNegative = text.starts_with('-');
    const detail::Digits digits = detail::digitsOf(isNegative ? text.substr(1) : text);
    if (digits.isPlain) {
        const double size = static_cast<double>(digits.whole) / detail::powersOfTen[digits.decimals];
        value = isNegative ? -size : size;
        return true;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc{} && end == text.data() + text.size() && std::isfinite(value);
}

/// A strike in whole thousandths, 1 to 99,999,999, as option symbols hold it.
inline std::optional<std::int32_t> parseThousandths(std::string_view text) noexcept
{
    constexpr std::uint64_t bound = 100'000'000;
    const detail::Digits digits = detail::digitsOf(text);
    if (!digits.isPlain)
        return std::nullopt;
    std::uint64_t whole = digits.whole;
    std::size_t decimals = digits.decimals;
    for (; decimals > 3; --decimals, whole /= 10) {
        if (whole % 10 != 0)
            return std::nullopt;
    }
    for (; decimals < 3; ++decimals)
        whole *= 10;
    return whole > 0 && whole < bound ? std::optional(static_cast<std::int32_t>(whole)) : std::nullopt;
}

/// "20151224", "2015-12-24", "2015/12/24", or the day or the month first and the year last: "12/24/2015".
inline std::optional<base::Date> parseTableDate(std::string_view text, bool isDayFirst) noexcept
{
    std::array<unsigned, 3> parts{};
    std::array<std::size_t, 3> lengths{};
    std::size_t part = 0;
    for (const char letter : text) {
        const auto digit = static_cast<unsigned>(letter - '0');
        if (digit < 10 && lengths[part] < 8) {
            parts[part] = parts[part] * 10 + digit;
            ++lengths[part];
        } else if ((letter == '-' || letter == '/' || letter == '.') && part < 2) {
            ++part;
        } else {
            return std::nullopt;
        }
    }
    unsigned year = parts[0], month = parts[1], day = parts[2];
    if (part == 0 && lengths[0] == 8) {
        year = parts[0] / 10'000;
        month = parts[0] / 100 % 100;
        day = parts[0] % 100;
    } else if (part != 2) {
        return std::nullopt;
    } else if (lengths[2] == 4) {
        year = parts[2];
        month = parts[isDayFirst ? 1 : 0];
        day = parts[isDayFirst ? 0 : 1];
    } else if (lengths[0] != 4) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(year)), std::chrono::month(month),
                                           std::chrono::day(day));
    return date.ok() ? std::optional(base::Date(date)) : std::nullopt;
}

} // namespace vegadesk::history
