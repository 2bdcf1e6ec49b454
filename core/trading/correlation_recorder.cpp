#include "trading/correlation_recorder.h"

#include "strategies/volatility/dispersion_weights.h"

#include <cmath>
#include <optional>

namespace vegadesk::trading
{

namespace
{

/// What a trade holds in one underlying, by that market's figures.
struct Options {
    double vega = 0;
    double volatility = market::unknown; ///< at the money of the nearest expiry held
};

Options optionsOf(const UnderlyingMarket& market, std::span<const portfolio::Position> positions)
{
    Options out;
    double nearest = std::numeric_limits<double>::infinity();
    for (const portfolio::Position& position : positions) {
        if (position.underlying != market.instrument.symbol || !market.chain || !market.analytics)
            continue;
        const auto place = market::find(*market.chain, position.symbol);
        if (!place)
            continue;
        const pricing::ExpirationAnalytics& figures = market.analytics->expirations[place->expiration];
        out.vega += (position.quantity * position.multiplier).toDouble() * figures.side(place->right).vega[place->row];
        if (figures.years < nearest) {
            nearest = figures.years;
            out.volatility = figures.atmVolatility;
        }
    }
    return out;
}

} // namespace

CorrelationRecorder::Seen CorrelationRecorder::look(const TradeGroup& group, const UnderlyingMarket& index) const
{
    const std::vector<portfolio::Position> positions = group.positions();
    Seen seen;
    const Options own = optionsOf(index, positions);
    seen.vega = own.vega;
    seen.volatility = own.volatility;
    for (const Constituent& each : index.constituents) {
        const UnderlyingMarket* const market = m_loop.markets().find(each.underlying);
        seen.members.push_back({each.weight, market ? optionsOf(*market, positions).volatility : market::unknown});
    }
    return seen;
}

void CorrelationRecorder::mark()
{
    for (const TradeGroup* const group : m_loop.groups().all()) {
        const UnderlyingMarket* const index = m_loop.markets().find(group->underlying);
        if (!group->isOpen || !index || index->constituents.empty())
            continue;
        Seen now = look(*group, *index);
        const auto known = m_accounts.find(group->name);
        if (known != m_accounts.end()) {
            const Seen& last = known->second.last;
            const double moved =
                last.vega *
                (now.volatility - strategies::volatilityAtCorrelation(last.volatility, last.members, now.members));
            if (std::isfinite(moved))
                known->second.dollars += moved;
        }
        m_accounts[group->name].last = std::move(now);
    }
}

double CorrelationRecorder::of(std::string_view group) const
{
    const auto known = m_accounts.find(group);
    return known == m_accounts.end() ? 0 : known->second.dollars;
}

} // namespace vegadesk::trading
