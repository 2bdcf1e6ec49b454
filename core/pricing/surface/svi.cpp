#include "pricing/surface/svi.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>

namespace vegadesk::pricing
{

double SviSlice::totalVariance(double k) const noexcept
{
    const double x = k - m;
    return a + b * (rho * x + std::sqrt(x * x + sigma * sigma));
}

VarianceAt SviSlice::at(double k) const noexcept
{
    const double x = k - m;
    const double root = std::sqrt(x * x + sigma * sigma);
    const double second = b * sigma * sigma / (root * root * root);
    return {a + b * (rho * x + root), b * (rho + x / root), second, -3 * x * second / (root * root)};
}

double SviSlice::leastVariance() const noexcept
{
    return a + b * sigma * std::sqrt(std::max(0.0, (1 - rho) * (1 + rho)));
}

SviSlice flatSlice(double totalVariance) noexcept
{
    return {totalVariance, 0, 0, 0, 1};
}

base::Result<void> checkSlice(const SviSlice& slice)
{
    if (!std::isfinite(slice.a) || !std::isfinite(slice.m))
        return base::badInput("SVI a or m", fmt::format("{}, {}", slice.a, slice.m), "finite numbers");
    if (!(slice.b >= 0) || !std::isfinite(slice.b))
        return base::badInput("SVI b", fmt::format("{}", slice.b), "0 or more");
    if (!(std::abs(slice.rho) <= 1))
        return base::badInput("SVI rho", fmt::format("{}", slice.rho), "-1 to 1");
    if (!(slice.sigma > 0) || !std::isfinite(slice.sigma))
        return base::badInput("SVI sigma", fmt::format("{}", slice.sigma), "a positive number");
    if (!(slice.leastVariance() >= 0))
        return base::badInput("SVI least variance", fmt::format("{}", slice.leastVariance()), "0 or more");
    return {};
}

double durrleman(const VarianceAt& variance, double k) noexcept
{
    const auto [w, w1, w2, w3] = variance;
    if (!(w > 0))
        return std::numeric_limits<double>::quiet_NaN();
    const double level = 1 - 0.5 * k * w1 / w;
    return level * level - 0.25 * w1 * w1 * (1 / w + 0.25) + 0.5 * w2;
}

double durrlemanSlope(const VarianceAt& variance, double k) noexcept
{
    const auto [w, w1, w2, w3] = variance;
    if (!(w > 0))
        return std::numeric_limits<double>::quiet_NaN();
    const double level = 1 - 0.5 * k * w1 / w;
    const double levelSlope = -0.5 * (w1 / w + k * (w2 / w - w1 * w1 / (w * w)));
    return 2 * level * levelSlope - 0.5 * w1 * w2 * (1 / w + 0.25) + 0.25 * w1 * w1 * w1 / (w * w) + 0.5 * w3;
}

SviJumpWings toJumpWings(const SviSlice& slice, double years) noexcept
{
    const auto [a, b, rho, m, sigma] = slice;
    const double root = std::sqrt(m * m + sigma * sigma);
    const double atTheMoney = a + b * (root - rho * m);
    const double scale = b / std::sqrt(atTheMoney);
    return {atTheMoney / years, 0.5 * scale * (rho - m / root), scale * (1 - rho), scale * (1 + rho),
            slice.leastVariance() / years};
}

base::Result<SviSlice> fromJumpWings(const SviJumpWings& wings, double years)
{
    const auto [v, psi, p, c, least] = wings;
    if (!(years > 0))
        return base::badInput("years", fmt::format("{}", years), "a positive number");
    if (!(v > 0))
        return base::badInput("variance at the money", fmt::format("{}", v), "a positive number");
    if (!(p >= 0) || !(c >= 0) || !(p + c > 0))
        return base::badInput("wing slopes", fmt::format("{}, {}", p, c), "0 or more, and not both 0");
    if (!(least >= 0) || !(least <= v))
        return base::badInput("least variance", fmt::format("{}", least), "0 to the variance at the money");
    const double rho = (c - p) / (c + p);
    const double beta = rho - 4 * psi / (c + p);
    if (!(std::abs(beta) < 1))
        return base::badInput("skew", fmt::format("{}", psi), "between -p / 2 and c / 2");
    if (psi == 0)
        return base::badInput("skew", "0", "another number: without skew the curvature is not determined");
    const double sine = std::sin(0.5 * (std::asin(rho) - std::asin(beta)));
    const double b = 0.5 * std::sqrt(v * years) * (c + p);
    const double root = (v - least) * years / (2 * b * sine * sine);
    const double sigma = root * std::sqrt((1 - beta) * (1 + beta));
    if (!(sigma > 0))
        return base::badInput("least variance", fmt::format("{}", least), "below the variance at the money");
    return SviSlice{least * years - b * sigma * std::sqrt((1 - rho) * (1 + rho)), b, rho, root * beta, sigma};
}

SviJumpWings repairedByFormula(const SviJumpWings& wings) noexcept
{
    SviJumpWings out = wings;
    out.callSlope = wings.putSlope + 2 * wings.skew;
    const double sum = wings.putSlope + out.callSlope;
    out.leastVariance = wings.variance * 4 * wings.putSlope * out.callSlope / (sum * sum);
    return out;
}

} // namespace vegadesk::pricing
