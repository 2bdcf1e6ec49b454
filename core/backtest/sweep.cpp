#include "backtest/sweep.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <condition_variable>
#include <fmt/format.h>
#include <mutex>
#include <set>
#include <thread>

namespace vegadesk::backtest
{

namespace
{

constexpr std::size_t valuesMost = 10'000;
constexpr auto progressEvery = std::chrono::milliseconds(50);

/// What the threads of a sweep share. The caller's own thread tells what they have done.
class Sweep
{
public:
    Sweep(std::span<const Config> configs, std::shared_ptr<const SharedChains> data, const SweepOptions& options,
          const std::stop_token& stop)
        : m_configs(configs), m_data(std::move(data)), m_options(options), m_stop(stop)
    {
    }

    void run(std::size_t threadCount)
    {
        m_working = threadCount;
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < threadCount; ++i)
            threads.emplace_back([this] { work(); });
        std::unique_lock lock(m_mutex);
        while (m_working > 0 || !m_finished.empty()) {
            m_wake.wait_for(lock, progressEvery, [this] { return m_working == 0 || !m_finished.empty(); });
            std::vector<Finished> finished = std::move(m_finished);
            m_finished.clear();
            const double progressed = m_progressed;
            lock.unlock();
            for (const Finished& each : finished) {
                ++m_told;
                if (m_options.onRun)
                    m_options.onRun(each.place, each.report);
            }
            tellProgress(progressed);
            lock.lock();
        }
    }

private:
    struct Finished {
        std::size_t place = 0;
        base::Result<Report> report;
    };

    void work()
    {
        for (std::size_t place = m_next++; place < m_configs.size() && !m_stop.stop_requested(); place = m_next++) {
            const Config& config = m_configs[place];
            const auto source = m_data->source(config.from, config.to);
            double before = 0;
            auto report = runOne(config, *source, [&](const Progress& progress) {
                const double now =
                    static_cast<double>(progress.done) / static_cast<double>(std::max<std::size_t>(1, progress.total));
                const std::scoped_lock lock(m_mutex);
                m_progressed += now - before;
                before = now;
            });
            if (report && report->isCancelled)
                break;
            const std::scoped_lock lock(m_mutex);
            m_progressed += 1 - before;
            m_finished.push_back({place, std::move(report)});
            m_wake.notify_one();
        }
        const std::scoped_lock lock(m_mutex);
        --m_working;
        m_wake.notify_one();
    }

    base::Result<Report> runOne(const Config& config, history::ChainSource& source, const OnProgress& progress) const
    {
        try {
            return backtest::run(config, source, m_stop, progress);
        } catch (const std::exception& exception) {
            // A mistake of ours in one run: the others are none the worse.
            return base::fail(base::ErrorKind::Internal, "backtest", "", "broke off", exception.what());
        }
    }

    void tellProgress(double progressed)
    {
        const auto now = std::chrono::steady_clock::now();
        if (!m_options.onProgress || (m_told < m_configs.size() && now - m_toldAt < progressEvery))
            return;
        m_toldAt = now;
        const double fraction = std::min(1.0, progressed / static_cast<double>(m_configs.size()));
        const double spent = std::chrono::duration<double>(now - m_startedAt).count();
        m_options.onProgress(
            {m_told, m_configs.size(), fraction, fraction > 0 ? spent * (1 - fraction) / fraction : market::unknown});
    }

    const std::span<const Config> m_configs;
    const std::shared_ptr<const SharedChains> m_data;
    const SweepOptions& m_options;
    const std::stop_token m_stop;
    const std::chrono::steady_clock::time_point m_startedAt = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_toldAt = m_startedAt;
    std::size_t m_told = 0;
    std::atomic<std::size_t> m_next = 0;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::vector<Finished> m_finished; // guarded by m_mutex, as are the two below
    double m_progressed = 0;
    std::size_t m_working = 0;
};

} // namespace

base::Result<std::vector<std::string>> valuesFrom(double first, double last, double step)
{
    if (!(step > 0) || !std::isfinite(step))
        return base::badInput("step", fmt::format("{}", step), "a positive number");
    if (!std::isfinite(first) || !std::isfinite(last) || last < first)
        return base::badInput("to", fmt::format("{}", last), fmt::format("not below {}", first));
    const double count = std::floor((last - first) / step + 1e-9) + 1;
    if (count > static_cast<double>(valuesMost))
        return base::badInput("step", fmt::format("{}", step), fmt::format("at most {} values", valuesMost));
    std::vector<std::string> values;
    for (double i = 0; i < count; ++i)
        values.push_back(fmt::format("{:.12g}", first + i * step));
    return values;
}

base::Result<std::size_t> combinationCount(const Config& base, std::span<const SweepAxis> axes)
{
    std::size_t count = 1;
    std::set<std::string_view> names;
    base::Parameters parameters = base.parameters;
    for (const SweepAxis& axis : axes) {
        if (!names.insert(axis.name).second)
            return base::badInput("grid", axis.name, "each parameter once");
        if (axis.values.empty())
            return base::badInput(axis.name, "[]", "at least one value");
        std::set<double> seen;
        for (const std::string& value : axis.values) {
            if (const auto set = parameters.setText(axis.name, value); !set)
                return tl::make_unexpected(set.error());
            if (!seen.insert(parameters[axis.name]).second)
                return base::badInput(axis.name, value, "each value once");
        }
        count *= axis.values.size();
        if (count > sweepRunsMost)
            return base::badInput("grid", fmt::format("{} runs and more", count),
                                  fmt::format("at most {}", sweepRunsMost));
    }
    return count;
}

base::Result<std::vector<Config>> combinations(const Config& base, std::span<const SweepAxis> axes,
                                               const std::stop_token& stop)
{
    const auto count = combinationCount(base, axes);
    if (!count)
        return tl::make_unexpected(count.error());
    std::vector<Config> configs;
    configs.reserve(*count);
    std::vector<std::size_t> places(axes.size(), 0); // of each axis's value
    while (configs.size() < *count) {
        if (stop.stop_requested())
            return cancelled("sweep");
        Config& config = configs.emplace_back(base);
        for (std::size_t axis = 0; axis < axes.size(); ++axis)
            (void)config.parameters.setText(axes[axis].name, axes[axis].values[places[axis]]); // was looked at above
        for (std::size_t axis = axes.size(); axis-- > 0;) {
            if (++places[axis] < axes[axis].values.size())
                break;
            places[axis] = 0;
        }
    }
    return configs;
}

tl::unexpected<base::Error> cancelled(std::string_view what)
{
    return base::fail(base::ErrorKind::Cancelled, what, "", "cancelled");
}

base::Result<Shard> parseShard(std::string_view text)
{
    const auto refused = [&] { return base::badInput("shard", text, "I/N with 1 <= I <= N, as 2/8"); };
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos)
        return refused();
    Shard shard;
    for (const auto& [part, number] :
         {std::pair{text.substr(0, slash), &shard.index}, std::pair{text.substr(slash + 1), &shard.count}}) {
        const auto read = std::from_chars(part.data(), part.data() + part.size(), *number);
        if (read.ec != std::errc{} || read.ptr != part.data() + part.size())
            return refused();
    }
    if (shard.index < 1 || shard.index > shard.count)
        return refused();
    return shard;
}

bool isIn(const Shard& shard, std::size_t place)
{
    return place % shard.count == shard.index - 1;
}

base::Result<void> sweep(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                         const SweepOptions& options, std::stop_token stop)
{
    Sweep shared(configs, std::move(data), options, stop);
    const std::size_t wanted =
        options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
    shared.run(std::min(wanted, configs.size()));
    if (stop.stop_requested())
        return cancelled("sweep");
    return {};
}

} // namespace vegadesk::backtest
