#pragma once

#include "backtest/joined_runs.h"
#include "backtest/sweep.h"
#include "backtest/walk_forward.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

/// The runs of a walk-forward: every config in sample, and what was picked out of sample.
namespace vegadesk::backtest
{

/// One progress of both parts: in sample on all threads, then out of sample one stretch after the other.
class WalkPace
{
public:
    WalkPace(const SweepOptions& options, const WalkForwardSettings& settings, std::span<const Config> configs);

    void setFolds(std::size_t folds);
    /// Of runs that come after `before` others.
    void tellIn(std::size_t before, const SweepProgress& progress);
    /// `done` folds, and that part of the next one.
    void tellOut(std::size_t done, double part);

private:
    void tell(std::size_t done, double fraction) const;

    const std::function<void(const SweepProgress&)>& m_tell;
    const std::size_t m_configs;
    const double m_threads, m_lengths; ///< runs at a time; days replayed out of sample for each in it
    std::size_t m_inSampleRuns = 0, m_folds = 0;
    const std::chrono::steady_clock::time_point m_startedAt = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point m_toldAt = m_startedAt;
    double m_share = 1; ///< of the time, in sample
};

/// Every config on the days that are picked on. What it is made with outlives it.
class InSample
{
public:
    InSample(std::span<const Config> configs, std::shared_ptr<const SharedChains> data, std::string_view objective,
             const SweepOptions& options, WalkPace& pace);

    /// Folds that come after those before.
    base::Result<void> run(std::span<const Fold> folds, const std::stop_token& stop);
    /// The best config of a fold, the first of equals; the first one where none has the objective.
    void pick(std::size_t fold, FoldResult& out) const;

    std::size_t runs() const { return m_scores.size(); }
    /// Trading days that any config held a trade on the folds so far.
    std::size_t longestHolding() const;

private:
    struct Score {
        double value = market::unknown, rank = market::unknown; ///< see rankOf()
        double profit = market::unknown;                        ///< dollars
    };
    void note(Score& score, const Report& report);

    std::span<const Config> m_configs;
    std::shared_ptr<const SharedChains> m_data;
    std::string_view m_objective;
    const SweepOptions& m_options;
    WalkPace& m_pace;
    std::vector<Score> m_scores; ///< of each fold one a config
    double m_longest = 0;
};

/// What was picked, on the days that follow: at the config's own fills, and beside that at those that a report is sensitive to.
/// What it is made with outlives it.
class OutOfSample
{
public:
    OutOfSample(const Config& base, std::shared_ptr<const SharedChains> data, const WalkForwardSettings& settings,
                const SweepOptions& options, WalkPace& pace, std::stop_token stop);

    /// The next stretch, with what the one before left. `picked` has its dates. Its report is at its own fills.
    base::Result<Report> trade(std::size_t fold, Config picked);

    double equity() const { return m_joined.equity(); } ///< dollars left
    bool hasEnough() const { return equity() >= m_settings.capitalLeast; }
    const std::vector<JoinedRow>& rows() const { return m_rows; }
    const std::vector<std::string>& stops() const { return m_joined.stops(); } ///< see JoinedRuns
    Report finish();

private:
    base::Result<void> tradeOtherwise(std::size_t fold, const Config& picked);

    std::shared_ptr<const SharedChains> m_data;
    const WalkForwardSettings& m_settings;
    const SweepOptions& m_options;
    WalkPace& m_pace;
    const std::stop_token m_stop;
    const double m_parts; ///< of the time of a stretch: its own fills, and the others
    JoinedRuns m_joined;
    std::vector<JoinedRow> m_rows;
};

} // namespace vegadesk::backtest
