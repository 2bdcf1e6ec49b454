#include "venue/market_model.h"

#include "history/universe.h"
#include "market/calendar.h"
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
    if (symbol.starts_with('/') || symbol.starts_with("./"))
        return findFuture(symbol, date);
    const auto terms = symbol.starts_with('.') ? market::parseStreamerSymbol(symbol) : market::parseOccSymbol(symbol);
    if (!terms)
        return nullptr;
    const Listing* found = listing(underlyingOfRoot(terms->root), date);
    if (found == nullptr)
        return nullptr;
    const auto row = found->bySymbol.find(symbol);
    return row == found->bySymbol.end() ? nullptr : &found->definition.options[row->second];
}

double MarketModel::monthVolatility(const market::Instrument& underlying, base::Instant at)
{
    const base::Date today = market::newYorkDate(at);
    const market::ChainDefinition* const chain = definition(underlying.symbol, today);
    const double spot = mark(underlying, at);
    if (chain == nullptr || !std::isfinite(spot))
        return market::unknown;
    // The call nearest to the money about a month out.
    const market::Instrument* nearest = nullptr;
    double best = 0;
    for (const market::Instrument& option : chain->options) {
        if (option.option->right != market::Right::Call)
            continue;
        const double days = static_cast<double>((option.option->expiry - today).count());
        const double score = std::abs(option.option->strike.toDouble() / spot - 1) + 0.01 * std::abs(days - 30);
        if (nearest == nullptr || score < best) {
            nearest = &option;
            best = score;
        }
    }
    return nearest == nullptr ? market::unknown : data(*nearest, at).greeks.volatility;
}

double MarketModel::riskFreeRate(base::Date date) const
{
    return history::simulatedRate(date);
}

std::vector<Dividend> MarketModel::dividends(const std::string&, base::Date, base::Date)
{
    return {};
}

std::vector<EarningsReport> MarketModel::earnings(const std::string&, base::Date, base::Date)
{
    return {};
}

bool MarketModel::isExercisedEarly(const market::Instrument&, base::Instant)
{
    return false;
}

const market::Instrument* MarketModel::findFuture(std::string_view, base::Date)
{
    return nullptr;
}

double MarketModel::worth(const market::Instrument&, base::Instant, double, double)
{
    return market::unknown;
}

std::vector<tastytrade::wire::Future> MarketModel::futures(base::Date)
{
    return {};
}

std::vector<tastytrade::wire::FutureOptionProduct> MarketModel::futureOptionProducts(base::Date)
{
    return {};
}

std::vector<tastytrade::wire::FutureOption> MarketModel::futureOptions(const std::string&, base::Date)
{
    return {};
}

std::optional<tastytrade::wire::FuturesChain> MarketModel::futuresChain(const std::string&, base::Date)
{
    return std::nullopt;
}

double MarketModel::mark(const market::Instrument& instrument, base::Instant at)
{
    const market::Quote now = quote(instrument, at);
    if (std::isfinite(now.mid()))
        return now.mid();
    return std::isfinite(now.ask) ? now.ask : now.bid;
}

} // namespace vegadesk::venue
