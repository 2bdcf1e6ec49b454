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
    std::vector<pricing::calibration::EdgeParameter> atEdge; ///< of the box that the networks were trained in
};

/// Heston's parameters from American prices, by least squares with the networks' own gradient, within the box that they were trained in.
///
/// Box      a quote counts that the networks can price where the search begins. Where they cannot on its way, it keeps the residual
///          that it began with, so that nothing is gained by leaving the box. When the search has come to rest somewhere that other
///          quotes can be priced, it goes on from there with those, a few times at most.
/// Start    without one: as pricing::calibration::fitHeston()'s, held inside the box.
/// Europe   where rate or yield are below what the networks were taught, so that early exercise is worth next to nothing out of the
///          money, quotes are priced as European.
/// Penalty  options.fellerPenalty is in a price's errors here.
/// Errors   BadInput naming slice and fault, or the start's first parameter that is none; NotFound where fewer quotes than
///          parameters are in the box.
base::Result<AmericanHestonFit> fitAmericanHeston(const NeuralAmericanHeston& networks,
                                                  std::span<const PricedSlice> slices,
                                                  const pricing::calibration::Options& options = {},
                                                  const std::optional<pricing::HestonParameters>& start = {},
                                                  const std::stop_token& stop = {});

} // namespace vegadesk::learning
