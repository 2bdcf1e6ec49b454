#include "desk/backtest_runner.h"
#include "desk/sweep_figures.h"
#include "desk/sweep_runner.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <set>
#include <stdexcept>
#include <thread>

using namespace vegadesk;

namespace
{

constexpr int patienceMs = 120'000;

desk::SweepRequest condors()
{
    desk::SweepRequest request;
    request.base.strategy = "iron_condor";
    request.base.underlying = "SPY";
    request.base.start = base::makeDate(2023, 1, 3);
    request.base.end = base::makeDate(2023, 2, 28);
    request.base.parameters = {{"min_credit", 0.1}};
    request.axes = {{"short_delta", {"0.20", "0.3"}}, {"profit_target", {"0.25", "0.5"}}};
    return request;
}

/// Walks a month of them: two settings, in sample and out of it.
desk::SweepRequest walking()
{
    desk::SweepRequest request = condors();
    request.axes = {{"short_delta", {"0.2", "0.3"}}};
    request.walkForward = desk::WalkForwardRequest{
        .isAnchored = false, .inSample = 15, .outOfSample = 10, .purge = 2, .embargo = 1, .objective = "cagr"};
    return request;
}

std::shared_ptr<const desk::SweepReport> run(desk::SweepRunner& runner, const desk::SweepRequest& request)
{
    QSignalSpy finished(&runner, &desk::SweepRunner::finished);
    const std::uint64_t id = runner.start(request);
    if (!finished.wait(patienceMs))
        return nullptr;
    auto report = finished.at(0).at(0).value<std::shared_ptr<const desk::SweepReport>>();
    return report->id == id ? report : nullptr;
}

std::shared_ptr<const desk::StoredSweeps> stored(desk::SweepRunner& runner, const QString& other)
{
    QSignalSpy read(&runner, &desk::SweepRunner::storedRead);
    runner.readStored(other);
    return read.wait(patienceMs) ? read.at(0).at(0).value<std::shared_ptr<const desk::StoredSweeps>>() : nullptr;
}

/// What is not known then is not known now.
bool isSameNumber(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

double figure(const desk::SweepReport& report, std::size_t run, const char* metric)
{
    const auto place = desk::metricPlace(report, metric);
    return place ? desk::figureOf(report.runs[run], *place) : desk::unknown;
}

} // namespace

class SweepRunnerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void runsAreAsBacktestsAndRunOnce();
    void whatAnotherMachineRanIsLoaded();
    void aFileThatIsNoneIsSaid();
    void aWalkForwardIsShown();
    void theSizeIsSaidBefore_data();
    void theSizeIsSaidBefore();
    void aCancelledSweepKeepsWhatIsDone();
    void aCancelBeforeTheFirstRunStops();
    void anExceptionIsAFailedReport();
    void endingWaitsForWhatRuns();
};

void SweepRunnerTest::runsAreAsBacktestsAndRunOnce()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    QSignalSpy progressed(&runner, &desk::SweepRunner::progressed);
    const auto report = run(runner, condors());
    QVERIFY(report && report->failure.empty() && !report->isCancelled);
    QCOMPARE(report->runs.size(), std::size_t{4});
    QCOMPARE(report->axes[0].values, (std::vector<std::string>{"0.2", "0.3"})); // as the runs say it
    QCOMPARE(report->trials, std::size_t{4});
    QVERIFY(report->isSimulated);
    QCOMPARE(report->first, base::makeDate(2023, 1, 3));
    QCOMPARE(report->last, base::makeDate(2023, 2, 28));

    // The second value of the first axis with the first of the second, as a backtest alone has it.
    desk::BacktestRequest alone = condors().base;
    alone.parameters.emplace_back("short_delta", 0.3);
    alone.parameters.emplace_back("profit_target", 0.25);
    const desk::BacktestReport single = desk::runBacktest(alone, {}, [](double) {});
    QCOMPARE(report->runs[2].places, (std::vector<std::size_t>{1, 0}));
    for (const char* const id : {"net_profit", "sharpe", "max_drawdown", "trades"}) {
        const auto metric = std::ranges::find(single.metrics, std::string(id), &desk::BacktestMetric::id);
        QCOMPARE(figure(*report, 2, id), metric->value);
    }
    QVERIFY(std::ranges::none_of(report->runs, &desk::SweepRun::wasKnown));
    const QByteArrayList lines = QByteArray::fromStdString(report->table).trimmed().split('\n');
    QCOMPARE(lines.size(), 5);
    QVERIFY2(lines[0].startsWith("short_delta,profit_target,"), lines[0].constData());
    QVERIFY2(lines[3].startsWith("0.3,0.25,"), lines[3].constData());

    // What was told on the way there: from the first chain to the last run.
    std::set<desk::SweepStage> stages;
    double fraction = 0;
    for (const QList<QVariant>& each : progressed) {
        const auto progress = each.at(0).value<std::shared_ptr<const desk::SweepProgress>>();
        QCOMPARE(progress->id, report->id);
        if (stages.insert(progress->stage).second)
            fraction = 0;
        QVERIFY(progress->fraction >= fraction - 1e-12 && progress->fraction <= 1);
        fraction = progress->fraction;
    }
    QVERIFY(stages.contains(desk::SweepStage::Running));
    QCOMPARE(progressed.last().at(0).value<std::shared_ptr<const desk::SweepProgress>>()->done, std::size_t{4});

    const auto again = run(runner, condors());
    QVERIFY(std::ranges::all_of(again->runs, &desk::SweepRun::wasKnown));
    QCOMPARE(again->trials, std::size_t{4});
    for (std::size_t i = 0; i < 4; ++i)
        QVERIFY(std::ranges::equal(again->runs[i].figures, report->runs[i].figures, isSameNumber));
}

void SweepRunnerTest::whatAnotherMachineRanIsLoaded()
{
    // Two shards, each with a value of its own, as jobs of an array would have run them.
    const QTemporaryDir here, there;
    desk::SweepRunner ours(nullptr, here.path(), desk::SweepRunner::countedIn(here.path()));
    desk::SweepRunner theirs(nullptr, there.path(), desk::SweepRunner::countedIn(there.path()));
    desk::SweepRequest first = condors(), second = condors();
    first.axes[0].values = {"0.3"};
    second.axes[0].values = {"0.2"};
    const auto ran = run(ours, first);
    const auto ranThere = run(theirs, second);
    QVERIFY(ran && ranThere);

    const auto before = stored(ours, {});
    QCOMPARE(before->sweeps.size(), std::size_t{1});
    QCOMPARE(before->sweeps[0]->axes.size(), std::size_t{1}); // one parameter varies here so far
    const auto merged = stored(ours, there.filePath(QStringLiteral("trials.db")));
    QVERIFY2(merged->failure.empty(), merged->failure.c_str());
    QCOMPARE(merged->taken, std::size_t{2});
    QCOMPARE(merged->sweeps.size(), std::size_t{1});
    const desk::SweepReport& all = *merged->sweeps[0];
    QCOMPARE(all.strategy, std::string("iron_condor"));
    QCOMPARE(all.underlying, std::string("SPY"));
    QCOMPARE(all.first, base::makeDate(2023, 1, 3));
    QCOMPARE(all.trials, std::size_t{4});
    QCOMPARE(all.runs.size(), std::size_t{4});
    // By name, the values by size.
    QCOMPARE(all.axes[0].name, std::string("profit_target"));
    QCOMPARE(all.axes[1].values, (std::vector<std::string>{"0.2", "0.3"}));
    for (std::size_t target = 0; target < 2; ++target) {
        QCOMPARE(figure(all, 2 * target + 1, "net_profit"), figure(*ran, target, "net_profit"));
        QCOMPARE(figure(all, 2 * target, "net_profit"), figure(*ranThere, target, "net_profit"));
    }
    // What has run there does not run here again.
    const auto whole = run(ours, condors());
    QVERIFY(std::ranges::all_of(whole->runs, &desk::SweepRun::wasKnown));
}

void SweepRunnerTest::aFileThatIsNoneIsSaid()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    const QString missing = folder.filePath(QStringLiteral("no.db"));
    const auto answer = stored(runner, missing);
    QVERIFY2(answer->failure.find("no.db") != std::string::npos, answer->failure.c_str());
    QVERIFY(stored(runner, {})->sweeps.empty());
}

void SweepRunnerTest::aWalkForwardIsShown()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    const desk::SweepRequest request = walking();
    const auto size = desk::sizeOf(request);
    const auto report = run(runner, request);
    QVERIFY2(report && report->failure.empty(), report ? report->failure.c_str() : "nothing came");
    const auto walked = report->walkForward;
    QVERIFY(walked);
    QCOMPARE(walked->folds.size(), size->folds);
    QCOMPARE(walked->inSampleRuns, size->settings * size->folds);
    QCOMPARE(walked->unit, std::string("fraction"));
    QCOMPARE(walked->purge, std::size_t{2});
    double profit = 0, in = 0, out = 0, known = 0;
    for (const desk::FoldView& fold : walked->folds) {
        QVERIFY(fold.inLast < fold.outFirst);
        QVERIFY(fold.picked == std::vector<std::string>{"0.2"} || fold.picked == std::vector<std::string>{"0.3"});
        profit += fold.netProfit;
        if (!std::isfinite(fold.inSample) || !std::isfinite(fold.outOfSample))
            continue; // a stretch of one day has no growth
        in += fold.inSample;
        out += fold.outOfSample;
        ++known;
    }
    QCOMPARE(known, 2.0);
    in /= known;
    out /= known;
    QVERIFY(std::abs(walked->inSample - in) < 1e-12 && std::abs(walked->outOfSample - out) < 1e-12);
    QVERIFY(in > 0 ? std::abs(walked->kept - out / in) < 1e-12 : std::isnan(walked->kept));
    QVERIFY(std::abs(walked->stitched->equity.back() - walked->stitched->equity.front() - profit) < 1e-6);
    QVERIFY(walked->page.find("Walk-forward, rolling") != std::string::npos);
    QVERIFY(report->trials >= walked->inSampleRuns);
    QVERIFY2(walked->table.starts_with("in_first,in_last,out_first,out_last,short_delta,in_sample,"),
             walked->table.c_str());
    QCOMPARE(std::ranges::count(walked->table, '\n'), static_cast<std::ptrdiff_t>(walked->folds.size()) + 1);
    QVERIFY(walked->trades.starts_with("group,title,opened,closed,"));
}

void SweepRunnerTest::theSizeIsSaidBefore_data()
{
    QTest::addColumn<desk::SweepRequest>("request");
    QTest::addColumn<int>("runs");
    QTest::addColumn<QString>("wrong"); // empty: it may begin
    const auto with = [](const std::function<void(desk::SweepRequest&)>& change) {
        desk::SweepRequest request = condors();
        change(request);
        return request;
    };
    QTest::newRow("four") << condors() << 4 << QString();
    // 39 trading days: 15 in sample, 3 between, and 21 to trade, ten at a time.
    QTest::newRow("walk") << walking() << 2 * 3 + 3 << QString();
    QTest::newRow("value") << with([](auto& request) { request.axes[0].values = {"0.9"}; }) << 0
                           << QStringLiteral("short_delta \"0.9\"");
    QTest::newRow("twice") << with([](auto& request) { request.axes[0].values = {"0.2", "0.20"}; }) << 0
                           << QStringLiteral("each value once");
    QTest::newRow("name") << with([](auto& request) { request.axes[0].name = "luck"; }) << 0
                          << QStringLiteral("parameter \"luck\"");
    QTest::newRow("too many") << with([](auto& request) {
        for (desk::SweepAxis& axis : request.axes) {
            axis.values.clear();
            for (int i = 0; i < 142; ++i)
                axis.values.push_back(std::to_string(0.2 + 0.001 * i));
        }
    }) << 0 << QStringLiteral("at most 20000");
    QTest::newRow("days") << with([](auto& request) { request.walkForward = desk::WalkForwardRequest{}; }) << 0
                          << QStringLiteral("days \"39\" is not allowed: more than 252: 252 in sample and 0 between");
    QTest::newRow("runs of a walk") << with([](auto& request) {
        request.axes[0].values.clear();
        for (int i = 0; i < 100; ++i)
            request.axes[0].values.push_back(std::to_string(0.2 + 0.001 * i));
        request.axes[1].values.clear();
        for (int i = 0; i < 100; ++i)
            request.axes[1].values.push_back(std::to_string(0.2 + 0.001 * i));
        request.walkForward = desk::WalkForwardRequest{.inSample = 5, .outOfSample = 1};
    }) << 0 << QStringLiteral("grid \"10000 settings on 34 stretches\" is not allowed: at most 100000 in-sample runs");
    QTest::newRow("in sample") << with([](auto& request) {
        request.walkForward = desk::WalkForwardRequest{.inSample = 2};
    }) << 0 << QStringLiteral("in-sample \"2\" is not allowed: 5 to 10000 trading days");
    QTest::newRow("capital") << with([](auto& request) { request.base.capital = 1; }) << 0
                             << QStringLiteral("capital \"1\"");
    QTest::newRow("strategy") << with([](auto& request) { request.base.strategy = "luck"; }) << 0
                              << QStringLiteral("luck");
}

void SweepRunnerTest::theSizeIsSaidBefore()
{
    QFETCH(desk::SweepRequest, request);
    QFETCH(int, runs);
    QFETCH(QString, wrong);
    const auto size = desk::sizeOf(request);
    QCOMPARE(size.has_value(), wrong.isEmpty());
    if (size) {
        QCOMPARE(size->runs(), static_cast<std::size_t>(runs));
        return;
    }
    const QString message = QString::fromStdString(size.error().message());
    QVERIFY2(message.contains(wrong), qPrintable(message));
    // And it does not run either.
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    const auto report = run(runner, request);
    QCOMPARE(QString::fromStdString(report->failure), message);
}

void SweepRunnerTest::aCancelledSweepKeepsWhatIsDone()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    desk::SweepRequest request = condors();
    request.base.end = base::makeDate(2023, 3, 31);
    for (desk::SweepAxis& axis : request.axes) {
        axis.values.clear();
        for (int i = 0; i < 20; ++i)
            axis.values.push_back(std::to_string(0.2 + 0.01 * i));
    }
    QSignalSpy finished(&runner, &desk::SweepRunner::finished);
    std::uint64_t id = 0;
    connect(&runner, &desk::SweepRunner::progressed, this, [&](const auto& progress) {
        if (progress->stage == desk::SweepStage::Running && progress->done > 0)
            runner.cancel(id);
    });
    id = runner.start(request);
    QVERIFY(finished.wait(patienceMs));
    const auto report = finished.at(0).at(0).value<std::shared_ptr<const desk::SweepReport>>();
    QVERIFY(report->isCancelled && report->failure.empty());
    QCOMPARE(report->runs.size(), std::size_t{400});
    const auto done =
        std::ranges::count_if(report->runs, [](const desk::SweepRun& each) { return !each.figures.empty(); });
    QVERIFY2(done > 0 && done < 400, qPrintable(QString::number(done)));
    QCOMPARE(report->trials, static_cast<std::size_t>(done));
}

void SweepRunnerTest::aCancelBeforeTheFirstRunStops()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(nullptr, folder.path(), desk::SweepRunner::countedIn(folder.path()));
    QSignalSpy finished(&runner, &desk::SweepRunner::finished);
    runner.cancel(runner.start(walking()));
    QVERIFY(finished.wait(patienceMs));
    const auto report = finished.at(0).at(0).value<std::shared_ptr<const desk::SweepReport>>();
    QVERIFY(report->isCancelled && report->failure.empty() && !report->walkForward);
    QVERIFY(stored(runner, {})->sweeps.empty());
}

void SweepRunnerTest::anExceptionIsAFailedReport()
{
    const QTemporaryDir folder;
    desk::SweepRunner runner(
        nullptr, folder.path(),
        [](const desk::SweepRequest&, const std::stop_token&, const desk::SweepRunner::Tell&) -> desk::SweepOutcome {
            throw std::runtime_error("a sum went out of range");
        });
    const auto report = run(runner, condors());
    QVERIFY(report && report->failure.find("a sum went out of range") != std::string::npos);
    QCOMPARE(report->request.base.strategy, std::string("iron_condor"));
}

void SweepRunnerTest::endingWaitsForWhatRuns()
{
    std::atomic<bool> hasEnded = false, hasBegun = false;
    {
        desk::SweepRunner runner(
            nullptr, QDir::tempPath(),
            [&](const desk::SweepRequest&, const std::stop_token& stop, const desk::SweepRunner::Tell&) {
                hasBegun = true;
                while (!stop.stop_requested())
                    std::this_thread::yield();
                hasEnded = true;
                return desk::SweepOutcome{};
            });
        runner.start({});
        QTRY_VERIFY_WITH_TIMEOUT(hasBegun, patienceMs);
    }
    QVERIFY(hasEnded);
}

QTEST_GUILESS_MAIN(SweepRunnerTest)
#include "test_sweep_runner.moc"
