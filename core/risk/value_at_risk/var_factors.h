#pragma once

#include "base/error.h"
#include "risk/risk_book.h"
#include "risk/stress/revaluation.h"
#include "risk/value_at_risk/factor_history.h"
#include "risk/value_at_risk/value_at_risk.h"

#include <Eigen/Core>
#include <span>
#include <vector>

/// What the methods of value_at_risk.h share: the measurable part of a book, its factors' moves, and their model on one day.
namespace vegadesk::risk
{

/// The book without the positions that cannot be measured, its underlyings being those that are left, and the moves of their
/// factors. Factor 2u is the spot of underlying u, 2u + 1 the volatility of its options.
struct VarInputs {
    RiskBook book;
    std::vector<std::size_t> underlyings; ///< of the book that was given
    std::vector<UnknownPosition> unknown; ///< likewise
    std::vector<bool>
        hasVolatility; ///< by underlying: its options' volatility has a history; otherwise it does not move
    std::vector<base::Sentence> warnings;
    std::vector<base::Date> dates;
    /// ln, day in the row, factor in the column.
    Eigen::MatrixXd moves;

    std::size_t days() const { return dates.size(); }
    std::size_t factors() const { return 2 * underlyings.size(); }
};

/// Errors  BadInput for a history that is too short; see valueAtRisk(). `daysMost`: the latest that many.
base::Result<VarInputs> varInputs(const RiskBook& book, const FactorHistory& history, std::size_t daysMost);

/// Forecast deviations of all factors, day in the row, and one row more for the day after the last.
Eigen::MatrixXd deviationsOf(const VarInputs& inputs, const VarSettings& settings, std::size_t refitEvery);

/// The factors' moves of one day to come, as the days before it say.
struct FactorModel {
    Eigen::VectorXd deviations;   ///< over the horizon
    Eigen::MatrixXd standardised; ///< moves over their forecasts; day in the row
    Eigen::MatrixXd correlation;  ///< of those, about 0
    double freedom = 0;           ///< of Student's t; infinite: normal

    Eigen::MatrixXd covariance() const { return deviations.asDiagonal() * correlation * deviations.asDiagonal(); }
};

/// The days' standardised moves at the size that the next one is forecast to have.
Eigen::MatrixXd filteredMoves(const FactorModel& model);

/// Of the day after [first, last), rows of inputs.moves; nothing else is looked at.
FactorModel factorModel(const VarInputs& inputs, const Eigen::MatrixXd& deviations, std::size_t first, std::size_t last,
                        const VarSettings& settings);

/// Calendar days that pass over the horizon; 0 where no time passes.
double daysPassed(const VarSettings& settings);

/// Profits by underlying of one scenario each for the rows of `moves`; full revaluation. Underlying in the column.
Eigen::MatrixXd revalued(Revaluation& revaluation, const Eigen::MatrixXd& moves, double days);

} // namespace vegadesk::risk
