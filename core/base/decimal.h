#pragma once

#include "base/error.h"

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace vegadesk::base
{

/// A price or an amount of cash as a broker sees it: a whole number of hundred-millionths.
///
/// Range   about ±92 billion, exact to eight decimals (crypto needs eight, clearing fees four).
/// Errors  parse() names what it could not read; arithmetic that leaves the range throws
///         std::overflow_error, because no account of ours gets there honestly.
class Decimal
{
public:
    static constexpr std::int64_t unitsPerOne = 100'000'000;

    constexpr Decimal() noexcept = default;
    static constexpr Decimal fromUnits(std::int64_t units) noexcept { return Decimal(units); }
    static constexpr Decimal cent() noexcept { return Decimal(unitsPerOne / 100); }
    static Decimal fromInteger(std::int64_t whole);
    /// Nearest Decimal, half away from zero; lossy by nature. Fails on NaN, infinities and out of range.
    static Result<Decimal> fromDouble(double value);
    /// Reads "1.05", "-3", ".5", "1E-7"; refuses "NaN", blanks and more than eight decimals that matter.
    static Result<Decimal> parse(std::string_view text);

    constexpr std::int64_t units() const noexcept { return m_units; }
    constexpr bool isZero() const noexcept { return m_units == 0; }
    constexpr bool isNegative() const noexcept { return m_units < 0; }
    double toDouble() const noexcept { return static_cast<double>(m_units) / static_cast<double>(unitsPerOne); }
    /// As the broker prints it: no trailing zeros, at least one decimal ("3.0", "0.001").
    std::string toString() const;
    /// With exactly `decimals` (0 to 8) places, rounded half away from zero.
    std::string toFixed(int decimals) const;

    Decimal abs() const;
    /// Nearest multiple of `tick` (> 0), half away from zero.
    Decimal roundedTo(Decimal tick) const;
    /// Towards minus infinity and plus infinity, to a multiple of `tick` (> 0).
    Decimal flooredTo(Decimal tick) const;
    Decimal ceiledTo(Decimal tick) const;
    bool isMultipleOf(Decimal tick) const;

    Decimal operator-() const;
    Decimal& operator+=(Decimal other);
    Decimal& operator-=(Decimal other);
    friend Decimal operator+(Decimal a, Decimal b) { return a += b; }
    friend Decimal operator-(Decimal a, Decimal b) { return a -= b; }
    /// Exact: a price times a count.
    friend Decimal operator*(Decimal a, std::int64_t count) { return a.times(count); }
    friend Decimal operator*(std::int64_t count, Decimal a) { return a.times(count); }
    friend constexpr auto operator<=>(Decimal, Decimal) noexcept = default;

private:
    constexpr explicit Decimal(std::int64_t units) noexcept : m_units(units) {}
    Decimal times(std::int64_t count) const;

    std::int64_t m_units = 0;
};

} // namespace vegadesk::base
