#include "desk/sweep_runner.h"

#include "desk/thread_priority.h"

#include <QtConcurrentRun>

#include <exception>
#include <utility>

namespace vegadesk::desk
{

SweepRunner::SweepRunner(QObject* parent, const QString& dataDirectory, Work work)
    : QObject(parent), m_trialsFile(RunFiles::in(dataDirectory).trials), m_work(std::move(work))
{
}

SweepRunner::Work SweepRunner::countedIn(const QString& dataDirectory)
{
    return [files = RunFiles::in(dataDirectory)](const SweepRequest& request, const std::stop_token& stop,
                                                 const Tell& tell) { return runSweep(request, stop, tell, files); };
}

SweepRunner::~SweepRunner()
{
    for (auto& [id, run] : m_runs)
        run.stop.request_stop();
    for (auto& [id, run] : m_runs)
        run.work.waitForFinished();
}

std::uint64_t SweepRunner::start(const SweepRequest& request)
{
    const std::uint64_t id = ++m_lastId;
    Run& run = m_runs[id];
    run.work = QtConcurrent::run([this, id, request, token = run.stop.get_token()] {
        giveWay();
        const auto tell = [&](SweepProgress progress) {
            progress.id = id;
            auto told = std::make_shared<const SweepProgress>(progress);
            QMetaObject::invokeMethod(
                this, [this, told = std::move(told)] { Q_EMIT progressed(told); }, Qt::QueuedConnection);
        };
        SweepOutcome outcome;
        try {
            outcome = m_work(request, token, tell);
        } catch (const std::exception& exception) {
            // A mistake of ours; the dialog must hear of it, or it waits for ever.
            outcome.report.request = request;
            outcome.report.failure = std::string("the sweep broke off: ") + exception.what();
        }
        outcome.report.id = id;
        auto report = std::make_shared<const SweepReport>(std::move(outcome.report));
        QMetaObject::invokeMethod(
            this, [this, report = std::move(report)] { Q_EMIT finished(report); }, Qt::QueuedConnection);
        outcome.chains.reset(); // the report is on its way already
        QMetaObject::invokeMethod(this, [this, id] { forget(id); }, Qt::QueuedConnection);
    });
    return id;
}

void SweepRunner::cancel(std::uint64_t id)
{
    if (const auto run = m_runs.find(id); run != m_runs.end())
        run->second.stop.request_stop();
}

void SweepRunner::readStored(const QString& other)
{
    const std::uint64_t id = ++m_lastId;
    Run& run = m_runs[id];
    run.work = QtConcurrent::run([this, id, other = other.toStdString(), token = run.stop.get_token()] {
        giveWay();
        auto stored = std::make_shared<StoredSweeps>();
        try {
            *stored = readSweeps(m_trialsFile, other, token);
        } catch (const std::exception& exception) {
            stored->failure = std::string("reading broke off: ") + exception.what();
        }
        QMetaObject::invokeMethod(
            this,
            [this, id, stored = std::move(stored)] {
                forget(id);
                Q_EMIT storedRead(stored);
            },
            Qt::QueuedConnection);
    });
}

} // namespace vegadesk::desk
