#include "desk/trading_session.h"

#include "desk/odd_session.h"

#include <QDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;

/// What stops a session, and what it says and does from then on.
class TradingHaltsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsThrownHaltsAndIsSaid_data();
    void whatIsThrownHaltsAndIsSaid();
    void whatIsThrownAtTheStartLeavesNothingBehind_data();
    void whatIsThrownAtTheStartLeavesNothingBehind();
    void aStopWaitsForTheSession_data();
    void aStopWaitsForTheSession();
    void aHaltFileHaltsUntilSomebodyResumes_data();
    void aHaltFileHaltsUntilSomebodyResumes();
    void aHaltFileComesBeforeWhatWaits();
    void aHaltFileThatStaysKeepsTradingHalted();
    void aStoppedMarketStopsNoWait();
};

void TradingHaltsTest::whatIsThrownHaltsAndIsSaid_data()
{
    QTest::addColumn<qint64>("quantity");
    QTest::addColumn<bool>("isHalted");
    QTest::newRow("an account") << qint64{100} << false;
    QTest::newRow("more than sums can hold") << qint64{4'000'000'000} << true;
}

void TradingHaltsTest::whatIsThrownHaltsAndIsSaid()
{
    QFETCH(qint64, quantity);
    QFETCH(bool, isHalted);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    portfolio::Position& position = broker.held.emplace_back();
    position.symbol = position.underlying = "SPY";
    position.type = market::InstrumentType::Equity;
    position.multiplier = 1;
    position.quantity = quantity;
    position.averageOpenPrice = base::Decimal::fromInteger(1'000'000);

    session.open(setup(folder, broker));
    if (!isHalted) {
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
        QVERIFY(views->trading.load()->state == desk::DeskState::Active);
        return;
    }
    QTRY_VERIFY_WITH_TIMEOUT(views->trading.load()->state == desk::DeskState::Halted, 60'000);
    QCOMPARE(notices.filter(QStringLiteral("could not be reckoned with")).size(), 2); // what happened, and the halt
    const int asked = broker.asked;
    QTRY_VERIFY_WITH_TIMEOUT(broker.asked > asked, 60'000); // it lives, and goes on asking
}

void TradingHaltsTest::whatIsThrownAtTheStartLeavesNothingBehind_data()
{
    QTest::addColumn<bool>("isTriedAgain");
    QTest::newRow("at once") << false;
    QTest::newRow("when the journal is tried again") << true;
}

void TradingHaltsTest::whatIsThrownAtTheStartLeavesNothingBehind()
{
    QFETCH(bool, isTriedAgain);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    broker.throws = true;
    const desk::SessionSetup wanted = setup(folder, broker, "later");
    if (!isTriedAgain)
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    session.guarded([&] { session.open(wanted); });
    if (isTriedAgain)
        QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    const auto said = [&] { return notices.filter(QStringLiteral("could not be started (an odd number)")); };
    QTRY_COMPARE_WITH_TIMEOUT(said().size(), 1, 60'000);
    QTRY_VERIFY2_WITH_TIMEOUT(session.findChildren<QTimer*>().empty(), "it is not tried again", 60'000);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    for (const auto asked : {&desk::TradingSession::stopAll, &desk::TradingSession::resume}) {
        notices.clear();
        (session.*asked)();
        QCOMPARE(notices.filter(QStringLiteral("Trading could not be started")).size(), 1);
    }

    broker.throws = false;
    session.open(wanted); // the journal is nobody's
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY(views->trading.load()->state == desk::DeskState::Active);
}

void TradingHaltsTest::aStopWaitsForTheSession_data()
{
    QTest::addColumn<bool>("isBeforeOpen");
    QTest::addColumn<bool>("isTakenBack");
    QTest::newRow("while the journal is tried") << false << false;
    QTest::newRow("taken back") << false << true;
    QTest::newRow("before there is a session") << true << false;
}

void TradingHaltsTest::aStopWaitsForTheSession()
{
    QFETCH(bool, isBeforeOpen);
    QFETCH(bool, isTakenBack);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    execution::BrokerOrder& working = broker.listed.emplace_back();
    working.brokerId = "elsewhere";
    working.intent.underlying = "SPY";
    working.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    working.intent.price = base::Decimal::fromInteger(1);
    std::vector<desk::DeskState> states; // as they were published when something was said
    connect(&session, &desk::TradingSession::noticed, this, [&] { states.push_back(views->trading.load()->state); });

    if (isBeforeOpen)
        session.stopAll();
    session.open(setup(folder, broker, "later"));
    if (!isBeforeOpen)
        session.stopAll();
    QCOMPARE(notices.filter(QStringLiteral("will be stopped")).size(), 1);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    if (isTakenBack) {
        session.resume();
        QVERIFY(views->trading.load()->state == desk::DeskState::Active);
    }

    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("later")));
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY((views->trading.load()->state == desk::DeskState::Halted) != isTakenBack);
    QCOMPARE(notices.filter(QStringLiteral("Trading is halted: stopped by hand")).size(), isTakenBack ? 0 : 1);
    QCOMPARE(notices.filter(QStringLiteral("orders can be sent.")).size(), isTakenBack ? 1 : 0);
    QVERIFY(notices.last().contains(QStringLiteral("can be used again")));
    QVERIFY2((states.back() == desk::DeskState::Halted) != isTakenBack, "not for a moment can an order be sent");
    const QStringList cancelled = isTakenBack ? QStringList() : QStringList{QStringLiteral("elsewhere")};
    QTRY_COMPARE_WITH_TIMEOUT(broker.cancelled, cancelled, 60'000);
}

void TradingHaltsTest::aHaltFileHaltsUntilSomebodyResumes_data()
{
    QTest::addColumn<bool>("isThereAtTheStart");
    QTest::newRow("at the start") << true;
    QTest::newRow("while it trades") << false;
}

void TradingHaltsTest::aHaltFileHaltsUntilSomebodyResumes()
{
    QFETCH(bool, isThereAtTheStart);
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    execution::BrokerOrder& working = broker.listed.emplace_back();
    working.brokerId = "elsewhere";
    working.intent.underlying = "SPY";
    working.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 10}};
    working.intent.price = base::Decimal::fromInteger(1);
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    const auto state = [&] { return views->trading.load()->state; };
    const auto said = [&] {
        return notices.filter(QStringLiteral("Trading is halted: stopped in the watchdog")).size();
    };
    const auto halt = [&] { QVERIFY(wanted.haltFile.write(base::SystemClock().now(), "the watchdog")); };

    if (isThereAtTheStart)
        halt();
    session.open(wanted);
    QVERIFY((state() == desk::DeskState::Halted) == isThereAtTheStart); // before anything else
    if (!isThereAtTheStart) {
        QTRY_VERIFY_WITH_TIMEOUT(!views->trading.load()->orders.empty(), 60'000);
        QVERIFY(broker.cancelled.isEmpty());
        halt();
    }
    QTRY_VERIFY_WITH_TIMEOUT(state() == desk::DeskState::Halted, 60'000);
    QCOMPARE(views->trading.load()->stateReason, std::string("stopped in the watchdog"));
    QTRY_COMPARE_WITH_TIMEOUT(broker.cancelled.value(0), QStringLiteral("elsewhere"), 60'000);
    QCOMPARE(said(), 1); // not at each tick

    // A restart finds it so, also where the file has been lost meanwhile: the halt is in the journal.
    QVERIFY(wanted.haltFile.remove());
    session.open(wanted);
    QVERIFY(state() == desk::DeskState::Halted);
    halt();
    session.close();
    session.open(wanted);
    QVERIFY(state() == desk::DeskState::Halted);
    session.resume();
    QVERIFY(state() == desk::DeskState::Active);
    QVERIFY(!wanted.haltFile.isThere());
    const int asked = broker.asked;
    QTRY_VERIFY_WITH_TIMEOUT(broker.asked > asked + 1, 60'000); // some ticks later
    QVERIFY(state() == desk::DeskState::Active);
    halt(); // and it can be stopped again
    QTRY_VERIFY_WITH_TIMEOUT(state() == desk::DeskState::Halted, 60'000);
}

/// A process that was frozen goes on with what waits, which may be an order: before it is judged, trading is halted.
void TradingHaltsTest::aHaltFileComesBeforeWhatWaits()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    session.open(wanted);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    notices.clear();
    QVERIFY(wanted.haltFile.write(base::SystemClock().now(), "the watchdog"));
    QStringList before;
    session.guarded([&] { before = notices; });
    QCOMPARE(before.filter(QStringLiteral("Trading is halted: stopped in the watchdog")).size(), 1);
}

void TradingHaltsTest::aHaltFileThatStaysKeepsTradingHalted()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    QVERIFY(
        QDir(folder.path()).mkpath(QStringLiteral("venue.halt/with something in it"))); // no file can be removed there
    desk::SessionSetup wanted = setup(folder, broker);
    wanted.haltFile = watchdog::HaltFile::of(folder.path().toStdString(), "venue");
    session.open(wanted);
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    session.resume();
    QVERIFY(views->trading.load()->state == desk::DeskState::Halted);
    QCOMPARE(notices.filter(QStringLiteral("Trading stays halted")).size(), 1);
}

/// What the broker holds is known after two answers that are some time apart, by a clock that goes on.
void TradingHaltsTest::aStoppedMarketStopsNoWait()
{
    OddSession odd;
    auto& [folder, views, broker, session, notices] = odd;
    desk::SessionSetup stopped = setup(folder, broker);
    const auto clock = std::make_shared<desk::MarketClock>();
    const base::Instant at = base::SystemClock().now();
    clock->follow(at, 50, true);
    stopped.marketClock = clock;
    stopped.spanClock = std::make_shared<base::ScaledClock>(at, 50);
    session.open(stopped);
    QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(views->trading.load()->netLiquidation), 60'000);
    QVERIFY(clock->now() == at);
    QTRY_VERIFY_WITH_TIMEOUT(views->trading.load()->reconciledAt == at, 60'000); // the market's time is what is shown
}

QTEST_GUILESS_MAIN(TradingHaltsTest)
#include "test_trading_halts.moc"
