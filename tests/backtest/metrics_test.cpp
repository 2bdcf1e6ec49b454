#include "backtest/bootstrap.h"
#include "backtest/metrics.h"
#include "backtest/periods.h"

#include "market/calendar.h"

#include <QFile>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <numeric>
#include <stop_token>
#include <utility>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::backtest;

class MetricsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probabilisticSharpeMatchesTheOracle_data();
    void probabilisticSharpeMatchesTheOracle();
    void theDeflatedSharpeMatchesTheOracle();
    void aSingleTrialIsNotDeflated();
    void momentsOfAHandWorkedSample();
    void sharpeAndSortinoByHand();
    void drawdownKnowsDepthAndLength();
    void growthIsPerYearOf365Days();
    void daysKeepTheirLastPoint();
    void tradesGiveFactorRateAndExpectancy();
    void nothingLostRanksFirst_data();
    void nothingLostRanksFirst();
    void theAccountsUseByHand();
    void losesByDaysAndWeeksByHand();
    void monthsWeeksAndDaysAddUp();
    void regimesAreOfTheEveningBefore();
    void blocksAreGeometricAndGoRound();
    void theBootstrapMatchesAnEnumeration_data();
    void theBootstrapMatchesAnEnumeration();
    void drawdownsAndFactorsAreDrawnToo();
    void theSameSeedDrawsTheSame();
    void aStopRequestLeavesNoIntervals();
    void whatCannotBeKnownIsNotANumber();
    void everyFigureIsInTheDocument();
};

namespace
{

std::vector<EquityPoint> dailyCurve(std::initializer_list<double> equities)
{
    std::vector<EquityPoint> curve;
    base::Date date = base::makeDate(2023, 1, 3);
    for (const double equity : equities) {
        curve.push_back({market::fromNewYork(date, std::chrono::hours(16)), equity, 0});
        date += std::chrono::days(1);
    }
    return curve;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

void MetricsTest::probabilisticSharpeMatchesTheOracle_data()
{
    QTest::addColumn<double>("ratio");
    QTest::addColumn<int>("periods");
    QTest::addColumn<double>("skewness");
    QTest::addColumn<double>("kurtosis");
    QTest::addColumn<double>("expected");
    // Domain reference F3; the second pair is Bailey and López de Prado's own example.
    QTest::newRow("skewed") << 0.1 << 250 << -1.0 << 5.0 << 0.932900;
    QTest::newRow("normal") << 0.1 << 250 << 0.0 << 3.0 << 0.942261;
    QTest::newRow("paper") << 0.458 << 24 << -2.448 << 10.164 << 0.913361;
    QTest::newRow("paper, normal") << 0.458 << 24 << 0.0 << 3.0 << 0.981675;
    // What excess kurtosis in Pearson's place would give: it must be told apart.
    QTest::newRow("excess kurtosis by mistake") << 0.1 << 250 << -1.0 << 2.0 << 0.933559;
}

void MetricsTest::probabilisticSharpeMatchesTheOracle()
{
    QFETCH(double, ratio);
    QFETCH(int, periods);
    QFETCH(double, skewness);
    QFETCH(double, kurtosis);
    QFETCH(double, expected);
    const double found = probabilisticSharpe(ratio, static_cast<std::size_t>(periods), skewness, kurtosis);
    QVERIFY2(near(found, expected, 5e-7), qPrintable(QString::number(found, 'g', 9)));
}

void MetricsTest::theDeflatedSharpeMatchesTheOracle()
{
    // F3: 2.5 a year over 1250 days, 100 trials whose annual ratios have a variance of one half.
    const double lucky = luckySharpe(0.5 / 250, 100);
    QVERIFY2(near(lucky, 0.113172, 5e-7), qPrintable(QString::number(lucky, 'g', 9)));
    const double deflated = probabilisticSharpe(2.5 / std::sqrt(250.0), 1250, -3, 10, lucky);
    QVERIFY2(near(deflated, 0.900397, 5e-7), qPrintable(QString::number(deflated, 'g', 9)));
}

void MetricsTest::aSingleTrialIsNotDeflated()
{
    QCOMPARE(luckySharpe(0.5, 1), 0.0);
    QCOMPARE(luckySharpe(0, 100), 0.0);
    QCOMPARE(luckySharpe(market::unknown, 100), 0.0);
    QVERIFY(luckySharpe(0.002, 10) < luckySharpe(0.002, 100));
}

void MetricsTest::momentsOfAHandWorkedSample()
{
    const Moments shape = moments(std::vector<double>{1, 2, 3, 6});
    QVERIFY(near(shape.mean, 3, 1e-12));
    QVERIFY(near(shape.deviation, std::sqrt(3.5), 1e-12));
    QVERIFY(near(shape.skewness, 4.5 / std::pow(3.5, 1.5), 1e-12));
    QVERIFY(near(shape.kurtosis, 24.5 / 12.25, 1e-12));
}

void MetricsTest::sharpeAndSortinoByHand()
{
    const std::vector<double> steps{0.01, -0.02, 0.03, 0.02};
    // mean 0.01, sample deviation sqrt(0.0014 / 3), downside sqrt(0.0004 / 4) = 0.01
    QVERIFY(near(sharpe(steps, 0), 0.01 / std::sqrt(0.0014 / 3) * std::sqrt(252.0), 1e-9));
    QVERIFY(near(sortino(steps, 0), std::sqrt(252.0), 1e-9));
    QVERIFY(near(sharpe(steps, 0.0252), 0.0099 / std::sqrt(0.0014 / 3) * std::sqrt(252.0), 1e-9));
}

void MetricsTest::drawdownKnowsDepthAndLength()
{
    const auto curve = dailyCurve({100, 120, 90, 110, 120, 115, 114, 113});
    const Drawdown fall = worstDrawdown(curve);
    QVERIFY(near(fall.fraction, 0.25, 1e-12));
    QVERIFY(near(fall.days, 3, 1e-9)); // from the second 120 to the end
    const std::vector<double> falls = drawdowns(curve);
    QVERIFY(near(falls[2], -0.25, 1e-12));
    QVERIFY(falls[4] == 0);
}

void MetricsTest::growthIsPerYearOf365Days()
{
    std::vector<EquityPoint> curve = dailyCurve({100, 100});
    curve.back().at = curve.front().at + std::chrono::days(730);
    curve.back().equity = 121;
    QVERIFY(near(compoundAnnualGrowth(curve), 0.10, 1e-12));
    curve.back().equity = -5;
    QVERIFY(compoundAnnualGrowth(curve) == -1);
}

void MetricsTest::daysKeepTheirLastPoint()
{
    std::vector<EquityPoint> curve = dailyCurve({100, 101});
    curve.insert(curve.begin() + 1, {curve[0].at + std::chrono::minutes(5), 99, 0});
    const auto daily = dailyPoints(curve);
    QCOMPARE(daily.size(), std::size_t(2));
    QVERIFY(daily[0].equity == 99);
    QVERIFY(daily[1].equity == 101);
}

void MetricsTest::tradesGiveFactorRateAndExpectancy()
{
    auto curve = dailyCurve({100'000, 100'200, 100'150, 100'250});
    curve[1].buyingPowerUsed = 5000;
    curve[2].buyingPowerUsed = 2000;
    const std::vector<double> profits{300, -100, 150, -100};
    const auto metrics =
        measure(curve, {.tradeProfits = profits, .orders = 9, .fills = 30, .fees = 12.5, .slippage = 40});
    QVERIFY(near(valueOf(metrics, "profit_factor"), 450.0 / 200, 1e-12));
    QVERIFY(near(valueOf(metrics, "win_rate"), 0.5, 1e-12));
    QVERIFY(near(valueOf(metrics, "expectancy"), 62.5, 1e-12));
    QVERIFY(near(valueOf(metrics, "average_win"), 225, 1e-12));
    QVERIFY(near(valueOf(metrics, "average_loss"), -100, 1e-12));
    QVERIFY(near(valueOf(metrics, "worst_trade"), -100, 1e-12));
    QVERIFY(near(valueOf(metrics, "worst_day"), -50, 1e-12));
    QVERIFY(near(valueOf(metrics, "net_profit"), 250, 1e-9));
    QVERIFY(near(valueOf(metrics, "max_buying_power"), 5000, 1e-12));
    QVERIFY(near(valueOf(metrics, "return_on_max_buying_power"), 0.05, 1e-12));
    QVERIFY(near(valueOf(metrics, "exposure"), 0.5, 1e-12));
    QVERIFY(near(valueOf(metrics, "fees"), 12.5, 1e-12));
}

void MetricsTest::nothingLostRanksFirst_data()
{
    constexpr double none = market::unknown, best = std::numeric_limits<double>::infinity();
    QTest::addColumn<QString>("id");
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("trades");
    QTest::addColumn<double>("profit");
    QTest::addColumn<double>("rank");
    QTest::newRow("known") << "profit_factor" << 1.7 << 3.0 << 50.0 << 1.7;
    QTest::newRow("no losses") << "profit_factor" << none << 3.0 << 50.0 << best;
    QTest::newRow("no drawdown") << "calmar" << none << 3.0 << 50.0 << best;
    QTest::newRow("no day down") << "sortino" << none << 3.0 << 50.0 << best;
    QTest::newRow("no trade") << "profit_factor" << none << 0.0 << 50.0 << none;
    QTest::newRow("no profit") << "calmar" << none << 3.0 << 0.0 << none;
    QTest::newRow("never ran") << "sortino" << none << none << none << none;
    QTest::newRow("not of losses") << "sharpe" << none << 3.0 << 50.0 << none;
}

void MetricsTest::nothingLostRanksFirst()
{
    QFETCH(QString, id);
    QFETCH(double, value);
    QFETCH(double, trades);
    QFETCH(double, profit);
    QFETCH(double, rank);
    const double found = rankOf(id.toStdString(), value, trades, profit);
    QVERIFY(std::isnan(rank) ? std::isnan(found) : found == rank);
    const std::vector<Metric> metrics{
        {id.toStdString(), "ratio", value}, {"trades", "count", trades}, {"net_profit", "usd", profit}};
    const double whole = rankOf(metrics, id.toStdString());
    QVERIFY(std::isnan(rank) ? std::isnan(whole) : whole == rank);
}

void MetricsTest::theAccountsUseByHand()
{
    auto curve = dailyCurve({100, 110, 90, 100});
    curve[1].buyingPowerUsed = 55;
    curve[2].buyingPowerUsed = 18;
    curve[1].notional = 330;
    curve[2].notional = 180;
    const auto metrics = measure(curve, {});
    QVERIFY(near(valueOf(metrics, "buying_power_use"), (0.5 + 0.2) / 4, 1e-12));
    QVERIFY(near(valueOf(metrics, "max_buying_power_use"), 0.5, 1e-12));
    QVERIFY(near(valueOf(metrics, "notional_leverage"), 3, 1e-12));
    QVERIFY(near(valueOf(metrics, "time_under_water"), 2.0 / 3, 1e-12)); // from the second day on, of three
}

void MetricsTest::losesByDaysAndWeeksByHand()
{
    // Tuesday 2023-01-03 on: 100 returns of −1 % to +98 % in steps of a hundredth, shuffled by a step that visits each once.
    std::vector<EquityPoint> curve{{market::fromNewYork(base::makeDate(2023, 1, 2), std::chrono::hours(16)), 100}};
    base::Date date = base::makeDate(2023, 1, 3);
    for (int i = 0; i < 100; ++i, date += std::chrono::days(1))
        curve.push_back({market::fromNewYork(date, std::chrono::hours(16)),
                         curve.back().equity * (1 + 0.001 * ((i * 37) % 100 - 50))});
    const auto metrics = measure(curve, {});
    QVERIFY(near(valueOf(metrics, "var_95"), 0.045, 1e-9)); // five of a hundred are worse
    QVERIFY(near(valueOf(metrics, "es_95"), 0.048, 1e-9));
    QVERIFY(near(valueOf(metrics, "var_99"), 0.049, 1e-9));
    QVERIFY(near(valueOf(metrics, "es_99"), 0.050, 1e-9));

    const std::vector<double> profits{500, 400, 300, 200, 100, -50, 40};
    const auto withTrades = measure(dailyCurve({100, 90, 80, 70, 60, 50, 80}), {.tradeProfits = profits});
    QVERIFY(near(valueOf(withTrades, "profit_without_best_5"), -10, 1e-9));
    QVERIFY(near(valueOf(withTrades, "worst_day"), -10, 1e-9));
    QVERIFY(near(valueOf(withTrades, "worst_week"), -50, 1e-9)); // to Sunday the 8th
}

void MetricsTest::monthsWeeksAndDaysAddUp()
{
    std::vector<EquityPoint> curve{{market::fromNewYork(base::makeDate(2023, 1, 27), std::chrono::hours(10)), 1000}};
    double equity = 1000;
    for (base::Date date = base::makeDate(2023, 1, 27); date <= base::makeDate(2023, 3, 3);
         date += std::chrono::days(1)) {
        for (const int hour : {11, 16}) {
            equity += 7 - static_cast<double>((date.time_since_epoch().count() + hour) % 13);
            curve.push_back({market::fromNewYork(date, std::chrono::hours(hour)), equity});
        }
    }
    for (const auto& periods : {profitByDay(curve), profitByWeek(curve), profitByMonth(curve)}) {
        double sum = 0;
        for (const PeriodProfit& period : periods)
            sum += period.profit;
        QVERIFY(near(sum, equity - 1000, 1e-9));
    }
    const auto months = profitByMonth(curve);
    QCOMPARE(months.size(), std::size_t(3));
    QCOMPARE(months[1].first, base::makeDate(2023, 2, 1));
    QCOMPARE(months[1].last, base::makeDate(2023, 2, 28));
    QCOMPARE(profitByWeek(curve)[1].first, base::makeDate(2023, 1, 30)); // a Monday
    QCOMPARE(profitByDay(curve).size(), std::size_t(36));
    const auto worstThree = worst(profitByDay(curve), 3);
    QCOMPARE(worstThree.size(), std::size_t(3));
    QVERIFY(worstThree[0].profit <= worstThree[1].profit && worstThree[2].profit < 0);
    // The first day has its entry in it: eleven and sixteen o'clock after a start at ten.
    QVERIFY(near(dailyReturns(curve).front(), profitByDay(curve).front().fraction, 1e-12));
    QCOMPARE(dailyReturns(curve).size(), std::size_t(36));
}

void MetricsTest::regimesAreOfTheEveningBefore()
{
    auto curve = dailyCurve({100, 101, 103, 106, 110});
    const double volatilities[] = {0.149, 0.15, 0.35, market::unknown, 0.25};
    for (std::size_t i = 0; i < curve.size(); ++i)
        curve[i].impliedVolatility = volatilities[i];
    const auto regimes = profitByRegime(curve);
    QCOMPARE(regimes.size(), std::size_t(4));
    QCOMPARE(regimes[0].name, std::string("below 15 %"));
    QCOMPARE(regimes[0].days, std::size_t(2)); // the first by its own
    QVERIFY(near(regimes[0].profit, 1, 1e-12));
    QCOMPARE(regimes[1].name, std::string("15 to 20 %"));
    QVERIFY(near(regimes[1].profit, 2, 1e-12));
    QCOMPARE(regimes[2].name, std::string("above 30 %"));
    QVERIFY(near(regimes[2].profit, 3, 1e-12));
    QCOMPARE(regimes[3].name, std::string("not known"));
    QVERIFY(near(regimes[3].profit, 4, 1e-12));
}

void MetricsTest::blocksAreGeometricAndGoRound()
{
    std::vector<double> series(7);
    std::iota(series.begin(), series.end(), 0.0);
    std::vector<double> sample(70'000);
    base::Generator generator(11);
    drawStationary(series, 5, generator, sample);
    std::size_t follows = 0, rounds = 0;
    for (std::size_t i = 1; i < sample.size(); ++i) {
        const bool isNext = sample[i] == std::fmod(sample[i - 1] + 1, 7);
        follows += isNext ? 1 : 0;
        rounds += isNext && sample[i] == 0 ? 1 : 0;
    }
    // Goes on with 4/5, and a new block begins right there with 1/5 · 1/7; a seventh of those go round the end.
    const double expected = 4.0 / 5 + 1.0 / 35;
    QVERIFY2(near(static_cast<double>(follows) / 69'999, expected, 0.006), qPrintable(QString::number(follows)));
    QVERIFY2(near(static_cast<double>(rounds) / 69'999, expected / 7, 0.006), qPrintable(QString::number(rounds)));
    drawStationary(series, 1, generator, sample);
    follows = 0;
    for (std::size_t i = 1; i < sample.size(); ++i)
        follows += sample[i] == std::fmod(sample[i - 1] + 1, 7) ? 1 : 0;
    QVERIFY(near(static_cast<double>(follows) / 69'999, 1.0 / 7, 0.006)); // day by day
}

namespace
{

/// Every sample of the stationary bootstrap with its probability, reckoned from the definition.
std::vector<std::pair<double, double>> everySharpe(const std::vector<double>& series, double meanBlock)
{
    const std::size_t n = series.size();
    std::size_t paths = 1;
    for (std::size_t i = 0; i < n; ++i)
        paths *= n;
    std::vector<std::pair<double, double>> all; // ratio, probability
    for (std::size_t path = 0; path < paths; ++path) {
        double probability = 1;
        std::vector<double> sample;
        std::size_t digits = path, before = 0;
        for (std::size_t i = 0; i < n; ++i, digits /= n) {
            const std::size_t at = digits % n;
            const double fresh = 1.0 / static_cast<double>(n);
            const double followed = i > 0 && at == (before + 1) % n ? 1 - 1 / meanBlock : 0;
            probability *= i == 0 ? fresh : fresh / meanBlock + followed;
            sample.push_back(series[at]);
            before = at;
        }
        if (const double ratio = sharpe(sample, 0); std::isfinite(ratio))
            all.emplace_back(ratio, probability);
    }
    std::ranges::sort(all);
    return all;
}

/// The range of ratios whose cumulated probability is within `slack` of `part`.
std::pair<double, double> quantileRange(const std::vector<std::pair<double, double>>& all, double part, double slack)
{
    double whole = 0;
    for (const auto& [ratio, probability] : all)
        whole += probability;
    double sum = 0, low = market::unknown, high = market::unknown;
    for (const auto& [ratio, probability] : all) {
        sum += probability / whole;
        if (std::isnan(low) && sum >= part - slack)
            low = ratio;
        if (std::isnan(high) && sum >= part + slack)
            high = ratio;
    }
    return {low, high};
}

} // namespace

void MetricsTest::theBootstrapMatchesAnEnumeration_data()
{
    QTest::addColumn<double>("meanBlock");
    QTest::newRow("day by day") << 1.0;
    QTest::newRow("two days") << 2.0;
    QTest::newRow("four days") << 4.0;
}

void MetricsTest::theBootstrapMatchesAnEnumeration()
{
    QFETCH(double, meanBlock);
    const std::vector<double> series{0.011, -0.007, 0.019, 0.004, -0.013, 0.006};
    const auto all = everySharpe(series, meanBlock);
    const Bootstrap drawn = bootstrap(series, {}, 0, {.meanBlock = meanBlock, .draws = 20'000, .seed = 3});
    // Three standard errors of a share of 5 % in 20000 draws.
    const double slack = 3 * std::sqrt(0.05 * 0.95 / 20'000);
    const auto [lowFrom, lowTo] = quantileRange(all, 0.05, slack);
    const auto [highFrom, highTo] = quantileRange(all, 0.95, slack);
    QVERIFY2(drawn.sharpe.low >= lowFrom - 1e-9 && drawn.sharpe.low <= lowTo + 1e-9,
             qPrintable(QStringLiteral("%1 in %2 to %3").arg(drawn.sharpe.low).arg(lowFrom).arg(lowTo)));
    QVERIFY2(drawn.sharpe.high >= highFrom - 1e-9 && drawn.sharpe.high <= highTo + 1e-9,
             qPrintable(QStringLiteral("%1 in %2 to %3").arg(drawn.sharpe.high).arg(highFrom).arg(highTo)));
}

void MetricsTest::drawdownsAndFactorsAreDrawnToo()
{
    // Two values, day by day: half of 2^2 draws of one fall and one rise.
    const std::vector<double> steps{-0.1, 0.2};
    const std::vector<double> profits{300, -100};
    const Bootstrap drawn = bootstrap(steps, profits, 0, {.draws = 4000, .seed = 5});
    QVERIFY(near(drawn.maxDrawdown.low, 0, 1e-12));
    QVERIFY(near(drawn.maxDrawdown.high, 0.19, 1e-12)); // twice −10 %
    QVERIFY(near(drawn.profitFactor.low, 0, 1e-12));    // two losses
    QVERIFY(std::isinf(drawn.profitFactor.high));       // none
}

void MetricsTest::theSameSeedDrawsTheSame()
{
    const std::vector<double> steps{0.01, -0.02, 0.03, 0.005, -0.01, 0.02, 0.01, -0.015};
    const auto draw = [&](std::uint64_t seed) {
        return bootstrap(steps, {}, 0, {.meanBlock = 3, .draws = 200, .seed = seed}).sharpe;
    };
    QVERIFY(draw(1).low == draw(1).low && draw(1).high == draw(1).high);
    QVERIFY(draw(1).low != draw(2).low);
    QVERIFY(draw(1).low < sharpe(steps, 0) && sharpe(steps, 0) < draw(1).high);
    QVERIFY(std::isnan(bootstrap({}, {}, 0, {}).sharpe.low));
    std::vector<double> ranks{5, 1, 4, 2, 3};
    QVERIFY(nearestRank(ranks, 0.2) == 1 && nearestRank(ranks, 0.21) == 2 && nearestRank(ranks, 1) == 5);
}

void MetricsTest::aStopRequestLeavesNoIntervals()
{
    std::stop_source stop;
    stop.request_stop();
    const std::vector<double> steps{-0.1, 0.2}, profits{300, -100};
    // So many draws that it would not come back from them.
    const BootstrapSettings many{.draws = std::numeric_limits<std::size_t>::max()};
    const Bootstrap drawn = bootstrap(steps, profits, 0, many, stop.get_token());
    QVERIFY(std::isnan(drawn.sharpe.low) && std::isnan(drawn.maxDrawdown.high) && std::isnan(drawn.profitFactor.low));
}

void MetricsTest::whatCannotBeKnownIsNotANumber()
{
    const auto flat = measure(dailyCurve({100, 100, 100}), {});
    for (const char* const id : {"sharpe", "sortino", "calmar", "profit_factor", "win_rate", "expectancy",
                                 "average_win", "average_loss", "return_on_max_buying_power", "probabilistic_sharpe"})
        QVERIFY2(std::isnan(valueOf(flat, id)), id);
    QVERIFY(valueOf(flat, "trades") == 0);
    const auto nothing = measure({}, {});
    QVERIFY(std::isnan(valueOf(nothing, "net_profit")));
    QVERIFY(std::isnan(valueOf(nothing, "cagr")));
    const auto onlyWins = measure(dailyCurve({100, 101}), {.tradeProfits = std::vector<double>{1, 2}});
    QVERIFY(std::isnan(valueOf(onlyWins, "profit_factor")));
    QVERIFY(std::isnan(valueOf(onlyWins, "average_loss")));
}

void MetricsTest::everyFigureIsInTheDocument()
{
    QFile document(QStringLiteral(VEGADESK_SOURCE_DIR "/docs/backtesting.md"));
    QVERIFY(document.open(QIODevice::ReadOnly));
    const QByteArray text = document.readAll();
    for (const Metric& metric : measure({}, {}))
        QVERIFY2(text.contains('`' + QByteArray::fromStdString(metric.id) + '`'), metric.id.c_str());
}

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"
