#include "tastytrade/qt_transport.h"

#include "tastytrade/user_agent.h"
#include "tastytrade/wire/http_date.h"

#include <QAbstractSocket>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QStringEncoder>
#include <QTimer>
#include <QWebSocket>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <utility>

namespace vegadesk::tastytrade
{

namespace
{

constexpr qint64 httpBytesMax = 64 * 1024 * 1024;
constexpr quint64 webSocketBytesMax = 16 * 1024 * 1024;

/// A body that can be read once. QNetworkAccessManager repeats a request whose connection was lost after writing it, POST
/// or not; it cannot repeat what it cannot rewind.
class OneTimeBody final : public QIODevice
{
public:
    OneTimeBody(QByteArray bytes, QObject* parent) : QIODevice(parent), m_bytes(std::move(bytes))
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    bool isSequential() const override { return true; }
    bool reset() override { return false; }
    bool seek(qint64) override { return false; }
    bool atEnd() const override { return m_at == m_bytes.size(); }
    qint64 bytesAvailable() const override { return m_bytes.size() - m_at; }

protected:
    qint64 readData(char* data, qint64 size) override
    {
        const qint64 count = std::min<qint64>(size, m_bytes.size() - m_at);
        if (count == 0)
            return -1;
        std::memcpy(data, m_bytes.constData() + m_at, static_cast<std::size_t>(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char*, qint64) override { return -1; }

private:
    const QByteArray m_bytes;
    qsizetype m_at = 0;
};

base::Result<HttpAnswer> outcome(QNetworkReply& reply, bool isTooLong)
{
    const std::string path = reply.url().path().toStdString();
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const auto error = reply.error();
    if (isTooLong)
        return base::fail(base::ErrorKind::Network, path, {}, "the answer is longer than 64 MiB");
    if (error == QNetworkReply::OperationCanceledError || error == QNetworkReply::TimeoutError)
        return base::fail(base::ErrorKind::Timeout, path, {}, "no answer in time", reply.errorString().toStdString());
    // Up to UnknownProxyError the codes are about the connection; those above stand for HTTP statuses, which are answers.
    const bool isComplete = error == QNetworkReply::NoError || error > QNetworkReply::UnknownProxyError;
    if (status == 0 || !isComplete || error == QNetworkReply::ContentReSendError ||
        error == QNetworkReply::ProtocolFailure)
        return base::fail(base::ErrorKind::Network, path, {},
                          error == QNetworkReply::ContentReSendError ? "the connection was lost"
                                                                     : reply.errorString().toStdString());
    return HttpAnswer{status, reply.readAll(), wire::parseHttpDate(reply.rawHeader("Date")).value_or(base::Instant{})};
}

/// QWebSocket has only UTF-16; the way back costs little where its memory is there already.
void encode(const QString& text, QByteArray& utf8)
{
    QStringEncoder encoder(QStringEncoder::Utf8);
    utf8.resize(encoder.requiredSpace(text.size()));
    utf8.truncate(encoder.appendToBuffer(utf8.data(), text) - utf8.constData());
}

class QtWebSocket final : public WebSocket
{
public:
    QtWebSocket(const QUrl& url, WebSocketEvents events)
        : m_socket(new QWebSocket), m_events(std::make_shared<WebSocketEvents>(std::move(events)))
    {
        m_socket->setMaxAllowedIncomingFrameSize(webSocketBytesMax);
        m_socket->setMaxAllowedIncomingMessageSize(webSocketBytesMax);
        QObject::connect(m_socket, &QWebSocket::connected, m_socket, [held = m_events] { held->opened(); });
        QObject::connect(m_socket, &QWebSocket::textMessageReceived, m_socket,
                         [held = m_events, utf8 = std::make_shared<QByteArray>()](const QString& text) {
                             encode(text, *utf8);
                             held->received(*utf8);
                         });
        QObject::connect(m_socket, &QWebSocket::disconnected, m_socket, [this, held = m_events] {
            const QString reason = m_socket->closeReason();
            tellClosed(held, QStringLiteral("closed (%1%2)")
                                 .arg(static_cast<int>(m_socket->closeCode()))
                                 .arg(reason.isEmpty() ? QString() : QStringLiteral(" ") + reason));
        });
        QObject::connect(m_socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), m_socket,
                         [this, held = m_events] { tellClosed(held, m_socket->errorString()); });
        QNetworkRequest request(url);
        request.setHeader(QNetworkRequest::UserAgentHeader, QLatin1String(userAgent));
        m_socket->open(request);
    }
    ~QtWebSocket() override
    {
        QObject::disconnect(m_socket, nullptr, m_socket, nullptr);
        m_socket->abort();
        m_socket->deleteLater(); // we may be inside one of its signals
    }
    void send(const QByteArray& text) override { m_socket->sendTextMessage(QString::fromUtf8(text)); }

private:
    /// An error is followed by a disconnect, or not: the first of them counts, and is told once.
    void tellClosed(const std::shared_ptr<WebSocketEvents>& events, const QString& why)
    {
        if (std::exchange(m_isClosed, true))
            return;
        events->closed(why.toStdString()); // may destroy this
    }

    QWebSocket* const m_socket;
    const std::shared_ptr<WebSocketEvents> m_events; ///< shared, because an event may destroy its socket
    bool m_isClosed = false;
};

} // namespace

base::Nanos QtScheduler::elapsed() const
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

base::Nanos QtScheduler::wall() const
{
    return std::chrono::system_clock::now().time_since_epoch();
}

Timer QtScheduler::after(base::Nanos delay, std::function<void()> call)
{
    auto shared = std::make_shared<std::function<void()>>(std::move(call));
    const auto milliseconds = std::chrono::ceil<std::chrono::milliseconds>(std::max(delay, base::Nanos{}));
    QTimer::singleShot(milliseconds, &m_context, [weak = std::weak_ptr(shared)] {
        if (const auto held = weak.lock())
            (*held)();
    });
    return Timer(std::move(shared));
}

namespace
{
void setUp(QNetworkAccessManager& manager)
{
    manager.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // tokens go to no other host
    manager.setAutoDeleteReplies(false);
}
} // namespace

QtTransport::QtTransport()
{
    setUp(m_manager);
}

QNetworkReply* QtTransport::start(const HttpRequest& request)
{
    QNetworkRequest network(request.url);
    network.setHeader(QNetworkRequest::UserAgentHeader, QLatin1String(userAgent));
    network.setRawHeader("Accept", "application/json");
    if (!request.authorization.empty())
        network.setRawHeader("Authorization", QByteArray::fromStdString(request.authorization));
    network.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    network.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    network.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    network.setTransferTimeout(static_cast<int>(request.timeout.count()));
    switch (request.verb) {
    case HttpRequest::Verb::Get:
        return m_manager.get(network);
    case HttpRequest::Verb::Delete:
        return m_manager.deleteResource(network);
    case HttpRequest::Verb::Post:
    case HttpRequest::Verb::Put:
        break;
    }
    const bool isPut = request.verb == HttpRequest::Verb::Put;
    network.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    if (!request.isSentOnce)
        return isPut ? m_manager.put(network, request.body) : m_manager.post(network, request.body);
    network.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    network.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    // A fresh connection, because one that was used before may be closing; and a manager of its own, because dropping
    // a manager's connections cuts those of orders that still wait for their answer.
    auto* const manager = new QNetworkAccessManager(&m_orders);
    setUp(*manager);
    auto* const body = new OneTimeBody(request.body, manager);
    QNetworkReply* const reply = isPut ? manager->put(network, body) : manager->post(network, body);
    body->setParent(reply);
    QObject::connect(reply, &QObject::destroyed, manager, &QObject::deleteLater);
    return reply;
}

void QtTransport::send(const HttpRequest& request, HttpDone done)
{
    QNetworkReply* const reply = start(request);
    auto isTooLong = std::make_shared<bool>(false);
    QObject::connect(reply, &QNetworkReply::downloadProgress, reply, [reply, isTooLong](qint64 received, qint64) {
        if (received > httpBytesMax) {
            *isTooLong = true;
            reply->abort();
        }
    });
    // The transfer timeout starts anew with every byte; this one does not.
    QTimer::singleShot(request.timeout * 4, reply, [reply] { reply->abort(); });
    QObject::connect(reply, &QNetworkReply::finished, reply, [reply, isTooLong, done = std::move(done)] {
        reply->deleteLater();
        done(outcome(*reply, *isTooLong));
    });
}

std::unique_ptr<WebSocket> QtTransport::open(const QUrl& url, WebSocketEvents events)
{
    return std::make_unique<QtWebSocket>(url, std::move(events));
}

} // namespace vegadesk::tastytrade
