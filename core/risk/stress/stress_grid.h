#pragma once

#include "base/error.h"
#include "risk/stress/revaluation.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// What a book gains and loses when spot, volatility and date move together and far, by full revaluation.
namespace vegadesk::risk
{

/// The grid's ticks. Each axis rises and holds the point where nothing moves. The default is the domain reference's, D3.
struct StressAxes {
    std::vector<double> spotMoves{-0.30, -0.20, -0.15, -0.10, -0.05, -0.03, 0, 0.03, 0.05, 0.10, 0.15, 0.20, 0.25};
    std::vector<double> volatilityFactors{0.50, 0.75, 1, 1.25, 1.50, 2};
    std::vector<double> days{0, 1, 5, 21}; ///< forward; ACT/365

    std::size_t cellCount() const { return spotMoves.size() * volatilityFactors.size() * days.size(); }
};

/// How a move of the index becomes one of each underlying.
enum class SpotRule : std::uint8_t {
    Alike, ///< every underlying by as much
    /// By its beta times as much, as if every correlation were 1 (no further down than 99 %); where no beta is known, by as much.
    ByBeta
};

struct StressOptions {
    StressAxes axes = {};
    SpotRule spotRule = SpotRule::Alike;
    double skewTwist = 0; ///< FactorMove::skewTwist, in every cell; 0 or the cell where nothing moves is not 0
};

/// A day that was: the index's move from close to close, and the closing VIX before and after, whose ratio every volatility is
/// multiplied by.
struct HistoricalMove {
    base::Date date;
    double spotMove;
    double volatilityBefore, volatilityAfter;
    bool isFromMemory; ///< a figure that was not checked against a published series

    double volatilityFactor() const { return volatilityAfter / volatilityBefore; }
};

/// Source: S&P 500 and VIX closes (before 1990 the VXO), as collected in the domain reference, D3.
std::span<const HistoricalMove> historicalMoves();

enum class GridAxis : std::uint8_t { Spot, Volatility, Date };

struct GridCell {
    std::size_t spot = 0, volatility = 0, date = 0; ///< indexes into the axes
    double profit = 0;
};

/// All cells with one tick of one axis in common.
struct GridSlice {
    GridAxis axis = GridAxis::Spot;
    std::size_t tick = 0;
    double average = 0; ///< profit over its cells
};

/// Profits in cash against the model's value now; costs of leaving are not in them but for `liquidation`. Positions that are
/// unknown are in no figure.
struct StressGrid {
    StressAxes axes;
    std::vector<double> profits;              ///< a cell each, see cellAt()
    GridCell worst;                           ///< the first where several lose most
    GridSlice worstSlice;                     ///< the lowest average: what hurts whatever else happens
    std::vector<double> parts;                ///< of each position in the worst cell; NaN where unknown
    std::optional<std::size_t> worstPosition; ///< which loses most there; none: none loses
    std::vector<double> historical;           ///< the profit of each of historicalMoves(), at once

    /// A cell each: the profit if everything were closed there across the spread.
    ///
    /// Rule  half the spread of now is paid for every share of every position. An option's half-spread widens with the
    ///       volatility's factor and never narrows; a share's widens likewise, and in proportion to the spot. Nobody pays to
    ///       be rid of a long option: leaving it costs at most what it is worth. Options that have expired cost nothing. Ours:
    ///       what spreads do in a crash is not in the quotes of today.
    std::vector<double> liquidation;
    std::vector<std::size_t>
        withoutSpread; ///< positions whose bid or ask is not known: no cost of theirs is in `liquidation`

    std::vector<UnknownPosition> unknown;
    std::vector<std::size_t> withoutBeta; ///< underlyings that ByBeta moved like the index, for want of a beta

    std::size_t cellAt(std::size_t spot, std::size_t volatility, std::size_t date) const
    {
        return (date * axes.volatilityFactors.size() + volatility) * axes.spotMoves.size() + spot;
    }
};

/// The moves of every underlying in a cell; `out` has one for each.
void setMoves(const RiskBook& book, double spotMove, double volatilityFactor, const StressOptions& options,
              std::span<FactorMove> out);

/// The grid's cells as scenarios, in the order of StressGrid::profits.
class StressCells
{
public:
    /// Errors as stressGridOf().
    static base::Result<StressCells> make(const RiskBook& book, const StressOptions& options);

    const std::vector<double>& days() const { return m_days; }
    const std::vector<FactorMove>& moves() const { return m_moves; } ///< of every underlying, cell after cell
    ScenariosView view() const { return {m_days, m_moves}; }

private:
    std::vector<double> m_days;
    std::vector<FactorMove> m_moves;
};

/// Errors  BadInput naming an axis that is empty, falls, lacks the point where nothing moves, or has a tick that
///         checkScenarios() refuses.
base::Result<StressGrid> stressGridOf(Revaluation& revaluation, const StressOptions& options = {});
base::Result<StressGrid> stressGridOf(const RiskBook& book, const StressOptions& options = {});

} // namespace vegadesk::risk
