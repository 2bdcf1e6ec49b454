#include "risk/hedging/hedge_band.h"
#include "strategies/volatility/forecast.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk::strategies;
using vegadesk::risk::tradeToBandEdge;
using vegadesk::risk::whalleyWilmottHalfWidth;

class ForecastTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void steadyMovesAreForecastAsTheyAre();
    void harFindsTheNextValueOfAnExactProcess();
    void tooFewOrBrokenClosesGiveNoForecast();
    void whalleyWilmottMatchesTheOracle_data();
    void whalleyWilmottMatchesTheOracle();
    void hedgesGoToTheBandEdgeOnly();
};

namespace
{

std::vector<double> closesFrom(const std::vector<double>& dailyVariances)
{
    std::vector<double> closes{100};
    double sign = 1;
    for (const double variance : dailyVariances) {
        closes.push_back(closes.back() * std::exp(sign * std::sqrt(variance)));
        sign = -sign;
    }
    return closes;
}

} // namespace

void ForecastTest::steadyMovesAreForecastAsTheyAre()
{
    const std::vector<double> closes = closesFrom(std::vector<double>(200, 0.01 * 0.01));
    const double expected = 0.01 * std::sqrt(252.0);
    QVERIFY(std::abs(harVolatility(closes, 21) - expected) < 1e-9);
}

void ForecastTest::harFindsTheNextValueOfAnExactProcess()
{
    // Deterministic values to start, then next = a + b·day + c·week + d·month without noise: least squares must return it.
    std::vector<double> variances;
    for (int day = 0; day < 22; ++day)
        variances.push_back(1e-4 * (1 + 0.8 * std::sin(1.7 * day) + 0.1 * (day % 3)));
    const auto next = [&variances] {
        double week = 0, month = 0;
        for (std::size_t back = 1; back <= 22; ++back) {
            const double value = variances[variances.size() - back];
            week += back <= 5 ? value / 5 : 0;
            month += value / 22;
        }
        return 6e-5 - 1.05 * variances.back() + 0.3 * week + 0.7 * month; // swings, so that the answer is in range
    };
    for (int day = 0; day < 120; ++day)
        variances.push_back(next());
    const double expected = std::sqrt(next() * 252);
    const double forecast = harVolatility(closesFrom(variances), 1);
    QVERIFY2(std::abs(forecast - expected) < 1e-6, qPrintable(QString("%1 %2").arg(forecast).arg(expected)));
}

void ForecastTest::tooFewOrBrokenClosesGiveNoForecast()
{
    QVERIFY(std::isnan(harVolatility(closesFrom(std::vector<double>(22 + 21 + 59, 1e-4)), 21)));
    QVERIFY(!std::isnan(harVolatility(closesFrom(std::vector<double>(22 + 21 + 60, 1e-4)), 21)));
    std::vector<double> broken = closesFrom(std::vector<double>(200, 1e-4));
    for (const double close : {std::numeric_limits<double>::quiet_NaN(), 0.0}) {
        broken[7] = close;
        QVERIFY(std::isnan(harVolatility(broken, 21)));
    }
}

void ForecastTest::whalleyWilmottMatchesTheOracle_data()
{
    QTest::addColumn<double>("cost");
    QTest::addColumn<double>("aversion");
    QTest::addColumn<double>("halfWidth");
    QTest::newRow("two basis points") << 0.0002 << 1.0 << 0.036097;
    QTest::newRow("ten basis points") << 0.001 << 1.0 << 0.061726;
    QTest::newRow("more averse") << 0.0002 << 10.0 << 0.016755;
}

void ForecastTest::whalleyWilmottMatchesTheOracle()
{
    QFETCH(double, cost);
    QFETCH(double, aversion);
    QFETCH(double, halfWidth);
    // Domain reference F7, at F1's option: S = K = 100, T = 0.25, r = 2 %, σ = 20 %.
    const double found = whalleyWilmottHalfWidth(100, 0.25, 0.02, 0.039695255, cost, aversion);
    QVERIFY2(std::abs(found - halfWidth) < 5e-7, qPrintable(QString::number(found, 'g', 9)));
    QVERIFY(std::isnan(whalleyWilmottHalfWidth(100, 0.25, 0.02, 0.04, 0, aversion)));
    QVERIFY(std::isnan(whalleyWilmottHalfWidth(std::nan(""), 0.25, 0.02, 0.04, cost, aversion)));
}

void ForecastTest::hedgesGoToTheBandEdgeOnly()
{
    QVERIFY(std::abs(tradeToBandEdge(0.30, 0, 0.1) + 0.20) < 1e-12);
    QVERIFY(std::abs(tradeToBandEdge(-0.30, 0, 0.1) - 0.20) < 1e-12);
    QVERIFY(tradeToBandEdge(0.09, 0, 0.1) == 0);
    QVERIFY(tradeToBandEdge(0.55, 0.5, 0.1) == 0);
    QVERIFY(tradeToBandEdge(std::nan(""), 0, 0.1) == 0);
    QVERIFY(tradeToBandEdge(0.5, 0, std::nan("")) == 0);
}

QTEST_GUILESS_MAIN(ForecastTest)
#include "forecast_test.moc"
