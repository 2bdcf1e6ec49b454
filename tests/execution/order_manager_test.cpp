#include "execution/order_manager.h"

#include "base/log.h"
#include "execution/order_rig.h"

#include <QtTest>

#include <type_traits>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::decimal;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

// Nobody else can make something that Broker::place() takes, and it is spent by placing it.
static_assert(!std::is_default_constructible_v<SendableOrder>);
static_assert(!std::is_constructible_v<SendableOrder, portfolio::OrderIntent, std::string>);
static_assert(!std::is_constructible_v<SendableOrder, risk::ApprovedOrder, std::string>);
static_assert(!std::is_constructible_v<SendableOrder, risk::ApprovedOrder>);
static_assert(!std::is_copy_constructible_v<SendableOrder> && !std::is_copy_assignable_v<SendableOrder>);
static_assert(!std::is_aggregate_v<SendableOrder>);
template<class Order>
constexpr bool isSubmittable = requires(OrderManager& manager, Order order) { manager.submit(std::move(order)); };
static_assert(isSubmittable<risk::ApprovedOrder> && !isSubmittable<portfolio::OrderIntent>);
static_assert(
    !std::is_invocable_v<decltype(&Broker::place), Broker&, portfolio::OrderIntent, Broker::Done<BrokerOrder>>);

namespace
{

std::string path(const std::vector<OrderStatus>& statuses)
{
    std::string text;
    for (const OrderStatus status : statuses)
        text += (text.empty() ? "" : " > ") + std::string(toText(status));
    return text;
}

} // namespace

class OrderManagerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void goesFromIntentToFilled()
    {
        OrderRig rig;
        rig.journal.isImmediate = false;
        int answers = 0;
        const std::string id = rig.submit(2, [&](const Order&) { ++answers; });
        QVERIFY(rig.status(id) == OrderStatus::Intent);
        QVERIFY(rig.broker.book.empty()); // not before the journal says so
        rig.journal.flushOne();
        QVERIFY(rig.status(id) == OrderStatus::Sent);
        rig.journal.isImmediate = true;
        QCOMPARE(answers, 0);
        rig.broker.deliverAll();
        QCOMPARE(answers, 1);
        const std::string brokerId = rig.order(id).brokerId;
        rig.broker.fill(brokerId, 1);
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::PartiallyFilled);
        rig.broker.fill(brokerId, 1);
        rig.broker.deliverAll();
        QCOMPARE(path(rig.notes.statuses[id]), std::string("intent > sent > working > partially filled > filled"));
        QCOMPARE(rig.notes.fills.size(), std::size_t{4}); // two units of two legs
        QCOMPARE(rig.order(id).averageNetPrice(), 0.0);
        QCOMPARE(answers, 1);
        QVERIFY(rig.broker.broken.empty());
        QVERIFY(rig.manager->workingIntents().empty());
    }

    void anIdSaysItsEnvironmentAndIsNeverReused()
    {
        OrderRig rig;
        const std::string first = rig.submit();
        const std::string second = rig.submit();
        QVERIFY(first.starts_with("venue-5WX00042-"));
        QVERIFY(first.ends_with("-00001"));
        QVERIFY(second.ends_with("-00002"));
        rig.crash();
        rig.start(); // in the same second: only the journal keeps the numbers apart
        QVERIFY(rig.submit().ends_with("-00003"));
        rig.crash();
        rig.journal = {}; // the journal is lost, the clock is not
        rig.clock.advance(std::chrono::seconds(1));
        rig.start();
        const std::string after = rig.submit();
        QVERIFY(after.ends_with("-00001"));
        QVERIFY(after != first);
    }

    void refusesWithoutSending()
    {
        OrderRig rig(false);
        rig.manager =
            std::make_unique<OrderManager>(rig.broker, rig.journal, rig.clock, OrderManagerSettings{.idPrefix = "v"});
        const auto why = [&](base::Result<std::string> submitted) {
            return submitted ? std::string("sent") : submitted.error().allowed;
        };
        QCOMPARE(why(rig.manager->submit(rig.approval())), std::string("the journal has not been read yet"));
        rig.start();
        risk::ApprovedOrder old = rig.approval();
        rig.clock.advance(std::chrono::seconds(6));
        QCOMPARE(why(rig.manager->submit(std::move(old))),
                 std::string("the approval is too old, prices may have moved"));
        risk::ApprovedOrder used = rig.approval();
        QCOMPARE(why(rig.manager->submit(std::move(used))).substr(0, 4), std::string("sent"));
        QCOMPARE(why(rig.manager->submit(std::move(used))), std::string("this approval was used already"));
        rig.manager->connectionChanged(ConnectionState::Disconnected);
        QCOMPARE(why(rig.manager->submit(rig.approval())), std::string("there is no connection to the broker"));
        QCOMPARE(rig.broker.book.size(), std::size_t{1});
    }

    void aFailingJournalStopsTheOrder()
    {
        OrderRig rig;
        rig.journal.fails = true;
        OrderStatus answered = OrderStatus::Intent;
        const std::string id = rig.submit(1, [&](const Order& order) { answered = order.status; });
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        QVERIFY(answered == OrderStatus::NotPlaced);
        QVERIFY(rig.order(id).reason.find("the disk is full") != std::string::npos);
        QVERIFY(rig.broker.book.empty());
        QCOMPARE(rig.notes.differences.size(), std::size_t{1}); // said once
        QVERIFY(rig.notes.differences.front().kind == Difference::Kind::Journal);
    }

    void aJournalThatTakesTooLongStopsTheOrder()
    {
        OrderRig rig;
        rig.journal.isImmediate = false;
        const std::string id = rig.submit();
        rig.clock.advance(std::chrono::seconds(6));
        rig.journal.flushOne();
        QVERIFY(rig.status(id) == OrderStatus::NotPlaced);
        QVERIFY(rig.broker.book.empty());
    }

    void aRefusalIsAnAnswer()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::Refused;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Rejected);
        QVERIFY(rig.order(id).reason.find("margin check failed") != std::string::npos);
        rig.pass(30);
        QVERIFY(rig.status(id) == OrderStatus::Rejected);
    }

    /// A login that ran out says nothing of an order that had left: it is asked for, and never sent again.
    void aLoginThatRanOutIsNoAnswer()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::Refused;
        rig.broker.placeRefusal = base::ErrorKind::Unauthorized;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        QCOMPARE(toText(rig.status(id)), toText(OrderStatus::Unknown));
        rig.pass(90);
        QCOMPARE(toText(rig.status(id)), toText(OrderStatus::NotPlaced));
        QVERIFY(rig.broker.broken.empty());
    }

    void aLostAnswerIsResolvedByAsking()
    {
        OrderRig rig;
        rig.broker.dropReports();
        rig.broker.nextPlace = Fate::AnswerLost;
        OrderStatus answered = OrderStatus::Intent;
        const std::string id = rig.submit(1, [&](const Order& order) { answered = order.status; });
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Unknown);
        QVERIFY(answered == OrderStatus::Unknown);
        QCOMPARE(rig.manager->workingIntents().size(), std::size_t{1}); // it may be there: it counts
        rig.pass(3);
        QVERIFY(rig.status(id) == OrderStatus::Working);
        QCOMPARE(rig.broker.book.size(), std::size_t{1});
        QVERIFY(rig.broker.broken.empty());
    }

    void eventsMayOvertakeTheAnswer()
    {
        OrderRig rig;
        const std::string id = rig.submit();
        const std::string brokerId = rig.broker.book.begin()->first;
        rig.broker.fill(brokerId, 1);
        QCOMPARE(rig.broker.waiting(), std::size_t{3}); // news of arrival, the answer, news of the fill
        rig.broker.deliver(2);
        QVERIFY(rig.status(id) == OrderStatus::Filled);
        rig.broker.deliverAll();
        QVERIFY(rig.status(id) == OrderStatus::Filled);
        QCOMPARE(path(rig.notes.statuses[id]), std::string("intent > sent > filled"));
        QCOMPARE(rig.notes.fills.size(), std::size_t{2});
    }

    void aTimeoutAfterTheNewsSaysNothing()
    {
        OrderRig rig;
        rig.broker.nextPlace = Fate::AnswerLost;
        const std::string id = rig.submit();
        rig.broker.deliverAll(); // the news first, the timeout second
        QCOMPARE(path(rig.notes.statuses[id]), std::string("intent > sent > working"));
    }

    void fillsCountOnce()
    {
        OrderRig rig;
        const std::string id = rig.submit(3);
        rig.broker.deliverAll();
        const std::string brokerId = rig.order(id).brokerId;
        rig.broker.fill(brokerId, 2);
        for (int i = 0; i < 5; ++i)
            rig.manager->brokerReported(rig.reportOf(brokerId));
        rig.broker.deliverAll();
        QCOMPARE(rig.order(id).fills.size(), std::size_t{2});
        QCOMPARE(rig.order(id).filledQuantity(rig.order(id).intent.legs[0].symbol), std::int64_t{2});
        const auto rest = rig.manager->workingIntents();
        QCOMPARE(rest.size(), std::size_t{1});
        QCOMPARE(rest.front().legs.front().quantity, std::int64_t{1});
    }

    /// How much a value buys only the broker knows: it says when the order is done, and holds what its fills add up to.
    void anOrderForAValueIsFollowedByItsFills()
    {
        OrderRig rig;
        rig.agreeOnPositions();
        portfolio::OrderIntent intent;
        intent.underlying = "SPY";
        intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 0}};
        intent.type = portfolio::OrderType::NotionalMarket;
        intent.value = testing::decimal("300");
        const std::string id = rig.manager->submit(rig.approvalOf(intent)).value();
        rig.broker.deliverAll();
        QCOMPARE(toText(rig.status(id)), toText(OrderStatus::Working));
        QVERIFY(!isReplaceable(rig.order(id)));
        QVERIFY(rig.manager->workingIntents().at(0).value == testing::decimal("300"));

        const auto fill = [&](const char* fillId, const char* quantity) {
            BrokerOrder& order = rig.broker.book.at(rig.order(id).brokerId);
            order.fills.push_back({fillId, order.brokerId, "SPY", portfolio::Action::BuyToOpen,
                                   base::Quantity::parse(quantity).value(), testing::decimal("600"), rig.clock.now()});
            order.updatedAt = rig.clock.now() + std::chrono::milliseconds(order.fills.size());
            rig.broker.held["SPY"] += order.fills.back().quantity;
        };
        fill("1", "0.2");
        rig.manager->brokerReported(rig.reportOf(rig.order(id).brokerId));
        QCOMPARE(toText(rig.status(id)), toText(OrderStatus::PartiallyFilled));
        QVERIFY(rig.manager->workingIntents().at(0).value == testing::decimal("180"));

        rig.crash();
        rig.start();
        QVERIFY(rig.order(id).intent == intent);
        fill("2", "0.29998");
        rig.broker.book.at(rig.order(id).brokerId).status = OrderStatus::Filled;
        rig.pass(30);
        QCOMPARE(toText(rig.status(id)), toText(OrderStatus::Filled));
        QCOMPARE(rig.order(id).filledQuantity("SPY").toString(), std::string("0.49998"));
        QCOMPARE(rig.order(id).averageNetPrice(), 600.0);
        QVERIFY(rig.manager->workingIntents().empty()); // a hundredth of a dollar is left, and buys nothing
        QCOMPARE(rig.manager->held()->at("SPY").toString(), std::string("0.49998"));
        QVERIFY(rig.manager->differences().empty());
        const int asked = rig.broker.snapshotCalls;
        rig.pass(30);
        QVERIFY(rig.broker.snapshotCalls <= asked + 1); // nothing is missing that it would have to ask for

        // Less than a hundred-thousandth is a difference too.
        rig.broker.held["SPY"] -= base::Quantity::fromUnits(1);
        rig.pass(150);
        QCOMPARE(rig.manager->differences().size(), std::size_t{1});
        QCOMPARE(rig.manager->differences()[0].found.toString(), std::string("0.49997999"));
    }

    /// A net price is of one unit: what is left of a spread has it as long as that is whole units.
    void aRemainderOfOtherRatiosHasNoPrice()
    {
        OrderRig rig;
        constexpr base::Date december = base::makeDate(2026, 12, 18);
        const auto put = [](double strike) {
            return testing::MarketRig::symbolOf("SPY", december, market::Right::Put, strike);
        };
        const auto ratio =
            rig.market.order("SPY", {testing::MarketRig::leg(put(580), portfolio::Action::BuyToOpen, 2),
                                     testing::MarketRig::leg(put(570), portfolio::Action::SellToOpen, 4)});
        const std::string id = rig.manager->submit(rig.approvalOf(ratio)).value();
        rig.broker.deliverAll();
        const std::string brokerId = rig.order(id).brokerId;
        rig.broker.fill(brokerId, 1);
        rig.broker.deliverAll();
        portfolio::OrderIntent rest = rig.manager->workingIntents().at(0);
        QCOMPARE(rest.legs.at(0).quantity, std::int64_t{1});
        QCOMPARE(rest.legs.at(1).quantity, std::int64_t{2});
        QVERIFY(rest.price == ratio.price && rest.effect == ratio.effect);

        BrokerOrder report = rig.reportOf(brokerId); // a fill of the second leg comes before the first leg's
        report.updatedAt += std::chrono::seconds(1);
        report.fills.push_back({.fillId = "9",
                                .orderId = brokerId,
                                .symbol = put(570),
                                .action = portfolio::Action::SellToOpen,
                                .quantity = 1,
                                .price = testing::decimal("1"),
                                .at = rig.clock.now()});
        rig.manager->brokerReported(report);
        rest = rig.manager->workingIntents().at(0);
        QCOMPARE(rest.legs.at(1).quantity, std::int64_t{1});
        QVERIFY(!rest.price && rest.effect == portfolio::PriceEffect::None);

        report.updatedAt += std::chrono::seconds(1);
        report.fills.push_back(report.fills.back());
        report.fills.back().fillId = "10";
        rig.manager->brokerReported(report);
        rest = rig.manager->workingIntents().at(0);
        QCOMPARE(rest.legs.size(), std::size_t{1});
        QVERIFY(!rest.price);
    }

    void oddFillsAreShown_data()
    {
        QTest::addColumn<int>("oddity");
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("booked");
        QTest::newRow("without id") << 0 << "cannot be booked" << 0;
        QTest::newRow("changed after booking") << 1 << "differs" << 1;
        QTest::newRow("more than ordered") << 2 << "more than was ordered" << 1;
        QTest::newRow("of another symbol") << 3 << "more than was ordered" << 1;
        QTest::newRow("no quantity") << 4 << "cannot be booked" << 0;
    }
    void oddFillsAreShown()
    {
        QFETCH(int, oddity);
        QFETCH(QString, words);
        QFETCH(int, booked);
        OrderRig rig;
        const std::string id = rig.submit();
        rig.broker.deliverAll();
        BrokerOrder report = rig.reportOf(rig.order(id).brokerId);
        portfolio::Fill fill{.fillId = "9",
                             .orderId = report.brokerId,
                             .symbol = report.intent.legs[0].symbol,
                             .action = report.intent.legs[0].action,
                             .quantity = 1,
                             .price = decimal("1.05"),
                             .at = rig.clock.now()};
        if (oddity == 0)
            fill.fillId.clear();
        if (oddity == 2)
            fill.quantity = 2;
        if (oddity == 3)
            fill.symbol = "SPY   261218C00600000";
        if (oddity == 4)
            fill.quantity = 0;
        report.fills.push_back(fill);
        rig.manager->brokerReported(report);
        if (oddity == 1) {
            report.fills.back().price = decimal("1.06");
            rig.manager->brokerReported(report);
        }
        QCOMPARE(int(rig.notes.fills.size()), booked);
        // It is of one leg, and the other has none: that is said as well, but of a symbol that the order has not.
        const std::size_t told = oddity == 1 || oddity == 2 ? 2 : 1;
        QCOMPARE(rig.notes.differences.size(), told);
        std::erase_if(rig.notes.differences,
                      [](const Difference& each) { return each.kind == Difference::Kind::Legs; });
        QCOMPARE(rig.notes.differences.size(), std::size_t{1});
        QVERIFY(QString::fromStdString(rig.notes.differences.front().sentence).contains(words));
        rig.manager->brokerReported(report);
        QCOMPARE(rig.notes.differences.size(), std::size_t{1}); // not said twice
    }

    void aManagerThatIsGoneIsNotCalled()
    {
        OrderRig rig;
        (void)rig.submit();
        rig.manager->reconcile();
        rig.broker.report = nullptr;
        rig.manager.reset();
        rig.broker.deliverAll(); // address sanitizer would see it
        QVERIFY(rig.broker.broken.empty());
    }

    void observersMayActWhenTold()
    {
        struct Impatient final : OrderObserver {
            OrderRig* rig = nullptr;
            void onOrderChanged(const Order& order) override
            {
                if (order.status == OrderStatus::Working)
                    (void)rig->manager->cancel(order.externalId);
                if (order.status == OrderStatus::Cancelled && rig->manager->orders().size() < 3)
                    (void)rig->submit();
            }
            void onFill(const Order&, const portfolio::Fill&) override {}
            void onDifference(const Difference&) override {}
        } impatient;
        OrderRig rig;
        impatient.rig = &rig;
        rig.manager->addObserver(&impatient);
        (void)rig.submit();
        for (int i = 0; i < 10; ++i) {
            rig.pass(4);
            for (const auto& [brokerId, order] : rig.broker.book)
                rig.broker.finish(brokerId, OrderStatus::Cancelled);
        }
        QCOMPARE(rig.manager->orders().size(), std::size_t{3});
        QVERIFY(rig.broker.broken.empty());
        rig.manager->removeObserver(&impatient);
    }

    /// The journal was slow, and meanwhile nothing new may leave any more.
    void whatMayNotLeaveAnyMoreStays()
    {
        OrderRig rig;
        rig.market.hold("SPY", 10);
        bool isReducing = false;
        rig.manager->setMayLeave([&](const portfolio::OrderIntent&, bool reduces) {
            return isReducing && !reduces ? std::string("only closes") : std::string();
        });
        rig.journal.isImmediate = false;
        const std::string opening = rig.submit();
        const std::string closing =
            rig.manager
                ->submit(rig.approvalOf(
                    rig.market.order("SPY", {testing::MarketRig::leg("SPY", portfolio::Action::SellToClose, 10)})))
                .value();
        isReducing = true;
        while (rig.journal.hasPending())
            rig.journal.flushOne();
        rig.broker.deliverAll();
        QCOMPARE(rig.status(opening), OrderStatus::NotPlaced);
        QCOMPARE(rig.order(opening).reason, std::string("not sent: only closes"));
        QCOMPARE(rig.status(closing), OrderStatus::Working);
        QCOMPARE(rig.broker.book.size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(OrderManagerTest)
#include "order_manager_test.moc"
