#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>

namespace vegadesk::history
{

/// Random numbers by address instead of by turn: the value at (stream, index) never depends on what was asked
/// before. That is what lets a simulated day look the same from whichever day a run begins; a sequential
/// generator cannot.
class Noise
{
public:
    explicit constexpr Noise(std::uint64_t seed) : m_seed(mix(seed ^ 0x5851f42d4c957f2dULL)) {}

    constexpr std::uint64_t bits(std::uint64_t stream, std::uint64_t index) const
    {
        return mix(mix(m_seed + stream * 0x9e3779b97f4a7c15ULL) + index * 0xd1342543de82ef95ULL);
    }
    /// In (0, 1), both ends excluded.
    constexpr double uniform(std::uint64_t stream, std::uint64_t index) const
    {
        return (static_cast<double>(bits(stream, index) >> 12) + 0.5) * 0x1.0p-52;
    }
    /// Mean 0, standard deviation 1 (Box and Muller).
    double normal(std::uint64_t stream, std::uint64_t index) const
    {
        const std::uint64_t first = bits(stream, index);
        const double radius = (static_cast<double>(first >> 12) + 0.5) * 0x1.0p-52;
        const double angle = static_cast<double>(mix(first) >> 11) * 0x1.0p-53;
        return std::sqrt(-2 * std::log(radius)) * std::cos(2 * std::numbers::pi * angle);
    }

private:
    /// Steele, Lea and Flood's SplitMix64 finaliser.
    static constexpr std::uint64_t mix(std::uint64_t value)
    {
        value += 0x9e3779b97f4a7c15ULL;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ULL;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebULL;
        return value ^ (value >> 31);
    }

    std::uint64_t m_seed;
};

} // namespace vegadesk::history
