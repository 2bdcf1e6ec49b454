#include "desk_fixture.h"
#include "ui/dialogs/backtest_dialog.h"
#include "ui/dialogs/backtest_form.h"
#include "ui/dialogs/run_settings_form.h"
#include "ui/dialogs/sweep_dialog.h"
#include "ui/dialogs/sweep_form.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

#include <cmath>
#include <memory>

using namespace vegadesk;

/// What a backtest is asked for with, before it runs.
class BacktestFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backtestFormFollowsTheStrategy();
    void backtestCapitalIsTheStrategysUntilItIsChanged();
    void backtestNamesTheFieldThatIsWrong();
    void aSignalIsAskedForWithItsBounds();
    void formsAreNoWiderThanTheirSide_data();
    void formsAreNoWiderThanTheirSide();
};

void BacktestFormTest::backtestFormFollowsTheStrategy()
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

void BacktestFormTest::backtestCapitalIsTheStrategysUntilItIsChanged()
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

void BacktestFormTest::backtestNamesTheFieldThatIsWrong()
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

void BacktestFormTest::aSignalIsAskedForWithItsBounds()
{
    test::DeskFixture fixture;
    ui::BacktestForm backtest(fixture.desk());
    ui::SweepForm sweep(fixture.desk());
    for (QWidget* const form : {static_cast<QWidget*>(&backtest), static_cast<QWidget*>(&sweep)}) {
        const auto fault = [&] { return form == &sweep ? sweep.fault() : backtest.firstFault(); };
        form->findChild<QComboBox*>(QStringLiteral("signal_name"))->setCurrentText(QStringLiteral("calm"));
        QVERIFY2(fault().startsWith(QStringLiteral("Signal:")), qPrintable(fault()));
        form->findChild<QDoubleSpinBox*>(QStringLiteral("signal_least"))->setValue(55);
        QCOMPARE(fault(), QString());
    }
    QCOMPARE(backtest.request().signal.name, std::string("calm"));
    QCOMPARE(backtest.request().signal.least, 0.55);
    QVERIFY(std::isnan(backtest.request().signal.most));
    ui::RunSettingsForm settings("run", fixture.desk());
    desk::BacktestRequest request;
    settings.fill(request);
    QVERIFY(request.signal.name.empty());
}

void BacktestFormTest::formsAreNoWiderThanTheirSide_data()
{
    QTest::addColumn<bool>("isSweep");
    QTest::newRow("backtest") << false;
    QTest::newRow("sweep") << true;
}

/// They are not scrolled sideways: what is too wide is out of reach.
void BacktestFormTest::formsAreNoWiderThanTheirSide()
{
    QFETCH(const bool, isSweep);
    test::DeskFixture fixture;
    std::unique_ptr<QWidget> dialog;
    if (isSweep)
        dialog = std::make_unique<ui::SweepDialog>(fixture.context());
    else
        dialog = std::make_unique<ui::BacktestDialog>(fixture.context());
    dialog->show();
    const auto* const form =
        isSweep ? static_cast<QWidget*>(dialog->findChild<ui::SweepForm*>()) : dialog->findChild<ui::BacktestForm*>();
    QVERIFY(form && form->parentWidget());
    QVERIFY2(
        form->minimumSizeHint().width() <= form->parentWidget()->width(),
        qPrintable(QStringLiteral("%1 in %2").arg(form->minimumSizeHint().width()).arg(form->parentWidget()->width())));
}

QTEST_MAIN(BacktestFormTest)
#include "backtest_form_test.moc"
