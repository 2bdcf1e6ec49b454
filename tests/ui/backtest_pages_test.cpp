#include "desk_fixture.h"
#include "find_in.h"
#include "no_warnings.h"
#include "storage/trial_store.h"
#include "ui/dialogs/backtest_attribution.h"
#include "ui/dialogs/backtest_compare.h"
#include "ui/dialogs/backtest_dialog.h"
#include "ui/dialogs/backtest_form.h"
#include "ui/dialogs/backtest_ledger.h"
#include "ui/dialogs/backtest_results.h"
#include "ui/models/comparison_model.h"
#include "ui/models/hedge_ledger_model.h"
#include "ui/panels/sorted_table.h"
#include "ui/plots/waterfall_plot.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDateEdit>
#include <QFile>
#include <QFileDialog>
#include <QHeaderView>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeWidget>

#include <cmath>

using namespace vegadesk;
using test::named;
using test::words;

namespace
{

constexpr int patienceMs = 60'000;

base::Instant day(int of)
{
    return base::parseInstant("2023-01-0" + std::to_string(of) + "T20:45:00Z").value();
}

/// Two trades, the first hedged.
std::shared_ptr<desk::BacktestReport> madeUp()
{
    auto report = std::make_shared<desk::BacktestReport>();
    report->request.strategy = "gamma_scalping";
    for (int i = 1; i < 6; ++i) {
        report->times.push_back(day(i));
        report->equity.push_back(100'000 + 30.02 * i);
        report->drawdown.push_back(0);
    }
    report->metrics = {{"net_profit", "usd", 120.07}, {"sharpe", "ratio", 1.5}};
    report->trades = {{day(2), day(4), "2 straddles 400", 100.05, 4, 5, "profit target"},
                      {day(4), day(5), "1 straddle 405", 20.02, 2, 2, "open at the end"}};
    report->trades[0].group = "first";
    report->trades[0].entry.at = day(2);
    report->trades[1].group = "second";
    report->trades[1].isOpen = true;
    const auto row = [&](desk::AttributionRow::Level level, const char* title, double gamma, double theta) {
        desk::AttributionRow& made = report->attribution.emplace_back();
        made.level = level;
        made.title = title;
        made.parts[1] = gamma;
        made.parts[2] = theta;
        made.total = gamma + theta;
    };
    row(desk::AttributionRow::Level::Book, "", 200.1, -80.03);
    row(desk::AttributionRow::Level::Group, "first", 150.05, -50);
    row(desk::AttributionRow::Level::Group, "second", 50.05, -30.03);
    row(desk::AttributionRow::Level::Group, "", 0, 0);
    desk::HedgeLedgerView& ledger = report->ledgers.emplace_back();
    ledger.group = "first";
    desk::HedgeStep mark;
    mark.at = day(3);
    mark.event = "mark";
    mark.spot = 401.5;
    mark.gamma = 4.2;
    mark.deltaBefore = mark.deltaAfter = 12.5;
    mark.scalped = 30;
    mark.residual = -2.5;
    mark.profit = 27.5;
    desk::HedgeStep hedge = mark;
    hedge.event = "hedge";
    hedge.symbol = "SPY";
    hedge.quantity = -12;
    hedge.price = 401.49;
    hedge.band = 8;
    hedge.deltaAfter = 0.5;
    hedge.cost = -1.2;
    hedge.scalped = hedge.residual = 0;
    hedge.profit = -1.2;
    hedge.reason = "beyond the band";
    ledger.steps = {mark, hedge};
    ledger.total.scalped = 30;
    ledger.total.residual = -2.5;
    ledger.total.cost = -1.2;
    ledger.total.profit = 26.3;
    ledger.total.financing = -0.4;
    ledger.options = 88.8;
    ledger.hedges = -62.1;
    report->honesty = {"Prices are not anybody's market."};
    report->intervals = {{"sharpe", -0.5, 2.25}, {"profit_factor", 0.8, INFINITY}, {"max_drawdown"}};
    report->draws = 2000;
    return report;
}

desk::BacktestTrial trial(const char* content, const char* delta, double sharpe)
{
    desk::BacktestTrial made;
    made.content = content;
    made.at = day(1);
    made.strategy = "iron_condor";
    made.underlying = "SPY";
    made.first = "2023-01-03";
    made.last = "2023-06-30";
    made.settings = {{"capital", "100000"}, {"short_delta", delta}, {"strategy", "iron_condor"}};
    made.metrics = {{"sharpe", "ratio", sharpe}, {"total_return", "fraction", 0.01}};
    return made;
}

QString cell(const QTableView& view, int row, int column)
{
    return view.model()->index(row, column).data().toString();
}

} // namespace

/// The pages of a backtest's result, the form that asks for it, and what is opened from there.
class BacktestPagesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_fixture.theme().apply();
    }
    void init() { test::failOnWarnings(); }

    void theAttributionAddsUpAndSorts()
    {
        ui::BacktestAttribution page(m_fixture.theme());
        const auto report = madeUp();
        page.setReport(report);
        QTableView& table = page.table();
        const QAbstractItemModelTester tester(table.model());
        QCOMPARE(table.model()->rowCount(), 4);
        QCOMPARE(cell(table, 0, 0), QStringLiteral("Whole run"));
        QCOMPARE(cell(table, 1, 0), QStringLiteral("2 straddles 400"));
        QCOMPARE(cell(table, 0, 2), ui::signedMoney(120.07));
        QVERIFY(words(page, "backtest_attribution_sum").contains(QStringLiteral("to the cent")));
        QVERIFY(words(page, "backtest_attribution_sum").contains(ui::signedMoney(120.07)));
        const auto* const plot = named<ui::WaterfallPlot>(page, "backtest_attribution_plot");
        QCOMPARE(plot->bars().back().second, report->attribution.front().total);
        table.setCurrentIndex(table.model()->index(2, 0));
        QCOMPARE(plot->bars().back().second, report->attribution[2].total);
        QCOMPARE(words(page, "backtest_attribution_title"), QStringLiteral("1 straddle 405"));
        // The smallest first: the whole run stays above.
        table.sortByColumn(2, Qt::AscendingOrder);
        QCOMPARE(cell(table, 0, 0), QStringLiteral("Whole run"));
        QCOMPARE(cell(table, 3, 0), QStringLiteral("2 straddles 400"));
        table.sortByColumn(2, Qt::DescendingOrder);
        QCOMPARE(cell(table, 0, 0), QStringLiteral("Whole run"));
        QCOMPARE(cell(table, 1, 0), QStringLiteral("2 straddles 400"));
        const auto other = madeUp();
        other->metrics[0].value = 121; // a sum that is another would be said
        page.setReport(other);
        QVERIFY(words(page, "backtest_attribution_sum").contains(ui::signedMoney(121)));
        QVERIFY(!words(page, "backtest_attribution_sum").contains(QStringLiteral("to the cent")));
    }

    void aTableIsCopiedAsItIsSorted()
    {
        ui::BacktestAttribution page(m_fixture.theme());
        page.setReport(madeUp());
        page.table().sortByColumn(2, Qt::AscendingOrder);
        page.show();
        QVERIFY(QTest::qWaitForWindowExposed(&page));
        page.table().setFocus();
        QTest::keySequence(&page.table(), QKeySequence(QKeySequence::Copy));
        const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n');
        QCOMPARE(lines.size(), 6); // a header, four rows, the end
        QVERIFY(lines[0].startsWith(QStringLiteral("profit of\topened\ttotal\t")));
        QVERIFY(lines[1].startsWith(QStringLiteral("Whole run\t\t120.07\t0\t200.1\t-80.03\t")));
        QVERIFY(lines[4].startsWith(QStringLiteral("2 straddles 400\t2023-01-02 15:45\t100.05\t")));
    }

    void theLedgerShowsWhatTiesTheProfit()
    {
        ui::BacktestLedgers page(m_fixture.theme());
        page.setReport(madeUp());
        QTableView& table = page.table();
        const QAbstractItemModelTester tester(table.model());
        QCOMPARE(named<QComboBox>(page, "backtest_ledger_trade")->count(), 1);
        QCOMPARE(table.model()->rowCount(), 2);
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::EventColumn), QStringLiteral("mark"));
        QCOMPARE(cell(table, 0, ui::HedgeLedgerModel::TradedColumn), QString()); // nothing was traded
        QCOMPARE(cell(table, 1, ui::HedgeLedgerModel::TradedColumn), ui::signedNumber(-12, 0) + QStringLiteral(" SPY"));
        QCOMPARE(cell(table, 1, ui::HedgeLedgerModel::BandColumn), ui::number(8, 1));
        QCOMPARE(cell(table, 1, ui::HedgeLedgerModel::CostColumn), ui::signedMoney(-1.2));
        QCOMPARE(cell(table, 1, ui::HedgeLedgerModel::ReasonColumn), QStringLiteral("beyond the band"));
        const QString tie = words(page, "backtest_ledger_tie");
        for (const double figure : {30.0, -2.5, -1.2, 26.3, -0.4, 26.7, 88.8, -62.1})
            QVERIFY2(tie.contains(ui::signedMoney(figure)), qPrintable(tie));
        table.sortByColumn(ui::HedgeLedgerModel::CostColumn, Qt::AscendingOrder);
        QCOMPARE(cell(table, 0, 1), QStringLiteral("hedge"));
        const auto unhedged = madeUp();
        unhedged->ledgers.clear();
        page.setReport(unhedged);
        QVERIFY(table.isHidden());
        QVERIFY(words(page, "backtest_ledger_tie").contains(QStringLiteral("no ledger")));
    }

    void theResultHasItsPages()
    {
        ui::BacktestResults results(m_fixture.context());
        results.add(madeUp(), QStringLiteral("Gamma scalping"));
        auto* const tabs = named<QTabWidget>(results, "backtest_tabs");
        QCOMPARE(tabs->count(), 7);
        QVERIFY(!named<QPushButton>(results, "backtest_copy")->isEnabled()); // the chart is no table
        for (int tab = 1; tab < 6; ++tab) {
            tabs->setCurrentIndex(tab);
            QVERIFY(named<QPushButton>(results, "backtest_copy")->isEnabled());
            named<QPushButton>(results, "backtest_copy")->click();
            QVERIFY(QGuiApplication::clipboard()->text().count(u'\t') > 2);
        }
        const QString honesty = words(results, "backtest_honesty");
        QVERIFY2(honesty.contains(QStringLiteral("2.25")) && honesty.contains(QStringLiteral("no end")) &&
                     honesty.contains(QStringLiteral("2,000 draws")),
                 qPrintable(honesty));
    }

    void aTradeOpensAndSaysWhatIsMissing()
    {
        ui::BacktestResults results(m_fixture.context());
        const auto report = madeUp();
        report->request.underlying = "NOSUCH";
        results.add(report, QStringLiteral("Gamma scalping"));
        named<QTabWidget>(results, "backtest_tabs")->setCurrentIndex(2);
        results.resize(900, 600);
        results.show();
        QVERIFY(QTest::qWaitForWindowActive(&results));
        auto* const trades = named<QTableView>(results, "backtest_trades");
        trades->setFocus();
        trades->setCurrentIndex(trades->model()->index(0, 0));
        QTest::keyClick(trades, Qt::Key_Return);
        auto* const window = named<QDialog>(results, "backtest_trade");
        QVERIFY(window);
        QVERIFY(words(*window, "backtest_trade_message").contains(QStringLiteral("Reading")));
        QTRY_VERIFY_WITH_TIMEOUT(words(*window, "backtest_trade_message").contains(QStringLiteral("cannot be shown")),
                                 patienceMs);
        QVERIFY(words(*window, "backtest_trade_message").contains(QStringLiteral("NOSUCH")));
    }

    void runsAreComparedByWhatDiffers()
    {
        ui::ComparisonModel model(m_fixture.theme());
        const QAbstractItemModelTester tester(&model);
        model.setRuns({trial("a", "0.3", 1.5)}, {QStringLiteral("run 1")});
        QCOMPARE(model.rowCount(), 0); // one alone is not compared
        model.setRuns({trial("a", "0.3", 1.5), trial("b", "0.2", 0.5)},
                      {QStringLiteral("run 1"), QStringLiteral("run 2")});
        const auto shown = [&](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(model.rowCount(), 5);
        QCOMPARE(shown(0, 0), QStringLiteral("Settings that differ"));
        QCOMPARE(shown(1, 0), QStringLiteral("Short delta"));
        QCOMPARE(shown(1, 1), QStringLiteral("0.3"));
        QCOMPARE(shown(1, 2), QStringLiteral("0.2"));
        QCOMPARE(shown(2, 0), QStringLiteral("Figures"));
        QCOMPARE(shown(3, 0), QStringLiteral("Total return")); // a report's order, not the alphabet's
        QCOMPARE(shown(4, 2), QStringLiteral("0.50"));
        model.setRuns({trial("a", "0.3", 1.5), trial("a", "0.3", 1.5)},
                      {QStringLiteral("run 1"), QStringLiteral("run 2")});
        QCOMPARE(shown(0, 0), QStringLiteral("No setting differs"));
        QCOMPARE(shown(1, 0), QStringLiteral("Figures"));
    }

    void anyRunsAreChosen()
    {
        ui::BacktestCompare dialog(m_fixture.desk().backtestDetails(), m_fixture.theme(),
                                   m_fixture.desk().strategies());
        QSignalSpy read(&m_fixture.desk().backtestDetails(), &desk::BacktestDetails::trialsRead);
        const auto run = [](int number, const char* content, const char* delta) {
            const auto report = madeUp();
            report->trial = trial(content, delta, number);
            return ui::BacktestRun{report, QStringLiteral("Iron condor"), number};
        };
        auto* const list = named<QTreeWidget>(dialog, "backtest_compare_runs");
        auto* const table = named<QTableView>(dialog, "backtest_compare_table");
        dialog.setRuns({run(1, "a", "0.3")});
        QCOMPARE(table->model()->rowCount(), 0);
        dialog.setRuns({run(2, "b", "0.2"), run(1, "a", "0.3")});
        QCOMPARE(list->topLevelItemCount(), 2);
        list->topLevelItem(0)->setCheckState(0, Qt::Checked);
        list->topLevelItem(1)->setCheckState(0, Qt::Checked);
        QCOMPARE(table->model()->columnCount(), 3);
        dialog.setRuns({run(3, "c", "0.1"), run(2, "b", "0.2"), run(1, "a", "0.3")}); // what was chosen stays
        QCOMPARE(table->model()->columnCount(), 3);
        list->topLevelItem(0)->setCheckState(0, Qt::Checked);
        QCOMPARE(table->model()->columnCount(), 4);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, patienceMs);
        QCOMPARE(table->model()->columnCount(), 4);
        list->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
        QCOMPARE(table->model()->columnCount(), 3);
        // A filter leaves what is chosen.
        named<QLineEdit>(dialog, "backtest_compare_filter")->setText(QStringLiteral("nothing of that kind"));
        QVERIFY(!list->topLevelItem(0)->isHidden() && list->topLevelItem(1)->isHidden());
    }

    /// Or the hundreds of a walk-forward hide what one wants to compare.
    void runsOfASweepAreFoldedAway()
    {
        QTemporaryDir folder;
        const auto stored = [](int second, const char* strategy) {
            storage::StoredTrial made;
            made.content = std::string(strategy) + std::to_string(second);
            made.family = strategy;
            made.settings = QStringLiteral(R"({"strategy":"%1","underlying":"SPY","first":"2023-01-03","last":"%2"})")
                                .arg(QLatin1String(strategy),
                                     second < 12 ? QStringLiteral("2023-06-30") : QStringLiteral("2023-12-29"))
                                .toStdString();
            made.metrics = "{}";
            made.at = day(1) + std::chrono::seconds(second);
            return made;
        };
        {
            const auto store =
                storage::TrialStore::open(folder.filePath(QLatin1String(storage::TrialStore::fileName)).toStdString());
            QVERIFY(store.has_value());
            for (int second = 10; second < 15; ++second)
                QVERIFY((*store)->add(stored(second, "iron_condor")).has_value());
            QVERIFY((*store)->add(stored(400, "iron_condor")).has_value()); // minutes later, alone
        }
        desk::BacktestDetails details(folder.path());
        ui::BacktestCompare dialog(details, m_fixture.theme(), m_fixture.desk().strategies());
        QSignalSpy read(&details, &desk::BacktestDetails::trialsRead);
        QTRY_COMPARE_WITH_TIMEOUT(read.size(), 1, patienceMs);
        auto* const list = named<QTreeWidget>(dialog, "backtest_compare_runs");
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(list->topLevelItem(0)->childCount(), 0);
        QTreeWidgetItem* const batch = list->topLevelItem(1);
        QCOMPARE(batch->childCount(), 5);
        QVERIFY(!batch->isExpanded());
        QVERIFY2(batch->text(0).contains(QStringLiteral("2023-01-03 to 2023-12-29 · 5 run")),
                 qPrintable(batch->text(0)));
        batch->child(0)->setCheckState(0, Qt::Checked);
        batch->child(3)->setCheckState(0, Qt::Checked);
        QCOMPARE(named<QTableView>(dialog, "backtest_compare_table")->model()->columnCount(), 3);
        auto* const filter = named<QLineEdit>(dialog, "backtest_compare_filter");
        filter->setText(QStringLiteral("nothing of that kind"));
        QVERIFY(list->topLevelItem(0)->isHidden() && !batch->isHidden()); // some of it is chosen
        batch->child(0)->setCheckState(0, Qt::Unchecked);
        batch->child(3)->setCheckState(0, Qt::Unchecked);
        filter->setText(QStringLiteral("nor of this"));
        QVERIFY(batch->isHidden());
    }

    void faultsStandAtTheirFields()
    {
        ui::BacktestForm form(m_fixture.desk());
        const auto fault = [&](const char* field) {
            return words(form, (QByteArray("backtest_fault_") + field).constData());
        };
        QCOMPARE(form.firstFault(), QString());
        auto* const underlying = named<QComboBox>(form, "backtest_underlying");
        underlying->setEditText(QStringLiteral(" "));
        QVERIFY(fault("underlying").startsWith(QStringLiteral("Underlying:")));
        QCOMPARE(form.firstFault(), fault("underlying"));
        underlying->setEditText(QStringLiteral("qqq"));
        QCOMPARE(fault("underlying"), QString());
        auto* const end = named<QDateEdit>(form, "backtest_end");
        const QDate was = end->date();
        end->setDate(QDate(2022, 12, 31));
        QVERIFY(fault("end").startsWith(QStringLiteral("To:")));
        auto* const folder = named<QLineEdit>(form, "backtest_folder");
        folder->setText(QStringLiteral("/no/such/folder"));
        QVERIFY(fault("folder").contains(QStringLiteral("/no/such/folder")));
        QCOMPARE(fault("end"), QString()); // recorded data bring their days
        QVERIFY(!end->isEnabled());
        named<QCheckBox>(form, "backtest_all_days")->setChecked(false);
        QVERIFY(fault("end").startsWith(QStringLiteral("To:")));
        QVERIFY(end->isEnabled());
        folder->clear();
        end->setDate(was);
        QCOMPARE(form.firstFault(), QString());
    }

    void whatTheFormSaysIsAsked()
    {
        m_fixture.desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("low"));
        ui::BacktestForm form(m_fixture.desk());
        QCOMPARE(form.request().tolerance, risk::Tolerance::Low); // the one in force, until another is chosen
        named<QComboBox>(form, "backtest_tolerance")->setCurrentIndex(2);
        QCOMPARE(form.request().tolerance, risk::Tolerance::High);
        QCOMPARE(form.request().start, base::makeDate(2023, 1, 1));
        named<QLineEdit>(form, "backtest_folder")->setText(m_folder.path());
        QCOMPARE(form.request().start, base::Date{});
        named<QCheckBox>(form, "backtest_all_days")->setChecked(false);
        QCOMPARE(form.request().end, base::makeDate(2024, 1, 1));
        QCOMPARE(form.request().dataFolder, m_folder.path().toStdString());
    }

    void rulesFilesAreStrategies()
    {
        ui::BacktestForm form(m_fixture.desk());
        auto* const picker = named<QComboBox>(form, "backtest_strategy");
        const int builtIn = picker->count();
        const auto open = [&](const QString& file) {
            QSignalSpy opened(&m_fixture.desk().backtestDetails(), &desk::BacktestDetails::rulesOpened);
            named<QPushButton>(form, "backtest_open_rules")->click();
            auto* const chooser = named<QFileDialog>(form, "backtest_rules_file");
            chooser->selectFile(file);
            Q_EMIT chooser->fileSelected(file);
            chooser->close();
            if (!QTest::qWaitFor([&] { return !opened.isEmpty(); }, patienceMs))
                return QStringLiteral("no answer");
            return QString::fromStdString(opened.front().at(1).value<desk::OpenedRules>().failure);
        };
        QFile file(m_folder.filePath(QStringLiteral("mine.json")));
        const auto write = [&](const QByteArray& json) {
            const bool isOpen = file.open(QIODevice::WriteOnly);
            file.write(json);
            file.close();
            return isOpen;
        };
        QVERIFY(write(R"({"title": "mine", "unit": "x"})"));
        const QString fault = open(file.fileName());
        QVERIFY(!fault.isEmpty());
        QCOMPARE(picker->count(), builtIn);
        QCOMPARE(words(form, "backtest_rules_fault"), fault); // as it is
        QVERIFY(!named<QLabel>(form, "backtest_rules_fault")->isHidden());

        QFile sample(QStringLiteral(VEGADESK_SOURCE_DIR "/docs/samples/iron_condor.json"));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        QVERIFY(write(sample.readAll()));
        QCOMPARE(open(file.fileName()), QString());
        QVERIFY(named<QLabel>(form, "backtest_rules_fault")->isHidden());
        QCOMPARE(picker->count(), builtIn + 1);
        QCOMPARE(picker->currentIndex(), builtIn);
        QCOMPARE(form.request().strategy, "rules:" + file.fileName().toStdString());
        QVERIFY(named<QWidget>(form, "parameter_days_to_expiry"));
        QCOMPARE(open(file.fileName()), QString()); // the same anew
        QCOMPARE(picker->count(), builtIn + 1);
    }

private:
    test::DeskFixture m_fixture;
    QTemporaryDir m_folder;
};

QTEST_MAIN(BacktestPagesTest)
#include "backtest_pages_test.moc"
