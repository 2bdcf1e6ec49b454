#include "backtest/borrowed_sources.h"
#include "backtest/engine_runs.h"
#include "backtest/scripted_source.h"
#include "base/random.h"
#include "history/importers.h"
#include "history/store/chain_recorder.h"
#include "pricing/simd_path.h"

#include <QFileInfo>
#include <QTemporaryDir>
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
    void stoppingLeavesWhatRanSoFar();
    void datesOutsideTheWindowArePassedOver();
    void snapshotsMustGoForward();
    void recordedChainsRun();
    void truncatingTheFutureChangesNoDecision_data();
    void truncatingTheFutureChangesNoDecision();
    void aRecordedDayGivesTheSameDecisions();
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
    for (const pricing::SimdPath path : pricing::supportedSimdPaths()) { // whatever was in force around it
        const pricing::SimdPathPin pin(path);
        QCOMPARE(backtest::run(configFor("iron_condor"), *source)->decisionHash, report->decisionHash);
    }
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

void ReplayOrderTest::truncatingTheFutureChangesNoDecision_data()
{
    QTest::addColumn<QString>("strategy");
    for (const strategies::StrategyInfo& info : strategies::registry()) {
        if (info.basketNames == 0) // the others in backtest/basket: their sources are several
            QTest::newRow(info.name.c_str()) << QString::fromStdString(info.name);
    }
}

void ReplayOrderTest::truncatingTheFutureChangesNoDecision()
{
    QFETCH(QString, strategy);
    backtest::Config config = configFor(strategy.toStdString());
    config.withSensitivity = false;
    const base::Date end = base::makeDate(2023, 3, 17);
    const Report whole = runOver(config, january, end);
    base::Generator chance(11);
    for (int i = 0; i < 3; ++i) {
        const auto cut = january + std::chrono::days(chance.integer(3, 70));
        const auto all = generated(january, end);
        TruncatedSource source(*all, cut);
        const auto part = backtest::run(config, source);
        QVERIFY2(part, part ? "" : part.error().message().c_str());
        QVERIFY(part->decisions.size() <= whole.decisions.size());
        QVERIFY(std::ranges::equal(part->decisions, std::span(whole.decisions).first(part->decisions.size())));
        const auto later = std::ranges::find_if(
            whole.decisions, [&](const backtest::Decision& each) { return market::newYorkDate(each.at) > cut; });
        QCOMPARE(part->decisions.size(),
                 static_cast<std::size_t>(later - whole.decisions.begin())); // and none is missing
        for (std::size_t point = 0; point < part->equity.size(); ++point)
            QVERIFY(part->equity[point].equity == whole.equity[point].equity);
    }
}

void ReplayOrderTest::aRecordedDayGivesTheSameDecisions()
{
    const base::Date day = base::makeDate(2023, 1, 10);
    const auto live = history::GeneratedChainSource::make("SPY", day, day, 1, 14).value();
    backtest::Config config = configFor("iron_condor", {{"min_credit", "0.1"}});
    config.withSensitivity = false;
    const QTemporaryDir folder;
    {
        history::ChainRecorder recorder(folder.path().toStdString());
        market::OptionChain chain;
        while (live->next(chain).value())
            QVERIFY(recorder.take(chain));
        recorder.setClose("SPY", {day, live->closes(day, day).at(0).close, market::unknown});
    }
    const auto replayed = history::openRecordedChains(folder.path().toStdString());
    QVERIFY2(replayed, replayed ? "" : replayed.error().message().c_str());
    RatedSource asLive(**replayed, *live);
    const auto first = backtest::run(config, *live), second = backtest::run(config, asLive);
    QVERIFY(first && second);
    QVERIFY(!first->decisions.empty() && !first->orders.empty());
    QCOMPARE(second->decisionHash, first->decisionHash);
    QCOMPARE(second->orders.size(), first->orders.size());
    for (std::size_t i = 0; i < first->equity.size(); ++i)
        QVERIFY(second->equity[i].equity == first->equity[i].equity &&
                second->equity[i].buyingPowerUsed == first->equity[i].buyingPowerUsed);
    QCOMPARE(second->contractRows, first->contractRows);
}

QTEST_GUILESS_MAIN(ReplayOrderTest)
#include "replay_order_test.moc"
