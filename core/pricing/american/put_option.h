#pragma once

#include "pricing/american/boundary.h"
#include "pricing/black_scholes.h"

#include <cmath>

namespace vegadesk::pricing::american_detail
{

/// Every option here is valued as a put of strike 1: a call on S struck at K is worth S puts on K / S struck at 1, with
/// rate and yield swapped (McDonald and Schroder 1998).
struct PutOption {
    Right right;
    double scale; ///< what one put of strike 1 is multiplied by: strike, or for a call the spot
    double spot;  ///< of the put, over its strike
    PutInputs inputs;

    PutOption(Right side, const MarketPoint& market, double strike, double years, double vol)
        : right(side), scale(side == Right::Put ? strike : market.spot),
          spot(side == Right::Put ? market.spot / strike : strike / market.spot),
          inputs(side == Right::Put ? PutInputs{market.rate, market.dividendYield, vol, years}
                                    : PutInputs{market.dividendYield, market.rate, vol, years})
    {
    }

    RateGreek rateGreek() const { return right == Right::Put ? RateGreek::Rate : RateGreek::Yield; }

    Greeks greeks(const PutValue& put) const
    {
        if (right == Right::Put)
            return {scale * put.price, put.delta, put.gamma / scale, scale * put.vega, scale * put.theta,
                    scale * put.rho};
        return {scale * put.price,
                put.price - spot * put.delta,
                spot * spot * put.gamma / scale,
                scale * put.vega,
                scale * put.theta,
                scale * put.rho};
    }
};

} // namespace vegadesk::pricing::american_detail
