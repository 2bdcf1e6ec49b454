#include "trading/hand_rig.h"

#include "trading/origins.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using portfolio::Action;

namespace
{

/// A loop that asks a broker who answers when he is told to, at a market of 500.
struct CheckedRig : HandRig {
    explicit CheckedRig(bool asks = true, std::int64_t sharesHeld = 0)
    {
        asksBrokerFirst = asks;
        if (sharesHeld > 0)
            broker.hold("SPY", sharesHeld, 500, 500);
        start();
        show(500);
    }
    /// At the touch, and `cents` beyond it.
    portfolio::OrderIntent shares(Action action, std::int64_t quantity, int cents = 0) const
    {
        const bool isBuy = portfolio::isBuy(action);
        const market::Quote quote = loop->markets().instrument("SPY", true)->quote;
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{"SPY", tests::shares, action, quantity}};
        const double price = (isBuy ? quote.ask : quote.bid) + 0.01 * cents;
        intent.price = base::Decimal::fromDouble(price).value().roundedTo(base::Decimal::cent());
        intent.effect = isBuy ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
        return intent;
    }
    portfolio::OrderIntent buy(std::int64_t quantity = 10) const { return shares(Action::BuyToOpen, quantity); }
    QString lastCode() const
    {
        return refusals.empty() ? QString() : QString::fromStdString(refusals.back().reasons.front().code);
    }
    QString lastSentence() const { return QString::fromStdString(refusals.back().sentence()); }
    std::size_t orders() const { return loop->orders().orders().size(); }
};

portfolio::DryRunResult fine()
{
    portfolio::DryRunResult result;
    result.totalFees = base::Decimal::parse("0.03").value();
    result.changeInBuyingPower = base::Decimal::fromInteger(2'600);
    result.warnings = {"Your order will begin working during next valid session"};
    return result;
}

} // namespace

class BrokerCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOpeningOrderIsSentWhenTheBrokerHasCheckedIt()
    {
        CheckedRig rig;
        const auto sent = rig.loop->submit(rig.buy());
        QVERIFY(sent);
        QVERIFY(sent->empty()); // it is no order yet
        QCOMPARE(rig.broker.checks(), std::size_t{1});
        QCOMPARE(rig.loop->beingChecked().size(), std::size_t{1});
        QCOMPARE(rig.orders(), std::size_t{0});
        QCOMPARE(count(rig.journal.records(), "order.intent"), std::size_t{0});
        rig.pass(3); // longer than an order may be late by its approval is it when the broker is slow
        rig.broker.answerCheck(fine());
        QVERIFY(rig.loop->beingChecked().empty());
        QCOMPARE(rig.broker.taken().size(), std::size_t{1});
        QVERIFY(rig.refusals.empty());

        QCOMPARE(rig.checks.size(), std::size_t{1}); // its figures beside ours
        QCOMPARE(rig.checks[0].broker.warnings.size(), std::size_t{1});
        QVERIFY(near(rig.checks[0].ourFees, 0.008, 0.01));
        QVERIFY(near(rig.checks[0].ourBuyingPower, 2'500, 10)); // half of 5,000
        QCOMPARE(count(rig.journal.records(), "broker.check"), std::size_t{1});
    }

    void whatTheBrokerWouldNotTakeIsNotSent()
    {
        CheckedRig rig;
        portfolio::DryRunResult refusal;
        refusal.errors = {"Not enough buying power.", "You cannot buy for a credit."};
        QVERIFY(rig.loop->submit(rig.buy()));
        rig.broker.answerCheck(refusal);
        QCOMPARE(rig.lastCode(), "broker_check");
        QVERIFY2(rig.lastSentence().contains("Not enough buying power. You cannot buy for a credit."),
                 qPrintable(rig.lastSentence()));
        QCOMPARE(rig.orders(), std::size_t{0});
        QVERIFY(rig.loop->submit(rig.buy())); // it may be tried again at once
        QCOMPARE(rig.broker.checks(), std::size_t{1});
    }

    void withoutACheckNothingIsSent()
    {
        CheckedRig rig;
        QVERIFY(rig.loop->submit(rig.buy()));
        rig.broker.answerCheck(base::fail(base::ErrorKind::Network, "dry run", "", "the connection was lost"));
        QCOMPARE(rig.lastCode(), "no_broker_check");
        QVERIFY(rig.lastSentence().contains("the connection was lost"));

        QVERIFY(rig.loop->submit(rig.buy(5)));
        rig.pass(12);
        QCOMPARE(rig.refusals.size(), std::size_t{2});
        QCOMPARE(rig.lastCode(), "no_broker_check");
        rig.broker.answerCheck(fine()); // it comes too late
        QCOMPARE(rig.orders(), std::size_t{0});
        QVERIFY(rig.broker.taken().empty());
    }

    void theSameOrderIsNotAskedAboutTwice()
    {
        CheckedRig rig;
        QVERIFY(rig.loop->submit(rig.buy()));
        const auto again = rig.loop->submit(rig.buy());
        QVERIFY(!again);
        QVERIFY(has(again.error(), "duplicate"));
        QCOMPARE(rig.broker.checks(), std::size_t{1});
    }

    void theGateJudgesAgainAtThePricesOfThen()
    {
        CheckedRig rig;
        QVERIFY(rig.loop->submit(rig.buy()));
        rig.show(490); // ten dollars below the limit
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.lastCode(), "price_band");
        QCOMPARE(rig.orders(), std::size_t{0});

        QVERIFY(rig.loop->submit(rig.buy()));
        rig.loop->setTradingState(risk::TradingState::Reducing, {"a test"});
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.lastCode(), "reducing_only");
        QCOMPARE(rig.orders(), std::size_t{0});
    }

    void aStopWithdrawsWhatIsBeingChecked_data()
    {
        QTest::addColumn<bool>("isHalt");
        QTest::newRow("halt") << true;
        QTest::newRow("cancel all") << false;
    }
    void aStopWithdrawsWhatIsBeingChecked()
    {
        QFETCH(bool, isHalt);
        CheckedRig rig;
        QVERIFY(rig.loop->submit(rig.buy()));
        if (isHalt)
            rig.loop->setTradingState(risk::TradingState::Halted, {"a test"});
        else
            rig.loop->cancelAll();
        QCOMPARE(rig.lastCode(), "withdrawn");
        rig.pass(20);
        rig.loop->setTradingState(risk::TradingState::Active, {"a test"});
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.orders(), std::size_t{0});
    }

    void aStrategyThatIsStoppedTakesBackWhatIsBeingChecked_data()
    {
        QTest::addColumn<bool>("isOff");
        QTest::newRow("off") << true;
        QTest::newRow("paused") << false;
    }
    void aStrategyThatIsStoppedTakesBackWhatIsBeingChecked()
    {
        QFETCH(bool, isOff);
        CheckedRig rig;
        QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
        rig.show(500);
        QVERIFY(rig.loop->submit(rig.buy()));
        QCOMPARE(rig.broker.checks(), std::size_t{2});
        QVERIFY(rig.loop->setRunner("iron_condor", "SPY",
                                    isOff ? trading::RunnerState::Off : trading::RunnerState::Paused));
        QCOMPARE(rig.lastCode(), "withdrawn");
        QCOMPARE(rig.loop->beingChecked().size(), std::size_t{1}); // the ticket's is not the strategy's
        rig.broker.answerCheck(fine());
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.broker.taken().size(), std::size_t{1});
        QCOMPARE(rig.broker.taken().front().intent.origin, std::string("ticket"));
        QVERIFY(rig.loop->setRunner("iron_condor", "SPY", trading::RunnerState::Armed));
        rig.show(500);
        QCOMPARE(rig.broker.checks(), std::size_t{1}); // and it may propose again
    }

    void closesAndHedgesDoNotWait()
    {
        CheckedRig rig;
        rig.broker.hold("SPY", 10, 500, 500);
        rig.pass(90);
        QVERIFY(rig.loop->acknowledge(execution::Difference::Kind::Position, "SPY"));
        portfolio::OrderIntent hedge = rig.shares(Action::BuyToOpen, 3);
        hedge.origin = std::string(trading::hedgeOrigin) + "gamma_scalping";
        const auto hedged = rig.loop->submit(hedge);
        QVERIFY2(hedged && !hedged->empty(), hedged ? "" : hedged.error().sentence().c_str());
        const auto closed = rig.loop->submit(rig.shares(Action::SellToClose, 10));
        QVERIFY2(closed && !closed->empty(), closed ? "" : closed.error().sentence().c_str());
        QCOMPARE(rig.broker.checks(), std::size_t{0});
    }

    void aStrategyWaitsAndThinksAgainWhenItIsRefused()
    {
        CheckedRig rig;
        QVERIFY(rig.loop->arm(make("iron_condor"), "SPY"));
        rig.show(500);
        QCOMPARE(rig.broker.checks(), std::size_t{1});
        rig.show(500.1);
        QCOMPARE(rig.broker.checks(), std::size_t{1}); // it is being looked at
        portfolio::DryRunResult refusal;
        refusal.errors = {"Not enough buying power."};
        rig.broker.answerCheck(refusal);
        QVERIFY(rig.loop->runners().at(0).lastRefusal.find("Not enough buying power.") != std::string::npos);
        rig.show(500);
        QCOMPARE(rig.broker.checks(), std::size_t{0}); // it keeps quiet for a minute
        rig.pass(61);
        rig.show(500);
        QCOMPARE(rig.broker.checks(), std::size_t{1});
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.broker.taken().size(), std::size_t{1});
        QCOMPARE(rig.broker.taken()[0].intent.legs.size(), std::size_t{4});
    }

    /// The broker is asked about all of a bracket, not about its trigger alone.
    void aBracketWaitsForTheBrokerToo()
    {
        CheckedRig rig;
        portfolio::ComplexIntent bracket{portfolio::ComplexKind::Otoco, rig.buy(), {}};
        bracket.orders = {rig.shares(Action::SellToClose, 10, 500), rig.shares(Action::SellToClose, 10)};
        portfolio::OrderIntent& stop = bracket.orders.back();
        stop.type = portfolio::OrderType::Stop;
        stop.price.reset();
        stop.effect = portfolio::PriceEffect::None;
        stop.stopTrigger = base::Decimal::fromInteger(490);
        const auto sent = rig.loop->submit(bracket);
        QVERIFY2(sent, sent ? "" : sent.error().sentence().c_str());
        QVERIFY(sent->empty());
        QCOMPARE(rig.broker.checks(), std::size_t{1});
        QCOMPARE(rig.broker.complexChecks, 1);
        QVERIFY(has(rig.loop->submit(bracket).error(), "duplicate"));
        rig.broker.answerCheck(fine());
        QCOMPARE(rig.broker.taken().size(), std::size_t{3});
        QCOMPARE(rig.orders(), std::size_t{3});
        QCOMPARE(count(rig.journal.records(), "order.complex"), std::size_t{1});
        QCOMPARE(rig.loop->gateState().workingOrders.size(), std::size_t{1});

        bracket.trigger->legs[0].quantity = 11; // its closes are for ten
        const auto refused = rig.loop->submit(bracket);
        QVERIFY(!refused);
        QVERIFY(has(refused.error(), "complex"));
        QCOMPARE(rig.broker.checks(), std::size_t{0});
    }

    void anOrderTooManyIsRefusedInWords()
    {
        CheckedRig rig(false);
        rig.loop->setOrdersPerMinute(2);
        QVERIFY(rig.loop->submit(rig.buy(1)));
        QVERIFY(rig.loop->submit(rig.buy(2)));
        const auto third = rig.loop->submit(rig.buy(3));
        QVERIFY(!third);
        QVERIFY(has(third.error(), "order_rate"));
        QCOMPARE(QString::fromStdString(third.error().sentence()),
                 "At most 2 orders a minute are sent: the next one may go in 30.0 s.");
        rig.broker.deliver();
        QCOMPARE(rig.broker.taken().size(), std::size_t{2});
        rig.pass(27);
        QVERIFY(rig.loop->submit(rig.buy(4)));
    }

    void aCloseIsNotOneTooMany()
    {
        CheckedRig rig(false, 10);
        rig.loop->setOrdersPerMinute(2);
        QVERIFY(rig.loop->submit(rig.buy(1)));
        QVERIFY(rig.loop->submit(rig.buy(2)));
        QVERIFY(has(rig.loop->submit(rig.buy(3)).error(), "order_rate"));
        const auto close = rig.loop->submit(rig.shares(Action::SellToClose, 10));
        QVERIFY2(close, close ? "" : close.error().sentence().c_str());
        QCOMPARE(rig.broker.taken().size(), std::size_t{3});
    }

    /// It was approved before, and only then nothing new was to leave.
    void whatWaitsForItsTurnDoesNotLeaveOnAnOldApproval_data()
    {
        QTest::addColumn<bool>("isDisarmed");
        QTest::addColumn<QString>("reason");
        QTest::newRow("disarmed") << true << "not sent: not armed";
        QTest::newRow("only closes") << false << "not sent: only orders that cannot add risk are taken now";
    }
    void whatWaitsForItsTurnDoesNotLeaveOnAnOldApproval()
    {
        QFETCH(bool, isDisarmed);
        QFETCH(QString, reason);
        CheckedRig rig(false);
        rig.loop->setOrdersPerMinute(2);
        QVERIFY(rig.loop->submit(rig.buy(1)));
        QVERIFY(rig.loop->submit(rig.buy(2)));
        rig.pass(27);
        const auto waits = rig.loop->submit(rig.buy(3));
        QVERIFY(waits);
        QVERIFY(rig.loop->orders().find(*waits)->status == execution::OrderStatus::Intent);
        if (isDisarmed)
            rig.loop->setSendRefusal({"not armed"}, "by hand");
        else
            rig.loop->setTradingState(risk::TradingState::Reducing, {"by hand"});
        rig.pass(4);
        QVERIFY(rig.loop->orders().find(*waits)->status == execution::OrderStatus::NotPlaced);
        QCOMPARE(QString::fromStdString(rig.loop->orders().find(*waits)->reason), reason);
        QCOMPARE(rig.broker.taken().size(), std::size_t{2});
    }

    void aWorkingOrderGetsOtherTerms()
    {
        CheckedRig rig(false);
        const std::string old = rig.loop->submit(rig.buy()).value();
        rig.broker.deliver();
        execution::OrderTerms terms = execution::termsOf(rig.loop->orders().find(old)->intent);
        terms.price = *terms.price - base::Decimal::cent();
        QVERIFY(rig.loop->previewReplacement(old, terms));
        const auto next = rig.loop->replace(old, terms);
        QVERIFY2(next, next ? "" : next.error().sentence().c_str());
        rig.broker.deliver();
        QVERIFY(rig.loop->orders().find(old)->status == execution::OrderStatus::Cancelled);
        const execution::Order& order = *rig.loop->orders().find(*next);
        QVERIFY(order.status == execution::OrderStatus::Working);
        QCOMPARE(order.intent.price->toString(), terms.price->toString());
        QCOMPARE(order.intent.origin, std::string("ticket"));
        QCOMPARE(rig.loop->gateState().workingOrders.size(), std::size_t{1});
    }

    void aChangeIsRefusedLikeAnOrder()
    {
        CheckedRig rig(false);
        const std::string old = rig.loop->submit(rig.buy()).value();
        const execution::OrderTerms now = execution::termsOf(rig.loop->orders().find(old)->intent);
        QVERIFY(has(rig.loop->replace(old, now).error(), "replacement")); // not at the broker yet
        rig.broker.deliver();
        QVERIFY(has(rig.loop->replace(old, now).error(), "replacement")); // nothing changes
        QVERIFY(has(rig.loop->replace("test-HAND-none-1", now).error(), "replacement"));
        execution::OrderTerms far = now;
        far.price = *far.price + base::Decimal::fromInteger(50);
        QVERIFY(has(rig.loop->replace(old, far).error(), "price_band"));
        execution::OrderTerms near = now;
        near.price = *near.price - base::Decimal::cent();
        rig.loop->setTradingState(risk::TradingState::Reducing, {"a test"});
        QVERIFY(has(rig.loop->replace(old, near).error(), "reducing_only"));
        QCOMPARE(rig.refusals.size(), std::size_t{5});
        QCOMPARE(rig.broker.taken().size(), std::size_t{1});
        QVERIFY(rig.loop->orders().find(old)->status == execution::OrderStatus::Working);
    }
};

QTEST_GUILESS_MAIN(BrokerCheckTest)
#include "broker_check_test.moc"
