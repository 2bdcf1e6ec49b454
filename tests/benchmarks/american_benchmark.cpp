#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/american/cash_dividends.h"
#include "pricing/reference/quantlib_american.h"
#include "pricing/simd_path.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

/// Ours beside QuantLib's fixed-point engine on the same 243 puts, in microseconds an option, and the errors of both.
namespace
{

using namespace vegadesk;
using namespace vegadesk::pricing;

constexpr double strike = 100;

struct Put {
    MarketPoint market;
    int days;
    double vol;

    double ours() const { return americanPrice(Right::Put, market, strike, days / 365.0, vol); }
};

std::vector<Put> puts()
{
    std::vector<Put> out;
    for (const int days : {30, 182, 365}) {
        for (const double rate : {0.02, 0.06, 0.10}) {
            for (const double yield : {0.0, 0.04, 0.12}) {
                for (const double vol : {0.10, 0.25, 0.60}) {
                    for (const double spot : {75.0, 100.0, 125.0})
                        out.push_back({{spot, rate, yield}, days, vol});
                }
            }
        }
    }
    return out;
}

void countOptions(benchmark::State& state, std::size_t perIteration)
{
    state.counters["per option"] =
        benchmark::Counter(static_cast<double>(perIteration) * static_cast<double>(state.iterations()),
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void oursAlone(benchmark::State& state)
{
    const auto all = puts();
    for (auto _ : state) {
        for (const Put& put : all)
            benchmark::DoNotOptimize(put.ours());
    }
    countOptions(state, all.size());
}

void oursWithGreeks(benchmark::State& state)
{
    const auto all = puts();
    for (auto _ : state) {
        for (const Put& put : all)
            benchmark::DoNotOptimize(american(Right::Put, put.market, strike, put.days / 365.0, put.vol));
    }
    countOptions(state, all.size());
}

std::vector<reference::QdFpOption> quantLibOptions(reference::QdFpScheme scheme)
{
    std::vector<reference::QdFpOption> out;
    for (const Put& put : puts()) {
        auto option = reference::QdFpOption::make(Right::Put, put.market, strike, put.days, put.vol, scheme);
        if (!option) {
            std::fprintf(stderr, "%s\n", option.error().message().c_str());
            std::abort();
        }
        out.push_back(std::move(*option));
    }
    return out;
}

void quantLib(benchmark::State& state, reference::QdFpScheme scheme)
{
    auto options = quantLibOptions(scheme);
    const auto all = puts();
    double nudge = 1e-9; // a quote that does not move is not priced again
    for (auto _ : state) {
        for (std::size_t i = 0; i < all.size(); ++i)
            benchmark::DoNotOptimize(options[i].price(all[i].market.spot * (1 + nudge)));
        nudge = -nudge;
    }
    countOptions(state, all.size());
}

/// A quarter's strikes with a smile: forty, and two hundred.
struct Chain {
    MarketPoint market{100, 0.04, 0.015};
    std::vector<double> strikes, vols, prices;

    explicit Chain(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            strikes.push_back(80 + 40.0 * static_cast<double>(i) / static_cast<double>(count));
            const double x = std::log(strikes.back() / 100);
            vols.push_back(0.25 - 0.2 * x + 0.5 * x * x);
            prices.push_back(americanPrice(Right::Put, market, strikes.back(), 0.25, vols.back()));
        }
    }
};

void oursStrip(benchmark::State& state, bool withGreeks)
{
    const Chain chain(static_cast<std::size_t>(state.range(0)));
    GreeksColumns out;
    out.resize(chain.strikes.size());
    GreeksView view = out.view();
    if (!withGreeks) {
        view = {};
        view.price = out.price;
    }
    for (auto _ : state) {
        americanStrip(Right::Put, chain.market, 0.25, chain.strikes, chain.vols, view);
        benchmark::ClobberMemory();
    }
    countOptions(state, chain.strikes.size());
}

void oursImpliedVolatility(benchmark::State& state)
{
    const Chain chain(40);
    std::vector<double> vols(chain.strikes.size());
    for (auto _ : state) {
        americanImpliedVolatilityStrip(Right::Put, chain.market, 0.25, chain.strikes, chain.prices, vols);
        benchmark::ClobberMemory();
    }
    countOptions(state, chain.strikes.size());
}

void dividends(benchmark::State& state, Right right)
{
    const std::vector<CashDividend> quarterly{{0.2, 0.8}, {0.45, 0.8}, {0.7, 0.8}, {0.95, 0.8}};
    for (auto _ : state)
        benchmark::DoNotOptimize(americanPriceWithDividends(right, {100, 0.05, 0}, quarterly, 100, 1, 0.25));
    countOptions(state, 1);
}

/// Prints as usual and remembers each benchmark's time.
class RememberingReporter final : public benchmark::ConsoleReporter
{
public:
    RememberingReporter() : ConsoleReporter(OO_Tabular) {}
    void ReportRuns(const std::vector<Run>& runs) override
    {
        ConsoleReporter::ReportRuns(runs);
        for (const Run& run : runs) {
            const auto counter = run.counters.find("per option");
            if (!run.error_occurred && counter != run.counters.end())
                m_micros[run.benchmark_name()] = 1e6 * counter->second.value;
        }
    }

    void printRatio(const char* what, const std::string& theirs, const std::string& ours) const
    {
        const auto a = m_micros.find(theirs);
        const auto b = m_micros.find(ours);
        if (a != m_micros.end() && b != m_micros.end())
            std::printf("%-58s %8.2f / %6.3f us = %6.1f x\n", what, a->second, b->second, a->second / b->second);
    }

private:
    std::map<std::string, double> m_micros;
};

/// Prices of our collocation at three times its nodes, good to 1e-8; in the order of puts().
std::vector<double> exactPrices()
{
    std::vector<double> out;
    std::ifstream file(VEGADESK_TEST_DATA "/values/american_puts.csv");
    std::string line;
    std::getline(file, line); // names
    while (std::getline(file, line))
        out.push_back(std::strtod(line.c_str() + line.rfind(',') + 1, nullptr));
    return out;
}

/// Root of the mean square error of `prices`, and the largest.
void printErrors(const char* what, const std::vector<double>& prices, const std::vector<double>& exact)
{
    double squares = 0, largest = 0;
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const double error = std::abs(prices[i] - exact[i]);
        squares += error * error;
        largest = std::max(largest, error);
    }
    std::printf("%-58s root of mean square %.2e, largest %.2e\n", what,
                std::sqrt(squares / static_cast<double>(prices.size())), largest);
}

std::vector<double> pricesOf(reference::QdFpScheme scheme)
{
    std::vector<double> out;
    auto options = quantLibOptions(scheme);
    const auto all = puts();
    for (std::size_t i = 0; i < all.size(); ++i)
        out.push_back(options[i].price(all[i].market.spot).value_or(std::nan("")));
    return out;
}

} // namespace

BENCHMARK(oursAlone)->Name("put/ours, price")->Unit(benchmark::kMicrosecond);
BENCHMARK(oursWithGreeks)->Name("put/ours, price and five Greeks")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quantLib, fast, reference::QdFpScheme::Fast)
    ->Name("put/QuantLib fast")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(quantLib, accurate, reference::QdFpScheme::Accurate)
    ->Name("put/QuantLib accurate")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(oursStrip, price, false)->Name("strip/ours, price")->Arg(40)->Arg(200)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(oursStrip, greeks, true)
    ->Name("strip/ours, Greeks")
    ->Arg(40)
    ->Arg(200)
    ->Unit(benchmark::kMicrosecond);
BENCHMARK(oursImpliedVolatility)->Name("implied_volatility/ours, strip of 40")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(dividends, call, Right::Call)->Name("dividends/ours, call")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(dividends, put, Right::Put)->Name("dividends/ours, put")->Unit(benchmark::kMicrosecond);

int main(int argc, char** argv)
{
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv))
        return 1;
    RememberingReporter reporter;
    const std::size_t count = benchmark::RunSpecifiedBenchmarks(&reporter);
    std::printf("\nQuantLib's time over ours, an option, on %s:\n", std::string(simdPathName(simdPath())).c_str());
    reporter.printRatio("fast scheme against price alone", "put/QuantLib fast", "put/ours, price");
    reporter.printRatio("fast scheme against price and Greeks", "put/QuantLib fast", "put/ours, price and five Greeks");
    reporter.printRatio("fast scheme against a strip of 40", "put/QuantLib fast", "strip/ours, price/40");
    reporter.printRatio("fast scheme against a strip of 40 with Greeks", "put/QuantLib fast", "strip/ours, Greeks/40");
    reporter.printRatio("accurate scheme against price alone", "put/QuantLib accurate", "put/ours, price");

    const std::vector<double> exact = exactPrices();
    if (exact.size() != puts().size()) {
        std::fprintf(stderr, "no exact prices\n");
        return 1;
    }
    std::printf("\nErrors on %zu puts, strike 100:\n", exact.size());
    std::vector<double> ours;
    for (const Put& put : puts())
        ours.push_back(put.ours());
    printErrors("ours", ours, exact);
    printErrors("QuantLib fast", pricesOf(reference::QdFpScheme::Fast), exact);
    printErrors("QuantLib accurate", pricesOf(reference::QdFpScheme::Accurate), exact);
    return count == 0 ? 1 : 0;
}
