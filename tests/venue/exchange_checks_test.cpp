#include "venue/exchange_desk.h"

#include "market/calendar.h"
#include "tastytrade/wire/json.h"
#include "tastytrade/wire/order_answer.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using wire::OrderState;

/// What is asked of an order before it is taken, and what a dry run promises.
class ExchangeChecksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusals_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("code");
        QTest::newRow("buy for a credit") << 0 << "cant_buy_for_credit";
        QTest::newRow("sell for a debit") << 1 << "cant_sell_for_debit";
        QTest::newRow("limit without a price") << 2 << "price_required";
        QTest::newRow("market with a price") << 3 << "price_not_allowed";
        QTest::newRow("market order of two legs") << 4 << "single_leg_required";
        QTest::newRow("market order for longer") << 5 << "gtc_market_orders_not_supported";
        QTest::newRow("unknown symbol") << 6 << "instrument_not_found";
        QTest::newRow("index") << 7 << "instrument_not_tradeable";
        QTest::newRow("wrong type") << 8 << "instrument_type_mismatch";
        QTest::newRow("two underlyings") << 9 << "multiple_underlyings";
        QTest::newRow("same symbol twice") << 10 << "duplicate_leg";
        QTest::newRow("close nothing") << 11 << "position_effect_validation_failed";
        QTest::newRow("too dear") << 12 << "margin_check_failed";
        QTest::newRow("off the tick") << 13 << "invalid_price_increment";
        QTest::newRow("stop without a trigger") << 14 << "stop_trigger_required";
        QTest::newRow("trigger without a stop") << 15 << "stop_trigger_not_allowed";
        QTest::newRow("no effect") << 16 << "price_effect_required";
        QTest::newRow("date of the past") << 17 << "gtc_date_required";
        QTest::newRow("stock and option") << 18 << "too_many_equity_legs";
        QTest::newRow("unlisted strike") << 19 << "instrument_not_found";
        QTest::newRow("naked calls beyond the account") << 20 << "margin_check_failed";
    }

    void refusals()
    {
        QFETCH(int, which);
        QFETCH(QString, code);
        Desk desk;
        const std::string call = desk.call().symbol, other = desk.call(1.02).symbol;
        wire::OrderRequest request = limitOrder({optionLeg(call, Action::BuyToOpen, 1)}, "5.0", PriceEffect::Debit);
        portfolio::OrderIntent& intent = request.intent;
        const auto makeMarket = [&] {
            intent.type = OrderType::Market;
            intent.price.reset();
            intent.effect = PriceEffect::None;
        };
        switch (which) {
        case 0:
            intent.effect = PriceEffect::Credit;
            break;
        case 1:
            intent.legs[0].action = Action::SellToOpen;
            break;
        case 2:
            intent.price.reset();
            break;
        case 3:
            intent.type = OrderType::Market;
            break;
        case 4:
            makeMarket();
            intent.legs.push_back(optionLeg(other, Action::BuyToOpen, 1));
            break;
        case 5:
            makeMarket();
            intent.timeInForce = TimeInForce::Gtc;
            break;
        case 6:
            intent.legs[0].symbol = "NOPE";
            break;
        case 7:
            intent.legs[0] = stockLeg("SPX", Action::BuyToOpen, 1);
            break;
        case 8:
            intent.legs[0].type = market::InstrumentType::Equity;
            break;
        case 9:
            intent.legs.push_back(stockLeg("AAPL", Action::BuyToOpen, 1));
            break;
        case 10:
            intent.legs.push_back(intent.legs[0]);
            break;
        case 11:
            intent.legs[0].action = Action::BuyToClose;
            break;
        case 12:
            intent.legs[0].quantity = 1000;
            intent.price = dollars("20.0");
            break;
        case 13:
            intent.price = dollars("5.005");
            break;
        case 14:
            intent.type = OrderType::StopLimit;
            break;
        case 15:
            intent.stopTrigger = dollars("4.0");
            break;
        case 16:
            intent.effect = PriceEffect::None;
            break;
        case 17:
            intent.timeInForce = TimeInForce::Gtd;
            intent.gtcDate = base::makeDate(2025, 3, 12);
            break;
        case 18:
            intent.legs.push_back(stockLeg("SPY", Action::BuyToOpen, 100));
            break;
        case 19:
            intent.legs[0].symbol = "SPY   250417C00512345";
            break;
        case 20:
            intent.legs[0] = optionLeg(call, Action::SellToOpen, 30);
            intent.effect = PriceEffect::Credit;
            break;
        default:
            QFAIL("no such case");
        }
        const auto dry = desk.exchange.dryRun(request);
        QVERIFY(!dry);
        QCOMPARE(dry.error().httpStatus, 422);
        QCOMPARE(dry.error().body.code, std::string("preflight_check_failure"));
        QCOMPARE(QString::fromStdString(dry.error().body.reasons.front().code), code);
        QVERIFY(!desk.exchange.place(request));
        QVERIFY(desk.exchange.orders().empty());
        QVERIFY(desk.recorder.events.empty());
    }

    void oppositeWorkingOrdersAreRefused()
    {
        Desk desk;
        const std::string call = desk.call().symbol;
        desk.place(limitOrder({optionLeg(call, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit));
        QCOMPARE(desk.place(limitOrder({optionLeg(call, Action::SellToOpen, 1)}, "99.0", PriceEffect::Credit)),
                 std::string("refused: illegal_buy_and_sell_on_same_symbol"));
    }

    void closingIsBoundByThePosition()
    {
        Desk desk;
        desk.buyStock(100);
        desk.wait(1min);
        for (int i = 0; i < 20; ++i)
            desk.wait(300ms);
        QCOMPARE(desk.exchange.positions(false).front().values.quantity, 100);
        const auto sell = [&](Action action, std::int64_t quantity) {
            return limitOrder({stockLeg("KO", action, quantity)}, "998.0", PriceEffect::Credit);
        };
        QCOMPARE(desk.place(sell(Action::SellToClose, 101)), std::string("refused: position_effect_validation_failed"));
        QCOMPARE(desk.place(sell(Action::SellToOpen, 1)), std::string("refused: opening_against_position"));
        desk.place(sell(Action::SellToClose, 60)); // rests: nobody pays 998
        QCOMPARE(desk.place(sell(Action::SellToClose, 41)), std::string("refused: position_effect_validation_failed"));
        QVERIFY(!desk.place(sell(Action::SellToClose, 40)).starts_with("refused"));
    }

    void withoutStrictValidationACloseOpens()
    {
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToClose, 1)}, "99.0", PriceEffect::Debit);
        request.strictPositionEffect = false;
        const auto answer = desk.exchange.place(request);
        QVERIFY(answer);
        QCOMPARE(answer->order.legs[0].terms.action, Action::BuyToOpen);
    }

    void dryRunsPromiseWhatHappens()
    {
        Desk desk;
        const market::Instrument low = desk.call(0.97), high = desk.call(1.0);
        const wire::OrderRequest request =
            limitOrder({optionLeg(low.symbol, Action::SellToOpen, 1), optionLeg(high.symbol, Action::BuyToOpen, 1)},
                       "1.0", PriceEffect::Credit);
        const auto dry = desk.exchange.dryRun(request);
        QVERIFY(dry);
        QVERIFY(dry->order.id.empty());
        QCOMPARE(dry->order.state, OrderState::Received);
        // A vertical ties up its width less what it brings; fees come on top.
        const base::Decimal width = (high.option->strike - low.option->strike) * 100;
        QCOMPARE(dry->buyingPower->changeInMargin, -(width - dollars("100.0")));
        QCOMPARE(dry->buyingPower->changeInBuyingPower, dry->buyingPower->changeInMargin - dry->fees->total);
        QCOMPARE(dry->buyingPower->currentBuyingPower, base::Decimal::fromInteger(100'000));
        QVERIFY(desk.exchange.orders().empty());
        QVERIFY(desk.recorder.events.empty());
    }

    void workingOrdersTieUpBuyingPower()
    {
        Desk desk;
        const std::string call = desk.call().symbol;
        const auto buy = [&](const char* price) {
            return limitOrder({optionLeg(call, Action::BuyToOpen, 100)}, price, PriceEffect::Debit);
        };
        QVERIFY(!desk.place(buy("0.05")).starts_with("refused")); // 500 of 100,000
        QCOMPARE(desk.exchange.dryRun(buy("0.05"))->buyingPower->currentBuyingPower, dollars("99500.0"));
        // The account says so too, when the order is taken and when it is gone.
        QCOMPARE(desk.exchange.balance().values.derivativeBuyingPower, dollars("99500.0"));
        QCOMPARE(desk.recorder.balances.back().values.derivativeBuyingPower, dollars("99500.0"));
        desk.wait();
        QVERIFY(desk.exchange.cancel(desk.exchange.orders().front()->id));
        desk.wait();
        QCOMPARE(desk.recorder.balances.back().values.derivativeBuyingPower, dollars("100000.0"));
    }
};

QTEST_GUILESS_MAIN(ExchangeChecksTest)
#include "exchange_checks_test.moc"
