#include "desk/live_signals.h"
#include "desk/small_signal.h"

#include "desk/strategy_desk.h"
#include "learning/doors/signal_plugin.h"
#include "trading/hand_rig.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
namespace models = learning::market_signals;

/// Models that armed strategies wait for.
class LiveSignalsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aModelIsReadBesideAndAnswersByName();
    void whatCannotBeReadIsSaid();
    void aDailyBarIsOfTheDateThatItIsStampedWith();
    void aDemonstrationIsRefusedWhereOrdersAreLive();
};

void LiveSignalsTest::aModelIsReadBesideAndAnswersByName()
{
    const base::Date session = base::makeDate(2024, 1, 4);
    desk::LiveSignals signalsOf([session](const std::string&, const desk::LiveSignals::Days&, const std::stop_token&) {
        auto series = std::make_shared<models::SignalSeries>();
        series->info.isDemonstration = true;
        models::Prediction prediction;
        prediction.session = session;
        prediction.probability = 0.7;
        series->predictions.push_back(prediction);
        return base::Result<desk::LiveSignals::Series>(std::move(series));
    });
    const desk::LiveSignals::Key key{"calm", "SPY"};
    signalsOf.follow({key});
    QVERIFY(signalsOf.of(key, session, false).gap.find("have not come") != std::string::npos);
    signalsOf.setDays("SPY", {});
    signalsOf.follow({key});
    QTRY_VERIFY(!signalsOf.isReading());
    signalsOf.follow({key});
    QCOMPARE(signalsOf.of(key, session, false).probability, 0.7);
    QVERIFY(std::isnan(signalsOf.of(key, session, true).probability));
}

void LiveSignalsTest::whatCannotBeReadIsSaid()
{
    desk::LiveSignals signalsOf([](const std::string& name, const desk::LiveSignals::Days&, const std::stop_token&) {
        return base::Result<desk::LiveSignals::Series>(
            base::fail(base::ErrorKind::NotFound, "signal", name, "a file that can be read"));
    });
    const desk::LiveSignals::Key key{"nobody", "SPY"};
    signalsOf.setDays("SPY", {});
    signalsOf.follow({key});
    QTRY_VERIFY(!signalsOf.isReading());
    signalsOf.follow({key});
    QVERIFY(signalsOf.of(key, base::makeDate(2024, 1, 4), false).gap.find("nobody") != std::string::npos);
}

/// By New York's clock its midnight UTC is the evening before, and no session would find the day that it hangs on.
void LiveSignalsTest::aDailyBarIsOfTheDateThatItIsStampedWith()
{
    const base::Date monday = base::makeDate(2024, 1, 8);
    market::Candle bar;
    bar.time = base::Instant(monday.time_since_epoch());
    bar.open = bar.low = 470;
    bar.high = bar.close = 472;
    const auto history = desk::historyOf({bar});
    QCOMPARE(history.size(), std::size_t(1));
    QCOMPARE(base::formatDate(history.front().date), base::formatDate(monday));
}

void LiveSignalsTest::aDemonstrationIsRefusedWhereOrdersAreLive()
{
    const auto library = models::loadSignals();
    QVERIFY2(library, library ? "" : library.error().message().c_str());
    QTemporaryDir folder;
    const models::TrainingRequest request =
        smallTraining(folder.filePath(QStringLiteral("shown.signal")).toStdString());
    QVERIFY((*library)->train(request, {}, {}));

    HandRig rig;
    rig.start();
    const desk::StrategyRequest wanted{"iron_condor", "SPY", {{"signal", "shown"}, {"signal_least", "0.55"}}};
    desk::StrategyDesk live;
    live.setSignalsFolder(folder.path().toStdString(), true);
    live.begin(*rig.loop);
    const auto refused = live.arm(wanted, rig.clock.now());
    QVERIFY(!refused && refused.error().message().find("It cannot be armed live.") != std::string::npos);
    QVERIFY(rig.loop->runners().empty());
    live.end();

    desk::StrategyDesk sandbox;
    sandbox.setSignalsFolder(folder.path().toStdString(), false);
    sandbox.begin(*rig.loop);
    QVERIFY(sandbox.arm(wanted, rig.clock.now()));
    const auto parameters = rig.loop->runners().front().parameters; // and so journalled
    QVERIFY(std::ranges::count(parameters, std::pair<std::string, std::string>{"signal", "shown"}) == 1);
}

QTEST_GUILESS_MAIN(LiveSignalsTest)
#include "test_live_signals.moc"
