#include "venue/exchange_desk.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::OrderType;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using wire::ComplexOrderRequest;
using wire::ComplexType;
using wire::OrderState;

namespace
{

wire::OrderRequest sellStock(std::int64_t shares, const char* price)
{
    return limitOrder({stockLeg("KO", Action::SellToClose, shares)}, price, PriceEffect::Credit);
}

wire::OrderRequest stopStock(std::int64_t shares, const char* trigger)
{
    wire::OrderRequest request;
    request.intent.legs = {stockLeg("KO", Action::SellToClose, shares)};
    request.intent.type = OrderType::Stop;
    request.intent.stopTrigger = dollars(trigger);
    return request;
}

/// A bracket around a purchase: out at 998, or when the price falls to 1.
ComplexOrderRequest bracket(Desk& desk, const char* limit = nullptr)
{
    ComplexOrderRequest request;
    request.type = ComplexType::Otoco;
    const double high = 1.02 * desk.ask(*desk.market->find("KO", desk.exchange.today()));
    const std::string marketable = venue::toCents(high).toString();
    request.trigger = limitOrder({stockLeg("KO", Action::BuyToOpen, 10)}, limit != nullptr ? limit : marketable.c_str(),
                                 PriceEffect::Debit);
    request.orders = {sellStock(10, "998.0"), stopStock(10, "1.0")};
    for (wire::OrderRequest& part : request.orders)
        part.intent.timeInForce = TimeInForce::Gtc;
    return request;
}

ComplexOrderRequest pair(std::vector<wire::OrderRequest> orders)
{
    ComplexOrderRequest request;
    request.type = ComplexType::Oco;
    request.orders = std::move(orders);
    return request;
}

} // namespace

/// Triggers, what they release, and pairs of which one cancels the other.
class ExchangeComplexTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsContingentAtFirst()
    {
        Desk desk;
        const auto answer = desk.exchange.place(bracket(desk));
        QVERIFY(answer);
        const wire::ComplexOrder& complex = answer->order;
        QCOMPARE(complex.id, std::string("2000010001"));
        QVERIFY(answer->buyingPower && answer->fees);
        QCOMPARE(complex.trigger->complexTag, std::string("OTOCO::trigger-order"));
        QCOMPARE(complex.orders.size(), std::size_t{2});
        for (const wire::Order* part : {&*complex.trigger, &complex.orders[0], &complex.orders[1]}) {
            QCOMPARE(part->state, OrderState::Contingent);
            QCOMPARE(part->contingentStatus, std::string("Pending Order"));
            QCOMPARE(part->complexId, complex.id);
            QVERIFY(part->isCancellable && part->isEditable && !part->id.empty());
        }
        QCOMPARE(complex.trigger->preflightId, std::string("0"));
        QCOMPARE(complex.orders[0].complexTag, std::string("OTOCO::oco-1-order"));
        QCOMPARE(complex.orders[1].complexTag, std::string("OTOCO::oco-1-order"));
        QCOMPARE(complex.orders[1].preflightId, std::string("2"));
        const std::vector<std::string> expected{"order Contingent", "order Contingent", "order Contingent", "complex",
                                                "balance"};
        QCOMPARE(desk.recorder.events, expected);
    }

    void theTriggersFillReleasesThePair()
    {
        Desk desk;
        const wire::ComplexOrder placed = desk.exchange.place(bracket(desk))->order;
        desk.wait();
        const wire::ComplexOrder after = *desk.exchange.complexOrder(placed.id);
        QCOMPARE(after.trigger->state, OrderState::Filled);
        QCOMPARE(after.orders[0].state, OrderState::Live);
        QCOMPARE(after.orders[1].state, OrderState::Live);
        QVERIFY(after.orders[0].contingentStatus.empty());
        QVERIFY(!after.terminalAt);
        QCOMPARE(desk.recorder.complexOrders.back().orders[1].state, OrderState::Live);
        QCOMPARE(desk.exchange.complexOrders(true).size(), std::size_t{1});
        // Both may sell the ten shares, and nobody else.
        QCOMPARE(desk.place(sellStock(1, "998.0")), std::string("refused: position_effect_validation_failed"));
    }

    void nothingIsReleasedBefore()
    {
        Desk desk;
        const wire::ComplexOrder placed = desk.exchange.place(bracket(desk, "1.0"))->order;
        desk.wait(1h);
        const wire::ComplexOrder after = *desk.exchange.complexOrder(placed.id);
        QCOMPARE(after.trigger->state, OrderState::Live);
        QCOMPARE(after.orders[0].state, OrderState::Contingent);
        // The trigger is for a day, and without it nothing releases the others.
        desk.exchange.advanceTo(thursday(17));
        const wire::ComplexOrder over = *desk.exchange.complexOrder(placed.id);
        QCOMPARE(over.trigger->state, OrderState::Expired);
        QCOMPARE(over.orders[0].state, OrderState::Cancelled);
        QCOMPARE(over.orders[1].state, OrderState::Cancelled);
        QCOMPARE(*over.terminalAt, thursday(16));
        desk.exchange.advanceTo(thursday(10) + 24h);
        QVERIFY(desk.exchange.complexOrders(true).empty());
        QCOMPARE(desk.exchange.complexOrders(false).size(), std::size_t{1});
    }

    void oneFillCancelsTheOther_data()
    {
        QTest::addColumn<bool>("isStop");
        QTest::newRow("the limit") << false;
        QTest::newRow("the stop") << true;
    }
    void oneFillCancelsTheOther()
    {
        QFETCH(bool, isStop);
        Desk desk;
        desk.hold(100);
        // One of them is at the market, whichever.
        const auto answer = desk.exchange.place(
            pair({sellStock(100, isStop ? "998.0" : "1.0"), stopStock(100, isStop ? "998.0" : "1.0")}));
        QVERIFY(answer);
        QCOMPARE(answer->order.orders[0].complexTag, std::string("OCO::order"));
        desk.wait(10s);
        const wire::ComplexOrder after = *desk.exchange.complexOrder(answer->order.id);
        QCOMPARE(after.orders[isStop ? 1 : 0].state, OrderState::Filled);
        QCOMPARE(after.orders[isStop ? 0 : 1].state, OrderState::Cancelled);
        QVERIFY(after.orders[isStop ? 0 : 1].legs[0].fills.empty());
        QVERIFY(after.terminalAt);
        QVERIFY(desk.exchange.positions(false).empty());
    }

    void anOtoReleasesEach()
    {
        Desk desk;
        ComplexOrderRequest request = bracket(desk);
        request.type = ComplexType::Oto;
        request.orders = {sellStock(4, "998.0"), sellStock(3, "997.0"), sellStock(3, "1.0")};
        const auto answer = desk.exchange.place(request);
        QVERIFY(answer);
        QCOMPARE(answer->order.orders[2].complexTag, std::string("OTO::order"));
        desk.wait(10s);
        const wire::ComplexOrder after = *desk.exchange.complexOrder(answer->order.id);
        QCOMPARE(after.orders[0].state, OrderState::Live);
        QCOMPARE(after.orders[1].state, OrderState::Live);
        QCOMPARE(after.orders[2].state, OrderState::Filled);
    }

    void whatIsReleasedIsCheckedAgain()
    {
        Desk desk;
        desk.hold(100);
        ComplexOrderRequest request = bracket(desk);
        request.type = ComplexType::Oto;
        request.trigger = limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, 1)}, "99.0", PriceEffect::Debit);
        request.orders = {sellStock(100, "998.0")};
        const auto answer = desk.exchange.place(request);
        QVERIFY(answer);
        desk.place(sellStock(60, "997.0")); // nothing sells the shares yet
        desk.wait();
        const wire::ComplexOrder after = *desk.exchange.complexOrder(answer->order.id);
        QCOMPARE(after.trigger->state, OrderState::Filled);
        QCOMPARE(after.orders[0].state, OrderState::Rejected);
        QVERIFY(after.orders[0].rejectReason.find("Only 40 of KO") != std::string::npos);
    }

    void aPartThatWaitsCanBeReplaced()
    {
        Desk desk;
        const wire::ComplexOrder placed = desk.exchange.place(bracket(desk))->order;
        const auto answer = desk.exchange.replace(placed.orders[0].id, sellStock(10, "900.0"));
        QVERIFY(answer);
        QCOMPARE(answer->state, OrderState::Contingent); // as it was
        QCOMPARE(answer->complexTag, placed.orders[0].complexTag);
        QCOMPARE(desk.stateOf(placed.orders[0].id), OrderState::Cancelled);
        QCOMPARE(desk.exchange.complexOrder(placed.id)->orders[0].id, answer->id);
        desk.wait();
        QCOMPARE(desk.stateOf(answer->id), OrderState::Live);
    }

    void cancellingCancelsAllParts()
    {
        Desk desk;
        const wire::ComplexOrder placed = desk.exchange.place(bracket(desk, "1.0"))->order;
        desk.wait();
        const auto answer = desk.exchange.cancelComplex(placed.id);
        QVERIFY(answer);
        QCOMPARE(answer->trigger->state, OrderState::CancelRequested);
        QCOMPARE(answer->orders[0].state, OrderState::Cancelled);
        QCOMPARE(answer->orders[1].state, OrderState::Cancelled);
        desk.wait();
        QCOMPARE(desk.exchange.complexOrder(placed.id)->trigger->state, OrderState::Cancelled);
        QCOMPARE(desk.exchange.cancelComplex(placed.id).error().body.code, std::string("cannot_update_order"));
        QCOMPARE(desk.exchange.cancelComplex("1").error().httpStatus, 404);
        QCOMPARE(desk.exchange.balance().values.derivativeBuyingPower, dollars("100000.0"));
    }

    void cancellingAWorkingPairAsksForBoth()
    {
        Desk desk;
        desk.hold(100);
        const auto answer = desk.exchange.place(pair({sellStock(100, "998.0"), stopStock(100, "1.0")}));
        desk.wait(41ms); // on their way to the market, where a single order could not be cancelled
        QCOMPARE(desk.stateOf(answer->order.orders[0].id), OrderState::Routed);
        QVERIFY(desk.exchange.cancelComplex(answer->order.id));
        desk.wait();
        QCOMPARE(desk.stateOf(answer->order.orders[0].id), OrderState::Cancelled);
        QCOMPARE(desk.stateOf(answer->order.orders[1].id), OrderState::Cancelled);
    }

    void aReplacedPartKeepsItsPlace()
    {
        Desk desk;
        desk.hold(100);
        const wire::ComplexOrder placed =
            desk.exchange.place(pair({sellStock(100, "998.0"), stopStock(100, "1.0")}))->order;
        desk.wait();
        const auto answer = desk.exchange.replace(placed.orders[0].id, sellStock(100, "1.0")); // at the market now
        QVERIFY(answer);
        QCOMPARE(answer->complexId, placed.id);
        desk.wait(10s);
        const wire::ComplexOrder after = *desk.exchange.complexOrder(placed.id);
        QCOMPARE(after.orders[0].id, answer->id);
        QCOMPARE(after.orders[0].state, OrderState::Filled);
        QCOMPARE(after.orders[1].state, OrderState::Cancelled);
        QVERIFY(desk.exchange.positions(false).empty());
    }

    void whileTheMarketIsClosedThePartsWait()
    {
        Desk desk(thursday(17));
        const auto answer = desk.exchange.place(bracket(desk));
        QCOMPARE(answer->warnings.front().code, std::string("tif.next_valid_session"));
        desk.wait();
        QCOMPARE(desk.exchange.complexOrder(answer->order.id)->trigger->state, OrderState::Received);
        desk.exchange.advanceTo(thursday(10) + 24h);
        const wire::ComplexOrder after = *desk.exchange.complexOrder(answer->order.id);
        QCOMPARE(after.trigger->state, OrderState::Filled);
        QCOMPARE(after.orders[0].state, OrderState::Live);
    }

    void refusals_data()
    {
        QTest::addColumn<int>("which");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("part");
        QTest::newRow("pairs") << 0 << "pairs_orders_not_supported" << "";
        QTest::newRow("blast") << 1 << "blast_orders_not_supported" << "";
        QTest::newRow("a bracket without a trigger") << 2 << "invalid_complex_order" << "";
        QTest::newRow("a bracket of three") << 3 << "invalid_complex_order" << "";
        QTest::newRow("a pair with a trigger") << 4 << "invalid_complex_order" << "";
        QTest::newRow("a pair that opens") << 5 << "invalid_complex_order" << "";
        QTest::newRow("four orders behind a trigger") << 6 << "invalid_complex_order" << "";
        QTest::newRow("more sold than bought") << 7 << "position_effect_validation_failed" << "1";
        QTest::newRow("a trigger that is too dear") << 8 << "margin_check_failed" << "0";
        QTest::newRow("a stop without its trigger") << 9 << "stop_trigger_required" << "2";
    }
    void refusals()
    {
        QFETCH(int, which);
        QFETCH(QString, code);
        QFETCH(QString, part);
        Desk desk;
        ComplexOrderRequest request = bracket(desk);
        switch (which) {
        case 0:
            request.type = ComplexType::Pairs;
            break;
        case 1:
            request.type = ComplexType::Blast;
            break;
        case 2:
            request.trigger.reset();
            break;
        case 3:
            request.orders.push_back(request.orders.front());
            break;
        case 4:
            request.type = ComplexType::Oco;
            break;
        case 5:
            request = pair({*request.trigger, *request.trigger});
            break;
        case 6:
            request.type = ComplexType::Oto;
            request.orders.assign(4, sellStock(1, "998.0"));
            break;
        case 7:
            request.orders[0].intent.legs[0].quantity = 11;
            break;
        case 8:
            request.trigger->intent.legs[0].quantity = 90'000;
            break;
        default:
            request.orders[1].intent.stopTrigger.reset();
        }
        const auto dry = desk.exchange.dryRun(request);
        QVERIFY(!dry);
        QCOMPARE(dry.error().httpStatus, 422);
        QCOMPARE(QString::fromStdString(dry.error().body.reasons.front().code), code);
        QCOMPARE(QString::fromStdString(dry.error().body.reasons.front().preflightId), part);
        QVERIFY(!desk.exchange.place(request));
        QVERIFY(desk.exchange.orders().empty() && desk.recorder.events.empty());
    }

    void aDryRunPlacesNothing()
    {
        Desk desk;
        const auto dry = desk.exchange.dryRun(bracket(desk));
        QVERIFY(dry);
        QVERIFY(dry->order.id.empty() && dry->order.trigger->id.empty());
        QCOMPARE(dry->order.orders.size(), std::size_t{2});
        QVERIFY(dry->fees && dry->buyingPower);
        QVERIFY(desk.exchange.orders().empty() && desk.exchange.complexOrders(false).empty());
    }
};

QTEST_GUILESS_MAIN(ExchangeComplexTest)
#include "exchange_complex_test.moc"
