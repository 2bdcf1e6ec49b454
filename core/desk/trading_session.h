#pragma once

#include "base/clock.h"
#include "desk/held_chains.h"
#include "desk/live_arming.h"
#include "desk/live_ledgers.h"
#include "desk/order_notices.h"
#include "desk/published.h"
#include "desk/risk_picture.h"
#include "desk/risk_views.h"
#include "desk/strategy_desk.h"
#include "desk/ticket_evaluator.h"
#include "desk/views.h"
#include "execution/broker.h"
#include "market/book.h"
#include "market/feed.h"
#include "market/option_chain.h"
#include "storage/sqlite_journal.h"
#include "storage/sqlite_store.h"
#include "trading/loop.h"
#include "watchdog/halt_file.h"

#include <QObject>
#include <QTimer>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace vegadesk::desk
{

/// What the trading thread publishes, and the risk thread beside it; read by any thread.
struct TradingViews {
    Published<TradingView> trading;
    Published<TicketView> ticket;
    Published<DryRunView> dryRun;
    Published<RiskView> risk;
    Published<StrategiesView> strategies;
    Published<EntryLookView> entryLook;
};

/// The broker's figures beside ours.
DryRunView viewOf(const trading::BrokerCheck& check);

struct SessionSetup {
    Environment environment = Environment::Venue;
    std::string account;
    std::string journalFile, storeFile;
    std::string signalsFolder;   ///< of trained models by name
    watchdog::HaltFile haltFile; ///< halts trading while it is there, from the start on
    std::shared_ptr<const base::Clock> marketClock;
    /// As fast as that one at the start, and never stopped nor set: what is waited for is measured on it. Null: the same one.
    std::shared_ptr<const base::Clock> spanClock;
    double marketSpeed = 1;              ///< how much faster than ours these clocks run
    execution::Broker* broker = nullptr; ///< outlives the session
    risk::Limits limits;
    std::string limitsReason;                     ///< trading::LoopSettings'
    int ordersPerMinute = 60;                     ///< of ours
    std::chrono::milliseconds journalRetry{2000}; ///< between two tries to open a journal that cannot be opened
};

/// Lives on the trading thread, the one writer of orders and positions: feeds trading::Loop with the chains of what is
/// held, worked or staged, and publishes what came of it.
class TradingSession : public QObject, private trading::LoopObserver
{
    Q_OBJECT

public:
    static constexpr base::Nanos lookedFor = std::chrono::seconds(5);

    TradingSession(std::shared_ptr<market::Book> book, std::shared_ptr<TradingViews> views);
    ~TradingSession() override;

    /// Every way in runs through this: what is thrown halts trading and is said, and the program goes on.
    void guarded(const std::function<void()>& work);

    /// Opens journal and store, rebuilds what the journal holds, and asks the broker. Ends an earlier session first. Where the
    /// journal cannot be opened that is said, and tried again until it can.
    void open(SessionSetup setup);
    void close();

    void addDefinition(std::shared_ptr<const market::ChainDefinition> definition);
    void setStaleAfter(base::Nanos span);
    /// That thetas pass in.
    void setTimeBasis(TimeBasis basis);
    /// Down: every quote is stale at once. Silent, connected but with nothing arriving: an old quote says nothing either.
    void setFeedState(market::FeedState state);
    void setLimits(risk::Limits limits, std::string reason);
    void setOrdersPerMinute(int count);
    /// By the risk thread; the shortfall in dollars, positive.
    void setMeasures(const trading::RiskMeasures& measures, double expectedShortfall);

    void stageTicket(std::uint64_t request, portfolio::OrderIntent intent);
    void stageComplex(std::uint64_t request, portfolio::ComplexIntent intent);
    /// A working order as it would be with these terms.
    void stageReplacement(std::uint64_t request, std::string externalId, execution::OrderTerms terms);
    void setWhatIf(WhatIf whatIf);
    void requestDryRun(std::uint64_t request, const portfolio::OrderIntent& intent);
    void requestDryRun(std::uint64_t request, const portfolio::ComplexIntent& intent);
    void send(portfolio::OrderIntent intent);
    void sendComplex(portfolio::ComplexIntent intent);
    /// Judged, journalled and sent as any order; what speaks against it is said.
    void replaceOrder(std::string externalId, execution::OrderTerms terms);
    void cancel(std::string externalId);
    /// Everything that may still fill, and trading goes on.
    void cancelAll();
    void declareOver(std::string externalId);
    /// `id` as in DifferenceRow.
    void acknowledge(std::string id);
    /// While the journal cannot be opened, or before open(): as soon as the session is up. resume() takes that back.
    void stopAll();
    /// Removes the halt file too; where that cannot be done trading stays halted, and that is said.
    void resume();
    /// Orders with real money, see LiveArming; elsewhere nothing.
    void armLive();
    void disarmLive();
    void armStrategy(const StrategyRequest& request);
    void setStrategy(const std::string& strategy, const std::string& underlying, trading::RunnerState state);
    void removeStrategy(const std::string& strategy, const std::string& underlying);
    /// What that strategy would open is published with `request` about once a second, for lookedFor from the last call on.
    void lookAtEntry(std::uint64_t request, StrategyRequest wanted);
    /// For strategies that trade one: see StrategyDesk::setBasket().
    void setBasket(DispersionBasket basket) { m_strategies.setBasket(std::move(basket)); }
    /// For strategies: completed days, oldest first.
    void setDays(const std::string& underlying, std::vector<market::Candle> days);
    void readJournal(int count);
    void saveRun(storage::StoredRun run);

Q_SIGNALS:
    void noticed(const vegadesk::desk::Notice& notice);
    /// Options that must stream because they are held, worked or staged; by underlying.
    void interestChanged(const vegadesk::desk::SymbolsByUnderlying& symbols);
    void journalRead(const std::vector<vegadesk::desk::JournalLine>& lines);
    void connectionChanged(int state, const QString& why);
    /// Every so often, and at once when something was traded.
    void pictured(std::shared_ptr<const vegadesk::desk::RiskPicture> picture);

private:
    void onProposal(std::string_view strategy, const strategies::Proposal& proposal) override;
    void onRefusal(const portfolio::OrderIntent& intent, const risk::GateRefusals& refusals) override;
    void noteForStrategy(const portfolio::OrderIntent& intent, StrategyEvent::Kind kind, const QString& text);
    void onBrokerCheck(const portfolio::OrderIntent& intent, const trading::BrokerCheck& check) override;
    void onOrder(const execution::Order& order) override;
    void onFill(const execution::Order& order, const portfolio::Fill& fill) override;
    void onDividend(std::span<const portfolio::AttributedCash> parts) override;
    void onDifference(const execution::Difference& difference) override;
    void onCashMoved(base::Decimal amount) override;
    void onTradingState(risk::TradingState state, const base::Sentence& reason) override;
    void onConnection(execution::ConnectionState state, std::string_view why) override;

    bool begin();
    base::Result<std::vector<base::JournalRecord>> openJournal();
    void halt(const char* why);
    void giveUp(const char* why);
    void stopRetrying();
    void stopLater();
    void obeyHaltFile();
    void tick();
    ArmingConditions armingConditions() const;
    void watchArming();
    void tellDisarmed();
    void refreshMarkets();
    void markLedgers();
    void publishTrading();
    void publishWithoutLoop();
    void publishLook();
    void takePicture();
    std::vector<Gauge> gauges(std::vector<PositionGroup>& groups) const; ///< sets the groups' risk on the way
    void publishTicket();
    SymbolsByUnderlying interest();
    InstrumentLookup lookup() const;
    QuotedTime quotedTime() const { return {m_basis, m_setup.marketClock->now()}; }
    using CheckDone = execution::Broker::Done<trading::BrokerCheck>;
    /// Null without a session, which is said.
    CheckDone beginDryRun(std::uint64_t request);
    static std::string idOf(const execution::Difference& difference);
    /// `underlying`: the only one that the stress in it moves.
    QString verdict(const risk::GateFigures& figures, const std::string& underlying) const;
    /// When the oldest of the legs' figures are of, in New York; empty when they are of now.
    std::optional<QString> oldSince(const portfolio::OrderIntent& intent) const;
    void notice(NoticeLevel level, const QString& text, NoticeTopic topic = NoticeTopic::None);
    void notice(const NoticeText& notice);
    storage::Executor executor();

    std::shared_ptr<market::Book> m_book;
    std::shared_ptr<TradingViews> m_views;
    base::SystemClock m_clock;
    base::Nanos m_staleAfter = std::chrono::seconds(10);
    TimeBasis m_basis = TimeBasis::Calendar;
    bool m_isFeedDown = false;
    bool m_isFeedAlive = true;

    SessionSetup m_setup;
    std::unique_ptr<storage::SqliteJournal> m_journal;
    std::unique_ptr<storage::SqliteStore> m_store;
    std::unique_ptr<trading::Loop> m_loop;
    QTimer* m_timer = nullptr;
    QTimer* m_retry = nullptr; ///< while the journal cannot be opened
    std::string m_journalWhy;  ///< why not, when it was tried last
    bool m_isBroken = false;   ///< something was thrown: halted until the next open()
    LiveArming m_arming;
    bool m_isHaltFileObeyed = false;
    bool m_isStopDue = false; ///< asked for when there was no loop; outlives close()
    HeldChains m_chains;
    StrategyDesk m_strategies;
    LiveLedgers m_ledgers;
    struct Look {
        std::uint64_t request = 0;
        base::Instant until{}; ///< by our clock
        base::Instant dueAt{}; ///< likewise
    };
    std::optional<Look> m_look;
    struct Staged {
        std::uint64_t request = 0;
        portfolio::OrderIntent intent;
        std::string replaced;                              ///< external id; empty: none
        std::optional<portfolio::ComplexIntent> complex{}; ///< that the intent is the first part of
    };
    tl::expected<risk::GateFigures, risk::GateRefusals> judge(const Staged& staged) const;
    std::optional<Staged> m_staged;
    std::optional<CheckedOrder> m_lastChecked;
    WhatIf m_whatIf;
    bool m_isTicketDue = false; ///< drawn once for all the changes that wait
    execution::ConnectionState m_connection = execution::ConnectionState::Disconnected;
    std::uint64_t m_version = 0;
    std::vector<PicturedTrade> m_trades;                           ///< that no picture has yet
    std::vector<portfolio::AttributedCash> m_paid;                 ///< that no picture has yet
    base::Instant m_picturedAt{};                                  ///< by our clock
    double m_valueAtRisk = unknown, m_expectedShortfall = unknown; ///< dollars
    std::map<std::string, execution::OrderStatus> m_lastStatus;    ///< what notices have been given for
};

} // namespace vegadesk::desk
