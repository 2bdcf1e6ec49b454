#include "venue/exchange.h"

#include "market/calendar.h"

#include <algorithm>
#include <utility>

/// Orders that depend on each other.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using portfolio::OrderLeg;
using wire::ComplexOrderRequest;
using wire::ComplexType;
using wire::OrderState;

bool opens(const wire::OrderRequest& request)
{
    return std::ranges::any_of(request.intent.legs,
                               [](const OrderLeg& leg) { return portfolio::isOpening(leg.action); });
}

bool isOcoType(ComplexType type)
{
    return type == ComplexType::Oco || type == ComplexType::Otoco;
}

/// Why a complex order cannot be one of its type; empty when it can.
std::vector<wire::Reason> shapeProblems(const ComplexOrderRequest& request)
{
    const auto invalid = [](std::string message) {
        return std::vector<wire::Reason>{{"invalid_complex_order", std::move(message)}};
    };
    const std::size_t count = request.orders.size();
    const std::string type(toWire(request.type));
    switch (request.type) {
    case ComplexType::Pairs:
        return {{"pairs_orders_not_supported", "PAIRS orders are not simulated here."}};
    case ComplexType::Blast:
        return {{"blast_orders_not_supported", "BLAST orders are taken no more."}};
    case ComplexType::Oco:
        if (request.trigger)
            return invalid("An OCO order has no trigger order.");
        if (count == 2 && std::ranges::any_of(request.orders, opens))
            return invalid("Both orders of an OCO order close.");
        break;
    case ComplexType::Oto:
    case ComplexType::Otoco:
        if (!request.trigger)
            return invalid("An " + type + " order has a trigger order.");
        break;
    }
    if (request.type == ComplexType::Oto ? count < 1 || count > 3 : count != 2)
        return invalid(request.type == ComplexType::Oto ? "An OTO order has one to three orders behind its trigger."
                                                        : "An " + type + " order has two orders.");
    return {};
}

std::string tagOf(ComplexType type, bool isTrigger)
{
    return std::string(toWire(type)) + (isTrigger                    ? "::trigger-order"
                                        : type == ComplexType::Otoco ? "::oco-1-order"
                                                                     : "::order");
}

} // namespace

Answer<Exchange::CheckedComplex> Exchange::check(const ComplexOrderRequest& request)
{
    if (auto problems = shapeProblems(request); !problems.empty())
        return tl::make_unexpected(preflightFailure(std::move(problems)));
    std::vector<const wire::OrderRequest*> requests;
    if (request.trigger)
        requests.push_back(&*request.trigger);
    for (const wire::OrderRequest& part : request.orders)
        requests.push_back(&part);

    CheckedComplex checked;
    std::vector<OrderLeg> expected;
    std::vector<wire::Reason> reasons;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const bool isBehindTrigger = request.trigger && i > 0;
        Figures figures;
        Answer<Entry> part = check(*requests[i], figures, {nullptr, nullptr, isBehindTrigger ? &expected : nullptr});
        if (!part) {
            for (wire::Reason& reason : part.error().body.reasons) {
                reason.preflightId = std::to_string(i);
                reasons.push_back(std::move(reason));
            }
            continue;
        }
        if (i == 0) {
            checked.figures = figures;
            expected = part->checked.intent.legs;
        }
        wire::Order& order = part->order;
        order.complexTag = tagOf(request.type, request.trigger && i == 0);
        order.preflightId = std::to_string(i);
        order.contingentStatus = "Pending Order";
        order.state = OrderState::Contingent;
        checked.parts.push_back(std::move(*part));
    }
    if (!reasons.empty())
        return tl::make_unexpected(preflightFailure(std::move(reasons)));
    return checked;
}

Answer<wire::ComplexOrderAnswer> Exchange::dryRun(const ComplexOrderRequest& request)
{
    Answer<CheckedComplex> checked = check(request);
    if (!checked)
        return tl::make_unexpected(checked.error());
    wire::ComplexOrderAnswer answer{{}, checked->figures.buyingPower, checked->figures.fees, {}, {}};
    answer.warnings = warningsFor(checked->parts.front());
    wire::ComplexOrder& order = answer.order;
    order.account = m_settings.account;
    order.type = request.type;
    order.externalId = request.externalId;
    order.source = request.source;
    for (Entry& part : checked->parts) {
        if (request.trigger && &part == &checked->parts.front())
            order.trigger = std::move(part.order);
        else
            order.orders.push_back(std::move(part.order));
    }
    return answer;
}

Answer<wire::ComplexOrderAnswer> Exchange::place(const ComplexOrderRequest& request)
{
    Answer<CheckedComplex> checked = check(request);
    if (!checked)
        return tl::make_unexpected(checked.error());
    Complex complex{std::to_string(m_nextComplexId++), request.type, {}, {}, request.externalId, request.source};
    std::vector<Entry*> parts;
    for (Entry& part : checked->parts) {
        Entry& taken = take(std::move(part));
        wire::Order& order = taken.order;
        order.complexId = complex.id;
        order.updatedAt = *order.receivedAt;
        const bool isTrigger = request.trigger && parts.empty();
        if (isTrigger)
            complex.trigger = order.id;
        else
            complex.orders.push_back(order.id);
        if (request.trigger && !isTrigger)
            taken.nextStepAt = base::Instant::max();
        parts.push_back(&taken);
    }
    m_complexOrders.push_back(complex);
    if (m_listener != nullptr) {
        for (const Entry* const part : parts)
            m_listener->onOrder(part->order);
        m_listener->onComplexOrder(report(complex));
        m_listener->onBalance(balance());
    }
    const Figures& figures = checked->figures;
    return wire::ComplexOrderAnswer{
        report(complex), figures.buyingPower, figures.fees, warningsFor(*parts.front()), {}};
}

Answer<wire::ComplexOrder> Exchange::cancelComplex(std::string_view id)
{
    const auto found = std::ranges::find(m_complexOrders, id, &Complex::id);
    if (found == m_complexOrders.end())
        return tl::make_unexpected(unknownRecord("complex order " + std::string(id)));
    std::vector<std::string> parts = found->orders;
    if (!found->trigger.empty())
        parts.push_back(found->trigger); // last: those behind it are let go before it is
    bool hasChanged = false;
    for (const std::string& part : parts) {
        Entry& entry = *find(part);
        const OrderState state = entry.order.state;
        if (isTerminal(state) || state == OrderState::CancelRequested)
            continue;
        hasChanged = true;
        if (state == OrderState::Contingent || state == OrderState::Received) {
            finish(entry, OrderState::Cancelled);
            continue;
        }
        setState(entry, OrderState::CancelRequested);
        abortReplacement(entry, "the order that it was to replace was cancelled");
        entry.nextStepAt = m_now + m_settings.latency;
    }
    if (!hasChanged)
        return tl::make_unexpected(cannotUpdate("the order could not be cancelled"));
    return report(*std::ranges::find(m_complexOrders, id, &Complex::id));
}

std::optional<wire::ComplexOrder> Exchange::complexOrder(std::string_view id) const
{
    const auto found = std::ranges::find(m_complexOrders, id, &Complex::id);
    return found == m_complexOrders.end() ? std::nullopt : std::optional(report(*found));
}

std::vector<wire::ComplexOrder> Exchange::complexOrders(bool isLive) const
{
    const auto isOfToday = [this](const wire::Order& order) {
        return !isTerminal(order.state) || market::newYorkDate(order.updatedAt) == today();
    };
    std::vector<wire::ComplexOrder> all;
    for (auto complex = m_complexOrders.rbegin(); complex != m_complexOrders.rend(); ++complex) {
        wire::ComplexOrder order = report(*complex);
        if (!isLive || std::ranges::any_of(order.orders, isOfToday) || (order.trigger && isOfToday(*order.trigger)))
            all.push_back(std::move(order));
    }
    return all;
}

Exchange::Complex* Exchange::complexOf(const wire::Order& order)
{
    if (order.complexId.empty())
        return nullptr;
    const auto found = std::ranges::find(m_complexOrders, order.complexId, &Complex::id);
    return found == m_complexOrders.end() ? nullptr : &*found;
}

wire::ComplexOrder Exchange::report(const Complex& complex) const
{
    wire::ComplexOrder told;
    told.id = complex.id;
    told.account = m_settings.account;
    told.type = complex.type;
    told.externalId = complex.externalId;
    told.source = complex.source;
    if (!complex.trigger.empty())
        told.trigger = *order(complex.trigger);
    for (const std::string& part : complex.orders)
        told.orders.push_back(*order(part));
    std::vector<const wire::Order*> parts;
    if (told.trigger)
        parts.push_back(&*told.trigger);
    for (const wire::Order& part : told.orders)
        parts.push_back(&part);
    if (std::ranges::all_of(parts, [](const wire::Order* part) { return isTerminal(part->state); })) {
        for (const wire::Order* const part : parts)
            told.terminalAt = std::max(told.terminalAt, part->terminalAt);
    }
    return told;
}

void Exchange::tellComplex(const wire::Order& part)
{
    if (m_listener == nullptr)
        return;
    if (const Complex* const complex = complexOf(part))
        m_listener->onComplexOrder(report(*complex));
}

void Exchange::onPartFilled(Entry& part)
{
    const Complex* const found = complexOf(part.order);
    if (found == nullptr)
        return;
    const Complex complex = *found; // what follows may change it
    if (part.order.id == complex.trigger) {
        if (part.order.state != OrderState::Filled)
            return;
        for (const std::string& id : complex.orders)
            release(*find(id));
    } else if (isOcoType(complex.type)) {
        for (const std::string& id : complex.orders) {
            Entry& other = *find(id);
            if (&other != &part && !isTerminal(other.order.state))
                finish(other, OrderState::Cancelled);
        }
    }
}

/// Its trigger has filled. What was allowed when it was placed may no longer be.
void Exchange::release(Entry& part)
{
    if (!part.isDormant())
        return;
    const Complex* const complex = complexOf(part.order);
    Figures figures;
    Answer<Entry> checked =
        check(wire::requestOf(part.order), figures, {nullptr, isOcoType(complex->type) ? complex : nullptr, nullptr});
    if (checked) {
        part.checked = std::move(checked->checked);
        begin(part);
    } else {
        finish(part, OrderState::Rejected, checked.error().body.reasons.front().message);
    }
}

/// Without its trigger nothing releases the rest.
void Exchange::onPartOver(Entry& part)
{
    const Complex* const found = complexOf(part.order);
    if (found == nullptr || found->trigger != part.order.id)
        return;
    const Complex complex = *found;
    for (const std::string& id : complex.orders) {
        Entry& behind = *find(id);
        if (behind.isDormant())
            finish(behind, OrderState::Cancelled);
    }
}

} // namespace vegadesk::venue
