#include "trading/loop.h"

#include "market/calendar.h"

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
    if (!m_memory.limits || !isSame(*m_memory.limits, limits()))
        write(limitsRecord(m_clock.now(), prefix, m_memory.limits, limits(), "in force at the start"));
    m_dailyStopOn = m_memory.dailyStopOn;
    m_state = m_memory.state;
    m_stateReason = {"%1", {m_memory.stateReason}}; // as it was said then, in English
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

void Loop::onMarket(std::shared_ptr<const market::OptionChain> chain,
                    std::shared_ptr<const pricing::ChainAnalytics> analytics)
{
    const std::string& underlying = chain->underlying;
    const std::shared_ptr<const market::OptionChain> kept = chain;
    m_markets.update(std::move(chain), std::move(analytics));
    m_books.refreshMarks(underlying);
}

void Loop::step()
{
    m_orders.poll();
    const base::Instant now = m_clock.now();
    if (m_stateDueAt && now >= *m_stateDueAt)
        writeState();
    if (!isReady()) {
        if (!m_askedAt || now - *m_askedAt > askAgainAfter)
            askForAccount();
        return;
    }
    rollSession(now);
    watchCash(now);
    watchDailyLoss();
    leaveLateChecks();
    cancelStaleOrders();
    runStrategies();
    m_books.noteEndOfStep();
}

void Loop::watchDailyLoss()
{
    const double loss = account().dailyLoss;
    if (m_dailyStopOn || !(loss >= m_gate.limits().dailyLossStop))
        return;
    m_dailyStopOn = m_books.day();
    tellState({base::translatable("Core", "the day's loss of %1 % has reached the stop at %2 %: only closes until the "
                                          "next session"),
               {base::SentenceNumber{100 * loss, 1}, base::SentenceNumber{100 * m_gate.limits().dailyLossStop, 1}}});
}

risk::TradingState Loop::tradingState() const
{
    const bool isReduced = (m_dailyStopOn || m_orders.isAllFrozen()) && m_state == risk::TradingState::Active;
    return isReduced ? risk::TradingState::Reducing : m_state;
}

void Loop::setTradingState(risk::TradingState state, base::Sentence reason)
{
    m_state = state;
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
                m_stateDueAt = m_clock.now() + writeAgainAfter;
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
    if (done && !isSame(before, limits))
        write(limitsRecord(m_clock.now(), m_settings.orders.idPrefix, before, limits, reason));
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
    const AccountFigures account = m_books.figures();
    state.netLiquidation = account.netLiquidation;
    state.netLiquidationAtSessionStart = account.atSessionStart;
    state.buyingPower = account.buyingPower;
    state.positions = positions();
    execution::OrderManager::Claims claims = m_orders.claims(replaced);
    state.workingOrders = std::move(claims.orders);
    state.alternatives = std::move(claims.alternatives);
    if (portfolio::OrderIntent left = m_orders.remainder(replaced); !left.legs.empty())
        state.replaced = {std::string(replaced), std::move(left)};
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

void Loop::onHeldChanged(const portfolio::Position& position)
{
    if (m_books.hasPositions())
        m_books.adopt(position);
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
