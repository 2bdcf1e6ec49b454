#include "trading/account_books.h"

#include "portfolio/profit_and_loss.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::trading
{

void AccountBooks::begin(std::span<const portfolio::Position> positions)
{
    m_ledger.start(positions, m_balances.cash);
    m_hasPositions = true;
    for (const portfolio::Position& position : this->positions())
        takeMark(position.symbol);
    if (m_hasBalances)
        m_valueOffset = m_balances.netLiquidation.toDouble() - ownValue();
}

void AccountBooks::setBalances(const portfolio::Balances& balances)
{
    const bool isFirst = !m_hasBalances;
    m_balances = balances;
    ++m_balancesCount;
    m_hasBalances = true;
    if (!m_hasPositions)
        return;
    if (isFirst) // the ledger began without cash
        m_ledger.moveCash(cashGap());
    const double offset = m_balances.netLiquidation.toDouble() - ownValue();
    const double apart = m_apart + (offset - m_valueOffset);
    if (std::abs(apart) <= readersApart * m_dayStart)
        m_apart = apart;
    m_valueOffset = offset;
}

base::Result<portfolio::Booking>
AccountBooks::book(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts, const portfolio::Fees& fees)
{
    auto booked = m_ledger.book(fill, facts, fees);
    if (!booked)
        return booked;
    if (m_ledger.quantity(fill.symbol) == 0)
        m_marks.erase(fill.symbol);
    else
        takeMark(fill.symbol, true);
    return booked;
}

base::Result<portfolio::Booking> AccountBooks::settle(const portfolio::Fill& fill,
                                                      const portfolio::InstrumentFacts& facts)
{
    const double before = ownValue() + m_valueOffset;
    auto booked = book(fill, facts, {});
    m_valueOffset = before - ownValue();
    return booked;
}

void AccountBooks::adopt(const portfolio::Position& position)
{
    const double before = ownValue() + m_valueOffset;
    m_ledger.adopt(position);
    if (position.quantity == 0)
        m_marks.erase(position.symbol);
    else
        takeMark(position.symbol);
    m_valueOffset = before - ownValue(); // the broker's figure had it already
}

void AccountBooks::refreshMarks(std::string_view underlying)
{
    for (const portfolio::Position& position : m_ledger.positions()) {
        if (position.quantity != 0 && position.underlying == underlying)
            takeMark(position.symbol);
    }
}

void AccountBooks::takeMark(std::string_view symbol, bool isFilled)
{
    const double mid = m_markets.mid(symbol);
    if (!std::isfinite(mid))
        return;
    const portfolio::Position* const position = m_ledger.find(symbol);
    if (position && position->quantity != 0 && !m_marks.contains(symbol)) {
        // Its first mark replaces the basis it was valued at; what the broker said last must not move with that.
        const double before = valueOf(*position);
        m_marks.emplace(symbol, mid);
        const double moved = before - valueOf(*position);
        m_valueOffset += moved;
        if (isFilled) // what a fill costs against the mid is a loss of the day before the broker says so
            m_apart += moved;
        return;
    }
    m_marks.insert_or_assign(std::string(symbol), mid);
}

std::vector<portfolio::Position> AccountBooks::positions() const
{
    std::vector<portfolio::Position> held = m_ledger.positions();
    std::erase_if(held, [](const portfolio::Position& position) { return position.quantity == 0; });
    return held;
}

double AccountBooks::mark(std::string_view symbol) const
{
    const auto known = m_marks.find(symbol);
    return known == m_marks.end() ? market::unknown : known->second;
}

double AccountBooks::valueOf(const portfolio::Position& position) const
{
    const double known = mark(position.symbol);
    const base::Decimal basis = position.averageDailyMarketClosePrice.isZero() ? position.averageOpenPrice
                                                                               : position.averageDailyMarketClosePrice;
    return (position.quantity * position.multiplier).toDouble() * (std::isfinite(known) ? known : basis.toDouble());
}

double AccountBooks::ownValue() const
{
    double value = m_ledger.cash().toDouble();
    for (const portfolio::Position& position : positions())
        value += valueOf(position);
    return value;
}

double AccountBooks::netLiquidation() const
{
    return isReady() ? ownValue() + m_valueOffset : market::unknown;
}

AccountFigures AccountBooks::figures() const
{
    AccountFigures figures;
    if (!isReady())
        return figures;
    figures.netLiquidation = netLiquidation();
    figures.atSessionStart = m_dayStart + m_apart;
    figures.sessionSince = m_dayStartSeenAt;
    figures.dayProfit = figures.netLiquidation - figures.atSessionStart;
    figures.dailyLoss = figures.atSessionStart > 0 ? -figures.dayProfit / figures.atSessionStart : market::unknown;
    figures.cash = m_ledger.cash().toDouble();
    figures.buyingPower = m_balances.derivativeBuyingPower.toDouble();
    figures.requirement = m_balances.maintenanceRequirement.toDouble();
    figures.openProfit = 0;
    for (const portfolio::Position& position : positions()) {
        const double known = mark(position.symbol);
        if (!std::isfinite(known)) {
            ++figures.unknownMarks;
            continue;
        }
        figures.openProfit +=
            (position.quantity * position.multiplier).toDouble() * (known - position.averageOpenPrice.toDouble());
    }
    return figures;
}

void AccountBooks::startDayWith(double start)
{
    m_dayStart = start;
    m_apart = 0;
}

void AccountBooks::beginDay(base::Date date, std::optional<double> start, std::optional<base::Instant> since)
{
    const bool isFirst = m_day == base::Date{};
    m_day = date;
    startDayWith(start.value_or(m_lastNetLiquidation));
    m_dayStartSeenAt = since;
    if (!isFirst)
        m_ledger.startDay([this](const portfolio::Position& position) { return mark(position.symbol); });
}

bool AccountBooks::improveDayStart(base::Instant now)
{
    const bool isKnown = std::isfinite(m_dayStart) && !m_dayStartSeenAt;
    if (isKnown || !std::isfinite(netLiquidation()))
        return false;
    if (const std::optional<double> start = startFromPreviousClose()) {
        startDayWith(*start);
        m_dayStartSeenAt.reset();
        return true;
    }
    if (m_dayStartSeenAt)
        return false;
    startDayWith(netLiquidation());
    m_dayStartSeenAt = now;
    return true;
}

/// What the broker gives of the day before: each position's price at its close, and what was realised since.
std::optional<double> AccountBooks::startFromPreviousClose() const
{
    double profit = 0;
    for (const portfolio::Position& position : m_ledger.positions()) {
        const double day = portfolio::profitOf(position, mark(position.symbol)).day;
        if (!std::isfinite(day))
            return std::nullopt;
        profit += day;
    }
    return netLiquidation() - profit + m_ledger.fees().toDouble();
}

void AccountBooks::addDeposit(base::Decimal amount)
{
    m_dayStart += amount.toDouble();
    addDividend(amount);
}

void AccountBooks::addDividend(base::Decimal amount)
{
    m_ledger.moveCash(amount);
    m_valueOffset -= amount.toDouble(); // the broker's figure had it already
    if (std::abs(amount.toDouble()) <= readersApart * m_dayStart)
        m_apart -= amount.toDouble(); // so small that it was taken for a reader's moment
}

} // namespace vegadesk::trading
