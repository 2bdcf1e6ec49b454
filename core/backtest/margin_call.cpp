// What the broker's margin desk does at each bar.
#include "backtest/session.h"

#include "market/calendar.h"
#include "strategies/orders.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <tuple>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

namespace
{

constexpr std::size_t legsMost = 4;

/// What a trade holds: its options first, those that are short before those that cover them, and its shares last.
std::vector<portfolio::OrderIntent> closingOrders(const trading::TradeGroup& group)
{
    std::vector<portfolio::Position> held = group.positions();
    const auto isShare = [](const portfolio::Position& each) { return each.type == market::InstrumentType::Equity; };
    std::ranges::stable_sort(held, {}, [&](const portfolio::Position& each) {
        return std::tuple(isShare(each), each.quantity > 0, each.underlying);
    });
    std::vector<portfolio::OrderIntent> orders;
    bool isOfShares = false;
    for (const portfolio::Position& position : held) {
        if (orders.empty() || orders.back().legs.size() == legsMost || isShare(position) != isOfShares ||
            orders.back().underlying != position.underlying) {
            orders.emplace_back();
            orders.back().underlying = position.underlying;
            orders.back().type = portfolio::OrderType::Market;
            orders.back().timeInForce = portfolio::TimeInForce::Ioc;
            orders.back().origin = "forced liquidation";
            orders.back().group = group.name;
        }
        isOfShares = isShare(position);
        orders.back().legs.push_back(strategies::closingLeg(position));
    }
    return orders;
}

} // namespace

void Session::watchMargin()
{
    const MarginCall rule = m_config.realism.marginCall;
    const double missing = m_broker.account().requirement() - m_broker.netLiquidation();
    if (rule == MarginCall::Ignored || !std::isfinite(missing))
        return;
    if (!(missing > 0)) {
        if (m_callDue)
            note("margin", "the margin call is met");
        m_callDue.reset();
        return;
    }
    const base::Date today = market::newYorkDate(m_clock.now());
    if (!m_callDue) {
        ++m_marginCalls;
        m_callDue = rule == MarginCall::AtOnce ? today : market::nextTradingDay(today);
        note("margin", fmt::format("margin call: {:.2f} missing, due {}", missing, base::formatDate(*m_callDue)));
    }
    if (today >= *m_callDue)
        liquidate();
}

/// Everything of every trade at the market; what cannot be priced now is tried again at the next bar.
void Session::liquidate()
{
    m_loop.cancelAll();
    pump();
    for (const trading::TradeGroup* const group : m_loop.groups().all()) {
        const std::string name = group->name;
        for (portfolio::OrderIntent& intent : closingOrders(*group)) {
            note("liquidation", fmt::format("{}: {}", name, describe(intent)));
            m_liquidated.insert(name);
            m_broker.liquidate(std::move(intent));
            pump();
        }
    }
}

} // namespace vegadesk::backtest
