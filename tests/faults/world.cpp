#include "faults/world.h"

#include "market/symbols.h"
#include "tastytrade/wire/order.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::faults
{

using namespace std::chrono_literals;
namespace wire = tastytrade::wire;
using execution::OrderStatus;
using portfolio::Action;

World::World(std::uint64_t runSeed)
    : seed(runSeed), chance(runSeed), market(chance.uniform()),
      venue(scheduler, transport, plan, market, chance, venueClock,
            fmt::format("secret-of-run-{:016x}", chance.bits())),
      invariants(scheduler, plan, disk, venue)
{
    transport.onSend = [this](const tastytrade::HttpRequest& request) { invariants.sent(request); };
    scheduler.afterEach = [this] { invariants.afterEvent(); };
}

World::~World()
{
    scheduler.afterEach = {};
}

// Time

void World::pass(base::Nanos span)
{
    const base::Nanos end = scheduler.elapsed() + span;
    while (!isBroken() && scheduler.runNext(end)) {
    }
    if (!isBroken())
        scheduler.advance(end - scheduler.elapsed());
}

bool World::until(const std::function<bool()>& isSo, base::Nanos most)
{
    const base::Nanos end = scheduler.elapsed() + most;
    while (!isBroken() && !isSo()) {
        if (!scheduler.runNext(end))
            return isSo();
    }
    return !isBroken();
}

bool World::expectSoon(const std::function<bool()>& isSo, std::string_view what, base::Nanos most)
{
    return until(isSo, most) || expect(isBroken(), fmt::format("not within {:.0f} s: {}", base::seconds(most), what));
}

bool World::expect(bool isSo, std::string_view what)
{
    if (!isSo)
        invariants.fail(what);
    return isSo;
}

void World::suspend(base::Nanos span)
{
    skip(span);
    venue.forgetClients(); // it gave up on them long ago, and we do not know it
}

void World::setClock(base::Nanos ahead)
{
    scheduler.slept += ahead;
}

void World::skip(base::Nanos span)
{
    scheduler.slept += span;
    venueClock.ahead += span;
}

// The client

void World::start()
{
    client = std::make_unique<ClientSide>(ClientSide::World{scheduler, transport, market, chance, clientClock, disk},
                                          venue.credentials().runToken(), seed * 1000 + ++m_starts, invariants);
    invariants.watch(client.get());
}

bool World::isConnected() const
{
    return client && client->loop().isReady() && client->feedState == market::FeedState::Live &&
           client->accountState == execution::ConnectionState::Connected;
}

bool World::isReady() const
{
    return isConnected() && std::isfinite(client->loop().account().dailyLoss) &&
           std::isfinite(client->loop().markets().mid(shortPut())) &&
           std::isfinite(client->loop().markets().mid("QQQ"));
}

bool World::connect()
{
    start();
    return expectSoon([this] { return isReady(); }, "ready to trade");
}

void World::crash(std::size_t reached, bool isTorn)
{
    client->die(reached, isTorn);
    invariants.watch(nullptr);
    client.reset();
}

// Orders

portfolio::OrderIntent World::priced(const std::string& underlying, std::vector<portfolio::OrderLeg> legs,
                                     double improvement) const
{
    portfolio::OrderIntent intent;
    intent.underlying = underlying;
    intent.legs = std::move(legs);
    std::vector<double> prices;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const auto known = client->loop().markets().instrument(leg.symbol, true);
        prices.push_back(!known ? market::unknown : portfolio::isBuy(leg.action) ? known->quote.ask : known->quote.bid);
    }
    const double net = portfolio::netPrice(intent, prices) - improvement;
    intent.effect = net > 0 ? portfolio::PriceEffect::Debit : portfolio::PriceEffect::Credit;
    if (const auto price = base::Decimal::fromDouble(std::round(std::abs(net) * 100) / 100))
        intent.price = price->roundedTo(base::Decimal::cent());
    return intent;
}

portfolio::OrderIntent World::spread(std::int64_t lots, bool isOpening, double improvement) const
{
    const Action sell = isOpening ? Action::SellToOpen : Action::SellToClose;
    const Action buy = isOpening ? Action::BuyToOpen : Action::BuyToClose;
    const market::InstrumentType option = market::InstrumentType::EquityOption;
    return priced("SPY",
                  {{isOpening ? shortPut() : longPut(), option, sell, lots},
                   {isOpening ? longPut() : shortPut(), option, buy, lots}},
                  improvement);
}

std::string World::submit(const portfolio::OrderIntent& intent)
{
    const risk::GateState seen = loop().gateState();
    if (loop().preview(intent))
        invariants.approved(intent, seen);
    const auto sent = loop().submit(intent);
    return sent ? *sent : std::string();
}

bool World::expectSent(const std::string& externalId)
{
    return expect(!externalId.empty(), "the gate takes the order; it says " +
                                           (invariants.refusals.empty() ? "nothing" : invariants.refusals.back()));
}

std::string World::open(std::int64_t lots)
{
    return submit(spread(lots, true, -0.04)); // four cents of room: the market moves while it is on its way
}

std::string World::openResting(std::int64_t lots)
{
    return submit(spread(lots, true, 0.30));
}

std::string World::close(std::int64_t lots)
{
    return submit(spread(lots, false, -0.04));
}

std::string World::buyShares(const std::string& underlying, std::int64_t shares)
{
    return submit(priced(underlying, {{underlying, market::InstrumentType::Equity, Action::BuyToOpen, shares}}, -0.04));
}

std::string World::tradeElsewhere(const portfolio::OrderIntent& intent)
{
    venue.catchUp();
    wire::OrderRequest request;
    request.intent = intent;
    const auto answer = venue.exchange().place(request);
    expect(answer.has_value(), "the broker takes an order by phone");
    return answer ? answer->order.id : std::string();
}

bool World::was(const std::string& externalId, OrderStatus status) const
{
    const auto path = invariants.told.find(externalId);
    return path != invariants.told.end() && std::ranges::find(path->second, status) != path->second.end();
}

const wire::Order* World::atBroker(const std::string& externalId) const
{
    for (const wire::Order* const order : venue.exchange().orders()) {
        if (order->externalId == externalId)
            return order;
    }
    return nullptr;
}

std::int64_t World::placedAtBroker() const
{
    return static_cast<std::int64_t>(venue.exchange().orders().size());
}

base::Quantity World::heldAtBroker(const std::string& symbol) const
{
    for (const wire::AccountPosition& position : venue.exchange().positions(false)) {
        if (position.values.symbol == symbol)
            return position.values.quantity;
    }
    return 0;
}

std::string World::disagreement() const
{
    if (!isReady())
        return fmt::format("the client is not ready (account {}, feed {}, {} frames in quarantine)",
                           static_cast<int>(client->accountState), static_cast<int>(client->feedState),
                           client->counters().quarantined);
    const execution::OrderManager& orders = client->loop().orders();
    for (const wire::Order* const there : venue.exchange().orders()) {
        const execution::BrokerOrder real = wire::toBrokerOrder(*there);
        const auto known = std::ranges::find_if(
            orders.orders(), [&](const execution::Order* own) { return own->brokerId == there->id; });
        if (known == orders.orders().end())
            return "the client does not know the broker's order " + there->id;
        const execution::Order& own = **known;
        if (own.fills.size() != real.fills.size())
            return fmt::format("{}: {} fills, {} at the broker", own.externalId, own.fills.size(), real.fills.size());
        const bool isSame = execution::isTerminal(real.status)
                                ? own.status == real.status
                                : !execution::isTerminal(own.status) && own.status != OrderStatus::Unknown;
        if (!isSame)
            return fmt::format("{}: {}, {} at the broker", own.externalId, toText(own.status), toText(real.status));
    }
    for (const execution::Order* const own : orders.orders()) {
        if (own->brokerId.empty() && !execution::isTerminal(own->status))
            return fmt::format("{}: still {}", own->externalId, toText(own->status));
        if (own->status == OrderStatus::NotPlaced && atBroker(own->externalId))
            return own->externalId + " is said not to be placed, and is there";
    }
    execution::Quantities real;
    for (const wire::AccountPosition& position : venue.exchange().positions(false))
        real[position.values.symbol] = position.values.quantity;
    if (!orders.held() || *orders.held() != real)
        return "what is held is not what the broker has";
    return {};
}

std::vector<std::string> World::picture() const
{
    std::vector<std::string> lines;
    for (const auto& [externalId, path] : invariants.told) {
        std::string line = externalId + ":";
        for (const OrderStatus status : path)
            line += ' ' + std::string(toText(status));
        if (const execution::Order* const order = client ? client->loop().orders().find(externalId) : nullptr)
            line += fmt::format(" [{}], {} fills, {}", order->brokerId, order->fills.size(), order->reason);
        lines.push_back(line);
    }
    for (const wire::Order* const order : venue.exchange().orders())
        lines.push_back(fmt::format("at the broker: {} {} {}, {} fills", order->id, order->externalId,
                                    wire::toWire(order->state), wire::toBrokerOrder(*order).fills.size()));
    for (const execution::Difference& difference : invariants.differences)
        lines.push_back("difference: " + difference.sentence);
    for (const std::string& why : client ? client->accountReasons : std::vector<std::string>())
        lines.push_back("account: " + why);
    for (const std::string& why : client ? client->feedReasons : std::vector<std::string>())
        lines.push_back("feed: " + why);
    return lines;
}

void World::calmDown(base::Nanos most)
{
    plan.clear();
    transport.isDown = false;
    if (!client)
        start();
    std::string what;
    until(
        [&] {
            what = disagreement();
            return what.empty();
        },
        most);
    if (!isBroken())
        expect(what.empty(), fmt::format("no agreement within {:.0f} s of quiet: {}", base::seconds(most), what));
    for (const auto& [externalId, path] : invariants.told) {
        std::string line = externalId + ":";
        for (const OrderStatus status : path)
            line += ' ' + std::string(toText(status));
        story.push_back(line);
    }
    story.insert(story.end(), invariants.counted.begin(), invariants.counted.end());
}

} // namespace vegadesk::faults
