#include "desk/reference_pricer.h"

#include "desk/assumptions.h"
#include "pricing/reference/quantlib.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::desk
{

namespace
{
void put(pricing::GreeksColumns& columns, std::size_t row, const pricing::Greeks& greeks)
{
    columns.price[row] = greeks.price;
    columns.delta[row] = greeks.delta;
    columns.gamma[row] = greeks.gamma;
    columns.vega[row] = greeks.vega;
    columns.theta[row] = greeks.theta;
    columns.rho[row] = greeks.rho;
}
} // namespace

std::size_t ReferenceFigures::rowOf(double strike) const
{
    const auto found = std::ranges::lower_bound(strikes, strike);
    const bool isThere = found != strikes.end() && *found == strike;
    return isThere ? static_cast<std::size_t>(found - strikes.begin()) : strikes.size();
}

int ReferenceFigures::pricedCount() const
{
    int count = 0;
    for (std::size_t row = 0; row < strikes.size(); ++row)
        count += std::isfinite(calls.price[row]) || std::isfinite(puts.price[row]) ? 1 : 0;
    return count;
}

bool ReferenceFigures::isOf(const std::string& symbol, const market::Expiration& expiration) const
{
    return underlying == symbol && date == expiration.date && root == expiration.root;
}

ReferencePricer::ReferencePricer(std::shared_ptr<Published<ReferenceFigures>> figures) : m_figures(std::move(figures))
{
}

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

bool ReferencePricer::isSame(const ReferenceRequest& a, const ReferenceRequest& b)
{
    return a.underlying == b.underlying && a.expiration.date == b.expiration.date &&
           a.expiration.root == b.expiration.root;
}

void ReferencePricer::work()
{
    const bool isIdle = !m_request || m_done == m_request->count;
    const auto next = m_next.load();
    if (next && (isIdle || !isSame(*next, *m_request)))
        begin(m_next.exchange(nullptr));
    else if (isIdle) {
        m_isWorking = false;
        return;
    }
    if (m_done < m_request->count) {
        // From the middle outwards: 0, 1, -1, 2, -2, …
        const std::size_t middle = m_request->count / 2, step = (m_done + 1) / 2;
        priceRow(m_done % 2 == 1 ? middle - step : middle + step);
        if (++m_done == m_request->count) {
            m_out.at = m_request->at;
            m_out.largestGap = m_gap;
        }
        m_figures->store(std::make_shared<const ReferenceFigures>(m_out));
    }
    QMetaObject::invokeMethod(this, [this] { work(); }, Qt::QueuedConnection);
}

void ReferencePricer::begin(std::shared_ptr<const ReferenceRequest> request)
{
    const bool isAgain = m_request && isSame(*request, *m_request);
    m_request = std::move(request);
    const market::Expiration& expiration = m_request->expiration;
    m_analytics =
        pricing::analyse(expiration, m_request->at, m_request->spot, assumedRates, pricing::EarlyExercise::AsListed);
    m_done = 0;
    m_gap = std::numeric_limits<double>::quiet_NaN();
    const ReferenceFigures before = isAgain ? std::exchange(m_out, {}) : ReferenceFigures{};
    m_out = {};
    m_out.underlying = m_request->underlying;
    m_out.root = expiration.root;
    m_out.date = expiration.date;
    m_out.at = isAgain ? before.at : m_request->at;
    m_out.largestGap = before.largestGap;
    for (pricing::GreeksColumns* const side : {&m_out.calls, &m_out.puts})
        for (auto* const column : {&side->price, &side->delta, &side->gamma, &side->vega, &side->theta, &side->rho})
            column->assign(m_request->count, std::numeric_limits<double>::quiet_NaN());
    const auto first = expiration.strikes.begin() + static_cast<std::ptrdiff_t>(m_request->first);
    m_out.strikes.assign(first, first + static_cast<std::ptrdiff_t>(m_request->count));
    // What was said of a strike stays until it is said anew: the money moves more often than all are done.
    for (std::size_t row = 0; row < m_out.strikes.size(); ++row) {
        const std::size_t old = before.rowOf(m_out.strikes[row]);
        if (old == before.strikes.size())
            continue;
        put(m_out.calls, row, before.calls.at(old));
        put(m_out.puts, row, before.puts.at(old));
    }
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
        put(out, row, shown);
        m_gap = std::fmax(m_gap, std::abs(shown.price - m_analytics.side(right).price[at]));
    }
}

} // namespace vegadesk::desk
