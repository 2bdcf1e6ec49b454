#include "backtest/joined_runs.h"

#include "backtest/honesty.h"
#include "backtest/statistics.h"
#include "backtest/trials.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace vegadesk::backtest
{

namespace
{

template<class T>
void append(std::vector<T>& all, const std::vector<T>& more)
{
    all.insert(all.end(), more.begin(), more.end());
}

/// Each begins where the one before ended: its start is no point of its own.
void appendCurve(std::vector<EquityPoint>& all, const std::vector<EquityPoint>& part)
{
    all.insert(all.end(), part.begin() + (all.empty() || part.empty() ? 0 : 1), part.end());
}

void addReasons(std::vector<NoEntryCount>& all, const std::vector<NoEntryCount>& more)
{
    for (const NoEntryCount& each : more) {
        const auto known = std::ranges::find(all, each.reason, &NoEntryCount::reason);
        if (known == all.end())
            all.push_back(each);
        else
            known->times += each.times;
    }
    std::ranges::stable_sort(all, std::greater{}, &NoEntryCount::times);
}

} // namespace

void JoinedRuns::add(const Report& part)
{
    const bool isFirst = m_report.snapshots == 0;
    if (isFirst) {
        m_report.underlying = part.underlying;
        m_report.data = part.data;
        m_report.origin = part.origin;
        m_report.basket = part.basket;
        m_report.isSimulated = part.isSimulated;
        m_report.first = m_report.universe.from = part.first;
    }
    m_report.last = m_report.universe.to = part.last;
    appendCurve(m_report.equity, part.equity);
    append(m_report.trades, part.trades);
    append(m_report.hedgeLedgers, part.hedgeLedgers);
    append(m_report.orders, part.orders);
    append(m_report.decisions, part.decisions);
    append(m_report.pins, part.pins);
    addReasons(m_report.noEntries, part.noEntries);
    addAttribution(part.attribution);
    addCounts(part);
    // What was listed in the stretches before has ended there or in a later one, or is listed in the last.
    m_report.universe.expirations = m_report.universe.endedExpirations + part.universe.expirations;
    m_report.universe.endedExpirations += part.universe.endedExpirations;
    if (!part.stopped.empty())
        m_stops.push_back(part.stopped);
}

void JoinedRuns::addCounts(const Report& part)
{
    m_report.snapshots += part.snapshots;
    m_report.contractRows += part.contractRows;
    m_report.costs.spread += part.costs.spread;
    m_report.costs.slippage += part.costs.slippage;
    m_report.costs.fees += part.costs.fees;
    m_report.flows += part.flows;
    m_report.dividendsOfTrades += part.dividendsOfTrades;
    m_report.assignedEarly += part.assignedEarly;
    m_report.passiveDraws += part.passiveDraws;
    m_report.marginCalls += part.marginCalls;
    m_report.liquidations += part.liquidations;
    m_report.reducedDays += part.reducedDays;
    m_report.hasDividends = m_report.hasDividends || part.hasDividends;
    m_report.hasRates = m_report.hasRates || part.hasRates;
    m_report.hasReports = m_report.hasReports || part.hasReports;
    m_report.quotes.asked += part.quotes.asked;
    m_report.quotes.flagged += part.quotes.flagged;
    m_report.quotes.oneSided += part.quotes.oneSided;
    m_report.seconds += part.seconds;
    m_orders += static_cast<std::size_t>(part.metric("orders"));
    m_fills += static_cast<std::size_t>(part.metric("fills"));
    m_refusals += static_cast<std::size_t>(part.metric("refusals"));
}

void JoinedRuns::addAttribution(const RunAttribution& part)
{
    RunAttribution& all = m_report.attribution;
    append(all.trades, part.trades);
    all.total += part.total;
    all.other += part.other;
    all.unknownCount += part.unknownCount;
    for (const strategies::AttributionLine& line : part.lines) {
        const auto known = std::ranges::find(all.lines, line.id, &strategies::AttributionLine::id);
        if (known == all.lines.end())
            all.lines.push_back(line);
        else
            known->amount += line.amount;
    }
}

double JoinedRuns::equity() const
{
    return m_report.equity.empty() ? m_report.config.capital : m_report.equity.back().equity;
}

Report JoinedRuns::finish(const SharedChains& data, std::vector<SensitivityRow> rows)
{
    std::vector<double> profits;
    for (const Trade& trade : m_report.trades) {
        if (!trade.isOpen)
            profits.push_back(trade.profit);
    }
    m_report.drawdown = drawdowns(m_report.equity);
    m_report.metrics = measure(m_report.equity, {.tradeProfits = profits,
                                                 .orders = m_orders,
                                                 .fills = m_fills,
                                                 .refusals = m_refusals,
                                                 .fees = m_report.costs.fees,
                                                 .spread = m_report.costs.spread,
                                                 .slippage = m_report.costs.slippage,
                                                 .riskFree = m_report.config.riskFreeRate});
    m_report.regimes = profitByRegime(m_report.equity);
    m_report.sensitivity = std::move(rows);
    m_report.dataHash = data.dataHash(m_report.first, m_report.last);
    m_report.decisionHash = hashOf(m_report.decisions);
    m_report.bootstrap = bootstrapOf(m_report);
    m_report.honesty = honestyOf(m_report);
    return std::move(m_report);
}

JoinedRow::JoinedRow(const SensitivityRow& row, const Config& base)
    : m_row{.spreadFraction = row.spreadFraction, .passiveChance = row.passiveChance},
      m_isOwn(row.spreadFraction == base.fills.spreadFraction && row.passiveChance == base.fills.passiveChance),
      m_capital(base.capital), m_riskFreeRate(base.riskFreeRate)
{
}

Config JoinedRow::configFor(const Config& stretch) const
{
    Config config = stretch;
    config.fills.spreadFraction = m_row.spreadFraction;
    config.fills.passiveChance = m_row.passiveChance;
    config.capital = equity();
    config.withSensitivity = false;
    return config;
}

void JoinedRow::add(const Report& part)
{
    appendCurve(m_curve, part.equity);
    m_row.trades += static_cast<std::size_t>(part.metric("trades"));
    ++m_stretches;
}

SensitivityRow JoinedRow::row() const
{
    SensitivityRow row = m_row;
    row.netProfit = equity() - m_capital;
    row.sharpe = sharpe(dailyReturns(m_curve), m_riskFreeRate);
    return row;
}

} // namespace vegadesk::backtest
