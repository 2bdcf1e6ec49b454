#include "desk_fixture.h"
#include "market/symbols.h"
#include "ui/dialogs/backtest_dialog.h"
#include "ui/dialogs/entry_look.h"
#include "ui/dialogs/strategy_dialog.h"
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
#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QHeaderView>
#include <QLabel>
#include <QLayout>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>
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
    void strategiesSayWhatTheyDo();
    void aDoubleClickShowsTheTradesHedges();
    void aStrategyIsArmedWithItsParameters();
    void aStrategySaysForWhichAccountItIsArmed();
    void aStrategySaysWhatDiffersFromItsUsualValues();
    void aStrategySaysWhatItWouldOpen();
    void backtestFormFollowsTheStrategy();
    void backtestCapitalIsTheStrategysUntilItIsChanged();
    void backtestNamesTheFieldThatIsWrong();
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

void TradingPanelsTest::strategiesSayWhatTheyDo()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::StrategiesPanel panel(fixture.context());
    panel.resize(1000, 400);
    panel.show();
    const auto part = [&](const char* name) { return panel.findChild<QPushButton*>(QString::fromLatin1(name)); };
    QVERIFY(panel.findChild<QLabel*>(QStringLiteral("strategies_empty"))->isVisible());
    QVERIFY(!part("strategies_pause")->isEnabled() && !part("strategies_close")->isEnabled());

    QSignalSpy backtest(&panel, &ui::Panel::backtestAsked), sweep(&panel, &ui::Panel::sweepAsked);
    panel.findChild<QToolButton*>(QStringLiteral("strategies_backtest"))->click();
    panel.findChild<QAction*>(QStringLiteral("strategies_sweep"))->trigger();
    QVERIFY(backtest.size() == 1 && sweep.size() == 1);

    desk::StrategyRow row;
    row.strategy = "iron_condor";
    row.title = "Iron condor";
    row.underlying = "SPY";
    row.state = desk::StrategyState::Armed;
    row.doing = "Manages its trade";
    row.openProfit = -12.5;
    row.trades = {
        {.group = "a", .title = "2 condors", .exitReason = {}, .isOpen = true, .profit = -12.5, .symbols = {}},
        {.group = "b", .title = "1 condor", .exitReason = "half the credit", .profit = 80, .symbols = {}}};
    row.openTrades = row.closedTrades = 1;
    row.closedProfit = 80;
    row.events = {{{}, desk::StrategyEvent::Kind::Refusal, "too large"},
                  {{}, desk::StrategyEvent::Kind::State, "Armed."}};
    panel.draw({1, {row}});
    const auto cell = [&](const char* table, int line, int column) {
        const auto* const model = panel.findChild<QTableView*>(QString::fromLatin1(table))->model();
        return model->data(model->index(line, column)).toString();
    };
    QCOMPARE(cell("strategies_view", 0, 0), QStringLiteral("Iron condor"));
    QCOMPARE(cell("strategies_view", 0, 2), QStringLiteral("armed"));
    QCOMPARE(cell("strategies_view", 0, 3), QStringLiteral("−12.50"));
    QCOMPARE(cell("strategies_view", 0, 4), QStringLiteral("+80.00"));
    QCOMPARE(cell("strategies_view", 0, 5), QStringLiteral("2"));
    QCOMPARE(cell("strategies_view", 0, 6), QStringLiteral("Manages its trade"));
    QCOMPARE(cell("strategy_events", 0, 2), QStringLiteral("too large"));
    QCOMPARE(cell("strategy_trades", 0, 1), QStringLiteral("open"));
    QCOMPARE(cell("strategy_trades", 1, 5), QStringLiteral("half the credit"));
    QVERIFY(part("strategies_pause")->isEnabled() && part("strategies_close")->isEnabled());
    QCOMPARE(part("strategies_pause")->text(), QStringLiteral("Pause"));

    row.state = desk::StrategyState::Paused;
    row.trades.erase(row.trades.begin());
    row.openTrades = 0;
    panel.draw({2, {row}});
    QCOMPARE(part("strategies_pause")->text(), QStringLiteral("Resume"));
    QVERIFY(!part("strategies_close")->isEnabled());
    QCOMPARE(cell("strategies_view", 0, 3), QString()); // nothing is open
    row.state = desk::StrategyState::Off;
    panel.draw({3, {row}});
    QVERIFY(!part("strategies_off")->isEnabled());
    // "Close its trade" of one that is gone by then says so, and stages nothing.
    row.trades.insert(row.trades.begin(),
                      {.group = "c", .title = {}, .exitReason = {}, .isOpen = true, .symbols = {"SPY"}});
    row.openTrades = 1;
    panel.draw({4, {row}});
    part("strategies_close")->click();
    QVERIFY(fixture.staged().legs().empty());
}

void TradingPanelsTest::aDoubleClickShowsTheTradesHedges()
{
    test::DeskFixture fixture;
    fixture.theme().apply();
    ui::StrategiesPanel panel(fixture.context());
    panel.resize(1000, 500);
    panel.show();
    desk::StrategyRow row;
    row.strategy = "gamma_scalping";
    row.underlying = "SPY";
    row.hedgesWithShares = true;
    row.trades = {{.group = "a", .title = "2 straddles", .exitReason = {}, .isOpen = true, .symbols = {}},
                  {.group = "b", .title = "1 straddle", .exitReason = "days", .symbols = {}}};
    row.openTrades = row.closedTrades = 1;
    const auto ledger = std::make_shared<desk::HedgeLedgerView>();
    ledger->group = "b";
    ledger->steps.emplace_back().event = "mark";
    panel.draw({1, {row}, {{"a", nullptr}, {"b", ledger}}});
    auto* const tabs = panel.findChild<QTabWidget*>();
    tabs->setCurrentIndex(1);
    auto* const trades = panel.findChild<QTableView*>(QStringLiteral("strategy_trades"));
    const auto* const ledgers = panel.findChild<QTableView*>(QStringLiteral("strategy_ledger"));
    QVERIFY(ledgers->isHidden()); // of the open one, whose marks are not known
    Q_EMIT trades->doubleClicked(trades->model()->index(1, 0));
    QCOMPARE(tabs->currentIndex(), 2);
    QVERIFY(ledgers->isVisible());
    QCOMPARE(ledgers->model()->rowCount(), 1);
    panel.draw({2, {row}, {{"a", nullptr}, {"b", ledger}}});
    QVERIFY(ledgers->isVisible()); // what was chosen stays
}

void TradingPanelsTest::aStrategyIsArmedWithItsParameters()
{
    test::DeskFixture fixture;
    ui::StrategyDialog dialog(fixture.desk());
    dialog.load({"iron_condor", "QQQ", {{"short_delta", "0.2"}, {"no_such", "1"}}});
    const desk::StrategyRequest request = dialog.request();
    QCOMPARE(request.strategy, std::string("iron_condor"));
    QCOMPARE(request.underlying, std::string("QQQ"));
    const auto value = [&](const char* name) {
        const auto found =
            std::ranges::find(request.parameters, std::string(name), &std::pair<std::string, std::string>::first);
        return found == request.parameters.end() ? std::string("missing") : found->second;
    };
    QCOMPARE(value("short_delta"), std::string("0.2"));
    QCOMPARE(value("no_such"), std::string("missing"));
    QVERIFY(value("days_to_expiry") != "missing");
    auto* const underlying = dialog.findChild<QComboBox*>(QStringLiteral("strategy_underlying"));
    dialog.load({"dispersion", "QQQ", {}}); // whose index the basket says
    QCOMPARE(dialog.request().underlying, desk::shippedBasket().index);
    QVERIFY(!underlying->isEnabled());
    QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("strategy_basket"))->text().contains(QLatin1String("AAPL")));
    dialog.load({"iron_condor", "QQQ", {}});
    QCOMPARE(dialog.request().underlying, std::string("QQQ"));
    QVERIFY(underlying->isEnabled());
    underlying->setCurrentText(QStringLiteral(" "));
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("strategy_arm"))->isEnabled());
}

void TradingPanelsTest::aStrategySaysForWhichAccountItIsArmed()
{
    test::DeskFixture fixture;
    ui::StrategyDialog dialog(fixture.desk());
    dialog.load({"dispersion", {}, {}});
    const auto words = [&](const char* name) { return dialog.findChild<QLabel*>(QString::fromLatin1(name))->text(); };
    desk::StatusView status;
    desk::TradingView trading;
    trading.account = "5WX00001";
    trading.netLiquidation = 60'000;
    dialog.drawWhere(status, trading);
    QVERIFY2(words("strategy_where").contains(QLatin1String("5WX00001")), qPrintable(words("strategy_where")));
    QVERIFY(words("strategy_where").contains(QLatin1String("simulated exchange")));
    QVERIFY2(words("strategy_limits").contains(QLatin1String("2,000,000")), qPrintable(words("strategy_limits")));
    const auto* const arm = dialog.findChild<QPushButton*>(QStringLiteral("strategy_arm"));
    QCOMPARE(arm->property("kind").toString(), QStringLiteral("primary"));
    trading.netLiquidation = 3'000'000;
    dialog.drawWhere(status, trading);
    QVERIFY(!words("strategy_limits").contains(QLatin1String("2,000,000"))); // enough
    QVERIFY(!words("strategy_note").contains(QLatin1String("not armed")));

    status.environment = desk::Environment::Live;
    trading.needsArming = true;
    dialog.drawWhere(status, trading);
    QVERIFY(words("strategy_where").contains(QLatin1String("LIVE")));
    QVERIFY(words("strategy_note").contains(QLatin1String("not armed")));
    QCOMPARE(arm->property("kind").toString(), QStringLiteral("live"));
    QVERIFY(arm->text() != QLatin1String("Arm"));
    trading.isArmed = true;
    dialog.drawWhere(status, trading);
    QVERIFY(!words("strategy_note").contains(QLatin1String("not armed")));
}

void TradingPanelsTest::aStrategySaysWhatDiffersFromItsUsualValues()
{
    test::DeskFixture fixture;
    ui::StrategyDialog dialog(fixture.desk());
    const auto* const differences = dialog.findChild<QLabel*>(QStringLiteral("strategy_differences"));
    auto* const usual = dialog.findChild<QPushButton*>(QStringLiteral("strategy_usual"));
    dialog.load({"iron_condor", "SPY", {}});
    QVERIFY(!usual->isEnabled());
    const desk::StrategyRequest before = dialog.request();
    dialog.load({"iron_condor", "SPY", {{"short_delta", "0.2"}, {"wings", "width"}}});
    QVERIFY(usual->isEnabled());
    QVERIFY2(differences->text().contains(QLatin1String("Short delta 0.200 (usually 0.300)")),
             qPrintable(differences->text()));
    QVERIFY2(differences->text().contains(QLatin1String("Wings by width (usually delta)")),
             qPrintable(differences->text()));
    usual->click();
    QVERIFY(!usual->isEnabled());
    QVERIFY(!differences->text().contains(QLatin1String("Short delta")));
    QCOMPARE(dialog.request().parameters, before.parameters);
}

void TradingPanelsTest::aStrategySaysWhatItWouldOpen()
{
    test::DeskFixture fixture;
    ui::EntryLook look(fixture.desk(), [] { return desk::StrategyRequest{"iron_condor", "SPY", {}}; });
    const auto* const words = look.findChild<QLabel*>(QStringLiteral("entry_look"));
    const auto* const orders = look.findChild<QLabel*>(QStringLiteral("entry_look_orders"));
    const auto* const warning = look.findChild<QLabel*>(QStringLiteral("entry_look_warning"));
    desk::EntryLookView view;
    view.whyNot = "the market is closed";
    look.draw(view);
    QCOMPARE(words->text(), QStringLiteral("It would open nothing now: the market is closed."));
    QVERIFY(orders->isHidden() && warning->isHidden());

    view.whyNot.clear();
    view.reason = "1 condor";
    desk::EntryLookView::Order& order = view.orders.emplace_back();
    order.intent.underlying = "SPY";
    order.intent.legs = {
        {"SPY   261218P00545000", market::InstrumentType::EquityOption, portfolio::Action::SellToOpen}};
    order.intent.price = base::Decimal::fromInteger(2);
    order.intent.effect = portfolio::PriceEffect::Credit;
    order.maxLoss = 300;
    look.draw(view);
    QCOMPARE(words->text(), QStringLiteral("It would open now: 1 condor."));
    QVERIFY2(orders->text().contains(QLatin1String("2.00 cr")), qPrintable(orders->text()));
    QVERIFY2(orders->text().contains(QLatin1String("300.00")), qPrintable(orders->text()));
    QVERIFY(!orders->isHidden() && warning->isHidden());
    view.orders.front().refusal = "Orders are not armed.";
    look.draw(view);
    QVERIFY(warning->text().contains(QLatin1String("Orders are not armed.")) && !warning->isHidden());
    view.orders.resize(6, view.orders.front());
    look.draw(view);
    QCOMPARE(orders->text().count(u'\n'), 4); // four orders, and that there are more

    look.askAnew(); // what was said was of other parameters
    QVERIFY(orders->isHidden() && !words->text().contains(QLatin1String("condor")));
}

void TradingPanelsTest::backtestFormFollowsTheStrategy()
{
    test::DeskFixture fixture;
    ui::BacktestDialog dialog(fixture.context());
    auto* const choice = dialog.findChild<QComboBox*>(QStringLiteral("backtest_strategy"));
    const std::vector<desk::StrategyOption> options = fixture.desk().strategies();
    QVERIFY(!options.empty());
    QCOMPARE(choice->count(), static_cast<int>(options.size()));
    for (int i = 0; i < choice->count(); ++i) {
        choice->setCurrentIndex(i);
        for (const base::ParameterSpec& spec : options[static_cast<std::size_t>(i)].parameters)
            QVERIFY2(dialog.findChild<QWidget*>(QStringLiteral("parameter_") + QString::fromStdString(spec.name)),
                     spec.name.c_str());
    }
}

void TradingPanelsTest::backtestCapitalIsTheStrategysUntilItIsChanged()
{
    test::DeskFixture fixture;
    ui::BacktestDialog dialog(fixture.context());
    auto* const choice = dialog.findChild<QComboBox*>(QStringLiteral("backtest_strategy"));
    auto* const capital = dialog.findChild<QDoubleSpinBox*>(QStringLiteral("backtest_capital"));
    const int basket = choice->findData(QStringLiteral("dispersion"));
    const int condor = choice->findData(QStringLiteral("iron_condor"));
    QVERIFY(basket >= 0 && condor >= 0);
    choice->setCurrentIndex(condor);
    QCOMPARE(capital->value(), 100'000.0);
    choice->setCurrentIndex(basket);
    QCOMPARE(capital->value(), 2'000'000.0);
    choice->setCurrentIndex(condor);
    QCOMPARE(capital->value(), 100'000.0);
    capital->setValue(50'000);
    choice->setCurrentIndex(basket);
    QCOMPARE(capital->value(), 50'000.0);
}

void TradingPanelsTest::backtestNamesTheFieldThatIsWrong()
{
    test::DeskFixture fixture;
    ui::BacktestDialog dialog(fixture.context());
    auto* const end = dialog.findChild<QDateEdit*>(QStringLiteral("backtest_end"));
    end->setDate(dialog.findChild<QDateEdit*>(QStringLiteral("backtest_start"))->date());
    auto* const run = dialog.findChild<QPushButton*>(QStringLiteral("backtest_run"));
    QVERIFY(run->isEnabled());
    run->click();
    QVERIFY(dialog.findChild<QLabel*>(QStringLiteral("backtest_message"))->text().startsWith(QStringLiteral("To:")));
    QVERIFY2(run->isEnabled(), "nothing was started");
    QVERIFY(!dialog.findChild<QPushButton*>(QStringLiteral("backtest_cancel"))->isEnabled());
}

QTEST_MAIN(TradingPanelsTest)
#include "trading_panels_test.moc"
