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
    void limitsAreJournalledWithTheReasonTheyWereGiven();
    void aStopDrawnInHoldsAtOnceAndAWiderOneLiftsNone();
    void limitsOfOlderJournalsAreRead();
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
        R"({"before":{"position":0.1,"daily-loss-no-new-risk":0.01,"daily-loss-stop":0.02,"leverage":1,)"
        R"("strategy-positions":8,"trade-loss":0.01,"buying-power-used":0.25,"stress":0.05,"value-at-risk":0.01,)"
        R"("credit-stop-loss":1.5,"size-calm":1,"size-normal":0.6,"size-stressed":0.25,"contracts-per-leg":1000,)"
        R"("quoted-size":10,"order-notional":3,"day-notional":20,"orders-per-day":1000,"working-orders":50,)"
        R"("replacements":50,"refuses-leg-states":true},)"
        R"("now":{"position":0.25,"daily-loss-no-new-risk":0.04,"daily-loss-stop":0.05,"leverage":2,)";
    QVERIFY2(lastPayload(rig.journal, "limits").starts_with(expected), lastPayload(rig.journal, "limits").c_str());
    QVERIFY(lastPayload(rig.journal, "limits").ends_with("\"reason\":\"he said \\\"more\\\"\"}"));
    rig.start(); // with the low ones
    QCOMPARE(count(), std::ptrdiff_t{3});
    QVERIFY(lastPayload(rig.journal, "limits").starts_with(R"({"before":{"position":0.25,)"));
}

void SessionMemoryTest::limitsAreJournalledWithTheReasonTheyWereGiven()
{
    HandRig rig;
    rig.limitsReason = "earnings week";
    rig.start();
    QVERIFY(lastPayload(rig.journal, "limits").ends_with(R"("reason":"in force at the start: earnings week"})"));
}

void SessionMemoryTest::aStopDrawnInHoldsAtOnceAndAWiderOneLiftsNone()
{
    HandRig rig;
    rig.broker.hold("SPY", 100, 500, 500);
    rig.start();
    rig.show(500);
    rig.show(470); // 3,000 of 100,000
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
    risk::Limits tight = rig.limits;
    tight.dailyLossNoNewRisk = tight.dailyLossStop = 0.02;
    QVERIFY(rig.loop->setLimits(tight, "a bad week"));
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    QVERIFY(rig.loop->setLimits(rig.limits, "it was not so bad"));
    rig.show(480);
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Reducing);
    rig.clock.advance(std::chrono::hours(24));
    rig.start();
    QVERIFY(rig.loop->tradingState() == risk::TradingState::Active);
}

void SessionMemoryTest::limitsOfOlderJournalsAreRead()
{
    const auto remembered = [](const std::string& now) {
        const std::vector<base::JournalRecord> records{
            {base::Instant{}, "limits", "test-limits", R"({"before":null,"now":)" + now + R"(,"reason":""})"}};
        return trading::rememberedSession(records, "test").limits;
    };
    const auto old = remembered(R"({"position":0.1,"daily-loss-no-new-risk":0.01,"daily-loss-stop":0.02,"leverage":1})");
    QVERIFY(old);
    risk::Limits expected;
    expected.largestPosition = 0.1;
    expected.dailyLossNoNewRisk = 0.01;
    expected.dailyLossStop = 0.02;
    expected.leverage = 1;
    QVERIFY(*old == expected);
    QVERIFY(!remembered(R"({"position":0.1})"));
    // And what is written now comes back whole.
    HandRig rig(risk::limitsFor(risk::Tolerance::Low));
    rig.start();
    const std::vector<base::JournalRecord> records = rig.journal.records();
    const auto written = trading::rememberedSession(records, "test-HAND").limits;
    QVERIFY(written && *written == risk::limitsFor(risk::Tolerance::Low));
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
