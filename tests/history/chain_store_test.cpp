#include "history/import/chain_import.h"
#include "history/importers.h"
#include "history/market_generator.h"
#include "history/store/chain_recorder.h"
#include "market/calendar.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

using namespace vegadesk;
using base::makeDate;
using history::ChainBuilder;
using history::ChainRecorder;
using history::ChainStore;
using history::QuoteRow;
using market::OptionChain;

namespace
{

constexpr base::Date firstDay = makeDate(2023, 1, 3);

std::vector<OptionChain> generatedChains(std::string_view underlying, base::Date to, int snapshotsPerDay)
{
    const auto source = history::GeneratedChainSource::make(underlying, firstDay, to, 1, snapshotsPerDay).value();
    return history::allChains(*source).value();
}

/// NaN is like NaN.
bool areAlike(const std::vector<double>& a, const std::vector<double>& b)
{
    return std::ranges::equal(a, b, [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

bool areAlike(const market::OptionColumns& a, const market::OptionColumns& b)
{
    return a.symbols == b.symbols && areAlike(a.bid, b.bid) && areAlike(a.ask, b.ask) &&
           areAlike(a.bidSize, b.bidSize) && areAlike(a.askSize, b.askSize) && areAlike(a.last, b.last) &&
           areAlike(a.volume, b.volume) && areAlike(a.openInterest, b.openInterest) && a.flags == b.flags &&
           a.time == b.time;
}

std::vector<double> listOf(const market::Quote& quote)
{
    return {quote.bid, quote.ask, quote.bidSize, quote.askSize};
}

/// The first thing that differs; empty: nothing does.
QString difference(const OptionChain& a, const OptionChain& b)
{
    if (a.underlying != b.underlying || a.at != b.at || a.underlyingLast != b.underlyingLast ||
        a.underlyingFlags != b.underlyingFlags || !areAlike(listOf(a.underlyingQuote), listOf(b.underlyingQuote)) ||
        a.underlyingQuote.time != b.underlyingQuote.time || a.isSpotStale != b.isSpotStale)
        return QStringLiteral("underlying");
    if (a.expirations.size() != b.expirations.size())
        return QStringLiteral("how many expirations");
    for (std::size_t e = 0; e < a.expirations.size(); ++e) {
        const market::Expiration &x = a.expirations[e], &y = b.expirations[e];
        if (x.root != y.root || x.date != y.date || x.expiresAt != y.expiresAt || x.settlement != y.settlement ||
            x.type != y.type || x.style != y.style || x.multiplier != y.multiplier || x.strikes != y.strikes ||
            market::tickAt(x.ticks, base::Decimal::fromInteger(1)) !=
                market::tickAt(y.ticks, base::Decimal::fromInteger(1)) ||
            market::tickAt(x.ticks, base::Decimal::fromInteger(9)) !=
                market::tickAt(y.ticks, base::Decimal::fromInteger(9)))
            return QStringLiteral("terms of %1").arg(QString::fromStdString(base::formatDate(x.date)));
        if (!areAlike(x.calls, y.calls) || !areAlike(x.puts, y.puts))
            return QStringLiteral("quotes of %1").arg(QString::fromStdString(base::formatDate(x.date)));
    }
    return {};
}

/// Three strikes of a call at `bid`, and as many cents more.
void addCalls(ChainBuilder& builder, base::Instant at, double bid, std::initializer_list<int> strikes = {95, 100, 105})
{
    ChainBuilder::Snapshot& snapshot = builder.snapshot(at);
    snapshot.facts.last = 100;
    const std::uint32_t expiration = builder.expiration("ABC", makeDate(2023, 2, 17), true, {});
    for (const int strike : strikes) {
        QuoteRow row;
        row.bid = bid;
        row.ask = bid + 0.05;
        row.strike = 1000 * strike;
        row.expiration = expiration;
        snapshot.rows.push_back(row);
    }
}

base::Instant hour(int of)
{
    return market::fromNewYork(firstDay, std::chrono::hours(of));
}

std::string storeOf(const QTemporaryDir& folder)
{
    return folder.filePath(QStringLiteral("store")).toStdString();
}

QString fileOfOneSnapshot(const QTemporaryDir& folder, ChainStore& store)
{
    ChainBuilder builder("ABC");
    addCalls(builder, hour(10), 1);
    return store.add(builder) ? folder.filePath(QStringLiteral("store/ABC-2023.chains")) : QString();
}

} // namespace

class ChainStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsRecordedComesBack_data();
    void whatIsRecordedComesBack();
    void aMomentIsFound_data();
    void aMomentIsFound();
    void memoryIsReused();
    void laterQuotesTakeTheirPlace();
    void yearsAreFilesOfTheirOwn();
    void daysAndYearsAreReadTogether();
    void ticksAreThoseOfPricesUntilThen();
    void aFileOfTheFirstVersionIsRead();
    void damageIsSaid_data();
    void damageIsSaid();
    void closesSettle();
    void whatIsNotThereIsSaid();
};

void ChainStoreTest::whatIsRecordedComesBack_data()
{
    QTest::addColumn<QString>("underlying");
    QTest::newRow("index") << "SPX"; // two roots, AM and PM
    QTest::newRow("fund") << "SPY";
}

void ChainStoreTest::whatIsRecordedComesBack()
{
    QFETCH(QString, underlying);
    std::vector<OptionChain> chains = generatedChains(underlying.toStdString(), makeDate(2023, 1, 5), 3);
    chains[1].isSpotStale = true; // what a live feed may also show
    chains[1].expirations[0].calls.flags[0].set(market::QuoteFlag::Stale);
    chains[1].expirations[0].calls.time[0] -= std::chrono::minutes(3);
    chains[1].expirations[0].calls.time[1] = {}; // it never came
    chains[2].expirations[1].puts.symbols[2].clear();
    for (auto* column : {&chains[2].expirations[1].puts.bid, &chains[2].expirations[1].puts.ask})
        (*column)[2] = market::unknown;
    const QTemporaryDir folder;
    {
        ChainRecorder recorder(storeOf(folder), 2); // a flush in between, and one at the end
        for (const OptionChain& chain : chains)
            QVERIFY(recorder.take(chain));
        QVERIFY(recorder.quoteCount() > 10'000);
    }
    QCOMPARE(QDir(folder.filePath(QStringLiteral("store"))).entryList({QStringLiteral("*.chains")}).size(), 3);
    const auto source = ChainStore(storeOf(folder)).open();
    QVERIFY2(source, source ? "" : source.error().message().c_str());
    QCOMPARE((*source)->snapshotCount(), chains.size());
    OptionChain chain;
    for (OptionChain& each : chains) {
        QVERIFY((*source)->next(chain).value());
        if (&each == &chains[2]) { // of what is not listed nothing is kept
            market::OptionColumns& side = each.expirations[1].puts;
            for (auto* column : {&side.bidSize, &side.askSize, &side.last, &side.volume, &side.openInterest})
                (*column)[2] = market::unknown;
            side.flags[2] = {};
            side.flags[2].set(market::QuoteFlag::OneSided);
            side.time[2] = chain.expirations[1].puts.time[2];
        }
        QCOMPARE(difference(chain, each), QString());
    }
    QVERIFY(!(*source)->next(chain).value());
    QCOMPARE(chain.at, chains.back().at); // left as it was
}

void ChainStoreTest::aMomentIsFound_data()
{
    QTest::addColumn<int>("kind");
    QTest::newRow("generated") << 0;
    QTest::newRow("stored") << 1;
    QTest::newRow("by reading on") << 2;
}

void ChainStoreTest::aMomentIsFound()
{
    /// Has no way of its own.
    class Plain final : public history::ChainSource
    {
    public:
        explicit Plain(std::vector<OptionChain> chains) : m_chains(std::move(chains)) {}
        const std::string& underlying() const override { return m_chains.front().underlying; }
        std::string description() const override { return "chains"; }
        bool isSimulated() const override { return true; }
        std::size_t snapshotCount() const override { return m_chains.size(); }
        base::Result<bool> next(OptionChain& chain) override
        {
            if (m_next == m_chains.size())
                return false;
            chain = m_chains[m_next++];
            return true;
        }
        void rewind() override { m_next = 0; }
        std::vector<history::DailyClose> closes(base::Date, base::Date) override { return {}; }
        std::optional<double> settlementPrice(base::Date, market::Settlement) override { return std::nullopt; }
        std::optional<double> riskFreeRate(base::Date) const override { return std::nullopt; }
        std::optional<double> dividendYield() const override { return std::nullopt; }

    private:
        std::vector<OptionChain> m_chains;
        std::size_t m_next = 0;
    };
    QFETCH(int, kind);
    const base::Date to = firstDay + std::chrono::days(2);
    const std::vector<OptionChain> chains = generatedChains("SPY", to, 2);
    QCOMPARE(chains.size(), std::size_t(6));
    const QTemporaryDir folder;
    std::unique_ptr<history::ChainSource> source;
    if (kind == 0) {
        source = history::GeneratedChainSource::make("SPY", firstDay, to, 1, 2).value();
    } else if (kind == 1) {
        ChainRecorder recorder(storeOf(folder));
        for (const OptionChain& known : chains)
            QVERIFY(recorder.take(known));
        QVERIFY(recorder.flush());
        source = history::openSoundChains(storeOf(folder)).value();
    } else {
        source = std::make_unique<Plain>(chains);
    }
    OptionChain chain;
    const auto at = [&](base::Instant moment) {
        return source->seek(moment) && source->next(chain).value() ? chain.at : base::Instant{};
    };
    for (const OptionChain& known : chains) {
        QCOMPARE(at(known.at), known.at);
        QCOMPARE(at(known.at + std::chrono::minutes(1)), known.at);
    }
    QCOMPARE(at(chains[2].at - std::chrono::nanoseconds(1)), chains[1].at);
    QCOMPARE(at(chains.front().at - std::chrono::hours(1)), chains.front().at); // none is earlier
    QCOMPARE(at(chains.back().at + std::chrono::hours(1000)), chains.back().at);
    QVERIFY(!source->next(chain).value());
}

void ChainStoreTest::memoryIsReused()
{
    const QTemporaryDir folder;
    ChainRecorder recorder(storeOf(folder));
    for (const OptionChain& chain : generatedChains("SPY", firstDay, 4))
        QVERIFY(recorder.take(chain));
    QVERIFY(recorder.flush());
    const auto source = ChainStore(storeOf(folder)).open();
    OptionChain chain;
    QVERIFY((*source)->next(chain).value());
    std::vector<const void*> before;
    for (const market::Expiration& each : chain.expirations)
        before.insert(before.end(), {each.calls.bid.data(), each.puts.symbols[0].data(), each.strikes.data()});
    while ((*source)->next(chain).value()) {
        std::vector<const void*> now;
        for (const market::Expiration& each : chain.expirations)
            now.insert(now.end(), {each.calls.bid.data(), each.puts.symbols[0].data(), each.strikes.data()});
        QCOMPARE(now, before);
    }
}

void ChainStoreTest::laterQuotesTakeTheirPlace()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    ChainBuilder builder("ABC");
    addCalls(builder, hour(10), 1);
    addCalls(builder, hour(12), 2);
    QVERIFY(store.add(builder));
    QVERIFY(builder.empty());
    addCalls(builder, hour(10), 3, {100, 110}); // corrected, and one more
    addCalls(builder, hour(11), 4);
    QVERIFY(store.add(builder));
    const auto source = store.open("ABC");
    const auto chains = history::allChains(**source).value();
    QCOMPARE(chains.size(), std::size_t{3});
    const market::Expiration& first = chains[0].expirations[0];
    QCOMPARE(first.strikes, (std::vector<double>{95, 100, 105, 110}));
    QCOMPARE(first.calls.bid, (std::vector<double>{1, 3, 1, 3}));
    QCOMPARE(chains[1].expirations[0].calls.bid, (std::vector<double>{4, 4, 4}));
    QCOMPARE(chains[2].expirations[0].calls.ask[0], 2.05);
    QCOMPARE(first.settlement, market::Settlement::PM);
}

void ChainStoreTest::yearsAreFilesOfTheirOwn()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    ChainBuilder builder("ABC");
    addCalls(builder, market::fromNewYork(makeDate(2022, 12, 30), std::chrono::hours(12)), 1);
    addCalls(builder, hour(12), 2);
    QVERIFY(store.add(builder));
    QCOMPARE(QDir(folder.filePath(QStringLiteral("store"))).entryList({QStringLiteral("*.chains")}),
             (QStringList{QStringLiteral("ABC-2022.chains"), QStringLiteral("ABC-2023.chains")}));
    QCOMPARE(history::allChains(**store.open()).value().size(), std::size_t{2});
}

void ChainStoreTest::daysAndYearsAreReadTogether()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    ChainBuilder builder("ABC");
    addCalls(builder, hour(10), 1);
    addCalls(builder, hour(12), 2);
    QVERIFY(store.add(builder, history::ChainPeriod::Day));
    addCalls(builder, hour(11), 3);
    addCalls(builder, hour(12), 4);
    QVERIFY(store.add(builder));
    std::vector<double> bids;
    const auto chains = history::allChains(**store.open()).value();
    for (const OptionChain& chain : chains)
        bids.push_back(chain.expirations[0].calls.bid[0]);
    QCOMPARE(bids, (std::vector<double>{1, 3, 4}));
}

void ChainStoreTest::ticksAreThoseOfPricesUntilThen()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    ChainBuilder builder("ABC");
    addCalls(builder, hour(13), 5.01); // quotes come in any order
    addCalls(builder, hour(10), 1);
    addCalls(builder, hour(11), 1.03);
    QVERIFY(store.add(builder));
    addCalls(builder, hour(12), 1.05); // of a later import, in between
    addCalls(builder, hour(14), 2);
    QVERIFY(store.add(builder));
    const auto ticksOf = [](history::ChainSource& source) {
        std::vector<std::pair<std::string, std::string>> ticks; // below and above the limit
        const auto chains = history::allChains(source).value();
        for (const OptionChain& chain : chains) {
            const market::TickTable& table = chain.expirations[0].ticks;
            ticks.emplace_back(table.front().tick.toString(), table.back().tick.toString());
        }
        return ticks;
    };
    const std::vector<std::pair<std::string, std::string>> asKnown{
        {"0.05", "0.1"}, {"0.01", "0.05"}, {"0.01", "0.05"}, {"0.01", "0.01"}, {"0.01", "0.01"}};
    const auto source = store.open().value();
    QCOMPARE(ticksOf(*source), asKnown);
    OptionChain chain;
    QVERIFY(source->seek(hour(11)) && source->next(chain).value());
    QCOMPARE(chain.expirations[0].ticks.back().tick.toString(), std::string("0.05")); // also where it begins
}

void ChainStoreTest::aFileOfTheFirstVersionIsRead()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    QFile file(fileOfOneSnapshot(folder, store));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const auto put = [&bytes](qsizetype at, auto value) { std::memcpy(bytes.data() + at, &value, sizeof value); };
    constexpr qsizetype version = 8, tickLadder = 84, checksum = 104;
    put(version, std::uint32_t{1});
    put(tickLadder, std::int32_t{2}); // of all that is in the file
    put(checksum, history::checksumOf(std::as_bytes(std::span(bytes.constData(), checksum))));
    QVERIFY(file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    const auto chains = history::allChains(*store.open().value()).value();
    QCOMPARE(chains.at(0).expirations[0].ticks.back().tick.toString(), std::string("0.01"));
}

void ChainStoreTest::damageIsSaid_data()
{
    QTest::addColumn<int>("at"); // negative: from the end
    QTest::addColumn<bool>("isCut");
    QTest::addColumn<QString>("said");
    QTest::newRow("another file") << 0 << false << "a file that vegadesk-cli import has written";
    QTest::newRow("another version") << 8 << false << "version 2 of the format";
    QTest::newRow("another byte order") << 12 << false << "byte order";
    QTest::newRow("header") << 100 << false << "its header is damaged";
    QTest::newRow("tables") << 150 << false << "its tables are damaged";
    QTest::newRow("quotes") << -20 << false << "the quotes of 2023-01-03T15:00:00.000+00:00 are damaged";
    QTest::newRow("cut off in the quotes") << -8 << true << "it is cut off";
    QTest::newRow("cut off in the header") << 40 << true << "it is cut off";
}

void ChainStoreTest::damageIsSaid()
{
    QFETCH(int, at);
    QFETCH(bool, isCut);
    QFETCH(QString, said);
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    QFile file(fileOfOneSnapshot(folder, store));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray bytes = file.readAll();
    const qsizetype place = at < 0 ? bytes.size() + at : at;
    if (isCut)
        bytes.truncate(place);
    else
        bytes[place] = static_cast<char>(bytes[place] ^ 4);
    QVERIFY(file.resize(0) && file.seek(0) && file.write(bytes) == bytes.size());
    file.close();
    auto source = store.open();
    OptionChain chain;
    const auto read = source ? (*source)->next(chain) : tl::make_unexpected(source.error());
    QVERIFY(!read);
    QVERIFY2(QString::fromStdString(read.error().message()).contains(said), read.error().message().c_str());
    // More days do not go where something is wrong, and are not lost.
    ChainBuilder builder("ABC");
    addCalls(builder, hour(11), 2);
    QVERIFY(!store.add(builder));
    QVERIFY(!builder.empty());
    QCOMPARE(QFile(file.fileName()).size(), bytes.size());
    QVERIFY(file.remove());
    QVERIFY(store.add(builder));
    QCOMPARE(history::allChains(**store.open()).value().front().at, hour(11));
}

void ChainStoreTest::closesSettle()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    ChainBuilder builder("ABC");
    addCalls(builder, market::sessionOn(firstDay)->close, 1); // its spot of 100 is the day's close
    builder.setClose({makeDate(2023, 1, 4), 101.5, 99.25});
    addCalls(builder, market::sessionOn(makeDate(2023, 1, 4))->close, 1);
    builder.setClose({makeDate(2023, 1, 5), 102, market::unknown});
    QVERIFY(store.add(builder));
    const auto source = store.open();
    using market::Settlement;
    QCOMPARE((*source)->settlementPrice(firstDay, Settlement::PM), std::optional(100.0));
    QCOMPARE((*source)->settlementPrice(firstDay, Settlement::AM), std::optional<double>());
    QCOMPARE((*source)->settlementPrice(makeDate(2023, 1, 4), Settlement::AM), std::optional(99.25));
    QCOMPARE((*source)->settlementPrice(makeDate(2023, 1, 4), Settlement::PM), std::optional(101.5));
    QCOMPARE((*source)->settlementPrice(makeDate(2023, 1, 6), Settlement::PM), std::optional<double>());
    const auto closes = (*source)->closes(makeDate(2023, 1, 4), makeDate(2023, 2, 1));
    QCOMPARE(closes.size(), std::size_t{2});
    QCOMPARE(closes[1].close, 102.0);
}

void ChainStoreTest::whatIsNotThereIsSaid()
{
    const QTemporaryDir folder;
    ChainStore store(storeOf(folder));
    QCOMPARE(store.open().error().field, std::string("store"));
    QVERIFY(!ChainStore::isStore(store.folder()));
    for (const char* const name : {"ABC", "DEF"}) {
        ChainBuilder builder(name);
        addCalls(builder, hour(10), 1);
        QVERIFY(store.add(builder));
    }
    QVERIFY(ChainStore::isStore(store.folder()));
    QCOMPARE(store.open().error().allowed, std::string("one of ABC, DEF"));
    QCOMPARE(store.open("XYZ").error().allowed, std::string("one of ABC, DEF"));
    QVERIFY(history::openRecordedChains(store.folder(), "DEF"));
    ChainBuilder closes("GHI");
    closes.setClose({firstDay, 5, market::unknown});
    QVERIFY(store.add(closes));
    QVERIFY(!store.open("GHI"));
    OptionChain futures = generatedChains("SPY", firstDay, 1).front();
    futures.expirations[0].root = "/ESZ6";
    ChainRecorder recorder(store.folder());
    QVERIFY(!recorder.take(futures));
    // A folder that cannot be: a file has its name.
    QFile file(folder.filePath(QStringLiteral("file")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    ChainBuilder builder("ABC");
    addCalls(builder, hour(10), 1);
    ChainStore nowhere(file.fileName().toStdString());
    QCOMPARE(nowhere.add(builder).error().kind, base::ErrorKind::Storage);
    QVERIFY(!builder.empty());
}

QTEST_GUILESS_MAIN(ChainStoreTest)
#include "chain_store_test.moc"
