#include "trading/loop.h"

#include "base/log.h"
#include "market/calendar.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <simdjson.h>

namespace vegadesk::trading
{

namespace
{

constexpr std::string_view settlementOrigin = "settlement";
constexpr std::string_view sessionKind = "session.start";
constexpr base::Nanos askAgainAfter = std::chrono::seconds(5);

std::optional<std::pair<base::Date, double>> sessionStartOf(const base::JournalRecord& record,
                                                            const std::string& prefix)
{
    if (record.kind != sessionKind || !record.key.starts_with(prefix + "-"))
        return std::nullopt;
    const auto date = base::parseDate(std::string_view(record.key).substr(prefix.size() + 1));
    simdjson::dom::parser parser;
    double value = 0;
    if (!date || parser.parse(record.payload)["netLiquidation"].get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return std::pair{*date, value};
}

} // namespace

double tradeRiskFor(risk::Tolerance tolerance)
{
    switch (tolerance) {
    case risk::Tolerance::Low:
        return 0.01;
    case risk::Tolerance::Moderate:
        return 0.02;
    case risk::Tolerance::High:
        return 0.04;
    }
    return 0.01;
}

Loop::Loop(LoopSettings settings, const risk::Limits& limits, execution::Broker& broker, base::Journal& journal,
           const base::Clock& clock)
    : m_settings(std::move(settings)), m_broker(broker), m_journal(journal), m_clock(clock),
      m_gate(limits, m_settings.clockSpeed), m_orders(broker, journal, clock, m_settings.orders)
{
    m_orders.addObserver(this);
    m_broker.setListener(this);
}

Loop::~Loop()
{
    m_broker.setListener(nullptr);
    m_orders.removeObserver(this);
}

void Loop::addObserver(LoopObserver* observer)
{
    m_observers.push_back(observer);
}

void Loop::removeObserver(LoopObserver* observer)
{
    std::erase(m_observers, observer);
}

void Loop::start(std::span<const base::JournalRecord> records)
{
    for (const base::JournalRecord& record : records) {
        if (const auto start = sessionStartOf(record, m_settings.orders.idPrefix))
            m_journalledStart = start;
    }
    m_orders.restore(records);
    for (const execution::Order* order : m_orders.orders()) {
        for (const portfolio::Fill& fill : order->fills)
            bookFill(*order, fill);
        followStrategyOrder(*order);
    }
    askForAccount();
}

/// Orders first, then positions: a fill that an order reports before the positions arrive is in them already.
void Loop::askForAccount()
{
    m_askedAt = m_clock.now();
    const auto askPositions = [this, alive = std::weak_ptr(m_alive)](const auto& reconciled) {
        if (alive.expired() || !reconciled)
            return;
        m_broker.positions([this, alive](base::Result<std::vector<portfolio::Position>> answer) {
            if (alive.expired() || !answer || m_hasPositions)
                return;
            m_startPositions = *std::move(answer);
            m_hasPositions = true;
            mayBegin();
        });
        m_broker.balances([this, alive](const base::Result<portfolio::Balances>& answer) {
            if (alive.expired() || !answer)
                return;
            onBalances(*answer);
        });
    };
    m_orders.reconcile(askPositions);
}

void Loop::mayBegin()
{
    if (!isReady())
        return;
    m_ledger.start(m_startPositions, m_balances.cash);
    m_startPositions.clear();
    m_askedAt.reset();
    for (const portfolio::Position& position : positions())
        takeMark(position.symbol);
    m_valueOffset = m_balances.netLiquidation.toDouble() - ownValue();
}

void Loop::addUnderlying(const market::Instrument& underlying)
{
    m_markets.add(underlying);
}

void Loop::setDailyCloses(std::string_view underlying, std::vector<double> closes)
{
    m_markets.setDailyCloses(underlying, std::move(closes));
}

void Loop::onMarket(std::shared_ptr<const market::OptionChain> chain,
                    std::shared_ptr<const pricing::ChainAnalytics> analytics)
{
    const std::string& underlying = chain->underlying;
    const std::shared_ptr<const market::OptionChain> kept = chain;
    m_markets.update(std::move(chain), std::move(analytics));
    refreshMarks(underlying);
}

void Loop::refreshMarks(std::string_view underlying)
{
    for (const portfolio::Position& position : m_ledger.positions()) {
        if (position.quantity != 0 && position.underlying == underlying)
            takeMark(position.symbol);
    }
}

void Loop::takeMark(std::string_view symbol)
{
    const double mid = m_markets.mid(symbol);
    if (!std::isfinite(mid))
        return;
    const portfolio::Position* const position = m_ledger.find(symbol);
    if (position && position->quantity != 0 && !m_marks.contains(symbol)) {
        // Its first mark replaces the basis it was valued at; what the broker said last must not move with that.
        const double before = valueOf(*position);
        m_marks.emplace(symbol, mid);
        m_valueOffset += before - valueOf(*position);
        return;
    }
    m_marks.insert_or_assign(std::string(symbol), mid);
}

void Loop::step()
{
    m_orders.poll();
    const base::Instant now = m_clock.now();
    if (!isReady()) {
        if (!m_askedAt || now - *m_askedAt > askAgainAfter)
            askForAccount();
        return;
    }
    rollSession(now);
    watchDailyLoss();
    cancelStaleOrders();
    runStrategies();
    m_lastNetLiquidation = netLiquidation();
}

void Loop::rollSession(base::Instant now)
{
    const base::Date date = market::newYorkDate(now);
    if (date != m_sessionDate) {
        const bool isFirst = m_sessionDate == base::Date{};
        m_sessionDate = date;
        m_sessionStart = m_lastNetLiquidation;
        if (isFirst && m_journalledStart && m_journalledStart->first == date)
            m_sessionStart = m_journalledStart->second;
        else if (std::isfinite(m_sessionStart))
            noteSessionStart(m_sessionStart);
        if (!isFirst)
            m_ledger.startDay([this](const portfolio::Position& position) { return mark(position.symbol); });
        if (std::exchange(m_isDailyStopHit, false))
            tellState({base::translatable("Core", "a new session has begun")});
    }
    if (!std::isfinite(m_sessionStart) && std::isfinite(netLiquidation())) {
        m_sessionStart = netLiquidation();
        noteSessionStart(m_sessionStart);
    }
}

void Loop::noteSessionStart(double netLiquidation)
{
    m_journal.append(
        {m_clock.now(), std::string(sessionKind), m_settings.orders.idPrefix + "-" + base::formatDate(m_sessionDate),
         fmt::format(R"({{"netLiquidation":{:.2f}}})", netLiquidation)},
        [](const base::Result<void>& written) {
            if (!written)
                base::log::warning("the session's start was not journalled: {}", written.error().message());
        });
}

void Loop::watchDailyLoss()
{
    const double loss = account().dailyLoss;
    if (m_isDailyStopHit || !(loss >= m_gate.limits().dailyLossStop))
        return;
    m_isDailyStopHit = true;
    tellState({base::translatable("Core", "the day's loss of %1 % has reached the stop at %2 %: only closes until the "
                                          "next session"),
               {base::SentenceNumber{100 * loss, 1}, base::SentenceNumber{100 * m_gate.limits().dailyLossStop, 1}}});
}

risk::TradingState Loop::tradingState() const
{
    const bool isReduced = m_isDailyStopHit && m_state == risk::TradingState::Active;
    return isReduced ? risk::TradingState::Reducing : m_state;
}

void Loop::setTradingState(risk::TradingState state, base::Sentence reason)
{
    m_state = state;
    if (state == risk::TradingState::Halted)
        m_orders.cancelAll();
    tellState(std::move(reason));
}

void Loop::tellState(base::Sentence reason)
{
    m_stateReason = std::move(reason);
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onTradingState(tradingState(), m_stateReason);
}

base::Result<void> Loop::setLimits(const risk::Limits& limits)
{
    return m_gate.setLimits(limits);
}

Loop::Submission Loop::submit(const portfolio::OrderIntent& intent)
{
    return approveAndSend(intent);
}

risk::GateRefusals Loop::refuse(const portfolio::OrderIntent& intent, risk::GateRefusals refusals)
{
    m_journal.append({m_clock.now(), "gate.refused", intent.origin, execution::sentenceToJson(refusals.sentence())},
                     [](const base::Result<void>& written) {
                         if (!written)
                             base::log::warning("a refusal was not journalled: {}", written.error().message());
                     });
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onRefusal(intent, refusals);
    return refusals;
}

Loop::Submission Loop::approveAndSend(const portfolio::OrderIntent& intent)
{
    const auto no = [&](std::string code, base::Sentence sentence) {
        return tl::make_unexpected(
            refuse(intent, {.reasons = {{.code = std::move(code), .sentence = std::move(sentence)}}, .figures = {}}));
    };
    if (!isReady())
        return no("not_ready", {base::translatable("Core", "The account's positions and balances are not known yet.")});
    auto approved = m_gate.approve(intent, gateState());
    if (!approved)
        return tl::make_unexpected(refuse(intent, std::move(approved.error())));
    auto sent = m_orders.submit(*std::move(approved));
    if (!sent) {
        m_gate.forget(intent);
        return no("not_sent", {"%1", {sent.error().message()}});
    }
    return *std::move(sent);
}

tl::expected<risk::GateFigures, risk::GateRefusals> Loop::preview(const portfolio::OrderIntent& intent) const
{
    return m_gate.preview(intent, gateState());
}

void Loop::dryRun(const portfolio::OrderIntent& intent, execution::Broker::Done<portfolio::DryRunResult> done)
{
    m_broker.dryRun(intent, std::move(done));
}

base::Result<void> Loop::cancel(std::string_view externalId)
{
    return m_orders.cancel(externalId);
}

void Loop::cancelAll(std::function<void()> finished)
{
    m_orders.cancelAll(std::move(finished));
}

bool Loop::acknowledge(execution::Difference::Kind kind, std::string_view key)
{
    if (!m_orders.acknowledge(kind, key))
        return false;
    if (kind == execution::Difference::Kind::Position) {
        m_hasPositions = false;
        askForAccount();
    }
    return true;
}

std::vector<portfolio::Position> Loop::positions() const
{
    std::vector<portfolio::Position> held = m_ledger.positions();
    std::erase_if(held, [](const portfolio::Position& position) { return position.quantity == 0; });
    return held;
}

double Loop::mark(std::string_view symbol) const
{
    const auto known = m_marks.find(symbol);
    return known == m_marks.end() ? market::unknown : known->second;
}

double Loop::valueOf(const portfolio::Position& position) const
{
    const double known = mark(position.symbol);
    const base::Decimal basis = position.averageDailyMarketClosePrice.isZero() ? position.averageOpenPrice
                                                                               : position.averageDailyMarketClosePrice;
    return static_cast<double>(position.quantity * position.multiplier) *
           (std::isfinite(known) ? known : basis.toDouble());
}

double Loop::ownValue() const
{
    double value = m_ledger.cash().toDouble();
    for (const portfolio::Position& position : positions())
        value += valueOf(position);
    return value;
}

double Loop::netLiquidation() const
{
    return isReady() ? ownValue() + m_valueOffset : market::unknown;
}

AccountFigures Loop::account() const
{
    AccountFigures figures;
    if (!isReady())
        return figures;
    figures.netLiquidation = netLiquidation();
    figures.atSessionStart = m_sessionStart;
    figures.dayProfit = figures.netLiquidation - m_sessionStart;
    figures.dailyLoss = m_sessionStart > 0 ? -figures.dayProfit / m_sessionStart : market::unknown;
    figures.cash = m_ledger.cash().toDouble();
    figures.buyingPower = m_balances.derivativeBuyingPower.toDouble();
    figures.requirement = m_balances.maintenanceRequirement.toDouble();
    figures.openProfit = 0;
    for (const portfolio::Position& position : positions()) {
        const double known = mark(position.symbol);
        if (!std::isfinite(known)) {
            ++figures.unknownMarks;
            continue;
        }
        figures.openProfit += static_cast<double>(position.quantity * position.multiplier) *
                              (known - position.averageOpenPrice.toDouble());
    }
    return figures;
}

risk::GateState Loop::gateState() const
{
    risk::GateState state;
    state.now = m_clock.now();
    state.netLiquidation = netLiquidation();
    state.netLiquidationAtSessionStart = m_sessionStart;
    state.buyingPower = isReady() ? m_balances.derivativeBuyingPower.toDouble() : market::unknown;
    state.positions = positions();
    state.workingOrders = m_orders.workingIntents();
    state.frozenUnderlyings = m_orders.frozenUnderlyings();
    state.tradingState = tradingState();
    state.sendRefusal = m_settings.sendRefusal;
    state.isFeedAlive = m_isFeedAlive;
    const bool isOpen = !m_settings.checkSession || market::isOpen(state.now);
    state.instrument = [this, isOpen](const std::string& symbol) { return m_markets.instrument(symbol, isOpen); };
    return state;
}

double Loop::profitOf(const TradeGroup& group) const
{
    return group.profit([this](const portfolio::Position& position) { return mark(position.symbol); });
}

void Loop::onOrder(const execution::BrokerOrder& order)
{
    m_orders.brokerReported(order);
}

/// Positions follow from fills; what differs, the order manager finds by snapshots and reports.
void Loop::onPosition(const portfolio::Position&) {}

void Loop::onBalances(const portfolio::Balances& balances)
{
    m_balances = balances;
    const bool wasReady = isReady();
    m_hasBalances = true;
    if (wasReady)
        m_valueOffset = balances.netLiquidation.toDouble() - ownValue();
    else
        mayBegin();
}

void Loop::onConnection(execution::ConnectionState state, std::string_view why)
{
    m_orders.connectionChanged(state);
    if (state == execution::ConnectionState::Connected && !isReady())
        askForAccount();
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onConnection(state, why);
}

void Loop::onOrderChanged(const execution::Order& order)
{
    followStrategyOrder(order);
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onOrder(order);
}

void Loop::onFill(const execution::Order& order, const portfolio::Fill& fill)
{
    bookFill(order, fill);
    noteStrategyFill(order);
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onFill(order, fill);
}

void Loop::onDifference(const execution::Difference& difference)
{
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onDifference(difference);
}

void Loop::bookFill(const execution::Order& order, const portfolio::Fill& fill)
{
    const auto leg = std::ranges::find(order.intent.legs, fill.symbol, &portfolio::OrderLeg::symbol);
    const market::InstrumentType type =
        leg == order.intent.legs.end() ? market::InstrumentType::EquityOption : leg->type;
    const portfolio::InstrumentFacts facts{order.intent.underlying, type, m_markets.multiplier(fill.symbol, type)};
    const bool isSettlement = order.isExternal && order.intent.origin == settlementOrigin;

    portfolio::Fees fees;
    if (leg != order.intent.legs.end() && !isSettlement) {
        std::int64_t before = 0;
        for (const portfolio::Fill& earlier : order.fills) {
            if (earlier.fillId == fill.fillId)
                break;
            before += earlier.symbol == fill.symbol ? earlier.quantity : 0;
        }
        fees = portfolio::feesFor(*leg, order.intent.underlying, market::newYorkDate(fill.at), fill.quantity, before);
    }
    if (const auto booked = m_ledger.book(fill, facts, fees); !booked) {
        base::log::error("a fill of order {} was not booked: {}", order.externalId, booked.error().message());
        return;
    }
    if (m_ledger.quantity(fill.symbol) == 0)
        m_marks.erase(fill.symbol);
    else
        takeMark(fill.symbol);

    if (isSettlement)
        m_groups.bookSettlement(order, fill, facts);
    else if (!order.intent.group.empty())
        m_groups.book(order, fill, facts, fees);
}

} // namespace vegadesk::trading
