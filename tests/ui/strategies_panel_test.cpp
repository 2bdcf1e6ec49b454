#include "desk_fixture.h"
#include "strategies/signal_filter.h"
#include "ui/dialogs/entry_look.h"
#include "ui/dialogs/strategy_dialog.h"
#include "ui/panels/strategies.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace vegadesk;

/// What is at work and how it is set to work, over a desk that never started.
class StrategiesPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void strategiesSayWhatTheyDo();
    void aDoubleClickShowsTheTradesHedges();
    void aStrategyIsArmedWithItsParameters();
    void aStrategySaysForWhichAccountItIsArmed();
    void aStrategySaysWhatDiffersFromItsUsualValues();
    void aSignalStaysWithAStrategyThatIsArmedAnew();
    void everyStrategyIsAskedForWithoutASignal();
    void aStrategySaysWhatItWouldOpen();
};

void StrategiesPanelTest::strategiesSayWhatTheyDo()
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

void StrategiesPanelTest::aDoubleClickShowsTheTradesHedges()
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

void StrategiesPanelTest::aStrategyIsArmedWithItsParameters()
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

void StrategiesPanelTest::aStrategySaysForWhichAccountItIsArmed()
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

void StrategiesPanelTest::aSignalStaysWithAStrategyThatIsArmedAnew()
{
    test::DeskFixture fixture;
    ui::StrategyDialog dialog(fixture.desk());
    const auto wordsIn = [&dialog] {
        std::vector<std::pair<std::string, std::string>> words = dialog.request().parameters;
        std::erase_if(words, [](const auto& each) { return !each.first.starts_with("signal"); });
        return words;
    };
    using Words = std::vector<std::pair<std::string, std::string>>;
    dialog.load({"iron_condor", "SPY", {{"short_delta", "0.2"}, {"signal", "calm"}, {"signal_least", "0.55"}}});
    QCOMPARE(wordsIn(), (Words{{"signal", "calm"}, {"signal_least", "0.55"}}));
    auto* const arm = dialog.findChild<QPushButton*>(QStringLiteral("strategy_arm"));
    auto* const fault = dialog.findChild<QLabel*>(QStringLiteral("strategy_fault"));
    QVERIFY(arm->isEnabled());
    // A name without a bound would be refused on arming, and is said before.
    dialog.findChild<QDoubleSpinBox*>(QStringLiteral("signal_least"))->setValue(-1);
    QVERIFY(!arm->isEnabled() && fault->text().contains(QStringLiteral("at least or at most")));
    dialog.findChild<QDoubleSpinBox*>(QStringLiteral("signal_most"))->setValue(40);
    QVERIFY(arm->isEnabled());
    QCOMPARE(wordsIn(), (Words{{"signal", "calm"}, {"signal_most", "0.4"}}));
    dialog.findChild<QComboBox*>(QStringLiteral("signal_name"))->setCurrentText(QStringLiteral("beta"));
    QVERIFY(!arm->isEnabled()); // a figure of the account's own is no model
    dialog.load({"iron_condor", "SPY", {}});
    QVERIFY(wordsIn().empty() && arm->isEnabled());
}

/// What the dialog asks for is what can be armed: no parameter is taken for a filter.
void StrategiesPanelTest::everyStrategyIsAskedForWithoutASignal()
{
    test::DeskFixture fixture;
    ui::StrategyDialog dialog(fixture.desk());
    const auto* const arm = dialog.findChild<QPushButton*>(QStringLiteral("strategy_arm"));
    for (const desk::StrategyOption& option : fixture.desk().strategies()) {
        dialog.load({option.name, "SPY", {}});
        const desk::StrategyRequest request = dialog.request();
        QCOMPARE(request.strategy, option.name);
        QCOMPARE(request.parameters.size(), option.parameters.size());
        const auto filter = strategies::filterOf(request.parameters);
        QVERIFY2(filter && !*filter, option.name.c_str());
        QVERIFY2(arm->isEnabled(), option.name.c_str());
    }
}

void StrategiesPanelTest::aStrategySaysWhatDiffersFromItsUsualValues()
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

void StrategiesPanelTest::aStrategySaysWhatItWouldOpen()
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

QTEST_MAIN(StrategiesPanelTest)
#include "strategies_panel_test.moc"
