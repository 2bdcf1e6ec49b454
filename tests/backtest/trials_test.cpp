#include "backtest/borrowed_sources.h"
#include "backtest/sweep_runs.h"
#include "backtest/trials.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <memory>
#include <set>
#include <string>

using namespace vegadesk;
using namespace vegadesk::backtest;
using namespace vegadesk::tests;

namespace
{

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

/// Which runs count as one, and what a result is worth among the others.
class TrialsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_data = januaryAndFebruary(); }
    void contentIsOfSettingsAndData();
    void anEditedRulesFileIsAnotherRun();
    void anotherPastIsOtherData();
    void moreTrialsMakeAResultWorthLess();

private:
    std::shared_ptr<const SharedChains> m_data;
    const Config m_base = plainCondor();
};

void TrialsTest::contentIsOfSettingsAndData()
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

void TrialsTest::anEditedRulesFileIsAnotherRun()
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

void TrialsTest::anotherPastIsOtherData()
{
    const auto whole = generated(january, base::makeDate(2023, 2, 28));
    WithoutPast alone(*whole);
    const auto data = SharedChains::read(alone).value();
    QVERIFY(data->dataHash({}, {}) != m_data->dataHash({}, {}));
    const Report report = backtest::run(m_base, *data->source()).value();
    QCOMPARE(report.dataHash, data->dataHash({}, {}));
}

void TrialsTest::moreTrialsMakeAResultWorthLess()
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

QTEST_GUILESS_MAIN(TrialsTest)
#include "trials_test.moc"
