#include "pricing/surface/volatility_surface.h"

#include "binomial_tree.h"
#include "chains.h"
#include "surface_quotes.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::pricing;
using namespace surface_quotes;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const base::Instant now = market::fromNewYork(base::makeDate(2026, 11, 20), std::chrono::hours(12));

} // namespace

class SurfaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void interpolatesInTime();
    void betweenSlicesNothingFalls();
    void extrapolates();
    void forwardsAndDiscounts();
    void findsArbitrage();
    void surfacesRefused_data();
    void surfacesRefused();
    void leavesOutBadQuotes();
    void takesEarlyExerciseOff();
    void ordersAChainsExpiries();
};

void SurfaceTest::interpolatesInTime()
{
    const auto surface = fitSurface(trueQuotes(40));
    QVERIFY(surface);
    const auto& slices = surface->slices();
    for (const double k : {-0.5, 0.0, 0.3}) {
        for (std::size_t i = 0; i < slices.size(); ++i) {
            QVERIFY(std::abs(surface->totalVariance(k, slices[i].years) - slices[i].svi.totalVariance(k)) < 1e-15);
            if (i == 0)
                continue;
            const double middle = 0.5 * (slices[i - 1].years + slices[i].years);
            const double mean = 0.5 * (slices[i - 1].svi.totalVariance(k) + slices[i].svi.totalVariance(k));
            QVERIFY(std::abs(surface->totalVariance(k, middle) - mean) < 1e-15);
        }
    }
    QVERIFY(std::abs(surface->volatility(110, 0.3) - std::sqrt(surface->totalVariance(std::log(1.1), 0.3) / 0.3)) <
            1e-15);
    QVERIFY(std::isnan(surface->totalVariance(0, 0)) && std::isnan(surface->volatility(100, -1)));
    QVERIFY(std::isnan(surface->volatility(-5, 0.3)) && std::isnan(surface->totalVariance(0, notANumber)));
}

void SurfaceTest::betweenSlicesNothingFalls()
{
    base::Generator generator(702);
    std::vector<SmileQuotes> noisy = trueQuotes(30);
    addNoise(noisy, generator, 0.03);
    const auto surface = fitSurface(noisy);
    QVERIFY(surface);
    for (double k = -2; k <= 2; k += 0.1) {
        double before = 0;
        for (double years = 0.005; years < 4; years *= 1.05) {
            const double w = surface->totalVariance(k, years);
            QVERIFY(w >= before - 1e-12);
            before = w;
        }
    }
}

void SurfaceTest::extrapolates()
{
    const auto surface = fitSurface(trueQuotes(40));
    QVERIFY(surface);
    const SurfaceSlice& first = surface->slices().front();
    const SurfaceSlice& last = surface->slices().back();
    const SurfaceSlice& before = surface->slices()[surface->slices().size() - 2];
    QVERIFY(std::abs(surface->volatility(97, 0.001) - surface->volatility(97, first.years)) < 1e-12);
    const double forwardVariance =
        (last.svi.totalVariance(0) - before.svi.totalVariance(0)) / (last.years - before.years);
    for (const double k : {-1.0, 0.0, 0.8})
        QVERIFY(std::abs(surface->totalVariance(k, last.years + 3) - last.svi.totalVariance(k) - 3 * forwardVariance) <
                1e-14);
    QVERIFY(last.svi.leftSlope() < 2 && last.svi.rightSlope() < 2);
}

void SurfaceTest::forwardsAndDiscounts()
{
    std::vector<SurfaceSlice> slices(2);
    slices[0].years = 0.5;
    slices[0].forward = 102;
    slices[0].discount = 0.98;
    slices[1].years = 1;
    slices[1].forward = 103;
    slices[1].discount = 0.95;
    slices[0].svi = flatSlice(0.02);
    slices[1].svi = flatSlice(0.05);
    const auto surface = VolatilitySurface::make(slices, 100);
    QVERIFY(surface);
    QCOMPARE(surface->forward(0), 100.0);
    QCOMPARE(surface->forward(0.5), 102.0);
    QCOMPARE(surface->forward(1), 103.0);
    QCOMPARE(surface->forward(0.75), std::sqrt(102.0 * 103.0));
    QCOMPARE(surface->forward(1.5), 103 * 103 / 102.0);
    QCOMPARE(surface->discount(0.25), std::sqrt(0.98));
    QCOMPARE(VolatilitySurface::make(slices)->forward(0.1), 102.0);
}

void SurfaceTest::findsArbitrage()
{
    std::vector<SurfaceSlice> slices(3);
    slices[0].svi = trueSlice(0.5);
    slices[1].svi = slices[0].svi;
    slices[1].svi.a -= 0.001;
    slices[2].svi = {-0.0410 + 0.05, 0.9, 0.95, 0.3586, 0.02}; // a kink, and a sharp one
    for (std::size_t i = 0; i < slices.size(); ++i) {
        slices[i].years = 0.5 * static_cast<double>(i + 1);
        slices[i].forward = 100;
    }
    const auto surface = VolatilitySurface::make(slices);
    QVERIFY(surface);
    const auto found = findArbitrage(*surface);
    QVERIFY(std::ranges::any_of(found, [](const ArbitrageViolation& each) {
        return each.kind == ArbitrageKind::Calendar && each.slice == 1 && std::abs(each.interval.worst + 0.001) < 1e-12;
    }));
    QVERIFY(std::ranges::any_of(found, [](const ArbitrageViolation& each) {
        return each.kind == ArbitrageKind::Butterfly && each.slice == 2;
    }));
    QVERIFY(std::ranges::none_of(found, [](const ArbitrageViolation& each) { return each.slice == 0; }));
}

void SurfaceTest::surfacesRefused_data()
{
    QTest::addColumn<int>("what");
    QTest::addColumn<QString>("field");
    QTest::newRow("nothing") << 0 << "slices";
    QTest::newRow("years of 0") << 1 << "years";
    QTest::newRow("years twice") << 2 << "years";
    QTest::newRow("forward") << 3 << "forward";
    QTest::newRow("discount") << 4 << "discount";
    QTest::newRow("rho") << 5 << "SVI rho";
    QTest::newRow("negative variance") << 6 << "SVI least variance";
    QTest::newRow("b") << 7 << "SVI b";
    QTest::newRow("sigma") << 8 << "SVI sigma";
    QTest::newRow("a") << 9 << "SVI a or m";
}

void SurfaceTest::surfacesRefused()
{
    QFETCH(int, what);
    QFETCH(QString, field);
    std::vector<SurfaceSlice> slices(2);
    for (std::size_t i = 0; i < 2; ++i) {
        slices[i].years = 0.5 * static_cast<double>(i + 1);
        slices[i].forward = 100;
        slices[i].svi = {0.01, 0.1, 0, 0, 0.1};
    }
    switch (what) {
    case 0:
        slices.clear();
        break;
    case 1:
        slices[0].years = 0;
        break;
    case 2:
        slices[1].years = slices[0].years;
        break;
    case 3:
        slices[1].forward = notANumber;
        break;
    case 4:
        slices[1].discount = 0;
        break;
    case 5:
        slices[1].svi.rho = 1.5;
        break;
    case 6:
        slices[1].svi.a = -1;
        break;
    case 7:
        slices[1].svi.b = -0.1;
        break;
    case 8:
        slices[1].svi.sigma = 0;
        break;
    default:
        slices[1].svi.a = notANumber;
        break;
    }
    const auto surface = VolatilitySurface::make(slices);
    QVERIFY(!surface);
    QCOMPARE(QString::fromStdString(surface.error().field), field);
}

void SurfaceTest::leavesOutBadQuotes()
{
    auto chain = chains::smooth({100, 0.03, 0.01}, now, {60}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    const auto take = [&] { return quotesForFit(expiration, analyse(expiration, now, 100, {0.03, 0.01})); };
    const SmileQuotes all = take();
    QCOMPARE(all.size() + all.leftOut.total(), expiration.strikes.size());
    const auto count = expiration.strikes.size();
    const std::array<std::array<double, 2>, 5> bad{{{5, 1}, {5, notANumber}, {notANumber, 5}, {0, 0.05}, {-1, 2}}};
    for (std::size_t i = 0; i < bad.size(); ++i)
        chains::setQuote(expiration.calls, count - 8 + i, bad[i][0], bad[i][1], now);
    const auto locked = count / 2 + 4;
    const double mid = expiration.calls.quoteAt(locked).mid();
    chains::setQuote(expiration.calls, locked, mid, mid, now);
    expiration.puts.flags[8].set(market::QuoteFlag::Stale);
    const SmileQuotes some = take();
    QCOMPARE(some.leftOut.total(), all.leftOut.total() + 6);
    QCOMPARE(some.leftOut.crossed, all.leftOut.crossed + 1);
    QCOMPARE(some.leftOut.oneSided, all.leftOut.oneSided + 2);
    QCOMPARE(some.leftOut.invalid, all.leftOut.invalid + 1);
    QCOMPARE(some.leftOut.stale, all.leftOut.stale + 1);
    QCOMPARE(some.leftOut.zeroBid, all.leftOut.zeroBid + 1);
    QCOMPARE(some.size() + 6, all.size());
    const auto row = std::ranges::find_if(
        some.k, [&](double k) { return std::abs(k - std::log(expiration.strikes[locked] / some.forward)) < 1e-9; });
    QVERIFY(row != some.k.end()); // a locked quote is a price
    QCOMPARE(some.error[static_cast<std::size_t>(row - some.k.begin())], leastQuoteError);
    for (std::size_t i = 0; i < some.size(); ++i) {
        QVERIFY(some.bid[i] <= some.mid[i] && some.mid[i] <= some.ask[i]);
        QVERIFY(std::abs(some.mid[i] - chains::smoothVolatility(some.k[i], some.years)) < 1e-3);
    }
}

/// Read as European, American puts show volatility that is early exercise; on both sides of the mid.
void SurfaceTest::takesEarlyExerciseOff()
{
    const MarketPoint market{100, 0.08, 0};
    auto chain = chains::smooth(market, now, {300}, market::ExerciseStyle::American, 0.01);
    market::Expiration& expiration = chain.expirations[0];
    const double years = market::yearsUntil(now, expiration.expiresAt);
    ExpirationAnalytics analytics;
    analytics.years = years;
    analytics.forward = market.spot * std::exp(market.rate * years);
    analytics.discount = std::exp(-market.rate * years);
    analytics.forwardOrigin = ForwardOrigin::ParityWithRate;
    analytics.market = market;
    const auto volAt = [&](double strike) {
        return chains::smoothVolatility(std::log(strike / analytics.forward), years);
    };
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const double strike = expiration.strikes[row];
        // The tree's early exercise on the exact European price, so that the European reading is exact, too.
        const double premium =
            binomial_tree::price(binomial_tree::Exercise::AnyTime, Right::Put, market, strike, years, volAt(strike)) -
            binomial_tree::price(binomial_tree::Exercise::AtExpiry, Right::Put, market, strike, years, volAt(strike));
        const double price = blackScholesPrice(Right::Put, market, strike, years, volAt(strike)) + premium;
        chains::setQuote(expiration.puts, row, price - 0.01, price + 0.01, now);
    }
    const auto premiumOff = [&](Right right, const MarketPoint&, double, std::span<const double> strikes,
                                std::span<const double> american, std::span<double> european) {
        for (std::size_t i = 0; i < strikes.size(); ++i) {
            const double vol = volAt(strikes[i]);
            const auto tree = [&](binomial_tree::Exercise exercise) {
                return binomial_tree::price(exercise, right, market, strikes[i], years, vol);
            };
            european[i] =
                american[i] - tree(binomial_tree::Exercise::AnyTime) + tree(binomial_tree::Exercise::AtExpiry);
        }
    };
    const SmileQuotes plain = quotesForFit(expiration, analytics);
    const SmileQuotes taken = quotesForFit(expiration, analytics, premiumOff);
    QCOMPARE(taken.size(), plain.size());
    double mostBefore = 0;
    for (std::size_t i = 0; i < taken.size() && taken.k[i] < 0; ++i) {
        const double vol = volAt(analytics.forward * std::exp(taken.k[i]));
        mostBefore = std::max(mostBefore, plain.mid[i] - vol);
        QVERIFY2(std::abs(taken.mid[i] - vol) < 1e-9, qPrintable(QString::number(taken.mid[i] - vol)));
        QVERIFY(taken.bid[i] < taken.mid[i] && taken.mid[i] < taken.ask[i]);
    }
    QVERIFY2(mostBefore > 0.01, qPrintable(QString::number(mostBefore)));
}

void SurfaceTest::ordersAChainsExpiries()
{
    const MarketPoint market{100, 0.03, 0.01};
    auto chain = chains::smooth(market, now, {30, 60, 60, 90}, market::ExerciseStyle::European, 0.02);
    for (std::size_t row = 0; row < 10; ++row) // the second root of that day is quoted less
        chains::setQuote(chain.expirations[1].puts, row, notANumber, notANumber, now);
    std::swap(chain.expirations[0], chain.expirations[3]);
    const auto take = [&](base::Instant at) { return quotesForFit(chain, analyse(chain, at, {0.03, 0.01})); };
    const auto quotes = take(now);
    QCOMPARE(quotes.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i)
        QCOMPARE(quotes[i].years, 30.0 * static_cast<double>(i + 1) / 365);
    QCOMPARE(quotes[1].size(), quotesForFit(chain.expirations[2], analyse(chain.expirations[2], now, 100, {})).size());
    QVERIFY(quotes[1].size() > quotesForFit(chain.expirations[1], analyse(chain.expirations[1], now, 100, {})).size());
    QVERIFY(fitSurface(quotes));
    QCOMPARE(take(now + std::chrono::hours(24 * 45)).size(), std::size_t{2}); // the first has expired
}

QTEST_GUILESS_MAIN(SurfaceTest)
#include "surface_test.moc"
