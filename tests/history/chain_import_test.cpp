#include "base/random.h"
#include "history/import/chain_import.h"
#include "history/import/field_parsers.h"
#include "history/importers.h"
#include "market/calendar.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <random>

using namespace vegadesk;
using base::makeDate;
using history::ChainStore;
using history::ImportOptions;

namespace
{

const QString sharedData = QStringLiteral(VEGADESK_SOURCE_DIR "/../shared/data/");

std::string write(const QTemporaryDir& folder, const QString& file, const QByteArray& text)
{
    QFile out(folder.filePath(file));
    if (out.open(QIODevice::WriteOnly))
        out.write(text);
    return folder.filePath(file).toStdString();
}

QByteArray read(const std::string& path)
{
    QFile in(QString::fromStdString(path));
    return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
}

market::OptionChain onlyChain(const ChainStore& store, std::string_view underlying = {})
{
    market::OptionChain chain;
    const auto source = store.open(underlying);
    if (!source || !(*source)->next(chain).value_or(false))
        qFatal("no chain");
    return chain;
}

} // namespace

class ChainImportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void numbersAreTheNearestDoubles();
    void datesAndStrikes();
    void presetsReadTheirTables_data();
    void presetsReadTheirTables();
    void aQuarterOfAnHourBeforeTheCloseIsEarlierOnHalfDays();
    void badLinesAreSetAside();
    void linesWithoutAQuoteAndOfTheExpiredAreCounted();
    void nothingButBadLinesIsAnError();
    void linesMayComeInAnyOrder();
    void aMapOfOnesOwn();
    void mapsAreChecked_data();
    void mapsAreChecked();
    void sharedSets_data();
    void sharedSets();
};

void ChainImportTest::numbersAreTheNearestDoubles()
{
    base::Generator chance(3);
    for (int i = 0; i < 50'000; ++i) {
        const int decimals = static_cast<int>(chance.integer(0, 9));
        const double size = std::pow(10.0, static_cast<double>(chance.integer(-6, 14)));
        const std::string text = QByteArray::number(size * (chance.uniform() - 0.3), 'f', decimals).toStdString();
        double expected = 0, found = 0;
        std::from_chars(text.data(), text.data() + text.size(), expected);
        QVERIFY2(history::parseNumber(text, found) && found == expected, text.c_str());
    }
    double value = 0;
    for (const char* const text : {"", "-", ".", "1.2.3", "abc", "1 ", "inf", "nan", "1e999", "0x10"})
        QVERIFY2(!history::parseNumber(text, value), text);
    QVERIFY(history::parseNumber("-.5", value) && value == -0.5);
    QVERIFY(history::parseNumber("1e-3", value) && value == 0.001);
    QVERIFY(history::parseNumber("123456789012345678", value) && value == 123456789012345678.0);
}

void ChainImportTest::datesAndStrikes()
{
    using history::parseTableDate;
    for (const char* const text : {"20151224", "2015-12-24", "2015/12/24", "12/24/2015"})
        QCOMPARE(parseTableDate(text, false), std::optional(makeDate(2015, 12, 24)));
    QCOMPARE(parseTableDate("24.12.2015", true), std::optional(makeDate(2015, 12, 24)));
    QCOMPARE(parseTableDate("3/4/2015", false), std::optional(makeDate(2015, 3, 4)));
    for (const char* const text : {"", "2015", "2015-13-01", "20151331", "2015-12-24-1", "15-12-24", "2015-12-2x"})
        QVERIFY2(!parseTableDate(text, false), text);
    QCOMPARE(history::parseThousandths("97.5"), std::optional(97'500));
    QCOMPARE(history::parseThousandths("3800.0000"), std::optional(3'800'000));
    QCOMPARE(history::parseThousandths("0.001"), std::optional(1));
    for (const char* const text : {"", "0", "-5", "0.0005", "100000", "1e3", "abc"})
        QVERIFY2(!history::parseThousandths(text), text);
}

void ChainImportTest::presetsReadTheirTables_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("layout");
    QTest::addColumn<QString>("symbol");
    QTest::addColumn<QString>("at");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("bid");
    QTest::addColumn<double>("ask");
    QTest::addColumn<double>("askSize");
    const double none = market::unknown;
    QTest::newRow("plain") << "spy_day.csv"
                           << QByteArray("date,expiry,cp,strike,bid,ask,ask_size,spot\n"
                                         "20230103,2023-02-17,C,385,10.1,10.3,7,383.2\n")
                           << "plain" << "SPY   230217C00385000" << "2023-01-03T21:00:00.000+00:00" << 383.2 << 10.1
                           << 10.3 << 7.0;
    QTest::newRow("DataShop at the close")
        << "UnderlyingOptionsEODQuotes_2023-01-03.csv"
        << QByteArray(
               "underlying_symbol,quote_date,root,expiration,strike,option_type,open,high,low,close,trade_volume,"
               "bid_size_1545,bid_1545,ask_size_1545,ask_1545,underlying_bid_1545,underlying_ask_1545,bid_size_eod,"
               "bid_eod,ask_size_eod,ask_eod,underlying_bid_eod,underlying_ask_eod,vwap,open_interest,"
               "delivery_code\n"
               "^SPX,2023-01-03,SPXW,2023-02-17,3800.000,C,0,0,0,101.5,12,5,100.1,6,100.9,3820.1,3820.3,8,102.2,9,"
               "103.1,3824.0,3824.2,0,345,\n")
        << "cboe_eod" << "SPXW  230217C03800000" << "2023-01-03T21:00:00.000+00:00" << 3824.1 << 102.2 << 103.1 << 9.0;
    QTest::newRow("optopsy") << "x.csv"
                             << QByteArray("underlying_symbol,quote_date,expiration,strike,option_type,bid,ask,delta\n"
                                           "SPX,2023-01-03,2023-02-17,3800,c,102.2,103.1,0.53\n"
                                           "SPX,2023-01-03,2023-02-17,3800,p,82.2,0,-0.47\n")
                             << "optopsy" << "SPX   230217C03800000" << "2023-01-03T21:00:00.000+00:00" << none << 102.2
                             << 103.1 << none;
    QTest::newRow("OptionsDX")
        << "spy_eod_202301.txt"
        << QByteArray(
               "[QUOTE_UNIXTIME], [QUOTE_READTIME], [QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], "
               "[EXPIRE_DATE], [DTE], [C_DELTA], [C_VOLUME], [C_LAST], [C_SIZE], [C_BID], [C_ASK], [STRIKE], [P_BID], "
               "[P_ASK], [P_SIZE], [P_LAST], [P_VOLUME]\n"
               "1672779600, 2023-01-03 16:00, 2023-01-03, 16.000000, 380.820000, 2023-02-17, 45.00, 0.53, 12.0, "
               "10.0, 20 x 30, 10.100000, 10.300000, 385.000, 12.1, 12.4, 5 x 6, , \r\n")
        << "optionsdx" << "SPY   230217C00385000" << "2023-01-03T21:00:00.000+00:00" << 380.82 << 10.1 << 10.3 << 30.0;
}

void ChainImportTest::presetsReadTheirTables()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, text);
    QFETCH(QString, layout);
    QFETCH(QString, symbol);
    QFETCH(QString, at);
    QFETCH(double, spot);
    QFETCH(double, bid);
    QFETCH(double, ask);
    QFETCH(double, askSize);
    const QTemporaryDir folder;
    const std::string path = write(folder, file, text);
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    const auto report = history::importChains(path, store, {});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->files.front().layout, layout.toStdString());
    QCOMPARE(report->badLines, std::uint64_t{0});
    const market::OptionChain chain = onlyChain(store);
    QCOMPARE(base::formatInstant(chain.at), at.toStdString());
    const auto place = market::find(chain, symbol.toStdString());
    QVERIFY(place);
    const market::OptionColumns& side = chain.expirations[place->expiration].side(place->right);
    QCOMPARE(side.bid[place->row], bid);
    QCOMPARE(side.ask[place->row], ask);
    QVERIFY(side.askSize[place->row] == askSize || std::isnan(askSize));
    QVERIFY(std::isnan(spot) || chain.spot() == spot);
    if (layout == QLatin1String("optopsy")) // an ask of 0 is no offer
        QVERIFY(std::isnan(chain.expirations[0].puts.ask[0]) && chain.expirations[0].puts.bid[0] == 82.2);
    if (layout == QLatin1String("cboe_eod")) {
        QCOMPARE(side.openInterest[place->row], 345.0);
        QCOMPARE(side.last[place->row], 101.5);
        QCOMPARE(chain.expirations[0].settlement, market::Settlement::PM); // SPXW
        // The other quotes of the same lines, beside these.
        ImportOptions earlier;
        earlier.map = history::findColumnMap("cboe_1545").value();
        QVERIFY(history::importChains(path, store, earlier));
        const auto both = store.open();
        QCOMPARE((*both)->snapshotCount(), std::size_t{2});
        QCOMPARE(onlyChain(store).expirations[0].calls.bid[0], 100.1);
        QCOMPARE((*both)->settlementPrice(makeDate(2023, 1, 3), market::Settlement::PM), std::optional(3824.1));
    }
    if (layout == QLatin1String("optionsdx"))
        QCOMPARE(chain.expirations[0].puts.bidSize[0], 5.0);
}

void ChainImportTest::aQuarterOfAnHourBeforeTheCloseIsEarlierOnHalfDays()
{
    const QTemporaryDir folder;
    const std::string path =
        write(folder, QStringLiteral("eod.csv"),
              "underlying_symbol,quote_date,root,expiration,strike,option_type,bid_1545,ask_1545,bid_size_1545,ask_"
              "size_1545\n"
              "SPY,2023-11-22,SPY,2023-12-15,455,C,4.1,4.2,5,6\nSPY,2023-11-24,SPY,2023-12-15,455,C,4.3,4.4,5,6\n");
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    ImportOptions options;
    options.map = history::findColumnMap("cboe_1545").value();
    const auto report = history::importChains(path, store, options);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const auto source = store.open();
    QVERIFY(source);
    std::vector<std::string> times;
    market::OptionChain chain;
    while ((*source)->next(chain).value())
        times.push_back(base::formatInstant(chain.at));
    QCOMPARE(times, (std::vector<std::string>{"2023-11-22T20:45:00.000+00:00", "2023-11-24T17:45:00.000+00:00"}));
}

void ChainImportTest::badLinesAreSetAside()
{
    const QTemporaryDir folder;
    const QByteArray good = "ABC,20230103,20230217,C,100,1.5,1.6\n";
    const std::string path =
        write(folder, QStringLiteral("abc.csv"),
              "underlying,date,expiry,cp,strike,bid,ask\n" + good + "ABC,20230103,20230217,C,-5,1,2\n" +
                  "ABC,20230103,20230217,X,100,1,2\nABC,20230103,20230217,P,100,1.2,1.3\n" +
                  "ABC,20230103,20230217,C,100,9,10\nABC,20230103,20230217,C,-6,1,2\n");
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    ImportOptions options;
    options.quarantineFolder = folder.filePath(QStringLiteral("store/quarantine")).toStdString();
    const auto report = history::importChains(path, store, options);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->lines, std::uint64_t{6});
    QCOMPARE(report->quotes, std::uint64_t{2});
    QCOMPARE(report->badLines, std::uint64_t{4});
    QCOMPARE(report->reasons.size(), std::size_t{3});
    QVERIFY(report->reasons[0].reason.starts_with("strike: ") && report->reasons[0].count == 2);
    QCOMPARE(report->reasons[0].example, std::string("abc.csv line 3: -5"));
    const QByteArray aside = read(report->files[0].quarantine);
    const QList<QByteArray> lines = aside.split('\n');
    QCOMPARE(lines.size(), 6); // the header, four lines, and what follows the last
    QCOMPARE(lines[0], QByteArray("line,reason,underlying,date,expiry,cp,strike,bid,ask"));
    QVERIFY(lines[1].startsWith("3,\"strike: ") && lines[1].endsWith("\",ABC,20230103,20230217,C,-5,1,2"));
    QVERIFY(aside.contains("\n6,\"strike: one quote of a contract at an instant\""));
    // What one import has set aside another does not take away.
    const auto again = history::importChains(path, store, options);
    QVERIFY(again && again->files[0].quarantine != report->files[0].quarantine);
    QCOMPARE(read(report->files[0].quarantine), aside);
    QCOMPARE(onlyChain(store).expirations[0].calls.bid[0], 1.5); // the first one stays

    // The same without a store: the source says it, and the strict reader refuses.
    const auto sound = history::openSoundChains(path);
    QVERIFY(sound && (*sound)->description().find("4 of 6 lines were set aside: 2 strike: ") != std::string::npos);
    QVERIFY(!history::openRecordedChains(path));
}

void ChainImportTest::linesWithoutAQuoteAndOfTheExpiredAreCounted()
{
    const QTemporaryDir folder;
    const std::string path =
        write(folder, QStringLiteral("spy_eod_202301.txt"),
              "[QUOTE_DATE], [QUOTE_TIME_HOURS], [UNDERLYING_LAST], [EXPIRE_DATE], [C_LAST], [C_BID], [C_ASK], "
              "[STRIKE], [P_BID], "
              "[P_ASK], [P_LAST], [C_VOLUME], [P_VOLUME], [C_SIZE], [P_SIZE]\n"
              "2023-01-04, 16, 383, 2023-02-17, , 10.1, 10.3, 385, 12.1, 12.4, , , , , \n"
              "2023-01-04, 16, 383, 2023-02-17, , , , 390, , , , , , , \n"       // nobody quotes it
              "2023-01-04, 16, 383, 2023-02-17, 1.5, , , 395, , , 9, , , , \n"   // nor this, whatever was paid once
              "2023-01-04, 16, 383, 2023-02-17, , 2.1, 2.3, 400, , , , , , , \n" // one side is
              "2023-01-04, 16, 383, 2023-01-04, , 0.1, 0.2, 385, 2.1, 2.4, , , , , \n" // its own day is no day before
              "2023-01-04, 16, 383, 2023-01-03, , 0.1, 0.2, 385, 2.1, 2.4, , , , , \n");
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    const auto report = history::importChains(path, store, {});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->lines, std::uint64_t{6});
    QCOMPARE(report->quotes, std::uint64_t{7});
    QCOMPARE(report->badLines, std::uint64_t{0});
    QCOMPARE(report->remarks.size(), std::size_t{2});
    QCOMPARE(report->remarks[0].reason, std::string("neither side of the strike has a quote, passed over"));
    QCOMPARE(report->remarks[0].count, std::uint64_t{2});
    QCOMPARE(report->remarks[0].example, std::string("spy_eod_202301.txt line 3"));
    QCOMPARE(report->remarks[1].reason, std::string("the contract had expired before the day of the quote, kept"));
    QCOMPARE(report->remarks[1].count, std::uint64_t{1});
    QCOMPARE(report->remarks[1].example, std::string("spy_eod_202301.txt line 7"));
    QCOMPARE(onlyChain(store).expirations.front().date, makeDate(2023, 1, 3)); // nothing is dropped in silence
    const auto read = history::openSoundChains(path);
    QVERIFY(read && (*read)->description().ends_with("; " + report->remarksSentence()));
    QVERIFY(history::openRecordedChains(path)); // neither is a bad line
}

void ChainImportTest::nothingButBadLinesIsAnError()
{
    const QTemporaryDir folder;
    const std::string path =
        write(folder, QStringLiteral("abc.csv"),
              "date,expiry,cp,strike,bid,ask\n20230103,20230217,C,-5,1,2\n20230103,20230217,C,0,1,2\n");
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    const auto report = history::importChains(path, store, {});
    QVERIFY(!report);
    QVERIFY2(report.error().message().find("2 of 2 lines were set aside: 2 strike") != std::string::npos,
             report.error().message().c_str());
    QVERIFY(!ChainStore::isStore(store.folder()));
}

void ChainImportTest::linesMayComeInAnyOrder()
{
    QByteArrayList lines;
    for (int day = 3; day <= 6; ++day) {
        for (const char* const expiry : {"20230217", "20230317"}) {
            for (int strike = 90; strike <= 110; strike += 2) {
                for (const char right : {'C', 'P'}) {
                    if (strike == 100 && day == 5 && right == 'P')
                        continue; // not listed that day
                    lines.append("2023010" + QByteArray::number(day) + "," + expiry + "," + right + "," +
                                 QByteArray::number(strike) + "," + QByteArray::number(0.01 * strike + day) + "," +
                                 QByteArray::number(0.01 * strike + day + 0.05) + ",100\n");
                }
            }
        }
    }
    const QTemporaryDir folder;
    const QByteArray header = "date,expiry,cp,strike,bid,ask,spot\n";
    const auto sorted =
        history::openRecordedChains(write(folder, QStringLiteral("abc_sorted.csv"), header + lines.join()));
    std::mt19937 order(5);
    std::ranges::shuffle(lines, order);
    const auto mixed =
        history::openRecordedChains(write(folder, QStringLiteral("abc_mixed.csv"), header + lines.join()));
    QVERIFY(sorted && mixed);
    QCOMPARE((*mixed)->snapshotCount(), std::size_t{4});
    market::OptionChain a, b;
    while ((*sorted)->next(a).value()) {
        QVERIFY((*mixed)->next(b).value());
        QCOMPARE(a.at, b.at);
        QCOMPARE(a.expirations.size(), b.expirations.size());
        for (std::size_t e = 0; e < a.expirations.size(); ++e) {
            QCOMPARE(a.expirations[e].strikes, b.expirations[e].strikes);
            QCOMPARE(a.expirations[e].calls.bid, b.expirations[e].calls.bid);
            QCOMPARE(a.expirations[e].puts.symbols, b.expirations[e].puts.symbols);
            QCOMPARE(a.expirations[e].puts.flags, b.expirations[e].puts.flags);
        }
    }
}

void ChainImportTest::aMapOfOnesOwn()
{
    const QTemporaryDir folder;
    const std::string map = write(folder, QStringLiteral("map.json"), R"({
        "name": "mine", "underlying": "ABC", "time": "15:45", "date_order": "day first",
        "columns": {"date": ["Day", "Tag"], "symbol": "OSI", "bid": "B", "ask": "A", "open_interest": "OI"}})");
    const std::string table = write(folder, QStringLiteral("table.csv"),
                                    "Tag;OSI;B;A;OI;Remark\n03.01.2023;ABC   230217P00100000;1,5;2;7;x\n"
                                    "03.01.2023;ABC   230217C00100000;1.5;2;7;\"a; b\"\n");
    const auto read = history::readColumnMap(map);
    QVERIFY2(read, read ? "" : read.error().message().c_str());
    ImportOptions options;
    options.map = *read;
    ChainStore store(folder.filePath(QStringLiteral("store")).toStdString());
    const auto report = history::importChains(table, store, options);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(report->badLines, std::uint64_t{1}); // a comma is no point
    const market::OptionChain chain = onlyChain(store, "ABC");
    QCOMPARE(chain.at, market::fromNewYork(makeDate(2023, 1, 3), std::chrono::minutes(15 * 60 + 45)));
    QCOMPARE(chain.expirations[0].calls.openInterest[0], 7.0);
    QVERIFY(chain.expirations[0].puts.symbols[0].empty());
}

void ChainImportTest::mapsAreChecked_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    const QByteArray columns =
        R"("columns": {"date": "d", "expiry": "e", "right": "r", "strike": "s", "bid": "b", "ask": "a"})";
    QTest::newRow("no JSON") << QByteArray("{") << "map";
    QTest::newRow("field") << QByteArray(R"({"columns": {"dat": "d"}})") << "\"dat\" is not allowed";
    QTest::newRow("missing") << QByteArray(R"({"columns": {"date": "d"}})")
                             << "missing are expiry, cp, strike, bid, ask";
    QTest::newRow("key") << QByteArray("{\"tiem\": \"15:45\", " + columns + "}") << " tiem";
    QTest::newRow("time") << QByteArray("{\"time\": \"25:00\", " + columns + "}") << "such as 15:45";
    QTest::newRow("unit") << QByteArray("{\"time_unit\": \"weeks\", " + columns + "}") << "milliseconds, hours, clock";
    QTest::newRow("flag") << QByteArray("{\"zero_ask_is_no_offer\": 1, " + columns + "}") << "true or false";
    QTest::newRow("names") << QByteArray(R"({"columns": {"date": [1]}})") << "a column's name";
}

void ChainImportTest::mapsAreChecked()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const QTemporaryDir folder;
    const auto map = history::readColumnMap(write(folder, QStringLiteral("map.json"), text));
    QVERIFY(!map);
    QVERIFY2(QString::fromStdString(map.error().message()).contains(said), map.error().message().c_str());
}

void ChainImportTest::sharedSets_data()
{
    QTest::addColumn<QString>("set");
    QTest::addColumn<QString>("underlying");
    QTest::addColumn<quint64>("quotes");
    QTest::addColumn<int>("snapshots");
    QTest::addColumn<double>("spot");
    QTest::newRow("AAPL, GOOG and FOXA at the close")
        << "us_equity_options_lean" << "AAPL" << quint64{4596} << 1 << 645.57;
    QTest::newRow("SPX") << "spx_20110124" << "SPX" << quint64{0} << 1 << 1290.59;
    QTest::newRow("GOOG by the minute") << "goog_minute_20151224" << "GOOG" << quint64{0} << 6 << market::unknown;
    QTest::newRow("the paper on VIX") << "cboe_vix_whitepaper" << "SPX" << quint64{0} << 1 << market::unknown;
}

void ChainImportTest::sharedSets()
{
    QFETCH(QString, set);
    QFETCH(QString, underlying);
    QFETCH(quint64, quotes);
    QFETCH(int, snapshots);
    QFETCH(double, spot);
    if (!QDir(sharedData + set).exists())
        QSKIP("the shared data set is not here");
    const QTemporaryDir folder;
    ChainStore store(folder.path().toStdString());
    const auto report = history::importChains((sharedData + set).toStdString(), store, {});
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QVERIFY2(report->badLines == 0, report->badLinesSentence().c_str());
    if (set == QLatin1String("spx_20110124")) { // whose first expiry lies before the day of its quotes
        QCOMPARE(report->remarks.size(), std::size_t{1});
        QCOMPARE(report->remarks.front().count, std::uint64_t{276});
    }
    QVERIFY(quotes == 0 || report->quotes == quotes);
    const auto stored = store.open(underlying.toStdString());
    QVERIFY2(stored, stored ? "" : stored.error().message().c_str());
    QCOMPARE((*stored)->snapshotCount(), static_cast<std::size_t>(snapshots));
    market::OptionChain chain;
    QVERIFY((*stored)->next(chain).value());
    QVERIFY(std::isnan(spot) ? chain.spot() > 0 : chain.spot() == spot);
}

QTEST_GUILESS_MAIN(ChainImportTest)
#include "chain_import_test.moc"
