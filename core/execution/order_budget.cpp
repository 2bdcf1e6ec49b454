#include "execution/order_budget.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::execution
{

namespace
{

/// What sums of parts of an order are off by.
constexpr double rounding = 1e-9;

} // namespace

OrderBudget::OrderBudget(int perMinute, base::Nanos minute)
    : m_perMinute(std::clamp(perMinute, 1, countMost)), m_minute(minute), m_count(m_perMinute)
{
}

/// A clock that was set back brings no order, and keeps none away.
double OrderBudget::countAt(base::Instant now) const
{
    const base::Nanos passed = std::max(base::Nanos{0}, now - m_at);
    return std::min<double>(m_perMinute, m_count + m_perMinute * base::seconds(passed) / base::seconds(m_minute));
}

void OrderBudget::setPerMinute(int count, base::Instant now)
{
    m_count = countAt(now);
    m_at = now;
    m_perMinute = std::clamp(count, 1, countMost);
    m_count = std::min<double>(m_count, m_perMinute);
}

base::Nanos OrderBudget::waitAt(base::Instant now, int orders) const
{
    const double missing = orders - countAt(now);
    if (missing <= rounding)
        return base::Nanos{0};
    return base::Nanos(std::llround(missing / m_perMinute * static_cast<double>(m_minute.count())));
}

void OrderBudget::take(base::Instant now)
{
    m_count = countAt(now) - 1;
    m_at = now;
}

void OrderBudget::noticeClock(base::Instant now)
{
    m_at = std::min(m_at, now);
}

int OrderBudget::left(base::Instant now) const
{
    return static_cast<int>(std::max(0.0, std::floor(countAt(now) + rounding)));
}

} // namespace vegadesk::execution
