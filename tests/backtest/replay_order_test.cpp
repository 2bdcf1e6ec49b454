#include "backtest/engine_runs.h"
#include "backtest/scripted_source.h"
#include "history/importers.h"
#include "pricing/simd_path.h"

#include <QFileInfo>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Report;

class ReplayOrderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameRunTwiceIsTheSame();
    void everyMachineTakesThePathThatAllHave();
    void theFutureChangesNoPastDecision_data();
    void theFutureChangesNoPastDecision();
    void stoppingLeavesWhatRanSoFar();
    void datesOutsideTheWindowArePassedOver();
    void snapshotsMustGoForward();
    void recordedChainsRun();
};

void ReplayOrderTest::sameRunTwiceIsTheSame()
{
    const backtest::Config config = configFor("gamma_scalping");
    const Report one = runOver(config, january, base::makeDate(2023, 4, 30));
    const Report two = runOver(config, january, base::makeDate(2023, 4, 30));
    QVERIFY(!one.decisions.empty());
    QCOMPARE(one.decisionHash, two.decisionHash);
    QVERIFY(one.decisions == two.decisions);
    QCOMPARE(one.equity.size(), two.equity.size());
    for (std::size_t i = 0; i < one.equity.size(); ++i)
        QVERIFY(one.equity[i].equity == two.equity[i].equity); // to the bit
    const auto other = generated(january, base::makeDate(2023, 4, 30), "SPY", 2);
    QVERIFY(backtest::run(config, *other)->decisionHash != one.decisionHash);
}

void ReplayOrderTest::everyMachineTakesThePathThatAllHave()
{
    const auto widest = pricing::supportedSimdPaths().back();
    const auto source = generated(january, base::makeDate(2023, 1, 10));
    std::size_t calls = 0;
    const auto report = backtest::run(configFor("iron_condor"), *source, {}, [&](const backtest::Progress&) {
        ++calls;
        QCOMPARE(pricing::simdPath(), pricing::SimdPath::Baseline);
    });
    QVERIFY(report.has_value() && calls > 0);
    QCOMPARE(pricing::simdPath(), widest);
}

void ReplayOrderTest::theFutureChangesNoPastDecision_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<int>("days");
    for (const auto* const strategy : {"iron_condor", "gamma_scalping"}) {
        for (const int days : {20, 57, 91})
            QTest::newRow(qPrintable(QStringLiteral("%1, %2 days").arg(QLatin1String(strategy)).arg(days)))
                << strategy << days;
    }
}

void ReplayOrderTest::theFutureChangesNoPastDecision()
{
    QFETCH(QString, strategy);
    QFETCH(int, days);
    backtest::Config config = configFor(strategy.toStdString(), {});
    config.withSensitivity = false;
    const Report all = runOver(config, january, base::makeDate(2023, 5, 15));
    const Report cut = runOver(config, january, january + std::chrono::days(days));
    QVERIFY(!cut.decisions.empty() && cut.decisions.size() < all.decisions.size());
    for (std::size_t i = 0; i < cut.decisions.size(); ++i)
        QVERIFY2(cut.decisions[i] == all.decisions[i], cut.decisions[i].text.c_str());
    for (std::size_t i = 0; i < cut.equity.size(); ++i)
        QVERIFY(cut.equity[i].equity == all.equity[i].equity);
}

void ReplayOrderTest::stoppingLeavesWhatRanSoFar()
{
    const auto source = generated(january, base::makeDate(2024, 1, 1));
    std::stop_source stop;
    std::vector<std::size_t> seen;
    const auto report =
        backtest::run(configFor("iron_condor"), *source, stop.get_token(), [&](const backtest::Progress& progress) {
            seen.push_back(progress.done);
            QCOMPARE(progress.total, source->snapshotCount());
            QVERIFY(progress.equity > 0);
            if (progress.done == 7)
                stop.request_stop();
        });
    QVERIFY(report && report->isCancelled);
    QCOMPARE(report->snapshots, std::size_t(7));
    QCOMPARE(seen, (std::vector<std::size_t>{1, 2, 3, 4, 5, 6, 7}));
    QCOMPARE(report->equity.size(), std::size_t(8));

    // At once: not even read was another one.
    const auto untouched = generated(january, base::makeDate(2024, 1, 1));
    market::OptionChain eighth, next;
    for (int i = 0; i < 8; ++i)
        QVERIFY(*untouched->next(eighth));
    QVERIFY(*source->next(next));
    QCOMPARE(next.at, eighth.at);
}

void ReplayOrderTest::datesOutsideTheWindowArePassedOver()
{
    backtest::Config config = configFor("iron_condor");
    config.withSensitivity = false;
    config.from = base::makeDate(2023, 1, 10);
    config.to = base::makeDate(2023, 1, 20);
    const Report report = runOver(config, january, base::makeDate(2023, 2, 28));
    QCOMPARE(report.first, base::makeDate(2023, 1, 10));
    QCOMPARE(report.last, base::makeDate(2023, 1, 20));
    config.to = base::makeDate(2023, 1, 9);
    QVERIFY(!backtest::check(config));
    config.from = base::makeDate(2030, 1, 1);
    config.to.reset();
    const auto source = generated(january, base::makeDate(2023, 1, 10));
    const auto nothing = backtest::run(config, *source);
    QVERIFY(!nothing);
    QCOMPARE(nothing.error().kind, base::ErrorKind::NotFound);
}

void ReplayOrderTest::snapshotsMustGoForward()
{
    ScriptedSource source({TestMarket{}, TestMarket{}});
    const auto report = backtest::run(configFor("iron_condor"), source);
    QVERIFY(!report);
    QCOMPARE(report.error().field, std::string("snapshot"));
}

void ReplayOrderTest::recordedChainsRun()
{
    const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/goog_minute_20151224");
    if (!QFileInfo::exists(folder))
        QSKIP("the recorded chains are not here");
    const auto source = history::openRecordedChains(folder.toStdString());
    QVERIFY2(source, source ? "" : source.error().message().c_str());
    backtest::Config config =
        configFor("iron_condor", {{"min_credit", "0.1"}, {"days_tolerance", "60"}, {"exit_days", "5"}});
    config.tolerance = risk::Tolerance::High;
    const auto report = backtest::run(config, **source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->snapshots, (*source)->snapshotCount());
    QVERIFY(!report->isSimulated);
    QVERIFY(report->quotes.flagged > 0); // real quotes are not all sound
    QVERIFY(std::isfinite(report->metric("net_profit")));
}

QTEST_GUILESS_MAIN(ReplayOrderTest)
#include "replay_order_test.moc"
