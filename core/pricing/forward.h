#pragma once

#include "base/time.h"
#include "market/option_chain.h"
#include "pricing/black_scholes.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <span>

namespace vegadesk::pricing
{

/// Continuous rates per year to fall back on where the market's own prices do not tell.
struct Rates {
    double rate = 0;
    double dividendYield = 0;
};

enum class ForwardOrigin : std::uint8_t {
    Parity,         ///< forward and discount both from put-call parity
    ParityWithRate, ///< forward from parity, discount from the given rate
    Carry,          ///< spot carried at the given rates: no usable pair of quotes
    None,           ///< not known
};

/// What an expiry's calls and puts say about money until then.
struct ForwardEstimate {
    double years = std::numeric_limits<double>::quiet_NaN(); ///< ACT/365 to expiry
    double forward = std::numeric_limits<double>::quiet_NaN();
    double discount = std::numeric_limits<double>::quiet_NaN();
    double forwardError = std::numeric_limits<double>::quiet_NaN(); ///< standard error, dollars; NaN by carry
    std::size_t pairs = 0;                                          ///< strikes whose call and put took part
    ForwardOrigin origin = ForwardOrigin::None;
};

/// Forward and discount of one expiry by C - P = D (F - K).
///
/// Method  least squares over strikes near the money on mids of tradable two-sided quotes, each weighted by
/// the
///         inverse square of its combined spread; one pass of outlier removal. The slope gives the discount
///         for European options when it pins the rate to half a percent; otherwise, and for American options,
///         whose early exercise bends the slope, the discount comes from `rates` and parity gives the forward
///         alone.
/// Inputs  spot may be NaN; it is only needed where no pair can be used.
/// Errors  origin None and NaN when nothing is known: expired, or neither pairs nor spot.
ForwardEstimate estimateForward(const market::Expiration& expiration, base::Instant now, double spot,
                                const Rates& rates);

/// What the same options would cost without early exercise: the American price gives a volatility at `market`, and that
/// the European price. NaN where no volatility gives the price.
/// Shapes  strikes, americanPrices and europeanPrices have one length.
using WithoutEarlyExercise =
    std::function<void(Right, const MarketPoint& market, double years, std::span<const double> strikes,
                       std::span<const double> americanPrices, std::span<double> europeanPrices)>;

/// estimateForward() for American options, whose early exercise premium differs between call and put and so moves parity.
///
/// Method  by turns: the forward gives a yield, the yield the premiums, the premiums taken off the mids a new forward,
///         until it moves by less than 1e-9 of itself. Same pairs throughout, less those whose in-the-money side has no
///         more time value than half their combined spread; discount from `rates`.
/// Inputs  as estimateForward(); without a spot, or where nothing can be taken off, its answer is returned as it is.
ForwardEstimate estimateAmericanForward(const market::Expiration& expiration, base::Instant now, double spot,
                                        const Rates& rates, const WithoutEarlyExercise& withoutEarlyExercise);

/// The continuous rate and yield until the expiry that make `spot` grow into the estimate's forward: the yield holds
/// dividends, borrow fees and whatever else the holder goes without. NaN where the estimate or the spot is not known.
Rates impliedRates(const ForwardEstimate& estimate, double spot) noexcept;

/// The borrow fee per year left of that yield once `dividendYield` is paid; negative: the shares earn more than thought.
double impliedBorrow(const ForwardEstimate& estimate, double spot, double dividendYield) noexcept;

/// The spot that parity implies, for a chain without a price of its underlying: the median over the nearest
/// three expiries with usable pairs of their forwards carried back at `rates`. NaN when there are none.
double impliedSpot(const market::OptionChain& chain, base::Instant now, const Rates& rates);

} // namespace vegadesk::pricing
