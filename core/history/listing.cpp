#include "history/listing.h"

#include "market/broad_index.h"
#include "market/calendar.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Date;
using market::ExpirationType;
using market::Settlement;
using std::chrono::days;
using std::chrono::year_month_day;

constexpr int weeklyLead = 42; // days listed before expiry
constexpr int dailyLead = 10;
constexpr int monthlyLead = 150;
constexpr int longestLead = 800;

int leadOfMonth(const SimulatedUnderlying& name, unsigned month)
{
    const bool isStock = !name.hasDailyExpiries;
    if (month == 1)
        return longestLead;
    if (month == 6 || (month == 12 && !isStock))
        return 400;
    if (month % 3 == 0)
        return isStock ? 240 : 280;
    return monthlyLead;
}

Date lastTradingDayOfMonth(int year, unsigned month)
{
    const Date end(std::chrono::year(year) / std::chrono::month(month) / std::chrono::last);
    return market::isTradingDay(end) ? end : market::previousTradingDay(end);
}

/// Which of two reasons to list the same root and day names it.
int rank(ExpirationType type)
{
    switch (type) {
    case ExpirationType::Regular:
        return 0;
    case ExpirationType::Quarterly:
        return 1;
    case ExpirationType::EndOfMonth:
        return 2;
    case ExpirationType::Weekly:
        return 3;
    }
    return 4;
}

class Collector
{
public:
    Collector(const SimulatedUnderlying& name, Date today) : m_name(name), m_today(today) {}

    void consider(Date expiry, int lead, ExpirationType type)
    {
        if (expiry < m_today || expiry - days(lead) > m_today)
            return;
        ListedExpiration listed;
        listed.date = expiry;
        listed.listedOn = expiry - days(lead);
        listed.type = type;
        const bool hasTwoRoots = !m_name.weeklyRoot.empty();
        const bool isOfOwnRoot = !hasTwoRoots || type == ExpirationType::Regular;
        const market::BroadIndex* const index = market::broadIndex(m_name.symbol);
        listed.settlement = index && type == ExpirationType::Regular ? index->settlement : Settlement::PM;
        listed.root = isOfOwnRoot ? m_name.symbol : m_name.weeklyRoot;
        listed.expiresAt = market::expiryInstant(expiry, listed.settlement);
        const auto same = std::ranges::find_if(
            m_found, [&](const ListedExpiration& other) { return other.date == expiry && other.root == listed.root; });
        if (same == m_found.end()) {
            m_found.push_back(std::move(listed));
            return;
        }
        same->listedOn = std::min(same->listedOn, listed.listedOn);
        if (rank(type) < rank(same->type))
            same->type = type;
    }
    std::vector<ListedExpiration> take()
    {
        std::ranges::sort(m_found, [](const ListedExpiration& a, const ListedExpiration& b) {
            return a.date != b.date ? a.date < b.date : a.root < b.root;
        });
        return std::move(m_found);
    }

private:
    const SimulatedUnderlying& m_name;
    Date m_today;
    std::vector<ListedExpiration> m_found;
};

double fineStep(const SimulatedUnderlying& name, double price, int lead)
{
    double step = 10;
    if (name.isIndex())
        step = 5;
    else if (name.hasDailyExpiries)
        step = price < 50 ? 0.5 : 1;
    else if (price < 30)
        step = 0.5;
    else if (price < 100)
        step = 1;
    else if (price < 250)
        step = 2.5;
    else if (price < 1000)
        step = 5;
    if (lead > 200)
        step *= name.hasDailyExpiries ? 5 : 2;
    return step;
}

} // namespace

std::vector<ListedExpiration> listedExpirations(const SimulatedUnderlying& name, Date today)
{
    Collector collector(name, today);
    const year_month_day start(today);
    for (int i = 0; i <= longestLead / 28; ++i) {
        const year_month_day month = year_month_day(start.year() / start.month() / 1) + std::chrono::months(i);
        const int year = static_cast<int>(month.year());
        const auto number = static_cast<unsigned>(month.month());
        collector.consider(market::monthlyExpiry(year, number), leadOfMonth(name, number), ExpirationType::Regular);
        if (name.hasDailyExpiries) {
            const bool isQuarter = number % 3 == 0;
            collector.consider(lastTradingDayOfMonth(year, number), isQuarter ? 200 : 100,
                               isQuarter ? ExpirationType::Quarterly : ExpirationType::EndOfMonth);
        }
    }
    // The Friday of the week `today` is in, and those that follow.
    const std::chrono::weekday weekday(today);
    Date friday = today + (std::chrono::Friday - weekday);
    for (int i = 0; i <= weeklyLead / 7; ++i, friday += days(7)) {
        const Date expiry = market::isTradingDay(friday) ? friday : market::previousTradingDay(friday);
        const year_month_day ymd(friday);
        const bool isMonthly = static_cast<unsigned>(ymd.day()) >= 15 && static_cast<unsigned>(ymd.day()) <= 21;
        if (!isMonthly || !name.weeklyRoot.empty())
            collector.consider(expiry, weeklyLead, ExpirationType::Weekly);
    }
    if (name.hasDailyExpiries) {
        for (Date day = today; day <= today + days(dailyLead); day += days(1)) {
            const year_month_day ymd(day);
            const bool isMonthly =
                day == market::monthlyExpiry(static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()));
            if (market::isTradingDay(day) && (!isMonthly || !name.weeklyRoot.empty()))
                collector.consider(day, dailyLead, ExpirationType::Weekly);
        }
    }
    return collector.take();
}

std::vector<double> listedStrikes(const SimulatedUnderlying& name, const ListedExpiration& expiration,
                                  const CloseRange& closes)
{
    const int lead = static_cast<int>((expiration.date - expiration.listedOn).count());
    const double volatility = std::sqrt(name.beta * name.beta * 0.16 * 0.16 + name.ownVolatility * name.ownVolatility);
    const double deviation = volatility * std::sqrt(lead / 365.0);
    const double near = std::max(0.04, 0.8 * deviation);
    const double far = std::min(std::max(0.12, 2.5 * deviation), 1.1);
    const double fine = fineStep(name, closes.atListing, lead);
    const int coarseEvery = name.hasDailyExpiries ? 5 : 2;

    std::vector<double> strikes;
    const auto first = static_cast<std::int64_t>(std::ceil(closes.lowest * std::exp(-far) / fine));
    const auto last = static_cast<std::int64_t>(std::floor(closes.highest * std::exp(far) / fine));
    for (std::int64_t i = std::max<std::int64_t>(first, 1); i <= last; ++i) {
        const double strike = static_cast<double>(i) * fine;
        const bool isNear = strike >= closes.lowest * std::exp(-near) && strike <= closes.highest * std::exp(near);
        if (isNear || i % coarseEvery == 0)
            strikes.push_back(strike);
    }
    return strikes;
}

} // namespace vegadesk::history
