#include "risk/gate.h"

#include "risk/order_checks.h"

#include <algorithm>

/// Orders that depend on each other, judged as what may come of them.

namespace vegadesk::risk
{

namespace
{

using base::translatable;
using portfolio::ComplexIntent;
using portfolio::ComplexKind;
using portfolio::OrderIntent;
using portfolio::OrderLeg;

bool opens(const OrderLeg& leg)
{
    return portfolio::isOpening(leg.action);
}

bool isCloseOf(const OrderLeg& close, const OrderLeg& open)
{
    const bool isOpposite = portfolio::isBuy(close.action) != portfolio::isBuy(open.action);
    return close.symbol == open.symbol && close.type == open.type && close.quantity == open.quantity && isOpposite;
}

/// Empty: it has the parts of its kind, and they fit each other.
std::optional<base::Sentence> misfit(const ComplexIntent& intent)
{
    const bool hasTrigger = intent.kind != ComplexKind::Oco;
    const std::size_t orders = intent.kind == ComplexKind::Oto ? 1 : 2;
    if (hasTrigger != intent.trigger.has_value() || intent.orders.size() != orders)
        return base::Sentence{hasTrigger
                                  ? translatable("Core", "A bracket is an opening order and its one or two closes.")
                                  : translatable("Core", "One of two that cancel each other needs two orders.")};
    const OrderIntent& first = intent.orders.front();
    const auto isOther = [&](const OrderIntent& order) {
        return order.underlying != first.underlying || order.legs != first.legs;
    };
    if (std::ranges::any_of(intent.orders, isOther))
        return base::Sentence{translatable(
            "Core", "Two orders that cancel each other must be for the same legs: one of both fills, and counts.")};
    for (const OrderIntent& order : intent.orders) {
        if (order.legs.empty() || std::ranges::any_of(order.legs, opens))
            return base::Sentence{
                translatable("Core", "The orders of a bracket, and two that cancel each other, can only close.")};
    }
    if (!hasTrigger)
        return {};
    const OrderIntent& trigger = *intent.trigger;
    if (!std::ranges::all_of(trigger.legs, opens))
        return base::Sentence{translatable("Core", "The first order of a bracket can only open.")};
    if (trigger.underlying != first.underlying || !std::ranges::equal(first.legs, trigger.legs, isCloseOf))
        return base::Sentence{
            translatable("Core", "The closes of a bracket must be for exactly what its first order opens.")};
    return {};
}

/// As it is when the trigger has filled: what the others close is there.
GateState afterFill(const OrderIntent& trigger, GateState state)
{
    const std::vector<InstrumentState> instruments = instrumentsOf(trigger, state);
    for (std::size_t i = 0; i < trigger.legs.size(); ++i) {
        const OrderLeg& leg = trigger.legs[i];
        const std::int64_t change = portfolio::signedQuantity(leg.action, leg.quantity);
        const auto held = std::ranges::find(state.positions, leg.symbol, &portfolio::Position::symbol);
        if (held != state.positions.end()) {
            held->quantity += change;
            continue;
        }
        portfolio::Position& position = state.positions.emplace_back();
        position.symbol = leg.symbol;
        position.underlying = trigger.underlying;
        position.type = leg.type;
        position.quantity = change;
        position.multiplier = instruments[i].multiplier;
        const double mark = market::markOf(instruments[i].quote, instruments[i].flags);
        position.averageOpenPrice = base::Decimal::fromDouble(mark).value_or(base::Decimal{});
    }
    return state;
}

} // namespace

GateRefusals Gate::judge(const ComplexIntent& intent, const GateState& state) const
{
    GateRefusals result;
    if (!state.sendRefusal.isEmpty()) {
        result.reasons.push_back({"not_armed", state.sendRefusal});
        return result;
    }
    if (auto why = misfit(intent)) {
        result.reasons.push_back({"complex", *std::move(why)});
        return result;
    }
    const auto take = [&](GateRefusals part) {
        result.reasons.insert(result.reasons.end(), std::make_move_iterator(part.reasons.begin()),
                              std::make_move_iterator(part.reasons.end()));
        return std::move(part.figures);
    };
    if (!intent.trigger) {
        result.figures = take(judge(intent.orders.front(), state));
        take(judge(intent.orders.back(), state));
        return result;
    }
    result.figures = take(judge(*intent.trigger, state));
    if (!result.reasons.empty())
        return result;
    const GateState after = afterFill(*intent.trigger, state);
    for (const OrderIntent& order : intent.orders)
        take(judge(order, after));
    return result;
}

tl::expected<ApprovedComplex, GateRefusals> Gate::approve(const ComplexIntent& intent, const GateState& state)
{
    forgetOld(state.now);
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    for (const OrderIntent& part : portfolio::partsOf(intent))
        m_recent.push_back({part, state.now});
    return ApprovedComplex(intent, result.figures, state.now);
}

void Gate::forget(const ComplexIntent& intent)
{
    for (const OrderIntent& part : portfolio::partsOf(intent))
        forget(part);
}

tl::expected<GateFigures, GateRefusals> Gate::preview(const ComplexIntent& intent, const GateState& state) const
{
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    return result.figures;
}

} // namespace vegadesk::risk
