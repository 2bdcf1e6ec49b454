#include "risk/limits.h"

#include <QtTest>

#include <limits>

using namespace vegadesk::risk;

class LimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void profiles_data()
    {
        QTest::addColumn<int>("tolerance");
        QTest::addColumn<QList<double>>("figures"); // largest position, no new risk, stop, leverage
        QTest::newRow("low") << int(Tolerance::Low) << QList<double>{0.10, 0.01, 0.02, 1.0};
        QTest::newRow("moderate") << int(Tolerance::Moderate) << QList<double>{0.25, 0.025, 0.05, 2.0};
        QTest::newRow("high") << int(Tolerance::High) << QList<double>{0.25, 0.04, 0.05, 2.0};
    }
    void profiles()
    {
        QFETCH(int, tolerance);
        QFETCH(QList<double>, figures);
        const Limits limits = limitsFor(Tolerance(tolerance));
        QCOMPARE(
            (QList<double>{limits.largestPosition, limits.dailyLossNoNewRisk, limits.dailyLossStop, limits.leverage}),
            figures);
        QVERIFY(checked(limits));
    }

    void capsHold_data()
    {
        QTest::addColumn<double>("position");
        QTest::addColumn<double>("noNewRisk");
        QTest::addColumn<double>("stop");
        QTest::addColumn<double>("leverage");
        QTest::addColumn<QString>("field");
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("at the caps") << 0.25 << 0.05 << 0.05 << 2.0 << "";
        QTest::newRow("position over") << 0.2501 << 0.025 << 0.05 << 2.0 << "largest position";
        QTest::newRow("stop over") << 0.25 << 0.025 << 0.0501 << 2.0 << "daily loss, stop";
        QTest::newRow("no new risk above the stop") << 0.25 << 0.04 << 0.03 << 2.0 << "daily loss, no new risk";
        QTest::newRow("leverage over") << 0.25 << 0.025 << 0.05 << 2.01 << "leverage";
        QTest::newRow("zero") << 0.0 << 0.025 << 0.05 << 2.0 << "largest position";
        QTest::newRow("negative") << 0.25 << 0.025 << 0.05 << -1.0 << "leverage";
        QTest::newRow("NaN") << 0.25 << 0.025 << 0.05 << nan << "leverage";
    }
    void capsHold()
    {
        QFETCH(double, position);
        QFETCH(double, noNewRisk);
        QFETCH(double, stop);
        QFETCH(double, leverage);
        QFETCH(QString, field);
        const auto result = checked({position, noNewRisk, stop, leverage});
        QCOMPARE(result ? QString() : QString::fromStdString(result.error().field), field);
    }
};

QTEST_APPLESS_MAIN(LimitsTest)
#include "limits_test.moc"
