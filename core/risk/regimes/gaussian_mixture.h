#pragma once

#include "base/error.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace vegadesk::risk
{

/// Points of one length, one after the other.
struct PointsView {
    std::span<const double> values; ///< size() times dimension
    std::size_t dimension = 1;

    std::size_t size() const { return dimension == 0 ? 0 : values.size() / dimension; }
    std::span<const double> operator[](std::size_t row) const { return values.subspan(row * dimension, dimension); }
};

struct MixtureComponent {
    double weight = 0;              ///< (0, 1]; a mixture's add up to 1
    std::vector<double> mean;       ///< as long as a point
    std::vector<double> covariance; ///< by rows, symmetric and positive definite
};

struct MixtureSettings {
    std::size_t componentsMost = 5; ///< 1 to 16
    std::uint64_t seed = 1;         ///< of the k-means++ starts
    int starts = 4;                 ///< of each number of components; the best is kept
    int stepsMost = 300;            ///< of EM
    double tolerance = 1e-5;        ///< EM ends when a step gains less than this a point
    double shareLeast = 0;          ///< of the points that each of several components must hold, 0 to 0.5
    double newShare =
        1; ///< of each point that is news, above 0 to 1: less where neighbours in time share data. BIC counts by it
    /// Variance, as a fraction of the column's own, that one more point than was seen would have in every component. It
    /// keeps a component on equal points from an infinite density, and a constant column from a variance of 0.
    double ridge = 1e-3;
};

/// A mixture of Gaussians with full covariances.
class GaussianMixture
{
public:
    /// Errors: no components, a weight or a size that does not fit, a covariance that is not positive definite.
    static base::Result<GaussianMixture> from(std::vector<MixtureComponent> components);

    std::size_t dimension() const { return m_components.front().mean.size(); }
    std::span<const MixtureComponent> components() const { return m_components; }
    /// ln of the density at `point`, which has dimension() finite numbers.
    double logDensity(std::span<const double> point) const;
    /// How likely each component made `point`; adds up to 1. `out` is as long as components(). Answers logDensity().
    double posterior(std::span<const double> point, std::span<double> out) const;
    double logLikelihood(PointsView points) const;
    /// Puts components()[order[i]] at place i; `order` is a permutation.
    void reorder(std::span<const std::size_t> order);

private:
    struct Factor {
        std::vector<double> inverse; ///< of the covariance's Cholesky factor, by rows
        double logScale = 0;         ///< ln(weight) − ln of the density's norm
    };
    GaussianMixture() = default;

    std::vector<MixtureComponent> m_components;
    std::vector<Factor> m_factors;
};

struct MixtureFit {
    GaussianMixture mixture;
    double logLikelihood = 0;
    double bic = 0; ///< −2 s ln L + p ln(s n), s being MixtureSettings::newShare: lower is better
    /// What EM maximises, after its start and after each step: never falls. The log-likelihood, and the ridge's logarithm.
    std::vector<double> objective;
};

/// Fits `count` components by expectation and maximisation.
///
/// Ridge   a prior and no correction afterwards, so that each step provably gains: an inverse Wishart with the weight of one
///         point and the variances MixtureSettings::ridge times the columns' (of a constant column: times 1).
/// Errors  settings out of range, a point that is not finite, fewer than 2 (dimension + 1) points a component, and a
///         component that in the end holds less than shareLeast or dimension + 1 points: the points do not have that many.
/// Source  Dempster, Laird and Rubin (1977); prior as Fraley and Raftery (2007), eq. 9; starts by Arthur and Vassilvitskii
///         (2007), k-means++; BIC by Schwarz (1978).
base::Result<MixtureFit> fitMixture(PointsView points, std::size_t count, const MixtureSettings& settings);

/// Fits as many components as `from` has, from where they stand: the same mixture of other points.
base::Result<MixtureFit> refitMixture(PointsView points, const GaussianMixture& from, const MixtureSettings& settings);

/// Every number of components from 1 to componentsMost that the points bear, lowest BIC first.
/// Errors  those of a single component.
base::Result<std::vector<MixtureFit>> fitMixtures(PointsView points, const MixtureSettings& settings);

} // namespace vegadesk::risk
