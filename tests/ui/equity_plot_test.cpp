#include "ui/plots/equity_plot.h"

#include <QTest>

using namespace vegadesk;

class EquityPlotTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void equityOfSeveralRuns();

private:
    ui::Theme m_theme;
};

void EquityPlotTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_theme.apply();
}

void EquityPlotTest::equityOfSeveralRuns()
{
    const auto run = [](double growth) {
        auto made = std::make_shared<desk::BacktestReport>();
        for (int day = 0; day < 30; ++day) {
            made->times.push_back(base::Instant(std::chrono::hours(24 * (20'000 + day))));
            made->equity.push_back(100'000 + growth * day);
            made->drawdown.push_back(-0.001 * (day % 7));
        }
        return made;
    };
    const auto first = run(100), second = run(-50);
    ui::EquityPlot plot(m_theme);
    plot.resize(600, 320);
    plot.setReports(second, {second, first});
    plot.show();
    QVERIFY(QTest::qWaitForWindowExposed(&plot));
    QCOMPARE(plot.graphCount(), 3); // equity, drawdown, the other run
    QVERIFY(plot.yAxis->range().contains(102'900));
    plot.setReports(first, {first});
    QCOMPARE(plot.graphCount(), 2);
    plot.setReports(nullptr, {});
    QCOMPARE(plot.graph(0)->dataCount(), 0);
}

QTEST_MAIN(EquityPlotTest)
#include "equity_plot_test.moc"
