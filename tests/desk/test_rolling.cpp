#include "desk/chain_fixture.h"
#include "desk/rolling.h"

#include <QTest>

using namespace vegadesk;
using market::Right;
using portfolio::Action;

namespace
{
const base::Date january = base::makeDate(2027, 1, 15);
const base::Date february = base::makeDate(2027, 2, 19);
const base::Date march = base::makeDate(2027, 3, 19);

desk::PositionRow held(base::Date expiry, int strike, Right right, std::int64_t quantity)
{
    desk::PositionRow row;
    row.option = market::OptionTerms{"XYZ", expiry, right, base::Decimal::fromInteger(strike)};
    row.position.symbol = *market::toOccSymbol(*row.option);
    row.position.underlying = "XYZ";
    row.position.type = market::InstrumentType::EquityOption;
    row.position.quantity = quantity;
    return row;
}
} // namespace

class RollingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aLegGoesToTheSameStrikeOfTheNextExpiration()
    {
        const tests::ChainFixture fixture({january, february, march}, 90, 110);
        const std::vector rows{held(january, 95, Right::Put, -3)};
        const auto rolled = desk::rollingIntent(rows, *fixture.layout);
        QVERIFY(rolled);
        QCOMPARE(rolled->underlying, std::string("XYZ"));
        QCOMPARE(rolled->legs.size(), std::size_t{2});
        QCOMPARE(rolled->legs[0].symbol, fixture.symbol(january, 95, Right::Put));
        QCOMPARE(rolled->legs[0].action, Action::BuyToClose);
        QCOMPARE(rolled->legs[1].symbol, fixture.symbol(february, 95, Right::Put));
        QCOMPARE(rolled->legs[1].action, Action::SellToOpen);
        for (const portfolio::OrderLeg& leg : rolled->legs)
            QCOMPARE(leg.quantity, std::int64_t{3});
        QVERIFY2(!rolled->price, "it follows the mid");
        QCOMPARE(rolled->origin, std::string("ticket"));
    }

    void aSpreadMovesWhole()
    {
        const tests::ChainFixture fixture({january, february}, 90, 110);
        const std::vector rows{held(january, 95, Right::Put, -1), held(january, 92, Right::Put, 1)};
        const auto rolled = desk::rollingIntent(rows, *fixture.layout);
        QVERIFY(rolled);
        std::vector<Action> actions;
        for (const portfolio::OrderLeg& leg : rolled->legs)
            actions.push_back(leg.action);
        QCOMPARE(actions,
                 (std::vector{Action::BuyToClose, Action::SellToClose, Action::SellToOpen, Action::BuyToOpen}));
        QCOMPARE(rolled->legs[3].symbol, fixture.symbol(february, 92, Right::Put));
    }

    void aMissingStrikeTakesTheNearest()
    {
        tests::ChainFixture fixture({january}, 90, 110);
        const tests::ChainFixture next({february}, 100, 110);
        market::OptionChain layout = *fixture.layout;
        layout.expirations.push_back(next.layout->expirations.front());
        const std::vector rows{held(january, 95, Right::Call, 1)};
        const auto rolled = desk::rollingIntent(rows, layout);
        QVERIFY(rolled);
        QCOMPARE(rolled->legs[1].symbol, fixture.symbol(february, 100, Right::Call));
        // Two legs must not fall onto one strike.
        const std::vector both{held(january, 95, Right::Call, 1), held(january, 97, Right::Call, -1)};
        QVERIFY(!desk::rollingIntent(both, layout));
    }

    void aSpreadClosesWholeWhateverItsQuotes()
    {
        desk::PositionRow wing = held(january, 92, Right::Put, 2);
        desk::PositionRow sold = held(january, 95, Right::Put, -2); // nobody offers it
        wing.bid = 0;
        wing.ask = 0.05;
        sold.bid = 1.00;
        const std::vector rows{wing, sold};
        const portfolio::OrderIntent whole = desk::closingIntent(rows);
        QCOMPARE(whole.legs.size(), std::size_t{2});
        QCOMPARE(whole.legs[0].action, Action::SellToClose);
        QCOMPARE(whole.legs[1].action, Action::BuyToClose);
        QCOMPARE(whole.legs[1].quantity, std::int64_t{2});
        QVERIFY2(!whole.price, "it follows the mid, or is typed");
        QCOMPARE(whole.origin, std::string("close"));
        QCOMPARE(whole.underlying, std::string("XYZ"));
    }

    void aFractionClosesAtTheMarket()
    {
        desk::PositionRow part;
        part.position.symbol = part.position.underlying = "XYZ";
        part.position.type = market::InstrumentType::Equity;
        part.position.quantity = base::Quantity::parse("0.52341").value();
        part.bid = 99;
        part.ask = 101;
        const portfolio::OrderIntent close = desk::closingIntent(std::vector{part});
        QVERIFY(close.type == portfolio::OrderType::Market && !close.price);
        QVERIFY(close.legs.at(0).quantity == part.position.quantity);
        QCOMPARE(close.legs.at(0).action, Action::SellToClose);
    }

    void aLegAloneClosesAtWhatIsBidOrOffered()
    {
        desk::PositionRow sold = held(january, 95, Right::Put, -2);
        sold.bid = 1.00;
        sold.ask = 1.10;
        const portfolio::OrderIntent buysBack = desk::closingIntent(std::vector{sold});
        QVERIFY(buysBack.price == base::Decimal::parse("1.1").value());
        QVERIFY(buysBack.effect == portfolio::PriceEffect::Debit);
        for (const double none : {0.0, market::unknown}) {
            sold.ask = none;
            const portfolio::OrderIntent open = desk::closingIntent(std::vector{sold});
            QCOMPARE(open.legs.size(), std::size_t{1});
            QVERIFY(!open.price);
        }
    }

    void whatCannotBeRolledIsRefused_data()
    {
        QTest::addColumn<std::vector<desk::PositionRow>>("rows");
        using Rows = std::vector<desk::PositionRow>;
        desk::PositionRow shares;
        shares.position.symbol = shares.position.underlying = "XYZ";
        shares.position.quantity = 100;
        QTest::newRow("nothing") << Rows{};
        QTest::newRow("shares") << Rows{shares};
        QTest::newRow("a covered call") << Rows{shares, held(january, 100, Right::Call, -1)};
        QTest::newRow("two expirations") << Rows{held(january, 95, Right::Put, 1), held(february, 95, Right::Put, -1)};
        QTest::newRow("three legs") << Rows{held(january, 95, Right::Put, 1), held(january, 96, Right::Put, -2),
                                            held(january, 97, Right::Put, 1)};
        QTest::newRow("no later expiration") << Rows{held(march, 95, Right::Put, 1)};
    }
    void whatCannotBeRolledIsRefused()
    {
        QFETCH(const std::vector<desk::PositionRow>, rows);
        const tests::ChainFixture fixture({january, february, march}, 90, 110);
        const auto rolled = desk::rollingIntent(rows, *fixture.layout);
        QVERIFY(!rolled);
        QCOMPARE(rolled.error().kind, base::ErrorKind::Refused);
        QVERIFY(!rolled.error().allowed.empty());
        const bool isLast = QString::fromUtf8(QTest::currentDataTag()) == QLatin1String("no later expiration");
        QCOMPARE(desk::isRollable(rows), isLast);
    }
};

QTEST_GUILESS_MAIN(RollingTest)
#include "test_rolling.moc"
