#include "execution/order_manager.h"

#include "base/log.h"
#include "market/calendar.h"
#include "market/symbols.h"

#include <algorithm>
#include <utility>

/// Options that the broker took away without an order: at their expiry, or before it by an assignment.

namespace vegadesk::execution
{

namespace
{

/// Assignments come overnight; this is as long as the program may have been closed without missing one.
constexpr auto assignmentReach = std::chrono::days(10);

base::Quantity missing(base::Quantity expected, base::Quantity found)
{
    return std::max<base::Quantity>(0, expected.abs() - found.abs());
}

} // namespace

void OrderManager::askForSettlements()
{
    const base::Date today = market::newYorkDate(m_clock.now());
    std::optional<base::Date> from;
    for (const auto& [symbol, mismatch] : m_mismatches) {
        const auto terms = market::parseOccSymbol(symbol);
        if (!terms || missing(mismatch.expected, mismatch.found) == 0)
            continue;
        const base::Date since = std::min(terms->expiry, today - assignmentReach);
        from = from ? std::min(*from, since) : since;
    }
    if (!from)
        return;
    m_broker.settlements(*from,
                         [this, alive = std::weak_ptr(m_alive)](const base::Result<std::vector<Settlement>>& answer) {
                             if (alive.expired())
                                 return;
                             if (!answer) { // the difference is shown when it stays
                                 base::log::warning("settlements: {}", answer.error().message());
                                 return;
                             }
                             for (const Settlement& settlement : *answer)
                                 bookSettlement(settlement);
                         });
}

void OrderManager::bookSettlement(const Settlement& settlement)
{
    BrokerOrder order;
    order.brokerId = std::string(settlementOrigin) + "-" + settlement.id;
    const auto mismatch = m_mismatches.find(settlement.symbol);
    // More than is missing: it is about contracts that were booked or acknowledged before.
    if (m_byBrokerId.contains(order.brokerId) || mismatch == m_mismatches.end() || settlement.contracts <= 0 ||
        settlement.contracts > missing(mismatch->second.expected, mismatch->second.found))
        return;
    const bool wasLong = mismatch->second.expected > 0;
    mismatch->second.expected += wasLong ? -settlement.contracts : settlement.contracts;
    m_isSnapshotWanted = true; // it shows whether all agrees now

    order.intent.underlying = settlement.underlying;
    order.intent.type = portfolio::OrderType::Market;
    order.intent.origin = settlementOrigin;
    order.status = OrderStatus::Filled;
    order.receivedAt = order.updatedAt = settlement.at;
    const auto add = [&](std::string symbol, market::InstrumentType type, portfolio::Action action,
                         base::Quantity quantity, base::Decimal price) {
        order.fills.push_back({settlement.id + (order.fills.empty() ? "" : "-shares"), order.brokerId, symbol, action,
                               quantity, price, settlement.at});
        order.intent.legs.push_back({std::move(symbol), type, action, quantity});
    };
    add(settlement.symbol, market::InstrumentType::EquityOption,
        wasLong ? portfolio::Action::SellToClose : portfolio::Action::BuyToClose, settlement.contracts,
        settlement.price);
    if (settlement.shares)
        add(settlement.underlying, market::InstrumentType::Equity, settlement.shares->action,
            settlement.shares->quantity, settlement.shares->price);
    apply(order);
}

} // namespace vegadesk::execution
