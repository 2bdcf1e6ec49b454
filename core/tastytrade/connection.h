#pragma once

#include "base/clock.h"
#include "tastytrade/broker.h"
#include "tastytrade/counters.h"
#include "tastytrade/endpoints.h"
#include "tastytrade/market_data.h"

#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <memory>
#include <optional>

namespace vegadesk::tastytrade
{

struct ConnectionOptions {
    Endpoints endpoints;
    Purpose purpose = Purpose::TradingAndMarketData;
    std::string account; ///< empty: the first open one that may trade
    /// Runs calls on the trading thread, later and in order. It must work until the Connection is gone.
    Executor trading;
    /// Runs the answers of reference data; empty: the Connection's own thread.
    Executor owner;
    /// The market's time where it is not ours, as at the venue; null: the clock given to make(). Decides what today is and
    /// whether the market is open; quotes are stamped with the other one. Must outlive the Connection.
    const base::Clock* marketClock = nullptr;
    std::optional<FeedSettings> feed; ///< none: what the environment was seen to bear
    std::uint64_t seed = 1;
    /// Shared by all connections of a program; null: one of its own.
    std::shared_ptr<LoginGuard> logins;
};

/// What became of a Purpose::LoginOnly connection.
struct LoginReport {
    std::vector<wire::Account> accounts; ///< that these keys open
    std::string why;                     ///< not empty: they open none, for this reason
    bool isRefused = false;              ///< by the broker, not by the network
};

/// One environment of the broker: owns the network thread and everything on it. Lives on its owner's thread, never blocks
/// there, and tells by signals; broker() is for the trading thread.
class Connection final : public QObject
{
    Q_OBJECT

public:
    /// Refuses endpoints and credentials that do not belong together, by name, before anything is sent.
    static base::Result<std::unique_ptr<Connection>> make(ConnectionOptions options, Credentials credentials,
                                                          const base::Clock& clock, market::Book& book);
    /// Ends the thread. Calls that are still open are answered first; an order under way then counts as not known.
    ~Connection() override;

    /// Finds the account and opens the streams; both reconnect by themselves from then on.
    void start();
    /// As the destructor, without waiting: ended() follows, after which the destructor has nothing to wait for.
    void end();

    const Endpoints& endpoints() const { return m_endpoints; }
    /// Null where there is no account.
    execution::Broker* broker() { return m_broker.get(); }
    market::Feed& feed() { return m_feed; }
    TastytradeReferenceData& referenceData() { return m_referenceData; }

    // Any thread:
    CounterValues counters() const { return m_counters.values(); }
    std::vector<Quarantine::Entry> quarantined() const { return m_quarantine.entries(); }
    execution::ConnectionState accountState() const { return m_accountState.load(std::memory_order_acquire); }

    /// Empty until the broker told it; on the owner's thread.
    const QString& account() const { return m_account; }

Q_SIGNALS:
    void accountFound(const QString& number);
    /// Connected: the broker acknowledged the account's stream. `why` is for the user; empty when all is well.
    void accountStateChanged(vegadesk::execution::ConnectionState state, const QString& why);
    void feedStateChanged(vegadesk::market::FeedState state, const QString& why);
    /// Once, of a login that was only to be checked.
    void loginChecked(const vegadesk::tastytrade::LoginReport& report);
    void ended();

private:
    class Thread;

    Connection(ConnectionOptions options, Credentials credentials, const base::Clock& clock, market::Book& book);
    NetworkSide::Events events();

    const Endpoints m_endpoints;
    Counters m_counters;
    Quarantine m_quarantine{m_counters};
    std::atomic<execution::ConnectionState> m_accountState = execution::ConnectionState::Disconnected;
    QString m_account;
    std::shared_ptr<Thread> m_thread;
    std::unique_ptr<TastytradeBroker> m_broker;
    DxLinkFeed m_feed;
    TastytradeReferenceData m_referenceData;
};

} // namespace vegadesk::tastytrade

Q_DECLARE_METATYPE(vegadesk::execution::ConnectionState)
Q_DECLARE_METATYPE(vegadesk::market::FeedState)
