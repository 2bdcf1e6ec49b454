/// How long a backtest goes on after it was told to stop: asked at moments spread over its whole life, reading and intervals
/// included. Prints milliseconds for a person; what is asserted is that a run which was stopped says so.
/// Usage: bench_cancel [--quick] [--data FOLDER]

#include "desk/backtest_runner.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

using namespace vegadesk;
using Clock = std::chrono::steady_clock;

namespace
{

double millis(Clock::duration span)
{
    return std::chrono::duration<double, std::milli>(span).count();
}

/// Of one run that is stopped `after` its start; less than nothing where it had ended by itself before.
double latency(const desk::BacktestRequest& request, Clock::duration after)
{
    std::stop_source stop;
    std::promise<void> over;
    Clock::time_point ended;
    desk::BacktestReport report;
    std::thread work([&] {
        report = desk::runBacktest(request, stop.get_token(), [](double) {});
        ended = Clock::now();
        over.set_value();
    });
    const bool wasOver = over.get_future().wait_for(after) == std::future_status::ready;
    const Clock::time_point asked = Clock::now();
    stop.request_stop();
    work.join();
    if (!wasOver && ended > asked && !report.isCancelled && report.failure.empty() && millis(ended - asked) > 100) {
        std::fprintf(stderr, "bench_cancel: a run went on for %.0f ms and was not cancelled\n", millis(ended - asked));
        std::exit(1);
    }
    return wasOver ? -1 : millis(ended - asked);
}

} // namespace

int main(int argc, char** argv)
{
    int moments = 40;
    std::string folder;
    for (int i = 1; i < argc; ++i) {
        if (std::string_view(argv[i]) == "--quick")
            moments = 3;
        else if (std::string_view(argv[i]) == "--data" && i + 1 < argc)
            folder = argv[++i];
        else
            return std::fprintf(stderr, "usage: bench_cancel [--quick] [--data FOLDER]\n"), 2;
    }
    for (const char* const strategy : {"iron_condor", "gamma_scalping", "dispersion"}) {
        desk::BacktestRequest request;
        request.strategy = strategy;
        const bool isBasket = std::string_view(strategy) == "dispersion";
        if (isBasket && !folder.empty())
            continue; // a folder holds no basket
        request.capital = isBasket ? 2'000'000 : 100'000;
        request.dataFolder = folder;
        request.start = base::makeDate(2023, 1, 3);
        request.end = base::makeDate(2023, moments > 3 ? 12 : 2, 29 - (moments > 3 ? 0 : 1));
        const Clock::time_point began = Clock::now();
        const auto whole = desk::runBacktest(request, {}, [](double) {});
        if (!whole.failure.empty())
            return std::fprintf(stderr, "bench_cancel: %s\n", whole.failure.c_str()), 1;
        const Clock::duration life = Clock::now() - began;
        std::vector<double> latencies;
        for (int i = 0; i < moments; ++i) {
            if (const double one = latency(request, life * (2 * i + 1) / (2 * moments)); one >= 0)
                latencies.push_back(one);
        }
        std::ranges::sort(latencies);
        if (latencies.empty())
            return std::fprintf(stderr, "bench_cancel: no run of %s was stopped\n", strategy), 1;
        std::printf("%-15s whole run %6.0f ms; stopped at %zu moments: median %.1f ms, longest %.1f ms\n", strategy,
                    millis(life), latencies.size(), latencies[latencies.size() / 2], latencies.back());
    }
    return 0;
}
