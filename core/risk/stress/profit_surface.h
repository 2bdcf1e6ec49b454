#pragma once

#include "risk/stress/revaluation.h"

#include <Eigen/Core>
#include <vector>

namespace vegadesk::risk
{

/// What a book's positions in each underlying gain for a move of its spot and its options' volatilities: revalued in full at the
/// nodes of a grid once, and read between them, so that very many scenarios of one book cost little.
///
/// Grid      asinh spaced, and the same for every book and history: spots from -63 % to +172 % (a logarithm of 1 to each side) in
///           201 nodes, 0.1 % apart about no move and 0.5 % at 10 %; volatilities by a factor of e² to each side in 33 nodes. Beyond
///           them the outermost node counts.
/// Accuracy  cubic in both directions, and exact at no move. Within 1e-4 of the strike a share for options of a week and more, and
///           within 1e-3 for one with a day left, whose value has a corner of a percent's width.
class ProfitSurface
{
public:
    /// `days` pass, ACT/365. Positions that are not known are left out.
    ProfitSurface(Revaluation& revaluation, double days);

    /// Moves are of ln; NaN in gives NaN out.
    double profit(std::size_t underlying, double spotMove, double volatilityMove) const;
    /// Scenario in the row; moves as VarInputs has them, profits by underlying in the column.
    Eigen::MatrixXd profits(const Eigen::MatrixXd& moves) const;

private:
    std::vector<Eigen::MatrixXd> m_nodes; ///< by underlying: spot in the row, volatility in the column
};

} // namespace vegadesk::risk
