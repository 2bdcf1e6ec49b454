#include "desk/book_risk.h"
#include "desk/sentences.h"
#include "desk/trading_session.h"

#include "market/calendar.h"

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

/// The lots of a position, and what closing others of it made. The day's profit is theirs where they are all that is held: it
/// measures what was closed today from the day's start too.
void addLots(PositionRow& row, const trading::Loop& loop)
{
    base::Quantity held;
    portfolio::LotProfit sum;
    for (const portfolio::LotHolding* const holding : loop.lots().holdingsOf(row.position.symbol)) {
        held += holding->quantity();
        sum += portfolio::profitOf(*holding, row.mark);
        for (const portfolio::Lot& lot : holding->lots) {
            const portfolio::LotProfit profit = portfolio::profitOf(lot, holding->multiplier, row.mark);
            const bool isKnown = profit.unknownMarks == 0;
            row.lots.push_back({lot.openedAt, holding->group, lot.quantity, lot.price.toDouble(),
                                isKnown ? profit.open.toDouble() : unknown, isKnown ? profit.day.toDouble() : unknown});
        }
    }
    std::ranges::stable_sort(row.lots, {}, &LotRow::openedAt);
    row.realized = (sum.realized + sum.income).toDouble();
    row.realizedToday = (sum.realizedToday + sum.incomeToday).toDouble();
    if (held == row.position.quantity && sum.unknownMarks == 0)
        row.dayProfit = (sum.day + sum.incomeToday).toDouble();
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
        PositionRow& row = group.rows.back();
        addLots(row, loop);
        group.openProfit += row.openProfit; // stays unknown when a part is
        group.dayProfit += row.dayProfit;
        add(group.greeks, row.greeks);
    }
    const auto closed = loop.lots().profitBy(portfolio::LotKey::Underlying,
                                             [](const portfolio::LotHolding&) { return market::unknown; });
    std::vector<PositionGroup> out;
    for (auto& [underlying, group] : groups) {
        std::ranges::sort(group.rows, {}, [](const PositionRow& row) { return row.position.symbol; });
        if (const auto found = closed.find(underlying); found != closed.end()) {
            group.realized = (found->second.realized + found->second.income).toDouble();
            group.realizedToday = (found->second.realizedToday + found->second.incomeToday).toDouble();
        }
        out.push_back(std::move(group));
    }
    return out;
}

} // namespace

std::vector<Gauge> TradingSession::gauges(std::vector<PositionGroup>& groups) const
{
    const trading::AccountFigures account = m_loop->account();
    const risk::Limits& limits = m_loop->limits();
    const double equity = account.netLiquidation;
    const BookSizes sizes = bookSizesOf(m_loop->gateState());
    for (PositionGroup& group : groups)
        if (const auto found = sizes.fractions.find(group.underlying); found != sizes.fractions.end())
            group.riskFraction = found->second;
    std::vector<Gauge> out;
    out.push_back({"daily_loss", std::isnan(account.dailyLoss) ? unknown : std::max(0.0, account.dailyLoss),
                   limits.dailyLossStop, false,
                   account.sessionSince ? sinceText(*account.sessionSince).toStdString() : std::string()});
    out.push_back({"leverage", sizes.leverage, limits.leverage, true, {}});
    out.push_back({"largest_position", sizes.largest, limits.largestPosition, false, sizes.where});
    out.push_back({"value_at_risk", m_valueAtRisk / equity, limits.valueAtRisk, false,
                   std::isnan(m_expectedShortfall) ? std::string()
                                                   : tr("ES %1 %", "expected shortfall")
                                                         .arg(sentenceNumber(100 * m_expectedShortfall / equity, 1))
                                                         .toStdString()});
    out.push_back({"stress", sizes.stress, limits.stress, false, tr("all −15 %, vol +50 %").toStdString()});
    out.push_back({"buying_power", 1 - account.buyingPower / equity, limits.buyingPowerUsed, false, {}});
    out.push_back({"margin", account.requirement / equity, 1.0, false, {}});
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
    view->dayFrom = account.sessionSince.value_or(base::Instant{});
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
    view->strategyPositions = static_cast<int>(m_loop->gateState().strategyGroups.size());
    for (const execution::Difference& difference : m_loop->orders().differences())
        view->differences.push_back({idOf(difference), difference.sentence});
    view->ordersLeft = m_loop->orders().ordersLeft();
    view->ordersPerMinute = m_loop->orders().ordersPerMinute();
    view->isCancellingAll = m_loop->orders().isCancellingAll();
    view->beingChecked = m_loop->beingChecked();
    view->lastChecked = m_lastChecked;
    view->reconciledAt = m_loop->orders().reconciledAt().value_or(base::Instant{});
    m_views->trading.store(std::move(view));

    auto strategies = std::make_shared<StrategiesView>();
    strategies->version = m_version;
    strategies->rows = m_strategies.rows(market::isOpen(m_setup.marketClock->now()));
    strategies->ledgers = m_ledgers.views();
    m_views->strategies.store(std::move(strategies));
}

} // namespace vegadesk::desk
