#pragma once

#include "base/error.h"
#include "base/time.h"

#include <QByteArray>
#include <QUrl>

#include <functional>
#include <memory>
#include <string>

namespace vegadesk::tastytrade
{

struct HttpRequest {
    enum class Verb : std::uint8_t { Get, Post, Put, Delete };

    Verb verb = Verb::Get;
    QUrl url;
    std::string authorization; ///< value of that header; empty: none is sent
    QByteArray body;           ///< JSON
    std::chrono::milliseconds timeout{15'000};
    /// The body must not reach the wire twice, whatever happens to the connection. (HTTP libraries repeat a request
    /// whose connection was lost; for an order that would be a second order.)
    bool isSentOnce = false;
};

struct HttpAnswer {
    int status = 0;
    QByteArray body;
    base::Instant date{}; ///< when it was written, by the server's clock, in whole seconds; zero: it does not say
};

struct WebSocketEvents {
    std::function<void()> opened;
    std::function<void(const QByteArray& text)> received;
    /// At most once; nothing follows. `why` is for the log and the user.
    std::function<void(const std::string& why)> closed;
};

/// One connection; destroying it closes it without a call. May be destroyed inside its own events.
class WebSocket
{
public:
    virtual ~WebSocket() = default;
    virtual void send(const QByteArray& text) = 0;
};

/// The seam to the network: real sockets in the application, memory in tests. Calls and callbacks are on one thread.
class Transport
{
public:
    using HttpDone = std::function<void(base::Result<HttpAnswer>)>;

    virtual ~Transport() = default;
    /// `done` runs once, later, never inside the call, unless the transport goes first. Any status is an answer; errors are
    /// Network and Timeout, after which it is not known whether the request arrived.
    virtual void send(const HttpRequest& request, HttpDone done) = 0;
    /// Events come later, never inside the call.
    virtual std::unique_ptr<WebSocket> open(const QUrl& url, WebSocketEvents events) = 0;
};

/// Cancels what it stands for when it goes; an empty one stands for nothing. May go inside its own call.
class [[nodiscard]] Timer
{
public:
    using Call = std::shared_ptr<std::function<void()>>;

    Timer() = default;
    explicit Timer(Call call) : m_call(std::move(call)) {}
    Timer(Timer&&) noexcept = default;
    Timer& operator=(Timer&&) noexcept = default;
    bool isActive() const { return m_call != nullptr; }
    void cancel() { m_call.reset(); }

private:
    Call m_call;
};

/// Time for the network's own needs: timeouts, back-off, keepalives. Monotonic, so that a clock set by hand or a
/// simulated one does not matter.
class Scheduler
{
public:
    virtual ~Scheduler() = default;
    virtual base::Nanos elapsed() const = 0;
    /// The computer's clock, which runs on while it sleeps; only to notice that it slept.
    virtual base::Nanos wall() const = 0;
    /// Runs `call` once, after `delay`, unless the Timer has gone.
    virtual Timer after(base::Nanos delay, std::function<void()> call) = 0;
};

} // namespace vegadesk::tastytrade
