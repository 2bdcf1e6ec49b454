#include "history/simulated_chains.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::history;
using namespace vegadesk::tests;
using base::Date;
using base::makeDate;
using market::Right;

namespace
{

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

} // namespace

class GeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void universeIsBigAndMarkedAsSimulated()
    {
        std::set<std::string> symbols;
        for (const SimulatedUnderlying& one : simulatedUniverse()) {
            QVERIFY(symbols.insert(one.symbol).second);
            QVERIFY(one.description.starts_with("Simulated"));
            QVERIFY(one.curvature * (1 + std::abs(one.skew)) <= 2);
        }
        QVERIFY(symbols.size() >= 34);
        for (const char* needed : {"SPX", "SPY", "QQQ", "IWM", "AAPL", "MSFT", "NVDA", "TSLA", "UNH"})
            QVERIFY(findSimulated(needed) != nullptr);
        QVERIFY(findSimulated("NOPE") == nullptr);
    }

    void stocksAreConstituentsAndNothingElseIs()
    {
        double sum = 0;
        int constituents = 0;
        for (const SimulatedUnderlying& one : simulatedUniverse()) {
            const bool isStock = !one.isIndex() && !one.hasDailyExpiries;
            QVERIFY2((one.indexWeight > 0) == isStock && one.indexWeight < 0.1, one.symbol.c_str());
            sum += one.indexWeight;
            constituents += isStock ? 1 : 0;
        }
        QVERIFY(constituents >= 30);
        QVERIFY2(sum > 0.5 && sum < 1, qPrintable(QString::number(sum)));
        QCOMPARE(findSimulated("NVDA")->indexWeight, 0.077);
    }

    /// Every name must stay one that can be traded, from the first day it is simulated on.
    void everyNameHasAPriceOnEveryDay()
    {
        PricePath path(287);
        const std::size_t last = path.dayOnOrBefore(makeDate(2026, 6, 30));
        QVERIFY(last > 2800);
        for (const SimulatedUnderlying& one : simulatedUniverse()) {
            double lowest = one.anchorPrice, highest = lowest;
            for (std::size_t day = 0; day <= last; ++day) {
                lowest = std::min(lowest, path.close(one, day));
                highest = std::max(highest, path.close(one, day));
            }
            QVERIFY2(
                lowest > 0.8 && highest < 5 * one.anchorPrice,
                qPrintable(
                    QStringLiteral("%1: %2 to %3").arg(QString::fromStdString(one.symbol)).arg(lowest).arg(highest)));
        }
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

    void volumeOnlyGrowsAndOpenInterestStandsWithinADay()
    {
        MarketGenerator generator(3);
        const Date day = makeDate(2025, 4, 8), dayAfter = makeDate(2025, 4, 9);
        market::OptionChain before, now;
        generator.snapshot(name("SPY"), market::fromNewYork(day, std::chrono::hours(10)), before);
        int grown = 0, counted = 0;
        for (int minute = 10 * 60 + 1; minute < 16 * 60; minute += 23) {
            generator.snapshot(name("SPY"), market::fromNewYork(day, std::chrono::minutes(minute)), now);
            QCOMPARE(now.expirations.size(), before.expirations.size());
            for (std::size_t i = 0; i < now.expirations.size(); ++i) {
                for (const Right right : {Right::Call, Right::Put}) {
                    const market::OptionColumns& was = before.expirations[i].side(right);
                    const market::OptionColumns& is = now.expirations[i].side(right);
                    for (std::size_t row = 0; row < is.size(); ++row) {
                        QCOMPARE(is.openInterest[row], was.openInterest[row]);
                        QVERIFY2(is.volume[row] >= was.volume[row], is.symbols[row].c_str());
                        grown += is.volume[row] > was.volume[row] ? 1 : 0;
                    }
                }
            }
            std::swap(before, now);
        }
        QVERIFY(grown > 1000);
        // Overnight it is counted again.
        generator.snapshot(name("SPY"), market::fromNewYork(dayAfter, std::chrono::hours(10)), now);
        const market::Expiration& was = before.expirations.back();
        const market::Expiration& is = now.expirations.back();
        QCOMPARE(is.strikes, was.strikes);
        for (std::size_t row = 0; row < is.strikes.size(); ++row)
            counted += is.calls.openInterest[row] != was.calls.openInterest[row] ? 1 : 0;
        QVERIFY(counted > 10);
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
