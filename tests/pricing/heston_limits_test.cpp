#include "pricing/heston/heston.h"

#include "heston_cases.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace heston_cases;

namespace
{

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();

} // namespace

class HestonLimitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutVolOfVarianceIsBlackScholes();
    void limits();
    void badLaneStaysAlone();
    void refusesBadInputs_data();
    void refusesBadInputs();
};

void HestonLimitsTest::withoutVolOfVarianceIsBlackScholes()
{
    base::Generator generator(809);
    for (int i = 0; i < 500; ++i) {
        Case each = randomCase(generator);
        each.model.sigma = 0;
        const double exact = blackScholesPrice(each.right, each.market, each.strike, each.years, meanVol(each));
        const HestonValue value = each.value();
        QVERIFY2(std::abs(value.price - exact) <= 1e-13 * each.market.spot, each.text().c_str());
        const bool isOut = (each.strike >= each.forward()) == (each.right == Right::Call);
        if (isOut)
            QVERIFY2(std::abs(value.price - exact) <= 1e-9 * exact, each.text().c_str());
        each.model.sigma = 1e-5; // a slope of its own, and no loss of digits on the way to it
        QVERIFY2(std::abs(each.price() - exact - 1e-5 * value.bySigma) <= 1e-8 * each.market.spot, each.text().c_str());
    }
}

void HestonLimitsTest::limits()
{
    Case each;
    each.strike = 90;
    each.years = 0;
    QCOMPARE(each.price(), 10.0);
    QCOMPARE(each.value().delta, 1.0);
    QCOMPARE(each.value().gamma, 0.0);
    each.right = Right::Put;
    QCOMPARE(each.price(), 0.0);
    each.years = 1;
    each.right = Right::Call;
    each.model = {0, 0, 0.04, 0.5, -0.5}; // no variance, and none to return to
    QCOMPARE(each.price(), each.spotLeg() - each.strikeLeg());
    each.model = {0, 1.5, 0.06, 0.6, -0.7}; // none yet
    Case little = each;
    little.model.v0 = 1e-9;
    QVERIFY(std::abs(each.price() - little.price()) < 1e-6);
    QVERIFY(each.price() > each.spotLeg() - each.strikeLeg());
    each.model = {0.04, 0, 0.06, 0.6, -0.7}; // that does not return
    little = each;
    little.model.kappa = 1e-9;
    QVERIFY(std::abs(each.price() - little.price()) < 1e-7);
    QVERIFY(std::isfinite(each.value().byKappa));
    each.model = {0.04, 0, 0.06, 0, 0}; // that does not move
    QVERIFY(std::abs(each.price() - blackScholesPrice(each.right, each.market, each.strike, each.years, 0.2)) < 1e-11);
    each.model = {0.04, 1.5, 0.06, 0.6, -1}; // driven by the share alone
    little = each;
    little.model.rho = -1 + 1e-9;
    QVERIFY(std::abs(each.price() - little.price()) < 1e-6);
}

void HestonLimitsTest::badLaneStaysAlone()
{
    const Case each;
    const std::array<double, 5> strikes{90, notANumber, 100, -1, 110};
    std::array<double, 5> prices{};
    HestonView view;
    view.price = prices;
    hestonStrip(each.right, each.market, each.years, each.model, strikes, view);
    QVERIFY(std::isnan(prices[1]) && std::isnan(prices[3]));
    for (const std::size_t good : {0, 2, 4}) {
        Case one = each;
        one.strike = strikes[good];
        QVERIFY(std::abs(prices[good] - one.price()) < 1e-11);
    }
}

void HestonLimitsTest::refusesBadInputs_data()
{
    QTest::addColumn<double>("v0");
    QTest::addColumn<double>("kappa");
    QTest::addColumn<double>("theta");
    QTest::addColumn<double>("sigma");
    QTest::addColumn<double>("rho");
    QTest::addColumn<QString>("field");
    QTest::newRow("negative variance") << -0.01 << 1.0 << 0.04 << 0.5 << -0.5 << "v0";
    QTest::newRow("endless variance") << infinity << 1.0 << 0.04 << 0.5 << -0.5 << "v0";
    QTest::newRow("negative speed") << 0.04 << -1.0 << 0.04 << 0.5 << -0.5 << "kappa";
    QTest::newRow("negative goal") << 0.04 << 1.0 << -0.04 << 0.5 << -0.5 << "theta";
    QTest::newRow("no goal") << 0.04 << 1.0 << notANumber << 0.5 << -0.5 << "theta";
    QTest::newRow("negative vol of variance") << 0.04 << 1.0 << 0.04 << -0.5 << -0.5 << "sigma";
    QTest::newRow("correlation above 1") << 0.04 << 1.0 << 0.04 << 0.5 << 1.1 << "rho";
    QTest::newRow("no correlation") << 0.04 << 1.0 << 0.04 << 0.5 << notANumber << "rho";
}

void HestonLimitsTest::refusesBadInputs()
{
    QFETCH(double, v0);
    QFETCH(double, kappa);
    QFETCH(double, theta);
    QFETCH(double, sigma);
    QFETCH(double, rho);
    QFETCH(QString, field);
    const Case good;
    const HestonParameters bad{v0, kappa, theta, sigma, rho};
    const auto refused = checkInputs(good.market, good.strike, good.years, bad);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().field), field);
    QVERIFY(!refused.error().allowed.empty());
    QVERIFY(std::isnan(heston(good.right, good.market, good.strike, good.years, bad).delta));
    QVERIFY(checkInputs(good.market, good.strike, good.years, good.model));
    QCOMPARE(checkInputs(good.market, -1, good.years, good.model).error().field, std::string("strike"));
    QVERIFY(std::isnan(heston(good.right, {notANumber, 0, 0}, 100, 1, good.model).price));
}

QTEST_GUILESS_MAIN(HestonLimitsTest)
#include "heston_limits_test.moc"
