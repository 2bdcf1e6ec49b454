#include "base/decimal.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace vegadesk::base
{

namespace
{

constexpr int scaleDigits = 8;
constexpr std::string_view allowedDecimal = "a decimal number of at most 92 billion with at most 8 decimals";

[[noreturn]] void overflow()
{
    throw std::overflow_error("decimal arithmetic left the range of ±92 billion");
}

std::int64_t narrow(__int128 units)
{
    if (units > std::numeric_limits<std::int64_t>::max() || units < std::numeric_limits<std::int64_t>::min())
        overflow();
    return static_cast<std::int64_t>(units);
}

} // namespace

Decimal Decimal::fromInteger(std::int64_t whole)
{
    return Decimal(narrow(static_cast<__int128>(whole) * unitsPerOne));
}

Result<Decimal> Decimal::fromDouble(double value)
{
    const double units = std::round(value * static_cast<double>(unitsPerOne));
    if (!std::isfinite(units) || std::abs(units) >= 9.2e18)
        return badInput("decimal", std::to_string(value), allowedDecimal);
    return Decimal(static_cast<std::int64_t>(units));
}

Result<Decimal> Decimal::parse(std::string_view text)
{
    const auto refuse = [&] { return badInput("decimal", text.substr(0, 40), allowedDecimal); };
    std::size_t at = 0;
    bool negative = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        negative = text[at++] == '-';

    __int128 digits = 0;
    int decimals = 0;
    bool sawDigit = false;
    bool sawPoint = false;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !sawPoint) {
            sawPoint = true;
        } else if (c >= '0' && c <= '9') {
            sawDigit = true;
            digits = digits * 10 + (c - '0');
            decimals += sawPoint ? 1 : 0;
            if (digits > static_cast<__int128>(1) << 100)
                return refuse();
        } else {
            break;
        }
    }
    if (!sawDigit)
        return refuse();

    int exponent = 0;
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && text[at] == '+') {
            ++at;
            if (at < text.size() && text[at] == '-')
                return refuse(); // from_chars would take the second sign
        }
        const auto read = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (read.ec != std::errc{} || exponent > 40 || exponent < -40)
            return refuse();
        at = static_cast<std::size_t>(read.ptr - text.data());
    }
    if (at != text.size())
        return refuse();

    for (int shift = scaleDigits - decimals + exponent; shift != 0 && digits != 0; shift += shift > 0 ? -1 : 1) {
        if (shift > 0) {
            digits *= 10;
            if (digits > static_cast<__int128>(1) << 100)
                return refuse();
        } else {
            if (digits % 10 != 0)
                return refuse(); // a ninth decimal that matters: refused rather than rounded away
            digits /= 10;
        }
    }
    const __int128 units = negative ? -digits : digits;
    if (units > std::numeric_limits<std::int64_t>::max() || units < std::numeric_limits<std::int64_t>::min())
        return refuse();
    return Decimal(static_cast<std::int64_t>(units));
}

std::string Decimal::toString() const
{
    std::string text = toFixed(scaleDigits);
    const std::size_t point = text.find('.');
    std::size_t last = text.find_last_not_of('0');
    if (last == point)
        ++last;
    text.resize(last + 1);
    return text;
}

std::string Decimal::toFixed(int decimals) const
{
    std::int64_t step = 1;
    for (int place = decimals; place < scaleDigits; ++place)
        step *= 10;
    __int128 magnitude = m_units < 0 ? -static_cast<__int128>(m_units) : m_units;
    magnitude = (magnitude + step / 2) / step;
    auto rest = static_cast<std::uint64_t>(magnitude);
    const bool negative = m_units < 0 && rest != 0;

    std::string digits = std::to_string(rest);
    if (decimals > 0) {
        const auto places = static_cast<std::size_t>(decimals);
        if (digits.size() <= places)
            digits.insert(0, places + 1 - digits.size(), '0');
        digits.insert(digits.size() - places, 1, '.');
    }
    return negative ? "-" + digits : digits;
}

Decimal Decimal::abs() const
{
    return m_units < 0 ? -*this : *this;
}

Decimal Decimal::flooredTo(Decimal tick) const
{
    if (tick.m_units <= 0)
        throw std::invalid_argument("a tick is positive");
    std::int64_t remainder = m_units % tick.m_units;
    if (remainder < 0)
        remainder += tick.m_units;
    return Decimal(narrow(static_cast<__int128>(m_units) - remainder));
}

Decimal Decimal::ceiledTo(Decimal tick) const
{
    return -(-*this).flooredTo(tick);
}

Decimal Decimal::roundedTo(Decimal tick) const
{
    const Decimal magnitude = abs();
    const Decimal rounded = (magnitude + Decimal(tick.m_units / 2)).flooredTo(tick);
    return m_units < 0 ? -rounded : rounded;
}

bool Decimal::isMultipleOf(Decimal tick) const
{
    return tick.m_units > 0 && m_units % tick.m_units == 0;
}

Decimal Decimal::operator-() const
{
    return Decimal(narrow(-static_cast<__int128>(m_units)));
}

Decimal& Decimal::operator+=(Decimal other)
{
    m_units = narrow(static_cast<__int128>(m_units) + other.m_units);
    return *this;
}

Decimal& Decimal::operator-=(Decimal other)
{
    m_units = narrow(static_cast<__int128>(m_units) - other.m_units);
    return *this;
}

Decimal Decimal::times(std::int64_t count) const
{
    return Decimal(narrow(static_cast<__int128>(m_units) * count));
}

} // namespace vegadesk::base
