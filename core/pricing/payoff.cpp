#include "pricing/payoff.h"

#include "pricing/american/american.h"
#include "pricing/normal_distribution.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace vegadesk::pricing
{

namespace
{

constexpr double noTime = 1e-9; ///< years

/// std::max(0.0, value) would make zero of NaN.
double atLeastZero(double value)
{
    return value < 0 ? 0 : value;
}

struct ScenarioLeg {
    double years, vol;
};

/// What is not known stays NaN, but for a volatility after expiry, when nothing hangs on it.
ScenarioLeg under(const Scenario& scenario, const ValuationLeg& leg)
{
    const double years = atLeastZero(leg.years - scenario.yearsElapsed);
    return {years, years <= noTime && std::isnan(leg.vol) ? 0 : volatilityUnder(scenario, leg.vol)};
}

double firstExpiry(std::span<const ValuationLeg> legs)
{
    double years = std::numeric_limits<double>::infinity();
    for (const ValuationLeg& leg : legs) {
        if (leg.right)
            years = std::min(years, leg.years);
    }
    return std::isinf(years) ? 0 : years;
}

/// A day's rounding apart is one expiry: legs of one date may carry years counted at different instants.
bool outlives(const ValuationLeg& leg, double years)
{
    return leg.right && leg.years > years + 1e-9;
}

base::Result<void> check(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market)
{
    const auto refuse = [](std::string_view field, double value, std::string_view allowed) {
        return base::badInput(field, fmt::format("{}", value), allowed);
    };
    if (legs.empty())
        return base::badInput("legs", "0", "at least one");
    if (!std::isfinite(cost))
        return refuse("cost", cost, "a finite number of dollars");
    if (!std::isfinite(market.spot) || market.spot <= 0)
        return refuse("spot", market.spot, "a positive number");
    for (const ValuationLeg& leg : legs) {
        if (!std::isfinite(leg.quantity) || leg.quantity == 0)
            return refuse("quantity", leg.quantity, "a finite number other than zero");
        if (!std::isfinite(leg.multiplier) || leg.multiplier <= 0)
            return refuse("multiplier", leg.multiplier, "a positive number");
        if (leg.right) {
            if (const auto checked = checkInputs(market, leg.strike, leg.years, leg.vol); !checked)
                return checked;
        }
    }
    return {};
}

/// Profit at the first expiry as a function of the spot there.
class Profit
{
public:
    Profit(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market)
        : m_legs(legs), m_cost(cost), m_market(market)
    {
        m_scenario.yearsElapsed = firstExpiry(legs);
        m_isExact = std::ranges::none_of(legs, [&](const auto& leg) { return outlives(leg, m_scenario.yearsElapsed); });
        for (const ValuationLeg& leg : legs) {
            const double size = leg.quantity * leg.multiplier;
            if (leg.right)
                m_kinks.push_back(leg.strike);
            if (leg.right != Right::Put)
                m_slopeAtInfinity += size;
        }
        std::ranges::sort(m_kinks);
        m_kinks.erase(std::ranges::unique(m_kinks).begin(), m_kinks.end());
        if (std::abs(m_slopeAtInfinity) < 1e-9)
            m_slopeAtInfinity = 0;
    }

    double years() const { return m_scenario.yearsElapsed; }
    bool isExact() const { return m_isExact; }
    double slopeAtInfinity() const { return m_slopeAtInfinity; }
    /// At many spots at once: one boundary does for all of an American leg that lives on.
    std::vector<double> over(std::vector<double> spots) const
    {
        // Black-Scholes has no value at zero; its limit is what a vanishing spot gives.
        for (double& spot : spots)
            spot = std::max(spot, m_isExact ? 0.0 : 1e-9 * m_market.spot);
        std::vector<double> profits(spots.size());
        valuesOver(spots, m_legs, m_market, m_scenario, profits);
        for (double& profit : profits)
            profit -= m_cost;
        return profits;
    }
    double at(double spot) const { return over({spot}).front(); }

    /// Spots between which the profit is straight (exact) or sampled, from zero to beyond every kink. A leg that lives on bends
    /// within a deviation or two of its strike, however little time it has left, and so does the profit around every kink.
    std::vector<double> grid() const
    {
        const double top = 2 * std::max(m_kinks.empty() ? 0.0 : m_kinks.back(), m_market.spot);
        std::vector<double> out{0.0};
        out.insert(out.end(), m_kinks.begin(), m_kinks.end());
        if (!m_isExact) {
            constexpr int steps = 400, stepsAround = 16;
            constexpr double deviationsAround = 4;
            for (int step = 1; step < steps; ++step)
                out.push_back(top * step / steps);
            for (const double kink : m_kinks) {
                for (const double deviation : deviationsLeft()) {
                    for (int step = -stepsAround; step <= stepsAround; ++step)
                        out.push_back(
                            std::min(top, kink * std::exp(deviation * deviationsAround * step / stepsAround)));
                }
            }
            std::ranges::sort(out);
            out.erase(std::ranges::unique(out).begin(), out.end());
        }
        if (out.back() < top)
            out.push_back(top);
        return out;
    }

    struct Samples {
        std::vector<double> spots, profits;
    };
    /// The profit on the grid, and at the peaks and troughs that lie between its spots and matter: those that may be the highest or
    /// the lowest, or cross zero.
    Samples samples() const
    {
        Samples out{grid(), {}};
        out.profits = over(out.spots);
        if (m_isExact)
            return out;
        Samples found;
        for (const double sign : {1.0, -1.0})
            findPeaks(out, sign, found);
        for (std::size_t i = 0; i < found.spots.size(); ++i) {
            const auto place = std::ranges::lower_bound(out.spots, found.spots[i]) - out.spots.begin();
            out.spots.insert(out.spots.begin() + place, found.spots[i]);
            out.profits.insert(out.profits.begin() + place, found.profits[i]);
        }
        return out;
    }

    /// The zero between two spots whose profits have different signs.
    double zeroBetween(double low, double high) const
    {
        constexpr std::size_t parts = 64, refinements = 3;
        for (std::size_t round = 0; !m_isExact && round < refinements; ++round) {
            const std::vector<double> spots = between(low, high, parts);
            const std::vector<double> profits = over(spots);
            std::size_t i = 1;
            while (i < parts && (profits[i] < 0) == (profits[0] < 0))
                ++i;
            low = spots[i - 1];
            high = spots[i];
        }
        const std::vector<double> ends = over({low, high});
        return low + (high - low) * ends[0] / (ends[0] - ends[1]);
    }

private:
    static std::vector<double> between(double low, double high, std::size_t parts)
    {
        std::vector<double> out(parts + 1);
        for (std::size_t i = 0; i <= parts; ++i)
            out[i] = low + (high - low) * static_cast<double>(i) / static_cast<double>(parts);
        return out;
    }

    /// Of the profit times `sign`.
    void findPeaks(const Samples& samples, double sign, Samples& found) const
    {
        constexpr std::size_t parts = 32, rounds = 3;
        const auto& [spots, profits] = samples;
        const auto isBelow = [sign](double one, double other) { return sign * one < sign * other; };
        const double best = std::ranges::max(profits, isBelow);
        for (std::size_t i = 1; i + 1 < spots.size(); ++i) {
            if (isBelow(profits[i], profits[i - 1]) || isBelow(profits[i], profits[i + 1]))
                continue;
            // How far the profit may rise between these spots: by about a bend of the size that they show.
            const double reach = profits[i] + sign * std::abs(2 * profits[i] - profits[i - 1] - profits[i + 1]);
            if (isBelow(reach, best) && (reach < 0) == (profits[i] < 0))
                continue;
            double low = spots[i - 1], high = spots[i + 1];
            double at = spots[i], value = profits[i];
            for (std::size_t round = 0; round < rounds; ++round) {
                const std::vector<double> finer = between(low, high, parts);
                const std::vector<double> values = over(finer);
                const auto top = static_cast<std::size_t>(std::ranges::max_element(values, isBelow) - values.begin());
                if (isBelow(value, values[top])) {
                    at = finer[top];
                    value = values[top];
                }
                low = finer[top > 0 ? top - 1 : 0];
                high = finer[std::min(top + 1, parts)];
            }
            found.spots.push_back(at);
            found.profits.push_back(value);
        }
    }

    /// One standard deviation of the logarithm, for each expiry that is left at the first one.
    std::set<double> deviationsLeft() const
    {
        std::set<double> out;
        for (const ValuationLeg& leg : m_legs) {
            if (outlives(leg, m_scenario.yearsElapsed))
                out.insert(leg.vol * std::sqrt(leg.years - m_scenario.yearsElapsed));
        }
        return out;
    }

    std::span<const ValuationLeg> m_legs;
    double m_cost;
    MarketPoint m_market;
    Scenario m_scenario;
    std::vector<double> m_kinks;
    double m_slopeAtInfinity = 0;
    bool m_isExact = true;
};

constexpr double nothing = 1e-6; // dollars: the rounding of a profit that is zero

/// Spots where the profit crosses zero; the last one may lie beyond the grid, on the way to infinity.
std::vector<double> crossings(const Profit& profit, const Profit::Samples& samples)
{
    const auto& [grid, profits] = samples;
    std::vector<double> out;
    double lastSpot = 0;
    double lastProfit = 0;      // the last that had a sign
    std::optional<double> zero; // where the profit has been zero since
    for (std::size_t i = 0; i < grid.size(); ++i) {
        const double spot = grid[i], now = profits[i];
        if (std::abs(now) <= nothing) {
            zero = zero.value_or(spot);
            continue;
        }
        if (lastProfit != 0 && (now < 0) != (lastProfit < 0))
            out.push_back(zero ? *zero : profit.zeroBetween(lastSpot, spot));
        lastSpot = spot;
        lastProfit = now;
        zero.reset();
    }
    const double slope = profit.slopeAtInfinity();
    if (slope != 0 && lastProfit != 0 && (slope < 0) != (lastProfit < 0))
        out.push_back(zero ? *zero : grid.back() - profits.back() / slope);
    return out;
}

double intrinsicOf(const ValuationLeg& leg, double spot)
{
    return std::max(0.0, *leg.right == Right::Call ? spot - leg.strike : leg.strike - spot);
}

bool isExercisedEarly(const ValuationLeg& leg, const ScenarioLeg& then)
{
    return leg.style == market::ExerciseStyle::American && then.years > noTime && then.vol > 0;
}

/// Of one share's worth; intrinsic where no time is left, also where Black-Scholes has no answer: at a spot of zero.
double priceOf(const ValuationLeg& leg, const MarketPoint& market, const ScenarioLeg& then)
{
    if (then.years <= noTime)
        return intrinsicOf(leg, market.spot);
    if (isExercisedEarly(leg, then))
        return americanPrice(*leg.right, market, leg.strike, then.years, then.vol);
    const double european = blackScholesPrice(*leg.right, market, leg.strike, then.years, then.vol);
    return leg.style == market::ExerciseStyle::American ? std::max(european, intrinsicOf(leg, market.spot)) : european;
}

/// Adds an American leg's values at all spots: V(S, K) = (S / K) V(K, K K / S), and strikes of one spot share a boundary.
void addAmerican(std::span<const double> spots, const ValuationLeg& leg, MarketPoint market, const ScenarioLeg& then,
                 std::span<double> values)
{
    std::vector<double> strikes(spots.size()), prices(spots.size());
    const std::vector<double> vols(spots.size(), then.vol);
    market.spot = leg.strike;
    std::ranges::transform(spots, strikes.begin(), [&](double spot) { return leg.strike * leg.strike / spot; });
    GreeksView view;
    view.price = prices;
    americanStrip(*leg.right, market, then.years, strikes, vols, view);
    for (std::size_t i = 0; i < spots.size(); ++i)
        values[i] += leg.quantity * leg.multiplier * prices[i] * spots[i] / leg.strike;
}

} // namespace

double volatilityUnder(const Scenario& scenario, double vol) noexcept
{
    return atLeastZero(vol * scenario.volatilityFactor + scenario.volatilityShift);
}

double valueOf(std::span<const ValuationLeg> legs, const MarketPoint& market, const Scenario& scenario) noexcept
{
    double total = 0;
    for (const ValuationLeg& leg : legs) {
        const double size = leg.quantity * leg.multiplier;
        if (!leg.right) {
            total += size * market.spot;
            continue;
        }
        total += size * priceOf(leg, market, under(scenario, leg));
    }
    return total;
}

void valuesOver(std::span<const double> spots, std::span<const ValuationLeg> legs, const MarketPoint& market,
                const Scenario& scenario, std::span<double> values)
{
    assert(values.size() == spots.size());
    std::ranges::fill(values, 0);
    const bool canScale = std::ranges::all_of(spots, [](double spot) { return spot > 0; });
    for (const ValuationLeg& leg : legs) {
        const ScenarioLeg then = under(scenario, leg);
        if (leg.right && canScale && isExercisedEarly(leg, then)) {
            addAmerican(spots, leg, market, then, values);
            continue;
        }
        for (std::size_t i = 0; i < spots.size(); ++i) {
            MarketPoint point = market;
            point.spot = spots[i];
            values[i] += valueOf(std::span(&leg, 1), point, scenario);
        }
    }
}

Greeks greeksOf(std::span<const ValuationLeg> legs, const MarketPoint& market, const Scenario& scenario) noexcept
{
    Greeks total{0, 0, 0, 0, 0, 0};
    for (const ValuationLeg& leg : legs) {
        const double size = leg.quantity * leg.multiplier;
        if (!leg.right) {
            total.price += size * market.spot;
            total.delta += size;
            continue;
        }
        const ScenarioLeg then = under(scenario, leg);
        const Greeks one = isExercisedEarly(leg, then)
                               ? american(*leg.right, market, leg.strike, then.years, then.vol)
                               : blackScholes(*leg.right, market, leg.strike, then.years, then.vol);
        total.price += size * one.price;
        total.delta += size * one.delta;
        total.gamma += size * one.gamma;
        total.vega += size * one.vega;
        total.theta += size * one.theta;
        total.rho += size * one.rho;
    }
    return total;
}

base::Result<PayoffSummary> summarisePayoff(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market)
{
    if (const auto checked = check(legs, cost, market); !checked)
        return tl::make_unexpected(checked.error());
    const Profit profit(legs, cost, market);
    const Profit::Samples samples = profit.samples();
    PayoffSummary out;
    out.years = profit.years();
    out.isExact = profit.isExact();
    if (profit.slopeAtInfinity() <= 0)
        out.maxProfit = std::ranges::max(samples.profits);
    if (profit.slopeAtInfinity() >= 0)
        out.maxLoss = -std::ranges::min(samples.profits);
    out.breakEvens = crossings(profit, samples);
    return out;
}

base::Result<double> probabilityOfProfit(std::span<const ValuationLeg> legs, double cost, const MarketPoint& market,
                                         double vol)
{
    if (const auto checked = check(legs, cost, market); !checked)
        return tl::make_unexpected(checked.error());
    if (!(vol > 0) || std::isinf(vol))
        return base::badInput("volatility", fmt::format("{}", vol), "a positive number, 0.2 for 20 %");
    const Profit profit(legs, cost, market);
    const double deviation = vol * std::sqrt(profit.years());
    if (deviation == 0)
        return profit.at(market.spot) > 0 ? 1.0 : 0.0;
    const double drift = (market.rate - market.dividendYield) * profit.years() - 0.5 * deviation * deviation;
    const auto below = [&](double spot) { return normalCdf((std::log(spot / market.spot) - drift) / deviation); };

    // Between neighbouring edges the profit has one sign, zero included.
    const Profit::Samples samples = profit.samples();
    const std::vector<double> zeros = crossings(profit, samples);
    std::vector<double> edges = samples.spots;
    edges.insert(edges.end(), zeros.begin(), zeros.end());
    std::ranges::sort(edges);
    std::vector<double> inside; // each segment, the last of them without an end
    for (std::size_t i = 0; i < edges.size(); ++i)
        inside.push_back(i + 1 == edges.size() ? 2 * edges[i] : 0.5 * (edges[i] + edges[i + 1]));
    const std::vector<double> profits = profit.over(inside);
    double probability = 0;
    double low = 0; // of ending below the segment
    for (std::size_t i = 0; i < edges.size(); ++i) {
        const double high = i + 1 == edges.size() ? 1.0 : below(edges[i + 1]);
        if (profits[i] > nothing)
            probability += high - low;
        low = high;
    }
    return probability;
}

} // namespace vegadesk::pricing
