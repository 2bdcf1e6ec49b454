#pragma once

#include "backtest/engine.h"
#include "desk/backtest_views.h"
#include "desk/run_files.h"
#include "history/chain_source.h"
#include "storage/sqlite_store.h"

#include <QFuture>
#include <QObject>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <utility>

namespace vegadesk::desk
{

/// The parameters of every strategy, for the dialog.
std::vector<StrategyOption> strategyOptions();
/// What a request asks for. Errors: the first field outside its range.
base::Result<backtest::Config> configOf(const BacktestRequest& request);
/// Its chains. Errors: of the folder, or a market that is not simulated; a stop while a folder is read.
base::Result<std::unique_ptr<history::ChainSource>> openSource(const BacktestRequest& request,
                                                               const std::stop_token& stop = {});
/// Reads the models that a run's entries wait for, by its own days. Errors: as backtest::followSignals().
base::Result<void> followSignals(backtest::Config& config, const BacktestRequest& request,
                                 const std::string& signalsFolder, const std::stop_token& stop);

/// Runs `request` on the calling thread; `progress` gets the fraction done. Failures are in the report.
BacktestReport runBacktest(const BacktestRequest& request, std::stop_token stop,
                           const std::function<void(double fraction)>& progress, const RunFiles& files = {});

/// A finished run as the store keeps it.
storage::StoredRun storedRun(const BacktestReport& report);

/// Backtests on the global thread pool, several at once. Lives on the GUI thread.
class BacktestRunner : public QObject
{
    Q_OBJECT

public:
    using Work = std::function<BacktestReport(const BacktestRequest&, std::stop_token,
                                              const std::function<void(double fraction)>& progress)>;

    /// `work` runs on the pool; tests put their own in the place of countedIn().
    explicit BacktestRunner(QObject* parent, Work work) : QObject(parent), m_work(std::move(work)) {}
    /// runBacktest(), with runs counted in that data folder.
    static Work countedIn(const QString& dataDirectory);
    /// Stops what runs and waits for it: a run stops within a snapshot.
    ~BacktestRunner() override;

    std::uint64_t start(const BacktestRequest& request);
    void cancel(std::uint64_t id);

Q_SIGNALS:
    void progressed(quint64 id, double fraction, double secondsLeft);
    void finished(std::shared_ptr<const vegadesk::desk::BacktestReport> report);

private:
    struct Run {
        std::stop_source stop;
        QFuture<void> work;
    };
    const Work m_work;
    std::map<std::uint64_t, Run> m_runs;
    std::uint64_t m_lastId = 0;
};

} // namespace vegadesk::desk
