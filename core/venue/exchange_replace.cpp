#include "venue/exchange.h"

#include <algorithm>
#include <utility>

/// One order in another's place.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using portfolio::isBuy;
using portfolio::OrderLeg;
using wire::OrderState;

bool isReplaceable(OrderState state)
{
    return state == OrderState::Live || state == OrderState::Received || state == OrderState::Contingent;
}

} // namespace

/// For what is left of `replaced`.
Answer<wire::OrderRequest> Exchange::replacementOf(const Entry& replaced, const wire::OrderRequest& request) const
{
    wire::OrderRequest whole = request;
    whole.rules = replaced.order.rules;
    whole.intent.value = replaced.checked.intent.value;
    std::vector<OrderLeg>& legs = whole.intent.legs;
    bool isSame = legs.size() == replaced.order.legs.size();
    for (OrderLeg& leg : legs) {
        const auto before =
            std::ranges::find(replaced.order.legs, leg.symbol, [](const wire::Leg& each) { return each.terms.symbol; });
        if (before == replaced.order.legs.end() || isBuy(before->terms.action) != isBuy(leg.action) ||
            (leg.quantity != before->terms.quantity && leg.quantity != before->remaining)) {
            isSame = false;
            break;
        }
        leg = before->terms; // also where an opening was made of a closing without a position
        leg.quantity = before->remaining;
    }
    if (!isSame)
        return tl::make_unexpected(preflightFailure(
            {{"replacement_legs_differ", "Only price, order type and time in force of an order can be changed."}}));
    return whole;
}

Answer<wire::OrderAnswer> Exchange::dryRunReplacement(std::string_view id, const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> entry = checkReplacement(id, request, figures);
    if (!entry)
        return tl::make_unexpected(entry.error());
    auto warnings = warningsFor(*entry);
    return wire::OrderAnswer{std::move(entry->order), figures.buyingPower, figures.fees, std::move(warnings), {}};
}

Answer<Exchange::Entry> Exchange::checkReplacement(std::string_view id, const wire::OrderRequest& request,
                                                   Figures& figures)
{
    const Entry* const old = find(id);
    if (old == nullptr)
        return tl::make_unexpected(unknownRecord("order " + std::string(id)));
    if (!isReplaceable(old->order.state) || isReplacing(*old))
        return tl::make_unexpected(cannotUpdate("the order could not be replaced"));
    const Answer<wire::OrderRequest> whole = replacementOf(*old, request);
    if (!whole)
        return tl::make_unexpected(whole.error());
    Scope scope{old, nullptr, nullptr};
    std::vector<OrderLeg> expected;
    if (const Complex* const complex = complexOf(old->order)) {
        if (complex->type != wire::ComplexType::Oto)
            scope.pair = complex;
        const Entry* const trigger = old->isDormant() ? find(complex->trigger) : nullptr;
        if (trigger != nullptr) {
            expected = trigger->checked.intent.legs;
            scope.expected = &expected;
        }
    }
    Answer<Entry> checked = check(*whole, figures, scope);
    if (checked) {
        wire::Order& order = checked->order;
        order.replaces = old->order.id;
        order.complexId = old->order.complexId;
        order.complexTag = old->order.complexTag;
        order.preflightId = old->order.preflightId;
    }
    return checked;
}

/// Waits for the end of the order that it replaces.
bool Exchange::isReplacing(const Entry& entry) const
{
    const wire::Order* const old = entry.order.replaces.empty() ? nullptr : order(entry.order.replaces);
    return entry.isDormant() && old != nullptr && old->state == OrderState::ReplaceRequested;
}

Answer<wire::Order> Exchange::replace(std::string_view id, const wire::OrderRequest& request)
{
    Figures figures;
    Answer<Entry> checked = checkReplacement(id, request, figures);
    if (!checked)
        return tl::make_unexpected(checked.error());
    Entry& old = *find(id);
    const bool wasLive = old.order.state == OrderState::Live, wasDormant = old.isDormant();
    Entry& next = take(std::move(*checked));
    old.order.replacedBy = next.order.id;
    next.order.contingentStatus = "Pending Order";
    if (wasLive) {
        next.nextStepAt = base::Instant::max();
        setState(next, OrderState::Contingent);
        old.nextStepAt = m_now + m_settings.latency;
        setState(old, OrderState::ReplaceRequested);
        return next.order;
    }
    takePlace(old, next);
    finish(old, OrderState::Cancelled);
    if (wasDormant) {
        next.nextStepAt = base::Instant::max();
        setState(next, OrderState::Contingent);
    } else {
        begin(next);
    }
    return next.order;
}

/// In the complex order that both are of.
void Exchange::takePlace(const Entry& old, const Entry& next)
{
    Complex* const complex = complexOf(old.order);
    if (complex == nullptr)
        return;
    if (complex->trigger == old.order.id)
        complex->trigger = next.order.id;
    std::ranges::replace(complex->orders, old.order.id, next.order.id);
}

void Exchange::completeReplacement(Entry& replaced)
{
    Entry* const next = find(replaced.order.replacedBy);
    const bool isWaiting = next != nullptr && next->isDormant(); // else it was cancelled itself
    if (isWaiting) {
        takePlace(replaced, *next);
        next->nextStepAt = m_now; // no longer waits, and is not aborted
    }
    finish(replaced, OrderState::Cancelled);
    if (isWaiting)
        begin(*next);
}

void Exchange::abortReplacement(Entry& replaced, const char* why)
{
    Entry* const next = replaced.order.replacedBy.empty() ? nullptr : find(replaced.order.replacedBy);
    if (next == nullptr || !next->isDormant())
        return;
    replaced.order.replacedBy.clear();
    finish(*next, OrderState::Rejected, why);
}

} // namespace vegadesk::venue
