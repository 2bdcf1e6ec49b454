#include "pricing/american/american_boundaries.h"

#include "pricing/american/american.h"
#include "pricing/american/put_option.h"
#include "pricing/american/volatility_search.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>
#include <utility>

namespace vegadesk::pricing
{

using namespace american_detail;

namespace
{

constexpr double margin = 1.15; // on either end of the volatilities asked for

bool isUsable(const MarketPoint& market, double years)
{
    return std::isfinite(market.spot) && market.spot > 0 && std::isfinite(market.rate) &&
           std::isfinite(market.dividendYield) && std::isfinite(years) && years > 0;
}

/// Whether boundaries that were solved for at `from` serve at `to`.
bool reaches(const PutInputs& from, const PutInputs& to)
{
    return std::abs(from.rate - to.rate) <= AmericanBoundaries::rateTolerance &&
           std::abs(from.yield - to.yield) <= AmericanBoundaries::rateTolerance && to.years <= from.years &&
           to.years >= 0.5 * from.years && exerciseOf(from.rate, from.yield) == exerciseOf(to.rate, to.yield);
}

bool isSame(const PutInputs& left, const PutInputs& right)
{
    return left.rate == right.rate && left.yield == right.yield && left.years == right.years;
}

} // namespace

AmericanBoundaries::Range AmericanBoundaries::rangeOf(std::span<const double> vols) noexcept
{
    Range out;
    double logs = 0, count = 0;
    for (const double vol : vols) {
        if (!std::isfinite(vol) || vol < leastVol || vol >= mostVol)
            continue;
        out.least = out.isEmpty() ? vol : std::min(out.least, vol);
        out.most = std::max(out.most, vol);
        logs += std::log(vol);
        count += 1;
    }
    if (count == 0)
        return out;
    // A few far wings would spoil it for all others: they are solved for by themselves.
    const double half = std::exp(0.5 * VolatilityStrip::widest()) / margin;
    const double middle = std::exp(logs / count);
    out.least = std::max(out.least, middle / half);
    out.most = std::min(out.most, middle * half);
    return out;
}

/// A little wider on both ends, and as wide as before where one strip holds both: calls about other strikes take turns.
AmericanBoundaries::Range AmericanBoundaries::widened(const Range& range, const Range& before) noexcept
{
    const Range wider{range.least / margin, range.most * margin};
    if (before.isEmpty())
        return wider;
    const Range both{std::min(wider.least, before.least), std::max(wider.most, before.most)};
    return std::log(both.most / both.least) <= VolatilityStrip::widest() ? both : wider;
}

const VolatilityStrip& AmericanBoundaries::stripFor(Right right, const MarketPoint& market, double years,
                                                    const Range& range) noexcept
{
    Side& side = right == Right::Call ? m_calls : m_puts;
    const PutOption like(right, market, market.spot, years, 0);
    const bool isReached = reaches(side.triedAt, like.inputs);
    if (!isReached && range.isEmpty()) {
        side.moved = VolatilityStrip();
        return side.moved;
    }
    const bool isWithin =
        range.isEmpty() || (range.least >= side.triedRange.least && range.most <= side.triedRange.most);
    if (!isWithin || !isReached) {
        side.triedAt = like.inputs;
        side.triedRange = widened(range, isReached ? side.triedRange : Range());
        side.solved = VolatilityStrip::within(like, side.triedRange.least, side.triedRange.most, false);
        side.moved = side.solved;
        ++m_solvedCount;
    } else if (!side.solved.isEmpty() && (side.moved.isEmpty() || !isSame(side.moved.inputs(), like.inputs))) {
        side.moved = side.solved.movedTo(like.inputs);
    }
    return side.moved;
}

void AmericanBoundaries::price(Right right, const MarketPoint& market, double years, std::span<const double> strikes,
                               std::span<const double> vols, const GreeksView& out) noexcept
{
    assert(vols.size() == strikes.size());
    static const VolatilityStrip none;
    const VolatilityStrip& strip = isUsable(market, years) ? stripFor(right, market, years, rangeOf(vols)) : none;
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        const double strike = strikes[row], vol = vols[row];
        const bool isCovered = std::isfinite(strike) && strike > 0 && strip.covers(vol);
        const PutOption option(right, market, strike, years, vol);
        const Greeks greeks = isCovered
                                  ? option.greeks(putAbove(strip.boundaryAt(vol), option.spot, option.rateGreek()))
                                  : american(right, market, strike, years, vol);
        const std::array columns{std::pair(out.price, greeks.price), std::pair(out.delta, greeks.delta),
                                 std::pair(out.gamma, greeks.gamma), std::pair(out.vega, greeks.vega),
                                 std::pair(out.theta, greeks.theta), std::pair(out.rho, greeks.rho)};
        for (const auto& [column, value] : columns) {
            if (!column.empty())
                column[row] = value;
        }
    }
}

void AmericanBoundaries::impliedVolatilities(Right right, const MarketPoint& market, double years,
                                             std::span<const double> strikes, std::span<const double> prices,
                                             std::span<double> vols) noexcept
{
    assert(prices.size() == strikes.size() && vols.size() == strikes.size());
    if (!isUsable(market, years)) {
        std::ranges::fill(vols, std::numeric_limits<double>::quiet_NaN());
        return;
    }
    // Out of the money the European volatility of a price is nearly the American one; deep in the money it says nothing.
    impliedVolatilityStrip(right, market, years, strikes, prices, vols);
    const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
    for (std::size_t row = 0; row < strikes.size(); ++row) {
        if ((right == Right::Call) != (strikes[row] >= forward))
            vols[row] = std::numeric_limits<double>::quiet_NaN();
    }
    VolatilitySearch search(&stripFor(right, market, years, rangeOf(vols)));
    for (std::size_t row = 0; row < strikes.size(); ++row)
        vols[row] = search.find(right, market, strikes[row], years, prices[row]);
}

void AmericanBoundaries::withoutEarlyExercise(Right right, const MarketPoint& market, double years,
                                              std::span<const double> strikes, std::span<const double> americanPrices,
                                              std::span<double> europeanPrices) noexcept
{
    impliedVolatilities(right, market, years, strikes, americanPrices, europeanPrices);
    for (std::size_t row = 0; row < strikes.size(); ++row)
        europeanPrices[row] = blackScholesPrice(right, market, strikes[row], years, europeanPrices[row]);
}

} // namespace vegadesk::pricing
