#include "pricing/payoff.h"

#include "base/random.h"
#include "pricing/american/american.h"
#include "pricing/normal_distribution.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double years = 45.0 / 365;
const MarketPoint here{100, 0.04, 0.01};

ValuationLeg option(Right right, double strike, double quantity, double term = years, double vol = 0.25)
{
    return {right, strike, term, vol, quantity, 100};
}

ValuationLeg call(double strike, double quantity, double term = years)
{
    return option(Right::Call, strike, quantity, term);
}

ValuationLeg put(double strike, double quantity, double term = years)
{
    return option(Right::Put, strike, quantity, term);
}

ValuationLeg stock(double shares)
{
    return {std::nullopt, 0, 0, 0, shares, 1};
}

bool isNear(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

/// Probability that the lognormal spot ends above `level`.
double above(double level, double vol, double term = years)
{
    const double deviation = vol * std::sqrt(term);
    return normalCdf((std::log(here.spot / level) + (here.rate - here.dividendYield) * term) / deviation -
                     0.5 * deviation);
}

} // namespace

class PayoffTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void americanLegsAreExercisedWhenItPays();
    void summaries_data();
    void summaries();
    void ironCondor();
    void calendarIsSearched_data();
    void calendarIsSearched();
    void aNarrowPeakIsNotMissed();
    void valuesUnderScenarios();
    void positionGreeksAreSums();
    void whatIsNotKnownIsNoZero_data();
    void whatIsNotKnownIsNoZero();
    void extremesBoundEveryOutcome();
    void probabilities();
    void probabilityOfAPlateau();
    void refuses_data();
    void refuses();
};

void PayoffTest::americanLegsAreExercisedWhenItPays()
{
    std::vector<ValuationLeg> legs{option(Right::Put, 115, 1, 0.5), option(Right::Call, 105, -2, 0.5)};
    const std::vector<ValuationLeg> european = legs;
    for (ValuationLeg& leg : legs)
        leg.style = market::ExerciseStyle::American;
    const double own = 100 * american(Right::Put, here, 115, 0.5, 0.25).price -
                       200 * american(Right::Call, here, 105, 0.5, 0.25).price;
    QVERIFY(isNear(valueOf(legs, here, {}), own, 1e-5));
    QVERIFY(valueOf(legs, here, {}) > valueOf(european, here, {}) + 20);
    const std::vector<double> spots{40, 80, 99.5, 100, 130, 250};
    for (const double elapsed : {0.0, 0.2, 0.5}) {
        std::vector<double> values(spots.size());
        const Scenario scenario{.yearsElapsed = elapsed};
        valuesOver(spots, legs, here, scenario, values);
        for (std::size_t i = 0; i < spots.size(); ++i)
            QVERIFY(isNear(values[i], valueOf(legs, {spots[i], here.rate, here.dividendYield}, scenario), 1e-3));
    }
    QVERIFY2(isNear(valueOf(std::span(legs).first(1), {40, here.rate, here.dividendYield}, {}), 7500, 1e-6),
             "exercised at once");
    const double step = 0.01;
    const double slope = (valueOf(legs, {100 + step, here.rate, here.dividendYield}, {}) -
                          valueOf(legs, {100 - step, here.rate, here.dividendYield}, {})) /
                         (2 * step);
    QVERIFY(isNear(greeksOf(legs, here, {}).delta, slope, 0.01));
    // Without a volatility to speak of, at least what exercising brings.
    QVERIFY(isNear(valueOf(std::span(legs).first(1), here, {.volatilityFactor = 0}), 1500, 1e-9));
}

void PayoffTest::summaries_data()
{
    QTest::addColumn<std::vector<ValuationLeg>>("legs");
    QTest::addColumn<double>("cost");
    QTest::addColumn<QString>("profit"); // "unlimited" or dollars
    QTest::addColumn<QString>("loss");
    QTest::addColumn<std::vector<double>>("breakEvens");
    const auto row = [](const char* name, std::vector<ValuationLeg> legs, double cost, const char* profit,
                        const char* loss, std::vector<double> breakEvens) {
        QTest::newRow(name) << legs << cost << profit << loss << breakEvens;
    };
    row("long call", {call(100, 1)}, 250, "unlimited", "250", {102.5});
    row("short call", {call(100, -1)}, -250, "250", "unlimited", {102.5});
    row("long put", {put(100, 1)}, 250, "9750", "250", {97.5});
    row("short put", {put(100, -2)}, -500, "500", "19500", {97.5});
    row("long stock", {stock(100)}, 10'000, "unlimited", "10000", {100});
    row("short stock", {stock(-100)}, -10'000, "10000", "unlimited", {100});
    row("covered call", {stock(100), call(105, -1)}, 9'800, "700", "9800", {98});
    row("bull call spread", {call(100, 1), call(110, -1)}, 400, "600", "400", {104});
    row("bear call spread", {call(100, -1), call(110, 1)}, -400, "400", "600", {104});
    row("long straddle", {call(100, 1), put(100, 1)}, 800, "unlimited", "800", {92, 108});
    row("butterfly", {call(95, 1), call(100, -2), call(105, 1)}, 100, "400", "100", {96, 104});
    row("ratio spread", {call(100, 1), call(110, -2)}, 0, "1000", "unlimited", {120});
    row("collar", {stock(100), put(95, 1), call(105, -1)}, 10'000, "500", "500", {100});
    row("box", {call(100, 1), call(110, -1), put(110, 1), put(100, -1)}, 990, "10", "-10", {});
    row("box at a loss", {call(100, 1), call(110, -1), put(110, 1), put(100, -1)}, 1010, "-10", "10", {});
    row("far break-even", {call(100, 1), call(110, -1), put(90, -10)}, 50'000, "-49000", "140000", {});
    row("synthetic long", {call(100, 1), put(100, -1)}, 0, "unlimited", "10000", {100});
    row("break-even beyond the strikes", {call(100, 1)}, 50'000, "unlimited", "50000", {600});
}

void PayoffTest::summaries()
{
    QFETCH(std::vector<ValuationLeg>, legs);
    QFETCH(double, cost);
    QFETCH(QString, profit);
    QFETCH(QString, loss);
    QFETCH(std::vector<double>, breakEvens);
    const auto summary = summarisePayoff(legs, cost, here);
    QVERIFY(summary);
    QVERIFY(summary->isExact);
    const auto text = [](const std::optional<double>& dollars) {
        return dollars ? QString::number(*dollars, 'g', 9) : QStringLiteral("unlimited");
    };
    QCOMPARE(text(summary->maxProfit), profit);
    QCOMPARE(text(summary->maxLoss), loss);
    QCOMPARE(summary->breakEvens.size(), breakEvens.size());
    for (std::size_t i = 0; i < breakEvens.size(); ++i)
        QVERIFY2(isNear(summary->breakEvens[i], breakEvens[i], 1e-9),
                 qPrintable(QString::number(summary->breakEvens[i])));
}

void PayoffTest::ironCondor()
{
    const std::vector legs{put(90, 2), put(95, -2), call(105, -2), call(110, 2)};
    const auto summary = summarisePayoff(legs, -300, here);
    QVERIFY(summary);
    QVERIFY(isNear(*summary->maxProfit, 300, 1e-9));
    QVERIFY(isNear(*summary->maxLoss, 700, 1e-9));
    QCOMPARE(summary->breakEvens.size(), std::size_t{2});
    QVERIFY(isNear(summary->breakEvens[0], 93.5, 1e-9) && isNear(summary->breakEvens[1], 106.5, 1e-9));
    QCOMPARE(summary->years, years);
    const auto probability = probabilityOfProfit(legs, -300, here, 0.25);
    QVERIFY(probability);
    QVERIFY(isNear(*probability, above(93.5, 0.25) - above(106.5, 0.25), 1e-12));
}

void PayoffTest::calendarIsSearched_data()
{
    QTest::addColumn<market::ExerciseStyle>("style");
    QTest::newRow("European") << market::ExerciseStyle::European;
    QTest::newRow("American") << market::ExerciseStyle::American;
}

/// A long calendar: it makes most near the strike, loses at most about what it cost, and the figures hold on a grid.
void PayoffTest::calendarIsSearched()
{
    QFETCH(const market::ExerciseStyle, style);
    std::vector legs{call(100, -1, 30.0 / 365), call(100, 1, 60.0 / 365)};
    for (ValuationLeg& leg : legs)
        leg.style = style;
    const double cost = valueOf(legs, here, {});
    const auto summary = summarisePayoff(legs, cost, here);
    QVERIFY(summary);
    QVERIFY(!summary->isExact);
    QCOMPARE(summary->years, 30.0 / 365);
    QCOMPARE(summary->breakEvens.size(), std::size_t{2});
    Scenario then;
    then.yearsElapsed = summary->years;
    const auto profitAt = [&](double spot) {
        MarketPoint point = here;
        point.spot = spot;
        return valueOf(legs, point, then) - cost;
    };
    for (const double spot : summary->breakEvens)
        QVERIFY(isNear(profitAt(spot), 0, 1e-3)); // dollars of a contract: strips are within 5e-8 of a strike
    QVERIFY(profitAt(100) > 0);
    QVERIFY(summary->maxLoss && *summary->maxLoss > 0);
    for (double spot = 1; spot < 200; spot += 0.37) {
        const double profit = profitAt(spot);
        QVERIFY(!summary->maxProfit || profit <= *summary->maxProfit + 0.01);
        QVERIFY(profit >= -*summary->maxLoss - 0.01);
    }
    const auto probability = probabilityOfProfit(legs, cost, here, 0.25);
    QVERIFY(probability);
    const double expected =
        above(summary->breakEvens[0], 0.25, summary->years) - above(summary->breakEvens[1], 0.25, summary->years);
    QVERIFY(isNear(*probability, expected, 1e-9));
}

/// Legs that outlive the first expiry by half an hour: all that happens lies within a few dollars of the strikes.
void PayoffTest::aNarrowPeakIsNotMissed()
{
    const double first = 2.0 / 365, rest = 0.02 / 365;
    const MarketPoint index{6000, 0.04, 0.01};
    std::vector<ValuationLeg> legs;
    for (const double strike : {5950.0, 5960.0}) {
        ValuationLeg leg;
        leg.right = strike < 5955 ? Right::Put : Right::Call;
        leg.strike = strike;
        leg.years = first + rest;
        leg.vol = 0.15;
        leg.quantity = -1;
        leg.multiplier = 100;
        legs.push_back(leg);
    }
    ValuationLeg over = legs.back(); // what expires first, far away
    over.strike = 6400;
    over.years = first;
    over.quantity = 1;
    legs.push_back(over);
    const Scenario then{.yearsElapsed = first};
    double best = -1e9;
    for (double spot = 5900; spot < 6000; spot += 0.01)
        best = std::max(best, valueOf(legs, {spot, index.rate, index.dividendYield}, then));
    const auto summary = summarisePayoff(legs, best - 20, index);
    QVERIFY(summary && summary->maxProfit);
    QVERIFY2(isNear(*summary->maxProfit, 20, 0.01), qPrintable(QString::number(*summary->maxProfit)));
    QCOMPARE(summary->breakEvens.size(), std::size_t{2});
    const auto probability = probabilityOfProfit(legs, best - 20, index, 0.15);
    QVERIFY(probability);
    const auto aboveIndex = [&](double level) {
        const double deviation = 0.15 * std::sqrt(first);
        return normalCdf((std::log(index.spot / level) + (index.rate - index.dividendYield) * first) / deviation -
                         0.5 * deviation);
    };
    QVERIFY(isNear(*probability, aboveIndex(summary->breakEvens[0]) - aboveIndex(summary->breakEvens[1]), 1e-6));
}

void PayoffTest::valuesUnderScenarios()
{
    const std::vector legs{call(100, 3), put(90, -2), stock(-50)};
    const double today = 300 * blackScholesPrice(Right::Call, here, 100, years, 0.25) -
                         200 * blackScholesPrice(Right::Put, here, 90, years, 0.25) - 50 * here.spot;
    QVERIFY(isNear(valueOf(legs, here, {}), today, 1e-9));

    Scenario stress;
    stress.yearsElapsed = 10.0 / 365;
    stress.volatilityFactor = 1.5;
    stress.volatilityShift = 0.01;
    MarketPoint fallen = here;
    fallen.spot = 85;
    const double left = years - stress.yearsElapsed;
    const double stressed = 300 * blackScholesPrice(Right::Call, fallen, 100, left, 0.385) -
                            200 * blackScholesPrice(Right::Put, fallen, 90, left, 0.385) - 50 * 85;
    QVERIFY(isNear(valueOf(legs, fallen, stress), stressed, 1e-9));

    Scenario expiry;
    expiry.yearsElapsed = 1;
    const std::vector<double> spots{0, 80, 90, 100, 130};
    std::vector<double> values(spots.size());
    valuesOver(spots, legs, here, expiry, values);
    for (std::size_t i = 0; i < spots.size(); ++i)
        QVERIFY(isNear(values[i],
                       300 * std::max(0.0, spots[i] - 100) - 200 * std::max(0.0, 90 - spots[i]) - 50 * spots[i], 1e-9));

    Scenario calm;
    calm.volatilityShift = -1; // cannot go below none
    QVERIFY(isNear(valueOf(legs, here, calm),
                   300 * blackScholesPrice(Right::Call, here, 100, years, 0) - 50 * here.spot, 1e-9));
    QVERIFY(std::isnan(valueOf(std::vector{call(-5, 1)}, here, {})));
}

void PayoffTest::positionGreeksAreSums()
{
    const std::vector legs{call(100, 2), put(95, -3), stock(70)};
    const Greeks total = greeksOf(legs, here, {});
    const Greeks c = blackScholes(Right::Call, here, 100, years, 0.25);
    const Greeks p = blackScholes(Right::Put, here, 95, years, 0.25);
    QVERIFY(isNear(total.delta, 200 * c.delta - 300 * p.delta + 70, 1e-9));
    QVERIFY(isNear(total.gamma, 200 * c.gamma - 300 * p.gamma, 1e-9));
    QVERIFY(isNear(total.vega, 200 * c.vega - 300 * p.vega, 1e-9));
    QVERIFY(isNear(total.theta, 200 * c.theta - 300 * p.theta, 1e-9));
    QVERIFY(isNear(total.rho, 200 * c.rho - 300 * p.rho, 1e-9));
    QVERIFY(isNear(total.price, valueOf(legs, here, {}), 1e-9));
}

void PayoffTest::whatIsNotKnownIsNoZero_data()
{
    QTest::addColumn<double>("term");
    QTest::addColumn<double>("vol");
    QTest::addColumn<bool>("isAmerican");

    const double unknown = std::numeric_limits<double>::quiet_NaN();
    QTest::newRow("volatility") << years << unknown << false;
    QTest::newRow("volatility of an American option") << years << unknown << true;
    QTest::newRow("time") << unknown << 0.25 << false;
    QTest::newRow("time of an American option") << unknown << 0.25 << true;
}

/// An option without a volatility is not one that cannot move, and one without a date has not expired.
void PayoffTest::whatIsNotKnownIsNoZero()
{
    QFETCH(double, term);
    QFETCH(double, vol);
    QFETCH(bool, isAmerican);

    ValuationLeg leg = option(Right::Call, 95, 1, term, vol);
    if (isAmerican)
        leg.style = market::ExerciseStyle::American;
    const std::vector legs{stock(10), leg};
    for (const Scenario& scenario : {Scenario{}, Scenario{.volatilityFactor = 1.5, .volatilityShift = 0.02}}) {
        QVERIFY(std::isnan(valueOf(legs, here, scenario)));
        std::vector<double> values(2);
        valuesOver(std::vector{90.0, 110.0}, legs, here, scenario, values);
        QVERIFY(std::isnan(values[0]) && std::isnan(values[1]));
        const Greeks greeks = greeksOf(legs, here, scenario);
        for (const double figure : {greeks.price, greeks.delta, greeks.gamma, greeks.vega, greeks.theta, greeks.rho})
            QVERIFY(std::isnan(figure));
    }
    if (std::isnan(vol)) { // nothing hangs on it once the option has ended
        QCOMPARE(valueOf(legs, here, {.yearsElapsed = 1}), 10 * 100.0 + 500.0);
        QCOMPARE(greeksOf(legs, here, {.yearsElapsed = 1}).delta, 110.0);
    }
}

/// No outcome is better or worse than the summary says, and profit changes sign at break-evens only.
void PayoffTest::extremesBoundEveryOutcome()
{
    base::Generator generator(401);
    for (int i = 0; i < 500; ++i) {
        std::vector<ValuationLeg> legs;
        const auto count = generator.integer(1, 5);
        for (int leg = 0; leg < count; ++leg) {
            const auto lots = static_cast<double>(generator.integer(1, 5) * (generator.integer(0, 1) == 0 ? 1 : -1));
            const double strike = 5.0 * static_cast<double>(generator.integer(10, 30));
            switch (generator.integer(0, 2)) {
            case 0:
                legs.push_back(call(strike, lots));
                break;
            case 1:
                legs.push_back(put(strike, lots));
                break;
            default:
                legs.push_back(stock(100 * lots));
                break;
            }
        }
        const double cost = generator.uniform(-2000, 2000);
        const auto summary = summarisePayoff(legs, cost, here);
        QVERIFY(summary);
        Scenario expiry;
        expiry.yearsElapsed = years;
        std::vector<double> signChanges;
        double last = 0;
        for (double spot = 0; spot < 2000; spot += 0.5) {
            MarketPoint point = here;
            point.spot = spot;
            const double profit = valueOf(legs, point, expiry) - cost;
            QVERIFY(!summary->maxProfit || profit <= *summary->maxProfit + 1e-6);
            QVERIFY(!summary->maxLoss || profit >= -*summary->maxLoss - 1e-6);
            if (last != 0 && (last < 0) != (profit < 0))
                signChanges.push_back(spot);
            last = profit;
        }
        std::size_t inside = 0;
        for (const double spot : summary->breakEvens)
            inside += spot < 1999 ? 1 : 0;
        QCOMPARE(inside, signChanges.size());
        for (std::size_t k = 0; k < inside; ++k)
            QVERIFY(isNear(summary->breakEvens[k], signChanges[k] - 0.25, 0.2501));
        const auto probability = probabilityOfProfit(legs, cost, here, 0.3);
        QVERIFY(probability && *probability >= -1e-12 && *probability <= 1 + 1e-12);
    }
}

void PayoffTest::probabilities()
{
    const auto longCall = probabilityOfProfit(std::vector{call(100, 1)}, 250, here, 0.25);
    QVERIFY(longCall && isNear(*longCall, above(102.5, 0.25), 1e-12));
    const auto shortCall = probabilityOfProfit(std::vector{call(100, -1)}, -250, here, 0.25);
    QVERIFY(shortCall && isNear(*shortCall, 1 - above(102.5, 0.25), 1e-12));
    const auto straddle = probabilityOfProfit(std::vector{call(100, 1), put(100, 1)}, 800, here, 0.4);
    QVERIFY(straddle && isNear(*straddle, above(108, 0.4) + 1 - above(92, 0.4), 1e-12));
    const auto sure = probabilityOfProfit(std::vector{call(100, 1)}, -1, here, 0.25);
    QVERIFY(sure && isNear(*sure, 1, 1e-12));
    const auto never = probabilityOfProfit(std::vector{call(110, -1), call(100, -1)}, 10, here, 0.25);
    QVERIFY(never && isNear(*never, 0, 1e-12));
}

/// A free butterfly earns between its wings and nothing, not a profit, outside.
void PayoffTest::probabilityOfAPlateau()
{
    const std::vector legs{call(95, 1), call(100, -2), call(105, 1)};
    const auto probability = probabilityOfProfit(legs, 0, here, 0.25);
    QVERIFY(probability && isNear(*probability, above(95, 0.25) - above(105, 0.25), 1e-12));
    const auto summary = summarisePayoff(legs, 0, here);
    QVERIFY(summary && isNear(*summary->maxLoss, 0, 1e-9));
}

void PayoffTest::refuses_data()
{
    QTest::addColumn<std::vector<ValuationLeg>>("legs");
    QTest::addColumn<double>("cost");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("vol");
    QTest::addColumn<QString>("field");
    const double nothing = std::numeric_limits<double>::quiet_NaN();
    using Legs = std::vector<ValuationLeg>;
    QTest::newRow("no legs") << Legs{} << 0.0 << 100.0 << 0.2 << "legs";
    QTest::newRow("cost") << Legs{call(100, 1)} << nothing << 100.0 << 0.2 << "cost";
    QTest::newRow("spot") << Legs{stock(100)} << 0.0 << nothing << 0.2 << "spot";
    QTest::newRow("strike") << Legs{call(0, 1)} << 0.0 << 100.0 << 0.2 << "strike";
    QTest::newRow("quantity") << Legs{call(100, 0)} << 0.0 << 100.0 << 0.2 << "quantity";
    QTest::newRow("leg volatility") << Legs{option(Right::Call, 100, 1, years, nothing)} << 0.0 << 100.0 << 0.2
                                    << "volatility";
    QTest::newRow("volatility") << Legs{call(100, 1)} << 0.0 << 100.0 << 0.0 << "volatility";
}

void PayoffTest::refuses()
{
    QFETCH(std::vector<ValuationLeg>, legs);
    QFETCH(double, cost);
    QFETCH(double, spot);
    QFETCH(double, vol);
    QFETCH(QString, field);
    const auto probability = probabilityOfProfit(legs, cost, {spot, 0, 0}, vol);
    QVERIFY(!probability);
    QCOMPARE(QString::fromStdString(probability.error().field), field);
    if (vol > 0)
        QVERIFY(!summarisePayoff(legs, cost, {spot, 0, 0}));
}

QTEST_GUILESS_MAIN(PayoffTest)
#include "payoff_test.moc"
