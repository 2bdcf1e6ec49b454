#include "backtest/session.h"

#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::backtest
{

namespace
{

constexpr auto beat = std::chrono::seconds(1); ///< how often a live loop is stepped
constexpr int roundsMax = 8; ///< of decisions on one snapshot: an entry, its hedge, and what follows from them

trading::LoopSettings loopSettings(const Config& config)
{
    trading::LoopSettings settings;
    settings.strategyOrderLife = std::max<base::Nanos>(settings.strategyOrderLife, 2 * config.latency);
    settings.checkSession = false;
    settings.orders.idPrefix = "backtest";
    settings.orders.positionsLag = base::Nanos{0}; // the simulated account is never behind its fills
    settings.orders.approvalLifetime = base::Nanos::max();
    settings.orders.answerTimeout = std::max<base::Nanos>(settings.orders.answerTimeout, 2 * config.latency);
    return settings;
}

std::string_view kindOf(strategies::ProposalKind kind)
{
    switch (kind) {
    case strategies::ProposalKind::Entry:
        return "entry";
    case strategies::ProposalKind::Hedge:
        return "hedge";
    case strategies::ProposalKind::Adjust:
        return "adjust";
    case strategies::ProposalKind::Exit:
        return "exit";
    }
    return {};
}

market::Instrument instrumentOf(const std::string& symbol)
{
    market::Instrument instrument;
    instrument.symbol = instrument.streamerSymbol = instrument.underlying = symbol;
    instrument.type = portfolio::isBroadIndex(symbol) ? market::InstrumentType::Index : market::InstrumentType::Equity;
    return instrument;
}

/// Empty: there is no session that day.
std::optional<base::Instant> closeOn(base::Date date)
{
    const auto session = market::sessionOn(date);
    return session ? std::optional(session->close) : std::nullopt;
}

/// Paid for what is held over the night that follows.
EveningShare tonight(const ShareFacts& facts, const Evening& evening)
{
    EveningShare share{facts.underlying, facts.dividendYield, {}};
    for (const history::CashPayment& payment : facts.payments) {
        if (payment.announced <= evening.date && payment.exDate > evening.date && payment.exDate <= evening.next)
            share.payments.push_back(payment);
    }
    return share;
}

} // namespace

std::string describe(const portfolio::OrderIntent& intent)
{
    std::string text;
    for (const portfolio::OrderLeg& leg : intent.legs)
        text += fmt::format("{}{} {} {}", text.empty() ? "" : ", ", portfolio::toWire(leg.action),
                            leg.quantity.toString(), leg.symbol);
    if (intent.price)
        text += fmt::format(" at {} {}", intent.price->toString(), portfolio::toWire(intent.effect));
    return text;
}

Session::Session(const Config& config, base::Instant start)
    : m_config(config), m_clock(start),
      m_broker({base::Decimal::fromDouble(config.capital).value(), config.fills, config.latency, config.realism},
               m_clock),
      m_loop(loopSettings(config), risk::limitsFor(config.tolerance), m_broker, m_journal, m_clock),
      m_attribution(m_loop, start)
{
    m_loop.addObserver(this);
    m_loop.addObserver(&m_hedges);
    record();
}

Session::~Session()
{
    m_loop.removeObserver(&m_hedges);
    m_loop.removeObserver(this);
}

base::Result<void> Session::begin(const std::string& underlying, const std::vector<trading::Constituent>& constituents)
{
    m_underlying = underlying;
    m_loop.addUnderlying(instrumentOf(underlying));
    for (const trading::Constituent& each : constituents)
        m_loop.addUnderlying(instrumentOf(each.underlying));
    m_loop.setConstituents(underlying, constituents);
    m_loop.start({});
    pump();
    const auto info = strategyOf(m_config);
    if (!info)
        return tl::make_unexpected(info.error());
    m_strategy = (*info)->make(m_config.parameters);
    return m_loop.arm((*info)->make(m_config.parameters), m_underlying, trading::RunnerState::Armed, m_config.filter);
}

void Session::setDailyCloses(std::string_view underlying, const std::vector<double>& closes)
{
    m_loop.setDailyCloses(underlying, closes);
}

void Session::setDailyVolatilities(std::string_view underlying, const std::vector<double>& volatilities)
{
    m_loop.setDailyVolatilities(underlying, volatilities);
}

void Session::pump()
{
    while (m_broker.deliver() > 0) {
    }
}

/// A day ends once, after its last snapshot however late: before one of the same date it has not ended.
base::Result<void> Session::advance(base::Instant until, const DataFacts& facts)
{
    const base::Date nextDate = market::newYorkDate(until);
    while (true) {
        const base::Instant none = base::Instant::max();
        const bool isDayOver = m_sessionEnd && market::newYorkDate(*m_sessionEnd) < nextDate;
        const base::Instant close = isDayOver ? *m_sessionEnd : none;
        const base::Instant expiry = m_broker.nextExpiry().value_or(none);
        const base::Instant message = m_broker.nextDue().value_or(none);
        const base::Instant giveUp = m_giveUpAt.value_or(none);
        const base::Instant next = std::min({close, expiry, message, giveUp});
        if (next >= until)
            return {};
        m_clock.set(std::max(next, m_clock.now()));
        if (next == close) {
            if (const auto ended = endDay(facts); !ended)
                return ended;
        } else if (next == expiry) {
            if (const auto settled = m_broker.settle(facts.settlement); !settled)
                return settled;
        } else if (next == giveUp) {
            giveUpOrders();
        }
        pump();
        noteEvents();
        if (next == expiry)
            record();
    }
}

/// What has not filled is cancelled as a live loop does it, which thinks again at its next step. Once a picture: between pictures
/// that are far apart nothing new can be learned.
void Session::giveUpOrders()
{
    m_loop.step();
    m_giveUpAt = m_hasGivenUp ? std::nullopt : std::optional(m_clock.now() + beat);
    m_hasGivenUp = true;
}

/// Orders end first, then what expires; only then is it known which shares are held over the night.
base::Result<void> Session::endDay(const DataFacts& facts)
{
    m_broker.endSession();
    m_giveUpAt.reset();
    if (const auto expiry = m_broker.nextExpiry(); expiry && *expiry <= m_clock.now()) {
        if (auto settled = m_broker.settle(facts.settlement); !settled)
            return settled;
    }
    Evening evening;
    evening.date = market::newYorkDate(m_clock.now());
    evening.next = market::nextTradingDay(evening.date);
    evening.riskFreeRate = facts.riskFreeRate(evening.date);
    for (const ShareFacts& share : facts.shares) {
        if (share.underlying == m_underlying)
            static_cast<EveningShare&>(evening) = tonight(share, evening);
        else
            evening.others.push_back(tonight(share, evening));
    }
    m_broker.closeDay(evening);
    m_sessionEnd = closeOn(evening.next); // without quotes for a while the days still end
    return {};
}

/// Nobody is here to resume after a row of rejections, and one of them must not decide the rest of the run.
void Session::resume(base::Date today)
{
    if (m_loop.lastingState() != risk::TradingState::Active && !m_reducedOn.contains(today))
        m_loop.setTradingState(risk::TradingState::Active, {base::translatable("Core", "a new session has begun")});
}

void Session::noteEvents()
{
    for (AccountEvent& event : m_broker.takeEvents())
        m_decisions.push_back({event.at, std::move(event.kind), std::move(event.text)});
}

base::Result<void> Session::step(std::span<const Picture> pictures)
{
    const base::Instant now = pictures.front().chain->at;
    m_clock.set(now);
    const base::Date today = market::newYorkDate(now);
    if (const auto close = closeOn(today)) {
        m_sessionEnd = std::max(*close, now);
        resume(today);
    } else { // a day without a session does not end
        m_sessionEnd = closeOn(market::nextTradingDay(today));
    }

    m_impliedVolatility = thirtyDayVolatility(*pictures.front().analytics);
    // The loop's marks first: the balances that the broker then reports are at these quotes.
    for (const Picture& picture : pictures)
        m_loop.onMarket(picture.chain, picture.analytics);
    m_hedges.mark(now);
    for (const Picture& picture : pictures)
        m_broker.quote(picture.chain, picture.analytics->spot);
    pump();
    watchMargin();
    std::size_t sent = 0;
    int round = 0;
    do {
        sent = m_loop.orders().orders().size();
        m_loop.step();
        pump();
    } while (m_loop.orders().orders().size() != sent && ++round < roundsMax);
    // With a latency an order meets its first quotes with the next picture: it stays until then.
    m_hasGivenUp = false;
    m_giveUpAt = m_broker.hasWorkingOrders() && m_config.latency == base::Nanos{0}
                     ? std::optional(now + loopSettings(m_config).strategyOrderLife + beat)
                     : std::nullopt;
    m_attribution.mark(m_loop, now);
    record();
    if (!m_difference.empty())
        return base::fail(base::ErrorKind::Internal, "books", m_difference, "broker and ledger must agree");
    return {};
}

void Session::record()
{
    m_flows = m_broker.flows();
    const double requirement = m_broker.account().requirement();
    const double before = m_curve.empty() ? 0 : m_curve.back().buyingPowerUsed;
    m_curve.push_back({m_clock.now(), m_broker.netLiquidation(), std::isfinite(requirement) ? requirement : before,
                       notional(), m_impliedVolatility});
}

double Session::notional() const
{
    double notional = 0;
    for (const portfolio::Position& position : m_broker.account().held())
        notional +=
            (position.quantity.abs() * position.multiplier).toDouble() * m_broker.account().spot(position.underlying);
    return notional;
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

void Session::onWarning(std::string_view, std::string_view warning)
{
    note("warning", std::string(warning));
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

void Session::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    m_attribution.onFill(m_loop, order, fill);
    note("fill", fmt::format("{} {} {} at {}", portfolio::toWire(fill.action), fill.quantity.toString(), fill.symbol,
                             fill.price.toString()));
}

void Session::onDifference(const execution::Difference& difference)
{
    if (m_difference.empty())
        m_difference = difference.sentence;
}

void Session::onDividend(std::span<const portfolio::AttributedCash> parts)
{
    m_attribution.onDividend(parts);
    for (const portfolio::AttributedCash& part : parts)
        m_dividendsOfTrades += part.group.empty() ? 0 : part.amount.toDouble();
}

void Session::onTradingState(risk::TradingState, const base::Sentence& reason)
{
    if (m_loop.lastingState() != risk::TradingState::Active)
        m_reducedOn.insert(market::newYorkDate(m_clock.now()));
    note("state", reason.english());
}

void Session::summarise(Report& report) const
{
    report.equity = m_curve;
    report.drawdown = drawdowns(m_curve);
    report.decisions = m_decisions;
    report.costs = m_broker.costs();
    report.hedgeLedgers = m_hedges.ledgers();
    report.flows = m_flows;
    report.dividendsOfTrades = m_dividendsOfTrades;
    report.reducedDays = m_reducedOn.size();
    report.pins = m_broker.pins();
    report.assignedEarly = m_broker.assignedEarly();
    report.passiveDraws = m_broker.passiveDraws();
    report.marginCalls = m_marginCalls;
    report.liquidations = m_liquidated.size();
    for (const auto& [reason, times] : m_noEntries)
        report.noEntries.push_back({reason, times});
    std::ranges::stable_sort(report.noEntries, std::greater{}, &NoEntryCount::times);

    std::vector<double> profits, allProfits;
    for (const trading::TradeGroup* const group : m_loop.groups().all()) {
        const double profit = m_loop.profitOf(*group);
        allProfits.push_back(profit);
        if (!group->isOpen)
            profits.push_back(profit);
        report.trades.push_back({group->name, group->entryReason, group->exitReason, group->openedAt, group->closedAt,
                                 group->isOpen, profit, group->fees(), group->orders});
        Trade& trade = report.trades.back();
        if (m_liquidated.contains(group->name)) // whatever its strategy had tried before
            trade.exitReason = "forced liquidation";
        for (const EquityPoint& point : m_curve) {
            if (point.at >= trade.openedAt && (trade.isOpen || point.at <= trade.closedAt))
                trade.maxBuyingPower = std::max(trade.maxBuyingPower, point.buyingPowerUsed);
        }
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
    report.regimes = profitByRegime(m_curve);
    report.attribution = m_attribution.report(m_loop, *m_strategy, allProfits, report.metric("net_profit"));
}

} // namespace vegadesk::backtest
