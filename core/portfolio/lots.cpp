#include "portfolio/lots.h"

#include <algorithm>
#include <tuple>

namespace vegadesk::portfolio
{

namespace
{

using base::Decimal;
using base::Quantity;

/// Takes `quantity` (signed as the lot's) out of the lot.
Lot split(Lot& lot, Quantity quantity)
{
    Lot part = lot;
    part.quantity = quantity;
    if (quantity != lot.quantity) {
        part.cost = shareOf(lot.cost, quantity, lot.quantity);
        part.dayBasis = shareOf(lot.dayBasis, quantity, lot.quantity);
    }
    lot.quantity -= part.quantity;
    lot.cost -= part.cost;
    lot.dayBasis -= part.dayBasis;
    return part;
}

} // namespace

Quantity LotHolding::quantity() const
{
    Quantity sum;
    for (const Lot& lot : lots)
        sum += lot.quantity;
    return sum;
}

Decimal LotHolding::cost() const
{
    Decimal sum;
    for (const Lot& lot : lots)
        sum += lot.cost;
    return sum;
}

LotProfit& LotProfit::operator+=(const LotProfit& other)
{
    realized += other.realized;
    open += other.open;
    realizedToday += other.realizedToday;
    day += other.day;
    fees += other.fees;
    feesToday += other.feesToday;
    income += other.income;
    incomeToday += other.incomeToday;
    unknownMarks += other.unknownMarks;
    return *this;
}

LotProfit profitOf(const LotHolding& holding, double mark)
{
    LotProfit profit;
    profit.realized = holding.realized;
    profit.realizedToday = holding.realizedToday;
    profit.day = holding.closedDayProfit;
    profit.fees = holding.fees;
    profit.feesToday = holding.feesToday;
    profit.income = holding.income;
    profit.incomeToday = holding.incomeToday;
    if (holding.lots.empty())
        return profit;
    const base::Result<Decimal> price = Decimal::fromDouble(mark);
    if (!price) {
        profit.unknownMarks = 1;
        return profit;
    }
    const Decimal value = *price * (holding.quantity() * holding.multiplier);
    profit.open = value - holding.cost();
    profit.day += value;
    for (const Lot& lot : holding.lots)
        profit.day -= lot.dayBasis;
    return profit;
}

LotProfit profitOf(const Lot& lot, int multiplier, double mark)
{
    LotProfit profit;
    const base::Result<Decimal> price = Decimal::fromDouble(mark);
    if (!price) {
        profit.unknownMarks = 1;
        return profit;
    }
    const Decimal value = *price * (lot.quantity * multiplier);
    profit.open = value - lot.cost;
    profit.day = value - lot.dayBasis;
    return profit;
}

base::Result<std::vector<ClosedLot>> LotBook::book(const Fill& fill, const InstrumentFacts& facts,
                                                   std::string_view group, const Fees& fees)
{
    if (const base::Result<void> ok = checkFill(fill, facts); !ok)
        return tl::make_unexpected(ok.error());
    std::vector<ClosedLot> closed;
    if (!m_booked.emplace(fill.orderId, fill.fillId).second)
        return closed;

    LotHolding& holding = holdingFor(fill.symbol, group, facts);
    std::vector<Lot>& lots = holding.lots;
    const Quantity traded = signedQuantity(fill.action, fill.quantity);
    const Quantity held = holding.quantity();
    const Quantity toClose = held != 0 && (held < 0) != (traded < 0) ? std::min(held.abs(), fill.quantity) : 0;

    // A fraction's price is rounded once for all that closes, as the ledger does; the last lot gets what the others leave.
    const auto worth = [&](Quantity quantity) { return fill.price * (quantity * holding.multiplier); };
    Quantity left = held < 0 ? -toClose : toClose;
    Decimal proceeds = worth(left);
    Decimal realized;
    while (left != 0) {
        Lot& oldest = lots.front();
        const Lot part = split(oldest, left.abs() < oldest.quantity.abs() ? left : oldest.quantity);
        left -= part.quantity;
        const Decimal received = left == 0 ? proceeds : worth(part.quantity);
        proceeds -= received;
        closed.push_back({part.openedAt, fill.at, part.price, fill.price, part.quantity, received - part.cost,
                          received - part.dayBasis});
        realized += closed.back().realized;
        holding.closedDayProfit += closed.back().dayProfit;
        if (oldest.quantity == 0)
            lots.erase(lots.begin());
    }
    if (const Quantity opened = traded < 0 ? traded + toClose : traded - toClose; opened != 0)
        lots.push_back({fill.at, fill.price, opened, worth(opened), worth(opened)});

    holding.realized += realized;
    holding.realizedToday += realized;
    holding.fees += fees.total();
    holding.feesToday += fees.total();
    m_realized += realized;
    m_fees += fees.total();
    return closed;
}

void LotBook::adopt(const Position& position, std::string_view group)
{
    LotHolding& holding = holdingFor(position.symbol, group, {position.underlying, position.type, position.multiplier});
    holding.lots.clear();
    if (position.quantity == 0)
        return;
    const Quantity sharesHeld = position.quantity * position.multiplier;
    const bool isCloseKnown = !position.averageDailyMarketClosePrice.isZero();
    holding.lots.push_back(
        {{},
         position.averageOpenPrice,
         position.quantity,
         position.averageOpenPrice * sharesHeld,
         (isCloseKnown ? position.averageDailyMarketClosePrice : position.averageOpenPrice) * sharesHeld});
}

void LotBook::agree(const Position& position)
{
    Quantity rest = position.quantity;
    Decimal cost = position.averageOpenPrice * (position.quantity * position.multiplier);
    Quantity own;
    for (const LotHolding* const holding : holdingsOf(position.symbol)) {
        if (holding->group.empty()) {
            own = holding->quantity();
            continue;
        }
        rest -= holding->quantity();
        cost -= holding->cost();
    }
    if (own == rest)
        return;
    Position left = position;
    left.quantity = rest;
    adopt(left, {});
    if (rest == 0 || (!cost.isZero() && cost.isNegative() != (rest < 0)))
        return; // no price gives what the trades have paid and the broker's average
    Lot& lot = holdingFor(position.symbol, {}, {position.underlying, position.type, position.multiplier}).lots.front();
    lot.price = shareOf(cost, 1, rest * position.multiplier);
    lot.cost = cost;
}

void LotBook::setDayBasis(std::string_view symbol, Decimal price, base::Instant dayStart)
{
    for (auto entry = m_holdings.lower_bound(Key(symbol, std::string()));
         entry != m_holdings.end() && entry->first.first == symbol; ++entry) {
        for (Lot& lot : entry->second.lots) {
            if (lot.openedAt < dayStart)
                lot.dayBasis = price * (lot.quantity * entry->second.multiplier);
        }
    }
}

void LotBook::pay(std::string_view symbol, std::string_view group, const InstrumentFacts& facts, Decimal amount)
{
    LotHolding& holding = holdingFor(symbol, group, facts);
    holding.income += amount;
    holding.incomeToday += amount;
    m_income += amount;
}

void LotBook::startDay(const Mark& mark)
{
    std::set<std::pair<std::string, std::string>> open; // underlying and group
    for (const auto& [key, holding] : m_holdings) {
        if (!holding.lots.empty())
            open.emplace(holding.underlying, holding.group);
    }
    std::erase_if(m_holdings, [&](const auto& entry) {
        const LotHolding& holding = entry.second;
        return holding.lots.empty() && (holding.group.empty() || !open.contains({holding.underlying, holding.group}));
    });
    for (auto& [key, holding] : m_holdings) {
        holding.realizedToday = holding.closedDayProfit = holding.feesToday = holding.incomeToday = {};
        if (holding.lots.empty())
            continue;
        const base::Result<Decimal> price = Decimal::fromDouble(mark(holding));
        if (!price)
            continue;
        for (Lot& lot : holding.lots)
            lot.dayBasis = *price * (lot.quantity * holding.multiplier);
    }
}

LotHolding& LotBook::holdingFor(std::string_view symbol, std::string_view group, const InstrumentFacts& facts)
{
    const auto [entry, isNew] = m_holdings.try_emplace(Key(symbol, group));
    if (isNew) {
        LotHolding& fresh = entry->second;
        fresh.symbol = symbol;
        fresh.group = group;
        fresh.underlying = facts.underlying;
        fresh.type = facts.type;
        fresh.multiplier = facts.multiplier;
    }
    return entry->second;
}

LotBookState LotBook::state() const
{
    return {.holdings = holdings(), .realized = m_realized, .fees = m_fees, .income = m_income};
}

void LotBook::restore(LotBookState state)
{
    m_holdings.clear();
    for (LotHolding& holding : state.holdings) {
        const Key key(holding.symbol, holding.group);
        m_holdings.insert_or_assign(key, std::move(holding));
    }
    m_realized = state.realized;
    m_fees = state.fees;
    m_income = state.income;
}

std::vector<LotHolding> LotBook::holdings() const
{
    std::vector<LotHolding> all;
    for (const auto& [key, holding] : m_holdings)
        all.push_back(holding);
    return all;
}

std::vector<const LotHolding*> LotBook::holdingsOf(std::string_view symbol) const
{
    std::vector<const LotHolding*> found;
    for (auto entry = m_holdings.lower_bound(Key(symbol, std::string()));
         entry != m_holdings.end() && entry->first.first == symbol; ++entry)
        found.push_back(&entry->second);
    return found;
}

const LotHolding* LotBook::find(std::string_view symbol, std::string_view group) const
{
    const auto found = m_holdings.find(Key(symbol, group));
    return found == m_holdings.end() ? nullptr : &found->second;
}

Decimal LotBook::cost() const
{
    Decimal sum;
    for (const auto& [key, holding] : m_holdings)
        sum += holding.cost();
    return sum;
}

LotProfit LotBook::profit(const Mark& mark) const
{
    LotProfit sum;
    for (const auto& [key, holding] : m_holdings)
        sum += profitOf(holding, mark(holding));
    return sum;
}

std::map<std::string, LotProfit, std::less<>> LotBook::profitBy(LotKey key, const Mark& mark) const
{
    std::map<std::string, LotProfit, std::less<>> sums;
    for (const auto& [id, holding] : m_holdings) {
        const std::string& name = key == LotKey::Symbol       ? holding.symbol
                                  : key == LotKey::Underlying ? holding.underlying
                                                              : holding.group;
        sums[name] += profitOf(holding, mark(holding));
    }
    return sums;
}

} // namespace vegadesk::portfolio
