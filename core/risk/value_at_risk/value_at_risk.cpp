#include "risk/value_at_risk/value_at_risk.h"

#include "risk/stress/profit_surface.h"
#include "risk/value_at_risk/var_factors.h"
#include "risk/value_at_risk/var_monte_carlo.h"
#include "risk/value_at_risk/var_parametric.h"
#include "risk/value_at_risk/var_sample.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::risk
{

namespace
{

using base::translatable;

base::Result<void> checkRange(const char* field, double value, double low, double high)
{
    if (!(value >= low && value <= high))
        return base::badInput(field, fmt::format("{}", value), fmt::format("{} to {}", low, high));
    return {};
}

void addFigures(VarReport& report, const VarInputs& inputs, const VarSettings& settings)
{
    const double tail = 1 - settings.level;
    const double days = daysPassed(settings);
    const FactorModel model = factorModel(inputs, deviationsOf(inputs, settings, 0), 0, inputs.days(), settings);
    report.freedom = model.freedom;
    const DeltaGamma deltaGamma = deltaGammaOf(inputs.book);
    const Eigen::MatrixXd covariance = model.covariance();
    Revaluation revaluation(inputs.book);
    const ProfitSurface surface(revaluation, days);
    // What passing time alone brings, which the derivatives do not have.
    const auto addWithDecay = [&](VarFigure figure) {
        for (std::size_t u = 0; u < inputs.underlyings.size(); ++u) {
            const double decay = surface.profit(u, 0, 0);
            figure.valueAtRisk -= decay;
            figure.expectedShortfall -= decay;
            if (u < figure.contributions.size()) {
                figure.contributions[u].valueAtRisk -= decay;
                figure.contributions[u].expectedShortfall -= decay;
            }
        }
        report.figures.push_back(std::move(figure));
    };
    addWithDecay(deltaNormal(deltaGamma, covariance, settings.level, inputs.underlyings));
    if (auto figure = cornishFisherFigure(deltaGamma, covariance, settings.level)) {
        addWithDecay(std::move(*figure));
    } else {
        report.refused.push_back({VarMethod::CornishFisher, vegaRefusal()});
    }
    const double root = std::sqrt(settings.horizon);
    report.figures.push_back(sampleFigure(VarMethod::Historical, revalued(revaluation, inputs.moves * root, days), tail,
                                          inputs.underlyings));
    report.figures.push_back(sampleFigure(VarMethod::FilteredHistorical,
                                          revalued(revaluation, filteredMoves(model), days), tail, inputs.underlyings));
    report.figures.push_back(
        monteCarlo(model, surface, deltaGamma, tail, settings.paths, settings.seed, inputs.underlyings));
}

void compare(VarReport& report)
{
    const VarFigure* const shown = report.find(shownMethod);
    if (!shown)
        return;
    const double shownLoss = shown->valueAtRisk;
    for (VarFigure& figure : report.figures) {
        figure.disagrees = isDisagreeing(figure.valueAtRisk, shownLoss);
        report.isDisagreeing = report.isDisagreeing || figure.disagrees;
        if (!figure.isMonotone)
            report.warnings.push_back({translatable(
                "Core",
                "The Cornish-Fisher expansion is not monotone for this book: its figure is not to be relied on")});
    }
    if (report.isDisagreeing)
        report.warnings.push_back({translatable(
            "Core", "The methods disagree by more than a quarter: the book's gamma or its tails matter")});
}

} // namespace

std::string_view toText(VarMethod method)
{
    switch (method) {
    case VarMethod::DeltaNormal:
        return "delta_normal";
    case VarMethod::CornishFisher:
        return "cornish_fisher";
    case VarMethod::Historical:
        return "historical";
    case VarMethod::FilteredHistorical:
        return "filtered_historical";
    case VarMethod::MonteCarlo:
        break;
    }
    return "monte_carlo";
}

bool isDisagreeing(double one, double other)
{
    constexpr double nothing = 0.005; // cash: half a cent is none
    const double difference = std::abs(one - other);
    return difference > nothing && difference > disagreementMost * std::max(std::abs(one), std::abs(other));
}

base::Result<void> checkSettings(const VarSettings& settings)
{
    for (const auto& checked :
         {checkRange("level", settings.level, 0.5, 0.999), checkRange("horizon", settings.horizon, 1, 252),
          checkRange("days", static_cast<double>(settings.days), leastHistory, 100'000),
          checkRange("decay", settings.decay, 0.8, 0.999),
          checkRange("paths", static_cast<double>(settings.paths), 200, 1'000'000)}) {
        if (!checked)
            return checked;
    }
    if (settings.freedom != 0 && !(settings.freedom > 2))
        return base::badInput("freedom", fmt::format("{}", settings.freedom), "above 2, or 0 for the history's");
    return {};
}

const VarFigure* VarReport::find(VarMethod method) const
{
    const auto found = std::ranges::find(figures, method, &VarFigure::method);
    return found == figures.end() ? nullptr : &*found;
}

base::Result<VarReport> valueAtRisk(const RiskBook& book, const FactorHistory& history, const VarSettings& settings)
{
    if (const auto checked = checkSettings(settings); !checked)
        return tl::make_unexpected(checked.error());
    const auto inputs = varInputs(book, history, settings.days);
    if (!inputs)
        return tl::make_unexpected(inputs.error());
    VarReport report;
    report.settings = settings;
    report.unknown = inputs->unknown;
    report.warnings = inputs->warnings;
    report.days = inputs->days();
    if (!inputs->underlyings.empty()) {
        report.first = inputs->dates.front();
        report.last = inputs->dates.back();
        addFigures(report, *inputs, settings);
        compare(report);
    } else if (report.unknown.empty()) { // an account that holds nothing
        for (const VarMethod method : varMethods)
            report.figures.emplace_back().method = method;
    }
    return report;
}

} // namespace vegadesk::risk
