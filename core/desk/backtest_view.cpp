#include "desk/backtest_view.h"

#include "desk/backtest_trials.h"
#include "desk/hedge_view.h"
#include "market/symbols.h"
#include "portfolio/ledger.h"
#include "trading/fill_fees.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <tuple>

namespace vegadesk::desk
{

namespace
{

struct TradeFill {
    const execution::Order* order;
    const portfolio::Fill* fill;
};

/// The trade's fills in their order.
std::vector<TradeFill> fillsOf(const BacktestTrade& trade, const backtest::Report& report)
{
    std::vector<TradeFill> fills;
    for (const execution::Order& order : report.orders) {
        const bool isSettlement = execution::isSettlement(order);
        if (!isSettlement && order.intent.group != trade.group)
            continue;
        for (const portfolio::Fill& fill : order.fills) {
            if (!isSettlement || (fill.at >= trade.opened && (trade.isOpen || fill.at <= trade.closed)))
                fills.push_back({&order, &fill});
        }
    }
    std::ranges::stable_sort(fills, {}, [](const TradeFill& each) { return each.fill->at; });
    return fills;
}

/// Booked until `end`, of which `isIn` says whether a fill's time is before it.
template<class IsIn>
BacktestBook bookOf(base::Instant at, const std::vector<TradeFill>& fills, IsIn isIn)
{
    portfolio::Ledger ledger;
    for (const TradeFill& each : fills) {
        if (!isIn(each.fill->at))
            break;
        const bool isOption = market::parseOccSymbol(each.fill->symbol).has_value();
        const portfolio::InstrumentFacts facts{
            each.order->intent.underlying,
            isOption ? market::InstrumentType::EquityOption : market::InstrumentType::Equity, isOption ? 100 : 1};
        // What cannot be booked was not booked by the run's own ledger either.
        static_cast<void>(ledger.book(*each.fill, facts, trading::feesOf(*each.order, *each.fill)));
    }
    BacktestBook book;
    book.at = at;
    book.cost = -ledger.cash().toDouble();
    for (const portfolio::Position& position : ledger.positions()) {
        if (position.quantity == 0)
            continue; // closed that day
        BacktestLeg leg;
        leg.symbol = position.symbol;
        if (const auto terms = market::parseOccSymbol(position.symbol))
            leg.option = *terms;
        leg.quantity = position.quantity;
        leg.multiplier = position.multiplier;
        leg.price = position.averageOpenPrice.toDouble();
        book.legs.push_back(std::move(leg));
    }
    // Options by expiry and strike, then the shares that hedge them.
    std::ranges::stable_sort(book.legs, {}, [](const BacktestLeg& leg) {
        return leg.option ? std::tuple(0, leg.option->expiry, leg.option->strike, leg.option->right)
                          : std::tuple(1, base::Date{}, base::Decimal(), market::Right::Call);
    });
    return book;
}

AttributionRow rowOf(AttributionRow::Level level, std::string title, const portfolio::ProfitParts& parts)
{
    static_assert(attributionParts.size() == portfolio::profitSourceCount);
    AttributionRow row;
    row.level = level;
    row.title = std::move(title);
    for (std::size_t i = 0; i < row.parts.size(); ++i)
        row.parts[i] = parts.parts[i].toDouble();
    row.total = parts.total().toDouble();
    return row;
}

} // namespace

void addBooks(BacktestTrade& trade, const backtest::Report& report)
{
    const std::vector<TradeFill> fills = fillsOf(trade, report);
    const auto untilEntry = [&](base::Instant at) { return at <= trade.opened; };
    trade.entry = bookOf(trade.opened, fills, untilEntry);
    if (trade.isOpen) {
        const base::Instant end = report.equity.empty() ? trade.opened : report.equity.back().at;
        trade.exit = bookOf(end, fills, [](base::Instant) { return true; });
        return;
    }
    trade.exit = bookOf(trade.closed, fills, [&](base::Instant at) { return at < trade.closed; });
    if (trade.exit.legs.empty()) { // opened and closed on one picture
        trade.exit = trade.entry;
        trade.exit.at = trade.closed;
    }
}

BacktestReport viewOf(std::shared_ptr<const backtest::Report> full)
{
    const backtest::Report& report = *full;
    BacktestReport out;
    out.isCancelled = report.isCancelled;
    for (const backtest::EquityPoint& point : report.equity) {
        out.times.push_back(point.at);
        out.equity.push_back(point.equity);
    }
    out.drawdown = report.drawdown;
    for (const backtest::Metric& metric : report.metrics)
        out.metrics.push_back({metric.id, metric.unit, metric.value});
    for (const auto& [id, interval] :
         {std::pair{"sharpe", &report.bootstrap.sharpe}, std::pair{"max_drawdown", &report.bootstrap.maxDrawdown},
          std::pair{"profit_factor", &report.bootstrap.profitFactor}})
        out.intervals.push_back({id, interval->low, interval->high});
    out.draws = report.bootstrap.settings.draws;
    for (const backtest::Trade& trade : report.trades) {
        BacktestTrade& shown = out.trades.emplace_back();
        shown.group = trade.group;
        shown.opened = trade.openedAt;
        shown.closed = trade.closedAt;
        shown.title = trade.title;
        shown.profit = trade.profit;
        shown.fees = trade.fees;
        shown.orders = trade.orders;
        shown.exitReason = trade.isOpen ? "open at the end" : trade.exitReason;
        shown.isOpen = trade.isOpen;
        addBooks(shown, report);
    }
    if (!report.equity.empty()) {
        out.attribution.push_back(rowOf(AttributionRow::Level::Book, {}, report.attribution.total));
        for (const backtest::TradeAttribution& trade : report.attribution.trades)
            out.attribution.push_back(rowOf(AttributionRow::Level::Group, trade.group, trade.parts));
        out.attribution.push_back(rowOf(AttributionRow::Level::Group, {}, report.attribution.other));
    }
    out.unknownMarks = static_cast<int>(report.attribution.unknownCount);
    for (const portfolio::HedgeLedger& ledger : report.hedgeLedgers)
        out.ledgers.push_back(ledgerViewOf(ledger));
    out.honesty = report.honesty;
    out.trial = trialView(storedTrial(report));
    out.seconds = report.seconds;
    out.full = std::move(full);
    return out;
}

BacktestTrial trialView(const storage::StoredTrial& trial)
{
    BacktestTrial out;
    out.content = trial.content;
    out.at = trial.at;
    const QJsonObject settings = QJsonDocument::fromJson(QByteArray::fromStdString(trial.settings)).object();
    for (auto each = settings.begin(); each != settings.end(); ++each)
        out.settings.emplace_back(each.key().toStdString(), each.value().toString().toStdString());
    const auto said = [&settings](const char* name) {
        return settings.value(QLatin1String(name)).toString().toStdString();
    };
    out.strategy = said("strategy");
    out.underlying = said("underlying");
    out.data = said("data");
    out.first = said("first");
    out.last = said("last");
    for (const backtest::Metric& metric : metricsOf(trial))
        out.metrics.push_back({metric.id, metric.unit, metric.value});
    return out;
}

} // namespace vegadesk::desk
