#include "market/calendar.h"
#include "venue/exchange.h"

#include <algorithm>

/// What the calendar of companies brings: dividends, and the early exercise that they and interest are worth.

namespace vegadesk::venue
{

namespace
{

using base::Date;
using base::Decimal;
using market::Instrument;
using portfolio::OrderLeg;
using portfolio::Position;
using tastytrade::wire::OrderState;

} // namespace

/// At the midnight before: what trades in the hours that follow trades without the dividend.
void Exchange::noteDividends()
{
    for (const Position& position : m_book.positions()) {
        if (position.quantity == 0 || position.type != market::InstrumentType::Equity)
            continue;
        for (const Dividend& dividend : m_market.dividends(position.symbol, today(), today()))
            m_dividendsDue.push_back(
                {position.symbol, dividend.payDate, dividend.amount, dividend.amount * position.quantity});
    }
}

void Exchange::payDividends()
{
    const Date date = today();
    const auto isDue = [date](const ExchangeState::DividendDue& due) { return due.payDate <= date; };
    for (const ExchangeState::DividendDue& due : m_dividendsDue) {
        if (!isDue(due))
            continue;
        m_book.moveCash(due.amount);
        m_history.bookDividend(m_settings.account, due.symbol, due.perShare, due.amount, m_now);
    }
    std::erase_if(m_dividendsDue, isDue);
}

void Exchange::assignEarly()
{
    for (const Position& position : m_book.positions()) {
        const Instrument* const known = m_book.instrument(position.symbol);
        if (known == nullptr || position.quantity >= 0 || !m_market.isExercisedEarly(*known, m_now))
            continue;
        const Instrument option = *known;
        for (Entry* const entry : m_working) {
            const auto& legs = entry->checked.intent.legs;
            const bool closes = std::ranges::any_of(legs, [&](const OrderLeg& leg) {
                return leg.symbol == option.symbol && !portfolio::isOpening(leg.action);
            });
            if (closes && !isTerminal(entry->order.state) &&
                !entry->isDormant()) // what waits closes what is yet to be opened
                finish(*entry, OrderState::Cancelled, "the option was assigned");
        }
        if (const Instrument* const underlying = m_market.find(option.underlying, today()))
            settle(position, option, m_market.mark(*underlying, m_now));
    }
}

} // namespace vegadesk::venue
