#include "workstation.h"

#include "ui/models/orders_model.h"
#include "ui/models/words.h"
#include "ui/panels/change_bar.h"
#include "ui/plots/candle_plot.h"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QMenu>
#include <QMouseEvent>
#include <QTableView>
#include <QToolButton>

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
        const auto isListed = [this] {
            const QAbstractItemModel& rows = *list().model();
            return newestIs(OrderStatus::Working) && rows.rowCount() == 1 &&
                   rows.index(0, ui::OrdersModel::StatusColumn).data() == ui::statusWord(OrderStatus::Working);
        };
        return QTest::qWaitFor(isListed, patienceMs);
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

/// The window with an order being put together in its ticket.
class Ticket : public Workstation
{
public:
    bool stagePut()
    {
        window().showPanel(QStringLiteral("orders"));
        if (!QTest::qWaitFor([this] { return isReady() && rowNear(1.0).put.bid > 1; }, patienceMs))
            return false;
        row = rowNear(1.0);
        const portfolio::OrderIntent order = limitOrder("SPY", {optionLeg(row.put.symbol, Action::BuyToOpen)}, 1);
        window().staged().load(order, ui::stagedLegs(order));
        window().staged().setLimit(std::nullopt);
        return true;
    }
    void choose(portfolio::OrderType type)
    {
        auto* const box = widget<QComboBox>("ticket_type");
        box->setCurrentIndex(box->findData(static_cast<int>(type)));
        Q_EMIT box->activated(box->currentIndex());
    }
    QDoubleSpinBox& field(const char* name) { return *widget<QDoubleSpinBox>(name); }
    std::vector<OrderStatus> statuses()
    {
        std::vector<OrderStatus> all;
        const auto view = desk().trading();
        for (const execution::Order& order : view->orders)
            all.push_back(order.status);
        return all;
    }
    bool areAll(OrderStatus status)
    {
        const auto all = statuses();
        return std::ranges::all_of(all, [&](OrderStatus each) { return each == status; });
    }

    desk::ChainRow row;
};

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
        // Again, where a quote was too old for a moment: the key does nothing then.
        const auto isSent = [&] {
            if (desk.mayChange())
                QTest::keyClick(&desk.list(), Qt::Key_Return);
            return !desk.bar().isVisible();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSent(), patienceMs);

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

    void aStopWaitsForItsTrigger()
    {
        Ticket desk;
        QVERIFY(desk.stagePut());
        desk.choose(portfolio::OrderType::Stop);
        QTRY_VERIFY2_WITH_TIMEOUT(desk.canSend(), qPrintable(desk.verdict()), patienceMs);
        const auto staged = [&] { return desk.desk().ticket()->intent; };
        QVERIFY(staged().stopTrigger->toDouble() > desk.row.put.ask);
        QVERIFY(!staged().price);

        // One that the market has passed would trade at once.
        const double beyond = desk.field("ticket_trigger").value();
        desk.field("ticket_trigger").setValue(0.5 * desk.row.put.bid);
        QTRY_VERIFY2_WITH_TIMEOUT(!desk.canSend() && desk.verdict().contains(QStringLiteral("trade at once")),
                                  qPrintable(desk.verdict()), patienceMs);
        desk.field("ticket_trigger").setValue(beyond + 1);
        QTRY_VERIFY2_WITH_TIMEOUT(desk.canSend(), qPrintable(desk.verdict()), patienceMs);
        desk.press("ticket_send");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.newestIs(OrderStatus::Working), qPrintable(desk.whatHappened()), patienceMs);
        const execution::Order stop = *desk.newestOrder();
        QCOMPARE(stop.intent.type, portfolio::OrderType::Stop);
        QVERIFY(std::fabs(stop.intent.stopTrigger->toDouble() - beyond - 1) < 1e-9);
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("orders_cancel_all")->isEnabled(), patienceMs);
        desk.press("orders_cancel_all");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.newestIs(OrderStatus::Cancelled), qPrintable(desk.whatHappened()), patienceMs);
    }

    void aBracketIsOneOrder()
    {
        Ticket desk;
        QVERIFY(desk.stagePut());
        desk.field("ticket_limit").setValue(desk.row.put.bid - 0.50); // it rests
        desk.press("exit_target_chip");
        desk.press("exit_stop_chip");
        const auto isWhole = [&] {
            const auto ticket = desk.desk().ticket();
            return desk.canSend() && ticket->complex && ticket->complex->orders.size() == 2;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isWhole(), qPrintable(desk.verdict()), patienceMs);
        QVERIFY(desk.desk().ticket()->targetProfit > 0 && desk.desk().ticket()->stopProfit < 0);
        desk.press("ticket_dry_run");
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().dryRun()->isDone, patienceMs);
        const auto check = desk.desk().dryRun();
        QVERIFY2(check->failure.empty(), check->failure.c_str());
        QVERIFY2(check->result->errors.empty(), qPrintable(desk.verdict()));
        QVERIFY(std::fabs(check->feesDifference) < 0.01);
        QTRY_VERIFY2_WITH_TIMEOUT(isWhole(), qPrintable(desk.verdict()), patienceMs);
        desk.press("ticket_send");

        const auto isAtWork = [&] {
            const auto view = desk.desk().trading();
            const auto has = [&](OrderStatus status) {
                return std::ranges::count(view->orders, status, &execution::Order::status);
            };
            return view->orders.size() == 3 && has(OrderStatus::Working) == 1 && has(OrderStatus::Contingent) == 2;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isAtWork(), qPrintable(desk.whatHappened()), patienceMs);
        auto* const list = desk.widget<QTableView>("orders_view");
        QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 3, patienceMs);
        const auto legs = [&](int at) {
            return list->model()->index(at, ui::OrdersModel::LegsColumn).data().toString();
        };
        QVERIFY2(legs(0).startsWith(QStringLiteral("entry")), qPrintable(legs(0)));
        QVERIFY2(legs(1).contains(QStringLiteral("target")), qPrintable(legs(1)));
        QVERIFY2(legs(2).contains(QStringLiteral("stop")), qPrintable(legs(2)));
        list->selectRow(2); // whichever part: the whole goes
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("orders_cancel")->isEnabled(), patienceMs);
        desk.press("orders_cancel");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.areAll(OrderStatus::Cancelled), qPrintable(desk.whatHappened()), patienceMs);
    }

    void whatIsHeldIsLeftAtATargetOrAStop()
    {
        Ticket desk;
        QVERIFY(desk.stagePut());
        desk.window().staged().clear();
        const portfolio::OrderIntent buy = marketOrder("SPY", {optionLeg(desk.row.put.symbol, Action::BuyToOpen)});
        QTRY_VERIFY2_WITH_TIMEOUT(desk.fills(buy), qPrintable(desk.whatHappened()), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.quantityOf(desk.row.put.symbol) == 1, patienceMs);
        const auto close = desk.desk().closingIntent({desk.row.put.symbol});
        QVERIFY(close);
        desk.window().staged().load(*close, ui::stagedLegs(*close));
        desk.press("exit_stop_chip");
        QVERIFY(desk.window().staged().exits().target.isOn);
        const auto isPair = [&] {
            const auto ticket = desk.desk().ticket();
            return desk.canSend() && ticket->complex && ticket->complex->kind == portfolio::ComplexKind::Oco;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isPair(), qPrintable(desk.verdict()), patienceMs);
        const double paid = desk.position(desk.row.put.symbol)->position.averageOpenPrice.toDouble();
        QVERIFY(desk.field("exit_target_price").value() > paid);
        QVERIFY(desk.field("exit_stop_price").value() < paid);
        desk.press("ticket_send");
        const auto work = [&] {
            const auto view = desk.desk().trading();
            return std::ranges::count_if(view->orders, [](const execution::Order& order) {
                return !order.complex.empty() && execution::isAtWork(order.status);
            });
        };
        QTRY_COMPARE_WITH_TIMEOUT(work(), 2, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(desk.widget<QPushButton>("orders_cancel_all")->isEnabled(), patienceMs);
        desk.press("orders_cancel_all");
        QTRY_COMPARE_WITH_TIMEOUT(work(), 0, patienceMs);
        QCOMPARE(desk.quantityOf(desk.row.put.symbol), 1);
    }

    void anAmountBuysAFractionThatIsSoldToNothing()
    {
        Ticket desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isReady(), patienceMs);
        const std::string symbol = desk.desk().chain()->underlying;
        const auto offers = desk.widget<QToolButton>("chain_shares")->menu()->actions();
        offers.at(2)->trigger(); // buy for an amount
        QCOMPARE(desk.window().staged().type(), portfolio::OrderType::NotionalMarket);
        desk.field("ticket_value").setValue(123.45);
        const auto isStaged = [&] {
            const auto ticket = desk.desk().ticket();
            return desk.canSend() && ticket->intent.value && ticket->intent.value->toDouble() == 123.45;
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isStaged(), qPrintable(desk.verdict()), patienceMs);
        desk.press("ticket_send");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.newestIs(OrderStatus::Filled), qPrintable(desk.whatHappened()), patienceMs);
        const auto isHeld = [&] { return desk.position(symbol) && desk.position(symbol)->position.quantity != 0; };
        QTRY_VERIFY_WITH_TIMEOUT(isHeld(), patienceMs);
        const base::Quantity held = desk.position(symbol)->position.quantity;
        QVERIFY(held > 0 && !held.isWhole());
        QVERIFY(desk.position(symbol)->position.averageOpenPrice * held <= base::Decimal::parse("123.45").value());

        const auto close = desk.desk().closingIntent({symbol});
        QVERIFY(close);
        desk.window().staged().load(*close, ui::stagedLegs(*close));
        QTRY_VERIFY2_WITH_TIMEOUT(desk.canSend(), qPrintable(desk.verdict()), patienceMs);
        desk.press("ticket_send");
        QTRY_VERIFY2_WITH_TIMEOUT(desk.statuses().size() == 2 && desk.areAll(OrderStatus::Filled),
                                  qPrintable(desk.whatHappened()), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!isHeld(), patienceMs);
        QVERIFY(desk.desk().trading()->differences.empty());
    }

    void aPriceIsDraggedOnTheChart()
    {
        RestingOrder desk;
        QVERIFY2(desk.send(), qPrintable(desk.whatHappened()));
        const execution::Order order = *desk.newestOrder();
        desk.window().showPanel(QStringLiteral("price_chart"));
        auto* const symbols = desk.widget<QComboBox>("chart_symbol");
        const std::string& contract = order.intent.legs.front().symbol;
        const auto place = [&] { return symbols->findData(ui::text(contract)); };
        QTRY_VERIFY_WITH_TIMEOUT(place() > 0, patienceMs);
        symbols->setCurrentIndex(place());
        Q_EMIT symbols->activated(place());
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().chart()->symbol == contract && !desk.desk().chart()->bars.empty(),
                                 patienceMs);

        auto* const plot = desk.widget<ui::CandlePlot>("candle_plot");
        auto* const bar = desk.widget<ui::ChangeBar>("chart_change_bar");
        auto* const limit = desk.widget<QDoubleSpinBox>("chart_change_limit");
        const auto mayChange = [&] { return desk.widget<QPushButton>("chart_change_send")->isEnabled(); };
        const double before = order.intent.price->toDouble();
        Q_EMIT plot->lineDragged(order.externalId, false, before + 0.1);
        QVERIFY(bar->isVisible());
        QVERIFY(std::fabs(limit->value() - before - 0.1) < 0.03);
        desk.window().activateWindow();
        plot->setFocus();
        QTRY_VERIFY_WITH_TIMEOUT(plot->hasFocus() && desk.window().isActiveWindow(), patienceMs);
        QTest::keyClick(plot, Qt::Key_Escape); // takes it back
        QVERIFY(!bar->isVisible());
        QCOMPARE(desk.find(order.externalId)->status, OrderStatus::Working);

        Q_EMIT plot->lineDragged(order.externalId, false, before + 0.1);
        QTRY_VERIFY2_WITH_TIMEOUT(mayChange(), qPrintable(desk.whatHappened()), patienceMs);
        QCOMPARE(desk.newestOrder()->externalId, order.externalId); // nothing leaves by itself
        const auto isSent = [&] {
            if (mayChange())
                QTest::keyClick(plot, Qt::Key_Return);
            return !bar->isVisible();
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSent(), patienceMs);
        const auto isReplaced = [&] {
            const execution::Order* const old = desk.find(order.externalId);
            return old && old->status == OrderStatus::Cancelled && desk.newestIs(OrderStatus::Working);
        };
        QTRY_VERIFY2_WITH_TIMEOUT(isReplaced(), qPrintable(desk.whatHappened()), patienceMs);
        QCOMPARE(desk.newestOrder()->replaces, order.externalId);
    }
};

QTEST_MAIN(WindowOrdersTest)
#include "window_orders_test.moc"
