#include "pricing/surface/svi.h"

#include "base/random.h"
#include "pricing/surface/essvi.h"
#include "pricing/surface/slice_arbitrage.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();

/// Axel Vogt's slice, Gatheral and Jacquier (2014), example 3.1: looks like a smile and gives negative probabilities.
const SviSlice vogt{-0.0410, 0.1331, 0.3060, 0.3586, 0.4153};

SviSlice randomSlice(base::Generator& generator)
{
    const double b = generator.uniform(0.01, 0.9), rho = generator.uniform(-0.95, 0.95);
    const double sigma = std::exp(generator.uniform(-4, 0.5));
    const double least = std::exp(generator.uniform(-7, -1));
    return {least - b * sigma * std::sqrt(1 - rho * rho), b, rho, generator.uniform(-0.5, 0.5), sigma};
}

EssviSlice randomEssvi(base::Generator& generator)
{
    const double theta = std::exp(generator.uniform(-6, 0)), rho = generator.uniform(-0.9, 0.9);
    return {theta, rho, generator.uniform(0.01, 0.999) * steepestPsi(theta, rho)};
}

bool isNear(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

class SviTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void derivativesAreDifferences();
    void vogtsButterfly();
    void vogtsJumpWings();
    void repairByFormula();
    void publishedOptimum();
    void jumpWingsThereAndBack();
    void jumpWingsRefused_data();
    void jumpWingsRefused();
    void butterfliesMatchAGrid();
    void steepWingsAreButterflies();
    void negativeVarianceIsFound();
    void crossingsMatchAGrid();
    void crossingInTheWingAlone();
    void touchingIsNotCrossing();
    void essviHoldsWhatItPromises();
};

void SviTest::derivativesAreDifferences()
{
    base::Generator generator(501);
    for (int i = 0; i < 200; ++i) {
        const SviSlice slice = randomSlice(generator);
        const double k = generator.uniform(-1, 1), h = 1e-4 * slice.sigma;
        const VarianceAt here = slice.at(k), below = slice.at(k - h), above = slice.at(k + h);
        const double scale = slice.b;
        QVERIFY(isNear(here.first, (above.value - below.value) / (2 * h), 1e-7 * scale));
        QVERIFY(isNear(here.second, (above.first - below.first) / (2 * h), 1e-7 * scale / slice.sigma));
        QVERIFY(
            isNear(here.third, (above.second - below.second) / (2 * h), 1e-6 * scale / (slice.sigma * slice.sigma)));
        const double slope = (durrleman(above, k + h) - durrleman(below, k - h)) / (2 * h);
        QVERIFY(isNear(durrlemanSlope(here, k), slope, 1e-5 * (1 + std::abs(slope) + 1 / slice.sigma)));
    }
}

void SviTest::vogtsButterfly()
{
    const auto found = findButterflies(vogt);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(isNear(found[0].low, 0.642407877869, 1e-12));
    QVERIFY(isNear(found[0].high, 1.25691299193, 1e-11));
    QVERIFY(isNear(found[0].worst, -0.032863573453623, 1e-15));
    QVERIFY(isNear(found[0].worstAt, 0.879262541622, 1e-12));
    QVERIFY(!isFreeOfButterflies(vogt));
}

void SviTest::vogtsJumpWings()
{
    const SviJumpWings wings = toJumpWings(vogt, 1);
    QVERIFY(isNear(wings.variance, 0.01742625, 5e-9));
    QVERIFY(isNear(wings.skew, -0.1752111, 5e-8));
    QVERIFY(isNear(wings.putSlope, 0.6997381, 5e-8));
    QVERIFY(isNear(wings.callSlope, 1.316798, 5e-7));
    QVERIFY(isNear(wings.leastVariance, 0.0116249, 5e-8));
}

void SviTest::repairByFormula()
{
    const SviJumpWings repaired = repairedByFormula(toJumpWings(vogt, 1));
    QVERIFY(isNear(repaired.callSlope, 0.3493158, 5e-8));
    QVERIFY(isNear(repaired.leastVariance, 0.01548182, 5e-9));
    const auto slice = fromJumpWings(repaired, 1);
    QVERIFY(slice);
    QVERIFY(findButterflies(*slice).empty() && isFreeOfButterflies(*slice));
    QVERIFY(isNear(slice->totalVariance(0), vogt.totalVariance(0), 1e-15));
}

void SviTest::publishedOptimum()
{
    SviJumpWings wings = toJumpWings(vogt, 1);
    wings.callSlope = 0.8564763;
    wings.leastVariance = 0.0116249;
    const auto slice = fromJumpWings(wings, 1);
    QVERIFY(slice);
    QVERIFY(isFreeOfButterflies(*slice));
    double least = infinity;
    for (double k = -3; k < 3; k += 1e-3)
        least = std::min(least, durrleman(slice->at(k), k));
    QVERIFY(isNear(least, 0.0081, 5e-5));
}

void SviTest::jumpWingsThereAndBack()
{
    base::Generator generator(502);
    for (int i = 0; i < 1000; ++i) {
        SviSlice slice = randomSlice(generator);
        if (i % 10 == 0)
            slice.m = 0; // the published formulas divide by it
        const double years = generator.uniform(0.01, 3);
        const SviJumpWings wings = toJumpWings(slice, years);
        if (std::abs(wings.skew) < 0.02 * (wings.putSlope + wings.callSlope))
            continue; // close to no skew sigma is lost, as the header says
        const auto back = fromJumpWings(wings, years);
        QVERIFY(back);
        for (const double k : {-0.7, -0.1, 0.0, 0.2, 0.9})
            QVERIFY(isNear(back->totalVariance(k), slice.totalVariance(k), 1e-9 * (1 + slice.b)));
    }
}

void SviTest::jumpWingsRefused_data()
{
    QTest::addColumn<double>("variance");
    QTest::addColumn<double>("skew");
    QTest::addColumn<double>("putSlope");
    QTest::addColumn<double>("callSlope");
    QTest::addColumn<double>("least");
    QTest::addColumn<double>("years");
    QTest::addColumn<QString>("field");
    QTest::newRow("years") << 0.04 << -0.1 << 0.6 << 0.3 << 0.03 << 0.0 << "years";
    QTest::newRow("variance") << 0.0 << -0.1 << 0.6 << 0.3 << 0.0 << 1.0 << "variance at the money";
    QTest::newRow("negative slope") << 0.04 << -0.1 << 0.6 << -0.3 << 0.03 << 1.0 << "wing slopes";
    QTest::newRow("no slopes") << 0.04 << -0.1 << 0.0 << 0.0 << 0.03 << 1.0 << "wing slopes";
    QTest::newRow("least above") << 0.04 << -0.1 << 0.6 << 0.3 << 0.05 << 1.0 << "least variance";
    QTest::newRow("least equal") << 0.04 << -0.1 << 0.6 << 0.3 << 0.04 << 1.0 << "least variance";
    QTest::newRow("skew beyond the wing") << 0.04 << -0.31 << 0.6 << 0.3 << 0.03 << 1.0 << "skew";
    QTest::newRow("no skew") << 0.04 << 0.0 << 0.6 << 0.3 << 0.04 << 1.0 << "skew";
    QTest::newRow("not a number") << std::nan("") << -0.1 << 0.6 << 0.3 << 0.03 << 1.0 << "variance at the money";
}

void SviTest::jumpWingsRefused()
{
    QFETCH(double, variance);
    QFETCH(double, skew);
    QFETCH(double, putSlope);
    QFETCH(double, callSlope);
    QFETCH(double, least);
    QFETCH(double, years);
    QFETCH(QString, field);
    const auto slice = fromJumpWings({variance, skew, putSlope, callSlope, least}, years);
    QVERIFY(!slice);
    QCOMPARE(QString::fromStdString(slice.error().field), field);
}

/// Sign changes of g on a fine grid lie in the intervals, and nothing lies outside them.
void SviTest::butterfliesMatchAGrid()
{
    base::Generator generator(503);
    int withButterflies = 0;
    for (int i = 0; i < 400; ++i) {
        const SviSlice slice = randomSlice(generator);
        const auto found = findButterflies(slice);
        QCOMPARE(found.empty(), isFreeOfButterflies(slice));
        withButterflies += found.empty() ? 0 : 1;
        for (double u = -9; u <= 9; u += 0.03) {
            const double k = slice.m + slice.sigma * std::sinh(u);
            const double g = durrleman(slice.at(k), k);
            if (std::abs(g) < 1e-11)
                continue;
            const bool isInside = std::ranges::any_of(
                found, [&](const MoneynessInterval& each) { return k > each.low && k < each.high; });
            QVERIFY2(isInside == (g < 0), qPrintable(QStringLiteral("slice %1, k %2, g %3").arg(i).arg(k).arg(g)));
        }
        for (const MoneynessInterval& each : found) {
            for (const double end : {each.low, each.high}) {
                if (std::isfinite(end))
                    QVERIFY(std::abs(durrleman(slice.at(end), end)) <=
                            1e-9 * (1 + std::abs(durrlemanSlope(slice.at(end), end))));
            }
            QVERIFY(each.worst <= 0 && each.worstAt >= each.low && each.worstAt <= each.high);
        }
    }
    QVERIFY2(withButterflies > 50 && withButterflies < 350, qPrintable(QString::number(withButterflies)));
}

void SviTest::steepWingsAreButterflies()
{
    const SviSlice steep{0.02, 1.3, 0.6, 0, 0.3}; // right slope 2.08
    const auto found = findButterflies(steep);
    QVERIFY(!found.empty());
    QCOMPARE(found.back().high, infinity);
    QVERIFY(!isFreeOfButterflies(steep));
}

void SviTest::negativeVarianceIsFound()
{
    const SviSlice negative{-0.1, 0.2, 0, 0.1, 0.3}; // -0.04 at k = 0.1
    const auto found = findButterflies(negative);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(isNear(found[0].worst, -0.04, 1e-15) && isNear(found[0].worstAt, 0.1, 1e-15));
    QVERIFY(isNear(found[0].low, 0.1 - 0.4, 1e-10) && isNear(found[0].high, 0.1 + 0.4, 1e-10));
    QVERIFY(!checkSlice(negative));
}

void SviTest::crossingsMatchAGrid()
{
    base::Generator generator(504);
    int crossing = 0;
    for (int i = 0; i < 600; ++i) {
        const SviSlice earlier = randomSlice(generator);
        SviSlice later = randomSlice(generator);
        if (i % 2 == 0) { // neighbours that nearly agree
            later = earlier;
            later.a += generator.uniform(-0.002, 0.01);
            later.m += generator.uniform(-0.05, 0.05);
            later.b *= generator.uniform(0.98, 1.2);
        }
        const auto found = findCalendarCrossings(earlier, later);
        QCOMPARE(found.empty(), isCalendarFree(earlier, later));
        crossing += found.empty() ? 0 : 1;
        for (double u = -10; u <= 10; u += 0.03) {
            const double k = 0.1 * std::sinh(u);
            const double gap = later.totalVariance(k) - earlier.totalVariance(k);
            if (std::abs(gap) < 1e-9)
                continue;
            const bool isInside = std::ranges::any_of(
                found, [&](const MoneynessInterval& each) { return k > each.low && k < each.high; });
            QVERIFY2(isInside == (gap < 0), qPrintable(QStringLiteral("pair %1, k %2, gap %3").arg(i).arg(k).arg(gap)));
        }
    }
    QVERIFY2(crossing > 100 && crossing < 590, qPrintable(QString::number(crossing)));
}

void SviTest::crossingInTheWingAlone()
{
    const SviSlice earlier{0.01, 0.2, -0.3, 0, 0.2};
    SviSlice later = earlier;
    later.a += 5; // far above, but flatter
    later.b *= 0.999;
    const auto found = findCalendarCrossings(earlier, later);
    QCOMPARE(found.size(), std::size_t{2});
    QCOMPARE(found[0].low, -infinity);
    QCOMPARE(found[1].high, infinity);
    QVERIFY(isNear(later.totalVariance(found[1].low), earlier.totalVariance(found[1].low), 1e-7));
}

void SviTest::touchingIsNotCrossing()
{
    const SviSlice slice{0.01, 0.2, -0.3, 0.05, 0.2};
    QVERIFY(isCalendarFree(slice, slice));
    SviSlice above = slice;
    above.a += 1e-6;
    QVERIFY(isCalendarFree(slice, above));
    QVERIFY(!isCalendarFree(above, slice));
    const auto found = findCalendarCrossings(above, slice);
    QCOMPARE(found.size(), std::size_t{1});
    QVERIFY(found[0].low == -infinity && found[0].high == infinity && isNear(found[0].worst, -1e-6, 1e-12));
}

void SviTest::essviHoldsWhatItPromises()
{
    base::Generator generator(505);
    int followers = 0;
    for (int i = 0; i < 3000; ++i) {
        const EssviSlice earlier = randomEssvi(generator);
        QVERIFY(isFreeOfButterflies(earlier.toSvi()));
        QVERIFY(isNear(earlier.toSvi().totalVariance(0), earlier.theta, 1e-14));
        EssviSlice later = randomEssvi(generator);
        later.theta = earlier.theta * generator.uniform(1, 2);
        later.rho = std::clamp(earlier.rho + generator.uniform(-0.1, 0.1), -0.9, 0.9);
        later.psi = earlier.psi * generator.uniform(0.95, 1.6);
        if (!mayFollow(earlier, later))
            continue;
        ++followers;
        QVERIFY2(isCalendarFree(earlier.toSvi(), later.toSvi()), qPrintable(QString::number(i)));
    }
    QVERIFY(followers > 300);
}

QTEST_GUILESS_MAIN(SviTest)
#include "svi_test.moc"
