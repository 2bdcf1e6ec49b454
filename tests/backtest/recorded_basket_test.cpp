#include "backtest/engine_runs.h"
#include "backtest/recorded_source.h"
#include "history/basket_table.h"
#include "history/event_table.h"
#include "history/generated_basket.h"
#include "history/importers.h"
#include "history/store/chain_recorder.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace vegadesk;
using namespace vegadesk::tests;

namespace
{

constexpr auto last = base::makeDate(2023, 2, 10);

void recordAll(history::ChainSource& source, history::ChainRecorder& recorder)
{
    market::OptionChain chain;
    while (source.next(chain).value()) {
        if (const auto taken = recorder.take(chain); !taken)
            qFatal("%s", taken.error().message().c_str());
    }
}

} // namespace

/// An index against its members from a folder that somebody has filled.
class RecordedBasketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theTableIsRead();
    void badTablesAreNamed_data();
    void badTablesAreNamed();
    void itIsTradedFromAFolder();
    void onlyTheHeaviestAreOpened();
    void whatIsMissingIsNamed();
    void daysMustOverlap();
    void tablesOfQuotesHoldBasketsToo();
    void eventsOfMembersAreTheirs();

private:
    std::string file(const QString& name, const QByteArray& text) const
    {
        QFile out(m_folder.filePath(name));
        if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size())
            qFatal("%s", qPrintable(name));
        return out.fileName().toStdString();
    }
    std::string folder() const { return m_folder.path().toStdString(); }
    base::Result<std::unique_ptr<history::ChainSource>> open(const QByteArray& table,
                                                             std::string_view underlying = {}) const
    {
        file(QStringLiteral("basket.csv"), table);
        return backtest::recordedSource("dispersion", folder(), underlying);
    }

    QTemporaryDir m_folder;
    QByteArray m_table = "underlying,symbol,weight\n";
    std::vector<backtest::BasketEntry> m_members; ///< heaviest first
};

void RecordedBasketTest::initTestCase()
{
    const auto basket = history::generatedBasket("SPY", january, last, 1, 8).value();
    history::ChainRecorder recorder(folder(), 1'000'000);
    recordAll(*basket, recorder);
    for (const history::ConstituentChains& each : basket->constituents()) {
        recordAll(*each.chains, recorder);
        m_members.push_back({each.chains->underlying(), each.weight});
        m_table += "SPY," + QByteArray::fromStdString(each.chains->underlying()) + "," +
                   QByteArray::number(each.weight, 'g', 17) + "\n";
    }
    QVERIFY(recorder.flush());
}

void RecordedBasketTest::theTableIsRead()
{
    const std::string path = file(QStringLiteral("two.csv"), "underlying,symbol,weight\nSPY,A,0.1\nQQQ,B,0.5\n\n"
                                                             "SPY,C,0.3\nQQQ,C,0.5\nSPY,D,0.1\n");
    const auto spy = history::readBasketTable(path, "SPY");
    QVERIFY2(spy, spy ? "" : spy.error().message().c_str());
    using Member = history::BasketTable::Member;
    QCOMPARE(spy->members, (std::vector<Member>{{"C", 0.3}, {"A", 0.1}, {"D", 0.1}}));
    QCOMPARE(history::readBasketTable(path, "QQQ")->members.size(), std::size_t(2)); // a sum of 1 is allowed
    QCOMPARE(history::basketTableOf(folder()), folder() + "/basket.csv");
    QCOMPARE(history::basketTableOf(path), folder() + "/basket.csv");
}

void RecordedBasketTest::badTablesAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("underlying");
    QTest::addColumn<QString>("said");
    const QByteArray head = "underlying,symbol,weight\n";
    const QString weight = QStringLiteral(" is not allowed: a number above 0, 1 at most");
    QTest::newRow("no column") << QByteArray("underlying,symbol\nSPY,A\n") << "SPY" << "weight \"";
    for (const char* const bad : {"0", "-0.1", "1.5", "nan", "seven", ""})
        QTest::newRow(*bad ? bad : "no weight")
            << head + "SPY,A,0.1\nSPY,B," + bad + "\n"
            << "SPY"
            << (*bad ? "bad.csv line 3 weight \"" + QLatin1String(bad) + "\"" + weight
                     : "bad.csv line 3 weight" + weight);
    QTest::newRow("twice") << head + "SPY,A,0.1\nSPY,A,0.2\n" << "SPY" << "line 3 symbol \"A\" is not allowed: ";
    QTest::newRow("itself") << head + "SPY,SPY,0.1\n" << "SPY" << "line 2 symbol \"SPY\" is not allowed: ";
    QTest::newRow("no symbol") << head + "SPY,,0.1\n" << "SPY" << "line 2 symbol is not allowed: ";
    QTest::newRow("no index") << head + ",A,0.1\n" << "SPY" << "line 2 underlying is not allowed: ";
    QTest::newRow("sum") << head + "SPY,A,0.6\nSPY,B,0.5\n" << "SPY" << "sum of the weights of SPY in ";
    QTest::newRow("one") << head + "SPY,A,0.6\n" << "SPY" << "number of members of SPY in ";
    QTest::newRow("of another") << head + "SPY,A,0.6\nDIA,B,0.1\n"
                                << "QQQ"
                                << "underlying \"QQQ\" is not allowed: one of DIA, SPY: of those ";
    QTest::newRow("which") << head + "SPY,A,0.6\nDIA,B,0.1\n"
                           << ""
                           << "underlying is not allowed: one of DIA, SPY: of those ";
    QTest::newRow("empty") << head << "SPY" << "underlying \"SPY\" is not allowed: none: of those ";
}

void RecordedBasketTest::badTablesAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, underlying);
    QFETCH(QString, said);
    const auto table = history::readBasketTable(file(QStringLiteral("bad.csv"), text), underlying.toStdString());
    QVERIFY(!table);
    QVERIFY2(QString::fromStdString(table.error().message()).contains(said), table.error().message().c_str());
}

void RecordedBasketTest::itIsTradedFromAFolder()
{
    backtest::Config config = configFor("dispersion", {{"entry", "always"}});
    config.withSensitivity = config.withBootstrap = false;
    config.interestRate = 0.04;
    std::vector<std::string> hashes;
    for (const std::string_view underlying : {"", "SPY"}) {
        const auto source = open(m_table, underlying);
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        QVERIFY(!(*source)->isSimulated());
        QVERIFY2((*source)->description().ends_with("; with 8 members"), (*source)->description().c_str());
        const auto report = backtest::run(config, **source);
        QVERIFY2(report, report ? "" : report.error().message().c_str());
        QCOMPARE(report->underlying, std::string("SPY"));
        QCOMPARE(report->basket, m_members);
        for (const backtest::Trade& trade : report->trades) // a short past knows no percentile
            QVERIFY2(trade.title.find("nan") == std::string::npos, trade.title.c_str());
        QVERIFY2(!report->trades.empty(),
                 report->noEntries.empty() ? "refused" : report->noEntries.front().reason.c_str());
        std::set<std::string> traded;
        for (const execution::Order& order : report->orders)
            traded.insert(order.intent.underlying);
        QVERIFY(traded.contains("SPY") && traded.size() >= 6); // with five members
        hashes.push_back(report->dataHash);
    }
    QCOMPARE(hashes[0], hashes[1]);
    // Its weights are of the data.
    const auto other = open(QByteArray(m_table).replace(m_table.lastIndexOf(',') + 1, 100, "0.001\n"));
    QVERIFY(backtest::run(config, **other)->dataHash != hashes[0]);
    // A strategy of one underlying takes that alone.
    const auto alone = backtest::recordedSource("iron_condor", folder(), "SPY");
    QVERIFY(alone && (*alone)->constituents().empty());
}

void RecordedBasketTest::onlyTheHeaviestAreOpened()
{
    file(QStringLiteral("basket.csv"), m_table + "SPY,NOBODY,0.0001\n");
    const auto source = history::openSoundBasket(folder(), "SPY", 3);
    QVERIFY2(source, source ? "" : source.error().message().c_str());
    QCOMPARE((*source)->constituents().size(), std::size_t(3));
    QCOMPARE((*source)->constituents().front().weight, m_members.front().weight);
    QVERIFY((*source)->description().ends_with("; with 3 of 9 members, the heaviest"));
}

void RecordedBasketTest::whatIsMissingIsNamed()
{
    const auto without = open(m_table + "SPY,NOBODY,0.01\nSPY,NOONE,0.02\n");
    QVERIFY(!without && without.error().kind == base::ErrorKind::NotFound);
    QCOMPARE(without.error().message(), "basket \"NOONE, NOBODY\": no chains of these in " + folder());
    const auto index = open("underlying,symbol,weight\nSPX,AAPL,0.1\nSPX,MSFT,0.1\n");
    QVERIFY(!index && index.error().message().find("\"SPX\"") != std::string::npos);
    QFile::remove(m_folder.filePath(QStringLiteral("basket.csv")));
    const auto none = backtest::recordedSource("dispersion", folder(), "SPY");
    QVERIFY(!none);
    QCOMPARE(none.error().message(),
             "basket \"" + folder() +
                 "/basket.csv\": a table of the index' members, with the columns underlying, symbol and weight");
    QVERIFY(!backtest::recordedSource("nonsense", folder(), "SPY"));
}

void RecordedBasketTest::daysMustOverlap()
{
    history::ChainRecorder recorder(folder());
    auto later = history::GeneratedChainSource::make("QQQ", base::makeDate(2023, 3, 1), base::makeDate(2023, 3, 3), 1);
    recordAll(**later, recorder);
    QVERIFY(recorder.flush());
    const auto source = open(m_table + "SPY,QQQ,0.01\n");
    QVERIFY(!source);
    QCOMPARE(source.error().message(), std::string("days of QQQ \"2023-03-01 to 2023-03-03\" is not allowed: some of "
                                                   "those of SPY, 2023-01-03 to 2023-02-10"));
}

void RecordedBasketTest::tablesOfQuotesHoldBasketsToo()
{
    const QTemporaryDir tables;
    const auto write = [&](const char* name, const QByteArray& text) {
        QFile out(tables.filePath(QLatin1String(name)));
        return out.open(QIODevice::WriteOnly) && out.write(text) == text.size();
    };
    QByteArray quotes = "underlying,date,expiry,cp,strike,bid,ask,spot\n";
    for (const char* const name : {"IDX", "AAA", "BBB"})
        quotes += QByteArray(name) + ",2023-01-03,2023-02-17,C,100,5,5.2,100\n";
    QVERIFY(write("quotes.csv", quotes + "IDX,2023-01-03,2023-02-17,X,100,5,5.2,100\n"));
    QVERIFY(write("basket.csv", "underlying,symbol,weight\nIDX,AAA,0.2\nIDX,BBB,0.3\n"));
    for (const char* const path : {"", "quotes.csv"}) {
        const auto source =
            backtest::recordedSource("dispersion", tables.filePath(QLatin1String(path)).toStdString(), "");
        QVERIFY2(source, source ? "" : source.error().message().c_str());
        QCOMPARE((*source)->underlying(), std::string("IDX"));
        QCOMPARE((*source)->constituents().front().chains->underlying(), std::string("BBB"));
        QVERIFY((*source)->description().find("1 of 4 lines were set aside") != std::string::npos);
    }
}

void RecordedBasketTest::eventsOfMembersAreTheirs()
{
    const std::string& first = m_members.front().underlying;
    const std::string path =
        file(QStringLiteral("events.csv"), "underlying,kind,announced,effective\n" + QByteArray::fromStdString(first) +
                                               ",report,2023-01-02,2023-01-20\nSPY,report,2023-01-02,2023-01-21\n");
    const auto source = history::withEventTable(open(m_table).value(), path);
    QVERIFY2(source, source ? "" : source.error().message().c_str());
    QCOMPARE((*source)->reports().front().date, base::makeDate(2023, 1, 21));
    QCOMPARE((*source)->constituents().size(), m_members.size());
    QCOMPARE((*source)->constituents()[0].chains->reports().front().date, base::makeDate(2023, 1, 20));
    QVERIFY((*source)->constituents()[1].chains->reports().empty());
    QCOMPARE((*source)->constituents()[1].weight, m_members[1].weight);
    QVERIFY(!history::withEventTable(open(m_table).value(), "/nowhere.csv"));
}

QTEST_GUILESS_MAIN(RecordedBasketTest)
#include "recorded_basket_test.moc"
