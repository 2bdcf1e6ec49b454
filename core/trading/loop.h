#pragma once

#include "base/clock.h"
#include "base/journal.h"
#include "base/sentence.h"
#include "execution/broker.h"
#include "execution/order_manager.h"
#include "risk/gate/book_cache.h"
#include "risk/gate/gate.h"
#include "strategies/signal_filter.h"
#include "strategies/strategy.h"
#include "trading/account_books.h"
#include "trading/account_lots.h"
#include "trading/book_signals.h"
#include "trading/entry_look.h"
#include "trading/markets.h"
#include "trading/session_records.h"
#include "trading/strategy_records.h"
#include "trading/trade_groups.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::trading
{

struct LoopSettings {
    /// A strategy's order that has not filled by then is cancelled, and the strategy thinks again at the new prices.
    base::Nanos strategyOrderLife = std::chrono::seconds(60);
    base::Nanos pauseAfterRefusal = std::chrono::seconds(60); ///< before a refused strategy proposes again
    /// Whether orders outside the exchange's session are refused. Off where every quote is from within one (backtests).
    bool checkSession = true;
    double clockSpeed = 1; ///< how much faster than ours the loop's clock runs; for spans that are a person's
    /// Orders that open anything are checked by the broker before they are sent; hedges and closes do not wait for it. Off
    /// where the broker is our own (backtests).
    bool asksBrokerFirst = false;
    base::Nanos brokerCheckTimeout = std::chrono::seconds(10); ///< an order whose check takes longer is not sent
    /// With so many orders in a row that the broker rejects, or when it cannot be reached for longer than that while something
    /// is held or working, only closes are taken until a person resumes. Source: domain reference, D6.
    int rejectsMost = 5;
    base::Nanos disconnectedMost = std::chrono::seconds(60);
    /// Why no order may be sent, a strategy's neither; empty when they may.
    base::Sentence sendRefusal;
    /// Why the limits are what they are, where that is not the profile's word alone; journalled when they begin.
    std::string limitsReason;
    execution::OrderManagerSettings orders;
};

/// What an underlying pays next.
struct ComingDividend {
    double amount = market::unknown; ///< cash a share
    base::Date exDate{};
};

/// Of the book and its market, measured beside the loop.
struct RiskMeasures {
    double valueAtRisk = market::unknown;                      ///< one day at 95 %, cash, positive; NaN: not judged
    double sizeMultiplier = 1;                                 ///< of the budget of a strategy's trade, (0, 1]
    std::map<std::string, double, std::less<>> volatilities{}; ///< of underlyings' own returns, per year, where known
    std::map<std::string, ComingDividend, std::less<>> dividends{}; ///< by underlying, where announced
    std::map<std::string, base::Date, std::less<>> earnings{};      ///< the next report, by underlying, where expected
    Betas betas{};                                                  ///< to one index, where somebody has measured them
};

/// A strategy at work in one underlying.
struct RunnerStatus {
    std::string strategy, underlying;
    RunnerState state = RunnerState::Armed;
    std::vector<std::pair<std::string, std::string>> parameters; ///< as texts, by name
    std::vector<Constituent> constituents;                       ///< that it trades beside the underlying
    std::string group;                                           ///< of the open trade; empty when flat
    bool isWorking = false;   ///< an order of its own may still fill, or is being checked by the broker
    std::string lastProposal; ///< in the strategy's words
    base::Instant lastProposalAt{};
    std::string lastRefusal; ///< of the gate or the broker
    base::Instant lastRefusalAt{};
    std::string noEntry; ///< why it stays out, as it last looked; empty since it proposed something
    std::string warning; ///< of its open trade, as it last looked; empty: all is as it is meant to be
};

/// The broker's figures for an order, beside ours.
struct BrokerCheck {
    portfolio::DryRunResult broker;
    double ourFees = market::unknown;        ///< cash, costs are positive
    double ourBuyingPower = market::unknown; ///< by how much it falls, fees included
};

/// Told on the trading thread. Every method has an empty default: take what you show.
class LoopObserver
{
public:
    virtual ~LoopObserver() = default;
    virtual void onProposal(std::string_view /*strategy*/, const strategies::Proposal& /*proposal*/) {}
    /// A strategy that may enter on this picture and does not.
    virtual void onNoEntry(std::string_view /*strategy*/, std::string_view /*reason*/) {}
    /// An open trade is not what it is meant to be; once, until that changes.
    virtual void onWarning(std::string_view /*strategy*/, std::string_view /*warning*/) {}
    /// Of anybody's order: the intent says whose.
    virtual void onRefusal(const portfolio::OrderIntent& /*intent*/, const risk::GateRefusals& /*refusals*/) {}
    /// The broker has checked an order that is to be sent now. One that it would not take is a refusal.
    virtual void onBrokerCheck(const portfolio::OrderIntent& /*intent*/, const BrokerCheck& /*check*/) {}
    virtual void onOrder(const execution::Order& /*order*/) {}
    virtual void onFill(const execution::Order& /*order*/, const portfolio::Fill& /*fill*/) {}
    virtual void onDifference(const execution::Difference& /*difference*/) {}
    /// By the trades whose shares brought it.
    virtual void onDividend(std::span<const portfolio::AttributedCash> /*parts*/) {}
    /// Cash that came or went without a trade: the day's start moved with it.
    virtual void onCashMoved(base::Decimal /*amount*/) {}
    virtual void onTradingState(risk::TradingState /*state*/, const base::Sentence& /*reason*/) {}
    virtual void onConnection(execution::ConnectionState /*state*/, std::string_view /*why*/) {}
};

/// The loop that live trading and backtests share: market → strategies → risk gate → order manager → broker. It keeps the
/// account's books, builds what the gate sees, and is the only way to an order.
///
/// Thread  all calls and callbacks on one, the trading thread.
/// Use     addUnderlying(), start(); then onMarket() with every new picture and step() after it, and step() about once a
///         second in any case. Nothing happens between calls except what the broker's callbacks bring.
/// Books   positions are what the broker holds as the order manager knows it: from fills, from settlements, and by the
///         broker's word where neither explains it. See AccountBooks for what they are worth.
/// Day     begins with the first step() of a New York date. Reaching the daily loss stop reduces trading to closes until
///         the next one, whatever restarts there are between; a halt lasts until somebody resumes.
class Loop final : private execution::BrokerListener, private execution::OrderObserver
{
public:
    /// References must outlive the loop. `limits` are within the hard caps (risk::checked()). `clock` is the market's, and
    /// `spanClock` (null: the same) what is waited for is measured on, as with execution::OrderManager.
    Loop(LoopSettings settings, const risk::Limits& limits, execution::Broker& broker, base::Journal& journal,
         const base::Clock& clock, const base::Clock* spanClock = nullptr);
    ~Loop() override;

    void addObserver(LoopObserver* observer);
    void removeObserver(LoopObserver* observer);

    /// With everything the journal holds. Rebuilds orders and groups, then asks the broker for positions and balances;
    /// orders are refused until both answered.
    void start(std::span<const base::JournalRecord> records);
    bool isReady() const { return m_books.isReady(); }

    // Market
    void addUnderlying(const market::Instrument& underlying);
    void setDailyCloses(std::string_view underlying, std::vector<double> closes);
    /// Volatilities at the money of days before the first picture, see strategies::StrategyState; each day after it is added as it ends.
    void setDailyVolatilities(std::string_view underlying, std::vector<double> volatilities);
    /// What strategies may ask for by name from now on, in the place of what was there, and why something is missing.
    void setSignals(std::string_view underlying, strategies::Signals signals, strategies::SignalGaps gaps = {});
    /// What strategies that trade a basket find beside the underlying: each was added too, before arm().
    void setConstituents(std::string_view underlying, std::vector<Constituent> constituents);
    void onMarket(std::shared_ptr<const market::OptionChain> chain,
                  std::shared_ptr<const pricing::ChainAnalytics> analytics);
    /// Quotes stopped, or are back. Until then old ones are refused to everybody, and nothing takes new risk.
    void setFeedAlive(bool isAlive) { m_isFeedAlive = isAlive; }
    void step();

    // Orders of a person: the ticket, closes, a script
    /// The order's external id; empty while the broker checks it: the gate judges it again when that is over, at the prices
    /// of then, and what became of it observers hear.
    using Submission = tl::expected<std::string, risk::GateRefusals>;
    Submission submit(const portfolio::OrderIntent& intent);
    /// Orders that depend on each other: the first one's id. Of what opens, the trigger is what the broker checks.
    Submission submit(const portfolio::ComplexIntent& intent);
    tl::expected<risk::GateFigures, risk::GateRefusals> preview(const portfolio::ComplexIntent& intent) const;
    tl::expected<risk::GateFigures, risk::GateRefusals> preview(const portfolio::OrderIntent& intent) const;
    /// An order with these terms in the place of a working one; see OrderManager::replace(). The broker checks it when it
    /// takes it: nothing is opened that was not checked.
    Submission replace(std::string_view externalId, const execution::OrderTerms& terms);
    tl::expected<risk::GateFigures, risk::GateRefusals> previewReplacement(std::string_view externalId,
                                                                           const execution::OrderTerms& terms) const;
    void dryRun(const portfolio::OrderIntent& intent, execution::Broker::Done<BrokerCheck> done);
    /// Beside ours are the figures of the part that goes first, as the broker's are.
    void dryRun(const portfolio::ComplexIntent& intent, execution::Broker::Done<BrokerCheck> done);
    /// Those that wait for the broker's check.
    std::vector<portfolio::OrderIntent> beingChecked() const;
    base::Result<void> cancel(std::string_view externalId);
    /// See OrderManager::declareOver().
    base::Result<void> declareOver(std::string_view externalId) { return m_orders.declareOver(externalId); }
    /// Working orders, and those that wait for the broker's check.
    void cancelAll(std::function<void()> finished = {});
    void setOrdersPerMinute(int count) { m_orders.setOrdersPerMinute(count); }

    /// Halted also cancels every working order. A daily loss beyond the stop keeps Reducing in force underneath.
    void setTradingState(risk::TradingState state, base::Sentence reason);
    /// What orders are refused with from now on, empty when they may be sent; journalled with the reason.
    void setSendRefusal(base::Sentence refusal, std::string_view reason);
    risk::TradingState tradingState() const;
    /// As it was set, until somebody sets another: without what a daily loss or a frozen account takes away for a while.
    risk::TradingState lastingState() const { return m_state; }
    const base::Sentence& tradingStateReason() const { return m_stateReason; }
    const risk::Limits& limits() const { return m_gate.limits(); }
    /// Journalled with the figures before, and why. Where they stop the day at a loss that it has, they do so at once; wider
    /// ones lift no stop that was reached.
    base::Result<void> setLimits(const risk::Limits& limits, std::string_view reason);
    /// From whoever measures what the loop has no time for.
    void setRiskMeasures(RiskMeasures measures);
    /// The user has seen a difference: the broker's quantity becomes ours. False when no such difference is open.
    bool acknowledge(execution::Difference::Kind kind, std::string_view key);

    // Strategies
    /// Starts `strategy` in `underlying`, or replaces its parameters; an open trade of that name there goes on under it. It enters
    /// nothing that `filter` speaks against, which is among its status' parameters.
    /// Errors: the underlying was not added; it is an index and the strategy hedges with shares; it trades a basket, and fewer than
    /// two constituents are known, or one of them was not added.
    /// Journalled where it changes anything, as are the next two.
    base::Result<void> arm(std::unique_ptr<strategies::Strategy> strategy, std::string_view underlying,
                           RunnerState state = RunnerState::Armed, std::optional<strategies::SignalRule> filter = {});
    /// What it has on its way and may not do any more is cancelled: entries of one that is paused, everything of one that is off.
    /// Errors: NotFound.
    base::Result<void> setRunner(std::string_view strategy, std::string_view underlying, RunnerState state);
    /// As off, and forgotten. What it holds stays for a person to close. Errors: NotFound.
    base::Result<void> removeRunner(std::string_view strategy, std::string_view underlying);
    /// As the journal has them: after a start they run again when somebody arms them, which needs their underlyings.
    const std::vector<RememberedRunner>& rememberedRunners() const { return m_rememberedRunners; }
    /// One that is to run when its underlying is there. Journalled where it changes anything.
    void rememberRunner(RememberedRunner runner);
    std::vector<RunnerStatus> runners() const;
    /// What it would open in `underlying` now if it held nothing there and was armed with these constituents, or why nothing;
    /// each order with what the gate says of it. A look: nothing is sent, remembered or journalled.
    EntryLook lookAtEntry(const strategies::Strategy& strategy, std::string_view underlying,
                          std::span<const Constituent> constituents,
                          const std::optional<strategies::SignalRule>& filter = {}) const;

    // What there is
    const execution::OrderManager& orders() const { return m_orders; }
    const portfolio::Ledger& ledger() const { return m_books.ledger(); }
    const TradeGroups& groups() const { return m_groups; }
    const portfolio::LotBook& lots() const { return m_lots.lots(); }
    const Markets& markets() const { return m_markets; }
    std::vector<portfolio::Position> positions() const { return m_books.positions(); } ///< nonzero ones
    /// Per share: the last good mid; NaN when there never was one.
    double mark(std::string_view symbol) const { return m_books.mark(symbol); }
    AccountFigures account() const { return m_books.figures(); }
    /// What the gate would see now: for gauges. Good until the next call of the loop. With an order whose place another is to
    /// take, if that may still fill.
    risk::GateState gateState(std::string_view replaced = {}) const;
    /// Group by group, cash of open trades at the marks.
    double profitOf(const TradeGroup& group) const;

private:
    struct Runner {
        std::unique_ptr<strategies::Strategy> strategy;
        std::optional<strategies::SignalRule> filter;
        RunnerState state = RunnerState::Armed;
        std::uint64_t seenVersion = 0; ///< of the market
        bool isDirty = false;          ///< a fill changed what it holds
        base::Instant quietUntil{};
        base::Date lastExit{};
        RunnerStatus status;
    };
    using RunnerKey = std::pair<std::string, std::string>; ///< strategy, underlying
    using PositionsByUnderlying = std::map<std::string, std::vector<portfolio::Position>, std::less<>>;

    // loop.cpp
    void onOrder(const execution::BrokerOrder& order) override;
    void onPosition(const portfolio::Position& position) override;
    void onBalances(const portfolio::Balances& balances) override;
    void onUnreadable(const execution::Unreadable& part) override;
    void onDividend(const execution::CashDividend& dividend) override;
    void onConnection(execution::ConnectionState state, std::string_view why) override;
    void onClock(double ahead) override { m_clockAhead = ahead; }
    void onOrderChanged(const execution::Order& order) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    void onHeldChanged(const portfolio::Position& position) override;
    void onReconciled() override;
    void onDifference(const execution::Difference& difference) override;
    void tellState(base::Sentence reason);
    void rememberState();
    void write(base::JournalRecord record);
    void writeState();

    // loop_watch.cpp
    void watchDailyLoss();
    void watchConnection();
    void noteAnswer(const execution::Order& order);
    void noteOrderOfToday(const execution::Order& order);
    void noteTradeOfToday(const portfolio::Fill& fill, const portfolio::InstrumentFacts& facts);
    void reduce(base::Sentence reason);
    void describeToday(risk::GateState& state) const;

    // loop_orders.cpp
    struct PendingCheck {
        std::uint64_t number = 0;
        portfolio::OrderIntent intent;
        std::optional<portfolio::ComplexIntent> complex; ///< that the intent triggers
        base::Instant askedAt{};
    };
    Submission approveAndSend(const portfolio::OrderIntent& intent);
    Submission approveAndSendNow(const portfolio::OrderIntent& intent, std::string_view replaced);
    Submission approveAndSendNow(const portfolio::ComplexIntent& intent);
    using Preview = std::function<tl::expected<risk::GateFigures, risk::GateRefusals>()>;
    std::optional<risk::GateRefusals> reasonNotNow(std::span<const portfolio::OrderIntent> parts,
                                                   const Preview& preview) const;
    std::string reasonToStay(const portfolio::OrderIntent& intent, bool isReducing) const;
    void askBroker(const portfolio::OrderIntent& intent, std::optional<portfolio::ComplexIntent> complex);
    void forget(const PendingCheck& check);
    void brokerChecked(std::uint64_t number, const base::Result<BrokerCheck>& check);
    void leaveLateChecks();
    void withdrawChecks();
    void withdrawChecksOf(const RunnerKey& runner);
    void takeBackOrdersOf(const RunnerKey& runner, RunnerState state);
    void dropCheck(const PendingCheck& check, std::string code, base::Sentence sentence);
    BrokerCheck checkOf(const portfolio::OrderIntent& intent, const portfolio::DryRunResult& broker) const;
    execution::Broker::Done<portfolio::DryRunResult> besideOurs(const portfolio::OrderIntent& intent,
                                                                execution::Broker::Done<BrokerCheck> done);
    risk::GateRefusals refuse(const portfolio::OrderIntent& intent, risk::GateRefusals refusals);

    // basket.cpp
    base::Result<std::vector<Constituent>> namesFor(const UnderlyingMarket& market, std::size_t most) const;
    strategies::Basket basketFor(std::span<const Constituent> constituents, const risk::GateState& account,
                                 const PositionsByUnderlying& held, const strategies::TradeState& trade) const;
    std::optional<std::string> reasonAgainst(std::span<const strategies::Proposal> entry);

    // loop_account.cpp
    void rebuildBooks();
    void askForAccount();
    void askForBalances();
    void askForDividends();
    void dividendsArrived(std::span<const execution::CashDividend> dividends);
    void expectDividends(base::Date today);
    void bookDividend(base::Instant toldAt, std::span<const portfolio::AttributedCash> parts);
    void bookFill(const execution::Order& order, const portfolio::Fill& fill);
    void compareLedger();
    void rollSession(base::Instant now);
    void noteDayStart(base::Instant now);
    void watchCash(base::Instant now);
    void addDeposit(base::Instant now, base::Decimal amount);
    bool holdsExpired(base::Instant now) const;
    double settlementPrice(const std::string& symbol) const;

    // strategy_runner.cpp
    void runStrategies();
    void run(Runner& runner, const UnderlyingMarket& market);
    void enter(Runner& runner, const strategies::StrategyState& state);
    static void markAsEntry(std::span<strategies::Proposal> entry, std::string_view strategy, const std::string& group);
    void noteWarning(Runner& runner, std::string warning);
    strategies::StrategyState stateFor(const risk::GateState& account, const UnderlyingMarket& market,
                                       std::span<const portfolio::Position> held) const;
    std::uint64_t versionOf(const Runner& runner, const UnderlyingMarket& market) const;
    risk::RiskBudget tradeBudget(const risk::GateState& state, std::string_view underlying) const;
    void propose(Runner& runner, std::vector<strategies::Proposal> proposals, const std::string& group);
    bool hasWorkingOrder(const Runner& runner) const;
    static bool isOf(const RunnerKey& runner, const portfolio::OrderIntent& intent);
    Runner* runnerOf(const portfolio::OrderIntent& intent);
    void cancelStaleOrders();
    void noteRefusal(Runner& runner, std::string why);
    void followStrategyOrder(const execution::Order& order);
    void noteStrategyFill(const execution::Order& order);

    LoopSettings m_settings;
    RiskMeasures m_measures;
    execution::Broker& m_broker;
    base::Journal& m_journal;
    const base::Clock& m_clock; ///< the market's
    const base::Clock& m_spans; ///< for how long something takes
    risk::Gate m_gate;
    execution::OrderManager m_orders;
    std::vector<LoopObserver*> m_observers;

    Markets m_markets;
    AccountBooks m_books{m_markets};
    TradeGroups m_groups;
    AccountLots m_lots{[this](std::string_view symbol) { return m_books.mark(symbol); }};
    std::set<std::string, std::less<>> m_dividends; ///< ids
    std::map<RunnerKey, Runner> m_runners;
    std::vector<RememberedRunner> m_rememberedRunners;          ///< as the journal has them
    std::set<std::string, std::less<>> m_workingStrategyOrders; ///< external ids that may still fill
    std::vector<PendingCheck> m_checks;
    std::uint64_t m_lastCheck = 0;

    std::optional<base::Instant> m_askedAt; ///< for positions and balances, while they are missing
    SessionMemory m_memory;                 ///< of earlier runs
    base::Instant m_knownSince{};           ///< the account's first record, or the start
    /// Cash the broker has and we do not know of, while it is being looked at.
    struct CashWatch {
        std::optional<base::Decimal> usual; ///< what the difference was when all was quiet
        std::optional<base::Decimal> seen;
        base::Instant since{};
        std::optional<base::Instant> askedAt;
        std::uint64_t countWhenAsked = 0;
        bool areDividendsKnown = false; ///< since then
        base::Decimal dividends;        ///< that came since all was quiet
    };
    CashWatch m_cash;
    std::vector<execution::CashDividend> m_dividendsToCome; ///< in the trades' profit, and not in the cash yet

    risk::TradingState m_state = risk::TradingState::Active;
    base::Sentence m_stateReason;
    std::optional<base::Instant> m_stateDueAt; ///< to be written once more: it could not be
    std::optional<base::Date> m_dailyStopOn;   ///< the New York date whose loss reached the stop
    bool m_isFeedAlive = true;
    double m_clockAhead = market::unknown; ///< the broker's, in seconds

    std::optional<base::Instant> m_disconnectedSince; ///< by the clock of spans
    bool m_isDisconnectionJudged = false;
    int m_rejectsInARow = 0;
    std::string m_lastRejected;     ///< external id
    base::Instant m_rejectedFrom{}; ///< when that order was made
    struct Today {
        base::Date date{}; ///< New York
        std::set<std::string, std::less<>> orders;
        std::map<std::string, double, std::less<>> traded; ///< cash without sign, by underlying
    };
    Today m_today;
    std::unique_ptr<risk::BookCache> m_bookCache = std::make_unique<risk::BookCache>();

    std::shared_ptr<char> m_alive = std::make_shared<char>(); ///< callbacks that outlive the loop find it gone
};

} // namespace vegadesk::trading
