#include "backtest/joined_runs.h"
#include "backtest/statistics.h"
#include "backtest/sweep_runs.h"
#include "backtest/trials.h"
#include "backtest/walk_forward.h"
#include "market/calendar.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>
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
    void tooManyRunsAreRefusedBeforeAnyRuns();
    void nothingOutOfSampleIsKnownWhenPicking();
    void nothingLostIsPickedFirst();
    void theStitchedCurveIsOneAccount();
    void daysBetweenAreThoseOfTheLongestTrade();
    void tooLittleLeftIsSaid();
    void rowsAreAccountsOfTheirOwn_data();
    void rowsAreAccountsOfTheirOwn();
    void aRowThatHasTooLittleLeftEnds();
    void theBestOfABadLotIsSaid();
    void withoutTheFigureTheFirstIsTradedAndThatIsSaid();
    void whatStretchesReportIsJoined();
    void drawsOfRestingOrdersAddUp();

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

void WalkForwardTest::tooManyRunsAreRefusedBeforeAnyRuns()
{
    // 39 days: 34 stretches of one day after the first five, since days between are not known yet.
    const std::vector<Config> configs(3000, m_base);
    const WalkForwardSettings settings{.inSample = 5, .outOfSample = 1};
    std::size_t runs = 0;
    SweepOptions options;
    options.onProgress = [&](const SweepProgress&) { ++runs; };
    options.onRun = [&](std::size_t, const base::Result<Report>&) { ++runs; };
    const auto walked = walkForward(configs, m_data, settings, options);
    QVERIFY(!walked);
    const std::string words = "grid \"3000 settings on 34 stretches\" is not allowed: at most 100000 in-sample runs";
    QCOMPARE(walked.error().message(), words);
    QCOMPARE(runs, std::size_t(0));

    // The calendar says so where the dates are given, without any data.
    Config dated = m_base;
    QCOMPARE(plannedFolds(dated, 3000, settings).value(), std::size_t(0));
    dated.from = base::makeDate(2023, 1, 1);
    dated.to = base::makeDate(2023, 2, 28);
    QCOMPARE(plannedFolds(dated, 3000, settings).error().message(), words);
    QCOMPARE(plannedFolds(dated, 2900, settings).value(), std::size_t(34));
    QCOMPARE(plannedFolds(dated, 1, {.inSample = 30, .purge = 5, .embargo = 4}).error().message(),
             std::string("days \"39\" is not allowed: more than 39: 30 in sample and 9 between"));
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
    QVERIFY(near(whole.sensitivity[2].sharpe, whole.metric("sharpe"), 1e-12));
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

void WalkForwardTest::rowsAreAccountsOfTheirOwn_data()
{
    QTest::addColumn<double>("spread");
    QTest::addColumn<double>("passiveChance");
    QTest::addColumn<int>("rows"); // the run's own among them where it has one
    QTest::newRow("all of the spread") << 1.0 << 0.0 << 3;
    QTest::newRow("three quarters") << 0.75 << 0.0 << 3;
    QTest::newRow("a chance for resting orders") << 1.0 << 0.5 << 5;
}

/// Each row by hand: what was picked, again at its fills and with what its own account had left.
void WalkForwardTest::rowsAreAccountsOfTheirOwn()
{
    QFETCH(double, spread);
    QFETCH(double, passiveChance);
    QFETCH(int, rows);
    Config base = m_base;
    base.withSensitivity = true;
    base.fills.spreadFraction = spread;
    base.fills.passiveChance = passiveChance;
    base.riskFreeRate = 0.02;
    const auto configs = combinations(base, std::vector<SweepAxis>{{"short_delta", {"0.3", "0.2"}}}).value();
    const WalkForwardSettings settings{.inSample = 12, .outOfSample = 7, .purge = 1, .embargo = 1};
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    QVERIFY(walked.folds.size() > 2);
    QCOMPARE(walked.stitched.sensitivity.size(), static_cast<std::size_t>(rows));
    for (const SensitivityRow& row : walked.stitched.sensitivity) {
        double equity = base.capital;
        std::vector<EquityPoint> curve;
        std::size_t trades = 0;
        for (const FoldResult& fold : walked.folds) {
            Config config = configs[fold.picked];
            config.from = fold.fold.outFirst;
            config.to = fold.fold.outLast;
            config.capital = equity;
            config.fills.spreadFraction = row.spreadFraction;
            config.fills.passiveChance = row.passiveChance;
            config.withSensitivity = false;
            const Report report = backtest::run(config, *m_data->source()).value();
            curve.insert(curve.end(), report.equity.begin() + (curve.empty() ? 0 : 1), report.equity.end());
            equity = curve.back().equity;
            trades += static_cast<std::size_t>(report.metric("trades"));
        }
        QCOMPARE(row.trades, trades);
        QVERIFY(near(row.netProfit, equity - base.capital, 1e-9));
        QVERIFY(std::isfinite(row.sharpe));
        QVERIFY(near(row.sharpe, sharpe(dailyReturns(curve), base.riskFreeRate), 1e-12));
        if (row.spreadFraction == spread && row.passiveChance == passiveChance)
            QVERIFY(near(row.sharpe, walked.stitched.metric("sharpe"), 1e-12));
    }
    QVERIFY(walked.stitched.sensitivity[0].netProfit > walked.stitched.sensitivity[2].netProfit);
    QVERIFY(std::ranges::none_of(walked.stitched.honesty,
                                 [](const std::string& line) { return line.find("Sharpe not known") != line.npos; }));
}

void WalkForwardTest::aRowThatHasTooLittleLeftEnds()
{
    // At the mid the account does better than at the whole spread: between both lies what is needed.
    Config base = m_base;
    base.fills.spreadFraction = 0;
    base.withSensitivity = true;
    const std::vector<Config> configs{base};
    WalkForwardSettings settings{.inSample = 12, .outOfSample = 5, .purge = 1, .embargo = 1};
    std::vector<double> own, whole; // left after each stretch
    double dear = base.capital;
    const auto first = walkForward(configs, m_data, settings, {}, [&](const Report& report) {
                           own.push_back(report.equity.back().equity);
                           Config config = report.config;
                           config.fills.spreadFraction = 1;
                           config.capital = dear;
                           config.withSensitivity = false;
                           dear = backtest::run(config, *m_data->source()).value().equity.back().equity;
                           whole.push_back(dear);
                       }).value();
    const std::size_t last = first.folds.size() - 1; // what is left after it decides nothing
    const double leastOwn = std::min(base.capital, *std::min_element(own.begin(), own.begin() + last));
    const auto low = std::min_element(whole.begin(), whole.begin() + last);
    QVERIFY2(*low < leastOwn, "the spread costs nothing");
    settings.capitalLeast = 0.5 * (*low + leastOwn);
    const auto ends = std::ranges::find_if(whole, [&](double left) { return left < settings.capitalLeast; });
    const auto traded = static_cast<std::size_t>(ends - whole.begin()) + 1;
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    QCOMPARE(walked.untraded, std::size_t(0));
    QVERIFY(near(walked.stitched.sensitivity[2].netProfit, whole[traded - 1] - base.capital, 1e-9));
    const std::string words = "was left after " + std::to_string(traded) + " of " +
                              std::to_string(walked.folds.size()) + " stretches: that row ends there.";
    QVERIFY(std::ranges::any_of(walked.stitched.honesty, [&](const std::string& line) {
        return line.starts_with("At 100 % of the spread less than $") && line.ends_with(words);
    }));
}

void WalkForwardTest::theBestOfABadLotIsSaid()
{
    const auto configs = combinations(m_base, twoByTwo).value();
    WalkForwardSettings settings{.inSample = 10, .outOfSample = 5, .purge = 1, .embargo = 1};
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    std::size_t lost = 0;
    for (const FoldResult& each : walked.folds) {
        Config config = configs[each.picked];
        config.from = each.fold.inFirst;
        config.to = each.fold.inLast;
        const double profit = backtest::run(config, *m_data->source()).value().metric("net_profit");
        if (std::isnan(each.inSampleProfit)) {
            QVERIFY(std::isnan(each.inSample));
            QVERIFY(!each.lostInSample());
            continue;
        }
        QVERIFY(near(each.inSampleProfit, profit, 1e-9));
        QCOMPARE(each.lostInSample(), profit < 0);
        lost += profit < 0 ? 1 : 0;
    }
    const auto said = [&](std::size_t count) {
        return "In " + std::to_string(count) + " of " + std::to_string(walked.folds.size()) +
               " stretches even the best setting by sharpe lost money in sample: the best of a bad lot was traded.";
    };
    QCOMPARE(std::ranges::count(walked.stitched.honesty, said(lost)), lost > 0 ? 1 : 0);

    // A scalper that pays so much on every hedge makes no money, whatever it is told.
    Config scalper = configFor("gamma_scalping", {{"entry", "always"}});
    scalper.withSensitivity = scalper.withBootstrap = false;
    scalper.fills.slippage = 0.003;
    const auto dear = combinations(scalper, std::vector<SweepAxis>{{"exit_days", {"7", "10"}}}).value();
    const auto bad = walkForward(dear, m_data, settings, {}).value();
    lost = static_cast<std::size_t>(std::ranges::count_if(bad.folds, &FoldResult::lostInSample));
    QVERIFY(lost > 0);
    QCOMPARE(std::ranges::count(bad.stitched.honesty, said(lost)), 1);
}

void WalkForwardTest::withoutTheFigureTheFirstIsTradedAndThatIsSaid()
{
    // Nobody pays nine tenths of the wings: no trade, no ratio.
    const auto configs = combinations(m_base, std::vector<SweepAxis>{{"min_credit", {"0.9", "0.8"}}}).value();
    const WalkForwardSettings settings{.inSample = 12, .outOfSample = 9, .purge = 1, .embargo = 1};
    const auto walked = walkForward(configs, m_data, settings, {}).value();
    QVERIFY(walked.stitched.trades.empty());
    for (const FoldResult& each : walked.folds) {
        QCOMPARE(each.picked, std::size_t(0));
        QVERIFY(std::isnan(each.inSample) && std::isnan(each.inSampleProfit) && !each.lostInSample());
    }
    const std::string count = std::to_string(walked.folds.size());
    QCOMPARE(walked.stitched.honesty[1], "In " + count + " of " + count +
                                             " stretches no setting had a sharpe in sample, so that there was nothing "
                                             "to pick by: the first one was traded.");
    // Reasons are counted over all stretches.
    QVERIFY(!walked.stitched.noEntries.empty());
    std::size_t times = 0;
    for (const NoEntryCount& each : walked.stitched.noEntries)
        times += each.times;
    QVERIFY(times > 9);
}

void WalkForwardTest::drawsOfRestingOrdersAddUp()
{
    Config config = m_base;
    config.from = base::makeDate(2023, 1, 3);
    config.to = base::makeDate(2023, 1, 13);
    Report part = backtest::run(config, *m_data->source()).value();
    part.passiveDraws = 2; // as of chains a minute apart
    JoinedRuns joined(config);
    joined.add(part);
    joined.add(part);
    QCOMPARE(joined.finish(*m_data, {}).passiveDraws, std::uint64_t(4));
}

void WalkForwardTest::whatStretchesReportIsJoined()
{
    const Config scalper = [] {
        Config config = configFor("gamma_scalping", {{"entry", "always"}});
        config.withSensitivity = config.withBootstrap = false;
        return config;
    }();
    const std::vector<Config> configs{scalper};
    const WalkForwardSettings settings{.inSample = 12, .outOfSample = 9, .purge = 1, .embargo = 1};
    std::size_t ledgers = 0;
    double lines = 0;
    const auto sum = [](const Report& report) {
        double all = 0;
        for (const strategies::AttributionLine& line : report.attribution.lines)
            all += line.amount.toDouble();
        return all;
    };
    const auto walked = walkForward(configs, m_data, settings, {}, [&](const Report& report) {
                            ledgers += report.hedgeLedgers.size();
                            lines += sum(report);
                        }).value();
    QVERIFY(ledgers > 1);
    QCOMPARE(walked.stitched.hedgeLedgers.size(), ledgers);
    QVERIFY(near(sum(walked.stitched), lines, 1e-9));
    std::set<std::string> ids;
    for (const strategies::AttributionLine& line : walked.stitched.attribution.lines)
        QVERIFY(ids.insert(line.id).second);
    std::set<std::string> groups;
    for (const Trade& trade : walked.stitched.trades)
        QVERIFY2(groups.insert(trade.group).second, trade.group.c_str());
}

QTEST_GUILESS_MAIN(WalkForwardTest)
#include "walk_forward_test.moc"
