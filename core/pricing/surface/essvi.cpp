#include "pricing/surface/essvi.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace vegadesk::pricing
{

namespace
{

constexpr std::size_t mostQuotes = 24;
constexpr double strictly = 1 - 1e-6; // inside a bound, so that rounding does not put us outside
constexpr double flattest = 1e-4;     // of psi: a slice of no slope at all has no phi to compare
constexpr double steepestRho = 0.95;
constexpr double robustErrors = 3;

/// A target thinned out, in total variance.
class Sample
{
public:
    explicit Sample(const SliceTarget& target)
    {
        const std::size_t step = 1 + (target.k.size() - 1) / mostQuotes;
        for (std::size_t i = 0; i < target.k.size(); i += step) {
            m_k[m_count] = target.k[i];
            m_w[m_count] = target.vol[i] * target.vol[i] * target.years;
            m_perError[m_count++] = 1 / (2 * target.vol[i] * target.years * target.error[i]);
        }
    }
    double cost(const EssviSlice& slice) const
    {
        const SviSlice svi = slice.toSvi();
        double sum = 0;
        for (std::size_t i = 0; i < m_count; ++i) {
            const double size = std::abs((svi.totalVariance(m_k[i]) - m_w[i]) * m_perError[i]);
            sum += size <= robustErrors ? size * size : robustErrors * (2 * size - robustErrors);
        }
        return sum;
    }

private:
    std::array<double, mostQuotes> m_k, m_w, m_perError;
    std::size_t m_count = 0;
};

template<class F>
double goldenSection(const F& f, double low, double high, int steps)
{
    constexpr double golden = 0.61803398874989485;
    double inner = high - golden * (high - low), outer = low + golden * (high - low);
    double atInner = f(inner), atOuter = f(outer);
    for (int i = 0; i < steps; ++i) {
        if (atInner < atOuter) {
            high = outer;
            outer = inner;
            atOuter = atInner;
            inner = high - golden * (high - low);
            atInner = f(inner);
        } else {
            low = inner;
            inner = outer;
            atInner = atOuter;
            outer = low + golden * (high - low);
            atOuter = f(outer);
        }
    }
    return 0.5 * (low + high);
}

struct Range {
    double low, high;
};

/// What the slice before and the wings leave for psi; empty when low > high.
Range psiRange(const std::optional<EssviSlice>& earlier, double theta, double rho)
{
    Range out{flattest * std::min(1.0, theta), strictly * steepestPsi(theta, rho)};
    if (earlier) {
        const double wings = std::max((1 + earlier->rho) / (1 + rho), (1 - earlier->rho) / (1 - rho));
        out.low = std::max(out.low, earlier->psi * wings);
        out.high = std::min(out.high, earlier->psi * theta / earlier->theta);
    }
    return out;
}

double leastTheta(const std::optional<EssviSlice>& earlier)
{
    return earlier ? earlier->theta * (1 + 1e-6) : 1e-10;
}

struct Candidate {
    EssviSlice slice;
    double cost = std::numeric_limits<double>::infinity();
};

void tryRho(const Sample& sample, const std::optional<EssviSlice>& earlier, double theta, double rho, Candidate& best)
{
    const Range range = psiRange(earlier, theta, rho);
    if (!(range.low <= range.high))
        return;
    const auto cost = [&](double psi) { return sample.cost({theta, rho, psi}); };
    const double psi = goldenSection(cost, range.low, range.high, 10);
    if (const double found = cost(psi); found < best.cost)
        best = {{theta, rho, psi}, found};
}

EssviSlice fitShape(const SliceTarget& target, const std::optional<EssviSlice>& earlier)
{
    const Sample sample(target);
    const double theta = std::max(leastTheta(earlier), varianceAtTheMoney(target));
    // The earlier rho always leaves room: psi may stay what it was.
    Candidate best;
    if (earlier)
        tryRho(sample, earlier, theta, earlier->rho, best);
    constexpr int steps = 9;
    for (int i = -steps; i <= steps; ++i)
        tryRho(sample, earlier, theta, steepestRho * i / steps, best);
    const double centre = best.slice.rho, width = steepestRho / steps;
    for (const double step : {-0.67, -0.33, 0.33, 0.67})
        tryRho(sample, earlier, theta, std::clamp(centre + step * width, -steepestRho, steepestRho), best);
    return best.slice;
}

/// phi for a level alone: the skew of a smile in standard deviations changes little between neighbours.
EssviSlice withLevel(double theta, const std::optional<EssviSlice>& earlier, const std::optional<EssviSlice>& shape)
{
    EssviSlice out{theta, earlier ? earlier->rho : shape ? shape->rho : 0, 0};
    const Range range = psiRange(earlier, theta, out.rho);
    const double wanted = shape ? shape->psi * std::sqrt(theta / shape->theta) : 0;
    out.psi = std::clamp(wanted, range.low, std::max(range.low, range.high));
    return out;
}

EssviSlice fitLevel(const SliceTarget& target, const std::optional<EssviSlice>& earlier,
                    const std::optional<EssviSlice>& shape)
{
    const Sample sample(target);
    double low = std::numeric_limits<double>::infinity(), high = 0;
    for (const double vol : target.vol) {
        low = std::min(low, 0.3 * vol * vol * target.years);
        high = std::max(high, 2 * vol * vol * target.years);
    }
    const double least = leastTheta(earlier);
    const auto cost = [&](double level) { return sample.cost(withLevel(std::exp(level), earlier, shape)); };
    const double level =
        goldenSection(cost, std::log(std::max(low, least)), std::log(std::max(high, 1.01 * least)), 40);
    return withLevel(std::max(least, std::exp(level)), earlier, shape);
}

} // namespace

SviSlice EssviSlice::toSvi() const noexcept
{
    const double phi = psi / theta, cosine = (1 - rho) * (1 + rho);
    return {0.5 * theta * cosine, 0.5 * psi, rho, -rho / phi, std::sqrt(cosine) / phi};
}

double steepestPsi(double theta, double rho) noexcept
{
    const double side = 1 + std::abs(rho);
    return std::min(4 / side, 2 * std::sqrt(theta / side));
}

bool mayFollow(const EssviSlice& earlier, const EssviSlice& later) noexcept
{
    const double rounding = 1 - 1e-12;
    return later.theta >= earlier.theta * rounding &&
           later.psi * (1 + later.rho) >= earlier.psi * (1 + earlier.rho) * rounding &&
           later.psi * (1 - later.rho) >= earlier.psi * (1 - earlier.rho) * rounding &&
           later.psi * earlier.theta * rounding <= earlier.psi * later.theta;
}

std::vector<EssviFit> fitEssviChain(std::span<const SliceTarget> targets)
{
    std::vector<EssviFit> out;
    std::optional<EssviSlice> earlier;
    std::optional<EssviSlice> shape; // of the nearest slice that has one of its own
    for (const SliceTarget& target : targets) {
        if (!shape) {
            const auto first =
                std::ranges::find_if(targets, [](const SliceTarget& each) { return each.k.size() >= fewestForShape; });
            if (first != targets.end())
                shape = fitShape(*first, std::nullopt);
        }
        EssviFit fit;
        fit.isShapeBorrowed = target.k.size() < fewestForShape;
        fit.slice = fit.isShapeBorrowed ? fitLevel(target, earlier, shape) : fitShape(target, earlier);
        if (!fit.isShapeBorrowed)
            shape = fit.slice;
        earlier = fit.slice;
        out.push_back(fit);
    }
    return out;
}

} // namespace vegadesk::pricing
