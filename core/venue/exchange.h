#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "execution/fill_model.h"
#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/transaction.h"
#include "venue/account_book.h"
#include "venue/account_history.h"
#include "venue/preflight.h"
#include "venue/trading_hours.h"

#include <chrono>
#include <list>
#include <string>
#include <string_view>
#include <vector>

namespace vegadesk::venue
{

struct ExchangeSettings {
    std::string account = "SIM00001";
    base::Decimal startCash = base::Decimal::fromInteger(100'000); ///< example positions are bought out of it
    bool withExamplePositions = true;
    /// From acceptance to Live in the venue's time; the first fill may come then.
    base::Nanos latency = std::chrono::milliseconds(40);
    /// Until an order that filled in part is looked at again, and one that rests. Quoted sizes change every 250 ms.
    base::Nanos takerRetry = std::chrono::milliseconds(250);
    base::Nanos restingRetry = std::chrono::seconds(1);
    execution::FillSettings fills;
};

/// Told in the order in which things happen, with whole objects; called from within the exchange's own calls.
class ExchangeListener
{
public:
    virtual ~ExchangeListener() = default;
    virtual void onOrder(const tastytrade::wire::Order& order) = 0;
    /// After onOrder() of the part that changed, and once when all parts are placed.
    virtual void onComplexOrder(const tastytrade::wire::ComplexOrder&) {}
    virtual void onPosition(const tastytrade::wire::AccountPosition& position) = 0;
    virtual void onBalance(const tastytrade::wire::AccountBalance& balance) = 0;
};

/// Everything that an exchange must keep to go on as it is, with the same market.
struct ExchangeState {
    struct PlacedOrder {
        tastytrade::wire::Order order;
        std::vector<market::Instrument> instruments; ///< one a leg; none once the order is over
        base::Instant nextStepAt{};
        bool hasRested = false;   ///< was on the book before the present quote came
        bool isTriggered = false; ///< of a stop order
        std::int64_t fillCount = 0;
    };
    /// Its parts are among the orders.
    struct Complex {
        std::string id;
        tastytrade::wire::ComplexType type = tastytrade::wire::ComplexType::Otoco;
        std::string trigger; ///< id of the order; empty for OCO
        std::vector<std::string> orders;
        std::string externalId, source;
    };
    /// Owed since the morning of an ex-date.
    struct DividendDue {
        std::string symbol;
        base::Date payDate{};
        base::Decimal perShare;
        base::Decimal amount; ///< signed: below 0 the account pays
    };
    base::Instant now{};
    std::int64_t nextOrderId = 0, nextComplexId = 0;
    bool hasExamples = false;
    AccountState account;
    std::vector<PlacedOrder> orders;    ///< oldest first
    std::vector<Complex> complexOrders; ///< likewise
    std::vector<tastytrade::wire::Transaction> deliveries;
    std::vector<DividendDue> dividendsDue;
    AccountHistoryState history;
};

/// The broker behind the venue, without sockets: one account, its orders, and matching against a market model.
///
/// Time     moves only by advanceTo(); everything that falls due on the way (opens, closes, expiries, day orders)
///          happens in its order, at its own moment, however often it is called. The same orders at the same moments
///          give the same bytes.
/// Sessions orders trade from 9:30 to the close of the stock session, with an extended lifetime also outside (at prices that
///          stand still there); Day orders expire at the end of their hours.
/// Replace  the new order is Contingent, the old one Replace Requested; after the latency the old one is Cancelled and the
///          new one Routed for what was left. A fill in between rejects the new one, and the old one works on.
/// Rules    an order whose own conditions and times do not hold yet is Contingent until they do; see verdictOf().
/// Complex  a trigger's fill releases its orders, each checked again; the first fill of an OCO pair cancels the other order.
/// History  orders that are over are listed while there are not more than `overOrdersMost` of them, and on their own day anyhow.
/// Expiry   options in the money by a cent or more are settled: index options in cash, others by stock at the strike.
/// Futures  trade in hours of their own; at the close of stocks each is settled, its gain or loss since the last time paid in
///          cash, and its open price is then that of the settlement. Options on them are settled by the future at the strike.
/// Early    short American options that the market's holders give up at a close are assigned then, all of them; orders that
///          were to close them are cancelled.
/// Payment  who holds a share at the midnight before an ex-date is paid on the morning of the payment date; who is short pays.
class Exchange
{
public:
    static constexpr std::size_t overOrdersMost = 1000;

    Exchange(ExchangeSettings settings, MarketModel& market, base::Instant start);
    /// Goes on from what another one's state() was, which started at `start` with the same settings and market.
    Exchange(ExchangeSettings settings, MarketModel& market, base::Instant start, const ExchangeState& state);
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    ExchangeState state() const;

    /// Empties the account, as the broker's certification environment does every day: it holds the cash it began with and nothing
    /// else, its orders and its past are gone. Numbers of orders and trades go on, and nobody is told.
    void reset();
    /// Whether nothing ever happened to the account since it began or was emptied: no order, nothing held, no money moved.
    bool isUntouched() const;
    /// Begins again at `at`, which may be earlier, with an account as after reset(). isUntouched() must be true.
    void restartAt(base::Instant at);
    void setListener(ExchangeListener* listener) { m_listener = listener; }
    base::Instant now() const { return m_now; }
    base::Date today() const;
    bool isMarketOpen() const;
    /// Earlier moments are ignored: the clock never runs back.
    void advanceTo(base::Instant now);

    const std::string& accountNumber() const { return m_settings.account; }
    tastytrade::wire::Account account() const;
    /// Its buying power is what orders that work leave of it.
    tastytrade::wire::AccountBalance balance() const;
    std::vector<tastytrade::wire::AccountPosition> positions(bool includeClosed) const;

    Answer<tastytrade::wire::OrderAnswer> dryRun(const tastytrade::wire::OrderRequest& request);
    Answer<tastytrade::wire::OrderAnswer> place(const tastytrade::wire::OrderRequest& request);
    Answer<tastytrade::wire::Order> cancel(std::string_view id);
    /// `request` is whole: see wire::parseReplacement(). Its legs are the old order's, with their quantities or what is left.
    Answer<tastytrade::wire::OrderAnswer> dryRunReplacement(std::string_view id,
                                                            const tastytrade::wire::OrderRequest& request);
    /// The new order.
    Answer<tastytrade::wire::Order> replace(std::string_view id, const tastytrade::wire::OrderRequest& request);

    Answer<tastytrade::wire::ComplexOrderAnswer> dryRun(const tastytrade::wire::ComplexOrderRequest& request);
    Answer<tastytrade::wire::ComplexOrderAnswer> place(const tastytrade::wire::ComplexOrderRequest& request);
    /// All parts that are not over.
    Answer<tastytrade::wire::ComplexOrder> cancelComplex(std::string_view id);
    std::optional<tastytrade::wire::ComplexOrder> complexOrder(std::string_view id) const;
    /// Newest first; `isLive`: those with a part that works, or was created or changed today.
    std::vector<tastytrade::wire::ComplexOrder> complexOrders(bool isLive) const;

    /// Null when there is none.
    const tastytrade::wire::Order* order(std::string_view id) const;
    /// What expiries moved, oldest first: each option taken away and the shares delivered for it.
    const std::vector<tastytrade::wire::Transaction>& deliveries() const { return m_deliveries; }
    const AccountHistory& history() const { return m_history; }
    /// What is held, without what orders that work hold of it.
    const AccountBook& book() const { return m_book; }
    /// Newest first; the pointers are good until the next call that may add an order.
    std::vector<const tastytrade::wire::Order*> orders() const;
    /// Everything created or changed today, and what still works. Newest first.
    std::vector<const tastytrade::wire::Order*> liveOrders() const;

    /// From now on new orders are answered as Routed and rejected ("Session offline"), as the certification
    /// environment does at times.
    void setSessionOffline(bool isOffline) { m_isSessionOffline = isOffline; }
    bool isSessionOffline() const { return m_isSessionOffline; }

private:
    struct Entry {
        tastytrade::wire::Order order;
        CheckedOrder checked;
        base::Instant nextStepAt{};
        bool hasRested = false;   ///< was on the book before the present quote came
        bool isTriggered = false; ///< of a stop order
        std::int64_t fillCount = 0;

        /// Waits for another order: for a trigger's fill, or for the end of what it replaces.
        bool isDormant() const
        {
            return order.state == tastytrade::wire::OrderState::Contingent && nextStepAt == base::Instant::max();
        }
    };
    struct Figures {
        tastytrade::wire::BuyingPowerEffect buyingPower;
        tastytrade::wire::FeeCalculation fees;
    };

    using Complex = ExchangeState::Complex;
    /// What stands around an order that is checked.
    struct Scope {
        const Entry* replaced = nullptr; ///< works until the order takes its place
        const Complex* pair = nullptr;   ///< of OCO orders, one of which it is: the other is not in its way
        /// What a trigger will have bought and sold; the order waits for it, and its cost is looked at then.
        const std::vector<portfolio::OrderLeg>* expected = nullptr;
    };

    Answer<Entry> check(const tastytrade::wire::OrderRequest& request, Figures& figures, const Scope& scope);
    Entry& take(Entry entry);
    Figures figuresOf(const CheckedOrder& order, const Scope& scope) const;
    std::vector<portfolio::OrderLeg> workingLegs(const Scope& scope) const;
    void addWorking(std::vector<HoldingChange>& changes, double& cash, const Scope& scope) const;
    Entry* find(std::string_view id);
    static TradingHours hoursOf(const Entry& entry);
    bool isOpenFor(const Entry& entry) const;
    std::vector<tastytrade::wire::Reason> warningsFor(const Entry& entry) const;

    // exchange_replace.cpp
    Answer<tastytrade::wire::OrderRequest> replacementOf(const Entry& replaced,
                                                         const tastytrade::wire::OrderRequest& request) const;
    Answer<Entry> checkReplacement(std::string_view id, const tastytrade::wire::OrderRequest& request,
                                   Figures& figures);
    bool isReplacing(const Entry& entry) const;
    void takePlace(const Entry& old, const Entry& next);
    void completeReplacement(Entry& replaced);
    void abortReplacement(Entry& replaced, const char* why);

    // exchange_complex.cpp
    struct CheckedComplex {
        std::vector<Entry> parts; ///< the trigger first, where there is one
        Figures figures;          ///< of the first
    };
    Answer<CheckedComplex> check(const tastytrade::wire::ComplexOrderRequest& request);
    Complex* complexOf(const tastytrade::wire::Order& order);
    tastytrade::wire::ComplexOrder report(const Complex& complex) const;
    void onPartFilled(Entry& part);
    void onPartOver(Entry& part);
    void release(Entry& part);
    void tellComplex(const tastytrade::wire::Order& part);

    // exchange_clock.cpp
    base::Instant nextBoundary() const;
    void onBoundary();
    void expireOrders(TradingHours ended);
    void expireEnded();
    void forgetOldOrders();
    void step(Entry& entry);
    void waitUntil(Entry& entry, base::Instant at);
    void begin(Entry& entry);
    void endRequested(Entry& entry);
    void settleExpired();
    void assignEarly();
    void settleFutures();
    void noteDividends();
    void payDividends();
    void settle(const portfolio::Position& position, const market::Instrument& option, double settlementPrice);
    tastytrade::wire::Transaction& bookSettlement(const market::Instrument& instrument, base::Quantity quantity,
                                                  base::Decimal price);

    void tryFill(Entry& entry);
    bool isTriggered(Entry& entry) const;
    void applyFill(Entry& entry, const execution::FillDecision& decision);
    base::Quantity remainingUnits(const Entry& entry) const;
    /// What a notional order trades at the price of now; the legs of any other with what is left of them.
    std::vector<portfolio::OrderLeg> legsLeft(const Entry& entry) const;
    void fillValue(Entry& entry, const execution::LegQuote& quote);
    void setState(Entry& entry, tastytrade::wire::OrderState state);
    void finish(Entry& entry, tastytrade::wire::OrderState state, std::string reason = {});
    void tellPosition(std::string_view symbol);
    void placeExamples();
    void sampleUntil(base::Instant until);

    ExchangeSettings m_settings;
    MarketModel& m_market;
    execution::FillModel m_fillModel;
    AccountBook m_book;
    AccountHistory m_history;
    base::Instant m_start, m_now, m_boundary;
    std::list<Entry> m_orders;     // a list: entries stay where they are
    std::vector<Entry*> m_working; // those that are not terminal, and some that became so in this call
    ExchangeListener* m_listener = nullptr;
    std::vector<Complex> m_complexOrders;
    std::int64_t m_nextOrderId = 270'001, m_nextComplexId = 2'000'010'001;
    std::vector<tastytrade::wire::Transaction> m_deliveries;
    std::vector<ExchangeState::DividendDue> m_dividendsDue;
    bool m_isSessionOffline = false, m_hasExamples = false;
};

/// A small book for the first start: stock with a call sold against it, two long calls, an iron condor. Empty when
/// the market does not list the names.
std::vector<portfolio::Position> examplePositions(const std::string& account, MarketModel& market, base::Instant at);

} // namespace vegadesk::venue
