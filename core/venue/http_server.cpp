#include "venue/http_server.h"

#include "base/clock.h"
#include "tastytrade/wire/http_date.h"

#include <QHostAddress>
#include <QHttpServerRequest>
#include <QSslSocket>

#include <string_view>

namespace vegadesk::venue
{

namespace
{

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get:
        return "GET";
    case QHttpServerRequest::Method::Post:
        return "POST";
    case QHttpServerRequest::Method::Put:
        return "PUT";
    case QHttpServerRequest::Method::Delete:
        return "DELETE";
    case QHttpServerRequest::Method::Patch:
        return "PATCH";
    default:
        return "OTHER";
    }
}

QByteArray reasonPhrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 406:
        return "Not Acceptable";
    case 422:
        return "Unprocessable Entity";
    case 429:
        return "Too Many Requests";
    case 502:
        return "Bad Gateway";
    default:
        return status < 400 ? "OK" : "Error";
    }
}

} // namespace

ConnectionSorter::ConnectionSorter(QWebSocketServer& webSockets, QObject* parent)
    : QTcpServer(parent), m_webSockets(webSockets)
{
}

void ConnectionSorter::incomingConnection(qintptr descriptor)
{
    auto* const encrypted = m_encryption ? new QSslSocket(this) : nullptr;
    QTcpSocket* const socket = encrypted != nullptr ? encrypted : new QTcpSocket(this);
    if (!socket->setSocketDescriptor(descriptor)) {
        delete socket;
        return;
    }
    connect(socket, &QTcpSocket::readyRead, this, [this, socket] { sort(socket); });
    connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    if (encrypted != nullptr) {
        encrypted->setSslConfiguration(*m_encryption);
        encrypted->startServerEncryption();
    }
}

void ConnectionSorter::sort(QTcpSocket* socket)
{
    constexpr qint64 longestHead = 16 << 10;
    const QByteArray head = socket->peek(longestHead);
    if (!head.contains("\r\n\r\n") && head.size() < longestHead)
        return;
    disconnect(socket, &QTcpSocket::readyRead, this, nullptr);
    disconnect(socket, &QTcpSocket::disconnected, socket, nullptr);
    if (head.toLower().contains("\r\nupgrade: websocket")) {
        m_webSockets.handleConnection(socket); // looks at what is here by itself, once
        return;
    }
    addPendingConnection(socket);
    Q_EMIT socket->readyRead(); // what is here already would otherwise wait for more
}

HttpServer::HttpServer(Handler handler, QObject* parent)
    : QAbstractHttpServer(parent), m_handler(std::move(handler)),
      m_webSockets(QStringLiteral("vegadesk-venue"), QWebSocketServer::NonSecureMode), m_sorter(m_webSockets)
{
}

quint16 HttpServer::start(quint16 port)
{
    if (!m_sorter.listen(QHostAddress(QHostAddress::LocalHost), port))
        return 0;
    bind(&m_sorter);
    m_sorter.setParent(nullptr); // bind() adopts it, but it is a member
    return m_sorter.serverPort();
}

bool HttpServer::handleRequest(const QHttpServerRequest& request, QTcpSocket* socket)
{
    HttpRequest call;
    call.method = methodName(request.method());
    call.path = request.url().path(QUrl::FullyEncoded);
    call.query = request.query();
    call.userAgent = request.value("User-Agent");
    call.authorization = request.value("Authorization");
    call.acceptVersion = request.value("Accept-Version");
    call.body = request.body();
    m_handler(call, socket);
    return true;
}

void HttpServer::missingHandler(const QHttpServerRequest&, QTcpSocket* socket)
{
    answer(socket, {404, "{}", "application/json"});
}

void HttpServer::answer(QTcpSocket* socket, const HttpAnswer& answer)
{
    // Qt 6.4's responder keeps a reference to the request, which may be gone when a delayed answer goes out.
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + ' ' + reasonPhrase(answer.status) + "\r\n";
    head += "Date: " + tastytrade::wire::printHttpDate(base::SystemClock().now()) + "\r\n";
    head += "Content-Type: " + answer.contentType + "\r\n";
    static quint64 count = 0;
    head += "X-Request-Id: " + QByteArray::number(++count, 16).rightJustified(32, '0') + "\r\n";
    head += "Content-Length: " + QByteArray::number(answer.body.size()) + "\r\n\r\n";
    socket->write(head + answer.body);
}

} // namespace vegadesk::venue
