#include "desk/assumptions.h"
#include "desk/chain_pricer.h"
#include "desk/live_chain.h"
#include "pricing/american/american.h"
#include "pricing/chains.h"
#include "pricing/surface/smile_quotes.h"
#include "pricing/surface/surface_fit.h"

#include <QTest>

using namespace vegadesk;
using namespace std::chrono_literals;
using market::Right;

namespace
{

const pricing::MarketPoint point{100, 0.04, 0.01};
const base::Instant now = market::fromNewYork(base::makeDate(2026, 6, 1), 11h); // a Monday
const base::Instant wall = now;

void quote(market::Expiration& expiration, std::size_t row, double spot, double vol, base::Instant at)
{
    const double years = market::yearsUntil(at, expiration.expiresAt);
    for (const Right right : {Right::Call, Right::Put}) {
        const double price =
            pricing::american(right, {spot, point.rate, point.dividendYield}, expiration.strikes[row], years, vol)
                .price;
        chains::setQuote(expiration.side(right), row, price - 0.01, price + 0.01, at);
    }
}

/// A chain whose early exercise is priced in.
market::OptionChain americanChain()
{
    market::OptionChain chain = chains::smooth(point, now, {10, 30, 90}, market::ExerciseStyle::American, 0.01);
    chain.underlyingLast = point.spot;
    for (market::Expiration& expiration : chain.expirations) {
        const double years = market::yearsUntil(now, expiration.expiresAt);
        const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
            quote(expiration, row, point.spot,
                  chains::smoothVolatility(std::log(expiration.strikes[row] / forward), years), now);
    }
    return chain;
}

double largestGap(const std::vector<double>& one, const std::vector<double>& other)
{
    double worst = one.size() == other.size() ? 0 : 1e9;
    for (std::size_t row = 0; row < one.size(); ++row) {
        if (std::isnan(one[row]) != std::isnan(other[row]))
            return 1e9;
        if (!std::isnan(one[row]))
            worst = std::max(worst, std::abs(one[row] - other[row]));
    }
    return worst;
}

bool areAlike(const pricing::ExpirationAnalytics& one, const pricing::ExpirationAnalytics& other, double tolerance)
{
    if (std::abs(one.forward - other.forward) > 100 * tolerance || one.style != other.style)
        return false;
    double worst = largestGap(one.volatility, other.volatility);
    for (const Right right : {Right::Call, Right::Put}) {
        worst = std::max(worst, largestGap(one.side(right).iv, other.side(right).iv));
        worst = std::max(worst, largestGap(one.side(right).delta, other.side(right).delta));
        worst = std::max(worst, 0.01 * largestGap(one.side(right).price, other.side(right).price));
    }
    return worst <= tolerance;
}

} // namespace

class LiveChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHasNotMovedIsKept()
    {
        market::Expiration expiration = americanChain().expirations[1];
        desk::LiveExpiration live;
        const pricing::ExpirationAnalytics first = live.update(expiration, wall, now, point.spot);
        const auto whole =
            pricing::analyse(expiration, now, point.spot, desk::assumedRates, pricing::EarlyExercise::AsListed);
        QVERIFY(areAlike(first, whole, 1e-9));
        const std::size_t solved = live.boundaries().solvedCount();
        const auto again = live.update(expiration, wall + 100ms, now, point.spot);
        QVERIFY(areAlike(again, whole, 1e-9));
        QCOMPARE(live.boundaries().solvedCount(), solved);
    }

    void someStrikesAndTheSpotMove()
    {
        market::Expiration expiration = americanChain().expirations[1];
        desk::LiveExpiration live;
        live.update(expiration, wall, now, point.spot);
        const std::size_t solved = live.boundaries().solvedCount();
        const double spot = 1.0005 * point.spot;
        const base::Instant later = now + 200ms;
        // All strikes know of the new spot, but three of them of another smile too.
        const double years = market::yearsUntil(later, expiration.expiresAt);
        const double forward = spot * std::exp((point.rate - point.dividendYield) * years);
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            const double vol = chains::smoothVolatility(std::log(expiration.strikes[row] / forward), years);
            quote(expiration, row, spot, row % 15 == 7 ? vol + 0.01 : vol, later);
        }
        const auto& moved = live.update(expiration, wall + 200ms, later, spot);
        const auto whole =
            pricing::analyse(expiration, later, spot, desk::assumedRates, pricing::EarlyExercise::AsListed);
        QVERIFY(areAlike(moved, whole, 2e-5));
        QCOMPARE(live.boundaries().solvedCount(), solved);
    }

    void aQuoteThatGoesStaleLosesItsVolatility()
    {
        market::Expiration expiration = americanChain().expirations[1];
        desk::LiveExpiration live;
        QVERIFY(std::isfinite(live.update(expiration, wall, now, point.spot).calls.iv[25]));
        expiration.calls.flags[25].set(market::QuoteFlag::Stale);
        QVERIFY(std::isnan(live.update(expiration, wall + 100ms, now, point.spot).calls.iv[25]));
    }

    void whatIsTooOldIsKeptAsItWas_data()
    {
        QTest::addColumn<bool>("isAmerican");
        QTest::newRow("American") << true;
        QTest::newRow("European") << false;
    }
    /// After the close, or when quotes stop: first some, then all. A market that goes leaves the few last ones behind, and they
    /// alone would say nothing of the others' smile.
    void whatIsTooOldIsKeptAsItWas()
    {
        QFETCH(const bool, isAmerican);
        market::Expiration expiration =
            isAmerican ? americanChain().expirations[1]
                       : chains::smooth(point, now, {30}, market::ExerciseStyle::European, 0.01).expirations[0];
        desk::LiveExpiration live;
        const pricing::ExpirationAnalytics before = live.update(expiration, wall, now, point.spot);
        QVERIFY(!before.isOld && !desk::isAllStale(expiration));

        const auto age = [&](std::size_t from, std::size_t to) {
            for (std::size_t row = from; row < to; ++row) {
                expiration.calls.flags[row].set(market::QuoteFlag::Stale);
                expiration.puts.flags[row].set(market::QuoteFlag::Stale);
            }
        };
        const std::size_t count = expiration.strikes.size();
        age(0, count - 2);
        const auto some = live.update(expiration, wall + 10s, now, point.spot);
        QVERIFY(!some.isOld);
        QVERIFY(largestGap(some.volatility, before.volatility) > 0.01);
        age(count - 2, count);
        QVERIFY(desk::isAllStale(expiration));
        // Shares trade on after the close: the spot of that market is not what these quotes are of.
        for (const double move : {0.985, 1.015}) {
            const auto all = live.update(expiration, wall + 11s, now + 6h, move * point.spot);
            QVERIFY(all.isOld);
            QVERIFY(areAlike(all, before, 0));
            QCOMPARE(all.years, before.years); // as things stood then
            QCOMPARE(all.at, now);
        }
        // A few quotes come, and go again.
        expiration.calls.flags[count / 2] = {};
        QVERIFY(!live.update(expiration, wall + 12s, now + 7h, point.spot).isOld);
        expiration.calls.flags[count / 2].set(market::QuoteFlag::Stale);
        const auto again = live.update(expiration, wall + 13s, now + 7h, point.spot);
        QVERIFY(again.isOld && areAlike(again, before, 0));

        // Past its expiry there is nothing to keep; a quote that is new makes all new.
        QVERIFY(std::isnan(live.update(expiration, wall + 20s, expiration.expiresAt, point.spot).forward));
        for (auto* const side : {&expiration.calls, &expiration.puts})
            std::ranges::fill(side->flags, market::QuoteFlags{});
        const auto anew = live.update(expiration, wall + 21s, now, point.spot);
        QVERIFY(!anew.isOld);
        QVERIFY(areAlike(anew, before, 1e-6));
    }

    /// Chosen when the market is closed already: read as it stood then. A strike that had not been quoted for hours stays out.
    void whatIsOldWhenItIsFirstSeenIsReadAsItWasQuotedLast()
    {
        market::Expiration expiration = americanChain().expirations[1];
        desk::LiveExpiration fresh;
        const auto expected = fresh.update(expiration, wall, now, point.spot);
        chains::setQuote(expiration.calls, 40, 30, 30.02, now - 3h); // of another market
        for (auto* const side : {&expiration.calls, &expiration.puts})
            std::ranges::for_each(side->flags, [](auto& flags) { flags.set(market::QuoteFlag::Stale); });
        desk::LiveExpiration live;
        const auto old = live.update(expiration, wall + 1h, now, point.spot);
        QVERIFY(old.isOld && std::isnan(old.calls.iv[40]));
        QVERIFY(std::abs(old.volatility[25] - expected.volatility[25]) < 1e-9);
        QVERIFY(std::abs(old.forward - expected.forward) < 1e-6);
    }

    void aChainWithoutAPriceOfItsUnderlyingKeepsTheOneThatQuotesImplied()
    {
        market::OptionChain chain = americanChain();
        chain.underlyingLast = market::unknown;
        chain.underlyingQuote = {};
        desk::LiveChain live;
        const auto before = live.update(chain, wall, now);
        QVERIFY(before.isSpotImplied && std::abs(before.spot / point.spot - 1) < 0.01);
        for (market::Expiration& expiration : chain.expirations) {
            for (auto* const side : {&expiration.calls, &expiration.puts})
                std::ranges::for_each(side->flags, [](auto& flags) { flags.set(market::QuoteFlag::Stale); });
        }
        const auto after = live.update(chain, wall + 10s, now);
        QCOMPARE(after.spot, before.spot);
        QVERIFY(!after.isSpotImplied && after.expirations.front().isOld);
    }

    void theForwardIsMadeAnewOnceASecond()
    {
        market::Expiration expiration = americanChain().expirations[1];
        desk::LiveExpiration live;
        const double before = live.update(expiration, wall, now, point.spot).forward;
        // The spot said is another one than the quotes know: parity alone can tell.
        const double kept = live.update(expiration, wall + 500ms, now, 1.01 * point.spot).forward;
        QVERIFY(std::abs(kept / before - 1.01) < 1e-9);
        const double anew = live.update(expiration, wall + 1s, now, 1.01 * point.spot).forward;
        QVERIFY(std::abs(anew / before - 1) < 0.002);
    }

    void anotherExpirationBeginsAnew()
    {
        const market::OptionChain chain = americanChain();
        desk::LiveExpiration live;
        live.update(chain.expirations[0], wall, now, point.spot);
        const auto& other = live.update(chain.expirations[2], wall + 100ms, now, point.spot);
        QVERIFY(areAlike(other,
                         pricing::analyse(chain.expirations[2], now, point.spot, desk::assumedRates,
                                          pricing::EarlyExercise::AsListed),
                         1e-9));
    }

    void europeanOnesAreAlwaysWhole()
    {
        market::Expiration expiration =
            chains::smooth(point, now, {30}, market::ExerciseStyle::European, 0.01).expirations[0];
        desk::LiveExpiration live;
        live.update(expiration, wall, now, point.spot);
        chains::setQuote(expiration.calls, 20, 3, 3.02, now);
        const auto& moved = live.update(expiration, wall + 100ms, now, point.spot);
        QVERIFY(areAlike(moved, pricing::analyse(expiration, now, point.spot, desk::assumedRates), 0));
        QCOMPARE(live.boundaries().solvedCount(), std::size_t{0});
    }

    void aWholeChainIsReckonedAsListed()
    {
        const market::OptionChain chain = americanChain();
        desk::LiveChain live;
        const auto ours = live.update(chain, wall, now);
        const auto whole = pricing::analyse(chain, now, desk::assumedRates, pricing::EarlyExercise::AsListed);
        QCOMPARE(ours.spot, whole.spot);
        QCOMPARE(ours.expirations.size(), whole.expirations.size());
        for (std::size_t i = 0; i < whole.expirations.size(); ++i)
            QVERIFY(areAlike(ours.expirations[i], whole.expirations[i], 1e-9));
    }

    /// A put that is far in the money is worth what exercising it brings, by whatever model.
    void earlyExerciseIsInEveryModelsPrice_data()
    {
        QTest::addColumn<QString>("id");
        for (const char* const id : {"black_scholes", "surface", "heston", "merton"})
            QTest::newRow(id) << QString::fromLatin1(id);
    }
    void earlyExerciseIsInEveryModelsPrice()
    {
        QFETCH(const QString, id);
        const market::OptionChain chain = americanChain();
        const market::Expiration& expiration = chain.expirations[2];
        desk::LiveExpiration live;
        const auto& analytics = live.update(expiration, wall, now, point.spot);
        desk::ChainFits fits;
        fits.heston = pricing::HestonParameters{.v0 = 0.05, .kappa = 2, .theta = 0.05, .sigma = 0.4, .rho = -0.5};
        fits.merton = pricing::MertonParameters{.vol = 0.18, .intensity = 0.5, .jumpMean = -0.1, .jumpDeviation = 0.1};
        const auto all = pricing::analyse(chain, now, desk::assumedRates);
        fits.surface = pricing::fitSurface(pricing::quotesForFit(chain, all), {.spot = point.spot}).value();
        const desk::ChainModel model = desk::chainModelFromText(id);
        const auto american = desk::priceSide(model, fits, expiration, analytics, Right::Put, live.boundaries());
        auto asEuropean = analytics;
        asEuropean.style = market::ExerciseStyle::European;
        const auto european = desk::priceSide(model, fits, expiration, asEuropean, Right::Put, live.boundaries());
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            QVERIFY(american.price[row] >= european.price[row] - 1e-9);
            QVERIFY(american.price[row] >= expiration.strikes[row] - point.spot - 1e-6);
        }
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            QVERIFY(american.delta[row] >= -1 && american.delta[row] <= 1e-9);
            QVERIFY(american.gamma[row] >= 0);
            QVERIFY2(american.vega[row] >= 0, qPrintable(QString::number(american.vega[row])));
            QVERIFY2(american.price[row] > expiration.strikes[row] - point.spot + 1e-6 || american.theta[row] == 0,
                     "exercised at once it has no time value to lose");
        }
        const std::size_t deepest = expiration.strikes.size() - 1;
        QVERIFY(european.price[deepest] < expiration.strikes[deepest] - point.spot);
        QVERIFY(american.delta[deepest] < european.delta[deepest]);
    }
};

QTEST_GUILESS_MAIN(LiveChainTest)
#include "test_live_chain.moc"
