#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/dialogs/alert_rules_dialog.h"
#include "ui/main_window.h"
#include "ui/models/alert_rules_model.h"
#include "ui/models/alert_words.h"
#include "ui/models/alerts_model.h"
#include "ui/notice_area.h"
#include "ui/notifier.h"
#include "ui/panels/alerts.h"
#include "ui/panels/risk.h"
#include "ui/panels/risk_gauge.h"
#include "ui/panels/watchlist.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>
#include <QToolButton>

using namespace vegadesk;
using namespace vegadesk::ui;
using monitoring::AlertRule;

namespace
{

/// Writes down what it is told.
class FakeNotifier : public Notifier
{
public:
    using Notifier::Notifier;
    void show(const QString&, const QString& text) override { shown << text; }
    void playSound() override { ++sounds; }
    QStringList shown;
    int sounds = 0;
};

AlertRule rule(std::string measure, double threshold, std::string subject = {})
{
    AlertRule made;
    made.measure = std::move(measure);
    made.subject = std::move(subject);
    made.threshold = threshold;
    return made;
}

template<class Kind>
Kind* part(const QWidget& of, const char* name)
{
    return of.findChild<Kind*>(QString::fromLatin1(name));
}

} // namespace

class AlertsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->theme().apply();
    }

    void thePanelListsWhatWasSaid()
    {
        AlertsPanel panel(m_fixture->context());
        panel.refresh();
        QVERIFY(part<QLabel>(panel, "alerts_empty")->text().contains(QStringLiteral("Alert me when")));
        QVERIFY(!part<QPushButton>(panel, "alerts_seen")->isEnabled());
        QVERIFY(panel.titleCount().isEmpty());

        desk::AlertsView view = *desk().alerts();
        AlertRule watched = rule("daily_loss", 0.03);
        watched.id = "1";
        view.rules = {watched};
        const base::Instant at = base::parseInstant("2026-11-27T15:00:05Z").value();
        view.lines = {{3, at, desk::NoticeLevel::Warning, "1", "Daily loss: 3.1 %, above 3.0 %.", false},
                      {2, at, desk::NoticeLevel::Warning, "", "1 short SPY will be assigned.", true},
                      {1, at, desk::NoticeLevel::Warning, "9", "Leverage: 1.90, above 1.80.", true}};
        view.unseen = 1;
        panel.draw(view);
        const QAbstractItemModel& model = *part<QTableView>(panel, "alerts_view")->model();
        const auto cell = [&model](int row, int column) { return model.index(row, column).data().toString(); };
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(cell(0, AlertsModel::TimeColumn), QStringLiteral("● 27 Nov 10:00:05"));
        QCOMPARE(cell(0, AlertsModel::RuleColumn), QStringLiteral("Daily loss above 3.0\u2009%"));
        QVERIFY(!cell(1, AlertsModel::TimeColumn).contains(u'●'));
        QVERIFY(!cell(1, AlertsModel::RuleColumn).isEmpty() && cell(1, 2) != cell(2, 2));
        QVERIFY(part<QPushButton>(panel, "alerts_seen")->isEnabled());
        part<QPushButton>(panel, "alerts_copy")->click();
        const QStringList copied = QApplication::clipboard()->text().split(QLatin1Char('\n'));
        QCOMPARE(copied.size(), 3);
        QCOMPARE(copied.front(), QStringLiteral("27 Nov 2026 10:00:05\tDaily loss: 3.1 %, above 3.0 %."));
    }

    void thresholdsAreTypedInTheirUnit()
    {
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        QVERIFY(!part<QDoubleSpinBox>(dialog, "alert_threshold")->isEnabled()); // no row yet
        dialog.add(rule("value_at_risk", 0.012));
        auto* const threshold = part<QDoubleSpinBox>(dialog, "alert_threshold");
        QCOMPARE(threshold->value(), 1.2);
        QVERIFY(threshold->suffix().contains(u'%'));
        threshold->setValue(1.75);
        dialog.accept();
        QCOMPARE(dialog.result(), static_cast<int>(QDialog::Accepted));
        QCOMPARE(desk().alerts()->rules.size(), 1U);
        QCOMPARE(desk().alerts()->rules.front().threshold, 0.0175);
        QVERIFY(!desk().alerts()->rules.front().id.empty());
    }

    void whatCannotBeKeptIsSaidAtItsRow_data()
    {
        QTest::addColumn<QString>("measure");
        QTest::addColumn<QString>("subject");
        QTest::addColumn<double>("threshold");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("too large") << "daily_loss"
                                   << "" << 1.5 << QStringList{"threshold", "150.0", "0.0", "100.0"};
        QTest::newRow("too small") << "leverage"
                                   << "" << -1.0 << QStringList{"threshold", "0.00x", "100.00x"};
        QTest::newRow("no symbol") << "price"
                                   << "" << 650.0 << QStringList{"symbol", "Price"};
        QTest::newRow("no number") << "vega"
                                   << "" << desk::unknown << QStringList{"threshold", "Vega"}.mid(0, 1);
    }
    void whatCannotBeKeptIsSaidAtItsRow()
    {
        QFETCH(QString, measure);
        QFETCH(QString, subject);
        QFETCH(double, threshold);
        QFETCH(QStringList, words);
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        dialog.add(rule(measure.toStdString(), threshold, subject.toStdString()));
        dialog.add(rule("leverage", 1));
        const QString calm = part<QLabel>(dialog, "alert_problem")->text();
        QVERIFY2(calm.isEmpty(), qPrintable(calm));
        dialog.accept();
        QVERIFY(dialog.result() != QDialog::Accepted);
        QVERIFY(desk().alerts()->rules.empty());
        auto* const view = part<QTableView>(dialog, "alert_rules_view");
        QCOMPARE(view->currentIndex().row(), 0);
        const QString said = part<QLabel>(dialog, "alert_problem")->text();
        for (const QString& word : words)
            QVERIFY2(said.contains(word), qPrintable(said));
        QVERIFY(view->model()->index(0, AlertRulesModel::MeasureColumn).data().toString().startsWith(u'▲'));
        // Mended, both are kept.
        part<QLineEdit>(dialog, "alert_symbol")->setText(measure == QStringLiteral("price") ? "spy" : "");
        part<QDoubleSpinBox>(dialog, "alert_threshold")->setValue(50);
        dialog.accept();
        QCOMPARE(desk().alerts()->rules.size(), 2U);
        if (measure == QStringLiteral("price"))
            QCOMPARE(desk().alerts()->rules.front().subject, std::string("SPY"));
    }

    void rulesAreChangedCopiedAndDeleted()
    {
        QVERIFY(desk().setAlertRules({rule("price", 650, "SPY"), rule("leverage", 1)}));
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        auto* const view = part<QTableView>(dialog, "alert_rules_view");
        QVERIFY(view->model()->setData(view->model()->index(1, AlertRulesModel::SoundColumn), Qt::Checked,
                                       Qt::CheckStateRole));
        view->selectRow(0);
        part<QPushButton>(dialog, "alert_duplicate")->click();
        part<QComboBox>(dialog, "alert_when")->setCurrentIndex(1);
        view->selectRow(0);
        part<QPushButton>(dialog, "alert_delete")->click();
        dialog.accept();
        const auto rules = desk().alerts()->rules;
        QCOMPARE(rules.size(), 2U);
        QCOMPARE(rules[0].measure, std::string("leverage"));
        QVERIFY(rules[0].playsSound);
        QCOMPARE(rules[1].subject, std::string("SPY"));
        QVERIFY(!rules[1].isAbove);
        AlertRulesDialog again(desk(), m_fixture->theme());
        part<QPushButton>(again, "alert_delete")->click();
        again.reject(); // nothing is kept
        QCOMPARE(desk().alerts()->rules.size(), 2U);
    }

    void anotherMeasureBeginsWithAThresholdOfItsOwn()
    {
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        dialog.add(rule("price", 650, "SPY"));
        auto* const measure = part<QComboBox>(dialog, "alert_measure");
        measure->setCurrentIndex(measure->findData(QStringLiteral("daily_loss")));
        QVERIFY(!part<QLineEdit>(dialog, "alert_symbol")->isEnabled());
        QVERIFY(part<QDoubleSpinBox>(dialog, "alert_threshold")->value() <= 100);
        QVERIFY(part<QLabel>(dialog, "alert_problem")->text().isEmpty());
        dialog.accept();
        QVERIFY(desk().alerts()->rules.front().subject.empty());
    }

    void suggestionsFollowTheLimitsAndAddOnlyWhatIsMissing()
    {
        const std::vector<desk::Gauge> gauges{{"daily_loss", 0, 0.03, false, {}}, {"leverage", 0, 1, true, {}}};
        const auto suggested = suggestedAlertRules(gauges);
        QCOMPARE(suggested[0].threshold, 0.018);
        QCOMPARE(suggested[1].threshold, 0.8);
        QVERIFY(desk().setAlertRules({rule("daily_loss", 0.01)}));
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        for (int twice = 0; twice < 2; ++twice)
            part<QPushButton>(dialog, "alert_suggest")->click();
        dialog.accept();
        QCOMPARE(desk().alerts()->rules.size(), suggested.size());
        QCOMPARE(desk().alerts()->rules.front().threshold, 0.01);
    }

    void theWebhookIsNoPlainText()
    {
        AlertRulesDialog dialog(desk(), m_fixture->theme());
        auto* const address = part<QLineEdit>(dialog, "webhook_address");
        auto* const outcome = part<QLabel>(dialog, "webhook_outcome");
        address->setText(QStringLiteral("mail me"));
        part<QPushButton>(dialog, "webhook_keep")->click();
        QVERIFY(outcome->text().contains(QStringLiteral("http")));
        address->setText(QStringLiteral("http://127.0.0.1:1/secret"));
        part<QPushButton>(dialog, "webhook_keep")->click();
        QVERIFY(address->text().isEmpty());
        QVERIFY(part<QLabel>(dialog, "webhook_state")->text().contains(QStringLiteral("127.0.0.1")));
        QVERIFY(!part<QLabel>(dialog, "webhook_state")->text().contains(QStringLiteral("secret")));
        part<QPushButton>(dialog, "webhook_test")->click(); // nobody is there
        QTRY_VERIFY_WITH_TIMEOUT(outcome->text().startsWith(u'▲'), 30'000);
        part<QPushButton>(dialog, "webhook_forget")->click();
        QVERIFY(desk().alerts()->webhook.empty());
        QVERIFY(!part<QPushButton>(dialog, "webhook_test")->isEnabled());
    }

    void alertsAreHeardWhereTheyWantToBe()
    {
        MainWindow window(desk(), m_fixture->theme());
        window.show();
        const desk::AlertLine line{1, {}, desk::NoticeLevel::Warning, "1", "Leverage: 1.90, above 1.80.", false};
        Q_EMIT desk().alerted(line, true, true); // nobody to tell but the window
        QCOMPARE(window.notices().count(), 1);
        FakeNotifier notifier;
        window.setNotifier(&notifier);
        Q_EMIT desk().alerted(line, true, false);
        QCOMPARE(notifier.shown, QStringList{QString::fromStdString(line.text)});
        QCOMPARE(notifier.sounds, 0);
        Q_EMIT desk().alerted(line, false, true);
        QCOMPARE(notifier.shown.size(), 1);
        QCOMPARE(notifier.sounds, 1);
        // Both ways lead to the list.
        QDockWidget* const dock = window.dock(QStringLiteral("alerts"));
        dock->hide();
        part<QToolButton>(window, "notice_action")->click();
        QVERIFY(!dock->isHidden());
        QCOMPARE(window.notices().count(), 0);
        dock->hide();
        Q_EMIT notifier.clicked();
        QVERIFY(!dock->isHidden());
    }

    void panelsLeadToAPrefilledRule()
    {
        MainWindow window(desk(), m_fixture->theme());
        window.show();
        auto* const risk = static_cast<RiskPanel*>(window.panel(QStringLiteral("risk")));
        desk::TradingView trading;
        trading.gauges = {{"leverage", 0.5, 2, true, {}}, {"margin", 0.1, 0.5, false, {}}};
        risk->draw(trading);
        const auto gauges = risk->findChildren<RiskGauge*>();
        QCOMPARE(gauges.size(), 2);
        Q_EMIT gauges[1]->customContextMenuRequested({}); // no rule watches it
        QVERIFY(!risk->findChild<QMenu*>());
        Q_EMIT gauges[0]->customContextMenuRequested({});
        auto* const menu = risk->findChild<QMenu*>();
        QVERIFY(menu);
        menu->actions().front()->trigger();
        menu->close();
        auto* const dialog = window.findChild<AlertRulesDialog*>();
        QVERIFY(dialog);
        QCOMPARE(part<QComboBox>(*dialog, "alert_measure")->currentData().toString(), QStringLiteral("leverage"));
        QCOMPARE(part<QDoubleSpinBox>(*dialog, "alert_threshold")->value(), 1.2); // where the gauge turns amber
        // The second goes to the same dialog.
        Q_EMIT risk->alertAsked(rule("price", 650, "SPY"));
        QCOMPARE(window.findChildren<AlertRulesDialog*>().size(), 1);
        QCOMPARE(part<QTableView>(*dialog, "alert_rules_view")->model()->rowCount(), 2);
        QCOMPARE(part<QLineEdit>(*dialog, "alert_symbol")->text(), QStringLiteral("SPY"));
    }

private:
    desk::Desk& desk() { return m_fixture->desk(); }
    std::unique_ptr<test::DeskFixture> m_fixture;
};

QTEST_MAIN(AlertsTest)
#include "alerts_test.moc"
