#include "portfolio/portfolio_margin.h"

#include "pricing/black_scholes.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using market::Right;

namespace
{

using Legs = std::vector<PortfolioMarginLeg>;

constexpr base::Date expiry = base::makeDate(2026, 12, 18);

PortfolioMarginLeg option(Right right, double strike, std::int64_t quantity, double years = 0, double volatility = 0.2)
{
    return {.leg = {.right = right, .strike = strike, .expiry = expiry, .quantity = quantity},
            .years = years,
            .volatility = volatility};
}
PortfolioMarginLeg stock(std::int64_t shares)
{
    return {.leg = {.isOption = false, .quantity = shares, .multiplier = 1}};
}

/// B3's example: a put sold 45 days before its expiry.
struct Example {
    static constexpr double spot = 500, strike = 475, years = 45 / 365.0, rate = 0.04, volatility = 0.2;
    PortfolioMarginLeg put = option(Right::Put, strike, -1, years, volatility);

    PortfolioMargin under(PriceMoves moves, double stress = 1) const
    {
        return portfolioMarginOf(
                   {.spot = spot, .rate = rate, .moves = moves, .stress = stress, .legs = std::span(&put, 1)})
            .value();
    }
};

bool isCents(double value, double expected)
{
    return std::abs(value - expected) < 0.005;
}

} // namespace

Q_DECLARE_METATYPE(Legs)
Q_DECLARE_METATYPE(vegadesk::portfolio::PortfolioMarginLeg)
Q_DECLARE_METATYPE(vegadesk::portfolio::PriceMoves)

class PortfolioMarginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theHouseAsksForMoreThanRegT()
    {
        const Example example;
        const double price = pricing::blackScholesPrice(Right::Put, {Example::spot, Example::rate, 0}, Example::strike,
                                                        Example::years, Example::volatility);
        QVERIFY(std::abs(price - 4.0976) < 5e-5);
        MarginLeg leg = example.put.leg;
        leg.mark = price;
        const double regT = marginOf(std::span(&leg, 1), Example::spot, false).requirement();
        QVERIFY2(isCents(regT, 7909.76), qPrintable(QString::number(regT, 'f', 4)));
        const double house = example.under(house_moves::equity).requirement();
        QVERIFY(house > regT);
    }

    void example_data()
    {
        QTest::addColumn<PriceMoves>("moves");
        QTest::addColumn<bool>("isAmerican");
        QTest::addColumn<double>("requirement");
        QTest::newRow("regulatory, equity") << regulatory_moves::equity << false << 4445.94;
        QTest::newRow("regulatory, high-cap index") << regulatory_moves::highCapIndex << false << 1626.01;
        QTest::newRow("house, equity") << house_moves::equity << false << 9356.95;
        // 475 - 375 is more than the European put is worth there.
        QTest::newRow("house, may be exercised early") << house_moves::equity << true << 10000 - 409.76;
    }
    void example()
    {
        QFETCH(PriceMoves, moves);
        QFETCH(bool, isAmerican);
        QFETCH(double, requirement);
        Example example;
        example.put.style = isAmerican ? market::ExerciseStyle::American : market::ExerciseStyle::European;
        const PortfolioMargin margin = example.under(moves);
        QVERIFY2(isCents(margin.requirement(), requirement), qPrintable(QString::number(margin.requirement(), 'f', 4)));
        QCOMPARE(margin.worstMove, moves.down);
        QVERIFY(isCents(margin.minimum, 250));
    }

    void classes_data()
    {
        QTest::addColumn<Legs>("legs");
        QTest::addColumn<PriceMoves>("moves");
        QTest::addColumn<double>("stress");
        QTest::addColumn<double>("worstLoss");
        QTest::addColumn<double>("worstMove");
        QTest::addColumn<double>("minimum");
        const auto row = [](const char* name, Legs legs, PriceMoves moves, double stress, double loss, double move,
                            double minimum = 0) {
            QTest::newRow(name) << legs << moves << stress << loss << move << minimum;
        };
        const PriceMoves equity = house_moves::equity;
        row("nothing", {}, equity, 1, 0, 0);
        row("long stock", {stock(100)}, equity, 1, 2500, -0.25);
        row("short stock", {stock(-100)}, equity, 1, 2000, 0.20);
        row("long stock before earnings", {stock(100)}, equity, beforeEarnings, 3750, -0.375);
        row("long index", {stock(100)}, house_moves::index, 1, 2000, -0.20);
        row("short small biotech", {stock(-100)}, house_moves::smallBiotech, 1, 10000, 1.00);
        row("long small biotech", {stock(100)}, house_moves::smallBiotech, 1, 5000, -0.50);
        row("other broad index", {stock(100)}, regulatory_moves::broadIndex, 1, 1000, -0.10);
        // At expiry values are payoffs, so the prices looked at show: 95, 90, ... 75 and 104, ... 120.
        row("the worst is between the ends",
            {option(Right::Put, 85, -1), option(Right::Put, 90, 2), option(Right::Put, 95, -1)}, equity, 1, 500, -0.10);
        row("on the way up, too",
            {option(Right::Call, 107, -1), option(Right::Call, 108, 2), option(Right::Call, 109, -1)}, equity, 1, 100,
            0.08);
        row("between two prices nothing is seen",
            {option(Right::Put, 86, -1), option(Right::Put, 87, 2), option(Right::Put, 88, -1)}, equity, 1, 0, 0);
        row("conversion", {stock(100), option(Right::Put, 100, 1), option(Right::Call, 100, -1)}, equity, 1, 0, 0);
        row("far short options ask for the minimum", {option(Right::Put, 50, -2), option(Right::Call, 150, -1)}, equity,
            1, 0, 0, 150);
        row("what is covered does not", {option(Right::Put, 50, -2), option(Right::Put, 40, 1)}, equity, 1, 0, 0, 50);
    }
    void classes()
    {
        QFETCH(Legs, legs);
        QFETCH(PriceMoves, moves);
        QFETCH(double, stress);
        QFETCH(double, worstLoss);
        QFETCH(double, worstMove);
        QFETCH(double, minimum);
        const PortfolioMargin margin =
            portfolioMarginOf({.spot = 100, .moves = moves, .stress = stress, .legs = legs}).value();
        QVERIFY2(std::abs(margin.worstLoss - worstLoss) < 1e-6, qPrintable(QString::number(margin.worstLoss)));
        QVERIFY2(std::abs(margin.worstMove - worstMove) < 1e-12, qPrintable(QString::number(margin.worstMove)));
        QVERIFY2(std::abs(margin.minimum - minimum) < 1e-6, qPrintable(QString::number(margin.minimum)));
        QCOMPARE(margin.requirement(), std::max(margin.worstLoss, margin.minimum));
    }

    void aLongPutTakesFromWhatStockAsks()
    {
        const Legs alone{stock(100)}, hedged{stock(100), option(Right::Put, 95, 1, 0.25, 0.3)};
        const double without = portfolioMarginOf({.spot = 100, .legs = alone}).value().requirement();
        const double with = portfolioMarginOf({.spot = 100, .legs = hedged}).value().requirement();
        QVERIFY2(with > 0 && with < 0.5 * without, qPrintable(QString::number(with)));
    }

    void whatIsOutOfRangeIsNamed_data()
    {
        QTest::addColumn<double>("spot");
        QTest::addColumn<PriceMoves>("moves");
        QTest::addColumn<double>("stress");
        QTest::addColumn<PortfolioMarginLeg>("leg");
        QTest::addColumn<QString>("field");
        const PriceMoves equity = house_moves::equity;
        const PortfolioMarginLeg put = option(Right::Put, 90, -1, 0.1);
        QTest::newRow("no price") << market::unknown << equity << 1.0 << put << "spot";
        QTest::newRow("no stress") << 100.0 << equity << 0.0 << put << "stress";
        QTest::newRow("down is up") << 100.0 << PriceMoves{0.1, 0.1} << 1.0 << put << "move down";
        QTest::newRow("below nothing") << 100.0 << house_moves::smallBiotech << 2.0 << put << "move down";
        QTest::newRow("up is down") << 100.0 << PriceMoves{-0.1, -0.1} << 1.0 << put << "move up";
        QTest::newRow("no strike") << 100.0 << equity << 1.0 << option(Right::Put, 0, -1, 0.1) << "strike";
        QTest::newRow("expired") << 100.0 << equity << 1.0 << option(Right::Put, 90, -1, -0.1) << "years";
        QTest::newRow("no volatility") << 100.0 << equity << 1.0 << option(Right::Put, 90, -1, 0.1, market::unknown)
                                       << "volatility";
    }
    void whatIsOutOfRangeIsNamed()
    {
        QFETCH(double, spot);
        QFETCH(PriceMoves, moves);
        QFETCH(double, stress);
        QFETCH(PortfolioMarginLeg, leg);
        const auto margin =
            portfolioMarginOf({.spot = spot, .moves = moves, .stress = stress, .legs = std::span(&leg, 1)});
        QVERIFY(!margin);
        QTEST(QString::fromStdString(margin.error().field), "field");
    }
};

QTEST_APPLESS_MAIN(PortfolioMarginTest)
#include "portfolio_margin_test.moc"
