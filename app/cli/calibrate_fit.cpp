#include "calibrate_fit.h"

#include "pricing/surface/surface_fit.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <functional>
#include <iterator>

namespace vegadesk::cli
{

namespace
{

using namespace pricing;
using calibration::Outcome;
using Named = std::vector<std::pair<std::string, double>>;

Named named(const HestonParameters& each)
{
    return {{"v0", each.v0}, {"kappa", each.kappa}, {"theta", each.theta}, {"sigma", each.sigma}, {"rho", each.rho}};
}

Named named(const MertonParameters& each)
{
    return {{"volatility", each.vol},
            {"intensity", each.intensity},
            {"jump_mean", each.jumpMean},
            {"jump_deviation", each.jumpDeviation}};
}

Named named(const BatesParameters& each)
{
    Named out = named(each.heston);
    out.insert(out.end(),
               {{"intensity", each.intensity}, {"jump_mean", each.jumpMean}, {"jump_deviation", each.jumpDeviation}});
    return out;
}

std::optional<bool> fellerOf(const HestonParameters& each)
{
    return each.isFeller();
}
std::optional<bool> fellerOf(const BatesParameters& each)
{
    return each.heston.isFeller();
}
std::optional<bool> fellerOf(const MertonParameters&)
{
    return {};
}

std::string textOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Converged:
        return "converged";
    case Outcome::IterationLimit:
        return "ran out of iterations";
    case Outcome::Stopped:
        return "stopped";
    case Outcome::NotEvaluable:
        break;
    }
    return "not evaluable";
}

/// Of volatility errors, model less mid, one a quote of the smile.
FitQuality qualityOf(const SmileQuotes& smile, std::span<const double> errors, bool hasSpreads)
{
    FitQuality out;
    out.quotes = smile.size();
    std::size_t inside = 0;
    for (std::size_t i = 0; i < smile.size(); ++i) {
        const double vol = smile.mid[i] + errors[i];
        out.rootMeanSquare += errors[i] * errors[i];
        inside += vol >= smile.bid[i] && vol <= smile.ask[i] ? 1 : 0;
    }
    const auto count = static_cast<double>(out.quotes);
    out.rootMeanSquare = std::sqrt(out.rootMeanSquare / count);
    if (hasSpreads)
        out.insideShare = static_cast<double>(inside) / count;
    return out;
}

FittedExpiry fitted(const SmileQuotes& smile, std::span<const double> errors, bool hasSpreads)
{
    FittedExpiry out{smile.years, smile.forward, qualityOf(smile, errors, hasSpreads), {}, smile, {}};
    std::ranges::transform(smile.mid, errors, std::back_inserter(out.fitted), std::plus());
    return out;
}

FitQuality together(std::span<const FittedExpiry> expiries)
{
    FitQuality out;
    double inside = 0, squares = 0;
    for (const FittedExpiry& each : expiries) {
        const auto count = static_cast<double>(each.quality.quotes);
        out.quotes += each.quality.quotes;
        inside += count * each.quality.insideShare;
        squares += count * each.quality.rootMeanSquare * each.quality.rootMeanSquare;
    }
    out.rootMeanSquare = std::sqrt(squares / static_cast<double>(out.quotes));
    out.insideShare = inside / static_cast<double>(out.quotes);
    return out;
}

bool isFar(const CalibrationReport& report)
{
    constexpr double farShare = 0.25;
    double squares = 0;
    for (const FittedExpiry& each : report.expiries) {
        for (const double vol : each.quotes.mid)
            squares += vol * vol;
    }
    return report.quality.rootMeanSquare > farShare * std::sqrt(squares / static_cast<double>(report.quality.quotes));
}

template<class Parameters>
base::Result<CalibrationReport> toReport(const base::Result<calibration::Fit<Parameters>>& fit,
                                         const CalibrationInput& input)
{
    if (!fit)
        return tl::make_unexpected(fit.error());
    CalibrationReport out;
    out.parameters = named(fit->parameters);
    out.isFeller = fellerOf(fit->parameters);
    out.outcome = textOf(fit->outcome);
    out.atEdge = fit->atEdge;
    if (fit->outcome == Outcome::Converged && !fit->atEdge.empty())
        out.outcome = "ended at the edge of its range";
    std::span<const double> errors = fit->residuals;
    for (const SmileQuotes& smile : input.smiles) {
        out.expiries.push_back(fitted(smile, errors.first(smile.size()), input.hasSpreads));
        errors = errors.subspan(smile.size());
    }
    return out;
}

base::Result<CalibrationReport> fitSvi(const CalibrationInput& input)
{
    constexpr std::size_t parameterCount = 5;
    const auto richest = std::ranges::max_element(input.smiles, {}, &SmileQuotes::size);
    if (richest->size() < parameterCount)
        return base::badInput("usable quotes", fmt::format("{} in the fullest expiry", richest->size()),
                              fmt::format("{} or more, as many as a slice has parameters", parameterCount));
    const auto surface = fitSurface(input.smiles, {input.spot, true});
    if (!surface)
        return tl::make_unexpected(surface.error());
    CalibrationReport out;
    auto smile = input.smiles.begin();
    for (const SurfaceSlice& slice : surface->slices()) {
        while (smile->years != slice.years)
            ++smile; // an expiry that was passed over
        std::vector<double> errors;
        for (std::size_t i = 0; i < smile->size(); ++i)
            errors.push_back(std::sqrt(slice.svi.totalVariance(smile->k[i]) / slice.years) - smile->mid[i]);
        out.expiries.push_back(fitted(*smile, errors, input.hasSpreads));
        out.expiries.back().slice = slice;
    }
    for (const ArbitrageViolation& each : findArbitrage(*surface))
        ++(each.kind == ArbitrageKind::Butterfly ? out.butterflies : out.calendars);
    return out;
}

base::Result<CalibrationReport> fit(std::string_view model, const CalibrationInput& input, double fellerPenalty)
{
    calibration::Options options;
    options.fellerPenalty = fellerPenalty;
    const auto slices = slicesOf(input);
    if (model == "heston")
        return toReport(calibration::fitHeston(slices, options), input);
    if (model == "merton")
        return toReport(calibration::fitMerton(slices, options), input);
    if (model == "bates")
        return toReport(calibration::fitBates(slices, options), input);
    return fitSvi(input);
}

} // namespace

std::vector<std::string> calibrationModels()
{
    return {"heston", "svi", "merton", "bates"};
}

base::Result<CalibrationReport> calibrate(std::string_view model, const CalibrationInput& input, double fellerPenalty)
{
    auto out = fit(model, input, fellerPenalty);
    if (!out)
        return out;
    out->model = model;
    out->source = input.source;
    out->spot = input.spot;
    out->quality = together(out->expiries);
    out->isFar = isFar(*out);
    out->leftOut = leftOutByReason(input);
    return out;
}

} // namespace vegadesk::cli
