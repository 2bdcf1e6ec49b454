#pragma once

#include "venue/rest_api.h"

#include <QAbstractHttpServer>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>

#include <functional>

namespace vegadesk::venue
{

/// Qt's HTTP server with one handler for everything, and web sockets on the same port.
class HttpServer final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    /// The answer goes out by answer(), now or later, or never.
    using Handler = std::function<void(const HttpRequest& request, QTcpSocket* socket)>;

    explicit HttpServer(Handler handler, QObject* parent = nullptr);

    static void answer(QTcpSocket* socket, const HttpAnswer& answer);

protected:
    bool handleRequest(const QHttpServerRequest& request, QTcpSocket* socket) override;
    void missingHandler(const QHttpServerRequest& request, QTcpSocket* socket) override;

private:
    Handler m_handler;
};

} // namespace vegadesk::venue
