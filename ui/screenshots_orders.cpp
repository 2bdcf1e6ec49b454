// The ticket with a stop and with a bracket, and the chart of a contract that an order works in.
#include "market/symbols.h"
#include "ui/models/words.h"
#include "ui/screenshots.h"

#include <QComboBox>
#include <QDockWidget>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{

/// A put at the money whose quote can be traded.
const desk::ChainCell* nearPut(const desk::ChainView& chain)
{
    const auto above = std::ranges::lower_bound(chain.rows, chain.spot, {}, &desk::ChainRow::strike);
    if (above == chain.rows.end() || !market::isTradable(above->put.flags) || !(above->put.bid > 1))
        return nullptr;
    return &above->put;
}

portfolio::OrderIntent buy(const desk::ChainView& chain, const desk::ChainCell& cell)
{
    portfolio::OrderIntent intent;
    intent.underlying = chain.underlying;
    intent.legs = {{cell.symbol, market::InstrumentType::EquityOption, portfolio::Action::BuyToOpen, 1}};
    return intent;
}

} // namespace

void Screenshots::addTerms(const QString& suffix)
{
    const auto before = std::make_shared<std::pair<portfolio::OrderIntent, std::vector<StagedLeg>>>();
    const auto isJudged = [this](auto isIt) {
        const auto ticket = m_desk.ticket();
        return ticket->isAllowed && !ticket->spots.empty() && isIt(*ticket) ? Progress::Done : Progress::Waiting;
    };
    addStep("stop", 10'000, false, [this, before] {
        const auto chain = m_desk.chain();
        const desk::ChainCell* const cell = nearPut(*chain);
        if (!cell)
            return Progress::Waiting;
        StagedOrder& staged = m_window.staged();
        *before = {staged.intent({}), staged.legs()};
        if (!staged.limit())
            before->first.price.reset();
        const portfolio::OrderIntent order = buy(*chain, *cell);
        staged.load(order, stagedLegs(order));
        staged.setType(portfolio::OrderType::StopLimit);
        staged.setTimeInForce(portfolio::TimeInForce::Gtd);
        return Progress::Done;
    });
    addStep("stop's figures", 10'000, false, [isJudged] {
        return isJudged(
            [](const desk::TicketView& ticket) { return ticket.intent.stopTrigger && ticket.intent.price; });
    });
    addSettle();
    addStep("stop's picture", 1000, true, [this, suffix] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("order_ticket")), QStringLiteral("stop_order") + suffix);
        m_window.staged().setType(portfolio::OrderType::Limit);
        m_window.staged().setExits({{true, {}, {}}, {true, {}, {}}});
        return progress;
    });
    addStep("bracket's figures", 10'000, false, [isJudged] {
        return isJudged(
            [](const desk::TicketView& ticket) { return ticket.complex && ticket.complex->orders.size() == 2; });
    });
    addSettle();
    addStep("bracket's picture", 1000, true, [this, suffix, before] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("order_ticket")), QStringLiteral("bracket") + suffix);
        if (before->second.empty())
            m_window.staged().clear();
        else
            m_window.staged().load(before->first, before->second);
        return progress;
    });
}

void Screenshots::addWorkingOrder(const QString& suffix)
{
    // A real order on the simulated exchange, and never anywhere else.
    if (m_desk.status()->environment != desk::Environment::Venue)
        return;
    addStep("resting order", 10'000, false, [this] {
        const auto chain = m_desk.chain();
        const desk::ChainCell* const cell = nearPut(*chain);
        const auto price = cell ? base::Decimal::fromDouble(0.9 * cell->bid) : base::Result<base::Decimal>();
        if (!cell || !price)
            return Progress::Waiting;
        portfolio::OrderIntent order = buy(*chain, *cell);
        order.price = price->roundedTo(base::Decimal::fromUnits(base::Decimal::unitsPerOne / 20));
        order.effect = portfolio::PriceEffect::Debit;
        m_desk.send(order);
        return Progress::Done;
    });
    addStep("its chart", 20'000, false, [this] {
        m_window.showPanel(QStringLiteral("price_chart"));
        auto* const symbols = m_window.findChild<QComboBox*>(QStringLiteral("chart_symbol"));
        const auto trading = m_desk.trading();
        const auto working = std::ranges::find_if(trading->orders, [](const execution::Order& order) {
            return execution::isReplaceable(order) && order.intent.legs.size() == 1;
        });
        if (!symbols || working == trading->orders.end())
            return Progress::Waiting;
        const std::string& symbol = working->intent.legs.front().symbol;
        if (const int at = symbols->findData(text(symbol)); at >= 0)
            symbols->setCurrentIndex(at);
        return m_desk.chart()->symbol == symbol && !m_desk.chart()->bars.empty() ? Progress::Done : Progress::Waiting;
    });
    addSettle();
    addStep("chart's picture", 1000, true, [this, suffix] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("price_chart")), QStringLiteral("price_chart_orders") + suffix);
        m_window.showPanel(QStringLiteral("orders"));
        return progress;
    });
    addSettle();
    addStep("orders' picture", 1000, true, [this, suffix] {
        const Progress progress =
            save(m_window.dock(QStringLiteral("orders")), QStringLiteral("orders_working") + suffix);
        m_desk.cancelAllOrders();
        if (auto* const symbols = m_window.findChild<QComboBox*>(QStringLiteral("chart_symbol")))
            symbols->setCurrentIndex(0);
        return progress;
    });
}

} // namespace vegadesk::ui
