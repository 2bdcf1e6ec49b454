#pragma once

#include "portfolio/margin.h"

#include <span>

namespace vegadesk::portfolio
{

/// What is sold short in one underlying and has nothing held against it, in shares of the underlying.
///
/// Rules  a short call is covered by shares, or by a long call that lives at least as long, at any strike: what can be lost
///        then has a bound. A short put is covered by short shares or a long put likewise, short shares by long calls. Shares
///        and options cover once. What lives longest is covered first, which leaves least uncovered.
struct Uncovered {
    base::Quantity calls = 0;
    base::Quantity puts = 0;
    base::Quantity stock = 0; ///< shares sold short

    friend bool operator==(const Uncovered&, const Uncovered&) = default;
};

/// `legs` are everything held in the underlying; marks and strikes are not looked at.
Uncovered uncoveredOf(std::span<const MarginLeg> legs);

} // namespace vegadesk::portfolio
