#include "trading/account_lots.h"

#include "base/log.h"
#include "market/calendar.h"

#include <map>

namespace vegadesk::trading
{

void AccountLots::rollTo(base::Date day)
{
    if (day > m_day) // what is told late is of the day that it is told on
        beginDay(day);
}

void AccountLots::beginDay(base::Date day)
{
    if (day == m_day)
        return;
    m_day = day;
    m_book.startDay([this](const portfolio::LotHolding& holding) { return m_mark(holding.symbol); });
}

void AccountLots::begin(std::span<const portfolio::Position> positions)
{
    std::map<std::string, portfolio::Position> held;
    for (const portfolio::LotHolding& holding : m_book.holdings()) {
        portfolio::Position& none = held[holding.symbol];
        none.symbol = holding.symbol;
        none.underlying = holding.underlying;
        none.type = holding.type;
        none.multiplier = holding.multiplier;
    }
    for (const portfolio::Position& position : positions)
        held.insert_or_assign(position.symbol, position);
    for (const auto& [symbol, position] : held) {
        m_book.agree(position);
        if (!position.averageDailyMarketClosePrice.isZero())
            m_book.setDayBasis(symbol, position.averageDailyMarketClosePrice, market::fromNewYork(m_day, {}));
    }
}

void AccountLots::book(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts, std::string_view group,
                       const portfolio::Fees& fees)
{
    if (const auto closed = m_book.book(fill, facts, group, fees); !closed)
        base::log::warning("a fill has no lots: {}", closed.error().message());
}

void AccountLots::settle(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts,
                         std::span<const SettledPart> parts)
{
    portfolio::Fill rest = fill;
    for (const SettledPart& part : parts) {
        book(part.fill, facts, part.group, {});
        rest.quantity -= part.fill.quantity;
    }
    if (rest.quantity > 0)
        book(rest, facts, {}, {});
}

std::vector<portfolio::AttributedCash> AccountLots::divided(const execution::CashDividend& dividend) const
{
    // Who is long receives, who is short pays.
    const auto sharesOf = [&](const portfolio::LotHolding& holding) {
        const base::Quantity held = holding.quantity();
        return (held < 0) == dividend.amount.isNegative() ? held.abs() : base::Quantity{};
    };
    std::map<std::string, base::Quantity> holders;
    base::Quantity left;
    for (const portfolio::LotHolding* const holding : m_book.holdingsOf(dividend.symbol)) {
        if (const base::Quantity shares = sharesOf(*holding); shares > 0)
            left += holders[holding->group] = shares;
    }
    if (holders.empty())
        left = holders[{}] = 1;
    std::vector<portfolio::AttributedCash> parts;
    base::Decimal amount = dividend.amount;
    for (const auto& [group, shares] : holders) {
        const base::Decimal part = portfolio::shareOf(amount, shares, left); // the last one gets what is left
        amount -= part;
        left -= shares;
        parts.push_back({dividend.symbol, group, dividend.symbol, part});
    }
    return parts;
}

void AccountLots::pay(std::span<const portfolio::AttributedCash> parts)
{
    for (const portfolio::AttributedCash& part : parts)
        m_book.pay(part.symbol, part.group, {part.underlying, market::InstrumentType::Equity, 1}, part.amount);
}

} // namespace vegadesk::trading
