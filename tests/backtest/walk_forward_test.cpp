#include "backtest/sweep_runs.h"
#include "backtest/walk_forward.h"
#include "market/calendar.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::backtest;
using namespace vegadesk::tests;

namespace
{

std::vector<base::Date> weekdays(std::size_t count)
{
    std::vector<base::Date> dates{base::makeDate(2023, 1, 3)};
    while (dates.size() < count)
        dates.push_back(market::nextTradingDay(dates.back()));
    return dates;
}

} // namespace

class WalkForwardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_data = januaryAndFebruary(); }
    void foldsByHand_data();
    void foldsByHand();
    void tooFewDaysAreRefused();
    void nothingOutOfSampleIsKnownWhenPicking();
    void nothingLostIsPickedFirst();
    void theStitchedCurveIsOneAccount();
    void daysBetweenAreThoseOfTheLongestTrade();
    void tooLittleLeftIsSaid();

private:
    std::shared_ptr<const SharedChains> m_data;
    const Config m_base = plainCondor();
};

void WalkForwardTest::foldsByHand_data()
{
    QTest::addColumn<bool>("isAnchored");
    QTest::addColumn<QList<int>>("places"); // in first, in last, out first, out last of each fold
    QTest::newRow("rolling") << false << QList<int>{0, 9, 13, 17, 5, 14, 18, 22, 10, 19, 23, 24};
    QTest::newRow("anchored") << true << QList<int>{0, 9, 13, 17, 0, 14, 18, 22, 0, 19, 23, 24};
}

void WalkForwardTest::foldsByHand()
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

void WalkForwardTest::tooFewDaysAreRefused()
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

void WalkForwardTest::nothingOutOfSampleIsKnownWhenPicking()
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

void WalkForwardTest::nothingLostIsPickedFirst()
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

void WalkForwardTest::theStitchedCurveIsOneAccount()
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

void WalkForwardTest::daysBetweenAreThoseOfTheLongestTrade()
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

void WalkForwardTest::tooLittleLeftIsSaid()
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

QTEST_GUILESS_MAIN(WalkForwardTest)
#include "walk_forward_test.moc"
