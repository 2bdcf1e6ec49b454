#include "trading/loop.h"

#include "base/log.h"
#include "market/calendar.h"
#include "market/symbols.h"
#include "trading/fill_fees.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

/// The part of the loop that keeps the account's books: fills, settlements and the broker's word go in, and the day's
/// start stays right when cash moves.

namespace vegadesk::trading
{

/// In the order in which things happened, or a group's shares would be gone before they came.
void Loop::rebuildBooks()
{
    struct Step {
        base::Instant at{};
        std::function<void()> book;
    };
    std::vector<Step> steps;
    for (const execution::Order* const order : m_orders.orders()) {
        for (const portfolio::Fill& fill : order->fills)
            steps.push_back({fill.at, [this, order, &fill] { bookFill(*order, fill); }});
        noteOrderOfToday(*order);
        followStrategyOrder(*order);
    }
    for (const BookedDividend& booked : m_memory.dividends) {
        m_dividends.insert(booked.dividend.id);
        steps.push_back({booked.toldAt, [this, &booked] {
                             bookDividend(booked.toldAt,
                                          booked.parts.empty() ? m_lots.divided(booked.dividend) : booked.parts);
                         }});
    }
    std::ranges::stable_sort(steps, {}, &Step::at);
    for (const Step& step : steps)
        step.book();
    m_lots.beginDay(market::newYorkDate(m_clock.now()));
}

void Loop::askForAccount()
{
    m_askedAt = m_spans.now();
    m_orders.reconcile();
    askForBalances();
}

void Loop::askForBalances()
{
    m_broker.balances([this, alive = std::weak_ptr(m_alive)](const base::Result<portfolio::Balances>& answer) {
        if (!alive.expired() && answer)
            onBalances(*answer);
    });
}

/// Since the last day that the journal knows of: what came while the program was closed is no deposit either.
void Loop::askForDividends()
{
    const base::Date from = m_memory.dayStart ? m_memory.dayStart->first : market::newYorkDate(m_knownSince);
    m_broker.dividends(
        from, [this, alive = std::weak_ptr(m_alive)](const base::Result<std::vector<execution::CashDividend>>& answer) {
            if (alive.expired())
                return;
            m_cash.areDividendsKnown = true;
            if (answer)
                dividendsArrived(*answer);
            else // what came counts as paid in
                base::log::warning("dividends: {}", answer.error().message());
        });
}

void Loop::dividendsArrived(std::span<const execution::CashDividend> dividends)
{
    for (const execution::CashDividend& dividend : dividends) {
        // One from before the first run is of an account that we did not look after.
        if (dividend.at < m_knownSince || !m_dividends.insert(dividend.id).second)
            continue;
        const base::Instant now = m_clock.now();
        const std::vector<portfolio::AttributedCash> parts = m_lots.divided(dividend);
        write(dividendRecord(now, m_settings.orders.idPrefix, dividend, parts));
        if (dividend.paidOn)
            m_dividendsToCome.push_back(dividend);
        else
            m_cash.dividends += dividend.amount;
        bookDividend(now, parts);
        for (LoopObserver* const observer : std::vector(m_observers))
            observer->onDividend(parts);
    }
}

/// What was told before it is paid is in the cash from the morning after.
void Loop::expectDividends(base::Date today)
{
    const auto isPaid = [today](const execution::CashDividend& each) { return *each.paidOn < today; };
    for (const execution::CashDividend& each : m_dividendsToCome) {
        if (isPaid(each))
            m_cash.dividends += each.amount;
    }
    std::erase_if(m_dividendsToCome, isPaid);
}

/// Of the day on which it was heard of, as it is in the account's profit.
void Loop::bookDividend(base::Instant toldAt, std::span<const portfolio::AttributedCash> parts)
{
    m_lots.rollTo(market::newYorkDate(toldAt));
    m_lots.pay(parts);
    for (const portfolio::AttributedCash& part : parts)
        m_groups.pay(part.group, part.amount);
}

void Loop::bookFill(const execution::Order& order, const portfolio::Fill& fill)
{
    const auto leg = std::ranges::find(order.intent.legs, fill.symbol, &portfolio::OrderLeg::symbol);
    const market::InstrumentType type =
        leg == order.intent.legs.end() ? market::InstrumentType::EquityOption : leg->type;
    const portfolio::InstrumentFacts facts{order.intent.underlying, type, m_markets.multiplier(fill.symbol, type)};

    m_lots.rollTo(market::newYorkDate(fill.at)); // before the books forget the mark of what closes
    const bool isSettlement = execution::isSettlement(order);
    const portfolio::Fees fees = feesOf(order, fill);
    const auto booked = isSettlement ? m_books.settle(fill, facts) : m_books.book(fill, facts, fees);
    if (!booked) {
        base::log::error("a fill of order {} was not booked: {}", order.externalId, booked.error().message());
        return;
    }
    if (!isSettlement)
        noteTradeOfToday(fill, facts);
    if (!booked->isNew)
        return;
    if (isSettlement) {
        m_lots.settle(fill, facts, m_groups.bookSettlement(order, fill, facts));
        return;
    }
    m_lots.book(fill, facts, order.intent.group, fees);
    if (!order.intent.group.empty())
        m_groups.book(order, fill, facts, fees);
}

/// The ledger begins with what is held once that is known, and must say the same ever after.
void Loop::compareLedger()
{
    const auto& held = m_orders.held();
    if (!held)
        return;
    std::vector<portfolio::Position> positions;
    for (const auto& [symbol, quantity] : *held) {
        const portfolio::Position* const reported = m_orders.lastReported(symbol);
        positions.push_back(reported ? *reported : portfolio::Position{});
        positions.back().symbol = symbol;
        positions.back().quantity = quantity;
    }
    if (!m_books.hasPositions()) {
        m_books.begin(positions);
        m_lots.begin(positions);
        return;
    }
    for (const portfolio::Position& own : m_books.positions()) {
        if (!held->contains(own.symbol)) {
            positions.push_back(own);
            positions.back().quantity = 0;
        }
    }
    for (const portfolio::Position& position : positions) {
        const base::Quantity own = ledger().quantity(position.symbol);
        if (own == position.quantity)
            continue;
        m_books.adopt(position);
        m_lots.agree(position);
        m_orders.noteDifference({.kind = execution::Difference::Kind::Ledger,
                                 .key = position.symbol,
                                 .underlying = position.underlying,
                                 .expected = own,
                                 .found = position.quantity,
                                 .sentence = fmt::format("{}: our ledger had {} where fills and the broker say {}; it "
                                                         "now follows them.",
                                                         market::contractName(position.symbol), own.toString(),
                                                         position.quantity.toString())});
    }
}

void Loop::rollSession(base::Instant now)
{
    const base::Date date = market::newYorkDate(now);
    m_lots.beginDay(date);
    if (date != m_books.day()) {
        const bool isRemembered = m_memory.dayStart && m_memory.dayStart->first == date;
        m_books.beginDay(date, isRemembered ? std::optional(m_memory.dayStart->second) : std::nullopt,
                         isRemembered ? m_memory.dayStartSince : std::nullopt);
        if (std::isfinite(account().atSessionStart))
            noteDayStart(now);
        if (m_dailyStopOn && *m_dailyStopOn != date) {
            m_dailyStopOn.reset();
            tellState({base::translatable("Core", "a new session has begun")});
        }
    }
    if (m_books.improveDayStart(now))
        noteDayStart(now);
}

void Loop::noteDayStart(base::Instant now)
{
    const AccountFigures figures = account();
    write(dayStartRecord(now, m_settings.orders.idPrefix, m_books.day(), figures.atSessionStart, figures.sessionSince));
}

bool Loop::holdsExpired(base::Instant now) const
{
    return std::ranges::any_of(positions(), [&](const portfolio::Position& position) {
        const auto terms = market::parseOccSymbol(position.symbol);
        return terms && now >= market::expiryInstant(terms->expiry, market::Settlement::AM);
    });
}

/// What was paid in is no profit, and what was paid out no loss. It is what is left when fills, fees, settlements and dividends are
/// accounted for, and the broker still says so when asked again.
void Loop::watchCash(base::Instant now)
{
    expectDividends(market::newYorkDate(now));
    if (m_orders.hasMismatch() || holdsExpired(now)) {
        m_cash = {}; // cash is about to move, or has moved, with positions
        return;
    }
    const base::Instant spanNow = m_spans.now();
    const base::Decimal gap = m_books.cashGap();
    if (m_cash.seen != gap) {
        m_cash.seen = gap;
        m_cash.since = spanNow;
        m_cash.askedAt.reset();
    }
    if (m_cash.usual == gap)
        return;
    if (spanNow - m_cash.since < m_settings.orders.snapshotGap)
        return;
    if (!m_cash.askedAt || spanNow - *m_cash.askedAt > m_settings.orders.answerTimeout) {
        m_cash.askedAt = spanNow;
        m_cash.countWhenAsked = m_books.balancesCount();
        m_cash.areDividendsKnown = false;
        askForDividends();
        m_orders.reconcile();
        askForBalances();
        return;
    }
    if (m_books.balancesCount() == m_cash.countWhenAsked || !m_cash.areDividendsKnown ||
        m_orders.comparedAt() < m_cash.askedAt)
        return; // the answers are on their way
    if (m_cash.usual) {
        m_books.addDividend(m_cash.dividends);
        const base::Decimal amount = gap - *m_cash.usual - m_cash.dividends;
        if (!amount.isZero())
            addDeposit(now, amount);
    }
    m_cash.dividends = {};
    m_cash.usual = m_books.cashGap();
}

void Loop::addDeposit(base::Instant now, base::Decimal amount)
{
    m_books.addDeposit(amount);
    write(cashRecord(now, m_settings.orders.idPrefix, amount));
    noteDayStart(now);
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onCashMoved(amount);
}

/// What the account's own gain says, where the broker told it; else the underlying's last price.
double Loop::settlementPrice(const std::string& symbol) const
{
    const auto terms = market::parseOccSymbol(symbol);
    const portfolio::Position* const own = ledger().find(symbol);
    const portfolio::Position* const reported = m_orders.lastReported(symbol);
    if (!terms || !own)
        return market::unknown;
    const bool isGainKnown = reported && reported->quantity == 0 && portfolio::isBroadIndex(own->underlying);
    if (isGainKnown && own->quantity != 0) {
        const double gain = (reported->realizedToday - own->realizedToday).toDouble();
        const double price = own->averageOpenPrice.toDouble() + gain / (own->quantity * own->multiplier).toDouble();
        return terms->strike.toDouble() + (terms->right == market::Right::Call ? price : -price);
    }
    return m_markets.mid(own->underlying);
}

} // namespace vegadesk::trading
