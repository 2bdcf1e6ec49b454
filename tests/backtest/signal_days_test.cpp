#include "backtest/signal_days.h"

#include "backtest/engine_runs.h"
#include "backtest/trials.h"
#include "market/calendar.h"

#include <QTest>

#include <algorithm>
#include <memory>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::FollowedSignal;
using learning::market_signals::Prediction;
using learning::market_signals::SignalSeries;

namespace
{

constexpr base::Date february = base::makeDate(2023, 2, 1), march = base::makeDate(2023, 3, 1);

/// Half until the end of January and nine tenths after, trained until `trainedUntil`.
std::shared_ptr<const SignalSeries> series(base::Date trainedUntil = base::makeDate(2022, 6, 30))
{
    auto out = std::make_shared<SignalSeries>();
    out->info.trainedUntil = trainedUntil;
    out->info.dataHash = "abc";
    out->info.verdict = "No signal was found: it is made up.";
    for (base::Date session = january; session < march; session = market::nextTradingDay(session)) {
        Prediction each;
        each.session = session;
        each.probability = session < february ? 0.5 : 0.9;
        each.isInSample = session <= trainedUntil;
        out->predictions.push_back(each);
    }
    return out;
}

backtest::Config filtered(double least, std::shared_ptr<const SignalSeries> followed, std::string gap = {})
{
    // A condor of the generated market that has no other reason to stay out.
    backtest::Config config = configFor("iron_condor", {{"min_credit", "0.05"}});
    config.withBootstrap = config.withSensitivity = false;
    config.filter = strategies::SignalRule{"calm", least};
    config.signals = {{"calm", std::move(followed), std::move(gap)}};
    return config;
}

bool says(const std::vector<std::string>& lines, const std::string& words)
{
    return std::ranges::any_of(lines, [&](const std::string& each) { return each.find(words) != std::string::npos; });
}

std::size_t entries(const Report& report)
{
    return static_cast<std::size_t>(std::ranges::count(report.decisions, "entry", &backtest::Decision::kind));
}

} // namespace

class SignalDaysTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void entriesWaitForTheProbability()
    {
        const Report all = runOver(filtered(0.4, series()), january, base::makeDate(2023, 2, 28));
        QVERIFY(entries(all) > 0);
        const base::Instant first = std::ranges::find(all.decisions, "entry", &backtest::Decision::kind)->at;
        QVERIFY(market::newYorkDate(first) < february);
        const Report late = runOver(filtered(0.8, series()), january, base::makeDate(2023, 2, 28));
        QVERIFY(std::ranges::all_of(late.decisions, [](const backtest::Decision& each) {
            return each.kind != "entry" || market::newYorkDate(each.at) >= february;
        }));
        QVERIFY(std::ranges::any_of(late.noEntries, [](const backtest::NoEntryCount& each) {
            return each.reason == "the signal calm is below 0.8" && each.times > 15;
        }));
        QVERIFY(says(late.honesty, "Entries needed the signal calm at least 0.8."));
        QVERIFY(says(late.honesty, "No signal was found: it is made up."));
    }

    void inSampleNothingIsOpened()
    {
        const Report run = runOver(filtered(0.4, series(march)), january, base::makeDate(2023, 2, 28));
        QCOMPARE(entries(run), std::size_t(0));
        QCOMPARE(run.noEntries.size(), std::size_t(1));
        QCOMPARE(run.noEntries.front().reason,
                 std::string("the signal calm is not known: it was trained on days until 2023-03-01: no forecast"));
        QVERIFY(says(run.honesty, "sessions of this run are in sample"));
    }

    void whatIsMissingIsSaid()
    {
        const Report run = runOver(filtered(0.4, nullptr, "there is no model of that name"), january, february);
        QCOMPARE(entries(run), std::size_t(0));
        QCOMPARE(run.noEntries.front().reason,
                 std::string("the signal calm is not known: there is no model of that name"));
    }

    void aFilterIsATrialOfItsOwn()
    {
        const auto hash = [](const backtest::Config& config) { return backtest::contentHash(config, "data"); };
        const backtest::Config one = filtered(0.4, series());
        QVERIFY(hash(one) != hash(filtered(0.5, series())));
        auto other = std::make_shared<SignalSeries>(*series());
        other->info.dataHash = "def";
        QVERIFY(hash(one) != hash(filtered(0.4, other)));
    }

    void withoutAFilterNothingIsLoaded()
    {
        backtest::Config config = configFor("iron_condor");
        QVERIFY(backtest::followSignals(config, {"/nowhere", {}}));
        QVERIFY(config.signals.empty());
    }

    void theSimulatedDaysBeginYearsBefore()
    {
        const auto days = backtest::simulatedDays("SPY", january, march, 7);
        QVERIFY(days.from < january - std::chrono::days(3 * 365) && days.to == march && days.marketSeed == 7);
        QVERIFY(backtest::simulatedDays("SPY", base::makeDate(2015, 6, 1), march, 7).from ==
                base::makeDate(2015, 1, 2));
    }
};

QTEST_APPLESS_MAIN(SignalDaysTest)
#include "signal_days_test.moc"
