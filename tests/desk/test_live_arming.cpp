#include "desk/live_arming.h"

#include <QTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using desk::ArmingConditions;
using desk::LiveArming;
using risk::TradingState;

namespace
{
ArmingConditions good()
{
    return {base::fromUnixMillis(1'795'185'528'049), true, true, true, false, TradingState::Active};
}
} // namespace

class LiveArmingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void elsewhereNothingIsToBeArmed()
    {
        LiveArming arming(false);
        QVERIFY(arming.refusal().isEmpty());
        QVERIFY(!arming.check({}));
        QVERIFY(!arming.isArmed());
    }

    void nobodyHasArmedIt()
    {
        LiveArming arming(true);
        QVERIFY(!arming.isArmed());
        QVERIFY(!arming.refusal().isEmpty());
        QVERIFY(!arming.check(good())); // the best of conditions arm nothing
        QVERIFY(!arming.isArmed());
        QVERIFY(arming.arm(good()).isEmpty());
        QVERIFY(arming.isArmed());
        QVERIFY(arming.refusal().isEmpty());
        arming.disarm({"by hand"});
        QVERIFY(!arming.isArmed());
        QVERIFY(arming.reason().english().find("by hand") != std::string::npos);
    }

    void conditions_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<bool>("keepsFromArming");
        QTest::addColumn<QString>("why");
        QTest::newRow("connection") << 0 << true << "connection";
        QTest::newRow("quotes") << 1 << true << "quotes";
        QTest::newRow("end of the session") << 2 << true << "session";
        QTest::newRow("daily loss") << 3 << false << "daily loss";
        QTest::newRow("halt") << 4 << false << "halted";
        QTest::newRow("idle") << 5 << false << "hour";
    }
    void conditions()
    {
        QFETCH(int, which);
        QFETCH(bool, keepsFromArming);
        QFETCH(QString, why);
        ArmingConditions bad = good();
        bad.isConnected = which != 0;
        bad.isFeedUp = which != 1;
        bad.isMarketOpen = which != 2;
        if (which == 3)
            bad.state = TradingState::Reducing;
        if (which == 4)
            bad.state = TradingState::Halted;
        if (which == 5)
            bad.now += 1h;

        LiveArming arming(true);
        QVERIFY(arming.arm(good()).isEmpty());
        QVERIFY(!arming.check(good()));
        const auto disarmed = arming.check(bad);
        QVERIFY(disarmed);
        QVERIFY2(disarmed->english().find(why.toStdString()) != std::string::npos, disarmed->english().c_str());
        QVERIFY(!arming.isArmed());
        QVERIFY(!arming.check(bad));    // said once
        QVERIFY(!arming.check(good())); // and it does not come back by itself
        QVERIFY(!arming.isArmed());
        QCOMPARE(!arming.arm(bad).isEmpty(), keepsFromArming);
        QCOMPARE(arming.isArmed(), !keepsFromArming);
        if (!keepsFromArming)
            QVERIFY(!arming.check(bad)); // what was known when it was armed is no news
    }

    void activityKeepsItArmed()
    {
        LiveArming arming(true);
        ArmingConditions now = good();
        QVERIFY(arming.arm(now).isEmpty());
        for (int i = 0; i < 5; ++i) {
            now.now += 59min;
            QVERIFY(!arming.check(now));
            arming.noteActivity(now.now);
        }
        now.now += 59min;
        QVERIFY(!arming.check(now));
        now.areStrategiesAtWork = true;
        now.now += 1min;
        QVERIFY(!arming.check(now));
        now.areStrategiesAtWork = false;
        now.now += 59min;
        QVERIFY(!arming.check(now));
        now.now += 1min;
        QVERIFY(arming.check(now));
    }

    void aLimitThatWasLeftAndReachedAgainIsNews()
    {
        LiveArming arming(true);
        ArmingConditions now = good();
        now.state = TradingState::Reducing;
        QVERIFY(arming.arm(now).isEmpty());
        QVERIFY(!arming.check(now));
        now.state = TradingState::Active;
        QVERIFY(!arming.check(now));
        now.state = TradingState::Reducing;
        QVERIFY(arming.check(now));
    }
};

QTEST_GUILESS_MAIN(LiveArmingTest)
#include "test_live_arming.moc"
