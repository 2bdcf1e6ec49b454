#include "desk/environment_session.h"

#include "market/calendar.h"

/// What the environment asks and streams for the basket whose correlation somebody looks at.
namespace vegadesk::desk
{

void EnvironmentSession::followDispersion(std::optional<DispersionBasket> basket)
{
    if (basket == m_basket)
        return;
    m_basket = std::move(basket);
    m_heldOf.reset();
    m_analyst->post([basket = m_basket](MarketAnalyst& analyst) { analyst.dispersion().follow(basket); });
    updateSubscriptions();
}

void EnvironmentSession::keepDispersion()
{
    if (!m_basket)
        return;
    const std::shared_ptr<const RiskView> risk = m_tradingViews->risk.load();
    if (risk == m_heldOf)
        return;
    m_heldOf = risk;
    std::map<std::string, HeldGreeks> held;
    for (const ExposureUnderlying& each : risk->exposure.underlyings)
        held[each.underlying] = {each.greeks, each.betaDelta};
    m_analyst->post([held = std::move(held)](MarketAnalyst& analyst) { analyst.dispersion().setHeld(held); });
}

void EnvironmentSession::addBasket(Interest& interest) const
{
    if (!m_basket)
        return;
    const base::Date today = market::newYorkDate(m_setup.clock->now());
    for (const std::string& symbol : m_basket->symbols()) {
        if (const auto layout = m_layouts.find(symbol); layout != m_layouts.end())
            interest.atMoney.push_back(
                {layout->second, expirationsAround(*layout->second, today, DispersionView::impliedDays)});
    }
}

} // namespace vegadesk::desk
