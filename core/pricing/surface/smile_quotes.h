#pragma once

#include "market/option_chain.h"
#include "pricing/chain_analytics.h"
#include "pricing/forward.h"

#include <cstddef>
#include <vector>

namespace vegadesk::pricing
{

/// How many contracts on the out-of-the-money side with any quote took no part, by reason.
struct LeftOut {
    std::size_t oneSided = 0, crossed = 0, stale = 0, invalid = 0, zeroBid = 0;
    std::size_t noVolatility = 0; ///< a bid or ask that no volatility gives
    std::size_t expired = 0;      ///< of expiries that have passed
    std::size_t noForward = 0;    ///< of expiries of which neither parity nor the spot gives a forward
    std::size_t sameInstant = 0;  ///< of the smaller of two roots that expire together

    std::size_t total() const;
    LeftOut& operator+=(const LeftOut& other);
};

/// One expiry's quotes in volatility, as a surface is fitted to. Shapes: the columns have one length, k ascends strictly.
struct SmileQuotes {
    double years = 0;
    double forward = 0;
    double discount = 1;
    std::vector<double> k;             ///< ln(K / F)
    std::vector<double> bid, mid, ask; ///< vols per year; equal where only one number is known
    std::vector<double> error;         ///< of mid, > 0: half the spread, or what the maker of the numbers says
    LeftOut leftOut;

    std::size_t size() const { return k.size(); }
    void add(double logMoneyness, double bidVol, double midVol, double askVol, double midError);
};

/// The least error of a mid: below it a tight quote would outweigh all others though no model of a smile is that good.
inline constexpr double leastQuoteError = 0.0005;

/// The out-of-the-money side of each strike, in volatility against the expiration's forward.
///
/// Left out, by the flags of market/quote.h: one-sided and crossed quotes (no mid), stale ones (of another spot), invalid
///         ones; bids of 0 (the bid says nothing, and the mid then is half of somebody's hope). By number: a bid or ask
///         that no volatility gives, which on this side means a price at or above its bound.
/// Kept    locked quotes: two parties agree on that price; the least error keeps them from ruling the fit. In-the-money
///         sides are not needed: below its intrinsic value a bid holds no volatility, above it parity has it already.
/// Limits  without `withoutEarlyExercise` American quotes are read as European: their early exercise, small out of the
///         money, is then part of their volatility. With it bid, mid and ask are each put through it first.
SmileQuotes quotesForFit(const market::Expiration& expiration, const ExpirationAnalytics& analytics,
                         const WithoutEarlyExercise& withoutEarlyExercise = {});

/// The same for a whole chain, ascending in years as fitSurface() takes them. Expiries that have passed or show no usable
/// quote are left out; of two that expire at one instant (two roots) the one with more quotes stays.
/// Shapes  `analytics` was made from `chain`.
/// leftOut: null, or where to count what took no part in the whole chain.
std::vector<SmileQuotes> quotesForFit(const market::OptionChain& chain, const ChainAnalytics& analytics,
                                      const WithoutEarlyExercise& withoutEarlyExercise = {},
                                      LeftOut* leftOut = nullptr);

} // namespace vegadesk::pricing
