#include "trading/loop.h"

#include <algorithm>
#include <fmt/format.h>

/// The part of the loop that strategies of several underlyings need: what they see of the others, and that an entry goes whole.

namespace vegadesk::trading
{

base::Result<std::vector<Constituent>> Loop::namesFor(const UnderlyingMarket& market, std::size_t most) const
{
    std::vector<Constituent> names = market.constituents;
    names.resize(std::min(names.size(), most));
    if (names.size() < 2)
        return base::badInput("underlying", market.instrument.symbol, "one of which two constituents are known");
    for (const Constituent& name : names) {
        if (!m_markets.find(name.underlying))
            return base::badInput("constituent", name.underlying, "one whose chain is loaded");
    }
    return names;
}

/// Without names that have no chain yet, or one that is too old to decide by.
strategies::Basket Loop::basketFor(std::span<const Constituent> constituents, const risk::GateState& account,
                                   const PositionsByUnderlying& held, const strategies::TradeState& trade) const
{
    strategies::Basket basket;
    for (const Constituent& name : constituents) {
        const UnderlyingMarket* const market = m_markets.find(name.underlying);
        if (!market || !market->chain || !market->analytics || market->analytics->expirations.hasOld())
            continue;
        const auto own = held.find(name.underlying);
        strategies::BasketName& each = basket.names.emplace_back();
        each.weight = name.weight;
        each.state = stateFor(account, *market,
                              own == held.end() ? std::span<const portfolio::Position>{} : std::span(own->second));
        each.state.trade = trade;
    }
    return basket;
}

/// New whenever any of its markets is.
std::uint64_t Loop::versionOf(const Runner& runner, const UnderlyingMarket& market) const
{
    std::uint64_t version = market.version;
    for (const Constituent& name : runner.status.constituents) {
        const UnderlyingMarket* const other = m_markets.find(name.underlying);
        version += other ? other->version : 0;
    }
    return version;
}

/// Of an entry in several underlyings none is sent where one would be refused as things stand: a leg that stands alone is
/// another trade.
std::optional<std::string> Loop::reasonAgainst(std::span<const strategies::Proposal> entry)
{
    for (const strategies::Proposal& each : entry) {
        if (const auto figures = preview(each.intent); !figures)
            return refuse(each.intent, figures.error()).sentence();
    }
    return {};
}

} // namespace vegadesk::trading
