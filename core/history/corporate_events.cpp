#include "history/corporate_events.h"

#include "market/calendar.h"

#include <cmath>

namespace vegadesk::history
{

namespace
{

using base::Date;
using base::Decimal;
using std::chrono::days;
using std::chrono::month;
using std::chrono::year;

constexpr int firstYear = 2014, lastYear = 2099;
constexpr int quarters = 4;
constexpr days untilPaid{14};
constexpr days sinceAnnounced{28};
constexpr double quartersPriced = 96;  ///< a share costs what it earns in so many quarters
constexpr double deviationShare = 0.2; ///< of a year's own volatility
constexpr double leastAmount = 0.01;

/// What is a company's own and never changes: FNV-1a of its symbol.
std::uint64_t habitOf(const SimulatedUnderlying& name)
{
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : name.symbol)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash >> 16;
}

Date onOrAfter(Date date)
{
    return market::isTradingDay(date) ? date : market::nextTradingDay(date);
}

Decimal cents(double amount)
{
    const auto exact = Decimal::fromDouble(std::max(amount, leastAmount));
    return exact.value_or(Decimal{}).roundedTo(Decimal::cent());
}

Date exDateOf(const SimulatedUnderlying& name, int ofYear, int quarter, std::uint64_t habit)
{
    const auto lastMonth = static_cast<unsigned>(3 * quarter + 3);
    if (!name.isCompany)
        return market::monthlyExpiry(ofYear, lastMonth);
    const unsigned own = lastMonth - static_cast<unsigned>(habit % 3);
    return onOrAfter(base::makeDate(ofYear, own, 5 + static_cast<unsigned>(habit / 3 % 20)));
}

CompanyReport reportOf(const SimulatedUnderlying& name, Date quarterEnd, std::uint64_t habit)
{
    CompanyReport report;
    report.quarterEnd = quarterEnd;
    report.isBeforeOpen = habit % 2 == 0;
    report.date = onOrAfter(quarterEnd + days(14 + static_cast<int>(habit / 7 % 28)));
    while (std::chrono::weekday(report.date) == std::chrono::Friday)
        report.date = market::nextTradingDay(report.date);
    report.reaction = report.isBeforeOpen ? report.date : market::nextTradingDay(report.date);
    report.consensus = cents(std::exp(logTrend(name, quarterEnd)) / quartersPriced);
    return report;
}

} // namespace

Agenda makeAgenda(const SimulatedUnderlying& name)
{
    Agenda agenda;
    if (name.isIndex())
        return agenda;
    const std::uint64_t habit = habitOf(name);
    for (int ofYear = firstYear; ofYear <= lastYear; ++ofYear) {
        for (int quarter = 0; quarter < quarters; ++quarter) {
            if (name.dividendYield > 0) {
                const Date exDate = exDateOf(name, ofYear, quarter, habit);
                agenda.payments.push_back({exDate, onOrAfter(exDate + untilPaid),
                                           cents(name.dividendYield / quarters * std::exp(logTrend(name, exDate))),
                                           exDate - sinceAnnounced});
            }
            if (name.isCompany) {
                const Date end(year(ofYear) / month(static_cast<unsigned>(3 * quarter + 3)) / std::chrono::last);
                agenda.reports.push_back(reportOf(name, end, habit));
            }
        }
    }
    return agenda;
}

std::vector<ExpectedReport> expectedReports(std::span<const CompanyReport> reports)
{
    std::vector<ExpectedReport> expected;
    for (const CompanyReport& report : reports)
        expected.push_back({report.date, expected.empty() ? report.quarterEnd : expected.back().date});
    return expected;
}

double reportDeviation(const SimulatedUnderlying& name)
{
    return name.isCompany ? deviationShare * name.ownVolatility : 0;
}

} // namespace vegadesk::history
