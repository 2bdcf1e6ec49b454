#include "history/simulated_chains.h"
#include "history/surface_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::history;
using namespace vegadesk::tests;
using base::Date;
using base::makeDate;
using market::Right;

namespace
{

std::vector<double> logReturns(const std::vector<market::Candle>& candles)
{
    std::vector<double> returns;
    for (std::size_t i = 1; i < candles.size(); ++i)
        returns.push_back(std::log(candles[i].close / candles[i - 1].close));
    return returns;
}

double correlation(const std::vector<double>& a, const std::vector<double>& b)
{
    double sumA = 0, sumB = 0, squareA = 0, squareB = 0, product = 0;
    const auto count = static_cast<double>(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        sumA += a[i];
        sumB += b[i];
        squareA += a[i] * a[i];
        squareB += b[i] * b[i];
        product += a[i] * b[i];
    }
    return (count * product - sumA * sumB) /
           std::sqrt((count * squareA - sumA * sumA) * (count * squareB - sumB * sumB));
}

bool isOnTick(double price, const market::TickTable& ticks)
{
    const auto decimal = base::Decimal::fromDouble(price);
    return decimal->isMultipleOf(market::tickAt(ticks, *decimal));
}

} // namespace

class GeneratedMarketTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void returnsLookLikeAMarket()
    {
        MarketGenerator generator(7);
        const Date from = makeDate(2018, 1, 2), to = makeDate(2025, 12, 31);
        const auto spx = logReturns(generator.dailyCandles(name("SPX"), from, to));
        const auto spy = logReturns(generator.dailyCandles(name("SPY"), from, to));
        const auto qqq = logReturns(generator.dailyCandles(name("QQQ"), from, to));
        const auto tesla = logReturns(generator.dailyCandles(name("TSLA"), from, to));
        QCOMPARE(spx.size(), std::size_t{2010}); // 2,011 trading days
        double squares = 0;
        for (const double r : spx)
            squares += r * r;
        const double volatility = std::sqrt(squares / static_cast<double>(spx.size()) * 252);
        QVERIFY2(volatility > 0.10 && volatility < 0.26, qPrintable(QString::number(volatility)));
        QVERIFY(correlation(spx, spy) > 0.999);
        QVERIFY(correlation(spx, qqq) > 0.85);
        const double loose = correlation(spx, tesla);
        QVERIFY2(loose > 0.2 && loose < 0.85, qPrintable(QString::number(loose)));
    }

    void intradayPricesEndAtTheClose()
    {
        MarketGenerator generator(9);
        PricePath& path = generator.path();
        for (const Date date : {makeDate(2024, 7, 3), makeDate(2024, 7, 5)}) { // a half day and a whole one
            const market::Session session = *market::sessionOn(date);
            const std::size_t day = path.dayOnOrBefore(date);
            QCOMPARE(generator.spot(name("MSFT"), session.close), path.close(name("MSFT"), day));
            QCOMPARE(generator.spot(name("MSFT"), session.close + std::chrono::hours(5)),
                     path.close(name("MSFT"), day));
            QCOMPARE(generator.spot(name("MSFT"), session.open), path.open(name("MSFT"), day));
            QCOMPARE(generator.spot(name("MSFT"), session.open - std::chrono::minutes(1)),
                     path.close(name("MSFT"), day - 1));
            // One second before the close it is near the close: the bridge has no jump at its end.
            const double before = generator.spot(name("MSFT"), session.close - std::chrono::seconds(1));
            QVERIFY(std::abs(before / path.close(name("MSFT"), day) - 1) < 0.002);
        }
    }

    void candlesHoldTogether()
    {
        MarketGenerator generator(4);
        const base::Instant from = market::fromNewYork(makeDate(2024, 5, 6), std::chrono::hours(9));
        const auto bars = generator.candles(name("SPY"), std::chrono::minutes(5), from, from + std::chrono::hours(31));
        QCOMPARE(bars.size(), std::size_t{78 + 78});
        for (const market::Candle& bar : bars) {
            QVERIFY(bar.low <= std::min(bar.open, bar.close) && bar.high >= std::max(bar.open, bar.close));
            QVERIFY(bar.volume > 0);
        }
        for (std::size_t i = 1; i < 78; ++i)
            QCOMPARE(bars[i].open, bars[i - 1].close);
    }

    void quotesAreSane_data()
    {
        QTest::addColumn<QString>("symbol");
        for (const char* symbol : {"SPX", "SPY", "AAPL", "TSLA", "KO", "LLY", "V", "PFE"})
            QTest::newRow(symbol) << QString::fromLatin1(symbol);
    }

    void quotesAreSane()
    {
        QFETCH(QString, symbol);
        const market::OptionChain chain =
            chainAt(symbol.toLatin1().constData(), makeDate(2025, 3, 14), std::chrono::hours(11));
        QVERIFY(chain.expirations.size() >= 8);
        for (const market::Expiration& expiry : chain.expirations) {
            QVERIFY(expiry.expiresAt > chain.at);
            QVERIFY(expiry.strikes.size() >= 8);
            QVERIFY(std::ranges::is_sorted(expiry.strikes));
            for (const Right right : {Right::Call, Right::Put}) {
                const market::OptionColumns& side = expiry.side(right);
                for (std::size_t row = 0; row < side.size(); ++row) {
                    QVERIFY(side.bid[row] >= 0 && side.ask[row] > side.bid[row]);
                    QVERIFY(isOnTick(side.bid[row], expiry.ticks) && isOnTick(side.ask[row], expiry.ticks));
                    QVERIFY(side.askSize[row] >= 1);
                    QCOMPARE(side.bid[row] == 0, side.bidSize[row] == 0);
                    if (row == 0)
                        continue;
                    // Nobody can buy the more valuable option for less than he sells the other.
                    const bool isCall = right == Right::Call;
                    const double dearAsk = isCall ? side.ask[row - 1] : side.ask[row];
                    const double cheapBid = isCall ? side.bid[row] : side.bid[row - 1];
                    QVERIFY(dearAsk >= cheapBid);
                }
            }
            for (std::size_t row = 1; row + 1 < expiry.strikes.size(); ++row) {
                const double left = expiry.strikes[row] - expiry.strikes[row - 1];
                const double right = expiry.strikes[row + 1] - expiry.strikes[row];
                const double butterfly = expiry.puts.ask[row - 1] * right + expiry.puts.ask[row + 1] * left -
                                         expiry.puts.bid[row] * (left + right);
                QVERIFY(butterfly >= 0);
            }
        }
    }

    void parityHoldsWithinTheSpread()
    {
        const market::OptionChain chain = chainAt("SPX", makeDate(2024, 9, 10), std::chrono::hours(14));
        const double rate = simulatedRate(makeDate(2024, 9, 10));
        for (const market::Expiration& expiry : chain.expirations) {
            const double years = market::yearsUntil(chain.at, expiry.expiresAt);
            for (std::size_t row = 0; row < expiry.strikes.size(); ++row) {
                const double worth = chain.underlyingLast * std::exp(-name("SPX").dividendYield * years) -
                                     expiry.strikes[row] * std::exp(-rate * years);
                QVERIFY(expiry.calls.bid[row] - expiry.puts.ask[row] <= worth + 1e-6);
                QVERIFY(expiry.calls.ask[row] - expiry.puts.bid[row] >= worth - 1e-6);
            }
        }
    }

    void skewAndWingsHaveTheirShape()
    {
        const market::OptionChain chain = chainAt("SPY", makeDate(2025, 4, 8), std::chrono::hours(13));
        const auto month = std::ranges::find_if(chain.expirations, [](const market::Expiration& expiry) {
            return expiry.type == market::ExpirationType::Regular;
        });
        MarketGenerator generator(3);
        const auto volatility = [&](double strike) {
            const market::OptionTerms terms{"SPY", month->date, Right::Put, base::Decimal::fromDouble(strike).value()};
            return generator.option(name("SPY"), terms, month->settlement, chain.at).greeks.volatility;
        };
        const double spot = chain.underlyingLast;
        QVERIFY(volatility(std::round(0.93 * spot)) > volatility(std::round(spot)) + 0.01);
        const auto spreadShare = [&](double strike) {
            const auto row =
                static_cast<std::size_t>(std::ranges::lower_bound(month->strikes, strike) - month->strikes.begin());
            return (month->puts.ask[row] - month->puts.bid[row]) / month->puts.quoteAt(row).mid();
        };
        QVERIFY(spreadShare(0.88 * spot) > 1.5 * spreadShare(spot));
    }

    /// By parity of American options no call is worth more over its put than the spot and the strike's present value allow.
    void earlyExerciseIsPricedWhereAskedFor()
    {
        const base::Instant at = market::fromNewYork(makeDate(2025, 4, 8), std::chrono::hours(13));
        MarketGenerator asListed(3, pricing::EarlyExercise::AsListed), ignored(3);
        market::OptionChain listed, plain;
        asListed.snapshot(name("SPY"), at, listed);
        ignored.snapshot(name("SPY"), at, plain);
        const double spot = listed.underlyingLast;
        QCOMPARE(listed.expirations.size(), plain.expirations.size());
        int dearer = 0;
        for (std::size_t i = 0; i < listed.expirations.size(); ++i) {
            const market::Expiration& expiration = listed.expirations[i];
            for (std::size_t row = 0; row < expiration.strikes.size(); ++row) {
                const double strike = expiration.strikes[row];
                QVERIFY(expiration.puts.ask[row] >= strike - spot);
                QVERIFY(expiration.puts.ask[row] >= plain.expirations[i].puts.ask[row]);
                dearer += expiration.puts.ask[row] > plain.expirations[i].puts.ask[row] ? 1 : 0;
                // What the whole chain says one contract says too.
                if (row % 10 == 0) {
                    const market::OptionTerms terms{"SPY", expiration.date, Right::Put,
                                                    base::Decimal::fromDouble(strike).value()};
                    const auto one = asListed.option(name("SPY"), terms, expiration.settlement, at);
                    QCOMPARE(one.quote.bid, expiration.puts.bid[row]);
                    QCOMPARE(one.quote.ask, expiration.puts.ask[row]);
                }
            }
        }
        QVERIFY(dearer > 100);
    }

    void varianceGrowsWithTime()
    {
        double last = 0;
        for (int days = 1; days <= 500; ++days) {
            for (const double now : {0.01, 0.04, 0.3}) {
                const double variance = atTheMoneyVariance(now, 0.04, days);
                QVERIFY(variance > atTheMoneyVariance(now, 0.04, days - 1));
                QVERIFY(variance > 0);
            }
            const double variance = atTheMoneyVariance(0.04, 0.04, days);
            QVERIFY(variance > last);
            last = variance;
        }
    }

    void optionWritersArePaidALittle()
    {
        // Averaged over many months and seeds, implied variance exceeds what follows: by a premium, not by a mistake.
        for (const char* symbol : {"SPX", "TSLA"}) {
            double implied = 0, realised = 0;
            for (std::uint64_t seed = 1; seed <= 20; ++seed) {
                MarketGenerator generator(seed);
                PricePath& path = generator.path();
                constexpr std::size_t month = 21;
                for (std::size_t day = month; day < 2500; day += month) {
                    implied += atTheMoneyVariance(path.instantVariance(name(symbol), {day, 1}),
                                                  path.longRunVariance(name(symbol)), month);
                    for (std::size_t i = 1; i <= month; ++i) {
                        const double move =
                            std::log(path.close(name(symbol), day + i) / path.close(name(symbol), day + i - 1));
                        realised += move * move;
                    }
                }
            }
            const double premium = implied / realised;
            QVERIFY2(premium > 1.02 && premium < 1.25, qPrintable(QString::number(premium)));
        }
    }
};

QTEST_GUILESS_MAIN(GeneratedMarketTest)
#include "generated_market_test.moc"
