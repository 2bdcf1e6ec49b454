#include "desk/dispersion_analyst.h"

#include "market/calendar.h"
#include "strategies/implied_level.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

std::vector<std::size_t> expirationsAround(const market::OptionChain& layout, base::Date today, int days)
{
    const base::Date wanted = today + std::chrono::days(days);
    std::optional<std::size_t> before, after;
    for (std::size_t i = 0; i < layout.expirations.size(); ++i) {
        const market::Expiration& expiration = layout.expirations[i];
        if (expiration.settlement == market::Settlement::AM || isAdjusted(expiration) || expiration.date <= today)
            continue;
        if (expiration.date <= wanted)
            before = i;
        if (expiration.date >= wanted && !after)
            after = i;
    }
    std::vector<std::size_t> out;
    if (before)
        out.push_back(*before);
    if (after && after != before && !(before && layout.expirations[*before].date == wanted))
        out.push_back(*after);
    return out;
}

void DispersionAnalyst::follow(std::optional<DispersionBasket> basket)
{
    if (basket == m_basket)
        return;
    m_lastView.reset();
    m_next = 0;
    m_slices.clear(); // what no longer streams must not be shown as new later
    m_basket = std::move(basket);
    if (m_basket && m_basket != m_seenOf) {
        m_seenOf = m_basket;
        m_seen.clear();
        m_isHistoryDue = true;
        publish({}, {}); // of another basket, or environment, nothing may stand under this one's name
        m_lastView.reset();
    }
}

void DispersionAnalyst::addDefinition(std::shared_ptr<const market::ChainDefinition> definition)
{
    const std::string symbol = definition->underlying.symbol;
    m_notKnown.erase(symbol);
    m_definitions[symbol] = std::move(definition);
}

void DispersionAnalyst::setDays(const std::string& symbol, std::vector<market::Candle> days)
{
    m_days[symbol] = std::move(days);
    m_isHistoryDue = true;
}

void DispersionAnalyst::tick(const market::Book& book, base::Instant wall, base::Nanos staleAfter,
                             base::Instant marketTime)
{
    if (!m_basket || (m_lastView && wall - *m_lastView < period && wall >= *m_lastView))
        return;
    const std::vector<std::string> symbols = m_basket->symbols();
    if (m_next < symbols.size()) {
        refresh(symbols[m_next], book, wall, staleAfter, marketTime);
        ++m_next;
        return;
    }
    m_next = 0;
    publish(wall, marketTime);
}

void DispersionAnalyst::refresh(const std::string& symbol, const market::Book& book, base::Instant wall,
                                base::Nanos staleAfter, base::Instant marketTime)
{
    Slice& slice = m_slices[symbol];
    slice.name = {};
    const auto definition = m_definitions.find(symbol);
    if (definition == m_definitions.end()) {
        slice.name.gap = m_notKnown.contains(symbol) ? DispersionGap::NotKnown : DispersionGap::Listing;
        return;
    }
    const base::Date today = market::newYorkDate(marketTime);
    if (slice.definition != definition->second || slice.date != today) {
        slice.definition = definition->second;
        slice.date = today;
        market::OptionChain whole = market::emptyChain(*slice.definition);
        slice.chain = {};
        slice.chain.underlying = symbol;
        for (const std::size_t i : expirationsAround(whole, today, DispersionView::impliedDays))
            slice.chain.expirations.push_back(std::move(whole.expirations[i]));
        slice.live = {};
    }
    market::refresh(slice.chain, book, wall, staleAfter);
    slice.chain.at = marketTime;
    const pricing::ChainAnalytics analytics = slice.live.update(slice.chain, wall, marketTime);
    slice.name.spot = analytics.spot;
    slice.name.implied = strategies::constantMaturityVolatility(analytics, DispersionView::impliedDays);
    slice.name.isOld = analytics.expirations.hasOld();
    if (slice.chain.expirations.empty())
        slice.name.gap = DispersionGap::NoOptions;
    else
        slice.name.gap = std::isnan(slice.name.implied) ? DispersionGap::Quotes : DispersionGap::None;
}

void DispersionAnalyst::publish(base::Instant wall, base::Instant marketTime)
{
    DispersionNames names;
    for (const auto& [symbol, slice] : m_slices) {
        names[symbol] = slice.name;
        if (const auto held = m_held.find(symbol); held != m_held.end())
            names[symbol].held = held->second;
    }
    const base::Date today = market::newYorkDate(marketTime);
    if (std::exchange(m_isHistoryDue, false))
        m_history = std::make_shared<const DispersionHistory>(dispersionHistory(*m_basket, m_days, m_seen));
    auto view = std::make_shared<DispersionView>(dispersionView(*m_basket, names, m_days, m_history));
    view->at = marketTime;
    if (!std::isnan(view->exact) && !view->index.isOld)
        m_seen[today] = {view->exact, view->proxy};
    m_published->store(std::move(view));
    m_lastView = wall;
}

} // namespace vegadesk::desk
