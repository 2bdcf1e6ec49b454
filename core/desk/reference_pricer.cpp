#include "desk/reference_pricer.h"

#include "desk/assumptions.h"
#include "pricing/reference/quantlib.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

std::size_t ReferenceFigures::rowOf(double strike) const
{
    const auto found = std::ranges::lower_bound(strikes, strike);
    const bool isThere = found != strikes.end() && *found == strike;
    return isThere ? static_cast<std::size_t>(found - strikes.begin()) : strikes.size();
}

bool ReferenceFigures::isOf(const std::string& symbol, const market::Expiration& expiration) const
{
    return underlying == symbol && date == expiration.date && root == expiration.root;
}

ReferencePricer::ReferencePricer(std::shared_ptr<Published<ReferenceFigures>> figures) : m_figures(std::move(figures)) {}

void ReferencePricer::submit(std::shared_ptr<const ReferenceRequest> request)
{
    // Somebody waits already: work() will find the newer one in its place.
    if (m_next.exchange(std::move(request)))
        return;
    const auto wake = [this] {
        if (!std::exchange(m_isWorking, true))
            work();
    };
    QMetaObject::invokeMethod(this, wake, Qt::QueuedConnection);
}

void ReferencePricer::work()
{
    const auto next = m_next.load();
    const bool isOther = next && m_request &&
                         (next->underlying != m_request->underlying ||
                          next->expiration.date != m_request->expiration.date ||
                          next->expiration.root != m_request->expiration.root);
    if (next && (!m_request || isOther))
        begin(m_next.exchange(nullptr));
    if (m_done < m_request->count)
        priceRow(m_done++);
    if (m_done == m_request->count) {
        m_figures->store(std::make_shared<const ReferenceFigures>(std::move(m_out)));
        m_request.reset();
        if (!m_next.load()) {
            m_isWorking = false;
            return;
        }
    }
    QMetaObject::invokeMethod(this, [this] { work(); }, Qt::QueuedConnection);
}

void ReferencePricer::begin(std::shared_ptr<const ReferenceRequest> request)
{
    m_request = std::move(request);
    const market::Expiration& expiration = m_request->expiration;
    m_analytics = pricing::analyse(expiration, m_request->at, m_request->spot, assumedRates,
                                   pricing::EarlyExercise::AsListed);
    m_done = 0;
    m_out = {};
    m_out.underlying = m_request->underlying;
    m_out.root = expiration.root;
    m_out.date = expiration.date;
    m_out.at = m_request->at;
    m_out.calls.resize(m_request->count);
    m_out.puts.resize(m_request->count);
    const auto first = expiration.strikes.begin() + static_cast<std::ptrdiff_t>(m_request->first);
    m_out.strikes.assign(first, first + static_cast<std::ptrdiff_t>(m_request->count));
}

void ReferencePricer::priceRow(std::size_t row)
{
    const std::size_t at = m_request->first + row;
    const double strike = m_out.strikes[row];
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        pricing::GreeksColumns& out = right == market::Right::Call ? m_out.calls : m_out.puts;
        const pricing::MarketPoint& market = m_analytics.market;
        // Without a yield a call is never worth exercising early, and without a rate no put is.
        const bool hasPremium = right == market::Right::Call ? market.dividendYield > 0 : market.rate > 0;
        const bool isAmerican = m_analytics.style == market::ExerciseStyle::American && hasPremium;
        const auto price = isAmerican ? pricing::reference::american : pricing::reference::blackScholes;
        const auto greeks = price(right, market, strike, m_analytics.years, m_analytics.volatility[at]);
        const pricing::Greeks shown = greeks ? *greeks : pricing::Greeks{};
        out.price[row] = shown.price;
        out.delta[row] = shown.delta;
        out.gamma[row] = shown.gamma;
        out.vega[row] = shown.vega;
        out.theta[row] = shown.theta;
        out.rho[row] = shown.rho;
        m_out.largestGap = std::fmax(m_out.largestGap, std::abs(shown.price - m_analytics.side(right).price[at]));
    }
}

} // namespace vegadesk::desk
