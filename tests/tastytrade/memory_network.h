#pragma once

#include "tastytrade/transport.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

/// A network in memory on a clock that moves when told: deterministic, and as slow or broken as a test wants it.
namespace vegadesk::tastytrade::test
{

class VirtualScheduler final : public Scheduler
{
public:
    base::Nanos elapsed() const override { return m_now; }
    base::Nanos wall() const override { return m_now + slept; }
    Timer after(base::Nanos delay, std::function<void()> call) override
    {
        auto shared = std::make_shared<std::function<void()>>(std::move(call));
        m_due.emplace(m_now + delay, Due{shared, nullptr});
        return Timer(std::move(shared));
    }
    /// Runs what falls due next, if it does by `end`; false when nothing does.
    bool runNext(base::Nanos end)
    {
        while (!m_due.empty() && m_due.begin()->first <= end) {
            const auto next = m_due.begin();
            m_now = std::max(m_now, next->first);
            const auto call = next->second.held.lock();
            m_due.erase(next);
            if (!call)
                continue;
            wasEntered = std::exchange(m_isRunning, true) || wasEntered;
            (*call)();
            m_isRunning = false;
            if (afterEach)
                afterEach();
            return true;
        }
        return false;
    }
    /// Runs what falls due in the next `span`, in order.
    void advance(base::Nanos span)
    {
        const base::Nanos end = m_now + span;
        while (runNext(end)) {
        }
        m_now = end;
    }
    /// Advances in small steps until `isDone`; false when that takes longer than `most`.
    bool advanceUntil(const std::function<bool()>& isDone, base::Nanos most)
    {
        for (const base::Nanos end = m_now + most; !isDone() && m_now < end;)
            advance(std::chrono::milliseconds(1));
        return isDone();
    }
    /// A call that nobody holds: the network's own deliveries.
    void post(base::Nanos delay, std::function<void()> call)
    {
        auto shared = std::make_shared<std::function<void()>>(std::move(call));
        m_due.emplace(m_now + delay, Due{shared, shared});
    }

    base::Nanos slept{};             ///< how far the wall clock is ahead
    std::function<void()> afterEach; ///< runs after each call
    bool wasEntered = false;         ///< a call waited for others instead of returning

private:
    struct Due {
        std::weak_ptr<std::function<void()>> held;
        std::shared_ptr<std::function<void()>> posted; ///< null where somebody else holds it
    };
    base::Nanos m_now = std::chrono::seconds(1000);
    std::multimap<base::Nanos, Due> m_due;
    bool m_isRunning = false;
};

/// The far end of a web socket.
struct ServerSocket {
    QUrl url;
    bool isOpen = true; ///< neither side closed it
    std::vector<QByteArray> received;
    WebSocketEvents client;
};

class MemoryTransport final : public Transport
{
public:
    static constexpr base::Nanos latency = std::chrono::milliseconds(1);

    explicit MemoryTransport(VirtualScheduler& scheduler) : m_scheduler(scheduler) {}

    std::function<void(const HttpRequest&)> onSend; ///< as it leaves
    /// No value: the server never answers, and the request times out.
    std::function<std::optional<base::Result<HttpAnswer>>(const HttpRequest&)> onRequest;
    std::function<void(const std::shared_ptr<ServerSocket>&)> onConnect;
    std::function<void(const std::shared_ptr<ServerSocket>&, const QByteArray&)> onText;
    bool isDown = false; ///< nothing can be reached
    base::Nanos answerDelay = latency;
    bool holdsAnswer = false; ///< the next answer waits for releaseHeld()
    std::vector<HttpRequest> requests;
    std::vector<std::shared_ptr<ServerSocket>> sockets;

    void send(const HttpRequest& request, HttpDone done) override
    {
        requests.push_back(request);
        if (onSend)
            onSend(request);
        m_scheduler.post(latency, [this, request, done = std::move(done)] {
            if (isDown)
                return done(base::fail(base::ErrorKind::Network, "test", {}, "connection refused"));
            const auto answer = onRequest(request);
            if (answer && std::exchange(holdsAnswer, false))
                return m_held.push_back([done, result = *answer] { done(result); });
            if (answer)
                return m_scheduler.post(answerDelay, [done, result = *answer] { done(result); });
            m_scheduler.post(request.timeout,
                             [done] { done(base::fail(base::ErrorKind::Timeout, "test", {}, "no answer in time")); });
        });
    }

    std::unique_ptr<WebSocket> open(const QUrl& url, WebSocketEvents events) override
    {
        auto socket = std::make_shared<ServerSocket>(ServerSocket{url, true, {}, std::move(events)});
        sockets.push_back(socket);
        m_scheduler.post(latency, [this, socket] {
            if (isDown)
                return closeByServer(socket, "connection refused");
            if (!socket->isOpen)
                return;
            const auto opened = socket->client.opened;
            opened();
            if (onConnect && socket->isOpen)
                onConnect(socket);
        });
        return std::make_unique<ClientSocket>(*this, socket);
    }

    void releaseHeld(base::Nanos delay)
    {
        for (auto& call : std::exchange(m_held, {}))
            m_scheduler.post(delay, std::move(call));
    }
    void deliver(const std::shared_ptr<ServerSocket>& socket, const QByteArray& text, base::Nanos delay = latency)
    {
        m_scheduler.post(delay, [socket, text] {
            if (!socket->isOpen)
                return;
            const auto received = socket->client.received;
            received(text);
        });
    }
    void closeByServer(const std::shared_ptr<ServerSocket>& socket, const std::string& why)
    {
        if (!std::exchange(socket->isOpen, false))
            return;
        const auto closed = socket->client.closed;
        closed(why);
    }

private:
    struct ClientSocket final : WebSocket {
        ClientSocket(MemoryTransport& owner, std::shared_ptr<ServerSocket> far)
            : transport(owner), socket(std::move(far))
        {
        }
        ~ClientSocket() override { socket->isOpen = false; }
        void send(const QByteArray& text) override
        {
            transport.m_scheduler.post(latency, [transport = &transport, socket = socket, text] {
                if (!socket->isOpen)
                    return;
                socket->received.push_back(text);
                if (transport->onText)
                    transport->onText(socket, text);
            });
        }
        MemoryTransport& transport;
        std::shared_ptr<ServerSocket> socket;
    };

    VirtualScheduler& m_scheduler;
    std::vector<std::function<void()>> m_held;
};

} // namespace vegadesk::tastytrade::test
