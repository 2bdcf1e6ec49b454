#pragma once

#include "backtest/engine.h"
#include "backtest/simulated_broker.h"
#include "base/clock.h"
#include "base/journal.h"
#include "trading/loop.h"

#include <memory>
#include <optional>
#include <vector>

namespace vegadesk::backtest
{

/// One account with one strategy, stepped through time by the engine. Several may share the same quotes.
class Session final : private trading::LoopObserver
{
public:
    Session(const Config& config, base::Instant start);
    ~Session() override;

    /// Errors: the strategy cannot trade that underlying.
    base::Result<void> begin(const market::Instrument& underlying);
    void setDailyCloses(const std::vector<double>& closes);
    /// Everything up to, but without, `until`: sessions' ends, expiries and what the broker still had to say.
    base::Result<void> advance(base::Instant until, const SimulatedBroker::SettlementPrice& settlement);
    /// New quotes, fills and decisions at the chain's time.
    base::Result<void> step(std::shared_ptr<const market::OptionChain> chain,
                            std::shared_ptr<const pricing::ChainAnalytics> analytics);
    /// What the session leaves in a report: curve, trades, orders, decisions, costs, metrics.
    void summarise(Report& report) const;

    double equity() const { return m_curve.back().equity; }

private:
    void onProposal(std::string_view strategy, const strategies::Proposal& proposal) override;
    void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals) override;
    void onOrder(const execution::Order& order) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    void onDifference(const execution::Difference& difference) override;
    void onTradingState(risk::TradingState state, std::string_view reason) override;

    void note(std::string kind, std::string text);
    void pump();
    void record();

    const Config& m_config;
    base::ManualClock m_clock;
    base::MemoryJournal m_journal;
    SimulatedBroker m_broker;
    trading::Loop m_loop;
    std::string m_underlying;
    std::optional<base::Instant> m_sessionEnd; ///< still to come
    std::vector<EquityPoint> m_curve;
    std::vector<Decision> m_decisions;
    std::size_t m_refusals = 0;
    std::string m_difference; ///< the first disagreement between broker and books: always a bug here
};

} // namespace vegadesk::backtest
