#include "ui/models/backtest_models.h"
#include "ui/models/journal_model.h"
#include "ui/models/legs_model.h"
#include "ui/models/monthly_returns_model.h"
#include "ui/models/orders_model.h"
#include "ui/position_views.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::test;
using execution::OrderStatus;
using portfolio::Action;

namespace
{
using Tester = QAbstractItemModelTester;
constexpr auto report = Tester::FailureReportingMode::QtTest;

base::Instant at(int seconds)
{
    return base::parseInstant("2026-11-20T14:30:00Z").value() + std::chrono::seconds(seconds);
}

execution::Order order(const std::string& id, OrderStatus status)
{
    execution::Order made;
    made.externalId = id;
    made.status = status;
    made.createdAt = made.updatedAt = at(0);
    made.intent.underlying = "SPY";
    made.intent.legs = {{symbol(market::Right::Put, 545), market::InstrumentType::EquityOption, Action::BuyToOpen, 2},
                        {symbol(market::Right::Put, 555), market::InstrumentType::EquityOption, Action::SellToOpen, 2}};
    made.intent.price = base::Decimal::parse("0.8").value();
    made.intent.effect = portfolio::PriceEffect::Credit;
    return made;
}

QString shown(const QAbstractItemModel& model, int row, int column, const QModelIndex& parent = {})
{
    return model.index(row, column, parent).data().toString();
}
} // namespace

class PanelModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void legsFollowTheStagedOrder();
    void legsAreEditedThroughTheirQuantity();
    void ordersGrowFromTheTop();
    void ordersTellOnlyWhatChanged();
    void ordersThatDependStandTogether();
    void unknownOrdersWarn();
    void filledCountsWholeUnits();
    void journalGrowsFromTheTop();
    void journalReadsAsWords_data();
    void journalReadsAsWords();
    void journalDetailHasALineAField();
    void metricsStandSideBySide();
    void tradesShowTheirEnd();
    void monthsCompoundToTheirYear();

private:
    ui::Theme m_theme;
};

void PanelModelsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
}

void PanelModelsTest::legsFollowTheStagedOrder()
{
    ui::StagedOrder staged;
    ui::LegsModel model(staged, m_theme);
    const Tester tester(&model, report);
    const auto leg = [](int strike, std::int64_t quantity) {
        return ui::StagedLeg{symbol(market::Right::Put, strike), "SPY",    market::InstrumentType::EquityOption,
                             terms(market::Right::Put, strike),  quantity, false};
    };
    staged.add(leg(555, -1));
    staged.add(leg(545, 1));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(shown(model, 0, ui::LegsModel::ActionColumn), QStringLiteral("Sell open"));
    QCOMPARE(shown(model, 0, ui::LegsModel::QuantityColumn), ui::number(-1, 0));
    QCOMPARE(shown(model, 0, ui::LegsModel::StrikeColumn), QStringLiteral("555"));
    QCOMPARE(shown(model, 0, ui::LegsModel::MidColumn), ui::number(desk::unknown, 2));

    auto ticket = std::make_shared<desk::TicketView>();
    desk::TicketLeg priced;
    priced.leg.symbol = symbol(market::Right::Put, 555);
    priced.mid = 2.31;
    priced.greeks.delta = 15.2;
    priced.isTradable = true;
    ticket->legs = {priced};
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setTicket(ticket);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(shown(model, 0, ui::LegsModel::MidColumn), QStringLiteral("2.31"));
    QCOMPARE(shown(model, 0, ui::LegsModel::DeltaColumn), QStringLiteral("15.2"));
    model.setTicket(std::make_shared<desk::TicketView>(*ticket));
    QCOMPARE(changed.size(), 1);

    staged.remove(0);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(shown(model, 0, ui::LegsModel::StrikeColumn), QStringLiteral("545"));
}

void PanelModelsTest::legsAreEditedThroughTheirQuantity()
{
    ui::StagedOrder staged;
    ui::LegsModel model(staged, m_theme);
    const Tester tester(&model, report);
    staged.add({symbol(market::Right::Put, 555), "SPY", market::InstrumentType::EquityOption,
                terms(market::Right::Put, 555), -1, false});
    QVERIFY(model.flags(model.index(0, ui::LegsModel::QuantityColumn)) & Qt::ItemIsEditable);
    QVERIFY(!(model.flags(model.index(0, ui::LegsModel::MidColumn)) & Qt::ItemIsEditable));
    QVERIFY(model.setData(model.index(0, ui::LegsModel::QuantityColumn), 3, Qt::EditRole));
    QCOMPARE(staged.legs().at(0).quantity, std::int64_t{3});
    QCOMPARE(shown(model, 0, ui::LegsModel::ActionColumn), QStringLiteral("Buy open"));
    QVERIFY(!model.setData(model.index(0, ui::LegsModel::QuantityColumn), QStringLiteral("many"), Qt::EditRole));
    QVERIFY(model.setData(model.index(0, ui::LegsModel::QuantityColumn), 0, Qt::EditRole));
    QCOMPARE(model.rowCount(), 0);
}

void PanelModelsTest::ordersGrowFromTheTop()
{
    ui::OrdersModel model(m_theme);
    const Tester tester(&model, report);
    model.update({order("a", OrderStatus::Working)});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.update({order("c", OrderStatus::Sent), order("b", OrderStatus::Working), order("a", OrderStatus::Working)});
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.at(0).at(1).toInt(), 0);
    QCOMPARE(inserted.at(0).at(2).toInt(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(shown(model, 0, ui::OrdersModel::TimeColumn), QStringLiteral("09:30:00"));
    QCOMPARE(shown(model, 0, ui::OrdersModel::LegsColumn), QStringLiteral("18 Dec 26  +2 545 P  \u22122 555 P"));
    QCOMPARE(shown(model, 0, ui::OrdersModel::LimitColumn), QStringLiteral("0.80 cr"));
    QCOMPARE(shown(model, 0, ui::OrdersModel::FilledColumn), QStringLiteral("0/2"));
}

void PanelModelsTest::ordersTellOnlyWhatChanged()
{
    ui::OrdersModel model(m_theme);
    const Tester tester(&model, report);
    std::vector<execution::Order> orders{order("d", OrderStatus::Sent), order("c", OrderStatus::Working),
                                         order("b", OrderStatus::Working), order("a", OrderStatus::Working)};
    model.update(orders);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(orders);
    QCOMPARE(changed.size(), 0);
    orders[0].status = OrderStatus::Working;
    orders[1].status = OrderStatus::Cancelled;
    orders[3].reason = "price";
    model.update(orders);
    QCOMPARE(changed.size(), 2); // rows 0 and 1 as one run, row 3 alone
    QCOMPARE(changed.at(0).at(1).toModelIndex().row(), 1);
    QCOMPARE(changed.at(1).at(0).toModelIndex().row(), 3);
}

void PanelModelsTest::ordersThatDependStandTogether()
{
    const auto part = [](const char* id, const char* waitsFor) {
        execution::Order one = order(id, OrderStatus::Contingent);
        one.complex = "whole";
        one.waitsFor = waitsFor;
        return one;
    };
    execution::Order stop = part("3", "1");
    stop.intent.type = portfolio::OrderType::Stop;
    stop.intent.price.reset();
    stop.intent.stopTrigger = base::Decimal::parse("1.20").value();
    ui::OrdersModel model(m_theme);
    const Tester tester(&model, report);
    model.update({stop, order("between", OrderStatus::Working), part("2", "1"), part("1", "")});
    QStringList legs;
    for (int row = 0; row < model.rowCount(); ++row)
        legs << shown(model, row, ui::OrdersModel::LegsColumn).section(QStringLiteral(" \u00b7 "), 0, -2);
    QCOMPARE(legs, (QStringList{
                       QStringLiteral("entry"), QStringLiteral("\u21b3 target"), QStringLiteral("\u21b3 stop"), {}}));
    QCOMPARE(shown(model, 2, ui::OrdersModel::LimitColumn), QStringLiteral("at 1.20"));
    // Two of which one fills have no entry.
    model.update({part("4", ""), stop});
    QVERIFY(shown(model, 0, ui::OrdersModel::LegsColumn).startsWith(QStringLiteral("\u21b3 target")));
    QVERIFY(shown(model, 1, ui::OrdersModel::LegsColumn).startsWith(QStringLiteral("\u21b3 stop")));
}

void PanelModelsTest::unknownOrdersWarn()
{
    ui::OrdersModel model(m_theme);
    model.update({order("a", OrderStatus::Unknown)});
    const QModelIndex status = model.index(0, ui::OrdersModel::StatusColumn);
    QCOMPARE(status.data(Qt::ForegroundRole).value<QColor>(), m_theme.color(ui::Role::Warning));
    QVERIFY(status.data(Qt::ToolTipRole).toString().contains(QStringLiteral("never sent again")));
}

void PanelModelsTest::filledCountsWholeUnits()
{
    execution::Order partly = order("a", OrderStatus::PartiallyFilled);
    QCOMPARE(ui::filledUnits(partly), std::int64_t{0});
    const auto fill = [&](std::size_t leg, const char* id) {
        portfolio::Fill one;
        one.fillId = id;
        one.symbol = partly.intent.legs[leg].symbol;
        one.action = partly.intent.legs[leg].action;
        one.quantity = 1;
        one.price = base::Decimal::fromInteger(1);
        partly.fills.push_back(one);
    };
    fill(0, "1");
    QCOMPARE(ui::filledUnits(partly), std::int64_t{0});
    fill(1, "2");
    QCOMPARE(ui::filledUnits(partly), std::int64_t{1});
    QCOMPARE(ui::filledUnits(execution::Order{}), std::int64_t{0});
}

void PanelModelsTest::journalGrowsFromTheTop()
{
    ui::JournalModel model(m_theme);
    const Tester tester(&model, report);
    const desk::JournalLine first{at(0), "intent", "a", "buy"}, second{at(1), "answer", "a", "working"},
        third{at(1), "fill", "a", "1"};
    model.update({second, first});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.update({third, second}); // the oldest fell out of the window
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(reset.size(), 0);
    QCOMPARE(shown(model, 0, ui::JournalModel::KindColumn), QStringLiteral("fill"));
    QCOMPARE(shown(model, 1, ui::JournalModel::TextColumn), QStringLiteral("working"));
    QCOMPARE(shown(model, 1, ui::JournalModel::TimeColumn), QStringLiteral("20 Nov 09:30:01.000"));
}

void PanelModelsTest::journalReadsAsWords_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("words");
    QTest::newRow("object") << QByteArray(R"({"status":"filled","reason":""})") << QStringLiteral("status: filled");
    QTest::newRow("instant") << QByteArray(R"({"at":1795446001327000000,"price":"1.5"})")
                             << QStringLiteral("price: 1.5");
    QTest::newRow("nested") << QByteArray(R"({"legs":[{"quantity":1},{"quantity":2}]})")
                            << QStringLiteral("legs: quantity: 1; quantity: 2");
    QTest::newRow("spelling") << QByteArray(R"({"daily-stop":"none","netLiquidation":9.5,"isOpen":true})")
                              << QStringLiteral("daily stop: none, is open: yes, net liquidation: 9.5");
    QTest::newRow("symbols") << QByteArray(R"({"AAPL":100,"SPY   270115C00510000":-1})")
                             << QStringLiteral("AAPL: 100, SPY   270115C00510000: -1");
    QTest::newRow("since") << QByteArray(R"({"since":1795446001327000000})")
                           << QStringLiteral("since: 23 Nov 2026 10:00:01.327");
    QTest::newRow("plain words") << QByteArray("halted by hand") << QStringLiteral("halted by hand");
    QTest::newRow("broken") << QByteArray(R"({"status":)") << QStringLiteral(R"({"status":)");
}

void PanelModelsTest::journalReadsAsWords()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, words);
    QCOMPARE(ui::journalWords(json.toStdString()), words);
}

void PanelModelsTest::journalDetailHasALineAField()
{
    const std::string json = R"({"status":"filled","legs":[{"quantity":1},{"quantity":2}],"reason":""})";
    QCOMPARE(ui::journalDetail(json), QStringLiteral("legs:\n    quantity: 1\nlegs:\n    quantity: 2\nstatus: filled"));
    QCOMPARE(ui::journalDetail("halted by hand"), QStringLiteral("halted by hand"));
}

void PanelModelsTest::metricsStandSideBySide()
{
    ui::MetricsModel model(m_theme);
    const Tester tester(&model, report);
    auto first = std::make_shared<desk::BacktestReport>(), second = std::make_shared<desk::BacktestReport>();
    first->metrics = {
        {"sharpe", "ratio", 1.234}, {"win_rate", "fraction", 0.6}, {"profit_factor", "ratio", desk::unknown}};
    second->metrics = {{"win_rate", "fraction", 0.5}, {"fees", "usd", 12.5}};
    model.setReports({first, second}, {QStringLiteral("run 2"), QStringLiteral("run 1")});
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.columnCount(), 3);
    QCOMPARE(shown(model, 0, 0), QStringLiteral("Sharpe ratio"));
    QCOMPARE(shown(model, 0, 1), QStringLiteral("1.23"));
    QCOMPARE(shown(model, 1, 2), ui::percent(0.5, 1));
    const QString notKnown = ui::number(desk::unknown, 0);
    QCOMPARE(shown(model, 0, 2), notKnown); // the second run has no such figure
    QCOMPARE(shown(model, 2, 1), notKnown);
    QCOMPARE(model.headerData(2, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("run 1"));
}

void PanelModelsTest::tradesShowTheirEnd()
{
    ui::TradesModel model(m_theme);
    const Tester tester(&model, report);
    auto run = std::make_shared<desk::BacktestReport>();
    run->trades = {{at(0), at(86'400), "SPY iron condor", -125.5, 8, 4, "loss multiple"}};
    model.setReport(run);
    QCOMPARE(shown(model, 0, ui::TradesModel::ClosedColumn), QStringLiteral("21 Nov 26"));
    QCOMPARE(shown(model, 0, ui::TradesModel::ProfitColumn), ui::signedMoney(-125.5));
    QCOMPARE(shown(model, 0, ui::TradesModel::ReasonColumn), QStringLiteral("loss multiple"));
    QCOMPARE(model.index(0, ui::TradesModel::ProfitColumn).data(Qt::ForegroundRole).value<QColor>(),
             m_theme.color(ui::Role::Loss));
}

void PanelModelsTest::monthsCompoundToTheirYear()
{
    desk::BacktestReport run;
    const auto add = [&run](const char* day, double equity) {
        run.times.push_back(base::parseInstant(std::string(day) + "T21:00:00Z").value());
        run.equity.push_back(equity);
    };
    add("2022-11-29", 100'000); // the start
    add("2022-11-30", 101'000);
    add("2022-12-15", 99'000);
    add("2022-12-30", 102'010);
    add("2023-02-01", 104'050.2); // nothing in January
    ui::MonthlyReturnsModel model(m_theme);
    const Tester tester(&model, report);
    model.setReport(run);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.headerData(0, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("2022"));
    const auto percent = [&](int row, int column) { return 100 * model.returnOf(model.index(row, column)); };
    QVERIFY(qAbs(percent(0, 10) - 1) < 1e-9);
    QVERIFY(qAbs(percent(0, 11) - 1) < 1e-9);
    QVERIFY(qAbs(percent(0, ui::MonthlyReturnsModel::yearColumn) - 2.01) < 1e-9);
    QVERIFY(qIsNaN(percent(0, 0)) && qIsNaN(percent(1, 0)));
    QVERIFY(qAbs(percent(1, 1) - 2) < 1e-9); // from December's end
    QCOMPARE(shown(model, 0, 10), ui::signedPercent(0.01, 2));
    QCOMPARE(shown(model, 1, 0), QString());
    model.setReport({});
    QCOMPARE(model.rowCount(), 0);
}

QTEST_MAIN(PanelModelsTest)
#include "panel_models_test.moc"
