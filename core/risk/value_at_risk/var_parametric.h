#pragma once

#include "risk/value_at_risk/distributions.h"
#include "risk/value_at_risk/value_at_risk.h"

#include <Eigen/Core>

/// Value at risk by a book's derivatives, without revaluing it.
namespace vegadesk::risk
{

/// Profit of a book by the moves of its factors to second order: gradient'x + x' curvature x / 2, in cash, x in ln of spots and of
/// volatilities. Factors as VarInputs has them.
struct DeltaGamma {
    Eigen::VectorXd gradient;
    Eigen::MatrixXd curvature;

    double profit(const Eigen::VectorXd& move) const;
};

/// Of a book whose positions are all known. A price hangs on the spot and the volatility of its own underlying alone.
/// American vanna and volga by differences of the house's Greeks.
DeltaGamma deltaGammaOf(const RiskBook& book);

/// The spots' part of the gradient alone; contributions by underlying in the order of `underlyings`.
VarFigure deltaNormal(const DeltaGamma& book, const Eigen::MatrixXd& covariance, double level,
                      const std::vector<std::size_t>& underlyings);

/// Mean, deviation, skewness and excess kurtosis of the profit for normal moves.
/// Source  traces of powers of curvature times covariance, e.g. Jaschke, "The Cornish-Fisher expansion in the context of
/// delta-gamma-normal approximations" (2002).
Moments momentsOf(const DeltaGamma& book, const Eigen::MatrixXd& covariance);

/// Why it is not given without vega.
base::Sentence vegaRefusal();

/// Errors  Refused where volatilities matter and have no deviation in `covariance`: the figure would leave vega out.
base::Result<VarFigure> cornishFisherFigure(const DeltaGamma& book, const Eigen::MatrixXd& covariance, double level);

} // namespace vegadesk::risk
