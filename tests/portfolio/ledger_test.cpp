#include "portfolio/cash_settlement.h"
#include "portfolio/ledger.h"

#include "base/random.h"

#include <QtTest>

#include <array>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using base::Decimal;

namespace
{

const InstrumentFacts facts{.underlying = "SPY", .type = market::InstrumentType::EquityOption, .multiplier = 100};

Decimal decimal(const char* text)
{
    return Decimal::parse(text).value();
}

Fill fill(const char* id, Action action, std::int64_t quantity, const char* price)
{
    return {.fillId = id,
            .orderId = "1",
            .symbol = "SPY C600",
            .action = action,
            .quantity = quantity,
            .price = decimal(price)};
}

} // namespace

class LedgerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cashSettlesByTheRulesOfItsDay_data()
    {
        QTest::addColumn<base::Date>("traded");
        QTest::addColumn<bool>("isOption");
        QTest::addColumn<base::Date>("settles");
        const auto date = [](int year, unsigned month, unsigned day) { return base::makeDate(year, month, day); };
        QTest::newRow("an option, over a weekend") << date(2011, 1, 21) << true << date(2011, 1, 24);
        QTest::newRow("shares, three days") << date(2017, 9, 1) << false << date(2017, 9, 7); // over Labor Day
        QTest::newRow("shares, two days") << date(2017, 9, 5) << false << date(2017, 9, 7);
        QTest::newRow("the last of two days") << date(2024, 5, 24) << false << date(2024, 5, 29); // over Memorial Day
        QTest::newRow("the first of one day") << date(2024, 5, 28) << false << date(2024, 5, 29);
        QTest::newRow("over Thanksgiving") << date(2024, 11, 27) << false << date(2024, 11, 29);
    }
    void cashSettlesByTheRulesOfItsDay()
    {
        QFETCH(base::Date, traded);
        QFETCH(bool, isOption);
        QFETCH(base::Date, settles);
        const auto type = isOption ? market::InstrumentType::EquityOption : market::InstrumentType::Equity;
        QVERIFY(cashSettlesOn(traded, type) == settles);
        UnsettledCash unsettled;
        unsettled.add(traded, type, decimal("100.25"));
        unsettled.add(traded, type, decimal("-40")); // what leaves has left
        unsettled.settle(settles - std::chrono::days(1));
        QCOMPARE(unsettled.pending(), decimal("100.25"));
        unsettled.settle(settles);
        QCOMPARE(unsettled.pending(), Decimal{});
    }

    void averagesAndRealizes()
    {
        Ledger ledger;
        ledger.start({}, Decimal::fromInteger(100000));
        QVERIFY(ledger.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts));
        QVERIFY(ledger.book(fill("b", Action::BuyToOpen, 2, "2.60"), facts));
        QCOMPARE(ledger.quantity("SPY C600"), std::int64_t{3});
        QCOMPARE(ledger.find("SPY C600")->averageOpenPrice.toString(), std::string("2.4"));
        const auto sold = ledger.book(fill("c", Action::SellToClose, 2, "3.00"), facts);
        QCOMPARE(sold->realized.toString(), std::string("120.0"));
        QCOMPARE(sold->cash.toString(), std::string("600.0"));
        QCOMPARE(ledger.find("SPY C600")->averageOpenPrice.toString(), std::string("2.4"));
        QCOMPARE(ledger.find("SPY C600")->realizedToday.toString(), std::string("120.0"));
        QCOMPARE(ledger.cash().toString(), std::string("99880.0"));
    }

    void closesAndReversesInOneFill()
    {
        Ledger ledger;
        QVERIFY(ledger.book(fill("a", Action::SellToOpen, 2, "5.00"), facts));
        const auto bought = ledger.book(fill("b", Action::BuyToClose, 5, "4.00"), facts);
        QCOMPARE(bought->realized.toString(), std::string("200.0"));
        QCOMPARE(ledger.quantity("SPY C600"), std::int64_t{3});
        QCOMPARE(ledger.find("SPY C600")->averageOpenPrice.toString(), std::string("4.0"));
    }

    void countsEachFillOnce()
    {
        Ledger ledger;
        QVERIFY(ledger.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts)->isNew);
        const auto again = ledger.book(fill("a", Action::BuyToOpen, 1, "2.00"), facts);
        QVERIFY(!again->isNew);
        QCOMPARE(again->cash.toString(), std::string("0.0"));
        QCOMPARE(ledger.quantity("SPY C600"), std::int64_t{1});
        Fill ofOtherOrder = fill("a", Action::BuyToOpen, 1, "2.00");
        ofOtherOrder.orderId = "2";
        QVERIFY(ledger.book(ofOtherOrder, facts)->isNew); // ids are the order's own
        QCOMPARE(ledger.quantity("SPY C600"), std::int64_t{2});
    }

    void refusesNonsense_data()
    {
        QTest::addColumn<QString>("field");
        QTest::newRow("no id") << "fill id";
        QTest::newRow("no quantity") << "fill quantity";
        QTest::newRow("negative price") << "fill price";
    }
    void refusesNonsense()
    {
        QFETCH(QString, field);
        Fill bad = fill("a", Action::BuyToOpen, 1, "2.00");
        if (field == "fill id")
            bad.fillId.clear();
        if (field == "fill quantity")
            bad.quantity = 0;
        if (field == "fill price")
            bad.price = decimal("-0.01");
        Ledger ledger;
        const auto booked = ledger.book(bad, facts);
        QVERIFY(!booked);
        QCOMPARE(QString::fromStdString(booked.error().field), field);
        QVERIFY(ledger.positions().empty());
    }

    /// Cash moved = realised - what is open cost - fees, to the last decimal, whatever the order of fills.
    void theBooksBalance()
    {
        base::Generator random(42);
        for (int round = 0; round < 200; ++round) {
            Ledger ledger;
            ledger.start({}, Decimal::fromInteger(50000));
            const std::array symbols{"A", "B", "C"};
            for (int i = 0; i < 60; ++i) {
                const auto symbol = symbols[static_cast<std::size_t>(random.integer(0, 2))];
                Fill next =
                    fill("", random.integer(0, 1) ? Action::BuyToOpen : Action::SellToOpen, random.integer(1, 9), "0");
                next.fillId = std::to_string(i);
                if (random.integer(0, 1)) // a fraction of a share
                    next.quantity = base::Quantity::fromUnits(random.integer(1, 900'000'000));
                next.symbol = symbol;
                next.price = Decimal::fromUnits(random.integer(0, 900'000'000'0));
                const Fees fees{
                    .commission = Decimal::fromUnits(random.integer(0, 1000)), .clearing = {}, .regulatory = {}};
                QVERIFY(ledger.book(next, facts, fees));
                const Decimal moved = ledger.cash() - Decimal::fromInteger(50000);
                QVERIFY(moved == ledger.realized() - ledger.openCost() - ledger.fees());
            }
        }
    }

    void aFractionClosesToNothing()
    {
        const InstrumentFacts share{"SPY", market::InstrumentType::Equity, 1};
        Ledger ledger;
        Fill bought = fill("a", Action::BuyToOpen, 1, "590.25");
        bought.quantity = base::Quantity::parse("0.50825").value();
        QVERIFY(ledger.book(bought, share));
        QCOMPARE(ledger.cash().toString(), std::string("-299.9945625"));
        QCOMPARE(ledger.find("SPY C600")->averageOpenPrice.toString(), std::string("590.25"));
        Fill sold = bought;
        sold.fillId = "b";
        sold.action = Action::SellToClose;
        sold.price = decimal("600");
        const auto closed = ledger.book(sold, share);
        QCOMPARE(closed->realized.toString(), std::string("4.9554375"));
        QVERIFY(ledger.quantity("SPY C600") == 0);
        QVERIFY(ledger.openCost().isZero());
    }

    void aNewDayStartsFromTheMarks()
    {
        Ledger ledger;
        QVERIFY(ledger.book(fill("a", Action::BuyToOpen, 2, "2.00"), facts));
        QVERIFY(ledger.book(fill("b", Action::SellToClose, 1, "2.50"), facts));
        QCOMPARE(ledger.find("SPY C600")->averageDailyMarketClosePrice.toString(), std::string("2.0"));
        ledger.startDay([](const Position&) { return 3.0; });
        QCOMPARE(ledger.find("SPY C600")->realizedToday.toString(), std::string("0.0"));
        QCOMPARE(ledger.find("SPY C600")->averageDailyMarketClosePrice.toString(), std::string("3.0"));
        // One more today at 4: half the position is measured from 3, half from 4.
        QVERIFY(ledger.book(fill("c", Action::BuyToOpen, 1, "4.00"), facts));
        QCOMPARE(ledger.find("SPY C600")->averageDailyMarketClosePrice.toString(), std::string("3.5"));
        QCOMPARE(ledger.find("SPY C600")->averageOpenPrice.toString(), std::string("3.0"));
        ledger.startDay([](const Position&) { return market::unknown; });
        QCOMPARE(ledger.find("SPY C600")->averageDailyMarketClosePrice.toString(), std::string("3.5"));
    }

    void goesOnFromItsState()
    {
        Ledger first("5WX00042");
        first.start({}, Decimal::fromInteger(100000));
        QVERIFY(first.book(fill("a", Action::BuyToOpen, 3, "2.00"), facts, Fees{decimal("1.5"), {}, {}}));
        first.startDay([](const Position&) { return 2.5; });
        QVERIFY(first.book(fill("b", Action::SellToClose, 1, "2.75"), facts));
        Ledger second("5WX00042");
        second.restore(first.state());
        for (Ledger* ledger : {&first, &second}) { // opens on top, then reverses: cost, basis and averages all matter
            QVERIFY(ledger->book(fill("c", Action::BuyToOpen, 2, "3.10"), facts));
            QVERIFY(ledger->book(fill("d", Action::SellToClose, 6, "3.00"), facts));
        }
        QCOMPARE(second.cash(), first.cash());
        QCOMPARE(second.realized(), first.realized());
        QCOMPARE(second.fees(), first.fees());
        QCOMPARE(second.openCost(), first.openCost());
        const Position& one = *first.find("SPY C600");
        const Position& other = *second.find("SPY C600");
        QCOMPARE(other.quantity, one.quantity);
        QCOMPARE(other.averageOpenPrice, one.averageOpenPrice);
        QCOMPARE(other.averageDailyMarketClosePrice, one.averageDailyMarketClosePrice);
        QCOMPARE(other.realizedToday, one.realizedToday);
        QCOMPARE(other.account, std::string("5WX00042"));
    }

    void startsFromTheBrokersPositions()
    {
        Position held;
        held.symbol = "SPY C600";
        held.underlying = "SPY";
        held.quantity = -4;
        held.averageOpenPrice = decimal("1.25");
        held.averageDailyMarketClosePrice = decimal("1.00");
        Ledger ledger;
        ledger.start(std::array{held}, Decimal::fromInteger(1000));
        QCOMPARE(ledger.openCost().toString(), std::string("-500.0"));
        const auto bought = ledger.book(fill("a", Action::BuyToClose, 4, "0.50"), facts);
        QCOMPARE(bought->realized.toString(), std::string("300.0"));
        QCOMPARE(ledger.quantity("SPY C600"), std::int64_t{0});
        QVERIFY(ledger.openCost().isZero());
    }
};

QTEST_APPLESS_MAIN(LedgerTest)
#include "ledger_test.moc"
