#include "risk/gate/gate.h"

#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>

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
    const auto isForValue = [](const OrderIntent& order) { return order.type == portfolio::OrderType::NotionalMarket; };
    if (std::ranges::any_of(portfolio::partsOf(intent), isForValue))
        return base::Sentence{translatable(
            "Core", "Orders that depend on each other say how many shares: what a value buys is not known before.")};
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
    state.cache = nullptr; // no market and no book that there is
    const std::vector<InstrumentState> instruments = instrumentsOf(trigger, state);
    for (std::size_t i = 0; i < trigger.legs.size(); ++i) {
        const OrderLeg& leg = trigger.legs[i];
        const base::Quantity change = portfolio::signedQuantity(leg.action, leg.quantity);
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

/// What a unit of it trades at by its own prices, positive is paid; NaN for one that takes what comes.
double ownPrice(const OrderIntent& order)
{
    if (!order.stopTrigger)
        return portfolio::signedLimit(order);
    const double trigger = order.stopTrigger->toDouble();
    return portfolio::isBuy(order.legs.front().action) ? trigger : -trigger;
}

/// With the market where the trigger's own prices say that it fills: today's is no measure of what comes after. The first leg
/// stands for the whole move.
GateState atItsPrice(const OrderIntent& trigger, GateState state)
{
    const double moved = ownPrice(trigger) - netQuoteOf(trigger, instrumentsOf(trigger, state)).mid;
    if (!std::isfinite(moved))
        return state;
    const OrderLeg& first = trigger.legs.front();
    const auto ratio = static_cast<double>(first.quantity / portfolio::unitCount(trigger));
    const double change = (portfolio::isBuy(first.action) ? moved : -moved) / ratio;
    state.instrument = [known = state.instrument, symbol = first.symbol,
                        change](const std::string& wanted) -> std::optional<InstrumentState> {
        std::optional<InstrumentState> instrument = known(wanted);
        if (instrument && wanted == symbol) {
            instrument->quote.bid = std::max(0.0, instrument->quote.bid + change);
            instrument->quote.ask = std::max(instrument->quote.bid, instrument->quote.ask + change);
        }
        return instrument;
    };
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
    const GateState after = atItsPrice(*intent.trigger, afterFill(*intent.trigger, state));
    for (const OrderIntent& order : intent.orders)
        take(judge(order, after));
    return result;
}

tl::expected<ApprovedComplex, GateRefusals> Gate::approve(const ComplexIntent& intent, const GateState& state)
{
    forgetOld(state.approvalTime());
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    for (const OrderIntent& part : portfolio::partsOf(intent))
        m_recent.push_back({part, state.approvalTime()});
    return ApprovedComplex(intent, result.figures, state.approvalTime());
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
