#include "pricing/heston/american_heston.h"

#include "base/random.h"
#include "pricing/american/american.h"
#include "pricing/reference/quantlib.h"
#include "pricing/simd_path.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
constexpr AmericanHestonSettings quick{97, 24, 32, true};

struct Case {
    Right right = Right::Put;
    MarketPoint market{100, 0.04, 0.015};
    double strike = 100, years = 0.5;
    HestonParameters law{0.04, 1.5, 0.06, 0.6, -0.7};

    AmericanHestonValue value(const AmericanHestonSettings& settings = {}) const
    {
        return americanHeston(right, market, strike, years, law, settings);
    }
    double intrinsic() const
    {
        return std::max(0.0, right == Right::Put ? strike - market.spot : market.spot - strike);
    }
    std::string text() const
    {
        return QStringLiteral("%1 S=%2 T=%3 r=%4 q=%5 v0=%6 kappa=%7 theta=%8 sigma=%9 ")
                   .arg(right == Right::Call ? "call" : "put")
                   .arg(market.spot)
                   .arg(years)
                   .arg(market.rate)
                   .arg(market.dividendYield)
                   .arg(law.v0)
                   .arg(law.kappa)
                   .arg(law.theta)
                   .arg(law.sigma)
                   .toStdString() +
               QStringLiteral("rho=%1").arg(law.rho).toStdString();
    }
};

/// What equity options are fitted with, most of it not Feller.
Case randomCase(base::Generator& generator)
{
    Case out;
    out.right = generator.integer(0, 1) == 0 ? Right::Call : Right::Put;
    out.years = generator.uniform(7.0 / 365, 2);
    out.law = {generator.uniform(0.01, 0.2), generator.uniform(0.3, 8), generator.uniform(0.01, 0.2),
               generator.uniform(0.1, 1.5), generator.uniform(-0.9, 0.5)};
    const double deviation = std::sqrt(0.5 * (out.law.v0 + out.law.theta) * out.years);
    out.market = {100 * std::exp(generator.uniform(-2, 2) * deviation), generator.uniform(0, 0.08),
                  generator.uniform(0, 0.05)};
    return out;
}

} // namespace

class AmericanHestonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsPublishedPuts_data();
    void knowsPublishedPuts();
    void europeanGridIsTheIntegral();
    void convergesWithTheGrid();
    void agreesWithQuantLib();
    void isWorthMoreThanWaiting();
    void isMonotoneAndConvex();
    void greeksAreSlopes();
    void exerciseIsExact();
    void withoutEarlyExerciseIsEuropean();
    void constantVarianceIsAmerican();
    void hardParametersStayInBounds();
    void homogeneousInStrike();
    void stripIsOneAtATime();
    void recordsTimesOnTheWay();
    void solutionIsReused();
    void pathsAgree();
    void refusesBadInputs();
    void refusesBadSettings_data();
    void refusesBadSettings();
};

/// Clarke and Parrott's put; values of Ikonen and Toivanen's fine grids.
void AmericanHestonTest::knowsPublishedPuts_data()
{
    QTest::addColumn<double>("v0");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("price");
    const std::array<double, 5> spots{8, 9, 10, 11, 12};
    const std::array<double, 5> calm{2.0000, 1.107621, 0.520030, 0.213677, 0.082044};
    const std::array<double, 5> wild{2.078372, 1.333640, 0.795983, 0.448277, 0.242813};
    for (std::size_t i = 0; i < spots.size(); ++i) {
        QTest::addRow("v0 0.0625, spot %g", spots[i]) << 0.0625 << spots[i] << calm[i];
        QTest::addRow("v0 0.25, spot %g", spots[i]) << 0.25 << spots[i] << wild[i];
    }
}

void AmericanHestonTest::knowsPublishedPuts()
{
    QFETCH(double, v0);
    QFETCH(double, spot);
    QFETCH(double, price);
    const Case put{Right::Put, {spot, 0.1, 0}, 10, 0.25, {v0, 5, 0.16, 0.9, 0.1}};
    const double ours = put.value().price;
    QVERIFY2(std::abs(ours - price) <= 2e-4, qPrintable(QString::number(ours, 'g', 9)));
}

void AmericanHestonTest::europeanGridIsTheIntegral()
{
    base::Generator generator(4101);
    AmericanHestonSolution solution;
    double squares = 0;
    constexpr int count = 12;
    for (int i = 0; i < count; ++i) {
        const Case each = randomCase(generator);
        AmericanHestonSettings settings;
        settings.isAmerican = false;
        QVERIFY(solution.solve(each.right, each.market.rate, each.market.dividendYield, {&each.years, 1}, each.law,
                               settings));
        const double spot = each.market.spot / each.strike;
        const AmericanHestonValue grid = solution.at(spot, each.law.v0, 0);
        const HestonValue exact =
            heston(each.right, {spot, each.market.rate, each.market.dividendYield}, 1, each.years, each.law);
        QVERIFY2(std::abs(grid.price - exact.price) <= 5e-5, each.text().c_str());
        QVERIFY2(std::abs(grid.delta - exact.delta) <= 2e-3, each.text().c_str());
        squares += std::pow(grid.price - exact.price, 2);
    }
    QVERIFY(std::sqrt(squares / count) <= 2e-5);
}

/// Halving every spacing takes the error to a quarter, less what the moving boundary spoils.
void AmericanHestonTest::convergesWithTheGrid()
{
    const Case put;
    const auto at = [&](int factor) {
        return put.value({48 * factor + 1, 16 * factor, 24 * factor, true}).price / put.strike;
    };
    const double fine = at(8), coarse = at(1), middle = at(2), next = at(4);
    QVERIFY(std::abs(middle - fine) < 0.45 * std::abs(coarse - fine));
    QVERIFY(std::abs(next - fine) < 0.45 * std::abs(middle - fine));
    QVERIFY(std::abs(next - fine) < 1e-5);
}

void AmericanHestonTest::agreesWithQuantLib()
{
    const std::array cases{Case{}, Case{Right::Put, {95, 0.1, 0}, 100, 0.25, {0.0625, 5, 0.16, 0.9, 0.1}},
                           Case{Right::Call, {105, 0.02, 0.06}, 100, 1, {0.05, 3, 0.05, 0.4, -0.6}},
                           Case{Right::Put, {100, 0.03, 0.01}, 100, 2, {0.02, 1, 0.03, 0.3, -0.5}}};
    for (const Case& each : cases) {
        const auto theirs =
            reference::americanHestonPrice(each.right, each.market, each.strike, each.years, each.law, {100, 200, 50});
        QVERIFY2(theirs, each.text().c_str());
        const double ours = each.value().price;
        // Theirs is 5e-5 to 1.1e-4 of the strike too low on this grid, and half of that on twice as fine a one.
        QVERIFY2(ours - *theirs > 0 && ours - *theirs <= 1.5e-4 * each.strike,
                 qPrintable(QString("%1 and %2").arg(ours, 0, 'g', 9).arg(*theirs, 0, 'g', 9)));
    }
}

void AmericanHestonTest::isWorthMoreThanWaiting()
{
    base::Generator generator(4102);
    for (int i = 0; i < 40; ++i) {
        const Case each = randomCase(generator);
        const double price = each.value().price;
        const double waiting = hestonPrice(each.right, each.market, each.strike, each.years, each.law);
        QVERIFY2(price >= waiting - 5e-5 * each.strike, each.text().c_str());
        QVERIFY2(price >= each.intrinsic(), each.text().c_str());
        QVERIFY2(price <= (each.right == Right::Put ? each.strike : each.market.spot), each.text().c_str());
    }
}

void AmericanHestonTest::isMonotoneAndConvex()
{
    for (const Right right : {Right::Put, Right::Call}) {
        AmericanHestonSolution solution;
        const std::array times{0.1, 0.5, 1.0};
        QVERIFY(solution.solve(right, 0.04, 0.05, times, Case{}.law));
        const double sign = right == Right::Call ? 1 : -1;
        for (int k = 1; k < 60; ++k) {
            const double spot = 0.7 + 0.01 * k;
            const auto value = [&](double at, double variance, std::size_t time) {
                return solution.at(at, variance, time).price;
            };
            const double here = value(spot, 0.04, 1), left = value(spot - 0.01, 0.04, 1),
                         beyond = value(spot + 0.01, 0.04, 1);
            QVERIFY(sign * (beyond - here) >= -1e-9);
            QVERIFY(left - 2 * here + beyond >= -1e-6);
            QVERIFY(value(spot, 0.05, 1) >= here - 1e-7);
            QVERIFY(value(spot, 0.04, 2) >= here - 1e-6);
            QVERIFY(value(spot, 0.04, 0) <= here + 1e-6);
        }
    }
}

void AmericanHestonTest::greeksAreSlopes()
{
    for (const Right right : {Right::Put, Right::Call}) {
        AmericanHestonSolution solution;
        const HestonParameters law{0.05, 2, 0.05, 0.5, -0.5};
        const std::array times{0.49, 0.5, 0.51};
        QVERIFY(solution.solve(right, 0.03, 0.04, times, law));
        for (const double spot : {0.95, 1.0, 1.08}) {
            const auto price = [&](double at, double variance, std::size_t time) {
                return solution.at(at, variance, time).price;
            };
            const AmericanHestonValue value = solution.at(spot, law.v0, 1);
            constexpr double step = 0.01, move = 0.002;
            const double up = price(spot + step, law.v0, 1), down = price(spot - step, law.v0, 1);
            QVERIFY(std::abs(value.delta - (up - down) / (2 * step)) <= 2e-3);
            QVERIFY(std::abs(value.gamma - (up - 2 * value.price + down) / (step * step)) <= 0.02 * value.gamma);
            QVERIFY(std::abs(value.byV0 - (price(spot, law.v0 + move, 1) - price(spot, law.v0 - move, 1)) /
                                              (2 * move)) <= 0.01 * value.byV0);
            QVERIFY(std::abs(value.theta + (price(spot, law.v0, 2) - price(spot, law.v0, 0)) / 0.02) <=
                    0.02 * std::abs(value.theta));
        }
    }
}

void AmericanHestonTest::exerciseIsExact()
{
    Case deep;
    deep.market = {60, 0.06, 0};
    const AmericanHestonValue put = deep.value();
    QCOMPARE(put.price, 40.0);
    QCOMPARE(put.delta, -1.0);
    QCOMPARE(put.gamma, 0.0);
    QCOMPARE(put.theta, 0.0);
    QCOMPARE(put.byV0, 0.0);
    deep.right = Right::Call;
    deep.market = {180, 0.01, 0.09};
    QVERIFY(std::abs(deep.value().price - 80) < 1e-12);
    QCOMPARE(deep.value().delta, 1.0);
    deep.market.spot = 1e6; // beyond the grid
    QCOMPARE(deep.value().price, 1e6 - 100);
    deep.right = Right::Put;
    deep.market = {1e6, 0.06, 0};
    QVERIFY(deep.value().price >= 0 && deep.value().price < 1e-6);
}

void AmericanHestonTest::withoutEarlyExerciseIsEuropean()
{
    const auto isEuropean = [](const Case& each) {
        return each.value().price == hestonPrice(each.right, each.market, each.strike, each.years, each.law);
    };
    QVERIFY(isEuropean({Right::Call, {100, 0.05, 0}}));
    QVERIFY(isEuropean({Right::Put, {100, 0, 0}}));
    QVERIFY(isEuropean({Right::Put, {100, -0.01, 0.02}}));
    QVERIFY(!isEuropean({Right::Call, {100, 0.05, 0.02}}));
    QVERIFY(!isEuropean({Right::Put, {100, 0.05, 0}}));
    const Case expired{Right::Put, {90, 0.05, 0}, 100, 0};
    QCOMPARE(expired.value().price, 10.0);
    // What the shortcut leaves out the grid finds by itself.
    AmericanHestonSolution solution;
    const Case call{Right::Call, {100, 0.05, 0}};
    QVERIFY(solution.solve(call.right, 0.05, 0, {&call.years, 1}, call.law));
    QVERIFY(std::abs(100 * solution.at(1, call.law.v0, 0).price - call.value().price) <= 2e-3);
}

void AmericanHestonTest::constantVarianceIsAmerican()
{
    for (const Right right : {Right::Put, Right::Call}) {
        Case each{right, {95, 0.04, 0.05}, 100, 0.75, {0.0625, 0, 0.04, 0, 0.3}};
        const Greeks exact = american(right, each.market, each.strike, each.years, 0.25);
        QCOMPARE(each.value().price, exact.price);
        QCOMPARE(each.value().delta, exact.delta);
        QCOMPARE(each.value().byV0, exact.vega / 0.5);
        // Next to constant: by the grid.
        each.law = {0.0625, 1, 0.0625, 1e-3, 0.3};
        QVERIFY(std::abs(each.value().price - exact.price) <= 2e-5 * each.strike);
        each.law = {0.0625, 1, 0.0625, 0, 0};
        QVERIFY(std::abs(each.value().price - exact.price) <= 2e-5 * each.strike);
    }
    Case none;
    none.law = {0, 1, 0, 0.5, 0};
    QCOMPARE(none.value().price, american(none.right, none.market, none.strike, none.years, 0).price);
}

void AmericanHestonTest::hardParametersStayInBounds()
{
    const std::array<HestonParameters, 9> laws{{{0.04, 1, 0.04, 0.5, -1},
                                                {0.04, 1, 0.04, 0.5, 1},
                                                {0.04, 0.1, 0.04, 2, -0.95},
                                                {0, 2, 0.05, 0.6, -0.7},
                                                {0.04, 0, 0.04, 0.6, -0.7},
                                                {0.04, 100, 0.04, 0.6, -0.7},
                                                {0.04, 0, 0, 25, 1},
                                                {4, 1, 4, 2, 0.5},
                                                {1e-8, 1e-3, 1e-8, 1e-3, 0}}};
    for (const HestonParameters& law : laws) {
        for (const Right right : {Right::Put, Right::Call}) {
            for (const double years : {1.0 / 365, 0.5, 10.0}) {
                for (const double spot : {70.0, 100.0, 140.0}) {
                    const Case each{right, {spot, 0.04, 0.03}, 100, years, law};
                    const AmericanHestonValue value = each.value(quick);
                    QVERIFY2(value.price >= each.intrinsic() &&
                                 value.price <= (right == Right::Put ? 100.0 : spot) * (1 + 1e-4),
                             (each.text() + " " + std::to_string(value.price)).c_str());
                    for (const double greek : {value.delta, value.gamma, value.theta, value.byV0})
                        QVERIFY2(std::isfinite(greek), each.text().c_str());
                }
            }
        }
    }
}

void AmericanHestonTest::homogeneousInStrike()
{
    Case one;
    Case ten = one;
    ten.market.spot *= 10;
    ten.strike *= 10;
    const AmericanHestonValue a = one.value(quick), b = ten.value(quick);
    QVERIFY(std::abs(b.price - 10 * a.price) <= 1e-10);
    QVERIFY(std::abs(b.delta - a.delta) <= 1e-12);
    QVERIFY(std::abs(10 * b.gamma - a.gamma) <= 1e-12);
}

void AmericanHestonTest::stripIsOneAtATime()
{
    const Case each;
    const std::array<double, 5> strikes{80, notANumber, 100, -1, 120};
    std::array<double, 5> prices{}, rhos{}, slopes{};
    AmericanHestonView view;
    view.price = prices;
    view.rho = rhos;
    view.byV0 = slopes;
    americanHestonStrip(each.right, each.market, each.years, each.law, strikes, view, quick);
    QVERIFY(std::isnan(prices[1]) && std::isnan(prices[3]) && std::isnan(rhos[1]));
    for (const std::size_t good : {0, 2, 4}) {
        Case one = each;
        one.strike = strikes[good];
        QCOMPARE(prices[good], one.value(quick).price);
        QCOMPARE(slopes[good], one.value(quick).byV0);
        Case up = one, down = one;
        up.market.rate += 0.002;
        down.market.rate -= 0.002;
        const double slope = (up.value(quick).price - down.value(quick).price) / 0.004;
        QVERIFY(std::abs(rhos[good] - slope) <= 0.05 * std::abs(slope) + 0.01);
    }
}

/// Times that are passed on the way are worth what a solution of their own gives.
void AmericanHestonTest::recordsTimesOnTheWay()
{
    const Case each;
    AmericanHestonSolution all, alone;
    const std::array times{0.125, 0.25, 0.5, 1.0};
    QVERIFY(all.solve(each.right, 0.04, 0.015, times, each.law));
    QCOMPARE(all.timeCount(), times.size());
    for (std::size_t k = 0; k < times.size(); ++k) {
        QVERIFY(alone.solve(each.right, 0.04, 0.015, {&times[k], 1}, each.law));
        for (const double spot : {0.9, 1.0, 1.1})
            QVERIFY(std::abs(all.at(spot, 0.04, k).price - alone.at(spot, 0.04, 0).price) <= 1e-4);
    }
    QVERIFY(std::isnan(all.at(1, 0.04, times.size()).price));
    QVERIFY(std::isnan(all.at(all.spots().high * 1.01, 0.04, 0).price));
    QVERIFY(std::isnan(all.at(1, all.variances().high * 1.01, 0).price));
    QVERIFY(std::isnan(all.at(notANumber, 0.04, 0).price));
}

void AmericanHestonTest::solutionIsReused()
{
    const double half = 0.5, year = 1;
    AmericanHestonSolution one;
    QVERIFY(one.solve(Right::Put, 0.04, 0, {&half, 1}, Case{}.law, quick));
    const double first = one.at(1, 0.04, 0).price;
    QVERIFY(one.solve(Right::Call, 0.01, 0.05, {&year, 1}, {0.1, 1, 0.1, 1, 0.2}));
    QVERIFY(one.solve(Right::Put, 0.04, 0, {&half, 1}, Case{}.law, quick));
    QCOMPARE(one.at(1, 0.04, 0).price, first);
    QVERIFY(!one.solve(Right::Put, 0.04, 0, {}, Case{}.law, quick));
    QCOMPARE(one.timeCount(), std::size_t{0}); // nothing stale is left to be read
    QVERIFY(std::isnan(one.at(1, 0.04, 0).price));
}

void AmericanHestonTest::pathsAgree()
{
    const Case each;
    double least = HUGE_VAL, most = -HUGE_VAL;
    for (const SimdPath path : supportedSimdPaths()) {
        const SimdPathPin pin(path);
        const double price = each.value().price;
        least = std::min(least, price);
        most = std::max(most, price);
    }
    QVERIFY(most - least <= 1e-10 * each.strike);
}

void AmericanHestonTest::refusesBadInputs()
{
    Case bad;
    bad.law.sigma = -1;
    QVERIFY(std::isnan(bad.value().price) && std::isnan(bad.value().delta));
    AmericanHestonSolution solution;
    const double year = 1;
    QCOMPARE(solution.solve(Right::Put, 0.04, 0, {&year, 1}, bad.law).error().field, std::string("sigma"));
    QVERIFY(!solution.solve(Right::Put, notANumber, 0, {&year, 1}, Case{}.law));
    const HestonParameters none{0, 1, 0, 0.5, 0};
    QCOMPARE(solution.solve(Right::Put, 0.04, 0, {&year, 1}, none).error().field, std::string("v0"));
    const std::array falling{1.0, 0.5};
    QCOMPARE(solution.solve(Right::Put, 0.04, 0, falling, Case{}.law).error().field, std::string("times"));
    Case nowhere;
    nowhere.strike = -1;
    QVERIFY(std::isnan(nowhere.value().price));
    nowhere = {};
    nowhere.years = -1;
    QVERIFY(std::isnan(nowhere.value().price));
}

void AmericanHestonTest::refusesBadSettings_data()
{
    QTest::addColumn<int>("spots");
    QTest::addColumn<int>("variances");
    QTest::addColumn<int>("steps");
    QTest::addColumn<QString>("field");
    QTest::newRow("few spots") << 5 << 48 << 64 << "spotPoints";
    QTest::newRow("many spots") << 100000 << 48 << 64 << "spotPoints";
    QTest::newRow("no variances") << 193 << 0 << 64 << "variancePoints";
    QTest::newRow("no steps") << 193 << 48 << -1 << "timeSteps";
}

void AmericanHestonTest::refusesBadSettings()
{
    QFETCH(int, spots);
    QFETCH(int, variances);
    QFETCH(int, steps);
    QFETCH(QString, field);
    const AmericanHestonSettings settings{spots, variances, steps, true};
    const auto refused = checkInputs(settings);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().field), field);
    QVERIFY(!refused.error().allowed.empty());
    QVERIFY(std::isnan(Case{}.value(settings).price));
}

QTEST_GUILESS_MAIN(AmericanHestonTest)
#include "american_heston_test.moc"
