#pragma once

#include "desk/sweep_work.h"

#include <QFuture>
#include <QObject>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>

namespace vegadesk::desk
{

/// Sweeps beside everything else: one thread of the pool looks after each, and its runs have threads of their own; all give way to the
/// rest of the program. Lives on the GUI thread.
class SweepRunner : public QObject
{
    Q_OBJECT

public:
    using Tell = std::function<void(const SweepProgress&)>;
    using Work = std::function<SweepOutcome(const SweepRequest&, const std::stop_token&, const Tell&)>;

    /// `work` runs on the pool; tests put their own in the place of countedIn().
    SweepRunner(QObject* parent, const QString& dataDirectory, Work work);
    /// runSweep(), with runs counted in that data folder.
    static Work countedIn(const QString& dataDirectory);
    /// Stops what runs and waits for it: a run stops within a snapshot.
    ~SweepRunner() override;

    std::uint64_t start(const SweepRequest& request);
    void cancel(std::uint64_t id);
    /// readSweeps() of the data folder; storedRead() follows.
    void readStored(const QString& other);

Q_SIGNALS:
    void progressed(std::shared_ptr<const vegadesk::desk::SweepProgress> progress);
    void finished(std::shared_ptr<const vegadesk::desk::SweepReport> report);
    void storedRead(std::shared_ptr<const vegadesk::desk::StoredSweeps> stored);

private:
    struct Run {
        std::stop_source stop;
        QFuture<void> work;
    };
    /// Once its thread is done, also with what it leaves to be freed.
    void forget(std::uint64_t id) { m_runs.erase(id); }

    const std::string m_trialsFile;
    const Work m_work;
    std::map<std::uint64_t, Run> m_runs;
    std::uint64_t m_lastId = 0;
};

} // namespace vegadesk::desk
