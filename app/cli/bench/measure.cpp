#include "measure.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

namespace vegadesk::cli::bench
{

namespace
{

/// Keeps the fastest repetition of each benchmark, and prints nothing of its own.
class FastestReporter final : public benchmark::BenchmarkReporter
{
public:
    explicit FastestReporter(std::map<std::string, std::string> startingKernels)
        : m_startingKernels(std::move(startingKernels))
    {
    }
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            if (run.error_occurred || run.run_type != Run::RT_Iteration || run.iterations == 0)
                continue;
            const std::string name = run.run_name.function_name;
            const double nanos = 1e9 * run.cpu_accumulated_time / static_cast<double>(run.iterations);
            const auto [known, isNew] = m_nanos.try_emplace(name, nanos);
            known->second = std::min(known->second, nanos);
            if (const auto kernel = m_startingKernels.find(name); isNew && kernel != m_startingKernels.end())
                fmt::print(stderr, "{}\n", kernel->second);
        }
    }
    std::optional<double> nanos(const std::string& name, std::size_t items) const
    {
        const auto found = m_nanos.find(name);
        return found == m_nanos.end()
                   ? std::nullopt
                   : std::optional(found->second / static_cast<double>(std::max<std::size_t>(items, 1)));
    }

private:
    std::map<std::string, std::string> m_startingKernels; ///< by the first benchmark of each
    std::map<std::string, double> m_nanos;
};

/// Position in the table: kernels' names may hold slashes and spaces, which mean something to the library.
std::string nameOf(std::size_t row, std::size_t subject)
{
    return fmt::format("row{}_{}", row, subject);
}

constexpr std::size_t oursAt = 0; // references follow

void registerTimed(const std::string& name, const Timed& timed, Effort effort)
{
    auto* const registered = benchmark::RegisterBenchmark(name.c_str(), [call = timed.call](benchmark::State& state) {
        for (auto _ : state) {
            call();
            benchmark::ClobberMemory();
        }
    });
    constexpr int repetitions = 7;
    registered->Repetitions(effort == Effort::Full ? repetitions : 1)->MinTime(effort == Effort::Full ? 0.5 : 1e-6);
}

} // namespace

std::vector<Times> measure(std::span<const Row> rows, Effort effort)
{
    std::map<std::string, std::string> startingKernels;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (rows[row].ours)
            registerTimed(nameOf(row, oursAt), *rows[row].ours, effort);
        for (std::size_t i = 0; i < rows[row].references.size(); ++i)
            registerTimed(nameOf(row, i + 1), rows[row].references[i], effort);
        startingKernels.emplace(nameOf(row, rows[row].ours ? oursAt : 1), rows[row].kernel);
    }
    std::string program = "vegadesk-cli";
    std::array<char*, 2> arguments{program.data(), nullptr};
    int count = 1;
    benchmark::Initialize(&count, arguments.data());
    FastestReporter reporter(std::move(startingKernels));
    benchmark::RunSpecifiedBenchmarks(&reporter);
    std::vector<Times> out;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        Times times;
        if (rows[row].ours)
            times.ours = reporter.nanos(nameOf(row, oursAt), rows[row].ours->items);
        for (std::size_t i = 0; i < rows[row].references.size(); ++i)
            times.references.push_back(reporter.nanos(nameOf(row, i + 1), rows[row].references[i].items));
        out.push_back(std::move(times));
    }
    benchmark::ClearRegisteredBenchmarks();
    return out;
}

} // namespace vegadesk::cli::bench
