#include "risk/regimes/gaussian_mixture.h"

#include "base/random.h"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <optional>
#include <string>

namespace vegadesk::risk
{

namespace
{

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t componentsMostAllowed = 16;
constexpr double priorPoints = 1;

/// Points as columns, what the prior says of every component, and the shares of each component in each point.
struct Work {
    MatrixXd points;      // dimension x n
    VectorXd priorSpread; // variances of the prior
    MatrixXd shares;      // n x components
};

struct Parameters {
    VectorXd weights;
    MatrixXd means; // dimension x components
    std::vector<MatrixXd> covariances;
};

base::Result<void> check(PointsView points, std::size_t count, const MixtureSettings& settings)
{
    const auto text = [](auto number) { return std::to_string(number); };
    if (points.dimension == 0 || points.values.size() % points.dimension != 0)
        return base::badInput("dimension", text(points.dimension), "a divisor of the number of values");
    if (count < 1 || count > componentsMostAllowed)
        return base::badInput("components", text(count), "1 to 16");
    if (settings.starts < 1 || settings.stepsMost < 1)
        return base::badInput("starts and steps", text(std::min(settings.starts, settings.stepsMost)), "1 or more");
    if (!(settings.ridge > 0 && settings.ridge <= 1))
        return base::badInput("ridge", text(settings.ridge), "above 0, at most 1");
    if (!(settings.tolerance > 0))
        return base::badInput("tolerance", text(settings.tolerance), "above 0");
    if (!(settings.shareLeast >= 0 && settings.shareLeast <= 0.5))
        return base::badInput("least share", text(settings.shareLeast), "0 to 0.5");
    if (!(settings.newShare > 0 && settings.newShare <= 1))
        return base::badInput("new share", text(settings.newShare), "above 0, at most 1");
    const auto bad = std::ranges::find_if(points.values, [](double value) { return !std::isfinite(value); });
    if (bad != points.values.end())
        return base::badInput("value " + text(bad - points.values.begin()), text(*bad), "a finite number");
    const std::size_t fewest = 2 * count * (points.dimension + 1);
    if (points.size() < fewest)
        return base::badInput("points", text(points.size()), "at least " + text(fewest));
    return {};
}

Work workOf(PointsView points, std::size_t count, double ridge)
{
    Work work;
    const auto rows = static_cast<Index>(points.dimension), n = static_cast<Index>(points.size());
    work.points = Eigen::Map<const MatrixXd>(points.values.data(), rows, n);
    const VectorXd mean = work.points.rowwise().mean();
    const VectorXd spread = (work.points.colwise() - mean).rowwise().squaredNorm() / static_cast<double>(n);
    // What rounding leaves of a constant column is no spread.
    work.priorSpread = VectorXd(rows);
    for (Index row = 0; row < rows; ++row) {
        const bool isConstant = !(spread(row) > 1e-20 * std::max(1e-280, mean(row) * mean(row)));
        work.priorSpread(row) = ridge * (isConstant ? 1 : spread(row));
    }
    work.shares.resize(n, static_cast<Index>(count));
    return work;
}

/// Centres far apart, by k-means++, then each point wholly to the nearest, in units of the columns' spreads.
void start(Work& work, base::Generator& generator)
{
    const MatrixXd scaled = work.priorSpread.cwiseSqrt().cwiseInverse().asDiagonal() * work.points;
    const Index n = scaled.cols(), count = work.shares.cols();
    VectorXd nearest = VectorXd::Constant(n, std::numeric_limits<double>::infinity());
    Index centre = static_cast<Index>(generator.integer(0, n - 1));
    work.shares.setZero();
    std::vector<Index> owner(static_cast<std::size_t>(n), 0);
    for (Index component = 0; component < count; ++component) {
        if (component > 0) {
            double left = generator.uniform() * nearest.sum();
            for (centre = 0; centre < n - 1 && left >= nearest(centre); ++centre)
                left -= nearest(centre);
        }
        for (Index point = 0; point < n; ++point) {
            const double distance = (scaled.col(point) - scaled.col(centre)).squaredNorm();
            if (distance < nearest(point)) {
                nearest(point) = distance;
                owner[static_cast<std::size_t>(point)] = component;
            }
        }
    }
    for (Index point = 0; point < n; ++point)
        work.shares(point, owner[static_cast<std::size_t>(point)]) = 1;
}

void maximise(const Work& work, Parameters& to)
{
    const Index n = work.points.cols(), count = work.shares.cols();
    to.weights = work.shares.colwise().sum() / static_cast<double>(n);
    to.means = work.points * work.shares;
    to.covariances.resize(static_cast<std::size_t>(count));
    for (Index component = 0; component < count; ++component) {
        const double held = std::max(work.shares.col(component).sum(), std::numeric_limits<double>::min());
        to.means.col(component) /= held;
        const MatrixXd off = work.points.colwise() - to.means.col(component);
        MatrixXd& covariance = to.covariances[static_cast<std::size_t>(component)];
        covariance = off * work.shares.col(component).asDiagonal() * off.transpose();
        covariance.diagonal() += priorPoints * work.priorSpread;
        covariance /= held + priorPoints;
    }
}

/// Sets the shares by `from`, and answers the log-likelihood and the prior's logarithm; NaN where a covariance is none.
double expect(Work& work, const Parameters& from)
{
    const Index dimension = work.points.rows(), count = work.shares.cols();
    const double norm = -0.5 * static_cast<double>(dimension) * std::log(2 * std::numbers::pi);
    double prior = 0;
    for (Index component = 0; component < count; ++component) {
        const Eigen::LLT<MatrixXd> factor(from.covariances[static_cast<std::size_t>(component)]);
        if (factor.info() != Eigen::Success)
            return std::numeric_limits<double>::quiet_NaN();
        const MatrixXd lower = factor.matrixL();
        const double halfLogDeterminant = lower.diagonal().array().log().sum();
        const MatrixXd off = work.points.colwise() - from.means.col(component);
        const MatrixXd whitened = lower.triangularView<Eigen::Lower>().solve(off);
        const double scale = std::log(std::max(from.weights(component), 1e-300)) + norm - halfLogDeterminant;
        work.shares.col(component) = (scale - 0.5 * whitened.colwise().squaredNorm().array()).transpose();
        const MatrixXd ofPrior =
            lower.triangularView<Eigen::Lower>().solve(MatrixXd(work.priorSpread.cwiseSqrt().asDiagonal()));
        prior -= priorPoints * (halfLogDeterminant + 0.5 * ofPrior.squaredNorm());
    }
    double likelihood = 0;
    for (Index point = 0; point < work.shares.rows(); ++point) {
        const double most = work.shares.row(point).maxCoeff();
        work.shares.row(point) = (work.shares.row(point).array() - most).exp();
        const double sum = work.shares.row(point).sum();
        work.shares.row(point) /= sum;
        likelihood += most + std::log(sum);
    }
    return likelihood + prior;
}

struct Outcome {
    Parameters parameters;
    std::vector<double> objective;
};

/// Empty when the points do not bear so many components.
std::optional<Outcome> maximiseFromShares(Work& work, const MixtureSettings& settings)
{
    Outcome outcome;
    const double enough = settings.tolerance * static_cast<double>(work.points.cols());
    for (int step = 0; step <= settings.stepsMost; ++step) {
        maximise(work, outcome.parameters);
        const double reached = expect(work, outcome.parameters);
        if (!std::isfinite(reached))
            return std::nullopt;
        outcome.objective.push_back(reached);
        if (step > 0 && reached - outcome.objective[outcome.objective.size() - 2] < enough)
            break;
    }
    const double points = static_cast<double>(work.points.cols());
    const double least = std::max(static_cast<double>(work.points.rows() + 1), settings.shareLeast * points);
    if (!(outcome.parameters.weights.minCoeff() * points >= least) && work.shares.cols() > 1)
        return std::nullopt;
    return outcome;
}

std::vector<MixtureComponent> componentsOf(const Parameters& parameters)
{
    std::vector<MixtureComponent> components;
    for (Index at = 0; at < parameters.weights.size(); ++at) {
        const VectorXd mean = parameters.means.col(at);
        const MatrixXd& covariance = parameters.covariances[static_cast<std::size_t>(at)];
        components.push_back({parameters.weights(at),
                              {mean.begin(), mean.end()},
                              {covariance.data(), covariance.data() + covariance.size()}});
    }
    return components;
}

double bicOf(double logLikelihood, std::size_t count, PointsView points, double newShare)
{
    const std::size_t dimension = points.dimension;
    const double each = static_cast<double>(dimension + dimension * (dimension + 1) / 2);
    const double free = static_cast<double>(count - 1) + static_cast<double>(count) * each;
    return -2 * newShare * logLikelihood + free * std::log(newShare * static_cast<double>(points.size()));
}

base::Result<MixtureFit> fitOf(PointsView points, std::size_t count, const MixtureSettings& settings,
                               std::optional<Outcome> outcome)
{
    if (!outcome)
        return base::badInput("components", std::to_string(count), "as many as the points fall into");
    auto mixture = GaussianMixture::from(componentsOf(outcome->parameters));
    if (!mixture)
        return tl::make_unexpected(mixture.error());
    const double logLikelihood = mixture->logLikelihood(points);
    return MixtureFit{std::move(*mixture), logLikelihood, bicOf(logLikelihood, count, points, settings.newShare),
                      std::move(outcome->objective)};
}

} // namespace

base::Result<GaussianMixture> GaussianMixture::from(std::vector<MixtureComponent> components)
{
    if (components.empty() || components.front().mean.empty())
        return base::badInput("components", "0", "one or more, of one dimension or more");
    GaussianMixture mixture;
    const std::size_t dimension = components.front().mean.size();
    const auto size = static_cast<Index>(dimension);
    double sum = 0;
    for (const MixtureComponent& component : components) {
        if (component.mean.size() != dimension || component.covariance.size() != dimension * dimension)
            return base::badInput("component", std::to_string(component.mean.size()), "the first one's dimension");
        if (!(component.weight > 0 && component.weight <= 1))
            return base::badInput("weight", std::to_string(component.weight), "above 0, at most 1");
        sum += component.weight;
        const MatrixXd covariance = Eigen::Map<const MatrixXd>(component.covariance.data(), size, size);
        const Eigen::LLT<MatrixXd> factor(covariance);
        const MatrixXd lower = factor.matrixL();
        if (factor.info() != Eigen::Success || !lower.allFinite() || !covariance.isApprox(covariance.transpose()))
            return base::badInput("covariance", std::to_string(component.covariance.front()),
                                  "symmetric and positive definite");
        const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> inverse =
            lower.triangularView<Eigen::Lower>().solve(MatrixXd::Identity(size, size));
        mixture.m_factors.push_back({{inverse.data(), inverse.data() + inverse.size()},
                                     std::log(component.weight) - lower.diagonal().array().log().sum() -
                                         0.5 * static_cast<double>(dimension) * std::log(2 * std::numbers::pi)});
    }
    if (!(std::abs(sum - 1) < 1e-9))
        return base::badInput("weights", std::to_string(sum), "a sum of 1");
    mixture.m_components = std::move(components);
    return mixture;
}

double GaussianMixture::posterior(std::span<const double> point, std::span<double> out) const
{
    const std::size_t size = dimension();
    for (std::size_t at = 0; at < m_components.size(); ++at) {
        double distance = 0;
        for (std::size_t row = 0; row < size; ++row) {
            double whitened = 0;
            for (std::size_t column = 0; column <= row; ++column)
                whitened +=
                    m_factors[at].inverse[row * size + column] * (point[column] - m_components[at].mean[column]);
            distance += whitened * whitened;
        }
        out[at] = m_factors[at].logScale - 0.5 * distance;
    }
    const double most = *std::ranges::max_element(out);
    double sum = 0;
    for (double& value : out)
        sum += value = std::exp(value - most);
    for (double& value : out)
        value /= sum;
    return most + std::log(sum);
}

double GaussianMixture::logDensity(std::span<const double> point) const
{
    std::vector<double> shares(m_components.size());
    return posterior(point, shares);
}

double GaussianMixture::logLikelihood(PointsView points) const
{
    std::vector<double> shares(m_components.size());
    double sum = 0;
    for (std::size_t row = 0; row < points.size(); ++row)
        sum += posterior(points[row], shares);
    return sum;
}

void GaussianMixture::reorder(std::span<const std::size_t> order)
{
    std::vector<MixtureComponent> components;
    std::vector<Factor> factors;
    for (const std::size_t from : order) {
        components.push_back(std::move(m_components[from]));
        factors.push_back(std::move(m_factors[from]));
    }
    m_components = std::move(components);
    m_factors = std::move(factors);
}

base::Result<MixtureFit> fitMixture(PointsView points, std::size_t count, const MixtureSettings& settings)
{
    if (const auto checked = check(points, count, settings); !checked)
        return tl::make_unexpected(checked.error());
    Work work = workOf(points, count, settings.ridge);
    base::Generator generator(settings.seed);
    std::optional<Outcome> best;
    for (int attempt = 0; attempt < settings.starts; ++attempt) {
        start(work, generator);
        auto outcome = maximiseFromShares(work, settings);
        if (outcome && (!best || outcome->objective.back() > best->objective.back()))
            best = std::move(outcome);
    }
    return fitOf(points, count, settings, std::move(best));
}

base::Result<MixtureFit> refitMixture(PointsView points, const GaussianMixture& from, const MixtureSettings& settings)
{
    const std::size_t count = from.components().size();
    if (const auto checked = check(points, count, settings); !checked)
        return tl::make_unexpected(checked.error());
    if (from.dimension() != points.dimension)
        return base::badInput("dimension", std::to_string(points.dimension), std::to_string(from.dimension()));
    Work work = workOf(points, count, settings.ridge);
    std::vector<double> shares(count);
    for (std::size_t row = 0; row < points.size(); ++row) {
        from.posterior(points[row], shares);
        work.shares.row(static_cast<Index>(row)) =
            Eigen::Map<const Eigen::RowVectorXd>(shares.data(), static_cast<Index>(count));
    }
    return fitOf(points, count, settings, maximiseFromShares(work, settings));
}

base::Result<std::vector<MixtureFit>> fitMixtures(PointsView points, const MixtureSettings& settings)
{
    std::vector<MixtureFit> fits;
    for (std::size_t count = 1; count <= std::max<std::size_t>(settings.componentsMost, 1); ++count) {
        auto fit = fitMixture(points, count, settings);
        if (fit)
            fits.push_back(std::move(*fit));
        else if (count == 1)
            return tl::make_unexpected(fit.error());
    }
    std::ranges::stable_sort(fits, {}, &MixtureFit::bic);
    return fits;
}

} // namespace vegadesk::risk
