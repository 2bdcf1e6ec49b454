#include "trading/loop.h"

#include "market/calendar.h"
#include "risk/gate/order_checks.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace vegadesk::trading
{

namespace
{

constexpr base::Nanos askAgainAfter = std::chrono::seconds(5);
constexpr base::Nanos writeAgainAfter = std::chrono::seconds(2);

} // namespace

Loop::Loop(LoopSettings settings, const risk::Limits& limits, execution::Broker& broker, base::Journal& journal,
           const base::Clock& clock, const base::Clock* spanClock)
    : m_settings(std::move(settings)), m_broker(broker), m_journal(journal), m_clock(clock),
      m_spans(spanClock ? *spanClock : clock), m_gate(limits, m_settings.clockSpeed),
      m_orders(broker, journal, clock, m_settings.orders, spanClock)
{
    m_orders.addObserver(this);
    m_orders.setMayLeave(
        [this](const portfolio::OrderIntent& intent, bool isReducing) { return reasonToStay(intent, isReducing); });
    m_orders.setSettlementPrice([this](const std::string& symbol) { return settlementPrice(symbol); });
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
    const std::string& prefix = m_settings.orders.idPrefix;
    m_memory = rememberedSession(records, prefix);
    m_rememberedRunners = trading::rememberedRunners(records, prefix);
    if (!m_memory.limits || *m_memory.limits != limits()) {
        const std::string& why = m_settings.limitsReason;
        write(limitsRecord(m_clock.now(), prefix, m_memory.limits, limits(),
                           "in force at the start" + (why.empty() ? "" : ": " + why)));
    }
    m_dailyStopOn = m_memory.dailyStopOn;
    m_state = m_memory.state;
    m_stateReason = {"%1", {m_memory.stateReason}}; // as it was said then, in English
    m_knownSince = records.empty() ? m_clock.now() : records.front().at;
    m_orders.restore(records);
    rebuildBooks();
    if (tradingState() != risk::TradingState::Active)
        tellState(m_stateReason);
    askForAccount();
}

void Loop::addUnderlying(const market::Instrument& underlying)
{
    m_markets.add(underlying);
}

void Loop::setDailyCloses(std::string_view underlying, std::vector<double> closes)
{
    m_markets.setDailyCloses(underlying, std::move(closes));
}

void Loop::setDailyVolatilities(std::string_view underlying, std::vector<double> volatilities)
{
    m_markets.setDailyVolatilities(underlying, std::move(volatilities));
}

void Loop::setSignals(std::string_view underlying, strategies::Signals signals, strategies::SignalGaps gaps)
{
    m_markets.setSignals(underlying, std::move(signals), std::move(gaps));
}

void Loop::setConstituents(std::string_view underlying, std::vector<Constituent> constituents)
{
    m_markets.setConstituents(underlying, std::move(constituents));
}

void Loop::onMarket(std::shared_ptr<const market::OptionChain> chain,
                    std::shared_ptr<const pricing::ChainAnalytics> analytics)
{
    const std::string& underlying = chain->underlying;
    const std::shared_ptr<const market::OptionChain> kept = chain;
    m_lots.beginDay(market::newYorkDate(m_clock.now())); // from the marks before these
    m_markets.update(std::move(chain), std::move(analytics));
    m_books.refreshMarks(underlying);
}

void Loop::step()
{
    m_orders.poll();
    const base::Instant now = m_clock.now();
    const base::Instant spanNow = m_spans.now();
    if (m_stateDueAt && spanNow >= *m_stateDueAt)
        writeState();
    if (!isReady()) {
        if (!m_askedAt || spanNow - *m_askedAt > askAgainAfter)
            askForAccount();
        return;
    }
    rollSession(now);
    watchCash(now);
    watchDailyLoss();
    watchConnection();
    leaveLateChecks();
    cancelStaleOrders();
    runStrategies();
    m_books.noteEndOfStep();
}

risk::TradingState Loop::tradingState() const
{
    const bool isReduced = (m_dailyStopOn || m_orders.isAllFrozen()) && m_state == risk::TradingState::Active;
    return isReduced ? risk::TradingState::Reducing : m_state;
}

void Loop::setTradingState(risk::TradingState state, base::Sentence reason)
{
    m_state = state;
    m_rejectsInARow = 0;
    if (state == risk::TradingState::Halted)
        cancelAll();
    tellState(std::move(reason));
}

void Loop::tellState(base::Sentence reason)
{
    m_stateReason = std::move(reason);
    rememberState();
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onTradingState(tradingState(), m_stateReason);
}

/// On disk before long: a restart finds trading as it was left.
void Loop::rememberState()
{
    if (m_state == m_memory.state && m_dailyStopOn == m_memory.dailyStopOn &&
        m_stateReason.english() == m_memory.stateReason)
        return;
    m_memory.state = m_state;
    m_memory.dailyStopOn = m_dailyStopOn;
    m_memory.stateReason = m_stateReason.english();
    writeState();
}

/// Until it is written: what stands in the way, a full disk, may be gone in a moment, and the halt must outlive the program.
void Loop::writeState()
{
    m_stateDueAt.reset();
    m_journal.append(
        stateRecord(m_clock.now(), m_settings.orders.idPrefix, m_state, m_dailyStopOn, m_memory.stateReason),
        [this, alive = std::weak_ptr(m_alive), tell = m_orders.journalDone()](const base::Result<void>& written) {
            tell(written);
            if (!written && !alive.expired())
                m_stateDueAt = m_spans.now() + writeAgainAfter;
        });
}

/// A halt or a stop that is not on disk is over with the next start: the user hears of it.
void Loop::write(base::JournalRecord record)
{
    m_journal.append(std::move(record), m_orders.journalDone());
}

base::Result<void> Loop::setLimits(const risk::Limits& limits, std::string_view reason)
{
    const risk::Limits before = this->limits();
    const auto done = m_gate.setLimits(limits);
    if (done && before != limits)
        write(limitsRecord(m_clock.now(), m_settings.orders.idPrefix, before, limits, reason));
    if (done)
        watchDailyLoss(); // a stop drawn in may be reached already
    return done;
}

bool Loop::acknowledge(execution::Difference::Kind kind, std::string_view key)
{
    return m_orders.acknowledge(kind, key);
}

void Loop::setSendRefusal(base::Sentence refusal, std::string_view reason)
{
    m_settings.sendRefusal = std::move(refusal);
    write(armingRecord(m_clock.now(), m_settings.orders.idPrefix, m_settings.sendRefusal.isEmpty(), reason));
}

risk::GateState Loop::gateState(std::string_view replaced) const
{
    risk::GateState state;
    state.now = m_clock.now();
    state.spanNow = m_spans.now();
    const AccountFigures account = m_books.figures();
    state.netLiquidation = account.netLiquidation;
    state.netLiquidationAtSessionStart = account.atSessionStart;
    state.buyingPower = account.buyingPower;
    state.valueAtRisk = m_measures.valueAtRisk;
    state.volatilities = m_measures.volatilities;
    state.positions = positions();
    execution::OrderManager::Claims claims = m_orders.claims(replaced);
    state.workingOrders = std::move(claims.orders);
    state.alternatives = std::move(claims.alternatives);
    if (portfolio::OrderIntent left = m_orders.remainder(replaced); !left.legs.empty()) {
        state.replaced = {std::string(replaced), std::move(left)};
        for (const execution::Order* order = m_orders.find(replaced); order && !order->replaces.empty();
             order = m_orders.find(order->replaces))
            ++state.replaced->replacements;
    }
    state.frozenUnderlyings = m_orders.frozenUnderlyings();
    state.unevenUnderlyings = m_orders.unevenUnderlyings();
    state.tradingState = tradingState();
    state.sendRefusal = m_settings.sendRefusal;
    state.isFeedAlive = m_isFeedAlive;
    state.clockAhead = m_clockAhead;
    describeToday(state);
    const bool isOpen = !m_settings.checkSession || market::isOpen(state.now);
    state.instrument = [this, isOpen](const std::string& symbol) {
        std::optional<risk::InstrumentState> instrument = m_markets.instrument(symbol, isOpen);
        if (!instrument || !instrument->option)
            return instrument;
        if (const auto next = m_measures.dividends.find(instrument->underlying); next != m_measures.dividends.end()) {
            instrument->exDividendDate = next->second.exDate;
            instrument->dividend = next->second.amount;
        }
        return instrument;
    };
    state.marketVersion = [this, isOpen](std::string_view underlying) {
        const UnderlyingMarket* const market = m_markets.find(underlying);
        return (market ? 2 * market->version : 0) + (isOpen ? 1 : 0);
    };
    state.cache = m_bookCache.get();
    for (portfolio::OrderIntent& working : state.workingOrders)
        working = risk::claimOf(working, state);
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

void Loop::onPosition(const portfolio::Position& position)
{
    m_orders.positionReported(position);
}

void Loop::onUnreadable(const execution::Unreadable& part)
{
    m_orders.brokerUnreadable(part);
}

void Loop::onBalances(const portfolio::Balances& balances)
{
    m_books.setBalances(balances);
}

void Loop::onDividend(const execution::CashDividend& dividend)
{
    dividendsArrived({&dividend, 1});
}

void Loop::onConnection(execution::ConnectionState state, std::string_view why)
{
    m_orders.connectionChanged(state);
    if (state == execution::ConnectionState::Connected)
        m_disconnectedSince.reset();
    else if (!m_disconnectedSince)
        m_disconnectedSince = m_spans.now();
    if (state == execution::ConnectionState::Connected && !isReady())
        askForAccount();
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onConnection(state, why);
}

void Loop::onOrderChanged(const execution::Order& order)
{
    noteAnswer(order);
    noteOrderOfToday(order);
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

void Loop::onHeldChanged(const portfolio::Position& position)
{
    if (!m_books.hasPositions())
        return;
    m_books.adopt(position);
    m_lots.agree(position);
}

void Loop::onReconciled()
{
    compareLedger();
}

void Loop::onDifference(const execution::Difference& difference)
{
    for (LoopObserver* const observer : std::vector(m_observers))
        observer->onDifference(difference);
}

} // namespace vegadesk::trading
