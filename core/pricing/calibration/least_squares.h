#pragma once

#include "pricing/calibration/outcome.h"

#include <Eigen/Core>
#include <functional>
#include <stop_token>

namespace vegadesk::pricing::calibration
{

inline constexpr int maxParameters = 8;

/// Parameters and their small matrices live on the stack; only the residuals' side grows with the quotes.
using Vector = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, maxParameters, 1>;
using Residuals = Eigen::VectorXd;
using Jacobian = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, Eigen::Dynamic, maxParameters>;

/// Fills the residuals and their derivatives at x; false where they are not numbers.
using Evaluate = std::function<bool(const Vector& x, Residuals& residuals, Jacobian& jacobian)>;

struct Solution {
    Vector x;
    Residuals residuals;
    double sumOfSquares = 0;
    int iterations = 0;
    Outcome outcome = Outcome::NotEvaluable;
};

struct Box {
    Vector low, high;
};

/// Minimises the sum of squares by Levenberg and Marquardt's method inside a box, onto which each step is projected.
///
/// Why our own  eight unknowns at most and a Jacobian that comes with the residuals: Ceres would bring its threads,
///              logging and allocations to a millisecond's work, and Eigen's is unsupported and knows neither bounds
///              nor how to stop.
/// Source       Marquardt (1963) for the scaling, Nielsen (1999) for the damping.
Solution minimise(const Vector& start, const Box& box, const Evaluate& evaluate, int maxIterations,
                  const std::stop_token& stop);

} // namespace vegadesk::pricing::calibration
