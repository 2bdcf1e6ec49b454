#include "pricing/heston/adi_kernel.h"
#include "pricing/heston/american_heston.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace vegadesk::pricing
{

namespace
{

/// Steps grow with this power of their number: slower than quadratically, or the last ones, where the exercise boundary
/// moves least but they are longest, would err most.
constexpr double stepPower = 1.5;
constexpr int dampedSteps = 2; ///< each as two halves

/// A put's value by x = ln spot and the variance.
struct PutPoint {
    double value = 0, slope = 0, curve = 0, byVariance = 0, byTime = 0;
    bool isExercised = false;
};

/// Lagrange's cubic through four points, and its first two derivatives.
struct Cubic {
    std::size_t first = 0, below = 0; ///< of the four points, and the last that is not above the place
    std::array<double, 4> value{}, slope{}, curve{};

    Cubic(std::span<const double> points, double place)
    {
        const auto found = std::ranges::upper_bound(points, place) - points.begin();
        const auto count = static_cast<std::ptrdiff_t>(points.size());
        first = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(found - 2, 0, count - 4));
        below = static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(found - 1, 0, count - 2));
        for (std::size_t k = 0; k < 4; ++k) {
            std::array<double, 3> away{};
            double scale = 1;
            std::size_t filled = 0;
            for (std::size_t other = 0; other < 4; ++other) {
                if (other == k)
                    continue;
                scale /= points[first + k] - points[first + other];
                away[filled++] = place - points[first + other];
            }
            const auto [a, b, c] = away;
            value[k] = scale * a * b * c;
            slope[k] = scale * (a * b + a * c + b * c);
            curve[k] = 2 * scale * (a + b + c);
        }
    }
};

double dot(const std::array<double, 4>& weights, const double* numbers)
{
    return weights[0] * numbers[0] + weights[1] * numbers[1] + weights[2] * numbers[2] + weights[3] * numbers[3];
}

base::Result<void> checkTimes(std::span<const double> times)
{
    if (times.empty())
        return base::badInput("times", "", "one or more years to expiry");
    double before = 0;
    for (const double time : times) {
        if (!(time > before && std::isfinite(time)))
            return base::badInput("times", fmt::format("{}", time), "positive years to expiry, each above the last");
        before = time;
    }
    return {};
}

/// A call is a put on cash, paid for in shares: rate and yield change places, and the variance's drift is that under the
/// share as unit.
adi::PutLaw lawOf(Right right, double rate, double yield, double years, const HestonParameters& p)
{
    if (right == Right::Put)
        return {rate, yield, years, p.kappa, p.kappa * p.theta, p.sigma, p.rho, p.v0};
    return {yield, rate, years, p.kappa - p.rho * p.sigma, p.kappa * p.theta, p.sigma, -p.rho, p.v0};
}

/// One grid and what was kept of the way over it.
struct Level {
    struct Record {
        adi::Plane value, byTime;
    };
    adi::PutLaw law;
    adi::Grid grid;
    adi::Workspace workspace;
    adi::Option option;
    std::vector<Record> records;
    std::size_t recordCount = 0; ///< the vector never shrinks, for its memory
    int stepsDone = 0;

    void solve(const adi::PutLaw& of, std::span<const double> times, const AmericanHestonSettings& settings);
    bool isExercisedAbout(double x, double variance, std::size_t time) const;
    PutPoint putAt(double x, double variance, std::size_t time) const;

private:
    void march(double from, double to, int steps);
    void step(double length, adi::Scheme scheme, double timeLeft);
    void record();
};

void Level::step(double length, adi::Scheme scheme, double timeLeft)
{
    const double waiting = std::exp(-law.rate * timeLeft) - std::exp(grid.x[0] - law.yield * timeLeft);
    adi::step(grid, length, scheme, option.isAmerican ? std::max(grid.exercise[0], waiting) : waiting, workspace,
              option);
}

void Level::march(double from, double to, int steps)
{
    const double low = std::pow(from, 1 / stepPower), high = std::pow(to, 1 / stepPower);
    double before = from;
    for (int k = 1; k <= steps; ++k) {
        const double after = k == steps ? to : std::pow(low + (high - low) * k / steps, stepPower);
        if (stepsDone++ < dampedSteps) {
            const double half = 0.5 * (after - before);
            step(half, adi::Scheme::Douglas, before + half);
            step(half, adi::Scheme::Douglas, after);
        } else {
            step(after - before, adi::Scheme::CraigSneyd, after);
        }
        before = after;
    }
}

/// Value and time slope of now. Where the option is exercised its value does not wait for anything.
void Level::record()
{
    if (records.size() == recordCount)
        records.emplace_back();
    Record& into = records[recordCount++];
    into.value = option.value;
    into.byTime.resize(grid);
    adi::slopeInTime(grid, into.value, into.byTime);
    if (!option.isAmerican)
        return;
    for (std::size_t j = 0; j < grid.rows; ++j) {
        for (std::size_t i = 0; i < grid.columns; ++i) {
            if (into.value.row(j)[i] <= grid.exercise[i])
                into.byTime.row(j)[i] = 0;
        }
    }
}

PutPoint Level::putAt(double x, double variance, std::size_t time) const
{
    const Record& from = records[time];
    const Cubic across(std::span(grid.x).first(grid.columns), x), up(grid.v, variance);
    PutPoint out;
    for (std::size_t j = 0; j < 4; ++j) {
        const double* const values = from.value.row(up.first + j) + across.first;
        const double value = dot(across.value, values);
        out.value += up.value[j] * value;
        out.byVariance += up.slope[j] * value;
        out.slope += up.value[j] * dot(across.slope, values);
        out.curve += up.value[j] * dot(across.curve, values);
        out.byTime += up.value[j] * dot(across.value, from.byTime.row(up.first + j) + across.first);
    }
    return out;
}

/// At all four points around.
bool Level::isExercisedAbout(double x, double variance, std::size_t time) const
{
    if (!option.isAmerican)
        return false;
    const auto isExercisedAt = [&](std::size_t i, std::size_t j) {
        return records[time].value.row(j)[i] <= grid.exercise[i];
    };
    const std::size_t i = Cubic(std::span(grid.x).first(grid.columns), x).below, j = Cubic(grid.v, variance).below;
    return isExercisedAt(i, j) && isExercisedAt(i + 1, j) && isExercisedAt(i, j + 1) && isExercisedAt(i + 1, j + 1);
}

void Level::solve(const adi::PutLaw& of, std::span<const double> times, const AmericanHestonSettings& settings)
{
    law = of;
    grid.build(law, {static_cast<std::size_t>(settings.spotPoints), static_cast<std::size_t>(settings.variancePoints)});
    workspace.resize(grid);
    option.start(grid, settings.isAmerican);
    recordCount = 0;
    stepsDone = 0;
    double from = 0;
    for (const double to : times) {
        const double share = std::pow(to / law.years, 1 / stepPower) - std::pow(from / law.years, 1 / stepPower);
        march(from, to, std::max(1, static_cast<int>(std::lround(share * settings.timeSteps))));
        record();
        from = to;
    }
}

/// Half of everything.
AmericanHestonSettings halved(const AmericanHestonSettings& settings)
{
    AmericanHestonSettings out = settings;
    out.spotPoints = settings.spotPoints / 2 + 1;
    out.variancePoints = settings.variancePoints / 2;
    out.timeSteps = settings.timeSteps / 2;
    return out;
}

/// So that both levels hold the strike and whole vectors.
AmericanHestonSettings rounded(const AmericanHestonSettings& settings)
{
    constexpr int block = 2 * static_cast<int>(adi::rowBlock);
    AmericanHestonSettings out = settings;
    out.spotPoints = (settings.spotPoints + 2) / 4 * 4 + 1;
    out.variancePoints = (settings.variancePoints + block - 1) / block * block;
    return out;
}

} // namespace

/// The second level has half of the first's points and steps: errors fall by four from one to the other, and what is left of
/// the first's is a third of their difference.
struct AmericanHestonSolution::Parts {
    Right right = Right::Put;
    Level fine, coarse;

    PutPoint putAt(double x, double variance, std::size_t time) const;
};

PutPoint AmericanHestonSolution::Parts::putAt(double x, double variance, std::size_t time) const
{
    const PutPoint near = fine.putAt(x, variance, time), far = coarse.putAt(x, variance, time);
    const auto extrapolated = [&](double PutPoint::* member) {
        return near.*member + (near.*member - far.*member) / 3;
    };
    PutPoint out{extrapolated(&PutPoint::value), extrapolated(&PutPoint::slope), extrapolated(&PutPoint::curve),
                 extrapolated(&PutPoint::byVariance), extrapolated(&PutPoint::byTime)};
    out.isExercised =
        fine.option.isAmerican && (out.value <= -std::expm1(x) || fine.isExercisedAbout(x, variance, time));
    return out;
}

AmericanHestonSolution::AmericanHestonSolution() : m_parts(std::make_unique<Parts>()) {}
AmericanHestonSolution::AmericanHestonSolution(AmericanHestonSolution&&) noexcept = default;
AmericanHestonSolution& AmericanHestonSolution::operator=(AmericanHestonSolution&&) noexcept = default;
AmericanHestonSolution::~AmericanHestonSolution() = default;

base::Result<void> AmericanHestonSolution::solve(Right right, double rate, double dividendYield,
                                                 std::span<const double> times, const HestonParameters& parameters,
                                                 const AmericanHestonSettings& settings)
{
    Parts& parts = *m_parts;
    parts.fine.recordCount = 0;
    if (const auto checked = checkInputs({1, rate, dividendYield}, 1, 1, parameters); !checked)
        return checked;
    if (const auto checked = checkInputs(settings); !checked)
        return checked;
    if (const auto checked = checkTimes(times); !checked)
        return checked;
    if (!(parameters.v0 > 0 || parameters.kappa * parameters.theta > 0))
        return base::badInput("v0", "0", "a positive variance, or one to return to");
    parts.right = right;
    const adi::PutLaw law = lawOf(right, rate, dividendYield, times.back(), parameters);
    const AmericanHestonSettings size = rounded(settings);
    parts.fine.solve(law, times, size);
    parts.coarse.solve(law, times, halved(size));
    return {};
}

AmericanHestonSolution::Range AmericanHestonSolution::spots() const noexcept
{
    if (m_parts->fine.recordCount == 0)
        return {};
    // Two columns inside, where the differences are those of the equation.
    const adi::Grid& grid = m_parts->coarse.grid;
    const double low = std::exp(grid.x[2]), high = std::exp(grid.x[grid.columns - 3]);
    return m_parts->right == Right::Put ? Range{low, high} : Range{1 / high, 1 / low};
}

AmericanHestonSolution::Range AmericanHestonSolution::variances() const noexcept
{
    if (m_parts->fine.recordCount == 0)
        return {};
    return {0, m_parts->fine.grid.v.back()};
}

std::size_t AmericanHestonSolution::timeCount() const noexcept
{
    return m_parts->fine.recordCount;
}

AmericanHestonValue AmericanHestonSolution::at(double spot, double variance, std::size_t time) const noexcept
{
    const auto isInside = [](double value, Range range) { return value >= range.low && value <= range.high; };
    if (time >= m_parts->fine.recordCount || !isInside(spot, spots()) || !isInside(variance, variances()))
        return {};
    const bool isPut = m_parts->right == Right::Put;
    const PutPoint put = m_parts->putAt(isPut ? std::log(spot) : -std::log(spot), variance, time);
    if (put.isExercised)
        return {isPut ? 1 - spot : spot - 1, isPut ? -1.0 : 1.0, 0, 0, 0};
    if (isPut)
        return {put.value, put.slope / spot, (put.curve - put.slope) / (spot * spot), -put.byTime, put.byVariance};
    return {spot * put.value, put.value - put.slope, (put.curve - put.slope) / spot, -spot * put.byTime,
            spot * put.byVariance};
}

} // namespace vegadesk::pricing
