#include "storage/here.h"
#include "storage/order_table.h"
#include "storage/sqlite_journal.h"
#include "storage/sqlite_store.h"

#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace vegadesk;
using execution::Order;
using execution::OrderStatus;
using storage::SqliteStore;
using storage::StoredRun;

namespace
{

base::Instant at(int seconds)
{
    return base::fromUnixMillis(1'700'000'000'000) + std::chrono::seconds(seconds) + base::Nanos(7);
}

portfolio::Fill makeFill(const std::string& id, const std::string& symbol, int seconds)
{
    return {id,         "broker-1", symbol, portfolio::Action::SellToOpen, 2, base::Decimal::fromUnits(123'456'789),
            at(seconds)};
}

/// Uses every field.
Order makeOrder(const std::string& externalId, int seconds)
{
    Order order;
    order.externalId = externalId;
    order.brokerId = "broker-1";
    order.intent.underlying = "SPX";
    order.intent.legs = {
        {"SPXW  261218P05000000", market::InstrumentType::EquityOption, portfolio::Action::SellToOpen, 2},
        {"SPXW  261218P04900000", market::InstrumentType::EquityOption, portfolio::Action::BuyToOpen, 2},
        {"SPY", market::InstrumentType::Equity, portfolio::Action::SellToClose, 100}};
    order.intent.type = portfolio::OrderType::StopLimit;
    order.intent.timeInForce = portfolio::TimeInForce::Gtd;
    order.intent.gtcDate = base::makeDate(2026, 12, 18);
    order.intent.price = base::Decimal::fromUnits(315'000'000);
    order.intent.effect = portfolio::PriceEffect::Credit;
    order.intent.stopTrigger = base::Decimal::fromUnits(500'050'000'000);
    order.intent.origin = "strategy:iron_condor";
    order.intent.group = "condor 7 \xE2\x80\x93 \"quoted\"";
    order.status = OrderStatus::PartiallyFilled;
    order.fills = {makeFill("fill-1", order.intent.legs[0].symbol, seconds + 1),
                   makeFill("fill-2", order.intent.legs[1].symbol, seconds + 2)};
    order.reason = "because";
    order.createdAt = at(seconds);
    order.updatedAt = at(seconds + 3);
    return order;
}

bool isSame(const Order& a, const Order& b)
{
    return a.externalId == b.externalId && a.brokerId == b.brokerId && a.intent == b.intent && a.status == b.status &&
           a.fills == b.fills && a.reason == b.reason && a.isExternal == b.isExternal && a.createdAt == b.createdAt &&
           a.updatedAt == b.updatedAt;
}

} // namespace

class StoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void orderComesBackWhole();
    void everyStatusComesBack_data();
    void everyStatusComesBack();
    void laterStateReplacesEarlierAndFillsCountOnce();
    void ordersFromElsewhereKeepApart();
    void newestComeFirstWithinTheirLimits();
    void runsAreNumberedAndComeBack();
    void recentJournalIsReadWhileItGrows();
    void upgradesFromVersionOne();
    void twoProcessesShareTheFile();
    void callsAreAnsweredInOrderAndOnce();
    void badLimitIsNamed();
    void unwritableFileIsAnError();

private:
    base::Result<std::unique_ptr<SqliteStore>> open()
    {
        return SqliteStore::open(
            {.file = path("store.sqlite"), .journalFile = path("journal.sqlite"), .executor = m_here.executor()});
    }
    std::string path(const char* name) const { return m_folder->filePath(QLatin1String(name)).toStdString(); }
    base::Result<void> save(SqliteStore& store, const Order& order)
    {
        return m_here.wait<void>([&](auto done) { store.saveOrder(order, done); });
    }
    std::vector<Order> orders(SqliteStore& store, base::Instant since = {}, int limit = 100)
    {
        return m_here.wait<std::vector<Order>>([&](auto done) { store.orders(since, limit, done); }).value();
    }
    std::vector<portfolio::Fill> fills(SqliteStore& store, base::Instant since = {}, int limit = 100)
    {
        return m_here.wait<std::vector<portfolio::Fill>>([&](auto done) { store.fills(since, limit, done); }).value();
    }

    tests::Here m_here;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void StoreTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

void StoreTest::orderComesBackWhole()
{
    Order market;
    market.externalId = "ours-2";
    market.intent.underlying = "SPY";
    market.intent.type = portfolio::OrderType::Market;
    market.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    market.createdAt = at(-10);
    Order value = market;
    value.externalId = "ours-3";
    value.intent.type = portfolio::OrderType::NotionalMarket;
    value.intent.value = base::Decimal::fromInteger(300);
    value.intent.legs[0].quantity = 0;
    value.fills = {makeFill("fill-3", "SPY", -9)};
    value.fills[0].quantity = base::Quantity::parse("0.52341").value();
    value.createdAt = at(-20);
    const Order full = makeOrder("ours-1", 0);
    {
        auto store = open();
        QVERIFY(store);
        QVERIFY(save(**store, full));
        QVERIFY(save(**store, market));
        QVERIFY(save(**store, value));
    }
    auto store = open();
    QVERIFY(store);
    const auto read = orders(**store);
    QCOMPARE(read.size(), std::size_t{3});
    QVERIFY(isSame(read[0], full));
    QVERIFY(isSame(read[1], market));
    QVERIFY(isSame(read[2], value));
}

void StoreTest::everyStatusComesBack_data()
{
    QTest::addColumn<int>("status");
    for (int status = 0; status <= static_cast<int>(OrderStatus::Unknown); ++status)
        QTest::newRow(std::string(toText(static_cast<OrderStatus>(status))).c_str()) << status;
}

void StoreTest::everyStatusComesBack()
{
    QFETCH(int, status);
    auto store = open();
    QVERIFY(store);
    Order order = makeOrder("ours", 0);
    order.status = static_cast<OrderStatus>(status);
    QVERIFY(save(**store, order));
    const auto read = orders(**store);
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(isSame(read[0], order));
}

void StoreTest::laterStateReplacesEarlierAndFillsCountOnce()
{
    auto store = open();
    QVERIFY(store);
    Order order = makeOrder("ours", 0);
    QVERIFY(save(**store, order));
    order.status = OrderStatus::Filled;
    order.updatedAt = at(60);
    order.fills.push_back(makeFill("fill-3", "SPY", 30));
    QVERIFY(save(**store, order));
    QVERIFY(save(**store, order));
    const auto read = orders(**store);
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(isSame(read[0], order));

    // A snapshot that has not heard of a fill yet does not take it back.
    const auto all = order.fills;
    order.fills.clear();
    QVERIFY(save(**store, order));
    QCOMPARE(fills(**store).size(), all.size());
    QVERIFY(orders(**store)[0].fills == all);
}

void StoreTest::ordersFromElsewhereKeepApart()
{
    auto store = open();
    QVERIFY(store);
    for (const char* id : {"b-1", "b-2", "b-1"}) {
        Order order = makeOrder("", 0);
        order.brokerId = id;
        order.isExternal = true;
        QVERIFY(save(**store, order));
    }
    const auto read = orders(**store);
    QCOMPARE(read.size(), std::size_t{2});
    QVERIFY(read[0].isExternal && read[1].isExternal);
    QVERIFY(read[0].brokerId != read[1].brokerId);
}

void StoreTest::newestComeFirstWithinTheirLimits()
{
    auto store = open();
    QVERIFY(store);
    for (const int seconds : {30, 10, 40, 20}) {
        Order order = makeOrder("at " + std::to_string(seconds), seconds);
        order.fills = {makeFill("fill at " + std::to_string(seconds), "SPY", seconds)};
        QVERIFY(save(**store, order));
    }
    const auto read = orders(**store, at(20), 2);
    QCOMPARE(read.size(), std::size_t{2});
    QCOMPARE(read[0].externalId, std::string("at 40"));
    QCOMPARE(read[1].externalId, std::string("at 30"));
    QCOMPARE(orders(**store, at(20)).size(), std::size_t{3});
    QCOMPARE(orders(**store, at(41)).size(), std::size_t{0});

    const auto filled = fills(**store, at(20), 2);
    QCOMPARE(filled.size(), std::size_t{2});
    QCOMPARE(filled[0].fillId, std::string("fill at 40"));
    QCOMPARE(filled[1].fillId, std::string("fill at 30"));
    QCOMPARE(fills(**store, at(20)).size(), std::size_t{3});
}

void StoreTest::runsAreNumberedAndComeBack()
{
    auto store = open();
    QVERIFY(store);
    for (int i = 1; i <= 3; ++i) {
        const StoredRun run{0,     "gamma_scalping", "SPY",        i == 3 ? "cancelled" : "finished",
                            at(i), at(i + 100),      R"({"a":1})", R"({"sharpe":)" + std::to_string(i) + "}"};
        const auto id = m_here.wait<std::int64_t>([&](auto done) { (*store)->saveRun(run, done); });
        QVERIFY(id);
        QCOMPARE(*id, std::int64_t{i});
    }
    const auto runs = m_here.wait<std::vector<StoredRun>>([&](auto done) { (*store)->runs(2, done); });
    QVERIFY(runs);
    QCOMPARE(runs->size(), std::size_t{2});
    const StoredRun& newest = runs->front();
    QCOMPARE(newest.id, std::int64_t{3});
    QCOMPARE(newest.strategy, std::string("gamma_scalping"));
    QCOMPARE(newest.underlying, std::string("SPY"));
    QCOMPARE(newest.status, std::string("cancelled"));
    QVERIFY(newest.startedAt == at(3) && newest.finishedAt == at(103));
    QCOMPARE(newest.request, std::string(R"({"a":1})"));
    QCOMPARE(newest.metrics, std::string(R"({"sharpe":3})"));
    QCOMPARE(runs->back().id, std::int64_t{2});
}

void StoreTest::recentJournalIsReadWhileItGrows()
{
    auto store = open();
    QVERIFY(store);
    const auto recent = [&](int limit) {
        using Records = std::vector<base::JournalRecord>;
        return m_here.wait<Records>([&](auto done) { (*store)->recentJournal(limit, done); });
    };
    QVERIFY(recent(10));
    QVERIFY(recent(10)->empty());
    QVERIFY2(!QFile::exists(QString::fromStdString(path("journal.sqlite"))), "reading must not make a journal");

    auto journal = storage::SqliteJournal::open({.file = path("journal.sqlite"), .executor = m_here.executor()});
    QVERIFY(journal);
    for (int i = 0; i < 50; ++i) {
        const base::JournalRecord record{at(i), "order.sent", "ours-" + std::to_string(i), "{}"};
        QVERIFY(m_here.wait<void>([&](auto done) { (*journal)->append(record, done); }));
        if (i % 10 != 9)
            continue;
        const auto lines = recent(3);
        QVERIFY(lines);
        QCOMPARE(lines->size(), std::size_t{3});
        for (int back = 0; back < 3; ++back)
            QCOMPARE((*lines)[static_cast<std::size_t>(back)].key, "ours-" + std::to_string(i - back));
        QVERIFY(lines->front().at == at(i));
    }
}

void StoreTest::upgradesFromVersionOne()
{
    {
        auto database = storage::Database::open({.file = path("store.sqlite"), .connection = "old"});
        QVERIFY(database);
        const std::vector<storage::SchemaStep> first{storage::orderTables()};
        QVERIFY(storage::upgradeSchema(**database, first));
        for (const char* row :
             {"INSERT INTO orders VALUES ('old', 'old', '7', 'SPY', 'Limit', 'Day', NULL, 105000000, 'Debit', NULL, "
              "'ticket',"
              " '', 'filled', '', 0, 1, 2)",
              "INSERT INTO order_legs VALUES ('old', 0, 'SPY', 'Equity', 'Buy to Open', 100)",
              "INSERT INTO fills VALUES ('old', '1', '7', 'SPY', 'Buy to Open', 100, 105000000, 2)"}) {
            QSqlQuery query(QLatin1String(row), (*database)->connection());
            QVERIFY2(!query.lastError().isValid(), qPrintable(query.lastError().text()));
        }
        QCOMPARE(storage::schemaVersion(**database).value_or(-1), 1);
    }
    auto store = open();
    QVERIFY(store);
    const auto read = orders(**store);
    QCOMPARE(read.size(), std::size_t{1});
    QVERIFY(read[0].intent.legs.at(0).quantity == 100 && read[0].fills.at(0).quantity == 100);
    QVERIFY(!read[0].intent.value);
    QVERIFY(m_here.wait<std::int64_t>([&](auto done) { (*store)->saveRun({}, done); }));
}

void StoreTest::twoProcessesShareTheFile()
{
    auto window = open();
    auto commandLine = open();
    QVERIFY(window && commandLine);
    QVERIFY(save(**window, makeOrder("ours", 0)));
    QVERIFY(m_here.wait<std::int64_t>([&](auto done) { (*commandLine)->saveRun({}, done); }));
    const auto runs = m_here.wait<std::vector<StoredRun>>([&](auto done) { (*window)->runs(5, done); });
    QVERIFY(runs);
    QCOMPARE(runs->size(), std::size_t{1});
}

void StoreTest::callsAreAnsweredInOrderAndOnce()
{
    std::vector<std::size_t> sizes;
    {
        auto store = open();
        QVERIFY(store);
        for (int i = 0; i < 200; ++i) {
            (*store)->saveOrder(makeOrder("ours-" + std::to_string(i), i), nullptr);
            (*store)->orders({}, 1'000, [&](const base::Result<std::vector<Order>>& read) {
                QVERIFY(read);
                sizes.push_back(read->size());
            });
        }
    } // the end of its life finishes what was asked
    QVERIFY(m_here.waitUntil([&] { return sizes.size() == 200; }));
    for (std::size_t i = 0; i < sizes.size(); ++i)
        QCOMPARE(sizes[i], i + 1);
}

void StoreTest::badLimitIsNamed()
{
    auto store = open();
    QVERIFY(store);
    const auto read = m_here.wait<std::vector<StoredRun>>([&](auto done) { (*store)->runs(0, done); });
    QVERIFY(!read);
    QCOMPARE(read.error().kind, base::ErrorKind::BadInput);
    QCOMPARE(read.error().field, std::string("limit"));
}

void StoreTest::unwritableFileIsAnError()
{
    const auto store =
        SqliteStore::open({.file = path("missing/store.sqlite"), .journalFile = {}, .executor = m_here.executor()});
    QVERIFY(!store);
    QCOMPARE(store.error().kind, base::ErrorKind::Storage);
    QVERIFY2(store.error().message().find("missing/store.sqlite") != std::string::npos,
             store.error().message().c_str());
}

QTEST_GUILESS_MAIN(StoreTest)
#include "store_test.moc"
