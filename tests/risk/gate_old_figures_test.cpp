#include "gate_orders.h"
#include "risk/gate/gate.h"

#include <QTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using testing::MarketRig;

/// After the close, and while quotes stand still, figures are the last ones known. They are shown; new risk is not measured by them.
class GateOldFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Wherever in the book: a leverage that is summed from old deltas is not known to be below a limit.
    void measureNoNewRisk()
    {
        MarketRig rig;
        const Gate gate(limitsFor(Tolerance::Moderate));
        rig.withOldFigures = {"QQQ"};
        QCOMPARE(testing::codesOf(gate.preview(testing::creditSpread(rig, 1), rig.state())),
                 ""); // nothing of it is held
        rig.hold(MarketRig::symbolOf("QQQ", testing::december, Right::Put, 440), 1);
        const auto judged = gate.preview(testing::creditSpread(rig, 1), rig.state());
        QCOMPARE(testing::codesOf(judged), "unknown_value");
        QVERIFY(judged.error().sentence().find("QQQ") != std::string::npos);
        rig.withOldFigures = {"SPY"};
        QCOMPARE(testing::codesOf(gate.preview(testing::creditSpread(rig, 1), rig.state())), "unknown_value");
    }

    /// How many of the shares that hedge an option may go without adding risk is a matter of its delta now.
    void onlyTheShapeOfAnOrderMakesItReducing()
    {
        MarketRig rig;
        const Gate gate(limitsFor(Tolerance::Moderate));
        const std::string put = MarketRig::symbolOf("SPY", testing::december, Right::Put, 600);
        rig.hold(put, -1);
        rig.hold("SPY", -200); // 100 cover the put after it too
        const auto isReducing = [&](const portfolio::OrderIntent& order) {
            const auto judged = gate.preview(order, rig.state());
            return (judged ? *judged : judged.error().figures).isReducing;
        };
        const auto shares = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToClose, 40)});
        QVERIFY(isReducing(shares));
        rig.withOldFigures = {"SPY"};
        QVERIFY(!isReducing(shares));
        QVERIFY(isReducing(rig.order("SPY", {MarketRig::leg(put, Action::BuyToClose)})));
    }

    /// With clocks apart, nobody knows how much of an option's last day is left; of its last month, seconds are no part.
    void ofAClockThatIsOffNothingIsOpenedThatExpiresToday_data()
    {
        QTest::addColumn<double>("ahead");
        QTest::addColumn<int>("days"); ///< to the expiry
        QTest::addColumn<QString>("codes");
        constexpr double hour = 3600, none = market::unknown;
        QTest::newRow("not known") << none << 0 << "";
        QTest::newRow("together") << 0.0 << 0 << "";
        QTest::newRow("5 s") << 5.0 << 0 << "";
        QTest::newRow("ahead") << 5.1 << 0 << "clock";
        QTest::newRow("behind") << -5.1 << 0 << "clock";
        QTest::newRow("tomorrow's") << 5.1 << 1 << "";
        QTest::newRow("tomorrow is today there") << 14 * hour << 1 << "clock";
        QTest::newRow("today was yesterday there") << -11 * hour << 0 << "clock";
        QTest::newRow("the day after") << 14 * hour << 2 << "";
        QTest::newRow("a month") << hour << 28 << "";
    }
    void ofAClockThatIsOffNothingIsOpenedThatExpiresToday()
    {
        QFETCH(double, ahead);
        QFETCH(int, days);
        MarketRig rig;
        const base::Date expiry = base::makeDate(2026, 11, 20) + std::chrono::days(days);
        const auto put = [&](double strike) { return MarketRig::symbolOf("SPY", expiry, Right::Put, strike); };
        const auto order = rig.order(
            "SPY", {MarketRig::leg(put(605), Action::SellToOpen), MarketRig::leg(put(595), Action::BuyToOpen)});
        risk::GateState state = rig.state();
        state.clockAhead = ahead;
        Gate gate(limitsFor(Tolerance::Moderate));
        QTEST(testing::codesOf(gate.preview(order, state)), "codes");
        rig.hold(put(605), -1);
        state.positions = rig.positions;
        QCOMPARE(
            testing::codesOf(gate.preview(rig.order("SPY", {MarketRig::leg(put(605), Action::BuyToClose)}), state)),
            ""); // a close may go
        QCOMPARE(testing::codesOf(gate.preview(rig.order("QQQ", {MarketRig::leg("QQQ", Action::BuyToOpen)}), state)),
                 "");
    }
};

QTEST_GUILESS_MAIN(GateOldFiguresTest)
#include "gate_old_figures_test.moc"
