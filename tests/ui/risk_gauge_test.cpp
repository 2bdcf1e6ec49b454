#include "ui/panels/risk_gauge.h"

#include "ui/theme/format.h"

#include <QTest>

using namespace vegadesk;

class RiskGaugeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void gaugeLevels_data();
    void gaugeLevels();
    void everyGaugeSaysWhatItMeasures_data();
    void everyGaugeSaysWhatItMeasures();
    void aFigureWithoutALimitIsShown();

private:
    ui::Theme m_theme;
};

void RiskGaugeTest::initTestCase()
{
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".?")));
    m_theme.apply();
}

void RiskGaugeTest::gaugeLevels_data()
{
    using Level = ui::RiskGauge::Level;
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("limit");
    QTest::addColumn<int>("level");
    const auto row = [](const char* name, double value, double limit, Level level) {
        QTest::newRow(name) << value << limit << static_cast<int>(level);
    };
    row("nothing used", 0, 0.05, Level::Calm);
    row("a gain uses nothing", -0.04, 0.05, Level::Calm);
    row("just under 60 %", 0.599, 1, Level::Calm);
    row("60 %", 0.6, 1, Level::Near);
    row("just under 90 %", 1.799, 2, Level::Near);
    row("90 %", 1.8, 2, Level::Full);
    row("over the limit", 3, 2, Level::Full);
    row("value not known", desk::unknown, 2, Level::Unknown);
    row("no limit", 1, 0, Level::Unknown);
}

void RiskGaugeTest::gaugeLevels()
{
    QFETCH(const double, value);
    QFETCH(const double, limit);
    QFETCH(const int, level);
    ui::RiskGauge gauge(m_theme);
    gauge.setGauge({"leverage", value, limit, true, {}});
    QCOMPARE(static_cast<int>(gauge.level()), level);
}

void RiskGaugeTest::everyGaugeSaysWhatItMeasures_data()
{
    QTest::addColumn<QString>("id");
    for (const char* const id : {"daily_loss", "leverage", "largest_position", "buying_power", "margin",
                                 "value_at_risk", "expected_shortfall", "stress"})
        QTest::newRow(id) << QString::fromLatin1(id);
}

void RiskGaugeTest::everyGaugeSaysWhatItMeasures()
{
    QFETCH(const QString, id);
    desk::Gauge shown{id.toStdString(), 0.012, 0.02, false, {}};
    QVERIFY2(ui::RiskGauge::nameOf(shown) != id, "a word of the window's");
    ui::RiskGauge gauge(m_theme);
    gauge.setGauge(shown);
    QVERIFY(gauge.toolTip().contains(ui::RiskGauge::helpOf(shown)));
    QVERIFY(!ui::RiskGauge::helpOf(shown).isEmpty());
    QVERIFY2(gauge.toolTip().contains(ui::percent(0.6, 0)), qPrintable(gauge.toolTip()));
    for (const QString& words : {ui::percent(0.012), ui::percent(0.02, 0), ui::percent(0.008)})
        QVERIFY2(gauge.accessibleDescription().contains(words), qPrintable(gauge.accessibleDescription()));
}

void RiskGaugeTest::aFigureWithoutALimitIsShown()
{
    ui::RiskGauge gauge(m_theme);
    gauge.setGauge({"expected_shortfall", 0.0133, desk::unknown, false, {}});
    QVERIFY(gauge.accessibleDescription().contains(ui::percent(0.0133)));
    QVERIFY(gauge.accessibleDescription().contains(QStringLiteral("no limit")));
    gauge.setGauge({"expected_shortfall", desk::unknown, desk::unknown, false, {}});
    QVERIFY(gauge.accessibleDescription().contains(QStringLiteral("not known")));
}

QTEST_MAIN(RiskGaugeTest)
#include "risk_gauge_test.moc"
