#include "desk/chain_fixture.h"
#include "desk/subscriptions.h"

#include <QTest>

#include <algorithm>

using namespace vegadesk;
using market::Right;

namespace
{
const base::Date january = base::makeDate(2027, 1, 15);
const base::Date february = base::makeDate(2027, 2, 19);
} // namespace

class SubscriptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unknownSymbolsAreLeftOut()
    {
        const tests::ChainFixture fixture({january}, 95, 105);
        desk::Interest interest;
        interest.symbols = {"XYZ", "NOPE"};
        const auto wanted = desk::wantedInstruments(fixture.book, interest);
        QCOMPARE(wanted.size(), std::size_t{1});
        QCOMPARE(wanted.front(), market::Wanted(*fixture.book.find("XYZ"), market::Need::Visible));
    }

    void theSelectedExpirationStreamsWhole()
    {
        const tests::ChainFixture fixture({january, february}, 60, 140);
        desk::Interest interest;
        interest.shown = desk::ShownChain{fixture.layout, 1};
        const auto wanted = desk::wantedInstruments(fixture.book, interest);
        QCOMPARE(wanted.size(), std::size_t{1 + 2 * 81}); // no spot yet: nothing around the money of the other one
        QVERIFY(std::ranges::is_sorted(wanted, {}, &market::Wanted::index));
        QVERIFY(
            std::ranges::all_of(wanted, [](const market::Wanted& each) { return each.need == market::Need::Visible; }));
    }

    void theOthersStreamAroundTheMoneyOnceTheSpotIsKnown()
    {
        tests::ChainFixture fixture({january, february}, 60, 140);
        fixture.book.put(*fixture.book.find("XYZ"), market::Quote{99.9, 100.1, 1, 1, {}});
        desk::Interest interest;
        interest.shown = desk::ShownChain{fixture.layout, 1};
        const auto wanted = desk::wantedInstruments(fixture.book, interest);
        // Ten strikes at the money for the forward, and 24 evenly over a quarter each way: some are the same.
        QCOMPARE(wanted.size(), std::size_t{1 + 2 * 81 + 2 * 30});
        const auto contains = [&](const std::string& symbol) {
            return std::ranges::find(wanted, market::Wanted(*fixture.book.find(symbol), market::Need::Chain)) !=
                   wanted.end();
        };
        QVERIFY(contains(fixture.symbol(january, 100, Right::Call)));
        QVERIFY(contains(fixture.symbol(january, 75, Right::Put)));
        QVERIFY(contains(fixture.symbol(january, 125, Right::Call)));
        QVERIFY(!contains(fixture.symbol(january, 130, Right::Put)));
        for (int strike = 95; strike < 105; ++strike)
            QVERIFY(contains(fixture.symbol(january, strike, Right::Put)));
    }

    void ofWhatIsLookedAtTheMoneyAloneStreams()
    {
        tests::ChainFixture fixture({january, february}, 60, 140);
        fixture.book.put(*fixture.book.find("XYZ"), market::Quote{99.9, 100.1, 1, 1, {}});
        desk::Interest interest;
        interest.atMoney.push_back({fixture.layout, {1}});
        const auto wanted = desk::wantedInstruments(fixture.book, interest);
        QCOMPARE(wanted.size(), std::size_t{1 + 2 * 10});
        QCOMPARE(std::ranges::count(wanted, market::Need::Chain, &market::Wanted::need), 20);
        const auto contains = [&](base::Date expiry, int strike) {
            const auto index = *fixture.book.find(fixture.symbol(expiry, strike, Right::Put));
            return std::ranges::find(wanted, index, &market::Wanted::index) != wanted.end();
        };
        QVERIFY(contains(february, 95) && contains(february, 104));
        QVERIFY(!contains(february, 94) && !contains(january, 100));
    }

    void whatIsHeldStreamsWithItsPartnerAndTheMoney()
    {
        tests::ChainFixture fixture({january, february}, 60, 140);
        fixture.book.put(*fixture.book.find("XYZ"), market::Quote{99.9, 100.1, 1, 1, {}});
        desk::Interest interest;
        interest.held.push_back({fixture.layout, {fixture.symbol(february, 70, Right::Put)}});
        const auto wanted = desk::wantedInstruments(fixture.book, interest);
        QCOMPARE(wanted.size(), std::size_t{1 + 2 + 2 * 10});
        const auto partner = *fixture.book.find(fixture.symbol(february, 70, Right::Call));
        QVERIFY(std::ranges::find(wanted, market::Wanted(partner, market::Need::Held)) != wanted.end());
        QCOMPARE(std::ranges::count(wanted, market::Need::Held, &market::Wanted::need), 3); // and the underlying
    }
};

QTEST_GUILESS_MAIN(SubscriptionsTest)
#include "test_subscriptions.moc"
