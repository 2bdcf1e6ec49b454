#pragma once

#include "calibrate_input.h"

#include "pricing/surface/volatility_surface.h"

#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::cli
{

/// How well quotes are met.
struct FitQuality {
    std::size_t quotes = 0;
    double rootMeanSquare = 0;                                     ///< of model less mid, in volatility
    double insideShare = std::numeric_limits<double>::quiet_NaN(); ///< of quotes whose bid and ask hold the model's
};

struct FittedExpiry {
    double years = 0, forward = 0;
    FitQuality quality;
    std::optional<pricing::SurfaceSlice> slice; ///< of a surface
    pricing::SmileQuotes quotes;
    std::vector<double> fitted; ///< the model's volatility at each quote
};

struct CalibrationReport {
    std::string model, source;
    double spot = 0;
    std::vector<std::pair<std::string, double>> parameters;  ///< none of a surface: they are the slices'
    std::optional<bool> isFeller;                            ///< of models with a moving variance
    std::string outcome;                                     ///< of the search; empty for a surface
    std::vector<pricing::calibration::EdgeParameter> atEdge; ///< of those parameters
    bool isFar = false;                                      ///< its errors are a quarter of the volatilities or more
    std::vector<LeftOutLine> leftOut;
    FitQuality quality; ///< over all expiries
    std::vector<FittedExpiry> expiries;
    std::size_t butterflies = 0, calendars = 0; ///< arbitrage left; a model of one law has none
};

/// Fits one of calibrationModels() to the input.
/// Errors  BadInput where the quotes are fewer than the model's parameters, of a surface in each expiry; the fits' own.
base::Result<CalibrationReport> calibrate(std::string_view model, const CalibrationInput& input, double fellerPenalty);
std::vector<std::string> calibrationModels();

} // namespace vegadesk::cli
