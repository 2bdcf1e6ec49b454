#include "row.h"

#include "learning/pricer/american_heston_fit.h"
#include "learning/teachers/teacher.h"
#include "pricing/calibration/least_squares.h"
#include "pricing/calibration/unknowns.h"
#include "pricing/heston/american_heston.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <memory>

/// A chain of American options fitted by the networks, and by the finite differences that taught them.
namespace vegadesk::cli::bench
{

namespace
{

using namespace pricing;
using calibration::Scale;
using learning::PricedSlice;

constexpr HestonParameters made{.v0 = 0.05, .kappa = 2, .theta = 0.06, .sigma = 0.6, .rho = -0.6};
constexpr HestonParameters begun{.v0 = 0.06, .kappa = 1.5, .theta = 0.06, .sigma = 0.5, .rho = -0.5};
constexpr double cent = 0.01;

/// Finite differences at every strike of one side, and the slope by the variance now, which they have for nothing.
void priceSide(const PricedSlice& slice, Right right, const HestonParameters& law, std::span<double> prices,
               std::span<double> byV0 = {})
{
    std::vector<double> strikes;
    for (std::size_t i = 0; i < slice.strikes.size(); ++i)
        if (slice.rights[i] == right)
            strikes.push_back(slice.strikes[i]);
    std::vector<double> said(strikes.size()), slopes(byV0.empty() ? 0 : strikes.size());
    AmericanHestonView view;
    view.price = said;
    view.byV0 = slopes;
    americanHestonStrip(right, slice.market, slice.years, law, strikes, view);
    for (std::size_t i = 0, row = 0; i < slice.strikes.size(); ++i) {
        if (slice.rights[i] != right)
            continue;
        prices[i] = said[row];
        if (!byV0.empty())
            byV0[i] = slopes[row];
        ++row;
    }
}

/// Five expiries of out-of-the-money options, eleven strikes a side, at the prices that finite differences give them.
std::vector<PricedSlice> board()
{
    constexpr MarketPoint market{100, 0.045, 0.015};
    constexpr int sideStrikes = 11;
    std::vector<PricedSlice> out;
    for (const double years : {0.06, 0.15, 0.3, 0.6, 1.2}) {
        PricedSlice& slice = out.emplace_back();
        slice.market = market;
        slice.years = years;
        const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
        for (const Right right : {Right::Put, Right::Call}) {
            for (int i = 0; i < sideStrikes; ++i) {
                slice.rights.push_back(right);
                slice.strikes.push_back(forward *
                                        std::exp((right == Right::Call ? 1 : -1) * 0.23 * std::sqrt(years) * i / 6));
            }
        }
        slice.prices.resize(slice.strikes.size());
        slice.errors.assign(slice.strikes.size(), cent);
        for (const Right right : {Right::Put, Right::Call})
            priceSide(slice, right, made, slice.prices);
    }
    return out;
}

constexpr std::size_t parameterCount = 5;
using ParameterArray = std::array<double, parameterCount>;
constexpr std::array<Scale, parameterCount> scales{Scale::Log, Scale::Log, Scale::Log, Scale::Log, Scale::Tanh};

/// The networks' search with solutions on grids instead: slopes of four parameters by a step of a hundredth each.
class DifferenceFit
{
public:
    /// In the networks' box, as their search is.
    DifferenceFit(std::vector<PricedSlice> slices, calibration::Box box)
        : m_slices(std::move(slices)), m_box(std::move(box))
    {
    }

    HestonParameters operator()() const
    {
        const auto found =
            calibration::minimise(point({begun.v0, begun.kappa, begun.theta, begun.sigma, begun.rho}), m_box,
                                  [this](const calibration::Vector& x, calibration::Residuals& residuals,
                                         calibration::Jacobian& slopes) { return evaluate(x, residuals, slopes); },
                                  200, {});
        return lawOf(parametersAt(found.x));
    }

    static calibration::Vector point(const ParameterArray& parameters)
    {
        calibration::Vector out(static_cast<Eigen::Index>(parameterCount));
        for (std::size_t i = 0; i < parameterCount; ++i)
            out[static_cast<Eigen::Index>(i)] = calibration::toUnknown(scales[i], parameters[i]);
        return out;
    }

private:
    static ParameterArray parametersAt(const calibration::Vector& x)
    {
        ParameterArray out{};
        for (std::size_t i = 0; i < parameterCount; ++i)
            out[i] = calibration::toParameter(scales[i], x[static_cast<Eigen::Index>(i)]);
        return out;
    }
    static HestonParameters lawOf(const ParameterArray& p)
    {
        return {.v0 = p[0], .kappa = p[1], .theta = p[2], .sigma = p[3], .rho = p[4]};
    }

    bool evaluate(const calibration::Vector& x, calibration::Residuals& residuals, calibration::Jacobian& slopes) const
    {
        const ParameterArray parameters = parametersAt(x);
        Eigen::Index rows = 0;
        for (const PricedSlice& slice : m_slices)
            rows += static_cast<Eigen::Index>(slice.strikes.size());
        residuals.resize(rows);
        slopes.resize(rows, static_cast<Eigen::Index>(parameterCount));
        Eigen::Index row = 0;
        for (const PricedSlice& slice : m_slices) {
            const std::size_t count = slice.strikes.size();
            std::vector<double> prices(count);
            std::array<std::vector<double>, parameterCount> by;
            for (std::vector<double>& each : by)
                each.resize(count);
            for (const Right right : {Right::Put, Right::Call})
                priceSide(slice, right, lawOf(parameters), prices, by[0]);
            for (std::size_t k = 1; k < parameterCount; ++k) {
                ParameterArray bumped = parameters;
                const double step = -0.01 * parameters[k]; // towards 0, where every range goes on
                bumped[k] += step;
                for (const Right right : {Right::Put, Right::Call})
                    priceSide(slice, right, lawOf(bumped), by[k]);
                for (std::size_t i = 0; i < count; ++i)
                    by[k][i] = (by[k][i] - prices[i]) / step;
            }
            for (std::size_t i = 0; i < count; ++i, ++row) {
                residuals[row] = (prices[i] - slice.prices[i]) / slice.errors[i];
                for (std::size_t k = 0; k < parameterCount; ++k)
                    slopes(row, static_cast<Eigen::Index>(k)) =
                        by[k][i] / slice.errors[i] * calibration::slopeOf(scales[k], parameters[k]);
            }
        }
        return residuals.allFinite() && slopes.allFinite();
    }

    std::vector<PricedSlice> m_slices;
    calibration::Box m_box;
};

calibration::Box trainedBox()
{
    constexpr std::array<std::string_view, parameterCount> names{"v0", "kappa", "theta", "sigma", "rho"};
    ParameterArray low{}, high{};
    const auto teacher = learning::findTeacher("american_heston_put");
    for (std::size_t i = 0; i < parameterCount; ++i) {
        const auto input = std::ranges::find((*teacher)->inputs(), names[i], &learning::InputRange::name);
        low[i] = input->low;
        high[i] = input->high;
    }
    return {DifferenceFit::point(low), DifferenceFit::point(high)};
}

} // namespace

Row americanHestonFitRow()
{
    const auto slices = std::make_shared<const std::vector<PricedSlice>>(board());
    Row row;
    row.kernel = fmt::format("networks, American Heston calibration, {} prices",
                             slices->size() * slices->front().strikes.size());
    const auto networks = learning::NeuralAmericanHeston::open();
    if (!networks)
        return row;
    const HestonParameters none{.v0 = std::nan(""), .kappa = 0, .theta = 0, .sigma = 0, .rho = 0};
    const auto found = std::make_shared<HestonParameters>();
    row.ours = Timed{"the networks", 1, [slices, found, none, networks = *networks] {
                         const auto fit = learning::fitAmericanHeston(*networks, *slices, {}, begun);
                         *found = fit ? fit->parameters : none; // its prices are no numbers, and the accuracy says so
                     }};
    row.references = {{"ours, finite differences", 1, [fit = DifferenceFit(*slices, trainedBox())] { (void)fit(); }}};
    row.accuracyOf = "root mean square of finite differences at the networks' parameters less the prices, in cents";
    row.accuracy = [slices, found] {
        double squares = 0;
        std::size_t count = 0;
        for (const PricedSlice& slice : *slices) {
            std::vector<double> prices(slice.strikes.size());
            for (const Right right : {Right::Put, Right::Call})
                priceSide(slice, right, *found, prices);
            for (std::size_t i = 0; i < prices.size(); ++i, ++count)
                squares += (prices[i] - slice.prices[i]) * (prices[i] - slice.prices[i]) / (cent * cent);
        }
        return std::sqrt(squares / static_cast<double>(count));
    };
    return row;
}

} // namespace vegadesk::cli::bench
