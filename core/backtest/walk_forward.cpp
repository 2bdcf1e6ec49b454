#include "backtest/walk_forward.h"

#include "backtest/honesty.h"
#include "backtest/trials.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <thread>

namespace vegadesk::backtest
{

namespace
{

base::Result<void> inRange(std::string_view field, std::size_t value, std::size_t low, std::size_t high)
{
    if (value >= low && value <= high)
        return {};
    return base::badInput(field, std::to_string(value), fmt::format("{} to {} trading days", low, high));
}

/// One progress of both parts: in sample on all threads, then out of sample one run after the other.
class Pace
{
public:
    Pace(const SweepOptions& options, const WalkForwardSettings& settings, std::size_t configs)
        : m_tell(options.onProgress), m_configs(configs),
          m_threads(options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())),
          m_lengths(static_cast<double>(settings.outOfSample) / static_cast<double>(settings.inSample))
    {
    }

    void setFolds(std::size_t folds)
    {
        m_folds = folds;
        m_inSampleRuns = m_configs * folds;
        const auto in = static_cast<double>(m_inSampleRuns);
        m_share = in / (in + static_cast<double>(folds) * std::min(m_threads, in) * m_lengths);
    }
    /// Of runs that come after `before` others.
    void tellIn(std::size_t before, const SweepProgress& progress)
    {
        const double runs = static_cast<double>(before) + progress.fraction * static_cast<double>(progress.total);
        tell(before + progress.done, m_share * runs / static_cast<double>(m_inSampleRuns));
    }
    /// `done` folds, and that part of the next one.
    void tellOut(std::size_t done, double part)
    {
        const auto now = std::chrono::steady_clock::now();
        if (done < m_folds && now - m_toldAt < std::chrono::milliseconds(50))
            return;
        m_toldAt = now;
        const double share = (static_cast<double>(done) + part) / static_cast<double>(m_folds);
        tell(m_inSampleRuns + done, m_share + (1 - m_share) * share);
    }

private:
    void tell(std::size_t done, double fraction) const
    {
        if (!m_tell)
            return;
        const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_startedAt).count();
        m_tell({done, m_inSampleRuns + m_folds, fraction,
                fraction > 0 ? spent * (1 - fraction) / fraction : market::unknown});
    }

    const std::function<void(const SweepProgress&)>& m_tell;
    const std::size_t m_configs;
    const double m_threads, m_lengths; ///< runs at a time; days out of sample for each in it
    std::size_t m_inSampleRuns = 0, m_folds = 0;
    const std::chrono::steady_clock::time_point m_startedAt = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_toldAt = m_startedAt;
    double m_share = 1; ///< of the time, in sample
};

/// Every config on the days that are picked on.
class InSample
{
public:
    InSample(std::span<const Config> configs, std::shared_ptr<const SharedChains> data, std::string_view objective,
             const SweepOptions& options, Pace& pace)
        : m_configs(configs), m_data(std::move(data)), m_objective(objective), m_options(options), m_pace(pace)
    {
    }

    /// Folds that come after those before.
    base::Result<void> run(std::span<const Fold> folds, const std::stop_token& stop)
    {
        if (folds.empty())
            return {};
        std::vector<Config> runs;
        runs.reserve(folds.size() * m_configs.size());
        for (const Fold& fold : folds) {
            for (const Config& config : m_configs) {
                if (stop.stop_requested())
                    return cancelled("walk-forward");
                Config& in = runs.emplace_back(config);
                in.from = fold.inFirst;
                in.to = fold.inLast;
                in.withSensitivity = in.withBootstrap = false;
            }
        }
        const std::size_t before = m_scores.size();
        m_scores.resize(before + runs.size());
        std::optional<base::Error> failure;
        SweepOptions each = m_options;
        each.onProgress = [&](const SweepProgress& progress) { m_pace.tellIn(before, progress); };
        each.onRun = [&](std::size_t place, const base::Result<Report>& report) {
            if (report)
                note(m_scores[before + place], *report);
            else if (!failure)
                failure = report.error();
            if (m_options.onRun)
                m_options.onRun(place % m_configs.size(), report);
        };
        if (const auto done = sweep(runs, m_data, each, stop); !done)
            return tl::make_unexpected(done.error());
        if (failure)
            return tl::make_unexpected(*failure);
        return {};
    }

    /// The best config of a fold, the first of equals.
    void pick(std::size_t fold, FoldResult& out) const
    {
        double best = market::unknown;
        for (std::size_t config = 0; config < m_configs.size(); ++config) {
            const Score& score = m_scores[fold * m_configs.size() + config];
            if (std::isnan(score.rank) || score.rank <= best)
                continue;
            best = score.rank;
            out.picked = config;
            out.inSample = score.value;
        }
    }

    std::size_t runs() const { return m_scores.size(); }
    /// Trading days that any config held a trade on the folds so far.
    std::size_t longestHolding() const { return static_cast<std::size_t>(std::ceil(m_longest)); }

private:
    struct Score {
        double value = market::unknown, rank = market::unknown; ///< see rankOf()
    };

    void note(Score& score, const Report& report)
    {
        score = {report.metric(m_objective), rankOf(report.metrics, m_objective)};
        m_longest = std::max(m_longest, holdingPeriod(report).longest);
    }

    std::span<const Config> m_configs;
    std::shared_ptr<const SharedChains> m_data;
    std::string_view m_objective;
    const SweepOptions& m_options;
    Pace& m_pace;
    std::vector<Score> m_scores; ///< of each fold one a config
    double m_longest = 0;
};

/// Out-of-sample reports as one.
class Stitching
{
public:
    explicit Stitching(const Config& base) : m_report(base) {}

    void add(const Report& part)
    {
        const bool isFirst = m_report.snapshots == 0;
        if (isFirst) {
            m_report.underlying = part.underlying;
            m_report.data = part.data;
            m_report.origin = part.origin;
            m_report.isSimulated = part.isSimulated;
            m_report.first = part.first;
        }
        m_report.last = part.last;
        m_report.snapshots += part.snapshots;
        m_report.contractRows += part.contractRows;
        // Each begins where the one before ended: its start is no point of its own.
        m_report.equity.insert(m_report.equity.end(), part.equity.begin() + (isFirst ? 0 : 1), part.equity.end());
        append(m_report.trades, part.trades);
        append(m_report.orders, part.orders);
        append(m_report.decisions, part.decisions);
        append(m_report.attribution.trades, part.attribution.trades);
        m_report.attribution.total += part.attribution.total;
        m_report.attribution.other += part.attribution.other;
        m_report.attribution.unknownCount += part.attribution.unknownCount;
        m_report.costs.spread += part.costs.spread;
        m_report.costs.slippage += part.costs.slippage;
        m_report.costs.fees += part.costs.fees;
        // What was listed in the stretches before has ended there or in a later one, or is listed in the last.
        if (isFirst)
            m_report.universe.from = part.universe.from;
        m_report.universe.to = part.universe.to;
        m_report.universe.expirations = m_report.universe.endedExpirations + part.universe.expirations;
        m_report.universe.endedExpirations += part.universe.endedExpirations;
        m_report.flows += part.flows;
        append(m_report.pins, part.pins);
        m_report.assignedEarly += part.assignedEarly;
        m_report.marginCalls += part.marginCalls;
        m_report.liquidations += part.liquidations;
        m_report.hasDividends = m_report.hasDividends || part.hasDividends;
        m_report.hasRates = m_report.hasRates || part.hasRates;
        m_report.quotes.asked += part.quotes.asked;
        m_report.quotes.flagged += part.quotes.flagged;
        m_report.quotes.oneSided += part.quotes.oneSided;
        for (std::size_t i = 0; i < part.sensitivity.size(); ++i) {
            if (m_report.sensitivity.size() <= i) {
                m_report.sensitivity.push_back(part.sensitivity[i]);
                m_report.sensitivity[i].sharpe = market::unknown; // ratios do not add up
                continue;
            }
            m_report.sensitivity[i].netProfit += part.sensitivity[i].netProfit;
            m_report.sensitivity[i].trades += part.sensitivity[i].trades;
        }
        m_tally.orders += static_cast<std::size_t>(part.metric("orders"));
        m_tally.fills += static_cast<std::size_t>(part.metric("fills"));
        m_tally.refusals += static_cast<std::size_t>(part.metric("refusals"));
        m_report.seconds += part.seconds;
    }

    Report finish(const SharedChains& data)
    {
        std::vector<double> profits;
        for (const Trade& trade : m_report.trades) {
            if (!trade.isOpen)
                profits.push_back(trade.profit);
        }
        m_tally.tradeProfits = profits;
        m_tally.fees = m_report.costs.fees;
        m_tally.spread = m_report.costs.spread;
        m_tally.slippage = m_report.costs.slippage;
        m_tally.riskFree = m_report.config.riskFreeRate;
        m_report.drawdown = drawdowns(m_report.equity);
        m_report.metrics = measure(m_report.equity, m_tally);
        m_report.regimes = profitByRegime(m_report.equity);
        m_report.dataHash = data.dataHash(m_report.first, m_report.last);
        m_report.decisionHash = hashOf(m_report.decisions);
        m_report.bootstrap = bootstrapOf(m_report);
        m_report.honesty = honestyOf(m_report);
        m_tally.tradeProfits = {};
        return std::move(m_report);
    }

    double equity() const { return m_report.equity.empty() ? m_report.config.capital : m_report.equity.back().equity; }

private:
    template<class T>
    static void append(std::vector<T>& all, const std::vector<T>& more)
    {
        all.insert(all.end(), more.begin(), more.end());
    }

    Report m_report;
    Tally m_tally;
};

std::string sentenceOf(const WalkForward& result, const WalkForwardSettings& settings, std::size_t configs)
{
    const auto open = static_cast<std::size_t>(std::ranges::count(result.folds, true, &FoldResult::endsOpen));
    std::string more;
    if (result.purge + result.embargo == 0)
        more += fmt::format(" No day lies between{}: what was still open in sample reaches into the days traded.",
                            settings.purge && settings.embargo ? "" : ", since no trade was held on the first days");
    if (!result.stopped.empty())
        more += " It ended early: " + result.stopped + '.';
    return fmt::format("Walk-forward, {}: {} times the best of {} settings by {} was picked on {} earlier days alone "
                       "and traded the next {}, "
                       "with {} days of purge and {} of embargo between. These are the figures of the days traded. {} "
                       "of the stretches ended "
                       "with an open trade, which counts at the mid and paid nothing to get out.{}",
                       settings.window == WalkForwardWindow::Rolling ? "rolling" : "anchored", result.folds.size(),
                       configs, settings.objective,
                       settings.window == WalkForwardWindow::Rolling ? fmt::format("{}", settings.inSample) : "all",
                       settings.outOfSample, result.purge, result.embargo, open, more);
}

/// Means over folds, and their ratio.
void compare(WalkForward& result)
{
    double in = 0, out = 0, count = 0;
    for (const FoldResult& each : result.folds) {
        if (!std::isfinite(each.inSample) || !std::isfinite(each.outOfSample))
            continue;
        in += each.inSample;
        out += each.outOfSample;
        ++count;
    }
    if (count == 0)
        return;
    result.inSample = in / count;
    result.outOfSample = out / count;
    if (result.inSample > 0)
        result.kept = result.outOfSample / result.inSample;
}

} // namespace

std::span<const std::string_view> walkForwardObjectives()
{
    static constexpr std::array<std::string_view, 6> names{"sharpe", "sortino",       "calmar",
                                                           "cagr",   "profit_factor", "probabilistic_sharpe"};
    return names;
}

base::Result<void> check(const WalkForwardSettings& settings)
{
    for (const auto& checked :
         {inRange("in-sample", settings.inSample, 5, 10'000), inRange("out-of-sample", settings.outOfSample, 1, 10'000),
          inRange("purge", settings.purge.value_or(0), 0, 10'000),
          inRange("embargo", settings.embargo.value_or(0), 0, 10'000)}) {
        if (!checked)
            return checked;
    }
    const auto objectives = walkForwardObjectives();
    if (std::ranges::find(objectives, settings.objective) == objectives.end())
        return base::badInput("objective", settings.objective, fmt::format("one of {}", fmt::join(objectives, ", ")));
    return {};
}

base::Result<std::vector<Fold>> foldsOf(std::span<const base::Date> dates, const WalkForwardSettings& settings,
                                        std::size_t gap)
{
    const std::size_t before = settings.inSample + gap;
    if (foldCount(dates.size(), settings, gap) == 0)
        return base::badInput("days", std::to_string(dates.size()),
                              fmt::format("more than {}: {} in sample and {} between", before, settings.inSample, gap));
    std::vector<Fold> folds;
    for (std::size_t out = before; out < dates.size(); out += settings.outOfSample) {
        const std::size_t inEnd = out - gap; // one past the last
        const std::size_t inBegin = settings.window == WalkForwardWindow::Anchored ? 0 : inEnd - settings.inSample;
        const std::size_t outEnd = std::min(dates.size(), out + settings.outOfSample);
        folds.push_back({dates[inBegin], dates[inEnd - 1], dates[out], dates[outEnd - 1]});
    }
    return folds;
}

std::size_t foldCount(std::size_t days, const WalkForwardSettings& settings, std::size_t gap)
{
    const std::size_t before = settings.inSample + gap;
    return days <= before ? 0 : (days - before + settings.outOfSample - 1) / settings.outOfSample;
}

base::Result<WalkForward> walkForward(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                                      const WalkForwardSettings& settings, const SweepOptions& options,
                                      const std::function<void(const Report&)>& onOutOfSample, std::stop_token stop)
{
    if (const auto sane = check(settings); !sane)
        return tl::make_unexpected(sane.error());
    const Config& base = configs.front();
    std::vector<base::Date> dates = data->dates();
    std::erase_if(dates,
                  [&](base::Date date) { return (base.from && date < *base.from) || (base.to && date > *base.to); });
    if (dates.empty())
        return base::fail(base::ErrorKind::NotFound, "data", data->description(), "no snapshots in that time");
    WalkForward result{.folds = {}, .stitched = Report(base)};
    result.purge = settings.purge.value_or(0);
    result.embargo = settings.embargo.value_or(0);
    auto folds = foldsOf(dates, settings, result.purge + result.embargo);
    if (!folds)
        return tl::make_unexpected(folds.error());
    Pace pace(options, settings, configs.size());
    pace.setFolds(folds->size());
    InSample inSample(configs, data, settings.objective, options, pace);
    std::size_t known = 0; // folds
    if (!settings.purge || !settings.embargo) {
        // The first days picked on are the same whatever lies behind them, and nothing later may be known.
        if (const auto done = inSample.run(std::span(*folds).first(1), stop); !done)
            return tl::make_unexpected(done.error());
        known = 1;
        result.purge = settings.purge.value_or(inSample.longestHolding());
        result.embargo = settings.embargo.value_or(inSample.longestHolding());
        folds = foldsOf(dates, settings, result.purge + result.embargo);
        if (!folds)
            return tl::make_unexpected(folds.error());
        pace.setFolds(folds->size());
    }
    if (configs.size() * folds->size() > sweepRunsMost)
        return base::badInput("grid", fmt::format("{} settings on {} stretches", configs.size(), folds->size()),
                              fmt::format("at most {} runs", sweepRunsMost));

    if (const auto done = inSample.run(std::span(*folds).subspan(known), stop); !done)
        return tl::make_unexpected(done.error());
    result.inSampleRuns = inSample.runs();

    // Out of sample: one after the other, since each trades what the one before left.
    Stitching stitching(base);
    for (std::size_t i = 0; i < folds->size() && stitching.equity() >= settings.capitalLeast; ++i) {
        FoldResult each{.fold = (*folds)[i]};
        inSample.pick(i, each);
        Config out = configs[each.picked];
        out.from = each.fold.outFirst;
        out.to = each.fold.outLast;
        out.capital = stitching.equity();
        out.withBootstrap = false;
        const auto source = data->source(out.from, out.to);
        const auto report = run(out, *source, stop, [&](const Progress& at) {
            pace.tellOut(i, static_cast<double>(at.done) / static_cast<double>(std::max<std::size_t>(1, at.total)));
        });
        if (!report)
            return tl::make_unexpected(report.error());
        if (report->isCancelled)
            return cancelled("walk-forward");
        each.outOfSample = report->metric(settings.objective);
        each.netProfit = report->metric("net_profit");
        each.trades = report->trades.size();
        each.endsOpen = std::ranges::any_of(report->trades, &Trade::isOpen);
        result.folds.push_back(each);
        stitching.add(*report);
        if (onOutOfSample)
            onOutOfSample(*report);
    }
    pace.tellOut(folds->size(), 0);
    result.untraded = folds->size() - result.folds.size();
    if (result.untraded > 0)
        result.stopped = fmt::format(
            "${:.2f} was left, less than the ${:.0f} that a run needs, and {} of {} stretches were not traded",
            stitching.equity(), settings.capitalLeast, result.untraded, folds->size());
    compare(result);
    result.stitched = stitching.finish(*data);
    result.stitched.honesty.insert(result.stitched.honesty.begin(), sentenceOf(result, settings, configs.size()));
    return result;
}

} // namespace vegadesk::backtest
