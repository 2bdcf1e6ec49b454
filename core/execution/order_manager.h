#pragma once

#include "base/clock.h"
#include "base/journal.h"
#include "execution/broker.h"
#include "execution/journal_codec.h"
#include "execution/order.h"
#include "execution/order_budget.h"
#include "execution/settlement_inference.h"
#include "risk/gate/gate.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::execution
{

/// Something that does not agree between us and the broker, or in the journal. Shown to the user, never traded away.
struct Difference {
    enum class Kind : std::uint8_t {
        Position,           ///< the broker holds another quantity than our fills add up to
        OrderVanished,      ///< an order the broker once had is no longer listed
        OrderNotJournalled, ///< it carries an id of ours, and the journal does not know it
        DuplicateOrder,     ///< two orders at the broker carry one id of ours
        LateOrder,          ///< it appeared after it had been proven absent
        Fill,               ///< a fill without ids, beyond the order's quantity, or changed after it was booked
        Unreadable,         ///< the broker has a position or an order that could not be read: limits do not see it
        Ledger,             ///< the ledger that profit and limits are reckoned from had another quantity than it should
        Legs,               ///< of an order of several legs, some have filled further than others, and that is held
        Journal             ///< the journal could not be written or read
    };
    Kind kind = Kind::Position;
    std::string key; ///< symbol, or the order's external id
    /// Where new risk waits until the difference is gone; empty: nowhere, but for what is Unreadable everywhere.
    std::string underlying;
    base::Quantity expected = 0, found = 0; ///< quantities, for Position
    std::string sentence;
    base::Instant at{};
};

/// Told on the trading thread, after the manager's own state is up to date; observers may call the manager.
class OrderObserver
{
public:
    virtual ~OrderObserver() = default;
    /// New or changed in any way, fills included. The reference stays good for the manager's life.
    virtual void onOrderChanged(const Order& order) = 0;
    /// Each fill once, before the onOrderChanged() it belongs to.
    virtual void onFill(const Order& order, const portfolio::Fill& fill) = 0;
    virtual void onDifference(const Difference& difference) = 0;
    /// The broker's word on this position stands from now on, whatever fills add up to.
    virtual void onHeldChanged(const portfolio::Position& /*position*/) {}
    /// A snapshot is over: the broker was asked for everything and has answered.
    virtual void onReconciled() {}
};

struct OrderManagerSettings {
    /// First part of every id: environment and account, "venue-5WX00042". Letters, digits and '-'.
    std::string idPrefix;
    base::Nanos snapshotGap = std::chrono::seconds(10);    ///< least time between two snapshots that prove absence
    base::Nanos answerTimeout = std::chrono::seconds(30);  ///< a call without answer for longer counts as lost
    base::Nanos cancelRetry = std::chrono::seconds(3);     ///< between two tries to cancel one order
    base::Nanos reconcileEvery = std::chrono::seconds(60); ///< 0: only when something asks for it
    /// How long the broker's positions may lag behind its fills: two answers that far apart that say the same, with no
    /// fill in between, can be counted from. 0: one is enough.
    base::Nanos positionsLag = std::chrono::seconds(2);
    base::Nanos approvalLifetime = std::chrono::seconds(5); ///< an older approval was made at other prices: refused
    int ordersPerMinute = 60;                               ///< 1 to OrderBudget::countMost; cancels do not count
    base::Nanos minute = std::chrono::minutes(1);           ///< by the manager's clock
};

/// The only maker of SendableOrder. Owns what became of every order: journals the intent, sends it once, follows it by
/// answers, events and snapshots, and asks the broker where it does not know. Source: the domain reference, E2 to E4.
///
/// Thread    the trading thread, like its journal's and broker's callbacks.
/// Expiry    options that the broker took away are booked from its settlements, each as an external order of origin
///           "settlement": asked for when it holds less of an option than our fills add up to.
/// Sending   an order goes to the broker in the completion of its "order.intent" record, never before, and once. When the
///           outcome is not known it becomes Unknown; it is NotPlaced after two snapshots at least snapshotGap apart that
///           do not list it, and an order of an earlier day, which today's list need not show, then ends as Expired.
/// Rate      new orders and replacements leave no faster than ordersPerMinute, whoever asks for them: this is where all of
///           them pass, and a gate that judges by what it is shown has no memory of what left. One that would wait for
///           longer than its approval lives is refused at once, others wait here. Cancels never wait and never count; what
///           reduces risk and a person asks for counts, and never waits.
/// Replacing the intent names the order whose place the new one takes. That one may fill until the broker says that it is
///           over (ReplaceRequested); a fill of it ends the new one, by the broker's word. While the outcome is not known
///           both count, as one: never do both fill. The new one is found by its id, or by what it replaces. Where the old
///           one has filled and the broker works the new one all the same, the new one is cancelled.
/// Complex   the parts are orders like others; what waits for a trigger counts from its first fill on, and two that cancel
///           each other count as one. A cancel goes through the broker's id of the whole.
/// Positions those of the broker, as two snapshots at least snapshotGap apart have them, are what is held. An expired
///           contract that is gone was settled, whether its transactions say so or not. Anything else that fills do not
///           explain is a difference; what is held follows the broker all the same, because limits must measure it and
///           a person must be able to close it.
/// Journal   order.intent, order.sent, order.update, order.fill, order.cancel, order.external, positions,
///           reconcile.difference, reconcile.acknowledged; order.complex, the intent of all parts.
class OrderManager
{
public:
    /// All must outlive the manager. `clock` is the market's: days and stamps. How long something takes is measured on
    /// `spanClock` (null: the same), which goes on where the market's stands still or is set ahead; approvals must be of its
    /// time then (GateState::spanNow).
    OrderManager(Broker& broker, base::Journal& journal, const base::Clock& clock, OrderManagerSettings settings,
                 const base::Clock* spanClock = nullptr);
    ~OrderManager();
    OrderManager(const OrderManager&) = delete;
    OrderManager& operator=(const OrderManager&) = delete;

    void addObserver(OrderObserver* observer);
    void removeObserver(OrderObserver* observer);

    /// Must come first, with everything the journal holds (nothing, for a new one); submit() refuses before. Orders that
    /// were on their way become Unknown, ids continue where they stopped, and the next poll() asks the broker.
    /// Records of other prefixes are skipped; one that cannot be read becomes a difference.
    void restore(std::span<const base::JournalRecord> records);

    /// Called once, when the order left Intent and Sent: answered, refused, not placed, or not known. With a journal that
    /// fails at once that is inside submit().
    using Submitted = std::function<void(const Order&)>;
    /// The external id. Refused: before restore(), for a stale or used approval, and while cancelAll() runs unless a person
    /// reduces risk with it; nothing was journalled or sent then.
    base::Result<std::string> submit(risk::ApprovedOrder approved, Submitted done = {});

    /// Puts an order with other terms (price, type, time in force) in the place of one that works. The approval must be for
    /// that (GateState::replaced). The external id of the new order; `done` as with submit(). Refused as submit() refuses,
    /// NotFound, and Refused for one that is not isReplaceable() or has a replacement on its way.
    base::Result<std::string> replace(std::string_view externalId, risk::ApprovedOrder approved, Submitted done = {});

    /// Orders that depend on each other, each a part with an id and a life of its own, journalled and sent as one. The
    /// external ids, the trigger's first. Refused as submit() refuses.
    base::Result<std::vector<std::string>> submit(risk::ApprovedComplex approved);

    /// Never refused by a state of ours: an order that the broker has not named yet is cancelled as soon as it is. Of an
    /// order and its replacement both are cancelled, and of a complex order all parts.
    /// Errors: NotFound; Refused for an order that is over. What comes of it, observers hear.
    base::Result<void> cancel(std::string_view externalId);
    /// A person has seen at the broker that an order which vanished there is over. Should the broker list it again, it is
    /// what the broker says. Errors: NotFound; Refused unless it is Unknown and two snapshots did not list it.
    base::Result<void> declareOver(std::string_view externalId);
    /// Cancels everything that may still fill, orders placed elsewhere too, and keeps at it (poll) until a snapshot of the
    /// broker shows nothing of that working. New orders are refused meanwhile, but for closes that a person asks for.
    void cancelAll(std::function<void()> finished = {});
    bool isCancellingAll() const { return m_isCancellingAll; }
    /// Asked of each order right before it leaves, because what was approved may have waited since: why it may not, empty
    /// when it may. An order of which that is said is NotPlaced.
    using MayLeave = std::function<std::string(const portfolio::OrderIntent& intent, bool isReducing)>;
    void setMayLeave(MayLeave mayLeave) { m_mayLeave = std::move(mayLeave); }

    /// What the broker's listener hears; the owner forwards it here.
    void brokerReported(const BrokerOrder& report);
    void brokerUnreadable(const Unreadable& part);
    /// News of one position: the broker is asked for everything where it is not what is held.
    void positionReported(const portfolio::Position& position);
    void connectionChanged(ConnectionState state);
    /// About once a second: time-outs, retries, snapshots that are due.
    void poll();
    /// A snapshot of orders, then of positions. `done` has the differences that are open after it.
    void reconcile(std::function<void(base::Result<std::vector<Difference>>)> done = {});

    const Order* find(std::string_view externalId) const;
    /// In the order they became known, those that are over too.
    const std::vector<const Order*>& orders() const { return m_inOrder; }
    struct Claims {
        std::vector<portfolio::OrderIntent> orders;
        std::vector<risk::Alternative> alternatives;
    };
    /// What may still fill, with what is left of each leg: for the gate. Unknown orders count in full. A limit order whose
    /// fills have come for some legs only has no price here: it counts at what its legs cost now. Without the order
    /// `released`, whose place another is to take.
    Claims claims(std::string_view released = {}) const;
    std::vector<portfolio::OrderIntent> workingIntents() const { return claims().orders; }
    /// What is left of an order, as in claims(); without legs where nothing is.
    portfolio::OrderIntent remainder(std::string_view externalId) const;

    /// How many orders may go at once, how long the next one (or the last of as many) waits, and how many a minute there may be.
    int ordersLeft() const { return m_budget.left(m_spans.now()); }
    base::Nanos orderWait(int orders = 1) const { return m_budget.waitAt(m_spans.now(), orders); }
    int ordersPerMinute() const { return m_budget.perMinute(); }
    void setOrdersPerMinute(int count) { m_budget.setPerMinute(count, m_spans.now()); }

    /// When the broker was last asked for all orders, by the clock of spans; empty before.
    std::optional<base::Instant> lastSnapshotAt() const { return m_lastSnapshotAt; }
    /// When the last answer of all positions was asked for that could be compared, by the clock of spans; empty before.
    std::optional<base::Instant> comparedAt() const { return m_comparedAt; }
    /// The same by the market's clock.
    std::optional<base::Instant> reconciledAt() const { return m_reconciledAt; }
    const std::vector<Difference>& differences() const { return m_differences; } ///< open ones
    /// Underlyings with an open difference, Legs apart: no new risk there.
    std::vector<std::string> frozenUnderlyings() const;
    /// Underlyings in which the legs of an order have not filled alike: no new risk there until they have, until what is
    /// ahead is traded away, or until a person has seen it. The order's rest works on meanwhile.
    std::vector<std::string> unevenUnderlyings() const;
    /// Something cannot be read whose underlying is not known: no new risk anywhere.
    bool isAllFrozen() const;
    /// The user has seen it: the broker's quantity becomes ours. False when no such difference is open.
    bool acknowledge(Difference::Kind kind, std::string_view key);
    /// Something that whoever keeps other books found by itself; it stays open until acknowledged.
    void noteDifference(Difference difference) { report(std::move(difference)); }
    /// For a record that whoever shares the journal appends: that it could not be written becomes a difference, as with ours.
    base::Journal::Done journalDone();
    /// What our fills and settlements add up to, from what snapshots agreed on at the start (or was acknowledged). Empty
    /// before that.
    const std::optional<Quantities>& expectedPositions() const { return m_expected; }
    /// What the account holds: expectedPositions(), but the broker's quantity where a difference is open. Empty until the
    /// broker's answers of this run can be counted from.
    const std::optional<Quantities>& held() const { return m_held; }
    /// A difference in positions is being looked at, or open: cash may have moved with it.
    bool hasMismatch() const { return !m_mismatches.empty(); }
    /// As the broker described it last, whatever its quantity then; null when it never did.
    const portfolio::Position* lastReported(std::string_view symbol) const;

    /// Where to ask what an option's underlying settled at, as far as it is known (NaN: not).
    void setSettlementPrice(std::function<double(const std::string& symbol)> price);

private:
    struct Entry {
        Order order;
        base::Instant approvedAt{}, sentAt{};
        base::Instant leavesAt{};                   ///< not before its turn
        base::Instant brokerUpdatedAt{};            ///< the broker's own time of its last report
        std::optional<base::Instant> firstAbsentAt; ///< request time of the first snapshot without it
        base::Instant absentCountsFrom{};           ///< snapshots asked for before this prove nothing
        std::optional<base::Instant> cancelTriedAt;
        int cancelTries = 0;
        bool isCancelWanted = false;
        bool isCancelInFlight = false;
        bool isInferred = false; ///< its end is our conclusion, not the broker's word
        bool isWatched = false;  ///< in m_watched
        bool isWaiting = false;  ///< on disk, and it is not its turn
        std::string replacement; ///< external id of the last order that was to take its place
        bool isReducing = false; ///< as its approval says
        bool isKept = false;     ///< a close of a person from while cancelAll() ran, which leaves it alone
        Submitted done;
    };
    struct Complex {
        portfolio::ComplexKind kind = portfolio::ComplexKind::Oco;
        std::vector<std::string> parts; ///< external ids, the trigger's first
        std::string brokerId;           ///< of the whole; empty until a report has it
    };
    struct Snapshot {
        std::uint64_t number = 0;
        base::Instant requestedAt{}; ///< by the clock of spans, like all that is waited for
        base::Instant marketTime{};  ///< of the same moment
        std::size_t fillsBefore = 0;
    };
    struct FirstPositions {
        Quantities found;
        std::size_t fillCount = 0;
        base::Instant requestedAt{};
    };
    struct Mismatch {
        base::Instant firstSeen{};
        base::Quantity found = 0, expected = 0;
        bool hasMoved = false; ///< something was traded since: where it is still there, it is another one
    };

    // order_manager.cpp
    base::Result<void> mayLeave(std::size_t orders, base::Instant approvedAt, bool isCloseOfPerson) const;
    base::Result<void> mayLeave(const risk::ApprovedOrder& approved) const;
    std::string reasonToStay(const Entry& entry, const base::Result<void>& journalled) const;
    std::string reasonTooLate(const Entry& entry) const;
    std::string reasonNotNow(const Entry& entry) const;
    std::string enter(risk::ApprovedOrder approved, Submitted done);
    void sendWaiting(Entry& entry);
    void send(const std::string& externalId, const base::Result<void>& journalled);
    void answered(const std::string& externalId, const base::Result<BrokerOrder>& answer);
    void becomeUnknown(Entry& entry, std::string_view why);
    void wantCancel(Entry& entry);
    void tryCancel(Entry& entry);
    void cancelAnswered(const std::string& externalId, const base::Result<BrokerOrder>& answer);
    bool change(Entry& entry, OrderStatus status, std::string_view reason);
    void settle(Entry& entry);
    void setStatus(Entry& entry, OrderStatus status, std::string_view reason = {});
    void write(std::string kind, const std::string& key, std::string payload);
    void report(Difference difference);
    void notify(const Order& order);
    Entry* entryOf(std::string_view externalId);
    void watch(Entry& entry);
    void leaveFinished();
    std::string nextExternalId();

    // order_replacement.cpp
    /// The one that is to take its place, while that may be; null otherwise.
    Entry* replacementOf(const Entry& entry);
    Entry* unnamedReplacement(const BrokerOrder& report);
    void linkReplacement(Entry& replacement);
    void followReplacement(Entry& entry);
    void noteTradedTwice(const Entry& entry);
    /// Everything that was in this order's place before it and after it, oldest first.
    std::vector<Entry*> chainOf(const Entry& entry);
    void keepFromFillingBoth(const Entry& entry);
    std::vector<Entry*> pairOf(Entry& entry);

    // order_complex.cpp
    Complex* complexOf(const Entry& entry);
    std::vector<std::string> linkComplex(const std::string& complexId, const JournalledComplex& record);
    void sendComplex(const std::string& complexId, const base::Result<void>& journalled);
    void complexAnswered(const std::string& complexId, const base::Result<std::vector<BrokerOrder>>& answer);
    void tryCancelComplex(const std::string& complexId);
    void complexCancelAnswered(const std::string& complexId, const base::Result<std::vector<BrokerOrder>>& answer);
    Entry* unnamedPart(const BrokerOrder& report);
    void notePairTraded(const Entry& entry);
    void joinComplex(Entry& entry, std::string_view complexId, std::string_view tag);
    bool isDormant(const Order& order) const;

    // order_legs.cpp
    bool isHeld(const portfolio::OrderLeg& leg) const;
    void noteLegs(const Order& order);
    void noteLegsAgain();
    void noteAllLegs();

    // order_claims.cpp
    static bool isOver(const Order& order);
    static bool isSameClaim(const portfolio::OrderIntent& a, const portfolio::OrderIntent& b);

    // order_reports.cpp
    void apply(const BrokerOrder& report);
    Entry& entryFor(const BrokerOrder& report);
    bool isPerhapsOurs(const BrokerOrder& report) const;
    void noteUnreadableOrder(const Order& order);
    Entry& addExternal(const BrokerOrder& report);
    std::vector<portfolio::Fill> bookFills(Entry& entry, const BrokerOrder& report);
    void countFill(const portfolio::Fill& fill);
    OrderStatus statusAfter(const Entry& entry, const BrokerOrder& report);

    // order_reconciliation.cpp
    void ordersArrived(const base::Result<std::vector<BrokerOrder>>& answer);
    void countAbsence(Entry& entry, const Snapshot& snapshot);
    void vanished(const Entry& entry, std::string_view what);
    void conclude(Entry& entry, OrderStatus status, std::string_view reason);
    void closeDifference(Difference::Kind kind, std::string_view key);
    void finishSnapshot(const base::Error* error);

    // position_reconciliation.cpp
    void positionsArrived(const base::Result<std::vector<portfolio::Position>>& answer);
    void comparePositions(const Quantities& found, const Snapshot& snapshot);
    void inferSettlements(const Quantities& found, const Snapshot& snapshot);
    std::optional<EndedOption> endedOption(const std::string& symbol, const Snapshot& snapshot) const;
    bool isRipe(const std::string& symbol, base::Instant requestedAt) const;
    void agreeOnPositions(const Quantities& found, base::Instant requestedAt);
    void hold(const std::string& symbol, base::Quantity quantity);
    void count(const std::string& symbol, base::Quantity change);
    void writeExpected();
    void lookAtPositionNews();
    std::string underlyingOf(const std::string& symbol) const;
    void finishCancelAll();
    bool isSnapshotDue() const;
    void noticeClock(base::Instant now);

    // order_settlement.cpp
    void askForSettlements();
    void bookSettlement(const Settlement& settlement);

    // order_restore.cpp
    base::Result<void> restoreRecord(const base::JournalRecord& record);
    base::Result<void> restoreComplex(const base::JournalRecord& record);
    base::Result<void> restoreStep(const base::JournalRecord& record);
    Entry& restoreEntry(const base::JournalRecord& record);

    Broker& m_broker;
    base::Journal& m_journal;
    const base::Clock& m_clock; ///< the market's
    const base::Clock& m_spans; ///< for how long something takes
    OrderManagerSettings m_settings;
    OrderBudget m_budget;
    std::vector<OrderObserver*> m_observers;

    std::map<std::string, Entry, std::less<>> m_entries; ///< by external id; nothing is ever erased
    std::vector<const Order*> m_inOrder;
    /// Those of which something may still come, oldest first: what polls and snapshots walk, however long the journal is.
    std::vector<Entry*> m_watched;
    std::map<std::string, Complex, std::less<>> m_complexes; ///< by our id
    std::map<std::string, std::string, std::less<>> m_byBrokerId;
    std::map<std::pair<std::string, std::string>, portfolio::Fill> m_fills; ///< by broker order id and fill id
    std::string m_runStamp;
    std::int64_t m_lastCounter = 0;
    bool m_isRestored = false;

    bool m_isConnected = true;
    bool m_isSnapshotWanted = false;
    std::optional<Snapshot> m_snapshot; ///< under way
    std::uint64_t m_snapshotNumber = 0;
    std::optional<base::Instant> m_lastSnapshotAt; ///< when the last one was asked for
    std::optional<base::Instant> m_comparedAt;     ///< likewise, of those that came through
    std::optional<base::Instant> m_reconciledAt;   ///< the market's time then
    base::Instant m_polledAt{};
    std::vector<std::function<void(base::Result<std::vector<Difference>>)>> m_waiting;

    std::optional<Quantities> m_expected, m_held;
    std::optional<FirstPositions> m_firstPositions;
    std::map<std::string, std::string, std::less<>> m_underlyingOf;
    std::map<std::string, portfolio::Position, std::less<>> m_reported; ///< by symbol
    std::map<std::string, base::Quantity, std::less<>> m_positionNews;  ///< not looked at yet
    std::set<std::string> m_unreadable, m_unreadableBefore; ///< keys, in this snapshot of positions and the last one
    std::set<std::string> m_seen;                           ///< sentences of what a person acknowledged
    std::function<double(const std::string&)> m_settlementPrice;
    std::map<std::string, Mismatch, std::less<>> m_mismatches;
    std::vector<Difference> m_differences;
    bool m_isJournalFailureShown = false;

    MayLeave m_mayLeave;

    bool m_isCancellingAll = false;
    base::Instant m_cancelAllFrom{};
    std::function<void()> m_cancelAllDone;

    std::shared_ptr<char> m_alive = std::make_shared<char>(); ///< callbacks that outlive the manager find it gone
};

} // namespace vegadesk::execution
