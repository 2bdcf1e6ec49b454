#pragma once

#include "pricing/payoff.h"
#include "strategies/chain_selection.h"

namespace vegadesk::strategies
{

/// An option position with the market's figures of it.
struct HeldOption {
    Contract contract;
    double size = 0; ///< shares
    double strike = 0, volatility = market::unknown;
    const pricing::ExpirationAnalytics* expiration = nullptr;

    pricing::Greeks at(double vol) const
    {
        const pricing::ValuationLeg leg{.right = contract.right,
                                        .strike = strike,
                                        .years = expiration->years,
                                        .vol = vol,
                                        .quantity = 1,
                                        .style = expiration->style};
        return pricing::greeksOf({&leg, 1}, expiration->market, {});
    }
};

/// Calls `take` with each option held, and gives back the shares held; NaN where the chain does not list an option.
template<class Take>
double forEachOption(const StrategyState& state, Take take)
{
    double shares = 0;
    for (const portfolio::Position& position : state.positions) {
        const double size = (position.quantity * position.multiplier).toDouble();
        if (position.type != market::InstrumentType::EquityOption) {
            shares += size;
            continue;
        }
        const auto contract = contractOf(state, position);
        if (!contract)
            return market::unknown;
        take(HeldOption{*contract, size, strikeOf(state, *contract), volatilityOf(state, *contract),
                        &state.analytics->expirations[contract->expiration]});
    }
    return shares;
}

} // namespace vegadesk::strategies
