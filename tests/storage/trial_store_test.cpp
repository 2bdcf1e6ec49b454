#include "storage/trial_store.h"

#include "storage/database.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using storage::StoredTrial;
using storage::TrialStore;

namespace
{

StoredTrial trial(const std::string& content, double dailySharpe, const std::string& family = "condor on SPY")
{
    return {content,
            family,
            R"({"short_delta":"0.2"})",
            R"({"sharpe":{"value":1,"unit":"ratio"}})",
            dailySharpe,
            base::fromUnixMillis(1'700'000'000'000) + base::Nanos(7)};
}

} // namespace

class TrialStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachContentCountsOnce();
    void theVarianceIsOfWhatIsKnown();
    void theNewestComeFirst();
    void filesPutTogetherCountEverythingOnce();
    void severalMayWriteToOneFile();
    void recordedQuotesOfAllFoldersBecomeOneFamily();
    void whatIsNoDatabaseIsRefused();

private:
    std::string file(const char* name) { return m_folder.filePath(QLatin1String(name)).toStdString(); }
    QTemporaryDir m_folder;
};

void TrialStoreTest::eachContentCountsOnce()
{
    const std::string path = file("once.db");
    {
        const auto store = TrialStore::open(path).value();
        QVERIFY(store->add(trial("a", 0.1)).value());
        QVERIFY(!store->add(trial("a", 0.3)).value());
        QVERIFY(store->add(trial("b", 0.2)).value());
        QVERIFY(store->add(trial("c", 0.9, "condor on QQQ")).value());
    }
    const auto store = TrialStore::open(path).value();
    QCOMPARE(store->figures("condor on SPY").value().count, std::size_t(2));
    QCOMPARE(store->figures("nothing").value().count, std::size_t(0));
    const StoredTrial kept = store->find("a").value().value();
    const StoredTrial first = trial("a", 0.1);
    QCOMPARE(kept.dailySharpe, 0.1); // as it was first
    QCOMPARE(kept.settings, first.settings);
    QCOMPARE(kept.metrics, first.metrics);
    QCOMPARE(kept.family, first.family);
    QVERIFY(kept.at == first.at);
    QVERIFY(!store->find("d").value());
    QCOMPARE(store->trials("condor on SPY").value().back().content, std::string("b"));
}

void TrialStoreTest::theVarianceIsOfWhatIsKnown()
{
    const auto store = TrialStore::open(file("variance.db")).value();
    QVERIFY(store->add(trial("a", 0.1)).value());
    QVERIFY(std::isnan(store->figures("condor on SPY").value().sharpeVariance));
    QVERIFY(store->add(trial("b", market::unknown)).value()); // no trade, and a trial all the same
    QVERIFY(store->add(trial("c", 0.4)).value());
    QVERIFY(store->add(trial("d", -0.2)).value());
    const auto figures = store->figures("condor on SPY").value();
    QCOMPARE(figures.count, std::size_t(4));
    QVERIFY(std::abs(figures.sharpeVariance - 0.09) < 1e-15); // of 0.1, 0.4 and −0.2
    QVERIFY(std::isnan(store->find("b").value().value().dailySharpe));
}

void TrialStoreTest::theNewestComeFirst()
{
    const auto store = TrialStore::open(file("newest.db")).value();
    const auto add = [&](const char* content, int second, const char* family) {
        StoredTrial one = trial(content, 0.1, family);
        one.at = base::fromUnixMillis(1'700'000'000'000 + 1000 * second);
        return store->add(one).value();
    };
    QVERIFY(add("old", 1, "condor on SPY") && add("new", 3, "condor on QQQ") && add("middle", 2, "wheel on SPY"));
    const auto two = store->newest(2).value();
    QCOMPARE(two.size(), std::size_t(2));
    QCOMPARE(two[0].content, std::string("new"));
    QCOMPARE(two[1].content, std::string("middle"));
    QCOMPARE(store->newest(10).value().size(), std::size_t(3));
}

void TrialStoreTest::filesPutTogetherCountEverythingOnce()
{
    {
        const auto other = TrialStore::open(file("there.db")).value();
        QVERIFY(other->add(trial("a", 0.1)).value());
        QVERIFY(other->add(trial("b", 0.2)).value());
    }
    const auto here = TrialStore::open(file("here.db")).value();
    QVERIFY(here->add(trial("b", 0.2)).value());
    QVERIFY(here->add(trial("c", 0.3)).value());
    QCOMPARE(here->merge(file("there.db")).value(), std::size_t(1));
    QCOMPARE(here->merge(file("there.db")).value(), std::size_t(0));
    QCOMPARE(here->figures("condor on SPY").value().count, std::size_t(3));
    QCOMPARE(TrialStore::open(file("there.db")).value()->figures("condor on SPY").value().count, std::size_t(2));
    const auto none = here->merge(file("nowhere.db"));
    QVERIFY(!none && none.error().kind == base::ErrorKind::NotFound);
    QVERIFY(!QFile::exists(QString::fromStdString(file("nowhere.db"))));
}

void TrialStoreTest::severalMayWriteToOneFile()
{
    const auto one = TrialStore::open(file("shared.db")).value();
    const auto two = TrialStore::open(file("shared.db")).value();
    for (int i = 0; i < 20; ++i)
        QVERIFY((i % 2 == 0 ? one : two)->add(trial(std::to_string(i / 2), 0.1 * i)).value() == (i % 2 == 0));
    QCOMPARE(one->figures("condor on SPY").value().count, std::size_t(10));
    QCOMPARE(two->figures("condor on SPY").value().count, std::size_t(10));
}

void TrialStoreTest::recordedQuotesOfAllFoldersBecomeOneFamily()
{
    const std::string path = file("earlier.db");
    {
        const auto store = TrialStore::open(path).value();
        QVERIFY(store->add(trial("a", 0.1, "wheel on SPX, recorded quotes of SPX in /data/one")).value());
        QVERIFY(store->add(trial("b", 0.2, "wheel on SPX, recorded quotes of SPX in /data/put in /two")).value());
        QVERIFY(store->add(trial("c", 0.3, "rules:/my/rules in /a.json on SPX, recorded quotes of SPX in /x")).value());
        QVERIFY(store->add(trial("d", 0.4, "wheel on SPX, simulated market, seed 7")).value());
        QVERIFY(store->add(trial("e", 0.5, "wheel on SPX, recorded quotes of SPX")).value());
    }
    {
        const auto database = storage::Database::open({path, "trials", storage::Durability::Checkpoints, {}}).value();
        auto query = database->prepare(QStringLiteral("UPDATE schema_version SET version = 1")).value(); // as then
        QVERIFY(database->execute(query));
    }
    const auto store = TrialStore::open(path).value();
    QCOMPARE(store->figures("wheel on SPX, recorded quotes of SPX").value().count, std::size_t(3));
    QCOMPARE(store->figures("rules:/my/rules in /a.json on SPX, recorded quotes of SPX").value().count, std::size_t(1));
    QCOMPARE(store->figures("wheel on SPX, simulated market, seed 7").value().count, std::size_t(1));
}

void TrialStoreTest::whatIsNoDatabaseIsRefused()
{
    QFile wrong(QString::fromStdString(file("wrong.db")));
    QVERIFY(wrong.open(QIODevice::WriteOnly));
    wrong.write(QByteArray(4096, 'x'));
    wrong.close();
    const auto store = TrialStore::open(file("wrong.db"));
    QVERIFY(!store && store.error().kind == base::ErrorKind::Storage);
    QVERIFY(!TrialStore::open(file("no/such/folder.db")));
}

QTEST_GUILESS_MAIN(TrialStoreTest)
#include "trial_store_test.moc"
