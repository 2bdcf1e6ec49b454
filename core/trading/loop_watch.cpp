#include "trading/loop.h"

#include "market/calendar.h"
#include "trading/origins.h"

#include <algorithm>

/// The part of the loop that watches for what takes new risk away, and counts what the day has brought.

namespace vegadesk::trading
{

void Loop::watchDailyLoss()
{
    const double loss = account().dailyLoss;
    if (m_dailyStopOn || !(loss >= m_gate.limits().dailyLossStop))
        return;
    m_dailyStopOn = m_books.day();
    tellState({base::translatable("Core", "the day's loss of %1 % has reached the stop at %2 %: only closes until the "
                                          "next session"),
               {base::SentenceNumber{100 * loss, 1}, base::SentenceNumber{100 * m_gate.limits().dailyLossStop, 1}}});
}

/// Nobody can say what a broker does with orders while it is not heard of, nor close what is held.
void Loop::watchConnection()
{
    if (!m_disconnectedSince) {
        m_isDisconnectionJudged = false;
        return;
    }
    const base::Nanos away = m_spans.now() - *m_disconnectedSince;
    const bool hasRisk = !positions().empty() || !m_orders.workingIntents().empty();
    if (m_isDisconnectionJudged || !hasRisk || away <= m_settings.disconnectedMost)
        return;
    m_isDisconnectionJudged = true; // a person who resumes meanwhile knows
    reduce({base::translatable("Core", "the broker has not been reached for %1 s while something is held or working: "
                                       "only closes until somebody resumes"),
            {base::SentenceNumber{base::seconds(away) / m_settings.clockSpeed}}});
}

void Loop::noteAnswer(const execution::Order& order)
{
    if (order.isExternal)
        return;
    if (order.status == execution::OrderStatus::Rejected) {
        if (order.externalId == m_lastRejected)
            return;
        m_lastRejected = order.externalId;
        m_rejectedFrom = order.createdAt;
        if (++m_rejectsInARow >= m_settings.rejectsMost)
            reduce({base::translatable("Core", "the broker has rejected %1 orders in a row: only closes until somebody "
                                               "resumes"),
                    {base::SentenceNumber{static_cast<double>(m_rejectsInARow)}}});
        return;
    }
    const bool isTaken = isAtWork(order.status) || order.status == execution::OrderStatus::Filled;
    if (isTaken && order.createdAt >= m_rejectedFrom)
        m_rejectsInARow = 0;
}

void Loop::setRiskMeasures(RiskMeasures measures)
{
    if (!(measures.sizeMultiplier > 0 && measures.sizeMultiplier <= 1))
        measures.sizeMultiplier = m_measures.sizeMultiplier;
    m_measures = std::move(measures);
}

void Loop::reduce(base::Sentence reason)
{
    if (m_state == risk::TradingState::Active)
        setTradingState(risk::TradingState::Reducing, std::move(reason));
}

void Loop::noteOrderOfToday(const execution::Order& order)
{
    const base::Date today = market::newYorkDate(m_clock.now());
    if (m_today.date != today)
        m_today = {.date = today, .orders = {}, .traded = {}};
    const bool hasLeft =
        order.status != execution::OrderStatus::Intent && order.status != execution::OrderStatus::NotPlaced;
    if (hasLeft && !order.isExternal && market::newYorkDate(order.createdAt) == today)
        m_today.orders.insert(order.externalId);
}

void Loop::noteTradeOfToday(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts)
{
    const base::Date today = market::newYorkDate(m_clock.now());
    if (m_today.date != today)
        m_today = {.date = today, .orders = {}, .traded = {}};
    if (market::newYorkDate(fill.at) == today)
        m_today.traded[facts.underlying] += fill.price.toDouble() * fill.quantity.toDouble() * facts.multiplier;
}

void Loop::describeToday(risk::GateState& state) const
{
    if (m_today.date == market::newYorkDate(state.now)) {
        state.ordersToday = static_cast<int>(m_today.orders.size());
        state.tradedToday = m_today.traded;
    }
    std::set<std::string> groups;
    for (const TradeGroup* const group : m_groups.all()) {
        if (group->isOpen && !group->strategy.empty())
            groups.insert(group->name);
    }
    const auto add = [&](const portfolio::OrderIntent& intent) {
        if (!strategyOf(intent.origin).empty() && !intent.group.empty())
            groups.insert(intent.group);
    };
    for (const std::string& id : m_workingStrategyOrders) {
        if (const execution::Order* const order = m_orders.find(id))
            add(order->intent);
    }
    for (const PendingCheck& check : m_checks)
        add(check.intent);
    state.strategyGroups.assign(groups.begin(), groups.end());
}

} // namespace vegadesk::trading
