#include "risk/value_at_risk/var_monte_carlo.h"

#include "base/random.h"
#include "risk/value_at_risk/var_sample.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace vegadesk::risk
{

namespace
{

constexpr std::size_t controlPathsPerPath = 5; // those that are valued in full among them

/// Gamma of shape >= 1 and scale 1. Source: Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
double gammaVariate(base::Generator& generator, double shape)
{
    const double d = shape - 1.0 / 3;
    const double c = 1 / std::sqrt(9 * d);
    for (;;) {
        const double x = generator.normal();
        const double root = 1 + c * x;
        if (root <= 0)
            continue;
        const double v = root * root * root;
        if (std::log(1 - generator.uniform()) < 0.5 * x * x + d - d * v + d * std::log(v))
            return d * v;
    }
}

/// Draws of all factors' moves.
class Paths
{
public:
    Paths(const FactorModel& model, std::uint64_t seed)
        : m_generator(seed), m_freedom(model.freedom), m_independent(model.deviations.size())
    {
        // A ridge far below any figure: two factors may be one and the same.
        constexpr double ridge = 1e-9;
        Eigen::MatrixXd correlation = model.correlation;
        correlation.diagonal().array() += ridge;
        m_root = model.deviations.asDiagonal() * Eigen::MatrixXd(correlation.llt().matrixL());
    }
    void draw(Eigen::VectorXd& move)
    {
        for (double& each : m_independent)
            each = m_generator.normal();
        // With a deviation of 1 whatever the freedom is.
        const double scale =
            std::isinf(m_freedom) ? 1 : std::sqrt((m_freedom / 2 - 1) / gammaVariate(m_generator, m_freedom / 2));
        move.noalias() = m_root.triangularView<Eigen::Lower>() * m_independent;
        move *= scale;
    }

private:
    base::Generator m_generator;
    double m_freedom;
    Eigen::MatrixXd m_root;
    Eigen::VectorXd m_independent;
};

/// deltaGamma.profit() with no more arithmetic than there are cross terms: none between underlyings.
double approximateProfit(const DeltaGamma& of, const Eigen::VectorXd& move)
{
    double sum = 0;
    for (Eigen::Index s = 0; s < move.size(); s += 2) {
        const double x = move(s), v = move(s + 1);
        sum += of.gradient(s) * x + of.gradient(s + 1) * v + 0.5 * of.curvature(s, s) * x * x +
               of.curvature(s, s + 1) * x * v + 0.5 * of.curvature(s + 1, s + 1) * v * v;
    }
    return sum;
}

/// How a control goes with what it controls.
struct Control {
    double slope = 0;       ///< of the controlled on the control
    double correlation = 0; ///< squared
    double variance = 0;    ///< of the controlled
};

Control controlOf(const Eigen::ArrayXd& controlled, const Eigen::ArrayXd& control)
{
    const Eigen::ArrayXd a = controlled - controlled.mean(), b = control - control.mean();
    const double together = (a * b).mean(), ofA = a.square().mean(), ofB = b.square().mean();
    if (!(ofA > 0 && ofB > 0))
        return {0, 0, ofA};
    return {together / ofB, together * together / (ofA * ofB), ofA};
}

/// Standard error of a mean over `paths` that is controlled by one over more: two-phase sampling.
double errorOf(const Control& control, double paths)
{
    return std::sqrt(control.variance *
                     ((1 - control.correlation) / paths + control.correlation / (paths * controlPathsPerPath)));
}

} // namespace

VarFigure monteCarlo(const FactorModel& model, const ProfitSurface& surface, const DeltaGamma& deltaGamma, double tail,
                     std::size_t paths, std::uint64_t seed, const std::vector<std::size_t>& underlyings)
{
    if (underlyings.empty() || paths == 0)
        return sampleFigure(VarMethod::MonteCarlo, {}, tail, {});
    const auto count = static_cast<Eigen::Index>(paths);
    Paths source(model, seed);
    Eigen::MatrixXd moves(count, model.deviations.size());
    Eigen::VectorXd move(model.deviations.size());
    Eigen::ArrayXd approximate(count * static_cast<Eigen::Index>(controlPathsPerPath));
    for (Eigen::Index path = 0; path < approximate.size(); ++path) {
        source.draw(move);
        approximate(path) = approximateProfit(deltaGamma, move);
        if (path < count)
            moves.row(path) = move.transpose();
    }
    const Eigen::MatrixXd byUnderlying = surface.profits(moves);
    const Eigen::ArrayXd profits = byUnderlying.rowwise().sum().array();
    const auto spanOf = [](const Eigen::ArrayXd& of) {
        return std::span(of.data(), static_cast<std::size_t>(of.size()));
    };
    const double n = static_cast<double>(paths);

    // How much of the control's tail the valued paths happen to have says how much of the profit's they have.
    const double crude = sampleLoss(spanOf(profits), tail).valueAtRisk;
    const double controlCut = -sampleLoss(spanOf(approximate), tail).valueAtRisk;
    const Eigen::ArrayXd isBeyond = (profits <= -crude).cast<double>();
    const Eigen::ArrayXd isControlBeyond = (approximate <= controlCut).cast<double>();
    const Control hits = controlOf(isBeyond, isControlBeyond.head(count));
    const double adjusted = tail + hits.slope * (isControlBeyond.head(count).mean() - isControlBeyond.mean());
    const double shift = std::clamp(adjusted, tail / 2, std::min(2 * tail, 0.5));
    VarFigure out = sampleFigure(VarMethod::MonteCarlo, byUnderlying, shift, underlyings);

    // The mean loss beyond it by the control's excess over its own cut.
    const Eigen::ArrayXd excess = (-profits - out.valueAtRisk).max(0);
    const Eigen::ArrayXd controlExcess = (controlCut - approximate).max(0);
    const Control beyond = controlOf(excess, controlExcess.head(count));
    const double meanExcess = excess.mean() - beyond.slope * (controlExcess.head(count).mean() - controlExcess.mean());
    const double crudeShortfall = out.expectedShortfall;
    out.expectedShortfall = out.valueAtRisk + std::max(0.0, meanExcess) / tail;
    for (VarContribution& each : out.contributions)
        each.expectedShortfall += (out.expectedShortfall - crudeShortfall) / static_cast<double>(underlyings.size());

    // The density at the cut by the losses a fifth of the tail to both sides.
    const double width =
        sampleLoss(spanOf(profits), 0.8 * shift).valueAtRisk - sampleLoss(spanOf(profits), 1.2 * shift).valueAtRisk;
    out.standardError = errorOf(hits, n) * width / (0.4 * shift);
    out.shortfallError = errorOf(beyond, n) / tail;
    return out;
}

} // namespace vegadesk::risk
