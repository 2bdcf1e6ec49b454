#include "pricing/american/log_grid.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

namespace vegadesk::pricing::american_detail
{

namespace
{

constexpr std::size_t mostPoints = 4097;
using Column = std::array<double, mostPoints>;

class LogGrid
{
public:
    LogGrid(const GridProblem& problem, GridSize size);

    GridValue run();
    /// Price and delta, after run(): by the cubic through the four points around.
    GridValue at(double spot) const;

private:
    void startAtExpiry();
    void march(double from, double to, int steps);
    void step(double length, double implicitShare);
    void solveWithExercise();
    void solveTridiagonal();
    void payDividend(double amount, double timeLeft);
    double interpolated(double spot, double atZero) const;
    double atZeroSpot(double timeLeft) const;
    void setEnds(double timeLeft, Column& into) const;

    double payoff(double spot) const
    {
        return std::max(0.0, m_problem.right == Right::Put ? m_problem.strike - spot : spot - m_problem.strike);
    }

    const GridProblem& m_problem;
    int m_steps;
    std::size_t m_count, m_origin; // points, and the one at the spot
    double m_low, m_width;         // ln spot of the first point, and the distance of points
    double m_timeLeft = 0;
    double m_lower, m_middle, m_upper; // the operator's three bands
    Column m_spot, m_exercise, m_value, m_right, m_solution, m_swept;
    std::array<bool, mostPoints> m_isExercised;
    double m_implicit = 0; // length times implicit share of the step being solved
};

LogGrid::LogGrid(const GridProblem& problem, GridSize size)
    : m_problem(problem), m_steps(size.steps), m_count(static_cast<std::size_t>(size.points) + 1)
{
    const double logSpot = std::log(problem.market.spot), logStrike = std::log(problem.strike);
    const double deviation = problem.vol * std::sqrt(problem.years);
    const double carry = (problem.market.rate - problem.market.dividendYield) * problem.years;
    double paid = 0;
    for (const CashDividend& dividend : problem.dividends)
        paid += dividend.amount;
    // Seven deviations about the spot's way and the strike; what dividends can take away moves the lower end.
    const double away = 0.01 * std::abs(logSpot - logStrike); // room for differences about a spot far off
    const double reach = std::max(7 * deviation + std::abs(carry) + 0.02, away);
    const double falling = std::min(1.0, paid / problem.market.spot);
    const double low = std::min(logSpot - reach - falling, logStrike - 3 * deviation);
    const double high = std::max(logSpot + reach, logStrike + 3 * deviation + falling);
    m_width = (high - low) / size.points;
    m_origin = static_cast<std::size_t>(std::lround((logSpot - low) / m_width));
    m_low = logSpot - static_cast<double>(m_origin) * m_width; // the spot is a point
    const double variance = problem.vol * problem.vol;
    const double drift = problem.market.rate - problem.market.dividendYield - 0.5 * variance;
    const double spread = 0.5 * variance / (m_width * m_width);
    m_lower = spread - 0.5 * drift / m_width;
    m_upper = spread + 0.5 * drift / m_width;
    m_middle = -2 * spread - problem.market.rate;
    for (std::size_t i = 0; i < m_count; ++i) {
        m_spot[i] = std::exp(m_low + static_cast<double>(i) * m_width);
        m_exercise[i] = payoff(m_spot[i]);
    }
    std::fill_n(m_isExercised.begin(), m_count, false);
}

/// Cell averages: a payoff sampled beside its kink would leave an error that no refinement extrapolates.
void LogGrid::startAtExpiry()
{
    const double sign = m_problem.right == Right::Put ? 1 : -1;
    for (std::size_t i = 0; i < m_count; ++i) {
        const double from = m_spot[i] * std::exp(-0.5 * m_width), to = m_spot[i] * std::exp(0.5 * m_width);
        m_value[i] = m_exercise[i];
        if (from < m_problem.strike && m_problem.strike < to) {
            // The part of the cell in the money, by ln spot: integral of sign (K - e^x) dx.
            const double kink = std::log(m_problem.strike);
            const double centre = m_low + static_cast<double>(i) * m_width;
            const double inside = sign > 0 ? kink - (centre - 0.5 * m_width) : centre + 0.5 * m_width - kink;
            const double spots = sign > 0 ? m_problem.strike - from : to - m_problem.strike;
            m_value[i] = sign * (m_problem.strike * inside - spots) / m_width;
        }
    }
    m_timeLeft = 0;
}

double LogGrid::atZeroSpot(double timeLeft) const
{
    if (m_problem.right == Right::Call)
        return 0;
    const double waiting = m_problem.strike * std::exp(-m_problem.market.rate * timeLeft);
    return m_problem.isAmerican ? std::max(waiting, m_problem.strike) : waiting;
}

/// Far from the strike the option is its forward, or exercised.
void LogGrid::setEnds(double timeLeft, Column& into) const
{
    const double discount = std::exp(-m_problem.market.rate * timeLeft);
    const double yieldDiscount = std::exp(-m_problem.market.dividendYield * timeLeft);
    double paid = 0; // present value at the moment of what is still to come
    for (const CashDividend& dividend : m_problem.dividends) {
        const double wait = dividend.years - (m_problem.years - timeLeft);
        if (wait > 0)
            paid += dividend.amount * std::exp(-m_problem.market.rate * wait);
    }
    const double sign = m_problem.right == Right::Put ? 1 : -1;
    for (const std::size_t end : {std::size_t{0}, m_count - 1}) {
        const double left = std::max(0.0, m_spot[end] * yieldDiscount - paid);
        const double waiting = std::max(0.0, sign * (m_problem.strike * discount - left));
        into[end] = m_problem.isAmerican ? std::max(waiting, m_exercise[end]) : waiting;
    }
}

void LogGrid::march(double from, double to, int steps)
{
    const double length = to - from;
    double done = 0;
    for (int k = 1; k <= steps; ++k) {
        const double share = static_cast<double>(k) / steps;
        const double next = length * share * share;
        const double span = next - done;
        done = next;
        if (k <= 2) { // Rannacher: damps what the kink excites
            for (int half = 1; half <= 2; ++half) {
                m_timeLeft = from + next - (2 - half) * 0.5 * span;
                step(0.5 * span, 1);
            }
        } else {
            m_timeLeft = from + next;
            step(span, 0.5);
        }
    }
    m_timeLeft = to;
}

void LogGrid::step(double length, double implicitShare)
{
    m_implicit = length * implicitShare;
    const double explicitPart = length - m_implicit;
    for (std::size_t i = 1; i + 1 < m_count; ++i)
        m_right[i] =
            m_value[i] + explicitPart * (m_lower * m_value[i - 1] + m_middle * m_value[i] + m_upper * m_value[i + 1]);
    setEnds(m_timeLeft, m_right);
    if (m_problem.isAmerican) {
        solveWithExercise();
    } else {
        solveTridiagonal();
    }
    std::swap_ranges(m_value.begin(), m_value.begin() + static_cast<std::ptrdiff_t>(m_count), m_solution.begin());
}

/// Policy iteration: exercise where that beats the equation, solve, look again. It ends after a few rounds, and starts
/// from the step before.
void LogGrid::solveWithExercise()
{
    for (int round = 0; round < 50; ++round) {
        solveTridiagonal();
        bool changed = false;
        for (std::size_t i = 1; i + 1 < m_count; ++i) {
            bool exercised = m_isExercised[i];
            if (!exercised) {
                exercised = m_solution[i] < m_exercise[i];
            } else {
                const double equation = (1 - m_implicit * m_middle) * m_solution[i] -
                                        m_implicit * (m_lower * m_solution[i - 1] + m_upper * m_solution[i + 1]);
                exercised = equation >= m_right[i];
            }
            changed = changed || exercised != m_isExercised[i];
            m_isExercised[i] = exercised;
        }
        if (!changed)
            return;
    }
}

/// Thomas; rows that are exercised hold their payoff.
void LogGrid::solveTridiagonal()
{
    const double lower = -m_implicit * m_lower, upper = -m_implicit * m_upper, middle = 1 - m_implicit * m_middle;
    m_swept[0] = 0;
    m_solution[0] = m_right[0];
    for (std::size_t i = 1; i + 1 < m_count; ++i) {
        if (m_isExercised[i]) {
            m_swept[i] = 0;
            m_solution[i] = m_exercise[i];
        } else {
            const double pivot = 1 / (middle - lower * m_swept[i - 1]);
            m_swept[i] = upper * pivot;
            m_solution[i] = (m_right[i] - lower * m_solution[i - 1]) * pivot;
        }
    }
    m_solution[m_count - 1] = m_right[m_count - 1];
    for (std::size_t i = m_count - 1; i-- > 1;)
        m_solution[i] -= m_swept[i] * m_solution[i + 1];
}

/// Cubic through four points in ln spot; below the grid a straight line to the value at zero.
double LogGrid::interpolated(double spot, double atZero) const
{
    if (spot <= m_spot[0])
        return atZero + (m_value[0] - atZero) * std::max(0.0, spot) / m_spot[0];
    const double place = (std::log(spot) - m_low) / m_width;
    const auto index =
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(place) - 1, 0, static_cast<std::ptrdiff_t>(m_count) - 4);
    const auto first = static_cast<std::size_t>(index);
    const double t = place - static_cast<double>(first);
    return m_value[first] * (t - 1) * (t - 2) * (t - 3) / -6 + m_value[first + 1] * t * (t - 2) * (t - 3) / 2 +
           m_value[first + 2] * t * (t - 1) * (t - 3) / -2 + m_value[first + 3] * t * (t - 1) * (t - 2) / 6;
}

void LogGrid::payDividend(double amount, double timeLeft)
{
    const double atZero = atZeroSpot(timeLeft);
    for (std::size_t i = 0; i < m_count; ++i) {
        const double after = interpolated(m_spot[i] - amount, atZero);
        m_solution[i] = m_problem.isAmerican ? std::max(after, m_exercise[i]) : after;
    }
    std::swap_ranges(m_value.begin(), m_value.begin() + static_cast<std::ptrdiff_t>(m_count), m_solution.begin());
    std::fill_n(m_isExercised.begin(), m_count, false);
}

GridValue LogGrid::run()
{
    startAtExpiry();
    const std::size_t events = m_problem.dividends.size();
    // Half of the steps in equal shares, half by length: a short interval has its kink to resolve too.
    const auto stepsFor = [&](double length) {
        const double share = 0.5 / static_cast<double>(events + 1) + 0.5 * length / m_problem.years;
        return std::max(8, static_cast<int>(std::lround(share * m_steps)));
    };
    double left = 0;
    for (std::size_t event = events; event-- > 0;) {
        const CashDividend& dividend = m_problem.dividends[event];
        const double until = m_problem.years - dividend.years;
        march(left, until, stepsFor(until - left));
        payDividend(dividend.amount, until);
        left = until;
    }
    march(left, m_problem.years, stepsFor(m_problem.years - left));

    // Fourth-order differences about the spot's own point, in ln spot.
    const double* const v = &m_value[m_origin];
    const double slope = (v[-2] - 8 * v[-1] + 8 * v[1] - v[2]) / (12 * m_width);
    const double curve = (-v[-2] + 16 * v[-1] - 30 * v[0] + 16 * v[1] - v[2]) / (12 * m_width * m_width);
    const double spot = m_problem.market.spot;
    return {v[0], slope / spot, (curve - slope) / (spot * spot)};
}

GridValue LogGrid::at(double spot) const
{
    const double place = (std::log(spot) - m_low) / m_width;
    if (!(place >= 1 && place <= static_cast<double>(m_count) - 2)) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none, none};
    }
    const auto first = std::min(static_cast<std::size_t>(place) - 1, m_count - 4);
    const double t = place - static_cast<double>(first), a = t, b = t - 1, c = t - 2, d = t - 3;
    const double* const v = &m_value[first];
    const double slope = (v[0] * (b * c + b * d + c * d) / -6 + v[1] * (a * c + a * d + c * d) / 2 +
                          v[2] * (a * b + a * d + b * d) / -2 + v[3] * (a * b + a * c + b * c) / 6) /
                         m_width;
    return {interpolated(spot, 0), slope / spot, 0};
}

/// The grid's ends are exponentials of some deviations.
bool fitsDoubles(const GridProblem& problem)
{
    const MarketPoint& market = problem.market;
    const double span = 10 * problem.vol * std::sqrt(problem.years) + std::abs(market.rate * problem.years) +
                        std::abs(market.dividendYield * problem.years) + std::abs(std::log(market.spot)) +
                        std::abs(std::log(problem.strike));
    return span < 300; // false for NaN
}

} // namespace

void valuesOnGrid(const GridProblem& problem, GridSize size, std::span<const double> spots, std::span<double> prices,
                  std::span<double> deltas) noexcept
{
    assert(size.points < static_cast<int>(mostPoints) && size.points % 2 == 0);
    if (!fitsDoubles(problem)) {
        std::ranges::fill(prices, std::numeric_limits<double>::quiet_NaN());
        std::ranges::fill(deltas, std::numeric_limits<double>::quiet_NaN());
        return;
    }
    LogGrid fine(problem, size), coarse(problem, {size.points / 2, size.steps / 2});
    fine.run();
    coarse.run();
    for (std::size_t i = 0; i < spots.size(); ++i) {
        const GridValue near = fine.at(spots[i]), far = coarse.at(spots[i]);
        prices[i] = near.price + (near.price - far.price) / 3;
        deltas[i] = near.delta + (near.delta - far.delta) / 3;
    }
}

GridValue valueOnGrid(const GridProblem& problem, GridSize size) noexcept
{
    assert(size.points < static_cast<int>(mostPoints) && size.points % 2 == 0);
    if (!fitsDoubles(problem)) {
        constexpr double none = std::numeric_limits<double>::quiet_NaN();
        return {none, none, none};
    }
    const GridValue fine = LogGrid(problem, size).run();
    const GridValue coarse = LogGrid(problem, {size.points / 2, size.steps / 2}).run();
    const auto extrapolated = [](double finer, double coarser) { return finer + (finer - coarser) / 3; };
    return {extrapolated(fine.price, coarse.price), extrapolated(fine.delta, coarse.delta),
            extrapolated(fine.gamma, coarse.gamma)};
}

} // namespace vegadesk::pricing::american_detail
