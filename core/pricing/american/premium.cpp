#include "pricing/american/boundary.h"

#include "pricing/black_scholes.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "pricing/american/premium.cpp"
#include <hwy/foreach_target.h>

#include "pricing/american/normal-inl.h"
#include "pricing/simd/dispatch.h"

HWY_BEFORE_NAMESPACE();
namespace vegadesk::pricing::HWY_NAMESPACE
{

using namespace american_detail;

/// Points of one panel of the integral over time, with the boundary's variable and its sensitivities there.
struct Panel {
    alignas(64) std::array<double, pointCount> sine, weight, squares, squaresByVol, squaresByRate;
};

void accumulate(const std::array<double, pointCount>& row, double factor, std::array<double, pointCount>& out)
{
    for (std::size_t k = 0; k < pointCount; ++k)
        out[k] += row[k] * factor;
}

/// The whole integral in one panel, from tables.
void fillWhole(const Boundary& boundary, bool withGreeks, Panel& panel)
{
    const Collocation& tables = Collocation::tables();
    for (std::size_t k = 0; k < pointCount; ++k) {
        panel.sine[k] = tables.points[k].sine;
        panel.weight[k] = tables.points[k].weight;
        panel.squares[k] = panel.squaresByVol[k] = panel.squaresByRate[k] = 0;
    }
    for (std::size_t j = 0; j < nodeCount; ++j) {
        accumulate(tables.toPoints[j], boundary.squares[j], panel.squares);
        if (withGreeks) {
            accumulate(tables.toPoints[j], boundary.squaresByVol[j], panel.squaresByVol);
            accumulate(tables.toPoints[j], boundary.squaresByRate[j], panel.squaresByRate);
        }
    }
}

/// A part of the integral, between two angles.
void fillPart(const Boundary& boundary, double from, double to, Panel& panel)
{
    const Collocation& tables = Collocation::tables();
    const double stretch = std::sqrt(boundary.inputs.years / boundary.horizon);
    for (std::size_t k = 0; k < pointCount; ++k) {
        const double angle = from + 0.5 * (to - from) * (1 + tables.abscissae[k]);
        const double cosine = std::cos(angle);
        panel.sine[k] = std::sin(angle);
        panel.weight[k] = 0.5 * (to - from) * tables.gaussWeights[k] * 2 * panel.sine[k] * cosine;
        if (cosine * stretch > 1) {
            const double y = boundary.lateVariable(boundary.inputs.years * cosine * cosine);
            const double growth = y / std::sqrt(boundary.squares.back());
            panel.squares[k] = y * y;
            panel.squaresByVol[k] = growth * boundary.squaresByVol.back();
            panel.squaresByRate[k] = growth * boundary.squaresByRate.back();
            continue;
        }
        const auto row = tables.interpolation(cosine * stretch);
        panel.squares[k] = panel.squaresByVol[k] = panel.squaresByRate[k] = 0;
        for (std::size_t j = 0; j < nodeCount; ++j) {
            panel.squares[k] += row[j] * boundary.squares[j];
            panel.squaresByVol[k] += row[j] * boundary.squaresByVol[j];
            panel.squaresByRate[k] += row[j] * boundary.squaresByRate[j];
        }
    }
}

struct Spot {
    double level, logLevel; // spot over strike, and its logarithm
    RateGreek rate;
};

/// What one panel adds to price and, WithGreeks, to delta, gamma, vega and rho.
template<bool WithGreeks>
void addPanel(const Boundary& boundary, const Spot& spot, const Panel& panel, PutValue& out)
{
    const PutInputs& in = boundary.inputs;
    const Doubles d;
    const Lanes one = set(1.0), vol = set(in.vol), limit = set(boundary.limit);
    const Lanes rate = set(in.rate), yield = set(in.yield);
    const Lanes carry = set(in.rate - in.yield);
    const Lanes base = set(spot.logLevel - boundary.logStart);
    const Lanes inverseSpot = set(1 / spot.level);
    const Lanes forRate = set(spot.rate == RateGreek::Rate ? 1.0 : 0.0);
    const Lanes forYield = hn::Sub(one, forRate);
    Lanes price = set(0), delta = price, gamma = price, vega = price, rho = price;
    for (std::size_t k = 0; k < pointCount; k += hn::Lanes(d)) {
        const Lanes root = hn::Mul(set(std::sqrt(in.years)), hn::Load(d, &panel.sine[k]));
        const Lanes time = hn::Mul(root, root);
        const Lanes weight = hn::Mul(set(in.years), hn::Load(d, &panel.weight[k]));
        const Lanes y = hn::Sqrt(hn::Max(hn::Load(d, &panel.squares[k]), set(1e-200)));
        const Lanes remaining = hn::Mul(limit, exponential(hn::Neg(y)));
        const Lanes fall = hn::Sub(limit, remaining);
        const Lanes inverse = hn::Div(one, hn::Mul(vol, root)); // 1 / (vol sqrt v)
        const Lanes middle = hn::Mul(hn::Add(hn::Add(base, fall), hn::Mul(carry, time)), inverse);
        const Lanes half = hn::Mul(set(0.5), hn::Mul(vol, root));
        const Normal lower = normal(hn::Sub(half, middle)); // N(-d2): the boundary's side
        const Normal upper = normal(hn::Neg(hn::Add(half, middle)));
        const Lanes low = lower.probability, lowDensity = lower.density;
        const Lanes high = upper.probability, highDensity = upper.density;
        const Lanes strikeLeg = hn::Mul(weight, exponential(hn::Neg(hn::Mul(rate, time))));
        const Lanes spotLeg = hn::Mul(weight, hn::Mul(set(spot.level), exponential(hn::Neg(hn::Mul(yield, time)))));
        const Lanes interest = hn::Mul(rate, strikeLeg);
        const Lanes dividend = hn::Mul(yield, spotLeg);
        price = hn::Add(price, hn::Sub(hn::Mul(interest, low), hn::Mul(dividend, high)));
        if constexpr (WithGreeks) {
            const Lanes d1 = hn::Add(middle, half), d2 = hn::Sub(middle, half);
            const Lanes interestFlow = hn::Mul(hn::Mul(interest, lowDensity), inverse);
            const Lanes dividendFlow = hn::Mul(hn::Mul(dividend, highDensity), inverse);
            delta = hn::Add(delta, hn::Sub(hn::Sub(dividendFlow, interestFlow), hn::Mul(dividend, high)));
            gamma = hn::Add(gamma, hn::Sub(hn::Mul(interestFlow, hn::MulAdd(d2, inverse, one)),
                                           hn::Mul(dividendFlow, hn::Sub(hn::Mul(d1, inverse), one))));
            // How the boundary's fall moves with volatility and rate.
            const Lanes gain = hn::IfThenElseZero(hn::Gt(y, set(1e-99)), hn::Div(remaining, hn::Add(y, y)));
            const Lanes byVol = hn::MulAdd(gain, hn::Load(d, &panel.squaresByVol[k]),
                                           hn::Mul(set(boundary.limitByVol / boundary.limit), fall));
            const Lanes fallByRate = hn::MulAdd(gain, hn::Load(d, &panel.squaresByRate[k]),
                                                hn::Mul(set(boundary.limitByRate / boundary.limit), fall));
            const Lanes byRate =
                hn::Add(fallByRate, hn::Sub(hn::Mul(hn::Sub(forRate, forYield), time), set(boundary.logStartByRate)));
            const Lanes net = hn::Sub(dividendFlow, interestFlow);
            vega = hn::MulAdd(net, byVol, vega);
            vega = hn::Add(vega, hn::Mul(hn::Sub(hn::Mul(interestFlow, d1), hn::Mul(dividendFlow, d2)), root));
            rho = hn::MulAdd(net, byRate, rho);
            rho = hn::MulAdd(hn::Mul(forRate, hn::Mul(strikeLeg, low)), hn::NegMulAdd(rate, time, one), rho);
            rho = hn::NegMulAdd(hn::Mul(forYield, hn::Mul(spotLeg, high)), hn::NegMulAdd(yield, time, one), rho);
        }
    }
    out.price += hn::GetLane(hn::SumOfLanes(d, price));
    if constexpr (WithGreeks) {
        out.delta += hn::GetLane(hn::SumOfLanes(d, hn::Mul(delta, inverseSpot)));
        out.gamma += hn::GetLane(hn::SumOfLanes(d, hn::Mul(gamma, hn::Mul(inverseSpot, inverseSpot))));
        out.vega += hn::GetLane(hn::SumOfLanes(d, vega));
        out.rho += hn::GetLane(hn::SumOfLanes(d, rho));
    }
}

/// Angles that cut the integral: layers where a spot beside the boundary makes the integrand a step, the time from
/// which the boundary follows its late law, and the date on which a nearly certain forward meets it.
class Cuts
{
public:
    Cuts(const Boundary& boundary, double distance)
    {
        const PutInputs& in = boundary.inputs;
        // Where the boundary relaxes within the term, the rest of the integral is less smooth too.
        const double widest = boundary.relaxation > 0.5 ? 1.0 : 0.5;
        for (double angle = 2 * distance; angle < widest && m_count < layers; angle *= 4)
            cut(angle);
        if (boundary.horizon < in.years)
            cut(std::acos(std::sqrt(boundary.horizon / in.years)));
        // A falling forward that little noise surrounds crosses the boundary at a date.
        const double fall = in.yield - in.rate;
        const double date = distance * in.vol * std::sqrt(in.years) / fall;
        const double blur = 6 * in.vol * std::sqrt(date) / fall;
        if (fall > 0 && date < in.years && blur < 0.5 * date) {
            cut(std::asin(std::sqrt((date - blur) / in.years)));
            cut(std::asin(std::sqrt(std::min(1.0, (date + blur) / in.years))));
        }
        std::sort(m_angles.begin(), m_angles.begin() + static_cast<std::ptrdiff_t>(m_count));
        cut(std::numbers::pi / 2);
    }
    std::span<const double> ends() const { return {m_angles.data(), m_count}; }

private:
    void cut(double angle) { m_angles[m_count++] = angle; }

    static constexpr std::size_t layers = 24; // down to a distance of 1e-17 deviations
    std::array<double, layers + 4> m_angles{};
    std::size_t m_count = 0;
};

template<bool WithGreeks>
PutValue value(const Boundary& boundary, double level, RateGreek rate)
{
    const PutInputs& in = boundary.inputs;
    const Spot spot{level, std::log(level), rate};
    const double distance = (spot.logLevel - boundary.logNow()) / (in.vol * std::sqrt(in.years));
    if (distance <= 0)
        return {1 - level, -1, 0, 0, 0, 0};
    PutValue out;
    const MarketPoint market{level, in.rate, in.yield};
    if constexpr (WithGreeks) {
        const Greeks european = blackScholes(Right::Put, market, 1, in.years, in.vol);
        out = {european.price,
               european.delta,
               european.gamma,
               european.vega,
               0,
               rate == RateGreek::Rate ? european.rho : -in.years * level * european.delta};
    } else {
        out.price = blackScholesPrice(Right::Put, market, 1, in.years, in.vol);
    }
    Panel panel;
    const Cuts cuts(boundary, distance);
    if (cuts.ends().size() == 1) {
        fillWhole(boundary, WithGreeks, panel);
        addPanel<WithGreeks>(boundary, spot, panel, out);
    } else {
        double from = 0;
        for (const double to : cuts.ends()) {
            fillPart(boundary, from, to, panel);
            addPanel<WithGreeks>(boundary, spot, panel, out);
            from = to;
        }
    }
    out.price = std::max(out.price, 1 - level);
    if constexpr (WithGreeks) // the equation that holds while the option is kept
        out.theta = in.rate * out.price - (in.rate - in.yield) * level * out.delta -
                    0.5 * in.vol * in.vol * level * level * out.gamma;
    return out;
}

PutValue valueWithGreeks(const Boundary& boundary, double spot, RateGreek rate)
{
    return value<true>(boundary, spot, rate);
}

double priceAlone(const Boundary& boundary, double spot)
{
    return value<false>(boundary, spot, RateGreek::Rate).price;
}

/// What the whole integral takes from the boundary alone: of addPanel<false>()'s terms all that do not hang on the spot.
struct SharedPanel {
    alignas(64) std::array<double, pointCount> inverse, half, shift, interest, dividend;

    explicit SharedPanel(const Boundary& boundary)
    {
        Panel panel;
        fillWhole(boundary, false, panel);
        const PutInputs& in = boundary.inputs;
        const Doubles d;
        const Lanes vol = set(in.vol), limit = set(boundary.limit), rate = set(in.rate), yield = set(in.yield);
        for (std::size_t k = 0; k < pointCount; k += hn::Lanes(d)) {
            const Lanes root = hn::Mul(set(std::sqrt(in.years)), hn::Load(d, &panel.sine[k]));
            const Lanes time = hn::Mul(root, root);
            const Lanes weight = hn::Mul(set(in.years), hn::Load(d, &panel.weight[k]));
            const Lanes y = hn::Sqrt(hn::Max(hn::Load(d, &panel.squares[k]), set(1e-200)));
            const Lanes fall = hn::NegMulAdd(limit, exponential(hn::Neg(y)), limit);
            const Lanes deviation = hn::Mul(vol, root);
            hn::Store(hn::Div(set(1), deviation), d, &inverse[k]);
            hn::Store(hn::Mul(set(0.5), deviation), d, &half[k]);
            hn::Store(hn::MulAdd(set(in.rate - in.yield), time, fall), d, &shift[k]);
            hn::Store(hn::Mul(hn::Mul(rate, weight), exponential(hn::Neg(hn::Mul(rate, time)))), d, &interest[k]);
            hn::Store(hn::Mul(hn::Mul(yield, weight), exponential(hn::Neg(hn::Mul(yield, time)))), d, &dividend[k]);
        }
    }

    /// The premium at a spot; `base` is the logarithm of the spot over where the boundary starts.
    double premium(double level, double base) const
    {
        const Doubles d;
        Lanes sum = set(0);
        for (std::size_t k = 0; k < pointCount; k += hn::Lanes(d)) {
            const Lanes middle = hn::Mul(hn::Add(set(base), hn::Load(d, &shift[k])), hn::Load(d, &inverse[k]));
            const Lanes width = hn::Load(d, &half[k]);
            const Lanes low = normal(hn::Sub(width, middle)).probability;
            const Lanes high = normal(hn::Neg(hn::Add(width, middle))).probability;
            const Lanes spotLeg = hn::Mul(set(level), hn::Load(d, &dividend[k]));
            sum = hn::Add(sum, hn::NegMulAdd(spotLeg, high, hn::Mul(hn::Load(d, &interest[k]), low)));
        }
        return hn::GetLane(hn::SumOfLanes(d, sum));
    }
};

void pricesAlone(const Boundary& boundary, std::span<const double> spots, std::span<double> prices)
{
    constexpr std::size_t blockSize = 32;
    const PutInputs& in = boundary.inputs;
    const double deviation = in.vol * std::sqrt(in.years), logNow = boundary.logNow();
    const SharedPanel shared(boundary);
    std::array<double, blockSize> strikes, vols, european;
    vols.fill(in.vol);
    for (std::size_t first = 0; first < spots.size(); first += blockSize) {
        const std::size_t count = std::min(blockSize, spots.size() - first);
        // A put of strike 1 is worth its spot times one on a spot of 1.
        for (std::size_t i = 0; i < count; ++i)
            strikes[i] = 1 / spots[first + i];
        GreeksView view;
        view.price = std::span(european).first(count);
        blackScholesStrip(Right::Put, {1, in.rate, in.yield}, in.years, std::span(strikes).first(count),
                          std::span(vols).first(count), view);
        for (std::size_t i = 0; i < count; ++i) {
            const double level = spots[first + i], logLevel = std::log(level);
            const double distance = (logLevel - logNow) / deviation;
            double& price = prices[first + i];
            if (distance <= 0)
                price = 1 - level;
            else if (Cuts(boundary, distance).ends().size() > 1)
                price = priceAlone(boundary, level);
            else
                price = std::max(level * european[i] + shared.premium(level, logLevel - boundary.logStart), 1 - level);
        }
    }
}

} // namespace vegadesk::pricing::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vegadesk::pricing::american_detail
{

PutValue putAbove(const Boundary& boundary, double spot, RateGreek rate) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(valueWithGreeks);
    return simd::chosen(paths)(boundary, spot, rate);
}

double putPriceAbove(const Boundary& boundary, double spot) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(priceAlone);
    return simd::chosen(paths)(boundary, spot);
}

void putPricesAbove(const Boundary& boundary, std::span<const double> spots, std::span<double> prices) noexcept
{
    static constexpr auto paths = VEGADESK_SIMD_PATHS(pricesAlone);
    simd::chosen(paths)(boundary, spots, prices);
}

} // namespace vegadesk::pricing::american_detail
#endif
