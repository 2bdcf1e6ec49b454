#include "venue/market_model.h"

#include "market/symbols.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::venue
{

MarketModel::Listing* MarketModel::listing(const std::string& underlying, base::Date date)
{
    const auto isIt = [&](const market::Instrument& one) { return one.symbol == underlying; };
    if (std::ranges::none_of(underlyings(), isIt))
        return nullptr;
    Listing& listing = m_listings[underlying];
    if (listing.date == date && !listing.definition.underlying.symbol.empty())
        return &listing;
    listing.date = date;
    listing.definition = makeDefinition(underlying, date);
    listing.bySymbol.clear();
    const auto& options = listing.definition.options;
    listing.bySymbol.reserve(2 * options.size());
    for (std::size_t i = 0; i < options.size(); ++i) {
        listing.bySymbol.emplace(options[i].symbol, i);
        listing.bySymbol.emplace(options[i].streamerSymbol, i);
    }
    return &listing;
}

const market::ChainDefinition* MarketModel::definition(const std::string& underlying, base::Date date)
{
    const Listing* found = listing(underlying, date);
    return found == nullptr ? nullptr : &found->definition;
}

const market::Instrument* MarketModel::find(std::string_view symbol, base::Date date)
{
    for (const market::Instrument& underlying : underlyings()) {
        if (underlying.symbol == symbol)
            return &underlying;
    }
    const auto terms = symbol.starts_with('.') ? market::parseStreamerSymbol(symbol) : market::parseOccSymbol(symbol);
    if (!terms)
        return nullptr;
    const Listing* found = listing(underlyingOfRoot(terms->root), date);
    if (found == nullptr)
        return nullptr;
    const auto row = found->bySymbol.find(symbol);
    return row == found->bySymbol.end() ? nullptr : &found->definition.options[row->second];
}

double MarketModel::mark(const market::Instrument& instrument, base::Instant at)
{
    const market::Quote now = quote(instrument, at);
    if (std::isfinite(now.mid()))
        return now.mid();
    return std::isfinite(now.ask) ? now.ask : now.bid;
}

} // namespace vegadesk::venue
