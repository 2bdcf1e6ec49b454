#include "base/random.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/surface_fit.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <ql/experimental/volatility/sviinterpolation.hpp>
#include <string>
#include <utility>
#include <vector>

/// Boards of 35 expiries with 100 quotes each, fitted by us with and without the ban on arbitrage, and by QuantLib slice
/// by slice, which knows no ban: processor time of the whole board, and the error against the mids in vol points.
namespace
{

using namespace vegadesk;
using namespace vegadesk::pricing;

constexpr std::size_t expiryCount = 35, quoteCount = 100;
constexpr double forward = 100;
constexpr double crossingNoise = 0.008;

/// Smiles of an index board, noisy by a fraction of their spread, wider in the wings. `levelNoise` shifts whole expiries,
/// in vols: with enough of it neighbours cross and have to be reconciled.
const std::vector<SmileQuotes>& board(double levelNoise)
{
    const auto make = [](double noise) {
        base::Generator generator(1);
        std::vector<SmileQuotes> out;
        for (std::size_t i = 0; i < expiryCount; ++i) {
            const double years = 2.0 / 365 * std::pow(1.17, static_cast<double>(i));
            const double theta = 0.035 * years + 0.0004 * std::sqrt(years);
            const SviSlice slice = EssviSlice{theta, -0.7 + 0.1 * std::exp(-years), 1.1 * std::sqrt(theta)}.toSvi();
            SmileQuotes& each = out.emplace_back();
            each.years = years;
            each.forward = forward;
            const double deviation = std::sqrt(theta), level = noise * generator.normal();
            for (std::size_t row = 0; row < quoteCount; ++row) {
                const double k = deviation * (-5 + 8 * static_cast<double>(row) / quoteCount);
                const double halfSpread = 0.001 + 0.004 * std::abs(k) / deviation / 5;
                const double vol =
                    std::sqrt(slice.totalVariance(k) / years) + level + 0.3 * halfSpread * generator.normal();
                each.add(k, vol - halfSpread, vol, vol + halfSpread, halfSpread);
            }
        }
        return out;
    };
    static const std::vector<SmileQuotes> quiet = make(0), crossing = make(crossingNoise);
    return levelNoise > 0 ? crossing : quiet;
}

double rootMeanSquare(const VolatilitySurface& surface)
{
    double sum = 0;
    for (const SurfaceSlice& slice : surface.slices())
        sum += slice.rootMeanSquare * slice.rootMeanSquare;
    return std::sqrt(sum / static_cast<double>(surface.slices().size()));
}

void ours(benchmark::State& state, double levelNoise, bool forbidsArbitrage)
{
    const SurfaceSettings settings{std::numeric_limits<double>::quiet_NaN(), forbidsArbitrage};
    for (auto _ : state) {
        auto surface = fitSurface(board(levelNoise), settings);
        if (!surface) {
            state.SkipWithError(surface.error().message().c_str());
            return;
        }
        state.PauseTiming();
        state.counters["RMSE, vol points"] = 100 * rootMeanSquare(*surface);
        state.counters["violations"] = static_cast<double>(findArbitrage(*surface).size());
        state.ResumeTiming();
    }
}

void quantLib(benchmark::State& state, double levelNoise)
{
    namespace ql = QuantLib;
    std::vector<std::vector<double>> strikes;
    for (const SmileQuotes& quotes : board(levelNoise)) {
        std::vector<double>& each = strikes.emplace_back();
        for (const double k : quotes.k)
            each.push_back(forward * std::exp(k));
    }
    const double none = ql::Null<ql::Real>();
    for (auto _ : state) {
        double sum = 0;
        for (std::size_t i = 0; i < board(levelNoise).size(); ++i) {
            const SmileQuotes& quotes = board(levelNoise)[i];
            // Its defaults: free parameters, vega weights, Levenberg-Marquardt, guesses until the error is small.
            ql::SviInterpolation fit(strikes[i].begin(), strikes[i].end(), quotes.mid.begin(), quotes.years, forward,
                                     none, none, none, none, none, false, false, false, false, false);
            fit.update();
            const SviSlice slice{fit.a(), fit.b(), fit.rho(), fit.m(), fit.sigma()};
            for (std::size_t row = 0; row < quotes.size(); ++row) {
                const double error = std::sqrt(slice.totalVariance(quotes.k[row]) / quotes.years) - quotes.mid[row];
                sum += error * error;
            }
        }
        state.counters["RMSE, vol points"] = 100 * std::sqrt(sum / (expiryCount * quoteCount));
    }
}

/// Prints as usual and remembers each benchmark's time.
class RememberingReporter final : public benchmark::ConsoleReporter
{
public:
    RememberingReporter() : ConsoleReporter(OO_Tabular) {} // plain text: the output is pasted and logged
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            if (!run.error_occurred)
                m_millis.emplace_back(run.benchmark_name(), run.GetAdjustedCPUTime());
        }
    }
    double millis(const std::string& name) const
    {
        for (const auto& [each, time] : m_millis) {
            if (each == name)
                return time;
        }
        return std::numeric_limits<double>::quiet_NaN();
    }

private:
    std::vector<std::pair<std::string, double>> m_millis;
};

} // namespace

BENCHMARK_CAPTURE(ours, quietFree, 0, true)->Name("quiet board/ours, free of arbitrage")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ours, quietAlone, 0, false)
    ->Name("quiet board/ours, each slice alone")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(quantLib, quiet, 0)->Name("quiet board/QuantLib, each slice alone")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ours, crossingFree, crossingNoise, true)
    ->Name("crossing board/ours, free of arbitrage")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(ours, crossingAlone, crossingNoise, false)
    ->Name("crossing board/ours, each slice alone")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(quantLib, crossing, crossingNoise)
    ->Name("crossing board/QuantLib, each slice alone")
    ->Unit(benchmark::kMillisecond);

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RememberingReporter reporter;
    const std::size_t count = benchmark::RunSpecifiedBenchmarks(&reporter);
    std::printf("\n%zu slices of %zu quotes, QuantLib's time over ours:\n", expiryCount, quoteCount);
    for (const std::string board : {"quiet board/", "crossing board/"}) {
        const double theirs = reporter.millis(board + "QuantLib, each slice alone");
        for (const std::string fit : {"ours, free of arbitrage", "ours, each slice alone"}) {
            const double mine = reporter.millis(board + fit);
            std::printf("%-40s %9.2f / %7.3f ms = %7.1f x\n", (board + fit).c_str(), theirs, mine, theirs / mine);
        }
    }
    return count == 0 ? 1 : 0;
}
