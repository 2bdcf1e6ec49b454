#include "pricing/calibration/least_squares.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace vegadesk::pricing::calibration
{

namespace
{

using Square = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, maxParameters, maxParameters>;

constexpr double stepTolerance = 1e-9;
constexpr double gainTolerance = 1e-10;
constexpr double perfect = 1e-26; // a mean square below this is rounding

/// The gradient without what the box forbids.
Vector freeGradient(const Vector& gradient, const Vector& x, const Box& box)
{
    Vector out = gradient;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        const bool isHeld = (x[i] <= box.low[i] && gradient[i] > 0) || (x[i] >= box.high[i] && gradient[i] < 0);
        if (isHeld)
            out[i] = 0;
    }
    return out;
}

/// A held parameter stays: its row and column leave the system.
void hold(Square& normal, const Vector& free, const Vector& gradient)
{
    for (Eigen::Index i = 0; i < free.size(); ++i) {
        if (free[i] == 0 && gradient[i] != 0) {
            normal.row(i).setZero();
            normal.col(i).setZero();
            normal(i, i) = 1;
        }
    }
}

} // namespace

Solution minimise(const Vector& start, const Box& box, const Evaluate& evaluate, int maxIterations,
                  const std::stop_token& stop)
{
    Solution out;
    out.x = start.cwiseMax(box.low).cwiseMin(box.high);
    Jacobian jacobian;
    if (!evaluate(out.x, out.residuals, jacobian))
        return out;
    out.sumOfSquares = out.residuals.squaredNorm();
    out.outcome = Outcome::IterationLimit;
    Residuals trialResiduals;
    Jacobian trialJacobian;
    double damping = 1e-3;
    double growth = 2;
    while (out.iterations < maxIterations) {
        if (stop.stop_requested()) {
            out.outcome = Outcome::Stopped;
            return out;
        }
        ++out.iterations;
        Square normal = jacobian.transpose() * jacobian;
        const Vector gradient = jacobian.transpose() * out.residuals;
        const Vector free = freeGradient(gradient, out.x, box);
        hold(normal, free, gradient);
        const Vector scale = normal.diagonal().cwiseMax(1e-12 * normal.diagonal().maxCoeff()).cwiseMax(1e-300);
        normal.diagonal() += damping * scale;
        const Vector wanted = normal.ldlt().solve(-free);
        const Vector trial = (out.x + wanted).cwiseMax(box.low).cwiseMin(box.high);
        const Vector step = trial - out.x;
        const bool isStuck = step.norm() <= stepTolerance * (stepTolerance + out.x.norm());

        const bool isEvaluable = !isStuck && evaluate(trial, trialResiduals, trialJacobian);
        const double sum = isEvaluable ? trialResiduals.squaredNorm() : out.sumOfSquares;
        const double gain = out.sumOfSquares - sum;
        if (isEvaluable && gain > 0) {
            const double predicted = -step.dot(2 * free) - (jacobian * step).squaredNorm();
            const double ratio = predicted > 0 ? gain / predicted : 1;
            const bool isFlat =
                gain <= gainTolerance * sum || sum <= perfect * static_cast<double>(trialResiduals.size());
            out.x = trial;
            out.residuals.swap(trialResiduals);
            jacobian.swap(trialJacobian);
            out.sumOfSquares = sum;
            damping *= std::max(1.0 / 9, 1 - std::pow(2 * ratio - 1, 3));
            growth = 2;
            if (isFlat) {
                out.outcome = Outcome::Converged;
                return out;
            }
        } else {
            damping *= growth;
            growth *= 2;
            if (isStuck || damping > 1e12) {
                out.outcome = Outcome::Converged;
                return out;
            }
        }
    }
    return out;
}

} // namespace vegadesk::pricing::calibration
