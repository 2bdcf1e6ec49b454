#include "trading/entry_look.h"

#include "trading/loop.h"
#include "trading/origins.h"

/// The part of the loop that says what a strategy would do, and does nothing.

namespace vegadesk::trading
{

EntryLook Loop::lookAtEntry(const strategies::Strategy& strategy, std::string_view underlying,
                            std::span<const Constituent> constituents,
                            const std::optional<strategies::SignalRule>& filter) const
{
    if (!isReady())
        return strategies::noEntry("the account's positions and balances are not known yet");
    const UnderlyingMarket* const market = m_markets.find(underlying);
    if (!market || !market->chain || !market->analytics)
        return strategies::noEntry("its options are not quoted yet");
    if (market->analytics->expirations.hasOld())
        return strategies::noEntry("the quotes of its options are too old to decide by");
    const risk::GateState account = gateState();
    strategies::StrategyState state = stateFor(account, *market, {});
    if (!(state.netLiquidation > 0))
        return strategies::noEntry("what the account is worth is not known");
    strategies::Signals signals = bookSignals(account, underlying, {}, m_measures.betas);
    signals.insert(market->signals.begin(), market->signals.end());
    state.signals = &signals;
    strategies::Basket basket;
    if (!constituents.empty()) {
        basket = basketFor(constituents, account, {}, state.trade);
        state.basket = &basket;
    }
    strategies::EntryDecision decision = strategies::entryWithin(strategy, state, filter);
    if (!decision)
        return tl::make_unexpected(decision.error());
    markAsEntry(*decision, strategy.name(), groupName(strategy.name(), underlying, m_clock.now()));
    std::vector<EntryOrder> orders;
    for (strategies::Proposal& each : *decision) {
        auto judged = m_gate.preview(each.intent, account);
        orders.push_back({std::move(each), std::move(judged)});
    }
    return orders;
}

} // namespace vegadesk::trading
