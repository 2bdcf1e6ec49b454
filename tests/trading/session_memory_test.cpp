#include "trading/hand_rig.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

namespace
{

std::string lastPayload(const base::MemoryJournal& journal, std::string_view kind)
{
    std::string payload;
    for (const base::JournalRecord& record : journal.records())
        payload = record.kind == kind ? record.payload : payload;
    return payload;
}

} // namespace

class SessionMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHaltOutlivesTheProgram();
    void theDailyStopOutlivesTheProgramButNotTheDay();
    void limitsAreJournalledWithTheOnesBefore();
    void theDayBeginsAtThePreviousClose();
    void withoutMarksTheDayBeginsWhenItWasSeen();
    void littlePaidInIsNoProfitEither();
    void paidInIsNoProfit();
};

void SessionMemoryTest::aHaltOutlivesTheProgram()
{
    HandRig rig;
    rig.start();
    rig.loop->setTradingState(risk::TradingState::Halted, {"stopped by \"hand\""});
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Halted);
    QCOMPARE(rig.loop->tradingStateReason().english(), std::string("stopped by \"hand\""));
    rig.clock.advance(std::chrono::hours(24));
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Halted);
    rig.loop->setTradingState(risk::TradingState::Active, {"resumed by hand"});
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void SessionMemoryTest::theDailyStopOutlivesTheProgramButNotTheDay()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.show(440); // 6,000 of 100,000
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.start(); // the broker says 100,000 again: it has bounced
    rig.show(499);
    QVERIFY(rig.loop->account().dailyLoss < rig.limits.dailyLossNoNewRisk);
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.clock.advance(std::chrono::hours(24));
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void SessionMemoryTest::limitsAreJournalledWithTheOnesBefore()
{
    HandRig rig(risk::limitsFor(risk::Tolerance::Low));
    rig.start();
    QVERIFY(lastPayload(rig.journal, "limits").starts_with(R"({"before":null,"now":{"position":0.1,)"));
    const auto count = [&] {
        return std::ranges::count(rig.journal.records(), std::string("limits"), &base::JournalRecord::kind);
    };
    rig.start();
    QCOMPARE(count(), std::ptrdiff_t{1}); // nothing has changed
    QVERIFY(rig.loop->setLimits(risk::limitsFor(risk::Tolerance::High), "he said \"more\""));
    const std::string expected =
        R"({"before":{"position":0.1,"daily-loss-no-new-risk":0.01,"daily-loss-stop":0.02,"leverage":1},)"
        R"("now":{"position":0.25,"daily-loss-no-new-risk":0.04,"daily-loss-stop":0.05,"leverage":2},)"
        "\"reason\":\"he said \\\"more\\\"\"}";
    QCOMPARE(lastPayload(rig.journal, "limits"), expected);
    rig.start(); // with the low ones
    QCOMPARE(count(), std::ptrdiff_t{3});
    QVERIFY(lastPayload(rig.journal, "limits").starts_with(R"({"before":{"position":0.25,)"));
}

void SessionMemoryTest::theDayBeginsAtThePreviousClose()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 400, 520); // 20 dollars a share lower overnight
    rig.start();
    rig.show(500);
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(!account.sessionSince);
    QVERIFY(near(account.atSessionStart, 102'000));
    QVERIFY(near(account.dailyLoss, 2'000.0 / 102'000));
}

void SessionMemoryTest::withoutMarksTheDayBeginsWhenItWasSeen()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 400, 520);
    rig.start();
    const trading::AccountFigures account = rig.loop->account();
    QVERIFY(account.sessionSince);
    QVERIFY(near(account.atSessionStart, 100'000));
    QVERIFY(near(account.dailyLoss, 0));
    rig.broker.account.netLiquidation = base::Decimal::fromInteger(99'000);
    rig.start();
    QVERIFY(rig.loop->account().sessionSince == account.sessionSince); // a restart does not begin it again
    QVERIFY(near(rig.loop->account().dailyLoss, 0.01));
    rig.show(500);
    QVERIFY(!rig.loop->account().sessionSince);
    QVERIFY(near(rig.loop->account().dailyLoss, 2'000.0 / 101'000));
}

/// So little that it could be the broker's other reading of the market.
void SessionMemoryTest::littlePaidInIsNoProfitEither()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.pass(30);
    rig.broker.pay(50);
    rig.pass(60);
    QCOMPARE(rig.moved, std::vector<double>{50.0});
    QVERIFY(near(rig.loop->account().dayProfit, 0));
    QVERIFY(near(rig.loop->account().atSessionStart, 100'050));
}

void SessionMemoryTest::paidInIsNoProfit()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.pass(30);
    rig.show(440);
    rig.broker.account.netLiquidation = base::Decimal::fromInteger(94'000);
    QVERIFY(near(rig.loop->account().dailyLoss, 0.06));
    rig.broker.pay(10'000);
    rig.pass(60);
    QCOMPARE(rig.moved, std::vector<double>{10'000.0});
    QVERIFY(near(rig.loop->account().netLiquidation, 104'000));
    QVERIFY(near(rig.loop->account().dayProfit, -6'000));
    QVERIFY(near(rig.loop->account().atSessionStart, 110'000));
    rig.broker.pay(-50'000);
    rig.pass(60);
    QVERIFY(near(rig.loop->account().dayProfit, -6'000));
    rig.start();
    rig.pass(60);
    QVERIFY(near(rig.loop->account().atSessionStart, 60'000)); // remembered
}

QTEST_GUILESS_MAIN(SessionMemoryTest)
#include "session_memory_test.moc"
