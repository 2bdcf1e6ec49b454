#include "backtest/run_attribution.h"

#include "market/symbols.h"
#include "risk/exposure_parts.h"
#include "trading/fill_fees.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace vegadesk::backtest
{

namespace
{

using base::Decimal;
using portfolio::ProfitSource;

portfolio::MarkedPosition markedOf(const trading::Loop& loop, const std::string& symbol, const std::string& group,
                                   const std::string& underlying, base::Quantity quantity, int multiplier)
{
    portfolio::MarkedPosition marked;
    marked.symbol = symbol;
    marked.group = group;
    marked.underlying = underlying;
    marked.quantity = quantity;
    marked.multiplier = multiplier;
    if (const auto terms = market::parseOccSymbol(symbol))
        marked.option = *terms;
    marked.mark = loop.mark(symbol);
    if (!std::isfinite(marked.mark)) // closed meanwhile
        marked.mark = loop.markets().mid(symbol);
    const auto instrument = loop.markets().instrument(symbol, true);
    if (!instrument)
        return marked;
    marked.spot = risk::spotOf(*instrument);
    trading::setPricing(marked, *instrument);
    return marked;
}

/// A trade's profit by options and shares, which add up to its parts: what is rounded is unexplained, and the options'.
strategies::AttributionPeriod periodOf(const portfolio::AttributionReport& report, const TradeAttribution& trade,
                                       double correlation)
{
    strategies::AttributionPeriod period;
    for (const portfolio::AttributionRow& row : report.positions) {
        if (row.group == trade.group)
            (market::parseOccSymbol(row.symbol) ? period.options : period.shares) += row.parts;
    }
    for (std::size_t i = 0; i < portfolio::profitSourceCount; ++i)
        period.options.parts[i] = trade.parts.parts[i] - period.shares.parts[i];
    period.correlation = Decimal::fromDouble(correlation).value_or(Decimal{}).roundedTo(Decimal::cent());
    return period;
}

void addLines(const std::vector<strategies::AttributionLine>& lines, std::vector<strategies::AttributionLine>& to)
{
    for (const strategies::AttributionLine& line : lines) {
        const auto known = std::ranges::find(to, line.id, &strategies::AttributionLine::id);
        if (known == to.end())
            to.push_back(line);
        else
            known->amount += line.amount;
    }
}

/// In cents that add up: what all profits so far round to, less what was given out already.
class Cents
{
public:
    Decimal next(double profit)
    {
        const auto exact = Decimal::fromDouble(profit);
        m_exact += exact.value_or(Decimal{});
        const Decimal before = m_rounded;
        m_rounded = m_exact.roundedTo(Decimal::cent());
        return m_rounded - before;
    }

private:
    Decimal m_exact, m_rounded;
};

} // namespace

AttributionRecorder::AttributionRecorder(const trading::Loop& loop, base::Instant start)
    : m_attribution(portfolio::Marking{start, {}}), m_correlation(loop)
{
}

void AttributionRecorder::add(portfolio::AttributedTrade trade, const std::string& group, base::Quantity quantity)
{
    m_held[Key(trade.symbol, group)] += quantity;
    trade.group = group;
    trade.quantity = quantity;
    m_sinceMark.push_back(std::move(trade));
}

void AttributionRecorder::onFill(const trading::Loop& loop, const execution::Order& order, const portfolio::Fill& fill)
{
    portfolio::AttributedTrade trade;
    trade.symbol = fill.symbol;
    trade.underlying = order.intent.underlying;
    const bool isOption = market::parseOccSymbol(fill.symbol).has_value();
    const portfolio::Position* const booked = loop.ledger().find(fill.symbol);
    trade.multiplier = booked ? booked->multiplier : isOption ? 100 : 1;
    trade.price = fill.price;
    base::Quantity rest = portfolio::signedQuantity(fill.action, fill.quantity);
    if (!execution::isSettlement(order)) {
        trade.fees = trading::feesOf(order, fill).total();
        add(std::move(trade), order.intent.group, rest);
        return;
    }
    // Each trade's own ledger has its part of the settlement by now.
    trade.isSettlement = true;
    for (const trading::TradeGroup* const group : loop.groups().all()) {
        const base::Quantity part = group->ledger.quantity(fill.symbol) - m_held[Key(fill.symbol, group->name)];
        if (part == 0)
            continue;
        rest -= part;
        add(trade, group->name, part);
    }
    if (rest != 0)
        add(std::move(trade), {}, rest);
}

void AttributionRecorder::onDividend(std::span<const portfolio::AttributedCash> parts)
{
    m_paidSinceMark.insert(m_paidSinceMark.end(), parts.begin(), parts.end());
}

void AttributionRecorder::mark(const trading::Loop& loop, base::Instant now)
{
    m_correlation.mark();
    portfolio::Marking marking;
    marking.at = now;
    std::set<Key> done;
    // What was closed meanwhile is marked too, so that its last stretch is explained and not all a matter of trades.
    for (const portfolio::AttributedTrade& trade : m_sinceMark) {
        if (done.emplace(trade.symbol, trade.group).second)
            marking.positions.push_back(markedOf(loop, trade.symbol, trade.group, trade.underlying,
                                                 m_held[Key(trade.symbol, trade.group)], trade.multiplier));
    }
    for (const portfolio::AttributedPosition& position : m_attribution.state().positions) {
        const base::Quantity held = m_held[Key(position.symbol, position.group)];
        if (held != 0 && done.emplace(position.symbol, position.group).second)
            marking.positions.push_back(
                markedOf(loop, position.symbol, position.group, position.underlying, held, position.multiplier));
    }
    if (marking.positions.empty())
        return;
    m_attribution.advance(marking, m_sinceMark, m_paidSinceMark);
    m_sinceMark.clear();
    m_paidSinceMark.clear();
}

RunAttribution AttributionRecorder::report(const trading::Loop& loop, const strategies::Strategy& strategy,
                                           const std::vector<double>& profits, double netProfit) const
{
    const portfolio::AttributionReport report = m_attribution.report(portfolio::AttributionSpan::SinceEntry);
    RunAttribution out;
    out.unknownCount = report.book.unknownCount;
    Cents cents;
    double inTrades = 0;
    std::size_t index = 0;
    for (const trading::TradeGroup* const group : loop.groups().all()) {
        const double profit = profits.at(index++);
        TradeAttribution& trade =
            out.trades.emplace_back(TradeAttribution{group->name, report.ofGroup(group->name), {}});
        trade.parts[ProfitSource::Unexplained] += cents.next(profit) - trade.parts.total();
        trade.lines = strategy.attribution(periodOf(report, trade, m_correlation.of(group->name)));
        addLines(trade.lines, out.lines);
        out.total += trade.parts;
        inTrades += std::isfinite(profit) ? profit : 0;
    }
    // Of no trade is cash that came without one.
    out.other = report.ofGroup({});
    out.other[ProfitSource::Settlements] += cents.next(netProfit - inTrades) - out.other.total();
    out.total += out.other;
    return out;
}

} // namespace vegadesk::backtest
