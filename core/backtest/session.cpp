#include "backtest/session.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

constexpr int roundsMax = 8; ///< of decisions on one snapshot: an entry, its hedge, and what follows from them

trading::LoopSettings loopSettings(const Config& config)
{
    trading::LoopSettings settings;
    settings.tradeRisk = trading::tradeRiskFor(config.tolerance);
    settings.strategyOrderLife = std::max<base::Nanos>(settings.strategyOrderLife, 2 * config.latency);
    settings.checkSession = false;
    settings.orders.idPrefix = "backtest";
    settings.orders.positionsLag = base::Nanos{0}; // the simulated account is never behind its fills
    settings.orders.approvalLifetime = base::Nanos::max();
    settings.orders.answerTimeout = std::max<base::Nanos>(settings.orders.answerTimeout, 2 * config.latency);
    return settings;
}

std::string describe(const portfolio::OrderIntent& intent)
{
    std::string text;
    for (const portfolio::OrderLeg& leg : intent.legs)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", portfolio::toWire(leg.action), leg.quantity,
                            leg.symbol);
    if (intent.price)
        text += fmt::format(" at {} {}", intent.price->toString(), portfolio::toWire(intent.effect));
    return text;
}

std::string_view kindOf(strategies::ProposalKind kind)
{
    switch (kind) {
    case strategies::ProposalKind::Entry:
        return "entry";
    case strategies::ProposalKind::Hedge:
        return "hedge";
    case strategies::ProposalKind::Exit:
        return "exit";
    }
    return {};
}

} // namespace

Session::Session(const Config& config, base::Instant start)
    : m_config(config), m_clock(start),
      m_broker({base::Decimal::fromDouble(config.capital).value(), config.fills, config.latency}, m_clock),
      m_loop(loopSettings(config), risk::limitsFor(config.tolerance), m_broker, m_journal, m_clock)
{
    m_loop.addObserver(this);
    record();
}

Session::~Session()
{
    m_loop.removeObserver(this);
}

base::Result<void> Session::begin(const market::Instrument& underlying)
{
    m_underlying = underlying.symbol;
    m_loop.addUnderlying(underlying);
    m_loop.start({});
    pump();
    const auto info = strategies::find(m_config.strategy);
    if (!info)
        return tl::make_unexpected(info.error());
    return m_loop.arm((*info)->make(m_config.parameters), m_underlying);
}

void Session::setDailyCloses(const std::vector<double>& closes)
{
    m_loop.setDailyCloses(m_underlying, closes);
}

void Session::pump()
{
    while (m_broker.deliver() > 0) {
    }
}

base::Result<void> Session::advance(base::Instant until, const SimulatedBroker::SettlementPrice& settlement)
{
    while (true) {
        const base::Instant none = base::Instant::max();
        const base::Instant close = m_sessionEnd.value_or(none);
        const base::Instant expiry = m_broker.nextExpiry().value_or(none);
        const base::Instant message = m_broker.nextDue().value_or(none);
        const base::Instant next = std::min({close, expiry, message});
        if (next >= until)
            return {};
        m_clock.set(std::max(next, m_clock.now()));
        if (next == close) {
            m_broker.endSession();
            m_sessionEnd.reset();
        } else if (next == expiry) {
            if (const auto settled = m_broker.settle(settlement); !settled)
                return settled;
        }
        pump();
        if (next == expiry)
            record();
    }
}

base::Result<void> Session::step(std::shared_ptr<const market::OptionChain> chain,
                                 std::shared_ptr<const pricing::ChainAnalytics> analytics)
{
    const base::Instant now = chain->at;
    m_clock.set(now);
    const auto session = market::sessionOn(market::newYorkDate(now));
    m_sessionEnd = session ? std::max(session->close, now) : now;

    // The loop's marks first: the balances that the broker then reports are at these quotes.
    m_loop.onMarket(chain, analytics);
    m_broker.quote(std::move(chain), analytics->spot);
    pump();
    std::size_t sent = 0;
    int round = 0;
    do {
        sent = m_loop.orders().orders().size();
        m_loop.step();
        pump();
    } while (m_loop.orders().orders().size() != sent && ++round < roundsMax);
    record();
    if (!m_difference.empty())
        return base::fail(base::ErrorKind::Internal, "books", m_difference, "broker and ledger must agree");
    return {};
}

void Session::record()
{
    const double requirement = m_broker.account().requirement();
    const double before = m_curve.empty() ? 0 : m_curve.back().buyingPowerUsed;
    m_curve.push_back(
        {m_clock.now(), m_broker.account().netLiquidation(), std::isfinite(requirement) ? requirement : before});
}

void Session::note(std::string kind, std::string text)
{
    m_decisions.push_back({m_clock.now(), std::move(kind), std::move(text)});
}

void Session::onProposal(std::string_view, const strategies::Proposal& proposal)
{
    note(std::string(kindOf(proposal.kind)), fmt::format("{}: {}", proposal.reason, describe(proposal.intent)));
}

void Session::onNoEntry(std::string_view, std::string_view reason)
{
    ++m_noEntries.try_emplace(std::string(reason)).first->second;
}

void Session::onRefusal(const portfolio::OrderIntent&, const risk::GateRefusals& refusals)
{
    ++m_refusals;
    note("refused", refusals.sentence());
}

void Session::onOrder(const execution::Order& order)
{
    const bool isFailure = execution::isTerminal(order.status) && order.status != execution::OrderStatus::Filled;
    if (isFailure)
        note("ended", fmt::format("{}: {}, {}", describe(order.intent), execution::toText(order.status), order.reason));
    if (order.status == execution::OrderStatus::Rejected)
        ++m_refusals;
}

void Session::onFill(const execution::Order&, const portfolio::Fill& fill)
{
    note("fill", fmt::format("{} {} {} at {}", portfolio::toWire(fill.action), fill.quantity, fill.symbol,
                             fill.price.toString()));
}

void Session::onDifference(const execution::Difference& difference)
{
    if (m_difference.empty())
        m_difference = difference.sentence;
}

void Session::onTradingState(risk::TradingState, const base::Sentence& reason)
{
    note("state", reason.english());
}

void Session::summarise(Report& report) const
{
    report.equity = m_curve;
    report.drawdown = drawdowns(m_curve);
    report.decisions = m_decisions;
    report.costs = m_broker.costs();
    for (const auto& [reason, times] : m_noEntries)
        report.noEntries.push_back({reason, times});
    std::ranges::stable_sort(report.noEntries, std::greater{}, &NoEntryCount::times);

    std::vector<double> profits;
    for (const trading::TradeGroup* const group : m_loop.groups().all()) {
        const double profit = m_loop.profitOf(*group);
        if (!group->isOpen)
            profits.push_back(profit);
        report.trades.push_back({group->name, group->entryReason, group->exitReason, group->openedAt, group->closedAt,
                                 group->isOpen, profit, group->fees(), group->orders});
    }
    Tally tally;
    for (const execution::Order* const order : m_loop.orders().orders()) {
        report.orders.push_back(*order);
        tally.orders += order->isExternal ? 0 : 1;
        tally.fills += order->fills.size();
    }
    tally.tradeProfits = profits;
    tally.refusals = m_refusals;
    tally.fees = report.costs.fees;
    tally.spread = report.costs.spread;
    tally.slippage = report.costs.slippage;
    tally.riskFree = m_config.riskFreeRate;
    report.metrics = measure(m_curve, tally);
}

} // namespace vegadesk::backtest
