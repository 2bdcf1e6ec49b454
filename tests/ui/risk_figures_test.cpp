#include "desk_fixture.h"
#include "find_in.h"
#include "made_up_risk.h"
#include "no_warnings.h"
#include "ui/models/attribution_model.h"
#include "ui/models/exposure_model.h"
#include "ui/models/regime_switches_model.h"
#include "ui/models/value_at_risk_model.h"
#include "ui/panels/amount_table.h"
#include "ui/panels/attribution.h"
#include "ui/panels/exposure.h"
#include "ui/panels/regimes.h"
#include "ui/panels/value_at_risk.h"
#include "ui/plots/risk_backtest_plot.h"
#include "ui/theme/format.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QTableView>
#include <QTest>
#include <QTreeView>

using namespace vegadesk;
using test::choose;
using test::named;
using test::words;

namespace
{
constexpr double netLiquidation = 100'000;
} // namespace

/// What the panels of value at risk, attribution, regimes and exposure say of made-up figures.
class RiskFiguresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_fixture.reset(); }
    void methodsAreComparedInWords();
    void theBacktestOfAnyMethodIsShown();
    void testsSayWhatTheyFound_data();
    void testsSayWhatTheyFound();
    void profitsAreTakenApartByScope();
    void profitsAreCopiedToTheCent();
    void switchesOfTheRegimeAreListed();
    void exposureAddsUpByExpiration();
    void aHedgeIsStagedAndNotSent();

private:
    ui::PanelContext context() { return m_fixture->context(); }
    std::unique_ptr<test::DeskFixture> m_fixture;
};

void RiskFiguresTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void RiskFiguresTest::init()
{
    test::failOnWarnings();
    m_fixture = std::make_unique<test::DeskFixture>();
    m_fixture->theme().apply();
}

void RiskFiguresTest::methodsAreComparedInWords()
{
    ui::ValueAtRiskPanel panel(context());
    auto risk = test::someRisk();
    risk->valueAtRisk.rows[4].note = "only 200 paths";
    panel.show(risk, netLiquidation);
    using Model = ui::ValueAtRiskModel;
    const auto* const table = named<QTableView>(panel, "var_methods");
    const QAbstractItemModel& model = *table->model();
    QCOMPARE(model.rowCount(), 5);
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(2, Model::MethodColumn), QStringLiteral("● Historical"));
    QCOMPARE(cell(2, Model::ValueColumn), ui::number(903.5, 0));
    QCOMPARE(cell(2, Model::ShareColumn), ui::percent(0.009035, 2));
    QCOMPARE(cell(2, Model::ShortfallColumn), ui::number(1'288.25, 0));
    QCOMPARE(cell(2, Model::ErrorColumn), QString());
    QCOMPARE(cell(4, Model::ErrorColumn), ui::number(14.2, 0));
    QCOMPARE(cell(4, Model::NoteColumn), QStringLiteral("only 200 paths"));
    const QColor warning = context().theme.color(ui::Role::Warning);
    QCOMPARE(model.index(0, Model::ValueColumn).data(Qt::ForegroundRole).value<QColor>(), warning);
    QVERIFY(!model.index(1, Model::ValueColumn).data(Qt::ForegroundRole).isValid());
    QVERIFY(words(panel, "var_agreement").startsWith(QStringLiteral("▲")));
    QVERIFY(words(panel, "var_summary").contains(ui::percent(0.95, 0)));
    QVERIFY(words(panel, "var_notes").contains(QStringLiteral("AAPL")));
    const auto* const parts = named<ui::AmountTable>(panel, "var_parts");
    QCOMPARE(parts->model()->rowCount(), 3);
    QCOMPARE(parts->model()->index(2, ui::AmountsModel::AmountColumn).data(Qt::ForegroundRole).value<QColor>(),
             context().theme.color(ui::Role::Gain)); // it takes risk off
    auto unknown = test::someRisk();
    unknown->valueAtRisk.disagrees = false;
    unknown->valueAtRisk.rows[3].valueAtRisk = desk::unknown;
    panel.show(unknown, desk::unknown);
    QCOMPARE(cell(3, Model::ValueColumn), ui::number(desk::unknown, 0));
    QCOMPARE(cell(2, Model::ShareColumn), ui::percent(desk::unknown));
    QVERIFY(!words(panel, "var_agreement").startsWith(QStringLiteral("▲")));
}

void RiskFiguresTest::theBacktestOfAnyMethodIsShown()
{
    ui::ValueAtRiskPanel panel(context());
    panel.resize(1033, 330);
    panel.show();
    auto risk = test::someRisk();
    risk->backtests[1].zone = "red";
    risk->backtests[4].profits.clear();
    risk->backtests[4].why = "needs 60 more days of history";
    panel.show(risk, netLiquidation);
    auto* const chooser = named<QComboBox>(panel, "var_method");
    QCOMPARE(chooser->count(), 5);
    QCOMPARE(chooser->currentText(), QStringLiteral("Historical")); // the one that is shown
    QVERIFY(words(panel, "var_hits").contains(QString::number(risk->backtests[2].hits)));
    QVERIFY(words(panel, "var_tests").contains(QStringLiteral("Kupiec")));
    QVERIFY(words(panel, "var_zone").contains(QStringLiteral("green")));
    QVERIFY(named<QWidget>(panel, "var_plot")->isVisible());
    // Enter in the table chooses too.
    auto* const table = named<QTableView>(panel, "var_methods");
    table->setCurrentIndex(table->model()->index(1, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(chooser->currentText(), QStringLiteral("Cornish-Fisher"));
    QVERIFY(words(panel, "var_zone").contains(QStringLiteral("red")));
    QCOMPARE(named<QLabel>(panel, "var_zone")->property("tone").toString(), QStringLiteral("loss"));
    panel.show(std::make_shared<desk::RiskView>(*risk), netLiquidation);
    QCOMPARE(chooser->currentText(), QStringLiteral("Cornish-Fisher")); // a newer view keeps it
    auto* const plot = named<ui::RiskBacktestPlot>(panel, "var_plot");
    QTest::keyClick(plot, Qt::Key_Home);
    QCOMPARE(words(panel, "var_hits"), plot->readOutText());
    table->setCurrentIndex(table->model()->index(4, 0));
    QTest::keyClick(table, Qt::Key_Return);
    QVERIFY(!plot->isVisible());
    QCOMPARE(words(panel, "var_hits"), QStringLiteral("needs 60 more days of history"));
}

void RiskFiguresTest::testsSayWhatTheyFound_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<bool>("isRejected");
    QTest::addColumn<int>("hits");
    QTest::addColumn<QString>("says");
    QTest::newRow("enough") << "kupiec" << false << 12 << "As many";
    QTest::newRow("too many") << "kupiec" << true << 30 << "too low";
    QTest::newRow("too few") << "kupiec" << true << 1 << "too high";
    QTest::newRow("one by one") << "christoffersen" << false << 12 << "one by one";
    QTest::newRow("clusters") << "christoffersen" << true << 12 << "clusters";
    QTest::newRow("both hold") << "conditional_coverage" << false << 12 << "holds";
    QTest::newRow("both fail") << "conditional_coverage" << true << 12 << "fails";
    QTest::newRow("no worse") << "acerbi_szekely" << false << 12 << "no worse";
    QTest::newRow("worse") << "acerbi_szekely" << true << 12 << "are worse";
    QTest::newRow("another") << "duration" << true << 12 << "duration";
}

void RiskFiguresTest::testsSayWhatTheyFound()
{
    QFETCH(const QString, id);
    QFETCH(const bool, isRejected);
    QFETCH(const int, hits);
    QFETCH(const QString, says);
    ui::ValueAtRiskPanel panel(context());
    auto risk = test::someRisk();
    risk->backtests.resize(1);
    risk->backtests[0].hits = hits;
    risk->backtests[0].tests = {{id.toStdString(), 3.4, isRejected ? 0.0002 : 0.31, isRejected}};
    panel.show(risk, netLiquidation);
    const QString said = words(panel, "var_tests");
    QVERIFY2(said.contains(says), qPrintable(said));
    QVERIFY2(said.contains(isRejected ? QStringLiteral("p < 0.001") : QStringLiteral("p = 0.310")), qPrintable(said));
    QCOMPARE(said.startsWith(QStringLiteral("▲")), isRejected);
}

void RiskFiguresTest::profitsAreTakenApartByScope()
{
    ui::AttributionPanel panel(context());
    panel.resize(1033, 330);
    panel.show();
    const auto risk = test::someRisk();
    panel.show(risk, netLiquidation);
    auto* const tree = named<QTreeView>(panel, "attribution_tree");
    auto* const model = qobject_cast<ui::AttributionModel*>(tree->model());
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const QModelIndex book = model->index(0, 0), spy = model->index(1, 0, book), condor = model->index(0, 0, spy);
    QCOMPARE(model->rowCount(book), 2);
    QCOMPARE(model->rowCount(model->index(0, 0, book)), 2); // positions of no group stand side by side
    QCOMPARE(condor.data().toString(), QStringLiteral("SPY iron condor"));
    QCOMPARE(model->index(0, 0, condor).data().toString(), QStringLiteral("18 Dec 26 545 P"));
    QVERIFY(words(panel, "attribution_title").contains(QStringLiteral("Whole book")));
    tree->setFocus();
    QTest::keyClick(tree, Qt::Key_Down);
    QVERIFY2(words(panel, "attribution_title").startsWith(QStringLiteral("AAPL")),
             qPrintable(words(panel, "attribution_title")));
    const QString total = ui::signedMoney(risk->attribution.today[1].total);
    QVERIFY(words(panel, "attribution_title").contains(total));
    QCOMPARE(model->index(0, ui::AttributionModel::TotalColumn, book).data().toString(), total);
    choose(panel, "attribution_spans", 1);
    QVERIFY2(words(panel, "attribution_title").contains(ui::signedMoney(risk->attribution.sinceEntry[1].total)),
             "the scope stays");
    // Other rows: what was looked at stays where it still is.
    auto fewer = std::make_shared<desk::RiskView>(*risk);
    fewer->attribution.sinceEntry.resize(3);
    panel.show(fewer, netLiquidation);
    QVERIFY(words(panel, "attribution_title").startsWith(QStringLiteral("AAPL")));
    auto jump = std::make_shared<desk::RiskView>(*risk);
    jump->attribution.sinceEntry[1].parts.back() = 4'000;
    panel.show(jump, netLiquidation);
    QCOMPARE(named<QLabel>(panel, "attribution_unexplained")->property("tone").toString(), QStringLiteral("warning"));
}

void RiskFiguresTest::profitsAreCopiedToTheCent()
{
    ui::AttributionPanel panel(context());
    panel.show(test::someRisk(), netLiquidation);
    named<QPushButton>(panel, "attribution_copy")->click();
    const QStringList lines = QGuiApplication::clipboard()->text().split(u'\n', Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 8);
    QCOMPARE(lines[0].split(u'\t').size(), ui::AttributionModel::columnTotal);
    const QStringList book = lines[1].split(u'\t');
    double sum = 0;
    for (qsizetype part = 2; part < book.size(); ++part)
        sum += book[part].toDouble();
    QVERIFY2(std::abs(sum - book[1].toDouble()) < 0.005, qPrintable(lines[1]));
    QCOMPARE(book[2], QStringLiteral("-212.40"));
}

void RiskFiguresTest::switchesOfTheRegimeAreListed()
{
    ui::RegimesPanel panel(context());
    auto risk = test::someRisk();
    desk::RegimeView& regimes = risk->regimes;
    regimes.dates.clear();
    for (int day = 0; day < 6; ++day)
        regimes.dates.push_back(base::makeDate(2026, 11, 2) + std::chrono::days(day));
    regimes.closes = {100, 100, 101, 102, 90, 99};
    regimes.regime = {-1, 0, 0, 2, 2, 2};
    for (auto& each : regimes.probabilities)
        each.assign(6, 0.1);
    regimes.probabilities[2].back() = 0.83;
    regimes.sizeMultiplier = 0.4;
    panel.show(risk, netLiquidation);
    using Model = ui::RegimeSwitchesModel;
    const QAbstractItemModel& model = *named<QTableView>(panel, "regime_switches")->model();
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(cell(0, Model::DateColumn), QStringLiteral("5 Nov 26"));
    QCOMPARE(cell(0, Model::RegimeColumn), QStringLiteral("stressed"));
    QCOMPARE(cell(0, Model::DaysColumn), QStringLiteral("3"));
    QCOMPARE(cell(0, Model::MoveColumn), ui::signedPercent(99.0 / 102 - 1));
    QCOMPARE(cell(1, Model::MoveColumn), ui::signedPercent(0.02)); // until the next one began
    QCOMPARE(model.index(0, Model::RegimeColumn).data(Qt::ForegroundRole).value<QColor>(),
             context().theme.color(ui::Role::Loss));
    const QString now = words(panel, "regime_now");
    QVERIFY2(now.contains(QStringLiteral("stressed")) && now.contains(ui::percent(0.83, 0)), qPrintable(now));
    const QStringList facts = test::allWords(panel, "regime_facts");
    QVERIFY(facts.contains(QStringLiteral("× 0.40")));
    regimes.regime.assign(6, -1);
    regimes.sizeMultiplier = desk::unknown;
    panel.show(std::make_shared<desk::RiskView>(*risk), netLiquidation);
    QVERIFY(words(panel, "regime_now").contains(QStringLiteral("no regime yet")));
    QCOMPARE(model.rowCount(), 0);
}

void RiskFiguresTest::exposureAddsUpByExpiration()
{
    ui::ExposurePanel panel(context());
    panel.show(test::someRisk(), netLiquidation);
    using Model = ui::ExposureModel;
    auto* const model = qobject_cast<Model*>(named<QTreeView>(panel, "exposure_tree")->model());
    const QAbstractItemModelTester tester(model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QCOMPARE(model->rowCount(), 4);
    const auto cell = [&](int row, int column, const QModelIndex& parent = {}) {
        return model->index(row, column, parent).data().toString();
    };
    QCOMPARE(cell(0, Model::DeltaColumn), ui::number(desk::unknown, 1)); // of different shares
    QCOMPARE(cell(0, Model::ContractsColumn), QStringLiteral("16"));
    QCOMPARE(cell(0, Model::MarginColumn), ui::number(4'440, 0));
    QVERIFY(model->index(0, Model::MarginColumn).data(Qt::ToolTipRole).toString().contains(ui::number(4'440.5, 0)));
    QVERIFY(cell(1, Model::NameColumn).contains(QStringLiteral("1.21")));
    const QModelIndex apple = model->index(1, 0), unknown = model->index(3, 0);
    QCOMPARE(cell(0, Model::NameColumn, apple), QStringLiteral("shares"));
    QCOMPARE(cell(0, Model::ContractsColumn, apple), QString());
    QCOMPARE(cell(1, Model::MarginColumn, apple), QString());
    QVERIFY(cell(1, Model::NameColumn, apple).startsWith(QStringLiteral("15 Jan 27")));
    QCOMPARE(cell(3, Model::BetaDeltaColumn), ui::number(desk::unknown, 0));
    QCOMPARE(unknown.siblingAtColumn(Model::DeltaColumn).data(Qt::ForegroundRole).value<QColor>(),
             context().theme.color(ui::Role::Warning));
    QVERIFY(words(panel, "exposure_margin").contains(ui::number(0.5, 2)));
}

void RiskFiguresTest::aHedgeIsStagedAndNotSent()
{
    ui::ExposurePanel panel(context());
    panel.show(test::someRisk(), netLiquidation);
    const auto buttons = panel.findChildren<QPushButton*>(QStringLiteral("exposure_hedge"));
    QCOMPARE(buttons.size(), 1); // SPY is inside its band
    QVERIFY(buttons[0]->toolTip().contains(QStringLiteral("Whalley-Wilmott")));
    panel.show(std::make_shared<desk::RiskView>(*test::someRisk()), netLiquidation);
    QCOMPARE(panel.findChildren<QPushButton*>(QStringLiteral("exposure_hedge")), buttons); // it keeps the keyboard
    buttons[0]->click();
    QCOMPARE(m_fixture->staged().legs().size(), std::size_t{1});
    const ui::StagedLeg& leg = m_fixture->staged().legs().front();
    QCOMPARE(leg.symbol, std::string("AAPL"));
    QCOMPARE(leg.quantity, base::Quantity(-48));
    QVERIFY(leg.isClosing);
    QVERIFY(m_fixture->desk().trading()->orders.empty());
}

QTEST_MAIN(RiskFiguresTest)
#include "risk_figures_test.moc"
