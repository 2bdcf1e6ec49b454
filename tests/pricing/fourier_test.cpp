#include "pricing/fourier/contour.h"
#include "pricing/fourier/strip.h"

#include "base/random.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <memory>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace vegadesk::pricing::fourier;

namespace
{

/// The whole range: a day to fifteen years, volatilities of variance to 4, correlations to 0.95, either side of
/// Feller's condition, five deviations.
struct Case {
    LogReturn law;
    double logStrike = 0;
};

Case randomCase(base::Generator& generator)
{
    const auto logUniform = [&](double low, double high) {
        return std::exp(generator.uniform(std::log(low), std::log(high)));
    };
    Case out;
    out.law.years = logUniform(1.0 / 365, 15);
    out.law.v0 = logUniform(1e-3, 0.5);
    out.law.kappa = logUniform(0.1, 20);
    out.law.theta = logUniform(5e-3, 0.5);
    out.law.sigma = logUniform(1e-3, 4);
    out.law.rho = generator.uniform(-0.95, 0.95);
    out.logStrike = std::clamp(generator.uniform(-5, 5) * std::sqrt(meanVariance(out.law)), -4.0, 3.0);
    return out;
}

std::string text(const Case& each)
{
    return QStringLiteral("T=%1 v0=%2 kappa=%3 theta=%4 sigma=%5 rho=%6 k=%7")
        .arg(each.law.years, 0, 'g', 17)
        .arg(each.law.v0, 0, 'g', 17)
        .arg(each.law.kappa, 0, 'g', 17)
        .arg(each.law.theta, 0, 'g', 17)
        .arg(each.law.sigma, 0, 'g', 17)
        .arg(each.law.rho, 0, 'g', 17)
        .arg(each.logStrike, 0, 'g', 17)
        .toStdString();
}

} // namespace

class FourierTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contourDoesNotMatter();
    void chosenStepIsMostlyRightAtOnce();
    void momentsExplodeWhereTheyShould();
    void normalLaw();
};

/// The strip's value against an integral of six times as many nodes, on a path that crosses the axis elsewhere and
/// bends less: the integrand is analytic between the two, so both have one value. Prices to 1e-14 of the forward and
/// 1e-9 of themselves, derivatives to 1e-9 of the larger of themselves and 0.001.
void FourierTest::contourDoesNotMatter()
{
    base::Generator generator(1201);
    const auto nodes = std::make_unique<Nodes>();
    for (int i = 0; i < 1500; ++i) {
        const Case each = randomCase(generator);
        Contour other = chooseContour(each.law, each.logStrike);
        const bool isCovered = other.crossing > 0 && other.crossing < 1;
        if (other.crossing > 1)
            other.crossing = 1 + 0.7 * (other.crossing - 1);
        else if (other.crossing < 0)
            other.crossing *= 0.7;
        other.scale *= 0.8;
        other.angle *= 0.75;
        other.step /= 6;
        Integral fine;
        fillNodes(each.law, other, each.logStrike, {true, true}, *nodes);
        QVERIFY2(nodes->isComplete, text(each).c_str());
        integrate(*nodes, each.logStrike, {true, true}, false, fine);
        const double strike = std::exp(each.logStrike);
        const double expected = fine.value + (isCovered ? std::min(1.0, strike) : 0);

        double price = 0;
        std::array<double, 5> gradient{};
        StripView view;
        view.price = {&price, 1};
        for (std::size_t k = 0; k < gradient.size(); ++k)
            view.gradient[k] = {&gradient[k], 1};
        priceStrip(each.logStrike >= 0 ? Right::Call : Right::Put, {1, 0, 0}, each.law, {&strike, 1}, view);
        QVERIFY2(std::abs(price - expected) <= 1e-14, text(each).c_str());
        const double rounding = 4e-15 * fine.size; // of the other path, which has no saddle
        if (expected > 1e-30)
            QVERIFY2(std::abs(price - expected) <= 1e-9 * expected + rounding, text(each).c_str());
        for (std::size_t k = 0; k < gradient.size(); ++k) {
            const double exact = fine.derivative[k + 1];
            QVERIFY2(std::abs(gradient[k] - exact) <= 1e-9 * std::max(std::abs(exact), 1e-3), text(each).c_str());
        }
    }
}

/// The check by every second node passes without a finer step nine times in ten, and no more nodes are taken than are
/// needed.
void FourierTest::chosenStepIsMostlyRightAtOnce()
{
    base::Generator generator(1202);
    const auto nodes = std::make_unique<Nodes>();
    int coarse = 0;
    std::size_t total = 0;
    constexpr int count = 1000;
    for (int i = 0; i < count; ++i) {
        const Case each = randomCase(generator);
        const Contour contour = chooseContour(each.law, each.logStrike);
        Integral found;
        fillNodes(each.law, contour, each.logStrike, {}, *nodes);
        QVERIFY2(nodes->isComplete, text(each).c_str());
        integrate(*nodes, each.logStrike, {}, false, found);
        coarse += std::abs(found.value - found.coarseValue) > 5e-8 * found.size ? 1 : 0;
        total += nodes->count;
    }
    qInfo("%d of %d refined, %.1f nodes on average", coarse, count, static_cast<double>(total) / count);
    QVERIFY(coarse < count / 10);
    QVERIFY(total < 60 * count);
}

/// With kappa = rho sigma z the discriminant is -sigma² z (z - 1): moments of order z explode at pi / (sigma
/// sqrt(z (z - 1))).
void FourierTest::momentsExplodeWhereTheyShould()
{
    LogReturn law;
    law.v0 = 0.04;
    law.theta = 0.04;
    law.sigma = 0.5;
    law.rho = 0.5;
    const double order = 4;
    law.kappa = law.rho * law.sigma * order;
    const double explosion = 3.14159265358979323846 / (law.sigma * std::sqrt(order * (order - 1)));
    std::array<double, 8> distance{}, size{};
    distance.fill(order - 1);
    law.years = explosion * (1 - 1e-9);
    realAxis(law, 0.1, distance, size);
    QVERIFY(std::isfinite(size[0]));
    law.years = explosion * (1 + 1e-9);
    realAxis(law, 0.1, distance, size);
    QVERIFY(std::isinf(size[0]));
}

/// Without randomness in the variance the exponent is (z² - z) w / 2 exactly.
void FourierTest::normalLaw()
{
    LogReturn law;
    law.years = 2;
    law.v0 = law.theta = 0.09;
    law.kappa = 1;
    QCOMPARE(meanVariance(law), 0.18);
    const auto nodes = std::make_unique<Nodes>();
    const Contour contour = chooseContour(law, 0.2);
    QCOMPARE(contour.angle, 0.0);
    fillNodes(law, contour, 0.2, {}, *nodes);
    for (std::size_t i = 0; i < nodes->count; ++i) {
        const double re = nodes->z.re[i];
        const double im = nodes->z.im[i];
        const double exact = 0.09 * (re * re - im * im - re);
        QVERIFY(std::abs(nodes->exponent.re[i] - exact) <= 1e-14 * (1 + 0.09 * (re * re + im * im)));
    }
}

QTEST_GUILESS_MAIN(FourierTest)
#include "fourier_test.moc"
