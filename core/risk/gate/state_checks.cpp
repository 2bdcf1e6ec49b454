#include "risk/gate/state_checks.h"

#include "risk/exposure.h"

#include <algorithm>

namespace vegadesk::risk
{

using base::translatable;
using portfolio::OrderIntent;

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
    if (std::ranges::find(state.unevenUnderlyings, intent.underlying) != state.unevenUnderlyings.end())
        refusals.push_back(
            {"uneven_legs",
             {translatable("Core",
                           "The legs of an order in %1 have not filled alike: no new risk there until they have, "
                           "or until it has been looked at."),
              {intent.underlying}}});
}

void checkRate(const GateState& state, const OrderCaps& caps, std::vector<Refusal>& refusals)
{
    const auto refuse = [&](const char* code, const char* form, int count, int most) {
        refusals.push_back({code,
                            {form, {base::SentenceNumber{static_cast<double>(most)}}},
                            static_cast<double>(count),
                            static_cast<double>(most)});
    };
    if (state.ordersToday >= caps.ordersPerDay)
        refuse("orders_per_day", translatable("Core", "%1 orders have left today: no new risk before tomorrow."),
               state.ordersToday + 1, caps.ordersPerDay);
    const int working = static_cast<int>(state.workingOrders.size());
    if (working >= caps.workingOrders)
        refuse("working_total",
               translatable("Core", "%1 orders are working: no new risk is taken until there are fewer."), working + 1,
               caps.workingOrders);
    if (state.replaced && state.replaced->replacements >= caps.replacementsPerOrder)
        refuse("replacements",
               translatable("Core", "The order has been changed %1 times: cancel it, or leave it as it is."),
               state.replaced->replacements + 1, caps.replacementsPerOrder);
}

} // namespace vegadesk::risk
