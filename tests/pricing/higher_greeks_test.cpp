#include "pricing/black_scholes.h"

#include "base/random.h"
#include "reference_values.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

/// Gamma in extended precision: the closed form has no cancellation, so its differences have digits to spare.
struct ExactGamma {
    long double spot, rate, yield, strike, years, vol;

    long double value() const
    {
        const long double deviation = vol * std::sqrt(years);
        const long double d1 = (std::log(spot / strike) + (rate - yield + 0.5L * vol * vol) * years) / deviation;
        const long double density = std::exp(-0.5L * d1 * d1) * 0.398942280401432677939946059934L;
        return std::exp(-yield * years) * density / (spot * deviation);
    }

    /// Central difference of sixth order in one of the inputs.
    long double slope(long double ExactGamma::* input, long double step) const
    {
        const auto at = [&](int steps) {
            ExactGamma moved = *this;
            moved.*input += static_cast<long double>(steps) * step;
            return moved.value();
        };
        return (45 * (at(1) - at(-1)) - 9 * (at(2) - at(-2)) + (at(3) - at(-3))) / (60 * step);
    }
};

} // namespace

class HigherGreeksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchExactValues();
    void areDerivativesOfGamma();
    void callsAndPutsShareThem();
    void vanishWithoutRandomness();
};

/// Bound: 1e-12 of the larger of the value and its scale, the Greek's largest size over volatilities: vanna 1 over vol,
/// volga spot sqrt(T) over vol, charm the density's drift |r - q| / (vol sqrt T) and age 1/T, and the yield; dividend rho
/// S T.
void HigherGreeksTest::matchExactValues()
{
    const auto rows = reference_values::read("black_scholes.csv");
    QCOMPARE(rows.size(), std::size_t{348});
    std::map<std::string, reference_values::Scores> scores;
    for (const auto& row : rows) {
        const double spot = row.number("S");
        const double years = row.number("T");
        const double rate = row.number("r");
        const double yield = row.number("q");
        const double vol = row.number("sigma");
        const HigherGreeks found = higherGreeks(row.right(), {spot, rate, yield}, row.number("K"), years, vol);
        const double root = std::sqrt(years);
        const std::array<std::tuple<const char*, double, double>, 4> greeks{
            std::tuple{"vanna", found.vanna, 0.4 / vol}, std::tuple{"volga", found.volga, 0.4 * spot * root / vol},
            std::tuple{"charm", found.charm,
                       0.4 * std::abs(rate - yield) / (vol * root) + 0.25 / years + std::abs(yield)},
            std::tuple{"rho_q", found.dividendRho, spot * years}};
        for (const auto& [name, value, scale] : greeks) {
            const double exact = row.number(name);
            scores[name].add(std::abs(value - exact) / (1e-12 * std::max(std::abs(exact), scale)), row.text("id"));
        }
    }
    for (const auto& [name, each] : scores)
        qInfo("%s", qPrintable(each.summary(name.c_str())));
    for (const auto& [name, each] : scores)
        QVERIFY2(each.worst() >= 0 && each.worst() <= 1, name.c_str());
}

/// Bound: 1e-10 of the scale, gamma's largest size over the input's own scale; the differences are good to 1e-12.
void HigherGreeksTest::areDerivativesOfGamma()
{
    base::Generator generator(401);
    double worst = 0;
    for (int i = 0; i < 5000; ++i) {
        const Right right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
        const MarketPoint market{generator.uniform(5, 5000), generator.uniform(-0.03, 0.12),
                                 generator.uniform(-0.02, 0.1)};
        const double years = generator.uniform(0.01, 3);
        const double vol = generator.uniform(0.05, 1.5);
        const double deviation = vol * std::sqrt(years);
        const double strike = market.spot * std::exp(generator.uniform(-5, 5) * deviation);
        const HigherGreeks found = higherGreeks(right, market, strike, years, vol);
        const ExactGamma gamma{market.spot, market.rate, market.dividendYield, strike, years, vol};
        const double size = 0.4 / (market.spot * deviation);
        const auto score = [&](double value, long double exact, double scale) {
            worst = std::max(worst, static_cast<double>(std::abs(value - exact)) / scale);
        };
        score(found.speed, gamma.slope(&ExactGamma::spot, 2e-3 * deviation * market.spot),
              size / (market.spot * deviation));
        score(found.zomma, gamma.slope(&ExactGamma::vol, 1e-3 * vol), size / vol);
        score(found.color, -gamma.slope(&ExactGamma::years, 1e-3 * years),
              size * (1 / years + std::abs(market.rate - market.dividendYield) / deviation));
    }
    qInfo("worst difference from differences of gamma: %.3g of the scale", worst);
    QVERIFY(worst <= 1e-10);
}

/// Put-call parity is linear in spot and free of volatility: all but charm and dividend rho are the same number.
void HigherGreeksTest::callsAndPutsShareThem()
{
    base::Generator generator(402);
    for (int i = 0; i < 5000; ++i) {
        const MarketPoint market{generator.uniform(5, 5000), generator.uniform(-0.03, 0.12),
                                 generator.uniform(-0.02, 0.1)};
        const double years = generator.uniform(0.01, 3);
        const double vol = generator.uniform(0.05, 1.5);
        const double strike = market.spot * generator.uniform(0.5, 2);
        const HigherGreeks call = higherGreeks(Right::Call, market, strike, years, vol);
        const HigherGreeks put = higherGreeks(Right::Put, market, strike, years, vol);
        QVERIFY(call.vanna == put.vanna && call.volga == put.volga && call.speed == put.speed);
        QVERIFY(call.zomma == put.zomma && call.color == put.color);
        const double discount = std::exp(-market.dividendYield * years);
        QVERIFY(std::abs(call.charm - put.charm - market.dividendYield * discount) <=
                1e-14 * (1 + std::abs(call.charm)));
        QVERIFY(std::abs(call.dividendRho - put.dividendRho + years * market.spot * discount) <=
                1e-14 * years * market.spot);
    }
}

void HigherGreeksTest::vanishWithoutRandomness()
{
    for (const double strike : {90.0, 100.0, 110.0}) {
        const HigherGreeks expired = higherGreeks(Right::Call, {100, 0.05, 0.02}, strike, 0, 0.2);
        const HigherGreeks still = higherGreeks(Right::Call, {100, 0.05, 0.02}, strike, 1, 0);
        for (const HigherGreeks& each : {expired, still})
            for (const double value : {each.vanna, each.volga, each.speed, each.zomma, each.color})
                QVERIFY(value == 0);
        const double share = strike < 100 ? 1 : strike == 100 ? 0.5 : 0;
        QCOMPARE(expired.charm, 0.02 * share);
        QCOMPARE(expired.dividendRho, 0.0);
    }
}

QTEST_GUILESS_MAIN(HigherGreeksTest)
#include "higher_greeks_test.moc"
