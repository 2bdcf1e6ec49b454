#include "portfolio/cover.h"

#include <algorithm>
#include <map>

namespace vegadesk::portfolio
{

namespace
{

/// Shares by expiry, the latest first.
using ByExpiry = std::map<ExpiryMoment, base::Quantity, std::greater<>>;

struct Side {
    ByExpiry longs, shorts;
};

Side sideOf(std::span<const MarginLeg> legs, market::Right right)
{
    std::map<std::pair<ExpiryMoment, double>, base::Quantity> netted; // one strike's long and short are no position
    for (const MarginLeg& leg : legs) {
        if (leg.isOption && leg.right == right)
            netted[{leg.ends(), leg.strike}] += leg.quantity * leg.multiplier;
    }
    Side side;
    for (const auto& [key, shares] : netted)
        (shares > 0 ? side.longs : side.shorts)[key.first] += shares.abs();
    return side;
}

/// What stays of the shorts when `cover` shares and the longs that outlive them are taken; `spare` is what nothing needed.
base::Quantity uncovered(const Side& side, base::Quantity cover, base::Quantity& spare)
{
    base::Quantity left = 0;
    auto next = side.longs.begin();
    for (const auto& [ends, shares] : side.shorts) {
        for (; next != side.longs.end() && next->first >= ends; ++next)
            cover += next->second;
        const base::Quantity covered = std::min(cover, shares);
        cover -= covered;
        left += shares - covered;
    }
    for (; next != side.longs.end(); ++next)
        cover += next->second;
    spare = cover;
    return left;
}

} // namespace

Uncovered uncoveredOf(std::span<const MarginLeg> legs)
{
    base::Quantity stock = 0;
    for (const MarginLeg& leg : legs)
        stock += leg.isOption ? 0 : leg.quantity * leg.multiplier;
    Uncovered result;
    base::Quantity spare = 0;
    result.calls = uncovered(sideOf(legs, market::Right::Call), std::max<base::Quantity>(0, stock), spare);
    result.stock = std::max<base::Quantity>(0, -stock - spare);
    result.puts = uncovered(sideOf(legs, market::Right::Put), std::max<base::Quantity>(0, -stock), spare);
    return result;
}

} // namespace vegadesk::portfolio
