#include "pricing/american/american_boundaries.h"

#include "base/random.h"
#include "chains.h"
#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/american/american_revaluation.h"
#include "pricing/chain_analytics.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const base::Instant now = base::fromUnixMillis(1'795'000'000'000);

/// A smile around the money.
struct Strip {
    std::vector<double> strikes, vols;
    GreeksColumns kept;

    Strip(double spot, double level, double years, int count = 40)
    {
        for (int i = 0; i < count; ++i) {
            const double x = 3.2 / count * (i - count / 2);
            strikes.push_back(spot * std::exp(x * level * std::sqrt(years) * 2));
            vols.push_back(level * (1 - 0.15 * x + 0.1 * x * x));
        }
        kept.resize(strikes.size());
    }
};

struct Worst {
    double price = 0, greek = 0;
};

/// Of prices, over the strike, and of first-order Greeks, over their largest size: against one option at a time.
Worst compare(Right right, const MarketPoint& market, double years, const Strip& strip)
{
    Worst out;
    double vega = 0, theta = 0, rho = 0, gamma = 0;
    std::vector<Greeks> alone;
    for (std::size_t i = 0; i < strip.strikes.size(); ++i) {
        alone.push_back(american(right, market, strip.strikes[i], years, strip.vols[i]));
        vega = std::max(vega, std::abs(alone.back().vega));
        theta = std::max(theta, std::abs(alone.back().theta));
        rho = std::max(rho, std::abs(alone.back().rho));
        gamma = std::max(gamma, alone.back().gamma);
    }
    for (std::size_t i = 0; i < alone.size(); ++i) {
        const Greeks found = strip.kept.at(i);
        out.price = std::max(out.price, std::abs(found.price - alone[i].price) / strip.strikes[i]);
        out.greek =
            std::max({out.greek, std::abs(found.delta - alone[i].delta), std::abs(found.vega - alone[i].vega) / vega,
                      std::abs(found.rho - alone[i].rho) / std::max(rho, 1e-9)});
        // Beside the boundary gamma and theta jump from those of waiting to those of exercise.
        if (found.delta != alone[i].delta || std::abs(found.delta) < 0.98)
            out.greek = std::max({out.greek, std::abs(found.gamma - alone[i].gamma) / gamma,
                                  std::abs(found.theta - alone[i].theta) / theta});
    }
    return out;
}

} // namespace

class AmericanBoundariesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void pricesAsTheEngineDoes_data();
    void pricesAsTheEngineDoes();
    void keepsWhatStillHolds();
    void volatilitiesGiveTheirPricesBack();
    void aFewStrikesTakeTurnsWithAll();
    void badLanesAreNaN();
    void refreshIsAnalysis();
    void refreshFollowsTheSpot();
    void refreshSaysWhenItCannot();
    void manySpotsAboveOneBoundary();
    void statesArePricedAsTheEngineDoes();
    void aStateDependsOnItselfAlone();
};

void AmericanBoundariesTest::pricesAsTheEngineDoes_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("yield");
    QTest::addColumn<double>("level");
    QTest::addColumn<double>("years");
    QTest::addColumn<int>("count");
    QTest::newRow("ordinary") << 0.05 << 0.02 << 0.25 << 0.5 << 40;
    QTest::newRow("no yield") << 0.05 << 0.0 << 0.25 << 0.5 << 40;
    QTest::newRow("a borrow fee") << 0.03 << 0.12 << 0.6 << 0.25 << 40;
    QTest::newRow("a day") << 0.05 << 0.02 << 0.4 << 1 / 365.0 << 40;
    QTest::newRow("two years") << 0.04 << 0.015 << 0.18 << 2.0 << 40;
    QTest::newRow("no rate") << 0.0 << 0.02 << 0.25 << 0.5 << 40;
    QTest::newRow("negative yield") << 0.03 << -0.01 << 0.25 << 0.5 << 40;
    QTest::newRow("two boundaries") << -0.01 << -0.03 << 0.25 << 0.1 << 4; // on a grid, milliseconds each
}

/// At once, after spot and time have moved, and with rates off by what is tolerated.
void AmericanBoundariesTest::pricesAsTheEngineDoes()
{
    QFETCH(double, rate);
    QFETCH(double, yield);
    QFETCH(double, level);
    QFETCH(double, years);
    QFETCH(int, count);
    AmericanBoundaries kept;
    Strip strip(100, level, years, count);
    const double off = 0.9 * AmericanBoundaries::rateTolerance;
    const std::vector<std::pair<MarketPoint, double>> moments{{{100, rate, yield}, years},
                                                              {{103, rate, yield}, 0.9 * years},
                                                              {{96, rate, yield}, 0.55 * years},
                                                              {{101, rate + off, yield - off}, 0.95 * years}};
    for (const auto& [market, left] : moments) {
        for (const Right right : {Right::Call, Right::Put}) {
            kept.price(right, market, left, strip.strikes, strip.vols, strip.kept.view());
            const Worst worst = compare(right, market, left, strip);
            const QByteArray text = QByteArray::number(market.spot) + " price " + QByteArray::number(worst.price) +
                                    " Greeks " + QByteArray::number(worst.greek);
            QVERIFY2(worst.price <= 1e-7, text);
            QVERIFY2(worst.greek <= 1e-4, text);
        }
    }
}

void AmericanBoundariesTest::keepsWhatStillHolds()
{
    AmericanBoundaries kept;
    Strip strip(100, 0.25, 0.5);
    const auto price = [&](const MarketPoint& market, double years) {
        kept.price(Right::Put, market, years, strip.strikes, strip.vols, strip.kept.view());
        return kept.solvedCount();
    };
    QCOMPARE(price({100, 0.05, 0.02}, 0.5), std::size_t{1});
    QCOMPARE(price({107, 0.05, 0.02}, 0.5), std::size_t{1});
    QCOMPARE(price({100, 0.05, 0.02}, 0.3), std::size_t{1});
    QCOMPARE(price({100, 0.05 + 5e-8, 0.02}, 0.5), std::size_t{1});
    QCOMPARE(price({100, 0.05 + 5e-5, 0.02}, 0.5), std::size_t{2});
    QCOMPARE(price({100, 0.05 + 5e-5, 0.02}, 0.6), std::size_t{3}); // more time than was solved for
    QCOMPARE(price({100, 0.05 + 5e-5, 0.02}, 0.2), std::size_t{4}); // or less than half of it
    std::ranges::transform(strip.vols, strip.vols.begin(), [](double vol) { return 1.6 * vol; });
    QCOMPARE(price({100, 0.05 + 5e-5, 0.02}, 0.2), std::size_t{5});
}

void AmericanBoundariesTest::volatilitiesGiveTheirPricesBack()
{
    base::Generator generator(4401);
    for (int round = 0; round < 30; ++round) {
        const MarketPoint market{100, generator.uniform(0, 0.08), generator.uniform(0, 0.06)};
        const double years = generator.uniform(0.02, 2);
        Strip strip(100, generator.uniform(0.12, 0.8), years);
        AmericanBoundaries kept;
        std::vector<double> found(strip.strikes.size());
        for (const Right right : {Right::Call, Right::Put}) {
            americanStrip(right, market, years, strip.strikes, strip.vols, strip.kept.view());
            kept.impliedVolatilities(right, market, years, strip.strikes, strip.kept.price, found);
            for (std::size_t i = 0; i < found.size(); ++i) {
                const double intrinsic =
                    std::max(0.0, right == Right::Call ? 100 - strip.strikes[i] : strip.strikes[i] - 100);
                if (strip.kept.price[i] - intrinsic < 1e-6 * strip.strikes[i])
                    continue; // exercised at once, or worth nothing: any volatility will do
                const double again = americanPrice(right, market, strip.strikes[i], years, found[i]);
                QVERIFY2(std::abs(again - strip.kept.price[i]) <= 1e-7 * strip.strikes[i],
                         qPrintable(QStringLiteral("round %1, strike %2: %3 for %4")
                                        .arg(round)
                                        .arg(strip.strikes[i])
                                        .arg(found[i])
                                        .arg(strip.vols[i])));
            }
        }
    }
}

/// Changed quotes of a frame and the whole chain between them do not solve each other's boundaries away.
void AmericanBoundariesTest::aFewStrikesTakeTurnsWithAll()
{
    const MarketPoint market{100, 0.05, 0.02};
    AmericanBoundaries kept;
    Strip strip(100, 0.25, 0.5);
    americanStrip(Right::Put, market, 0.5, strip.strikes, strip.vols, strip.kept.view());
    std::vector<double> found(strip.strikes.size());
    std::size_t settled = 0;
    for (int frame = 0; frame < 5; ++frame) {
        kept.impliedVolatilities(Right::Put, market, 0.5, strip.strikes, strip.kept.price, found);
        for (const std::size_t row : {3, 18, 37})
            kept.impliedVolatilities(Right::Put, market, 0.5, std::span(strip.strikes).subspan(row, 1),
                                     std::span(strip.kept.price).subspan(row, 1), std::span(found).subspan(row, 1));
        kept.price(Right::Put, market, 0.5, strip.strikes, strip.vols, strip.kept.view());
        if (frame == 0)
            settled = kept.solvedCount();
    }
    QCOMPARE(kept.solvedCount(), settled);
}

void AmericanBoundariesTest::badLanesAreNaN()
{
    const MarketPoint market{100, 0.05, 0.02};
    const std::vector<double> strikes{-1, 100, 100, 100, 100}, vols{0.2, notANumber, -0.2, 0.2, 0.21};
    AmericanBoundaries kept;
    GreeksColumns out;
    out.resize(strikes.size());
    kept.price(Right::Put, market, 0.5, strikes, vols, out.view());
    for (std::size_t i = 0; i < 3; ++i)
        QVERIFY(std::isnan(out.price[i]) && std::isnan(out.delta[i]));
    QVERIFY(out.price[3] > 0 && out.price[4] > out.price[3]);
    kept.price(Right::Put, {-5, 0.05, 0.02}, 0.5, strikes, vols, out.view());
    QVERIFY(std::ranges::all_of(out.price, [](double each) { return std::isnan(each); }));
    kept.price(Right::Put, {90, 0.05, 0.02}, 0, strikes, vols, out.view());
    QCOMPARE(out.price[3], 10.0);
    std::vector<double> found(2);
    kept.impliedVolatilities(Right::Put, market, 0.5, std::vector<double>{100, 100},
                             std::vector<double>{notANumber, 101}, found);
    QVERIFY(std::isnan(found[0]) && std::isnan(found[1]));
    kept.impliedVolatilities(Right::Put, market, 0, std::vector<double>{100, 100}, std::vector<double>{1, 2}, found);
    QVERIFY(std::isnan(found[0]) && std::isnan(found[1]));
}

/// One quote of many has changed: the same figures as from the beginning.
void AmericanBoundariesTest::refreshIsAnalysis()
{
    const MarketPoint market{100, 0.06, 0.02};
    const Rates rates{market.rate, market.dividendYield};
    auto chain = chains::smooth(market, now, {90}, market::ExerciseStyle::American, 0.02);
    market::Expiration& expiration = chain.expirations.front();
    AmericanBoundaries kept;
    ExpirationAnalytics live = analyse(expiration, now, 100, rates, kept);
    QCOMPARE(live.style, market::ExerciseStyle::American);
    // Far from the money, where parity does not look: the forward stays as it is.
    const std::size_t row = 2;
    chains::setQuote(expiration.puts, row, expiration.puts.bid[row] + 0.02, expiration.puts.ask[row] + 0.02, now);
    const ExpirationAnalytics anew = analyse(expiration, now, 100, rates, EarlyExercise::AsListed);
    const std::size_t changed[]{row};
    QVERIFY(refresh(live, expiration, now, 1, changed, kept));
    QVERIFY(std::abs(anew.forward / live.forward - 1) < 1e-9);
    for (std::size_t i = 0; i < expiration.strikes.size(); ++i) {
        const double strike = expiration.strikes[i];
        QVERIFY(std::isnan(anew.volatility[i]) == std::isnan(live.volatility[i]));
        QVERIFY(std::abs(anew.puts.price[i] - live.puts.price[i]) <= 2e-7 * strike);
        QVERIFY(std::abs(anew.calls.price[i] - live.calls.price[i]) <= 2e-7 * strike);
        QVERIFY(std::abs(anew.puts.delta[i] - live.puts.delta[i]) <= 1e-4);
    }
}

/// The spot has moved and nothing was quoted since: every strike keeps its volatility, on the forward that has moved along.
void AmericanBoundariesTest::refreshFollowsTheSpot()
{
    const MarketPoint market{100, 0.06, 0.02};
    auto chain = chains::smooth(market, now, {90}, market::ExerciseStyle::American, 0.02);
    const market::Expiration& expiration = chain.expirations.front();
    AmericanBoundaries kept;
    const ExpirationAnalytics before = analyse(expiration, now, 100, {0.06, 0.02}, kept);
    ExpirationAnalytics after = before;
    const std::size_t solved = kept.solvedCount();
    const base::Instant later = now + std::chrono::hours(2);
    QVERIFY(refresh(after, expiration, later, 1.01, {}, kept));
    QCOMPARE(kept.solvedCount(), solved);
    const double carry = before.market.rate - before.market.dividendYield;
    QVERIFY(std::abs(after.forward / (1.01 * before.forward * std::exp(carry * (after.years - before.years))) - 1) <
            1e-12);
    const std::size_t row = expiration.strikes.size() / 2;
    const Greeks alone =
        american(Right::Put, after.market, expiration.strikes[row], after.years, after.volatility[row]);
    QVERIFY(std::abs(after.puts.price[row] - alone.price) <= 1e-7 * expiration.strikes[row]);
    QVERIFY(std::abs(after.puts.delta[row] - alone.delta) <= 1e-5);
    QVERIFY(after.puts.price[row] < before.puts.price[row]);
}

void AmericanBoundariesTest::refreshSaysWhenItCannot()
{
    auto chain = chains::smooth({100, 0.05, 0.02}, now, {90}, market::ExerciseStyle::American, 0.02);
    market::Expiration& expiration = chain.expirations.front();
    AmericanBoundaries kept;
    ExpirationAnalytics analytics = analyse(expiration, now, 100, {0.05, 0.02}, kept);
    const double forward = analytics.forward;
    QVERIFY(!refresh(analytics, expiration, now, notANumber, {}, kept));
    QVERIFY(!refresh(analytics, expiration, now, 0, {}, kept));
    QVERIFY(!refresh(analytics, expiration, expiration.expiresAt, 1, {}, kept));
    QCOMPARE(analytics.forward, forward);
    analytics.forwardOrigin = ForwardOrigin::None;
    QVERIFY(!refresh(analytics, expiration, now, 1, {}, kept));
}

void AmericanBoundariesTest::manySpotsAboveOneBoundary()
{
    const auto boundary = american_detail::solveBoundary({0.05, 0.02, 0.3, 0.5}, american_detail::RateGreek::None);
    std::vector<double> spots, prices(70); // more than one block; from below the boundary to far above
    for (std::size_t i = 0; i < prices.size(); ++i)
        spots.push_back(0.5 + 0.02 * static_cast<double>(i));
    american_detail::putPricesAbove(boundary, spots, prices);
    for (std::size_t i = 0; i < prices.size(); ++i) {
        const double alone = american_detail::putPriceAbove(boundary, spots[i]);
        QVERIFY2(std::abs(prices[i] - alone) <= 1e-14, QByteArray::number(spots[i]));
    }
    QVERIFY(prices.front() == 0.5 && prices.back() > 0 && prices.back() < 1e-3);
}

void AmericanBoundariesTest::statesArePricedAsTheEngineDoes()
{
    base::Generator random(3);
    for (int table = 0; table < 40; ++table) {
        const Right right = random.uniform() < 0.5 ? Right::Put : Right::Call;
        const double rate = random.uniform(0, 0.12), yield = random.uniform(0, 0.1);
        const double years = std::exp(random.uniform(std::log(1 / 365.0), std::log(3)));
        AmericanRevaluation states(right, rate, yield, years);
        for (int i = 0; i < 60; ++i) {
            const double spot = random.uniform(60, 140), strike = random.uniform(70, 130);
            const double left = years * random.uniform(), vol = std::exp(random.uniform(std::log(0.05), std::log(2)));
            double price = notANumber;
            states.price(strike, std::span(&spot, 1), std::span(&left, 1), std::span(&vol, 1), std::span(&price, 1));
            const double alone = americanPrice(right, {spot, rate, yield}, strike, left, vol);
            QVERIFY2(std::abs(price - alone) <= 1e-7 * std::max(spot, strike), QByteArray::number(price - alone));
        }
    }
}

void AmericanBoundariesTest::aStateDependsOnItselfAlone()
{
    const std::vector<double> spots{90, 100, notANumber, -5, 110, 95}, years{0.3, 0.3, 0.3, 0.3, 0.1, 0.3};
    const std::vector<double> vols{0.2, 0.2, 0.2, 0.2, 0.5, notANumber};
    std::vector<double> prices(spots.size());
    AmericanRevaluation together(Right::Put, 0.05, 0.02, 0.5);
    together.price(100, spots, years, vols, prices);
    for (const std::size_t i : {0U, 1U, 4U}) {
        AmericanRevaluation apart(Right::Put, 0.05, 0.02, 0.5);
        double price = notANumber;
        apart.price(100, std::span(&spots[i], 1), std::span(&years[i], 1), std::span(&vols[i], 1),
                    std::span(&price, 1));
        QVERIFY(price == prices[i]);
    }
    QVERIFY(std::isnan(prices[2]) && std::isnan(prices[3]) && std::isnan(prices[5]));
    QVERIFY(together.exercisesEarly() && !AmericanRevaluation(Right::Call, 0.05, 0, 0.5).exercisesEarly());
}

QTEST_GUILESS_MAIN(AmericanBoundariesTest)
#include "american_boundaries_test.moc"
