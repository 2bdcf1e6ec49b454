#pragma once

#include "venue/rest_api.h"

#include <QAbstractHttpServer>
#include <QObject>
#include <QSslConfiguration>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocketServer>

#include <functional>
#include <optional>

namespace vegadesk::venue
{

/// Accepts connections and hands each one over when its first request's head is here: web sockets to a
/// QWebSocketServer, the rest to whoever takes pending connections. (Qt 6.4's HTTP server offers the same and answers
/// upgrade requests as plain ones.) With TLS, what is sorted is what comes out of it.
class ConnectionSorter final : public QTcpServer
{
    Q_OBJECT

public:
    explicit ConnectionSorter(QWebSocketServer& webSockets, QObject* parent = nullptr);
    /// From now on connections begin with a handshake of TLS.
    void encrypt(const QSslConfiguration& configuration) { m_encryption = configuration; }

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void sort(QTcpSocket* socket);

    QWebSocketServer& m_webSockets;
    std::optional<QSslConfiguration> m_encryption;
};

/// Qt's HTTP server with one handler for everything, and web sockets on the same port.
class HttpServer final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    /// The answer goes out by answer(), now or later, or never.
    using Handler = std::function<void(const HttpRequest& request, QTcpSocket* socket)>;

    explicit HttpServer(Handler handler, QObject* parent = nullptr);

    /// On 127.0.0.1; `port` 0 chooses one. The port, or 0 when it cannot be had.
    quint16 start(quint16 port);
    /// Serves https and wss instead of http and ws. Before start().
    void encrypt(const QSslConfiguration& configuration) { m_sorter.encrypt(configuration); }
    QWebSocketServer& webSockets() { return m_webSockets; }
    static void answer(QTcpSocket* socket, const HttpAnswer& answer);

protected:
    bool handleRequest(const QHttpServerRequest& request, QTcpSocket* socket) override;
    void missingHandler(const QHttpServerRequest& request, QTcpSocket* socket) override;

private:
    Handler m_handler;
    QWebSocketServer m_webSockets;
    ConnectionSorter m_sorter;
};

} // namespace vegadesk::venue
