#include "strategies/volatility/implied_correlation.h"

#include "strategies/implied_level.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <string>

namespace vegadesk::strategies
{

namespace
{

constexpr double tradingDaysPerYear = 252;
constexpr double calendarDaysPerYear = 365;
constexpr std::size_t fewestDays = 2;
constexpr std::size_t mostDays = 2520;

bool isPositive(double value)
{
    return value > 0 && std::isfinite(value);
}

/// Members are counted from 1, as a person counts them.
template<class Member>
base::Result<void> checkWeights(std::span<const Member> members)
{
    if (members.size() < 2)
        return base::badInput("members", std::to_string(members.size()), "at least 2");
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!isPositive(members[i].weight))
            return base::badInput(fmt::format("weight of member {}", i + 1), fmt::format("{}", members[i].weight),
                                  "a positive number");
    }
    return {};
}

base::Result<void> checkVolatility(const std::string& field, double volatility)
{
    if (!std::isnan(volatility) && !isPositive(volatility))
        return base::badInput(field, fmt::format("{}", volatility), "a positive number, or NaN where it is not known");
    return {};
}

/// Both formulas, once the inputs are in order.
BasketCorrelation correlationOf(double indexVolatility, std::span<const BasketMember> members)
{
    double all = 0, known = 0, sum = 0, squares = 0;
    BasketCorrelation out;
    for (const BasketMember& member : members) {
        all += member.weight;
        if (std::isnan(member.volatility))
            continue;
        const double part = member.weight * member.volatility;
        known += member.weight;
        sum += part;
        squares += part * part;
        ++out.members;
    }
    out.coverage = known / all;
    if (out.members == 0)
        return out;
    out.averageVolatility = sum / known;
    if (out.members < 2 || std::isnan(indexVolatility))
        return out;
    const double own = squares / (known * known);
    const double together = out.averageVolatility * out.averageVolatility;
    const double index = indexVolatility * indexVolatility;
    out.proxy = index / together;
    if (together > own) // two members of which one weighs next to nothing leave no room between both
        out.exact = (index - own) / (together - own);
    return out;
}

/// The last `days` moves; empty where one is not known.
std::vector<double> lastMoves(std::span<const double> closes, std::size_t days)
{
    if (closes.size() < days + 1)
        return {};
    const std::span<const double> window = closes.last(days + 1);
    if (!std::ranges::all_of(window, isPositive))
        return {};
    std::vector<double> moves;
    moves.reserve(days);
    for (std::size_t day = 1; day < window.size(); ++day)
        moves.push_back(std::log(window[day] / window[day - 1]));
    return moves;
}

double dot(std::span<const double> a, std::span<const double> b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

/// NaN without a move: a price that stands still is not one.
double volatilityOf(std::span<const double> moves)
{
    const double squares = dot(moves, moves);
    return squares > 0 ? std::sqrt(squares / static_cast<double>(moves.size()) * tradingDaysPerYear) : market::unknown;
}

std::vector<double> knownOfYear(std::span<const double> history)
{
    const std::span<const double> year = history.last(std::min(history.size(), daysOfYear));
    std::vector<double> known;
    std::ranges::copy_if(year, std::back_inserter(known), [](double value) { return std::isfinite(value); });
    return known;
}

} // namespace

base::Result<BasketCorrelation> impliedCorrelation(double indexVolatility, std::span<const BasketMember> members)
{
    if (const auto weights = checkWeights(members); !weights)
        return tl::make_unexpected(weights.error());
    if (const auto index = checkVolatility("volatility of the index", indexVolatility); !index)
        return tl::make_unexpected(index.error());
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (const auto member = checkVolatility(fmt::format("volatility of member {}", i + 1), members[i].volatility);
            !member)
            return tl::make_unexpected(member.error());
    }
    return correlationOf(indexVolatility, members);
}

base::Result<RealisedCorrelation> realisedCorrelation(std::span<const double> indexCloses,
                                                      std::span<const MemberCloses> members, std::size_t days)
{
    if (const auto weights = checkWeights(members); !weights)
        return tl::make_unexpected(weights.error());
    if (days < fewestDays || days > mostDays)
        return base::badInput("days", std::to_string(days), fmt::format("{} to {}", fewestDays, mostDays));

    std::vector<BasketMember> volatilities;
    std::vector<std::vector<double>> moves;
    for (const MemberCloses& member : members) {
        moves.push_back(lastMoves(member.closes, days));
        volatilities.push_back({member.weight, volatilityOf(moves.back())});
    }
    RealisedCorrelation out;
    out.indexVolatility = volatilityOf(lastMoves(indexCloses, days));
    static_cast<BasketCorrelation&>(out) = correlationOf(out.indexVolatility, volatilities);

    double correlations = 0, weights = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
        for (std::size_t j = i + 1; j < members.size(); ++j) {
            if (std::isnan(volatilities[i].volatility) || std::isnan(volatilities[j].volatility))
                continue;
            const double weight = members[i].weight * members[j].weight;
            correlations +=
                weight * dot(moves[i], moves[j]) / std::sqrt(dot(moves[i], moves[i]) * dot(moves[j], moves[j]));
            weights += weight;
        }
    }
    if (weights > 0)
        out.pairwise = correlations / weights;
    return out;
}

std::size_t matchedTradingDays(double calendarDays)
{
    const double days = std::round(calendarDays * tradingDaysPerYear / calendarDaysPerYear);
    return days > fewestDays ? static_cast<std::size_t>(std::min(days, double(mostDays))) : fewestDays;
}

double correlationPercentile(std::span<const double> history, double now)
{
    const std::vector<double> known = knownOfYear(history);
    if (known.size() < fewestDaysForRank || !std::isfinite(now))
        return market::unknown;
    const auto below = std::ranges::count_if(known, [now](double value) { return value < now; });
    return static_cast<double>(below) / static_cast<double>(known.size());
}

double correlationMedian(std::span<const double> history)
{
    std::vector<double> known = knownOfYear(history);
    if (known.size() < fewestDaysForRank)
        return market::unknown;
    std::ranges::sort(known);
    const std::size_t middle = known.size() / 2;
    return known.size() % 2 == 1 ? known[middle] : (known[middle - 1] + known[middle]) / 2;
}

} // namespace vegadesk::strategies
