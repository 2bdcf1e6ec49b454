#include "desk/sentences.h"
#include "desk/trading_session.h"

#include "market/calendar.h"
#include "risk/exposure.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::desk
{

namespace
{

constexpr std::size_t ordersShown = 500;

DeskState toDesk(risk::TradingState state)
{
    switch (state) {
    case risk::TradingState::Active:
        return DeskState::Active;
    case risk::TradingState::Reducing:
        return DeskState::Reducing;
    case risk::TradingState::Halted:
        break;
    }
    return DeskState::Halted;
}

QString sinceText(base::Instant at)
{
    return TradingSession::tr("since %1").arg(newYorkTime(at));
}

/// Positions by underlying, each with its legs in a fixed order.
std::vector<PositionGroup> groupsOf(const std::vector<portfolio::Position>& positions, const InstrumentLookup& lookup,
                                    const trading::Loop& loop, const QuotedTime& time)
{
    std::map<std::string, PositionGroup> groups;
    for (const portfolio::Position& position : positions) {
        PositionGroup& group = groups[position.underlying];
        if (group.rows.empty()) {
            group.title = group.underlying = position.underlying;
            group.openProfit = group.dayProfit = 0;
            group.greeks = zeroSums();
        }
        group.rows.push_back(positionRow(position, lookup(position.symbol), loop.mark(position.symbol), time));
        const PositionRow& row = group.rows.back();
        group.openProfit += row.openProfit; // stays unknown when a part is
        group.dayProfit += row.dayProfit;
        add(group.greeks, row.greeks);
    }
    std::vector<PositionGroup> out;
    for (auto& [underlying, group] : groups) {
        std::ranges::sort(group.rows, {}, [](const PositionRow& row) { return row.position.symbol; });
        out.push_back(std::move(group));
    }
    return out;
}

} // namespace

std::vector<Gauge> TradingSession::gauges(std::vector<PositionGroup>& groups) const
{
    const trading::AccountFigures account = m_loop->account();
    const risk::Limits& limits = m_loop->limits();
    const risk::GateState state = m_loop->gateState();
    const double equity = account.netLiquidation;

    double dollarDelta = 0;
    double largest = 0;
    std::string where;
    for (const std::string& underlying : risk::underlyingsOf(state)) {
        const risk::Exposure exposure = risk::exposureOf(underlying, state, nullptr);
        const double fraction = exposure.size() / equity;
        dollarDelta += exposure.dollarDelta;
        if (!(fraction <= largest)) { // an unknown one wins, and shows as not known
            largest = fraction;
            where = underlying;
        }
        for (PositionGroup& group : groups) {
            if (group.underlying == underlying)
                group.riskFraction = fraction;
        }
    }
    std::vector<Gauge> out;
    out.push_back({"daily_loss", std::isnan(account.dailyLoss) ? unknown : std::max(0.0, account.dailyLoss),
                   limits.dailyLossStop, false,
                   account.sessionSince ? sinceText(*account.sessionSince).toStdString() : std::string()});
    out.push_back({"leverage", dollarDelta / equity, limits.leverage, true, {}});
    out.push_back({"largest_position", largest, limits.largestPosition, false, where});
    out.push_back({"buying_power", account.requirement / (account.requirement + account.buyingPower), 1.0, false, {}});
    return out;
}

void TradingSession::publishTrading()
{
    auto view = std::make_shared<TradingView>();
    view->version = ++m_version;
    view->account = m_setup.account;
    const trading::AccountFigures account = m_loop->account();
    view->netLiquidation = account.netLiquidation;
    view->dayProfit = account.dayProfit;
    view->dayProfitFraction = account.dayProfit / account.atSessionStart;
    view->buyingPower = account.buyingPower;
    view->openProfit = account.openProfit;
    view->unknownMarks = account.unknownMarks;
    view->isStale = m_connection != execution::ConnectionState::Connected || m_isFeedDown;
    view->state = toDesk(m_loop->tradingState());
    view->stateReason = translated(m_loop->tradingStateReason()).toStdString();
    view->needsArming = m_arming.isNeeded();
    view->isArmed = m_arming.isArmed();
    view->disarmedReason = translated(m_arming.reason()).toStdString();

    const auto orders = m_loop->orders().orders();
    for (auto it = orders.rbegin(); it != orders.rend() && view->orders.size() < ordersShown; ++it)
        view->orders.push_back(**it);
    view->groups = groupsOf(m_loop->positions(), lookup(), *m_loop, quotedTime());
    view->greeks = zeroSums();
    for (const PositionGroup& group : view->groups)
        add(view->greeks, group.greeks);
    view->gauges = gauges(view->groups);
    for (const execution::Difference& difference : m_loop->orders().differences())
        view->differences.push_back({idOf(difference), difference.sentence});
    view->ordersLeft = m_loop->orders().ordersLeft();
    view->ordersPerMinute = m_loop->orders().ordersPerMinute();
    view->isCancellingAll = m_loop->orders().isCancellingAll();
    view->beingChecked = m_loop->beingChecked();
    view->lastChecked = m_lastChecked;
    view->reconciledAt = m_loop->orders().comparedAt().value_or(base::Instant{});
    m_views->trading.store(std::move(view));
}

} // namespace vegadesk::desk
