#include "american_cases.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;
using american_cases::Case;
using american_cases::randomCase;
using american_cases::Scales;

/// What holds for every American option, on random ones.
class AmericanPropertiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isMonotoneAndConvex();
    void growsWithTime();
    void hardlyAnyReasonToExerciseIsHardlyAnyPremium();
    void isSymmetric();
    void isHomogeneous();
    void hasGreeksThatAreDerivatives();
    void stripAgreesWithScalar();
};

void AmericanPropertiesTest::isMonotoneAndConvex()
{
    base::Generator generator(2);
    for (int count = 0; count < 400; ++count) {
        const Case one = randomCase(generator);
        const double price = one.price(), slack = 2e-7 * std::max(one.strike, one.market.spot);
        QVERIFY2(price >= std::max(one.european(), one.intrinsic()) - slack, one.text().c_str());
        const double step = 0.02 * one.vol * std::sqrt(one.years);
        Case up = one, down = one;
        up.market.spot *= 1 + step;
        down.market.spot *= 1 - std::min(step, 0.5);
        const double rise = up.price() - price, fall = price - down.price();
        const double sign = one.right == Right::Call ? 1 : -1;
        QVERIFY2(sign * rise >= -slack && sign * fall >= -slack, one.text().c_str());
        const double steepest = std::exp(std::max(0.0, -one.market.dividendYield) * one.years);
        QVERIFY2(std::abs(rise) <= steepest * (up.market.spot - one.market.spot) + slack, one.text().c_str());
        const double left = one.market.spot - down.market.spot, right = up.market.spot - one.market.spot;
        QVERIFY2(rise / right - fall / left >= -4 * slack / std::min(left, right), one.text().c_str());
        Case strike = one;
        strike.strike *= 1 + std::min(step, 0.5);
        QVERIFY2(sign * (strike.price() - price) <= slack, one.text().c_str());
        Case vol = one;
        vol.vol *= 1.01;
        QVERIFY2(vol.price() >= price - slack, one.text().c_str());
    }
}

void AmericanPropertiesTest::growsWithTime()
{
    base::Generator generator(3);
    for (int count = 0; count < 400; ++count) {
        const Case one = randomCase(generator);
        Case later = one;
        later.years *= 1.05;
        QVERIFY2(later.price() >= one.price() - 2e-7 * std::max(one.strike, one.market.spot), one.text().c_str());
        QVERIFY2(one.right == Right::Call ? one.market.dividendYield <= 0 || one.value().theta <= 1e-6 * one.market.spot
                                          : one.market.rate <= 0 || one.value().theta <= 1e-6 * one.strike,
                 one.text().c_str());
    }
}

/// A call is a put with spot and strike, rate and yield swapped.
/// Waiting for a yield to end that is near nothing: the premium is at most what the yield pays on the strike.
void AmericanPropertiesTest::hardlyAnyReasonToExerciseIsHardlyAnyPremium()
{
    for (double yield = 1e-3; yield > 1e-17; yield /= 1.7) {
        for (const double rate : {-0.01, 0.0, 0.02, 0.08, 0.15}) {
            for (const double vol : {0.05, 0.3, 0.8, 1.5}) {
                for (const double years : {0.01, 1.0, 5.0}) {
                    const MarketPoint market{100, rate, yield};
                    const double premium = americanPrice(Right::Call, market, 105, years, vol) -
                                           blackScholesPrice(Right::Call, market, 105, years, vol);
                    const double most = 100 * yield * years + (rate < 0 ? 105 * std::expm1(-rate * years) : 0);
                    QVERIFY2(premium >= -1e-7 * 105 && premium <= most + 1e-7 * 105,
                             qPrintable(QStringLiteral("%1: r=%2 q=%3 vol=%4 T=%5")
                                            .arg(premium)
                                            .arg(rate)
                                            .arg(yield)
                                            .arg(vol)
                                            .arg(years)));
                }
            }
        }
    }
}

void AmericanPropertiesTest::isSymmetric()
{
    base::Generator generator(4);
    for (int count = 0; count < 400; ++count) {
        const Case one = randomCase(generator);
        const Case other{one.right == Right::Call ? Right::Put : Right::Call,
                         {one.strike, one.market.dividendYield, one.market.rate},
                         one.market.spot,
                         one.years,
                         one.vol};
        const Greeks a = one.value(), b = other.value();
        QVERIFY2(std::abs(a.price - b.price) <= 1e-13 * std::max(one.strike, one.market.spot), one.text().c_str());
        QVERIFY2(std::abs(a.vega - b.vega) <= 1e-12 * one.strike * (1 + std::sqrt(one.years)), one.text().c_str());
        // Euler: V = S dV/dS + K dV/dK.
        const double euler = a.price - one.market.spot * a.delta - one.strike * b.delta;
        QVERIFY2(std::abs(euler) <= 1e-12 * std::max(one.strike, one.market.spot), one.text().c_str());
    }
}

void AmericanPropertiesTest::isHomogeneous()
{
    base::Generator generator(5);
    for (int count = 0; count < 200; ++count) {
        const Case one = randomCase(generator);
        Case money = one, time = one;
        money.market.spot *= 8;
        money.strike *= 8;
        QVERIFY2(std::abs(money.price() - 8 * one.price()) <= 1e-13 * money.strike, one.text().c_str());
        // Rates and variance by a quarter, time by four.
        time.market.rate /= 4;
        time.market.dividendYield /= 4;
        time.vol /= 2;
        time.years *= 4;
        if (time.vol > 2e-3)
            QVERIFY2(std::abs(time.price() - one.price()) <= 1e-9 * one.strike, one.text().c_str());
    }
}

void AmericanPropertiesTest::hasGreeksThatAreDerivatives()
{
    base::Generator generator(6);
    int compared = 0;
    for (int count = 0; count < 300; ++count) {
        const Case one = randomCase(generator);
        const Greeks value = one.value();
        const auto difference = [&](auto move, double step) {
            Case up = one, down = one;
            move(up, step);
            move(down, -step);
            return (up.value().price - down.value().price) / (2 * step);
        };
        const double spotStep = 1e-3 * one.market.spot * one.vol * std::sqrt(one.years);
        const double delta = difference([](Case& it, double by) { it.market.spot += by; }, spotStep);
        Case up = one, down = one;
        up.market.spot += spotStep;
        down.market.spot -= spotStep;
        // The boundary between the differences' ends is no place for a derivative.
        if (up.value().gamma == 0 || down.value().gamma == 0)
            continue;
        ++compared;
        const Scales scales(one);
        QVERIFY2(std::abs(value.delta - delta) <= 2e-5, one.text().c_str());
        const double gamma = (up.value().delta - down.value().delta) / (2 * spotStep);
        QVERIFY2(std::abs(value.gamma - gamma) <= 1e-3 * std::max(scales.gamma, std::abs(gamma)), one.text().c_str());
        const double vega = difference([](Case& it, double by) { it.vol += by; }, 1e-3 * one.vol);
        QVERIFY2(std::abs(value.vega - vega) <= 1e-4 * std::max(scales.vega, one.strike), one.text().c_str());
        const double theta = -difference([](Case& it, double by) { it.years += by; }, 1e-3 * one.years);
        QVERIFY2(std::abs(value.theta - theta) <= 3e-4 * scales.theta, one.text().c_str());
        // Rate and yield must not cross between the differences' ends, nor the rate that forbids exercise.
        if (std::abs(one.market.rate - one.market.dividendYield) > 2e-3 && std::abs(one.market.rate) > 2e-3 &&
            std::abs(one.market.dividendYield) > 2e-3) {
            const double rho = difference([](Case& it, double by) { it.market.rate += by; }, 1e-5);
            QVERIFY2(std::abs(value.rho - rho) <= 1e-4 * one.strike * std::max(1.0, one.years), one.text().c_str());
        }
    }
    QVERIFY(compared > 200);
}

void AmericanPropertiesTest::stripAgreesWithScalar()
{
    base::Generator generator(7);
    for (int count = 0; count < 60; ++count) {
        const Case one = randomCase(generator);
        const double widest = generator.uniform(1, 2.5);
        std::vector<double> strikes, vols;
        for (int row = 0; row < 40; ++row) {
            strikes.push_back(one.market.spot * std::exp(generator.uniform(-1, 1)));
            vols.push_back(std::min(2.0, one.vol * std::pow(widest, generator.uniform())));
        }
        GreeksColumns out;
        out.resize(strikes.size());
        americanStrip(one.right, one.market, one.years, strikes, vols, out.view());
        std::vector<double> prices(strikes.size());
        GreeksView priceAlone;
        priceAlone.price = prices;
        americanStrip(one.right, one.market, one.years, strikes, vols, priceAlone);
        for (std::size_t row = 0; row < strikes.size(); ++row) {
            const Case single{one.right, one.market, strikes[row], one.years, vols[row]};
            const Greeks value = single.value();
            const Scales scales(single);
            const double unit = std::max(strikes[row], one.market.spot);
            QVERIFY2(std::abs(out.price[row] - value.price) <= 5e-8 * unit, single.text().c_str());
            QVERIFY2(std::abs(prices[row] - out.price[row]) <= 1e-8 * unit, single.text().c_str());
            QVERIFY2(std::abs(out.delta[row] - value.delta) <= 1e-6, single.text().c_str());
            QVERIFY2(std::abs(out.vega[row] - value.vega) <= 2e-5 * unit * std::max(1.0, std::sqrt(one.years)),
                     single.text().c_str());
            QVERIFY2(std::abs(out.rho[row] - value.rho) <= 2e-5 * unit * std::max(1.0, one.years),
                     single.text().c_str());
        }
    }
}

QTEST_GUILESS_MAIN(AmericanPropertiesTest)
#include "american_properties_test.moc"
