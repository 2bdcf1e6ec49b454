#pragma once

#include "history/noise.h"
#include "market/instrument.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace vegadesk::history
{

/// Where a contract's own random numbers live.
inline std::uint64_t contractStream(const Noise& noise, std::string_view root, base::Date expiry, market::Right right,
                                    double strike)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a
    for (const char c : root)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    const auto day = static_cast<std::uint64_t>(expiry.time_since_epoch().count());
    const auto thousandths = static_cast<std::uint64_t>(std::llround(strike * 1000));
    return noise.bits(hash, (day << 33) ^ (thousandths << 1) ^ (right == market::Right::Call ? 0U : 1U));
}

/// How busy a contract is, a fixed property of it: log-normal around 1.
inline double contractPopularity(const Noise& noise, std::uint64_t stream)
{
    return std::exp(0.6 * noise.normal(stream, 0));
}

/// Log-moneyness in units of the expiry's total deviation; 0 where no variance is left.
inline double standardMoneyness(double strike, double forward, double atTheMoneyVariance)
{
    return atTheMoneyVariance > 0 ? std::log(strike / forward) / std::sqrt(atTheMoneyVariance) : 0;
}

/// `moneyness` of the evening before, in standard units: a figure of today's would move with the price.
inline double openInterest(double scale, double popularity, double moneyness)
{
    return std::floor(scale * popularity * std::exp(-0.4 * moneyness * moneyness));
}

/// Contracts traded since the open; `progress` of the session in [0, 1]. `interest` stands all day, so the count only
/// grows.
inline double contractVolume(const Noise& noise, std::uint64_t stream, std::size_t day, double interest,
                             double progress)
{
    return std::floor(interest * 0.3 * noise.uniform(stream, 16 + day) * progress);
}

/// Displayed contracts; a new draw each `slot`.
inline double displayedSize(const Noise& noise, std::uint64_t stream, std::uint64_t slot, double scale)
{
    const double u = noise.uniform(stream ^ 0xa5a5a5a5a5a5a5a5ULL, slot);
    return 1 + std::floor(scale * u * u);
}

/// Sizes change four times a second.
inline std::uint64_t sizeSlot(base::Instant at)
{
    return static_cast<std::uint64_t>(at.time_since_epoch().count() / 250'000'000);
}

inline double sizeScale(double openInterestScale)
{
    return std::max(openInterestScale / 60, 12.0);
}

} // namespace vegadesk::history
