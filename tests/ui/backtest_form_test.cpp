#include "desk_fixture.h"
#include "ui/dialogs/backtest_dialog.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QTest>

using namespace vegadesk;

/// What a backtest is asked for with, before it runs.
class BacktestFormTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void backtestFormFollowsTheStrategy();
    void backtestCapitalIsTheStrategysUntilItIsChanged();
    void backtestNamesTheFieldThatIsWrong();
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

QTEST_MAIN(BacktestFormTest)
#include "backtest_form_test.moc"
