#include "portfolio/cash_settlement.h"

#include "market/calendar.h"

namespace vegadesk::portfolio
{

namespace
{

int daysAfterTrade(base::Date traded, market::InstrumentType type)
{
    if (type != market::InstrumentType::Equity || traded >= base::makeDate(2024, 5, 28))
        return 1;
    return traded >= base::makeDate(2017, 9, 5) ? 2 : 3;
}

} // namespace

base::Date cashSettlesOn(base::Date traded, market::InstrumentType type)
{
    base::Date date = traded;
    for (int days = daysAfterTrade(traded, type); days > 0; --days)
        date = market::nextTradingDay(date);
    return date;
}

void UnsettledCash::add(base::Date traded, market::InstrumentType type, base::Decimal amount)
{
    if (amount > base::Decimal{})
        m_receipts[cashSettlesOn(traded, type)] += amount;
}

void UnsettledCash::settle(base::Date today)
{
    m_receipts.erase(m_receipts.begin(), m_receipts.upper_bound(today));
}

base::Decimal UnsettledCash::pending() const
{
    base::Decimal sum;
    for (const auto& [date, amount] : m_receipts)
        sum += amount;
    return sum;
}

} // namespace vegadesk::portfolio
