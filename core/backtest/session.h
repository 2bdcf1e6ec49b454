#pragma once

#include "backtest/chain_feed.h"
#include "backtest/engine.h"
#include "backtest/run_attribution.h"
#include "backtest/simulated_broker.h"
#include "base/clock.h"
#include "base/journal.h"
#include "trading/hedge_recorder.h"
#include "trading/loop.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

/// What shares of an underlying pay.
struct ShareFacts {
    std::string underlying;
    double dividendYield = 0; ///< of those that pay by the day
    std::span<const history::CashPayment> payments{};
};
/// What a session may ask of the data about time that has passed.
struct DataFacts {
    SimulatedBroker::SettlementPrice settlement;
    std::function<double(base::Date)> riskFreeRate;
    std::vector<ShareFacts> shares; ///< of every underlying
};

/// An order in words: "Buy to Open 1 SPY   230414C00500000 at 12.3 Debit".
std::string describe(const portfolio::OrderIntent& intent);

/// One account with one strategy, stepped through time by the engine. Several may share the same quotes.
class Session final : private trading::LoopObserver
{
public:
    Session(const Config& config, base::Instant start);
    ~Session() override;

    /// Errors: the strategy cannot trade that underlying, or lacks constituents of it.
    base::Result<void> begin(const std::string& underlying, const std::vector<trading::Constituent>& constituents);
    void setDailyCloses(std::string_view underlying, const std::vector<double>& closes);
    /// Of the days before the first one.
    void setDailyVolatilities(std::string_view underlying, const std::vector<double>& volatilities);
    void setSignals(const strategies::Signals& signals, const strategies::SignalGaps& gaps)
    {
        m_loop.setSignals(m_underlying, signals, gaps);
    }
    /// What strategies and the gate know beside the market from now on.
    void setMeasures(const trading::RiskMeasures& measures) { m_loop.setRiskMeasures(measures); }
    /// Everything up to, but without, `until`: sessions' ends, expiries, the evenings after them, and what the broker still
    /// had to say.
    base::Result<void> advance(base::Instant until, const DataFacts& facts);
    /// New quotes, fills and decisions at the time of the first picture, which is the underlying's; the others are those of its
    /// constituents that are new.
    base::Result<void> step(std::span<const Picture> pictures);
    /// The run ends here, for a reason that is no strategy's.
    void noteStop(std::string why) { note("stopped", std::move(why)); }
    /// What the session leaves in a report: curve, trades, orders, decisions, costs, metrics.
    void summarise(Report& report) const;

    double equity() const { return m_curve.back().equity; }

private:
    void onProposal(std::string_view strategy, const strategies::Proposal& proposal) override;
    void onNoEntry(std::string_view strategy, std::string_view reason) override;
    void onWarning(std::string_view strategy, std::string_view warning) override;
    void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals) override;
    void onOrder(const execution::Order& order) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    void onDifference(const execution::Difference& difference) override;
    void onDividend(std::span<const portfolio::AttributedCash> parts) override;
    void onTradingState(risk::TradingState state, const base::Sentence& reason) override;

    void note(std::string kind, std::string text);
    void noteEvents();
    void giveUpOrders();
    void resume(base::Date today);
    base::Result<void> endDay(const DataFacts& facts);
    void pump();
    void record();
    double notional() const;

    // margin_call.cpp
    void watchMargin();
    void liquidate();

    const Config& m_config;
    base::ManualClock m_clock;
    base::MemoryJournal m_journal;
    SimulatedBroker m_broker;
    trading::Loop m_loop;
    trading::HedgeRecorder m_hedges{m_loop};
    std::unique_ptr<strategies::Strategy> m_strategy; ///< as the one that is armed, for what it says of its profit
    std::string m_underlying;
    std::optional<base::Instant> m_sessionEnd; ///< still to come
    AttributionRecorder m_attribution;
    std::optional<base::Instant> m_giveUpAt; ///< when a live loop would cancel what has not filled
    bool m_hasGivenUp = false;               ///< and a second later it thinks again
    std::vector<EquityPoint> m_curve;
    AccountFlows m_flows;                         ///< until the curve's last point
    double m_impliedVolatility = market::unknown; ///< of the underlying's last picture
    std::vector<Decision> m_decisions;
    std::map<std::string, std::size_t, std::less<>> m_noEntries; ///< how often, by reason
    std::size_t m_refusals = 0;
    std::set<base::Date> m_reducedOn;    ///< days on which a row of rejections left only closes
    double m_dividendsOfTrades = 0;      ///< cash
    std::optional<base::Date> m_callDue; ///< of a margin call that is out
    std::size_t m_marginCalls = 0;
    std::set<std::string, std::less<>> m_liquidated; ///< groups
    std::string m_difference; ///< the first disagreement between broker and books: always a bug here
};

} // namespace vegadesk::backtest
