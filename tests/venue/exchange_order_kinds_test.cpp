#include "venue/exchange_desk.h"

#include "venue/trading_hours.h"

#include <QJsonArray>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using venue::TradingHours;
using wire::OrderState;

/// The broker's order types and lifetimes beside the plain ones.
class ExchangeOrderKindsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hours_data()
    {
        QTest::addColumn<int>("hoursSinceThursday");
        QTest::addColumn<bool>("regular");
        QTest::addColumn<bool>("extended");
        QTest::addColumn<bool>("overnight");
        QTest::newRow("6:00") << 6 << false << false << true;
        QTest::newRow("7:00") << 7 << false << true << true;
        QTest::newRow("10:00") << 10 << true << true << true;
        QTest::newRow("16:00") << 16 << false << true << true;
        QTest::newRow("20:00, the evening before") << 20 << false << false << true;
        QTest::newRow("Friday 21:00") << 45 << false << false << false;
        QTest::newRow("Saturday") << 60 << false << false << false;
        QTest::newRow("Sunday 19:00") << 91 << false << false << false;
        QTest::newRow("Sunday 20:00") << 92 << false << false << true;
    }
    void hours()
    {
        QFETCH(int, hoursSinceThursday);
        QFETCH(bool, regular);
        QFETCH(bool, extended);
        QFETCH(bool, overnight);
        const base::Instant at = thursday(0) + std::chrono::hours(hoursSinceThursday);
        QCOMPARE(isTrading(TradingHours::Regular, at), regular);
        QCOMPARE(isTrading(TradingHours::Extended, at), extended);
        QCOMPARE(isTrading(TradingHours::Overnight, at), overnight);
        for (const TradingHours hours : {TradingHours::Regular, TradingHours::Extended, TradingHours::Overnight}) {
            const base::Instant next = nextTrading(hours, at);
            QVERIFY(next > at && isTrading(hours, next));
        }
    }

    void extendedOrdersTradeOutsideTheSession()
    {
        Desk desk(thursday(17));
        const wire::OrderRequest day = extended(desk, wire::extendedDay, 1.02);
        const auto answer = desk.exchange.place(day);
        QVERIFY(answer);
        QCOMPARE(answer->order.state, OrderState::Routed);
        QCOMPARE(answer->order.timeInForceText, std::string("Ext"));
        QVERIFY(answer->warnings.empty());
        desk.wait();
        QCOMPARE(desk.stateOf(answer->order.id), OrderState::Filled);

        const std::string resting = desk.place(extended(desk, wire::extendedDay, 0.5));
        const std::string longer = desk.place(extended(desk, wire::extendedGtc, 0.5));
        desk.exchange.advanceTo(thursday(21));
        QCOMPARE(desk.stateOf(resting), OrderState::Expired);
        QCOMPARE(*desk.exchange.order(resting)->terminalAt, thursday(20));
        QCOMPARE(desk.stateOf(longer), OrderState::Live);

        // Between 20:00 and 7:00 only orders for the night trade.
        const std::string early = desk.place(extended(desk, wire::extendedDay, 1.02));
        QCOMPARE(desk.stateOf(early), OrderState::Received);
        const std::string night = desk.place(extended(desk, wire::overnightDay, 1.02));
        desk.wait();
        QCOMPARE(desk.stateOf(night), OrderState::Filled);
        QCOMPARE(desk.stateOf(early), OrderState::Received);
        desk.exchange.advanceTo(thursday(7, 1) + 24h);
        QCOMPARE(desk.stateOf(early), OrderState::Filled);
    }

    void aMarketableLimitTakesTheOtherSide()
    {
        Desk desk;
        const market::Instrument low = desk.call(1.0), high = desk.call(1.03);
        wire::OrderRequest request;
        request.typeText = wire::marketableLimit;
        request.intent.legs = {optionLeg(low.symbol, Action::BuyToOpen, 1),
                               optionLeg(high.symbol, Action::SellToOpen, 1)};
        const double natural = desk.ask(low) - desk.market->quote(high, desk.exchange.now()).bid;
        const auto answer = desk.exchange.place(request);
        QVERIFY(answer);
        QCOMPARE(answer->order.price, venue::toCents(natural));
        QCOMPARE(answer->order.effect, PriceEffect::Debit);
        QCOMPARE(answer->order.typeText, std::string("Marketable Limit"));
        for (int i = 0; i < 2000 && desk.stateOf(answer->order.id) != OrderState::Filled; ++i)
            desk.wait(1s); // the market may have moved away in the meantime, and comes back
        QCOMPARE(desk.stateOf(answer->order.id), OrderState::Filled);
    }

    void aDateEndsAnOrder()
    {
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit);
        request.intent.timeInForce = TimeInForce::Gtd;
        request.intent.gtcDate = base::makeDate(2025, 3, 14);
        const std::string id = desk.place(request);
        desk.exchange.advanceTo(thursday(15, 59) + 24h);
        QCOMPARE(desk.stateOf(id), OrderState::Live);
        desk.exchange.advanceTo(thursday(16) + 24h);
        QCOMPARE(desk.stateOf(id), OrderState::Expired);
    }

    void anOrderMayFillWhileItIsCancelled()
    {
        Desk desk;
        const std::string id = desk.buyStock(1900); // in parts
        desk.wait(60ms);
        QCOMPARE(desk.stateOf(id), OrderState::Live);
        const std::size_t fills = desk.exchange.order(id)->legs[0].fills.size();
        desk.wait(229ms);
        QVERIFY(desk.exchange.cancel(id));
        desk.wait();
        QCOMPARE(desk.stateOf(id), OrderState::Cancelled);
        QCOMPARE(desk.exchange.order(id)->legs[0].fills.size(), fills + 1); // on the way to the exchange
    }

    void whatIsCancelledStaysSo()
    {
        Desk desk(thursday(17));
        const std::string id = desk.buyStock(1); // would fill at the open
        QVERIFY(desk.exchange.cancel(id));
        desk.exchange.advanceTo(thursday(10) + 24h);
        QCOMPARE(desk.stateOf(id), OrderState::Cancelled);
        QVERIFY(desk.exchange.positions(false).empty());
    }

    void refusals_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("code");
        QTest::newRow("a value with a price") << 0 << "price_and_value";
        QTest::newRow("a limit for a value") << 1 << "value_not_allowed";
        QTest::newRow("a notional order of nothing") << 2 << "value_required";
        QTest::newRow("a notional order of 4 dollars") << 3 << "notional_minimum_not_met";
        QTest::newRow("a value on neither side") << 4 << "value_effect_required";
        QTest::newRow("a value received for a purchase") << 5 << "cant_buy_for_credit";
        QTest::newRow("a fraction of a contract") << 6 << "fractional_quantity_not_eligible";
        QTest::newRow("a notional order of two legs") << 7 << "single_leg_required";
        QTest::newRow("options at night") << 8 << "tif_extended_equities_only";
        QTest::newRow("a condition of nothing") << 9 << "order_rules_invalid";
        QTest::newRow("an opening stop for longer") << 10 << "gtc_opening_stop_not_supported";
        QTest::newRow("five legs") << 11 << "too_many_legs";
        QTest::newRow("a limit for half a share") << 12 << "fractional_market_orders_only";
        QTest::newRow("a value for longer than the day") << 13 << "gtc_market_orders_not_supported";
        QTest::newRow("to sell a value that is not held") << 14 << "position_effect_validation_failed";
        QTest::newRow("to sell a value short") << 15 << "fractional_short_not_allowed";
    }
    void refusals()
    {
        QFETCH(int, which);
        QFETCH(QString, code);
        Desk desk;
        wire::OrderRequest request;
        request.intent.legs = {stockLeg("KO", Action::BuyToOpen, 0)};
        request.intent.type = OrderType::NotionalMarket;
        request.intent.value = dollars("25.0");
        request.valueEffect = PriceEffect::Debit;
        const std::string call = desk.call().symbol;
        const base::Quantity half = base::Quantity::parse("0.5").value();
        const wire::OrderRequest limit = limitOrder({optionLeg(call, Action::BuyToOpen, 1)}, "5.0", PriceEffect::Debit);
        switch (which) {
        case 0:
            request.intent.price = dollars("1.0");
            break;
        case 1:
            request = limit;
            request.intent.value = dollars("25.0");
            break;
        case 2:
            request.intent.value.reset();
            break;
        case 3:
            request.intent.value = dollars("4.99");
            break;
        case 4:
            request.valueEffect = PriceEffect::None;
            break;
        case 5:
            request.valueEffect = PriceEffect::Credit;
            break;
        case 6:
            request.intent.legs[0] = optionLeg(call, Action::BuyToOpen, 0);
            break;
        case 7:
            request.intent.legs.push_back(optionLeg(desk.call(1.02).symbol, Action::BuyToOpen, 1));
            request.intent.legs[0] = optionLeg(call, Action::BuyToOpen, 1);
            break;
        case 8:
            request = limit;
            request.timeInForceText = wire::extendedDay;
            break;
        case 9:
            request = limit;
            request.rules = {{QStringLiteral("conditions"), QJsonArray{QJsonObject{}}}};
            break;
        case 10:
            request = {};
            request.intent.legs = {stockLeg("KO", Action::BuyToOpen, 1)};
            request.intent.type = OrderType::Stop;
            request.intent.timeInForce = TimeInForce::Gtc;
            request.intent.stopTrigger = dollars("900.0");
            break;
        case 12:
            request = limitOrder({{"KO", market::InstrumentType::Equity, Action::BuyToOpen, half}}, "90.0",
                                 PriceEffect::Debit);
            break;
        case 13:
            request.intent.timeInForce = TimeInForce::Gtc;
            break;
        case 14:
            request.intent.legs[0].action = Action::SellToClose;
            request.valueEffect = PriceEffect::Credit;
            break;
        case 15:
            request.intent.legs[0].action = Action::SellToOpen;
            request.valueEffect = PriceEffect::Credit;
            break;
        default:
            request = limit;
            for (const double moneyness : {1.01, 1.02, 1.03, 1.04})
                request.intent.legs.push_back(optionLeg(desk.call(moneyness).symbol, Action::BuyToOpen, 1));
        }
        const auto answer = desk.exchange.place(request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().body.code, std::string("preflight_check_failure"));
        const auto& reasons = answer.error().body.reasons;
        QVERIFY(std::ranges::find(reasons, code.toStdString(), &wire::Reason::code) != reasons.end());
        QVERIFY(desk.exchange.orders().empty());
    }

    /// Bought for so many dollars, held as what that came to, and gone to the last hundred-thousandth.
    void aValueBuysAFractionThatCanBeSold()
    {
        Desk desk;
        wire::OrderRequest buy;
        buy.intent.legs = {stockLeg("KO", Action::BuyToOpen, 0)};
        buy.intent.type = OrderType::NotionalMarket;
        buy.intent.value = dollars("25.0");
        buy.valueEffect = PriceEffect::Debit;
        const auto checked = desk.exchange.dryRun(buy);
        QVERIFY(checked && checked->buyingPower->changeInBuyingPower < dollars("-12.0")); // half of it, as of any share
        const std::string bought = desk.place(buy);
        desk.wait();
        QCOMPARE(desk.stateOf(bought), OrderState::Filled);
        const wire::Leg& leg = desk.exchange.order(bought)->legs.front();
        const base::Quantity quantity = leg.terms.quantity;
        QCOMPARE(leg.fills.size(), std::size_t{1});
        QVERIFY(leg.remaining == 0 && leg.fills[0].quantity == quantity && !quantity.isWhole());
        QVERIFY(quantity == quantity.flooredTo(5));
        const base::Decimal step = leg.fills[0].price * base::Quantity::fromUnits(1000);
        QVERIFY(leg.fills[0].price * quantity <= dollars("25.0") &&
                leg.fills[0].price * quantity + step > dollars("25.0"));

        const auto held = desk.exchange.positions(false);
        QCOMPARE(held.size(), std::size_t{1});
        QCOMPARE(wire::toJson(held[0]).value("quantity").toString().toStdString(), quantity.toString());
        QVERIFY(desk.exchange.history().transactions().back().quantity == quantity);

        // It goes on from what it wrote down, to the fraction.
        venue::Exchange again(plain(), *desk.market, thursday(), desk.exchange.state());
        QVERIFY(again.positions(false).at(0).values.quantity == quantity);

        wire::OrderRequest sale;
        sale.intent.legs = {{"KO", market::InstrumentType::Equity, Action::SellToClose, quantity}};
        sale.intent.type = OrderType::Market;
        sale.strictPositionEffect = true;
        const std::string sold = desk.place(sale);
        desk.wait();
        QCOMPARE(desk.stateOf(sold), OrderState::Filled);
        QVERIFY(desk.exchange.positions(false).empty());
        QVERIFY(desk.exchange.book().quantity("KO") == 0);
    }

    void aValueIsSoldOutOfMore()
    {
        Desk desk;
        desk.hold(1);
        wire::OrderRequest sale;
        sale.intent.legs = {stockLeg("KO", Action::SellToClose, 0)};
        sale.intent.type = OrderType::NotionalMarket;
        sale.intent.value = dollars("10.0");
        sale.valueEffect = PriceEffect::Credit;
        const std::string sold = desk.place(sale);
        desk.wait();
        QCOMPARE(desk.stateOf(sold), OrderState::Filled);
        QVERIFY(desk.exchange.book().quantity("KO") == 1 - desk.exchange.order(sold)->legs.front().terms.quantity);
        QVERIFY(desk.exchange.book().quantity("KO") > 0);
    }

private:
    /// A purchase of one share at `fraction` of what it costs.
    static wire::OrderRequest extended(Desk& desk, std::string_view lifetime, double fraction)
    {
        const double price = fraction * desk.ask(*desk.market->find("KO", desk.exchange.today()));
        wire::OrderRequest request = limitOrder({stockLeg("KO", Action::BuyToOpen, 1)},
                                                venue::toCents(price).toString().c_str(), PriceEffect::Debit);
        request.timeInForceText = lifetime;
        if (lifetime.starts_with("GTC"))
            request.intent.timeInForce = TimeInForce::Gtc;
        return request;
    }
};

QTEST_GUILESS_MAIN(ExchangeOrderKindsTest)
#include "exchange_order_kinds_test.moc"
