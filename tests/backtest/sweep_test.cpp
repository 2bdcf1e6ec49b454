#include "backtest/borrowed_sources.h"
#include "backtest/engine_runs.h"
#include "backtest/shared_chains.h"
#include "backtest/sweep.h"
#include "backtest/trials.h"
#include "backtest/walk_forward.h"
#include "market/calendar.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>
#include <thread>

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
    void contentIsOfSettingsAndData();
    void anEditedRulesFileIsAnotherRun();
    void anotherPastIsOtherData();
    void foldsByHand_data();
    void foldsByHand();
    void tooFewDaysAreRefused();
    void nothingOutOfSampleIsKnownWhenPicking();
    void nothingLostIsPickedFirst();
    void theStitchedCurveIsOneAccount();
    void daysBetweenAreThoseOfTheLongestTrade();
    void tooLittleLeftIsSaid();
    void moreTrialsMakeAResultWorthLess();

private:
    std::shared_ptr<const SharedChains> m_data; ///< January and February
    Config m_base = configFor("iron_condor", {{"min_credit", "0.1"}});
    std::vector<std::string> m_alone; ///< decision hashes of twoByTwo, each run by itself
};

namespace
{

const std::vector<SweepAxis> twoByTwo{{"short_delta", {"0.2", "0.3"}}, {"profit_target", {"0.25", "0.5"}}};

std::vector<base::Date> weekdays(std::size_t count)
{
    std::vector<base::Date> dates{base::makeDate(2023, 1, 3)};
    while (dates.size() < count)
        dates.push_back(market::nextTradingDay(dates.back()));
    return dates;
}

/// A store that this year alone was imported into.
class WithoutPast final : public BorrowedSource
{
public:
    using BorrowedSource::BorrowedSource;

    std::vector<history::DailyClose> closes(base::Date from, base::Date to) override
    {
        return BorrowedSource::closes(std::max(from, january), to);
    }
};

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
        qFatal("%s", qPrintable(path));
}

} // namespace

void SweepTest::initTestCase()
{
    m_base.withSensitivity = m_base.withBootstrap = false;
    m_data = SharedChains::read(*generated(january, base::makeDate(2023, 2, 28))).value();
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

void SweepTest::contentIsOfSettingsAndData()
{
    const std::string content = contentHash(m_base, "data");
    Config same = m_base;
    same.withSensitivity = same.withBootstrap = true; // says more, decides nothing
    QCOMPARE(contentHash(same, "data"), content);
    QVERIFY(contentHash(m_base, "other") != content);
    std::set<std::string> seen{content};
    for (const auto& change : std::vector<std::function<void(Config&)>>{
             [](Config& config) { config.capital *= 2; },
             [](Config& config) { config.fills.slippage = 0; },
             [](Config& config) { config.fills.spreadFraction = 0.5; },
             [](Config& config) { config.latency = std::chrono::seconds(1); },
             [](Config& config) { config.riskFreeRate = 0.01; },
             [](Config& config) { config.fills.passiveChance = 0.5; },
             [](Config& config) { config.fills.passive = execution::PassiveFills::AtTouch; },
             [](Config& config) { config.fills.capAtDisplayedSize = !config.fills.capAtDisplayedSize; },
             [](Config& config) { config.realism.dividendAssignment = false; },
             [](Config& config) { config.realism.assignmentChance = 0.5; },
             [](Config& config) { config.realism.assignmentTimeValue = 0.5; },
             [](Config& config) { config.realism.exerciseThreshold = 0.5; },
             [](Config& config) { config.realism.exercisesLongs = false; },
             [](Config& config) { config.realism.pinWidth = 0; },
             [](Config& config) { config.realism.pinDeviation = 0.01; },
             [](Config& config) { config.realism.settledCashOnly = true; },
             [](Config& config) { config.realism.cashShare = 1; },
             [](Config& config) { config.realism.debitSpread = 0.1; },
             [](Config& config) { config.realism.borrowRate = 0.1; },
             [](Config& config) { config.realism.marginCall = backtest::MarginCall::AtOnce; },
             [](Config& config) { config.realism.seed = 2; },
             [](Config& config) { config.tolerance = risk::Tolerance::High; },
             [](Config& config) { QVERIFY(config.parameters.set("short_delta", 0.21)); },
             [](Config& config) {
                 strategies::StrategyInfo rules;
                 rules.content = "0123456789abcdef";
                 config.rules = std::make_shared<const strategies::StrategyInfo>(rules);
             },
             [](Config& config) { config.strategy = "other"; }}) {
        Config other = m_base;
        change(other);
        QVERIFY(seen.insert(contentHash(other, "data")).second);
    }
}

void SweepTest::anEditedRulesFileIsAnotherRun()
{
    QFile sample(QStringLiteral(VEGADESK_SOURCE_DIR "/docs/samples/iron_condor.json"));
    QVERIFY(sample.open(QIODevice::ReadOnly));
    const QByteArray text = sample.readAll();
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("condor.json"));
    const std::string name = "rules:" + path.toStdString();
    write(path, text);
    const Config before = configure(name).value();
    const Config spelled = configure("rules:" + folder.path().toStdString() + "/./condor.json").value();
    QCOMPARE(contentHash(spelled, "data"), contentHash(before, "data"));
    QCOMPARE(familyOf(spelled.strategy, "SPY", "data"), familyOf(name, "SPY", "data"));

    // No parameter says how far from its delta a leg may be.
    write(path,
          QByteArray(text).replace("\"action\": \"buy\", \"right\": \"put\", \"delta\": 0.16, \"tolerance\": 0.06",
                                   "\"action\": \"buy\", \"right\": \"put\", \"delta\": 0.16, \"tolerance\": 0.07"));
    const Config after = configure(name).value();
    QVERIFY(contentHash(after, "data") != contentHash(before, "data"));
    QCOMPARE(familyOf(after.strategy, "SPY", "data"),
             familyOf(name, "SPY", "data")); // it is a trial of the same strategy
    QFile::remove(path);
    QVERIFY(backtest::run(before, *m_data->source(january, base::makeDate(2023, 1, 6)))); // as it was read
}

void SweepTest::anotherPastIsOtherData()
{
    const auto whole = generated(january, base::makeDate(2023, 2, 28));
    WithoutPast alone(*whole);
    const auto data = SharedChains::read(alone).value();
    QVERIFY(data->dataHash({}, {}) != m_data->dataHash({}, {}));
    const Report report = backtest::run(m_base, *data->source()).value();
    QCOMPARE(report.dataHash, data->dataHash({}, {}));
}

void SweepTest::foldsByHand_data()
{
    QTest::addColumn<bool>("isAnchored");
    QTest::addColumn<QList<int>>("places"); // in first, in last, out first, out last of each fold
    QTest::newRow("rolling") << false << QList<int>{0, 9, 13, 17, 5, 14, 18, 22, 10, 19, 23, 24};
    QTest::newRow("anchored") << true << QList<int>{0, 9, 13, 17, 0, 14, 18, 22, 0, 19, 23, 24};
}

void SweepTest::foldsByHand()
{
    QFETCH(bool, isAnchored);
    QFETCH(QList<int>, places);
    const std::vector<base::Date> dates = weekdays(25);
    const WalkForwardSettings settings{.window = isAnchored ? WalkForwardWindow::Anchored : WalkForwardWindow::Rolling,
                                       .inSample = 10,
                                       .outOfSample = 5};
    const auto folds = foldsOf(dates, settings, 3).value();
    QCOMPARE(folds.size() * 4, static_cast<std::size_t>(places.size()));
    const auto date = [&](qsizetype place) { return dates[static_cast<std::size_t>(places[place])]; };
    for (qsizetype i = 0; i < places.size(); i += 4) {
        const Fold expected{date(i), date(i + 1), date(i + 2), date(i + 3)};
        QVERIFY(folds[static_cast<std::size_t>(i / 4)] == expected);
    }
}

void SweepTest::tooFewDaysAreRefused()
{
    const auto folds = foldsOf(weekdays(13), {.inSample = 10, .outOfSample = 5}, 3);
    QVERIFY(!folds);
    QCOMPARE(folds.error().message(),
             std::string("days \"13\" is not allowed: more than 13: 10 in sample and 3 between"));
    QVERIFY(!check(WalkForwardSettings{.inSample = 2}));
    QVERIFY(!check(WalkForwardSettings{.outOfSample = 0}));
    QVERIFY(!check(WalkForwardSettings{.objective = "luck"}));
    QVERIFY(check(WalkForwardSettings{}));
}

void SweepTest::nothingOutOfSampleIsKnownWhenPicking()
{
    const auto configs = combinations(m_base, twoByTwo).value();
    const WalkForwardSettings settings{.inSample = 15, .outOfSample = 8, .purge = 1, .embargo = 1, .objective = "cagr"};
    std::size_t inSample = 0, outOfSample = 0;
    std::vector<std::string> outHashes;
    SweepOptions options;
    options.onRun = [&](std::size_t, const base::Result<Report>& report) { inSample += report ? 1 : 0; };
    const auto all = walkForward(configs, m_data, settings, options, [&](const Report&) { ++outOfSample; }).value();
    QCOMPARE(all.folds.size(), std::size_t(3));
    QCOMPARE(inSample, all.folds.size() * configs.size());
    QCOMPARE(all.inSampleRuns, inSample);
    QCOMPARE(outOfSample, all.folds.size());
    for (const FoldResult& each : all.folds) {
        QVERIFY(each.fold.inLast < each.fold.outFirst);
        // The best of its in-sample days, run by hand.
        std::size_t best = 0;
        double score = -1e300;
        for (std::size_t i = 0; i < configs.size(); ++i) {
            Config config = configs[i];
            config.from = each.fold.inFirst;
            config.to = each.fold.inLast;
            const double found = backtest::run(config, *m_data->source()).value().metric("cagr");
            if (found > score) {
                score = found;
                best = i;
            }
        }
        QCOMPARE(each.picked, best);
        QVERIFY(near(each.inSample, score, 1e-12));
    }
    // What comes after a fold changes nothing in it.
    auto cut = configs;
    for (Config& config : cut)
        config.to = all.folds[1].fold.outLast;
    const auto fewer = walkForward(cut, m_data, settings, {}).value();
    QCOMPARE(fewer.folds.size(), std::size_t(2));
    for (std::size_t i = 0; i < 2; ++i) {
        QCOMPARE(fewer.folds[i].picked, all.folds[i].picked);
        QVERIFY(fewer.folds[i].netProfit == all.folds[i].netProfit);
    }
}

void SweepTest::nothingLostIsPickedFirst()
{
    const auto configs = combinations(m_base, twoByTwo).value();
    for (const char* const objective : {"profit_factor", "calmar", "sortino"}) {
        const WalkForwardSettings settings{
            .inSample = 15, .outOfSample = 8, .purge = 1, .embargo = 1, .objective = objective};
        const auto walked = walkForward(configs, m_data, settings, {}).value();
        for (const FoldResult& each : walked.folds) {
            std::size_t best = 0;
            double highest = market::unknown, shown = market::unknown;
            for (std::size_t i = 0; i < configs.size(); ++i) {
                Config config = configs[i];
                config.from = each.fold.inFirst;
                config.to = each.fold.inLast;
                const Report report = backtest::run(config, *m_data->source()).value();
                const double rank = rankOf(report.metrics, objective);
                if (std::isnan(rank) || rank <= highest)
                    continue;
                best = i;
                highest = rank;
                shown = report.metric(objective);
            }
            QCOMPARE(each.picked, best);
            QVERIFY(!std::isinf(each.inSample));
            QVERIFY(std::isnan(shown) ? std::isnan(each.inSample) : near(each.inSample, shown, 1e-12));
        }
    }
}

void SweepTest::daysBetweenAreThoseOfTheLongestTrade()
{
    // The first config, which is the base, asks for more than anybody pays.
    const auto configs = combinations(m_base, std::vector<SweepAxis>{{"min_credit", {"0.9", "0.1"}}}).value();
    const WalkForwardSettings settings{.inSample = 12, .outOfSample = 7, .embargo = 0};
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    std::vector<double> held;
    for (const Config& config : configs) {
        Config early = config;
        early.to = walked.folds.front().fold.inLast;
        held.push_back(holdingPeriod(backtest::run(early, *m_data->source()).value()).longest);
    }
    QVERIFY(held[0] < held[1]);
    QCOMPARE(walked.purge, static_cast<std::size_t>(std::ceil(held[1])));
    QCOMPARE(walked.inSampleRuns, 2 * walked.folds.size());
    // Of one that never trades nothing can be learned, and that is said.
    const auto idle = walkForward(std::span(configs).first(1), m_data, settings, {}).value();
    QCOMPARE(idle.purge, std::size_t(0));
    QVERIFY(idle.stitched.honesty.front().find("since no trade was held on the first days") != std::string::npos);
}

void SweepTest::tooLittleLeftIsSaid()
{
    const std::vector<Config> configs{m_base};
    WalkForwardSettings settings{.inSample = 12, .outOfSample = 5, .purge = 1, .embargo = 1};
    const auto whole = walkForward(configs, m_data, settings, {}).value();
    QVERIFY(whole.untraded == 0 && whole.stopped.empty());
    double equity = m_base.capital, least = equity;
    for (const FoldResult& each : std::span(whole.folds).first(whole.folds.size() - 1)) {
        equity += each.netProfit;
        least = std::min(least, equity);
    }
    QVERIFY(least < m_base.capital); // it loses on the way
    settings.capitalLeast = least + 0.001;
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    QVERIFY(walked.untraded > 0);
    QCOMPARE(walked.folds.size() + walked.untraded, whole.folds.size());
    QCOMPARE(walked.stitched.last, walked.folds.back().fold.outLast);
    QVERIFY2(walked.stopped.find(std::to_string(walked.untraded) + " of ") != std::string::npos,
             walked.stopped.c_str());
    QVERIFY(walked.stitched.honesty.front().find(walked.stopped) != std::string::npos);
}

void SweepTest::theStitchedCurveIsOneAccount()
{
    Config base = m_base;
    base.withSensitivity = true;
    const auto configs = combinations(base, std::vector<SweepAxis>{{"short_delta", {"0.3", "0.2"}}}).value();
    const WalkForwardSettings settings{
        .window = WalkForwardWindow::Anchored, .inSample = 12, .outOfSample = 7, .embargo = 1};
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    QCOMPARE(walked.embargo, std::size_t(1));
    // The longest that a config holds a trade on the first twelve days, which it still holds at their end.
    double held = 0;
    for (Config early : configs) {
        early.to = walked.folds.front().fold.inLast;
        held = std::max(held, holdingPeriod(backtest::run(early, *m_data->source()).value()).longest);
    }
    QVERIFY(held > 0);
    QCOMPARE(walked.purge, static_cast<std::size_t>(std::ceil(held)));
    const Report& whole = walked.stitched;
    double profit = 0, trades = 0;
    for (const FoldResult& each : walked.folds) {
        profit += each.netProfit;
        trades += static_cast<double>(each.trades);
    }
    QCOMPARE(static_cast<double>(whole.trades.size()), trades);
    QVERIFY(near(whole.metric("net_profit"), profit, 1e-6));
    QVERIFY(near(whole.equity.front().equity, base.capital, 0));
    QVERIFY(std::ranges::is_sorted(whole.equity, {}, &EquityPoint::at));
    QCOMPARE(whole.drawdown.size(), whole.equity.size());
    QCOMPARE(whole.first, walked.folds.front().fold.outFirst);
    QCOMPARE(whole.last, walked.folds.back().fold.outLast);
    QCOMPARE(whole.sensitivity.size(), std::size_t(3));
    QVERIFY(near(whole.sensitivity[2].netProfit, profit, 1e-6));
    QVERIFY(near(whole.attribution.total.total().toDouble(), profit,
                 0.005 * static_cast<double>(walked.folds.size()) + 1e-6));
    QVERIFY(whole.honesty.front().starts_with("Walk-forward, anchored"));
}

void SweepTest::moreTrialsMakeAResultWorthLess()
{
    Report report = backtest::run(m_base, *m_data->source()).value();
    QCOMPARE(report.trials.count, std::size_t(1));
    QVERIFY(report.metric("deflated_sharpe") == report.metric("probabilistic_sharpe"));
    const auto sentences = [&](const char* start) {
        return std::ranges::count_if(report.honesty, [&](const std::string& line) { return line.starts_with(start); });
    };
    QCOMPARE(sentences("Trials: 1,"), 1);
    judge(report, {10, 0.01});
    const double ten = report.metric("deflated_sharpe");
    judge(report, {1000, 0.01});
    QVERIFY(report.metric("deflated_sharpe") < ten && ten < report.metric("probabilistic_sharpe"));
    QVERIFY(report.metric("trials") == 1000);
    QCOMPARE(sentences("Trials: 1000,"), 1);
    QCOMPARE(sentences("Trials: "), 1);
}

QTEST_GUILESS_MAIN(SweepTest)
#include "sweep_test.moc"
