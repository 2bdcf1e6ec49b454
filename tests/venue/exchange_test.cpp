#include "venue/order_helper.h"

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

ExchangeSettings plain()
{
    ExchangeSettings settings;
    settings.withExamplePositions = false;
    return settings;
}

struct Desk {
    explicit Desk(base::Instant start = thursday(), ExchangeSettings settings = plain())
        : market(venue::makeGeneratedMarket(5)), exchange(settings, *market, start)
    {
        exchange.setListener(&recorder);
    }

    market::Instrument call(double moneyness = 1, int days = 30)
    {
        return contract(*market, exchange.now(), "SPY", market::Right::Call, moneyness, days);
    }
    double ask(const market::Instrument& instrument) { return market->quote(instrument, exchange.now()).ask; }
    /// Far enough for anything marketable to be filled.
    void wait(base::Nanos span = 2s) { exchange.advanceTo(exchange.now() + span); }
    std::string place(const wire::OrderRequest& request)
    {
        const auto answer = exchange.place(request);
        return answer ? answer->order.id : "refused: " + answer.error().body.reasons.front().code;
    }
    /// A buy of stock that will fill.
    std::string buyStock(std::int64_t shares)
    {
        const double limit = 1.02 * ask(*market->find("KO", exchange.today()));
        const std::string price = venue::toCents(limit).toString();
        return place(limitOrder({stockLeg("KO", Action::BuyToOpen, shares)}, price.c_str(), PriceEffect::Debit));
    }

    std::unique_ptr<venue::MarketModel> market;
    Recorder recorder;
    Exchange exchange;
};

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

    void indexOptionsSettleInCash()
    {
        Desk desk;
        const market::Instrument call =
            contract(*desk.market, desk.exchange.now(), "SPX", market::Right::Call, 0.99, 1);
        desk.place(limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "999.0", PriceEffect::Debit));
        desk.wait();
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{1});
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(call.expiresAt + 1h);
        QVERIFY(desk.exchange.positions(false).empty());
        const double close = *desk.market->settlementPrice("SPX", call.option->expiry, market::Settlement::PM);
        const double worth = std::max(0.0, close - call.option->strike.toDouble());
        QCOMPARE(desk.exchange.balance().values.cash, before + venue::toCents(worth) * 100);
    }

    void amOptionsStopADayEarlier()
    {
        // The third Friday of March 2025 is the 21st: SPX trades for the last time on the 20th.
        Desk desk(thursday() + 6 * 24h + 4h);
        const auto find = [&](const char* root) {
            const market::ChainDefinition* chain = desk.market->definition("SPX", desk.exchange.today());
            return *std::ranges::find_if(chain->options, [&](const market::Instrument& option) {
                return option.option->root == root && option.option->expiry == base::makeDate(2025, 3, 21) &&
                       option.option->right == market::Right::Call &&
                       option.option->strike.toDouble() >
                           0.9 * desk.market->mark(chain->underlying, desk.exchange.now());
            });
        };
        const market::Instrument monthly = find("SPX"), weekly = find("SPXW");
        const auto buy = [&](const market::Instrument& option, const char* price) {
            wire::OrderRequest request =
                limitOrder({optionLeg(option.symbol, Action::BuyToOpen, 1)}, price, PriceEffect::Debit);
            request.intent.timeInForce = TimeInForce::Gtc;
            return desk.place(request);
        };
        const std::string resting = buy(monthly, "0.05");
        QVERIFY(!buy(monthly, "900.0").starts_with("refused"));
        desk.wait();
        desk.exchange.advanceTo(thursday(16) + 7 * 24h + 1min);
        QCOMPARE(desk.exchange.order(resting)->state, OrderState::Expired);
        QCOMPARE(buy(monthly, "0.05"), std::string("refused: instrument_expired"));
        QVERIFY(!buy(weekly, "0.05").starts_with("refused"));
        QCOMPARE(desk.exchange.positions(false).size(), std::size_t{1});
        const base::Decimal before = desk.exchange.balance().values.cash;
        desk.exchange.advanceTo(thursday(9, 30) + 8 * 24h);
        QVERIFY(desk.exchange.positions(false).empty());
        const double opening =
            *desk.market->settlementPrice("SPX", base::makeDate(2025, 3, 21), market::Settlement::AM);
        QCOMPARE(desk.exchange.balance().values.cash,
                 before + venue::toCents(std::max(0.0, opening - monthly.option->strike.toDouble())) * 100);
    }

    void stockOptionsSettleInStock_data()
    {
        QTest::addColumn<bool>("isCall");
        QTest::addColumn<double>("moneyness");
        QTest::addColumn<int>("shares");
        QTest::newRow("short put in the money") << false << 1.25 << 100;
        QTest::newRow("short put out of the money") << false << 0.8 << 0;
        QTest::newRow("short call in the money") << true << 0.75 << -100;
    }
    void stockOptionsSettleInStock()
    {
        QFETCH(bool, isCall);
        QFETCH(double, moneyness);
        QFETCH(int, shares);
        Desk desk;
        const auto right = isCall ? market::Right::Call : market::Right::Put;
        const market::Instrument option = contract(*desk.market, desk.exchange.now(), "KO", right, moneyness, 30);
        desk.place(limitOrder({optionLeg(option.symbol, Action::SellToOpen, 1)}, "0.0", PriceEffect::Credit));
        for (int i = 0; i < 20; ++i)
            desk.wait();
        if (desk.exchange.orders().front()->state != OrderState::Filled)
            QVERIFY(shares == 0); // nobody bids for the far put; then nothing is held and nothing settles
        desk.exchange.advanceTo(option.expiresAt + 1h);
        std::int64_t held = 0;
        for (const wire::AccountPosition& position : desk.exchange.positions(false)) {
            QCOMPARE(position.values.symbol, std::string("KO"));
            QCOMPARE(position.values.averageOpenPrice, option.option->strike);
            held = position.values.quantity;
        }
        QCOMPARE(held, shares);
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
