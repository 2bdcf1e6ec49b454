#include "portfolio/attribution.h"

#include "portfolio/option_move.h"
#include "pricing/american/american_implied_volatility.h"
#include "pricing/implied_volatility.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <tuple>

namespace vegadesk::portfolio
{

namespace
{

using base::Decimal;
using base::Quantity;

Decimal valueOf(double mark, Quantity quantity, int multiplier)
{
    return Decimal::fromDouble(mark).value() * (quantity * multiplier);
}

/// NaN where the mark has none, and for what is no option.
double ownVolatilityOf(const MarkedPosition& marked)
{
    if (!marked.option || !(marked.years > 0))
        return market::unknown;
    const pricing::MarketPoint market{marked.spot, marked.rate, marked.dividendYield};
    const double strike = marked.option->strike.toDouble();
    const double own =
        marked.style == market::ExerciseStyle::American
            ? pricing::americanImpliedVolatility(marked.option->right, market, strike, marked.years, marked.mark)
            : pricing::impliedVolatility(marked.option->right, market, strike, marked.years, marked.mark);
    return own > 0 ? own : market::unknown;
}

AttributionGap missingOf(const MarkedPosition& marked, double ownVolatility)
{
    if (!Decimal::fromDouble(marked.mark))
        return AttributionGap::NoMark;
    if (!marked.option)
        return AttributionGap::None;
    const bool hasVolatility = marked.years == 0 || std::isfinite(marked.volatility) || std::isfinite(ownVolatility);
    const bool hasMarket = marked.spot > 0 && std::isfinite(marked.spot + marked.rate + marked.dividendYield) &&
                           marked.years >= 0 && std::isfinite(marked.years);
    return hasMarket && hasVolatility ? AttributionGap::None : AttributionGap::NoMarket;
}

bool saysVolatility(const MarkedPosition& marked, double own)
{
    const double figure = std::isfinite(marked.volatility) ? marked.volatility : own;
    return std::abs(own - figure) <= Attribution::ownVolatilityBand * figure;
}

OptionMove moveOf(MarkedPosition from, double fromOwn, MarkedPosition to, double toOwn)
{
    const bool isAtExpiry = to.years == 0; // where no volatility matters
    const bool byMarks = saysVolatility(from, fromOwn) && (isAtExpiry || saysVolatility(to, toOwn));
    if (byMarks || !std::isfinite(from.volatility))
        from.volatility = fromOwn;
    if (isAtExpiry)
        to.volatility = from.volatility;
    else if (byMarks || !std::isfinite(to.volatility))
        to.volatility = toOwn;
    return explainMove(from, to);
}

/// What `held` made between two marks that are known.
ProfitParts profitOf(const AttributedPosition& position, const MarkedPosition& to, double toOwn)
{
    const MarkedPosition& from = *position.last;
    const Decimal total =
        valueOf(to.mark, position.held, position.multiplier) - valueOf(from.mark, position.held, position.multiplier);
    ProfitParts made;
    if (!to.option) {
        made[ProfitSource::Delta] = total;
        return made;
    }
    const OptionMove move = moveOf(from, position.lastOwnVolatility, to, toOwn);
    const double shares = position.held.toDouble() * position.multiplier;
    // What cannot be reckoned is not explained.
    const auto put = [&](ProfitSource source, double perShare) {
        made[source] = Decimal::fromDouble(perShare * shares).value_or(Decimal{});
    };
    put(ProfitSource::Delta, move.delta);
    put(ProfitSource::Gamma, move.gamma);
    put(ProfitSource::Theta, move.theta);
    put(ProfitSource::Vega, move.vega);
    put(ProfitSource::Rho, move.rho);
    put(ProfitSource::Vanna, move.vanna);
    put(ProfitSource::Volga, move.volga);
    made[ProfitSource::Unexplained] = total - made.total();
    return made;
}

/// A column of the report in cents: what is above is rounded once, whatever the number of rows.
class CentColumn
{
public:
    Decimal next(Decimal exact)
    {
        m_exact += exact;
        const Decimal before = m_rounded;
        m_rounded = m_exact.roundedTo(Decimal::cent());
        return m_rounded - before;
    }

private:
    Decimal m_exact, m_rounded;
};

void add(AttributionRow& sum, const AttributionRow& row)
{
    sum.parts += row.parts;
    sum.unknownCount += row.unknownCount;
}

} // namespace

AttributionGap AttributedPosition::gap(base::Instant from) const
{
    if (waitsFor != AttributionGap::None)
        return waitsFor;
    if (hasNoStart && since > from)
        return AttributionGap::NoStart;
    return jumped != 0 && jumpedAt > from ? AttributionGap::QuantityJump : AttributionGap::None;
}

Attribution::Attribution(const Marking& first)
{
    m_state.from = m_state.dayFrom = m_state.at = first.at;
    for (const MarkedPosition& marked : first.positions) {
        AttributedPosition& position = positionOf(marked.symbol, marked.group, marked.underlying);
        position.multiplier = marked.multiplier;
        position.held = marked.quantity;
        const double own = ownVolatilityOf(marked);
        position.waitsFor = marked.quantity == 0 ? AttributionGap::None : missingOf(marked, own);
        if (missingOf(marked, own) == AttributionGap::None) {
            position.last = marked;
            position.lastOwnVolatility = own;
            position.since = first.at;
        }
    }
}

Attribution::Attribution(AttributionState state) : m_state(std::move(state))
{
    indexPositions();
}

void Attribution::indexPositions()
{
    m_index.clear();
    for (std::size_t i = 0; i < m_state.positions.size(); ++i)
        m_index.emplace(Key(m_state.positions[i].symbol, m_state.positions[i].group), i);
}

AttributedPosition& Attribution::positionOf(const std::string& symbol, const std::string& group,
                                            const std::string& underlying)
{
    const auto [entry, isNew] = m_index.try_emplace(Key(symbol, group), m_state.positions.size());
    if (isNew) {
        AttributedPosition& fresh = m_state.positions.emplace_back();
        fresh.symbol = symbol;
        fresh.group = group;
        fresh.underlying = underlying;
    }
    return m_state.positions[entry->second];
}

void Attribution::advance(const Marking& marking, std::span<const AttributedTrade> trades,
                          std::span<const AttributedCash> cash)
{
    for (const AttributedTrade& trade : trades) {
        AttributedPosition& position = positionOf(trade.symbol, trade.group, trade.underlying);
        position.multiplier = trade.multiplier;
        const Decimal moved = -(trade.price * (trade.quantity * trade.multiplier));
        (trade.isSettlement ? position.settled : position.traded) += trade.quantity;
        (trade.isSettlement ? position.settlementCash : position.tradeCash) += moved;
        position.today[ProfitSource::Fees] -= trade.fees;
        position.sinceEntry[ProfitSource::Fees] -= trade.fees;
    }
    for (const AttributedCash& paid : cash) {
        AttributedPosition& position = positionOf(paid.symbol, paid.group, paid.underlying);
        position.today[ProfitSource::Settlements] += paid.amount;
        position.sinceEntry[ProfitSource::Settlements] += paid.amount;
    }
    std::map<Key, const MarkedPosition*> markedBy;
    for (const MarkedPosition& marked : marking.positions) {
        positionOf(marked.symbol, marked.group, marked.underlying).multiplier = marked.multiplier;
        markedBy.insert_or_assign(Key(marked.symbol, marked.group), &marked);
    }
    for (const auto& [key, index] : m_index) {
        const auto marked = markedBy.find(key);
        take(m_state.positions[index], marked == markedBy.end() ? nullptr : marked->second, marking.at);
    }
    m_state.at = marking.at;
}

void Attribution::take(AttributedPosition& position, const MarkedPosition* marked, base::Instant at)
{
    const Quantity now = marked ? marked->quantity : 0;
    if (position.held == 0 && now == 0 && position.traded == 0 && position.settled == 0 &&
        position.tradeCash.isZero() && position.settlementCash.isZero()) {
        position.waitsFor = AttributionGap::None;
        return; // closed before: nothing to solve for
    }
    const double own = marked ? ownVolatilityOf(*marked) : market::unknown;
    const AttributionGap missing = marked ? missingOf(*marked, own) : AttributionGap::NoMark;
    if (missing != AttributionGap::None && now != 0) {
        position.waitsFor = missing;
        return;
    }

    // Closed where nobody marks it any more: the last mark is what it is measured against.
    const bool isMarked = missing == AttributionGap::None;
    const bool hasStart = position.held == 0 || position.last;
    ProfitParts made;
    if (isMarked && position.last && position.held != 0)
        made = profitOf(position, *marked, own);
    if (isMarked || hasStart) {
        const double mark = isMarked ? marked->mark : position.last ? position.last->mark : 0;
        const auto worth = [&](Quantity quantity) { return valueOf(mark, quantity, position.multiplier); };
        const Quantity afterTrades = position.held + position.traded;
        made[ProfitSource::Trades] += position.tradeCash + worth(afterTrades) - worth(position.held);
        made[ProfitSource::Settlements] +=
            position.settlementCash + worth(afterTrades + position.settled) - worth(afterTrades);
    }
    position.hasNoStart = position.hasNoStart || !hasStart;
    position.today += made;
    position.sinceEntry += made;

    if (const Quantity jump = now - position.held - position.traded - position.settled; jump != 0) {
        position.jumped += jump;
        position.jumpedAt = at;
    }
    position.held = now;
    position.traded = position.settled = 0;
    position.tradeCash = position.settlementCash = {};
    position.waitsFor = AttributionGap::None;
    if (position.since == base::Instant{})
        position.since = at;
    if (isMarked) {
        position.last = *marked;
        position.lastOwnVolatility = own;
    }
}

void Attribution::startDay()
{
    m_state.dayFrom = m_state.at;
    std::set<std::pair<std::string, std::string>> open; // underlying and group
    for (const AttributedPosition& position : m_state.positions) {
        if (position.held != 0 || position.waitsFor != AttributionGap::None)
            open.emplace(position.underlying, position.group);
    }
    std::erase_if(m_state.positions, [&](const AttributedPosition& position) {
        const bool isOver = position.held == 0 && position.waitsFor == AttributionGap::None;
        return isOver && (position.group.empty() || !open.contains({position.underlying, position.group}));
    });
    for (AttributedPosition& position : m_state.positions)
        position.today = {};
    indexPositions();
}

AttributionReport Attribution::report(AttributionSpan span) const
{
    std::vector<const AttributedPosition*> ordered;
    for (const AttributedPosition& position : m_state.positions)
        ordered.push_back(&position);
    std::ranges::sort(ordered, {}, [](const AttributedPosition* position) {
        return std::tie(position->underlying, position->group, position->symbol);
    });

    AttributionReport report;
    std::array<CentColumn, profitSourceCount> columns;
    CentColumn totals;
    for (const AttributedPosition* const position : ordered) {
        const ProfitParts& exact = span == AttributionSpan::Today ? position->today : position->sinceEntry;
        AttributionRow row;
        row.symbol = position->symbol;
        row.group = position->group;
        row.underlying = position->underlying;
        row.since = position->since;
        row.gap = position->gap(span == AttributionSpan::Today ? m_state.dayFrom : m_state.from);
        row.unknownCount = row.gap == AttributionGap::None ? 0 : 1;
        for (std::size_t i = 0; i + 1 < profitSourceCount; ++i)
            row.parts.parts[i] = columns[i].next(exact.parts[i]);
        row.parts[ProfitSource::Unexplained] = totals.next(exact.total()) - row.parts.total();

        if (report.underlyings.empty() || report.underlyings.back().underlying != row.underlying)
            report.underlyings.emplace_back().underlying = row.underlying;
        if (report.groups.empty() || report.groups.back().underlying != row.underlying ||
            report.groups.back().group != row.group) {
            report.groups.emplace_back().underlying = row.underlying;
            report.groups.back().group = row.group;
        }
        add(report.book, row);
        add(report.underlyings.back(), row);
        add(report.groups.back(), row);
        report.positions.push_back(std::move(row));
    }
    return report;
}

ProfitParts AttributionReport::ofGroup(std::string_view group) const
{
    ProfitParts sum;
    for (const AttributionRow& row : groups) {
        if (row.group == group)
            sum += row.parts;
    }
    return sum;
}

AttributionReport attribute(const Marking& from, const Marking& to, std::span<const AttributedTrade> trades,
                            std::span<const AttributedCash> cash)
{
    Attribution attribution(from);
    attribution.advance(to, trades, cash);
    return attribution.report(AttributionSpan::SinceEntry);
}

} // namespace vegadesk::portfolio
