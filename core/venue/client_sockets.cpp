#include "venue/client_sockets.h"

#include "venue/schema_drift.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>

namespace vegadesk::venue
{

namespace
{

constexpr std::chrono::milliseconds silenceLimit = std::chrono::seconds(60);
constexpr std::chrono::milliseconds farewellLimit = silenceLimit + std::chrono::seconds(30);
constexpr quint64 mostFrameBytes = 4 << 20;

} // namespace

const QString ClientSockets::feedPath = QStringLiteral("/dxlink");

ClientSockets::ClientSockets(Credentials& credentials, MarketModel& market, Exchange& exchange, const Faults& faults)
    : m_credentials(credentials), m_market(market), m_exchange(exchange), m_faults(faults)
{
}

ClientSockets::~ClientSockets()
{
    for (const Feed& client : m_feeds)
        client.socket->disconnect(this);
    for (const Account& client : m_accounts)
        client.socket->disconnect(this);
}

void ClientSockets::add(std::unique_ptr<QWebSocket> socket)
{
    if (socket->state() != QAbstractSocket::ConnectedState) { // gone already: nobody will tell us any more
        socket.release()->deleteLater();
        return;
    }
    socket->setMaxAllowedIncomingMessageSize(mostFrameBytes);
    if (socket->requestUrl().path() == feedPath)
        addFeed(std::move(socket));
    else
        addAccount(std::move(socket));
}

void ClientSockets::addFeed(std::unique_ptr<QWebSocket> socket)
{
    QWebSocket* const raw = socket.get();
    auto session = std::make_unique<FeedSession>(
        m_credentials, m_market, [this] { return m_exchange.now(); },
        [this, raw](const QByteArray& frame) {
            if (m_faults.isFeedSilent || m_faults.isHalfOpen)
                return;
            raw->sendTextMessage(QString::fromUtf8(m_faults.hasSchemaDrift ? drifted(frame) : frame));
        });
    session->setFaults(&m_faults);
    Feed client{std::move(socket), std::move(session), {}};
    client.sinceHeard.start();
    m_feeds.push_back(std::move(client));
    connect(raw, &QWebSocket::textMessageReceived, this, [this, raw](const QString& text) {
        const auto found = std::ranges::find(m_feeds, raw, [](const Feed& each) { return each.socket.get(); });
        if (found == m_feeds.end() || m_faults.isHalfOpen)
            return;
        found->sinceHeard.restart();
        found->session->receive(text.toUtf8());
    });
    connect(raw, &QWebSocket::disconnected, this, [this, raw] { forget(raw); });
}

void ClientSockets::addAccount(std::unique_ptr<QWebSocket> socket)
{
    QWebSocket* const raw = socket.get();
    auto stream = std::make_unique<AccountStream>(
        std::to_string(++m_sessionCount), m_credentials, m_exchange.accountNumber(),
        [raw](const QByteArray& frame) { raw->sendTextMessage(QString::fromUtf8(frame)); });
    m_accounts.push_back({std::move(socket), std::move(stream)});
    connect(raw, &QWebSocket::textMessageReceived, this, [this, raw](const QString& text) {
        const auto found = std::ranges::find(m_accounts, raw, [](const Account& each) { return each.socket.get(); });
        if (found != m_accounts.end() && !m_faults.isAccountSilent && !m_faults.isHalfOpen)
            found->stream->receive(text.toUtf8());
    });
    connect(raw, &QWebSocket::disconnected, this, [this, raw] { forget(raw); });
}

/// A socket must not be deleted while it emits.
void ClientSockets::forget(QWebSocket* socket)
{
    for (Feed& client : m_feeds) {
        if (client.socket.get() == socket) {
            m_closedEvents += client.session->eventCount();
            client.socket.release()->deleteLater();
        }
    }
    std::erase_if(m_feeds, [](const Feed& client) { return client.socket == nullptr; });
    for (Account& client : m_accounts) {
        if (client.socket.get() == socket)
            client.socket.release()->deleteLater();
    }
    std::erase_if(m_accounts, [](const Account& client) { return client.socket == nullptr; });
}

/// First found, then cut: a cut socket is forgotten at once, and the lists change.
template<class Cut>
void ClientSockets::cutWhere(Cut cut)
{
    std::vector<QWebSocket*> sockets;
    for (const Feed& client : m_feeds) {
        if (cut(*client.socket))
            sockets.push_back(client.socket.get());
    }
    for (const Account& client : m_accounts) {
        if (cut(*client.socket))
            sockets.push_back(client.socket.get());
    }
    for (QWebSocket* const socket : sockets)
        socket->abort();
}

void ClientSockets::cutAll()
{
    cutWhere([](const QWebSocket&) { return true; });
}

void ClientSockets::streamQuotes(double seconds, double perSecond, double perSymbol)
{
    cutWhere([](const QWebSocket& socket) { return socket.bytesToWrite() > mostUnread; });
    std::size_t options = 0;
    for (const Feed& client : m_feeds)
        options += client.session->optionCount();
    const double rate = perSymbol > 0 ? std::min(perSecond, perSymbol * static_cast<double>(options)) : perSecond;
    // After a pause there is no need to catch up: the newest quote is all that counts.
    m_owedQuotes = std::min(m_owedQuotes + rate * seconds, rate * 0.25 + 1);
    const double due = std::floor(m_owedQuotes);
    m_owedQuotes -= due;
    for (Feed& client : m_feeds) {
        if (client.socket->bytesToWrite() > mostBuffered)
            continue;
        const double share =
            options == 0 ? 0 : due * static_cast<double>(client.session->optionCount()) / static_cast<double>(options);
        client.session->stream(static_cast<std::size_t>(std::llround(share)));
    }
}

void ClientSockets::keepAlive()
{
    std::vector<QWebSocket*> silent, lost;
    for (Feed& client : m_feeds) {
        if (!m_faults.isFeedSilent)
            client.session->sendKeepalive();
        if (m_faults.hasSchemaDrift && !m_faults.isFeedSilent && !m_faults.isHalfOpen)
            client.socket->sendTextMessage(QString::fromUtf8(unknownFeedMessage()));
        if (client.sinceHeard.hasExpired(farewellLimit.count()))
            lost.push_back(client.socket.get());
        else if (client.sinceHeard.hasExpired(silenceLimit.count()))
            silent.push_back(client.socket.get());
    }
    for (QWebSocket* const socket : silent)
        socket->close(QWebSocketProtocol::CloseCodeNormal, QStringLiteral("Bye"));
    for (QWebSocket* const socket : lost) // a close waits for what nobody reads
        socket->abort();
}

void ClientSockets::notify(const QByteArray& frame)
{
    sendNotices(m_noticeFaults.pass(frame));
}

void ClientSockets::notifyAlert(const QByteArray& frame)
{
    for (const Account& client : m_accounts) {
        if (client.stream->wantsAlerts())
            client.stream->notify(frame);
    }
}

bool ClientSockets::wantsAlerts() const
{
    return std::ranges::any_of(m_accounts, [](const Account& client) { return client.stream->wantsAlerts(); });
}

void ClientSockets::tick()
{
    sendNotices(m_noticeFaults.tick());
}

void ClientSockets::sendNotices(const QByteArrayList& frames)
{
    for (const QByteArray& frame : frames) {
        for (const Account& client : m_accounts)
            client.stream->notify(frame);
    }
}

std::uint64_t ClientSockets::eventCount() const
{
    std::uint64_t count = m_closedEvents;
    for (const Feed& client : m_feeds)
        count += client.session->eventCount();
    return count;
}

} // namespace vegadesk::venue
