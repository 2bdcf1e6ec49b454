#include "risk/sizing.h"

#include "base/random.h"
#include "pricing/black_scholes.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using market::unknown;

namespace
{

constexpr double infinite = std::numeric_limits<double>::infinity();

bool isNear(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace

Q_DECLARE_METATYPE(vegadesk::risk::ContractRisk)
Q_DECLARE_METATYPE(vegadesk::risk::RiskBudget)
Q_DECLARE_METATYPE(vegadesk::risk::SizeBound)

class SizingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kellysPins() // domain reference, D5 and F11
    {
        QVERIFY(isNear(kellyBinary(0.55, 1.5), 0.25, 1e-15));
        QCOMPARE(kellyBinary(0.4, 1), 0.0);
        QCOMPARE(kellyBinary(1, 1), 1.0);
        QVERIFY(std::isnan(kellyBinary(1.1, 1)));
        QVERIFY(std::isnan(kellyBinary(0.5, 0)));
        QVERIFY(std::isnan(kellyBinary(unknown, 1)));
        QVERIFY(isNear(kellyContinuous(0.06, 0.2), 1.5, 1e-15));
        QCOMPARE(kellyContinuous(-0.06, 0.2), 0.0);
        QVERIFY(std::isnan(kellyContinuous(0.06, 0)));
        QVERIFY(isNear(kellyGrowth(0.5), 0.75, 1e-15));
        QVERIFY(isNear(kellyGrowth(0.25), 0.4375, 1e-15));
        // The part of the optimal growth, by the growth itself: E ln(1 + f x) to second order.
        const double mean = 0.001, deviation = 0.01, optimum = kellyContinuous(mean, deviation);
        const auto growth = [&](double bet) { return bet * mean - 0.5 * bet * bet * deviation * deviation; };
        QVERIFY(isNear(growth(0.25 * optimum) / growth(optimum), kellyGrowth(0.25), 1e-12));
    }

    void neverMoreThanAQuarterOfKelly()
    {
        QVERIFY(isNear(cappedKelly(kellyBinary(0.55, 1.5)), 0.0625, 1e-15));
        QCOMPARE(cappedKelly(1, 0.9), kellyPartMost);
        QCOMPARE(cappedKelly(1, 0.1), 0.1);
        QCOMPARE(cappedKelly(100), 1.0);
        QCOMPARE(cappedKelly(unknown), 0.0);
        QCOMPARE(cappedKelly(1, -1), 0.0);
        QCOMPARE(cappedKelly(-1), 0.0);
    }

    void meansAreShrunkByHowLittleWasSeen()
    {
        // As many returns as make chance as wide as the belief: half of it is believed.
        QVERIFY(isNear(shrunkMean(0.1, 0.2, 4, 0.1), 0.05, 1e-15));
        QVERIFY(shrunkMean(0.1, 0.2, 1000, 0.1) > 0.099);
        QVERIFY(shrunkMean(0.1, 0.2, 1, 0.001) < 1e-5);
        QVERIFY(std::isnan(shrunkMean(0.1, 0.2, 0, 0.1)));
    }

    void volatilityIsBroughtToItsTarget()
    {
        const VolatilityTarget settings{0.10, 0.2, 1.5};
        QVERIFY(isNear(sizeForVolatility(0.2, settings), 0.5, 1e-15));
        QCOMPARE(sizeForVolatility(0.01, settings), 1.5);
        QCOMPARE(sizeForVolatility(2, settings), 0.2);
        QCOMPARE(sizeForVolatility(unknown, settings), 0.0);
        QCOMPARE(sizeForVolatility(0, settings), 0.0);
        QCOMPARE(sizeForVolatility(0.2, {0.1, 2, 1}), 0.0);
        std::vector<double> closes{100};
        for (int day = 0; day < 60; ++day)
            closes.push_back(closes.back() * std::exp((day % 2 == 0 ? 1 : -1) * 0.2 / std::sqrt(252.0)));
        QVERIFY(isNear(ewmaVolatility(closes), 0.2, 1e-12));
        closes.push_back(closes.back() * std::exp(0.4 / std::sqrt(252.0)));
        QVERIFY(isNear(ewmaVolatility(closes, 0.9), std::sqrt(0.9 * 0.04 + 0.1 * 0.16), 1e-12));
        QVERIFY(std::isnan(ewmaVolatility(std::vector<double>(10, 100))));
        QCOMPARE(ewmaVolatility(std::vector<double>(11, 100)), 0.0);
        for (const double close : {0.0, -1.0, unknown, infinite}) {
            closes[3] = close;
            QVERIFY(std::isnan(ewmaVolatility(closes)));
        }
    }

    void theSmallestBudgetDecides_data()
    {
        QTest::addColumn<ContractRisk>("each");
        QTest::addColumn<RiskBudget>("budget");
        QTest::addColumn<qint64>("contracts");
        QTest::addColumn<SizeBound>("bound");
        const ContractRisk condor{380, 300, 500};
        const RiskBudget wide{1e5, 1e5, 1e5, 1000, 1};
        using enum SizeBound;
        QTest::newRow("maximum loss") << condor << RiskBudget{2000, 1e5, 1e5, 100, 1} << qint64{5} << MaxLoss;
        QTest::newRow("stress") << condor << RiskBudget{2000, 900, 1e5, 100, 1} << qint64{3} << Stress;
        QTest::newRow("margin") << condor << RiskBudget{2000, 900, 1499, 100, 1} << qint64{2} << Margin;
        QTest::newRow("liquidity") << condor << RiskBudget{2000, 900, 1499, 1.99, 1} << qint64{1} << Liquidity;
        QTest::newRow("never up") << condor << RiskBudget{379.99, 1e5, 1e5, 100, 1} << qint64{0} << MaxLoss;
        QTest::newRow("stressed") << condor << RiskBudget{2000, 1e5, 1e5, 100, 0.4} << qint64{2} << MaxLoss;
        QTest::newRow("no limit to its loss") << ContractRisk{infinite, 300, 500} << wide << qint64{0} << MaxLoss;
        QTest::newRow("loss not known") << ContractRisk{unknown, 300, 500} << wide << qint64{0} << Unknown;
        QTest::newRow("stress not known") << ContractRisk{380, unknown, 500} << wide << qint64{0} << Unknown;
        QTest::newRow("margin not known") << ContractRisk{380, 300, unknown} << wide << qint64{0} << Unknown;
        QTest::newRow("no margin") << ContractRisk{380, 300, 0} << RiskBudget{2000, 1e5, 0, 100, 1} << qint64{5}
                                   << MaxLoss;
        QTest::newRow("a free lunch") << ContractRisk{-1, 0, 0} << wide << qint64{0} << Unknown;
        QTest::newRow("budget not known") << condor << RiskBudget{2000, unknown, 1e5, 100, 1} << qint64{0} << Unknown;
        QTest::newRow("volume not known") << condor << RiskBudget{2000, 1e5, 1e5, unknown, 1} << qint64{0} << Unknown;
        QTest::newRow("multiplier") << condor << RiskBudget{2000, 1e5, 1e5, 100, 1.5} << qint64{0} << Unknown;
        QTest::newRow("spent") << condor << RiskBudget{-5, 1e5, 1e5, 100, 1} << qint64{0} << Unknown;
    }
    void theSmallestBudgetDecides()
    {
        QFETCH(const ContractRisk, each);
        QFETCH(const RiskBudget, budget);
        QFETCH(const qint64, contracts);
        QFETCH(const SizeBound, bound);
        const Size size = contractsWithin(each, budget);
        QCOMPARE(qint64{size.contracts}, contracts);
        QVERIFY(size.bound == bound);
    }

    void whatIsTakenNeverExceedsABudget()
    {
        base::Generator generator(11);
        for (int round = 0; round < 20'000; ++round) {
            const auto budgetOf = [&] { return 0.01 * std::floor(generator.uniform(0, 1e6)); };
            const auto costOf = [&] { return 0.01 * std::ceil(generator.uniform(1, 2e4)); };
            const ContractRisk each{costOf(), costOf(), costOf()};
            const RiskBudget budget{budgetOf(), budgetOf(), budgetOf(), generator.uniform(0, 300),
                                    generator.uniform(0.1, 1)};
            const Size size = contractsWithin(each, budget, 200);
            const auto taken = static_cast<double>(size.contracts);
            QVERIFY(taken * each.maxLoss <= budget.maxLoss * budget.multiplier);
            QVERIFY(taken * each.stressLoss <= budget.stress * budget.multiplier);
            QVERIFY(taken * each.margin <= budget.margin * budget.multiplier);
            QVERIFY(taken <= budget.contracts && size.contracts <= 200 && size.contracts >= 0);
            // And one more would not fit.
            const double more = taken + 1;
            QVERIFY(size.contracts == 200 || more * each.maxLoss > budget.maxLoss * budget.multiplier * (1 - 1e-12) ||
                    more * each.stressLoss > budget.stress * budget.multiplier * (1 - 1e-12) ||
                    more * each.margin > budget.margin * budget.multiplier * (1 - 1e-12) || more > budget.contracts);
        }
    }

    void liquidityIsWhateverIsLess()
    {
        QCOMPARE(liquidityBudget(1000, 100), 10.0);
        QCOMPARE(liquidityBudget(100'000, 30), 15.0);
        QVERIFY(std::isnan(liquidityBudget(unknown, 30)));
        QVERIFY(std::isnan(liquidityBudget(1000, unknown)));
    }

    void movesAndStrikesOfThePins() // domain reference, F12
    {
        QVERIFY(isNear(expectedMove(500, 0.2, 45), 35.112, 5e-4));
        QVERIFY(isNear(strikeForDelta(Right::Put, 500, 0.2, 45.0 / 365, 0.04, 0, 0.16), 469.74, 5e-3));
        QVERIFY(isNear(strikeForDelta(Right::Put, 500, 0.2, 45.0 / 365, 0.04, 0, 0.30), 485.50, 5e-3));
        QVERIFY(isNear(impliedVolatilityRank(0.24, 0.12, 0.40), 0.42857, 5e-6));
        QCOMPARE(impliedVolatilityRank(0.5, 0.12, 0.40), 1.0);
        QVERIFY(std::isnan(impliedVolatilityRank(0.24, 0.2, 0.2)));
        QVERIFY(std::isnan(expectedMove(500, unknown, 45)));
        QVERIFY(std::isnan(strikeForDelta(Right::Call, 500, 0.2, 0.1, 0.04, 0.9, 0.95)));
        QVERIFY(std::isnan(strikeForDelta(Right::Call, 500, 0.2, 0.1, 0.04, 0, 0)));
    }

    void strikesHaveTheirDelta()
    {
        for (const Right right : {Right::Call, Right::Put})
            for (const double delta : {0.001, 0.05, 0.16, 0.3, 0.5, 0.8, 0.95})
                for (const double yield : {-0.02, 0.0, 0.03}) {
                    const double strike = strikeForDelta(right, 123, 0.35, 0.7, 0.02, yield, delta);
                    const double found = pricing::blackScholes(right, {123, 0.02, yield}, strike, 0.7, 0.35).delta;
                    QVERIFY(isNear(std::abs(found), delta, 1e-13));
                }
    }
};

QTEST_GUILESS_MAIN(SizingTest)
#include "sizing_test.moc"
