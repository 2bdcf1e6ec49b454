#pragma once

#include <cstdint>
#include <random>

namespace vegadesk::base
{

/// Seeded random numbers with the same values on every platform: the engine is the standard's, the
/// distributions are ours because the standard leaves theirs to each library.
class Generator
{
public:
    explicit Generator(std::uint64_t seed) : m_engine(seed) {}

    std::uint64_t bits() { return m_engine(); }
    /// In [0, 1), 53 bits.
    double uniform() { return static_cast<double>(m_engine() >> 11) * 0x1.0p-53; }
    double uniform(double low, double high) { return low + (high - low) * uniform(); }
    /// In [low, high], both ends included; low <= high.
    std::int64_t integer(std::int64_t low, std::int64_t high);
    /// Mean 0, standard deviation 1 (Marsaglia and Bray's polar method).
    double normal();

private:
    std::mt19937_64 m_engine;
    double m_spare = 0;
    bool m_hasSpare = false;
};

} // namespace vegadesk::base
