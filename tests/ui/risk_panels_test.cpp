#include "desk/limit_settings.h"
#include "desk_fixture.h"
#include "find_in.h"
#include "made_up_risk.h"
#include "no_warnings.h"
#include "ui/panels/amount_table.h"
#include "ui/panels/attribution.h"
#include "ui/panels/exposure.h"
#include "ui/panels/regimes.h"
#include "ui/panels/risk.h"
#include "ui/panels/segments.h"
#include "ui/panels/stress.h"
#include "ui/panels/value_at_risk.h"
#include "ui/plots/plot.h"
#include "ui/plots/stress_map.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <algorithm>
#include <memory>

using namespace vegadesk;
using test::choose;
using test::named;
using test::words;

namespace
{
constexpr double netLiquidation = 100'000;

std::vector<ui::RiskViewPanel*> allPanels(const ui::PanelContext& context)
{
    return {new ui::StressPanel(context), new ui::ValueAtRiskPanel(context), new ui::AttributionPanel(context),
            new ui::RegimesPanel(context), new ui::ExposurePanel(context)};
}
} // namespace

class RiskPanelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_fixture.reset(); }
    void nothingIsSaidInASentence();
    void oldFiguresAreMarked();
    void theLeastSizeCutsNoWords();
    void everyThingHasAName();
    void stressReadsOutItsCells();
    void stressNamesWhatMakesTheWorst();
    void stressSaysWhatIsNotKnown();
    void toleranceIsSwitchedAfterAQuestion();
    void theRiskDockNamesTheRegime();
    void columnsLeaveWhereNumbersWouldBeCut();
    void noRegimesAreExplained();
    void aDayWithoutItsBeginningSaysSo();
    void limitsOfOnesOwnAreSaid();

private:
    ui::PanelContext context() { return m_fixture->context(); }
    std::unique_ptr<test::DeskFixture> m_fixture;
};

void RiskPanelsTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void RiskPanelsTest::init()
{
    test::failOnWarnings();
    m_fixture = std::make_unique<test::DeskFixture>();
    m_fixture->theme().apply();
}

void RiskPanelsTest::nothingIsSaidInASentence()
{
    auto none = std::make_shared<desk::RiskView>();
    for (ui::RiskViewPanel* const panel : allPanels(context())) {
        panel->show();
        panel->refresh(); // the desk has never started
        QVERIFY(named<QLabel>(*panel, "risk_empty")->isVisible());
        QVERIFY(words(*panel, "risk_empty").size() > 20);
        QVERIFY(panel->titleCount().isEmpty());
        QVERIFY(!panel->grab().isNull());
        delete panel;
    }
    none->stress.why = none->valueAtRisk.why = none->regimes.why = none->attribution.why =
        "needs 40 more days of history";
    for (ui::RiskViewPanel* const panel : allPanels(context())) {
        panel->show(none, netLiquidation);
        const bool hasReason = !qobject_cast<ui::ExposurePanel*>(panel);
        QCOMPARE(words(*panel, "risk_empty") == QStringLiteral("needs 40 more days of history"), hasReason);
        delete panel;
    }
}

void RiskPanelsTest::oldFiguresAreMarked()
{
    auto old = test::someRisk();
    old->isOld = true;
    for (ui::RiskViewPanel* const panel : allPanels(context())) {
        panel->show();
        panel->show(old, netLiquidation);
        QVERIFY(named<QLabel>(*panel, "risk_old")->isVisible());
        QVERIFY2(words(*panel, "risk_old").contains(QStringLiteral("10:00:00")), "New York time");
        panel->show(test::someRisk(), netLiquidation);
        QVERIFY(!named<QLabel>(*panel, "risk_old")->isVisible());
        delete panel;
    }
}

void RiskPanelsTest::theLeastSizeCutsNoWords()
{
    for (ui::RiskViewPanel* const panel : allPanels(context())) {
        panel->show(test::someRisk(), netLiquidation);
        panel->show();
        const QSize least = panel->minimumSizeHint();
        QVERIFY2(least.width() <= 360 && least.height() <= 260,
                 qPrintable(QStringLiteral("%1 %2x%3")
                                .arg(QString::fromLatin1(panel->metaObject()->className()))
                                .arg(least.width())
                                .arg(least.height())));
        for (const QSize size : {QSize(1033, 330), QSize(420, 560), least}) {
            panel->resize(size);
            QVERIFY(QTest::qWaitForWindowExposed(panel));
            QCoreApplication::processEvents();
            for (const auto* const label : panel->findChildren<QLabel*>()) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                const QRect needed =
                    label->fontMetrics().boundingRect(QRect(0, 0, label->contentsRect().width(), 1000),
                                                      label->wordWrap() ? Qt::TextWordWrap : 0, label->text());
                QVERIFY2(needed.width() <= label->contentsRect().width() + 1 &&
                             needed.height() <= label->contentsRect().height() + 1,
                         qPrintable(QStringLiteral("%1 at %2: %3")
                                        .arg(QString::fromLatin1(panel->metaObject()->className()))
                                        .arg(size.width())
                                        .arg(label->text())));
            }
        }
        delete panel;
    }
}

void RiskPanelsTest::everyThingHasAName()
{
    for (ui::RiskViewPanel* const panel : allPanels(context())) {
        panel->show(test::someRisk(), netLiquidation);
        for (const auto* const view : panel->findChildren<QAbstractItemView*>()) {
            // The lists of combo boxes are named by their boxes, headers by their tables.
            if (view->window() != panel->window() || qobject_cast<const QHeaderView*>(view))
                continue;
            QVERIFY2(!view->accessibleName().isEmpty(), qPrintable(view->objectName()));
            QVERIFY2(view->focusPolicy() != Qt::NoFocus, qPrintable(view->objectName()));
        }
        for (const auto* const plot : panel->findChildren<ui::Plot*>())
            QVERIFY2(!plot->accessibleName().isEmpty(), qPrintable(plot->objectName()));
        for (const auto* const button : panel->findChildren<QPushButton*>()) {
            QVERIFY2(!button->toolTip().isEmpty(), qPrintable(button->text()));
            QVERIFY2(button->focusPolicy() != Qt::NoFocus, qPrintable(button->text()));
        }
        delete panel;
    }
}

void RiskPanelsTest::stressReadsOutItsCells()
{
    ui::StressPanel panel(context());
    panel.resize(1033, 330);
    panel.show();
    panel.show(test::someRisk(), netLiquidation);
    const QString first = words(panel, "stress_read_out");
    QVERIFY2(first.contains(ui::signedMoney(-13'800)) && first.contains(ui::signedPercent(-0.138)), qPrintable(first));
    auto* const map = named<ui::StressMap>(panel, "stress_map");
    QTest::keyClick(map, Qt::Key_Home);
    QTest::keyClick(map, Qt::Key_Right);
    choose(panel, "stress_days", 2);
    const QString read = words(panel, "stress_read_out");
    // 3 % up: 630 less 54, and five days of 46.
    for (const QString& part : {QStringLiteral("spot ") + ui::signedPercent(0.03, 0), QStringLiteral("volatility ±0"),
                                QStringLiteral("2 Dec"), ui::signedMoney(806), ui::signedPercent(0.00806)})
        QVERIFY2(read.contains(part), qPrintable(read));
    choose(panel, "stress_units", 1);
    QCOMPARE(map->cellText(*map->chosen()), ui::number(0.8, 1));
    choose(panel, "stress_pictures", 1);
    QVERIFY(!map->isVisible());
    QVERIFY(named<QWidget>(panel, "stress_curves")->isVisible());
    QVERIFY(named<QComboBox>(panel, "stress_volatility")->isVisible());
    QVERIFY(named<QComboBox>(panel, "stress_volatility")->currentText().contains(QStringLiteral("±0")));
}

void RiskPanelsTest::stressNamesWhatMakesTheWorst()
{
    ui::StressPanel panel(context());
    panel.show(test::someRisk(), netLiquidation);
    const auto* const legs = named<ui::AmountTable>(panel, "stress_legs");
    QCOMPARE(legs->model()->rowCount(), 3);
    QCOMPARE(legs->model()->index(0, ui::AmountsModel::NameColumn).data().toString(),
             QStringLiteral("SPY 24 Dec 26 450 P"));
    const QModelIndex worst = legs->model()->index(0, ui::AmountsModel::AmountColumn);
    QCOMPARE(worst.data().toString(), ui::signedNumber(-8'412.5, 0));
    QCOMPARE(worst.data(Qt::ForegroundRole).value<QColor>(), context().theme.color(ui::Role::Loss));
    QCOMPARE(legs->model()->index(0, ui::AmountsModel::BarColumn).data(ui::AmountsModel::barRole).toDouble(), -1.0);
    const auto* const past = named<ui::AmountTable>(panel, "stress_past");
    QCOMPARE(past->model()->rowCount(), 6);
    QVERIFY(past->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(ui::signedPercent(-0.2047)));
    const QStringList facts = test::allWords(panel, "stress_facts");
    const QString all = facts.join(u'|');
    for (const QString& part : {ui::signedNumber(-13'800, 0), ui::signedNumber(-14'412, 0), ui::signedPercent(-0.224)})
        QVERIFY2(all.contains(part), qPrintable(all));
    QVERIFY(words(panel, "stress_left_out").contains(QStringLiteral("XYZ")));
}

void RiskPanelsTest::stressSaysWhatIsNotKnown()
{
    ui::StressPanel panel(context());
    auto risk = test::someRisk();
    risk->stress.liquidation = risk->stress.marginCallMove = desk::unknown;
    risk->stress.worstLegs.clear();
    panel.show();
    panel.show(risk, desk::unknown);
    const QStringList facts = test::allWords(panel, "stress_facts");
    QVERIFY(facts.contains(QStringLiteral("not known")));
    QVERIFY(facts.contains(QStringLiteral("none within the map")));
    auto unknown = test::someRisk();
    unknown->stress.marginCallMove = desk::unknown;
    unknown->stress.isMarginCallKnown = false;
    unknown->stress.withoutSpread = 2;
    panel.show(unknown, 100'000);
    const QStringList others = test::allWords(panel, "stress_facts");
    QVERIFY(!others.contains(QStringLiteral("none within the map")) && others.contains(QStringLiteral("not known")));
    QVERIFY(others.filter(QStringLiteral("2 spread")).size() == 1);
    panel.show(risk, desk::unknown);
    QVERIFY(!named<QWidget>(panel, "stress_legs")->isVisible());
    QVERIFY2(words(panel, "stress_read_out").contains(ui::percent(desk::unknown)), "a share of what is not known");
}

void RiskPanelsTest::toleranceIsSwitchedAfterAQuestion()
{
    ui::RiskPanel panel(context());
    panel.show();
    desk::Settings& settings = m_fixture->desk().settings();
    const auto tolerance = [&] { return settings.choice(desk::setting::tolerance); };
    const auto* const question = named<QWidget>(panel, "tolerance_question");
    const auto* const choice = named<ui::Segments>(panel, "risk_tolerance");
    QCOMPARE(choice->chosen(), 1);
    QVERIFY(!question->isVisible());
    choose(panel, "risk_tolerance", 2);
    QVERIFY(question->isVisible());
    QCOMPARE(tolerance(), QStringLiteral("moderate")); // nothing has changed yet
    named<QPushButton>(panel, "tolerance_no")->click();
    QVERIFY(!question->isVisible());
    QCOMPARE(choice->chosen(), 1);
    choose(panel, "risk_tolerance", 0);
    panel.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&panel));
    QTest::keyClick(named<QPushButton>(panel, "tolerance_yes"), Qt::Key_Escape);
    QVERIFY(!question->isVisible());
    QCOMPARE(tolerance(), QStringLiteral("moderate"));
    choose(panel, "risk_tolerance", 0);
    QTest::keyClick(named<QPushButton>(panel, "tolerance_yes"), Qt::Key_Space);
    QCOMPARE(tolerance(), QStringLiteral("low"));
    QVERIFY(!question->isVisible());
    // Somebody else's switch is followed.
    QVERIFY(settings.setChoice(desk::setting::tolerance, QStringLiteral("high")));
    QCOMPARE(choice->chosen(), 2);
}

void RiskPanelsTest::theRiskDockNamesTheRegime()
{
    ui::RiskPanel panel(context());
    panel.show();
    panel.refresh();
    QVERIFY(!named<QLabel>(panel, "risk_regime")->isVisible());
    QVERIFY(!named<QLabel>(panel, "risk_left_out")->isVisible());
    auto risk = test::someRisk();
    risk->regimes.regime.back() = 2;
    risk->regimes.sizeMultiplier = 0.4;
    panel.drawRisk(*risk);
    QVERIFY(words(panel, "risk_regime").contains(QStringLiteral("stressed")));
    QVERIFY(words(panel, "risk_regime").contains(ui::number(0.4, 2)));
    QCOMPARE(named<QLabel>(panel, "risk_regime")->property("tone").toString(), QStringLiteral("loss"));
    QVERIFY(named<QLabel>(panel, "risk_left_out")->isVisible());
    QVERIFY(named<QLabel>(panel, "risk_left_out")->toolTip().contains(QStringLiteral("XYZ")));
}

/// At every width what is shown is shown whole, and the most important stays longest.
void RiskPanelsTest::columnsLeaveWhereNumbersWouldBeCut()
{
    const struct {
        std::unique_ptr<ui::RiskViewPanel> panel;
        const char* view;
        int last; ///< column that stays
    } cases[] = {{std::make_unique<ui::ValueAtRiskPanel>(context()), "var_methods", 1},
                 {std::make_unique<ui::ExposurePanel>(context()), "exposure_tree", 2},
                 {std::make_unique<ui::AttributionPanel>(context()), "attribution_tree", 1}};
    for (const auto& each : cases) {
        each.panel->show(test::someRisk(), netLiquidation);
        each.panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(each.panel.get()));
        auto* const view = named<QAbstractItemView>(*each.panel, each.view);
        const auto* const table = qobject_cast<QTableView*>(view); // which has one for its rows too
        auto* const header = table ? table->horizontalHeader() : view->findChild<QHeaderView*>();
        int shownBefore = 0, roomBefore = 0; // a wide panel may put its parts side by side
        for (const int width : {320, 520, 900, 1500, 3600}) {
            each.panel->resize(width, 420);
            QCoreApplication::processEvents();
            int shown = 0;
            for (int column = 0; column < header->count(); ++column) {
                if (header->isSectionHidden(column))
                    continue;
                ++shown;
                QVERIFY2(header->sectionSize(column) >= view->sizeHintForColumn(column),
                         qPrintable(QStringLiteral("%1 column %2: %3 of %4 at %5")
                                        .arg(QString::fromLatin1(each.view))
                                        .arg(column)
                                        .arg(header->sectionSize(column))
                                        .arg(view->sizeHintForColumn(column))
                                        .arg(width)));
            }
            QVERIFY2(!header->isSectionHidden(each.last), each.view);
            const int room = view->viewport()->width();
            QVERIFY2(room < roomBefore || shown >= shownBefore,
                     qPrintable(QStringLiteral("%1: %2 in %3, %4 in %5 at %6")
                                    .arg(QString::fromLatin1(each.view))
                                    .arg(shownBefore)
                                    .arg(roomBefore)
                                    .arg(shown)
                                    .arg(room)
                                    .arg(width)));
            QCOMPARE(header->toolTip().isEmpty(), shown == header->count());
            QVERIFY2(shown == 2 || header->length() <= view->viewport()->width(), each.view);
            shownBefore = shown;
            roomBefore = room;
        }
        QCOMPARE(shownBefore, header->count());
    }
}

void RiskPanelsTest::noRegimesAreExplained()
{
    ui::RegimesPanel panel(context());
    auto risk = test::someRisk();
    risk->regimes = {};
    risk->regimes.index = "SPY";
    risk->regimes.why = "Days are too much alike.";
    panel.show(risk, netLiquidation);
    QCOMPARE(words(panel, "risk_empty"), QStringLiteral("No regimes found in SPY.\nDays are too much alike."));
}

void RiskPanelsTest::aDayWithoutItsBeginningSaysSo()
{
    ui::AttributionPanel panel(context());
    auto risk = test::someRisk();
    risk->attribution.isWholeDay = false;
    panel.show(risk, netLiquidation);
    const auto says = [&](const QString& what) {
        const auto buttons = panel.findChildren<QAbstractButton*>();
        return std::ranges::any_of(buttons, [&](const QAbstractButton* button) { return button->text() == what; });
    };
    QVERIFY(says(QStringLiteral("Since 09:00")));
    QVERIFY(words(panel, "attribution_title").endsWith(QStringLiteral("since 09:00, New York")));
    risk = test::someRisk();
    risk->attribution.isWholeDay = true;
    panel.show(risk, netLiquidation);
    QVERIFY(says(QStringLiteral("Today")));
    QVERIFY(words(panel, "attribution_title").endsWith(QStringLiteral("since the previous close")));
}

void RiskPanelsTest::limitsOfOnesOwnAreSaid()
{
    ui::RiskPanel panel(context());
    QSignalSpy asked(&panel, &ui::Panel::limitsAsked);
    named<QPushButton>(panel, "risk_limits")->click();
    QCOMPARE(asked.size(), 1);
    const auto* const own = named<QLabel>(panel, "own_limits");
    QVERIFY(own->isHidden());
    vegadesk::risk::Limits limits;
    limits.leverage = 1;
    QVERIFY(desk::setOwnLimits(m_fixture->desk().settings(), risk::Tolerance::Moderate, limits, QStringLiteral("test"),
                               {}));
    QVERIFY(!own->isHidden());
    QVERIFY(m_fixture->desk().settings().setChoice(desk::setting::tolerance, QStringLiteral("low")));
    QVERIFY(own->isHidden());
}

QTEST_MAIN(RiskPanelsTest)
#include "risk_panels_test.moc"
