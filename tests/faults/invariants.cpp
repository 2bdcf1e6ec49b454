#include "faults/invariants.h"

#include "risk/exposure.h"
#include "tastytrade/wire/json.h"
#include "tastytrade/wire/order.h"
#include "tastytrade/wire/session.h"

#include <algorithm>
#include <fmt/format.h>

namespace vegadesk::faults
{

namespace
{

namespace wire = tastytrade::wire;
using execution::OrderStatus;

bool mayChange(OrderStatus status)
{
    return !execution::isTerminal(status);
}

execution::Quantities quantitiesAt(const venue::Exchange& exchange)
{
    execution::Quantities quantities;
    for (const wire::AccountPosition& position : exchange.positions(false))
        quantities[position.values.symbol] = position.values.quantity;
    return quantities;
}

} // namespace

Invariants::Invariants(const tastytrade::test::VirtualScheduler& scheduler, const FaultPlan& plan, const Disk& disk,
                       VenueSide& venue)
    : m_scheduler(scheduler), m_plan(plan), m_disk(disk), m_venue(venue)
{
    m_secrets.add(venue.credentials().runToken());
    m_secrets.add(venue.credentials().quoteToken());
    venue.onOrderIs = [this](const wire::Order& order) { orderIs(order); };
    venue.onPositionsAre = [this] { m_isHoldingNews = true; };
    venue.onAnswer = [this](Route route, const QByteArray& body) {
        if (route != Route::Token)
            return;
        if (const auto object = wire::parseObject(body, "token"); object) {
            if (const auto token = wire::parseTokenAnswer(*object))
                m_secrets.add(token->accessToken);
        }
    };
}

void Invariants::fail(std::string_view what)
{
    m_broken.push_back(fmt::format("{:.3f} s: {}", base::seconds(m_scheduler.elapsed()) - 1000, what));
}

void Invariants::watch(ClientSide* client)
{
    m_client = client;
    m_openSince.clear();
    m_differsSince.clear();
    m_countedIds.clear();
    told.clear();
    m_isHoldingNews = true;
    m_quietSince = m_scheduler.elapsed();
    if (!client)
        return;
    client->journal().onAppend = [this](const base::JournalRecord& record) {
        if (const std::string found = m_secrets.look("journal", record.key + record.payload); !found.empty())
            fail("I8: " + found);
    };
    for (const execution::Order* const order : client->loop().orders().orders()) {
        onOrder(*order);
        for (const portfolio::Fill& fill : order->fills) {
            if (!m_countedIds.insert({fill.orderId, fill.fillId}).second)
                fail("I5: read twice from the journal: fill " + fill.fillId);
        }
    }
}

// What happens

void Invariants::orderIs(const wire::Order& order)
{
    if (!order.externalId.empty()) {
        std::set<std::string>& ids = m_atBroker[order.externalId];
        ids.insert(order.id);
        if (ids.size() > 1)
            fail("I2: two orders at the broker for the intent " + order.externalId);
    }
    const execution::BrokerOrder now = wire::toBrokerOrder(order);
    for (const portfolio::Fill& fill : now.fills)
        m_made.insert_or_assign({order.id, fill.fillId}, fill);
}

void Invariants::sent(const tastytrade::HttpRequest& request)
{
    if (routeOf(request) != Route::Place)
        return;
    const auto body = wire::parseObject(request.body, "order");
    const auto order = body ? wire::parseOrderRequest(*body) : tl::make_unexpected(body.error());
    if (!order)
        return fail("an order left that cannot be read: " + order.error().message());
    if (!m_disk.holds("order.intent", order->externalId))
        fail("I1: sent before its intent was on disk: " + order->externalId);
    if (!m_posted.insert(order->externalId).second)
        fail("I2: sent twice: " + order->externalId);
    const auto intended = m_intendedAt.find(order->externalId);
    if (intended != m_intendedAt.end() && m_scheduler.elapsed() - intended->second > leavesWithin)
        fail("I6: sent by prices of long ago: " + order->externalId);
}

void Invariants::onOrder(const execution::Order& order)
{
    std::vector<OrderStatus>& path = told[order.externalId];
    if (order.status == OrderStatus::Intent)
        m_intendedAt.try_emplace(order.externalId, m_scheduler.elapsed());
    if (path.empty() || path.back() != order.status) {
        path.push_back(order.status);
        m_openSince[order.externalId] = m_scheduler.elapsed();
    }
    if (const std::string found = m_secrets.look("reason", order.reason); !found.empty())
        fail("I8: " + found);
}

void Invariants::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    const std::pair key(fill.orderId, fill.fillId);
    counted.push_back(order.externalId + " " + fill.fillId);
    m_isHoldingNews = true;
    if (!m_countedIds.insert(key).second)
        fail("I5: counted twice: fill " + fill.fillId);
    const bool isSettlement = order.intent.origin == execution::settlementOrigin;
    const auto made = m_made.find(key);
    if (!isSettlement && (made == m_made.end() || made->second.symbol != fill.symbol ||
                          made->second.quantity != fill.quantity || made->second.price != fill.price))
        fail("I5: not a fill of the broker's: " + fill.fillId);
    for (const portfolio::OrderLeg& leg : order.intent.legs) {
        if (order.filledQuantity(leg.symbol) > leg.quantity)
            fail("I5: more of " + leg.symbol + " than was ordered: " + order.externalId);
    }
}

void Invariants::onDifference(const execution::Difference& difference)
{
    differences.push_back(difference);
    m_isHoldingNews = true;
    if (const std::string found = m_secrets.look("difference", difference.sentence); !found.empty())
        fail("I8: " + found);
}

void Invariants::onRefusal(const portfolio::OrderIntent&, const risk::GateRefusals& refused)
{
    for (const risk::Refusal& reason : refused.reasons)
        refusals.push_back(reason.code + ": " + reason.sentence.english());
}

void Invariants::onConnection(execution::ConnectionState, std::string_view why)
{
    if (const std::string found = m_secrets.look("connection", why); !found.empty())
        fail("I8: " + found);
}

/// The gate saw the account as the client knows it; the limit must hold for what it is.
void Invariants::approved(const portfolio::OrderIntent& intent, const risk::GateState& asSeen)
{
    if (m_hasOutsiders || !m_client)
        return;
    risk::GateState real = asSeen;
    real.positions.clear();
    for (const wire::AccountPosition& position : m_venue.exchange().positions(false))
        real.positions.push_back(position.values);
    real.workingOrders.clear();
    for (const wire::Order* const order : m_venue.exchange().liveOrders()) {
        if (isTerminal(order->state))
            continue;
        portfolio::OrderIntent rest = wire::toBrokerOrder(*order).intent;
        rest.underlying = order->underlying;
        for (std::size_t i = 0; i < rest.legs.size(); ++i)
            rest.legs[i].quantity = order->legs[i].remaining;
        real.workingOrders.push_back(std::move(rest));
    }
    for (const execution::Order* const order : m_client->loop().orders().orders()) {
        if (mayChange(order->status) && order->brokerId.empty() && !m_atBroker.contains(order->externalId))
            real.workingOrders.push_back(order->intent);
    }
    const double limit = m_client->loop().limits().largestPosition * asSeen.netLiquidation;
    const double before = risk::exposureOf(intent.underlying, real, nullptr).size();
    const double after = risk::exposureOf(intent.underlying, real, &intent).size();
    if (after > limit && after > before)
        fail(fmt::format("I6: {} would cost up to {:.0f} with this order, the limit is {:.0f}", intent.underlying,
                         after, limit));
}

// After every event

void Invariants::afterEvent()
{
    if (!m_plan.isQuiet(m_scheduler.elapsed()))
        m_quietSince = m_scheduler.elapsed();
    if (m_scheduler.wasEntered)
        fail("I7: a call waited for others");
    if (const std::string found = m_secrets.lookAtLog(); !found.empty())
        fail("I8: " + found);
    if (!m_client)
        return;
    checkOrders();
    checkHoldings();
}

void Invariants::checkOrders()
{
    const execution::OrderManager& orders = m_client->loop().orders();
    for (auto it = m_openSince.begin(); it != m_openSince.end();) {
        const auto& [externalId, since] = *it;
        const execution::Order* const order = orders.find(externalId);
        const OrderStatus status = told.at(externalId).back();
        if (!order || order->status != status)
            fail("I4: the user was told something else of " + externalId);
        const bool isOnItsWay = status == OrderStatus::Intent || status == OrderStatus::Sent;
        if (isOnItsWay && m_scheduler.elapsed() - since > answeredWithin)
            fail("I4: no outcome: " + externalId);
        it = mayChange(status) ? std::next(it) : m_openSince.erase(it);
    }
}

void Invariants::checkHoldings()
{
    const trading::Loop& loop = m_client->loop();
    if (!loop.isReady() || !loop.orders().held())
        return;
    if (std::exchange(m_isHoldingNews, false) || !m_differsSince.empty())
        findDifferences(*loop.orders().held());
    const std::vector<std::string> frozen = loop.orders().frozenUnderlyings();
    for (const auto& [symbol, since] : m_differsSince) {
        const bool isFrozen = std::ranges::any_of(
            frozen, [&](const std::string& underlying) { return std::string_view(symbol).starts_with(underlying); });
        if (!isFrozen && m_scheduler.elapsed() - std::max(since, m_quietSince) > agreesWithin)
            fail("I3: differs from the broker for too long, and nothing is frozen: " + symbol);
    }
}

void Invariants::findDifferences(const execution::Quantities& held)
{
    const execution::Quantities real = quantitiesAt(m_venue.exchange());
    execution::Quantities ledger;
    for (const portfolio::Position& own : m_client->loop().positions())
        ledger.emplace(own.symbol, own.quantity);
    if (ledger != held)
        fail("I3: the ledger differs from what is held");
    std::map<std::string, base::Nanos> differs;
    for (const auto& [one, other] : {std::pair(&held, &real), std::pair(&real, &held)}) {
        for (const auto& [symbol, quantity] : *one) {
            const auto same = other->find(symbol);
            if (same != other->end() && same->second == quantity)
                continue;
            const auto known = m_differsSince.find(symbol);
            differs.emplace(symbol, known == m_differsSince.end() ? m_scheduler.elapsed() : known->second);
        }
    }
    m_differsSince = std::move(differs);
}

} // namespace vegadesk::faults
