#pragma once

#include "pricing/american/cash_dividends.h"
#include "pricing/black_scholes.h"

#include <span>

namespace vegadesk::pricing
{

/// The volatility at which american() gives `price`.
///
/// Units    as american(); the result per year, 0.20 for 20 %.
/// Accuracy 1e-9, or what the price's own last digits allow: where it hardly depends on volatility (far wings, or just
///          above the intrinsic value) many volatilities give it.
/// Errors   NaN, meaning "no volatility gives this price": a price below what the option is worth without any
///          volatility (at least the intrinsic value), or not below the bound (a put's strike, a call's spot; for a
///          negative rate that forbids early exercise, the European bound), years = 0, or an input outside
///          blackScholes()' ranges. A price that equals the value without volatility, to rounding, gives 0, the lower
///          end of all volatilities that give it: the option is then exercised at once, and says no more about
///          volatility. solveAmericanImpliedVolatility() says which.
double americanImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                 double price) noexcept;

/// The same for strikes that share one expiry and side, each started from its neighbour; within 1e-9 of the scalar.
/// Shapes  prices and vols have the length of strikes; the order of strikes changes the speed alone.
void americanImpliedVolatilityStrip(Right right, const MarketPoint& market, double years,
                                    std::span<const double> strikes, std::span<const double> prices,
                                    std::span<double> vols) noexcept;

/// As americanImpliedVolatility(), with the reason where there is none.
base::Result<double> solveAmericanImpliedVolatility(Right right, const MarketPoint& market, double strike, double years,
                                                    double price);

/// The volatility at which americanPriceWithDividends() gives `price`, to 1e-6; about ten of its prices. NaN as above.
double americanImpliedVolatilityWithDividends(Right right, const MarketPoint& market,
                                              std::span<const CashDividend> dividends, double strike, double years,
                                              double price);

/// The European price at the American option's implied volatility: what parity and a European smile can use.
/// NaN where there is no implied volatility.
double deAmericanise(Right right, const MarketPoint& market, double strike, double years, double price) noexcept;

/// The same for strikes that share one expiry and side, within 1e-7 of the strike: pricing::WithoutEarlyExercise for forwards
/// and fits, by AmericanBoundaries of its own.
/// Shapes  as americanImpliedVolatilityStrip(); europeanPrices does not overlap the others.
void deAmericaniseStrip(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                        std::span<const double> americanPrices, std::span<double> europeanPrices) noexcept;

/// The same with cash dividends, which the European option sees too.
double deAmericaniseWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double price);

} // namespace vegadesk::pricing
