#pragma once

#include "base/error.h"
#include "base/quantity.h"
#include "base/time.h"
#include "market/quote.h"
#include "portfolio/order_intent.h"
#include "risk/risk_book.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::risk
{

/// What of a book moves with one underlying. Deltas at each option's own volatility, by pricing::greeksOf(): American options as
/// such, since that is what their volatility was taken from.
struct UnderlyingDelta {
    std::string symbol;
    double shares = 0;  ///< net delta; NaN where a position's is not known
    double dollars = 0; ///< those at the spot
    double gamma = 0;   ///< shares per dollar
    double betaDollars =
        market::unknown; ///< dollars of the reference index that move alike; NaN where beta is not known
};
/// One entry for each of the book's underlyings, in its order.
std::vector<UnderlyingDelta> netDeltas(const RiskBook& book);
/// Shares of a reference at `price` that the whole book moves like. NaN where a part is not known: none is left out.
double betaWeightedShares(const std::vector<UnderlyingDelta>& deltas, double price);

enum class HedgePolicy : std::uint8_t { FixedTime, FixedBand, WhalleyWilmott, Zakamouline };

struct HedgeSettings {
    HedgePolicy policy = HedgePolicy::WhalleyWilmott;
    base::Nanos interval = std::chrono::hours(1); ///< of FixedTime: back to the target each time
    double band = 0.1;                            ///< of FixedBand: half-width, delta per unit
    double cost = 0.0002;                         ///< λ, proportional, of a trade in the underlying
    double riskAversion = 1;                      ///< γ of exponential utility, per dollar
    std::int64_t lot = 1;                         ///< shares are traded in multiples of it
    base::Nanos quietBeforeClose = std::chrono::minutes(2);
};

/// What is to be hedged: options on one underlying, and what is held of it.
struct HedgeState {
    base::Instant now{};
    std::optional<base::Instant> lastHedge;    ///< FixedTime: empty is due
    std::optional<base::Instant> sessionClose; ///< empty: no time is too late
    double delta = market::unknown;            ///< net, in shares, those held included
    double gamma = market::unknown;            ///< net, shares per dollar
    double units = 1;                        ///< shares that one unit of the bands is: contracts times multiplier, > 0
    double target = 0;                       ///< delta per unit to come back to
    double spot = market::unknown, rate = 0; ///< per year
    double years = market::unknown;          ///< to the expiry of what has the gamma
    double volatility = market::unknown;     ///< Zakamouline: implied, per year
    /// Zakamouline: delta in shares as a function of the volatility that prices the options; see zakamoulineBand().
    double deltaAtHedgeVolatility = market::unknown;
    bool isQuoteUsable = true;   ///< of the underlying: two-sided, neither crossed nor stale, nor halted
    bool isHedgeWorking = false; ///< an earlier one is not done yet
};

enum class HedgeVerdict : std::uint8_t { Trade, Inside, NotDue, BelowLot, Working, Quote, NearClose, Unknown };

struct HedgeDecision {
    HedgeVerdict verdict = HedgeVerdict::Unknown;
    std::int64_t shares = 0;              ///< to buy, below 0 to sell; 0 unless the verdict is Trade
    double halfWidth = market::unknown;   ///< of the band, delta per unit
    double boundShares = market::unknown; ///< that, in shares
};

/// Half-width of the band by the settings' policy, delta per unit; 0 of FixedTime. NaN where a figure is missing.
double hedgeHalfWidth(const HedgeSettings& settings, const HedgeState& state);

/// What to trade of the underlying, if anything: to the near edge of the band, or of FixedTime to the target, to the nearest lot.
/// Nothing while an earlier hedge is working, on a quote that cannot be traded, or in the last minutes of a session.
HedgeDecision planHedge(const HedgeSettings& settings, const HedgeState& state);

/// A decision as an order for the gate: shares at a limit that crosses the spread by `room` of the price. Never through zero in one
/// order, so that its leg is opening or closing. Empty where the decision is not to trade or the quote has no price.
std::optional<portfolio::OrderIntent> hedgeIntent(const HedgeDecision& decision, std::string_view underlying,
                                                  base::Quantity held, const market::Quote& quote, double room,
                                                  std::string_view origin);

/// Coefficients of the expected move of implied volatility per relative move of the underlying: (a + b Δ + c Δ²) / √T.
struct MinimumVariance {
    double a = 0, b = 0, c = 0;
};
/// A day's hedge as it was: delta and vega at its start, the underlying's and the option's move over it.
struct HedgeSample {
    double delta = market::unknown, vega = market::unknown; ///< Black-Scholes; vega per 1.00
    double spot = market::unknown, years = market::unknown;
    double spotMove = market::unknown, valueMove = market::unknown;
};
/// Least squares of what delta hedging left over. The caller gives samples of the past alone: they are all it knows.
/// Errors  fewer than 30 samples, one that is not finite or without time or spot, deltas too alike to tell the coefficients apart.
/// Source  Hull and White (2017), "Optimal delta hedging for options", J. of Banking and Finance 82.
base::Result<MinimumVariance> fitMinimumVariance(const std::vector<HedgeSample>& samples);
/// Δ + ν / (S √T) (a + b Δ + c Δ²), per share of the option. NaN where an input is not known or without time.
double minimumVarianceDelta(const MinimumVariance& fit, double delta, double vega, double spot, double years);

} // namespace vegadesk::risk
