#include "portfolio/ledger.h"

#include <algorithm>

namespace vegadesk::portfolio
{

using base::Decimal;
using base::Quantity;

Decimal shareOf(Decimal value, Quantity part, Quantity whole)
{
    const __int128 product = static_cast<__int128>(value.units()) * part.units();
    const __int128 divisor = whole < 0 ? -static_cast<__int128>(whole.units()) : whole.units();
    const __int128 magnitude = ((product < 0 ? -product : product) + divisor / 2) / divisor;
    const bool isNegative = (product < 0) != (whole < 0);
    return Decimal::fromUnits(static_cast<std::int64_t>(isNegative ? -magnitude : magnitude));
}

base::Result<void> checkFill(const Fill& fill, const InstrumentFacts& facts)
{
    if (fill.fillId.empty() || fill.orderId.empty())
        return base::badInput("fill id", fill.orderId + "/" + fill.fillId, "a fill with its own id and its order's");
    if (fill.symbol.empty())
        return base::badInput("fill symbol", "", "the broker's symbol");
    if (fill.quantity <= 0)
        return base::badInput("fill quantity", fill.quantity.toString(), "a number above 0");
    if (fill.price.isNegative())
        return base::badInput("fill price", fill.price.toString(), "0 or more");
    if (facts.multiplier <= 0)
        return base::badInput("multiplier", std::to_string(facts.multiplier), "a number above 0");
    return {};
}

void Ledger::start(std::span<const Position> positions, Decimal cash)
{
    m_holdings.clear();
    m_cash = cash;
    m_realized = {};
    m_fees = {};
    for (const Position& position : positions)
        m_holdings.insert_or_assign(position.symbol, holdingOf(position));
}

LedgerState Ledger::state() const
{
    LedgerState state{.holdings = {}, .cash = m_cash, .realized = m_realized, .fees = m_fees};
    for (const auto& [symbol, holding] : m_holdings)
        state.holdings.push_back(holding);
    return state;
}

void Ledger::restore(const LedgerState& state)
{
    m_holdings.clear();
    m_cash = state.cash;
    m_realized = state.realized;
    m_fees = state.fees;
    for (const Holding& holding : state.holdings)
        m_holdings.insert_or_assign(holding.position.symbol, holding);
}

void Ledger::adopt(const Position& position)
{
    m_holdings.insert_or_assign(position.symbol, holdingOf(position));
}

Ledger::Holding Ledger::holdingOf(const Position& position)
{
    return {.position = position,
            .openCost = position.averageOpenPrice * (position.quantity * position.multiplier),
            .isOfToday = position.averageOpenPrice == position.averageDailyMarketClosePrice};
}

base::Result<Booking> Ledger::book(const Fill& fill, const InstrumentFacts& facts, const Fees& fees)
{
    if (const base::Result<void> ok = checkFill(fill, facts); !ok)
        return tl::make_unexpected(ok.error());
    if (!m_booked.emplace(fill.orderId, fill.fillId).second)
        return Booking{};

    Holding& holding = holdingFor(fill, facts);
    Position& position = holding.position;
    const Quantity traded = signedQuantity(fill.action, fill.quantity);
    const Quantity held = position.quantity;
    const Quantity closed = held != 0 && (held < 0) != (traded < 0) ? std::min(held.abs(), fill.quantity) : 0;

    // A fraction's price is rounded: cash is the sum of what goes to either side of the books, not a third reading.
    Booking booking{.isNew = true, .cash = {}, .realized = {}};
    if (closed > 0) {
        const Quantity signedClosed = held < 0 ? -closed : closed;
        const Decimal costOfClosed = shareOf(holding.openCost, signedClosed, held);
        booking.cash = fill.price * (signedClosed * position.multiplier);
        booking.realized = booking.cash - costOfClosed;
        holding.openCost -= costOfClosed;
    }
    const Quantity opened = traded < 0 ? traded + closed : traded - closed;
    const Decimal costOfOpened = fill.price * (opened * position.multiplier);
    booking.cash -= costOfOpened;
    holding.openCost += costOfOpened;
    // What is bought today must not be measured against yesterday's close: the basis becomes an average of
    // both parts.
    if (opened != 0) {
        const Quantity kept = held + traded - opened;
        if (kept == 0) {
            holding.isOfToday = true;
        } else if (!holding.isOfToday) {
            const Decimal basis = position.averageDailyMarketClosePrice * kept + fill.price * opened;
            position.averageDailyMarketClosePrice = shareOf(basis, 1, kept + opened);
        }
    }

    position.quantity = held + traded;
    position.realizedToday += booking.realized;
    position.updatedAt = std::max(position.updatedAt, fill.at);
    refreshAverages(holding);

    booking.cash -= fees.total();
    m_cash += booking.cash;
    m_realized += booking.realized;
    m_fees += fees.total();
    return booking;
}

Ledger::Holding& Ledger::holdingFor(const Fill& fill, const InstrumentFacts& facts)
{
    const auto [entry, isNew] = m_holdings.try_emplace(fill.symbol);
    Position& position = entry->second.position;
    if (isNew) {
        position.account = m_account;
        position.symbol = fill.symbol;
        position.underlying = facts.underlying;
        position.type = facts.type;
        position.multiplier = facts.multiplier;
    }
    return entry->second;
}

void Ledger::refreshAverages(Holding& holding)
{
    Position& position = holding.position;
    if (position.quantity == 0) {
        holding.openCost = {};
        holding.isOfToday = true;
        position.averageOpenPrice = {};
        position.averageDailyMarketClosePrice = {};
        return;
    }
    position.averageOpenPrice = shareOf(holding.openCost, 1, position.quantity * position.multiplier);
    if (holding.isOfToday)
        position.averageDailyMarketClosePrice = position.averageOpenPrice;
}

void Ledger::startDay(const std::function<double(const Position&)>& mark)
{
    std::erase_if(m_holdings, [](const auto& entry) { return entry.second.position.quantity == 0; });
    for (auto& [symbol, holding] : m_holdings) {
        holding.position.realizedToday = {};
        holding.isOfToday = false;
        if (const base::Result<Decimal> price = Decimal::fromDouble(mark(holding.position)))
            holding.position.averageDailyMarketClosePrice = *price;
    }
}

std::vector<Position> Ledger::positions() const
{
    std::vector<Position> held;
    for (const auto& [symbol, holding] : m_holdings)
        held.push_back(holding.position);
    return held;
}

const Position* Ledger::find(std::string_view symbol) const
{
    const auto found = m_holdings.find(symbol);
    return found == m_holdings.end() ? nullptr : &found->second.position;
}

Quantity Ledger::quantity(std::string_view symbol) const
{
    const Position* position = find(symbol);
    return position ? position->quantity : 0;
}

Decimal Ledger::openCost() const
{
    Decimal cost;
    for (const auto& [symbol, holding] : m_holdings)
        cost += holding.openCost;
    return cost;
}

} // namespace vegadesk::portfolio
