#pragma once

#include "base/error.h"
#include "pricing/calibration/outcome.h"
#include "pricing/heston/bates.h"
#include "pricing/heston/heston.h"
#include "pricing/jump/merton.h"

#include <optional>
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

/// Models fitted to implied volatilities.
namespace vegadesk::pricing::calibration
{

/// One expiry's quotes.
/// Shapes  strikes, vols and, unless it is empty, weights have one length.
/// Units   vols per year, 0.20 for 20 %; a weight multiplies its volatility error, as 1/spread does.
struct Slice {
    MarketPoint market;
    double years = 0;
    std::vector<double> strikes, vols, weights;
};

struct Options {
    int maxIterations = 200;
    /// Volatility error that a Heston or Bates fit pays where sigma² is e times 2 kappa theta; 0 lets the variance
    /// touch 0.
    double fellerPenalty = 0;
};

/// A parameter that the search left at an end of its range: the quotes would have it further out, or do not tell it.
struct EdgeParameter {
    std::string_view name; ///< "sigma", as the members of the model's parameters are called in a report
    double value = 0, low = 0, high = 0;
};

template<class Parameters>
struct Fit {
    Parameters parameters;
    std::vector<double> residuals; ///< model minus quote in volatility, unweighted, slice by slice as given
    double sumOfSquares = 0;       ///< of those, in volatility points: 1.0 is one quote off by 1 %
    double rootMeanSquare = 0;     ///< of those, in volatility: 0.01 for 1 %
    int iterations = 0;            ///< over all starts
    Outcome outcome = Outcome::NotEvaluable;
    std::vector<EdgeParameter> atEdge; ///< such parameters are no finding, however the search came to rest
};

/// Least squares in implied volatility with the models' analytic gradients.
///
/// The unknowns are the logarithms of what must be positive and the inverse hyperbolic tangent of rho, within a box
/// that no market leaves (variances 1e-5 to 4, kappa 1e-3 to 100, sigma 1e-3 to 20, |rho| to 0.999, intensity 1e-3 to
/// 50, |jump mean| to 2, jump deviation 1e-3 to 2).
///
/// Start    without one: at the volatilities nearest the money of the shortest and the longest expiry with kappa 2,
///          sigma 0.5, rho -0.5; jumps from three typical shapes, the best of which is kept.
/// Errors   BadInput naming the slice and what is wrong with it, and where fewer quotes have a weight than the model has
///          parameters; NotFound where no start can be priced. A fit that was
///          stopped or ran out of iterations is returned as it is: see outcome.
base::Result<Fit<HestonParameters>> fitHeston(std::span<const Slice> slices, const Options& options = {},
                                              const std::optional<HestonParameters>& start = {},
                                              const std::stop_token& stop = {});

base::Result<Fit<MertonParameters>> fitMerton(std::span<const Slice> slices, const Options& options = {},
                                              const std::optional<MertonParameters>& start = {},
                                              const std::stop_token& stop = {});

base::Result<Fit<BatesParameters>> fitBates(std::span<const Slice> slices, const Options& options = {},
                                            const std::optional<BatesParameters>& start = {},
                                            const std::stop_token& stop = {});

} // namespace vegadesk::pricing::calibration
