#include "backtest/metrics.h"

#include "market/calendar.h"

#include <QTest>

#include <cmath>
#include <initializer_list>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::backtest;

class MetricsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void probabilisticSharpeMatchesTheOracle_data();
    void probabilisticSharpeMatchesTheOracle();
    void momentsOfAHandWorkedSample();
    void sharpeAndSortinoByHand();
    void drawdownKnowsDepthAndLength();
    void growthIsPerYearOf365Days();
    void daysKeepTheirLastPoint();
    void tradesGiveFactorRateAndExpectancy();
    void whatCannotBeKnownIsNotANumber();
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

double valueOf(const std::vector<Metric>& metrics, const std::string& id)
{
    for (const Metric& metric : metrics) {
        if (metric.id == id)
            return metric.value;
    }
    throw std::out_of_range(id);
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

QTEST_GUILESS_MAIN(MetricsTest)
#include "metrics_test.moc"
