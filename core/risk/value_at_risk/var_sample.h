#pragma once

#include "risk/value_at_risk/distributions.h"
#include "risk/value_at_risk/value_at_risk.h"

#include <Eigen/Core>
#include <span>

/// Figures of a sample of scenarios, each as likely as the others.
namespace vegadesk::risk
{

/// Value at risk and shortfall of profits: see valueAtRisk(). `tail` is the probability of more, 1 - level.
TailLoss sampleLoss(std::span<const double> profits, double tail);

/// With Euler contributions. Shapes: scenario in the row, underlying in the column, in the order of `underlyings`.
VarFigure sampleFigure(VarMethod method, const Eigen::MatrixXd& byUnderlying, double tail,
                       const std::vector<std::size_t>& underlyings);

} // namespace vegadesk::risk
