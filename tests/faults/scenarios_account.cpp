#include "faults/scenarios.h"

#include "tastytrade/wire/order.h"

#include <algorithm>

/// The account changes without our doing, or is another one.

namespace vegadesk::faults::scenarios
{

using namespace std::chrono_literals;
using execution::Difference;
using execution::OrderStatus;
using portfolio::Action;

namespace
{

bool has(const std::vector<Difference>& differences, Difference::Kind kind)
{
    return std::ranges::any_of(differences, [&](const Difference& each) { return each.kind == kind; });
}

bool isFrozen(World& world, std::string_view underlying)
{
    const std::vector<std::string> frozen = world.loop().orders().frozenUnderlyings();
    return std::ranges::find(frozen, underlying) != frozen.end();
}

std::int64_t posted(const World& world)
{
    return std::ranges::count(world.transport.requests, Route::Place, routeOf);
}

} // namespace

/// The broker's account is new overnight: no orders, no positions. Nothing is traded to get them back.
void accountIsReset(World& world)
{
    if (!world.connect())
        return;
    const std::string filled = world.open(2), resting = world.openResting();
    world.expectSoon([&] { return world.status(filled) == OrderStatus::Filled; }, "filled");
    world.expectSoon([&] { return world.status(resting) == OrderStatus::Working; }, "working");
    world.pass(upTo(world, 5s));
    const std::int64_t before = posted(world);
    world.invariants.allowOutsiders();
    world.venue.reset();
    world.venue.cut("maintenance");
    world.expectSoon([&] { return has(world.invariants.differences, Difference::Kind::Position); }, "it is shown",
                     120s);
    world.expectSoon([&] { return has(world.invariants.differences, Difference::Kind::OrderVanished); },
                     "the order that is gone is shown", 120s);
    world.expectSoon([&] { return world.isReady(); }, "back", 60s);
    world.expect(isFrozen(world, "SPY"), "new risk is frozen there");
    world.expect(world.open().empty(), "and refused");
    world.pass(60s);
    world.expect(posted(world) == before, "nothing was traded to make it right");
    world.expect(world.status(resting) == OrderStatus::Unknown, "what became of the order is not known");
    const std::vector<Difference> open = world.loop().orders().differences();
    for (const Difference& each : open)
        world.expect(world.loop().acknowledge(each.kind, each.key), "a person looks at it");
    world.expect(world.loop().declareOver(resting).has_value(), "and says that the order is over");
    world.pass(15s);
    world.expect(!isFrozen(world, "SPY"), "then new risk may be taken again");
    world.expectSent(world.open());
    world.calmDown();
}

/// A second session of ours, on another computer: its orders carry our prefix, and our journal does not know them.
void anotherSessionTrades(World& world)
{
    if (!world.connect())
        return;
    world.invariants.allowOutsiders();
    world.venue.catchUp();
    tastytrade::wire::OrderRequest request;
    request.intent = world.spread(1, true, 0.30);
    request.externalId = "venue-SIM00001-zzzzzz-00001";
    world.expect(world.venue.exchange().place(request).has_value(), "the broker takes it");
    world.expectSoon([&] { return has(world.invariants.differences, Difference::Kind::OrderNotJournalled); },
                     "it is shown", 70s);
    world.pass(upTo(world, 5s));
    world.loop().cancelAll();
    world.expectSoon([&] { return !world.loop().orders().isCancellingAll(); }, "everything is cancelled", 60s);
    const auto stillWorks = [](const tastytrade::wire::Order* order) { return !isTerminal(order->state); };
    world.expect(std::ranges::none_of(world.venue.exchange().orders(), stillWorks), "the other session's order too");
    world.calmDown();
}

/// Trades by phone, with and without a stream that tells of them.
void tradesElsewhere(World& world)
{
    if (!world.connect())
        return;
    world.invariants.allowOutsiders();
    world.plan.account.lost = world.chance.uniform() < 0.5 ? 1 : 0;
    const std::string own = world.open();
    world.expectSent(own);
    world.pass(upTo(world, 3s));
    const std::string phone = world.tradeElsewhere(world.priced(
        "QQQ", {{"QQQ", market::InstrumentType::Equity, Action::BuyToOpen, world.chance.integer(1, 9)}}, -0.10));
    const std::string closing =
        world.chance.uniform() < 0.5 ? world.tradeElsewhere(world.spread(1, true, -0.04)) : std::string();
    world.pass(65s);
    world.calmDown();
    for (const std::string& id : {phone, closing}) {
        const execution::Order* const known = world.loop().orders().find("venue-SIM00001-external-" + id);
        if (!id.empty())
            world.expect(known && known->isExternal && known->status == OrderStatus::Filled, "known as not ours");
    }
    world.expect(!isFrozen(world, "QQQ"), "what its orders explain is no difference");
}

/// A short put ends in the money over the weekend: its shares are there on Monday, without an order.
void optionIsAssigned(World& world)
{
    if (!world.connect())
        return;
    world.invariants.allowOutsiders();
    const auto put = [](double strike) {
        return ScriptedMarket::symbolOf("SPY", ScriptedMarket::friday, market::Right::Put, strike);
    };
    const market::InstrumentType option = market::InstrumentType::EquityOption;
    const std::string id = world.submit(world.priced(
        "SPY", {{put(605), option, Action::SellToOpen, 1}, {put(595), option, Action::BuyToOpen, 1}}, -0.05));
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
    const bool isOff = world.chance.uniform() < 0.5, isTold = world.chance.uniform() < 0.5;
    if (isOff)
        world.crash(100);
    const base::Date monday = base::makeDate(2026, 11, 23);
    const auto morning = market::fromNewYork(monday, 10h) + upTo(world, 1h);
    world.suspend(morning - world.clientClock.now());
    if (!isTold)
        world.plan.changeAnswer = [](Route route, const QByteArray& body) {
            return route == Route::Transactions ? QByteArray("{\"data\": {\"items\": []}}") : body;
        };
    if (isOff)
        world.start();
    world.pass(90s);
    world.expect(world.heldAtBroker("SPY") == 100, "the broker delivered the shares");
    world.expectSoon([&] { return world.disagreement().empty(); }, "they are known, and the put is gone", 60s);
    world.expect(world.loop().ledger().quantity("SPY") == 100, "in the ledger too");
    world.expect(!has(world.loop().orders().differences(), Difference::Kind::Position), "and nothing is left open");
    world.calmDown();
}

/// Journal, keys and addresses of one environment mean nothing in another.
void environmentsStayApart(World& world)
{
    using tastytrade::Credentials;
    using tastytrade::Endpoints;
    using tastytrade::EnvironmentKind;
    const std::vector<Endpoints> places{Endpoints::venue(1), Endpoints::certification(), Endpoints::live()};
    for (const Endpoints& place : places) {
        for (const Endpoints& other : places) {
            const Credentials keys{other.kind, "keys", base::Secret("secret"), base::Secret("refresh")};
            world.expect(keys.checkFor(place.kind).has_value() == (place.kind == other.kind),
                         "keys fit their place only");
            Endpoints mixed = place;
            mixed.accountStreamer = other.accountStreamer;
            world.expect(mixed.check().has_value() == (place.kind == other.kind), "addresses of one place only");
        }
    }
    base::JournalRecord record{world.clientClock.now(), "order.intent", "live-SIM00001-abc-00007",
                               execution::toJson(portfolio::OrderIntent{})};
    const std::size_t checksum = Disk::checksumOf(record);
    world.disk.rows.push_back({std::move(record), checksum});
    if (!world.connect())
        return;
    world.expect(world.loop().orders().orders().empty(), "orders of another environment are not ours");
    const std::string id = world.open(world.chance.integer(1, 3));
    if (world.expectSent(id))
        world.expect(id.starts_with("venue-SIM00001-"), "the environment is part of an id");
    world.calmDown();
}

/// The broker books positions seconds after fills. A few are no difference; a minute is one, until it is over.
void ledgerLags(World& world)
{
    if (!world.connect())
        return;
    const bool isLong = world.chance.uniform() < 0.5;
    world.plan.ledgerLag = isLong ? 100s : 2s + upTo(world, 6s);
    const std::string id = world.open(2);
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
    world.pass(95s);
    const bool isShown = has(world.invariants.differences, Difference::Kind::Position);
    world.expect(isShown == isLong, isLong ? "a lag of minutes is shown" : "a lag of seconds is none");
    world.expect(isFrozen(world, "SPY") == isLong, "and freezes new risk while it lasts");
    world.calmDown();
    world.expect(!isFrozen(world, "SPY"), "it is over by itself");
    world.pass(6s);
    world.expectSent(world.open());
}

} // namespace vegadesk::faults::scenarios
