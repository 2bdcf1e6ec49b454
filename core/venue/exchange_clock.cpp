#include "venue/exchange.h"

#include "market/calendar.h"
#include "venue/order_rules.h"
#include "venue/trading_hours.h"

#include <algorithm>
#include <string_view>

/// What time brings: sessions, orders on their way, and their ends.

namespace vegadesk::venue
{

namespace
{

namespace wire = tastytrade::wire;
using base::Date;
using base::Instant;
using portfolio::Position;
using wire::OrderState;

constexpr std::string_view waitsForRules = "Pending Condition";

bool isForADay(const wire::Order& order)
{
    return order.timeInForce == portfolio::TimeInForce::Day || order.timeInForce == portfolio::TimeInForce::Ioc;
}

} // namespace

Instant Exchange::nextBoundary() const
{
    // Opens, closes, the ends of futures' and of extended hours and New York midnights; settlements fall on opens and closes.
    const Date date = today();
    Instant next = market::fromNewYork(date + std::chrono::days(1), std::chrono::seconds(0));
    if (const auto session = market::sessionOn(date)) {
        for (const Instant candidate : {session->open, session->close, futuresClose(date), extendedClose(date)}) {
            if (candidate > m_now)
                next = std::min(next, candidate);
        }
    }
    return next;
}

void Exchange::advanceTo(Instant now)
{
    // Everything happens at its own moment, not at the caller's: how often this is called changes nothing.
    while (true) {
        // Also what was ended since the last call: nothing may happen to it any more.
        std::erase_if(m_working, [](const Entry* entry) { return isTerminal(entry->order.state); });
        const auto first =
            std::ranges::min_element(m_working, {}, [](const Entry* entry) { return entry->nextStepAt; });
        const bool isStep = first != m_working.end() && (*first)->nextStepAt <= std::min(now, m_boundary);
        if (isStep) {
            Entry& entry = **first;
            sampleUntil(entry.nextStepAt);
            m_now = std::max(m_now, entry.nextStepAt);
            step(entry);
        } else if (m_boundary <= now) {
            sampleUntil(m_boundary);
            m_now = m_boundary;
            m_boundary = nextBoundary();
            onBoundary();
        } else {
            break;
        }
    }
    sampleUntil(now);
    m_now = std::max(m_now, now);
}

/// Before whatever happens at `until`: until then the account is what it is now.
void Exchange::sampleUntil(Instant until)
{
    m_history.sampleUntil(until, [this](Instant at) { return m_book.netLiquidation(at); });
}

void Exchange::onBoundary()
{
    const auto session = market::sessionOn(today());
    if (!session)
        return;
    expireEnded();
    settleExpired();
    if (m_now == market::fromNewYork(today(), std::chrono::seconds(0))) {
        noteDividends();
    } else if (m_now == session->open) {
        forgetOldOrders();
        payDividends();
        m_book.startDay(market::sessionOn(market::previousTradingDay(today()))->close);
        m_history.bookBalance(m_book.balanceReport(m_now, {}, 0), "BOD");
        for (const Position& position : m_book.positions())
            tellPosition(position.symbol);
        if (m_listener != nullptr)
            m_listener->onBalance(balance());
    } else if (m_now == session->close) {
        expireOrders(TradingHours::Regular);
        assignEarly();
        settleFutures();
        m_history.bookBalance(m_book.balanceReport(m_now, {}, 0), "EOD");
    } else if (m_now == futuresClose(today())) {
        expireOrders(TradingHours::Futures);
    } else if (m_now == extendedClose(today())) {
        expireOrders(TradingHours::Extended);
    }
}

/// Of the orders whose hours end now, those that this day is the last of.
void Exchange::expireOrders(TradingHours ended)
{
    for (Entry* const working : m_working) {
        Entry& entry = *working;
        const wire::Order& order = entry.order;
        const TradingHours hours = hoursOf(entry);
        const bool isEnding = hours == ended || (hours == TradingHours::Overnight && ended == TradingHours::Extended);
        if (isTerminal(order.state) || order.state == OrderState::Received || !isEnding)
            continue;
        if (order.state == OrderState::CancelRequested || order.state == OrderState::ReplaceRequested) {
            endRequested(entry);
            Entry* const next = order.replacedBy.empty() ? nullptr : find(order.replacedBy);
            if (next != nullptr && next->order.state == OrderState::Received && isForADay(next->order))
                finish(*next, OrderState::Expired); // it would have begun on this day
            continue;
        }
        const bool hasExpiredLeg = std::ranges::any_of(
            entry.checked.instruments, [&](const market::Instrument& leg) { return lastTradingMoment(leg) <= m_now; });
        // The day of an order that waits for another one has not begun.
        if (hasExpiredLeg || (order.gtcDate && *order.gtcDate <= today()) || (isForADay(order) && !entry.isDormant()))
            finish(entry, OrderState::Expired);
    }
}

/// Futures trade on when an option on them has ended, and a new contract when an old one has.
void Exchange::expireEnded()
{
    for (Entry* const entry : m_working) {
        const bool hasEndedLeg = std::ranges::any_of(
            entry->checked.instruments, [&](const market::Instrument& leg) { return lastTradingMoment(leg) <= m_now; });
        if (hasEndedLeg && !isTerminal(entry->order.state) && hoursOf(*entry) == TradingHours::Futures)
            finish(*entry, OrderState::Expired);
    }
}

/// Or a list that is walked for every request would grow for as long as the account lives.
void Exchange::forgetOldOrders()
{
    std::erase_if(m_working, [](const Entry* entry) { return isTerminal(entry->order.state); });
    std::size_t over = m_orders.size() - m_working.size();
    const auto isPartOfWorking = [this](const wire::Order& order) {
        return !order.complexId.empty() && std::ranges::any_of(m_working, [&](const Entry* entry) {
            return entry->order.complexId == order.complexId;
        });
    };
    std::erase_if(m_orders, [&](const Entry& entry) {
        const wire::Order& order = entry.order;
        const bool isOld = isTerminal(order.state) && market::newYorkDate(order.updatedAt) != today();
        const bool isForgotten = isOld && over > overOrdersMost && !isPartOfWorking(order);
        over -= isForgotten ? 1 : 0;
        return isForgotten;
    });
    const auto isGone = [this](const std::string& id) { return order(id) == nullptr; };
    std::erase_if(m_complexOrders, [&](const Complex& complex) {
        return std::ranges::any_of(complex.orders, isGone) || (!complex.trigger.empty() && isGone(complex.trigger));
    });
}

/// Looked at again then, or at a moment of its own rules before.
void Exchange::waitUntil(Entry& entry, Instant at)
{
    entry.nextStepAt = at;
    for (const auto& moment : {entry.checked.rules.routeAfter, entry.checked.rules.cancelAt}) {
        if (moment && *moment > m_now)
            entry.nextStepAt = std::min(entry.nextStepAt, *moment);
    }
}

/// On its way to the market, or waiting for it or for what its rules say.
void Exchange::begin(Entry& entry)
{
    const bool isOpen = isOpenFor(entry);
    const Instant opening = nextTrading(hoursOf(entry), m_now);
    if (verdictOf(entry.checked.rules, m_market, m_now) == RuleVerdict::Wait) {
        const bool isTold =
            entry.order.state == OrderState::Contingent && entry.order.contingentStatus == waitsForRules;
        waitUntil(entry, isOpen ? m_now + m_settings.restingRetry : opening);
        entry.order.contingentStatus = waitsForRules;
        if (!isTold)
            setState(entry, OrderState::Contingent);
        return;
    }
    waitUntil(entry, isOpen ? m_now + m_settings.latency : opening);
    setState(entry, isOpen ? OrderState::Routed : OrderState::Received);
}

void Exchange::step(Entry& entry)
{
    const OrderState state = entry.order.state;
    if (state == OrderState::CancelRequested || state == OrderState::ReplaceRequested) {
        // Until the exchange has heard of it, the order may fill.
        if (isOpenFor(entry) && entry.order.liveAt)
            tryFill(entry);
        if (entry.order.state == state)
            endRequested(entry);
        return;
    }
    if (verdictOf(entry.checked.rules, m_market, m_now) == RuleVerdict::Cancel) {
        finish(entry, OrderState::Cancelled);
        return;
    }
    if (state == OrderState::Contingent || state == OrderState::Received) {
        begin(entry);
        return;
    }
    if (!isOpenFor(entry)) {
        waitUntil(entry, nextTrading(hoursOf(entry), m_now));
        return;
    }
    if (state == OrderState::Routed && m_isSessionOffline) {
        finish(entry, OrderState::Rejected, "Session offline");
    } else if (state == OrderState::Routed) {
        setState(entry, OrderState::Live); // and at once looked at
    } else {
        tryFill(entry);
        if (!isTerminal(entry.order.state) && entry.order.timeInForce == portfolio::TimeInForce::Ioc)
            finish(entry, OrderState::Cancelled);
        else
            waitUntil(entry, m_now + (entry.hasRested ? m_settings.restingRetry : m_settings.takerRetry));
    }
}

/// The exchange has heard that the order is to be cancelled, or replaced.
void Exchange::endRequested(Entry& entry)
{
    if (entry.order.state == OrderState::ReplaceRequested)
        completeReplacement(entry);
    else
        finish(entry, OrderState::Cancelled);
}

} // namespace vegadesk::venue
