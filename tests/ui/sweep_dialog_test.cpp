#include "desk/sweep_figures.h"
#include "desk/sweep_reports.h"
#include "ui/desk_fixture.h"
#include "ui/dialogs/sweep_dialog.h"
#include "ui/dialogs/sweep_form.h"
#include "ui/dialogs/sweep_grid_form.h"
#include "ui/dialogs/sweep_map_page.h"
#include "ui/dialogs/sweep_results.h"
#include "ui/dialogs/walk_forward_page.h"
#include "ui/find_in.h"
#include "ui/models/sweep_words.h"
#include "ui/plots/fold_plot.h"
#include "ui/plots/sweep_heat_map.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTableView>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using test::axis;
using test::named;
using test::sweepOf;
using test::words;

namespace
{

constexpr int patienceMs = 120'000;

const std::vector<desk::SweepMetric> metrics{
    {"deflated_sharpe", "fraction"}, {"max_drawdown", "fraction"}, {"net_profit", "usd"}, {"sharpe", "ratio"}};

/// Six by four by two; the last changes nothing but the profit. A spike, or a hill, at (2, 1).
std::shared_ptr<desk::SweepReport> land(bool isHill)
{
    return sweepOf({axis("short_delta", 6), axis("profit_target", 4), axis("stop_loss", 2)}, metrics,
                   [isHill](const auto& places) {
                       const double away =
                           std::abs(static_cast<double>(places[0]) - 2) + std::abs(static_cast<double>(places[1]) - 1);
                       const double sharpe = isHill ? 2 - 0.2 * away : away == 0 ? 2.0 : 0.1;
                       const double profit = 1000 * sharpe + static_cast<double>(places[2]);
                       return std::vector{0.3, 0.05 + 0.01 * away, profit, sharpe};
                   });
}

void choose(const QWidget& in, const char* name, const QString& data)
{
    auto* const box = named<QComboBox>(in, name);
    box->setCurrentIndex(box->findData(data));
}

QPointF middleOf(const ui::SweepHeatMap& map, std::size_t x, std::size_t y)
{
    return {map.xAxis->coordToPixel(static_cast<double>(x)), map.yAxis->coordToPixel(static_cast<double>(y))};
}

} // namespace

class SweepDialogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsWrongIsSaidBeforeItRuns_data();
    void whatIsWrongIsSaidBeforeItRuns();
    void whatIsWrongWithTheRunStandsBelowItsField();
    void theNumberOfRunsIsSaid();
    void aListIsReadInTheWindowsLanguage();
    void everyStrategyHasItsParameters();
    void theMapsCellsAreTheRunsFigures_data();
    void theMapsCellsAreTheRunsFigures();
    void oneParameterIsARow();
    void aClickChoosesTheRunInMapAndTable();
    void keysReadAndChoose();
    void theTableSortsByNumbers();
    void aBestThatStandsAloneIsSaid();
    void theStepsOfAWalkForwardAreDrawn_data();
    void theStepsOfAWalkForwardAreDrawn();
    void aSweepRunsIsCancelledAndLoaded();

private:
    ui::Theme m_theme;
};

void SweepDialogTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_theme.apply();
}

void SweepDialogTest::whatIsWrongIsSaidBeforeItRuns_data()
{
    QTest::addColumn<QString>("list");
    QTest::addColumn<QString>("said");
    QTest::newRow("in order") << "0.15, 0.2 0.25; 0.3" << "4 settings, of at most 20,000";
    QTest::newRow("above") << "0.2, 0.9" << "short_delta \"0.9\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("no number") << "0.2, much" << "short_delta \"much\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("twice") << "0.2, 0.20" << "short_delta \"0.2\" is not allowed: each value once";
    QTest::newRow("nothing") << " " << "short_delta \"nothing\" is not allowed: at least one value";
}

void SweepDialogTest::whatIsWrongIsSaidBeforeItRuns()
{
    QFETCH(QString, list);
    QFETCH(QString, said);
    test::DeskFixture fixture;
    ui::SweepDialog dialog(fixture.context());
    choose(dialog, "sweep_strategy", QStringLiteral("iron_condor"));
    auto* const mode = named<QComboBox>(dialog, "sweep_mode_short_delta");
    mode->setCurrentIndex(2);
    named<QLineEdit>(dialog, "sweep_list_short_delta")->setText(list);
    QVERIFY2(words(dialog, "sweep_size").startsWith(said), qPrintable(words(dialog, "sweep_size")));
    QCOMPARE(named<QPushButton>(dialog, "sweep_run")->isEnabled(), said.startsWith(QLatin1String("4 settings")));
}

void SweepDialogTest::whatIsWrongWithTheRunStandsBelowItsField()
{
    test::DeskFixture fixture;
    ui::SweepDialog dialog(fixture.context());
    choose(dialog, "sweep_strategy", QStringLiteral("iron_condor"));
    named<QComboBox>(dialog, "sweep_mode_short_delta")->setCurrentIndex(2);
    named<QLineEdit>(dialog, "sweep_list_short_delta")->setText(QStringLiteral("0.2, 0.25"));
    auto* const run = named<QPushButton>(dialog, "sweep_run");
    QVERIFY(run->isEnabled());
    auto* const end = named<QDateEdit>(dialog, "sweep_end");
    const QDate last = end->date();
    end->setDate(named<QDateEdit>(dialog, "sweep_start")->date());
    QVERIFY(words(dialog, "sweep_fault_end").startsWith(QStringLiteral("To: must be later than From")));
    QCOMPARE(words(dialog, "sweep_size"), words(dialog, "sweep_fault_end"));
    QVERIFY(!run->isEnabled());
    end->setDate(last);
    QVERIFY(run->isEnabled());
    named<QLineEdit>(dialog, "sweep_folder")->setText(QStringLiteral("/no/such/folder"));
    QCOMPARE(words(dialog, "sweep_size"), QStringLiteral("Data: there is no /no/such/folder."));
    QVERIFY(!run->isEnabled());
}

void SweepDialogTest::theNumberOfRunsIsSaid()
{
    test::DeskFixture fixture;
    ui::SweepDialog dialog(fixture.context());
    choose(dialog, "sweep_strategy", QStringLiteral("iron_condor"));
    QVERIFY(words(dialog, "sweep_size").startsWith(QStringLiteral("parameters: a range or a list")));
    QVERIFY(!named<QPushButton>(dialog, "sweep_run")->isEnabled());
    named<QComboBox>(dialog, "sweep_mode_short_delta")->setCurrentIndex(1);
    for (const auto& [part, value] : {std::pair{"from", 0.1}, std::pair{"to", 0.3}, std::pair{"step", 0.05}})
        named<QDoubleSpinBox>(dialog, qPrintable(QStringLiteral("sweep_%1_short_delta").arg(QLatin1String(part))))
            ->setValue(value);
    QCOMPARE(words(dialog, "sweep_size"), QStringLiteral("5 settings, of at most 20,000"));
    named<QDoubleSpinBox>(dialog, "sweep_from_short_delta")->setValue(0.4);
    QCOMPARE(words(dialog, "sweep_size"), QStringLiteral("short_delta, to \"0.3\" is not allowed: not below 0.4"));
    named<QDoubleSpinBox>(dialog, "sweep_from_short_delta")->setValue(0.1);

    // 250 trading days of 2023: 126 to pick on, none between, 124 to trade, 21 at a time.
    named<QComboBox>(dialog, "sweep_kind")->setCurrentIndex(1);
    QCOMPARE(words(dialog, "sweep_size"), QStringLiteral("5 settings on about 6 stretches: 36 runs"));
    const auto request = dialog.form().request().value();
    QVERIFY(request.walkForward && !request.walkForward->isAnchored && !request.walkForward->purge);
    named<QSpinBox>(dialog, "sweep_purge")->setValue(60);
    named<QSpinBox>(dialog, "sweep_embargo")->setValue(63);
    QCOMPARE(words(dialog, "sweep_size"), QStringLiteral("5 settings on about 1 stretches: 6 runs"));
    named<QSpinBox>(dialog, "sweep_in_sample")->setValue(3);
    QVERIFY(words(dialog, "sweep_size").startsWith(QStringLiteral("in-sample \"3\" is not allowed: 5 to 10000")));
}

void SweepDialogTest::aListIsReadInTheWindowsLanguage()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    test::DeskFixture fixture;
    ui::SweepForm form(fixture.desk());
    choose(form, "sweep_strategy", QStringLiteral("iron_condor"));
    named<QComboBox>(form, "sweep_mode_short_delta")->setCurrentIndex(2);
    named<QLineEdit>(form, "sweep_list_short_delta")->setText(QStringLiteral("0,15; 0,2 0.250"));
    const auto axes = form.grid().axes();
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QVERIFY2(axes, axes ? "" : axes.error().message().c_str());
    QCOMPARE(axes->at(0).values, (std::vector<std::string>{"0.15", "0.2", "0.25"}));
}

void SweepDialogTest::everyStrategyHasItsParameters()
{
    test::DeskFixture fixture;
    ui::SweepForm form(fixture.desk());
    const auto* const choices = form.findChild<QComboBox*>(QStringLiteral("sweep_strategy"));
    for (const desk::StrategyOption& option : fixture.desk().strategies()) {
        const int place = choices->findData(QString::fromStdString(option.name));
        QCOMPARE(place >= 0, !option.isBasket);
        if (option.isBasket)
            continue;
        choose(form, "sweep_strategy", QString::fromStdString(option.name));
        for (const base::ParameterSpec& spec : option.parameters) {
            // Each can be swept as it is offered first.
            auto* const mode =
                named<QComboBox>(form, qPrintable(QStringLiteral("sweep_mode_") + QString::fromStdString(spec.name)));
            QVERIFY2(mode, spec.name.c_str());
            mode->setCurrentIndex(1);
            const auto request = form.request();
            QVERIFY2(request, request ? "" : request.error().message().c_str());
            QVERIFY2(request->axes.size() == 1 && request->axes[0].values.size() >= 2, spec.name.c_str());
            QVERIFY(fixture.desk().sweepSize(*request));
            mode->setCurrentIndex(0);
        }
    }
}

void SweepDialogTest::theMapsCellsAreTheRunsFigures_data()
{
    QTest::addColumn<QString>("metric");
    QTest::addColumn<QString>("across");
    QTest::addColumn<QString>("up");
    QTest::addColumn<int>("fixed"); // value of the third parameter; -1: the best
    QTest::newRow("sharpe") << "sharpe" << "short_delta" << "profit_target" << -1;
    QTest::newRow("turned") << "sharpe" << "profit_target" << "short_delta" << -1;
    QTest::newRow("drawdown") << "max_drawdown" << "short_delta" << "profit_target" << -1;
    QTest::newRow("first stop") << "net_profit" << "short_delta" << "profit_target" << 0;
    QTest::newRow("second stop") << "net_profit" << "short_delta" << "profit_target" << 1;
    QTest::newRow("the best stop") << "net_profit" << "short_delta" << "profit_target" << -1;
}

void SweepDialogTest::theMapsCellsAreTheRunsFigures()
{
    QFETCH(QString, metric);
    QFETCH(QString, across);
    QFETCH(QString, up);
    QFETCH(int, fixed);
    const auto report = land(true);
    ui::SweepMapPage page(m_theme);
    page.setReport(report);
    choose(page, "sweep_metric", metric);
    choose(page, "sweep_across", across);
    choose(page, "sweep_up", up);
    named<QComboBox>(page, "sweep_other_stop_loss")->setCurrentIndex(fixed + 1);
    const auto& map = *named<ui::SweepHeatMap>(page, "sweep_map");
    const std::size_t place = *desk::metricPlace(*report, metric.toStdString());
    const bool isTurned = across == QLatin1String("profit_target");
    QCPColorMapData& cells = *map.colours().data();
    QCOMPARE(cells.keySize(), isTurned ? 4 : 6);
    QCOMPARE(cells.valueSize(), isTurned ? 6 : 4);
    QVERIFY(!map.colours().interpolate());
    int seen = 0;
    for (const desk::SweepRun& run : report->runs) {
        const int x = static_cast<int>(run.places[isTurned ? 1 : 0]),
                  y = static_cast<int>(run.places[isTurned ? 0 : 1]);
        const bool isShown = fixed < 0 ? run.places[2] == 1 || metric != QLatin1String("net_profit")
                                       : run.places[2] == static_cast<std::size_t>(fixed);
        if (!isShown)
            continue;
        ++seen;
        QCOMPARE(cells.cell(x, y), run.figures[place]);
        // Each cell lies over its own values.
        QVERIFY(std::abs(cells.keyRange().lower + x - static_cast<double>(x)) < 1e-9);
    }
    QVERIFY(seen >= 24);
    QCOMPARE(map.colours().dataRange().lower,
             metric == QLatin1String("max_drawdown") ? 0.05 : map.colours().dataRange().lower);
    // The better is the higher on the ramp: of a drawdown the lower.
    const QCPColorGradient gradient = map.colours().gradient();
    const bool isLess = metric == QLatin1String("max_drawdown");
    QCOMPARE(gradient.colorStops().value(0.0), m_theme.heat(isLess ? 1 : 0));
    QCOMPARE(gradient.colorStops().value(1.0), m_theme.heat(isLess ? 0 : 1));
}

void SweepDialogTest::oneParameterIsARow()
{
    const auto report = sweepOf({axis("short_delta", 5)}, metrics, [](const auto& places) {
        return std::vector{0.1, 0.1, 0.1, static_cast<double>(places[0])};
    });
    ui::SweepMapPage page(m_theme);
    page.setReport(report);
    const auto& map = *named<ui::SweepHeatMap>(page, "sweep_map");
    QCOMPARE(map.map().up, std::size_t{1});
    for (std::size_t x = 0; x < 5; ++x)
        QCOMPARE(map.cellFigure(x, 0), static_cast<double>(x));
    page.resize(700, 500);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    // The row is as high as its axis: its colour is in it above and below the middle.
    const QImage picture = page.grab().toImage();
    const QPointF low(map.xAxis->coordToPixel(4) - 12, map.yAxis->coordToPixel(-0.35));
    const QPointF high(map.xAxis->coordToPixel(4) - 12, map.yAxis->coordToPixel(0.35));
    for (const QPointF& at : {low, high})
        QCOMPARE(picture.pixelColor(map.mapTo(&page, at.toPoint())), m_theme.heat(1));
}

void SweepDialogTest::aClickChoosesTheRunInMapAndTable()
{
    const auto report = land(true);
    ui::SweepResults results(m_theme);
    results.resize(900, 600);
    results.add(report, QStringLiteral("Iron condor"));
    results.show();
    QVERIFY(QTest::qWaitForWindowExposed(&results));
    auto* const map = named<ui::SweepHeatMap>(results, "sweep_map");
    auto* const table = named<QTableView>(results, "sweep_runs");
    QCOMPARE(words(results, "sweep_chosen"), QStringLiteral("Short delta 3, Profit target 2, Stop loss 1")); // the best
    QTRY_VERIFY(map->axisRect()->width() > 50);
    QTest::mouseClick(map, Qt::LeftButton, {}, middleOf(*map, 4, 3).toPoint());
    QCOMPARE(words(results, "sweep_chosen"), QStringLiteral("Short delta 5, Profit target 4, Stop loss 1"));
    const QModelIndex row = table->currentIndex();
    QCOMPARE(row.siblingAtColumn(0).data().toString(), QStringLiteral("5"));
    QCOMPARE(row.siblingAtColumn(1).data().toString(), QStringLiteral("4"));
    table->setCurrentIndex(table->model()->index(0, 0)); // sorted by the Sharpe ratio: the best
    QVERIFY(words(results, "sweep_chosen").startsWith(QStringLiteral("Short delta 3, Profit target 2")));
}

void SweepDialogTest::keysReadAndChoose()
{
    const auto report = land(true);
    ui::SweepHeatMap map(m_theme);
    map.resize(500, 400);
    map.setReport(report, {.metric = 3, .across = 0, .up = 1, .fixed = {}});
    map.show();
    QVERIFY(QTest::qWaitForWindowExposed(&map));
    QSignalSpy chosen(&map, &ui::SweepHeatMap::runChosen);
    QTest::keyClick(&map, Qt::Key_Home);
    QTest::keyClick(&map, Qt::Key_Right);
    QTest::keyClick(&map, Qt::Key_Down);
    QTest::keyClick(&map, Qt::Key_Down); // the edge holds
    QTest::keyClick(&map, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(report->runs[chosen[0][0].value<std::size_t>()].places, (std::vector<std::size_t>{3, 0, 0}));
}

void SweepDialogTest::theTableSortsByNumbers()
{
    auto report = sweepOf({axis("days_to_expiry", 12)}, metrics, [](const auto& places) {
        return std::vector{0.1, 0.1, 0.1, places[0] == 4 ? desk::unknown : std::cos(static_cast<double>(places[0]))};
    });
    report->runs[7].figures.clear();
    report->runs[7].failure = "no chain";
    ui::SweepResults results(m_theme);
    results.add(report, QStringLiteral("Iron condor"));
    auto* const table = named<QTableView>(results, "sweep_runs");
    QCOMPARE(table->model()->rowCount(), 12);
    table->sortByColumn(0, Qt::AscendingOrder);
    for (int row = 0; row < 12; ++row)
        QCOMPARE(table->model()->index(row, 0).data().toString(), QString::number(row + 1)); // 10 is not before 2
    table->sortByColumn(1, Qt::DescendingOrder);                                             // the Sharpe ratio
    QCOMPARE(table->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("Sharpe ratio"));
    QCOMPARE(table->model()->index(0, 0).data().toString(), QStringLiteral("1"));
    const int note = table->model()->columnCount() - 1;
    QStringList last;
    for (const int row : {10, 11}) // what is not known lies below
        last << table->model()->index(row, 0).data().toString();
    last.sort();
    QCOMPARE(last, QStringList({QStringLiteral("5"), QStringLiteral("8")}));
    const QModelIndexList failed = table->model()->match(table->model()->index(0, note), Qt::DisplayRole,
                                                         QStringLiteral("failed: no chain"), -1, Qt::MatchExactly);
    QCOMPARE(failed.size(), 1);
}

void SweepDialogTest::aBestThatStandsAloneIsSaid()
{
    ui::SweepMapPage page(m_theme);
    page.setReport(land(false));
    QString said = words(page, "sweep_verdict");
    QVERIFY2(said.contains(QStringLiteral("Best of 48 settings by Sharpe ratio: 2.00")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("Of 48 trials")) && said.contains(ui::percent(0.3)), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("It stands alone")), qPrintable(said));
    QCOMPARE(named<QLabel>(page, "sweep_verdict")->property("tone").toString(), QStringLiteral("warning"));
    page.setReport(land(true));
    said = words(page, "sweep_verdict");
    QVERIFY2(!said.contains(QStringLiteral("alone")) && said.contains(QStringLiteral("neighbours")), qPrintable(said));
}

void SweepDialogTest::theStepsOfAWalkForwardAreDrawn_data()
{
    QTest::addColumn<bool>("isAnchored");
    QTest::newRow("rolling") << false;
    QTest::newRow("anchored") << true;
}

void SweepDialogTest::theStepsOfAWalkForwardAreDrawn()
{
    QFETCH(bool, isAnchored);
    const auto report = test::walkedOf(isAnchored);
    ui::SweepResults results(m_theme);
    results.resize(900, 700);
    results.add(report, QStringLiteral("Iron condor"));
    results.show();
    QVERIFY(QTest::qWaitForWindowExposed(&results));
    const auto& plot = *named<ui::FoldPlot>(results, "walk_folds");
    const std::vector<desk::FoldView>& folds = report->walkForward->folds;
    const auto pickedOn = plot.pickedOn(), traded = plot.traded();
    QCOMPARE(pickedOn.size(), folds.size());
    const auto day = [](base::Date date) { return 86'400.0 * static_cast<double>(date.time_since_epoch().count()); };
    for (std::size_t i = 0; i < folds.size(); ++i) {
        QCOMPARE(pickedOn[i].lower, day(folds[i].inFirst));
        QCOMPARE(pickedOn[i].upper, day(folds[i].inLast) + 86'400);
        QCOMPARE(traded[i].lower, day(folds[i].outFirst));
        QCOMPARE(traded[i].upper, day(folds[i].outLast) + 86'400);
        QVERIFY(pickedOn[i].upper <= traded[i].lower);
        QCOMPARE(plot.inSample().data()->at(static_cast<int>(i))->value, folds[i].inSample);
        QCOMPARE(plot.outOfSample().data()->at(static_cast<int>(i))->value, folds[i].outOfSample);
    }
    const QString said = words(results, "walk_verdict");
    QVERIFY2(said.contains(QStringLiteral("2.00")) && said.contains(QStringLiteral("Kept: ") + ui::percent(0.5, 0)),
             qPrintable(said));
    QVERIFY2(!said.contains(QStringLiteral("not traded")), qPrintable(said));
    desk::WalkForwardView ended = *report->walkForward;
    ended.untraded = 2;
    const ui::SweepVerdict verdict = ui::verdictOf(*report, ended);
    QVERIFY2(verdict.isWarning && verdict.words.contains(QStringLiteral("2 stretches were not traded")),
             qPrintable(verdict.words));
    QVERIFY2(said.contains(QStringLiteral("In 1 of 3 stretches even the best setting lost money")), qPrintable(said));
    desk::WalkForwardView good = *report->walkForward;
    good.folds[1].inSampleProfit = 35;
    const ui::SweepVerdict praise = ui::verdictOf(*report, good);
    QVERIFY2(!praise.isWarning && !praise.words.contains(QStringLiteral("even the best")), qPrintable(praise.words));
    auto* const table = named<QTableView>(results, "walk_table");
    QCOMPARE(table->model()->rowCount(), 3);
    QVERIFY(table->model()->index(1, 4).data().toString().endsWith(QStringLiteral("at a loss")));
    QVERIFY(table->model()->index(1, 4).data(Qt::ToolTipRole).toString().contains(ui::signedMoney(-35)));
    QVERIFY(!table->model()->index(0, 4).data().toString().contains(QStringLiteral("loss")));
    QCOMPARE(table->model()->index(1, 8).data().toString(), QStringLiteral("Short delta 2, Profit target 2"));
}

void SweepDialogTest::aSweepRunsIsCancelledAndLoaded()
{
    test::DeskFixture fixture;
    ui::SweepDialog dialog(fixture.context());
    QSignalSpy finished(&fixture.desk(), &desk::Desk::sweepFinished);
    choose(dialog, "sweep_strategy", QStringLiteral("iron_condor"));
    named<QDateEdit>(dialog, "sweep_start")->setDate(QDate(2023, 1, 3));
    named<QDateEdit>(dialog, "sweep_end")->setDate(QDate(2023, 1, 20));
    dialog.form().grid().setList("short_delta", {"0.2", "0.3"});
    dialog.form().grid().setList("profit_target", {"0.25", "0.5"});
    auto* const run = named<QPushButton>(dialog, "sweep_run");
    auto* const cancel = named<QPushButton>(dialog, "sweep_cancel");
    QVERIFY(run->isEnabled() && !cancel->isEnabled());
    run->click();
    QVERIFY(!run->isEnabled() && cancel->isEnabled());
    QVERIFY(finished.wait(patienceMs));
    QVERIFY2(words(dialog, "sweep_message").startsWith(QStringLiteral("Done in")),
             qPrintable(words(dialog, "sweep_message")));
    QVERIFY(run->isEnabled() && !cancel->isEnabled());
    auto* const table = named<QTableView>(dialog, "sweep_runs");
    QCOMPARE(table->model()->rowCount(), 4);

    // Years of many more, given up at once.
    named<QDateEdit>(dialog, "sweep_end")->setDate(QDate(2025, 12, 31));
    run->click();
    cancel->click();
    QVERIFY(!cancel->isEnabled());
    QVERIFY(finished.wait(patienceMs));
    QVERIFY(words(dialog, "sweep_message").startsWith(QStringLiteral("Cancelled")));
    QVERIFY(run->isEnabled() && !cancel->isEnabled());

    // What ran is kept.
    QSignalSpy read(&fixture.desk(), &desk::Desk::storedSweepsRead);
    named<QPushButton>(dialog, "sweep_load")->menu()->actions().constFirst()->trigger();
    QVERIFY(read.wait(patienceMs));
    auto* const kept = dialog.findChild<QMenu*>(QStringLiteral("sweep_kept"));
    QVERIFY(kept && !kept->actions().isEmpty());
    QVERIFY2(kept->actions().constFirst()->text().contains(QStringLiteral("4 settings")),
             qPrintable(kept->actions().constFirst()->text()));
    kept->actions().constFirst()->trigger();
    QCOMPARE(named<QComboBox>(dialog, "sweep_reports")->count(), 2);
    QCOMPARE(table->model()->rowCount(), 4);
    kept->close();
}

QTEST_MAIN(SweepDialogTest)
#include "sweep_dialog_test.moc"
