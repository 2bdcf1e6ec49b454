#include "desk/backtest_runner.h"
#include "desk/small_signal.h"
#include "desk/sweep_figures.h"
#include "desk/sweep_work.h"

#include "learning/doors/signal_plugin.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace vegadesk;

namespace
{

desk::BacktestRequest condors()
{
    desk::BacktestRequest request;
    request.strategy = "iron_condor";
    request.start = base::makeDate(2022, 3, 1);
    request.end = base::makeDate(2022, 5, 31);
    request.parameters = {{"min_credit", 0.1}};
    return request;
}

bool says(const std::vector<std::string>& sentences, const std::string& words)
{
    return std::ranges::any_of(sentences, [&](const std::string& each) { return each.find(words) != each.npos; });
}

} // namespace

/// Runs of the window whose entries wait for a trained model of the data folder.
class SignalRunsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aBacktestWaitsForItsSignal();
    void aSweepWaitsForItsSignal();
    void aWalkForwardWaitsForItsSignal();
    void aModelThatIsNotThereIsNamed();
    void whatCannotBeABoundIsRefused();
    void aStopEndsTheFollowing();

private:
    desk::BacktestReport run(const desk::BacktestRequest& request, const std::stop_token& stop = {}) const
    {
        return desk::runBacktest(request, stop, [](double) {}, m_files);
    }

    QTemporaryDir m_folder;
    desk::RunFiles m_files;
};

void SignalRunsTest::initTestCase()
{
    m_files = desk::RunFiles::in(m_folder.path());
    QVERIFY(QDir().mkpath(QString::fromStdString(m_files.signals)));
    const auto library = learning::market_signals::loadSignals();
    QVERIFY2(library, library ? "" : library.error().message().c_str());
    const auto trained = (*library)->train(smallTraining(m_files.signals + "/small.signal"), {}, {});
    QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
}

void SignalRunsTest::aBacktestWaitsForItsSignal()
{
    desk::BacktestRequest request = condors();
    const desk::BacktestReport free = run(request);
    QVERIFY2(free.failure.empty(), free.failure.c_str());
    QVERIFY(!free.trades.empty());

    request.signal = {"small", 0.0, desk::unknown}; // any forecast will do
    const desk::BacktestReport open = run(request);
    QVERIFY2(open.failure.empty(), open.failure.c_str());
    QCOMPARE(open.trades.size(), free.trades.size());
    QVERIFY(says(open.honesty, "The signal small asks:"));
    QVERIFY(says(open.honesty, "Entries needed the signal small"));

    request.signal.least = 1.0; // none is so sure
    const desk::BacktestReport closed = run(request);
    QVERIFY2(closed.failure.empty(), closed.failure.c_str());
    QVERIFY(closed.trades.empty());
    QVERIFY(says(closed.honesty, "Entries needed the signal small at least 1."));
    // Another signal is another trial, and a stored run says which it was.
    QVERIFY(desk::storedRun(closed).request.find(R"("signal":"small")") != std::string::npos);
    QVERIFY(closed.trial.content != free.trial.content);
}

void SignalRunsTest::aSweepWaitsForItsSignal()
{
    const QTemporaryDir trials;
    desk::RunFiles files = m_files;
    files.trials = desk::RunFiles::in(trials.path()).trials;
    const auto sweep = [&](const desk::SignalChoice& signal) {
        desk::SweepRequest request;
        request.base = condors();
        request.base.signal = signal;
        request.axes = {{"short_delta", {"0.2", "0.3"}}};
        return desk::runSweep(request, {}, [](const desk::SweepProgress&) {}, files).report;
    };
    const auto trades = [](const desk::SweepReport& report) {
        double most = -1;
        for (const desk::SweepRun& each : report.runs)
            most = std::max(most, desk::figureOf(each, desk::metricPlace(report, "trades").value()));
        return most;
    };
    const desk::SweepReport free = sweep({});
    QVERIFY2(free.failure.empty(), free.failure.c_str());
    QVERIFY(trades(free) > 0);
    QVERIFY(free.signals.empty());
    const desk::SweepReport closed = sweep({"small", 1.0, desk::unknown});
    QVERIFY2(closed.failure.empty(), closed.failure.c_str());
    QCOMPARE(closed.runs.size(), std::size_t(2));
    QCOMPARE(trades(closed), 0.0);
    QVERIFY(says(closed.signals, "Entries needed the signal small at least 1."));
    QVERIFY(says(closed.signals, "The signal small asks:"));
    QCOMPARE(trades(sweep({"small", 0.9, desk::unknown})), 0.0);

    // What waited for something else is another sweep, and is kept as one.
    const desk::StoredSweeps kept = desk::readSweeps(files.trials, {}, {});
    QVERIFY2(kept.failure.empty(), kept.failure.c_str());
    QCOMPARE(kept.sweeps.size(), std::size_t(3));
    std::set<std::string> signals;
    for (const auto& each : kept.sweeps) {
        QCOMPARE(each->axes.size(), std::size_t(1));
        QCOMPARE(each->axes.front().name, std::string("short_delta"));
        QCOMPARE(each->runs.size(), std::size_t(2));
        signals.insert(each->signals.empty() ? std::string() : each->signals.front());
    }
    QCOMPARE(signals, (std::set<std::string>{"", "Entries needed the signal small at least 0.9.",
                                             "Entries needed the signal small at least 1."}));
}

void SignalRunsTest::aWalkForwardWaitsForItsSignal()
{
    desk::SweepRequest request;
    request.base = condors();
    request.base.signal = {"small", 1.0, desk::unknown};
    request.axes = {{"short_delta", {"0.2", "0.3"}}};
    request.walkForward = desk::WalkForwardRequest{.inSample = 20, .outOfSample = 10, .purge = 1, .embargo = 1};
    const desk::SweepOutcome walked = desk::runSweep(request, {}, [](const desk::SweepProgress&) {}, m_files);
    QVERIFY2(walked.report.failure.empty(), walked.report.failure.c_str());
    QVERIFY(walked.report.walkForward);
    QVERIFY(walked.report.walkForward->stitched->trades.empty());
    QVERIFY(says(walked.report.walkForward->stitched->honesty, "Entries needed the signal small at least 1."));
}

void SignalRunsTest::aModelThatIsNotThereIsNamed()
{
    desk::BacktestRequest request = condors();
    request.signal = {"nowhere", 0.5, desk::unknown};
    const desk::BacktestReport report = run(request);
    QVERIFY2(report.failure.find("nowhere") != std::string::npos, report.failure.c_str());
    desk::SweepRequest sweep;
    sweep.base = request;
    sweep.axes = {{"short_delta", {"0.2", "0.3"}}};
    const desk::SweepOutcome swept = desk::runSweep(sweep, {}, [](const desk::SweepProgress&) {}, m_files);
    QVERIFY2(swept.report.failure.find("nowhere") != std::string::npos, swept.report.failure.c_str());
}

void SignalRunsTest::whatCannotBeABoundIsRefused()
{
    desk::BacktestRequest request = condors();
    request.signal = {"small", 1.5, desk::unknown};
    const desk::BacktestReport report = run(request);
    QVERIFY2(report.failure.find("signal_least") != std::string::npos, report.failure.c_str());
    request.signal = {"", 0.5, desk::unknown}; // whose probability?
    QVERIFY(!desk::configOf(request));
}

void SignalRunsTest::aStopEndsTheFollowing()
{
    desk::BacktestRequest request = condors();
    request.signal = {"small", 0.0, desk::unknown};
    std::stop_source stop;
    stop.request_stop();
    const desk::BacktestReport report = run(request, stop.get_token());
    QVERIFY(report.isCancelled);
    QVERIFY(report.failure.empty());
    auto config = desk::configOf(request).value();
    const auto followed = desk::followSignals(config, request, m_files.signals, stop.get_token());
    QVERIFY(!followed);
    QCOMPARE(followed.error().kind, base::ErrorKind::Cancelled);
    QVERIFY(config.signals.empty());
}

QTEST_GUILESS_MAIN(SignalRunsTest)
#include "test_signal_runs.moc"
