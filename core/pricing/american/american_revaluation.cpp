#include "pricing/american/american_revaluation.h"

#include "pricing/american/american.h"
#include "pricing/american/put_option.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace vegadesk::pricing
{

using namespace american_detail;

namespace
{

constexpr double rangeFactor = 4;    // as wide as pays: terms of a strip grow with it
constexpr double rangeEdge = 0.1;    // ordinary volatilities, halved and doubled, need three ranges
constexpr std::size_t mostKept = 64; // dates times ranges
constexpr std::size_t blockSize = 32;

int rangeOf(double vol)
{
    return static_cast<int>(std::floor(std::log(vol / rangeEdge) / std::log(rangeFactor)));
}

bool isUsable(double strike, double years, double vol)
{
    return std::isfinite(strike) && strike > 0 && std::isfinite(years) && years > 0 && std::isfinite(vol) &&
           vol >= leastVol;
}

} // namespace

AmericanRevaluation::AmericanRevaluation(Right right, double rate, double dividendYield, double years)
    : m_right(right), m_rate(rate), m_dividendYield(dividendYield), m_years(years)
{
}

bool AmericanRevaluation::exercisesEarly() const
{
    const PutOption like(m_right, {1, m_rate, m_dividendYield}, 1, m_years, 0);
    return exerciseOf(like.inputs.rate, like.inputs.yield) != Exercise::Never;
}

/// Solved for at the whole term or a half, a quarter, … of it, whichever is next above: nodes that lie in a term of more than
/// twice the time left say too little of it.
const AmericanRevaluation::Strip& AmericanRevaluation::solved(double years, int range)
{
    double term = m_years;
    while (0.5 * term >= years)
        term *= 0.5;
    for (const Strip& strip : m_solved) {
        if (strip.years == term && strip.range == range)
            return strip;
    }
    const double least = rangeEdge * std::pow(rangeFactor, range);
    const PutOption like(m_right, {1, m_rate, m_dividendYield}, 1, term, 0);
    // A little wider, so that rounding leaves no volatility between two ranges.
    return m_solved.emplace_back(
        Strip{term, range, VolatilityStrip::within(like, least * (1 - 1e-9), least * rangeFactor * (1 + 1e-9), true)});
}

const AmericanRevaluation::Strip& AmericanRevaluation::moved(double years, int range)
{
    for (const Strip& strip : m_moved) {
        if (strip.years == years && strip.range == range)
            return strip;
    }
    const Strip& whole = solved(years, range);
    const PutOption like(m_right, {1, m_rate, m_dividendYield}, 1, years, 0);
    if (m_moved.size() == mostKept)
        m_moved.clear();
    return m_moved.emplace_back(
        Strip{years, range, whole.boundaries.isEmpty() ? VolatilityStrip() : whole.boundaries.movedTo(like.inputs)});
}

Boundary AmericanRevaluation::boundaryAt(double years, double vol)
{
    const PutOption like(m_right, {1, m_rate, m_dividendYield}, 1, years, vol);
    if (exerciseOf(like.inputs.rate, like.inputs.yield) != Exercise::BelowOneBoundary) {
        Boundary none;
        none.inputs = like.inputs;
        return none;
    }
    const VolatilityStrip& strip = moved(years, rangeOf(vol)).boundaries;
    return strip.covers(vol) ? strip.boundaryAt(vol) : solveBoundary(like.inputs, RateGreek::None);
}

/// States of one date and volatility.
void AmericanRevaluation::priceRun(double strike, std::span<const double> spots, double years, double vol,
                                   std::span<double> prices)
{
    const bool isShared = isUsable(strike, years, vol) && years <= m_years;
    if (isShared && (m_last.inputs.years != years || m_last.inputs.vol != vol))
        m_last = boundaryAt(years, vol);
    if (!isShared || !m_last.isSolved) {
        for (std::size_t i = 0; i < spots.size(); ++i)
            prices[i] = americanPrice(m_right, {spots[i], m_rate, m_dividendYield}, strike, years, vol);
        return;
    }
    std::array<double, blockSize> levels;
    for (std::size_t i = 0; i < spots.size(); ++i)
        levels[i] = m_right == Right::Put ? spots[i] / strike : strike / spots[i];
    putPricesAbove(m_last, std::span(levels).first(spots.size()), prices);
    for (std::size_t i = 0; i < spots.size(); ++i) {
        const bool isSound = spots[i] > 0 && std::isfinite(spots[i]);
        prices[i] = isSound ? prices[i] * (m_right == Right::Put ? strike : spots[i])
                            : std::numeric_limits<double>::quiet_NaN();
    }
}

void AmericanRevaluation::price(double strike, std::span<const double> spots, std::span<const double> years,
                                std::span<const double> vols, std::span<double> prices)
{
    assert(spots.size() == prices.size() && years.size() == prices.size() && vols.size() == prices.size());
    for (std::size_t first = 0; first < prices.size();) {
        std::size_t count = 1;
        while (first + count < prices.size() && count < blockSize && years[first + count] == years[first] &&
               vols[first + count] == vols[first])
            ++count;
        priceRun(strike, spots.subspan(first, count), years[first], vols[first], prices.subspan(first, count));
        first += count;
    }
}

} // namespace vegadesk::pricing
