#include "pricing/fourier/strip.h"

#include "pricing/fourier/contour.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::pricing::fourier
{

namespace
{

constexpr std::size_t chunkSize = 64;
constexpr int maxRefinements = 6;
constexpr double relativeTolerance = 1e-9;
constexpr double absoluteTolerance = 1e-14;
constexpr double rounding = 4 * std::numeric_limits<double>::epsilon();

/// What the strikes of one expiry share.
struct Expiry {
    Right right;
    const MarketPoint& market;
    const LogReturn& law;
    double spotLeg, strikeDiscount, forward;
    Wanted wanted;
    const StripView& out;

    /// Of the error by the step, beside the terms' size. Derivatives converge a little later than the price; and a
    /// step's error is the square of the one before only for Heston's factor, not for the jumps' that is an exponential
    /// of an exponential.
    double stepTolerance() const { return law.jumps() ? 1e-19 : wanted.greeks || wanted.gradient ? 1e-15 : 1e-14; }
};

void put(std::span<double> column, std::size_t row, double value)
{
    if (!column.empty())
        column[row] = value;
}

void putAll(const StripView& out, std::size_t row, double value)
{
    for (const auto& column : {out.price, out.delta, out.gamma, out.theta, out.rho})
        put(column, row, value);
    for (const auto& column : out.gradient)
        put(column, row, value);
}

/// What a contour's integral is of, by where it crosses the axis.
enum class Payoff { Call, Put, CoveredCall };

Payoff payoffOf(const Contour& contour)
{
    return contour.crossing > 1 ? Payoff::Call : contour.crossing < 0 ? Payoff::Put : Payoff::CoveredCall;
}

/// Legs of spot and of strike to add to the integral to get the option: each is -1, 0 or 1.
struct Legs {
    double spot, strike;
};
Legs legsBetween(Payoff from, Right to)
{
    const bool isCall = to == Right::Call;
    switch (from) {
    case Payoff::Call:
        return isCall ? Legs{0, 0} : Legs{-1, 1};
    case Payoff::Put:
        return isCall ? Legs{1, -1} : Legs{0, 0};
    case Payoff::CoveredCall:
        return isCall ? Legs{1, 0} : Legs{0, 1};
    }
    return {0, 0};
}

void write(const Expiry& expiry, Payoff payoff, std::size_t row, double strike, const Integral& found)
{
    const auto& [right, market, law, spotLeg, strikeDiscount, forward, wanted, out] = expiry;
    const Legs otm = legsBetween(payoff, strike >= forward ? Right::Call : Right::Put);
    const Legs legs = legsBetween(payoff, right);
    const double strikeLeg = strike * strikeDiscount;
    // The out-of-the-money value first: parity from there loses nothing.
    const double outOfTheMoney = spotLeg * found.value + otm.spot * spotLeg + otm.strike * strikeLeg;
    const double most = strike >= forward ? spotLeg : strikeLeg;
    if (!(outOfTheMoney <= most * (1 + 1e-9))) { // no price at all: a law beyond what doubles can integrate
        putAll(out, row, std::numeric_limits<double>::quiet_NaN());
        return;
    }
    const double value = std::clamp(outOfTheMoney, 0.0, most);
    const double intrinsic = (legs.spot - otm.spot) * spotLeg + (legs.strike - otm.strike) * strikeLeg;
    put(out.price, row, value + intrinsic);
    if (wanted.greeks) {
        const double raw = spotLeg * found.value;
        const double rawDelta = spotLeg * found.first; // times spot
        put(out.delta, row, (rawDelta + legs.spot * spotLeg) / market.spot);
        put(out.gamma, row, spotLeg * found.second / (market.spot * market.spot));
        put(out.theta, row,
            market.rate * (raw - rawDelta + legs.strike * strikeLeg) +
                market.dividendYield * (rawDelta + legs.spot * spotLeg) - spotLeg * found.derivative[0]);
        put(out.rho, row, law.years * (rawDelta - raw - legs.strike * strikeLeg));
    }
    if (wanted.gradient) {
        for (std::size_t i = 0; i + 1 < derivativeCount; ++i)
            put(out.gradient[i], row, spotLeg * found.derivative[i + 1]);
    }
}

/// Whether an integral's errors are small; strike and value in units of the forward.
struct Accuracy {
    bool stepIsFine = false; ///< no finer step is needed
    bool isGood = false;     ///< nor another contour
};
Accuracy accuracyOf(Payoff payoff, double strike, double stepTolerance, const Integral& found)
{
    if (found.size < 1e-290)
        return {true, true}; // nothing: too little for a number, let alone a price
    const Legs legs = legsBetween(payoff, strike >= 1 ? Right::Call : Right::Put);
    const double value = std::abs(found.value + legs.spot + legs.strike * strike);
    const double legSize = std::abs(legs.spot) + std::abs(legs.strike) * strike;
    const double change = found.value - found.coarseValue;
    const double byStep = 4 * change * change / found.size;
    const double byRounding = rounding * (found.size + legSize);
    Accuracy out;
    out.stepIsFine = byStep <= std::min(stepTolerance * found.size, relativeTolerance * std::max(value, byRounding));
    out.isGood = out.stepIsFine && found.tail <= absoluteTolerance &&
                 byStep + byRounding + found.tail <= relativeTolerance * std::max(value, 1e-40);
    return out;
}

/// Prices, from one contour through the lead's saddle, every pending strike that it serves well.
void serve(const Expiry& expiry, std::span<const double> strikes, std::span<const double> logStrikes,
           std::span<bool> pending, std::size_t begin, std::size_t lead)
{
    const bool isUp = logStrikes[lead] >= 0;
    LogReturn shape = expiry.law;
    // Jumps that hardly happen still have a derivative, whose integrand must stay small too.
    if (shape.jumps() && expiry.wanted.gradient)
        shape.intensity = std::max(shape.intensity, 1e-2);
    Contour contour = chooseContour(shape, logStrikes[lead]);
    const Payoff payoff = payoffOf(contour);
    const double stepTolerance = expiry.stepTolerance();
    Nodes nodes;
    Integral found;
    const auto evaluate = [&] {
        fillNodes(expiry.law, contour, logStrikes[lead], expiry.wanted, nodes);
        integrate(nodes, logStrikes[lead], expiry.wanted, expiry.law.jumps(), found);
    };
    evaluate();
    for (int refinements = 0; refinements < maxRefinements && nodes.isComplete; ++refinements) {
        if (accuracyOf(payoff, strikes[lead] / expiry.forward, stepTolerance, found).stepIsFine)
            break;
        // The error falls like e^{-constant / step}: as small a step as it takes, but no less than half of it.
        const double change = std::abs(found.value - found.coarseValue) / found.size;
        const double before = contour.step;
        contour.step *= std::clamp(0.9 * std::log(change) / (0.5 * std::log(0.25 * stepTolerance)), 0.5, 0.9);
        evaluate();
        if (!nodes.isComplete) { // cut off: the coarser sum is the better one
            contour.step = before;
            evaluate();
            break;
        }
    }
    write(expiry, payoff, begin + lead, strikes[lead], found);
    pending[lead] = false;
    for (std::size_t i = 0; i < strikes.size(); ++i) {
        if (!pending[i] || (logStrikes[i] >= 0) != isUp)
            continue;
        integrate(nodes, logStrikes[i], expiry.wanted, expiry.law.jumps(), found);
        if (accuracyOf(payoff, strikes[i] / expiry.forward, stepTolerance, found).isGood) {
            write(expiry, payoff, begin + i, strikes[i], found);
            pending[i] = false;
        }
    }
}

/// The pending strike of one wing that is nearest to that wing's mean; none when the wing is done.
std::size_t leadOf(std::span<const double> logStrikes, std::span<const bool> pending, bool isUp)
{
    double sum = 0;
    double count = 0;
    for (std::size_t i = 0; i < logStrikes.size(); ++i) {
        if (pending[i] && (logStrikes[i] >= 0) == isUp) {
            sum += logStrikes[i];
            ++count;
        }
    }
    std::size_t lead = logStrikes.size();
    for (std::size_t i = 0; i < logStrikes.size(); ++i) {
        if (pending[i] && (logStrikes[i] >= 0) == isUp &&
            (lead == logStrikes.size() ||
             std::abs(logStrikes[i] - sum / count) < std::abs(logStrikes[lead] - sum / count)))
            lead = i;
    }
    return lead;
}

/// No randomness left: a step, shared evenly where forward and strike meet.
void writeIntrinsic(const Expiry& expiry, std::size_t row, double strike)
{
    Integral found;
    const double logMoneyness = std::log(expiry.forward / strike);
    const double in = logMoneyness > 0 ? 1 : logMoneyness < 0 ? 0 : 0.5;
    const double gain = 1 - strike / expiry.forward;
    found.value = in * gain;
    found.first = in;
    write(expiry, Payoff::Call, row, strike, found);
}

} // namespace

bool isUsable(const MarketPoint& market, double years) noexcept
{
    constexpr double far = 500; // e^500 times a spot is still a number
    return std::isfinite(years) && years >= 0 && std::isfinite(market.spot) && market.spot > 0 &&
           std::abs(market.rate * years) < far && std::abs(market.dividendYield * years) < far &&
           std::isfinite(market.rate) && std::isfinite(market.dividendYield);
}

void priceStrip(Right right, const MarketPoint& market, const LogReturn& law, std::span<const double> strikes,
                const StripView& out) noexcept
{
    const bool hasGreeks = !(out.delta.empty() && out.gamma.empty() && out.theta.empty() && out.rho.empty());
    const bool hasGradient =
        std::any_of(out.gradient.begin(), out.gradient.end(), [](std::span<double> column) { return !column.empty(); });
    const double spotLeg = market.spot * std::exp(-market.dividendYield * law.years);
    const double strikeDiscount = std::exp(-market.rate * law.years);
    const Expiry expiry{right, market, law, spotLeg, strikeDiscount, spotLeg / strikeDiscount, {hasGreeks, hasGradient},
                        out};
    const bool isCertain = meanVariance(law) <= 0;
    std::array<double, chunkSize> logStrikes;
    std::array<bool, chunkSize> pending;
    for (std::size_t begin = 0; begin < strikes.size(); begin += chunkSize) {
        const auto chunk = strikes.subspan(begin, std::min(chunkSize, strikes.size() - begin));
        for (std::size_t i = 0; i < chunk.size(); ++i) {
            logStrikes[i] = std::log(chunk[i] / expiry.forward);
            pending[i] = std::isfinite(chunk[i]) && chunk[i] > 0 && !isCertain;
            if (pending[i])
                continue;
            if (isCertain && std::isfinite(chunk[i]) && chunk[i] > 0)
                writeIntrinsic(expiry, begin + i, chunk[i]);
            else
                putAll(out, begin + i, std::numeric_limits<double>::quiet_NaN());
        }
        const std::span<const double> ks(logStrikes.data(), chunk.size());
        const std::span<bool> waiting(pending.data(), chunk.size());
        for (const bool isUp : {true, false}) {
            for (auto lead = leadOf(ks, waiting, isUp); lead < chunk.size(); lead = leadOf(ks, waiting, isUp))
                serve(expiry, chunk, ks, waiting, begin, lead);
        }
    }
}

} // namespace vegadesk::pricing::fourier
