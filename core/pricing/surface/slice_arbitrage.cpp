#include "pricing/surface/slice_arbitrage.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

namespace vegadesk::pricing
{

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double calendarNoise = 1e-13;

/// Points of a line in ascending order, no more than a polynomial has roots.
template<std::size_t Capacity>
struct Points {
    std::array<double, Capacity> at{};
    std::size_t count = 0;

    void add(double x)
    {
        if (count < Capacity)
            at[count++] = x;
    }
    void sort() { std::sort(at.begin(), at.begin() + static_cast<std::ptrdiff_t>(count)); }
};

/// The root of `f` between two points of unlike sign, low < high.
template<class F>
double bisect(const F& f, double low, double high)
{
    const bool isLowNegative = f(low) < 0;
    for (int i = 0; i < 200; ++i) {
        const double middle = 0.5 * (low + high);
        if (!(middle > low && middle < high))
            break;
        ((f(middle) < 0) == isLowNegative ? low : high) = middle;
    }
    return 0.5 * (low + high);
}

/// The least value of `f` on [low, high]: the best of a coarse grid, refined by golden sections around it.
template<class F>
MoneynessInterval leastOn(const F& f, double low, double high)
{
    constexpr int steps = 64;
    constexpr double golden = 0.61803398874989485;
    const double width = (high - low) / steps;
    double best = low;
    for (int i = 1; i <= steps; ++i) {
        const double x = low + width * i;
        if (f(x) < f(best))
            best = x;
    }
    double left = std::max(low, best - width), right = std::min(high, best + width);
    for (int i = 0; i < 80; ++i) {
        const double inner = right - golden * (right - left), outer = left + golden * (right - left);
        if (f(inner) < f(outer))
            right = outer;
        else
            left = inner;
    }
    const double middle = 0.5 * (left + right);
    if (f(middle) < f(best))
        best = middle;
    return {low, high, f(best), best};
}

/// A finite stand-in for an infinite end, well beyond everything else.
double clipped(double end, double scale)
{
    return std::clamp(end, -scale, scale);
}

// ---- butterflies ----

constexpr std::size_t degree = 10;
using Bernstein = std::array<double, degree + 1>;

template<std::size_t N>
using Coefficients = std::array<double, N>; // ascending powers

template<std::size_t N, std::size_t M>
Coefficients<N + M - 1> operator*(const Coefficients<N>& left, const Coefficients<M>& right)
{
    Coefficients<N + M - 1> out{};
    for (std::size_t i = 0; i < N; ++i) {
        for (std::size_t j = 0; j < M; ++j)
            out[i + j] += left[i] * right[j];
    }
    return out;
}

template<std::size_t N>
Coefficients<N> combine(double x, const Coefficients<N>& left, double y, const Coefficients<N>& right)
{
    Coefficients<N> out{};
    for (std::size_t i = 0; i < N; ++i)
        out[i] = x * left[i] + y * right[i];
    return out;
}

/// g times a positive factor, in the Bernstein basis of t = E / (1 + E), E = e^u.
Bernstein butterflyPolynomial(const SviSlice& slice)
{
    const Coefficients<3> one{0, 1, 0}; // of the common denominator E
    const Coefficients<3> cosh{0.5, 0, 0.5}, sinh{-0.5, 0, 0.5};
    const auto [a, b, rho, m, sigma] = slice;
    const auto variance = combine(1, combine(a, one, b * sigma * rho, sinh), b * sigma, cosh);
    const auto k = combine(m, one, sigma, sinh);
    const auto slope = combine(b * rho, cosh, b, sinh); // w' = slope / cosh
    const auto level = combine(2, variance * cosh, -1, k * slope);
    const auto squares = slope * slope * combine(4, variance * one, 1, variance * variance);
    const auto curvature = variance * variance * one * one * one;
    const auto sum = combine(1, cosh * combine(4, level * level, -1, squares), 8 * b / sigma, curvature);
    constexpr Bernstein binomials{1, 10, 45, 120, 210, 252, 210, 120, 45, 10, 1};
    Bernstein out;
    for (std::size_t i = 0; i <= degree; ++i)
        out[i] = sum[i] / binomials[i];
    return out;
}

int signChanges(const Bernstein& values)
{
    int changes = 0;
    double last = 0;
    for (const double value : values) {
        if (value == 0)
            continue;
        if (last != 0 && (value < 0) != (last < 0))
            ++changes;
        last = value;
    }
    return changes;
}

/// De Casteljau at the middle: `values` becomes the left half, the right half is returned.
Bernstein splitOff(Bernstein& values)
{
    Bernstein right;
    for (std::size_t round = 0; round <= degree; ++round) {
        right[degree - round] = values[degree];
        for (std::size_t i = degree; i > round; --i)
            values[i] = 0.5 * (values[i] + values[i - 1]);
    }
    return right;
}

struct Piece {
    Bernstein values;
    double low, high; // in t
};

/// log-moneyness at t in (0, 1).
double moneynessAt(const SviSlice& slice, double t)
{
    const double e = t / (1 - t);
    return slice.m + 0.5 * slice.sigma * (e - 1 / e);
}

Points<degree> rootsOfDurrleman(const SviSlice& slice, const Bernstein& polynomial)
{
    constexpr double narrowest = 1e-14;
    Points<degree> roots;
    const auto g = [&](double k) { return durrleman(slice.at(k), k); };
    std::array<Piece, 64> stack; // halving goes 47 deep at most, and one half waits a level
    std::size_t size = 0;
    stack[size++] = {polynomial, 0, 1};
    while (size > 0) {
        Piece piece = stack[--size];
        const int changes = signChanges(piece.values);
        const double width = piece.high - piece.low;
        if (changes == 0 || width < narrowest)
            continue;
        if (changes == 1 && piece.low > 0 && piece.high < 1) {
            const double low = moneynessAt(slice, piece.low), high = moneynessAt(slice, piece.high);
            if ((g(low) < 0) != (g(high) < 0)) {
                roots.add(bisect(g, low, high));
                continue;
            }
        }
        const double middle = 0.5 * (piece.low + piece.high);
        Piece right{splitOff(piece.values), middle, piece.high};
        if (piece.values[degree] == 0)
            roots.add(moneynessAt(slice, middle));
        piece.high = middle;
        stack[size++] = right;
        stack[size++] = piece;
    }
    roots.sort();
    return roots;
}

/// A minimum found by values is good to half the digits; the root of the slope beside it is good to all.
double bottomOfDurrleman(const SviSlice& slice, const MoneynessInterval& found)
{
    const auto slope = [&](double k) { return durrlemanSlope(slice.at(k), k); };
    const double reach = 1e-4 * slice.sigma;
    const double low = std::max(found.low, found.worstAt - reach), high = std::min(found.high, found.worstAt + reach);
    return slope(low) < 0 && slope(high) > 0 ? bisect(slope, low, high) : found.worstAt;
}

/// Both points where a variance that dips below 0 is 0.
MoneynessInterval negativeVariance(const SviSlice& slice)
{
    const auto [a, b, rho, m, sigma] = slice;
    const auto w = [&](double k) { return slice.totalVariance(k); };
    const double sine = (1 - rho) * (1 + rho);
    const double bottom = sine > 0 ? m - rho * sigma / std::sqrt(sine) : m;
    MoneynessInterval out{-infinity, infinity, w(bottom), bottom};
    const auto zeroBeyond = [&](double direction) {
        for (double step = sigma; step < 1e12; step *= 2) {
            const double end = bottom + direction * step;
            if (w(end) > 0)
                return bisect(w, std::min(bottom, end), std::max(bottom, end));
        }
        return direction * infinity;
    };
    out.low = zeroBeyond(-1);
    out.high = zeroBeyond(1);
    return out;
}

// ---- calendar ----

/// Real roots of c0 + c1 x + … by way of the derivative's: between two of those there is at most one.
template<std::size_t N>
Points<N - 1> realRoots(const Coefficients<N>& c)
{
    Points<N - 1> roots;
    if constexpr (N == 2) {
        if (c[1] != 0)
            roots.add(-c[0] / c[1]);
    } else {
        double bound = 0;
        Coefficients<N - 1> derivative{};
        for (std::size_t i = 0; i + 1 < N; ++i) {
            derivative[i] = static_cast<double>(i + 1) * c[i + 1];
            bound = std::max(bound, std::abs(c[i]));
        }
        const auto value = [&](double x) {
            double sum = 0;
            for (std::size_t i = N; i-- > 0;)
                sum = sum * x + c[i];
            return sum;
        };
        // Cauchy's bound; a leading coefficient of nothing sends a root so far out that the wings decide.
        bound = std::min(1e6, 1 + bound / std::abs(c[N - 1]));
        const auto turns = realRoots(derivative);
        double left = -bound;
        for (std::size_t i = 0; i <= turns.count; ++i) {
            const double right = i < turns.count ? std::clamp(turns.at[i], -bound, bound) : bound;
            if ((value(left) < 0) != (value(right) < 0))
                roots.add(bisect(value, left, right));
            left = right;
        }
    }
    return roots;
}

struct Crossings {
    Points<7> breaks; // roots and turning points of the quartic
    double leftSlope, rightSlope, scale;
};

Crossings crossingsOf(const SviSlice& earlier, const SviSlice& later)
{
    // In x = (k - centre) / scale, which keeps the quartic's coefficients alike.
    const double centre = 0.5 * (earlier.m + later.m);
    const double scale = std::max({earlier.sigma, later.sigma, std::abs(earlier.m - later.m)});
    const double m1 = (earlier.m - centre) / scale, m2 = (later.m - centre) / scale;
    const double s1 = earlier.sigma / scale, s2 = later.sigma / scale;
    const double b1 = earlier.b * scale, b2 = later.b * scale;
    const Coefficients<3> line{later.a - earlier.a - b2 * later.rho * m2 + b1 * earlier.rho * m1,
                               b2 * later.rho - b1 * earlier.rho, 0};
    const Coefficients<2> linear{line[0], line[1]};
    const Coefficients<3> root1{b1 * b1 * (m1 * m1 + s1 * s1), -2 * b1 * b1 * m1, b1 * b1};
    const Coefficients<3> root2{b2 * b2 * (m2 * m2 + s2 * s2), -2 * b2 * b2 * m2, b2 * b2};
    const auto quadratic = combine(1, linear * linear, 1, combine(1, root2, -1, root1));
    const auto quartic = combine(1, quadratic * quadratic, -4, linear * linear * root2);
    Coefficients<4> derivative{};
    for (std::size_t i = 0; i < 4; ++i)
        derivative[i] = static_cast<double>(i + 1) * quartic[i + 1];
    Crossings out{{}, later.leftSlope() - earlier.leftSlope(), later.rightSlope() - earlier.rightSlope(), 0};
    const auto roots = realRoots(quartic);
    const auto turns = realRoots(derivative);
    for (std::size_t i = 0; i < roots.count; ++i)
        out.breaks.add(centre + scale * roots.at[i]);
    for (std::size_t i = 0; i < turns.count; ++i)
        out.breaks.add(centre + scale * turns.at[i]);
    out.breaks.add(centre);
    out.breaks.sort();
    out.scale = 1 + 10 * (std::abs(centre) + scale);
    for (const double end : {out.breaks.at[0], out.breaks.at[out.breaks.count - 1]})
        out.scale = std::max(out.scale, 2 * std::abs(end));
    return out;
}

} // namespace

bool isFreeOfButterflies(const SviSlice& slice) noexcept
{
    if (!(slice.leastVariance() > 0) || !(slice.leftSlope() <= 2) || !(slice.rightSlope() <= 2))
        return false;
    const Bernstein polynomial = butterflyPolynomial(slice);
    if (signChanges(polynomial) == 0)
        return polynomial[degree / 2] >= 0;
    return polynomial.front() >= 0 && polynomial.back() >= 0 && rootsOfDurrleman(slice, polynomial).count < 2;
}

std::vector<MoneynessInterval> findButterflies(const SviSlice& slice)
{
    if (!(slice.leastVariance() > 0))
        return {negativeVariance(slice)};
    const Bernstein polynomial = butterflyPolynomial(slice);
    const auto roots = rootsOfDurrleman(slice, polynomial);
    const auto g = [&](double k) { return durrleman(slice.at(k), k); };
    const double scale = 10 * (1 + std::abs(slice.m) + slice.sigma);
    std::vector<MoneynessInterval> out;
    for (std::size_t i = 0; i <= roots.count; ++i) {
        const double low = i == 0 ? -infinity : roots.at[i - 1];
        const double high = i == roots.count ? infinity : roots.at[i];
        const bool isWing = i == 0 || i == roots.count;
        const bool isNegative =
            isWing ? (i == 0 ? polynomial.front() : polynomial.back()) < 0 : g(0.5 * (low + high)) < 0;
        if (!isNegative)
            continue;
        double reach = scale;
        for (const double end : {low, high})
            reach = std::isfinite(end) ? std::max(reach, 2 * std::abs(end)) : reach;
        const MoneynessInterval found = leastOn(g, clipped(low, reach), clipped(high, reach));
        const double bottom = bottomOfDurrleman(slice, found);
        out.push_back({low, high, g(bottom), bottom});
    }
    return out;
}

bool isCalendarFree(const SviSlice& earlier, const SviSlice& later) noexcept
{
    const Crossings crossings = crossingsOf(earlier, later);
    if (crossings.leftSlope < 0 || crossings.rightSlope < 0)
        return false;
    const auto isBelow = [&](double k) { return later.totalVariance(k) - earlier.totalVariance(k) < -calendarNoise; };
    double left = -crossings.scale;
    for (std::size_t i = 0; i <= crossings.breaks.count; ++i) {
        const double right = i < crossings.breaks.count ? crossings.breaks.at[i] : crossings.scale;
        if (isBelow(left) || isBelow(0.5 * (left + right)))
            return false;
        left = right;
    }
    return !isBelow(left);
}

std::vector<MoneynessInterval> findCalendarCrossings(const SviSlice& earlier, const SviSlice& later)
{
    const Crossings crossings = crossingsOf(earlier, later);
    const auto difference = [&](double k) { return later.totalVariance(k) - earlier.totalVariance(k); };
    std::vector<MoneynessInterval> out;
    const auto add = [&](double low, double high) {
        if (!out.empty() && out.back().high == low)
            out.back().high = high;
        else
            out.push_back({low, high, 0, 0});
    };
    // Stretches between break points, and beyond the last of them a stretch and the wing.
    std::vector<double> ends{-infinity, -crossings.scale};
    ends.insert(ends.end(), crossings.breaks.at.begin(),
                crossings.breaks.at.begin() + static_cast<std::ptrdiff_t>(crossings.breaks.count));
    ends.insert(ends.end(), {crossings.scale, infinity});
    for (std::size_t i = 0; i + 1 < ends.size(); ++i) {
        const bool isLeftWing = i == 0, isRightWing = i + 2 == ends.size();
        bool isBelow = false;
        if (isLeftWing)
            isBelow = crossings.leftSlope < 0 || difference(ends[1]) < -calendarNoise;
        else if (isRightWing)
            isBelow = crossings.rightSlope < 0 || difference(ends[i]) < -calendarNoise;
        else
            isBelow = difference(0.5 * (ends[i] + ends[i + 1])) < -calendarNoise;
        if (isBelow)
            add(ends[i], ends[i + 1]);
    }
    for (MoneynessInterval& interval : out) {
        const MoneynessInterval found =
            leastOn(difference, clipped(interval.low, crossings.scale), clipped(interval.high, crossings.scale));
        interval.worst = found.worst;
        interval.worstAt = found.worstAt;
    }
    return out;
}

} // namespace vegadesk::pricing
