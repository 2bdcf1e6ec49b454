#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <string_view>

namespace vegadesk::learning::market_signals
{

/// FNV-1a's prime over bytes and 64-bit words, with a shift so that high bits reach low ones; not for adversaries.
class ContentHash
{
public:
    void word(std::uint64_t value)
    {
        m_hash = (m_hash ^ value) * 0x100000001b3ULL;
        m_hash ^= m_hash >> 29;
    }
    void number(double value)
    {
        // One NaN for all: their bits differ by where they come from.
        word(std::isnan(value) ? 0x7ff8ULL << 48 : std::bit_cast<std::uint64_t>(value + 0.0));
    }
    void words(std::string_view text)
    {
        for (const char letter : text)
            word(static_cast<unsigned char>(letter));
        word(0x100);
    }
    /// 16 hexadecimal digits.
    std::string text() const { return fmt::format("{:016x}", m_hash); }

private:
    std::uint64_t m_hash = 0xcbf29ce484222325ULL;
};

} // namespace vegadesk::learning::market_signals
