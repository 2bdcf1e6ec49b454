#pragma once

#include "base/error.h"
#include "market/option_chain.h"

#include <cstddef>

namespace vegadesk::pricing
{

/// The variance that an expiry's prices replicate, without a model.
struct ModelFreeVariance {
    double years = 0;
    double variance = 0;     ///< per year
    double forward = 0;      ///< by parity at the strike where call and put cost most nearly the same
    double centreStrike = 0; ///< K0, the first strike at or below the forward
    std::size_t options = 0; ///< that took part
};

/// Cboe's formula: sigma² = 2/T sum (dK / K²) e^(RT) Q(K) - 1/T (F / K0 - 1)².
///
/// Takes    mids of out-of-the-money puts below K0 and calls above, at K0 the mean of both; going outwards an option
///          without a bid is passed over, and after two of them in a row nothing further counts.
/// Inputs   years as the index counts them (minutes to settlement over 525,600), rate continuous.
/// Errors   BadInput: years not positive, or no strike with both mids, no strike below the forward, or no option with a bid.
/// Source   Cboe, "The CBOE Volatility Index - VIX" (white paper, 2009).
base::Result<ModelFreeVariance> modelFreeVariance(const market::Expiration& expiration, double years, double rate);

/// Two such variances joined at `targetYears` (30 days: 43,200 / 525,600) and quoted as an index: 20 means 20 %.
/// Linear in total variance; also outside the two, as the white paper does near an expiry.
/// Errors   BadInput: years that do not ascend, or a total variance that comes out negative.
base::Result<double> varianceIndex(const ModelFreeVariance& near, const ModelFreeVariance& next, double targetYears);

} // namespace vegadesk::pricing
