#include "pricing/chain_analytics.h"

#include "chains.h"
#include "pricing/american/american.h"
#include "pricing/american/american_implied_volatility.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;
using base::makeDate;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const base::Instant now = market::fromNewYork(makeDate(2026, 11, 20), std::chrono::hours(12));
const MarketPoint point{600, 0.04, 0.012};

market::OptionChain smoothChain(double halfSpread = 0)
{
    auto chain = chains::smooth(point, now, {7, 30, 365}, market::ExerciseStyle::European, halfSpread);
    chain.underlyingLast = point.spot;
    return chain;
}

bool isNear(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class ChainAnalyticsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void smileInterpolatesTotalVariance();
    void recoversTheSmileThatMadeTheChain();
    void smallGapsToTheSpotAreNoise();
    void greeksAreTheStrikesOwn();
    void earlyExerciseIsTakenOutWhereAskedFor();
    void europeanExpirationsHaveNoEarlyExercise();
    void strikeWithoutQuotesTakesTheSmile();
    void quotesBelowIntrinsicHaveNoVolatility();
    void staleChainIsNotKnown();
    void expiredIsNotKnown();
    void oneExpirationIsThatOfTheChain();
    void whatIsMadeWhenAskedForIsTheSame();
    void spotIsImpliedWhereThereIsNone();
    void realChainIsSane();
};

void ChainAnalyticsTest::smileInterpolatesTotalVariance()
{
    const Smile smile({{-0.2, 0.3}, {0.0, 0.2}, {0.1, 0.18}});
    const auto middle = smile.at(-0.1);
    QCOMPARE(middle.origin, VolatilityOrigin::Interpolated);
    QVERIFY(isNear(middle.volatility * middle.volatility, 0.5 * (0.09 + 0.04), 1e-15));
    QCOMPARE(smile.at(0).origin, VolatilityOrigin::Quote);
    QCOMPARE(smile.at(0).volatility, 0.2);
    QCOMPARE(smile.at(-0.3).volatility, 0.3);
    QCOMPARE(smile.at(-0.3).origin, VolatilityOrigin::Extrapolated);
    QCOMPARE(smile.at(5).volatility, 0.18);
    QCOMPARE(smile.at(5).origin, VolatilityOrigin::Extrapolated);
    QCOMPARE(Smile().at(0).origin, VolatilityOrigin::None);
    QVERIFY(std::isnan(Smile().at(0).volatility));
    QCOMPARE(smile.at(notANumber).origin, VolatilityOrigin::None);
    QCOMPARE(Smile({{0.05, 0.4}}).at(-1).volatility, 0.4);
}

void ChainAnalyticsTest::recoversTheSmileThatMadeTheChain()
{
    const market::OptionChain chain = smoothChain();
    const ChainAnalytics analytics = analyse(chain, now, {0, 0.012});
    QCOMPARE(analytics.spot, 600.0);
    QVERIFY(!analytics.isSpotImplied);
    QVERIFY(analytics.at == now);
    QCOMPARE(analytics.expirations.size(), std::size_t{3});
    for (std::size_t e = 0; e < 3; ++e) {
        const market::Expiration& expiration = chain.expirations[e];
        const ExpirationAnalytics& found = analytics.expirations[e];
        QCOMPARE(found.forwardOrigin, ForwardOrigin::Parity);
        QVERIFY(isNear(found.market.rate, point.rate, 1e-6));
        QVERIFY(isNear(found.market.dividendYield, point.dividendYield, 1e-6));
        QVERIFY(isNear(found.atmVolatility, 0.22, 1e-6));
        QVERIFY(isNear(found.expectedMove(), 600 * 0.22 * std::sqrt(found.years), 1e-3));
        for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
            const double exact =
                chains::smoothVolatility(std::log(expiration.strikes[row] / found.forward), found.years);
            QVERIFY2(isNear(found.volatility[row], exact, 1e-6), qPrintable(QString::number(row)));
            QCOMPARE(found.origin[row], VolatilityOrigin::Quote);
            QVERIFY(isNear(found.calls.iv[row], exact, 1e-4) && isNear(found.puts.iv[row], exact, 1e-4));
        }
    }
}

/// The quotes say 600; a spot three basis points off must not turn into a yield that theta pays, a percent must.
void ChainAnalyticsTest::smallGapsToTheSpotAreNoise()
{
    const market::OptionChain chain = smoothChain();
    const market::Expiration& weekly = chain.expirations[0];
    const Rates rates{0.04, 0.012};
    const ExpirationAnalytics exact = analyse(weekly, now, 600, rates);
    const ExpirationAnalytics off = analyse(weekly, now, 600.18, rates);
    QVERIFY(isNear(off.market.dividendYield, 0.012, 1e-9));
    QCOMPARE(off.calls.theta[20], exact.calls.theta[20]);
    QVERIFY(isNear(exact.market.spot, 600, 1e-3));

    const ExpirationAnalytics dividend = analyse(weekly, now, 606, rates); // six dollars leave within the week
    QCOMPARE(dividend.market.spot, 606.0);
    QVERIFY(isNear(dividend.market.dividendYield, 0.012 + std::log(1.01) / dividend.years, 1e-5));
    QVERIFY(isNear(dividend.atmVolatility, exact.atmVolatility, 1e-12));
}

void ChainAnalyticsTest::greeksAreTheStrikesOwn()
{
    const market::OptionChain chain = smoothChain();
    const ChainAnalytics analytics = analyse(chain, now, {});
    const ExpirationAnalytics& found = analytics.expirations[1];
    for (std::size_t row = 0; row < chain.expirations[1].strikes.size(); row += 4) {
        for (const Right right : {Right::Call, Right::Put}) {
            const Greeks exact = blackScholes(right, found.market, chain.expirations[1].strikes[row], found.years,
                                              found.volatility[row]);
            const Greeks lane = found.side(right).at(row);
            QCOMPARE(lane.price, exact.price);
            QCOMPARE(lane.delta, exact.delta);
            QCOMPARE(lane.gamma, exact.gamma);
            QCOMPARE(lane.vega, exact.vega);
            QCOMPARE(lane.theta, exact.theta);
            QCOMPARE(lane.rho, exact.rho);
        }
        QVERIFY(isNear(found.calls.delta[row] - found.puts.delta[row],
                       std::exp(-found.market.dividendYield * found.years), 1e-12));
        QCOMPARE(found.calls.gamma[row], found.puts.gamma[row]);
    }
}

/// The smooth chain's strikes at American prices of its own smile.
void ChainAnalyticsTest::earlyExerciseIsTakenOutWhereAskedFor()
{
    market::OptionChain chain = smoothChain();
    market::Expiration& expiration = chain.expirations[2];
    expiration.style = market::ExerciseStyle::American;
    const double years = market::yearsUntil(now, expiration.expiresAt);
    const double forward = point.spot * std::exp((point.rate - point.dividendYield) * years);
    std::vector<double> vols;
    for (const double strike : expiration.strikes)
        vols.push_back(chains::smoothVolatility(std::log(strike / forward), years));
    GreeksColumns exact;
    exact.resize(vols.size());
    for (const Right right : {Right::Call, Right::Put}) {
        americanStrip(right, point, years, expiration.strikes, vols, exact.view());
        for (std::size_t row = 0; row < vols.size(); ++row)
            chains::setQuote(expiration.side(right), row, exact.price[row] - 1e-3, exact.price[row] + 1e-3, now);
    }
    const Rates rates{point.rate, point.dividendYield};
    const ExpirationAnalytics found = analyse(expiration, now, point.spot, rates, EarlyExercise::AsListed);
    const ExpirationAnalytics ignored = analyse(expiration, now, point.spot, rates);
    QCOMPARE(found.style, market::ExerciseStyle::American);
    QCOMPARE(ignored.style, market::ExerciseStyle::European);
    QVERIFY2(isNear(found.forward, forward, 1e-5 * forward), qPrintable(QString::number(found.forward - forward)));
    QVERIFY(std::abs(ignored.forward - forward) > 10 * std::abs(found.forward - forward));
    for (std::size_t row = 0; row < vols.size(); ++row)
        QVERIFY2(isNear(found.volatility[row], vols[row], 1e-4), qPrintable(QString::number(row)));
    for (std::size_t row = 0; row < vols.size(); ++row) { // exact holds the puts
        QVERIFY2(isNear(found.puts.price[row], exact.price[row], 2e-2), qPrintable(QString::number(row)));
        QVERIFY2(isNear(found.puts.delta[row], exact.delta[row], 2e-3), qPrintable(QString::number(row)));
    }
}

void ChainAnalyticsTest::europeanExpirationsHaveNoEarlyExercise()
{
    const market::OptionChain chain = smoothChain();
    const ChainAnalytics asListed = analyse(chain, now, {0.04, 0.012}, EarlyExercise::AsListed);
    const ChainAnalytics ignored = analyse(chain, now, {0.04, 0.012});
    for (std::size_t e = 0; e < chain.expirations.size(); ++e) {
        QCOMPARE(asListed.expirations[e].style, market::ExerciseStyle::European);
        QVERIFY(asListed.expirations[e].forward == ignored.expirations[e].forward);
        QVERIFY(asListed.expirations[e].volatility == ignored.expirations[e].volatility);
        QVERIFY(asListed.expirations[e].puts.price == ignored.expirations[e].puts.price);
    }
}

void ChainAnalyticsTest::strikeWithoutQuotesTakesTheSmile()
{
    market::OptionChain chain = smoothChain(0.01);
    market::Expiration& expiration = chain.expirations[1];
    const std::size_t last = expiration.strikes.size() - 1;
    chains::setQuote(expiration.calls, 25, notANumber, notANumber, now);
    chains::setQuote(expiration.calls, last, 0, 0.05, now);
    const ExpirationAnalytics found = analyse(expiration, now, 600, {});
    QVERIFY(std::isnan(found.calls.iv[25]));
    QCOMPARE(found.origin[25], VolatilityOrigin::Interpolated);
    QVERIFY(found.volatility[25] > std::min(found.volatility[24], found.volatility[26]));
    QVERIFY(found.volatility[25] < std::max(found.volatility[24], found.volatility[26]));
    QVERIFY(std::isfinite(found.calls.delta[25]) && std::isfinite(found.puts.delta[25]));
    QVERIFY(std::isnan(found.calls.iv[last])); // nobody bids: half an ask is no price
    QCOMPARE(found.origin[last], VolatilityOrigin::Extrapolated);
    QCOMPARE(found.volatility[last], found.volatility[last - 1]);
}

void ChainAnalyticsTest::quotesBelowIntrinsicHaveNoVolatility()
{
    const market::OptionChain chain = smoothChain(0.5); // a dollar wide: deep bids fall below intrinsic
    const market::Expiration& expiration = chain.expirations[0];
    const ExpirationAnalytics found = analyse(expiration, now, 600, {0.04, 0.012});
    int unknown = 0;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const double intrinsic = std::max(0.0, found.discount * (found.forward - expiration.strikes[row]));
        const bool isTelling = expiration.calls.bid[row] > intrinsic && expiration.calls.bid[row] > 0;
        QCOMPARE(std::isnan(found.calls.iv[row]), !isTelling);
        unknown += isTelling ? 0 : 1;
    }
    QVERIFY(unknown > 5 && unknown < 35);
}

void ChainAnalyticsTest::staleChainIsNotKnown()
{
    market::OptionChain chain = smoothChain();
    market::Expiration& expiration = chain.expirations[1];
    for (const Right right : {Right::Call, Right::Put}) {
        market::OptionColumns& side = expiration.side(right);
        for (std::size_t row = 0; row < side.size(); ++row)
            side.flags[row] =
                market::classify(side.quoteAt(row), now + std::chrono::minutes(5), std::chrono::seconds(10));
    }
    const ExpirationAnalytics found = analyse(expiration, now, 600, {0.04, 0.012});
    QCOMPARE(found.forwardOrigin, ForwardOrigin::Carry);
    QVERIFY(std::isnan(found.atmVolatility));
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        QVERIFY(std::isnan(found.calls.iv[row]) && std::isnan(found.calls.delta[row]));
        QCOMPARE(found.origin[row], VolatilityOrigin::None);
    }
}

void ChainAnalyticsTest::expiredIsNotKnown()
{
    const market::OptionChain chain = smoothChain();
    const ExpirationAnalytics found = analyse(chain.expirations[0], chain.expirations[0].expiresAt, 600, {});
    QCOMPARE(found.forwardOrigin, ForwardOrigin::None);
    QCOMPARE(found.calls.delta.size(), chain.expirations[0].strikes.size());
    QVERIFY(std::isnan(found.calls.delta[20]) && std::isnan(found.puts.iv[20]) && std::isnan(found.expectedMove()));
}

void ChainAnalyticsTest::oneExpirationIsThatOfTheChain()
{
    const market::OptionChain chain = smoothChain(0.05);
    const ChainAnalytics all = analyse(chain, now, {0.03, 0.01});
    const ExpirationAnalytics one = analyse(chain.expirations[2], now, spotOf(chain, now, {0.03, 0.01}), {0.03, 0.01});
    QCOMPARE(one.forward, all.expirations[2].forward);
    QCOMPARE(one.volatility, all.expirations[2].volatility);
    QCOMPARE(one.puts.theta, all.expirations[2].puts.theta);
}

void ChainAnalyticsTest::whatIsMadeWhenAskedForIsTheSame()
{
    const auto chain = std::make_shared<const market::OptionChain>(smoothChain(0.05));
    const ChainAnalytics all = analyse(*chain, now, {0.03, 0.01});
    const ChainAnalytics some = analyseOnDemand(chain, now, {0.03, 0.01});
    QCOMPARE(some.spot, all.spot);
    QCOMPARE(some.expirations.size(), all.expirations.size());
    QVERIFY(!some.expirations.hasOld());
    for (const std::size_t i : {std::size_t{2}, std::size_t{0}, std::size_t{2}}) {
        QCOMPARE(some.expirations[i].forward, all.expirations[i].forward);
        QCOMPARE(some.expirations[i].volatility, all.expirations[i].volatility);
        QCOMPARE(some.expirations[i].calls.delta, all.expirations[i].calls.delta);
    }
    QCOMPARE(&some.expirations[2], &some.expirations.begin()[2]); // made once, however it is come by
    QCOMPARE(some.expirations.back().puts.vega, all.expirations.back().puts.vega);

    std::vector<std::size_t> made;
    const ExpirationList list(4, [&made](std::size_t index) {
        made.push_back(index);
        ExpirationAnalytics figures;
        figures.isOld = index == 3;
        return figures;
    });
    QVERIFY(!list[1].isOld && !list[1].isOld && !list.hasOld());
    QCOMPARE(made, std::vector<std::size_t>{1});
    QVERIFY(list[3].isOld && list.hasOld());
    QCOMPARE(std::distance(list.begin(), list.end()), 4);
    QCOMPARE(made, (std::vector<std::size_t>{1, 3, 0, 2}));
}

void ChainAnalyticsTest::spotIsImpliedWhereThereIsNone()
{
    market::OptionChain chain = smoothChain(0.01);
    chain.underlyingLast = notANumber;
    const ChainAnalytics found = analyse(chain, now, {0.04, 0.012});
    QVERIFY(found.isSpotImplied);
    QVERIFY(isNear(found.spot, 600, 1e-3));
    QVERIFY(isNear(found.expirations[1].calls.delta[20],
                   analyse(smoothChain(0.01), now, {0.04, 0.012}).expirations[1].calls.delta[20], 1e-4));
}

/// A whole American chain at its close: most strikes have a volatility, it falls through the money as a stock's does,
/// and each side's own volatility near the money agrees with the other's.
void ChainAnalyticsTest::realChainIsSane()
{
    auto set = chains::realSet("us_equity_options_lean/aapl_20140606.csv.gz",
                               market::fromNewYork(makeDate(2014, 6, 6), std::chrono::hours(16)),
                               market::ExerciseStyle::American);
    if (!set)
        QSKIP("the real quotes are not beside the project, or there is no gzip to read them");
    set->underlyingLast = 645.57;
    const ChainAnalytics found = analyse(*set, set->at, {0.002, 0});
    QCOMPARE(found.expirations[0].forwardOrigin, ForwardOrigin::None); // expires that very minute
    for (std::size_t e = 1; e < found.expirations.size(); ++e) {
        const ExpirationAnalytics& each = found.expirations[e];
        QCOMPARE(each.forwardOrigin, ForwardOrigin::ParityWithRate);
        QVERIFY2(each.atmVolatility > 0.2 && each.atmVolatility < 0.3, qPrintable(QString::number(each.atmVolatility)));
        std::size_t quoted = 0;
        for (std::size_t row = 0; row < each.volatility.size(); ++row) {
            quoted += each.origin[row] == VolatilityOrigin::Quote ? 1 : 0;
            QVERIFY(std::isfinite(each.calls.delta[row]) && std::isfinite(each.puts.theta[row]));
            const double strike = set->expirations[e].strikes[row];
            const double difference = std::abs(each.calls.iv[row] - each.puts.iv[row]);
            if (std::abs(std::log(strike / each.forward)) < 0.02 && !std::isnan(difference))
                QVERIFY2(difference < 0.015, qPrintable(QString::number(difference)));
        }
        QVERIFY(quoted * 10 >= each.volatility.size() * 7);
    }
}

QTEST_GUILESS_MAIN(ChainAnalyticsTest)
#include "chain_analytics_test.moc"
