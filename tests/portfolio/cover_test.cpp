#include "portfolio/cover.h"

#include <QtTest>

#include <algorithm>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using market::Right;

namespace
{

constexpr base::Date january = base::makeDate(2027, 1, 15);
constexpr base::Date march = base::makeDate(2027, 3, 19);

MarginLeg option(Right right, double strike, base::Date expiry, std::int64_t quantity)
{
    return {.right = right, .strike = strike, .expiry = expiry, .quantity = quantity};
}
MarginLeg shares(std::int64_t quantity)
{
    return {.isOption = false, .quantity = quantity, .multiplier = 1};
}

} // namespace

Q_DECLARE_METATYPE(std::vector<vegadesk::portfolio::MarginLeg>)
Q_DECLARE_METATYPE(vegadesk::portfolio::Uncovered)

class CoverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatNothingStandsAgainst_data()
    {
        QTest::addColumn<std::vector<MarginLeg>>("legs");
        QTest::addColumn<Uncovered>("expected");
        const auto row = [](const char* name, std::vector<MarginLeg> legs, Uncovered expected) {
            QTest::newRow(name) << std::move(legs) << expected;
        };
        const auto call = [](base::Date expiry, std::int64_t quantity, double strike = 100) {
            return option(Right::Call, strike, expiry, quantity);
        };
        const auto put = [](base::Date expiry, std::int64_t quantity, double strike = 100) {
            return option(Right::Put, strike, expiry, quantity);
        };
        row("nothing", {}, {});
        row("a short call alone", {call(january, -2)}, {.calls = 200});
        row("a covered call", {shares(100), call(january, -1)}, {});
        row("partly covered", {shares(140), call(january, -2)}, {.calls = 60});
        row("a spread at any strike", {call(january, -1, 100), call(january, 1, 120)}, {});
        row("a ratio", {call(january, 1, 100), call(january, -2, 110)}, {.calls = 100});
        row("a calendar", {call(january, -1), call(march, 1)}, {});
        row("the long expires first", {call(march, -1), call(january, 1)}, {.calls = 100});
        row("the later short takes the later long",
            {call(january, -1, 90), call(march, -1), call(march, 1, 110), shares(100)}, {});
        row("one long does not cover two", {call(january, -1, 90), call(march, -1), call(march, 1, 110)},
            {.calls = 100});
        row("a contract held both ways is none", {call(january, 1), call(january, -1)}, {});
        const auto morning = [](MarginLeg leg) {
            leg.settlement = market::Settlement::AM;
            return leg;
        };
        row("settled by the opening, gone by the close", {call(january, -5), morning(call(january, 5))},
            {.calls = 500});
        row("the close outlives the opening", {morning(call(january, -5)), call(january, 5)}, {});
        row("short shares", {shares(-50)}, {.stock = 50});
        row("a protective call", {shares(-100), call(january, 1)}, {});
        row("a call covers a call or shares", {shares(-100), call(january, 1), call(march, -1)}, {.calls = 100});
        row("the call covers the short call first", {shares(-100), call(january, -1, 110), call(january, 1)},
            {.stock = 100});
        row("a short put alone", {put(january, -1)}, {.puts = 100});
        row("shares do not cover a put", {put(january, -1), shares(100)}, {.puts = 100});
        row("a covered put", {put(january, -1), shares(-100)}, {.stock = 100});
        row("calls do not cover puts", {put(january, -1), call(january, 1)}, {.puts = 100});
        row("an iron condor",
            {put(january, 1, 80), put(january, -1, 90), call(january, -1, 110), call(january, 1, 120)}, {});
    }
    void whatNothingStandsAgainst()
    {
        QFETCH(std::vector<MarginLeg>, legs);
        QFETCH(Uncovered, expected);
        for (int turn = 0; turn < static_cast<int>(legs.size()) + 1; ++turn) { // in any order
            const Uncovered found = uncoveredOf(legs);
            QCOMPARE(found.calls, expected.calls);
            QCOMPARE(found.puts, expected.puts);
            QCOMPARE(found.stock, expected.stock);
            if (!legs.empty())
                std::ranges::rotate(legs, legs.begin() + 1);
        }
    }
};

QTEST_GUILESS_MAIN(CoverTest)
#include "cover_test.moc"
