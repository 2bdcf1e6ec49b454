#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <span>
#include <string>
#include <string_view>

namespace vegadesk::base
{

/// What something is, in a number: equal values in an equal order give equal hashes on every machine.
///
/// Source  FNV-1a's prime over 64-bit words, with a shift so that high bits reach low ones; not for adversaries.
class ContentHash
{
public:
    void word(std::uint64_t value)
    {
        m_hash = (m_hash ^ value) * 0x100000001b3ULL;
        m_hash ^= m_hash >> 29;
    }
    /// One NaN for all: their bits differ by where they come from.
    void number(double value) { word(std::isnan(value) ? 0x7ff8ULL << 48 : std::bit_cast<std::uint64_t>(value + 0.0)); }
    void numbers(std::span<const double> values)
    {
        for (const double value : values)
            number(value);
    }
    void words(std::string_view text)
    {
        for (const char letter : text)
            word(static_cast<unsigned char>(letter));
        word(0x100);
    }
    std::uint64_t value() const { return m_hash; }
    /// 16 hexadecimal digits.
    std::string text() const { return fmt::format("{:016x}", m_hash); }

private:
    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

} // namespace vegadesk::base
