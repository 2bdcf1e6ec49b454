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
const QString ownData = QStringLiteral(VEGADESK_TEST_DATA "/history/");

constexpr const char* header = "underlying,date,ms_since_midnight,expiry,cp,strike,bid,ask\n";

std::string write(const QTemporaryDir& folder, const QString& file, const QByteArray& text)
{
    QFile out(folder.filePath(file));
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
    return folder.path().toStdString();
}

} // namespace

class ImportersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAFolderOfMinutes()
    {
        const auto source = history::openRecordedChains((ownData + QStringLiteral("minute")).toStdString());
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        QCOMPARE((*source)->underlying(), std::string("ABC"));
        QCOMPARE((*source)->snapshotCount(), std::size_t{2});
        QVERIFY(!(*source)->isSimulated());

        market::OptionChain chain;
        QVERIFY((*source)->next(chain).value());
        QCOMPARE(chain.at, market::fromNewYork(makeDate(2015, 12, 24), std::chrono::hours(10)));
        QCOMPARE(chain.expirations.size(), std::size_t{2});
        const market::Expiration& weekly = chain.expirations[0];
        QCOMPARE(weekly.date, makeDate(2015, 12, 31));
        QCOMPARE(weekly.type, market::ExpirationType::Weekly);
        QCOMPARE(weekly.style, market::ExerciseStyle::American);
        QCOMPARE(weekly.strikes, (std::vector<double>{95, 97.5, 100, 105}));
        QCOMPARE(weekly.calls.bid[0], 5.1);
        QCOMPARE(weekly.calls.symbols[1], std::string("ABC   151231C00097500"));
        QVERIFY(weekly.puts.symbols[1].empty()); // only the call was listed
        QVERIFY(std::isnan(weekly.puts.bid[1]));
        QVERIFY(std::isnan(weekly.puts.bid[0])); // listed, but no bid
        QVERIFY(weekly.puts.flags[0].has(market::QuoteFlag::OneSided));
        QCOMPARE(chain.expirations[1].type, market::ExpirationType::Regular);
        QVERIFY(std::abs(chain.spot() - 100) < 0.1); // by parity of the strikes around it
        QVERIFY(std::isnan(chain.underlyingQuote.bidSize));

        QVERIFY((*source)->next(chain).value());
        QVERIFY(!(*source)->next(chain).value());
        QCOMPARE(chain.at, market::fromNewYork(makeDate(2015, 12, 24), std::chrono::hours(11))); // left as it was
    }

    void readsClosingPrices()
    {
        const auto source = history::openRecordedChains((ownData + QStringLiteral("closing")).toStdString(), "XYZ");
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        market::OptionChain chain;
        QVERIFY((*source)->next(chain).value());
        QCOMPARE(chain.at, market::sessionOn(makeDate(2014, 6, 6))->close);
        QCOMPARE(chain.underlyingLast, 645.57);
        QCOMPARE(chain.expirations[0].calls.askSize[0], 7.0);
        QCOMPARE((*source)->closes(makeDate(2014, 1, 1), makeDate(2014, 12, 31)).size(), std::size_t{1});
        QCOMPARE(*(*source)->settlementPrice(makeDate(2014, 6, 6), market::Settlement::PM), 645.57);
        QVERIFY(!(*source)->settlementPrice(makeDate(2014, 6, 6), market::Settlement::AM));
        QVERIFY(!(*source)->settlementPrice(makeDate(2014, 6, 9), market::Settlement::PM));
    }

    void asksWhichUnderlying()
    {
        const auto source = history::openRecordedChains((ownData + QStringLiteral("closing")).toStdString());
        QVERIFY(!source);
        QCOMPARE(source.error().field, std::string("underlying"));
        QCOMPARE(source.error().allowed, std::string("one of DEF, XYZ"));
    }

    void errorsNameFileLineAndField_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QString>("field");
        QTest::newRow("strike") << QByteArray("GOOG,20151224,34260000,20151231,C,abc,1,2\n") << " line 3 strike";
        QTest::newRow("negative strike") << QByteArray("GOOG,20151224,34260000,20151231,C,-5,1,2\n")
                                         << " line 3 strike";
        QTest::newRow("expiry") << QByteArray("GOOG,20151224,34260000,20151331,C,5,1,2\n") << " line 3 expiry";
        QTest::newRow("date") << QByteArray("GOOG,2015-12-2x,34260000,20151231,C,5,1,2\n") << " line 3 date";
        QTest::newRow("side") << QByteArray("GOOG,20151224,34260000,20151231,X,5,1,2\n") << " line 3 cp";
        QTest::newRow("negative bid") << QByteArray("GOOG,20151224,34260000,20151231,C,5,-1,2\n") << " line 3 bid";
        QTest::newRow("infinite ask") << QByteArray("GOOG,20151224,34260000,20151231,C,5,1,inf\n") << " line 3 ask";
        QTest::newRow("time") << QByteArray("GOOG,20151224,99999999999,20151231,C,5,1,2\n")
                              << " line 3 ms_since_midnight";
        QTest::newRow("short line") << QByteArray("GOOG,20151224\n") << " line 3 ms_since_midnight";
        QTest::newRow("root") << QByteArray("goog!,20151224,34260000,20151231,C,5,1,2\n") << " line 3 underlying";
        QTest::newRow("twice") << QByteArray("GOOG,20151224,34260000,20151231,C,600,1,2\n") << " line 3 strike";
    }
    void errorsNameFileLineAndField()
    {
        QFETCH(QByteArray, line);
        QFETCH(QString, field);
        const QTemporaryDir folder;
        const std::string path =
            write(folder, QStringLiteral("a.csv"),
                  QByteArray(header) + "GOOG,20151224,34260000,20151231,C,600,157.4,161.6\r\n" + line);
        const auto source = history::openRecordedChains(path);
        QVERIFY(!source);
        QCOMPARE(QString::fromStdString(source.error().field), QString::fromStdString(path) + "/a.csv" + field);
    }

    void nothingToReadIsSaid()
    {
        const QTemporaryDir folder;
        QVERIFY(!history::openRecordedChains(folder.path().toStdString()));
        write(folder, QStringLiteral("other.csv"), "a,b\n1,2\n");
        QCOMPARE(history::openRecordedChains(folder.path().toStdString()).error().field, std::string("folder"));
        const auto file = history::openRecordedChains((folder.path() + QStringLiteral("/other.csv")).toStdString());
        QCOMPARE(file.error().field, std::string("file"));
        QVERIFY(file.error().message().ends_with("missing are date, expiry, cp, strike, bid, ask"));
        QVERIFY(!history::openRecordedChains("/nowhere/at/all"));
        write(folder, QStringLiteral("broken.csv.gz"),
              QByteArray("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03garbage", 17));
        QCOMPARE(history::openRecordedChains(folder.path().toStdString()).error().field, std::string("file"));
    }

    void aStopRequestEndsTheReading()
    {
        std::stop_source stop;
        stop.request_stop();
        for (const bool isStrict : {true, false}) {
            const auto open = isStrict ? history::openRecordedChains : history::openSoundChains;
            const std::string path = (ownData + QStringLiteral("minute")).toStdString();
            const auto stopped = open(path, {}, stop.get_token());
            QVERIFY(!stopped && stopped.error().kind == base::ErrorKind::Cancelled);
            QVERIFY(open(path, {}, {}));
        }
    }

    void realMinutes()
    {
        const QString folder = sharedData + QStringLiteral("goog_minute_20151224");
        if (!QDir(folder).exists())
            QSKIP("the shared data set goog_minute_20151224 is not here");
        const auto source = history::openRecordedChains(folder.toStdString());
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        QCOMPARE((*source)->snapshotCount(), std::size_t{6});
        market::OptionChain chain;
        QVERIFY((*source)->next(chain).value());
        QCOMPARE(chain.at, market::fromNewYork(makeDate(2015, 12, 24), std::chrono::seconds(9 * 3600 + 31 * 60)));
        QCOMPARE(chain.expirations.size(), std::size_t{12});
        QCOMPARE(chain.expirations.front().date, makeDate(2015, 12, 24));
        QCOMPARE(chain.expirations.front().calls.bid[0], 157.4);
        QVERIFY(std::isnan(chain.expirations.front().puts.bid[0]));
        do {
            const double spot = chain.spot();
            QVERIFY2(spot > 746 && spot < 752.5,
                     qPrintable(QString::number(spot))); // the data's README: 747.5 to 750.9
        } while ((*source)->next(chain).value());
    }

    void realClosing()
    {
        const QString folder = sharedData + QStringLiteral("us_equity_options_lean");
        if (!QDir(folder).exists())
            QSKIP("the shared data set us_equity_options_lean is not here");
        const auto source = history::openRecordedChains(folder.toStdString(), "AAPL");
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        market::OptionChain chain;
        QVERIFY((*source)->next(chain).value());
        QCOMPARE(chain.spot(), 645.57);
        std::size_t contracts = 0;
        for (const market::Expiration& expiry : chain.expirations) {
            for (const market::Right right : {market::Right::Call, market::Right::Put})
                contracts += static_cast<std::size_t>(std::ranges::count_if(
                    expiry.side(right).symbols, [](const std::string& symbol) { return !symbol.empty(); }));
        }
        QCOMPARE(contracts, std::size_t{2352});
        // Standard options carried a Saturday then.
        const auto june = std::ranges::find(chain.expirations, makeDate(2014, 6, 21), &market::Expiration::date);
        QVERIFY(june != chain.expirations.end());
        QCOMPARE(june->type, market::ExpirationType::Regular);
        QCOMPARE(june->expiresAt, market::sessionOn(makeDate(2014, 6, 20))->close);
    }
};

QTEST_GUILESS_MAIN(ImportersTest)
#include "importers_test.moc"
