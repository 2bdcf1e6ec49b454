#pragma once

#include "tastytrade/transport.h"

#include <QNetworkAccessManager>
#include <QObject>

#include <memory>

class QNetworkReply;

namespace vegadesk::tastytrade
{

/// Timers on the event loop of the thread it is made on.
class QtScheduler final : public Scheduler
{
public:
    base::Nanos elapsed() const override;
    base::Nanos wall() const override;
    Timer after(base::Nanos delay, std::function<void()> call) override;

private:
    QObject m_context;
};

/// The real network. Made, used and destroyed on one thread with an event loop.
class QtTransport final : public Transport
{
public:
    QtTransport();

    void send(const HttpRequest& request, HttpDone done) override;
    std::unique_ptr<WebSocket> open(const QUrl& url, WebSocketEvents events) override;

private:
    QNetworkReply* start(const HttpRequest& request);

    QNetworkAccessManager m_manager;
    QObject m_orders; ///< owns a manager for each order under way
};

} // namespace vegadesk::tastytrade
