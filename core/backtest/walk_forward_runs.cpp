#include "backtest/walk_forward_runs.h"

#include "backtest/trials.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <thread>
#include <utility>

namespace vegadesk::backtest
{

WalkPace::WalkPace(const SweepOptions& options, const WalkForwardSettings& settings, std::span<const Config> configs)
    : m_tell(options.onProgress), m_configs(configs.size()),
      m_threads(options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency())),
      m_lengths((configs.front().withSensitivity ? 2.0 : 1.0) * static_cast<double>(settings.outOfSample) /
                static_cast<double>(settings.inSample))
{
}

void WalkPace::setFolds(std::size_t folds)
{
    m_folds = folds;
    m_inSampleRuns = m_configs * folds;
    const auto in = static_cast<double>(m_inSampleRuns);
    m_share = in / (in + static_cast<double>(folds) * std::min(m_threads, in) * m_lengths);
}

void WalkPace::tellIn(std::size_t before, const SweepProgress& progress)
{
    const double runs = static_cast<double>(before) + progress.fraction * static_cast<double>(progress.total);
    tell(before + progress.done, m_share * runs / static_cast<double>(m_inSampleRuns));
}

void WalkPace::tellOut(std::size_t done, double part)
{
    const auto now = std::chrono::steady_clock::now();
    if (done < m_folds && now - m_toldAt < std::chrono::milliseconds(50))
        return;
    m_toldAt = now;
    const double share = (static_cast<double>(done) + part) / static_cast<double>(m_folds);
    tell(m_inSampleRuns + done, m_share + (1 - m_share) * share);
}

void WalkPace::tell(std::size_t done, double fraction) const
{
    if (!m_tell)
        return;
    const double spent = std::chrono::duration<double>(std::chrono::steady_clock::now() - m_startedAt).count();
    m_tell(
        {done, m_inSampleRuns + m_folds, fraction, fraction > 0 ? spent * (1 - fraction) / fraction : market::unknown});
}

InSample::InSample(std::span<const Config> configs, std::shared_ptr<const SharedChains> data,
                   std::string_view objective, const SweepOptions& options, WalkPace& pace)
    : m_configs(configs), m_data(std::move(data)), m_objective(objective), m_options(options), m_pace(pace)
{
}

base::Result<void> InSample::run(std::span<const Fold> folds, const std::stop_token& stop)
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

void InSample::pick(std::size_t fold, FoldResult& out) const
{
    double best = market::unknown;
    for (std::size_t config = 0; config < m_configs.size(); ++config) {
        const Score& score = m_scores[fold * m_configs.size() + config];
        if (std::isnan(score.rank) || score.rank <= best)
            continue;
        best = score.rank;
        out.picked = config;
        out.inSample = score.value;
        out.inSampleProfit = score.profit;
    }
}

std::size_t InSample::longestHolding() const
{
    return static_cast<std::size_t>(std::ceil(m_longest));
}

void InSample::note(Score& score, const Report& report)
{
    score = {report.metric(m_objective), rankOf(report.metrics, m_objective), report.metric("net_profit")};
    m_longest = std::max(m_longest, holdingPeriod(report).longest);
}

OutOfSample::OutOfSample(const Config& base, std::shared_ptr<const SharedChains> data,
                         const WalkForwardSettings& settings, const SweepOptions& options, WalkPace& pace,
                         std::stop_token stop)
    : m_data(std::move(data)), m_settings(settings), m_options(options), m_pace(pace), m_stop(std::move(stop)),
      m_parts(base.withSensitivity ? 2 : 1), m_joined(base)
{
}

base::Result<Report> OutOfSample::trade(std::size_t fold, Config picked)
{
    picked.capital = equity();
    picked.withBootstrap = false;
    picked.withSensitivity = picked.withSensitivity && fold == 0; // which rows there are is the engine's to say
    const auto source = m_data->source(picked.from, picked.to);
    auto report = run(picked, *source, m_stop, [&](const Progress& at) {
        m_pace.tellOut(fold, static_cast<double>(at.done) / static_cast<double>(std::max<std::size_t>(1, at.total)) /
                                 m_parts);
    });
    if (!report)
        return report;
    if (report->isCancelled)
        return cancelled("walk-forward");
    for (const SensitivityRow& row : report->sensitivity)
        m_rows.emplace_back(row, picked);
    m_joined.add(*report);
    for (JoinedRow& row : m_rows) {
        if (row.isOwn())
            row.add(*report);
    }
    if (const auto done = tradeOtherwise(fold, picked); !done)
        return tl::make_unexpected(done.error());
    return report;
}

Report OutOfSample::finish()
{
    std::vector<SensitivityRow> rows;
    std::ranges::transform(m_rows, std::back_inserter(rows), &JoinedRow::row);
    return m_joined.finish(*m_data, std::move(rows));
}

base::Result<void> OutOfSample::tradeOtherwise(std::size_t fold, const Config& picked)
{
    std::vector<JoinedRow*> rows;
    std::vector<Config> configs;
    for (JoinedRow& row : m_rows) {
        if (row.isOwn() || row.equity() < m_settings.capitalLeast)
            continue;
        rows.push_back(&row);
        configs.push_back(row.configFor(picked));
    }
    if (configs.empty())
        return {};
    std::optional<base::Error> failure;
    SweepOptions each;
    each.threads = m_options.threads;
    each.onProgress = [&](const SweepProgress& progress) { m_pace.tellOut(fold, (1 + progress.fraction) / m_parts); };
    each.onRun = [&](std::size_t place, const base::Result<Report>& report) {
        if (report)
            rows[place]->add(*report);
        else if (!failure)
            failure = report.error();
    };
    if (auto done = sweep(configs, m_data, each, m_stop); !done)
        return done;
    if (failure)
        return tl::make_unexpected(*failure);
    return {};
}

} // namespace vegadesk::backtest
