#pragma once

#include "desk/risk_picture.h"
#include "desk/risk_views.h"
#include "portfolio/greek_table.h"
#include "risk/value_at_risk/factor_history.h"

#include <map>
#include <string>
#include <vector>

/// The risk of one picture, for the window's thread and for the command line alike. No state, any thread.
namespace vegadesk::desk
{

/// Completed days by symbol, ascending.
using ClosesBySymbol = std::map<std::string, std::vector<risk::DailyClose>>;

/// Betas of what is held to `index`, by the moves that value at risk draws from, so without the days of splits; its spot is the
/// book's where the book has one, else its last close.
portfolio::BetaReference betasOf(const risk::RiskBook& book, const ClosesBySymbol& closes,
                                 const risk::FactorHistory& history, const std::string& index);

/// The grid of D3, or the reason why there is none.
StressView stressOf(const risk::RiskBook& book);

/// One day at 95 % by all methods, or the reason why there is none.
ValueAtRiskView valueAtRiskOf(const risk::RiskBook& book, const risk::FactorHistory& history);

/// What the limits on a book's size are held against, as the gate measures it; fractions of net liquidation.
struct BookSizes {
    double leverage = unknown;               ///< a multiple
    double stress = unknown;                 ///< what the account's stress loses; 0 or more
    double largest = 0;                      ///< position; an unknown one counts as the largest
    std::string where;                       ///< its underlying
    std::map<std::string, double> fractions; ///< each underlying's
};
BookSizes bookSizesOf(const risk::GateState& state);

} // namespace vegadesk::desk
