// What cash and shares bring and cost from one trading day to the next.
#include "backtest/simulated_broker.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

/// Of interest and borrow, as brokers count them. Dividend yields are per calendar year.
constexpr double moneyYear = 360, calendarYear = 365;

bool isMonthsEnd(const Evening& evening)
{
    return std::chrono::year_month_day(evening.date).month() != std::chrono::year_month_day(evening.next).month();
}

} // namespace

double SimulatedBroker::netLiquidation() const
{
    base::Decimal due;
    for (const DividendDue& each : m_dividendsDue)
        due += each.amount;
    return m_account.netLiquidation() + m_accrued + due.toDouble();
}

void SimulatedBroker::closeDay(const Evening& evening)
{
    assignEarly(evening);
    accrue(evening);
    noteDividends(evening);
    payDividends(evening.date);
    m_account.settleCash(evening.next);
    publishBalances();
}

void SimulatedBroker::accrue(const Evening& evening)
{
    const Realism& realism = m_settings.realism;
    const auto days = static_cast<double>((evening.next - evening.date).count());
    const double cash = m_account.ledger().cash().toDouble();
    const double settled = std::max(0.0, cash - m_account.unsettledCash().toDouble());
    const double rate =
        cash < 0 ? evening.riskFreeRate + realism.debitSpread : realism.cashShare * std::max(0.0, evening.riskFreeRate);
    const double shares = m_account.ledger().quantity(evening.underlying).toDouble();
    const double value = shares == 0 ? 0 : shares * m_account.mark(evening.underlying, evening.underlying);
    AccountFlows today;
    today.interest = (cash < 0 ? cash : settled) * rate * days / moneyYear;
    today.borrow = std::min(0.0, value) * realism.borrowRate * days / moneyYear;
    today.dividends = value * std::expm1(evening.dividendYield * days / calendarYear);
    m_flows.interest += today.interest;
    m_flows.borrow += today.borrow;
    m_flows.dividends += today.dividends;
    m_accrued += today.total();
    if (!isMonthsEnd(evening))
        return;
    const base::Decimal posted =
        base::Decimal::fromDouble(m_accrued).value_or(base::Decimal{}).roundedTo(base::Decimal::cent());
    m_account.moveCash(posted);
    m_accrued -= posted.toDouble();
}

/// Of what is held over the night before the ex-date.
void SimulatedBroker::noteDividends(const Evening& evening)
{
    const base::Quantity shares = m_account.ledger().quantity(evening.underlying);
    if (shares == 0)
        return;
    for (const history::CashPayment& payment : evening.payments) {
        m_dividendsDue.push_back({payment.payDate, payment.amount * shares});
        m_flows.dividends += m_dividendsDue.back().amount.toDouble();
        m_events.push_back(
            {m_clock.now(), "dividend",
             fmt::format("{} on {} shares of {}, ex {}, paid {}", payment.amount.toString(), shares.toString(),
                         evening.underlying, base::formatDate(payment.exDate), base::formatDate(payment.payDate))});
    }
}

void SimulatedBroker::payDividends(base::Date today)
{
    const auto isDue = [today](const DividendDue& due) { return due.payDate <= today; };
    for (const DividendDue& due : m_dividendsDue) {
        if (isDue(due))
            m_account.moveCash(due.amount);
    }
    std::erase_if(m_dividendsDue, isDue);
}

} // namespace vegadesk::backtest
