#include "portfolio/hedge_ledger.h"

#include "market/calendar.h"
#include "pricing/payoff.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>

namespace vegadesk::portfolio
{

namespace
{

bool isModelled(const MarkedPosition& position)
{
    const bool isMarked = std::isfinite(position.mark) && position.spot > 0 && std::isfinite(position.spot) &&
                          std::isfinite(position.rate) && std::isfinite(position.dividendYield);
    return isMarked && (!position.option || (std::isfinite(position.volatility) && position.volatility >= 0 &&
                                             std::isfinite(position.years) && position.years >= 0));
}

/// Of one share of the option, in the market of `where`.
pricing::Greeks greeksOf(const MarkedPosition& option, const MarkedPosition& where, double volatility)
{
    const pricing::ValuationLeg leg{.right = option.option->right,
                                    .strike = option.option->strike.toDouble(),
                                    .years = where.years,
                                    .vol = volatility,
                                    .quantity = 1,
                                    .style = option.style};
    return pricing::greeksOf({&leg, 1}, {where.spot, where.rate, where.dividendYield}, {});
}

/// What one holding made from one marking to the next.
HedgedProfit stepOf(const MarkedPosition& from, const MarkedPosition& to, double years)
{
    const double size = from.shares(), move = to.spot - from.spot;
    const double carry = from.rate - from.dividendYield;
    HedgedProfit step;
    const double marked = size * (to.mark - from.mark);
    step.financing = -size * from.rate * from.mark * years;
    if (!from.option) {
        step.hedges = marked;
        step.financing += size * from.dividendYield * from.spot * years;
        step.delta = size * move + step.financing;
        step.unexplained = marked - size * move;
        return step;
    }
    const pricing::Greeks before = greeksOf(from, from, from.volatility);
    const double held = greeksOf(from, to, from.volatility).price; // time and spot have moved, its volatility has not
    const double after = greeksOf(from, to, to.volatility).price;
    const double perShareGamma = 0.5 * before.gamma * move * move;
    const double perShareTheta =
        -0.5 * before.gamma * from.spot * from.spot * from.volatility * from.volatility * years;
    const double perShareDelta =
        before.delta * move + (from.rate * before.price - carry * from.spot * before.delta) * years;
    step.options = marked;
    step.gamma = size * perShareGamma;
    step.theta = size * perShareTheta;
    step.delta = size * perShareDelta + step.financing;
    step.vega = size * (after - held);
    step.higherOrder = size * (held - before.price - perShareGamma - perShareTheta - perShareDelta);
    step.unexplained = marked - size * (after - before.price);
    return step;
}

bool isMark(const HedgeRow& row)
{
    return row.event == HedgeEvent::Mark;
}

/// A mark where `last` was, of all that both did.
HedgeRow joined(const HedgeRow& first, const HedgeRow& last)
{
    HedgeRow row;
    row.at = last.at;
    row.spot = last.spot;
    row.gamma = last.gamma;
    row.volatility = last.volatility;
    row.deltaBefore = row.deltaAfter = last.deltaAfter;
    row.joined = first.joined + last.joined;
    row.step = first.step;
    row.step += last.step;
    return row;
}

} // namespace

std::string_view toText(HedgeEvent event)
{
    switch (event) {
    case HedgeEvent::Mark:
        return "mark";
    case HedgeEvent::Hedge:
        return "hedge";
    case HedgeEvent::Trade:
        return "trade";
    case HedgeEvent::Settlement:
        return "settlement";
    }
    return {};
}

HedgedProfit& HedgedProfit::operator+=(const HedgedProfit& other)
{
    for (double HedgedProfit::* const part :
         {&HedgedProfit::options, &HedgedProfit::hedges, &HedgedProfit::financing, &HedgedProfit::settlements,
          &HedgedProfit::costs, &HedgedProfit::gamma, &HedgedProfit::theta, &HedgedProfit::delta, &HedgedProfit::vega,
          &HedgedProfit::higherOrder, &HedgedProfit::unexplained})
        this->*part += other.*part;
    return *this;
}

HedgeLedger::HedgeLedger(std::string group, std::string underlying)
    : m_group(std::move(group)), m_underlying(std::move(underlying))
{
}

HedgeLedger::Holding* HedgeLedger::find(std::string_view symbol)
{
    const auto found =
        std::ranges::find(m_holdings, symbol, [](const Holding& holding) { return holding.last.symbol; });
    return found == m_holdings.end() ? nullptr : &*found;
}

base::Quantity HedgeLedger::held(std::string_view symbol) const
{
    for (const Holding& holding : m_holdings) {
        if (holding.last.symbol == symbol)
            return holding.last.quantity;
    }
    return 0;
}

bool HedgeLedger::isFlat() const
{
    return m_holdings.empty();
}

std::vector<std::string> HedgeLedger::symbols() const
{
    std::vector<std::string> all;
    for (const Holding& holding : m_holdings)
        all.push_back(holding.last.symbol);
    return all;
}

HedgeLedger::Exposure HedgeLedger::exposure() const
{
    Exposure sum;
    double variance = 0;
    for (const Holding& holding : m_holdings) {
        const MarkedPosition& last = holding.last;
        if (!last.option) {
            sum.delta += last.shares();
            continue;
        }
        if (!holding.isModelled)
            return {market::unknown, market::unknown, market::unknown};
        const pricing::Greeks greeks = greeksOf(last, last, last.volatility);
        sum.delta += last.shares() * greeks.delta;
        sum.gamma += last.shares() * greeks.gamma;
        variance += last.shares() * greeks.gamma * last.volatility * last.volatility;
    }
    if (sum.gamma != 0 && variance / sum.gamma >= 0) // long and short gamma may leave none that is a volatility's
        sum.volatility = std::sqrt(variance / sum.gamma);
    return sum;
}

void HedgeLedger::add(HedgeRow row)
{
    m_total += row.step;
    ++m_written;
    m_rows.push_back(std::move(row));
}

void HedgeLedger::keepRows(std::size_t most)
{
    most = std::max(most, std::size_t(8));
    if (m_rows.size() <= most)
        return;
    std::vector<HedgeRow> kept;
    bool wasJoined = false;
    for (HedgeRow& row : m_rows) {
        const bool joins = !kept.empty() && !wasJoined && isMark(kept.back()) && isMark(row);
        wasJoined = joins;
        if (joins)
            kept.back() = joined(kept.back(), row);
        else
            kept.push_back(std::move(row));
    }
    m_rows = std::move(kept);
    if (m_rows.size() <= most - most / 4) // room for a while
        return;
    const auto end = m_rows.end() - static_cast<std::ptrdiff_t>(most / 2);
    for (auto row = std::next(m_rows.begin()); row != end; ++row)
        m_rows.front() = joined(m_rows.front(), *row);
    m_rows.erase(std::next(m_rows.begin()), end);
}

bool HedgeLedger::mark(base::Instant at, std::span<const MarkedPosition> market)
{
    if (m_holdings.empty() || (m_at && at < *m_at))
        return false;
    std::vector<const MarkedPosition*> now;
    for (const Holding& holding : m_holdings) {
        const auto found = std::ranges::find(market, holding.last.symbol, &MarkedPosition::symbol);
        if (found == market.end() || !portfolio::isModelled(*found))
            return false;
        now.push_back(&*found);
    }
    HedgeRow row;
    row.at = at;
    row.spot = now.front()->spot;
    const double years = m_at ? market::yearsUntil(*m_at, at) : 0;
    for (std::size_t index = 0; index < m_holdings.size(); ++index) {
        Holding& holding = m_holdings[index];
        MarkedPosition next = *now[index];
        next.quantity = holding.last.quantity;
        if (holding.isModelled) {
            row.step += stepOf(holding.last, next, years);
        } else { // what it was taken at was a price, not a mark
            const double made = next.shares() * (next.mark - holding.last.mark);
            (next.option ? row.step.options : row.step.hedges) += made;
            row.step.unexplained += made;
        }
        holding = {std::move(next), true};
    }
    m_at = at;
    const Exposure exposed = exposure();
    row.gamma = exposed.gamma;
    row.volatility = exposed.volatility;
    row.deltaBefore = row.deltaAfter = exposed.delta;
    add(std::move(row));
    return true;
}

void HedgeLedger::trade(base::Instant at, const HedgeTrade& trade)
{
    HedgeRow row;
    row.at = at;
    row.event = trade.event;
    row.spot = trade.traded.spot;
    row.deltaBefore = exposure().delta;
    Holding* holding = find(trade.traded.symbol);
    if (!holding) {
        const bool isKnown = portfolio::isModelled(trade.traded);
        m_holdings.push_back({trade.traded, isKnown});
        holding = &m_holdings.back();
        holding->last.quantity = 0;
        if (!isKnown)
            holding->last.mark = trade.price;
    }
    // Nothing that this one is held with was accounted for before it: the time begins here.
    if (m_holdings.size() == 1 && holding->last.quantity == 0)
        m_at = at;
    const double givenAway = trade.traded.shares() * (trade.price - holding->last.mark);
    (trade.event == HedgeEvent::Settlement ? row.step.settlements : row.step.costs) -= givenAway;
    row.step.costs -= trade.fees;
    holding->last.quantity += trade.traded.quantity;
    if (holding->last.quantity == 0)
        m_holdings.erase(m_holdings.begin() + (holding - m_holdings.data()));

    const Exposure exposed = exposure();
    row.gamma = exposed.gamma;
    row.volatility = exposed.volatility;
    row.deltaAfter = exposed.delta;
    row.symbol = trade.traded.symbol;
    row.quantity = trade.traded.quantity.toDouble();
    row.price = trade.price;
    row.band = trade.band;
    row.reason = trade.reason;
    add(std::move(row));
}

} // namespace vegadesk::portfolio
