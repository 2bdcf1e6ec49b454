#pragma once

#include "backtest/simulated_account.h"
#include "base/clock.h"
#include "execution/broker.h"
#include "execution/fill_model.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::backtest
{

struct SimulatedBrokerSettings {
    base::Decimal capital;
    execution::FillSettings fills{.slippage = 0.001};
    base::Nanos latency{0}; ///< from our decision to the exchange; an order fills at the first quote at or after it
};

/// What trading cost beyond the mids, in cash; positive is paid.
struct TradingCosts {
    double spread = 0;   ///< from mid to where the spread setting says
    double slippage = 0; ///< beyond that, rounding to the tick included
    double fees = 0;
};

/// How many leg quotes orders met, and how many of them could not fill because a flag speaks against them.
struct QuoteTally {
    std::uint64_t asked = 0;
    std::uint64_t flagged = 0;
    std::uint64_t oneSided = 0; ///< of the flagged ones
};

/// The exchange and broker of a backtest: a Broker whose time is the engine's.
///
/// Fills    by execution::FillModel against the last chain; what one snapshot shows of a size fills once. An order that
///          arrives after a snapshot waits for the next one.
/// Orders   limit and market; stops are rejected. Day orders end with the session, immediate ones with their first quote.
///          Orders that depend on each other are refused.
///          One that is replaced is cancelled where nothing of it has filled, and the new one stands behind the others.
/// Money    a Reg-T account, see SimulatedAccount. An order that needs more buying power than there is gets rejected;
///          buying power is net liquidation less the requirement. Cash earns nothing, short stock costs nothing.
/// Expiry   settle(): index options in cash; others a cent or more in the money are exercised or assigned into shares at
///          the strike; the rest ends worthless. Nothing is exercised early. Each is reported as an order of origin
///          "settlement" without an external id, and costs no fees.
class SimulatedBroker final : public execution::Broker
{
public:
    SimulatedBroker(SimulatedBrokerSettings settings, const base::Clock& clock);

    void setListener(execution::BrokerListener* listener) override { m_listener = listener; }
    void dryRun(const portfolio::OrderIntent& intent, Done<portfolio::DryRunResult> done) override;
    void place(execution::SendableOrder order, Done<execution::BrokerOrder> done) override;
    void replace(const std::string& brokerId, execution::SendableOrder order,
                 Done<execution::BrokerOrder> done) override;
    void cancel(const std::string& brokerId, Done<execution::BrokerOrder> done) override;
    void placeComplex(execution::SendableComplexOrder order, Done<std::vector<execution::BrokerOrder>> done) override;
    void cancelComplex(const std::string& complexId, Done<std::vector<execution::BrokerOrder>> done) override;
    void orders(Done<std::vector<execution::BrokerOrder>> done) override;
    void settlements(base::Date from, Done<std::vector<execution::Settlement>> done) override;
    void positions(Done<std::vector<portfolio::Position>> done) override;
    void balances(Done<portfolio::Balances> done) override;

    /// New quotes; what rested fills first, in the order it came. `spot` of the underlying for the margin rules: its own, or
    /// the one that parity implies.
    void quote(std::shared_ptr<const market::OptionChain> chain, double spot);
    /// The session is over: day orders and those past their date expire.
    void endSession();
    /// Settles every held option whose time has come. `price` answers what an expiry settles against; one that is needed and
    /// not known is an error, and nothing of that option is booked.
    using SettlementPrice = std::function<std::optional<double>(base::Date expiry, market::Settlement settlement)>;
    base::Result<void> settle(const SettlementPrice& price);
    /// When the next held option expires; empty when none is held.
    std::optional<base::Instant> nextExpiry() const;

    /// When the next callback is due; empty when nothing waits.
    std::optional<base::Instant> nextDue() const;
    /// Runs every callback that is due at the clock's time, and those they cause; the number run.
    std::size_t deliver();

    const SimulatedAccount& account() const { return m_account; }
    const TradingCosts& costs() const { return m_costs; }
    const QuoteTally& quotes() const { return m_quotes; }

private:
    struct Working {
        execution::BrokerOrder order;
        std::int64_t filledUnits = 0;
        bool hasMetQuotes = false;
    };

    void post(std::function<void()> run, base::Nanos delay = base::Nanos{0});
    execution::BrokerOrder accept(const portfolio::OrderIntent& intent, const std::string& externalId);
    std::vector<Working>::iterator find(const std::string& brokerId);
    void meetQuotes();

    // simulated_buying_power.cpp
    portfolio::DryRunResult judge(const portfolio::OrderIntent& intent) const;
    /// What working orders that open would do to the account by filling in full.
    struct Commitments {
        std::vector<portfolio::OrderIntent> orders; ///< what is left of them
        double netLiquidationChange = 0;
    };
    Commitments commitments() const;
    portfolio::Balances currentBalances() const;

    // simulated_broker.cpp
    void match(Working& working);
    bool isDone(const Working& working) const;
    void book(execution::BrokerOrder& order, const portfolio::OrderLeg& leg, std::int64_t quantity,
              base::Decimal price);
    void noteCosts(const portfolio::OrderLeg& leg, std::int64_t quantity, base::Decimal price, const LegMarket& market);
    void settleOne(const portfolio::Position& position, const ContractFacts& contract, double price);
    void finish(execution::BrokerOrder& order, execution::OrderStatus status, std::string reason = {});
    void sweep(); ///< moves what is over out of the working orders
    void publish(const execution::BrokerOrder& order);
    void publishBalances();

    SimulatedBrokerSettings m_settings;
    const base::Clock& m_clock;
    execution::FillModel m_model;
    execution::BrokerListener* m_listener = nullptr;
    SimulatedAccount m_account;
    std::map<std::string, std::int64_t, std::less<>> m_taken; ///< by symbol, of the sizes this snapshot shows
    std::vector<Working> m_working;
    std::vector<execution::BrokerOrder> m_over; ///< of this session
    /// By due time, then by the order they were posted in.
    std::map<std::pair<base::Instant, std::uint64_t>, std::function<void()>> m_messages;
    std::uint64_t m_lastMessage = 0, m_lastOrder = 0, m_lastFill = 0;
    TradingCosts m_costs;
    QuoteTally m_quotes;
};

} // namespace vegadesk::backtest
