#include "pricing/calibration/calibration.h"
#include "pricing/dax_board.h"
#include "pricing/heston/bates.h"
#include "pricing/heston/heston.h"
#include "pricing/jump/merton.h"
#include "pricing/reference/model_engines.h"

#include <benchmark/benchmark.h>

#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

/// Models with a moving variance or jumps, ours and QuantLib's on the same inputs, in nanoseconds an option, with the
/// ratios at the end; then both fits of the DAX board.
namespace
{

using namespace vegadesk;
using namespace vegadesk::pricing;

const MarketPoint lewis{100, 0.01, 0.02};
const HestonParameters hestonModel{0.04, 4, 0.25, 1, -0.5};
const MertonParameters mertonModel{0.2, 1, -0.1, 0.15};
const BatesParameters batesModel{{0.04, 2, 0.06, 0.5, -0.6}, 0.5, -0.1, 0.15};
constexpr std::array<double, 5> lewisStrikes{80, 90, 100, 110, 120};
constexpr int days = 365;
constexpr double years = 1;

void countOptions(benchmark::State& state, std::size_t perIteration)
{
    state.counters["per option"] =
        benchmark::Counter(static_cast<double>(perIteration) * static_cast<double>(state.iterations()),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// Forty strikes from -2.5 to 2.5 deviations: one expiry of a chain, calls.
std::vector<double> chainStrikes(double deviation)
{
    std::vector<double> strikes;
    for (int i = 0; i < 40; ++i)
        strikes.push_back(lewis.spot * std::exp((-2.5 + 5.0 * i / 39) * deviation));
    return strikes;
}

struct Columns {
    std::vector<double> memory;
    std::size_t size;
    std::size_t used = 0;

    explicit Columns(std::size_t rows) : memory(13 * rows), size(rows) {}
    std::span<double> next() { return std::span(memory).subspan(size * used++, size); }
};

enum class Wanted { Price, Greeks, Gradient };

template<class View>
View viewOf(Columns& columns, Wanted wanted)
{
    View view;
    view.price = columns.next();
    if (wanted == Wanted::Greeks) {
        for (auto* column : {&view.delta, &view.gamma, &view.theta, &view.rho})
            *column = columns.next();
    }
    if constexpr (requires { view.byV0; }) {
        if (wanted == Wanted::Gradient) {
            for (auto* column : {&view.byV0, &view.byKappa, &view.byTheta, &view.bySigma, &view.byRho})
                *column = columns.next();
        }
    } else if (wanted == Wanted::Greeks) {
        view.vega = columns.next();
    }
    return view;
}

void ourHestonAlone(benchmark::State& state, Wanted wanted)
{
    Columns columns(1);
    const auto view = viewOf<HestonView>(columns, wanted);
    std::size_t i = 0;
    for (auto _ : state) {
        const double strike = lewisStrikes[i];
        hestonStrip(strike < lewis.spot ? Right::Put : Right::Call, lewis, years, hestonModel, {&strike, 1}, view);
        benchmark::ClobberMemory();
        i = (i + 1) % lewisStrikes.size();
    }
    countOptions(state, 1);
}

void ourHestonChain(benchmark::State& state, Wanted wanted)
{
    const auto strikes = chainStrikes(0.42);
    Columns columns(strikes.size());
    const auto view = viewOf<HestonView>(columns, wanted);
    for (auto _ : state) {
        hestonStrip(Right::Call, lewis, years, hestonModel, strikes, view);
        benchmark::ClobberMemory();
    }
    countOptions(state, strikes.size());
}

void ourBatesChain(benchmark::State& state)
{
    const auto strikes = chainStrikes(0.3);
    Columns columns(strikes.size());
    const auto view = viewOf<BatesView>(columns, Wanted::Price);
    for (auto _ : state) {
        batesStrip(Right::Call, lewis, years, batesModel, strikes, view);
        benchmark::ClobberMemory();
    }
    countOptions(state, strikes.size());
}

void ourMerton(benchmark::State& state, std::size_t count)
{
    auto strikes = chainStrikes(0.28);
    strikes.resize(count, 105);
    Columns columns(count);
    const auto view = viewOf<MertonView>(columns, Wanted::Greeks);
    for (auto _ : state) {
        mertonStrip(Right::Call, lewis, years, mertonModel, strikes, view);
        benchmark::ClobberMemory();
    }
    countOptions(state, count);
}

template<class Make>
void quantLib(benchmark::State& state, Make make)
{
    std::vector<reference::ModelOption> options;
    for (const double strike : lewisStrikes) {
        auto option = make(strike < lewis.spot ? Right::Put : Right::Call, strike);
        if (!option) {
            state.SkipWithError(option.error().message().c_str());
            return;
        }
        options.push_back(std::move(*option));
    }
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(options[i].value());
        i = (i + 1) % options.size();
    }
    countOptions(state, 1);
}

void quantLibHeston(benchmark::State& state, reference::HestonQuadrature quadrature)
{
    quantLib(state, [&](Right right, double strike) {
        return reference::ModelOption::heston(right, lewis, strike, days, hestonModel, quadrature);
    });
}

void quantLibBates(benchmark::State& state)
{
    quantLib(state, [](Right right, double strike) {
        return reference::ModelOption::bates(right, lewis, strike, days, batesModel);
    });
}

void quantLibMerton(benchmark::State& state)
{
    quantLib(state, [](Right right, double strike) {
        return reference::ModelOption::merton(right, lewis, strike, days, mertonModel);
    });
}

void ourFit(benchmark::State& state)
{
    const auto board = dax_board::read();
    if (board.quotes.empty()) {
        state.SkipWithError("the DAX board is not beside the source tree");
        return;
    }
    const auto slices = dax_board::slices(board);
    double sum = 0;
    for (auto _ : state)
        sum = calibration::fitHeston(slices)->sumOfSquares;
    state.counters["squares"] = sum;
    countOptions(state, 1);
}

void quantLibFit(benchmark::State& state)
{
    const auto board = dax_board::read();
    std::vector<reference::BoardQuote> quotes;
    for (const auto& each : board.quotes)
        quotes.push_back({each.days, each.rate, each.strike, each.vol});
    double sum = 0;
    for (auto _ : state) {
        const auto fit = reference::fitHestonBoard(board.spot, board.dividendYield, quotes);
        if (!fit) {
            state.SkipWithError(fit.error().message().c_str());
            return;
        }
        sum = fit->sumOfSquares;
    }
    state.counters["squares"] = sum;
    countOptions(state, 1);
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
            const auto counter = run.counters.find("per option");
            if (!run.error_occurred && counter != run.counters.end())
                m_nanos[run.benchmark_name()] = 1e9 * counter->second.value;
        }
    }

    void printRatio(const char* what, const std::string& theirs, const std::string& ours) const
    {
        const auto a = m_nanos.find(theirs);
        const auto b = m_nanos.find(ours);
        if (a != m_nanos.end() && b != m_nanos.end())
            std::printf("%-58s %12.1f / %10.1f ns = %6.1f x\n", what, a->second, b->second, a->second / b->second);
    }

private:
    std::map<std::string, double> m_nanos;
};

} // namespace

BENCHMARK_CAPTURE(ourHestonAlone, price, Wanted::Price)->Name("heston/ours alone, price");
BENCHMARK_CAPTURE(ourHestonAlone, greeks, Wanted::Greeks)->Name("heston/ours alone, price and four Greeks");
BENCHMARK_CAPTURE(ourHestonAlone, gradient, Wanted::Gradient)->Name("heston/ours alone, price and gradient");
BENCHMARK_CAPTURE(ourHestonChain, price, Wanted::Price)->Name("heston/ours in a chain of 40, price");
BENCHMARK_CAPTURE(ourHestonChain, greeks, Wanted::Greeks)->Name("heston/ours in a chain of 40, price and four Greeks");
BENCHMARK_CAPTURE(ourHestonChain, gradient, Wanted::Gradient)->Name("heston/ours in a chain of 40, price and gradient");
BENCHMARK_CAPTURE(quantLibHeston, cv, reference::HestonQuadrature::Laguerre64OptimalControlVariate)
    ->Name("heston/QuantLib OptimalCV, Laguerre 64, price");
BENCHMARK_CAPTURE(quantLibHeston, laguerre, reference::HestonQuadrature::Laguerre144)
    ->Name("heston/QuantLib default, Laguerre 144, price");
BENCHMARK(ourBatesChain)->Name("bates/ours in a chain of 40, price");
BENCHMARK(quantLibBates)->Name("bates/QuantLib BatesEngine, Laguerre 144, price");
BENCHMARK_CAPTURE(ourMerton, alone, 1)->Name("merton/ours alone, price and five Greeks");
BENCHMARK_CAPTURE(ourMerton, chain, 40)->Name("merton/ours in a chain of 40, price and five Greeks");
BENCHMARK(quantLibMerton)->Name("merton/QuantLib JumpDiffusionEngine, price and Greeks");
BENCHMARK(ourFit)->Name("calibration/ours, Heston on the DAX board")->Unit(benchmark::kMillisecond);
BENCHMARK(quantLibFit)
    ->Name("calibration/QuantLib, Heston on the DAX board")
    ->Unit(benchmark::kMillisecond)
    ->Iterations(3);

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RememberingReporter reporter;
    const std::size_t count = benchmark::RunSpecifiedBenchmarks(&reporter);
    std::printf("\nQuantLib's time over ours, an option (a fit on the last line):\n");
    const std::string best = "heston/QuantLib OptimalCV, Laguerre 64, price";
    const std::string usual = "heston/QuantLib default, Laguerre 144, price";
    reporter.printRatio("Heston: OptimalCV against price alone", best, "heston/ours alone, price");
    reporter.printRatio("Heston: default against price alone", usual, "heston/ours alone, price");
    reporter.printRatio("Heston: OptimalCV against price in a chain", best, "heston/ours in a chain of 40, price");
    reporter.printRatio("Heston: OptimalCV against price and gradient in a chain", best,
                        "heston/ours in a chain of 40, price and gradient");
    reporter.printRatio("Bates: default against price in a chain", "bates/QuantLib BatesEngine, Laguerre 144, price",
                        "bates/ours in a chain of 40, price");
    reporter.printRatio("Merton: engine against price and Greeks alone",
                        "merton/QuantLib JumpDiffusionEngine, price and Greeks",
                        "merton/ours alone, price and five Greeks");
    reporter.printRatio("Merton: engine against price and Greeks in a chain",
                        "merton/QuantLib JumpDiffusionEngine, price and Greeks",
                        "merton/ours in a chain of 40, price and five Greeks");
    reporter.printRatio("Heston fit of the DAX board", "calibration/QuantLib, Heston on the DAX board/iterations:3",
                        "calibration/ours, Heston on the DAX board");
    return count == 0 ? 1 : 0;
}
