#include "risk/value_at_risk/volatility_filter.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::risk
{

namespace
{

constexpr double leastVariance = 1e-16;
constexpr std::size_t startMoves = 20;
constexpr std::size_t fitMoves = 60;

double meanSquare(std::span<const double> moves)
{
    double sum = 0;
    for (const double move : moves)
        sum += move * move;
    return moves.empty() ? leastVariance : std::max(leastVariance, sum / static_cast<double>(moves.size()));
}

double nextVariance(const GarchParameters& garch, double variance, double move)
{
    return std::max(leastVariance, garch.longRun * (1 - garch.shock - garch.memory) + garch.shock * move * move +
                                       garch.memory * variance);
}

/// Up to a constant and a factor: the larger, the less likely.
double unlikelihood(const GarchParameters& garch, std::span<const double> moves)
{
    double variance = garch.longRun;
    double sum = 0;
    for (const double move : moves) {
        sum += std::log(variance) + move * move / variance;
        variance = nextVariance(garch, variance, move);
    }
    return sum;
}

} // namespace

GarchParameters fitGarch(std::span<const double> moves)
{
    GarchParameters best{meanSquare(moves), 0, 0};
    if (moves.size() < fitMoves)
        return best;
    double least = unlikelihood(best, moves);
    double shockStep = 0.05, memoryStep = 0.1;
    GarchParameters centre{best.longRun, 0.15, 0.6};
    for (int round = 0; round < 5; ++round) {
        for (int i = -3; i <= 3; ++i) {
            for (int j = -3; j <= 3; ++j) {
                const GarchParameters tried{best.longRun, centre.shock + i * shockStep, centre.memory + j * memoryStep};
                if (tried.shock < 0 || tried.memory < 0 || tried.shock + tried.memory > 0.999)
                    continue;
                if (const double found = unlikelihood(tried, moves); found < least) {
                    least = found;
                    best = tried;
                }
            }
        }
        centre = best;
        shockStep /= 3;
        memoryStep /= 3;
    }
    return best;
}

std::vector<double> forecastDeviations(std::span<const double> moves, VolatilityFilter filter, double decay,
                                       std::size_t refitEvery)
{
    const bool isGarch = filter == VolatilityFilter::Garch;
    const GarchParameters smooth{0, 1 - decay, decay};
    GarchParameters used = isGarch && refitEvery == 0 ? fitGarch(moves) : smooth;
    double variance = meanSquare(moves.first(std::min(moves.size(), startMoves)));
    std::vector<double> out;
    out.reserve(moves.size() + 1);
    for (std::size_t day = 0; day < moves.size(); ++day) {
        if (isGarch && refitEvery > 0 && day >= fitMoves && day % refitEvery == 0)
            used = fitGarch(moves.first(day));
        out.push_back(std::sqrt(variance));
        variance = nextVariance(used, variance, moves[day]);
    }
    out.push_back(std::sqrt(variance));
    return out;
}

} // namespace vegadesk::risk
