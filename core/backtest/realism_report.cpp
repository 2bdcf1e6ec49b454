#include "backtest/realism_report.h"

#include "market/calendar.h"
#include "portfolio/fees.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <utility>

namespace vegadesk::backtest
{

namespace
{

std::string dollars(double value)
{
    return fmt::format("{}${:.2f}", value < 0 ? "-" : "", std::abs(value));
}

std::string restingOrders(const Report& report)
{
    const execution::FillSettings& fills = report.config.fills;
    std::string text = fills.passive == execution::PassiveFills::Through
                           ? "Resting orders fill when the market trades through their limit"
                           : "Resting orders fill when the market touches their limit";
    if (fills.passiveChance > 0)
        text += fmt::format(", and at the mid or beyond by a chance of {:.0f} % at each new quote, which nobody knows",
                            100 * fills.passiveChance);
    text += ".";
    if (fills.passiveChance > 0 && report.passiveDraws == 0)
        text += " That chance decided nothing: no order was left at another quote. A strategy's waits a minute.";
    return text;
}

std::string assignment(const Report& report)
{
    const Realism& realism = report.config.realism;
    return fmt::format("Short contracts assigned early: {}. Calls are{} exercised for dividends larger than their time "
                       "value; of what has at most {:g} of time value, {:g} % a day are assigned.",
                       report.assignedEarly.toString(), realism.dividendAssignment ? "" : " not",
                       realism.assignmentTimeValue, 100 * realism.assignmentChance);
}

std::string pins(const Report& report)
{
    double expected = 0, variance = 0;
    base::Quantity assigned = 0;
    for (const PinnedExpiry& pin : report.pins) {
        const double contracts = pin.contracts.toDouble();
        expected += contracts * pin.probability;
        variance += contracts * pin.probability * (1 - pin.probability);
        assigned += pin.assigned;
    }
    return fmt::format("Pinned at expiry, within {:g} % of the strike: {} times; {:.1f} contracts assigned were to be "
                       "expected, give or take {:.1f}, and {} were.",
                       100 * report.config.realism.pinWidth, report.pins.size(), expected, std::sqrt(variance),
                       assigned.toString());
}

std::string money(const Report& report)
{
    const Realism& realism = report.config.realism;
    return fmt::format("Without trades: {} interest ({:g} % of the risk-free rate on settled cash, {:g} % over it on "
                       "debts), {} borrow ({:g} % a year), {} dividends, {} of them in the profit of trades.",
                       dollars(report.flows.interest), 100 * realism.cashShare, 100 * realism.debitSpread,
                       dollars(report.flows.borrow), 100 * realism.borrowRate, dollars(report.flows.dividends),
                       dollars(report.dividendsOfTrades));
}

std::string margin(const Report& report)
{
    switch (report.config.realism.marginCall) {
    case MarginCall::Ignored:
        return "Margin calls are ignored: the account goes on as if somebody had lent it the money.";
    case MarginCall::NextDay:
    case MarginCall::AtOnce:
        break;
    }
    return fmt::format("Margin calls: {}; trades liquidated by force: {}.", report.marginCalls, report.liquidations);
}

std::string universe(const Report& report)
{
    return fmt::format(
        "Contracts as listed on each day from {} to {}: {} expirations, {} of which ended by then and are "
        "in the run. That {} itself is still there, was known when it was chosen.",
        base::formatDate(report.universe.from), base::formatDate(report.universe.to), report.universe.expirations,
        report.universe.endedExpirations, report.underlying);
}

/// Empty where the data have all but a few of the days.
std::string missingDays(const Report& report)
{
    constexpr double enough = 0.95;
    const int traded = market::tradingDaysBetween(report.first, report.last);
    int seen = 0;
    base::Date last = report.first;
    for (const EquityPoint& point : report.equity) {
        const base::Date day = market::newYorkDate(point.at);
        if (std::exchange(last, day) != day)
            ++seen;
    }
    if (traded <= 0 || seen >= enough * traded)
        return {};
    return fmt::format(
        "The data have {} of {} trading days after the first: Sharpe, Sortino and the figures of a day take every step "
        "between pictures for one day, and are too high by about {:.1f} times.",
        seen, traded, std::sqrt(static_cast<double>(traded) / std::max(seen, 1)));
}

bool avoidsReports(const Config& config)
{
    return std::ranges::any_of(config.parameters.specs(), [&](const base::ParameterSpec& spec) {
        return spec.name == "earnings" && config.parameters.choice(spec.name) == "avoid";
    });
}

} // namespace

std::vector<std::string> realismSentences(const Report& report)
{
    std::vector<std::string> lines{restingOrders(report), assignment(report)};
    if (!report.pins.empty())
        lines.push_back(pins(report));
    lines.push_back(money(report));
    if (!report.hasRates)
        lines.push_back(fmt::format(
            "The data tell no interest rates: {:g} % a year is taken for all days, in interest, early exercise "
            "and volatilities.",
            100 * report.config.interestRate));
    if (!report.hasDividends)
        lines.emplace_back("The data name no dividends: none is paid, and none makes anybody exercise.");
    if (!report.hasReports && avoidsReports(report.config) && !portfolio::isBroadIndex(report.underlying))
        lines.emplace_back(
            "The data name no days of reports: a company's keep nobody out, whatever the strategy avoids.");
    lines.push_back(margin(report));
    if (report.reducedDays > 0)
        lines.push_back(
            fmt::format("The broker rejected so many orders in a row that only closes were taken, until the "
                        "next session: on {} days.",
                        report.reducedDays));
    lines.push_back(universe(report));
    if (std::string gaps = missingDays(report); !gaps.empty())
        lines.push_back(std::move(gaps));
    if (!report.stopped.empty())
        lines.push_back(
            fmt::format("The run ended before the data: {}. What contracts become is not simulated.", report.stopped));
    if (report.config.latency == base::Nanos{0})
        lines.emplace_back("Orders meet the quotes they were decided on: no latency.");
    lines.emplace_back(
        "Not modelled: queues and impact beyond the displayed size, early exercise of what is long, borrow "
        "that is recalled, taxes, contracts after an adjustment.");
    return lines;
}

std::string passiveWords(const SensitivityRow& row, const execution::FillSettings& own)
{
    if (!(own.passiveChance > 0))
        return {};
    return fmt::format(", resting orders filling by a chance of {:g} %", 100 * row.passiveChance);
}

} // namespace vegadesk::backtest
