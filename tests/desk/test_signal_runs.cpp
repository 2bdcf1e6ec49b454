#include "desk/backtest_runner.h"
#include "desk/small_signal.h"
#include "desk/sweep_figures.h"
#include "desk/sweep_work.h"

#include "learning/doors/signal_plugin.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

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
    desk::SweepRequest request;
    request.base = condors();
    request.base.signal = {"small", 1.0, desk::unknown};
    request.axes = {{"short_delta", {"0.2", "0.3"}}};
    const desk::SweepOutcome swept = desk::runSweep(request, {}, [](const desk::SweepProgress&) {}, m_files);
    QVERIFY2(swept.report.failure.empty(), swept.report.failure.c_str());
    QCOMPARE(swept.report.runs.size(), std::size_t(2));
    const auto place = desk::metricPlace(swept.report, "trades");
    QVERIFY(place);
    for (const desk::SweepRun& each : swept.report.runs)
        QCOMPARE(desk::figureOf(each, *place), 0.0);
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
}

QTEST_GUILESS_MAIN(SignalRunsTest)
#include "test_signal_runs.moc"
