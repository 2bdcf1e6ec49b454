#pragma once

#include "pricing/american/put_option.h"
#include "pricing/american/volatility_strip.h"

namespace vegadesk::pricing::american_detail
{

inline constexpr double mostVol = 100; ///< 10,000 %

/// Whether these are numbers that a volatility can be asked of.
bool hasVolatility(const MarketPoint& market, double strike, double years, double price);

/// What a put of strike 1 stays below: at infinite volatility it is worth its strike, or the strike's present value
/// where that is more and waiting for it pays.
double upperBound(const PutInputs& inputs);

/// Implied volatilities of one expiry and side, one after the other: each starts from what the one before has learnt.
class VolatilitySearch
{
public:
    /// strip: null, or boundaries to take instead of solving for them where they cover a volatility; they outlive the search.
    explicit VolatilitySearch(const VolatilityStrip* strip = nullptr) : m_strip(strip) {}

    /// As americanImpliedVolatility().
    double find(Right right, const MarketPoint& market, double strike, double years, double price) noexcept;

private:
    double solve(const PutOption& option, double target, double start);
    PutValue valueAt(const PutOption& option, double vol);

    const VolatilityStrip* m_strip;
    Boundary m_boundary; // of the last that was solved for, to start the next from
    double m_ratio = 1;  // of the last American volatility to the European one of the same price
};

} // namespace vegadesk::pricing::american_detail
