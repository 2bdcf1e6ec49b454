#pragma once

namespace vegadesk::pricing
{

/// The normalised Black function of an out-of-the-money option,
///     b(x, s) = e^{x/2} N(x/s + s/2) - e^{-x/2} N(x/s - s/2),   x = ln(F/K) <= 0,  s = vol sqrt(T) > 0,
/// as what a root search needs, safe where b itself underflows.
///
/// Source  Jaeckel, "Let's be rational" (2015), eqs. 2.4 to 2.13; the series for small s is our own expansion
/// of the
///         Mills ratio about x/s.
struct NormalisedBlack {
    double value;          ///< b, 0 where it underflows
    double logValue;       ///< ln b, always finite
    double slope;          ///< b' = d b / d s
    double logSlope;       ///< b' / b, finite where both underflow
    double curvatureRatio; ///< b'' / b'
    double thirdRatio;     ///< b''' / b'
};
NormalisedBlack normalisedBlack(double x, double s) noexcept;

/// e^{x/2} - b(x, s), which keeps its digits where b runs into its upper bound.
double normalisedBlackComplement(double x, double s) noexcept;

/// The s with b(x, s) = value, for x <= 0 and 0 < value < e^{x/2}; `complement` is e^{x/2} - value, which the
/// caller may know more precisely. Accurate to the input's own rounding. NaN only when the arguments are
/// outside.
double solveNormalisedBlack(double x, double value, double complement) noexcept;

} // namespace vegadesk::pricing
