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
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& run : runs) {
            if (run.error_occurred || run.run_type != Run::RT_Iteration || run.iterations == 0)
                continue;
            const double nanos = 1e9 * run.cpu_accumulated_time / static_cast<double>(run.iterations);
            const auto [known, isNew] = m_nanos.try_emplace(run.run_name.function_name, nanos);
            known->second = std::min(known->second, nanos);
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
    std::map<std::string, double> m_nanos;
};

/// Position in the row: names may hold slashes and spaces, which mean something to the library.
std::string nameOf(std::size_t subject)
{
    return fmt::format("subject{}", subject);
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

Times measure(const Row& row, Effort effort)
{
    fmt::print(stderr, "{}\n", row.kernel);
    if (row.ours)
        registerTimed(nameOf(oursAt), *row.ours, effort);
    for (std::size_t i = 0; i < row.references.size(); ++i)
        registerTimed(nameOf(i + 1), row.references[i], effort);
    std::string program = "vegadesk-cli";
    std::array<char*, 2> arguments{program.data(), nullptr};
    int count = 1;
    benchmark::Initialize(&count, arguments.data());
    FastestReporter reporter;
    benchmark::RunSpecifiedBenchmarks(&reporter);
    Times out;
    if (row.ours)
        out.ours = reporter.nanos(nameOf(oursAt), row.ours->items);
    for (std::size_t i = 0; i < row.references.size(); ++i)
        out.references.push_back(reporter.nanos(nameOf(i + 1), row.references[i].items));
    benchmark::ClearRegisteredBenchmarks();
    return out;
}

} // namespace vegadesk::cli::bench
