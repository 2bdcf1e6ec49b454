#include "gate_orders.h"
#include "risk/gate.h"

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
        rig.hold("SPY", -100);
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
};

QTEST_GUILESS_MAIN(GateOldFiguresTest)
#include "gate_old_figures_test.moc"
