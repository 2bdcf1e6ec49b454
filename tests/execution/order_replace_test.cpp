#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

namespace
{

QString words(OrderStatus status)
{
    return QString::fromStdString(std::string(toText(status)));
}

/// An order at work, and another on its way to its place.
struct Replacing : OrderRig {
    std::string old, next;

    explicit Replacing(Fate fate = Fate::Accepted)
    {
        agreeOnPositions();
        old = work(2);
        broker.nextPlace = fate;
        next = replace(old);
        broker.nextPlace = Fate::Accepted;
    }
    const std::string& brokerIdOf(const std::string& id) const { return order(id).brokerId; }
    QString states() const { return words(status(old)) + ", " + words(status(next)); }
    std::string atBroker() const { return broker.book.rbegin()->first; } ///< the newest
};

} // namespace

class OrderReplaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void theNewOrderTakesTheOldOnesPlace()
    {
        Replacing rig;
        QCOMPARE(rig.states(), "replace requested, sent");
        QVERIFY(rig.journal.holds("order.intent", rig.next));
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "replace requested, contingent");
        QCOMPARE(rig.order(rig.next).replaces, rig.old);
        QCOMPARE(rig.order(rig.old).replacedBy, rig.next);
        rig.broker.finishReplacement(rig.brokerIdOf(rig.next));
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "cancelled, working");
        QCOMPARE(rig.order(rig.old).replacedBy, rig.next);
        rig.broker.fill(rig.brokerIdOf(rig.next), 2);
        rig.pass(15);
        QCOMPARE(rig.states(), "cancelled, filled");
        QVERIFY(rig.notes.differences.empty());
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.manager->workingIntents().empty());
    }

    void whileBothMayFillTheyCountAsOne()
    {
        Replacing rig;
        const auto claims = rig.manager->claims();
        QCOMPARE(claims.orders.size(), std::size_t{1});
        QCOMPARE(claims.alternatives.size(), std::size_t{1});
        QCOMPARE(claims.alternatives[0].of, std::size_t{0});
        QVERIFY(claims.orders[0] == rig.order(rig.old).intent);
        QVERIFY(claims.alternatives[0].intent == rig.order(rig.next).intent);
        QVERIFY(rig.manager->claims(rig.old).alternatives.empty());
        QVERIFY(rig.manager->claims(rig.old).orders[0] == rig.order(rig.next).intent);
        rig.broker.nextCancel = Fate::RequestLost;
        rig.broker.fill(rig.brokerIdOf(rig.old), 1); // now they are not the same: both count in full
        rig.broker.deliverAll();
        QCOMPARE(rig.manager->claims().orders.size(), std::size_t{2});
    }

    void aFillInTheRaceEndsTheReplacement_data()
    {
        QTest::addColumn<int>("units");
        QTest::addColumn<QString>("states");
        QTest::newRow("all of it") << 2 << "filled, rejected";
        QTest::newRow("a part") << 1 << "partially filled, rejected";
    }
    void aFillInTheRaceEndsTheReplacement()
    {
        QFETCH(int, units);
        QFETCH(QString, states);
        for (const bool newsFirst : {false, true}) {
            Replacing rig;
            if (!newsFirst)
                rig.broker.deliverAll();
            rig.broker.fill(rig.brokerIdOf(rig.old), units);
            rig.broker.finishReplacement(rig.atBroker());
            while (rig.broker.waiting() > 0)
                rig.broker.deliver(newsFirst ? rig.broker.waiting() - 1 : 0);
            rig.pass(15);
            QCOMPARE(rig.states(), states);
            QVERIFY(rig.order(rig.old).replacedBy.empty());
            QCOMPARE(rig.order(rig.next).reason, std::string("the order it replaces has filled"));
            QVERIFY(rig.notes.differences.empty());
        }
    }

    void aRefusalLeavesTheOldOrderAtWork()
    {
        Replacing rig(Fate::Refused);
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "working, rejected");
        QVERIFY(rig.order(rig.old).reason.find("not taken") != std::string::npos);
        rig.clock.advance(std::chrono::seconds(10));
        QVERIFY(rig.manager->replace(rig.old, rig.replacement(rig.old))); // it may be tried again
    }

    /// E2, NT#4564: what became of it is not known, and it is not sent again.
    void aDoubtfulOutcomeIsLookedUp_data()
    {
        QTest::addColumn<bool>("arrived");
        QTest::addColumn<QString>("echo");
        QTest::addColumn<QString>("states");
        QTest::newRow("accepted, the answer lost") << true << "its own"
                                                   << "cancelled, working";
        QTest::newRow("accepted under the old identifier") << true << "the old one"
                                                           << "cancelled, working";
        QTest::newRow("accepted without identifiers") << true << "none"
                                                      << "cancelled, working";
        QTest::newRow("never arrived") << false << "its own"
                                       << "working, not placed";
    }
    void aDoubtfulOutcomeIsLookedUp()
    {
        QFETCH(bool, arrived);
        QFETCH(QString, echo);
        QFETCH(QString, states);
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string old = rig.work();
        rig.broker.echoesOldId = echo == "the old one";
        rig.broker.echoesNoId = echo == "none";
        rig.broker.nextPlace = arrived ? Fate::AnswerLost : Fate::RequestLost;
        rig.broker.dropReports();
        const std::string next = rig.replace(old);
        rig.broker.deliverAll();
        QCOMPARE(words(rig.status(old)) + ", " + words(rig.status(next)), "replace requested, unknown");
        QVERIFY(!rig.manager->replace(old, rig.replacement(old, 2))); // one at a time
        QCOMPARE(rig.manager->claims().orders.size(), std::size_t{1});
        if (arrived)
            rig.broker.finishReplacement(rig.broker.book.rbegin()->first);
        rig.pass(40);
        QCOMPARE(words(rig.status(old)) + ", " + words(rig.status(next)), states);
        QCOMPARE(rig.broker.book.size(), std::size_t{arrived ? 2U : 1U});
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.notes.differences.empty());
    }

    /// The process is killed at each point between the wish and the new order's work.
    void killedAnywhereItComesBackRight_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QString>("atOnce");
        QTest::addColumn<QString>("settled");
        QTest::newRow("intent not on disk") << 0 << "working"
                                            << "working";
        QTest::newRow("intent on disk, nobody told") << 1 << "replace requested, unknown"
                                                     << "working, not placed";
        QTest::newRow("sent, the record of it lost") << 2 << "replace requested, unknown"
                                                     << "cancelled, working";
        QTest::newRow("sent and recorded") << 3 << "replace requested, unknown"
                                           << "cancelled, working";
        QTest::newRow("sent, never arrived") << 4 << "replace requested, unknown"
                                             << "working, not placed";
        QTest::newRow("answered, the record lost") << 5 << "replace requested, unknown"
                                                   << "cancelled, working";
        QTest::newRow("answered and recorded") << 6 << "replace requested, contingent"
                                               << "cancelled, working";
        QTest::newRow("filled in the race") << 7 << "replace requested, contingent"
                                            << "filled, rejected";
        QTest::newRow("done and recorded") << 8 << "cancelled, working"
                                           << "cancelled, working";
        QTest::newRow("refused, the record lost") << 9 << "replace requested, unknown"
                                                  << "working, not placed";
    }
    void killedAnywhereItComesBackRight()
    {
        QFETCH(int, point);
        QFETCH(QString, atOnce);
        QFETCH(QString, settled);
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string old = rig.work();
        rig.journal.isImmediate = point > 2;
        rig.broker.nextPlace = point == 4 ? Fate::RequestLost : point == 9 ? Fate::Refused : Fate::Accepted;
        const std::string next = rig.replace(old);
        if (point == 2)
            rig.journal.flushOne();
        rig.journal.isImmediate = point > 2 && point != 5 && point != 9;
        if (point >= 5)
            rig.broker.deliverAll();
        const auto newest = [&] { return rig.broker.book.rbegin()->first; };
        if (point == 7)
            rig.broker.fill(rig.order(old).brokerId, 1);
        if (point == 8) {
            rig.broker.finishReplacement(newest());
            rig.broker.deliverAll();
        }
        rig.crash(point == 1 ? 1 : 0);
        rig.journal.isImmediate = true;
        rig.broker.nextPlace = Fate::Accepted;
        rig.clock.advance(std::chrono::seconds(2));
        rig.start();
        const auto states = [&] {
            const QString first = words(rig.status(old));
            return rig.manager->find(next) ? first + ", " + words(rig.status(next)) : first;
        };
        QCOMPARE(states(), atOnce);
        if (rig.broker.book.size() == 2)
            rig.broker.finishReplacement(newest());
        rig.manager->reconcile();
        rig.pass(40);
        QCOMPARE(states(), settled);
        QCOMPARE(rig.order(old).replacedBy, settled.startsWith("cancelled") ? next : std::string());
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.notes.differences.empty());
    }

    /// A broker that goes on with the first order's identifier.
    void anOrderIsReplacedAgainAndAgain()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        rig.broker.echoesOldId = true;
        std::vector<std::string> ids{rig.work()};
        for (int cents = 1; cents <= 3; ++cents) {
            rig.broker.nextPlace = cents == 2 ? Fate::AnswerLost : Fate::Accepted;
            ids.push_back(rig.replace(ids.back(), cents % 2 == 1 ? 1 : -1));
            rig.broker.deliverAll();
            rig.broker.finishReplacement(rig.broker.book.rbegin()->first);
            rig.pass(15);
            QCOMPARE(words(rig.status(ids.back())), "working");
        }
        QCOMPARE(rig.broker.book.rbegin()->second.externalId, ids.front());
        for (std::size_t i = 0; i + 1 < ids.size(); ++i) {
            QCOMPARE(words(rig.status(ids[i])), "cancelled");
            QCOMPARE(rig.order(ids[i]).replacedBy, ids[i + 1]);
        }
        QVERIFY(rig.notes.differences.empty());
    }

    void cancellingOneCancelsBoth_data()
    {
        QTest::addColumn<bool>("isOld");
        QTest::addColumn<bool>("isNamed");
        QTest::newRow("the old one") << true << true;
        QTest::newRow("the new one") << false << true;
        QTest::newRow("the old one, the new one not named yet") << true << false;
    }
    void cancellingOneCancelsBoth()
    {
        QFETCH(bool, isOld);
        QFETCH(bool, isNamed);
        Replacing rig;
        if (isNamed)
            rig.broker.deliverAll();
        QVERIFY(rig.manager->cancel(isOld ? rig.old : rig.next));
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "cancel requested, cancelled");
        for (const auto& [brokerId, order] : std::map(rig.broker.book))
            rig.broker.finish(brokerId, OrderStatus::Cancelled);
        rig.broker.deliverAll();
        QCOMPARE(rig.states(), "cancelled, cancelled");
    }

    void cancelAllReachesBoth()
    {
        Replacing rig;
        rig.broker.deliverAll();
        bool isDone = false;
        rig.manager->cancelAll([&] { isDone = true; });
        rig.pass(3);
        for (const auto& [brokerId, order] : std::map(rig.broker.book))
            rig.broker.finish(brokerId, OrderStatus::Cancelled);
        rig.pass(10);
        QVERIFY(isDone);
        QCOMPARE(rig.states(), "cancelled, cancelled");
    }

    /// A broker that does not keep its own rule: what was ordered once must not be traded twice.
    void aReplacementOfWhatHasFilledIsCancelled()
    {
        Replacing rig;
        rig.broker.deliverAll();
        BrokerOrder& next = rig.broker.book.at(rig.brokerIdOf(rig.next));
        next.status = OrderStatus::Working;
        rig.broker.fill(rig.brokerIdOf(rig.old), 1);
        rig.broker.deliverAll();
        QCOMPARE(rig.broker.cancelCalls[rig.brokerIdOf(rig.next)], 1);
        QCOMPARE(rig.status(rig.next), OrderStatus::CancelRequested);
        QVERIFY(rig.notes.differences.empty()); // nothing is wrong yet
        rig.broker.fill(rig.brokerIdOf(rig.next), 2);
        rig.broker.deliverAll();
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QVERIFY(rig.notes.differences[0].kind == Difference::Kind::Fill);
        QCOMPARE(rig.manager->frozenUnderlyings(), std::vector<std::string>{"SPY"});
    }

    /// The first of three tells late that it filled: the third is for all of it again.
    void aLateFillReachesTheNewestInItsPlace()
    {
        Replacing rig;
        rig.broker.deliverAll();
        rig.broker.finishReplacement(rig.brokerIdOf(rig.next));
        rig.broker.deliverAll();
        const std::string third = rig.replace(rig.next);
        rig.broker.deliverAll();
        rig.broker.finishReplacement(rig.brokerIdOf(third));
        rig.broker.deliverAll();
        QCOMPARE(rig.states() + ", " + words(rig.status(third)), "cancelled, cancelled, working");
        rig.broker.nextCancel = Fate::RequestLost; // it comes too late
        rig.broker.fillLate(rig.brokerIdOf(rig.old));
        rig.broker.deliverAll();
        QCOMPARE(rig.broker.cancelCalls[rig.brokerIdOf(third)], 1);
        QVERIFY(rig.notes.differences.empty());
        rig.broker.fill(rig.brokerIdOf(third), 2);
        rig.broker.deliverAll();
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QCOMPARE(rig.notes.differences[0].key, third);
        QVERIFY(rig.notes.differences[0].sentence.find("more was traded") != std::string::npos);
    }

    /// It had filled in part at the broker before the replacement came, and nobody had told.
    void aReplacementMayBeForTheRest()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string old = rig.work(3);
        rig.broker.replacesRests = true;
        rig.broker.dropReports();
        rig.broker.fill(rig.order(old).brokerId, 1);
        const std::string next = rig.replace(old);
        rig.broker.deliverAll();
        QCOMPARE(portfolio::unitCount(rig.order(next).intent), std::int64_t{2});
        rig.broker.keepReports();
        rig.broker.finishReplacement(rig.order(next).brokerId);
        rig.broker.deliverAll();
        rig.pass(15);
        QCOMPARE(words(rig.status(old)) + ", " + words(rig.status(next)), "cancelled, working");
        QVERIFY(rig.broker.cancelCalls.empty()); // one and two are three
        rig.broker.fill(rig.order(next).brokerId, 2);
        rig.pass(15);
        QCOMPARE(words(rig.status(next)), "filled");
        QVERIFY(rig.notes.differences.empty());
        rig.crash();
        rig.start();
        rig.pass(15);
        QCOMPARE(words(rig.status(next)), "filled");
        QVERIFY(rig.manager->workingIntents().empty()); // nothing of it is missing
    }

    void whatCannotBeReplacedIsRefused()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const auto refusal = [&](const std::string& id, risk::ApprovedOrder approved) {
            const auto done = rig.manager->replace(id, std::move(approved));
            return done ? QString() : QString::fromStdString(done.error().message());
        };
        const std::string sent = rig.submit();
        QVERIFY(refusal(sent, rig.replacement(sent)).contains("only a working order"));
        rig.broker.deliverAll();
        QVERIFY(refusal("venue-5WX00042-none-00001", rig.replacement(sent)).contains("no order has this id"));
        QVERIFY(refusal(sent, rig.approval()).contains("not for its place"));
        const std::string other = rig.work();
        QVERIFY(refusal(other, rig.replacement(sent)).contains("not for its place"));
        QVERIFY(!rig.manager->submit(rig.replacement(sent))); // nor may it be one order more
        auto late = rig.replacement(sent);
        rig.clock.advance(std::chrono::seconds(6));
        QVERIFY(refusal(sent, std::move(late)).contains("too old"));
        QCOMPARE(rig.broker.book.size(), std::size_t{2});
        QCOMPARE(rig.manager->orders().size(), std::size_t{2});

        rig.broker.fill(rig.order(sent).brokerId, 1);
        rig.broker.deliverAll();
        QVERIFY(refusal(sent, rig.replacement(other)).contains("filled"));
        QVERIFY(rig.manager->cancel(other));
        QVERIFY(refusal(other, rig.replacement(other)).contains("cancel"));
    }

    /// What happens between the wish and the disk counts.
    void theOldOrderIsLookedAtAgainBeforeTheNewOneLeaves()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string old = rig.work(2);
        rig.journal.isImmediate = false;
        const std::string next = rig.replace(old);
        rig.broker.fill(rig.order(old).brokerId, 1);
        rig.broker.deliverAll();
        while (rig.journal.hasPending())
            rig.journal.flushOne();
        QCOMPARE(rig.status(next), OrderStatus::NotPlaced);
        QCOMPARE(rig.status(old), OrderStatus::PartiallyFilled);
        QCOMPARE(rig.broker.book.size(), std::size_t{1});
    }

    /// Ours was lost on its way, and somebody has changed the order by phone meanwhile: that is not ours.
    void aReplacementByPhoneIsNotTakenForOurs()
    {
        Replacing rig(Fate::RequestLost);
        rig.broker.deliverAll();
        BrokerOrder& theirs = rig.broker.book.at(rig.brokerIdOf(rig.old));
        OrderTerms terms = termsOf(theirs.intent);
        terms.price = testing::decimal("1.00");
        const std::string brokerId = rig.broker.acceptReplacement(theirs, withTerms(theirs.intent, terms), {}).brokerId;
        rig.broker.finishReplacement(brokerId);
        rig.pass(40);
        QCOMPARE(rig.states(), "cancelled, not placed");
        QVERIFY(rig.order(rig.next).brokerId.empty());
        QVERIFY(rig.manager->orders().back()->isExternal);
        QCOMPARE(rig.manager->orders().back()->replaces, rig.old);
    }

    /// From the phone, or another program.
    void aReplacementPlacedElsewhereIsFollowed()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        const std::string old = rig.work();
        BrokerOrder& theirs = rig.broker.book.at(rig.order(old).brokerId);
        OrderTerms terms = termsOf(theirs.intent);
        terms.price = testing::decimal("1.00");
        const std::string brokerId = rig.broker.acceptReplacement(theirs, withTerms(theirs.intent, terms), {}).brokerId;
        rig.broker.deliverAll();
        QCOMPARE(words(rig.status(old)), "replace requested");
        const Order& next = *rig.manager->orders().back();
        QVERIFY(next.isExternal);
        QCOMPARE(next.replaces, old);
        QCOMPARE(rig.manager->claims().orders.size(), std::size_t{1});
        rig.broker.finishReplacement(brokerId);
        rig.broker.deliverAll();
        QCOMPARE(words(rig.status(old)) + ", " + words(next.status), "cancelled, working");
        QCOMPARE(rig.order(old).replacedBy, next.externalId);
    }
};

QTEST_APPLESS_MAIN(OrderReplaceTest)
#include "order_replace_test.moc"
