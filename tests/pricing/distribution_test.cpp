#include "pricing/surface/distribution.h"

#include "base/random.h"
#include "pricing/normal_distribution.h"
#include "pricing/payoff.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/slice_arbitrage.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

/// The integral of f(k) times the density over all k, by trapezoids in u with k = m + sigma sinh(u), where the slice is
/// as smooth as can be.
template<class F>
double integrate(const SviSlice& slice, const F& f)
{
    constexpr double step = 0.002;
    const double reach = std::asinh(60 / slice.sigma);
    double sum = 0;
    for (double u = -reach; u <= reach; u += step) {
        const double k = slice.m + slice.sigma * std::sinh(u);
        sum += f(k) * logDensity(slice, k) * slice.sigma * std::cosh(u);
    }
    return sum * step;
}

std::vector<SviSlice> freeSlices()
{
    base::Generator generator(601);
    std::vector<SviSlice> out;
    while (out.size() < 40) {
        const double theta = std::exp(generator.uniform(-7, -1)), rho = generator.uniform(-0.85, 0.85);
        const EssviSlice slice{theta, rho, generator.uniform(0.05, 0.9) * steepestPsi(theta, rho)};
        SviSlice svi = slice.toSvi();
        svi.a *= generator.uniform(0.9, 1.2);
        if (isFreeOfButterflies(svi) && std::max(svi.leftSlope(), svi.rightSlope()) < 1)
            out.push_back(svi);
    }
    return out;
}

} // namespace

class DistributionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void densityAddsUpToOne();
    void meanIsTheForward();
    void densityIsTheSlopeOfTheProbability();
    void flatIsBlackScholes();
    void probabilityIsTheSlopeOfThePut();
    void profitBetweenBreakEvens();
    void profitAgreesWithThePayoff();
    void touchBySlice();
    void touchExactly_data();
    void touchExactly();
    void touchAgainstAWalk();
    void touchRefusesNonsense();
    void moves();
};

void DistributionTest::densityAddsUpToOne()
{
    for (const SviSlice& slice : freeSlices()) {
        const double sum = integrate(slice, [](double) { return 1.0; });
        QVERIFY2(std::abs(sum - 1) <= 1e-8, qPrintable(QString::number(sum - 1)));
    }
}

void DistributionTest::meanIsTheForward()
{
    for (const SviSlice& slice : freeSlices()) {
        const double mean = integrate(slice, [](double k) { return std::exp(k); });
        QVERIFY2(std::abs(mean - 1) <= 1e-8, qPrintable(QString::number(mean - 1)));
    }
}

void DistributionTest::densityIsTheSlopeOfTheProbability()
{
    for (const SviSlice& slice : freeSlices()) {
        const double deviation = std::sqrt(slice.totalVariance(0)), h = 1e-4 * deviation;
        for (double k = -3 * deviation; k < 3 * deviation; k += 0.37 * deviation) {
            const double slope = (probabilityBelow(slice, k + h) - probabilityBelow(slice, k - h)) / (2 * h);
            QVERIFY(std::abs(logDensity(slice, k) - slope) <= 1e-5 / deviation);
            QVERIFY(std::abs(priceDensity(slice, 50, 50 * std::exp(k)) * 50 * std::exp(k) - logDensity(slice, k)) <=
                    1e-12 / deviation);
        }
    }
}

void DistributionTest::flatIsBlackScholes()
{
    for (const double w : {1e-4, 0.01, 0.3}) {
        const SviSlice slice = flatSlice(w);
        const double deviation = std::sqrt(w);
        for (double x = -4; x <= 4; x += 0.25) {
            const double k = x * deviation, d2 = -k / deviation - 0.5 * deviation;
            QVERIFY(std::abs(probabilityInTheMoney(Right::Call, slice, 100, 100 * std::exp(k)) - normalCdf(d2)) <=
                    1e-14);
            QVERIFY(std::abs(probabilityInTheMoney(Right::Put, slice, 100, 100 * std::exp(k)) - normalCdf(-d2)) <=
                    1e-14);
            QVERIFY(std::abs(logDensity(slice, k) - normalDensity(d2) / deviation) <= 1e-13 / deviation);
        }
    }
}

/// d P / d K of the undiscounted put is the probability of ending below.
void DistributionTest::probabilityIsTheSlopeOfThePut()
{
    for (const SviSlice& slice : freeSlices()) {
        const auto put = [&](double strike) {
            const double vol = std::sqrt(slice.totalVariance(std::log(strike / 100)));
            return blackScholesPrice(Right::Put, {100, 0, 0}, strike, 1, vol);
        };
        for (const double strike : {70.0, 95.0, 100.0, 108.0, 140.0}) {
            const double slope = (put(strike + 1e-3) - put(strike - 1e-3)) / 2e-3;
            QVERIFY(std::abs(probabilityInTheMoney(Right::Put, slice, 100, strike) - slope) <= 1e-6);
        }
    }
}

void DistributionTest::profitBetweenBreakEvens()
{
    const SviSlice slice{0.01, 0.1, -0.4, 0.02, 0.15};
    const double below90 = probabilityBelow(slice, std::log(0.9)), below115 = probabilityBelow(slice, std::log(1.15));
    const std::vector<double> two{90, 115};
    QCOMPARE(probabilityOfProfit(slice, 100, two, false), below115 - below90);
    QCOMPARE(probabilityOfProfit(slice, 100, two, true), below90 + (1 - below115));
    QCOMPARE(probabilityOfProfit(slice, 100, std::vector<double>{90}, true), below90);
    QCOMPARE(probabilityOfProfit(slice, 100, {}, true), 1.0);
    QCOMPARE(probabilityOfProfit(slice, 100, {}, false), 0.0);
    QCOMPARE(probabilityOfProfit(slice, 100, std::vector<double>{0}, false), 1.0);
}

void DistributionTest::profitAgreesWithThePayoff()
{
    const MarketPoint market{100, 0.03, 0.01};
    const double years = 0.25, vol = 0.3;
    const std::vector<ValuationLeg> condor{{Right::Put, 80, years, vol, 1, 100},
                                           {Right::Put, 90, years, vol, -1, 100},
                                           {Right::Call, 110, years, vol, -1, 100},
                                           {Right::Call, 120, years, vol, 1, 100}};
    const auto summary = summarisePayoff(condor, -300, market);
    const auto expected = probabilityOfProfit(condor, -300, market, vol);
    QVERIFY(summary && expected);
    const double forward = market.spot * std::exp((market.rate - market.dividendYield) * years);
    const double found = probabilityOfProfit(flatSlice(vol * vol * years), forward, summary->breakEvens, false);
    QVERIFY2(std::abs(found - *expected) <= 1e-12, qPrintable(QString::number(found - *expected)));
}

void DistributionTest::touchBySlice()
{
    const SviSlice slice{0.01, 0.1, -0.4, 0.02, 0.15};
    const double spot = 98, forward = 100, years = 0.5;
    QCOMPARE(probabilityOfTouch(slice, spot, forward, years, spot), 1.0);
    for (const double strike : {75.0, 95.0, 130.0}) {
        const double vol = std::sqrt(slice.totalVariance(std::log(strike / forward)) / years);
        const MarketPoint market{spot, std::log(forward / spot) / years, 0};
        QCOMPARE(probabilityOfTouch(slice, spot, forward, years, strike),
                 probabilityOfTouch(market, strike, years, vol));
    }
    // Without carry, far away: about twice the probability of ending there.
    const double touch = probabilityOfTouch(flatSlice(0.0225), 100, 100, years, 130);
    const double beyond = probabilityInTheMoney(Right::Call, flatSlice(0.0225), 100, 130);
    QVERIFY(touch > 1.8 * beyond && touch < 2.4 * beyond);
}

void DistributionTest::touchExactly_data()
{
    QTest::addColumn<double>("barrier");
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("years");
    QTest::addColumn<double>("vol");
    QTest::addColumn<double>("expected");
    const double vol = 0.2;
    // A driftless log: the reflection is exact.
    QTest::newRow("no drift, above") << 120.0 << 0.5 * vol * vol << 1.0 << vol << 2 * normalCdf(-std::log(1.2) / vol);
    QTest::newRow("no drift, below") << 80.0 << 0.5 * vol * vol << 1.0 << vol << 2 * normalCdf(std::log(0.8) / vol);
    QTest::newRow("there already") << 100.0 << 0.05 << 1.0 << vol << 1.0;
    QTest::newRow("at expiry") << 101.0 << 0.05 << 0.0 << vol << 0.0;
    QTest::newRow("carried there") << 104.0 << 0.05 << 1.0 << 0.0 << 1.0;
    QTest::newRow("not carried there") << 106.0 << 0.05 << 1.0 << 0.0 << 0.0;
    // With time without end and drift mu > 0, a barrier below is touched with probability (B / S)^(2 mu / vol²).
    QTest::newRow("for ever, away") << 80.0 << 0.1 << 3000.0 << vol << std::pow(0.8, 2 * (0.1 - 0.02) / (vol * vol));
    QTest::newRow("for ever, towards") << 150.0 << 0.1 << 3000.0 << vol << 1.0;
}

void DistributionTest::touchExactly()
{
    QFETCH(double, barrier);
    QFETCH(double, rate);
    QFETCH(double, years);
    QFETCH(double, vol);
    QFETCH(double, expected);
    const double found = probabilityOfTouch(MarketPoint{100, rate, 0}, barrier, years, vol);
    QVERIFY2(std::abs(found - expected) <= 1e-12, qPrintable(QString::number(found, 'g', 15)));
}

/// Against simulated walks with the chance of a touch between two steps taken in (a Brownian bridge's).
void DistributionTest::touchAgainstAWalk()
{
    base::Generator generator(602);
    constexpr int walks = 40'000, steps = 8;
    const double vol = 0.35, rate = 0.06, years = 0.5, barrier = std::log(1.15);
    const double dt = years / steps, drift = (rate - 0.5 * vol * vol) * dt, deviation = vol * std::sqrt(dt);
    double touched = 0;
    for (int walk = 0; walk < walks; ++walk) {
        double x = 0, missed = 1;
        for (int step = 0; step < steps && missed > 0; ++step) {
            const double next = x + drift + deviation * generator.normal();
            missed *=
                next >= barrier ? 0 : 1 - std::exp(-2 * (barrier - x) * (barrier - next) / (deviation * deviation));
            x = next;
        }
        touched += 1 - missed;
    }
    const double expected = probabilityOfTouch(MarketPoint{100, rate, 0}, 115, years, vol);
    QVERIFY2(std::abs(touched / walks - expected) < 4 * 0.5 / std::sqrt(walks),
             qPrintable(QStringLiteral("%1 against %2").arg(touched / walks).arg(expected)));
}

void DistributionTest::touchRefusesNonsense()
{
    QVERIFY(std::isnan(probabilityOfTouch(MarketPoint{0, 0, 0}, 100, 1, 0.2)));
    QVERIFY(std::isnan(probabilityOfTouch(MarketPoint{100, 0, 0}, -1, 1, 0.2)));
    QVERIFY(std::isnan(probabilityOfTouch(MarketPoint{100, 0, 0}, 110, -1, 0.2)));
    QVERIFY(std::isnan(probabilityOfTouch(MarketPoint{100, 0, 0}, 110, 1, -0.2)));
    QVERIFY(std::isnan(probabilityOfTouch(MarketPoint{100, notANumber, 0}, 110, 1, 0.2)));
}

void DistributionTest::moves()
{
    const SviSlice slice{0.01, 0.1, -0.4, 0.02, 0.15};
    const double w = slice.totalVariance(0);
    const ExpectedMove move = expectedMove(slice, 250);
    QCOMPARE(move.standardDeviation, 250 * std::sqrt(w));
    const double call = blackScholesPrice(Right::Call, {250, 0, 0}, 250, 1, std::sqrt(w));
    QVERIFY(std::abs(move.straddle - 2 * call) <= 1e-11);
    const double meanAbsolute = 250 * integrate(slice, [](double k) { return std::abs(std::exp(k) - 1); });
    QVERIFY(std::abs(move.straddle - meanAbsolute) <= 1e-3); // the kink costs the trapezoids their digits
}

QTEST_GUILESS_MAIN(DistributionTest)
#include "distribution_test.moc"
