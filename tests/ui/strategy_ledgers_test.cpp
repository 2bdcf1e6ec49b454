#include "ui/panels/strategy_ledgers.h"

#include "find_in.h"
#include "no_warnings.h"
#include "ui/models/hedge_ledger_model.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLocale>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <memory>

using namespace vegadesk;
using test::named;
using test::words;

namespace
{

base::Instant at(int minute)
{
    return base::parseInstant("2026-11-27T15:" + std::to_string(30 + minute) + ":00Z").value();
}

desk::HedgeStep mark(int minute, double profit)
{
    desk::HedgeStep step;
    step.at = at(minute);
    step.event = "mark";
    step.spot = 500 + minute;
    step.gamma = 4.2;
    step.scalped = step.profit = profit;
    return step;
}

std::shared_ptr<desk::HedgeLedgerView> ledger(const char* group, std::vector<desk::HedgeStep> steps)
{
    auto view = std::make_shared<desk::HedgeLedgerView>();
    view->group = group;
    view->steps = std::move(steps);
    view->total.scalped = 30.25;
    view->total.residual = -2.5;
    view->total.cost = -1.2;
    view->total.profit = 26.55;
    view->total.financing = -0.45;
    view->options = 120.5;
    view->hedges = -92.3;
    view->vega = -3;
    view->higherOrder = 0.5;
    return view;
}

/// One trade that is open, one that is closed.
desk::StrategyRow scalper()
{
    desk::StrategyRow row;
    row.strategy = "gamma_scalping";
    row.title = "Gamma scalping";
    row.underlying = "SPY";
    row.hedgesWithShares = true;
    row.trades = {
        {.group = "new", .title = "2 straddles", .exitReason = {}, .openedAt = at(0), .isOpen = true, .symbols = {}},
        {.group = "old", .title = "1 straddle", .exitReason = "days", .openedAt = at(0), .symbols = {}}};
    row.openTrades = row.closedTrades = 1;
    return row;
}

QString cell(const QTableView& view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

} // namespace

class StrategyLedgersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_theme.apply();
    }
    void init() { test::failOnWarnings(); }

    void itSaysWhyThereIsNone()
    {
        ui::StrategyLedgers page(m_theme);
        const auto said = [&] { return words(page, "strategy_ledger_tie"); };
        QCOMPARE(said(), QStringLiteral("No strategy is chosen."));
        desk::StrategyRow row = scalper();
        row.hedgesWithShares = false;
        page.setRow(&row, {});
        QVERIFY2(said().contains(QStringLiteral("Gamma scalping does not hedge with shares")), qPrintable(said()));
        row = scalper();
        row.trades.clear();
        page.setRow(&row, {});
        QVERIFY2(said().startsWith(QStringLiteral("It has not traded yet. A ledger begins")), qPrintable(said()));
        row = scalper();
        page.setRow(&row, {{"another strategy's", ledger("another strategy's", {mark(0, 1)})}});
        QVERIFY2(said().startsWith(QStringLiteral("None of its trades has a ledger.")), qPrintable(said()));
        QVERIFY2(said().contains(QStringLiteral("the last 20 of all strategies")), qPrintable(said()));
        row = scalper();
        page.setRow(&row, {{"new", nullptr}});
        QVERIFY2(said().contains(QStringLiteral("begins as soon as the marks")), qPrintable(said()));
        page.choose("old");
        QVERIFY2(said().contains(QStringLiteral("That trade has no ledger")), qPrintable(said()));
        QVERIFY(named<QTableView>(page, "strategy_ledger")->isHidden());
    }

    void itShowsTheSumsAndEveryStep()
    {
        ui::StrategyLedgers page(m_theme);
        const desk::StrategyRow row = scalper();
        desk::HedgeStep hedge = mark(1, -1.2);
        hedge.event = "hedge";
        hedge.symbol = "SPY";
        hedge.quantity = -12;
        hedge.reason = "beyond the band";
        desk::HedgeStep many = mark(0, 20);
        many.joined = 64;
        page.setRow(&row, {{"new", ledger("new", {many, hedge})}});
        const QTableView& table = *named<QTableView>(page, "strategy_ledger");
        const QAbstractItemModelTester tester(table.model());
        QVERIFY(!table.isHidden());
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::EventColumn), QStringLiteral("hedge")); // the newest is on top
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ReasonColumn), QStringLiteral("beyond the band"));
        QVERIFY(cell(table, 1, ui::HedgeLedgerModel::ReasonColumn).contains(QStringLiteral("64")));
        const QString said = words(page, "strategy_ledger_tie");
        for (const double figure : {120.5, -92.3, -0.45, 30.25, -2.5, -3.0, 0.5, -1.2, 26.55, 27.0})
            QVERIFY2(said.contains(ui::signedMoney(figure)), qPrintable(said));
        QVERIFY(!said.contains(QStringLiteral("Since")));
        auto takenOver = ledger("new", {mark(0, 20)});
        takenOver->since = at(3);
        page.setRow(&row, {{"new", takenOver}});
        QVERIFY2(words(page, "strategy_ledger_tie").contains(QStringLiteral("Since 27 Nov 26 10:33:00")),
                 qPrintable(words(page, "strategy_ledger_tie")));
    }

    /// What is looked at stays, and what is selected stays selected.
    void itGoesOnWithoutStartingAnew()
    {
        ui::StrategyLedgers page(m_theme);
        const desk::StrategyRow row = scalper();
        page.setRow(&row, {{"new", ledger("new", {mark(0, 1), mark(1, 2)})}});
        QTableView& table = *named<QTableView>(page, "strategy_ledger");
        const QAbstractItemModelTester tester(table.model());
        table.selectRow(1);
        const QSignalSpy resets(table.model(), &QAbstractItemModel::modelReset);
        page.setRow(&row, {{"new", ledger("new", {mark(0, 1), mark(1, 3)})}}); // as of now
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(3));
        page.setRow(&row, {{"new", ledger("new", {mark(0, 1), mark(1, 3), mark(2, 4)})}});
        QCOMPARE(table.model()->rowCount(), 3);
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(4));
        QVERIFY(resets.isEmpty());
        QCOMPARE(table.selectionModel()->selectedRows().size(), 1);
        QCOMPARE(cell(table, table.currentIndex().row(), ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(1));
        desk::HedgeStep joined = mark(1, 4);
        joined.joined = 2;
        page.setRow(&row, {{"new", ledger("new", {joined, mark(2, 4)})}}); // fewer rows
        QCOMPARE(table.model()->rowCount(), 2);
    }

    void aTradeIsChosen()
    {
        ui::StrategyLedgers page(m_theme);
        const desk::StrategyRow row = scalper();
        const std::vector<desk::LiveLedger> ledgers{{"old", ledger("old", {mark(0, 5)})},
                                                    {"new", ledger("new", {mark(0, 1)})}};
        page.setRow(&row, ledgers);
        auto* const choice = named<QComboBox>(page, "strategy_ledger_trade");
        const QTableView& table = *named<QTableView>(page, "strategy_ledger");
        QCOMPARE(choice->count(), 2);
        QVERIFY2(choice->currentText().contains(QStringLiteral("2 straddles, open")),
                 qPrintable(choice->currentText()));
        page.choose("old");
        QVERIFY(choice->currentText().contains(QStringLiteral("1 straddle, closed")));
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(5));
        page.setRow(&row, ledgers); // the next second
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(5));
        desk::StrategyRow other = scalper();
        other.underlying = "QQQ";
        page.setRow(&other, ledgers);
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::ProfitColumn), ui::signedMoney(1)); // the open one
    }

private:
    ui::Theme m_theme;
};

QTEST_MAIN(StrategyLedgersTest)
#include "strategy_ledgers_test.moc"
