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
using venue::Exchange;
using venue::ExchangeSettings;
using wire::OrderState;

namespace
{

QByteArray stateBytes(const Exchange& exchange)
{
    QByteArray bytes;
    for (const wire::Order* order : exchange.orders())
        bytes += wire::toBytes(wire::toJson(*order)) + '\n';
    for (const wire::AccountPosition& position : exchange.positions(true))
        bytes += wire::toBytes(wire::toJson(position)) + '\n';
    return bytes + wire::toBytes(wire::toJson(exchange.balance()));
}

} // namespace

class ExchangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOrderGoesItsWay()
    {
        Desk desk;
        const market::Instrument call = desk.call();
        wire::OrderRequest request =
            limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "99.0", PriceEffect::Debit);
        request.externalId = "mine-1";
        const auto answer = desk.exchange.place(request);
        QVERIFY(answer);
        QCOMPARE(answer->order.state, OrderState::Routed);
        QVERIFY(!answer->order.isCancellable);
        QCOMPARE(answer->order.externalId, std::string("mine-1"));
        QCOMPARE(answer->order.underlying, std::string("SPY"));
        desk.wait();
        const std::vector<std::string> expected{
            "order Routed", "balance", "order Live", "order Filled", "position " + call.symbol + " 1", "balance"};
        QCOMPARE(desk.recorder.events, expected);
        const wire::Order* order = desk.exchange.order(answer->order.id);
        QCOMPARE(order->legs[0].fills.size(), std::size_t{1});
        QCOMPARE(order->legs[0].remaining, 0);
        QVERIFY(order->terminalAt && order->liveAt);
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{1});
    }

    void takersPayTheAskAndNothingBetter()
    {
        Desk desk;
        const market::Instrument call = desk.call();
        desk.place(limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "99.0", PriceEffect::Debit));
        desk.wait(40ms); // exactly when it becomes live
        const wire::Order* order = desk.exchange.orders().front();
        QCOMPARE(order->state, OrderState::Filled);
        QCOMPARE(order->legs[0].fills[0].price.toDouble(), desk.ask(call));
    }

    void cashMovesByFillAndFees()
    {
        Desk desk;
        const market::Instrument call = desk.call();
        desk.place(limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 2)}, "99.0", PriceEffect::Debit));
        desk.wait();
        const wire::Order* order = desk.exchange.orders().front();
        QCOMPARE(order->state, OrderState::Filled);
        base::Decimal paid;
        for (const wire::LegFill& fill : order->legs[0].fills)
            paid += fill.price * (fill.quantity * 100);
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {order->legs[0].terms};
        const base::Decimal fees = portfolio::feesFor(intent, base::makeDate(2025, 3, 13)).total();
        QVERIFY(!fees.isZero());
        QCOMPARE(desk.exchange.balance().values.cash, base::Decimal::fromInteger(100'000) - paid - fees);
    }

    void limitsBelowTheMarketRest()
    {
        Desk desk;
        const market::Instrument call = desk.call();
        const std::string id =
            desk.place(limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit));
        desk.wait(10s);
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Live);
        QVERIFY(desk.exchange.order(id)->isCancellable);
        QVERIFY(desk.exchange.cancel(id));
        QCOMPARE(desk.exchange.order(id)->state, OrderState::CancelRequested);
        desk.wait();
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Cancelled);
        const auto again = desk.exchange.cancel(id);
        QVERIFY(!again);
        QCOMPARE(again.error().body.code, std::string("cannot_update_order"));
        QCOMPARE(desk.exchange.cancel("1").error().httpStatus, 404);
    }

    void spreadsFillAtOneNetPrice()
    {
        Desk desk;
        const market::Instrument low = desk.call(1.0), high = desk.call(1.03);
        const wire::OrderRequest request =
            limitOrder({optionLeg(low.symbol, Action::BuyToOpen, 3), optionLeg(high.symbol, Action::SellToOpen, 3)},
                       "50.0", PriceEffect::Debit);
        const std::string id = desk.place(request);
        for (int i = 0; i < 50; ++i)
            desk.wait(300ms);
        const wire::Order& order = *desk.exchange.order(id);
        QCOMPARE(order.state, OrderState::Filled);
        QCOMPARE(order.size, 3);
        QCOMPARE(order.legs[0].fills.size(), order.legs[1].fills.size());
        for (std::size_t i = 0; i < order.legs[0].fills.size(); ++i) {
            const base::Decimal net = order.legs[0].fills[i].price - order.legs[1].fills[i].price;
            QVERIFY(net > base::Decimal{} && net <= dollars("50.0"));
            QCOMPARE(order.legs[0].fills[i].quantity, order.legs[1].fills[i].quantity);
        }
    }

    void bigOrdersFillInParts()
    {
        Desk desk;
        desk.buyStock(1900);
        desk.wait(60ms);
        const wire::Order* order = desk.exchange.orders().front();
        QCOMPARE(order->state, OrderState::Live);
        QVERIFY(order->legs[0].remaining > 0 && order->legs[0].remaining < 1900);
        for (int i = 0; i < 200; ++i)
            desk.wait(300ms);
        QCOMPARE(order->state, OrderState::Filled);
        QVERIFY(order->legs[0].fills.size() > 1);
        QCOMPARE(desk.exchange.positions(false).front().values.quantity, 1900);
        // What was left over is still a taker's: it pays the market, not its limit 2 % above.
        for (const wire::LegFill& fill : order->legs[0].fills)
            QVERIFY(fill.price < *order->price);
    }
    void closedMarketsReceiveAndWait()
    {
        Desk desk(thursday(17));
        QVERIFY(!desk.exchange.isMarketOpen());
        const auto answer =
            desk.exchange.place(limitOrder({stockLeg("KO", Action::BuyToOpen, 10)}, "999.0", PriceEffect::Debit));
        QVERIFY(answer);
        QCOMPARE(answer->order.state, OrderState::Received);
        QCOMPARE(answer->warnings.front().code, std::string("tif.next_valid_session"));
        desk.wait(1h);
        QCOMPARE(desk.exchange.order(answer->order.id)->state, OrderState::Received);
        desk.exchange.advanceTo(thursday(10) + 24h);
        QCOMPARE(desk.exchange.order(answer->order.id)->state, OrderState::Filled);
        QVERIFY(market::isOpen(*desk.exchange.order(answer->order.id)->terminalAt));

        wire::OrderRequest atMarket;
        atMarket.intent.legs = {stockLeg("KO", Action::BuyToOpen, 1)};
        atMarket.intent.type = OrderType::Market;
        desk.exchange.advanceTo(thursday(18) + 24h);
        QCOMPARE(desk.place(atMarket), std::string("refused: tif_no_after_hours_opening_market_orders"));

        const std::string id = desk.buyStock(1);
        QVERIFY(desk.exchange.cancel(id));
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Cancelled); // at once, without a request
    }

    void marketOrdersFill()
    {
        Desk desk;
        wire::OrderRequest request;
        request.intent.legs = {stockLeg("KO", Action::BuyToOpen, 1)};
        request.intent.type = OrderType::Market;
        const std::string id = desk.place(request);
        desk.wait();
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Filled);
    }

    void dayOrdersExpireAtTheClose()
    {
        Desk desk;
        const std::string call = desk.call().symbol;
        const std::string day =
            desk.place(limitOrder({optionLeg(call, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit));
        wire::OrderRequest longer = limitOrder({optionLeg(call, Action::BuyToOpen, 1)}, "0.02", PriceEffect::Debit);
        longer.intent.timeInForce = TimeInForce::Gtc;
        const std::string gtc = desk.place(longer);
        desk.exchange.advanceTo(thursday(20));
        QCOMPARE(desk.exchange.order(day)->state, OrderState::Expired);
        QCOMPARE(*desk.exchange.order(day)->terminalAt, thursday(16));
        QCOMPARE(desk.exchange.order(gtc)->state, OrderState::Live);
    }

    void immediateOrdersDoNotRest()
    {
        Desk desk;
        wire::OrderRequest request =
            limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "0.01", PriceEffect::Debit);
        request.intent.timeInForce = TimeInForce::Ioc;
        const std::string id = desk.place(request);
        desk.wait();
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Cancelled);
    }

    void stopsWaitForTheirTrigger()
    {
        Desk desk;
        const double spot = desk.market->mark(*desk.market->find("SPY", desk.exchange.today()), desk.exchange.now());
        wire::OrderRequest request;
        request.intent.legs = {stockLeg("SPY", Action::BuyToOpen, 1)};
        request.intent.type = OrderType::Stop;
        request.intent.stopTrigger = venue::toCents(spot * 1.2);
        const std::string far = desk.place(request);
        request.intent.stopTrigger = venue::toCents(spot * 0.9);
        const std::string reached = desk.place(request);
        desk.wait();
        QCOMPARE(desk.exchange.order(far)->state, OrderState::Live);
        QCOMPARE(desk.exchange.order(reached)->state, OrderState::Filled);
    }

    void offlineSessionsReject()
    {
        Desk desk;
        desk.exchange.setSessionOffline(true);
        const std::string id = desk.buyStock(1);
        desk.wait();
        QCOMPARE(desk.exchange.order(id)->state, OrderState::Rejected);
        QCOMPARE(desk.exchange.order(id)->rejectReason, std::string("Session offline"));
    }
    void aNewDayStartsItsProfitAfresh()
    {
        Desk desk;
        desk.buyStock(10);
        desk.wait();
        const auto before = desk.exchange.positions(false).front().values;
        QCOMPARE(before.averageDailyMarketClosePrice, before.averageOpenPrice);
        desk.exchange.advanceTo(thursday(10) + 24h);
        const auto after = desk.exchange.positions(false).front().values;
        const double close = desk.market->mark(*desk.market->find("KO", desk.exchange.today()), thursday(16));
        QCOMPARE(after.averageDailyMarketClosePrice, venue::toCents(close));
        QCOMPARE(after.averageOpenPrice, before.averageOpenPrice);
    }

    void theExampleBookIsSmallAndHedged()
    {
        ExchangeSettings settings;
        Desk desk(thursday(), settings);
        const auto positions = desk.exchange.positions(false);
        QCOMPARE(positions.size(), std::size_t{7});
        for (const wire::AccountPosition& position : positions)
            QVERIFY(position.values.averageOpenPrice > base::Decimal{});
        const auto balance = desk.exchange.balance().values;
        QVERIFY(std::abs(balance.netLiquidation.toDouble() - 100'000) < 10'000);
        QVERIFY(balance.derivativeBuyingPower > dollars("20000.0"));
        QVERIFY(desk.exchange.account().nickname.find("example") != std::string::npos);
        Desk bare;
        QVERIFY(bare.exchange.account().nickname.find("example") == std::string::npos);
    }

    void theSameCallsGiveTheSameBytes()
    {
        const auto run = [](base::Nanos stride) {
            Desk desk(thursday(), ExchangeSettings{});
            const std::string call = desk.call().symbol, other = desk.call(1.02).symbol;
            desk.place(limitOrder({optionLeg(call, Action::BuyToOpen, 2), optionLeg(other, Action::SellToOpen, 2)},
                                  "20.0", PriceEffect::Debit));
            desk.buyStock(1500);
            const std::string resting =
                desk.place(limitOrder({optionLeg(other, Action::SellToOpen, 1)}, "90.0", PriceEffect::Credit));
            for (base::Instant at = desk.exchange.now(); at < thursday(10, 5); at += stride)
                desk.exchange.advanceTo(at);
            desk.exchange.advanceTo(thursday(10, 5));
            static_cast<void>(desk.exchange.cancel(resting));
            desk.exchange.advanceTo(thursday(18) + 96h);
            return stateBytes(desk.exchange);
        };
        const QByteArray first = run(250ms);
        QCOMPARE(run(250ms), first);
        // How often the clock was looked at must not matter: a venue that replays its orders jumps from one to the next.
        QCOMPARE(run(20ms), first);
        QCOMPARE(run(1min), first);
        QVERIFY(first.contains("Filled") && first.contains("Cancelled"));
    }

    void theClockNeverRunsBack()
    {
        Desk desk;
        desk.wait(1h);
        const base::Instant now = desk.exchange.now();
        desk.exchange.advanceTo(now - 30min);
        QCOMPARE(desk.exchange.now(), now);
    }
};

QTEST_GUILESS_MAIN(ExchangeTest)
#include "exchange_test.moc"
