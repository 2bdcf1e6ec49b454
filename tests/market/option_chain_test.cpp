#include "market/calendar.h"
#include "market/option_chain.h"
#include "market/symbols.h"

#include <QtTest>

#include <algorithm>

using namespace vegadesk;
using namespace vegadesk::market;
using base::makeDate;
using namespace std::chrono_literals;

namespace
{

const base::Instant now = fromNewYork(makeDate(2026, 11, 20), 12h);

Instrument underlying()
{
    Instrument out;
    out.symbol = out.streamerSymbol = out.underlying = "SPX";
    out.type = InstrumentType::Index;
    return out;
}

Instrument option(std::string root, base::Date expiry, Right right, int strike, Settlement settlement = Settlement::PM)
{
    Instrument out;
    out.option = OptionTerms{std::move(root), expiry, right, base::Decimal::fromInteger(strike)};
    out.symbol = *toOccSymbol(*out.option);
    out.streamerSymbol = *toStreamerSymbol(*out.option);
    out.type = InstrumentType::EquityOption;
    out.underlying = "SPX";
    out.multiplier = 100;
    out.style = ExerciseStyle::European;
    out.settlement = settlement;
    out.expiresAt = expiryInstant(expiry, settlement);
    return out;
}

/// SPX and SPXW on one day, one weekly later, in no order; the 6100 put is not listed on the weekly.
ChainDefinition definition()
{
    const base::Date monthly = makeDate(2026, 12, 18);
    const base::Date weekly = makeDate(2026, 12, 24);
    ChainDefinition out;
    out.underlying = underlying();
    out.options = {option("SPXW", weekly, Right::Call, 6100),
                   option("SPXW", weekly, Right::Put, 6000),
                   option("SPXW", weekly, Right::Call, 6000),
                   option("SPXW", monthly, Right::Call, 6000),
                   option("SPXW", monthly, Right::Put, 6000),
                   option("SPX", monthly, Right::Put, 6000, Settlement::AM),
                   option("SPX", monthly, Right::Call, 6000, Settlement::AM),
                   underlying()}; // not an option: no row
    return out;
}

} // namespace

class OptionChainTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void laysOut();
    void layoutDependsOnTheDefinitionAlone();
    void fillsFromTheBook();
    void refreshesOneExpiration();
    void theUnderlyingAgesToo_data();
    void theUnderlyingAgesToo();
    void findsContracts();
    void spotPrefersATwoSidedQuote_data();
    void spotPrefersATwoSidedQuote();
};

void OptionChainTest::laysOut()
{
    const OptionChain chain = emptyChain(definition());
    QCOMPARE(chain.underlying, std::string("SPX"));
    QCOMPARE(chain.expirations.size(), std::size_t{3});
    const Expiration& monthly = chain.expirations[0];
    const Expiration& pm = chain.expirations[1];
    const Expiration& weekly = chain.expirations[2];
    QCOMPARE(monthly.root, std::string("SPX"));
    QCOMPARE(pm.root, std::string("SPXW"));
    QVERIFY(monthly.date == pm.date);
    QVERIFY(monthly.settlement == Settlement::AM && pm.settlement == Settlement::PM);
    QVERIFY(monthly.expiresAt == fromNewYork(monthly.date, 9h + 30min));
    QVERIFY(weekly.expiresAt == fromNewYork(weekly.date, 13h)); // half day
    QCOMPARE(weekly.multiplier, 100);
    QVERIFY(weekly.style == ExerciseStyle::European);
    QCOMPARE(weekly.strikes, (std::vector<double>{6000, 6100}));
    QCOMPARE(weekly.calls.size(), std::size_t{2});
    QCOMPARE(weekly.puts.size(), std::size_t{2});
    QVERIFY(weekly.puts.symbols[1].empty());
    QVERIFY(std::isnan(weekly.puts.bid[1]) && std::isnan(weekly.calls.bid[0]));
    QVERIFY(!isTradable(weekly.puts.flags[1]) && !isTradable(weekly.calls.flags[0]));
}

void OptionChainTest::layoutDependsOnTheDefinitionAlone()
{
    ChainDefinition shuffled = definition();
    std::ranges::reverse(shuffled.options);
    const OptionChain a = emptyChain(definition());
    const OptionChain b = makeChain(shuffled, Book(), now, base::Nanos{0});
    QCOMPARE(a.expirations.size(), b.expirations.size());
    for (std::size_t e = 0; e < a.expirations.size(); ++e) {
        QCOMPARE(a.expirations[e].root, b.expirations[e].root);
        QCOMPARE(a.expirations[e].strikes, b.expirations[e].strikes);
        QCOMPARE(a.expirations[e].calls.symbols, b.expirations[e].calls.symbols);
        QCOMPARE(a.expirations[e].puts.symbols, b.expirations[e].puts.symbols);
    }
}

void OptionChainTest::fillsFromTheBook()
{
    Book book;
    const ChainDefinition listed = definition();
    for (const Instrument& each : listed.options)
        book.add(each);
    const auto call = *book.find(listed.options[0].symbol);
    book.put(call, Quote{1.5, 1.7, 11, 12, now - 1s});
    book.put(call, Trade{1.6, 2, 345, now});
    book.put(call, Summary{1, 2, 3, 4, 5000});
    book.put(*book.find("SPX"), Trade{6012.5, 1, 1, now});

    const OptionChain chain = makeChain(listed, book, now, 10s);
    QVERIFY(chain.at == now);
    QCOMPARE(chain.spot(), 6012.5);
    const OptionColumns& calls = chain.expirations[2].calls;
    QCOMPARE(calls.symbols[1], listed.options[0].symbol);
    QCOMPARE(calls.instruments[1], call);
    QCOMPARE(calls.bid[1], 1.5);
    QCOMPARE(calls.ask[1], 1.7);
    QCOMPARE(calls.bidSize[1], 11.0);
    QCOMPARE(calls.askSize[1], 12.0);
    QCOMPARE(calls.last[1], 1.6);
    QCOMPARE(calls.volume[1], 345.0);
    QCOMPARE(calls.openInterest[1], 5000.0);
    QVERIFY(calls.time[1] == now - 1s);
    QVERIFY(calls.flags[1].none());
    QVERIFY(!isTradable(calls.flags[0])); // listed, not quoted
    QVERIFY(makeChain(listed, book, now + 1min, 10s).expirations[2].calls.flags[1].has(QuoteFlag::Stale));
}

void OptionChainTest::refreshesOneExpiration()
{
    Book book;
    const ChainDefinition listed = definition();
    OptionChain chain = emptyChain(listed); // before the Book knows them
    for (const Instrument& each : listed.options)
        book.put(book.add(each), Quote{1, 2, 3, 4, now});
    refresh(chain.expirations[1], book, now, base::Nanos{0});
    QCOMPARE(chain.expirations[1].calls.bid[0], 1.0);
    QVERIFY(std::isnan(chain.expirations[0].calls.bid[0]));
    refresh(chain, book, now, base::Nanos{0});
    QCOMPARE(chain.expirations[0].calls.bid[0], 1.0);
    QVERIFY(std::isnan(chain.expirations[2].puts.bid[1])); // never listed
}

void OptionChainTest::theUnderlyingAgesToo_data()
{
    QTest::addColumn<double>("bid");
    QTest::addColumn<int>("quoteAge"); // seconds
    QTest::addColumn<int>("tradeAge");
    QTest::addColumn<bool>("isQuoteStale");
    QTest::addColumn<bool>("isSpotStale");
    QTest::newRow("fresh") << 5999.0 << 1 << 100 << false << false;
    QTest::newRow("old quote") << 5999.0 << 11 << 1 << true << true;
    QTest::newRow("an index goes by its trades") << unknown << 1 << 1 << false << false;
    QTest::newRow("an old trade") << unknown << 1 << 11 << false << true;
}

void OptionChainTest::theUnderlyingAgesToo()
{
    QFETCH(double, bid);
    QFETCH(int, quoteAge);
    QFETCH(int, tradeAge);
    QFETCH(bool, isQuoteStale);
    QFETCH(bool, isSpotStale);
    Book book;
    for (const Instrument& each : definition().options)
        book.add(each);
    const auto index = book.add(definition().underlying);
    book.put(index, Quote{bid, 6001, 1, 1, now - std::chrono::seconds(quoteAge)});
    book.put(index, Trade{6002, 1, 1, now - std::chrono::seconds(tradeAge)});
    const OptionChain aged = makeChain(definition(), book, now, 10s);
    QCOMPARE(aged.underlyingFlags.has(QuoteFlag::Stale), isQuoteStale);
    QCOMPARE(aged.isSpotStale, isSpotStale);
    QVERIFY(std::isfinite(aged.spot()));
    const OptionChain ageless = makeChain(definition(), book, now, base::Nanos{0});
    QVERIFY(!ageless.underlyingFlags.has(QuoteFlag::Stale) && !ageless.isSpotStale);
    const OptionChain down = makeChain(definition(), book, now, base::Nanos{1});
    QVERIFY(down.underlyingFlags.has(QuoteFlag::Stale) && down.isSpotStale);
}

void OptionChainTest::findsContracts()
{
    const OptionChain chain = emptyChain(definition());
    for (const Instrument& each : definition().options) {
        const auto found = find(chain, each.symbol);
        QCOMPARE(found.has_value(), each.isOption());
        if (found)
            QCOMPARE(chain.expirations[found->expiration].side(found->right).symbols[found->row], each.symbol);
    }
    QVERIFY(!find(chain, ""));
    QVERIFY(!find(chain, "SPXW  261224P06100000")); // the strike is there, the put is not
    QVERIFY(!find(chain, "SPXW  261224C06050000"));
    QVERIFY(!find(chain, "SPXW  261223C06000000"));
    QVERIFY(!find(chain, "SPY   261224C06000000"));
}

void OptionChainTest::spotPrefersATwoSidedQuote_data()
{
    QTest::addColumn<double>("bid");
    QTest::addColumn<double>("ask");
    QTest::addColumn<double>("expected");
    QTest::newRow("two-sided") << 99.0 << 101.0 << 100.0;
    QTest::newRow("one-sided") << 99.0 << unknown << 42.0;
    QTest::newRow("crossed") << 101.0 << 99.0 << 42.0;
    QTest::newRow("no bid") << 0.0 << 101.0 << 42.0;
    QTest::newRow("nothing") << unknown << unknown << 42.0;
}

void OptionChainTest::spotPrefersATwoSidedQuote()
{
    QFETCH(double, bid);
    QFETCH(double, ask);
    QFETCH(double, expected);
    OptionChain chain;
    chain.underlyingQuote.bid = bid;
    chain.underlyingQuote.ask = ask;
    chain.underlyingLast = 42;
    QCOMPARE(chain.spot(), expected);
}

QTEST_GUILESS_MAIN(OptionChainTest)
#include "option_chain_test.moc"
