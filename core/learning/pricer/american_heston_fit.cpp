#include "learning/pricer/american_heston_fit.h"

#include "learning/teachers/teacher.h"
#include "pricing/calibration/least_squares.h"
#include "pricing/calibration/unknowns.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <string_view>

namespace vegadesk::learning
{

namespace
{

using pricing::HestonParameters;
using pricing::Right;
using pricing::calibration::Jacobian;
using pricing::calibration::Outcome;
using pricing::calibration::Residuals;
using pricing::calibration::Scale;
using pricing::calibration::Solution;
using pricing::calibration::Unknown;
using pricing::calibration::Vector;

constexpr std::size_t parameterCount = 5;
using Unknowns = std::array<Unknown, parameterCount>;
using ParameterArray = std::array<double, parameterCount>;
/// In this order everywhere: the teachers' names.
constexpr std::array<std::string_view, parameterCount> parameterNames{"v0", "kappa", "theta", "sigma", "rho"};
constexpr int mostRounds = 4;
constexpr double volatilityWithoutQuote = 0.25;

ParameterArray toArray(const HestonParameters& p)
{
    return {p.v0, p.kappa, p.theta, p.sigma, p.rho};
}
HestonParameters fromArray(const ParameterArray& a)
{
    return {.v0 = a[0], .kappa = a[1], .theta = a[2], .sigma = a[3], .rho = a[4]};
}
Eigen::Index at(std::size_t i)
{
    return static_cast<Eigen::Index>(i);
}

/// The quotes of one side of one expiry, and room for what the networks say of them.
struct PricedSide {
    Right right = Right::Call;
    pricing::MarketPoint market;
    double years = 0;
    std::vector<double> strikes, prices, errors;
    std::vector<std::size_t> rows; ///< among all quotes
    std::vector<double> said;
    std::array<std::vector<double>, parameterCount> slopes;
};

PricedSide sideOf(const PricedSlice& slice, Right right, std::size_t firstRow)
{
    PricedSide side;
    side.right = right;
    side.market = slice.market;
    side.years = slice.years;
    for (std::size_t i = 0; i < slice.strikes.size(); ++i) {
        if (slice.rights[i] != right)
            continue;
        side.strikes.push_back(slice.strikes[i]);
        side.prices.push_back(slice.prices[i]);
        side.errors.push_back(slice.errors[i]);
        side.rows.push_back(firstRow + i);
    }
    side.said.resize(side.strikes.size());
    for (std::vector<double>& column : side.slopes)
        column.resize(side.strikes.size());
    return side;
}

base::Result<void> checkPricedSlice(const PricedSlice& slice, std::size_t index)
{
    const auto field = [index](std::string_view what) { return fmt::format("{} of slice {}", what, index); };
    const std::size_t count = slice.strikes.size();
    if (count == 0)
        return base::badInput(field("strikes"), "none", "one at least");
    for (const auto& [name, size] :
         {std::pair{"rights", slice.rights.size()}, {"prices", slice.prices.size()}, {"errors", slice.errors.size()}})
        if (size != count)
            return base::badInput(field(name), fmt::format("{}", size), fmt::format("as many as strikes, {}", count));
    if (!std::isfinite(slice.years) || slice.years <= 0)
        return base::badInput(field("years"), fmt::format("{}", slice.years), "a positive number of years");
    for (std::size_t i = 0; i < count; ++i) {
        const auto checked =
            pricing::checkInputs(slice.market, slice.strikes[i], slice.years, pricing::HestonParameters{});
        if (!checked)
            return base::badInput(field(checked.error().field), checked.error().value, checked.error().allowed);
        for (const auto& [name, value] : {std::pair{"price", slice.prices[i]}, {"error", slice.errors[i]}})
            if (!std::isfinite(value) || value <= 0)
                return base::badInput(field(name), fmt::format("{}", value), "a positive number");
    }
    return {};
}

/// What the networks were trained on: the parameters' ranges, which both share, and what makes exercise worth anything.
struct TrainedBox {
    Unknowns unknowns;
    double leastRate = 0, leastYield = 0; ///< of puts, of calls

    /// Next to nothing is earned by exercise.
    bool isEuropean(Right right, const pricing::MarketPoint& market) const
    {
        return right == Right::Put ? market.rate < leastRate : market.dividendYield < leastYield;
    }
};

base::Result<TrainedBox> trainedBox()
{
    TrainedBox box;
    Unknowns& out = box.unknowns;
    for (std::size_t i = 0; i < parameterCount; ++i)
        out[i] = {parameterNames[i], Scale::Plain, -std::numeric_limits<double>::infinity(),
                  std::numeric_limits<double>::infinity()};
    for (const std::string_view id : {"american_heston_put", "american_heston_call"}) {
        const auto teacher = findTeacher(id);
        if (!teacher)
            return tl::make_unexpected(teacher.error());
        const auto inputs = (*teacher)->inputs();
        for (Unknown& each : out) {
            const auto input = std::ranges::find(inputs, each.name, &InputRange::name);
            if (input == inputs.end())
                return base::fail(base::ErrorKind::Internal, id, each.name, "an input of that name");
            each.low = std::max(each.low, input->low);
            each.high = std::min(each.high, input->high);
        }
        const bool isPut = id == "american_heston_put";
        const std::string_view earned = isPut ? "rate" : "dividend_yield";
        const auto input = std::ranges::find(inputs, earned, &InputRange::name);
        if (input == inputs.end())
            return base::fail(base::ErrorKind::Internal, id, earned, "an input of that name");
        (isPut ? box.leastRate : box.leastYield) = input->low;
    }
    for (Unknown& each : out) {
        if (each.name == "rho")
            each.scale = each.low > -1 && each.high < 1 ? Scale::Tanh : Scale::Plain;
        else
            each.scale = each.low > 0 ? Scale::Log : Scale::Plain;
    }
    return box;
}

/// Of the quote nearest the forward, read as European: early exercise is worth little there.
double varianceNearTheMoney(const PricedSlice& slice)
{
    const pricing::MarketPoint& market = slice.market;
    const double forward = market.spot * std::exp((market.rate - market.dividendYield) * slice.years);
    const auto distance = [forward](double strike) { return std::abs(std::log(strike / forward)); };
    const auto nearest = std::ranges::min_element(slice.strikes, {}, distance);
    const auto row = static_cast<std::size_t>(nearest - slice.strikes.begin());
    const double volatility =
        pricing::impliedVolatility(slice.rights[row], market, *nearest, slice.years, slice.prices[row]);
    const double known = std::isfinite(volatility) && volatility > 0 ? volatility : volatilityWithoutQuote;
    return known * known;
}

HestonParameters typicalStart(std::span<const PricedSlice> slices)
{
    const auto [shortest, longest] = std::ranges::minmax_element(slices, {}, &PricedSlice::years);
    return {.v0 = varianceNearTheMoney(*shortest),
            .kappa = 2,
            .theta = varianceNearTheMoney(*longest),
            .sigma = 0.5,
            .rho = -0.5};
}

class AmericanSearch
{
public:
    AmericanSearch(const NeuralAmericanHeston& networks, std::span<const PricedSlice> slices, const TrainedBox& box,
                   const pricing::calibration::Options& options)
        : m_networks(networks), m_trained(box), m_unknowns(box.unknowns), m_options(options)
    {
        for (const PricedSlice& slice : slices) {
            for (const Right right : {Right::Put, Right::Call}) {
                PricedSide side = sideOf(slice, right, m_count);
                if (!side.strikes.empty())
                    m_sides.push_back(std::move(side));
            }
            m_count += slice.strikes.size();
        }
        m_box.low.resize(at(parameterCount));
        m_box.high.resize(at(parameterCount));
        for (std::size_t i = 0; i < parameterCount; ++i) {
            m_box.low[at(i)] = toUnknown(m_unknowns[i].scale, m_unknowns[i].low);
            m_box.high[at(i)] = toUnknown(m_unknowns[i].scale, m_unknowns[i].high);
        }
    }

    base::Result<AmericanHestonFit> from(const HestonParameters& start, const std::stop_token& stop)
    {
        const ParameterArray parameters = toArray(start);
        Vector x(at(parameterCount));
        for (std::size_t i = 0; i < parameterCount; ++i) {
            const Unknown& each = m_unknowns[i];
            x[at(i)] = toUnknown(each.scale, std::clamp(parameters[i], each.low, each.high));
        }
        AmericanHestonFit out;
        std::vector<double> begun = residualsAt(x);
        for (int round = 0; round < mostRounds && out.iterations < m_options.maxIterations; ++round) {
            if (const std::size_t counted = known(begun); counted < parameterCount)
                return base::fail(base::ErrorKind::NotFound, "quotes that the networks can price",
                                  fmt::format("{}", counted),
                                  fmt::format("{} or more, as many as the model has parameters", parameterCount));
            m_begun = begun;
            const Solution found = pricing::calibration::minimise(
                x, m_box,
                [this](const Vector& trial, Residuals& residuals, Jacobian& jacobian) {
                    return evaluate(trial, residuals, jacobian);
                },
                m_options.maxIterations - out.iterations, stop);
            out.iterations += found.iterations;
            out.outcome = found.outcome;
            if (found.outcome == Outcome::NotEvaluable)
                return base::fail(base::ErrorKind::NotFound, "calibration", "",
                                  "a start whose prices the networks know with their slopes");
            x = found.x;
            begun = residualsAt(x);
            if (found.outcome == Outcome::Stopped || std::ranges::equal(begun, m_begun, isKnownAlike))
                break;
        }
        out.parameters = fromArray(parametersAt(x));
        for (std::size_t i = 0; i < parameterCount; ++i) {
            if (pricing::calibration::isAtEnd(x[at(i)], m_box.low[at(i)], m_box.high[at(i)]))
                out.atEdge.push_back({parameterNames[i], parametersAt(x)[i], m_unknowns[i].low, m_unknowns[i].high});
        }
        finish(out, std::move(begun));
        return out;
    }

private:
    static bool isKnownAlike(double a, double b) { return std::isfinite(a) == std::isfinite(b); }
    static std::size_t known(const std::vector<double>& residuals)
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(residuals, [](double each) { return std::isfinite(each); }));
    }

    ParameterArray parametersAt(const Vector& x) const
    {
        ParameterArray out;
        for (std::size_t i = 0; i < parameterCount; ++i) // rounding must not lead out of the box
            out[i] = std::clamp(toParameter(m_unknowns[i].scale, x[at(i)]), m_unknowns[i].low, m_unknowns[i].high);
        return out;
    }

    void price(PricedSide& side, const HestonParameters& parameters, bool withSlopes) const
    {
        if (m_trained.isEuropean(side.right, side.market)) {
            const pricing::HestonView view = viewOf<pricing::HestonView>(side, withSlopes);
            pricing::hestonStrip(side.right, side.market, side.years, parameters, side.strikes, view);
        } else {
            const auto view = viewOf<NeuralHestonView>(side, withSlopes);
            m_networks.strip(side.right, side.market, side.years, parameters, side.strikes, view);
        }
    }

    template<class View>
    static View viewOf(PricedSide& side, bool withSlopes)
    {
        View view;
        view.price = side.said;
        if (withSlopes) {
            view.byV0 = side.slopes[0];
            view.byKappa = side.slopes[1];
            view.byTheta = side.slopes[2];
            view.bySigma = side.slopes[3];
            view.byRho = side.slopes[4];
        }
        return view;
    }

    /// Over their errors; NaN outside the box.
    std::vector<double> residualsAt(const Vector& x)
    {
        const HestonParameters parameters = fromArray(parametersAt(x));
        std::vector<double> out(m_count);
        for (PricedSide& side : m_sides) {
            price(side, parameters, false);
            for (std::size_t i = 0; i < side.rows.size(); ++i)
                out[side.rows[i]] = (side.said[i] - side.prices[i]) / side.errors[i];
        }
        return out;
    }

    bool evaluate(const Vector& x, Residuals& residuals, Jacobian& jacobian)
    {
        const bool isPenalised = m_options.fellerPenalty > 0;
        residuals.setZero(at(m_count + (isPenalised ? 1 : 0)));
        jacobian.setZero(residuals.size(), at(parameterCount));
        const ParameterArray parameters = parametersAt(x);
        for (PricedSide& side : m_sides) {
            price(side, fromArray(parameters), true);
            for (std::size_t i = 0; i < side.rows.size(); ++i) {
                const std::size_t row = side.rows[i];
                if (!std::isfinite(m_begun[row]))
                    continue;
                if (!std::isfinite(side.said[i])) {
                    residuals[at(row)] = m_begun[row];
                    continue;
                }
                residuals[at(row)] = (side.said[i] - side.prices[i]) / side.errors[i];
                for (std::size_t k = 0; k < parameterCount; ++k)
                    jacobian(at(row), at(k)) = side.slopes[k][i] / side.errors[i];
            }
        }
        if (isPenalised)
            penalise(parameters, residuals, jacobian);
        for (std::size_t k = 0; k < parameterCount; ++k)
            jacobian.col(at(k)) *= slopeOf(m_unknowns[k].scale, parameters[k]);
        return residuals.allFinite() && jacobian.allFinite();
    }

    /// ln(sigma² / (2 kappa theta)) where that is positive; without a mean to return to there is none.
    void penalise(const ParameterArray& p, Residuals& residuals, Jacobian& jacobian) const
    {
        const double kappa = p[1], theta = p[2], sigma = p[3];
        if (!(kappa * theta > 0) || sigma * sigma <= 2 * kappa * theta)
            return;
        const Eigen::Index row = residuals.size() - 1;
        residuals[row] = m_options.fellerPenalty * std::log(sigma * sigma / (2 * kappa * theta));
        jacobian(row, 1) = -m_options.fellerPenalty / kappa;
        jacobian(row, 2) = -m_options.fellerPenalty / theta;
        jacobian(row, 3) = 2 * m_options.fellerPenalty / sigma;
    }

    /// `scaled`: residualsAt() the parameters found.
    void finish(AmericanHestonFit& out, std::vector<double> scaled) const
    {
        double squares = 0;
        for (const double each : scaled) {
            if (std::isfinite(each)) {
                squares += each * each;
                ++out.quotes;
            }
        }
        out.outside = m_count - out.quotes;
        out.rootMeanSquare = std::sqrt(squares / static_cast<double>(out.quotes));
        for (const PricedSide& side : m_sides)
            for (std::size_t i = 0; i < side.rows.size(); ++i)
                scaled[side.rows[i]] *= side.errors[i];
        out.residuals = std::move(scaled);
    }

    const NeuralAmericanHeston& m_networks;
    const TrainedBox& m_trained;
    const Unknowns& m_unknowns;
    const pricing::calibration::Options& m_options;
    std::vector<PricedSide> m_sides;
    std::size_t m_count = 0;
    pricing::calibration::Box m_box;
    std::vector<double> m_begun; ///< residuals where this round began; NaN: the quote does not count
};

} // namespace

base::Result<AmericanHestonFit> fitAmericanHeston(const NeuralAmericanHeston& networks,
                                                  std::span<const PricedSlice> slices,
                                                  const pricing::calibration::Options& options,
                                                  const std::optional<pricing::HestonParameters>& start,
                                                  const std::stop_token& stop)
{
    if (slices.empty())
        return base::badInput("slices", "none", "one at least");
    for (std::size_t i = 0; i < slices.size(); ++i)
        if (const auto checked = checkPricedSlice(slices[i], i); !checked)
            return tl::make_unexpected(checked.error());
    if (options.maxIterations < 1)
        return base::badInput("iterations", fmt::format("{}", options.maxIterations), "1 or more");
    if (start)
        if (const auto checked = pricing::checkInputs(*start); !checked)
            return tl::make_unexpected(checked.error());
    const auto box = trainedBox();
    if (!box)
        return tl::make_unexpected(box.error());
    AmericanSearch search(networks, slices, *box, options);
    return search.from(start ? *start : typicalStart(slices), stop);
}

} // namespace vegadesk::learning
