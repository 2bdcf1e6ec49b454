#include "portfolio/lots.h"

#include "base/random.h"
#include "market/quote.h"

#include <QtTest>

#include <array>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using base::Decimal;
using base::Quantity;

namespace
{

const InstrumentFacts facts{.underlying = "SPY", .type = market::InstrumentType::EquityOption, .multiplier = 100};

Decimal decimal(const char* text)
{
    return Decimal::parse(text).value();
}

Fill fill(const std::string& id, Action action, Quantity quantity, const char* price, int minute = 0)
{
    return {.fillId = id,
            .orderId = "1",
            .symbol = "SPY C600",
            .action = action,
            .quantity = quantity,
            .price = decimal(price),
            .at = base::fromUnixMillis(60'000LL * minute)};
}

LotBook::Mark marks(double mark)
{
    return [mark](const LotHolding&) { return mark; };
}

Fees commission(const char* amount)
{
    return {.commission = decimal(amount), .clearing = {}, .regulatory = {}};
}

} // namespace

class LotsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void closesTheOldestFirst()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 1, "2.00", 1), facts, "", commission("1.1"))->empty());
        QVERIFY(book.book(fill("b", Action::BuyToOpen, 2, "2.60", 2), facts, ""));
        const auto closed = book.book(fill("c", Action::SellToClose, 2, "3.00", 3), facts, "", commission("0.2"));
        QCOMPARE(closed->size(), std::size_t{2});
        QCOMPARE(closed->at(0).openPrice, decimal("2.00"));
        QCOMPARE(closed->at(0).openedAt, base::fromUnixMillis(60'000));
        QCOMPARE(closed->at(0).closedAt, base::fromUnixMillis(180'000));
        QCOMPARE(closed->at(0).realized, decimal("100"));
        QCOMPARE(closed->at(1).quantity, Quantity(1));
        QCOMPARE(closed->at(1).realized, decimal("40"));
        const LotHolding& holding = *book.find("SPY C600", "");
        QCOMPARE(holding.lots.size(), std::size_t{1});
        QCOMPARE(holding.lots[0].price, decimal("2.60"));
        QCOMPARE(holding.lots[0].cost, decimal("260"));
        const LotProfit profit = book.profit(marks(2.5));
        QCOMPARE(profit.realized, decimal("140"));
        QCOMPARE(profit.open, decimal("-10"));
        QCOMPARE(profit.day, decimal("130"));
        QCOMPARE(profit.fees, decimal("1.3"));
    }

    void closesAndReversesInOneFill()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::SellToOpen, 2, "5.00"), facts, ""));
        const auto closed = book.book(fill("b", Action::BuyToClose, 5, "4.00"), facts, "");
        QCOMPARE(closed->at(0).quantity, Quantity(-2));
        QCOMPARE(closed->at(0).realized, decimal("200"));
        QCOMPARE(book.find("SPY C600", "")->quantity(), Quantity(3));
        QCOMPARE(book.cost(), decimal("1200"));
    }

    void countsEachFillOnceAndRefusesNonsense()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts, ""));
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts, ""));
        QCOMPARE(book.find("SPY C600", "")->quantity(), Quantity(1));
        const auto refused = book.book(fill("b", Action::BuyToOpen, 0, "2.00"), facts, "");
        QCOMPARE(QString::fromStdString(refused.error().field), QString("fill quantity"));
    }

    void tradesDoNotCloseOneAnother()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts, "condor"));
        QVERIFY(book.book(fill("b", Action::SellToOpen, 1, "2.20"), facts, "calendar"));
        QVERIFY(book.realized().isZero());
        const auto byGroup = book.profitBy(LotKey::Group, marks(2.1));
        QCOMPARE(byGroup.at("condor").open, decimal("10"));
        QCOMPARE(byGroup.at("calendar").open, decimal("10"));
        QCOMPARE(book.profitBy(LotKey::Underlying, marks(2.1)).at("SPY").open, decimal("20"));
        QCOMPARE(book.profitBy(LotKey::Symbol, marks(2.1)).size(), std::size_t{1});
    }

    void todayStartsFromTheMarks()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 2, "2.00", 1), facts, "", commission("2")));
        book.startDay(marks(3.0));
        QVERIFY(book.book(fill("b", Action::BuyToOpen, 1, "3.20", 2), facts, ""));
        const auto closed = book.book(fill("c", Action::SellToClose, 1, "3.50", 3), facts, "", commission("0.5"));
        QCOMPARE(closed->at(0).realized, decimal("150"));
        QCOMPARE(closed->at(0).dayProfit, decimal("50"));
        const LotProfit profit = book.profit(marks(3.4));
        QCOMPARE(profit.realizedToday, decimal("150"));
        QCOMPARE(profit.open, decimal("160")); // 140 and 20
        QCOMPARE(profit.day, decimal("110"));  // 50, 40 and 20
        QCOMPARE(profit.fees, decimal("2.5"));
        QCOMPARE(profit.feesToday, decimal("0.5"));
        book.startDay(marks(market::unknown)); // the bases stay
        QCOMPARE(book.profit(marks(3.4)).day, decimal("60"));
        QVERIFY(book.profit(marks(3.4)).realizedToday.isZero());
    }

    void whatHasNoMarkIsCounted()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 2, "2.00"), facts, ""));
        QVERIFY(book.book(fill("b", Action::SellToClose, 1, "2.50"), facts, ""));
        const LotProfit profit = book.profit(marks(market::unknown));
        QCOMPARE(profit.unknownMarks, 1);
        QVERIFY(profit.open.isZero());
        QCOMPARE(profit.realized, decimal("50"));
    }

    void aTradeStaysWholeUntilItIsOver()
    {
        LotBook book;
        Fill other = fill("b", Action::SellToOpen, 1, "1.00");
        other.symbol = "SPY C610";
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts, "vertical"));
        QVERIFY(book.book(other, facts, "vertical"));
        QVERIFY(book.book(fill("c", Action::SellToClose, 1, "2.50"), facts, "vertical"));
        book.startDay(marks(1));
        QCOMPARE(book.holdings().size(), std::size_t{2});
        other.fillId = "d";
        other.action = Action::BuyToClose;
        QVERIFY(book.book(other, facts, "vertical"));
        book.startDay(marks(1));
        QVERIFY(book.holdings().empty());
        QCOMPARE(book.realized(), decimal("50"));
    }

    void takesTheBrokersWord()
    {
        Position held;
        held.symbol = "SPY C600";
        held.underlying = "SPY";
        held.quantity = -4;
        held.averageOpenPrice = decimal("1.25");
        held.averageDailyMarketClosePrice = decimal("1.00");
        LotBook book;
        book.adopt(held, "");
        QCOMPARE(book.cost(), decimal("-500"));
        const auto closed = book.book(fill("a", Action::BuyToClose, 4, "0.50"), facts, "");
        QCOMPARE(closed->at(0).realized, decimal("300"));
        QCOMPARE(closed->at(0).dayProfit, decimal("200"));
    }

    void whatTradesLeaveIsTheBrokersRest()
    {
        LotBook book;
        QVERIFY(book.book(fill("a", Action::BuyToOpen, 2, "2.00", 1), facts, "condor"));
        Position held;
        held.symbol = "SPY C600";
        held.underlying = "SPY";
        held.quantity = 5;
        held.averageOpenPrice = decimal("2.60");
        held.averageDailyMarketClosePrice = decimal("2.50");
        book.agree(held);
        const LotHolding* const rest = book.find("SPY C600", "");
        QCOMPARE(rest->quantity(), Quantity(3));
        QCOMPARE(rest->lots[0].price, decimal("3.00")); // with the trade's, the broker's average
        QCOMPARE(book.cost(), decimal("1300"));
        QCOMPARE(book.holdingsOf("SPY C600").size(), std::size_t{2});
        book.agree(held); // it is so already
        QCOMPARE(rest->lots[0].price, decimal("3.00"));
        book.setDayBasis("SPY C600", decimal("2.40"), base::fromUnixMillis(60'000));
        QCOMPARE(book.profit(marks(2.5)).day, decimal("130")); // 100 of the trade's, which is of today, and 30

        // Of one that the broker tells no close of, the day is measured from what it cost, as the account's value is.
        Position fresh = held;
        fresh.symbol = "SPY C610";
        fresh.averageDailyMarketClosePrice = {};
        book.agree(fresh);
        QCOMPARE(profitOf(*book.find("SPY C610", ""), 2.7).day, decimal("50"));
        fresh.quantity = 0;
        book.agree(fresh);

        held.quantity = 2;
        held.averageOpenPrice = decimal("2.00");
        book.agree(held);
        QVERIFY(book.find("SPY C600", "")->lots.empty());
        book.pay("SPY C600", "condor", facts, decimal("7.5"));
        const LotProfit profit = book.profit(marks(2.5));
        QCOMPARE(profit.income, decimal("7.5"));
        QCOMPARE(profit.open, decimal("100"));
        book.startDay(marks(2.5));
        QVERIFY(book.profit(marks(2.5)).incomeToday.isZero());
        QCOMPARE(book.income(), decimal("7.5"));
    }

    /// Random fills of two trades in three instruments, fractions too: against a Ledger of each trade, as
    /// trading::TradeGroups keeps them, and over restarts and days.
    void agreesWithTheLedger()
    {
        base::Generator random(5);
        const std::array symbols{"A", "B", "C"};
        const std::array groups{"", "condor"};
        for (int round = 0; round < 60; ++round) {
            LotBook book;
            std::array<Ledger, 2> ledgers;
            std::map<std::pair<std::string, std::string>, Decimal> closedOf;
            Decimal dayCash; // without fees
            std::map<std::string, double> mark{{"A", 3}, {"B", 4}, {"C", 5}};
            const auto markOf = [&](const LotHolding& holding) { return mark.at(holding.symbol); };
            const auto valueOf = [&] {
                Decimal value;
                for (const LotHolding& holding : book.holdings())
                    value += Decimal::fromDouble(mark.at(holding.symbol)).value() *
                             (holding.quantity() * holding.multiplier);
                return value;
            };
            Decimal dayValue;
            for (int i = 0; i < 80; ++i) {
                const auto group = static_cast<std::size_t>(random.integer(0, 1));
                Fill next = fill(std::to_string(i), random.integer(0, 1) ? Action::BuyToOpen : Action::SellToOpen,
                                 random.integer(1, 9), "0", i);
                if (random.integer(0, 1))
                    next.quantity = Quantity::fromUnits(random.integer(1, 900'000'000));
                next.symbol = symbols[static_cast<std::size_t>(random.integer(0, 2))];
                next.price = Decimal::fromUnits(random.integer(0, 900'000'000));
                const Fees fees{
                    .commission = Decimal::fromUnits(random.integer(0, 1000)), .clearing = {}, .regulatory = {}};
                const auto closed = book.book(next, facts, groups[group], fees);
                const auto booked = ledgers[group].book(next, facts, fees);
                QVERIFY(closed && booked);
                dayCash += booked->cash + fees.total();
                for (const ClosedLot& lot : *closed)
                    closedOf[{next.symbol, groups[group]}] += lot.realized;

                Decimal moved, paid;
                for (std::size_t g = 0; g < ledgers.size(); ++g) {
                    moved += ledgers[g].cash();
                    paid += ledgers[g].fees();
                    for (const char* const symbol : symbols) {
                        const LotHolding* const holding = book.find(symbol, groups[g]);
                        QVERIFY((holding ? holding->quantity() : Quantity(0)) == ledgers[g].quantity(symbol));
                        if (!holding)
                            continue;
                        for (const Lot& lot : holding->lots)
                            QVERIFY(lot.quantity != 0 && (lot.quantity < 0) == (holding->quantity() < 0));
                        QCOMPARE(holding->realized, (closedOf[{symbol, groups[g]}]));
                    }
                }
                QCOMPARE(book.fees(), paid);
                QCOMPARE(book.realized() - book.cost() - book.fees(), moved);
                QCOMPARE(book.profit(markOf).day, valueOf() - dayValue + dayCash);
                if (i == 30) {
                    const LotBookState kept = book.state();
                    book = LotBook();
                    book.restore(kept);
                }
                if (i == 50) {
                    mark = {{"A", 2.5}, {"B", 4.75}, {"C", 5.05}};
                    book.startDay(markOf);
                    dayValue = valueOf();
                    dayCash = {};
                    std::erase_if(closedOf,
                                  [&](const auto& entry) { return !book.find(entry.first.first, entry.first.second); });
                }
            }
            // Flat, both have realised the same.
            for (std::size_t g = 0; g < ledgers.size(); ++g) {
                for (const char* const symbol : symbols) {
                    const Quantity held = ledgers[g].quantity(symbol);
                    if (held == 0)
                        continue;
                    Fill last = fill(std::string("last ") + symbol, held < 0 ? Action::BuyToClose : Action::SellToClose,
                                     held.abs(), "3.33");
                    last.symbol = symbol;
                    last.orderId = groups[g];
                    last.orderId += "!";
                    QVERIFY(book.book(last, facts, groups[g]));
                    QVERIFY(ledgers[g].book(last, facts));
                }
            }
            QVERIFY(book.cost().isZero());
            QCOMPARE(book.realized(), ledgers[0].realized() + ledgers[1].realized());
        }
    }
};

QTEST_APPLESS_MAIN(LotsTest)
#include "lots_test.moc"
