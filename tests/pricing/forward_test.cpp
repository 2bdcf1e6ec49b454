#include "pricing/forward.h"

#include "base/random.h"
#include "binomial_tree.h"
#include "chains.h"

#include <QtTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::pricing;
using base::makeDate;

namespace
{

constexpr double notANumber = std::numeric_limits<double>::quiet_NaN();
const base::Instant now = market::fromNewYork(makeDate(2026, 11, 20), std::chrono::hours(12));

} // namespace

class ForwardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversForwardAndDiscount();
    void americansTakeTheGivenRate();
    void ignoresWhatIsNotTradable_data();
    void ignoresWhatIsNotTradable();
    void oneBadQuoteDoesNotMoveIt();
    void noisySlopeIsNotADiscount();
    void onePairIsEnoughForAForward();
    void fallsBackOnCarry();
    void knowsNothingWithoutPairsAndSpot();
    void expiredIsNotKnown();
    void takesEarlyExerciseOff_data();
    void takesEarlyExerciseOff();
    void withoutASpotAmericansStayAsTheyAre();
    void impliesYieldAndBorrow();
    void impliesTheSpot();
    void indexOptions2011_data();
    void indexOptions2011();
    void spotOfAChainWithoutOne_data();
    void spotOfAChainWithoutOne();
};

void ForwardTest::recoversForwardAndDiscount()
{
    base::Generator generator(301);
    for (int i = 0; i < 300; ++i) {
        const MarketPoint market{generator.uniform(20, 6000), generator.uniform(-0.01, 0.08),
                                 generator.uniform(0, 0.05)};
        const int days = static_cast<int>(generator.integer(20, 800));
        const auto chain = chains::smooth(market, now, {days}, market::ExerciseStyle::European, 0);
        const ForwardEstimate found = estimateForward(chain.expirations[0], now, notANumber, {0.5, 0.5});
        QCOMPARE(found.origin, ForwardOrigin::Parity);
        const double forward = market.spot * std::exp((market.rate - market.dividendYield) * found.years);
        QVERIFY(std::abs(found.forward / forward - 1) <= 1e-9);
        QVERIFY(std::abs(found.discount - std::exp(-market.rate * found.years)) <= 1e-9);
        QVERIFY(found.pairs >= 5);
    }
}

void ForwardTest::americansTakeTheGivenRate()
{
    const MarketPoint market{600, 0.05, 0.01};
    const auto chain = chains::smooth(market, now, {90}, market::ExerciseStyle::American, 0.02);
    const ForwardEstimate found = estimateForward(chain.expirations[0], now, 600, {0.05, 0});
    QCOMPARE(found.origin, ForwardOrigin::ParityWithRate);
    QCOMPARE(found.discount, std::exp(-0.05 * found.years));
    QVERIFY(std::abs(found.forward - 600 * std::exp(0.04 * found.years)) <= 1e-6);
    QVERIFY(found.forwardError < 0.01);
}

void ForwardTest::ignoresWhatIsNotTradable_data()
{
    QTest::addColumn<double>("bid");
    QTest::addColumn<double>("ask");
    QTest::newRow("crossed") << 90.0 << 1.0;
    QTest::newRow("one-sided") << 90.0 << notANumber;
    QTest::newRow("zero bid") << 0.0 << 90.0;
    QTest::newRow("negative") << -5.0 << 90.0;
}

void ForwardTest::ignoresWhatIsNotTradable()
{
    QFETCH(double, bid);
    QFETCH(double, ask);
    const MarketPoint market{100, 0.03, 0.01};
    auto chain = chains::smooth(market, now, {60}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    const ForwardEstimate before = estimateForward(expiration, now, notANumber, {});
    for (std::size_t row = 0; row < expiration.strikes.size(); row += 5)
        chains::setQuote(expiration.calls, row, bid, ask, now);
    const ForwardEstimate after = estimateForward(expiration, now, notANumber, {});
    QVERIFY(after.pairs < before.pairs);
    QVERIFY(std::abs(after.forward - before.forward) <= 1e-6);
}

void ForwardTest::oneBadQuoteDoesNotMoveIt()
{
    const MarketPoint market{100, 0.03, 0.01};
    for (const auto style : {market::ExerciseStyle::European, market::ExerciseStyle::American}) {
        auto chain = chains::smooth(market, now, {60}, style, 0.02);
        market::Expiration& expiration = chain.expirations[0];
        const ForwardEstimate before = estimateForward(expiration, now, notANumber, {0.03, 0});
        const std::size_t middle = expiration.strikes.size() / 2;
        const double mid = expiration.calls.quoteAt(middle).mid();
        chains::setQuote(expiration.calls, middle, mid + 4.99, mid + 5.01, now); // tight, and wrong by five dollars
        const ForwardEstimate after = estimateForward(expiration, now, notANumber, {0.03, 0});
        QCOMPARE(after.pairs + 1, before.pairs);
        QVERIFY(std::abs(after.forward - before.forward) <= 1e-6);
    }
}

void ForwardTest::noisySlopeIsNotADiscount()
{
    const MarketPoint market{100, 0.03, 0};
    auto chain = chains::smooth(market, now, {3}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    base::Generator generator(302);
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const market::Quote quote = expiration.calls.quoteAt(row);
        const double noise = generator.uniform(0, 0.02); // two cents on three days: rates of tens of percent
        chains::setQuote(expiration.calls, row, quote.bid + noise, quote.ask + noise, now);
    }
    const ForwardEstimate found = estimateForward(expiration, now, notANumber, {0.03, 0});
    QCOMPARE(found.origin, ForwardOrigin::ParityWithRate);
    QCOMPARE(found.discount, std::exp(-0.03 * found.years));
    QVERIFY(std::abs(found.forward - 100) < 0.05);
}

void ForwardTest::onePairIsEnoughForAForward()
{
    const MarketPoint market{100, 0.03, 0};
    auto chain = chains::smooth(market, now, {30}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    const std::size_t kept = expiration.strikes.size() / 2;
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        if (row != kept)
            chains::setQuote(expiration.puts, row, notANumber, notANumber, now);
    }
    const ForwardEstimate found = estimateForward(expiration, now, notANumber, {0.03, 0});
    QCOMPARE(found.pairs, std::size_t{1});
    QVERIFY(std::abs(found.forward - 100 * std::exp(0.03 * found.years)) <= 1e-6);
    QVERIFY(found.forwardError > 0.01); // the pair's own spread, four cents
}

void ForwardTest::fallsBackOnCarry()
{
    auto chain = chains::smooth({100, 0.03, 0}, now, {30}, market::ExerciseStyle::European, 0.02);
    market::Expiration& expiration = chain.expirations[0];
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row)
        chains::setQuote(expiration.puts, row, notANumber, notANumber, now);
    const ForwardEstimate found = estimateForward(expiration, now, 250, {0.04, 0.01});
    QCOMPARE(found.origin, ForwardOrigin::Carry);
    QCOMPARE(found.pairs, std::size_t{0});
    QCOMPARE(found.forward, 250 * std::exp(0.03 * found.years));
    QVERIFY(std::isnan(found.forwardError));
}

void ForwardTest::knowsNothingWithoutPairsAndSpot()
{
    const market::OptionChain chain = chains::smooth({100, 0.03, 0}, now, {30}, market::ExerciseStyle::European, 0.02);
    market::Expiration bare = chain.expirations[0];
    bare.strikes.clear();
    bare.calls.resize(0);
    bare.puts.resize(0);
    for (const double spot : {notANumber, 0.0, -1.0}) {
        const ForwardEstimate found = estimateForward(bare, now, spot, {});
        QCOMPARE(found.origin, ForwardOrigin::None);
        QVERIFY(std::isnan(found.forward) && std::isnan(found.discount));
    }
}

void ForwardTest::expiredIsNotKnown()
{
    const auto chain = chains::smooth({100, 0.03, 0}, now, {30}, market::ExerciseStyle::European, 0.02);
    const market::Expiration& expiration = chain.expirations[0];
    for (const auto later : {expiration.expiresAt, expiration.expiresAt + std::chrono::hours(24)})
        QCOMPARE(estimateForward(expiration, later, 100, {}).origin, ForwardOrigin::None);
}

void ForwardTest::takesEarlyExerciseOff_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("dividendYield");
    QTest::newRow("puts are exercised") << 0.06 << 0.01;
    QTest::newRow("calls are exercised") << 0.01 << 0.08;
    QTest::newRow("hard to borrow") << 0.04 << 0.20;
}

void ForwardTest::takesEarlyExerciseOff()
{
    QFETCH(double, rate);
    QFETCH(double, dividendYield);
    const MarketPoint market{100, rate, dividendYield};
    auto chain = chains::smooth(market, now, {200}, market::ExerciseStyle::American, 0.01);
    market::Expiration& expiration = chain.expirations[0];
    const double years = market::yearsUntil(now, expiration.expiresAt);
    const double forward = 100 * std::exp((rate - dividendYield) * years);
    for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
        const double vol = chains::smoothVolatility(std::log(expiration.strikes[row] / forward), years);
        for (const Right right : {Right::Call, Right::Put}) {
            const double price = binomial_tree::price(binomial_tree::Exercise::AnyTime, right, market,
                                                      expiration.strikes[row], years, vol);
            chains::setQuote(expiration.side(right), row, price - 0.01, price + 0.01, now);
        }
    }
    const Rates known{rate, 0};
    const ForwardEstimate biased = estimateForward(expiration, now, 100, known);
    const ForwardEstimate found =
        estimateAmericanForward(expiration, now, 100, known, binomial_tree::withoutEarlyExercise);
    QVERIFY2(std::abs(biased.forward - forward) > 0.05, qPrintable(QString::number(biased.forward - forward)));
    QVERIFY2(std::abs(found.forward - forward) < 1e-4, qPrintable(QString::number(found.forward - forward)));
    QCOMPARE(found.origin, ForwardOrigin::ParityWithRate);
    QVERIFY(std::abs(impliedRates(found, 100).dividendYield - dividendYield) < 1e-5);
}

void ForwardTest::withoutASpotAmericansStayAsTheyAre()
{
    const auto chain = chains::smooth({100, 0.05, 0.01}, now, {90}, market::ExerciseStyle::American, 0.02);
    bool wasAsked = false;
    const auto neverAsked = [&](Right, const MarketPoint&, double, std::span<const double>, std::span<const double>,
                                std::span<double>) { wasAsked = true; };
    const ForwardEstimate found = estimateAmericanForward(chain.expirations[0], now, notANumber, {0.05, 0}, neverAsked);
    QCOMPARE(found.forward, estimateForward(chain.expirations[0], now, notANumber, {0.05, 0}).forward);
    QVERIFY(!wasAsked);
}

void ForwardTest::impliesYieldAndBorrow()
{
    ForwardEstimate estimate;
    estimate.years = 0.5;
    estimate.discount = std::exp(-0.04 * 0.5);
    estimate.forward = 80 * std::exp((0.04 - 0.025) * 0.5);
    QVERIFY(std::abs(impliedRates(estimate, 80).rate - 0.04) < 1e-14);
    QVERIFY(std::abs(impliedRates(estimate, 80).dividendYield - 0.025) < 1e-14);
    QVERIFY(std::abs(impliedBorrow(estimate, 80, 0.01) - 0.015) < 1e-14);
    QVERIFY(std::isnan(impliedBorrow(estimate, notANumber, 0.01)));
    QVERIFY(std::isnan(impliedRates(ForwardEstimate{}, 80).rate));
}

void ForwardTest::impliesTheSpot()
{
    const MarketPoint market{321.5, 0.04, 0.01};
    auto chain = chains::smooth(market, now, {5, 12, 19, 200}, market::ExerciseStyle::American, 0.02);
    QVERIFY(std::abs(impliedSpot(chain, now, {0.04, 0.01}) - 321.5) <= 1e-3);
    // A nearest expiry that is off by a dollar is outvoted by the next two.
    market::Expiration& first = chain.expirations[0];
    for (std::size_t row = 0; row < first.strikes.size(); ++row) {
        const market::Quote quote = first.calls.quoteAt(row);
        chains::setQuote(first.calls, row, quote.bid + 1, quote.ask + 1, now);
    }
    QVERIFY(std::abs(impliedSpot(chain, now, {0.04, 0.01}) - 321.5) <= 1e-3);
    chain.expirations.clear();
    QVERIFY(std::isnan(impliedSpot(chain, now, {})));
}

/// Real index quotes; the set's expiry labels are approximate, its forwards are not (tolerance as published: 0.1).
void ForwardTest::indexOptions2011_data()
{
    QTest::addColumn<QString>("expiry");
    QTest::addColumn<double>("forward");
    QTest::newRow("2011-02") << "2011-02-19" << 1287.70;
    QTest::newRow("2011-03") << "2011-03-16" << 1286.53;
    QTest::newRow("2011-05") << "2011-05-18" << 1282.48;
    QTest::newRow("2011-08") << "2011-08-17" << 1277.59;
    QTest::newRow("2011-11") << "2011-11-17" << 1272.47;
    QTest::newRow("2012-11") << "2012-11-22" << 1259.09;
    QTest::newRow("2013-11") << "2013-11-21" << 1255.11;
}

void ForwardTest::indexOptions2011()
{
    QFETCH(QString, expiry);
    QFETCH(double, forward);
    const auto set =
        chains::realSet("spx_20110124/spx_options.csv",
                        market::fromNewYork(makeDate(2011, 1, 24), std::chrono::hours(14) + std::chrono::minutes(3)),
                        market::ExerciseStyle::European);
    if (!set)
        QSKIP("the real quotes are not beside the project");
    const auto found =
        std::ranges::find(set->expirations, *base::parseDate(expiry.toStdString()), &market::Expiration::date);
    QVERIFY(found != set->expirations.end());
    const ForwardEstimate estimate = estimateForward(*found, set->at, notANumber, {});
    QCOMPARE(estimate.origin, ForwardOrigin::Parity);
    QVERIFY2(std::abs(estimate.forward - forward) <= 0.1, qPrintable(QString::number(estimate.forward, 'f', 3)));
    QVERIFY(estimate.discount > 0.95 && estimate.discount < 1.0005);
}

/// Six instants of a morning without a stock price; the January forwards put the stock between 747.5 and 750.9.
void ForwardTest::spotOfAChainWithoutOne_data()
{
    QTest::addColumn<int>("millis");
    for (const int millis : {34'260'000, 36'000'000, 39'600'000, 43'200'000, 46'200'000, 46'680'000})
        QTest::addRow("%d", millis) << millis;
}

void ForwardTest::spotOfAChainWithoutOne()
{
    QFETCH(int, millis);
    const auto name = QStringLiteral("goog_minute_20151224/goog_20151224_%1.csv.gz").arg(millis);
    const auto set =
        chains::realSet(name, market::fromNewYork(makeDate(2015, 12, 24), std::chrono::seconds(millis / 1000)),
                        market::ExerciseStyle::American);
    if (!set)
        QSKIP("the real quotes are not beside the project, or there is no gzip to read them");
    const double spot = impliedSpot(*set, set->at, {0.004, 0});
    QVERIFY2(spot > 747 && spot < 751, qPrintable(QString::number(spot)));
    const auto january = std::ranges::find(set->expirations, makeDate(2016, 1, 15), &market::Expiration::date);
    QVERIFY(january != set->expirations.end());
    QVERIFY(std::abs(estimateForward(*january, set->at, notANumber, {0.004, 0}).forward - spot) < 1);
}

QTEST_GUILESS_MAIN(ForwardTest)
#include "forward_test.moc"
