#pragma once

#include "history/universe.h"

#include <cstdint>

namespace vegadesk::history
{

/// Total implied variance of an at-the-money option: variance reverts from its present level to the long run,
/// and option writers are paid a premium for it. Units   variances per year; tradingDays to settlement, 252
/// to the year; the result is variance, not per year.
double atTheMoneyVariance(double instantVariance, double longRunVariance, double tradingDays);

/// What a report yet to come adds to it: the variance of the move, and the premium.
double reportVariance(const SimulatedUnderlying& name);

/// Total implied variance at log-moneyness `logMoneyness` = ln(strike / forward).
/// Source  Gatheral and Jacquier (2014), SSVI with phi = eta / sqrt(theta (1 + theta)): free of butterfly and
///         calendar arbitrage when eta (1 + |rho|) <= 2 and theta grows with time, as here; with dividends in moneyness to the forward.
double smileVariance(const SimulatedUnderlying& name, double atTheMoney, double logMoneyness);

/// A tick table as doubles, for the hot loops; at most two rungs matter here.
struct TickRule {
    double threshold = 0; ///< below it `low` applies, from it on `high`
    double low = 0.01, high = 0.01;

    double tickAt(double price) const { return price < threshold ? low : high; }
    double floor(double price) const;
    double ceil(double price) const;
};
TickRule makeTickRule(const market::TickTable& table);

/// What a market maker shows around a fair value.
struct BidAsk {
    double bid = 0, ask = 0;
};
/// `standardMoneyness` is log-moneyness in units of the expiry's total deviation. The spread grows with the
/// square root of price, in the wings, and with `stress` (instantaneous over long-run volatility). Bid below
/// a tick becomes 0.
BidAsk makeMarket(const SimulatedUnderlying& name, const TickRule& ticks, double fair, double atTheMoneyPrice,
                  double standardMoneyness, double stress);

} // namespace vegadesk::history
