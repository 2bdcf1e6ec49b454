#include "desk_fixture.h"
#include "find_in.h"
#include "no_warnings.h"
#include "ui/models/signal_words.h"
#include "ui/models/signals_model.h"
#include "ui/panels/signals.h"
#include "ui/theme/format.h"

#include <QComboBox>
#include <QProgressBar>
#include <QPushButton>
#include <QTableView>
#include <QTest>

using namespace vegadesk;
using test::named;
using test::words;
using ui::SignalSharesModel;
using ui::SignalsModel;

namespace
{

desk::SignalRow someModel(const std::string& name)
{
    desk::SignalRow row;
    row.name = name;
    row.target = "premium_pays";
    row.source = "sp500.csv.gz";
    row.trainedUntil = base::makeDate(2018, 12, 31);
    row.area = 0.512;
    row.areaLow = 0.428;
    row.areaHigh = 0.598;
    row.chance = 0.34;
    row.brier = 0.2;
    row.brierOfRate = 0.19;
    row.importance = {{"implied_rank", 0.5}, {"realised_21", 0.25}, {"weekday", 0}};
    row.today.underlying = "SPY";
    row.today.lastDay = base::makeDate(2026, 11, 25);
    row.today.session = base::makeDate(2026, 11, 27);
    row.today.probability = 0.625;
    row.today.gap = desk::SignalGap::None;
    return row;
}

std::shared_ptr<desk::SignalsView> someView()
{
    auto view = std::make_shared<desk::SignalsView>();
    view->folder = "/data/signals";
    view->isRead = true;
    desk::SignalRow broken;
    broken.name = "broken";
    broken.failure = "signal broken.signal: cut off";
    desk::SignalRow shown = someModel("shown");
    shown.isDemonstration = shown.hasSignal = true;
    shown.areaLow = 0.55;
    shown.chance = 0.01;
    view->rows = {broken, someModel("premium"), shown};
    return view;
}

} // namespace

class SignalsPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->theme().apply();
        m_panel = std::make_unique<ui::SignalsPanel>(m_fixture->context());
        m_panel->resize(900, 500);
        m_panel->show();
    }
    void cleanup()
    {
        m_panel.reset();
        m_fixture.reset();
    }

    void nothingThereSaysHowToTrainOne()
    {
        QTRY_VERIFY((m_panel->refresh(), m_fixture->desk().signalModels()->isRead));
        m_panel->refresh();
        const QString said = words(*m_panel, "signals_empty");
        QVERIFY2(said.contains(QStringLiteral("Train demonstration")), qPrintable(said));
        QVERIFY2(said.contains(QStringLiteral("vegadesk-cli signal train")), qPrintable(said));
        QVERIFY(named<QLabel>(*m_panel, "signals_empty")->isVisible());
        QVERIFY(named<QPushButton>(*m_panel, "signals_train")->isEnabled());
        QVERIFY(!named<QPushButton>(*m_panel, "signals_cancel")->isEnabled());
        QCOMPARE(named<QComboBox>(*m_panel, "signals_target")->count(), 3);
    }

    void modelsAreListed()
    {
        m_panel->draw(someView());
        QCOMPARE(cell(0, SignalsModel::NameColumn), QStringLiteral("broken"));
        QCOMPARE(cell(0, SignalsModel::VerdictColumn), QStringLiteral("cannot be read"));
        QCOMPARE(cell(0, SignalsModel::AreaColumn), QString());
        QCOMPARE(cell(1, SignalsModel::TargetColumn), QStringLiteral("Selling premium pays"));
        QCOMPARE(cell(1, SignalsModel::VerdictColumn), QStringLiteral("no signal"));
        QCOMPARE(cell(1, SignalsModel::AreaColumn), QStringLiteral("0.512"));
        QCOMPARE(cell(1, SignalsModel::IntervalColumn), QStringLiteral("0.428 to 0.598"));
        QCOMPARE(cell(1, SignalsModel::ChanceColumn), QStringLiteral("0.340"));
        QCOMPARE(cell(1, SignalsModel::TodayColumn), ui::percent(0.625));
        QCOMPARE(cell(2, SignalsModel::VerdictColumn), QStringLiteral("signal"));
    }

    void thePickedOneIsSaidInWords()
    {
        m_panel->draw(someView());
        QVERIFY(words(*m_panel, "signals_verdict").contains(QStringLiteral("cut off"))); // the first one
        QVERIFY(!named<QTableView>(*m_panel, "signals_shares")->isVisible());

        models()->selectRow(1);
        QCOMPARE(words(*m_panel, "signals_verdict"),
                 QStringLiteral("No signal was found: the interval includes 0.5, which is chance; shuffled answers did "
                                "as well in %1 of the draws.")
                     .arg(ui::percent(0.34, 0)));
        QVERIFY(!named<QLabel>(*m_panel, "signals_demonstration")->isVisible());
        QCOMPARE(words(*m_panel, "signals_today"),
                 QStringLiteral("SPY for 27 Nov 26: yes with %1, by days until 25 Nov 26").arg(ui::percent(0.625)));
        QVERIFY(test::allWords(*m_panel, "signals_facts").contains(QStringLiteral("0.512")));

        models()->selectRow(2);
        const QString said = words(*m_panel, "signals_verdict");
        QVERIFY2(said.startsWith(QStringLiteral("A signal was found")) && said.contains(QStringLiteral("base rate")),
                 qPrintable(said));
        QVERIFY(words(*m_panel, "signals_demonstration").contains(QStringLiteral("cannot be armed live")));
        QVERIFY(named<QLabel>(*m_panel, "signals_demonstration")->isVisible());
    }

    void thePickStaysWithItsModel()
    {
        const auto view = someView();
        m_panel->draw(view);
        models()->selectRow(2);
        const auto fewer = std::make_shared<desk::SignalsView>(*view);
        fewer->rows.erase(fewer->rows.begin());
        m_panel->draw(fewer);
        QCOMPARE(models()->currentIndex().row(), 1);
        QVERIFY(named<QLabel>(*m_panel, "signals_demonstration")->isVisible());
    }

    void importanceIsDrawnAsBars()
    {
        m_panel->draw(someView());
        models()->selectRow(1);
        const auto* const shares = named<QTableView>(*m_panel, "signals_shares")->model();
        QCOMPARE(shares->rowCount(), 2); // no split used the third
        const auto at = [shares](int row, int column, int role) { return shares->index(row, column).data(role); };
        QCOMPARE(at(0, SignalSharesModel::FeatureColumn, Qt::DisplayRole).toString(),
                 QStringLiteral("rank of implied in a year"));
        QCOMPARE(at(0, SignalSharesModel::BarColumn, SignalSharesModel::barRole).toDouble(), 1.0);
        QCOMPARE(at(1, SignalSharesModel::BarColumn, SignalSharesModel::barRole).toDouble(), 0.5);
        QCOMPARE(at(1, SignalSharesModel::ShareColumn, Qt::DisplayRole).toString(), ui::percent(0.25));
    }

    void whyThereIsNoProbabilityIsSaid()
    {
        desk::SignalToday today = someModel("premium").today;
        today.gap = desk::SignalGap::NoDays;
        QVERIFY(ui::signalTodayText(today).contains(QStringLiteral("no daily bars of SPY")));
        today.gap = desk::SignalGap::InSample;
        QVERIFY(ui::signalTodayText(today).contains(QStringLiteral("trained on that day")));
        today.gap = desk::SignalGap::Missing;
        today.missing = {"term_slope", "skew", "skew_score", "skew_change_5"};
        QVERIFY(ui::signalTodayText(today).endsWith(QStringLiteral(
            "do not tell slope of the term structure, skew of 25-delta options, skew in its year's deviations and "
            "more.")));
        today.gap = desk::SignalGap::Failed;
        today.why = "date out of order";
        QVERIFY(ui::signalTodayText(today).contains(QStringLiteral("date out of order")));
    }

    void everyQuestionHasItsWords()
    {
        for (const std::string& target : desk::signalTargets())
            QVERIFY2(!ui::signalQuestion(target).isEmpty(), target.c_str());
    }

    void aTrainingShowsHowFarItIs()
    {
        const auto view = someView();
        view->training = {desk::SignalTraining::State::Running, "demonstration_premium_pays", 0.4, {}};
        m_panel->draw(view);
        QCOMPARE(named<QProgressBar>(*m_panel, "signals_progress")->value(), 400);
        QVERIFY(named<QProgressBar>(*m_panel, "signals_progress")->isVisible());
        QVERIFY(!named<QPushButton>(*m_panel, "signals_train")->isEnabled());
        QVERIFY(named<QPushButton>(*m_panel, "signals_cancel")->isEnabled());
        QVERIFY(words(*m_panel, "signals_message").contains(QStringLiteral("demonstration_premium_pays")));

        const auto failed = someView();
        failed->training = {desk::SignalTraining::State::Failed, "demonstration_premium_pays", 0.4, "no XGBoost"};
        m_panel->draw(failed);
        QVERIFY(words(*m_panel, "signals_message").contains(QStringLiteral("no XGBoost")));
        QVERIFY(named<QPushButton>(*m_panel, "signals_train")->isEnabled());
        QVERIFY(!named<QProgressBar>(*m_panel, "signals_progress")->isVisible());
    }

    void theButtonsTrainAndCancel()
    {
        named<QPushButton>(*m_panel, "signals_train")->click();
        QVERIFY(m_fixture->desk().signalModels()->training.isRunning());
        QVERIFY(!named<QPushButton>(*m_panel, "signals_train")->isEnabled());
        named<QPushButton>(*m_panel, "signals_cancel")->click();
        QVERIFY(!named<QPushButton>(*m_panel, "signals_cancel")->isEnabled());
        // Where the plugin was not built, that is said in its place.
        QTRY_VERIFY_WITH_TIMEOUT((m_panel->refresh(), !m_fixture->desk().signalModels()->training.isRunning()), 60'000);
        QVERIFY(!words(*m_panel, "signals_message").isEmpty());
    }

    void theLeastSizeFitsTheWorkspace()
    {
        m_panel->draw(someView());
        const QSize least = m_panel->minimumSizeHint();
        QVERIFY2(least.width() <= 400 && least.height() <= 260,
                 qPrintable(QStringLiteral("%1x%2").arg(least.width()).arg(least.height())));
    }

private:
    QTableView* models() const { return named<QTableView>(*m_panel, "signals_models"); }
    QString cell(int row, int column) const { return models()->model()->index(row, column).data().toString(); }

    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<ui::SignalsPanel> m_panel;
};

QTEST_MAIN(SignalsPanelTest)
#include "signals_test.moc"
