#include "execution/order_manager.h"

#include "base/log.h"
#include "base/random.h"
#include "execution/order_rig.h"

#include <QtTest>

#include <set>

using namespace vegadesk;
using namespace vegadesk::execution;
using testing::OrderRig;
using testing::ScriptedBroker;
using Fate = ScriptedBroker::Fate;

namespace
{

/// A day at a bad broker, from one seed: everything that can go wrong does, in random order, the crash of the client
/// included; then the weather clears and the books must agree.
class BadDay
{
public:
    explicit BadDay(std::uint64_t seed) : m_random(seed) { m_rig.broker.echoesPartIds = seed % 4 != 0; }

    QString run(int steps)
    {
        m_rig.manager->reconcile();
        for (int step = 0; step < steps; ++step) {
            doSomething();
            if (QString wrong = promisesBroken(); !wrong.isEmpty())
                return QString("step %1: %2").arg(step).arg(wrong);
        }
        calmDown();
        return endIsRight();
    }

    int crashes = 0, unknowns = 0, notPlaced = 0, fills = 0, replacements = 0, replaced = 0, complexes = 0,
        released = 0;

private:
    std::int64_t dice(std::int64_t high) { return m_random.integer(0, high); }

    void doSomething()
    {
        switch (dice(18)) {
        case 0:
        case 1: {
            constexpr std::array fates{Fate::Accepted,    Fate::Accepted, Fate::AnswerLost,   Fate::RequestLost,
                                       Fate::RequestLate, Fate::Refused,  Fate::NeverAnswered};
            m_rig.broker.nextPlace = fates[static_cast<std::size_t>(dice(fates.size() - 1))];
            if (auto id = m_rig.manager->submit(m_rig.approval(m_random.integer(1, 3))))
                m_ids.push_back(*id);
            break;
        }
        case 2:
            m_rig.journal.isImmediate = !m_rig.journal.isImmediate;
            break;
        case 3:
        case 4:
            while (m_rig.journal.hasPending() && dice(3) > 0)
                m_rig.journal.flushOne();
            break;
        case 5:
        case 6:
        case 7: // answers and news in any order
            for (auto count = dice(4); count > 0 && m_rig.broker.waiting() > 0; --count)
                m_rig.broker.deliver(
                    static_cast<std::size_t>(dice(static_cast<std::int64_t>(m_rig.broker.waiting()) - 1)));
            break;
        case 8:
        case 9:
            if (const std::string brokerId = anyOrder(); !brokerId.empty()) {
                m_rig.broker.fill(brokerId, m_random.integer(1, 3));
                if (const std::string complexId = m_rig.broker.book.at(brokerId).complexId; !complexId.empty())
                    m_rig.broker.stepComplex(complexId);
            }
            break;
        case 10:
            m_rig.broker.repeat(static_cast<std::size_t>(dice(1000)));
            break;
        case 11: {
            constexpr std::array fates{Fate::Accepted, Fate::AnswerLost, Fate::RequestLost, Fate::Refused};
            m_rig.broker.nextCancel = fates[static_cast<std::size_t>(dice(3))];
            if (!m_ids.empty())
                (void)m_rig.manager->cancel(
                    m_ids[static_cast<std::size_t>(dice(static_cast<std::int64_t>(m_ids.size()) - 1))]);
            break;
        }
        case 12:
            for (const auto& [complexId, parts] : m_rig.broker.complexes) {
                if (dice(1))
                    m_rig.broker.stepComplex(complexId);
            }
            for (auto& [brokerId, order] : m_rig.broker.book) {
                if (order.status == OrderStatus::CancelRequested && dice(1))
                    m_rig.broker.finish(brokerId, OrderStatus::Cancelled);
                else if (order.status == OrderStatus::Contingent && !order.replaces.empty() && dice(1))
                    m_rig.broker.finishReplacement(brokerId);
                else if (order.status == OrderStatus::Cancelled && isAlone(order) && dice(7) == 0)
                    m_rig.broker.fillLate(brokerId);
            }
            break;
        case 13:
            m_rig.clock.advance(std::chrono::milliseconds(m_random.integer(1, 12000)));
            m_rig.manager->poll();
            break;
        case 14:
            if (dice(3) == 0)
                m_rig.broker.arriveLate();
            else if (dice(1))
                m_rig.broker.dropReports();
            else
                m_rig.broker.keepReports();
            m_rig.broker.nextSnapshot = dice(3) == 0 ? Fate::RequestLost : Fate::Accepted;
            break;
        case 16:
        case 17: {
            constexpr std::array fates{Fate::Accepted,    Fate::Accepted, Fate::AnswerLost,
                                       Fate::RequestLost, Fate::Refused,  Fate::NeverAnswered};
            m_rig.broker.nextPlace = fates[static_cast<std::size_t>(dice(fates.size() - 1))];
            m_rig.broker.echoesOldId = dice(3) == 0;
            if (m_ids.empty())
                break;
            const std::string old =
                m_ids[m_ids.size() - 1 - static_cast<std::size_t>(dice(static_cast<std::int64_t>(m_ids.size()) - 1))];
            const Order* const order = m_rig.manager->find(old); // none: a crash came before its intent was on disk
            if (!order || !isReplaceable(*order))
                break;
            if (auto id = m_rig.manager->replace(old, m_rig.replacement(old, dice(1) == 1 ? 1 : -1))) {
                m_ids.push_back(*id);
                ++replacements;
            }
            break;
        }
        case 18: {
            constexpr std::array fates{Fate::Accepted,    Fate::Accepted, Fate::AnswerLost,
                                       Fate::RequestLost, Fate::Refused,  Fate::NeverAnswered};
            m_rig.broker.nextPlace = fates[static_cast<std::size_t>(dice(fates.size() - 1))];
            const std::int64_t quantity = m_random.integer(1, 3);
            portfolio::ComplexIntent intent{portfolio::ComplexKind::Oto, {}, {}};
            intent.trigger = shares(portfolio::Action::BuyToOpen, quantity);
            intent.orders = {shares(portfolio::Action::SellToClose, quantity)};
            for (portfolio::OrderIntent* const part : {&*intent.trigger, &intent.orders.front()}) // no two alike
                part->price = *part->price + base::Decimal::fromUnits(base::Decimal::cent().units() * complexes);
            if (auto ids = m_rig.manager->submit(m_rig.approvalOf(intent))) {
                m_ids.insert(m_ids.end(), ids->begin(), ids->end());
                ++complexes;
            }
            break;
        }
        case 15:
            if (dice(5) != 0)
                break;
            ++crashes;
            m_rig.crash(static_cast<std::size_t>(dice(3)));
            m_rig.journal.isImmediate = dice(1) == 1;
            m_rig.start();
            break;
        }
    }

    portfolio::OrderIntent shares(portfolio::Action action, std::int64_t quantity) const
    {
        return m_rig.market.order("SPY", {testing::MarketRig::leg("SPY", action, quantity)});
    }

    /// Of an order and its replacement the exchange fills one: a late fill of the other does not come.
    static bool isAlone(const BrokerOrder& order)
    {
        return order.replaces.empty() && order.replacedBy.empty() && order.complexId.empty();
    }

    std::string anyOrder()
    {
        if (m_rig.broker.book.empty())
            return {};
        auto which = m_rig.broker.book.begin();
        std::advance(which, dice(static_cast<std::int64_t>(m_rig.broker.book.size()) - 1));
        return which->first;
    }

    /// I1 and I2 are the broker's to see; I5 here.
    QString promisesBroken()
    {
        if (!m_rig.broker.broken.empty())
            return QString::fromStdString(m_rig.broker.broken.front());
        std::set<std::string> liveOnce;
        std::set<std::pair<std::string, std::string>> counted;
        for (const Order* order : m_rig.manager->orders()) {
            unknowns += order->status == OrderStatus::Unknown ? 1 : 0;
            if (!order->brokerId.empty() && !liveOnce.insert(order->brokerId).second)
                return QString("broker order %1 is known twice").arg(order->brokerId.c_str());
            std::map<std::string, base::Quantity> filled;
            if (const Order* const old = m_rig.manager->find(order->replaces)) { // one of both
                for (const portfolio::Fill& fill : old->fills)
                    filled[fill.symbol] += fill.quantity;
            }
            for (const portfolio::Fill& fill : order->fills) {
                if (!counted.insert({fill.orderId, fill.fillId}).second)
                    return QString("fill %1 of %2 counted twice").arg(fill.fillId.c_str(), fill.orderId.c_str());
                filled[fill.symbol] += fill.quantity;
            }
            for (const portfolio::OrderLeg& leg : order->intent.legs) {
                if (filled[leg.symbol] > leg.quantity)
                    return QString("%1 filled beyond its quantity").arg(order->externalId.c_str());
            }
            if (order->status == OrderStatus::Filled && order->fills.empty())
                return QString("%1 is filled without fills").arg(order->externalId.c_str());
        }
        return {};
    }

    void calmDown()
    {
        m_rig.broker.keepReports();
        m_rig.broker.arriveLate();
        m_rig.broker.nextCancel = m_rig.broker.nextSnapshot = Fate::Accepted;
        while (m_rig.journal.hasPending())
            m_rig.journal.flushOne();
        m_rig.journal.isImmediate = true;
        m_rig.pass(150);
        m_rig.broker.finishReplacements();
        m_rig.pass(20);
        for (const auto& [brokerId, order] : m_rig.broker.book) {
            if (order.status == OrderStatus::CancelRequested)
                m_rig.broker.finish(brokerId, OrderStatus::Cancelled);
        }
        m_rig.pass(150);
    }

    QString endIsRight()
    {
        if (QString wrong = promisesBroken(); !wrong.isEmpty())
            return wrong;
        std::set<std::string> seen;
        for (const Order* order : m_rig.manager->orders()) {
            const QString id = QString::fromStdString(order->externalId);
            if (order->status == OrderStatus::Unknown || order->status == OrderStatus::Sent ||
                order->status == OrderStatus::Intent)
                return id + " is still " + QString::fromStdString(std::string(toText(order->status)));
            if (order->brokerId.empty()) {
                notPlaced += order->status == OrderStatus::NotPlaced ? 1 : 0;
                if (order->status != OrderStatus::NotPlaced && order->status != OrderStatus::Rejected)
                    return id + " has no broker id and is not refused";
                continue;
            }
            seen.insert(order->brokerId);
            replaced += order->replacedBy.empty() ? 0 : 1;
            released += !order->waitsFor.empty() && !order->fills.empty() ? 1 : 0;
            const BrokerOrder& theirs = m_rig.broker.book.at(order->brokerId);
            if (order->fills.size() != theirs.fills.size())
                return id + " lacks fills";
            fills += int(order->fills.size());
            const bool isPartial = theirs.status == OrderStatus::Working && !theirs.fills.empty();
            const OrderStatus expected = isPartial ? OrderStatus::PartiallyFilled : theirs.status;
            if (order->status != expected)
                return QString("%1 is %2, the broker says %3")
                    .arg(id, QString::fromStdString(std::string(toText(order->status))),
                         QString::fromStdString(std::string(toText(expected))));
        }
        if (seen.size() != m_rig.broker.book.size())
            return "orders at the broker that we do not know";
        if (!m_rig.manager->expectedPositions() || *m_rig.manager->expectedPositions() != positionsHeld())
            return "our positions are not the broker's";
        for (const Difference& difference : m_rig.notes.differences) {
            if (difference.kind != Difference::Kind::LateOrder) // requests that arrive minutes late are all that is odd
                return QString::fromStdString(difference.sentence);
        }
        return {};
    }

    Quantities positionsHeld() const { return {m_rig.broker.held.begin(), m_rig.broker.held.end()}; }

    base::Generator m_random;
    OrderRig m_rig;
    std::vector<std::string> m_ids;
};

} // namespace

class OrderSimulationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::log::configure(base::log::Level::Off); }

    void theBooksAgreeAfterEveryBadDay()
    {
        int crashes = 0;
        int unknowns = 0;
        int notPlaced = 0;
        int fills = 0;
        int replacements = 0;
        int replaced = 0;
        int complexes = 0;
        int released = 0;
        for (std::uint64_t seed = 1; seed <= 400; ++seed) {
            BadDay day(seed);
            const QString wrong = day.run(150);
            QVERIFY2(wrong.isEmpty(), qPrintable(QString("seed %1, %2").arg(seed).arg(wrong)));
            crashes += day.crashes;
            unknowns += day.unknowns;
            notPlaced += day.notPlaced;
            fills += day.fills;
            replacements += day.replacements;
            replaced += day.replaced;
            complexes += day.complexes;
            released += day.released;
        }
        // The weather was bad enough to mean something.
        QVERIFY(crashes > 200);
        QVERIFY(unknowns > 1000);
        QVERIFY(notPlaced > 100);
        QVERIFY(fills > 1000);
        QVERIFY(replacements > 200);
        QVERIFY(replaced > 50);
        QVERIFY(complexes > 300);
        QVERIFY(released > 20);
    }

    /// E3: every interleaving of up to six events on one order ends the same.
    void everyOrderOfSixEventsEndsTheSame()
    {
        std::vector<int> events{0, 1, 2, 3, 4, 5};
        int rounds = 0;
        do {
            OrderRig rig;
            const std::string id = rig.submit(2);
            const std::string brokerId = rig.broker.book.begin()->first;
            // Waiting now: the news of arrival and the answer. Four more: two fills, a repeat, the end.
            rig.broker.fill(brokerId, 1);
            rig.broker.repeat(0);
            rig.broker.fill(brokerId, 1);
            rig.broker.repeat(1);
            QCOMPARE(rig.broker.waiting(), std::size_t{6});
            std::vector<int> left{0, 1, 2, 3, 4, 5};
            for (const int event : events) {
                const auto place = std::ranges::find(left, event) - left.begin();
                rig.broker.deliver(static_cast<std::size_t>(place));
                left.erase(left.begin() + place);
            }
            QVERIFY(rig.status(id) == OrderStatus::Filled);
            QCOMPARE(rig.order(id).fills.size(), std::size_t{4});
            QCOMPARE(rig.notes.fills.size(), std::size_t{4});
            QVERIFY(rig.notes.differences.empty());
            ++rounds;
        } while (std::ranges::next_permutation(events).found);
        QCOMPARE(rounds, 720);
    }
};

QTEST_APPLESS_MAIN(OrderSimulationTest)
#include "order_simulation_test.moc"
