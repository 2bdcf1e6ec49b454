#include "faults/scenarios.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <set>

/// The client's own computer: it dies, sleeps, hangs, runs out of disk, and has its clock set.

namespace vegadesk::faults::scenarios
{

using namespace std::chrono_literals;
using execution::OrderStatus;

namespace
{

/// Some of what waits for the disk has reached it, and perhaps half of the next record.
void crashSomehow(World& world)
{
    const auto waiting = static_cast<std::int64_t>(world.client->journal().waiting());
    world.crash(static_cast<std::size_t>(world.chance.integer(0, waiting)), world.chance.uniform() < 0.5);
}

} // namespace

/// Killed at any moment of an order's life, up to three times in a row.
void programDies(World& world)
{
    if (!world.connect())
        return;
    world.market.sizes[World::shortPut()] = 1;
    const std::string id = world.open(3);
    if (!world.expectSent(id))
        return;
    for (auto times = world.chance.integer(1, 3); times > 0 && !world.isBroken(); --times) {
        world.pass(world.chance.uniform() < 0.6 ? upTo(world, 120ms) : upTo(world, 2s));
        crashSomehow(world);
        world.pass(upTo(world, 5s));
        world.start();
        // At once, and before anything was asked: what was on its way is not known, and that is said.
        for (const execution::Order* const order : world.loop().orders().orders())
            world.expect(order->status != OrderStatus::Intent && order->status != OrderStatus::Sent,
                         "nothing is on its way after a start");
    }
    world.calmDown();
    world.expect(world.placedAtBroker() <= 1, "at most one order");
}

/// Somebody sets the clock, or a time server does, by up to a day and in both directions.
void clockJumps(World& world)
{
    if (!world.connect())
        return;
    const std::string resting = world.openResting();
    if (!world.expectSent(resting))
        return;
    world.pass(upTo(world, 20s));
    const bool isLost = world.chance.uniform() < 0.5;
    if (isLost)
        world.plan.next(Route::Place, Fate::LostRequest);
    const std::string id = world.open(2);
    world.expectSent(id);
    world.pass(upTo(world, 3s));
    world.setClock(anyOf(world, std::vector<base::Nanos>{-1h, 1h, -24h, -3s, 3s, -61s, 61s, 37min}));
    world.pass(upTo(world, 5s));
    if (world.loop().cancel(resting))
        world.expectSoon([&] { return world.status(resting) == OrderStatus::Cancelled; }, "cancelled", 60s);
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome", 90s);
    world.calmDown();
    world.pass(
        6s); // set back, the clock may stand just after the first order: for a moment the same one is its duplicate
    // A day's jump leaves a difference, because the order seems to be of another day; an hour's is before the open.
    if (world.loop().orders().differences().empty() && market::isOpen(world.clientClock.now()))
        world.expectSent(world.submit(world.order(resting).intent));
}

/// The computer's clock is not the broker's: by 5 s it is said, and what expires today is left alone. By a leap second, or by
/// what an answer takes, it is not.
void clockIsSkewed(World& world)
{
    if (!world.connect())
        return;
    const auto ahead = [&] { return std::abs(world.client->counters().clockAhead); };
    const auto put = [](double strike) {
        return ScriptedMarket::symbolOf("SPY", ScriptedMarket::friday, market::Right::Put, strike);
    };
    const market::InstrumentType option = market::InstrumentType::EquityOption;
    const auto today = [&] {
        return world.priced(
            "SPY",
            {{put(605), option, portfolio::Action::SellToOpen, 1}, {put(595), option, portfolio::Action::BuyToOpen, 1}},
            -0.04);
    };
    world.pass(2s + upTo(world, 20s));
    world.expect(ahead() < 0.5, "the clocks agree");
    const base::Nanos jump = anyOf(
        world, std::vector<base::Nanos>{-1h, 1h, -24h, 24h, -61s, 61s, -7s, 7s, -1s, 1s, -3s, 3s, -4500ms, 4500ms});
    const double seconds = std::abs(base::seconds(jump));
    world.setClock(jump);
    world.pass(1500ms);                     // no answer of the broker is needed for it
    const bool looksLikeSleep = jump > 10s; // then what was known counts no more, until the next answer
    world.expect((looksLikeSleep && std::isnan(ahead())) || std::abs(ahead() - seconds) < 1, "known in a second");
    world.expectSoon([&] { return std::abs(ahead() - seconds) < 1 && world.isReady(); }, "and when all is back", 90s);
    world.pass(6s);
    world.invariants.refusals.clear();
    const std::string id = world.submit(today());
    const auto saysClock = [](const std::string& why) { return why.starts_with("clock: "); };
    const bool isSaid = std::ranges::any_of(world.invariants.refusals, saysClock);
    const bool isTooFar = seconds > 5.5;
    if (seconds < 600) {
        world.expect(isSaid == isTooFar, "what expires today is refused where the clocks are too far apart");
        world.expect(id.empty() == isTooFar, "and for no other reason");
        world.expectSent(world.buyShares("QQQ", 1)); // of a month's options and of shares, seconds are no part
    } else {
        world.expect(id.empty(), "nothing that expires today is sent"); // the market may seem to be closed as well
    }
    world.setClock(-jump);
    world.expectSoon([&] { return ahead() < 0.5 && world.isReady(); }, "set right", 90s);
    world.pass(65s); // what looked like another day is compared again
    if (world.loop().orders().differences().empty() && id.empty())
        world.expectSent(world.submit(today()));
    world.calmDown();
}

/// The weekend in which New York's clocks are set forward, a leap day, the days at which calendars stumble: by UTC nothing
/// happens. A Friday's order is of the day, and Monday's session is where it belongs.
void clocksChange(World& world)
{
    const std::vector<base::Date> mondays{base::makeDate(2027, 3, 15), base::makeDate(2027, 11, 8),
                                          base::makeDate(2028, 2, 29), base::makeDate(2028, 3, 1),
                                          base::makeDate(2027, 1, 4)};
    if (!world.connect())
        return;
    world.pass(upTo(world, 10s));
    const base::Instant open = market::fromNewYork(anyOf(world, mondays), 9h + 30min);
    const base::Nanos before = 30s + upTo(world, 20s);
    world.skip(open - before - world.clientClock.now());
    world.pass(before - 5s);
    world.expect(world.buyShares("QQQ", 1).empty(), "closed five seconds before the open");
    world.pass(8s);
    world.expectSoon([&] { return std::isfinite(world.loop().markets().mid("QQQ")) && world.isConnected(); },
                     "quotes of the new day", 60s);
    world.pass(2s);
    world.expect(std::abs(world.client->counters().clockAhead) < 0.5, "the clocks agree");
    const std::string id = world.buyShares("QQQ", 1);
    if (world.expectSent(id))
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
}

/// The lid is closed for a while; the market goes on, and fills what rests.
void computerSleeps(World& world)
{
    if (!world.connect())
        return;
    const std::string id = world.openResting(2);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Working; }, "working");
    const int reconnects = world.client->timesLive;
    if (world.chance.uniform() < 0.7)
        world.market.quotes[World::shortPut()] = {12.00, 12.04, 100, 100, {}};
    world.suspend(30s + upTo(world, 2h));
    world.pass(1500ms);
    world.expect(world.open(3).empty(), "no new risk by quotes of before");
    world.expectSoon([&] { return world.client->timesLive > reconnects; }, "everything is connected anew", 30s);
    world.calmDown();
}

/// After hours, on holidays and half days: nothing is opened, and a silent feed is no fault.
void marketIsClosed(World& world)
{
    if (!world.connect())
        return;
    struct Closed {
        base::Date date;
        std::chrono::minutes time;
    };
    const std::vector<Closed> table{
        {base::makeDate(2026, 11, 20), 16h + 1min}, // Friday, after the close
        {base::makeDate(2026, 11, 21), 12h + 0min}, // Saturday
        {base::makeDate(2026, 11, 23), 9h + 29min}, // Monday, before the open
        {base::makeDate(2026, 11, 26), 11h + 0min}, // Thanksgiving
        {base::makeDate(2026, 11, 27), 13h + 1min}, // half day
    };
    const Closed& closed = table.at(world.seed % table.size());
    world.skip(market::fromNewYork(closed.date, closed.time) - world.clientClock.now());
    world.pass(20s + upTo(world, 20s));
    world.expect(world.open().empty(), "nothing is opened while the market is closed");
    const auto before = world.client->counters().reconnects;
    world.pass(3min);
    const bool opensSoon = closed.time == 9h + 29min;
    world.expect(opensSoon || world.client->counters().reconnects == before, "a quiet feed is no fault then");
    world.expect(opensSoon || world.placedAtBroker() == 0, "nothing was sent");
}

/// Ten starts in as many moments, one order each: no id comes twice.
void idsAreNotReused(World& world)
{
    std::set<std::string> ids;
    std::size_t sent = 0;
    for (int start = 0; start < 6; ++start) {
        if (!world.connect())
            return;
        for (int i = 0; i < 2; ++i) {
            const std::string id = world.openResting(1 + start);
            if (!id.empty()) {
                ++sent;
                world.expect(ids.insert(id).second, "an id comes once");
            }
            world.pass(upTo(world, 300ms));
            if (!id.empty() && world.loop().cancel(id))
                world.until([&] { return execution::isTerminal(world.status(id)); }, 10s);
        }
        if (world.chance.uniform() < 0.3)
            world.setClock(-base::Nanos(world.scheduler.elapsed() - 1000s)); // back to the first start's second
        crashSomehow(world);
    }
    world.expect(sent >= 6, "orders were sent");
    world.calmDown();
}

/// What cannot be written is not sent; once there is room again, trading goes on.
void diskIsFull(World& world)
{
    if (!world.connect())
        return;
    const std::string working = world.openResting();
    if (!world.expectSent(working))
        return;
    world.expectSoon([&] { return world.status(working) == OrderStatus::Working; }, "working");
    world.disk.isFull = true;
    const std::string id = world.open(2);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::NotPlaced; }, "not sent");
    world.expect(world.order(id).reason.find("journal") != std::string::npos, "the user is told why");
    world.expect(world.loop().cancel(working).has_value(), "a cancel needs no disk");
    world.expectSoon([&] { return world.status(working) == OrderStatus::Cancelled; }, "cancelled");
    if (world.chance.uniform() < 0.5) {
        crashSomehow(world);
        world.connect();
    }
    world.disk.isFull = false;
    world.pass(6s);
    const std::string next = world.open();
    if (world.expectSent(next))
        world.expectSoon([&] { return world.status(next) == OrderStatus::Filled; }, "filled");
    world.calmDown();
    world.expect(world.placedAtBroker() == 2, "what was not written was not sent");
}

/// Bits of the journal turn over between two runs, and its end is torn.
void journalIsDamaged(World& world)
{
    if (!world.connect())
        return;
    std::vector<std::string> ids;
    for (int i = 1; i <= 3; ++i) {
        ids.push_back(i == 2 ? world.openResting(i) : world.open(i));
        world.expectSent(ids.back());
        world.pass(upTo(world, 3s));
    }
    crashSomehow(world);
    for (auto bits = world.chance.integer(1, 6); bits > 0; --bits)
        world.disk.flipBit(world.chance);
    world.pass(upTo(world, 10s));
    if (!world.connect())
        return;
    world.pass(25s);
    world.calmDown();
    world.expect(world.placedAtBroker() <= 3, "nothing is sent again");
}

/// The trading thread hangs for half a minute: an approval of before is too old then.
void threadHangs(World& world)
{
    if (!world.connect())
        return;
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    world.pass(upTo(world, 60ms));
    world.client->hangUntil(world.scheduler.elapsed() + 30s);
    world.pass(30s);
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome", 60s);
    world.calmDown();
    const bool isThere = world.placedAtBroker() == 1;
    world.expect(isThere == (world.status(id) == OrderStatus::Filled), "either sent at once or never");
}

} // namespace vegadesk::faults::scenarios
