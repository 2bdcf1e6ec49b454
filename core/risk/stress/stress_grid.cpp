#include "risk/stress/stress_grid.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <numeric>

namespace vegadesk::risk
{

namespace
{

using namespace std::chrono_literals;

constexpr double lowestMove = -0.99; // a beta must not take a spot below nothing

constexpr std::array<HistoricalMove, 6> moves{{
    {base::Date{1987y / 10 / 19}, -0.2047, 36.37, 150.19, true}, // VXO
    {base::Date{2008y / 10 / 15}, -0.0903, 55.13, 69.25, false},
    {base::Date{2015y / 8 / 24}, -0.0394, 28.03, 40.74, false},
    {base::Date{2018y / 2 / 5}, -0.0410, 17.31, 37.32, false},
    {base::Date{2020y / 3 / 16}, -0.1198, 57.83, 82.69, true},
    {base::Date{2024y / 8 / 5}, -0.0300, 23.39, 38.57, true},
}};

base::Result<void> checkAxis(std::string_view name, std::span<const double> ticks, double still)
{
    if (ticks.empty())
        return base::badInput(name, "", "one value or more");
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        if (!std::isfinite(ticks[i]) || (i > 0 && ticks[i] <= ticks[i - 1]))
            return base::badInput(name, fmt::format("{}", ticks[i]), "numbers that rise");
    }
    if (std::ranges::find(ticks, still) == ticks.end())
        return base::badInput(name, "", fmt::format("{} among the values, where nothing moves", still));
    return {};
}

base::Result<void> check(const StressAxes& axes)
{
    return checkAxis("spot moves", axes.spotMoves, 0)
        .and_then([&] { return checkAxis("volatility factors", axes.volatilityFactors, 1); })
        .and_then([&] { return checkAxis("days", axes.days, 0); });
}

/// What a position's cells cost to leave, by StressGrid::liquidation's rule.
class Leaving
{
public:
    Leaving(const RiskPosition& position, double priceNow)
        : m_position(position), m_priceNow(priceNow), m_shares(position.shares()),
          m_half(0.5 * std::max(0.0, position.ask - position.bid))
    {
    }
    static bool isKnown(const RiskPosition& position)
    {
        return std::isfinite(position.bid) && std::isfinite(position.ask);
    }
    double costIn(double days, const FactorMove& move, double profit) const
    {
        if (m_shares == 0)
            return 0;
        const double half = m_half * std::max(1.0, move.volatility);
        if (!m_position.option)
            return std::abs(m_shares) * half * (1 + move.spot);
        if (yearsLeft(m_position, days) == 0)
            return 0;
        const double worth = std::max(0.0, m_priceNow + profit / m_shares);
        return std::abs(m_shares) * (m_shares > 0 ? std::min(half, worth) : half);
    }

private:
    const RiskPosition& m_position;
    double m_priceNow, m_shares, m_half;
};

void addPositions(StressGrid& grid, Revaluation& revaluation, const StressCells& cells)
{
    const RiskBook& book = revaluation.book();
    const std::size_t width = book.underlyings.size();
    std::vector<double> row(cells.days().size());
    for (std::size_t i = 0; i < book.positions.size(); ++i) {
        if (!revaluation.isKnown(i))
            continue;
        const RiskPosition& position = book.positions[i];
        revaluation.profitsOf(i, cells.view(), row);
        const Leaving leaving(position, revaluation.priceNow(i));
        const bool isLeavable = Leaving::isKnown(position);
        if (!isLeavable)
            grid.withoutSpread.push_back(i);
        for (std::size_t cell = 0; cell < row.size(); ++cell) {
            grid.profits[cell] += row[cell];
            grid.liquidation[cell] += row[cell];
            if (isLeavable)
                grid.liquidation[cell] -=
                    leaving.costIn(cells.days()[cell], cells.moves()[cell * width + position.underlying], row[cell]);
        }
    }
}

void findWorst(StressGrid& grid, Revaluation& revaluation, const StressCells& cells)
{
    const auto worst = static_cast<std::size_t>(std::ranges::min_element(grid.profits) - grid.profits.begin());
    const std::size_t spots = grid.axes.spotMoves.size(), volatilities = grid.axes.volatilityFactors.size();
    grid.worst = {worst % spots, worst / spots % volatilities, worst / spots / volatilities, grid.profits[worst]};

    const std::size_t width = revaluation.book().underlyings.size();
    const ScenariosView cell{std::span(cells.days()).subspan(worst, 1),
                             std::span(cells.moves()).subspan(worst * width, width)};
    grid.parts.resize(revaluation.book().positions.size());
    revaluation.profits(cell, grid.parts);
    double least = 0;
    for (std::size_t i = 0; i < grid.parts.size(); ++i) {
        if (grid.parts[i] < least) {
            least = grid.parts[i];
            grid.worstPosition = i;
        }
    }
}

void findWorstSlice(StressGrid& grid)
{
    const std::array<std::size_t, 3> sizes{grid.axes.spotMoves.size(), grid.axes.volatilityFactors.size(),
                                           grid.axes.days.size()};
    std::array<std::vector<double>, 3> sums;
    for (std::size_t axis = 0; axis < 3; ++axis)
        sums[axis].resize(sizes[axis]);
    for (std::size_t cell = 0; cell < grid.profits.size(); ++cell) {
        const std::array<std::size_t, 3> ticks{cell % sizes[0], cell / sizes[0] % sizes[1], cell / sizes[0] / sizes[1]};
        for (std::size_t axis = 0; axis < 3; ++axis)
            sums[axis][ticks[axis]] += grid.profits[cell];
    }
    bool isFirst = true;
    for (std::size_t axis = 0; axis < 3; ++axis) {
        for (std::size_t tick = 0; tick < sizes[axis]; ++tick) {
            const double average =
                sums[axis][tick] * static_cast<double>(sizes[axis]) / static_cast<double>(grid.profits.size());
            if (isFirst || average < grid.worstSlice.average)
                grid.worstSlice = {static_cast<GridAxis>(axis), tick, average};
            isFirst = false;
        }
    }
}

std::vector<double> replayed(Revaluation& revaluation, const StressOptions& options)
{
    const std::size_t width = revaluation.book().underlyings.size();
    const std::vector<double> days(moves.size());
    std::vector<FactorMove> each(moves.size() * width);
    for (std::size_t i = 0; i < moves.size(); ++i)
        setMoves(revaluation.book(), moves[i].spotMove, moves[i].volatilityFactor(), options,
                 std::span(each).subspan(i * width, width));
    std::vector<double> profits(moves.size());
    revaluation.totals({days, each}, profits);
    return profits;
}

} // namespace

std::span<const HistoricalMove> historicalMoves()
{
    return moves;
}

void setMoves(const RiskBook& book, double spotMove, double volatilityFactor, const StressOptions& options,
              std::span<FactorMove> out)
{
    for (std::size_t i = 0; i < out.size(); ++i) {
        const double beta = book.underlyings[i].beta;
        const bool isByBeta = options.spotRule == SpotRule::ByBeta && std::isfinite(beta);
        out[i] = {isByBeta ? std::max(lowestMove, beta * spotMove) : spotMove, volatilityFactor, options.skewTwist};
    }
}

base::Result<StressCells> StressCells::make(const RiskBook& book, const StressOptions& options)
{
    if (const auto checked = check(options.axes); !checked)
        return tl::make_unexpected(checked.error());
    const std::size_t width = book.underlyings.size();
    StressCells out;
    out.m_moves.resize(options.axes.cellCount() * width);
    for (const double days : options.axes.days) {
        for (const double factor : options.axes.volatilityFactors) {
            for (const double spotMove : options.axes.spotMoves) {
                setMoves(book, spotMove, factor, options,
                         std::span(out.m_moves).subspan(out.m_days.size() * width, width));
                out.m_days.push_back(days);
            }
        }
    }
    if (const auto checked = checkScenarios(out.view(), book); !checked)
        return tl::make_unexpected(checked.error());
    return out;
}

base::Result<StressGrid> stressGridOf(Revaluation& revaluation, const StressOptions& options)
{
    const RiskBook& book = revaluation.book();
    const auto cells = StressCells::make(book, options);
    if (!cells)
        return tl::make_unexpected(cells.error());

    StressGrid grid;
    grid.axes = options.axes;
    grid.profits.resize(options.axes.cellCount());
    grid.liquidation.resize(options.axes.cellCount());
    grid.unknown = revaluation.unknown();
    for (std::size_t i = 0; options.spotRule == SpotRule::ByBeta && i < book.underlyings.size(); ++i) {
        if (!std::isfinite(book.underlyings[i].beta))
            grid.withoutBeta.push_back(i);
    }
    addPositions(grid, revaluation, *cells);
    findWorst(grid, revaluation, *cells);
    findWorstSlice(grid);
    grid.historical = replayed(revaluation, options);
    return grid;
}

base::Result<StressGrid> stressGridOf(const RiskBook& book, const StressOptions& options)
{
    Revaluation revaluation(book);
    return stressGridOf(revaluation, options);
}

} // namespace vegadesk::risk
