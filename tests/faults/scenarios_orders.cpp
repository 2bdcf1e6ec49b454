#include "faults/scenarios.h"

#include "tastytrade/wire/account_streamer.h"
#include "tastytrade/wire/order.h"

#include <algorithm>
#include <cmath>

/// Orders whose way to the broker and back is not a straight one.

namespace vegadesk::faults::scenarios
{

using namespace std::chrono_literals;
using execution::OrderStatus;

namespace
{

std::int64_t tokenRequests(const World& world)
{
    return std::ranges::count(world.transport.requests, Route::Token, routeOf);
}

/// The spread pays more than any limit of these tests from now on.
void raiseCredit(World& world)
{
    world.market.quotes[World::shortPut()] = {12.00, 12.04, 100, 100, {}};
    world.market.quotes[World::longPut()] = {7.90, 7.94, 100, 100, {}};
}

bool isUnevenSaid(World& world)
{
    return world.loop().orders().unevenUnderlyings() == std::vector<std::string>{"SPY"};
}

} // namespace

/// Access tokens stop being good around the moment in which an order leaves.
void tokenExpires(World& world)
{
    if (!world.connect())
        return;
    const bool isBefore = world.chance.uniform() < 0.5;
    if (isBefore)
        world.venue.expireTokens();
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    if (!isBefore) {
        world.pass(upTo(world, 60ms));
        world.venue.expireTokens();
    }
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome");
    // What was not let in is known not to be there: it is said, and not sent again without being asked.
    if (world.status(id) == OrderStatus::Rejected)
        world.expect(world.placedAtBroker() == 0, "a refused order is not there");
    world.calmDown();
    // The first request with a token that is over is refused; the one after it has a new token.
    for (const std::int64_t lots : {2, 3}) {
        const std::string next = world.open(lots);
        if (!world.expectSent(next))
            return;
        world.expectSoon([&] { return execution::isTerminal(world.status(next)); }, "an outcome");
        if (lots == 3)
            world.expect(world.status(next) == OrderStatus::Filled, "filled with a new token");
    }
    world.expect(tokenRequests(world) <= 3, "one request for each new token");
}

/// A token lives a quarter of an hour: the client asks for the next in time, once, and every message has the new one.
void tokenIsRenewed(World& world)
{
    if (!world.connect())
        return;
    world.pass(16min);
    world.expect(world.client->accountState == execution::ConnectionState::Connected, "still connected");
    world.expect(tokenRequests(world) == 2, "a second token, and no third");
    const auto socket = std::ranges::find_if(world.transport.sockets, [](const auto& each) {
        return each->isOpen && each->url.path() != QLatin1String("/dxlink");
    });
    if (!world.expect(socket != world.transport.sockets.end(), "an account stream"))
        return;
    const auto last = tastytrade::wire::parseStreamerRequest((*socket)->received.back());
    world.expect(last && world.venue.credentials().isValid(last->authToken), "heartbeats carry the new token");
    const std::string id = world.open();
    if (world.expectSent(id))
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
}

/// The connection or a gateway fails while an order is on its way, before or after the broker has it.
void placeGoesWrong(World& world)
{
    if (!world.connect())
        return;
    const std::vector<Fate> arrives{Fate::LostAnswer, Fate::ResetAfter, Fate::BadGatewayAfter,
                                    Fate::Nonsense,   Fate::Slow,       Fate::Late};
    const std::vector<Fate> doesNot{Fate::LostRequest, Fate::ResetBefore, Fate::BadGateway};
    const bool isThere = world.chance.uniform() < 0.6;
    world.plan.account.lost = world.chance.uniform() < 0.5 ? 1 : 0; // no notice tells either
    world.plan.next(Route::Place, anyOf(world, isThere ? arrives : doesNot));
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    if (!isThere) {
        world.expectSoon([&] { return world.status(id) == OrderStatus::Unknown; }, "not known");
        const base::Nanos since = world.scheduler.elapsed();
        world.expectSoon([&] { return world.status(id) == OrderStatus::NotPlaced; }, "proven absent", 90s);
        world.expect(world.scheduler.elapsed() - since >= 10s, "proven by two snapshots, ten seconds apart");
        world.expect(world.placedAtBroker() == 0, "not there");
    } else {
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled", 120s);
    }
    world.calmDown();
    world.expect(world.placedAtBroker() == (isThere ? 1 : 0), "sent once");
    world.expect(!world.was(id, OrderStatus::Rejected), "an unknown outcome is no rejection");
}

/// A request sleeps somewhere for a minute, long after the order was proven absent.
void placeArrivesVeryLate(World& world)
{
    if (!world.connect())
        return;
    world.plan.lateBy = 40s + upTo(world, 30s);
    world.plan.next(Route::Place, Fate::Late);
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::NotPlaced; }, "proven absent", 60s);
    world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "found all the same", 120s);
    const auto isLate = [](const execution::Difference& each) {
        return each.kind == execution::Difference::Kind::LateOrder;
    };
    world.expect(std::ranges::any_of(world.invariants.differences, isLate), "the user is told");
    world.calmDown();
}

/// Notices come twice, late, in another order, or not at all.
void noticesComeAnyhow(World& world)
{
    if (!world.connect())
        return;
    world.plan.account.doubled = 0.5;
    world.plan.account.late = 0.7;
    world.plan.account.lost = 0.2;
    world.plan.account.latest = 5s;
    world.market.sizes[World::shortPut()] = 2;
    for (int i = 1; i <= 4; ++i) {
        const std::string id = i % 2 == 1 ? world.open(i) : world.openResting(i);
        if (!world.expectSent(id))
            return;
        world.pass(500ms + upTo(world, 6s));
        if (world.chance.uniform() < 0.5 && !execution::isTerminal(world.status(id)))
            world.expect(world.loop().cancel(id).has_value(), "a cancel is taken");
    }
    world.pass(20s);
    world.calmDown();
}

/// One to five contracts at a time; sometimes the rest is cancelled.
void partialFills(World& world)
{
    if (!world.connect())
        return;
    const std::int64_t lots = world.chance.integer(2, 6);
    world.market.sizes[World::shortPut()] = static_cast<double>(world.chance.integer(1, lots - 1));
    const std::string id = world.open(lots);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.was(id, OrderStatus::PartiallyFilled); }, "filled in part");
    if (world.chance.uniform() < 0.5) {
        world.pass(upTo(world, 800ms));
        if (!execution::isTerminal(world.status(id)))
            world.expect(world.loop().cancel(id).has_value(), "the rest is cancelled");
    }
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome");
    world.calmDown();
    world.expect(world.heldAtBroker(World::shortPut()) == -world.order(id).filledQuantity(World::shortPut()),
                 "what is held is what was filled");
}

/// The legs of a spread are told one after the other: the gate sees what is filled, not what was meant.
void legsFillApart(World& world)
{
    if (!world.connect())
        return;
    world.plan.splitsLegs = true;
    const std::int64_t lots = world.chance.integer(1, 4);
    const std::string id = world.open(lots);
    if (!world.expectSent(id))
        return;
    const auto isUnevenIn = [&](const std::string& which) {
        const execution::Order& order = world.order(which);
        return order.filledQuantity(World::shortPut()) != order.filledQuantity(World::longPut());
    };
    const auto isUneven = [&] { return isUnevenIn(id); };
    if (!world.expectSoon(isUneven, "one leg without the other"))
        return;
    const risk::GateState seen = world.loop().gateState();
    const auto isShort = [&](const portfolio::Position& each) {
        return each.symbol == World::shortPut() && each.quantity == -lots;
    };
    world.expect(std::ranges::any_of(seen.positions, isShort), "the gate sees the leg that filled");
    const bool hasRest = std::ranges::any_of(seen.workingOrders, [&](const portfolio::OrderIntent& each) {
        return each.legs.size() == 1 && each.legs[0].symbol == World::longPut() && !each.price;
    });
    world.expect(hasRest, "and that the other one still works");
    world.expect(isUnevenSaid(world), "the user is told");
    world.pass(1s - upTo(world, 900ms));
    if (isUneven()) {
        world.expect(world.openResting().empty(), "no new risk there meanwhile");
        const auto saysLegs = [](const std::string& why) { return why.starts_with("uneven_legs: "); };
        world.expect(std::ranges::any_of(world.invariants.refusals, saysLegs), "for that reason");
        world.expectSent(world.buyShares("QQQ", 1)); // elsewhere there is
        world.expect(!execution::isTerminal(world.status(id)), "the rest works on");
    }
    world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
    world.expect(!isUnevenSaid(world), "and it is over by itself");
    world.pass(6s);
    const std::string close = world.close(lots);
    if (!world.expectSent(close) ||
        !world.expectSoon([&] { return isUnevenIn(close); }, "one leg gone before the other"))
        return;
    world.expect(isUnevenSaid(world), "of a close the user is told too");
    world.expectSoon([&] { return world.status(close) == OrderStatus::Filled; }, "closed");
    world.expect(!isUnevenSaid(world), "and that is over by itself");
    world.pass(6s);
    world.expectSent(world.openResting());
    world.calmDown();
}

/// A spread fills contract by contract, each of them leg by leg, and is cancelled on the way.
void legsMeetCancel(World& world)
{
    if (!world.connect())
        return;
    world.plan.splitsLegs = true;
    const std::int64_t lots = world.chance.integer(2, 6);
    world.market.sizes[World::shortPut()] = static_cast<double>(world.chance.integer(1, lots - 1));
    const bool isLate = world.chance.uniform() < 0.5;
    world.plan.account.late = isLate ? 0.8 : 0;
    const std::string id = world.open(lots);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return !world.order(id).fills.empty(); }, "a fill");
    world.pass(upTo(world, 6s));
    world.plan.next(Route::Cancel, anyOf(world, std::vector<Fate>{Fate::Served, Fate::LostAnswer, Fate::ResetAfter}));
    if (!execution::isTerminal(world.status(id)))
        world.expect(world.loop().cancel(id).has_value(), "a cancel is taken");
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome", 90s);
    world.calmDown();
    const execution::Order& order = world.order(id);
    world.expect(order.filledQuantity(World::shortPut()) == order.filledQuantity(World::longPut()), "even in the end");
    world.expect(!isUnevenSaid(world), "then nothing is left to be looked at");
    const auto isLegs = [](const auto& each) { return each.kind == execution::Difference::Kind::Legs; };
    if (!isLate) // what comes late is overtaken by the lists, which know both legs
        world.expect(std::ranges::any_of(world.invariants.differences, isLegs), "and it was said on the way");
}

/// A fill and a cancel, and each in its turn is first; the cancel's answer may be lost too.
void cancelMeetsFill(World& world)
{
    if (!world.connect())
        return;
    const std::string id = world.openResting(2);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Working; }, "working");
    world.pass(upTo(world, 3s));
    world.plan.next(Route::Cancel, anyOf(world, std::vector<Fate>{Fate::Served, Fate::LostAnswer, Fate::ResetAfter,
                                                                  Fate::LostRequest, Fate::BadGatewayAfter}));
    world.plan.account.late = world.chance.uniform() < 0.5 ? 0.8 : 0;
    const base::Nanos cancelAt = upTo(world, 1200ms), fillAt = upTo(world, 1200ms);
    world.pass(std::min(cancelAt, fillAt));
    if (fillAt < cancelAt)
        raiseCredit(world);
    else
        (void)world.loop().cancel(id);
    world.pass(std::max(cancelAt, fillAt) - std::min(cancelAt, fillAt));
    if (fillAt < cancelAt)
        (void)world.loop().cancel(id);
    else
        raiseCredit(world);
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome", 90s);
    world.calmDown();
}

/// The broker wants fewer requests for a minute: a cancel is kept, and goes first when it may.
void tooManyRequests(World& world)
{
    if (!world.connect())
        return;
    const std::string id = world.openResting();
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Working; }, "working");
    world.plan.all(Fate::TooMany, world.scheduler.elapsed() + 60s);
    world.pass(upTo(world, 10s));
    const std::size_t before = world.transport.requests.size();
    world.expect(world.loop().cancel(id).has_value(), "a cancel is taken");
    const std::string refused = world.open(3);
    world.pass(61s);
    // Thirty may leave at once and six a second: a storm would be hundreds.
    world.expect(world.transport.requests.size() - before < 60, "the client backs off");
    world.expectSoon([&] { return world.status(id) == OrderStatus::Cancelled; }, "cancelled", 40s);
    if (!refused.empty())
        world.expectSoon([&] { return execution::isTerminal(world.status(refused)); }, "an outcome", 60s);
    world.calmDown();
}

/// The certification environment's "Session offline": rejected with a reason, and taken a while later.
void sessionIsOffline(World& world)
{
    if (!world.connect())
        return;
    world.plan.isSessionOffline = true;
    world.pass(1s);
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Rejected; }, "rejected");
    world.expect(world.order(id).reason.find("Session offline") != std::string::npos, "with the broker's reason");
    world.plan.isSessionOffline = false;
    world.pass(6s);
    const std::string next = world.open();
    if (world.expectSent(next))
        world.expectSoon([&] { return world.status(next) == OrderStatus::Filled; }, "filled later");
    world.calmDown();
}

} // namespace vegadesk::faults::scenarios
