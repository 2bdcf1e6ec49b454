// What cash and shares bring and cost from one trading day to the next.
#include "backtest/simulated_broker.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <iterator>

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
    assignEarly(evening, evening);
    for (const EveningShare& other : evening.others)
        assignEarly(evening, other);
    accrue(evening);
    noteDividends(evening);
    for (const EveningShare& other : evening.others)
        noteDividends(other);
    payDividends(evening.date);
    m_account.settleCash(evening.next);
    publishBalances();
}

AccountFlows SimulatedBroker::accrueShares(const EveningShare& share, double days) const
{
    const double shares = m_account.ledger().quantity(share.underlying).toDouble();
    const double value = shares == 0 ? 0 : shares * m_account.mark(share.underlying, share.underlying);
    AccountFlows flows;
    flows.borrow = std::min(0.0, value) * m_settings.realism.borrowRate * days / moneyYear;
    flows.dividends = value * std::expm1(share.dividendYield * days / calendarYear);
    return flows;
}

void SimulatedBroker::accrue(const Evening& evening)
{
    const Realism& realism = m_settings.realism;
    const auto days = static_cast<double>((evening.next - evening.date).count());
    const double cash = m_account.ledger().cash().toDouble();
    const double settled = std::max(0.0, cash - m_account.unsettledCash().toDouble());
    const double rate =
        cash < 0 ? evening.riskFreeRate + realism.debitSpread : realism.cashShare * std::max(0.0, evening.riskFreeRate);
    AccountFlows today = accrueShares(evening, days);
    for (const EveningShare& other : evening.others)
        today += accrueShares(other, days);
    today.interest = (cash < 0 ? cash : settled) * rate * days / moneyYear;
    m_flows += today;
    m_accrued += today.total();
    if (!isMonthsEnd(evening))
        return;
    const base::Decimal posted =
        base::Decimal::fromDouble(m_accrued).value_or(base::Decimal{}).roundedTo(base::Decimal::cent());
    m_account.moveCash(posted);
    m_accrued -= posted.toDouble();
}

/// Of what is held over the night before the ex-date.
void SimulatedBroker::noteDividends(const EveningShare& share)
{
    const base::Quantity shares = m_account.ledger().quantity(share.underlying);
    if (shares == 0)
        return;
    for (const history::CashPayment& payment : share.payments) {
        m_dividendsDue.push_back({payment.payDate, payment.amount * shares});
        m_flows.dividends += m_dividendsDue.back().amount.toDouble();
        tellDividend(share.underlying, payment, m_dividendsDue.back().amount);
        m_events.push_back(
            {m_clock.now(), "dividend",
             fmt::format("{} on {} shares of {}, ex {}, paid {}", payment.amount.toString(), shares.toString(),
                         share.underlying, base::formatDate(payment.exDate), base::formatDate(payment.payDate))});
    }
}

/// Not before the ex-date, or a run's last evening would put into trades what its equity does not have yet; nobody trades between.
void SimulatedBroker::tellDividend(const std::string& underlying, const history::CashPayment& payment,
                                   base::Decimal amount)
{
    const base::Instant at = market::fromNewYork(payment.exDate, {});
    const base::Date paidOn = market::nextTradingDay(payment.payDate - std::chrono::days(1)); // itself if it is one
    m_dividends.push_back({fmt::format("DIV-{}", m_dividends.size() + 1), underlying, amount, at, paidOn});
    post(
        [this, dividend = m_dividends.back()] {
            if (m_listener)
                m_listener->onDividend(dividend);
        },
        at - m_clock.now());
}

void SimulatedBroker::dividends(base::Date from, Done<std::vector<execution::CashDividend>> done)
{
    post([this, from, done = std::move(done)] {
        std::vector<execution::CashDividend> told;
        std::ranges::copy_if(m_dividends, std::back_inserter(told), [&](const execution::CashDividend& each) {
            return each.at <= m_clock.now() && market::newYorkDate(each.at) >= from;
        });
        done(std::move(told));
    });
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
