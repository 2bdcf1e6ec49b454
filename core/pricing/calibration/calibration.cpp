#include "pricing/calibration/calibration.h"

#include "pricing/calibration/least_squares.h"
#include "pricing/calibration/quotes.h"
#include "pricing/calibration/unknowns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::pricing::calibration
{

namespace
{

constexpr Unknown varianceNow{"v0", Scale::Log, 1e-5, 4};
constexpr Unknown speed{"kappa", Scale::Log, 1e-3, 100};
constexpr Unknown varianceLater{"theta", Scale::Log, 1e-5, 4};
constexpr Unknown volOfVariance{"sigma", Scale::Log, 1e-3, 20};
constexpr Unknown correlation{"rho", Scale::Tanh, -0.999, 0.999};
constexpr Unknown volatility{"volatility", Scale::Log, 1e-3, 5};
constexpr Unknown intensity{"intensity", Scale::Log, 1e-3, 50};
constexpr Unknown jumpMean{"jump_mean", Scale::Plain, -2, 2};
constexpr Unknown jumpDeviation{"jump_deviation", Scale::Log, 1e-3, 2};

HestonParameters typicalHeston(const Quotes& quotes)
{
    return {quotes.nearVol() * quotes.nearVol(), 2, quotes.farVol() * quotes.farVol(), 0.5, -0.5};
}

struct Jumps {
    double intensity, mean, deviation;
};
constexpr std::array typicalJumps{Jumps{0.3, -0.2, 0.15}, Jumps{1, -0.1, 0.1}, Jumps{5, -0.03, 0.06}};

/// What the search needs of a model: its unknowns, where to start, and a strip with derivatives in the same order.
struct HestonModel {
    using Parameters = HestonParameters;
    static constexpr std::array unknowns{varianceNow, speed, varianceLater, volOfVariance, correlation};
    static constexpr bool hasFeller = true;

    static std::array<double, 5> toArray(const Parameters& p) { return {p.v0, p.kappa, p.theta, p.sigma, p.rho}; }
    static Parameters fromArray(const std::array<double, 5>& a) { return {a[0], a[1], a[2], a[3], a[4]}; }
    static std::vector<Parameters> starts(const Quotes& quotes) { return {typicalHeston(quotes)}; }
    static void price(const Wing& wing, const Parameters& p, Quotes& quotes)
    {
        HestonView view;
        view.price = quotes.price(wing);
        view.byV0 = quotes.derivative(wing, 0);
        view.byKappa = quotes.derivative(wing, 1);
        view.byTheta = quotes.derivative(wing, 2);
        view.bySigma = quotes.derivative(wing, 3);
        view.byRho = quotes.derivative(wing, 4);
        hestonStrip(wing.right, wing.market, wing.years, p, wing.strikes, view);
    }
};

struct MertonModel {
    using Parameters = MertonParameters;
    static constexpr std::array unknowns{volatility, intensity, jumpMean, jumpDeviation};
    static constexpr bool hasFeller = false;

    static std::array<double, 4> toArray(const Parameters& p)
    {
        return {p.vol, p.intensity, p.jumpMean, p.jumpDeviation};
    }
    static Parameters fromArray(const std::array<double, 4>& a) { return {a[0], a[1], a[2], a[3]}; }
    static std::vector<Parameters> starts(const Quotes& quotes)
    {
        std::vector<Parameters> out;
        for (const Jumps& jumps : typicalJumps)
            out.push_back({0.8 * quotes.nearVol(), jumps.intensity, jumps.mean, jumps.deviation});
        return out;
    }
    static void price(const Wing& wing, const Parameters& p, Quotes& quotes)
    {
        MertonView view;
        view.price = quotes.price(wing);
        view.vega = quotes.derivative(wing, 0);
        view.byIntensity = quotes.derivative(wing, 1);
        view.byJumpMean = quotes.derivative(wing, 2);
        view.byJumpDeviation = quotes.derivative(wing, 3);
        mertonStrip(wing.right, wing.market, wing.years, p, wing.strikes, view);
    }
};

struct BatesModel {
    using Parameters = BatesParameters;
    static constexpr std::array unknowns{varianceNow, speed,     varianceLater, volOfVariance,
                                         correlation, intensity, jumpMean,      jumpDeviation};
    static constexpr bool hasFeller = true;

    static std::array<double, 8> toArray(const Parameters& p)
    {
        return {p.heston.v0,  p.heston.kappa, p.heston.theta, p.heston.sigma,
                p.heston.rho, p.intensity,    p.jumpMean,     p.jumpDeviation};
    }
    static Parameters fromArray(const std::array<double, 8>& a)
    {
        return {{a[0], a[1], a[2], a[3], a[4]}, a[5], a[6], a[7]};
    }
    static std::vector<Parameters> starts(const Quotes& quotes)
    {
        std::vector<Parameters> out;
        for (const Jumps& jumps : typicalJumps)
            out.push_back({typicalHeston(quotes), jumps.intensity, jumps.mean, jumps.deviation});
        return out;
    }
    static void price(const Wing& wing, const Parameters& p, Quotes& quotes)
    {
        BatesView view;
        view.price = quotes.price(wing);
        view.byV0 = quotes.derivative(wing, 0);
        view.byKappa = quotes.derivative(wing, 1);
        view.byTheta = quotes.derivative(wing, 2);
        view.bySigma = quotes.derivative(wing, 3);
        view.byRho = quotes.derivative(wing, 4);
        view.byIntensity = quotes.derivative(wing, 5);
        view.byJumpMean = quotes.derivative(wing, 6);
        view.byJumpDeviation = quotes.derivative(wing, 7);
        batesStrip(wing.right, wing.market, wing.years, p, wing.strikes, view);
    }
};

/// The search for one model on one set of quotes.
template<class Model>
class Search
{
public:
    static constexpr std::size_t size = Model::unknowns.size();
    using Array = std::array<double, size>;

    Search(Quotes& quotes, const Options& options, const std::stop_token& stop)
        : m_quotes(quotes), m_options(options), m_stop(stop)
    {
        m_box.low.resize(size);
        m_box.high.resize(size);
        for (std::size_t i = 0; i < size; ++i) {
            const Unknown& each = Model::unknowns[i];
            m_box.low[index(i)] = toUnknown(each.scale, each.low);
            m_box.high[index(i)] = toUnknown(each.scale, each.high);
        }
    }

    /// Searches from one more start and keeps the better end.
    void from(const typename Model::Parameters& start)
    {
        const Array parameters = Model::toArray(start);
        Vector x(static_cast<Eigen::Index>(size));
        for (std::size_t i = 0; i < size; ++i) {
            const Unknown& each = Model::unknowns[i];
            x[index(i)] = toUnknown(each.scale, std::clamp(parameters[i], each.low, each.high));
        }
        Solution found = minimise(
            x, m_box,
            [this](const Vector& at, Residuals& residuals, Jacobian& jacobian) {
                return evaluate(at, residuals, jacobian);
            },
            m_options.maxIterations, m_stop);
        m_iterations += found.iterations;
        if (found.outcome != Outcome::NotEvaluable &&
            (m_best.outcome == Outcome::NotEvaluable || found.sumOfSquares < m_best.sumOfSquares))
            m_best = std::move(found);
    }

    base::Result<Fit<typename Model::Parameters>> result() const
    {
        if (m_best.outcome == Outcome::NotEvaluable)
            return base::fail(base::ErrorKind::NotFound, "calibration", "",
                              "quotes that the model can price from some start");
        Fit<typename Model::Parameters> out;
        out.parameters = Model::fromArray(parametersAt(m_best.x));
        out.iterations = m_iterations;
        out.outcome = m_best.outcome;
        out.atEdge = atEdge(parametersAt(m_best.x));
        out.residuals.resize(m_quotes.count());
        for (const Wing& wing : m_quotes.wings()) {
            for (std::size_t i = 0; i < wing.rows.size(); ++i) {
                const double weighted = m_best.residuals[index(wing.rows[i])];
                out.residuals[wing.rows[i]] = wing.weights[i] > 0 ? weighted / wing.weights[i] : 0;
            }
        }
        double sum = 0;
        for (const double each : out.residuals)
            sum += each * each;
        out.sumOfSquares = 1e4 * sum;
        out.rootMeanSquare = std::sqrt(sum / static_cast<double>(out.residuals.size()));
        return out;
    }

private:
    static Eigen::Index index(std::size_t i) { return static_cast<Eigen::Index>(i); }

    static Array parametersAt(const Vector& x)
    {
        Array out;
        for (std::size_t i = 0; i < size; ++i)
            out[i] = toParameter(Model::unknowns[i].scale, x[index(i)]);
        return out;
    }

    std::vector<EdgeParameter> atEdge(const Array& parameters) const
    {
        std::vector<EdgeParameter> out;
        for (std::size_t i = 0; i < size; ++i) {
            const Unknown& each = Model::unknowns[i];
            if (isAtEnd(m_best.x[index(i)], m_box.low[index(i)], m_box.high[index(i)]))
                out.push_back({each.name, parameters[i], each.low, each.high});
        }
        return out;
    }

    bool evaluate(const Vector& x, Residuals& residuals, Jacobian& jacobian)
    {
        const Eigen::Index count = index(m_quotes.count());
        const bool isPenalised = Model::hasFeller && m_options.fellerPenalty > 0;
        residuals.resize(count + (isPenalised ? 1 : 0));
        jacobian.resize(residuals.size(), index(size));
        const Array parameters = parametersAt(x);
        const auto model = Model::fromArray(parameters);
        for (const Wing& wing : m_quotes.wings()) {
            Model::price(wing, model, m_quotes);
            if (!m_quotes.toResiduals(wing, size, residuals, jacobian))
                return false;
        }
        for (std::size_t i = 0; i < size; ++i)
            jacobian.col(index(i)).head(count) *= slopeOf(Model::unknowns[i].scale, parameters[i]);
        if (isPenalised)
            penalise(x, count, residuals, jacobian);
        return residuals.allFinite() && jacobian.allFinite();
    }

    /// ln(sigma² / (2 kappa theta)) where that is positive; kappa, theta and sigma are unknowns 1 to 3, as logarithms.
    void penalise(const Vector& x, Eigen::Index row, Residuals& residuals, Jacobian& jacobian) const
    {
        const double excess = 2 * x[3] - x[1] - x[2] - std::log(2.0);
        const double weight = excess > 0 ? m_options.fellerPenalty : 0;
        residuals[row] = weight * excess;
        jacobian.row(row).setZero();
        jacobian(row, 1) = jacobian(row, 2) = -weight;
        jacobian(row, 3) = 2 * weight;
    }

    Quotes& m_quotes;
    const Options& m_options;
    const std::stop_token& m_stop;
    Box m_box;
    Solution m_best;
    int m_iterations = 0;
};

/// From `start`, or from all of the model's own.
template<class Model>
base::Result<Fit<typename Model::Parameters>> fit(std::span<const Slice> slices, const Options& options,
                                                  const std::optional<typename Model::Parameters>& start,
                                                  const std::stop_token& stop)
{
    auto quotes = Quotes::make(slices);
    if (!quotes)
        return tl::make_unexpected(quotes.error());
    constexpr std::size_t needed = Model::unknowns.size();
    if (const std::size_t usable = quotes->weightedCount(); usable < needed)
        return base::badInput("usable quotes", fmt::format("{}", usable),
                              fmt::format("{} or more, as many as the model has parameters", needed));
    Search<Model> search(*quotes, options, stop);
    for (const auto& each : start ? std::vector{*start} : Model::starts(*quotes))
        search.from(each);
    return search.result();
}

} // namespace

base::Result<Fit<HestonParameters>> fitHeston(std::span<const Slice> slices, const Options& options,
                                              const std::optional<HestonParameters>& start, const std::stop_token& stop)
{
    return fit<HestonModel>(slices, options, start, stop);
}

base::Result<Fit<MertonParameters>> fitMerton(std::span<const Slice> slices, const Options& options,
                                              const std::optional<MertonParameters>& start, const std::stop_token& stop)
{
    return fit<MertonModel>(slices, options, start, stop);
}

base::Result<Fit<BatesParameters>> fitBates(std::span<const Slice> slices, const Options& options,
                                            const std::optional<BatesParameters>& start, const std::stop_token& stop)
{
    return fit<BatesModel>(slices, options, start, stop);
}

} // namespace vegadesk::pricing::calibration
