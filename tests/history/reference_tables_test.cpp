#include "history/reference_tables.h"

#include "history/importers.h"
#include "market/calendar.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using base::makeDate;

namespace
{

const QString sharedData = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/");

constexpr const char* volatilityHeader = "spot,days,zero_rate_act365,div_yield,strike,implied_vol\n";
constexpr const char* optionHeader = "Expiration,Days,Strike,Call Bid,Call Ask,Put Bid,Put Ask\n";

std::string write(const QTemporaryDir& folder, const char* file, const QByteArray& text)
{
    QFile out(folder.filePath(QString::fromLatin1(file)));
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
    return folder.filePath(QString::fromLatin1(file)).toStdString();
}

} // namespace

class ReferenceTablesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsVolatilities()
    {
        const QTemporaryDir folder;
        const auto rows =
            history::readVolatilityTable(write(folder, "vols.csv",
                                               QByteArray(volatilityHeader) + "100,73,0.05,0.01,110,0.22\n"
                                                                              "100,30,0.04,0.01,90,0.3\n"
                                                                              "100,73,0.05,0.01,90,0.25\n"));
        QVERIFY2(rows, rows ? "" : rows.error().message().c_str());
        QCOMPARE(rows->size(), std::size_t{2});
        QCOMPARE((*rows)[0].days, 30);
        QCOMPARE((*rows)[1].strikes, (std::vector<double>{90, 110}));
        QCOMPARE((*rows)[1].vols, (std::vector<double>{0.25, 0.22}));
        QCOMPARE((*rows)[1].forward(), 100 * std::exp(0.04 * 0.2));
        QCOMPARE((*rows)[1].discount(), std::exp(-0.05 * 0.2));
    }

    void refusesVolatilities_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("field");
        QTest::newRow("spot") << QByteArray("0,30,0.04,0.01,90,0.3\n") << "spot";
        QTest::newRow("no days") << QByteArray("100,0,0.04,0.01,90,0.3\n") << "days";
        QTest::newRow("half days") << QByteArray("100,1.5,0.04,0.01,90,0.3\n") << "days";
        QTest::newRow("no end of days") << QByteArray("100,1e12,0.04,0.01,90,0.3\n") << "days";
        QTest::newRow("strike") << QByteArray("100,30,0.04,0.01,-90,0.3\n") << "strike";
        QTest::newRow("vol") << QByteArray("100,30,0.04,0.01,90,0\n") << "implied_vol";
        QTest::newRow("vol beyond all") << QByteArray("100,30,0.04,0.01,90,1e12\n") << "implied_vol";
        QTest::newRow("vol under all") << QByteArray("100,30,0.04,0.01,90,0.0009\n") << "implied_vol";
        QTest::newRow("text") << QByteArray("100,30,0.04,0.01,90,high\n") << "implied_vol";
        QTest::newRow("twice") << QByteArray("100,30,0.04,0.01,80,0.3\n") << "strike";
    }
    void refusesVolatilities()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, field);
        const QTemporaryDir folder;
        const std::string path =
            write(folder, "vols.csv", QByteArray(volatilityHeader) + "100,30,0.04,0.01,80,0.3\n" + line);
        const auto rows = history::readVolatilityTable(path);
        QVERIFY(!rows);
        QCOMPARE(QString::fromStdString(rows.error().field), QString::fromStdString(path) + " line 3 " + field);
    }

    void choosesAnUnderlying()
    {
        const QTemporaryDir folder;
        const QByteArray rows = "DAX,4000,30,0.04,0.01,4000,0.3\nSPX,1000,30,0.04,0.01,1000,0.2\n";
        const std::string both = write(folder, "vols.csv", QByteArray("underlying,") + volatilityHeader + rows);
        const auto spx = history::readVolatilityTable(both, "SPX");
        QVERIFY2(spx, spx ? "" : spx.error().message().c_str());
        QCOMPARE(spx->size(), std::size_t{1});
        QCOMPARE(spx->front().vols, std::vector<double>{0.2});
        for (const char* const name : {"", "NDX"}) {
            const auto none = history::readVolatilityTable(both, name);
            QVERIFY(!none);
            QCOMPARE(none.error().message().substr(0, 10), std::string("underlying"));
            QCOMPARE(none.error().allowed, std::string("one of DAX, SPX"));
        }
        const std::string unnamed = write(folder, "one.csv", QByteArray(volatilityHeader) + "100,30,0,0,90,0.3\n");
        QVERIFY(history::readVolatilityTable(unnamed));
        QCOMPARE(history::readVolatilityTable(unnamed, "DAX").error().value, std::string("DAX"));
    }

    void refusesTablesOfOtherThings()
    {
        const QTemporaryDir folder;
        QVERIFY(!history::readVolatilityTable("/nowhere/at/all.csv"));
        QCOMPARE(history::readVolatilityTable(write(folder, "a.csv", "spot,days\n1,2\n")).error().value,
                 std::string("zero_rate_act365"));
        QCOMPARE(history::readVolatilityTable(write(folder, "b.csv", volatilityHeader)).error().kind,
                 base::ErrorKind::NotFound);
        QVERIFY(!history::readOptionTables(folder.path().toStdString()));
    }

    void readsOptionTables()
    {
        const QTemporaryDir folder;
        write(folder, "yields.csv", "Date,Days,Rate\n20090101,9,0.38\n");
        write(folder, "options.csv",
              QByteArray(optionHeader) + "20090110,9,905,18,19,30,0\n20090110,9,900,20,21.5,0,0.05\n");
        const auto tables = history::readOptionTables(folder.path().toStdString());
        QVERIFY2(tables, tables ? "" : tables.error().message().c_str());
        QCOMPARE(tables->size(), std::size_t{1});
        QCOMPARE(tables->front().rate, 0.0038);
        const market::Expiration& expiration = tables->front().expiration;
        QCOMPARE(expiration.date, makeDate(2009, 1, 10));
        QCOMPARE(expiration.strikes, (std::vector<double>{900, 905}));
        QCOMPARE(expiration.calls.ask[0], 21.5);
        QVERIFY(expiration.puts.flags[0].has(market::QuoteFlag::ZeroBid));
        QVERIFY(expiration.puts.flags[1].has(market::QuoteFlag::Crossed));
    }

    void refusesOptionTables_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("field");
        QTest::newRow("date") << QByteArray("20091310,9,905,18,19,30,31\n") << "Expiration";
        QTest::newRow("days without a yield") << QByteArray("20090110,10,905,18,19,30,31\n") << "Days";
        QTest::newRow("no end of days") << QByteArray("20090110,1e12,905,18,19,30,31\n") << "Days";
        QTest::newRow("strike") << QByteArray("20090110,9,0,18,19,30,31\n") << "Strike";
        QTest::newRow("negative ask") << QByteArray("20090110,9,905,18,-19,30,31\n") << "Call Ask";
        QTest::newRow("twice") << QByteArray("20090110,9,900,18,19,30,31\n") << "Strike";
    }
    void refusesOptionTables()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, field);
        const QTemporaryDir folder;
        write(folder, "yields.csv", "Date,Days,Rate\n20090101,9,0.38\n");
        const std::string path =
            write(folder, "options.csv", QByteArray(optionHeader) + "20090110,9,900,20,21.5,0,0.05\n" + line);
        const auto tables = history::readOptionTables(folder.path().toStdString());
        QVERIFY(!tables);
        QCOMPARE(QString::fromStdString(tables.error().field), QString::fromStdString(path) + " line 3 " + field);
    }

    void realDax()
    {
        const QString path = sharedData + QStringLiteral("dax_20020705/dax_vols.csv");
        if (!QFile::exists(path))
            QSKIP("the shared data set dax_20020705 is not here");
        const auto rows = history::readVolatilityTable(path.toStdString());
        QVERIFY2(rows, rows ? "" : rows.error().message().c_str());
        QCOMPARE(rows->size(), std::size_t{8});
        QCOMPARE(rows->front().days, 13);
        QCOMPARE(rows->front().vols.front(), 0.6625);
        for (const history::VolatilityRow& row : *rows)
            QCOMPARE(row.strikes.size(), std::size_t{13});
    }

    void realCboeTable()
    {
        const QString folder = sharedData + QStringLiteral("cboe_vix_whitepaper");
        if (!QDir(folder).exists())
            QSKIP("the shared data set cboe_vix_whitepaper is not here");
        const auto tables = history::readOptionTables(folder.toStdString());
        QVERIFY2(tables, tables ? "" : tables.error().message().c_str());
        QCOMPARE(tables->size(), std::size_t{2});
        QCOMPARE(tables->front().expiration.strikes.size(), std::size_t{195});
        QCOMPARE(tables->back().days, 37);
    }

    /// Its first expiry label lies before the trade date; the chain keeps it, the analytics know it as expired.
    void realIndexChain()
    {
        const QString folder = sharedData + QStringLiteral("spx_20110124");
        if (!QDir(folder).exists())
            QSKIP("the shared data set spx_20110124 is not here");
        const auto source = history::openRecordedChains(folder.toStdString());
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        market::OptionChain chain;
        QVERIFY((*source)->next(chain).value());
        QCOMPARE(chain.underlying, std::string("SPX"));
        QCOMPARE(chain.spot(), 1290.59);
        QCOMPARE(chain.expirations.size(), std::size_t{8});
        QVERIFY(chain.expirations.front().expiresAt < chain.at);
        for (const market::Expiration& expiration : chain.expirations)
            QCOMPARE(expiration.style, market::ExerciseStyle::European);
    }
};

QTEST_GUILESS_MAIN(ReferenceTablesTest)
#include "reference_tables_test.moc"
