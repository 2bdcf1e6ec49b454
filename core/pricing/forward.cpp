#include "pricing/forward.h"

#include "market/calendar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace vegadesk::pricing
{

namespace
{

constexpr std::size_t fewestForSlope = 5;
constexpr double widestRateError = 0.005;                // of the implied rate, one standard error
constexpr double lowestRate = -0.05, highestRate = 0.25; // a slope outside is no discount
constexpr double europeanReach = 0.2;                    // of the forward, either way
constexpr std::size_t spotExpirations = 3;
constexpr int mostRounds = 50;          // of taking early exercise off
constexpr double settledForward = 1e-9; // relative

/// A strike whose call and put are both quoted on both sides.
struct Pair {
    double strike;
    double difference; // call mid - put mid
    double sum;        // call mid + put mid
    double weight;     // 1 / combined spread²
};

bool isUsable(const market::OptionColumns& side, std::size_t row)
{
    return market::isTradable(side.flags[row]) && !side.flags[row].has(market::QuoteFlag::ZeroBid);
}

std::vector<Pair> usablePairs(const market::Expiration& expiration)
{
    std::vector<Pair> pairs;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        if (!isUsable(expiration.calls, row) || !isUsable(expiration.puts, row))
            continue;
        const market::Quote call = expiration.calls.quoteAt(row);
        const market::Quote put = expiration.puts.quoteAt(row);
        // A locked pair is not infinitely good: half a cent of doubt at least.
        const double spread = std::max(0.005, call.spread() + put.spread());
        pairs.push_back(
            {expiration.strikes[row], call.mid() - put.mid(), call.mid() + put.mid(), 1 / (spread * spread)});
    }
    return pairs;
}

/// Keeps strikes near the forward, and the nearest ones in any case. Europeans obey parity everywhere, and a
/// wide base pins the slope; an American's early exercise grows with the distance, so there 1.5 straddles are
/// enough.
void keepNearTheMoney(std::vector<Pair>& pairs, market::ExerciseStyle style)
{
    const auto atTheMoney =
        std::ranges::min_element(pairs, {}, [](const Pair& pair) { return std::abs(pair.difference); });
    const double centre = atTheMoney->strike + atTheMoney->difference;
    const double straddles = 1.5 * atTheMoney->sum;
    const double reach =
        style == market::ExerciseStyle::European ? std::max(europeanReach * centre, straddles) : straddles;
    std::ranges::sort(pairs, {}, [&](const Pair& pair) { return std::abs(pair.strike - centre); });
    const auto outside =
        std::ranges::find_if(pairs, [&](const Pair& pair) { return std::abs(pair.strike - centre) > reach; });
    const auto kept = static_cast<std::size_t>(outside - pairs.begin());
    pairs.resize(std::min(pairs.size(), std::max(kept, fewestForSlope)));
}

struct Line {
    double discount, forward;
    double discountError, forwardError;
};

/// difference = discount (forward - strike), both free. Errors follow from the residuals.
Line fitLine(const std::vector<Pair>& pairs)
{
    double weight = 0, strike = 0, difference = 0;
    for (const Pair& pair : pairs) {
        weight += pair.weight;
        strike += pair.weight * pair.strike;
        difference += pair.weight * pair.difference;
    }
    strike /= weight;
    difference /= weight;
    double spread = 0, product = 0;
    for (const Pair& pair : pairs) {
        spread += pair.weight * (pair.strike - strike) * (pair.strike - strike);
        product += pair.weight * (pair.strike - strike) * (pair.difference - difference);
    }
    const double discount = -product / spread;
    double residual = 0;
    for (const Pair& pair : pairs) {
        const double error = pair.difference - difference + discount * (pair.strike - strike);
        residual += pair.weight * error * error;
    }
    const double variance = residual / static_cast<double>(pairs.size() - 2);
    const double forward = strike + difference / discount;
    return {discount, forward, std::sqrt(variance / spread),
            std::sqrt(variance * (1 / weight + (forward - strike) * (forward - strike) / spread)) / discount};
}

/// The same with the discount given.
Line fitLevel(const std::vector<Pair>& pairs, double discount)
{
    double weight = 0, level = 0;
    for (const Pair& pair : pairs) {
        weight += pair.weight;
        level += pair.weight * (pair.strike + pair.difference / discount);
    }
    const double forward = level / weight;
    double residual = 0;
    for (const Pair& pair : pairs) {
        const double error = pair.strike + pair.difference / discount - forward;
        residual += pair.weight * error * error;
    }
    // One pair says nothing about its own scatter: then its spread has to.
    const double variance = pairs.size() > 1 ? residual / static_cast<double>(pairs.size() - 1) : 1.0;
    return {discount, forward, 0, std::sqrt(variance / weight)};
}

/// Drops pairs further from the line than four robust deviations (median of absolute residuals) and a cent.
void dropOutliers(std::vector<Pair>& pairs, const Line& line)
{
    const auto distance = [&](const Pair& pair) {
        return std::abs(pair.difference - line.discount * (line.forward - pair.strike));
    };
    std::vector<double> distances;
    distances.reserve(pairs.size());
    for (const Pair& pair : pairs)
        distances.push_back(distance(pair));
    const auto middle = distances.begin() + static_cast<std::ptrdiff_t>(distances.size() / 2);
    std::ranges::nth_element(distances, middle);
    const double limit = std::max(0.01, 4 * 1.4826 * *middle);
    std::erase_if(pairs, [&](const Pair& pair) { return distance(pair) > limit; });
}

/// The weighted median of what each pair alone says of the forward: a start that one bad quote cannot move.
double medianForward(std::vector<Pair> pairs, double discount)
{
    std::ranges::sort(pairs, {}, [&](const Pair& pair) { return pair.strike + pair.difference / discount; });
    double total = 0;
    for (const Pair& pair : pairs)
        total += pair.weight;
    double seen = 0;
    for (const Pair& pair : pairs) {
        seen += pair.weight;
        if (seen >= 0.5 * total)
            return pair.strike + pair.difference / discount;
    }
    return pairs.back().strike + pairs.back().difference / discount;
}

bool isDiscount(const Line& line, double years)
{
    if (!(line.discount > 0) || !(line.forward > 0))
        return false;
    const double rate = -std::log(line.discount) / years;
    return rate >= lowestRate && rate <= highestRate && line.discountError / (line.discount * years) <= widestRateError;
}

} // namespace

ForwardEstimate estimateForward(const market::Expiration& expiration, base::Instant now, double spot,
                                const Rates& rates)
{
    ForwardEstimate out;
    out.years = market::yearsUntil(now, expiration.expiresAt);
    if (!(out.years > 0))
        return out;
    out.discount = std::exp(-rates.rate * out.years);

    std::vector<Pair> pairs = usablePairs(expiration);
    if (!pairs.empty()) {
        keepNearTheMoney(pairs, expiration.style);
        dropOutliers(pairs, {out.discount, medianForward(pairs, out.discount), 0, 0});
        if (expiration.style == market::ExerciseStyle::European && pairs.size() >= fewestForSlope) {
            const Line line = fitLine(pairs);
            if (isDiscount(line, out.years)) {
                out.discount = line.discount;
                out.forward = line.forward;
                out.forwardError = line.forwardError;
                out.pairs = pairs.size();
                out.origin = ForwardOrigin::Parity;
                return out;
            }
        }
        const Line line = fitLevel(pairs, out.discount);
        if (line.forward > 0) {
            out.forward = line.forward;
            out.forwardError = line.forwardError;
            out.pairs = pairs.size();
            out.origin = ForwardOrigin::ParityWithRate;
            return out;
        }
    }
    if (std::isfinite(spot) && spot > 0) {
        out.forward = spot * std::exp((rates.rate - rates.dividendYield) * out.years);
        out.origin = ForwardOrigin::Carry;
        return out;
    }
    out.discount = std::numeric_limits<double>::quiet_NaN();
    return out;
}

ForwardEstimate estimateAmericanForward(const market::Expiration& expiration, base::Instant now, double spot,
                                        const Rates& rates, const WithoutEarlyExercise& withoutEarlyExercise)
{
    ForwardEstimate out = estimateForward(expiration, now, spot, rates);
    const bool isByParity = out.origin == ForwardOrigin::Parity || out.origin == ForwardOrigin::ParityWithRate;
    if (!isByParity || !(spot > 0) || !std::isfinite(spot))
        return out;
    const double discount = std::exp(-rates.rate * out.years);
    std::vector<Pair> pairs = usablePairs(expiration);
    keepNearTheMoney(pairs, expiration.style);
    dropOutliers(pairs, {discount, medianForward(pairs, discount), 0, 0});
    // An option about to be exercised is worth its intrinsic value at any volatility: it tells none.
    std::erase_if(pairs, [&](const Pair& pair) {
        const double beyond = std::abs(spot - pair.strike), dearer = 0.5 * (pair.sum + std::abs(pair.difference));
        return dearer - beyond < 0.5 / std::sqrt(pair.weight);
    });
    if (pairs.empty())
        return out;
    std::vector<double> strikes, calls, puts;
    for (const Pair& pair : pairs) {
        strikes.push_back(pair.strike);
        calls.push_back(0.5 * (pair.sum + pair.difference));
        puts.push_back(0.5 * (pair.sum - pair.difference));
    }
    std::vector<double> europeanCalls(strikes.size()), europeanPuts(strikes.size());
    double forward = fitLevel(pairs, discount).forward;
    for (int round = 0; round < mostRounds; ++round) {
        const MarketPoint market{spot, rates.rate, rates.rate - std::log(forward / spot) / out.years};
        withoutEarlyExercise(Right::Call, market, out.years, strikes, calls, europeanCalls);
        withoutEarlyExercise(Right::Put, market, out.years, strikes, puts, europeanPuts);
        std::vector<Pair> european;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const double difference = europeanCalls[i] - europeanPuts[i];
            if (std::isfinite(difference))
                european.push_back({strikes[i], difference, europeanCalls[i] + europeanPuts[i], pairs[i].weight});
        }
        if (european.empty())
            return out;
        const Line line = fitLevel(european, discount);
        if (!(line.forward > 0))
            return out;
        const bool isSettled = std::abs(line.forward / forward - 1) < settledForward;
        forward = line.forward;
        if (isSettled) {
            out.forward = forward;
            out.discount = discount;
            out.forwardError = line.forwardError;
            out.pairs = european.size();
            out.origin = ForwardOrigin::ParityWithRate;
            return out;
        }
    }
    return out;
}

Rates impliedRates(const ForwardEstimate& estimate, double spot) noexcept
{
    const double rate = -std::log(estimate.discount) / estimate.years;
    return {rate, rate - std::log(estimate.forward / spot) / estimate.years};
}

double impliedBorrow(const ForwardEstimate& estimate, double spot, double dividendYield) noexcept
{
    return impliedRates(estimate, spot).dividendYield - dividendYield;
}

double impliedSpot(const market::OptionChain& chain, base::Instant now, const Rates& rates)
{
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<double> spots;
    for (const market::Expiration& expiration : chain.expirations) {
        if (spots.size() == spotExpirations)
            break;
        const ForwardEstimate estimate = estimateForward(expiration, now, none, rates);
        if (estimate.origin == ForwardOrigin::None || estimate.pairs < 3)
            continue;
        spots.push_back(estimate.forward * std::exp(-(rates.rate - rates.dividendYield) * estimate.years));
    }
    if (spots.empty())
        return none;
    std::ranges::sort(spots);
    const std::size_t middle = spots.size() / 2;
    return spots.size() % 2 == 1 ? spots[middle] : 0.5 * (spots[middle - 1] + spots[middle]);
}

} // namespace vegadesk::pricing
