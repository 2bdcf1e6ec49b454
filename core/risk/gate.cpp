#include "risk/gate.h"

#include "base/log.h"
#include "risk/exposure.h"
#include "risk/order_checks.h"
#include "risk/order_figures.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <set>

namespace vegadesk::risk
{

namespace
{

using base::translatable;
using portfolio::OrderIntent;

/// Rounding noise of a figure that did not change.
constexpr double sameFigure = 1e-9;

/// Of a form that says "%1 %".
base::SentenceNumber percent(double fraction)
{
    return {100 * fraction, 1};
}

/// Of what is left of net liquidation. Where nothing is left, any figure is beyond every limit: infinite.
double fractionOf(double cash, double netLiquidation)
{
    if (netLiquidation > 0 || std::isnan(cash) || std::isnan(netLiquidation))
        return cash / netLiquidation;
    return std::numeric_limits<double>::infinity();
}

/// Everything the limits are compared with, before and after the order.
struct Measures {
    Exposure before, after;
    double otherDollarDelta = 0;             ///< Σ over the underlyings that the order does not touch
    double netLiquidation = market::unknown; ///< less what working orders elsewhere cost at once
    std::vector<std::string> unknown;
    std::set<std::string> old; ///< underlyings whose options' figures are too old, wherever in the book

    double netLiquidationAfter() const { return netLiquidation - after.entryCost; }
    double netLiquidationBefore() const { return netLiquidation - before.entryCost; }
    double positionBefore() const { return fractionOf(before.size(), netLiquidationBefore()); }
    double positionAfter() const { return fractionOf(after.size(), netLiquidationAfter()); }
    double leverageBefore() const { return fractionOf(otherDollarDelta + before.dollarDelta, netLiquidationBefore()); }
    double leverageAfter() const { return fractionOf(otherDollarDelta + after.dollarDelta, netLiquidationAfter()); }
    bool isKnown() const
    {
        const auto isThere = [](const Exposure& exposure) {
            return std::isfinite(exposure.size()) && std::isfinite(exposure.dollarDelta) &&
                   std::isfinite(exposure.entryCost);
        };
        return isThere(before) && isThere(after) && std::isfinite(otherDollarDelta) && std::isfinite(netLiquidation);
    }
};

/// The replaced order works until the new one has its place.
Exposure exposureBefore(const OrderIntent& intent, const GateState& state)
{
    if (!state.replaced)
        return exposureOf(intent.underlying, state, nullptr);
    GateState before = state;
    before.workingOrders.push_back(state.replaced->intent);
    return exposureOf(intent.underlying, before, nullptr);
}

Measures measure(const OrderIntent& intent, const GateState& state)
{
    Measures measures;
    measures.netLiquidation = state.netLiquidation > 0 ? state.netLiquidation : market::unknown;
    measures.before = exposureBefore(intent, state);
    measures.after = exposureOf(intent.underlying, state, &intent);
    measures.unknown = measures.after.unknown;
    if (measures.before.isOld || measures.after.isOld)
        measures.old.insert(intent.underlying);
    for (const std::string& underlying : underlyingsOf(state)) {
        if (underlying == intent.underlying)
            continue;
        const Exposure other = dollarDeltaOf(underlying, state);
        measures.otherDollarDelta += other.dollarDelta;
        measures.netLiquidation -= other.entryCost;
        if (other.isOld)
            measures.old.insert(underlying);
        if (!std::isfinite(other.dollarDelta) || !std::isfinite(other.entryCost))
            measures.unknown.insert(measures.unknown.end(), other.unknown.begin(), other.unknown.end());
    }
    if (!std::isfinite(measures.netLiquidation))
        measures.unknown.push_back("net liquidation");
    return measures;
}

/// Closing orders that cannot add risk whatever the prices are.
bool isReducingByShape(const OrderIntent& intent, const GateState& state)
{
    const auto after = quantitiesAfter(intent.underlying, state, &intent);
    if (after.empty())
        return true;
    const auto isOption = [](const portfolio::OrderLeg& leg) {
        return leg.type == market::InstrumentType::EquityOption;
    };
    const bool buysBackOptions = std::ranges::all_of(
        intent.legs, [&](const portfolio::OrderLeg& leg) { return portfolio::isBuy(leg.action) && isOption(leg); });
    const auto before = quantitiesAfter(intent.underlying, state, nullptr);
    const bool holdsOnlyLongs = std::ranges::all_of(before, [](const auto& held) { return held.second > 0; });
    return buysBackOptions || holdsOnlyLongs;
}

bool isReducing(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits)
{
    const bool closes = std::ranges::none_of(
        intent.legs, [](const portfolio::OrderLeg& leg) { return portfolio::isOpening(leg.action); });
    if (!closes)
        return false;
    // The figures below do not show it: shares tie up more margin than the short call that they cover does without them. It
    // takes no figure, so it is asked first.
    if (uncoveredBy(intent, state).calls > 0)
        return false;
    if (!measures.isKnown() || !measures.old.empty())
        return isReducingByShape(intent, state);
    // What it costs to cross the spread is no risk that the close adds.
    const Exposure& before = measures.before;
    const Exposure& after = measures.after;
    // In cash: a fraction turns round where little or nothing of net liquidation is left.
    const double slack = sameFigure * std::max(1.0, std::abs(measures.netLiquidation));
    const double deltaRoom = limits.leverage * measures.netLiquidationAfter() - measures.otherDollarDelta;
    return after.size() <= before.size() + (after.entryCost - before.entryCost) + slack &&
           after.dollarDelta <= std::max(before.dollarDelta, deltaRoom) + slack;
}

GateFigures figuresOf(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits,
                      std::span<const InstrumentState> instruments)
{
    GateFigures figures;
    figures.positionBefore = measures.positionBefore();
    figures.positionAfter = measures.positionAfter();
    figures.leverageBefore = measures.leverageBefore();
    figures.leverageAfter = measures.leverageAfter();
    figures.dailyLoss =
        (state.netLiquidationAtSessionStart - state.netLiquidation) / state.netLiquidationAtSessionStart;
    figures.worstStressAfter = measures.after.worstStress;
    figures.marginAfter = measures.after.margin;
    figures.maxLoss = maxLossOf(intent, instruments);
    figures.warnings = uncoveredWarnings(intent, state);
    figures.isReducing = isReducing(intent, state, measures, limits);
    return figures;
}

void checkState(const OrderIntent& intent, const GateState& state, bool isReducing, std::vector<Refusal>& refusals)
{
    if (state.tradingState == TradingState::Halted && !(isReducing && portfolio::isFromPerson(intent)))
        refusals.push_back(
            {"halted",
             {translatable("Core",
                           "Trading is halted: only cancels, and closes that a person asks for, go through.")}});
    if (isReducing)
        return;
    if (!state.isFeedAlive)
        refusals.push_back(
            {"feed_down", {translatable("Core", "Quotes have stopped: no new risk until they are back.")}});
    if (state.tradingState == TradingState::Reducing)
        refusals.push_back(
            {"reducing_only", {translatable("Core", "Only orders that cannot add risk are taken now.")}});
    const auto isHere = [&](const OrderIntent& working) { return working.underlying == intent.underlying; };
    const auto working = static_cast<std::size_t>(std::ranges::count_if(state.workingOrders, isHere));
    if (working > workingOrdersMax)
        refusals.push_back(
            {"working_orders",
             {translatable("Core", "%1 orders are working in %2; with more than %3 no new risk is taken there."),
              {base::SentenceNumber{static_cast<double>(working)}, intent.underlying,
               base::SentenceNumber{static_cast<double>(workingOrdersMax)}}},
             static_cast<double>(working),
             static_cast<double>(workingOrdersMax)});
    if (std::ranges::find(state.frozenUnderlyings, intent.underlying) != state.frozenUnderlyings.end())
        refusals.push_back(
            {"unreconciled",
             {translatable("Core",
                           "Our books of %1 and the broker's differ: no new risk there until the difference has been "
                           "looked at."),
              {intent.underlying}}});
}

void checkDailyLoss(const GateState& state, double loss, const Limits& limits, std::vector<Refusal>& refusals)
{
    if (!(state.netLiquidationAtSessionStart > 0) || !std::isfinite(loss)) {
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "Today's loss is not known: net liquidation now or at the session's start "
                                   "is missing.")}});
    } else if (loss >= limits.dailyLossStop) {
        refusals.push_back(
            {"daily_loss",
             {translatable("Core",
                           "Today's loss of %1 % has reached the stop at %2 %: only closing orders until the next "
                           "session."),
              {percent(loss), percent(limits.dailyLossStop)}},
             loss,
             limits.dailyLossStop});
    } else if (loss >= limits.dailyLossNoNewRisk) {
        refusals.push_back({"daily_loss",
                            {translatable("Core", "Today's loss of %1 % has reached %2 %: no new risk today."),
                             {percent(loss), percent(limits.dailyLossNoNewRisk)}},
                            loss,
                            limits.dailyLossNoNewRisk});
    }
}

void checkBook(const OrderIntent& intent, const GateState& state, const Measures& measures, const Limits& limits,
               std::vector<Refusal>& refusals)
{
    if (measures.after.isSpotStale)
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "The price of %1 is too old to measure new risk by."), {intent.underlying}}});
    if (!measures.old.empty())
        refusals.push_back({"unknown_value",
                            {translatable("Core", "The option prices of %1 are too old to measure new risk by."),
                             {*measures.old.begin()}}});
    if (!measures.isKnown()) {
        const std::set<std::string> distinct(measures.unknown.begin(), measures.unknown.end());
        const std::string first = distinct.empty() ? "a figure of the book" : *distinct.begin();
        base::Sentence sentence{translatable("Core", "The limits cannot be checked: %1 is not known."), {first}};
        if (distinct.size() > 1)
            sentence = {translatable("Core", "The limits cannot be checked: %1 and %2 more are not known."),
                        {first, base::SentenceNumber{static_cast<double>(distinct.size() - 1)}}};
        refusals.push_back({"unknown_value", std::move(sentence)});
        return;
    }
    if (!(measures.netLiquidationAfter() > 0)) {
        constexpr double infinite = std::numeric_limits<double>::infinity();
        refusals.push_back({"position_limit",
                            {translatable("Core", "To trade at these prices, this order and the working ones, would "
                                                  "cost %1 against the mid: more than net liquidation."),
                             {base::SentenceNumber{state.netLiquidation - measures.netLiquidationAfter()}}},
                            infinite,
                            limits.largestPosition});
        return;
    }
    const double position = measures.positionAfter();
    if (position > limits.largestPosition && position > measures.positionBefore()) {
        const Exposure& after = measures.after;
        const char* form =
            translatable("Core", "The position in %1 would be %2 % of net liquidation, measured by the premium "
                                 "paid; the limit is %3 %.");
        if (after.size() == -after.worstStress)
            form = translatable("Core",
                                "The position in %1 would be %2 % of net liquidation, measured by its worst stress "
                                "loss; the limit is %3 %.");
        else if (after.size() == after.margin)
            form = translatable("Core", "The position in %1 would be %2 % of net liquidation, measured by its margin "
                                        "requirement; the limit is %3 %.");
        refusals.push_back({"position_limit",
                            {form, {intent.underlying, percent(position), percent(limits.largestPosition)}},
                            position,
                            limits.largestPosition});
    }
    const double leverage = measures.leverageAfter();
    if (leverage > limits.leverage && leverage > measures.leverageBefore())
        refusals.push_back({"leverage",
                            {translatable("Core", "Leverage would be %1x net liquidation; the limit is %2x."),
                             {base::SentenceNumber{leverage, 2}, base::SentenceNumber{limits.leverage, 2}}},
                            leverage,
                            limits.leverage});
}

void checkBuyingPower(const OrderIntent& intent, const GateState& state, std::span<const InstrumentState> instruments,
                      std::vector<Refusal>& refusals)
{
    double needed = buyingPowerNeeded(intent, state, instruments);
    if (state.replaced) // the broker holds back what that one needs, and gives it free
        needed -= std::max(0.0, buyingPowerNeeded(state.replaced->intent, state, instruments));
    if (!std::isfinite(needed) || !std::isfinite(state.buyingPower)) {
        refusals.push_back(
            {"unknown_value",
             {translatable("Core", "Buying power cannot be checked: it, or what the order needs, is not known.")}});
    } else if (needed > 0 && needed > state.buyingPower) {
        refusals.push_back({"buying_power",
                            {translatable("Core", "The order needs about %1 of buying power; %2 is there."),
                             {base::SentenceNumber{needed}, base::SentenceNumber{state.buyingPower}}},
                            needed,
                            state.buyingPower});
    }
}

} // namespace

std::string GateRefusals::sentence() const
{
    if (reasons.empty())
        return {};
    const std::string first = reasons.front().sentence.english();
    return reasons.size() == 1 ? first : fmt::format("{} (and {} more)", first, reasons.size() - 1);
}

Gate::Gate(const Limits& limits, double clockSpeed) : m_limits(limits), m_clockSpeed(std::max(1.0, clockSpeed))
{
    if (const base::Result<Limits> ok = checked(limits); !ok) {
        base::log::error("limits not taken, the lowest profile's are in force: {}", ok.error().message());
        m_limits = limitsFor(Tolerance::Low);
    }
}

base::Result<void> Gate::setLimits(const Limits& limits)
{
    const base::Result<Limits> ok = checked(limits);
    if (!ok)
        return tl::make_unexpected(ok.error());
    m_limits = *ok;
    return {};
}

base::Nanos Gate::ageOf(const Recent& recent, base::Instant now) const
{
    return base::Nanos(static_cast<std::int64_t>(static_cast<double>((now - recent.at).count()) / m_clockSpeed));
}

GateRefusals Gate::judge(const OrderIntent& intent, const GateState& state) const
{
    GateRefusals result;
    if (!state.sendRefusal.isEmpty())
        result.reasons.push_back({"not_armed", state.sendRefusal});
    const std::size_t shapely = result.reasons.size();
    checkShape(intent, state, result.reasons);
    if (result.reasons.size() > shapely)
        return result;

    const std::vector<InstrumentState> instruments = instrumentsOf(intent, state);
    const Measures measures = measure(intent, state);
    result.figures = figuresOf(intent, state, measures, m_limits, instruments);

    checkState(intent, state, result.figures.isReducing, result.reasons);
    const bool isConfirmedClose = result.figures.isReducing && portfolio::isFromPerson(intent);
    const bool takesOldQuotes = isConfirmedClose && state.isFeedAlive && intent.type == portfolio::OrderType::Limit;
    checkPrice(intent, instruments, result.reasons, takesOldQuotes ? &result.figures.warnings : nullptr);
    for (const Recent& recent : m_recent) {
        if (state.replaced)
            break; // there is one order of it at any time
        const base::Nanos age = ageOf(recent, state.now);
        if (age >= base::Nanos{0} && age < duplicateWindow && isSameOrder(recent.intent, intent)) {
            result.reasons.push_back(
                {"duplicate",
                 {translatable("Core", "The same order was approved %1 s ago; again after %2 s."),
                  {base::SentenceNumber{base::seconds(age), 1}, base::SentenceNumber{base::seconds(duplicateWindow)}}},
                 base::seconds(age),
                 base::seconds(duplicateWindow)});
            break;
        }
    }
    if (!result.figures.isReducing) {
        checkDailyLoss(state, result.figures.dailyLoss, m_limits, result.reasons);
        checkBook(intent, state, measures, m_limits, result.reasons);
        checkBuyingPower(intent, state, instruments, result.reasons);
    }
    return result;
}

tl::expected<ApprovedOrder, GateRefusals> Gate::approve(const OrderIntent& intent, const GateState& state)
{
    forgetOld(state.now);
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    m_recent.push_back({intent, state.now});
    return ApprovedOrder(intent, result.figures, state.now, state.replaced ? state.replaced->id : std::string());
}

void Gate::forgetOld(base::Instant now)
{
    std::erase_if(m_recent, [&](const Recent& recent) { return ageOf(recent, now) >= duplicateWindow; });
}

void Gate::forget(const OrderIntent& intent)
{
    std::erase_if(m_recent, [&](const Recent& recent) { return isSameOrder(recent.intent, intent); });
}

tl::expected<GateFigures, GateRefusals> Gate::preview(const OrderIntent& intent, const GateState& state) const
{
    GateRefusals result = judge(intent, state);
    if (!result.reasons.empty())
        return tl::make_unexpected(std::move(result));
    return result.figures;
}

} // namespace vegadesk::risk
