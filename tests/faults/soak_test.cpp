#include "faults/drift.h"
#include "faults/scenario.h"

#include <QtTest>

#include <fmt/format.h>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::faults;
using execution::OrderStatus;

namespace
{

/// An hour of virtual time with a trader who opens, cancels and closes, while everything that can go wrong does, by chance.
class Hour
{
public:
    explicit Hour(World& world) : m_world(world) {}

    void live()
    {
        if (!m_world.connect())
            return;
        const base::Nanos end = m_world.scheduler.elapsed() + 1h;
        m_changesAt = m_world.scheduler.elapsed();
        while (!m_world.isBroken() && m_world.scheduler.elapsed() < end) {
            if (m_world.scheduler.elapsed() >= m_changesAt)
                changeTheWeather();
            m_world.pass(200ms + upTo(m_world, 4s));
            if (!m_world.isBroken())
                trade();
        }
        m_world.disk.isFull = false;
        m_world.market.sizes.clear();
        m_world.calmDown();
        checkTheEnd();
    }
    int opened = 0, crashes = 0, weathers = 0;

private:
    bool happens(double chance) { return m_world.chance.uniform() < chance; }

    void changeTheWeather()
    {
        ++weathers;
        m_world.plan.clear();
        m_world.transport.isDown = m_world.disk.isFull = false;
        m_changesAt = m_world.scheduler.elapsed() + 5s + upTo(m_world, 40s);
        FaultPlan& plan = m_world.plan;
        switch (m_world.chance.integer(0, 15)) {
        case 0:
            return plan.sometimes(0.3, {Fate::LostRequest, Fate::LostAnswer, Fate::ResetBefore, Fate::ResetAfter});
        case 1:
            return plan.sometimes(0.3,
                                  {Fate::BadGateway, Fate::BadGatewayAfter, Fate::Nonsense, Fate::Slow, Fate::Late});
        case 2:
            return plan.all(Fate::TooMany, m_world.scheduler.elapsed() + upTo(m_world, 60s));
        case 3:
            plan.account.lost = plan.account.doubled = plan.account.late = 0.4;
            return;
        case 4:
            plan.account.isMute = true;
            return;
        case 5:
            plan.feed.isMute = true;
            return;
        case 6:
            return m_world.venue.cut("connection reset");
        case 7:
            return m_world.venue.expireTokens();
        case 8:
            plan.ledgerLag = 1s + upTo(m_world, 40s);
            return;
        case 9:
            plan.account.change = [this](const QByteArray& text) {
                return happens(0.3) ? drifted(text, m_world.chance) : text;
            };
            return;
        case 10:
            m_world.disk.isFull = true;
            return;
        case 11:
            m_world.transport.isDown = true;
            return m_world.venue.cut("network unreachable");
        case 12:
            return m_world.setClock(std::chrono::seconds(m_world.chance.integer(-90, 90)));
        case 13:
            return m_world.suspend(20s + upTo(m_world, 2min));
        case 14:
            return crash();
        default:
            return; // fair
        }
    }

    void crash()
    {
        ++crashes;
        const auto waiting = static_cast<std::int64_t>(m_world.client->journal().waiting());
        m_world.crash(static_cast<std::size_t>(m_world.chance.integer(0, waiting)), happens(0.5));
        m_world.pass(upTo(m_world, 20s));
        m_world.start();
    }

    void trade()
    {
        m_world.market.sizes[World::shortPut()] = static_cast<double>(m_world.chance.integer(1, 4));
        const execution::OrderManager& orders = m_world.loop().orders();
        if (happens(0.1)) { // a person looks at what is shown
            const std::vector<execution::Difference> open = orders.differences();
            for (const execution::Difference& each : open)
                m_world.loop().acknowledge(each.kind, each.key);
        }
        const base::Quantity held = m_world.loop().ledger().quantity(World::longPut());
        switch (m_world.chance.integer(0, 9)) {
        case 0:
        case 1:
        case 2:
            opened += m_world.open(m_world.chance.integer(1, 3)).empty() ? 0 : 1;
            break;
        case 3:
            opened += m_world.openResting(m_world.chance.integer(1, 3)).empty() ? 0 : 1;
            break;
        case 4:
        case 5:
        case 6:
            if (held > 0)
                opened +=
                    m_world.close(m_world.chance.integer(1, std::min(held, base::Quantity(4)).whole())).empty() ? 0 : 1;
            break;
        case 7:
        case 8:
            for (const execution::Order* const order : orders.orders()) {
                if (!execution::isTerminal(order->status) && happens(0.5))
                    (void)m_world.loop().cancel(order->externalId);
            }
            break;
        default:
            if (happens(0.2))
                m_world.loop().cancelAll();
            break;
        }
    }

    /// None lost, none doubled, and what is held is what was filled.
    void checkTheEnd()
    {
        execution::Quantities filled;
        for (const tastytrade::wire::Order* const order : m_world.venue.exchange().orders()) {
            for (const portfolio::Fill& fill : tastytrade::wire::toBrokerOrder(*order).fills)
                filled[fill.symbol] += portfolio::signedQuantity(fill.action, fill.quantity);
            m_world.expect(m_world.loop().orders().find(order->externalId) != nullptr, "every order is known as ours");
        }
        std::erase_if(filled, [](const auto& entry) { return entry.second == 0; });
        const auto& held = m_world.loop().orders().held();
        m_world.expect(held && *held == filled, "what is held is what was filled");
        for (const execution::Order* const order : m_world.loop().orders().orders())
            m_world.expect(!order->isExternal, "no order is taken for somebody else's");
    }

    World& m_world;
    base::Nanos m_changesAt{};
};

} // namespace

class FaultSoakTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Two hours; for more: VEGADESK_SOAK_SEEDS.
    void anHourOfEverything()
    {
        const std::uint64_t seeds =
            qEnvironmentVariableIntValue("VEGADESK_SOAK_SEEDS") > 0 ? qgetenv("VEGADESK_SOAK_SEEDS").toULongLong() : 2;
        int opened = 0, crashes = 0, weathers = 0;
        std::uint64_t hours = 0;
        const std::string wrong = runSeeds("soak", seeds, [&](World& world) {
            Hour hour(world);
            hour.live();
            ++hours;
            opened += hour.opened;
            crashes += hour.crashes;
            weathers += hour.weathers;
        });
        QVERIFY2(wrong.empty(), wrong.c_str());
        qInfo("%s",
              fmt::format("{} hours, {} orders, {} changes of weather, {} crashes", hours, opened, weathers, crashes)
                  .c_str());
        QVERIFY(hours == 0 || opened / static_cast<int>(hours) > 50);
    }
};

QTEST_GUILESS_MAIN(FaultSoakTest)
#include "soak_test.moc"
