#pragma once

#include "market/instrument.h"

#include <algorithm>

/// The rows of the table that marginOf() puts together, one function each.
///
/// Units   everything is per share, in the underlying's price; a requirement counts the short options' marks in, because
///         their premium is in the cash that it is held against.
/// Errors  none: prices and strikes are finite numbers, which whoever asks has looked at.
/// Source  FINRA 12-44 and the Cboe strategy tables, as collected in the domain reference, B3; pins F8.
namespace vegadesk::portfolio
{

/// What stock asks for, of its value: to buy it, to sell it short, and to hold either.
inline constexpr double stockMarginRate = 0.5;

inline double inTheMoney(market::Right right, double strike, double spot)
{
    return std::max(0.0, right == market::Right::Call ? spot - strike : strike - spot);
}

inline double outOfTheMoney(market::Right right, double strike, double spot)
{
    return std::max(0.0, right == market::Right::Call ? strike - spot : spot - strike);
}

/// A short option with nothing against it: its mark, and the larger of 20 % of spot (15 % for broad indices) less what it is
/// out of the money, and 10 % of the strike (puts) or of spot (calls).
double nakedRequirement(market::Right right, double strike, double mark, double spot, bool isBroadIndex);

/// A short option against a long one of its kind that lives as long: the strikes' difference where it is against the holder.
double spreadRequirement(market::Right right, double shortStrike, double longStrike);

/// Long stock and a short call; the stock's own requirement is in it. Stock that may be called away lends at no more than
/// the strike.
double coveredCallRequirement(double strike, double mark, double spot);

/// Short stock and a short put, the stock in it.
double coveredPutRequirement(double strike, double spot);

/// Long stock and a long put, or short stock and a long call, the stock in it: 10 % of the strike and what the option is out
/// of the money, no more than the stock alone. The option is paid for besides. This is the relief of the rules for holding both:
/// where Regulation T wants half of the stock's price on its purchase all the same, the broker's dry run says so.
double protectedStockRequirement(market::Right right, double strike, double spot);

/// Long stock, a long put and a short call of one expiry, the stock in it; the put's strike is not above the call's. With one
/// strike it is a conversion. What the call is in the money is added, since the stock counts at the market.
double collarRequirement(double putStrike, double callStrike, double spot);

/// Short stock, a long call and a short put of one strike and expiry, the stock in it.
double reversalRequirement(double strike, double spot);

/// A box that pays `width` at expiry to whoever bought it, sold short.
double shortBoxRequirement(double width, double costToClose);

} // namespace vegadesk::portfolio
