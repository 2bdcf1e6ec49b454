#include "learning/signals/history_table.h"

#include "history/market_generator.h"
#include "learning_signals/made_markets.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::learning::market_signals;

class HistoryTableTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const char* name, const QByteArray& text)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("the file cannot be written");
        return file.fileName().toStdString();
    }

private Q_SLOTS:
    void joinsBarsAndVolatilitiesByDate()
    {
        const std::string bars =
            write("bars.csv", "date,open,high,low,close\n2001-01-02,10,12,9,11\n2001-01-03,11,11,10,10.5\n");
        const std::string volatilities = write("vix.csv", "date,close\n2001-01-03,25\n2001-01-04,26\n");
        const auto table = readDailyFiles(bars, volatilities);
        QVERIFY(table);
        QCOMPARE(table->source, std::string("bars.csv with vix.csv"));
        QCOMPARE(table->days.size(), std::size_t{2});
        QVERIFY(std::isnan(table->days[0].implied)); // a day without one is not made up
        QCOMPARE(table->days[1].implied, 0.25);
        QCOMPARE(table->days[0].high, 12.0);
        QVERIFY(!table->isGenerated && table->knows(&HistoryDay::high) && !table->knows(&HistoryDay::skew));
    }

    void namesWhatIsWrongInAFile_data()
    {
        QTest::addColumn<QByteArray>("bars");
        QTest::addColumn<QByteArray>("volatilities");
        QTest::addColumn<QString>("named");
        const QByteArray good = "date,close\n2001-01-03,25\n";
        QTest::newRow("close") << QByteArray("date,close\n2001-01-02,0\n") << good << "close of 2001-01-02";
        QTest::newRow("order") << QByteArray("date,close\n2001-01-03,5\n2001-01-02,5\n") << good << "line 3";
        QTest::newRow("range") << QByteArray("date,open,high,low,close\n2001-01-02,10,10.5,9,11\n") << good
                               << "high and low";
        QTest::newRow("column") << QByteArray("day,close\n2001-01-02,1\n") << good << "header";
        QTest::newRow("volatility") << QByteArray("date,close\n2001-01-02,1\n")
                                    << QByteArray("date,close\n2001-01-03,-1\n") << "close";
    }
    void namesWhatIsWrongInAFile()
    {
        QFETCH(const QByteArray, bars);
        QFETCH(const QByteArray, volatilities);
        QFETCH(const QString, named);
        const auto refused = readDailyFiles(write("a.csv", bars), write("b.csv", volatilities));
        QVERIFY(!refused);
        const QString message = QString::fromStdString(refused.error().message());
        QVERIFY2(message.contains(named), qPrintable(message));
    }

    void generatedHistorySaysSo()
    {
        const auto table = generatedHistory("SPY", base::makeDate(2020, 1, 2), base::makeDate(2020, 3, 31), 7);
        QVERIFY(table);
        QVERIFY(table->isGenerated && table->source.find("seed 7") != std::string::npos);
        QVERIFY(table->days.size() > 55 && table->knows(&HistoryDay::implied) && !table->knows(&HistoryDay::skew));
        QVERIFY(!generatedHistory("NOSUCH", base::makeDate(2020, 1, 2), base::makeDate(2020, 3, 31), 7));
        QVERIFY(!generatedHistory("SPY", base::makeDate(2020, 1, 2), base::makeDate(2019, 3, 31), 7));
    }

    void chainsKnowTermStructureAndSkew()
    {
        const auto source =
            history::GeneratedChainSource::make("AAPL", base::makeDate(2020, 1, 2), base::makeDate(2020, 1, 10), 7);
        QVERIFY(source);
        const auto table = tableOfChains(**source);
        QVERIFY(table);
        QCOMPARE(table->days.size(), std::size_t{7});
        const std::vector<history::DailyClose> closes =
            (*source)->closes(base::makeDate(2020, 1, 2), base::makeDate(2020, 1, 10));
        for (std::size_t at = 0; at < closes.size(); ++at) {
            const HistoryDay& day = table->days[at];
            QCOMPARE(day.close, closes[at].close);
            QVERIFY(std::abs(day.implied - closes[at].impliedVolatility) < 0.03);
            QVERIFY(day.impliedLonger > 0);
            QVERIFY(day.skew > 0.005 && day.skew < 0.2); // puts cost more in the simulated market
        }
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(tableOfChains(**source, stop.get_token()).error().kind == base::ErrorKind::Cancelled);
    }

    void hashSeesEveryFigure()
    {
        HistoryTable table = tests::noiseMarket(20, 1);
        const std::string before = hashOf(table);
        QCOMPARE(hashOf(table), before);
        table.days[7].implied += 1e-9;
        QVERIFY(hashOf(table) != before);
    }
};

QTEST_GUILESS_MAIN(HistoryTableTest)
#include "history_table_test.moc"
