#pragma once

#include "base/error.h"
#include "pricing/black_scholes.h"

#include <span>

namespace vegadesk::pricing
{

/// A fixed amount that leaves the spot on its ex-date.
struct CashDividend {
    double years = 0; ///< from now to the ex-date
    double amount = 0;
};

/// Options on a spot that pays fixed amounts: lognormal between ex-dates, and on an ex-date the spot falls by the
/// amount, to zero if it was less (the "spot" or piecewise-lognormal model). A yield may come on top.
///
/// Units    as blackScholes(). Dividends in order of date; those at or before now and at or after expiry do not count.
/// Accuracy European values, and American calls where rate >= 0 and yield <= 0 (then exercise can only pay on the eve
///          of an ex-date): nested quadrature, 1e-9 of the strike; 0.01 to 0.5 ms, and more where ex-dates lie within
///          days of each other. Other American options: finite differences, price 1e-6 of the strike, delta 1e-5,
///          gamma 1e-3 of its size; 10 to 15 ms. vega and rho by central differences: 1e-5 of their size, on the grid
///          1e-3; four more prices.
/// Limits   years = 0: as blackScholes(). vol = 0: NaN. Ex-dates and expiry an hour apart or more: less loses digits.
/// Errors   NaN as blackScholes(), and where an amount is negative, anything is not finite or dates are out of order:
///          checkDividends() says which.
/// Source   Haug, Haug and Lewis, "Back to basics" (2003), for the model and the nested integral.
Greeks europeanWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                             double strike, double years, double vol);
Greeks americanWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                             double strike, double years, double vol);

/// The prices alone.
double europeanPriceWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double vol);
double americanPriceWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                  double strike, double years, double vol);

/// The same of many spots from one solution of finite differences, whatever the side: market.spot says where its grid is laid, and is best
/// in the middle of them.
/// Shapes   all of one length.
/// Accuracy price 1e-5 of the strike; 2 ms a solution.
/// Errors   NaN as above, and for spots beyond the grid: seven deviations from market.spot.
void americanPricesWithDividends(Right right, const MarketPoint& market, std::span<const CashDividend> dividends,
                                 double strike, double years, double vol, std::span<const double> spots,
                                 std::span<double> prices, std::span<double> deltas);

/// Names the first dividend that is out of range.
base::Result<void> checkDividends(std::span<const CashDividend> dividends);

} // namespace vegadesk::pricing
