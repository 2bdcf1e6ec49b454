#include "risk/stress/profit_surface.h"
#include "risk/value_at_risk/distributions.h"
#include "risk/value_at_risk/var_factors.h"
#include "risk/value_at_risk/var_monte_carlo.h"
#include "risk/value_at_risk/var_parametric.h"
#include "risk/value_at_risk/var_sample.h"
#include "risk/var_rig.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::risk;
using namespace vegadesk::testing;
using market::Right;

namespace
{

const double infinity = std::numeric_limits<double>::infinity();

bool isNear(double found, double expected, double tolerance)
{
    if (std::abs(found - expected) <= tolerance)
        return true;
    qInfo("found %.12g, expected %.12g within %g", found, expected, tolerance);
    return false;
}

} // namespace

/// The parts that valueAtRisk() is put together from, each against what is known exactly.
class VarMethodsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pureGammaByItsMoments();
    void pureGammaByItsSample();
    void pureGammaByMonteCarlo();
    void derivativesAreThoseOfTheRevaluation();
    void anExpirationsOwnRatesAreInTheDerivatives();
    void standardErrorIsTheSpreadOfSeeds();
    void sampleCountsInParts();
    void surfaceIsTheRevaluation_data();
    void surfaceIsTheRevaluation();
};

/// F4 of the domain reference.
void VarMethodsTest::pureGammaByItsMoments()
{
    DeltaGamma book{Eigen::VectorXd::Zero(2), Eigen::MatrixXd::Zero(2, 2)};
    book.curvature(0, 0) = -10'000;
    Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(2, 2);
    covariance(0, 0) = 1;
    const Moments moments = momentsOf(book, covariance);
    QVERIFY(isNear(moments.mean, -5000, 1e-9));
    QVERIFY(isNear(moments.deviation, 7071.0678, 5e-5));
    QVERIFY(isNear(moments.skewness, -2.828427, 5e-7));
    QVERIFY(isNear(moments.excessKurtosis, 12, 1e-9));
    const auto figure = cornishFisherFigure(book, covariance, 0.99);
    QVERIFY(figure);
    QVERIFY(isNear(figure->valueAtRisk, 34704.7472, 5e-5));
    QVERIFY(!figure->isMonotone);
}

void VarMethodsTest::pureGammaByItsSample()
{
    base::Generator generator(2);
    std::vector<double> profits(200'000);
    for (double& profit : profits)
        profit = -5000 * std::pow(generator.normal(), 2);
    QVERIFY(isNear(sampleLoss(profits, 0.01).valueAtRisk, 33174.4831, 500)); // of which three errors are 600
    for (double& profit : profits)
        profit = -profit;
    QVERIFY(isNear(sampleLoss(profits, 0.01).valueAtRisk, -0.78544, 0.1));
}

/// A hedged straddle that moves little is a chi-square, times half its curvature.
void VarMethodsTest::pureGammaByMonteCarlo()
{
    RiskBook book = hedgedShortStraddle();
    const DeltaGamma deltaGamma = deltaGammaOf(book);
    FactorModel model;
    model.deviations = Eigen::Vector2d(0.002, 0);
    model.correlation = Eigen::Matrix2d::Identity();
    model.freedom = infinity;
    Revaluation revaluation(book);
    const ProfitSurface surface(revaluation, 0);
    const VarFigure figure = monteCarlo(model, surface, deltaGamma, 0.05, 20'000, 5, {0});
    const double chiSquare95 = std::pow(normalQuantile(0.975), 2);
    const double exact = -0.5 * deltaGamma.curvature(0, 0) * 0.002 * 0.002 * chiSquare95;
    QVERIFY(exact > 0);
    QVERIFY(isNear(figure.valueAtRisk, exact, 4 * figure.standardError + 0.01 * exact));
    QVERIFY(figure.standardError < 0.015 * exact);
}

void VarMethodsTest::derivativesAreThoseOfTheRevaluation()
{
    const RiskBook book = mixedBook();
    const DeltaGamma deltaGamma = deltaGammaOf(book);
    Revaluation revaluation(book);
    Eigen::MatrixXd moves = Eigen::MatrixXd::Zero(8, 6);
    for (Eigen::Index u = 0; u < 3; ++u) {
        moves.col(2 * u) << 0.002, -0.002, 0, 0, 0.002, -0.002, 0.001, -0.003;
        moves.col(2 * u + 1) << 0, 0, 0.02, -0.02, 0.02, 0.02, -0.01, 0.01;
    }
    const Eigen::MatrixXd exact = revalued(revaluation, moves, 0);
    for (Eigen::Index row = 0; row < moves.rows(); ++row) {
        const double expected = exact.row(row).sum();
        QVERIFY(isNear(deltaGamma.profit(moves.row(row).transpose()), expected, 0.02 + 0.01 * std::abs(expected)));
    }
}

void VarMethodsTest::anExpirationsOwnRatesAreInTheDerivatives()
{
    RiskBook book = mixedBook();
    for (RiskPosition& position : book.positions) {
        position.rate = 0.09;
        position.dividendYield = 0.05;
    }
    const DeltaGamma own = deltaGammaOf(book);
    RiskBook same = book;
    for (RiskPosition& position : same.positions)
        position.rate = position.dividendYield = market::unknown;
    QVERIFY((deltaGammaOf(same).gradient - own.gradient).norm() > 1e-4 * own.gradient.norm());
    for (RiskUnderlying& underlying : same.underlyings) {
        underlying.rate = 0.09;
        underlying.dividendYield = 0.05;
    }
    QCOMPARE(deltaGammaOf(same).gradient, own.gradient);
    QCOMPARE(deltaGammaOf(same).curvature, own.curvature);
}

void VarMethodsTest::standardErrorIsTheSpreadOfSeeds()
{
    const RiskBook book = mixedBook();
    const VarSettings settings;
    const auto inputs = varInputs(book, normalHistory(3, 300, 9), settings.days);
    const FactorModel model = factorModel(*inputs, deviationsOf(*inputs, settings, 0), 0, inputs->days(), settings);
    Revaluation revaluation(inputs->book);
    const ProfitSurface surface(revaluation, 0);
    const DeltaGamma deltaGamma = deltaGammaOf(inputs->book);
    constexpr int seeds = 60;
    Eigen::ArrayXd losses(seeds), shortfalls(seeds);
    double error = 0, shortfallError = 0;
    for (int seed = 0; seed < seeds; ++seed) {
        const VarFigure figure = monteCarlo(model, surface, deltaGamma, 0.05, 1000, std::uint64_t(seed) + 1, {0, 1, 2});
        losses(seed) = figure.valueAtRisk;
        shortfalls(seed) = figure.expectedShortfall;
        error += figure.standardError / seeds;
        shortfallError += figure.shortfallError / seeds;
    }
    // The spread of 60 is known to a tenth of itself.
    const double spread = std::sqrt((losses - losses.mean()).square().sum() / (seeds - 1));
    const double shortfallSpread = std::sqrt((shortfalls - shortfalls.mean()).square().sum() / (seeds - 1));
    QVERIFY(isNear(error / spread, 1, 0.4));
    QVERIFY(isNear(shortfallError / shortfallSpread, 1, 0.4));
    // Without the control, 5 % of 1000 paths know the loss to about 1 / √50 of the tail's scale.
    const double crude = 0.3 * (shortfalls.mean() - losses.mean());
    QVERIFY(spread < crude);
}

void VarMethodsTest::sampleCountsInParts()
{
    std::vector<double> profits;
    for (int i = 1; i <= 100; ++i)
        profits.push_back((i * 37) % 101 - 50.5);                // each of -49.5 to 49.5 once
    QCOMPARE(sampleLoss(profits, 0.05).valueAtRisk, 44.5);       // five are worse
    QCOMPARE(sampleLoss(profits, 0.05).expectedShortfall, 47.5); // their mean
    QCOMPARE(sampleLoss(profits, 0.015).valueAtRisk, 48.5);
    QVERIFY(isNear(sampleLoss(profits, 0.015).expectedShortfall, (49.5 + 0.5 * 48.5) / 1.5, 1e-9));
    QCOMPARE(sampleLoss(std::vector{-3.0}, 0.05).valueAtRisk, 3.0);
    QCOMPARE(sampleLoss({}, 0.05).valueAtRisk, 0.0);
}

void VarMethodsTest::surfaceIsTheRevaluation_data()
{
    QTest::addColumn<double>("days");
    QTest::addColumn<double>("tolerance"); // of the strike, a share
    QTest::newRow("a day") << 1.0 << 1e-3;
    QTest::newRow("a week") << 7.0 << 1e-4;
    QTest::newRow("two months") << 60.0 << 1e-4;
    QTest::newRow("two years") << 730.0 << 1e-4;
}

void VarMethodsTest::surfaceIsTheRevaluation()
{
    QFETCH(double, days);
    QFETCH(double, tolerance);
    base::Generator generator(16);
    for (const Right right : {Right::Call, Right::Put}) {
        for (const double strike : {85.0, 100.0, 112.0}) {
            RiskBook book = emptyBook(1);
            addOption(book, 0, 0.01, right, strike, days);
            Revaluation revaluation(book);
            const ProfitSurface surface(revaluation, 0);
            QCOMPARE(surface.profit(0, 0, 0), 0.0);
            Eigen::MatrixXd moves(200, 2);
            for (Eigen::Index row = 0; row < moves.rows(); ++row)
                moves.row(row) << 0.04 * generator.normal(), 0.15 * generator.normal();
            const double worst = (revalued(revaluation, moves, 0) - surface.profits(moves)).cwiseAbs().maxCoeff();
            QVERIFY(isNear(worst, 0, tolerance * strike));
        }
    }
}

QTEST_APPLESS_MAIN(VarMethodsTest)
#include "var_methods_test.moc"
