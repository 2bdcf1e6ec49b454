#pragma once

#include "base/decimal.h"

#include <concepts>
#include <limits>

namespace vegadesk::base
{

/// How much of an instrument is ordered, traded or held: contracts, shares or fractions of a share, signed where it says so.
///
/// Exact   a whole number of hundred-millionths, as Decimal is. It counts as an integer does: a whole number is one as it
///         stands, sums and comparisons are those of integers, and nothing is rounded but where a price is multiplied.
/// Range   about ±92 billion. Errors as with Decimal: parse() names what it could not read, what leaves the range throws
///         std::overflow_error.
class Quantity
{
public:
    static constexpr std::int64_t unitsPerOne = Decimal::unitsPerOne;

    constexpr Quantity() noexcept = default;
    template<std::integral Integer>
    requires(!std::same_as<Integer, bool>) constexpr Quantity(Integer whole) : m_units(unitsOf(whole)) {}
    static constexpr Quantity fromUnits(std::int64_t units) noexcept
    {
        Quantity quantity;
        quantity.m_units = units;
        return quantity;
    }
    /// Reads what Decimal::parse() reads.
    static Result<Quantity> parse(std::string_view text);

    constexpr std::int64_t units() const noexcept { return m_units; }
    constexpr bool isWhole() const noexcept { return m_units % unitsPerOne == 0; }
    /// Only where isWhole(): what is beyond the point is dropped.
    constexpr std::int64_t whole() const noexcept { return m_units / unitsPerOne; }
    constexpr double toDouble() const noexcept
    {
        return static_cast<double>(m_units) / static_cast<double>(unitsPerOne);
    }
    /// "1" where whole, "0.52341" otherwise.
    std::string toString() const;

    constexpr Quantity abs() const { return m_units < 0 ? -*this : *this; }
    /// One of `count` (> 0) equal parts, towards 0.
    constexpr Quantity part(std::int64_t count) const noexcept { return fromUnits(m_units / count); }
    /// Towards minus infinity, to so many decimals (0 to 8).
    Quantity flooredTo(int decimals) const;

    constexpr Quantity operator-() const { return fromUnits(narrow(-static_cast<__int128>(m_units))); }
    constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
    constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }
    friend constexpr Quantity operator+(Quantity a, Quantity b)
    {
        return fromUnits(narrow(static_cast<__int128>(a.m_units) + b.m_units));
    }
    friend constexpr Quantity operator-(Quantity a, Quantity b)
    {
        return fromUnits(narrow(static_cast<__int128>(a.m_units) - b.m_units));
    }
    template<std::integral Integer>
    friend constexpr Quantity operator*(Quantity a, Integer count)
    {
        return fromUnits(narrow(static_cast<__int128>(a.m_units) * count));
    }
    template<std::integral Integer>
    friend constexpr Quantity operator*(Integer count, Quantity a)
    {
        return a * count;
    }
    /// How often `b` (not 0) goes into `a`, towards 0, and what is left then: as with integers.
    friend constexpr std::int64_t operator/(Quantity a, Quantity b) { return a.m_units / b.m_units; }
    friend constexpr Quantity operator%(Quantity a, Quantity b) { return fromUnits(a.m_units % b.m_units); }
    /// A price times so many, rounded half away from zero to a hundred-millionth; exact where the quantity is whole.
    friend Decimal operator*(Decimal price, Quantity quantity) { return quantity.times(price); }
    friend Decimal operator*(Quantity quantity, Decimal price) { return quantity.times(price); }
    friend constexpr auto operator<=>(Quantity, Quantity) noexcept = default;

private:
    template<std::integral Integer>
    static constexpr std::int64_t unitsOf(Integer whole)
    {
        return narrow(static_cast<__int128>(whole) * unitsPerOne);
    }
    static constexpr std::int64_t narrow(__int128 units)
    {
        if (units > std::numeric_limits<std::int64_t>::max() || units < std::numeric_limits<std::int64_t>::min())
            overflow();
        return static_cast<std::int64_t>(units);
    }
    [[noreturn]] static void overflow();
    Decimal times(Decimal price) const;

    std::int64_t m_units = 0;
};

/// The largest quantity of which both are whole multiples, 0 for two of 0: that of whole numbers is their greatest common
/// divisor.
Quantity commonMeasure(Quantity a, Quantity b);

} // namespace vegadesk::base
