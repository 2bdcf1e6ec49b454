#include "history/market_generator.h"
#include "history/surface_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::history;
using base::Date;
using base::makeDate;
using market::Right;

namespace
{

const SimulatedUnderlying& name(const char* symbol)
{
    return *findSimulated(symbol);
}

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

market::OptionChain chainAt(const char* symbol, Date date, std::chrono::seconds time, std::uint64_t seed = 3)
{
    MarketGenerator generator(seed);
    market::OptionChain chain;
    generator.snapshot(name(symbol), market::fromNewYork(date, time), chain);
    return chain;
}

bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool isSame(const market::OptionChain& a, const market::OptionChain& b)
{
    if (a.at != b.at || a.underlyingLast != b.underlyingLast || a.expirations.size() != b.expirations.size())
        return false;
    for (std::size_t i = 0; i < a.expirations.size(); ++i) {
        const market::Expiration& one = a.expirations[i];
        const market::Expiration& other = b.expirations[i];
        if (one.root != other.root || one.date != other.date || one.strikes != other.strikes)
            return false;
        for (const Right right : {Right::Call, Right::Put}) {
            const market::OptionColumns& left = one.side(right);
            const market::OptionColumns& second = other.side(right);
            if (left.symbols != second.symbols)
                return false;
            for (std::size_t row = 0; row < left.size(); ++row) {
                if (!isSame(left.bid[row], second.bid[row]) || !isSame(left.ask[row], second.ask[row]) ||
                    !isSame(left.bidSize[row], second.bidSize[row]) || !isSame(left.volume[row], second.volume[row]) ||
                    !isSame(left.openInterest[row], second.openInterest[row]) ||
                    !isSame(left.last[row], second.last[row]))
                    return false;
            }
        }
    }
    return true;
}

bool isOnTick(double price, const market::TickTable& ticks)
{
    const auto decimal = base::Decimal::fromDouble(price);
    return decimal->isMultipleOf(market::tickAt(ticks, *decimal));
}

} // namespace

class GeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void universeIsBigAndMarkedAsSimulated()
    {
        QVERIFY(simulatedUniverse().size() >= 14);
        std::set<std::string> symbols;
        for (const SimulatedUnderlying& one : simulatedUniverse()) {
            QVERIFY(symbols.insert(one.symbol).second);
            QVERIFY(one.description.starts_with("Simulated"));
            QVERIFY(one.curvature * (1 + std::abs(one.skew)) <= 2);
        }
        for (const char* needed : {"SPX", "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "TSLA", "UNH"})
            QVERIFY(findSimulated(needed) != nullptr);
        QVERIFY(findSimulated("NOPE") == nullptr);
    }

    void aDayIsTheSameWhereverARunBegins()
    {
        const Date day = makeDate(2023, 6, 15);
        auto early = GeneratedChainSource::make("AAPL", makeDate(2023, 5, 1), day, 11).value();
        auto late = GeneratedChainSource::make("AAPL", day, makeDate(2023, 7, 1), 11).value();
        market::OptionChain fromEarly, fromLate;
        while (early->next(fromEarly).value()) {
        }
        QVERIFY(late->next(fromLate).value());
        QCOMPARE(market::newYorkDate(fromEarly.at), day);
        QVERIFY(isSame(fromEarly, fromLate));
    }

    void seedsDiffer()
    {
        QVERIFY(!isSame(chainAt("AAPL", makeDate(2024, 3, 5), std::chrono::hours(12), 1),
                        chainAt("AAPL", makeDate(2024, 3, 5), std::chrono::hours(12), 2)));
    }

    void theOrderOfQuestionsDoesNotMatter()
    {
        MarketGenerator forward(5), backward(5);
        std::vector<double> first, second;
        const base::Instant start = market::fromNewYork(makeDate(2024, 2, 5), std::chrono::hours(9));
        for (int i = 0; i < 50; ++i)
            first.push_back(forward.spot(name("NVDA"), start + std::chrono::minutes(17 * i)));
        for (int i = 49; i >= 0; --i)
            second.push_back(backward.spot(name("NVDA"), start + std::chrono::minutes(17 * i)));
        std::ranges::reverse(second);
        QVERIFY(first == second);
    }

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
        for (const char* symbol : {"SPX", "SPY", "AAPL", "TSLA", "KO"})
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

    void indexMonthliesAreAmAndWeekliesPm()
    {
        const market::OptionChain chain = chainAt("SPX", makeDate(2024, 9, 10), std::chrono::hours(14));
        bool hasMonthly = false, hasWeekly = false;
        for (const market::Expiration& expiry : chain.expirations) {
            const bool isMonthlyRoot = expiry.root == "SPX";
            QCOMPARE(expiry.settlement, isMonthlyRoot ? market::Settlement::AM : market::Settlement::PM);
            QCOMPARE(expiry.style, market::ExerciseStyle::European);
            QCOMPARE(expiry.type == market::ExpirationType::Regular, isMonthlyRoot);
            hasMonthly = hasMonthly || isMonthlyRoot;
            hasWeekly = hasWeekly || expiry.root == "SPXW";
        }
        QVERIFY(hasMonthly && hasWeekly);
        const auto both = std::ranges::count(chain.expirations, makeDate(2024, 9, 20), &market::Expiration::date);
        QCOMPARE(both, 2); // SPX and SPXW on the third Friday
    }

    void listedContractsStayUntilTheyExpire()
    {
        auto source = GeneratedChainSource::make("IWM", makeDate(2024, 1, 2), makeDate(2024, 6, 28), 21).value();
        market::OptionChain chain;
        std::set<std::string> before;
        std::map<std::string, Date> expiries;
        while (source->next(chain).value()) {
            std::set<std::string> today;
            for (const market::Expiration& expiry : chain.expirations) {
                for (const std::string& symbol : expiry.puts.symbols) {
                    today.insert(symbol);
                    expiries[symbol] = expiry.date;
                }
            }
            for (const std::string& symbol : before)
                QVERIFY2(today.contains(symbol) || expiries[symbol] < market::newYorkDate(chain.at), symbol.c_str());
            before = std::move(today);
        }
    }

    void oneContractIsPricedAsInItsChain()
    {
        MarketGenerator generator(3);
        market::OptionChain chain;
        const base::Instant at = market::fromNewYork(makeDate(2025, 4, 8), std::chrono::hours(13));
        generator.snapshot(name("SPY"), at, chain);
        const market::Expiration& expiry = chain.expirations[6];
        for (std::size_t row = 0; row < expiry.strikes.size(); row += 7) {
            const market::OptionTerms terms{expiry.root, expiry.date, Right::Put,
                                            base::Decimal::fromDouble(expiry.strikes[row]).value()};
            const SimulatedOption one = generator.option(name("SPY"), terms, expiry.settlement, at);
            QCOMPARE(one.quote.bid, expiry.puts.bid[row]);
            QCOMPARE(one.quote.ask, expiry.puts.ask[row]);
            QCOMPARE(one.quote.askSize, expiry.puts.askSize[row]);
            QCOMPARE(one.openInterest, expiry.puts.openInterest[row]);
            QVERIFY(one.greeks.delta <= 0 && one.greeks.delta >= -1);
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

    void snapshotsFallWhereTheyShould()
    {
        auto once = GeneratedChainSource::make("KO", makeDate(2024, 7, 1), makeDate(2024, 7, 5), 1).value();
        QCOMPARE(once->snapshotCount(), std::size_t{4}); // the fourth is a holiday
        market::OptionChain chain;
        std::vector<base::Instant> times;
        while (once->next(chain).value())
            times.push_back(chain.at);
        QCOMPARE(times[0], market::fromNewYork(makeDate(2024, 7, 1), std::chrono::minutes(15 * 60 + 45)));
        QCOMPARE(times[2], market::fromNewYork(makeDate(2024, 7, 3), std::chrono::minutes(12 * 60 + 45))); // half day

        auto often = GeneratedChainSource::make("KO", makeDate(2024, 7, 1), makeDate(2024, 7, 1), 1, 13).value();
        QCOMPARE(often->snapshotCount(), std::size_t{13});
        QVERIFY(often->next(chain).value());
        QCOMPARE(chain.at, market::fromNewYork(makeDate(2024, 7, 1), std::chrono::minutes(9 * 60 + 45)));
        while (often->next(chain).value()) {
        }
        QCOMPARE(chain.at, times[0]);
        often->rewind();
        QVERIFY(often->next(chain).value());
        QCOMPARE(chain.at, market::fromNewYork(makeDate(2024, 7, 1), std::chrono::minutes(9 * 60 + 45)));
    }

    void settlementFollowsThePath()
    {
        auto source = GeneratedChainSource::make("SPX", makeDate(2024, 1, 2), makeDate(2024, 1, 31), 1).value();
        const auto closes = source->closes(makeDate(2024, 1, 19), makeDate(2024, 1, 22));
        QCOMPARE(closes.size(), std::size_t{2});
        QCOMPARE(*source->settlementPrice(makeDate(2024, 1, 19), market::Settlement::PM), closes[0].close);
        QVERIFY(*source->settlementPrice(makeDate(2024, 1, 19), market::Settlement::AM) != closes[0].close);
        QVERIFY(!source->settlementPrice(makeDate(2024, 1, 20), market::Settlement::PM)); // a Saturday
    }

    void badQuestionsAreRefusedByField_data()
    {
        QTest::addColumn<QString>("underlying");
        QTest::addColumn<int>("fromYear");
        QTest::addColumn<int>("toYear");
        QTest::addColumn<int>("snapshots");
        QTest::addColumn<QString>("field");
        QTest::newRow("unknown name") << "NOPE" << 2024 << 2025 << 1 << "underlying";
        QTest::newRow("backwards") << "SPY" << 2025 << 2024 << 1 << "to";
        QTest::newRow("too early") << "SPY" << 2001 << 2024 << 1 << "date";
        QTest::newRow("too late") << "SPY" << 2024 << 2100 << 1 << "to";
        QTest::newRow("no snapshots") << "SPY" << 2024 << 2025 << 0 << "snapshotsPerDay";
    }
    void badQuestionsAreRefusedByField()
    {
        QFETCH(QString, underlying);
        QFETCH(int, fromYear);
        QFETCH(int, toYear);
        QFETCH(int, snapshots);
        QFETCH(QString, field);
        const auto source = GeneratedChainSource::make(underlying.toStdString(), makeDate(fromYear, 6, 1),
                                                       makeDate(toYear, 6, 1), 1, snapshots);
        QVERIFY(!source);
        QCOMPARE(QString::fromStdString(source.error().field), field);
    }
};

QTEST_GUILESS_MAIN(GeneratorTest)
#include "generator_test.moc"
