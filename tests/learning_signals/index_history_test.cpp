#include "learning/signals/training.h"

#include <QFileInfo>
#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

/// What can be learnt from the S&P 500 and the VIX. The figures are not pinned: that a report is made, and that its verdict follows
/// from its figures, is.
class IndexHistoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reportsOnTheIndex_data()
    {
        QTest::addColumn<int>("target");
        QTest::newRow("realised above implied") << static_cast<int>(Target::VolatilityBeatsImplied);
        QTest::newRow("premium pays") << static_cast<int>(Target::PremiumPays);
    }
    void reportsOnTheIndex()
    {
        QFETCH(const int, target);
        const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/index_history/");
        const QString bars = folder + "sp500_daily_1999_2018.csv.gz",
                      volatilities = folder + "vix_daily_1990_2019.csv.gz";
        if (!QFileInfo::exists(bars) || !QFileInfo::exists(volatilities))
            QSKIP("no ../shared/data/index_history beside the source tree");
        const auto table = readDailyFiles(bars.toStdString(), volatilities.toStdString());
        QVERIFY2(table, table ? "" : table.error().message().c_str());
        const auto trained = trainSignal(*table, static_cast<Target>(target), {});
        QVERIFY2(trained, trained ? "" : trained.error().message().c_str());
        const SignalReport& report = trained->report;
        qInfo("%s", verdictOf(report).c_str());
        QVERIFY(!report.isDemonstration && report.examples > 3000);
        QVERIFY(report.first > base::makeDate(2000, 1, 1) && report.last < base::makeDate(2019, 1, 1));
        QVERIFY(report.evidence.low <= report.evidence.area && report.evidence.area <= report.evidence.high);
        QCOMPARE(hasSignal(report), report.evidence.low > 0.5 && report.evidence.chance <= 0.05);
        QCOMPARE(verdictOf(report).starts_with("No signal was found"), !hasSignal(report));
    }

    void knowsNoSkew()
    {
        const QString folder = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/index_history/");
        if (!QFileInfo::exists(folder + "sp500_daily_1999_2018.csv.gz"))
            QSKIP("no ../shared/data/index_history beside the source tree");
        const auto table = readDailyFiles((folder + "sp500_daily_1999_2018.csv.gz").toStdString(),
                                          (folder + "vix_daily_1990_2019.csv.gz").toStdString());
        QVERIFY(table);
        QVERIFY(!trainSignal(*table, Target::SkewReverts, {}));
    }
};

QTEST_GUILESS_MAIN(IndexHistoryTest)
#include "index_history_test.moc"
