#pragma once

#include "base/decimal.h"
#include "base/time.h"
#include "execution/fill_model.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/transaction.h"
#include "venue/account_book.h"
#include "venue/account_history.h"
#include "venue/preflight.h"

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
    base::Instant now{};
    std::int64_t nextOrderId = 0;
    bool hasExamples = false;
    AccountState account;
    std::vector<PlacedOrder> orders; ///< oldest first
    std::vector<tastytrade::wire::Transaction> deliveries;
    AccountHistoryState history;
};

/// The broker behind the venue, without sockets: one account, its orders, and matching against a market model.
///
/// Time     moves only by advanceTo(); everything that falls due on the way (opens, closes, expiries, day orders)
///          happens in its order, at its own moment, however often it is called. The same orders at the same moments
///          give the same bytes.
/// Sessions orders trade from 9:30 to the close of the stock session; Day orders expire there.
/// History  orders that are over are listed while there are not more than `overOrdersMost` of them, and on their own day anyhow.
/// Expiry   options in the money by a cent or more are settled: index options in cash, others by stock at the strike.
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
    };
    struct Figures {
        tastytrade::wire::BuyingPowerEffect buyingPower;
        tastytrade::wire::FeeCalculation fees;
    };

    Answer<Entry> check(const tastytrade::wire::OrderRequest& request, Figures& figures);
    Figures figuresOf(const CheckedOrder& order) const;
    std::vector<portfolio::OrderLeg> workingLegs() const;
    void addWorking(std::vector<HoldingChange>& changes, double& cash) const;

    base::Instant nextBoundary() const;
    base::Instant nextOpen() const;
    void onBoundary();
    void forgetOldOrders();
    void settleExpired();
    void settle(const portfolio::Position& position, const market::Instrument& option, double settlementPrice);
    tastytrade::wire::Transaction& bookSettlement(const market::Instrument& instrument, std::int64_t quantity,
                                                  base::Decimal price);

    void step(Entry& entry);
    void tryFill(Entry& entry);
    bool isTriggered(Entry& entry) const;
    void applyFill(Entry& entry, const execution::FillDecision& decision);
    std::int64_t remainingUnits(const Entry& entry) const;
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
    std::int64_t m_nextOrderId = 270'001;
    std::vector<tastytrade::wire::Transaction> m_deliveries;
    bool m_isSessionOffline = false, m_hasExamples = false;
};

/// A small book for the first start: stock with a call sold against it, two long calls, an iron condor. Empty when
/// the market does not list the names.
std::vector<portfolio::Position> examplePositions(const std::string& account, MarketModel& market, base::Instant at);

} // namespace vegadesk::venue
