#include "pricing/heston/bates.h"

#include "base/random.h"
#include "derivative.h"
#include "model_checks.h"
#include "pricing/jump/merton.h"
#include "pricing/reference/engine_option.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

struct Case : model_checks::Contract {
    BatesParameters model{{0.04, 1.5, 0.06, 0.6, -0.7}, 0.5, -0.1, 0.15};

    BatesValue value() const { return bates(right, market, strike, years, model); }
    double price() const { return batesPrice(right, market, strike, years, model); }
    double deviation() const
    {
        const double jumps = model.jumpMean * model.jumpMean + model.jumpDeviation * model.jumpDeviation;
        return std::sqrt(years * (std::max(model.heston.v0, model.heston.theta) + model.intensity * jumps));
    }
    std::string text() const
    {
        return Contract::text() + QStringLiteral("v0=%1 kappa=%2 theta=%3 sigma=%4 rho=%5 lambda=%6 mu=%7 delta=%8")
                                      .arg(model.heston.v0, 0, 'g', 17)
                                      .arg(model.heston.kappa, 0, 'g', 17)
                                      .arg(model.heston.theta, 0, 'g', 17)
                                      .arg(model.heston.sigma, 0, 'g', 17)
                                      .arg(model.heston.rho, 0, 'g', 17)
                                      .arg(model.intensity, 0, 'g', 17)
                                      .arg(model.jumpMean, 0, 'g', 17)
                                      .arg(model.jumpDeviation, 0, 'g', 17)
                                      .toStdString();
    }
};

/// What an index's smile is fitted with.
Case randomCase(base::Generator& generator)
{
    Case out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.years = generator.uniform(14.0 / 365, 2);
    out.model = {{generator.uniform(0.01, 0.15), generator.uniform(0.5, 6), generator.uniform(0.01, 0.15),
                  generator.uniform(0.2, 1), generator.uniform(-0.9, 0)},
                 generator.uniform(0.1, 3),
                 generator.uniform(-0.3, 0.1),
                 generator.uniform(0.05, 0.25)};
    out.strike = out.forward() * std::exp(generator.uniform(-2.5, 2.5) * out.deviation());
    return out;
}

} // namespace

class BatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutJumpsIsHeston();
    void withConstantVarianceIsMerton();
    void matchesQuantLib();
    void parityAndBounds();
    void derivativesAreDerivatives();
    void stripIsTheScalar();
    void pathsAgree();
    void refusesBadInputs();
};

void BatesTest::withoutJumpsIsHeston()
{
    base::Generator generator(1101);
    for (int i = 0; i < 300; ++i) {
        Case each = randomCase(generator);
        each.model.intensity = 0;
        const HestonValue exact = heston(each.right, each.market, each.strike, each.years, each.model.heston);
        const BatesValue value = each.value();
        QVERIFY2(std::abs(value.price - exact.price) <= 1e-12 * each.market.spot, each.text().c_str());
        QVERIFY2(std::abs(value.delta - exact.delta) <= 1e-10, each.text().c_str());
        QVERIFY2(std::abs(value.bySigma - exact.bySigma) <= 1e-9 * each.market.spot, each.text().c_str());
        Case few = each;
        few.model.intensity = 1e-6; // a slope of its own
        QVERIFY2(std::abs(few.price() - value.price - 1e-6 * value.byIntensity) <= 1e-10 * each.market.spot,
                 each.text().c_str());
    }
}

void BatesTest::withConstantVarianceIsMerton()
{
    base::Generator generator(1102);
    for (int i = 0; i < 300; ++i) {
        Case each = randomCase(generator);
        each.model.heston.sigma = 0;
        each.model.heston.theta = each.model.heston.v0;
        const MertonParameters same{std::sqrt(each.model.heston.v0), each.model.intensity, each.model.jumpMean,
                                    each.model.jumpDeviation};
        const MertonValue exact = merton(each.right, each.market, each.strike, each.years, same);
        const BatesValue value = each.value();
        const double spot = each.market.spot;
        QVERIFY2(std::abs(value.price - exact.price) <= 1e-12 * spot, each.text().c_str());
        QVERIFY2(std::abs(value.gamma - exact.gamma) <= 1e-9 / (spot * std::sqrt(each.model.heston.v0 * each.years)),
                 each.text().c_str());
        QVERIFY2(std::abs(value.theta - exact.theta) <= 1e-9 * spot, each.text().c_str());
        QVERIFY2(std::abs(value.byIntensity - exact.byIntensity) <= 1e-9 * spot, each.text().c_str());
        QVERIFY2(std::abs(value.byJumpMean - exact.byJumpMean) <= 1e-9 * spot, each.text().c_str());
        QVERIFY2(std::abs(value.byJumpDeviation - exact.byJumpDeviation) <= 1e-9 * spot, each.text().c_str());
    }
}

void BatesTest::matchesQuantLib()
{
    base::Generator generator(1103);
    for (int i = 0; i < 60; ++i) {
        Case each = randomCase(generator);
        const int days = static_cast<int>(generator.integer(60, 700));
        each.years = days / 365.0;
        each.model.heston.v0 += 0.02;
        each.model.heston.theta += 0.02;
        each.strike = each.forward() * std::exp(generator.uniform(-1.5, 1.5) * each.deviation());
        const BatesParameters& model = each.model;
        auto theirs = reference::EngineOption::bates(each.right, each.market, each.strike, each.years, model.heston,
                                                     {model.intensity, model.jumpMean, model.jumpDeviation});
        QVERIFY(theirs);
        const auto value = theirs->price(each.market.spot);
        QVERIFY(value);
        QVERIFY2(std::abs(each.price() - *value) <= 1e-7 * each.market.spot, each.text().c_str());
    }
}

void BatesTest::parityAndBounds()
{
    base::Generator generator(1104);
    for (int i = 0; i < 500; ++i) {
        const Case each = randomCase(generator);
        const std::string fault =
            model_checks::parityFault(each, &BatesValue::byIntensity) + model_checks::boundsFault(each);
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void BatesTest::derivativesAreDerivatives()
{
    base::Generator generator(1105);
    for (int i = 0; i < 100; ++i) {
        const Case each = randomCase(generator);
        const BatesValue value = each.value();
        const double spot = each.market.spot;
        const BatesParameters& m = each.model;
        const std::array<model_checks::Slope<Case>, 8> slopes{
            {{"delta", value.delta, [](Case& c) -> double& { return c.market.spot; }, 1e-3 * spot, spot},
             {"rho", value.rho, [](Case& c) -> double& { return c.market.rate; }, 1e-3, spot},
             {"theta", -value.theta, [](Case& c) -> double& { return c.years; }, 2e-3 * each.years, spot},
             {"v0", value.byV0, [](Case& c) -> double& { return c.model.heston.v0; }, 2e-3 * m.heston.v0, spot},
             {"correlation", value.byRho, [](Case& c) -> double& { return c.model.heston.rho; }, 1e-3, spot},
             {"intensity", value.byIntensity, [](Case& c) -> double& { return c.model.intensity; }, 2e-3 * m.intensity,
              spot},
             {"jump mean", value.byJumpMean, [](Case& c) -> double& { return c.model.jumpMean; }, 1e-3, spot},
             {"jump deviation", value.byJumpDeviation, [](Case& c) -> double& { return c.model.jumpDeviation; },
              2e-3 * m.jumpDeviation, spot}}};
        const std::string fault = model_checks::slopeFault(each, slopes, 5e-7);
        QVERIFY2(fault.empty(), fault.c_str());
    }
}

void BatesTest::stripIsTheScalar()
{
    base::Generator generator(1106);
    for (int i = 0; i < 30; ++i) {
        const Case each = randomCase(generator);
        std::array<double, 20> strikes{}, prices{}, byJumpMean{};
        for (std::size_t k = 0; k < strikes.size(); ++k)
            strikes[k] = each.forward() * std::exp((-3 + 0.3 * static_cast<double>(k)) * each.deviation());
        BatesView view;
        view.price = prices;
        view.byJumpMean = byJumpMean;
        batesStrip(each.right, each.market, each.years, each.model, strikes, view);
        for (std::size_t k = 0; k < strikes.size(); ++k) {
            Case one = each;
            one.strike = strikes[k];
            const BatesValue value = one.value();
            QVERIFY2(std::abs(prices[k] - value.price) <= 1e-12 * (each.market.spot + one.strike), one.text().c_str());
            QVERIFY2(std::abs(byJumpMean[k] - value.byJumpMean) <= 1e-8 * each.market.spot, one.text().c_str());
        }
    }
}

/// Instruction sets round differently: prices agree to 1e-13 of the spot.
void BatesTest::pathsAgree()
{
    base::Generator generator(1107);
    for (int i = 0; i < 100; ++i) {
        const Case each = randomCase(generator);
        QVERIFY2(model_checks::pathSpread(each) <= 1e-13, each.text().c_str());
    }
}

void BatesTest::refusesBadInputs()
{
    const Case good;
    QVERIFY(checkInputs(good.market, good.strike, good.years, good.model));
    const auto fieldOf = [&](const BatesParameters& bad) {
        const auto refused = checkInputs(good.market, good.strike, good.years, bad);
        return refused ? std::string() : refused.error().field;
    };
    BatesParameters bad = good.model;
    bad.heston.kappa = -1;
    QCOMPARE(fieldOf(bad), std::string("kappa"));
    QVERIFY(std::isnan(bates(good.right, good.market, good.strike, good.years, bad).byJumpMean));
    bad = good.model;
    bad.intensity = -1;
    QCOMPARE(fieldOf(bad), std::string("jump intensity"));
    bad = good.model;
    bad.jumpDeviation = std::numeric_limits<double>::infinity();
    QCOMPARE(fieldOf(bad), std::string("jump deviation"));
    QVERIFY(std::isnan(batesPrice(good.right, good.market, good.strike, good.years, bad)));
}

QTEST_GUILESS_MAIN(BatesTest)
#include "bates_test.moc"
