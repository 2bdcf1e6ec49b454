#include "risk/value_at_risk/book_backtest.h"

#include "base/random.h"
#include "risk/stress/profit_surface.h"
#include "risk/value_at_risk/var_factors.h"
#include "risk/value_at_risk/var_monte_carlo.h"
#include "risk/value_at_risk/var_parametric.h"
#include "risk/value_at_risk/var_sample.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::risk
{

namespace
{

base::Result<void> check(const BookBacktestSettings& settings)
{
    constexpr std::size_t fewestPaths = 200;
    if (settings.var.horizon != 1)
        return base::badInput("horizon", fmt::format("{}", settings.var.horizon), "1: days are tested one by one");
    if (settings.testDays < leastTestDays)
        return base::badInput("test days", fmt::format("{}", settings.testDays),
                              fmt::format("at least {}", leastTestDays));
    if (settings.warmUp < leastHistory)
        return base::badInput("warm-up", fmt::format("{}", settings.warmUp), fmt::format("at least {}", leastHistory));
    if (settings.paths < fewestPaths)
        return base::badInput("paths", fmt::format("{}", settings.paths), fmt::format("at least {}", fewestPaths));
    if (settings.refitEvery == 0)
        return base::badInput("refit every", "0", "at least one day");
    return checkSettings(settings.var);
}

/// All methods' forecasts of one book, day after day.
class Forecasts
{
public:
    Forecasts(const VarInputs& inputs, const BookBacktestSettings& settings)
        : m_inputs(inputs), m_settings(settings), m_deviations(deviationsOf(inputs, settings.var, settings.refitEvery)),
          m_deltaGamma(deltaGammaOf(inputs.book)), m_revaluation(inputs.book),
          m_surface(m_revaluation, daysPassed(settings.var)),
          m_profits(revalued(m_revaluation, inputs.moves, daysPassed(settings.var)).rowwise().sum())
    {
        for (std::size_t u = 0; u < inputs.underlyings.size(); ++u)
            m_decay += m_surface.profit(u, 0, 0);
    }

    double profitOf(std::size_t day) const { return m_profits(static_cast<Eigen::Index>(day)); }

    /// Of one day, by method; NaN where it is refused.
    std::array<TailLoss, varMethods.size()> of(std::size_t day) const
    {
        const VarSettings& var = m_settings.var;
        const double tail = 1 - var.level;
        const std::size_t first = day - std::min(day, var.days);
        const FactorModel model = factorModel(m_inputs, m_deviations, first, day, var);
        const Eigen::MatrixXd covariance = model.covariance();
        const auto lossOf = [](const VarFigure& figure, double decay) {
            return TailLoss{figure.valueAtRisk - decay, figure.expectedShortfall - decay};
        };
        const auto sampled = [&](const Eigen::VectorXd& profits) {
            return sampleLoss({profits.data(), static_cast<std::size_t>(profits.size())}, tail);
        };
        std::array<TailLoss, varMethods.size()> out;
        constexpr double nan = std::numeric_limits<double>::quiet_NaN();
        const auto at = [&](VarMethod method) -> TailLoss& { return out[static_cast<std::size_t>(method)]; };
        at(VarMethod::DeltaNormal) =
            lossOf(deltaNormal(m_deltaGamma, covariance, var.level, m_inputs.underlyings), m_decay);
        const auto expansion = cornishFisherFigure(m_deltaGamma, covariance, var.level);
        at(VarMethod::CornishFisher) = expansion ? lossOf(*expansion, m_decay) : TailLoss{nan, nan};
        at(VarMethod::Historical) =
            sampled(m_profits.segment(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(day - first)));
        at(VarMethod::FilteredHistorical) = sampled(m_surface.profits(filteredMoves(model)).rowwise().sum());
        at(VarMethod::MonteCarlo) = lossOf(
            monteCarlo(model, m_surface, m_deltaGamma, tail, m_settings.paths, var.seed, m_inputs.underlyings), 0);
        return out;
    }

private:
    const VarInputs& m_inputs;
    const BookBacktestSettings& m_settings;
    Eigen::MatrixXd m_deviations;
    DeltaGamma m_deltaGamma;
    Revaluation m_revaluation;
    ProfitSurface m_surface;
    Eigen::VectorXd m_profits; ///< by day
    double m_decay = 0;        ///< what passing time alone brings
};

/// Of forecasts that are finite, so that no test can refuse them but the shortfall's, which wants losses.
base::Result<void> test(MethodBacktest& of, const std::vector<double>& profits, const VarSettings& settings)
{
    for (std::size_t day = 0; day < profits.size(); ++day) {
        of.hits.push_back(-profits[day] > of.valuesAtRisk[day] ? 1 : 0);
        of.hitCount += of.hits.back();
    }
    const auto ratio = kupiec(profits.size(), of.hitCount, settings.level);
    const auto clusters = christoffersen(of.hits, settings.level);
    const auto lights = trafficLights(profits.size(), of.hitCount, settings.level);
    if (!ratio || !clusters || !lights)
        return tl::make_unexpected(!ratio ? ratio.error() : (!clusters ? clusters.error() : lights.error()));
    of.kupiec = *ratio;
    of.christoffersen = *clusters;
    of.lights = *lights;
    base::Generator generator(settings.seed);
    if (const auto shortfall =
            acerbiSzekely(profits, of.valuesAtRisk, of.expectedShortfalls, settings.level, generator))
        of.shortfall = *shortfall;
    return {};
}

} // namespace

const MethodBacktest* BookBacktest::find(VarMethod method) const
{
    const auto found = std::ranges::find(methods, method, &MethodBacktest::method);
    return found == methods.end() ? nullptr : &*found;
}

base::Result<BookBacktest> backtestBook(const RiskBook& book, const FactorHistory& history,
                                        const BookBacktestSettings& settings, const std::stop_token& stop)
{
    if (const auto checked = check(settings); !checked)
        return tl::make_unexpected(checked.error());
    const auto inputs = varInputs(book, history, std::numeric_limits<std::size_t>::max());
    if (!inputs)
        return tl::make_unexpected(inputs.error());
    BookBacktest out;
    out.settings = settings;
    out.unknown = inputs->unknown;
    out.warnings = inputs->warnings;
    if (inputs->underlyings.empty())
        return out;
    if (inputs->days() < settings.warmUp + leastTestDays)
        return base::badInput(
            "history", fmt::format("{} days", inputs->days()),
            fmt::format("at least {}, {} of them to start from", settings.warmUp + leastTestDays, settings.warmUp));
    const std::size_t first = std::max(settings.warmUp, inputs->days() - std::min(inputs->days(), settings.testDays));
    const Forecasts forecasts(*inputs, settings);
    for (const VarMethod method : varMethods)
        out.methods.emplace_back().method = method;
    for (std::size_t day = first; day < inputs->days(); ++day) {
        if (stop.stop_requested())
            return base::fail(base::ErrorKind::Cancelled, "back-test", "", "stopped before it was through");
        out.dates.push_back(inputs->dates[day]);
        out.profits.push_back(forecasts.profitOf(day));
        const auto losses = forecasts.of(day);
        for (std::size_t i = 0; i < losses.size(); ++i) {
            out.methods[i].valuesAtRisk.push_back(losses[i].valueAtRisk);
            out.methods[i].expectedShortfalls.push_back(losses[i].expectedShortfall);
        }
    }
    std::erase_if(out.methods, [&](const MethodBacktest& each) {
        const bool isRefused = std::isnan(each.valuesAtRisk.front());
        if (isRefused)
            out.refused.push_back({each.method, vegaRefusal()});
        return isRefused;
    });
    for (MethodBacktest& each : out.methods) {
        if (const auto tested = test(each, out.profits, settings.var); !tested)
            return tl::make_unexpected(tested.error());
    }
    return out;
}

} // namespace vegadesk::risk
