#include "desk_fixture.h"
#include "market/symbols.h"
#include "ui/models/legs_model.h"
#include "ui/models/orders_model.h"
#include "ui/models/positions_model.h"
#include "ui/panels/cell_delegate.h"
#include "ui/panels/greeks.h"
#include "ui/panels/journal.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/orders.h"
#include "ui/panels/positions.h"
#include "ui/panels/risk.h"
#include "ui/panels/strategies.h"
#include "ui/panels/volatility_surface.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace vegadesk;

namespace
{
ui::StagedLeg put(int strike, std::int64_t quantity)
{
    const market::OptionTerms terms{"SPY", base::makeDate(2026, 12, 18), market::Right::Put,
                                    base::Decimal::fromInteger(strike)};
    return {market::toOccSymbol(terms).value(), "SPY", market::InstrumentType::EquityOption, terms, quantity, false};
}
} // namespace

/// The panels over a desk that never started: nothing is known, and they say so.
class TradingPanelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyPanelDrawsWithoutData();
    void ticketSaysWhyItCannotSend();
    void ticketClearsOnEscape();
    void ticketTakesNoMarketOrderOfTwoLegs();
    void ticketOpensItsWhatIfForAStagedOrder();
    void ticketButtonsStayWhereTheyAre();
    void ticketLegsAreNotCut();
    void fourLegsCanBeReadInTheOrders();
    void riskIsNotCutInAnOutage();
    void positionsSayThatNoRowIsChosen();
    void narrowPositionsKeepWhatCanBeDone();
};

void TradingPanelsTest::everyPanelDrawsWithoutData()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    const ui::PanelContext context = fixture.context();
    const std::vector<ui::Panel*> panels{new ui::OrderTicketPanel(context),
                                         new ui::OrdersPanel(context),
                                         new ui::PositionsPanel(context),
                                         new ui::GreeksPanel(context),
                                         new ui::RiskPanel(context),
                                         new ui::JournalPanel(context),
                                         new ui::VolatilitySurfacePanel(context),
                                         new ui::StrategiesPanel(context)};
    for (ui::Panel* panel : panels) {
        panel->resize(400, 300);
        panel->show();
        panel->refresh();
        panel->refresh();
        QVERIFY(!panel->grab().isNull());
        QVERIFY(panel->titleCount().isEmpty());
        delete panel;
    }
}

void TradingPanelsTest::ticketSaysWhyItCannotSend()
{
    test::DeskFixture fixture;
    ui::OrderTicketPanel panel(fixture.context());
    panel.show();
    auto* const send = panel.findChild<QPushButton*>(QStringLiteral("ticket_send"));
    auto* const verdict = panel.findChild<QLabel*>(QStringLiteral("ticket_verdict"));
    auto* const legs = panel.findChild<QAbstractItemView*>(QStringLiteral("ticket_legs"));
    QVERIFY(!legs->isVisible());
    fixture.staged().add(put(555, -1));
    fixture.staged().add(put(545, 1));
    panel.refresh();
    QVERIFY(legs->isVisible());
    QCOMPARE(legs->model()->rowCount(), 2);
    QVERIFY(!send->isEnabled());
    QCOMPARE(send->text(), QStringLiteral("Send to sandbox"));
    QVERIFY(!verdict->text().isEmpty());
    QCOMPARE(send->toolTip(), verdict->text());
}

void TradingPanelsTest::ticketClearsOnEscape()
{
    test::DeskFixture fixture;
    ui::OrderTicketPanel panel(fixture.context());
    panel.show();
    panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
    fixture.staged().add(put(555, -1));
    panel.findChild<QPushButton*>(QStringLiteral("ticket_clear"))->setFocus();
    QTest::keyClick(&panel, Qt::Key_Escape);
    QVERIFY(fixture.staged().legs().empty());
}

void TradingPanelsTest::ticketTakesNoMarketOrderOfTwoLegs()
{
    test::DeskFixture fixture;
    const ui::OrderTicketPanel panel(fixture.context());
    fixture.staged().add(put(555, -1));
    fixture.staged().setType(portfolio::OrderType::Market);
    QCOMPARE(fixture.staged().type(), portfolio::OrderType::Market);
    fixture.staged().add(put(545, 1));
    QCOMPARE(fixture.staged().type(), portfolio::OrderType::Limit);
}

void TradingPanelsTest::ticketOpensItsWhatIfForAStagedOrder()
{
    test::DeskFixture fixture;
    ui::OrderTicketPanel panel(fixture.context());
    panel.show();
    const auto* const spot = panel.findChild<QWidget*>(QStringLiteral("what_if_spot"));
    panel.toggleWhatIf();
    QVERIFY2(!spot->isVisible(), "there is nothing staged");
    fixture.staged().add(put(555, -1));
    QVERIFY2(!spot->isVisible(), "it is hidden until it is asked for");
    panel.toggleWhatIf();
    QVERIFY(spot->isVisible());
    fixture.staged().clear();
    fixture.staged().add(put(555, -1));
    QVERIFY2(!spot->isVisible(), "another order starts in the world as it is");
}

void TradingPanelsTest::ticketButtonsStayWhereTheyAre()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::OrderTicketPanel panel(fixture.context());
    panel.resize(436, 700);
    panel.show();
    fixture.staged().add(put(555, -1));
    const auto* const send = panel.findChild<QWidget*>(QStringLiteral("ticket_send"));
    const auto* const verdict = panel.findChild<QLabel*>(QStringLiteral("ticket_verdict"));
    const auto place = [&] {
        panel.layout()->activate();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
        return send->mapTo(&panel, QPoint());
    };
    fixture.staged().refuse(QStringLiteral("No."));
    const QPoint before = place();
    QVERIFY(before.y() > 600);
    const QString many = QStringLiteral("Something speaks against this order. ").repeated(30);
    fixture.staged().refuse(many);
    QCOMPARE(place(), before);
    QCOMPARE(verdict->text(), many);
    QCOMPARE(verdict->toolTip(), many);
    QVERIFY2(verdict->height() > verdict->parentWidget()->height(), "the rest is scrolled to");
}

/// In the dock of a window 1680 wide, with the dates of a roll and a hundred shares of delta.
void TradingPanelsTest::ticketLegsAreNotCut()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::OrderTicketPanel panel(fixture.context());
    panel.resize(436, 700);
    panel.show();
    ui::StagedLeg closed = put(555, 120), opened = put(545, -120);
    closed.isClosing = true;
    opened.option->expiry += std::chrono::days(28);
    opened.symbol = market::toOccSymbol(*opened.option).value();
    fixture.staged().add(closed);
    fixture.staged().add(opened);
    auto view = std::make_shared<desk::TicketView>();
    for (const ui::StagedLeg& leg : fixture.staged().legs()) {
        desk::TicketLeg shown;
        shown.leg.symbol = leg.symbol;
        shown.mid = 123.45;
        shown.greeks.delta = -6543.2;
        view->legs.push_back(shown);
    }
    const auto* const legs = panel.findChild<QTableView*>(QStringLiteral("ticket_legs"));
    qobject_cast<ui::LegsModel*>(legs->model())->setTicket(view);
    const QHeaderView& header = *legs->horizontalHeader();
    QCOMPARE(header.hiddenSectionCount(), 1); // the rights stand beside the strikes
    QVERIFY(legs->isColumnHidden(ui::LegsModel::RightColumn));
    QVERIFY2(header.length() <= legs->viewport()->width(), "every column is in sight");
    for (int row = 0; row < legs->model()->rowCount(); ++row) {
        for (int column = 0; column < header.count(); ++column) {
            if (legs->isColumnHidden(column))
                continue;
            const QString words = legs->model()->index(row, column).data().toString();
            const int needed = legs->fontMetrics().horizontalAdvance(words) + 2 * ui::CellDelegate::padding;
            QVERIFY2(header.sectionSize(column) >= needed,
                     qPrintable(QStringLiteral("%1: %2 of %3").arg(words).arg(header.sectionSize(column)).arg(needed)));
        }
    }
}

void TradingPanelsTest::fourLegsCanBeReadInTheOrders()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::OrdersPanel panel(fixture.context());
    constexpr int shippedWidth = 1033; // of the shipped layout
    auto* const view = panel.findChild<QTableView*>(QStringLiteral("orders_view"));
    execution::Order condor;
    condor.externalId = "condor";
    condor.intent.underlying = "SPY";
    for (const int strike : {440, 445, 490, 495})
        condor.intent.legs.push_back({put(strike, 10).symbol, market::InstrumentType::EquityOption,
                                      strike % 10 == 5 ? portfolio::Action::SellToOpen : portfolio::Action::BuyToOpen,
                                      10});
    execution::Order diagonals = condor;
    diagonals.externalId = "diagonals";
    for (std::size_t leg = 2; leg < 4; ++leg) {
        market::OptionTerms later = market::parseOccSymbol(diagonals.intent.legs[leg].symbol).value();
        later.expiry = base::makeDate(2027, 1, 15);
        diagonals.intent.legs[leg].symbol = market::toOccSymbol(later).value();
    }
    auto* const model = qobject_cast<ui::OrdersModel*>(view->model());
    model->update({condor, diagonals});
    for (int row = 0; row < model->rowCount(); ++row) {
        const QModelIndex legs = model->index(row, ui::OrdersModel::LegsColumn);
        const QString words = legs.data().toString();
        QVERIFY2(words.contains(QStringLiteral("490 P")), qPrintable(words));
        const int needed = view->fontMetrics().horizontalAdvance(words) + 2 * ui::CellDelegate::padding;
        QVERIFY2(
            view->columnWidth(legs.column()) >= needed,
            qPrintable(QStringLiteral("%1: %2 of %3").arg(words).arg(view->columnWidth(legs.column())).arg(needed)));
    }
    const int ofFour = view->columnWidth(ui::OrdersModel::LegsColumn);
    execution::Order one = condor;
    one.externalId = "one";
    one.intent.legs.resize(1);
    model->update({one});
    QVERIFY2(view->columnWidth(ui::OrdersModel::LegsColumn) < ofFour / 2, "the reason has what one leg leaves");
    model->update({one, condor, diagonals});
    int fixed = 0; // the reasons have the rest
    for (int column = 0; column < ui::OrdersModel::ReasonColumn; ++column)
        fixed += view->columnWidth(column);
    QVERIFY2(fixed <= shippedWidth - 60, qPrintable(QString::number(fixed)));
}

void TradingPanelsTest::riskIsNotCutInAnOutage()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::RiskPanel panel(fixture.context());
    desk::TradingView outage;
    outage.isStale = true;
    outage.gauges = {{"daily_loss", 0.034, 0.05, false, "since 09:31"},
                     {"largest_position", 0.123, 0.25, false, "GOOGL"},
                     {"buying_power", 0.14, 1, false, {}}};
    outage.differences = {{"one", "SPY 18 Dec 26 545 P: the broker says 3, we say 2"}};
    for (const desk::DeskState state : {desk::DeskState::Active, desk::DeskState::Halted}) {
        outage.state = state;
        outage.stateReason = "the connection to the account was lost";
        panel.resize(400, 500);
        panel.draw(outage);
        panel.show();
        panel.resize(panel.minimumSizeHint().width(), 500);
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QVERIFY2(panel.width() < 200, qPrintable(QString::number(panel.width())));
        for (const auto* const label : panel.findChildren<QLabel*>()) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            const QPoint end = label->mapTo(&panel, QPoint(label->width(), 0));
            QVERIFY2(end.x() <= panel.width(), qPrintable(label->text()));
            const QRect words = label->fontMetrics().boundingRect(
                QRect(0, 0, label->width(), 1000), label->wordWrap() ? Qt::TextWordWrap : 0, label->text());
            QVERIFY2(words.width() <= label->width() && words.height() <= label->height(), qPrintable(label->text()));
        }
    }
}

void TradingPanelsTest::positionsSayThatNoRowIsChosen()
{
    test::DeskFixture fixture;
    ui::PositionsPanel panel(fixture.context());
    const QSignalSpy refused(&fixture.staged(), &ui::StagedOrder::refused);
    panel.rollCurrent();
    panel.closeCurrent();
    QCOMPARE(refused.size(), 2);
    QVERIFY(fixture.staged().legs().empty());
}

void TradingPanelsTest::narrowPositionsKeepWhatCanBeDone()
{
    test::DeskFixture fixture;
    ui::PositionsPanel panel(fixture.context());
    panel.resize(1400, 300);
    panel.show();
    const QHeaderView& header = *panel.findChild<QTreeView*>(QStringLiteral("positions_view"))->header();
    QCOMPARE(header.hiddenSectionCount(), 0);
    panel.resize(720, 300);
    QVERIFY(header.isSectionHidden(ui::PositionsModel::VegaColumn));
    for (const int kept :
         {ui::PositionsModel::PositionColumn, ui::PositionsModel::DeltaColumn, ui::PositionsModel::OpenColumn,
          ui::PositionsModel::DayColumn, ui::PositionsModel::RollColumn, ui::PositionsModel::CloseColumn})
        QVERIFY(!header.isSectionHidden(kept));
    panel.resize(480, 300);
    QVERIFY2(header.sectionSize(ui::PositionsModel::PositionColumn) > 100, "what the figures are of is in sight");
    int length = 0;
    for (int column = 0; column < header.count(); ++column)
        length += header.sectionSize(column);
    QCOMPARE(header.length(), length); // hidden columns leave no gap
    panel.resize(1400, 300);
    QCOMPARE(header.hiddenSectionCount(), 0);
}

QTEST_MAIN(TradingPanelsTest)
#include "trading_panels_test.moc"
