#include "workstation.h"

#include "ui/models/orders_model.h"
#include "ui/panels/change_bar.h"

#include <QApplication>
#include <QDoubleSpinBox>
#include <QMouseEvent>
#include <QTableView>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using execution::OrderStatus;
using portfolio::Action;

namespace
{

constexpr int patienceMs = 60'000;

/// The window with an order that rests half a dollar below the market, selected in the list of orders.
class RestingOrder : public Workstation
{
public:
    RestingOrder() { window().showPanel(QStringLiteral("orders")); }

    bool send()
    {
        if (!QTest::qWaitFor([this] { return isReady() && rowNear(1.0).put.bid > 1; }, patienceMs))
            return false;
        const auto row = rowNear(1.0);
        const auto order = limitOrder("SPY", {optionLeg(row.put.symbol, Action::BuyToOpen)}, row.put.bid - 0.50);
        const std::uint64_t request = desk().stageTicket(order);
        const auto isAllowed = [&] { return desk().ticket()->request == request && desk().ticket()->isAllowed; };
        if (!QTest::qWaitFor(isAllowed, patienceMs))
            return false;
        desk().send(order);
        return QTest::qWaitFor([this] { return newestIs(OrderStatus::Working) && list().model()->rowCount() == 1; },
                               patienceMs);
    }
    QTableView& list() { return *widget<QTableView>("orders_view"); }
    /// Keys go where the focus is, and shortcuts to an active window only.
    bool focusList()
    {
        window().activateWindow();
        list().setFocus();
        return QTest::qWaitFor([this] { return window().isActiveWindow() && list().hasFocus(); }, patienceMs);
    }
    ui::ChangeBar& bar() { return *widget<ui::ChangeBar>("change_bar"); }
    double limit() { return widget<QDoubleSpinBox>("change_limit")->value(); }
    bool mayChange() { return widget<QPushButton>("change_send")->isEnabled(); }
    const execution::Order* find(const std::string& externalId)
    {
        m_seen = desk().trading();
        const auto found = std::ranges::find(m_seen->orders, externalId, &execution::Order::externalId);
        return found == m_seen->orders.end() ? nullptr : &*found;
    }

private:
    std::shared_ptr<const desk::TradingView> m_seen;
};

} // namespace

/// Working orders in the real window, on the real venue.
class WindowOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("QT_QPA_PLATFORM", "offscreen"); }

    void aPriceMovesByKeys()
    {
        RestingOrder desk;
        QVERIFY2(desk.send(), qPrintable(desk.whatHappened()));
        const execution::Order first = *desk.newestOrder();
        const double before = first.intent.price->toDouble();
        desk.list().selectRow(0);
        QVERIFY(desk.focusList());
        QTest::keyClick(&desk.list(), Qt::Key_Plus);
        QTest::keyClick(&desk.list(), Qt::Key_Plus);
        QVERIFY(desk.bar().isVisible());
        QVERIFY(desk.limit() > before);
        const double wanted = desk.limit();
        QTRY_VERIFY_WITH_TIMEOUT(desk.mayChange(), patienceMs);
        QCOMPARE(desk.newestOrder()->externalId, first.externalId); // nothing leaves by itself
        QTest::keyClick(&desk.list(), Qt::Key_Return);
        QVERIFY(!desk.bar().isVisible());

        const auto isReplaced = [&] {
            const execution::Order* const old = desk.find(first.externalId);
            return old && old->status == OrderStatus::Cancelled && desk.newestIs(OrderStatus::Working);
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isReplaced(), qPrintable(desk.whatHappened()), patienceMs);
        const execution::Order second = *desk.newestOrder();
        QVERIFY(second.externalId != first.externalId);
        QCOMPARE(second.replaces, first.externalId);
        QVERIFY(std::fabs(second.intent.price->toDouble() - wanted) < 1e-9);
        QCOMPARE(second.intent.legs, first.intent.legs);

        desk.press("orders_cancel_all");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.newestIs(OrderStatus::Cancelled), qPrintable(desk.whatHappened()), patienceMs);
        QCOMPARE(desk.desk().trading()->state, desk::DeskState::Active);
    }

    void aPriceIsDragged()
    {
        RestingOrder desk;
        QVERIFY2(desk.send(), qPrintable(desk.whatHappened()));
        const execution::Order order = *desk.newestOrder();
        QTableView& list = desk.list();
        const QPoint limit = list.visualRect(list.model()->index(0, ui::OrdersModel::LimitColumn)).center();
        QTest::mousePress(list.viewport(), Qt::LeftButton, {}, limit);
        QTest::mouseMove(list.viewport(), limit - QPoint(0, 30));
        QMouseEvent move(QEvent::MouseMove, limit - QPoint(0, 60), list.viewport()->mapToGlobal(limit - QPoint(0, 60)),
                         Qt::NoButton, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(list.viewport(), &move);
        QTest::mouseRelease(list.viewport(), Qt::LeftButton, {}, limit - QPoint(0, 60));
        QVERIFY(desk.bar().isVisible());
        QCOMPARE(desk.bar().order(), order.externalId);
        QVERIFY(desk.limit() > order.intent.price->toDouble() + 0.05);
        QTRY_VERIFY_WITH_TIMEOUT(desk.mayChange(), patienceMs);
        QVERIFY(desk.focusList());
        QTest::keyClick(&list, Qt::Key_Escape);
        QVERIFY(!desk.bar().isVisible());
        QCOMPARE(desk.newestOrder()->externalId, order.externalId);
        QCOMPARE(desk.newestOrder()->status, OrderStatus::Working);

        // A price that the gate does not let through cannot be sent.
        desk.press("orders_change");
        QVERIFY(desk.bar().isVisible());
        desk.widget<QDoubleSpinBox>("change_limit")->setValue(order.intent.price->toDouble() * 3);
        const auto verdict = [&] { return desk.widget<QLabel>("change_verdict")->text(); };
        QTRY_VERIFY2_WITH_TIMEOUT(!verdict().isEmpty() && !verdict().contains(QStringLiteral("Checking")),
                                  qPrintable(verdict()), patienceMs);
        QVERIFY2(!desk.mayChange(), qPrintable(verdict()));

        // When the order is over, so is its change.
        desk.desk().cancelOrder(order.externalId);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.bar().isVisible(), patienceMs);
    }
};

QTEST_MAIN(WindowOrdersTest)
#include "window_orders_test.moc"
