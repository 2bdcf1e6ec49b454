#pragma once

#include "learning/pricer/neural_american_heston.h"
#include "pricing/calibration/calibration.h"

#include <optional>
#include <stop_token>
#include <vector>

namespace vegadesk::learning
{

/// One expiry's quotes of American options, as they are traded: nothing is freed of early exercise first.
/// Shapes  all columns have one length.
struct PricedSlice {
    pricing::MarketPoint market;
    double years = 0;
    std::vector<pricing::Right> rights;
    std::vector<double> strikes, prices;
    std::vector<double>
        errors; ///< a price's error that counts as one: a vega times a volatility, or half a spread. Positive
};

struct AmericanHestonFit {
    pricing::HestonParameters parameters;
    std::vector<double>
        residuals;             ///< model less quote in price, slice by slice as given; NaN for a quote outside the box
    double rootMeanSquare = 0; ///< of residuals over their errors
    std::size_t quotes = 0;    ///< that counted
    std::size_t outside = 0;   ///< of the box, at the parameters found: they did not count
    int iterations = 0;
    pricing::calibration::Outcome outcome = pricing::calibration::Outcome::NotEvaluable;
};

/// Heston's parameters from American prices, by least squares with the networks' own gradient, within the box that they were trained in.
/// A quote that the networks cannot price at some point of the search counts with no residual there.
///
/// Start    without one: as pricing::calibration::fitHeston()'s, held inside the box.
/// Errors   BadInput naming slice and fault; NotFound where fewer quotes than parameters are in the box.
base::Result<AmericanHestonFit> fitAmericanHeston(const NeuralAmericanHeston& networks,
                                                  std::span<const PricedSlice> slices,
                                                  const pricing::calibration::Options& options = {},
                                                  const std::optional<pricing::HestonParameters>& start = {},
                                                  const std::stop_token& stop = {});

} // namespace vegadesk::learning
