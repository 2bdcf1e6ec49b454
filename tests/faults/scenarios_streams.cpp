#include "faults/drift.h"
#include "faults/scenarios.h"

#include <algorithm>
#include <cmath>
#include <limits>

/// The account's stream and the feed: lost, silent, and talking nonsense.

namespace vegadesk::faults::scenarios
{

using namespace std::chrono_literals;
using execution::ConnectionState;
using execution::OrderStatus;
using market::FeedState;

namespace
{

/// Everything that is wanted, asked for once on this connection.
void expectSubscribedOnce(World& world)
{
    const std::multiset<std::string>& asked = world.venue.subscribed;
    const std::set<std::string> once(asked.begin(), asked.end());
    world.expect(once.size() == asked.size(), "nothing is asked for twice");
    world.expect(asked.size() == world.client->counters().subscriptions, "all that is wanted is asked for");
}

std::int64_t snapshots(const World& world)
{
    return std::ranges::count(world.transport.requests, Route::Orders, routeOf);
}

} // namespace

/// Every connection is cut after message k of them together, k the seed; orders go on.
void socketsDrop(World& world)
{
    std::uint64_t left = 1 + (world.seed - 1) % 150;
    std::int64_t before = 0;
    world.venue.onMessage = [&] {
        if (left == 0 || --left > 0)
            return;
        world.scheduler.post({}, [&] {
            before = snapshots(world);
            world.venue.cut("connection reset");
        });
    };
    world.start();
    world.expectSoon([&] { return world.isReady(); }, "ready to trade", 120s);
    const std::string id = world.open(2);
    if (!id.empty()) // it may have been cut this very moment
        world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome", 120s);
    world.expectSoon([&] { return left == 0; }, "cut", 120s);
    world.pass(10ms);
    world.expect(!world.client->feedReasons.empty() || !world.client->accountReasons.empty(), "the user is told");
    world.expectSoon([&] { return world.isReady() && snapshots(world) > before; },
                     "back, and asked for everything after the gap", 120s);
    world.pass(3s);
    expectSubscribedOnce(world);
    world.calmDown();
    world.venue.onMessage = {};
}

/// The feed says nothing any more, and nothing says that it is gone.
void feedIsHalfOpen(World& world)
{
    if (!world.connect())
        return;
    world.pass(upTo(world, 5s));
    world.plan.feed.isMute = true;
    world.expectSoon([&] { return world.client->feedState == FeedState::Silent; }, "noticed in ten seconds", 13s);
    world.pass(2s);
    world.expect(world.open().empty(), "no new risk by quotes of before");
    world.expectSoon([&] { return world.client->feedState == FeedState::Disconnected; }, "given up in a minute", 55s);
    world.plan.feed.isMute = false;
    world.expectSoon([&] { return world.isReady(); }, "back", 90s);
    world.pass(2s);
    expectSubscribedOnce(world);
    const std::string id = world.open();
    if (world.expectSent(id))
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "filled");
    world.calmDown();
}

/// The account's stream hears and says nothing, while an order fills.
void accountIsHalfOpen(World& world)
{
    if (!world.connect())
        return;
    world.pass(upTo(world, 20s));
    world.plan.account.isMute = true;
    const std::string id = world.open();
    if (!world.expectSent(id))
        return;
    const auto isDropped = [&] { return world.client->accountState != ConnectionState::Connected; };
    world.expectSoon(isDropped, "noticed by what is not told, or by the heartbeat", 32s);
    world.plan.account.isMute = false;
    world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "its fill is found", 60s);
    world.calmDown();
}

/// The account's stream is down for minutes while requests are answered: orders under way are followed by the lists.
void accountStreamIsDown(World& world)
{
    if (!world.connect())
        return;
    const std::string resting = world.openResting();
    if (!world.expectSent(resting))
        return;
    world.expectSoon([&] { return world.status(resting) == OrderStatus::Working; }, "working");
    world.pass(upTo(world, 2s));
    const Fate fate = anyOf(world, std::vector<Fate>{Fate::Served, Fate::LostAnswer, Fate::LostRequest});
    world.plan.next(Route::Place, fate);
    const std::string id = world.open(2);
    world.plan.account.isMute = true;
    world.venue.cut("maintenance");
    if (!world.expectSent(id))
        return;
    world.expectSoon([&] { return execution::isTerminal(world.status(id)); }, "an outcome without a stream", 180s);
    world.market.quotes[World::shortPut()] = {12.00, 12.04, 100, 100, {}};
    world.expectSoon([&] { return world.status(resting) == OrderStatus::Filled; }, "and a fill", 90s);
    world.expect(world.client->accountState != ConnectionState::Connected, "all that without it");
    world.calmDown();
}

/// Repeated failures lock an address out for hours: after two the client stops, and says what to do.
void loginIsRefused(World& world)
{
    world.plan.all(Fate::Unauthorized, 1000s + 3600s);
    world.start();
    world.pass(5min + upTo(world, 60s));
    const auto logins = std::ranges::count(world.transport.requests, Route::Token, routeOf);
    world.expect(logins == 2, "two attempts and no third");
    const auto saysWhy = [](const std::string& why) { return why.find("no further attempt") != std::string::npos; };
    world.expect(std::ranges::any_of(world.client->accountReasons, saysWhy), "the user is told what to do");
}

/// Fields are missing, new, or of another kind; words are unknown; texts are cut off.
void messagesAreMalformed(World& world)
{
    if (!world.connect())
        return;
    const double share = world.chance.uniform(0.1, 0.5);
    const auto drift = [&](const QByteArray& text) {
        return world.chance.uniform() < share ? drifted(text, world.chance) : text;
    };
    world.plan.account.change = drift;
    world.plan.feed.change = drift;
    world.plan.changeAnswer = [&](Route route, const QByteArray& body) {
        return route == Route::Token || route == Route::Accounts ? body : drift(body);
    };
    for (int i = 1; i <= 5; ++i) {
        const std::string id = i % 2 == 1 ? world.open(i) : world.openResting(i);
        world.pass(2s + upTo(world, 10s));
        if (!id.empty() && i % 2 == 0 && !execution::isTerminal(world.status(id)))
            (void)world.loop().cancel(id);
    }
    world.pass(30s);
    world.expect(world.client->counters().quarantined > 0, "what could not be read is kept");
    world.calmDown();
}

/// Quotes that are no prices: shown with their flag, and nothing new is opened or filled by them.
void quotesAreOdd(World& world)
{
    struct Odd {
        market::Quote quote;
        market::QuoteFlag flag;
        bool mayTrade;
    };
    constexpr double none = std::numeric_limits<double>::quiet_NaN(), endless = std::numeric_limits<double>::infinity();
    using enum market::QuoteFlag;
    const std::vector<Odd> table{
        {{none, 7.5, 10, 10, {}}, OneSided, false},
        {{7.4, none, 10, 10, {}}, OneSided, false},
        {{none, none, none, none, {}}, OneSided, false},
        {{7.4, endless, 10, 10, {}}, Invalid, false},
        {{-7.4, 7.5, 10, 10, {}}, Invalid, false},
        {{7.4, 7.5, -1, 10, {}}, Invalid, false},
        {{7.6, 7.5, 10, 10, {}}, Crossed, false},
        {{7.5, 7.5, 10, 10, {}}, Locked, true},
        {{0, 7.5, 0, 10, {}}, ZeroBid, true},
        {{7.4, 7.5, none, none, {}}, OneSided, true},
    };
    const Odd& odd = table.at(world.seed % table.size());
    if (!world.connect())
        return;
    world.market.quotes[World::shortPut()] = odd.quote;
    const auto index = *world.client->book().find(World::shortPut());
    const auto isSame = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
    const auto isShown = [&] {
        const market::Quote shown = world.client->book().quote(index);
        return isSame(shown.bid, odd.quote.bid) && isSame(shown.ask, odd.quote.ask);
    };
    world.expectSoon(isShown, "it is in the book as it came", 5s);
    world.pass(2s);
    const auto known = world.loop().markets().instrument(World::shortPut(), true);
    if (!world.expect(known.has_value(), "the contract is known"))
        return;
    if (!odd.mayTrade) {
        world.expect(known->flags.has(odd.flag), "it is flagged");
        portfolio::OrderIntent intent = world.spread(1, true);
        intent.price = base::Decimal::parse("0.90").value();
        intent.effect = portfolio::PriceEffect::Credit;
        world.expect(world.submit(intent).empty(), "nothing is opened by it");
        world.expect(!std::isfinite(world.loop().markets().mid(World::shortPut())), "and nothing is marked by it");
    } else if (odd.flag != OneSided) {
        world.expect(known->flags.has(odd.flag), "it is flagged");
    }
    world.market.quotes.clear();
    world.pass(3s);
    const std::string id = world.open();
    if (world.expectSent(id))
        world.expectSoon([&] { return world.status(id) == OrderStatus::Filled; }, "all is well with good quotes");
    world.calmDown();
}

/// Some symbols of the feed never come, up to six of ten, while the others do.
void symbolsAreSilent(World& world)
{
    if (!world.connect())
        return;
    const double share = world.chance.uniform(0, 0.6);
    const market::ChainDefinition* const chain = world.market.definition("SPY", ScriptedMarket::friday);
    for (const market::Instrument& option : chain->options) {
        const bool isNamed = option.symbol == World::shortPut() || option.symbol == World::longPut();
        if (option.symbol == World::shortPut() || (!isNamed && world.chance.uniform() < share))
            world.venue.silentSymbols.insert(option.streamerSymbol);
    }
    world.venue.cut("connection reset");
    world.expectSoon([&] { return world.client->feedState != FeedState::Live; }, "lost");
    world.expectSoon([&] { return world.client->feedState == FeedState::Live; }, "back", 60s);
    world.pass(12s + upTo(world, 10s));
    const auto silent = world.loop().markets().instrument(World::shortPut(), true);
    const auto loud = world.loop().markets().instrument(World::longPut(), true);
    world.expect(silent && silent->flags.has(market::QuoteFlag::Stale), "its quote grows old");
    world.expect(loud && !loud->flags.has(market::QuoteFlag::Stale), "its neighbour's does not");
    world.expect(world.open().empty(), "no new risk by an old quote");
    world.venue.silentSymbols.clear();
    world.venue.cut("connection reset");
    world.expectSoon([&] { return world.client->feedState != FeedState::Live; }, "lost again");
    world.expectSoon([&] { return world.isReady(); }, "back again", 60s);
    world.pass(6s);
    world.expectSent(world.open(2));
    world.calmDown();
}

} // namespace vegadesk::faults::scenarios
