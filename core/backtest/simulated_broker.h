#pragma once

#include "backtest/early_exercise.h"
#include "backtest/realism.h"
#include "backtest/simulated_account.h"
#include "base/clock.h"
#include "execution/broker.h"
#include "execution/fill_model.h"
#include "history/corporate_events.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vegadesk::backtest
{

struct SimulatedBrokerSettings {
    base::Decimal capital;
    execution::FillSettings fills{.passive = execution::PassiveFills::Through, .slippage = 0.001};
    base::Nanos latency{0}; ///< from our decision to the exchange; an order fills at the first quote at or after it
    Realism realism{};
};

/// What trading cost beyond the mids, in cash; positive is paid.
struct TradingCosts {
    double spread = 0;   ///< from mid to where the spread setting says
    double slippage = 0; ///< beyond that, rounding to the tick included
    double fees = 0;
};

/// What came and went without a trade, in cash; positive is received. Accrued by the day.
struct AccountFlows {
    double interest = 0;  ///< on cash
    double borrow = 0;    ///< for shares that are short, negative
    double dividends = 0; ///< of shares held, negative on those that are short

    double total() const { return interest + borrow + dividends; }
    AccountFlows& operator+=(const AccountFlows& other)
    {
        interest += other.interest;
        borrow += other.borrow;
        dividends += other.dividends;
        return *this;
    }
};

/// Short contracts at an expiry so near to their strike that who exercises is chance.
struct PinnedExpiry {
    std::string symbol;
    base::Date date{};
    double price = 0;       ///< of the underlying
    double probability = 0; ///< that one contract is assigned; of many, contracts · probability are expected
    base::Quantity contracts = 0, assigned = 0;
};

/// Something the account went through, in words.
struct AccountEvent {
    base::Instant at{};
    std::string kind; ///< "assignment", "pin", "dividend"
    std::string text;
};

/// What the shares of an underlying bring over a night.
struct EveningShare {
    std::string underlying;
    double dividendYield = 0;                     ///< per year, of shares that pay by the day; 0 where there are dates
    std::vector<history::CashPayment> payments{}; ///< announced by then, whose ex-date is the next trading day's
};

/// The end of a trading day, as far as it was known then.
struct Evening : EveningShare {
    base::Date date{}, next{};          ///< the trading day that ends and the one that follows
    double riskFreeRate = 0;            ///< continuous, per year
    std::vector<EveningShare> others{}; ///< of the other underlyings of the account
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
///          buying power is net liquidation less the requirement. Cash of trades settles by portfolio::cashSettlesOn().
/// Expiry   settle(): index options in cash; others that are in the money by the threshold of Realism are exercised or
///          assigned into shares at the strike, and by chance those that are pinned; the rest ends worthless. Each is
///          reported as an order of origin "settlement" without an external id, and costs no fees.
/// Evening  closeDay(): short options are assigned early by the rules of Realism; interest, borrow and dividends accrue.
///          Dividends are due from the ex-date and paid on their day; the rest is posted at the end of the month. Net
///          liquidation has all of it from the moment it accrues. Dividends that have a date are told as the ex-date begins, as
///          those of who holds the shares then; a yield by the day is, like interest, of nobody in particular.
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
    void dividends(base::Date from, Done<std::vector<execution::CashDividend>> done) override;
    void positions(Done<std::vector<portfolio::Position>> done) override;
    void balances(Done<portfolio::Balances> done) override;

    /// New quotes; what rested fills first, in the order it came. `spot` of the underlying for the margin rules: its own, or
    /// the one that parity implies.
    void quote(std::shared_ptr<const market::OptionChain> chain, double spot);
    /// The session is over: day orders and those past their date expire.
    void endSession();
    /// Settles every held option whose time has come. `price` answers what an expiry settles against; one that is needed and
    /// not known is an error, and nothing of that option is booked.
    using SettlementPrice = std::function<std::optional<double>(std::string_view underlying, base::Date expiry,
                                                                market::Settlement settlement)>;
    base::Result<void> settle(const SettlementPrice& price);
    /// When the next held option expires; empty when none is held.
    std::optional<base::Instant> nextExpiry() const;
    /// An order of the broker's own, which nobody is asked about: what of it can fill at these quotes does, the rest is dropped.
    void liquidate(portfolio::OrderIntent intent);
    /// After what expires with that day has been settled.
    void closeDay(const Evening& evening);

    /// When the next callback is due; empty when nothing waits.
    std::optional<base::Instant> nextDue() const;
    /// Runs every callback that is due at the clock's time, and those they cause; the number run.
    std::size_t deliver();

    bool hasWorkingOrders() const { return !m_working.empty(); }
    const SimulatedAccount& account() const { return m_account; }
    double netLiquidation() const; ///< of the account, with what has accrued and is not posted
    const TradingCosts& costs() const { return m_costs; }
    const AccountFlows& flows() const { return m_flows; }
    const std::vector<PinnedExpiry>& pins() const { return m_pins; }
    base::Quantity assignedEarly() const { return m_assignedEarly; } ///< contracts
    /// How often the chance of a resting order was drawn.
    std::uint64_t passiveDraws() const { return m_passiveDraws; }
    std::vector<AccountEvent> takeEvents() { return std::exchange(m_events, {}); }
    const QuoteTally& quotes() const { return m_quotes; }

private:
    struct Working {
        execution::BrokerOrder order;
        base::Quantity filledUnits = 0;
        bool hasMetQuotes = false;
        bool wasAtMarket = false; ///< when it first met them
    };

    void post(std::function<void()> run, base::Nanos delay = base::Nanos{0});
    execution::BrokerOrder orderFor(const portfolio::OrderIntent& intent, std::string externalId);
    execution::BrokerOrder accept(const portfolio::OrderIntent& intent, const std::string& externalId);
    std::vector<Working>::iterator find(const std::string& brokerId);
    void meetQuotes();

    // simulated_buying_power.cpp
    portfolio::DryRunResult judge(const portfolio::OrderIntent& intent) const;
    /// What working orders that open would do to the account by filling in full.
    struct Commitments {
        std::vector<portfolio::OrderIntent> orders; ///< what is left of them
        double netLiquidationChange = 0;
        double payments = 0; ///< cash, of those that pay
    };
    Commitments commitments() const;
    portfolio::Balances currentBalances() const;

    // simulated_broker.cpp
    void match(Working& working);
    void book(execution::BrokerOrder& order, const portfolio::OrderLeg& leg, base::Quantity quantity,
              base::Decimal price);
    void fillValue(Working& working, base::Decimal price, const LegMarket& market);
    void noteCosts(const portfolio::OrderLeg& leg, base::Quantity quantity, base::Decimal price,
                   const LegMarket& market, bool isResting);
    execution::FillDecision decide(Working& working, const portfolio::OrderIntent& intent,
                                   std::span<const execution::LegQuote> quotes);
    void finish(execution::BrokerOrder& order, execution::OrderStatus status, std::string reason = {});
    void sweep(); ///< moves what is over out of the working orders
    void publish(const execution::BrokerOrder& order);
    void publishBalances();

    // simulated_settlement.cpp
    void settleOne(const portfolio::Position& position, const ContractFacts& contract, double price);
    base::Quantity pinned(const portfolio::Position& position, const ContractFacts& contract, double price);
    void take(const portfolio::Position& position, const ContractFacts& contract, base::Quantity contracts, double cash,
              bool deliversShares);
    void endOrdersFor(std::string_view symbol, std::string_view why);
    void assignEarly(const Evening& evening, const EveningShare& share);
    HeldOption seenByHolder(const portfolio::Position& position, const ContractFacts& contract, double rate) const;

    // simulated_money.cpp
    void accrue(const Evening& evening);
    AccountFlows accrueShares(const EveningShare& share, double days) const;
    void noteDividends(const EveningShare& share);
    void tellDividend(const std::string& underlying, const history::CashPayment& payment, base::Decimal amount);
    void payDividends(base::Date today);

    SimulatedBrokerSettings m_settings;
    const base::Clock& m_clock;
    execution::FillModel m_model;
    execution::BrokerListener* m_listener = nullptr;
    SimulatedAccount m_account;
    std::map<std::string, base::Quantity, std::less<>> m_taken; ///< by symbol, of the sizes this snapshot shows
    std::vector<Working> m_working;
    std::vector<execution::BrokerOrder> m_over; ///< of this session
    /// By due time, then by the order they were posted in.
    std::map<std::pair<base::Instant, std::uint64_t>, std::function<void()>> m_messages;
    std::uint64_t m_lastMessage = 0, m_lastOrder = 0, m_lastFill = 0;
    TradingCosts m_costs;
    QuoteTally m_quotes;
    struct DividendDue {
        base::Date payDate{};
        base::Decimal amount; ///< signed
    };
    std::vector<DividendDue> m_dividendsDue;
    std::vector<execution::CashDividend> m_dividends; ///< of the whole run, each to be told as its ex-date begins
    double m_accrued = 0;                             ///< cash that is not posted
    AccountFlows m_flows;
    std::vector<PinnedExpiry> m_pins;
    std::uint64_t m_passiveDraws = 0;
    base::Quantity m_assignedEarly = 0;
    std::vector<AccountEvent> m_events;
};

} // namespace vegadesk::backtest
