#include "portfolio/order_intent.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::portfolio;

class OrderIntentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wordsReadBack()
    {
        for (const Action action : {Action::BuyToOpen, Action::SellToOpen, Action::BuyToClose, Action::SellToClose})
            QVERIFY(actionFromWire(toWire(action)) == action);
        for (const OrderType type :
             {OrderType::Limit, OrderType::Market, OrderType::Stop, OrderType::StopLimit, OrderType::NotionalMarket})
            QVERIFY(orderTypeFromWire(toWire(type)) == type);
        for (const TimeInForce time : {TimeInForce::Day, TimeInForce::Gtc, TimeInForce::Gtd, TimeInForce::Ioc})
            QVERIFY(timeInForceFromWire(toWire(time)) == time);
        for (const PriceEffect effect : {PriceEffect::None, PriceEffect::Debit, PriceEffect::Credit})
            QVERIFY(priceEffectFromWire(toWire(effect)) == effect);
        QCOMPARE(std::string(toWire(Action::SellToOpen)), std::string("Sell to Open"));
        QCOMPARE(std::string(toWire(OrderType::StopLimit)), std::string("Stop Limit"));
    }

    void unknownWordIsRefusedByName()
    {
        const auto read = actionFromWire("Buy");
        QVERIFY(!read);
        QCOMPARE(read.error().message(), std::string("action \"Buy\" is not allowed: one of Buy to Open, Sell to Open, "
                                                     "Buy to Close, Sell to Close"));
    }

    void unitsAreTheLegsGreatestCommonDivisor_data()
    {
        QTest::addColumn<QList<int>>("quantities");
        QTest::addColumn<int>("units");
        QTest::newRow("single") << QList<int>{3} << 3;
        QTest::newRow("spread") << QList<int>{2, 2} << 2;
        QTest::newRow("butterfly") << QList<int>{5, 10, 5} << 5;
        QTest::newRow("two to three") << QList<int>{2, 3} << 1;
        QTest::newRow("no legs") << QList<int>{} << 0;
    }
    void unitsAreTheLegsGreatestCommonDivisor()
    {
        QFETCH(QList<int>, quantities);
        QFETCH(int, units);
        OrderIntent intent;
        for (const int quantity : quantities)
            intent.legs.push_back({.symbol = "X", .quantity = quantity});
        QCOMPARE(unitCount(intent), std::int64_t{units});
    }

    void aValueIsWorthSharesRoundedDown_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("price");
        QTest::addColumn<QString>("shares");
        const auto row = [](const char* value, const char* price, const char* shares) {
            QTest::addRow("%s at %s", value, price) << value << price << shares;
        };
        row("300", "590.25", "0.50825");
        row("590.25", "590.25", "1");
        row("5", "590.25", "0.00847");
        row("100", "3", "33.33333");
        row("10000000", "0.0001", "0"); // no price of a share
        row("300", "0", "0");
        row("300", "-1", "0");
        row("0", "590.25", "0");
    }
    void aValueIsWorthSharesRoundedDown()
    {
        QFETCH(QString, value);
        QFETCH(QString, price);
        QFETCH(QString, shares);
        const base::Decimal dollars = base::Decimal::parse(value.toStdString()).value();
        const base::Decimal each = base::Decimal::parse(price.toStdString()).value();
        QCOMPARE(QString::fromStdString(sharesFor(dollars, each).toString()), shares);
        OrderIntent intent;
        intent.type = OrderType::NotionalMarket;
        intent.legs = {{.symbol = "SPY", .type = market::InstrumentType::Equity, .quantity = 0}};
        intent.value = dollars;
        const OrderIntent sized = inShares(intent, each.toDouble());
        QVERIFY(sized.type == OrderType::Market && !sized.value);
        QCOMPARE(QString::fromStdString(sized.legs[0].quantity.toString()), shares);
        QVERIFY(inShares(intent, market::unknown).legs[0].quantity == 0);
        QVERIFY(valueEffectOf(intent) == PriceEffect::Debit);
        intent.legs[0].action = Action::SellToClose;
        QVERIFY(valueEffectOf(intent) == PriceEffect::Credit);
        QVERIFY(valueEffectOf(sized) == PriceEffect::None);
        QVERIFY(inShares(sized, 1) == sized);
    }

    void netPriceHasTheSignOfWhatIsPaid()
    {
        OrderIntent intent;
        intent.legs = {{.symbol = "A", .action = Action::BuyToOpen, .quantity = 2},
                       {.symbol = "B", .action = Action::SellToOpen, .quantity = 4},
                       {.symbol = "C", .action = Action::BuyToClose, .quantity = 2}};
        QVERIFY(std::abs(netPrice(intent, std::array{3.0, 2.5, 1.0}) - -1.0) < 1e-12);
        QVERIFY(std::isnan(netPrice(intent, std::array{3.0, 2.5})));
        QVERIFY(std::isnan(netPrice(intent, std::array{3.0, market::unknown, 1.0})));
        QVERIFY(std::isnan(signedLimit(intent)));
        intent.price = base::Decimal::fromInteger(1);
        QVERIFY(std::isnan(signedLimit(intent))); // neither paid nor received
        intent.effect = PriceEffect::Credit;
        QCOMPARE(signedLimit(intent), -1.0);
    }
};

QTEST_APPLESS_MAIN(OrderIntentTest)
#include "order_intent_test.moc"
