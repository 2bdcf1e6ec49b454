#pragma once

#include <cmath>
#include <limits>

namespace vegadesk::pricing
{

inline constexpr double inverseSqrtTwo = 0.70710678118654752440;
inline constexpr double inverseSqrtPi = 0.56418958354775628695;
inline constexpr double inverseSqrtTwoPi = 0.39894228040143267794;

/// exp(z²) erfc(z) for z >= 0, without overflow or underflow.
///
/// Errors  within 3 ulp; NaN in gives NaN out. z < 0 is outside the fit and not meaningful.
/// Source  our own rational fits to 60-digit values: degree 8/9 on [0, 4] with relative error 3.5e-19, and
/// 5/5 in
///         1/z² beyond with 9.8e-18. Every coefficient is positive, so evaluation loses nothing to
///         cancellation.
inline double erfcx(double z) noexcept
{
    if (!(z > 4)) {
        const double numerator =
            1.0 + z * (1.8106078104144960805 +
                       z * (1.6434774326206449899 +
                            z * (0.93632087009055409 +
                                 z * (0.36089339929566054849 +
                                      z * (0.095694497098673612981 +
                                           z * (0.017016195508789895012 +
                                                z * (0.0018588562730713852876 + z * 0.00009609065243153603067)))))));
        const double denominator =
            1.0 +
            z * (2.938986977510008781 +
                 z * (3.9597691104079395319 +
                      z * (3.2177076413370272402 +
                           z * (1.7427796756994901139 +
                                z * (0.65465807093723264126 +
                                     z * (0.17126178629316411843 +
                                          z * (0.030245557928363941124 +
                                               z * (0.0032947378420854444297 + z * 0.00017031622928852061321))))))));
        return numerator / denominator;
    }
    const double u = 1 / (z * z);
    const double numerator =
        0.56418958354775628142 +
        u * (12.237672868991789112 +
             u * (84.59347261705900597 +
                  u * (215.68214756427011905 + u * (172.18607082571184323 + u * 19.37193134446270031))));
    const double denominator =
        1.0 + u * (22.190710402766402542 +
                   u * (160.28338150299915945 +
                        u * (447.66031095882629384 + u * (443.85456771265310497 + u * 104.95375601689477468))));
    return numerator / (denominator * z);
}

inline double normalDensity(double x) noexcept
{
    return inverseSqrtTwoPi * std::exp(-0.5 * x * x);
}

/// P(Z <= x), in both tails to within 2 + x² ulp, which the rounding of x itself already costs; 0 below about -38.5.
inline double normalCdf(double x) noexcept
{
    return 0.5 * std::erfc(-x * inverseSqrtTwo);
}

} // namespace vegadesk::pricing
