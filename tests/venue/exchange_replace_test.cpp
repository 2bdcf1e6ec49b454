#include "venue/exchange_desk.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using portfolio::PriceEffect;
using portfolio::TimeInForce;
using wire::OrderState;

/// One order in another's place: what is told, what is checked, and what comes between.
class ExchangeReplaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNewOrderTakesTheOldOnesPlace()
    {
        Desk desk;
        const wire::OrderRequest low = buyCall(desk, 1, "0.01");
        const std::string old = desk.place(low);
        desk.wait();
        desk.recorder.events.clear();
        const auto answer = desk.exchange.replace(old, buyCall(desk, 1, "0.02"));
        QVERIFY(answer);
        QVERIFY(answer->id != old);
        QCOMPARE(answer->state, OrderState::Contingent);
        QCOMPARE(answer->replaces, old);
        QCOMPARE(answer->price, dollars("0.02"));
        QCOMPARE(desk.exchange.order(old)->replacedBy, answer->id);
        desk.wait();
        const std::vector<std::string> expected{
            "order Contingent", "order Replace Requested", "order Cancelled", "balance", "order Routed", "order Live"};
        QCOMPARE(desk.recorder.events, expected);
        QCOMPARE(desk.recorder.orders.back().id, answer->id);
        QVERIFY(!desk.exchange.replace(old, low));
        QCOMPARE(desk.exchange.replace(old, low).error().body.code, std::string("cannot_update_order"));
        QCOMPARE(desk.exchange.replace("1", low).error().httpStatus, 404);
    }

    void buyingPowerIsTiedUpOnce()
    {
        Desk desk;
        // 60,000 of 100,000 twice would be too much.
        const std::string old = desk.place(buyCall(desk, 1000, "0.6"));
        desk.wait();
        const auto dry = desk.exchange.dryRunReplacement(old, buyCall(desk, 1000, "0.7"));
        QVERIFY(dry);
        QVERIFY(dry->order.id.empty());
        QCOMPARE(dry->buyingPower->currentBuyingPower, dollars("100000.0"));
        QCOMPARE(desk.exchange.orders().size(), std::size_t{1});
        QVERIFY(desk.exchange.replace(old, buyCall(desk, 1000, "0.7")));
        desk.wait();
        QCOMPARE(desk.exchange.balance().values.derivativeBuyingPower, dollars("30000.0"));
        const auto tooDear = desk.exchange.replace(desk.exchange.orders().front()->id, buyCall(desk, 1000, "1.1"));
        QCOMPARE(tooDear.error().body.reasons.front().code, std::string("margin_check_failed"));
        QCOMPARE(desk.exchange.orders().front()->state, OrderState::Live);
    }

    void onlyPriceTypeAndLifetimeChange_data()
    {
        QTest::addColumn<int>("which");
        QTest::newRow("another quantity") << 0;
        QTest::newRow("another symbol") << 1;
        QTest::newRow("the other side") << 2;
        QTest::newRow("one more leg") << 3;
    }
    void onlyPriceTypeAndLifetimeChange()
    {
        QFETCH(int, which);
        Desk desk;
        const std::string old = desk.place(buyCall(desk, 2, "0.01"));
        desk.wait();
        wire::OrderRequest request = buyCall(desk, 2, "0.02");
        portfolio::OrderLeg& leg = request.intent.legs.front();
        if (which == 0)
            leg.quantity = 3;
        else if (which == 1)
            leg.symbol = desk.call(1.03).symbol;
        else if (which == 2)
            leg.action = Action::SellToOpen;
        else
            request.intent.legs.push_back(optionLeg(desk.call(1.03).symbol, Action::BuyToOpen, 2));
        const auto answer = desk.exchange.replace(old, request);
        QVERIFY(!answer);
        QCOMPARE(answer.error().httpStatus, 422);
        QCOMPARE(answer.error().body.reasons.front().code, std::string("replacement_legs_differ"));
        QCOMPARE(desk.stateOf(old), OrderState::Live);
    }

    void whatHasFilledIsNotBoughtAgain()
    {
        // The close comes before the rest of it finds another quote.
        Desk desk(thursday(16) - 100ms);
        const double limit = 1.02 * desk.ask(*desk.market->find("KO", desk.exchange.today()));
        wire::OrderRequest request = limitOrder({stockLeg("KO", Action::BuyToOpen, 1900)},
                                                venue::toCents(limit).toString().c_str(), PriceEffect::Debit);
        request.intent.timeInForce = TimeInForce::Gtc;
        const std::string old = desk.place(request);
        desk.exchange.advanceTo(thursday(16, 30));
        const base::Quantity left = desk.exchange.order(old)->legs[0].remaining;
        QVERIFY(left > 0 && left < 1900);
        request.intent.price = dollars("1.0");
        const auto answer = desk.exchange.replace(old, request); // with the quantity of the whole order
        QVERIFY(answer);
        QCOMPARE(answer->legs[0].terms.quantity, left);
        QCOMPARE(answer->size, left);
        desk.exchange.advanceTo(thursday(10) + 24h);
        QCOMPARE(desk.stateOf(old), OrderState::Cancelled);
        QCOMPARE(desk.stateOf(answer->id), OrderState::Live);
        QCOMPARE(desk.exchange.positions(false).front().values.quantity, 1900 - left);
    }

    void aFillInBetweenAbortsIt()
    {
        Desk desk;
        // Live and at the market: what is left of it would take the next quote.
        const std::string old = desk.buyStock(1900);
        desk.wait(60ms);
        QCOMPARE(desk.stateOf(old), OrderState::Live);
        const std::size_t fills = desk.exchange.order(old)->legs[0].fills.size();
        desk.wait(229ms); // just before it is looked at again
        const auto answer = desk.exchange.replace(old, wire::requestOf(*desk.exchange.order(old)));
        QVERIFY(answer);
        desk.wait(40ms);
        const wire::Order& replacement = *desk.exchange.order(answer->id);
        QCOMPARE(desk.exchange.order(old)->legs[0].fills.size(), fills + 1);
        QCOMPARE(replacement.state, OrderState::Rejected);
        QVERIFY(replacement.rejectReason.find("filled") != std::string::npos);
        QCOMPARE(desk.stateOf(old), OrderState::Live);
        QVERIFY(desk.exchange.order(old)->replacedBy.empty());
        for (int i = 0; i < 100; ++i)
            desk.wait(300ms);
        QCOMPARE(desk.stateOf(old), OrderState::Filled);
        QCOMPARE(desk.exchange.positions(false).front().values.quantity, 1900);
    }

    void cancellingTheNewOneLeavesNothing()
    {
        Desk desk;
        const std::string old = desk.place(buyCall(desk, 1, "0.01"));
        desk.wait();
        const auto answer = desk.exchange.replace(old, buyCall(desk, 1, "0.02"));
        QVERIFY(desk.exchange.cancel(answer->id));
        QCOMPARE(desk.stateOf(answer->id), OrderState::Cancelled);
        desk.wait();
        QCOMPARE(desk.stateOf(old), OrderState::Cancelled);
        QCOMPARE(desk.exchange.balance().values.derivativeBuyingPower, dollars("100000.0"));
    }

    void whileTheMarketIsClosedItHappensAtOnce()
    {
        Desk desk(thursday(17));
        const std::string old = desk.place(buyCall(desk, 1, "0.01"));
        const auto answer = desk.exchange.replace(old, buyCall(desk, 1, "0.02"));
        QVERIFY(answer);
        QCOMPARE(answer->state, OrderState::Received);
        QCOMPARE(desk.stateOf(old), OrderState::Cancelled);
        desk.exchange.advanceTo(thursday(10) + 24h);
        QCOMPARE(desk.stateOf(answer->id), OrderState::Live);
    }

    void theCloseEndsBoth()
    {
        Desk desk(thursday(15, 59));
        const std::string old = desk.place(buyCall(desk, 1, "0.01"));
        desk.exchange.advanceTo(thursday(16) - 20ms);
        wire::OrderRequest dearer = wire::requestOf(*desk.exchange.order(old));
        dearer.intent.price = dollars("0.02");
        const auto day = desk.exchange.replace(old, dearer);
        QVERIFY(day);
        desk.exchange.advanceTo(thursday(17));
        QCOMPARE(desk.stateOf(old), OrderState::Cancelled);
        QCOMPARE(desk.stateOf(day->id), OrderState::Expired);
    }

    void aReplacementMayLiveLonger()
    {
        Desk desk;
        const std::string old = desk.place(buyCall(desk, 1, "0.01"));
        desk.wait();
        wire::OrderRequest longer = buyCall(desk, 1, "0.01");
        longer.intent.timeInForce = TimeInForce::Gtd;
        longer.intent.gtcDate = base::makeDate(2025, 3, 14);
        const auto answer = desk.exchange.replace(old, longer);
        desk.exchange.advanceTo(thursday(17));
        QCOMPARE(desk.stateOf(answer->id), OrderState::Live);
        desk.exchange.advanceTo(thursday(17) + 24h);
        QCOMPARE(desk.stateOf(answer->id), OrderState::Expired); // on its date
    }

private:
    static wire::OrderRequest buyCall(Desk& desk, std::int64_t quantity, const char* price)
    {
        return limitOrder({optionLeg(desk.call().symbol, Action::BuyToOpen, quantity)}, price, PriceEffect::Debit);
    }
};

QTEST_GUILESS_MAIN(ExchangeReplaceTest)
#include "exchange_replace_test.moc"
