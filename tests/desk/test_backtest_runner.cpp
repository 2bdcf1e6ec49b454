#include "desk/backtest_runner.h"

#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <stdexcept>
#include <thread>

using namespace vegadesk;

namespace
{
constexpr int patienceMs = 60'000;
}

class BacktestRunnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anExceptionIsAFailedReport()
    {
        desk::BacktestRunner runner(nullptr,
                                    [](const desk::BacktestRequest&, std::stop_token,
                                       const std::function<void(double)>&) -> desk::BacktestReport {
                                        throw std::runtime_error("a sum went out of range");
                                    });
        QSignalSpy finished(&runner, &desk::BacktestRunner::finished);
        desk::BacktestRequest request;
        request.strategy = "iron_condor";
        const std::uint64_t id = runner.start(request);
        QVERIFY(finished.wait(patienceMs));
        const auto report = finished.at(0).at(0).value<std::shared_ptr<const desk::BacktestReport>>();
        QCOMPARE(report->id, id);
        QCOMPARE(report->request.strategy, std::string("iron_condor"));
        QVERIFY2(report->failure.find("a sum went out of range") != std::string::npos, report->failure.c_str());
    }

    void endingWaitsForWhatRuns()
    {
        std::atomic<bool> hasEnded = false, hasBegun = false;
        {
            desk::BacktestRunner runner(nullptr,
                                        [&](const desk::BacktestRequest&, std::stop_token stop,
                                            const std::function<void(double)>&) -> desk::BacktestReport {
                                            hasBegun = true;
                                            while (!stop.stop_requested())
                                                std::this_thread::yield();
                                            hasEnded = true;
                                            throw std::runtime_error("on the way out");
                                        });
            runner.start({});
            QTRY_VERIFY_WITH_TIMEOUT(hasBegun, patienceMs);
        }
        QVERIFY(hasEnded);
    }
};

QTEST_GUILESS_MAIN(BacktestRunnerTest)
#include "test_backtest_runner.moc"
