#include "backtest/coming_events.h"

namespace vegadesk::backtest
{

ComingEvents comingEvents(std::span<const history::CashPayment> payments,
                          std::span<const history::ExpectedReport> reports, base::Date today)
{
    ComingEvents coming;
    base::Decimal amount;
    for (const history::CashPayment& payment :
         history::between(payments, &history::CashPayment::exDate, today, base::Date::max())) {
        if (coming.dividend && payment.exDate != coming.dividend->exDate)
            break;
        if (payment.announced >= today)
            continue;
        amount += payment.amount;
        coming.dividend = {amount.toDouble(), payment.exDate};
    }
    const base::Date yesterday = today - std::chrono::days(1);
    for (const history::ExpectedReport& report :
         history::between(reports, &history::ExpectedReport::date, yesterday, base::Date::max())) {
        if (report.announced < today) {
            coming.report = report.date;
            break;
        }
    }
    return coming;
}

void noteComing(const history::ChainSource& source, base::Date today, trading::RiskMeasures& measures)
{
    const ComingEvents coming = comingEvents(source.payments(), source.reports(), today);
    if (coming.dividend)
        measures.dividends.emplace(source.underlying(), *coming.dividend);
    if (coming.report)
        measures.earnings.emplace(source.underlying(), *coming.report);
}

} // namespace vegadesk::backtest
