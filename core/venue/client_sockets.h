#pragma once

#include "venue/account_stream.h"
#include "venue/exchange.h"
#include "venue/faults.h"
#include "venue/feed_session.h"
#include "venue/notice_faults.h"

#include <QByteArray>
#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QWebSocket>

#include <cstdint>
#include <memory>
#include <vector>

namespace vegadesk::venue
{

/// The web sockets that are connected: feed clients at feedPath, account streams everywhere else.
///
/// Limits  a client that leaves mostBuffered bytes unread is passed over by the feed until it reads, one that leaves
///         mostUnread is cut off. A feed client that says nothing for a minute is bidden farewell, and cut off when it does
///         not go.
class ClientSockets final : public QObject
{
public:
    static const QString feedPath; ///< "/dxlink"
    static constexpr qint64 mostBuffered = 8 << 20;
    static constexpr qint64 mostUnread = 64 << 20;

    /// All must outlive this.
    ClientSockets(Credentials& credentials, MarketModel& market, Exchange& exchange, const Faults& faults);
    ~ClientSockets() override;

    void add(std::unique_ptr<QWebSocket> socket);
    /// What `seconds` bring at `perSecond` quotes for all clients together, and at most `perSymbol` a second of one option
    /// (0: no such limit).
    void streamQuotes(double seconds, double perSecond, double perSymbol);
    void keepAlive();
    /// What time brings besides quotes; every 20 ms.
    void tick();
    /// To every account stream.
    void notify(const QByteArray& frame);
    /// To those account streams that have asked for quote alerts.
    void notifyAlert(const QByteArray& frame);
    bool wantsAlerts() const; ///< anybody
    /// Cuts every connection, as a network failure would.
    void cutAll();

    std::size_t count() const { return m_feeds.size() + m_accounts.size(); }
    std::uint64_t eventCount() const; ///< sent since the start, clients that left included

private:
    struct Feed {
        std::unique_ptr<QWebSocket> socket;
        std::unique_ptr<FeedSession> session;
        QElapsedTimer sinceHeard;
    };
    struct Account {
        std::unique_ptr<QWebSocket> socket;
        std::unique_ptr<AccountStream> stream;
    };
    void addFeed(std::unique_ptr<QWebSocket> socket);
    void addAccount(std::unique_ptr<QWebSocket> socket);
    void forget(QWebSocket* socket);
    void sendNotices(const QByteArrayList& frames);
    template<class Cut>
    void cutWhere(Cut cut);

    Credentials& m_credentials;
    MarketModel& m_market;
    Exchange& m_exchange;
    const Faults& m_faults;
    NoticeFaults m_noticeFaults{m_faults};
    std::vector<Feed> m_feeds;
    std::vector<Account> m_accounts;
    std::uint64_t m_sessionCount = 0, m_closedEvents = 0;
    double m_owedQuotes = 0;
};

} // namespace vegadesk::venue
