#include "risk/gate/gate.h"

#include "risk/gate_orders.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::risk;
using market::Right;
using portfolio::Action;
using portfolio::OrderIntent;
using portfolio::OrderType;
using portfolio::PriceEffect;
using namespace testing;

class GateChecksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesTheShapeless_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, Change change, const char* codes) {
            QTest::newRow(name) << change << codes;
        };
        row("nothing wrong", [](MarketRig&, OrderIntent&) {}, "");
        row("no legs", [](MarketRig&, OrderIntent& o) { o.legs.clear(); }, "leg_count");
        row(
            "five legs",
            [](MarketRig&, OrderIntent& o) {
                for (int strike : {560, 565, 570})
                    o.legs.push_back(MarketRig::leg(spyPut(strike), Action::BuyToOpen));
            },
            "leg_count");
        row("one symbol twice", [](MarketRig&, OrderIntent& o) { o.legs[1].symbol = o.legs[0].symbol; }, "leg_symbol");
        row("no quantity", [](MarketRig&, OrderIntent& o) { o.legs[0].quantity = 0; }, "quantity");
        row("negative quantity", [](MarketRig&, OrderIntent& o) { o.legs[0].quantity = -1; }, "quantity");
        row("absurd quantity", [](MarketRig&, OrderIntent& o) { o.legs[0].quantity = 1'000'000; }, "quantity");
        row(
            "unknown symbol", [](MarketRig&, OrderIntent& o) { o.legs[0].symbol = "XYZ   261218P00580000"; },
            "unknown_instrument");
        row(
            "an index is not for sale",
            [](MarketRig&, OrderIntent& o) {
                o = {};
                o.underlying = "SPX";
                o.legs = {{.symbol = "SPX", .type = market::InstrumentType::Index}};
                o.price = decimal("6000");
                o.effect = PriceEffect::Debit;
            },
            "unsupported_instrument");
        for (const auto type : {market::InstrumentType::Future, market::InstrumentType::FutureOption}) {
            const bool isOption = type == market::InstrumentType::FutureOption;
            row(
                isOption ? "an option on a future" : "a future",
                [type, isOption](MarketRig&, OrderIntent& o) {
                    o = {};
                    o.underlying = "/ESZ6";
                    o.legs = {{.symbol = isOption ? "./ESZ6 EW4X6 261127P6000" : "/ESZ6", .type = type}};
                    o.price = decimal("20");
                    o.effect = PriceEffect::Debit;
                },
                "unsupported_instrument");
        }
        row(
            "wrong type", [](MarketRig&, OrderIntent& o) { o.legs[0].type = market::InstrumentType::Future; },
            "leg_types unsupported_instrument");
        row("other underlying", [](MarketRig&, OrderIntent& o) { o.underlying = "QQQ"; }, "underlying");
        row(
            "shares with options",
            [](MarketRig&, OrderIntent& o) { o.legs[1] = MarketRig::leg("SPY", Action::BuyToOpen); }, "leg_types");
        row("expired", [](MarketRig& rig, OrderIntent&) { rig.now += std::chrono::hours(24 * 40); }, "expired");
        row("closed market", [](MarketRig& rig, OrderIntent&) { rig.isOpen = false; }, "market_closed");
        row("no price", [](MarketRig&, OrderIntent& o) { o.price.reset(); }, "price");
        row("price of zero", [](MarketRig&, OrderIntent& o) { o.price = decimal("0"); }, "price");
        row("negative price", [](MarketRig&, OrderIntent& o) { o.price = decimal("-1"); }, "price");
        row("off tick", [](MarketRig&, OrderIntent& o) { o.price = decimal("1.005"); }, "price_tick");
        row("no effect", [](MarketRig&, OrderIntent& o) { o.effect = PriceEffect::None; }, "price_effect");
        row(
            "all bought for a credit", [](MarketRig&, OrderIntent& o) { o.legs[0].action = Action::BuyToOpen; },
            "price_effect");
        row(
            "all sold for a debit",
            [](MarketRig&, OrderIntent& o) {
                o.legs[1].action = Action::SellToOpen;
                o.effect = PriceEffect::Debit;
            },
            "price_effect");
        row(
            "market order of two legs",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.price.reset();
                o.effect = PriceEffect::None;
            },
            "order_type");
        row(
            "market order with a price",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.legs.pop_back();
            },
            "price");
        row(
            "market order good till cancelled",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.timeInForce = portfolio::TimeInForce::Gtc;
                o.legs.pop_back();
                o.price.reset();
            },
            "order_type");
        row(
            "stop without trigger",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::StopLimit;
                o.legs.pop_back();
            },
            "stop_trigger");
        row("limit with a trigger", [](MarketRig&, OrderIntent& o) { o.stopTrigger = decimal("1"); }, "stop_trigger");
        row(
            "stop that opens, for other days",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.type = OrderType::Stop;
                o.stopTrigger = decimal("620");
                o.price.reset();
                o.effect = portfolio::PriceEffect::None;
                o.timeInForce = portfolio::TimeInForce::Gtc;
            },
            "order_type");
        row(
            "date missing", [](MarketRig&, OrderIntent& o) { o.timeInForce = portfolio::TimeInForce::Gtd; },
            "gtc_date");
        row(
            "date passed",
            [](MarketRig&, OrderIntent& o) {
                o.timeInForce = portfolio::TimeInForce::Gtd;
                o.gtcDate = base::makeDate(2026, 11, 19);
            },
            "gtc_date");
        row(
            "opens against a position", [](MarketRig& rig, OrderIntent&) { rig.hold(spyPut(580), 3); },
            "open_against_position");
        row(
            "closes what is not held", [](MarketRig&, OrderIntent& o) { o.legs[0].action = Action::SellToClose; },
            "close_quantity");
        row(
            "closes what a working order closes",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold(spyPut(580), 1);
                o.legs[0].action = Action::SellToClose;
                rig.working.push_back(rig.order("SPY", {MarketRig::leg(spyPut(580), Action::SellToClose)}));
            },
            "close_quantity");
    }
    void refusesTheShapeless()
    {
        QFETCH(Change, change);
        QFETCH(QString, codes);
        MarketRig rig;
        OrderIntent order = creditSpread(rig, 1);
        change(rig, order);
        const Gate gate(wideLimits(Tolerance::Moderate));
        const auto judged = gate.preview(order, rig.state());
        QCOMPARE(codesOf(judged), codes);
        if (judged)
            return;
        for (const Refusal& refusal : judged.error().reasons) {
            const std::string words = refusal.sentence.english(); // contracts by names that a person reads
            QVERIFY2(words.find("00580000") == std::string::npos && words.find("00575000") == std::string::npos,
                     words.c_str());
        }
    }

    void holdsPricesInABand_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, Change change, const char* codes) {
            QTest::newRow(name) << change << codes;
        };
        const auto worseBy = [](const char* cash) {
            return [cash](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen)});
                o.price = *o.price + decimal(cash);
            };
        };
        row("at natural", worseBy("0"), "");
        row("a tenth beyond natural", worseBy("1.20"), ""); // the call costs about 15
        row("more than a tenth beyond", worseBy("2.00"), "price_band");
        row(
            "far better than natural waits",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen)});
                o.price = decimal("1.00");
            },
            "");
        row(
            "a credit sent as a debit", [](MarketRig&, OrderIntent& o) { o.effect = PriceEffect::Debit; },
            "price_band price_worth");
        row(
            "a debit sent as a credit",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToOpen),
                                      MarketRig::leg(spyPut(575), Action::SellToOpen)});
                o.effect = PriceEffect::Credit;
            },
            "price_effect");
        row(
            "shares within one per cent",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.price = decimal("605");
            },
            "");
        row(
            "shares beyond one per cent",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.price = decimal("607");
            },
            "price_band");
        row(
            "sold too cheaply",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold(spyCall(600), 1);
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::SellToClose)});
                o.price = *o.price - decimal("3");
            },
            "price_band");
        row(
            "market order in a narrow market",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen)});
                o.type = OrderType::Market;
                o.price.reset();
                o.effect = PriceEffect::None;
            },
            "");
        row(
            "market order in a wide market",
            [](MarketRig& rig, OrderIntent& o) {
                rig.halfSpread = 4;
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::BuyToOpen)});
                o.type = OrderType::Market;
                o.price.reset();
                o.effect = PriceEffect::None;
            },
            "price_band");
        const auto atMarket = [](Action action, double bid, double ask) {
            return [=](MarketRig& rig, OrderIntent& o) {
                if (!portfolio::isOpening(action))
                    rig.hold(spyCall(600), portfolio::isBuy(action) ? -1 : 1);
                o = rig.order("SPY", {MarketRig::leg(spyCall(600), action)});
                o.type = OrderType::Market;
                o.price.reset();
                o.effect = PriceEffect::None;
                rig.quotes[spyCall(600)] = {bid, ask};
            };
        };
        constexpr double none = market::unknown;
        row("market buy in no market", atMarket(Action::BuyToOpen, 0, 0), "unknown_value");
        row("market buy without an offer", atMarket(Action::BuyToOpen, 15, 0), "quote unknown_value");
        row("market buy without an ask", atMarket(Action::BuyToOpen, 15, none), "unknown_value");
        row("market buy without a bid", atMarket(Action::BuyToOpen, none, 15), "unknown_value");
        row("market sale in no market", atMarket(Action::SellToClose, 0, 0), "quote");
        row("market sale for nothing", atMarket(Action::SellToClose, 0, 0.05), "quote");
        row("market sale without an offer", atMarket(Action::SellToClose, 15, 0), "quote unknown_value");
        row("market buy back without an offer", atMarket(Action::BuyToClose, 15, 0), "quote unknown_value");
        row(
            "a leg without an offer", [](MarketRig& rig, OrderIntent& o) { rig.quotes[o.legs[1].symbol] = {5.0, 0.0}; },
            "quote unknown_value");
        row(
            "a leg given away inside a spread that closes",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold(spyPut(580), -1);
                rig.hold(spyPut(575), 1);
                rig.quotes[spyPut(575)] = {0.0, 0.05};
                o = rig.order("SPY", {MarketRig::leg(spyPut(580), Action::BuyToClose),
                                      MarketRig::leg(spyPut(575), Action::SellToClose)});
            },
            "");
        row(
            "stop limit close to its trigger",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.type = OrderType::StopLimit;
                o.stopTrigger = decimal("620");
                o.price = decimal("622");
            },
            "");
        row(
            "stop that the market has passed",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.type = OrderType::StopLimit;
                o.stopTrigger = decimal("580");
                o.price = decimal("581");
            },
            "stop_trigger");
        row(
            "stop that sells above the market",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold("SPY", 10);
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::SellToClose, 10)});
                o.type = OrderType::Stop;
                o.stopTrigger = decimal("620");
                o.price.reset();
                o.effect = portfolio::PriceEffect::None;
            },
            "stop_trigger");
        row(
            "stop without a two-sided quote",
            [](MarketRig& rig, OrderIntent& o) {
                rig.hold("SPY", 10);
                rig.quotes["SPY"] = {599.9, market::unknown};
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::SellToClose, 10)});
                o.type = OrderType::Stop;
                o.stopTrigger = decimal("620");
                o.price.reset();
                o.effect = portfolio::PriceEffect::None;
            },
            "unknown_value");
        row(
            "stop limit far beyond its trigger",
            [](MarketRig& rig, OrderIntent& o) {
                o = rig.order("SPY", {MarketRig::leg("SPY", Action::BuyToOpen, 10)});
                o.type = OrderType::StopLimit;
                o.stopTrigger = decimal("620");
                o.price = decimal("640");
            },
            "price_band");
        row(
            "stale quote", [](MarketRig& rig, OrderIntent& o) { rig.withStaleQuote.insert(o.legs[1].symbol); },
            "quote");
    }
    void holdsPricesInABand()
    {
        QFETCH(Change, change);
        QFETCH(QString, codes);
        MarketRig rig;
        OrderIntent order = creditSpread(rig, 1);
        change(rig, order);
        const Gate gate(wideLimits(Tolerance::Moderate));
        QCOMPARE(codesOf(gate.preview(order, rig.state())), codes);
    }

    void refusesDuplicatesForFiveSeconds()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent order = creditSpread(rig, 1);
        QVERIFY(gate.approve(order, rig.state()));

        OrderIntent same = order;
        std::swap(same.legs[0], same.legs[1]);
        same.origin = "strategy:iron_condor";
        rig.now += std::chrono::milliseconds(4999);
        const auto refused = gate.approve(same, rig.state());
        QVERIFY(!refused);
        QCOMPARE(refused.error().reasons.front().code, std::string("duplicate"));
        QCOMPARE(refused.error().sentence(), std::string("The same order was approved 5.0 s ago; again after 5 s."));

        OrderIntent other = order;
        other.price = *order.price - decimal("0.01");
        QVERIFY(gate.approve(other, rig.state()));
        rig.now += std::chrono::milliseconds(1);
        QVERIFY(gate.approve(same, rig.state()));
    }

    void theDuplicateWindowIsOfOurTime()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate), 20); // its clock runs twenty times as fast
        const OrderIntent order = creditSpread(rig, 1);
        QVERIFY(gate.approve(order, rig.state()));
        rig.now += std::chrono::milliseconds(99'980);
        const auto refused = gate.approve(order, rig.state());
        QCOMPARE(codesOf(gate.preview(order, rig.state())), "duplicate");
        QCOMPARE(refused.error().sentence(), std::string("The same order was approved 5.0 s ago; again after 5 s."));
        rig.now += std::chrono::milliseconds(20);
        QVERIFY(gate.approve(order, rig.state()));
        rig.now -= std::chrono::hours(1); // somebody set the clock back
        QVERIFY(gate.approve(order, rig.state()));
    }

    void theDuplicateWindowIsNotTheMarkets()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent order = creditSpread(rig, 1);
        risk::GateState state = rig.state();
        state.spanNow = rig.now + std::chrono::hours(7);
        const auto approved = gate.approve(order, state);
        QVERIFY(approved);
        QVERIFY(approved->approvedAt() == *state.spanNow);
        state.now += std::chrono::minutes(15); // set ahead
        QCOMPARE(codesOf(gate.preview(order, state)), "duplicate");
        state.now = rig.now; // and stopped
        *state.spanNow += std::chrono::seconds(5);
        QVERIFY(gate.approve(order, state));
    }

    void whatWasNotSentIsNoDuplicate()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent order = creditSpread(rig, 1);
        QVERIFY(gate.approve(order, rig.state()));
        gate.forget(creditSpread(rig, 2));
        QVERIFY(!gate.approve(order, rig.state()));
        gate.forget(order);
        QVERIFY(gate.approve(order, rig.state()));
    }

    void oldQuotes_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QString>("codes");
        const auto row = [](const char* name, Change change, const char* codes) {
            QTest::newRow(name) << change << codes;
        };
        row("a person closes with a limit", [](MarketRig&, OrderIntent&) {}, "");
        row("from the ticket", [](MarketRig&, OrderIntent& o) { o.origin = "ticket"; }, "");
        row("a strategy closes", [](MarketRig&, OrderIntent& o) { o.origin = "strategy:straddle"; }, "quote");
        row("with the feed down", [](MarketRig& rig, OrderIntent&) { rig.isFeedAlive = false; }, "quote");
        row("new risk", [](MarketRig&, OrderIntent& o) { o.legs[0].action = Action::BuyToOpen; }, "quote");
        row(
            "at market",
            [](MarketRig&, OrderIntent& o) {
                o.type = OrderType::Market;
                o.price.reset();
                o.effect = PriceEffect::None;
            },
            "quote");
        row("a crossed one", [](MarketRig& rig, OrderIntent&) { rig.quotes[spyCall(600)] = {15.1, 15.0}; }, "quote");
    }
    void oldQuotes()
    {
        QFETCH(Change, change);
        QFETCH(QString, codes);
        MarketRig rig;
        rig.hold(spyCall(600), 2);
        rig.withStaleQuote.insert(spyCall(600));
        OrderIntent order = rig.order("SPY", {MarketRig::leg(spyCall(600), Action::SellToClose, 2)});
        order.origin = "close";
        change(rig, order);
        if (portfolio::isOpening(order.legs.front().action)) {
            rig.positions.clear();
            rig.priceAtNatural(order);
        }
        const auto judged = Gate(wideLimits(Tolerance::Moderate)).preview(order, rig.state());
        QCOMPARE(codesOf(judged), codes);
        if (judged) { // it passes, and the person is told
            QCOMPARE(judged->warnings.size(), std::size_t{1});
            QVERIFY(judged->warnings.front().english().find(market::contractName(spyCall(600))) != std::string::npos);
            rig.withStaleQuote.clear();
            QVERIFY(Gate(wideLimits(Tolerance::Moderate)).preview(order, rig.state())->warnings.empty());
        }
    }

    void aPreviewIsNotRemembered()
    {
        MarketRig rig;
        Gate gate(wideLimits(Tolerance::Moderate));
        const OrderIntent order = creditSpread(rig, 1);
        QVERIFY(gate.preview(order, rig.state()));
        QVERIFY(gate.preview(order, rig.state()));
        QVERIFY(gate.approve(order, rig.state()));
        QCOMPARE(codesOf(gate.preview(order, rig.state())), "duplicate");
    }
};

QTEST_APPLESS_MAIN(GateChecksTest)
#include "gate_checks_test.moc"
