#include "base/random.h"
#include "market/calendar.h"
#include "pricing/black_scholes.h"
#include "pricing/chain_analytics.h"
#include "pricing/implied_volatility.h"
#include "pricing/reference/quantlib.h"
#include "pricing/simd_path.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <utility>
#include <vector>

/// Ours and QuantLib's on the same inputs, in nanoseconds an option, with the ratios at the end.
namespace
{

using namespace vegadesk;
using namespace vegadesk::pricing;

constexpr std::size_t optionCount = 2048;
constexpr double years = 0.25;
const MarketPoint point{100, 0.03, 0.01};

/// Out-of-the-money calls from the money to three deviations, as a chain has them.
struct Strip {
    std::vector<double> strikes, vols, prices;

    Strip()
    {
        base::Generator generator(1);
        for (std::size_t i = 0; i < optionCount; ++i) {
            vols.push_back(generator.uniform(0.15, 0.45));
            strikes.push_back(point.spot * std::exp(generator.uniform(0.01, 3) * vols.back() * std::sqrt(years)));
            prices.push_back(blackScholesPrice(Right::Call, point, strikes.back(), years, vols.back()));
        }
    }
};

const Strip& strip()
{
    static const Strip one;
    return one;
}

void countOptions(benchmark::State& state, std::size_t perIteration)
{
    state.counters["per option"] =
        benchmark::Counter(static_cast<double>(perIteration) * static_cast<double>(state.iterations()),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

/// What of the value and its derivatives a run asks for.
enum class Columns { Price, First, Higher };

void ourGreeks(benchmark::State& state, SimdPath path, Columns columns)
{
    const SimdPathPin pin(path);
    GreeksColumns out;
    out.resize(optionCount);
    GreeksView first;
    first.price = out.price;
    if (columns != Columns::Price)
        first = out.view();
    std::vector<std::vector<double>> cells(7, std::vector<double>(optionCount));
    HigherGreeksView higher;
    if (columns == Columns::Higher)
        higher = {cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]};
    for (auto _ : state) {
        blackScholesStrip(Right::Call, point, years, strip().strikes, strip().vols, first, higher);
        benchmark::DoNotOptimize(out.price.data());
        benchmark::ClobberMemory();
    }
    countOptions(state, optionCount);
}

/// The same options, each with a market of its own.
void ourBatch(benchmark::State& state, SimdPath path)
{
    const SimdPathPin pin(path);
    const std::vector<Right> rights(optionCount, Right::Call);
    const std::vector<double> spots(optionCount, point.spot);
    const std::vector<double> rates(optionCount, point.rate);
    const std::vector<double> yields(optionCount, point.dividendYield);
    const std::vector<double> terms(optionCount, years);
    GreeksColumns out;
    out.resize(optionCount);
    for (auto _ : state) {
        blackScholesBatch({rights, spots, rates, yields, terms, strip().strikes, strip().vols}, out.view());
        benchmark::ClobberMemory();
    }
    countOptions(state, optionCount);
}

void ourScalar(benchmark::State& state)
{
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(blackScholes(Right::Call, point, strip().strikes[i], years, strip().vols[i]));
        i = (i + 1) % optionCount;
    }
    countOptions(state, 1);
}

void quantLibFormula(benchmark::State& state)
{
    std::vector<double> prices(optionCount);
    for (auto _ : state) {
        if (!reference::blackFormulaStrip(Right::Call, point, years, strip().strikes, strip().vols, prices))
            state.SkipWithError("QuantLib refused the strip");
        benchmark::ClobberMemory();
    }
    countOptions(state, optionCount);
}

void quantLibCalculator(benchmark::State& state)
{
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(
            reference::blackScholes(Right::Call, point, strip().strikes[i], years, strip().vols[i]));
        i = (i + 1) % optionCount;
    }
    countOptions(state, 1);
}

void quantLibEngine(benchmark::State& state)
{
    auto option = reference::EngineOption::make(Right::Call, point, 105, 91, 0.25);
    if (!option) {
        state.SkipWithError(option.error().message().c_str());
        return;
    }
    std::size_t i = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(option->value(point.spot, strip().vols[i]));
        i = (i + 1) % optionCount;
    }
    countOptions(state, 1);
}

void ourImpliedVolatility(benchmark::State& state, SimdPath path)
{
    const SimdPathPin pin(path);
    std::vector<double> vols(optionCount);
    for (auto _ : state) {
        impliedVolatilityStrip(Right::Call, point, years, strip().strikes, strip().prices, vols);
        benchmark::ClobberMemory();
    }
    countOptions(state, optionCount);
}

void quantLibImpliedVolatility(benchmark::State& state)
{
    std::vector<double> vols(optionCount);
    for (auto _ : state) {
        if (!reference::impliedVolatilityStrip(Right::Call, point, years, strip().strikes, strip().prices, vols))
            state.SkipWithError("QuantLib refused the strip");
        benchmark::ClobberMemory();
    }
    countOptions(state, optionCount);
}

/// 2,000 contracts: ten expiries of a hundred strikes, both sides, quoted a cent either way.
market::OptionChain wholeChain(base::Instant now)
{
    market::OptionChain chain;
    chain.at = now;
    chain.underlyingLast = point.spot;
    for (int week = 1; week <= 10; ++week) {
        market::Expiration expiration;
        expiration.expiresAt = now + std::chrono::hours(24 * 7) * week;
        expiration.style = market::ExerciseStyle::European;
        expiration.calls.resize(100);
        expiration.puts.resize(100);
        const double term = market::yearsUntil(now, expiration.expiresAt);
        for (std::size_t row = 0; row < 100; ++row) {
            expiration.strikes.push_back(75 + 0.5 * static_cast<double>(row));
            for (const Right right : {Right::Call, Right::Put}) {
                market::OptionColumns& side = expiration.side(right);
                const double price = blackScholesPrice(right, point, expiration.strikes.back(), term, 0.25);
                side.bid[row] = std::max(0.0, price - 0.01);
                side.ask[row] = price + 0.01;
                side.flags[row] = market::classify(side.quoteAt(row), now, base::Nanos{0});
            }
        }
        chain.expirations.push_back(std::move(expiration));
    }
    return chain;
}

void ourChain(benchmark::State& state)
{
    const base::Instant now = base::fromUnixMillis(1'795'000'000'000);
    const market::OptionChain chain = wholeChain(now);
    for (auto _ : state)
        benchmark::DoNotOptimize(analyse(chain, now, {0.03, 0.01}));
    countOptions(state, 2000);
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
            std::printf("%-58s %8.1f / %6.1f ns = %6.1f x\n", what, a->second, b->second, a->second / b->second);
    }

private:
    std::map<std::string, double> m_nanos;
};

} // namespace

BENCHMARK(ourScalar)->Name("black_scholes/ours, one option at a time");
BENCHMARK(quantLibFormula)->Name("black_scholes/QuantLib blackFormula, price alone");
BENCHMARK(quantLibCalculator)->Name("black_scholes/QuantLib calculator, price and five Greeks");
BENCHMARK(quantLibEngine)->Name("black_scholes/QuantLib engine, price and five Greeks");
BENCHMARK(quantLibImpliedVolatility)->Name("implied_volatility/QuantLib, accuracy 1e-12");
BENCHMARK(ourChain)->Name("chain/ours, 2,000 contracts: forwards, volatilities, Greeks")->Unit(benchmark::kMicrosecond);

namespace
{

std::string named(const char* what, SimdPath path)
{
    return std::string(what) + ", " + std::string(simdPathName(path));
}

constexpr const char* price = "black_scholes/ours, price alone";
constexpr const char* first = "black_scholes/ours, price and five Greeks";
constexpr const char* higher = "black_scholes/ours, price and twelve Greeks";
constexpr const char* batch = "black_scholes/ours, markets of their own";
constexpr const char* volatility = "implied_volatility/ours";

void registerPaths()
{
    for (const SimdPath path : supportedSimdPaths()) {
        benchmark::RegisterBenchmark(named(price, path).c_str(), ourGreeks, path, Columns::Price);
        benchmark::RegisterBenchmark(named(first, path).c_str(), ourGreeks, path, Columns::First);
        benchmark::RegisterBenchmark(named(higher, path).c_str(), ourGreeks, path, Columns::Higher);
        benchmark::RegisterBenchmark(named(batch, path).c_str(), ourBatch, path);
        benchmark::RegisterBenchmark(named(volatility, path).c_str(), ourImpliedVolatility, path);
    }
}

} // namespace

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    registerPaths();
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RememberingReporter reporter;
    const std::size_t count = benchmark::RunSpecifiedBenchmarks(&reporter);
    std::printf("\nQuantLib's time over ours, an option:\n");
    for (const SimdPath path : supportedSimdPaths()) {
        std::printf("%s\n", std::string(simdPathName(path)).c_str());
        reporter.printRatio("  blackFormula (price alone) against price alone",
                            "black_scholes/QuantLib blackFormula, price alone", named(price, path));
        reporter.printRatio("  blackFormula (price alone) against price and Greeks",
                            "black_scholes/QuantLib blackFormula, price alone", named(first, path));
        reporter.printRatio("  calculator against price and Greeks",
                            "black_scholes/QuantLib calculator, price and five Greeks", named(first, path));
        reporter.printRatio("  engine against price and Greeks", "black_scholes/QuantLib engine, price and five Greeks",
                            named(first, path));
        reporter.printRatio("  implied volatility", "implied_volatility/QuantLib, accuracy 1e-12",
                            named(volatility, path));
    }
    return count == 0 ? 1 : 0;
}
