#include "desk/backtest_runner.h"
#include "desk/chain_recording.h"
#include "history/market_generator.h"
#include "market/calendar.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>
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

    void runsAreCountedWhereTheDataAre()
    {
        const QTemporaryDir folder;
        desk::BacktestRunner runner(nullptr, desk::BacktestRunner::countedIn(folder.path()));
        QSignalSpy finished(&runner, &desk::BacktestRunner::finished);
        desk::BacktestRequest request;
        request.strategy = "iron_condor";
        request.underlying = "SPY";
        request.start = base::makeDate(2023, 1, 3);
        request.end = base::makeDate(2023, 1, 13);
        const auto trialsOf = [&]() -> double {
            finished.clear();
            runner.start(request);
            if (!finished.wait(patienceMs))
                return -1;
            const auto report = finished.at(0).at(0).value<std::shared_ptr<const desk::BacktestReport>>();
            if (!report->failure.empty())
                return -2;
            for (const desk::BacktestMetric& metric : report->metrics) {
                if (metric.id == "trials")
                    return metric.value;
            }
            return -3;
        };
        QCOMPARE(trialsOf(), 1.0);
        QCOMPARE(trialsOf(), 1.0); // the same again
        request.slippage = 0.002;
        QCOMPARE(trialsOf(), 2.0);
    }

    void recordedQuotesAreOneFamilyWhereverTheyLie()
    {
        const QTemporaryDir folder;
        const QString first = folder.filePath(QStringLiteral("quotes")), copy = folder.filePath(QStringLiteral("copy"));
        for (const QString& path : {first, copy}) {
            QVERIFY(QDir().mkpath(path));
            QFile file(path + QStringLiteral("/abc_2023.csv"));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("date,expiry,cp,strike,bid,ask,spot\n");
            for (const char* const day : {"2023-01-03", "2023-01-04"}) {
                for (const char* const contract : {"C,95,5.9,6.1", "C,100,2.4,2.5", "P,95,0.9,1.0", "P,100,2.3,2.4"})
                    file.write(QByteArray(day) + ",2023-02-17," + contract + ",100\n");
            }
            file.write("2023-01-04,2023-02-17,X,1,1,1,100\n"); // the description says that it is left out
        }
        const std::string trials = folder.filePath(QStringLiteral("trials.db")).toStdString();
        const auto trialsOf = [&](const QString& data, double slippage) {
            desk::BacktestRequest request;
            request.strategy = "iron_condor";
            request.underlying = "ABC";
            request.dataFolder = data.toStdString();
            request.slippage = slippage;
            const desk::BacktestReport report = desk::runBacktest(request, {}, [](double) {}, {.trials = trials});
            const auto found = std::ranges::find(report.metrics, std::string("trials"), &desk::BacktestMetric::id);
            return found == report.metrics.end() ? -1 : found->value;
        };
        QCOMPARE(trialsOf(first, 0.001), 1.0);
        QCOMPARE(trialsOf(folder.filePath(QStringLiteral("copy/../quotes")), 0.002), 2.0);
        QCOMPARE(trialsOf(QDir::current().relativeFilePath(first), 0.003), 3.0);
        QCOMPARE(trialsOf(copy, 0.002), 3.0); // the same quotes elsewhere: it is one of those that there are
        QCOMPARE(trialsOf(copy, 0.004), 4.0); // a copy is of the same market: nothing begins anew
    }

    void whatIsAskedDecidesTheRun()
    {
        desk::BacktestRequest request;
        request.strategy = "iron_condor";
        request.start = base::makeDate(2023, 1, 3);
        request.end = base::makeDate(2023, 1, 6);
        request.tolerance = risk::Tolerance::Low;
        const desk::BacktestReport report = desk::runBacktest(request, {}, [](double) {});
        QVERIFY2(report.failure.empty(), report.failure.c_str());
        const auto setting = [&](const char* name) {
            const auto found = std::ranges::find(report.trial.settings, std::string(name),
                                                 &std::pair<std::string, std::string>::first);
            return found == report.trial.settings.end() ? std::string("missing") : found->second;
        };
        QCOMPARE(setting("tolerance"), std::string("low"));
        QCOMPARE(setting("short_delta"), std::string("0.3"));
        QCOMPARE(report.trial.first, std::string("2023-01-03"));
        QCOMPARE(report.trial.last, std::string("2023-01-06"));
        QVERIFY(desk::storedRun(report).request.find(R"("tolerance":"low")") != std::string::npos);
    }

    void whereTheProfitCameFromAddsUp()
    {
        desk::BacktestRequest request;
        request.strategy = "gamma_scalping";
        request.start = base::makeDate(2023, 1, 3);
        request.end = base::makeDate(2023, 6, 30);
        request.tolerance = risk::Tolerance::High;
        request.capital = 1'000'000;
        const desk::BacktestReport report = desk::runBacktest(request, {}, [](double) {});
        QVERIFY2(report.failure.empty(), report.failure.c_str());
        QVERIFY(!report.trades.empty());
        QCOMPARE(report.attribution.size(), report.trades.size() + 2); // the whole, and what is of no trade
        const auto cents = [](double dollars) { return std::llround(100 * dollars); };
        long long trades = 0;
        for (const desk::AttributionRow& row : report.attribution) {
            long long parts = 0;
            for (const double part : row.parts)
                parts += cents(part);
            QCOMPARE(parts, cents(row.total));
            trades += row.level == desk::AttributionRow::Level::Book ? 0 : cents(row.total);
        }
        QCOMPARE(trades, cents(report.attribution.front().total));

        QCOMPARE(report.ledgers.size(), report.trades.size());
        for (const desk::HedgeLedgerView& ledger : report.ledgers) {
            QVERIFY(!ledger.steps.empty());
            double profit = 0;
            for (const desk::HedgeStep& step : ledger.steps) {
                QVERIFY(std::abs(step.cost + step.scalped + step.unhedged + step.residual + step.settled -
                                 step.profit) < 1e-6);
                profit += step.profit;
            }
            QVERIFY(std::abs(profit - ledger.total.profit) < 1e-6);
            const auto trade = std::ranges::find(report.trades, ledger.group, &desk::BacktestTrade::group);
            QVERIFY(trade != report.trades.end());
            QVERIFY(std::abs(ledger.total.profit - ledger.total.financing - trade->profit) < 0.01);
        }
        const auto hedged = std::ranges::any_of(report.ledgers.front().steps,
                                                [](const desk::HedgeStep& step) { return step.event == "hedge"; });
        QVERIFY(hedged);
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

    void theChainThatStreamedIsReplayed()
    {
        const base::Date day = base::makeDate(2023, 1, 10);
        const auto market = history::GeneratedChainSource::make("SPY", day, day, 1, 40).value();
        const QTemporaryDir folder;
        {
            desk::ChainRecording recording(folder.path().toStdString(), std::chrono::minutes(30));
            QSignalSpy recorded(&recording, &desk::ChainRecording::recorded);
            market::OptionChain chain;
            base::Instant last{};
            while (market->next(chain).value()) { // nine minutes apart
                desk::ChainSnapshot snapshot;
                snapshot.at = last = chain.at;
                chain.at += std::chrono::hours(24 * 900); // the wall's clock is not the market's
                snapshot.chain = std::make_shared<const market::OptionChain>(chain);
                recording.take(std::make_shared<const desk::ChainSnapshot>(snapshot));
            }
            QCOMPARE(recorded.size(), 10);
            desk::ChainSnapshot old;
            old.at = last + std::chrono::hours(1);
            old.chain = std::make_shared<const market::OptionChain>(chain);
            old.isOld = true; // nothing new since
            recording.take(std::make_shared<const desk::ChainSnapshot>(old));
            old.isOld = false;
            old.chain = std::make_shared<const market::OptionChain>(); // nothing has come yet
            recording.take(std::make_shared<const desk::ChainSnapshot>(old));
            QCOMPARE(recorded.size(), 10);
        }
        desk::BacktestRequest request;
        request.strategy = "iron_condor";
        request.dataFolder = folder.path().toStdString();
        const desk::BacktestReport report = desk::runBacktest(request, {}, [](double) {});
        QVERIFY2(report.failure.empty(), report.failure.c_str());
        QCOMPARE(report.times.size(), std::size_t{11}); // the start, and ten pictures
        QCOMPARE(market::newYorkDate(report.times.back()), day);
        // Days that are asked for are all that there is, as on the command line.
        request.start = request.end = day + std::chrono::days(1);
        const desk::BacktestReport later = desk::runBacktest(request, {}, [](double) {});
        QVERIFY2(later.failure.find("no snapshots in that time") != std::string::npos, later.failure.c_str());
    }

    void aDiskThatTakesNothingIsSaid()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("file")));
        QVERIFY(file.open(QIODevice::WriteOnly)); // where the folder should be
        const auto market =
            history::GeneratedChainSource::make("SPY", base::makeDate(2023, 1, 10), base::makeDate(2023, 1, 10), 1, 16)
                .value();
        desk::ChainRecording recording(file.fileName().toStdString(), base::Nanos{0});
        QSignalSpy failed(&recording, &desk::ChainRecording::failed);
        market::OptionChain chain;
        while (market->next(chain).value()) {
            desk::ChainSnapshot snapshot;
            snapshot.at = chain.at;
            snapshot.chain = std::make_shared<const market::OptionChain>(chain);
            recording.take(std::make_shared<const desk::ChainSnapshot>(snapshot));
        }
        QCOMPARE(failed.size(), 2); // the fifteenth picture was to be written, and so is each one after it
    }
};

QTEST_GUILESS_MAIN(BacktestRunnerTest)
#include "test_backtest_runner.moc"
