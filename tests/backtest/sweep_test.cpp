#include "backtest/sweep_runs.h"

#include <QTest>

#include <cmath>
#include <memory>
#include <set>
#include <string>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::backtest;
using namespace vegadesk::tests;

class SweepTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void rangesIncludeBothEnds();
    void gridsAreChecked_data();
    void gridsAreChecked();
    void combinationsAreAllThereOnce();
    void shardsShareNothingAndAreEverything_data();
    void shardsShareNothingAndAreEverything();
    void wrongShardsAreNamed_data();
    void wrongShardsAreNamed();
    void sharedChainsReplayAsTheirSource();
    void eachRunIsAsItWouldBeAlone_data();
    void eachRunIsAsItWouldBeAlone();
    void aRunThatFailsLeavesTheOthers();
    void aCancelledSweepSaysSo();

private:
    std::shared_ptr<const SharedChains> m_data; ///< January and February
    const Config m_base = plainCondor();
    std::vector<std::string> m_alone; ///< decision hashes of twoByTwo, each run by itself
};

void SweepTest::initTestCase()
{
    m_data = januaryAndFebruary();
}

void SweepTest::rangesIncludeBothEnds()
{
    QCOMPARE(valuesFrom(0.1, 0.3, 0.1).value(), (std::vector<std::string>{"0.1", "0.2", "0.3"}));
    QCOMPARE(valuesFrom(5, 5, 1).value(), (std::vector<std::string>{"5"}));
    QCOMPARE(valuesFrom(0, 1, 0.3).value().back(), std::string("0.9"));
    QVERIFY(!valuesFrom(0, 1, 0) && !valuesFrom(1, 0, 0.1) && !valuesFrom(0, 1, 1e-9) &&
            !valuesFrom(0, std::nan(""), 1));
}

void SweepTest::gridsAreChecked_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<QStringList>("values"); // of each, with spaces between
    QTest::addColumn<QString>("message");
    QTest::newRow("unknown") << QStringList{"nonsense"} << QStringList{"1"} << "nonsense";
    QTest::newRow("out of bounds") << QStringList{"short_delta"} << QStringList{"0.2 0.9"}
                                   << "short_delta \"0.9\" is not allowed: 0.05 to 0.45 delta";
    QTest::newRow("none") << QStringList{"short_delta"} << QStringList{""} << "at least one value";
    QTest::newRow("a parameter twice") << QStringList{"short_delta", "short_delta"} << QStringList{"0.2", "0.3"}
                                       << "each parameter once";
    QTest::newRow("a value twice") << QStringList{"short_delta"} << QStringList{"0.2 0.20"} << "each value once";
}

void SweepTest::gridsAreChecked()
{
    QFETCH(QStringList, names);
    QFETCH(QStringList, values);
    QFETCH(QString, message);
    std::vector<SweepAxis> axes;
    for (int i = 0; i < names.size(); ++i) {
        SweepAxis& axis = axes.emplace_back(SweepAxis{names[i].toStdString(), {}});
        const QStringList each = values[i].split(' ', Qt::SkipEmptyParts);
        for (const QString& value : each)
            axis.values.push_back(value.toStdString());
    }
    const auto configs = combinations(m_base, axes);
    QVERIFY(!configs);
    QVERIFY2(configs.error().message().find(message.toStdString()) != std::string::npos,
             configs.error().message().c_str());
}

void SweepTest::combinationsAreAllThereOnce()
{
    const auto configs = combinations(m_base, twoByTwo).value();
    QCOMPARE(configs.size(), std::size_t(4));
    QVERIFY(configs[0].parameters["short_delta"] == 0.2 && configs[0].parameters["profit_target"] == 0.25);
    QVERIFY(configs[1].parameters["short_delta"] == 0.2 && configs[1].parameters["profit_target"] == 0.5);
    QVERIFY(configs[3].parameters["short_delta"] == 0.3 && configs[3].parameters["profit_target"] == 0.5);
    QCOMPARE(combinations(m_base, {}).value().size(), std::size_t(1));
    const std::vector<SweepAxis> huge{{"short_delta", valuesFrom(0.05, 0.45, 0.0001).value()},
                                      {"profit_target", valuesFrom(0.2, 0.9, 0.001).value()}};
    QVERIFY(!combinations(m_base, huge)); // more than anybody waits for
}

void SweepTest::shardsShareNothingAndAreEverything_data()
{
    QTest::addColumn<int>("runs");
    QTest::addColumn<int>("shards");
    for (const auto& [runs, shards] : {std::pair{1, 1}, {10, 3}, {7, 7}, {3, 8}, {1000, 13}})
        QTest::addRow("%d in %d", runs, shards) << runs << shards;
}

void SweepTest::shardsShareNothingAndAreEverything()
{
    QFETCH(int, runs);
    QFETCH(int, shards);
    std::multiset<int> taken;
    for (int index = 1; index <= shards; ++index) {
        const Shard shard = parseShard(std::to_string(index) + "/" + std::to_string(shards)).value();
        for (int place = 0; place < runs; ++place) {
            if (isIn(shard, static_cast<std::size_t>(place)))
                taken.insert(place);
        }
    }
    QCOMPARE(taken.size(), static_cast<std::size_t>(runs));
    QCOMPARE(std::set(taken.begin(), taken.end()).size(), taken.size());
}

void SweepTest::wrongShardsAreNamed_data()
{
    QTest::addColumn<QString>("text");
    for (const char* const text : {"", "3", "0/4", "5/4", "1/0", "a/b", "1/2/3", "1/-2", " 1/2"})
        QTest::newRow(text) << text;
}

void SweepTest::wrongShardsAreNamed()
{
    QFETCH(QString, text);
    const auto shard = parseShard(text.toStdString());
    QVERIFY(!shard);
    QCOMPARE(shard.error().field, std::string("shard"));
}

void SweepTest::sharedChainsReplayAsTheirSource()
{
    const Report alone = runOver(m_base, january, base::makeDate(2023, 2, 28));
    const auto source = m_data->source();
    const Report shared = backtest::run(m_base, *source).value();
    QCOMPARE(shared.decisionHash, alone.decisionHash);
    QCOMPARE(shared.dataHash, alone.dataHash);
    QCOMPARE(shared.dataHash, m_data->dataHash({}, {}));
    QVERIFY(shared.metric("net_profit") == alone.metric("net_profit"));
    QCOMPARE(shared.data, alone.data);

    Config february = m_base;
    february.from = base::makeDate(2023, 2, 1);
    february.to = base::makeDate(2023, 2, 15);
    const auto part = m_data->source(february.from, february.to);
    QCOMPARE(part->snapshotCount(), std::size_t(11));
    const Report cut = backtest::run(february, *part).value();
    QCOMPARE(cut.first, *february.from);
    QCOMPARE(cut.last, *february.to);
    QCOMPARE(cut.decisionHash, backtest::run(february, *source).value().decisionHash);
    QCOMPARE(cut.dataHash, m_data->dataHash(february.from, february.to));
    QVERIFY(cut.dataHash != shared.dataHash);
    std::stop_source stopped;
    stopped.request_stop();
    const auto nothing = SharedChains::read(*generated(january, january + std::chrono::days(9)), stopped.get_token());
    QVERIFY(!nothing && nothing.error().kind == base::ErrorKind::Cancelled);
}

void SweepTest::eachRunIsAsItWouldBeAlone_data()
{
    QTest::addColumn<unsigned>("threads");
    QTest::newRow("one thread") << 1U;
    QTest::newRow("three threads") << 3U;
}

void SweepTest::eachRunIsAsItWouldBeAlone()
{
    QFETCH(unsigned, threads);
    const auto configs = combinations(m_base, twoByTwo).value();
    std::map<std::size_t, std::string> hashes;
    SweepProgress last;
    double fraction = 0;
    const auto caller = std::this_thread::get_id();
    SweepOptions options;
    options.threads = threads;
    options.onRun = [&](std::size_t place, const base::Result<Report>& report) {
        QVERIFY(std::this_thread::get_id() == caller);
        hashes.emplace(place, report.value().decisionHash);
    };
    options.onProgress = [&](const SweepProgress& progress) {
        QVERIFY(progress.fraction >= fraction - 1e-12);
        fraction = progress.fraction;
        last = progress;
    };
    QVERIFY(sweep(configs, m_data, options));
    QCOMPARE(hashes.size(), configs.size());
    if (m_alone.empty()) {
        for (const Config& config : configs)
            m_alone.push_back(backtest::run(config, *m_data->source()).value().decisionHash);
    }
    for (std::size_t i = 0; i < configs.size(); ++i)
        QCOMPARE(hashes[i], m_alone[i]);
    QCOMPARE(std::set(m_alone.begin(), m_alone.end()).size(), configs.size()); // each trades in its own way
    QCOMPARE(last.done, std::size_t(4));
    QCOMPARE(last.total, std::size_t(4));
    QVERIFY(near(last.fraction, 1, 1e-9));
}

void SweepTest::aRunThatFailsLeavesTheOthers()
{
    auto configs = combinations(m_base, twoByTwo).value();
    configs[1].capital = -1;
    std::size_t good = 0;
    std::string failure;
    SweepOptions options;
    options.onRun = [&](std::size_t place, const base::Result<Report>& report) {
        good += report ? 1 : 0;
        if (!report)
            failure = std::to_string(place) + report.error().field;
    };
    QVERIFY(sweep(configs, m_data, options));
    QCOMPARE(good, std::size_t(3));
    QCOMPARE(failure, std::string("1capital"));
}

void SweepTest::aCancelledSweepSaysSo()
{
    std::stop_source stop;
    const std::vector<Config> many(50, m_base);
    std::size_t told = 0;
    SweepOptions options;
    options.threads = 2;
    options.onRun = [&](std::size_t, const base::Result<Report>&) {
        ++told;
        stop.request_stop();
    };
    const auto done = sweep(many, m_data, options, stop.get_token());
    QVERIFY(!done && done.error().kind == base::ErrorKind::Cancelled);
    QVERIFY2(told >= 1 && told <= 10, qPrintable(QString::number(told)));
}

QTEST_GUILESS_MAIN(SweepTest)
#include "sweep_test.moc"
