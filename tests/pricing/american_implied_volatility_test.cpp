#include "pricing/american/american_implied_volatility.h"

#include "american_cases.h"
#include "pricing/implied_volatility.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace vegadesk;
using namespace vegadesk::pricing;
using american_cases::Case;
using american_cases::randomCase;

class AmericanImpliedVolatilityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void undoesThePrice();
    void stripAgreesWithScalar();
    void isEuropeanWhereExerciseNeverPays();
    void intrinsicPriceGivesZero();
    void saysWhyThereIsNone();
    void undoesThePriceBetweenTwoBoundaries();
    void undoesThePriceWithDividends();
    void deAmericanisesToParity();
};

void AmericanImpliedVolatilityTest::undoesThePrice()
{
    base::Generator generator(1);
    int compared = 0;
    for (int count = 0; count < 2000; ++count) {
        const Case one = randomCase(generator);
        const Greeks value = one.value();
        const double vol = americanImpliedVolatility(one.right, one.market, one.strike, one.years, value.price);
        if (!(value.vega > 1e-3 * one.strike)) { // the price hardly says
            QVERIFY2(value.price <= one.intrinsic() || !std::isnan(vol), one.text().c_str());
            continue;
        }
        ++compared;
        QVERIFY2(std::abs(vol - one.vol) <= 5e-9, one.text().c_str());
    }
    QVERIFY(compared > 700);
}

void AmericanImpliedVolatilityTest::stripAgreesWithScalar()
{
    const MarketPoint market{100, 0.04, 0.02};
    for (const Right right : {Right::Call, Right::Put}) {
        std::vector<double> strikes(61), prices, vols(61);
        std::iota(strikes.begin(), strikes.end(), 70.0);
        for (const double strike : strikes) {
            const double x = std::log(strike / 100);
            prices.push_back(americanPrice(right, market, strike, 0.4, 0.25 - 0.2 * x + 0.5 * x * x));
        }
        prices[5] = -1;
        americanImpliedVolatilityStrip(right, market, 0.4, strikes, prices, vols);
        for (std::size_t row = 0; row < strikes.size(); ++row) {
            const double single = americanImpliedVolatility(right, market, strikes[row], 0.4, prices[row]);
            QCOMPARE(std::isnan(vols[row]), row == 5);
            QVERIFY(row == 5 ? std::isnan(single) : std::abs(vols[row] - single) <= 1e-9);
        }
    }
}

void AmericanImpliedVolatilityTest::isEuropeanWhereExerciseNeverPays()
{
    const MarketPoint market{100, 0.04, 0};
    for (const double price : {6.0, 0.01, 98.0, 2.0, 100.0})
        QVERIFY(std::isnan(americanImpliedVolatility(Right::Call, market, 105, 0.5, price))
                    ? std::isnan(impliedVolatility(Right::Call, market, 105, 0.5, price))
                    : americanImpliedVolatility(Right::Call, market, 105, 0.5, price) ==
                          impliedVolatility(Right::Call, market, 105, 0.5, price));
}

void AmericanImpliedVolatilityTest::intrinsicPriceGivesZero()
{
    const MarketPoint market{100, 0.04, 0.02};
    QCOMPARE(americanImpliedVolatility(Right::Put, market, 150, 0.5, 50), 0.0);
    // And so does what the boundary makes intrinsic.
    QCOMPARE(americanImpliedVolatility(Right::Put, market, 150, 0.5, americanPrice(Right::Put, market, 150, 0.5, 0.15)),
             0.0);
    QCOMPARE(deAmericanise(Right::Put, market, 150, 0.5, 50), blackScholesPrice(Right::Put, market, 150, 0.5, 0));
}

void AmericanImpliedVolatilityTest::saysWhyThereIsNone()
{
    const MarketPoint market{100, 0.04, 0.02};
    const auto reason = [&](double strike, double years, double price) {
        const auto answer = solveAmericanImpliedVolatility(Right::Put, market, strike, years, price);
        return answer ? std::string() : answer.error().message();
    };
    for (const double price : {49.99, 150.0, 200.0}) {
        QVERIFY(std::isnan(americanImpliedVolatility(Right::Put, market, 150, 0.5, price)));
        QVERIFY(reason(150, 0.5, price).find("price") != std::string::npos);
        QVERIFY(reason(150, 0.5, price).find("50") != std::string::npos);
    }
    QVERIFY(reason(150, 0, 50).find("years") != std::string::npos);
    QVERIFY(reason(-1, 1, 50).find("strike") != std::string::npos);
    QVERIFY(solveAmericanImpliedVolatility(Right::Put, market, 100, 0.5, 8).has_value());
    QVERIFY(std::isnan(americanImpliedVolatility(Right::Put, market, 100, 0, 8)));
    QVERIFY(std::isnan(deAmericanise(Right::Put, market, 150, 0.5, 40)));
}

void AmericanImpliedVolatilityTest::undoesThePriceBetweenTwoBoundaries()
{
    const MarketPoint market{0.9, -0.01, -0.02};
    const double price = americanPrice(Right::Put, market, 1, 2, 0.15);
    QVERIFY(std::abs(americanImpliedVolatility(Right::Put, market, 1, 2, price) - 0.15) < 1e-5);
}

void AmericanImpliedVolatilityTest::undoesThePriceWithDividends()
{
    const MarketPoint market{100, 0.04, 0};
    const std::vector<CashDividend> dividends{{0.1, 1}, {0.2, 1}};
    for (const Right right : {Right::Call, Right::Put}) {
        const double price = americanPriceWithDividends(right, market, dividends, 105, 0.25, 0.27);
        const double vol = americanImpliedVolatilityWithDividends(right, market, dividends, 105, 0.25, price);
        QVERIFY(std::abs(vol - 0.27) < 1e-6);
        const double european = deAmericaniseWithDividends(right, market, dividends, 105, 0.25, price);
        QVERIFY(std::abs(european - europeanPriceWithDividends(right, market, dividends, 105, 0.25, 0.27)) < 1e-4);
    }
    QVERIFY(std::isnan(americanImpliedVolatilityWithDividends(Right::Put, market, dividends, 105, 0.25, 4.9)));
    QCOMPARE(americanImpliedVolatilityWithDividends(Right::Put, market, dividends, 105, 0.25, 5), 0.0);
}

/// American prices break put-call parity; what is left of them at their own volatilities keeps it.
void AmericanImpliedVolatilityTest::deAmericanisesToParity()
{
    const MarketPoint market{100, 0.06, 0.03};
    const double call = americanPrice(Right::Call, market, 110, 1, 0.25),
                 put = americanPrice(Right::Put, market, 110, 1, 0.25);
    const double forward = 100 * std::exp(-0.03) - 110 * std::exp(-0.06);
    QVERIFY(std::abs(call - put - forward) > 0.1);
    const double left =
        deAmericanise(Right::Call, market, 110, 1, call) - deAmericanise(Right::Put, market, 110, 1, put);
    QVERIFY(std::abs(left - forward) < 1e-7);
}

QTEST_GUILESS_MAIN(AmericanImpliedVolatilityTest)
#include "american_implied_volatility_test.moc"
