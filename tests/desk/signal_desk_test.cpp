#include "desk/signal_desk.h"

#include "desk/small_signal.h"

#include "learning/doors/signal_plugin.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>
#include <stdexcept>
#include <thread>

using namespace vegadesk;
namespace models = learning::market_signals;

namespace
{

constexpr int patienceMs = 120'000;

desk::SignalDesk::Folder folderOf(const desk::SignalDays& days, const std::string& name)
{
    auto folder = std::make_shared<desk::SignalFolder>();
    folder->days = days;
    folder->files[name].row.name = name;
    return folder;
}

/// Reads a folder of one model, and trains until it is stopped.
desk::SignalDesk::Work endless()
{
    return {[](const desk::SignalDesk::Folder&, const desk::SignalDays& days, const std::stop_token&) {
                return folderOf(days, "one");
            },
            [](const std::string&, const std::stop_token& stop,
               const desk::SignalDesk::Progress& progress) -> base::Result<void> {
                progress(0.25);
                while (!stop.stop_requested())
                    std::this_thread::yield();
                return base::fail(base::ErrorKind::Cancelled, "training", "", "cancelled");
            }};
}

/// Of the simulated market, as bars of a broker.
desk::SignalDays simulatedDays(const models::SignalLibrary& library)
{
    models::HistoryRequest request;
    request.kind = models::HistoryRequest::Kind::Generated;
    request.underlying = "SPY";
    request.from = base::makeDate(2020, 1, 2);
    request.to = base::makeDate(2022, 12, 30);
    auto bars = std::make_shared<std::vector<market::Candle>>();
    const auto days = library.days(request, {});
    for (const models::HistoryDay& day : days->days) {
        market::Candle& bar = bars->emplace_back();
        bar.time = base::Instant(day.date.time_since_epoch());
        bar.open = day.open;
        bar.high = day.high;
        bar.low = day.low;
        bar.close = day.close;
        bar.impliedVolatility = day.implied;
    }
    return {"SPY", bars};
}

} // namespace

/// What the Signals panel is shown.
class SignalDeskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsReadBeforeSomebodyLooks();
    void otherDaysAreAskedAnew();
    void aMistakeIsSaid();
    void aTrainingIsFollowedAndCancelled();
    void aFailedTrainingIsSaid();
    void anEndWaitsForWhatRuns();
    void aFolderIsRead();
    void aDemonstrationThatIsStoppedLeavesNoFile();
};

void SignalDeskTest::nothingIsReadBeforeSomebodyLooks()
{
    desk::SignalDesk desk("/nowhere", endless());
    QVERIFY(!desk.view()->isRead);
    QCOMPARE(desk.view()->folder, std::string("/nowhere"));
    QTRY_VERIFY((desk.follow({"SPY", nullptr}), desk.view()->isRead));
    QCOMPARE(desk.view()->rows.size(), std::size_t(1));
    const auto view = desk.view();
    desk.follow({"SPY", nullptr});
    QCOMPARE(desk.view(), view); // it is drawn anew only where something is new
}

void SignalDeskTest::otherDaysAreAskedAnew()
{
    desk::SignalDesk desk("", {[](const desk::SignalDesk::Folder&, const desk::SignalDays& days,
                                  const std::stop_token&) { return folderOf(days, days.underlying); },
                               {}});
    const auto says = [&desk](const char* underlying) {
        desk.follow({underlying, nullptr});
        const auto view = desk.view();
        return !view->rows.empty() && view->rows.front().name == underlying;
    };
    QTRY_VERIFY(says("SPY"));
    QTRY_VERIFY(says("QQQ"));
}

void SignalDeskTest::aMistakeIsSaid()
{
    desk::SignalDesk desk("", {[](const desk::SignalDesk::Folder&, const desk::SignalDays&, const std::stop_token&)
                                   -> desk::SignalDesk::Folder { throw std::runtime_error("a sum went out of range"); },
                               {}});
    QTRY_VERIFY((desk.follow({"SPY", nullptr}), desk.view()->isRead));
    QCOMPARE(desk.view()->failure, std::string("a sum went out of range"));
}

void SignalDeskTest::aTrainingIsFollowedAndCancelled()
{
    desk::SignalDesk desk("", endless());
    const auto follow = [&desk]() -> desk::SignalTraining {
        desk.follow({"SPY", nullptr});
        return desk.view()->training;
    };
    desk.train("premium_pays");
    QCOMPARE(desk.view()->training.state, desk::SignalTraining::State::Running);
    QCOMPARE(desk.view()->training.name, std::string("demonstration_premium_pays"));
    QTRY_COMPARE(follow().progress, 0.25);
    desk.train("skew_reverts"); // one at a time
    QCOMPARE(desk.view()->training.name, std::string("demonstration_premium_pays"));
    desk.cancelTraining();
    QCOMPARE(desk.view()->training.state, desk::SignalTraining::State::Cancelling);
    QTRY_COMPARE(follow().state, desk::SignalTraining::State::Cancelled);
    desk.train("skew_reverts");
    QCOMPARE(desk.view()->training.name, std::string("demonstration_skew_reverts"));
}

void SignalDeskTest::aFailedTrainingIsSaid()
{
    desk::SignalDesk::Work work = endless();
    work.train = [](const std::string& target, const std::stop_token&,
                    const desk::SignalDesk::Progress&) -> base::Result<void> {
        return base::badInput("target", target, "one of three");
    };
    desk::SignalDesk desk("", work);
    desk.train("luck");
    QTRY_VERIFY((desk.follow({"SPY", nullptr}), desk.view()->training.state == desk::SignalTraining::State::Failed));
    QVERIFY(desk.view()->training.failure.find("luck") != std::string::npos);
}

void SignalDeskTest::anEndWaitsForWhatRuns()
{
    desk::SignalDesk desk("", endless());
    desk.train("premium_pays");
    desk.follow({"SPY", nullptr});
}

void SignalDeskTest::aFolderIsRead()
{
    const auto library = models::loadSignals();
    QVERIFY2(library, library ? "" : library.error().message().c_str());
    const QTemporaryDir folder;
    QVERIFY((*library)->train(smallTraining(folder.filePath(QStringLiteral("shown.signal")).toStdString()), {}, {}));
    QFile broken(folder.filePath(QStringLiteral("broken.signal")));
    QVERIFY(broken.open(QIODevice::WriteOnly));
    broken.write("not a model");
    broken.close();

    desk::SignalDesk desk(folder.path().toStdString());
    QTRY_VERIFY_WITH_TIMEOUT((desk.follow({"SPY", nullptr}), desk.view()->isRead), patienceMs);
    const auto view = desk.view();
    QCOMPARE(view->rows.size(), std::size_t(2));
    const desk::SignalRow& bad = view->rows[0];
    QCOMPARE(bad.name, std::string("broken"));
    QVERIFY2(bad.failure.find("broken.signal") != std::string::npos, bad.failure.c_str());
    const desk::SignalRow& row = view->rows[1];
    QCOMPARE(row.name, std::string("shown"));
    QVERIFY(row.failure.empty() && row.isDemonstration && !row.importance.empty());
    QCOMPARE(row.target, std::string("volatility_beats_implied"));
    QVERIFY(row.areaLow <= row.area && row.area <= row.areaHigh);
    QCOMPARE(row.today.gap, desk::SignalGap::NoDays);
    QVERIFY(std::isnan(row.today.probability));

    const desk::SignalDays days = simulatedDays(**library);
    const auto today = [&]() -> desk::SignalToday {
        desk.follow(days);
        const auto now = desk.view();
        return now->rows.back().today;
    };
    QTRY_COMPARE_WITH_TIMEOUT(today().gap, desk::SignalGap::None, patienceMs);
    const desk::SignalToday said = today();
    QVERIFY(said.probability > 0 && said.probability < 1);
    QCOMPARE(base::formatDate(said.lastDay), std::string("2022-12-30"));
    QCOMPARE(base::formatDate(said.session), std::string("2023-01-03"));

    QVERIFY(broken.remove());
    QTRY_VERIFY_WITH_TIMEOUT((desk.follow(days), desk.view()->rows.size() == 1), patienceMs);
}

void SignalDeskTest::aDemonstrationThatIsStoppedLeavesNoFile()
{
    const QTemporaryDir folder;
    desk::SignalDesk desk(folder.path().toStdString());
    desk.train("volatility_beats_implied");
    desk.cancelTraining();
    QTRY_VERIFY_WITH_TIMEOUT(
        (desk.follow({"SPY", nullptr}), desk.view()->training.state == desk::SignalTraining::State::Cancelled),
        patienceMs);
    QVERIFY(QDir(folder.path()).entryList(QDir::Files).isEmpty());
}

QTEST_GUILESS_MAIN(SignalDeskTest)
#include "signal_desk_test.moc"
