#include "base/random.h"
#include "tastytrade/feed_intake.h"
#include "tastytrade/subscriptions.h"
#include "tastytrade/wire/dxlink.h"

#include <QtTest>

#include <cmath>
#include <cstdlib>
#include <new>

using namespace vegadesk;
using namespace vegadesk::tastytrade;

namespace
{

std::size_t allocations = 0; // since the start, of this program

std::string symbolOf(std::int64_t i)
{
    return ".SPXW261218C" + std::to_string(3000 + i); // longer than what a string keeps in itself
}

/// Everything is wanted.
void fill(market::Book& book, Subscriptions& subscriptions, std::int64_t count)
{
    std::vector<market::Wanted> wanted;
    for (std::int64_t i = 0; i < count; ++i) {
        market::Instrument option;
        option.symbol = option.streamerSymbol = symbolOf(i);
        wanted.emplace_back(book.add(option));
    }
    subscriptions.setWanted(wanted, {});
}

std::string frameOf(std::int64_t symbols, int rows, base::Generator& chance)
{
    wire::dxlink::FeedData data;
    for (int i = 0; i < rows; ++i) {
        const double bid = chance.uniform(0, 100);
        data.events.push_back(wire::QuoteEvent{symbolOf(chance.integer(0, symbols - 1)), bid, bid + 0.05,
                                               chance.uniform() < 0.1 ? market::unknown : 12.0, 1.3743299E7});
    }
    return wire::dxlink::print(data, wire::dxlink::DataFormat::Compact, wire::clientLayouts()).toStdString();
}

} // namespace

// Of this program alone; others of the tests count nothing.
void* operator new(std::size_t size)
{
    ++allocations;
    if (void* const memory = std::malloc(size ? size : 1))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept
{
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept
{
    std::free(memory);
}

class FeedAllocationsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quotesAllocateNothing_data();
    void quotesAllocateNothing();
    void badRowsCostOnlyTheirOwnNote();
};

void FeedAllocationsTest::quotesAllocateNothing_data()
{
    QTest::addColumn<int>("rows");
    for (const int rows : {1, 20, 200})
        QTest::addRow("%d quotes a message", rows) << rows;
}

void FeedAllocationsTest::quotesAllocateNothing()
{
    QFETCH(int, rows);
    constexpr std::int64_t symbols = 3000;
    market::Book book;
    const market::Book::ReaderId reader = book.addReader();
    Subscriptions subscriptions(book, 25'000, {});
    fill(book, subscriptions, symbols);
    FeedIntake intake(book, subscriptions, [](const wire::CandleEvent&) {});

    base::Generator chance(1);
    std::vector<std::string> frames;
    for (int i = 0; i < 50; ++i)
        frames.push_back(frameOf(symbols, rows, chance));
    std::size_t quotes = 0;
    std::vector<market::InstrumentIndex> changed;
    const auto takeAll = [&] {
        for (const std::string& frame : frames)
            quotes += intake.take(frame, base::fromUnixMillis(1'795'185'528'049))->events;
        book.takeChanged(reader, changed);
    };
    takeAll();
    takeAll(); // a reader's list and its reserve change places
    const std::size_t before = allocations;
    for (int i = 0; i < 20; ++i)
        takeAll();
    QCOMPARE(allocations - before, 0U);
    QCOMPARE(quotes, static_cast<std::size_t>(22 * 50 * rows));
    QCOMPARE(book.eventCount(), quotes);
    QVERIFY(!changed.empty() && std::isfinite(book.quote(changed.front()).bid));
}

void FeedAllocationsTest::badRowsCostOnlyTheirOwnNote()
{
    market::Book book;
    Subscriptions subscriptions(book, 25'000, {});
    fill(book, subscriptions, 2);
    FeedIntake intake(book, subscriptions, [](const wire::CandleEvent&) {});
    const auto take = [&] {
        const auto taken = intake.take(
            R"({"type":"FEED_DATA","channel":1,"data":["Quote",["A","x",2,3,4,".SPXW261218C3001",1,2,3,4,"A","y",2,3,4]]})",
            {});
        QCOMPARE(taken->events, 1U);
        QCOMPARE(taken->refusals.count, 2U);
    };
    take();
    QCOMPARE(book.quote(1).ask, 2.0);
    const std::size_t before = allocations;
    take();
    QVERIFY2(allocations > before && allocations - before < 40, "this is how a note is told from the silence above");
}

QTEST_GUILESS_MAIN(FeedAllocationsTest)
#include "feed_allocations.moc"
