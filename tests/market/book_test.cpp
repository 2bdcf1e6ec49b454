#include "base/random.h"
#include "market/book.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace vegadesk;
using namespace vegadesk::market;

namespace
{

Instrument named(const std::string& symbol)
{
    Instrument out;
    out.symbol = symbol;
    out.streamerSymbol = "." + symbol;
    return out;
}

} // namespace

class BookTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhatWasAdded();
    void keepsTheLatest();
    void readersHaveTheirOwnLists();
    void writersAndReadersTogether();
};

void BookTest::knowsWhatWasAdded()
{
    Book book;
    const InstrumentIndex a = book.add(named("A"));
    const InstrumentIndex b = book.add(named("B"));
    Instrument changed = named("A");
    changed.description = "other terms";
    QCOMPARE(book.add(changed), a);
    QVERIFY(book.instrument(a).description.empty());
    QCOMPARE(book.size(), std::size_t{2});
    QVERIFY(book.find("B") == b);
    QVERIFY(!book.find(".B"));
    QVERIFY(!book.find("C"));
    QVERIFY_EXCEPTION_THROWN(book.put(99, Quote{}), std::out_of_range);
    QVERIFY_EXCEPTION_THROWN(book.latest(99), std::out_of_range);
}

void BookTest::keepsTheLatest()
{
    Book book;
    const InstrumentIndex a = book.add(named("A"));
    QVERIFY(std::isnan(book.quote(a).bid));
    book.put(a, Quote{1, 2, 3, 4, {}});
    book.put(a, Quote{5, 6, 7, 8, {}});
    book.put(a, Trade{9, 1, 10, {}});
    book.put(a, Summary{1, 2, 3, 4, 5});
    book.put(a, FeedGreeks{11, 0.2, 0.5, 0, 0, 0, 0, {}});
    const MarketData data = book.latest(a);
    QCOMPARE(data.quote.bid, 5.0);
    QCOMPARE(data.trade.price, 9.0);
    QCOMPARE(data.summary.openInterest, 5.0);
    QCOMPARE(data.greeks.volatility, 0.2);
    QCOMPARE(book.eventCount(), std::uint64_t{5});
}

void BookTest::readersHaveTheirOwnLists()
{
    Book book;
    const InstrumentIndex a = book.add(named("A"));
    const InstrumentIndex b = book.add(named("B"));
    const auto first = book.addReader();
    const auto second = book.addReader();
    book.put(b, Quote{});
    book.put(a, Quote{});
    book.put(b, Quote{});
    std::vector<InstrumentIndex> changed{77};
    book.takeChanged(first, changed);
    QCOMPARE(changed, (std::vector<InstrumentIndex>{b, a}));
    book.takeChanged(first, changed);
    QVERIFY(changed.empty());
    book.takeChanged(second, changed);
    QCOMPARE(changed.size(), std::size_t{2});
    book.put(a, Quote{});
    book.takeChanged(first, changed);
    QCOMPARE(changed, (std::vector<InstrumentIndex>{a}));
}

/// Each writer's quotes satisfy ask = bid + 1; a torn read would not. A change must be seen no earlier than
/// its notice, so after the writers stop the reader has met every instrument's last value.
void BookTest::writersAndReadersTogether()
{
    constexpr InstrumentIndex perWriter = 50;
    constexpr int writerCount = 3;
    constexpr int rounds = 2000;
    Book book;
    for (InstrumentIndex i = 0; i < perWriter * writerCount; ++i)
        book.add(named("S" + std::to_string(i)));
    const auto reader = book.addReader();
    std::atomic<int> running{writerCount};
    std::atomic<int> torn{0};
    std::vector<double> seen(book.size(), -1);

    std::vector<std::jthread> threads;
    for (int w = 0; w < writerCount; ++w) {
        threads.emplace_back([&, w] {
            base::Generator generator(static_cast<std::uint64_t>(w));
            for (int round = 1; round <= rounds; ++round) {
                const auto index =
                    static_cast<InstrumentIndex>(w) * perWriter +
                    static_cast<InstrumentIndex>(round == rounds ? 0 : generator.integer(0, perWriter - 1));
                book.put(index, Quote{static_cast<double>(round), round + 1.0, 1, 1, {}});
                if (round % 500 == 0)
                    book.add(named("new" + std::to_string(w) + "." + std::to_string(round)));
            }
            running.fetch_sub(1);
        });
    }
    threads.emplace_back([&] {
        std::vector<InstrumentIndex> changed;
        bool isLastPass = false;
        while (true) {
            isLastPass = running.load() == 0;
            book.takeChanged(reader, changed);
            for (const InstrumentIndex index : changed) {
                const Quote quote = book.quote(index);
                if (quote.ask != quote.bid + 1 || quote.bid < seen[index])
                    torn.fetch_add(1);
                seen[index] = quote.bid;
            }
            if (isLastPass)
                break;
            std::this_thread::yield();
        }
    });
    threads.clear(); // joins
    QCOMPARE(torn.load(), 0);
    QCOMPARE(book.eventCount(), std::uint64_t{writerCount * rounds});
    QCOMPARE(book.size(), std::size_t{perWriter * writerCount + writerCount * (rounds / 500)});
    for (InstrumentIndex index = 0; index < perWriter * writerCount; ++index) {
        const double last = book.quote(index).bid;
        QCOMPARE(seen[index], std::isnan(last) ? -1 : last);
    }
}

QTEST_GUILESS_MAIN(BookTest)
#include "book_test.moc"
