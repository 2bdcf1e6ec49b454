#include "pricing/american/put_option.h"

#include <cmath>

namespace vegadesk::pricing::american_detail
{

PutOption::PutOption(Right side, const MarketPoint& market, double strike, double years, double vol)
    : right(side), scale(side == Right::Put ? strike : market.spot),
      spot(side == Right::Put ? market.spot / strike : strike / market.spot),
      inputs(side == Right::Put ? PutInputs{market.rate, market.dividendYield, vol, years}
                                : PutInputs{market.dividendYield, market.rate, vol, years})
{
}

Greeks PutOption::greeks(const PutValue& put) const
{
    Greeks out{scale * put.price, put.delta, put.gamma / scale, scale * put.vega, scale * put.theta, scale * put.rho};
    if (right == Right::Call) {
        out.delta = put.price - spot * put.delta;
        out.gamma *= spot * spot;
    }
    return out;
}

PutValue PutOption::certain() const
{
    const auto valueAt = [&](double t) { return std::exp(-inputs.rate * t) - spot * std::exp(-inputs.yield * t); };
    double best = valueAt(inputs.years) > valueAt(0) ? inputs.years : 0;
    // Between the ends the value turns where r e^-rt = q spot e^-qt.
    if (const double ratio = inputs.rate / (inputs.yield * spot); ratio > 0 && inputs.rate != inputs.yield) {
        const double turn = std::log(ratio) / (inputs.rate - inputs.yield);
        if (turn > 0 && turn < inputs.years && valueAt(turn) > valueAt(best))
            best = turn;
    }
    const double value = valueAt(best);
    if (value <= 0)
        return {};
    const double strikeLeg = std::exp(-inputs.rate * best), spotLeg = spot * std::exp(-inputs.yield * best);
    PutValue out;
    out.price = value;
    out.delta = -spotLeg / spot;
    out.theta = best == inputs.years ? inputs.rate * strikeLeg - inputs.yield * spotLeg : 0;
    out.rho = rateGreek() == RateGreek::Rate ? -best * strikeLeg : best * spotLeg;
    return out;
}

} // namespace vegadesk::pricing::american_detail
