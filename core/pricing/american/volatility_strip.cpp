#include "pricing/american/volatility_strip.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace vegadesk::pricing::american_detail
{

namespace
{

struct Range {
    double least = 0, most = 0;
    std::size_t count = 0;
};

Range rangeOf(std::span<const double> vols)
{
    Range out;
    for (const double vol : vols) {
        if (!std::isfinite(vol) || vol < leastVol)
            continue;
        out.least = out.count == 0 ? vol : std::min(out.least, vol);
        out.most = out.count == 0 ? vol : std::max(out.most, vol);
        ++out.count;
    }
    return out;
}

constexpr std::size_t leastTerms = 3;
constexpr double termsPerFactor = 5; // of e in volatility

/// Terms that leave 1e-9 of the strike: y² is smooth in ln vol, so a factor of e takes about eight.
std::size_t termsFor(double width)
{
    return width < 1e-12 ? 1 : leastTerms + static_cast<std::size_t>(std::ceil(termsPerFactor * width));
}

/// The last coefficient of a resolved series is small beside the first.
template<class Terms>
bool isResolved(const Terms& terms, std::size_t count)
{
    if (count < 3)
        return true;
    for (std::size_t j = 0; j < nodeCount; ++j) {
        if (!(std::abs(terms[count - 1][j]) <= 2e-5 * std::abs(terms[0].back())))
            return false;
    }
    return true;
}

} // namespace

VolatilityStrip VolatilityStrip::make(const PutOption& like, std::span<const double> vols, bool priceAlone) noexcept
{
    const Range range = rangeOf(vols);
    const bool pays = range.count >= 2 && termsFor(std::log(range.most / range.least)) < range.count;
    return pays ? within(like, range.least, range.most, priceAlone) : VolatilityStrip();
}

double VolatilityStrip::widest()
{
    return 0.999 * static_cast<double>(mostTerms - leastTerms) / termsPerFactor; // short of one term more by rounding
}

VolatilityStrip VolatilityStrip::within(const PutOption& like, double least, double most, bool priceAlone) noexcept
{
    VolatilityStrip out;
    // With a negative yield the perpetual boundary, which scales y, may collapse within the volatilities' range.
    if (like.inputs.yield < 0 || exerciseOf(like.inputs.rate, like.inputs.yield) != Exercise::BelowOneBoundary)
        return out;
    const double width = std::log(most / least);
    const std::size_t terms = termsFor(width);
    if (terms > mostTerms)
        return out;
    out.m_inputs = like.inputs;
    out.m_rate = priceAlone ? RateGreek::None : like.rateGreek();
    out.m_middle = 0.5 * (std::log(most) + std::log(least));
    out.m_radius = std::max(0.5 * width, 1e-12);

    Boundary boundary;
    for (std::size_t node = 0; node < terms; ++node) {
        const double angle = std::numbers::pi * (static_cast<double>(node) + 0.5) / static_cast<double>(terms);
        PutInputs inputs = like.inputs;
        inputs.vol = std::exp(out.m_middle + out.m_radius * std::cos(angle));
        const Boundary before = boundary;
        boundary = solveBoundary(inputs, out.m_rate, &before);
        if (!boundary.isSolved || boundary.horizon < inputs.years)
            return {};
        for (std::size_t term = 0; term < terms; ++term) {
            const double weight =
                (term == 0 ? 1.0 : 2.0) / static_cast<double>(terms) * std::cos(static_cast<double>(term) * angle);
            for (std::size_t j = 0; j < nodeCount; ++j) {
                out.m_squares[term][j] += weight * boundary.squares[j];
                out.m_squaresByRate[term][j] += weight * boundary.squaresByRate[j];
            }
        }
    }
    if (!isResolved(out.m_squares, terms))
        return {};
    out.m_least = least;
    out.m_most = most;
    out.m_count = terms;
    return out;
}

VolatilityStrip VolatilityStrip::movedTo(const PutInputs& inputs) const noexcept
{
    VolatilityStrip out = *this;
    out.m_inputs = inputs;
    if (inputs.years == m_inputs.years)
        return out;
    const Collocation& tables = Collocation::tables();
    const double shorter = std::sqrt(inputs.years / m_inputs.years);
    for (std::size_t node = 0; node < nodeCount; ++node) {
        const auto weights = tables.interpolation(std::min(1.0, shorter) * tables.nodes[node]);
        for (std::size_t term = 0; term < m_count; ++term) {
            double squares = 0, byRate = 0;
            for (std::size_t j = 0; j < nodeCount; ++j) {
                squares += weights[j] * m_squares[term][j];
                byRate += weights[j] * m_squaresByRate[term][j];
            }
            out.m_squares[term][node] = squares;
            out.m_squaresByRate[term][node] = byRate;
        }
    }
    return out;
}

double VolatilityStrip::position(double vol) const
{
    return (std::log(vol) - m_middle) / m_radius;
}

Boundary VolatilityStrip::boundaryAt(double vol) const noexcept
{
    PutInputs inputs = m_inputs;
    inputs.vol = vol;
    Boundary out = frameOf(inputs, m_rate);
    out.horizon = inputs.years; // as at every node that was solved for
    out.isSolved = true;
    const double x = position(vol);
    double value = 1, next = x, slope = 0, nextSlope = 1; // T(x) and T'(x)
    for (std::size_t term = 0; term < m_count; ++term) {
        const double byVol = slope / (m_radius * vol);
        for (std::size_t j = 0; j < nodeCount; ++j) {
            out.squares[j] += value * m_squares[term][j];
            out.squaresByVol[j] += byVol * m_squares[term][j];
            out.squaresByRate[j] += value * m_squaresByRate[term][j];
        }
        const double after = 2 * x * next - value, afterSlope = 2 * (next + x * nextSlope) - slope;
        value = next;
        next = after;
        slope = nextSlope;
        nextSlope = afterSlope;
    }
    return out;
}

} // namespace vegadesk::pricing::american_detail
