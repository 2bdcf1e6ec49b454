#pragma once

#include "pricing/american/boundary.h"
#include "pricing/black_scholes.h"

namespace vegadesk::pricing::american_detail
{

/// Every option here is valued as a put of strike 1: a call on S struck at K is worth S puts on K / S struck at 1, with
/// rate and yield swapped (McDonald and Schroder 1998).
struct PutOption {
    Right right;
    double scale; ///< what one put of strike 1 is multiplied by: strike, or for a call the spot
    double spot;  ///< of the put, over its strike
    PutInputs inputs;

    PutOption(Right side, const MarketPoint& market, double strike, double years, double vol);

    RateGreek rateGreek() const { return right == Right::Put ? RateGreek::Rate : RateGreek::Yield; }
    Greeks greeks(const PutValue& put) const;

    /// The value without volatility: the best of exp(-rt) - spot exp(-qt) over exercise times t.
    PutValue certain() const;
};

} // namespace vegadesk::pricing::american_detail
