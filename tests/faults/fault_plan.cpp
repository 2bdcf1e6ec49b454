#include "faults/fault_plan.h"

#include <algorithm>

namespace vegadesk::faults
{

Route routeOf(const tastytrade::HttpRequest& request)
{
    using Verb = tastytrade::HttpRequest::Verb;
    const QString path = request.url.path();
    if (path.startsWith(QLatin1String("/oauth")))
        return Route::Token;
    if (path.endsWith(QLatin1String("/orders")) && request.verb == Verb::Post)
        return Route::Place;
    if (request.verb == Verb::Delete)
        return Route::Cancel;
    if (path.endsWith(QLatin1String("/orders/live")))
        return Route::Orders;
    if (path.endsWith(QLatin1String("/positions")))
        return Route::Positions;
    if (path.contains(QLatin1String("/balances")))
        return Route::Balances;
    if (path.endsWith(QLatin1String("/transactions")))
        return Route::Transactions;
    if (path.endsWith(QLatin1String("/me/accounts")))
        return Route::Accounts;
    return path.endsWith(QLatin1String("/api-quote-tokens")) ? Route::QuoteToken : Route::Other;
}

void FaultPlan::next(Route route, Fate fate, int times)
{
    for (int i = 0; i < times; ++i)
        m_scripted.at(static_cast<std::size_t>(route)).push_back(fate);
}

void FaultPlan::sometimes(double chance, std::vector<Fate> fates)
{
    m_sometimes = chance;
    m_fates = std::move(fates);
}

void FaultPlan::all(Fate fate, base::Nanos end)
{
    m_all = fate;
    m_allUntil = end;
}

Fate FaultPlan::fateOf(const tastytrade::HttpRequest& request, base::Nanos now)
{
    auto& scripted = m_scripted.at(static_cast<std::size_t>(routeOf(request)));
    if (!scripted.empty()) {
        const Fate fate = scripted.front();
        scripted.pop_front();
        return fate;
    }
    if (now < m_allUntil)
        return m_all;
    if (m_sometimes > 0 && m_chance.uniform() < m_sometimes)
        return m_fates.at(static_cast<std::size_t>(m_chance.integer(0, static_cast<std::int64_t>(m_fates.size()) - 1)));
    return Fate::Served;
}

bool FaultPlan::isQuiet(base::Nanos now) const
{
    return std::ranges::all_of(m_scripted, [](const auto& each) { return each.empty(); }) && now >= m_allUntil &&
           m_sometimes == 0 && account.isQuiet() && feed.isQuiet() && ledgerLag == base::Nanos{} && !splitsLegs &&
           !changeAnswer && !isSessionOffline;
}

void FaultPlan::clear()
{
    for (auto& each : m_scripted)
        each.clear();
    m_sometimes = 0;
    m_allUntil = {};
    account = feed = {};
    isSessionOffline = splitsLegs = false;
    ledgerLag = {};
    lateBy = std::chrono::seconds(2);
    changeAnswer = {};
}

} // namespace vegadesk::faults
