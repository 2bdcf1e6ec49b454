#include "tastytrade/qt_transport.h"

#include <QHostAddress>
#include <QPointer>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QWebSocket>
#include <QWebSocketServer>
#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;

namespace
{

constexpr int patience = 60'000; // ms until an answer counts as missing, on a slow machine too

/// A server that reads whole requests and answers with bytes, or not.
class RawServer
{
public:
    RawServer()
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
            QTcpSocket* const socket = m_server.nextPendingConnection();
            auto buffer = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, buffer] {
                *buffer += socket->readAll();
                const qsizetype head = buffer->indexOf("\r\n\r\n");
                if (head < 0 || buffer->size() < head + 4 + bodyLength(*buffer))
                    return;
                requests.append(*buffer);
                buffer->clear();
                answer(*socket);
            });
        });
    }
    QUrl url(const char* scheme = "http") const
    {
        return QUrl(QString("%1://127.0.0.1:%2/accounts/5WX00042/orders").arg(scheme).arg(m_server.serverPort()));
    }
    std::function<void(QTcpSocket&)> answer = [](QTcpSocket& socket) {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
    };
    QByteArrayList requests;

private:
    static qsizetype bodyLength(const QByteArray& request)
    {
        const qsizetype at = request.toLower().indexOf("content-length:");
        return at < 0 ? 0 : request.mid(at + 15, request.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    }
    QTcpServer m_server;
};

HttpRequest order(const QUrl& url, HttpRequest::Verb verb = HttpRequest::Verb::Post)
{
    HttpRequest request;
    request.verb = verb;
    request.url = url;
    request.authorization = "Bearer access-1";
    request.body = R"({"order-type":"Limit"})";
    request.isSentOnce = true;
    return request;
}

} // namespace

class ClientTransportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_transport = std::make_unique<QtTransport>(); }
    void cleanup() { m_transport.reset(); }

    void headersAndBody();
    void orderReachesTheWireOnce_data();
    void orderReachesTheWireOnce();
    void ordersInFlightLeaveEachOtherAlone();
    void anyStatusIsAnAnswer();
    void redirectsAreNotFollowed();
    void noAnswerIsATimeout();
    void nobodyThere();
    void cutAnswerIsNoAnswer();
    void webSocketTalks();
    void webSocketMayGoInsideItsEvents();
    void oversizedMessagesCloseTheWebSocket();
    void webSocketToNobody();
    void timersFireOnceUnlessTheyAreGone();

private:
    base::Result<HttpAnswer> send(const HttpRequest& request)
    {
        std::optional<base::Result<HttpAnswer>> result;
        m_transport->send(request, [&](base::Result<HttpAnswer> answer) { result = std::move(answer); });
        if (result)
            qFatal("answered inside the call");
        if (!QTest::qWaitFor([&] { return result.has_value(); }, patience))
            return base::fail(base::ErrorKind::Internal, "test", {}, "no outcome");
        return *result;
    }
    std::unique_ptr<QtTransport> m_transport;
};

void ClientTransportTest::headersAndBody()
{
    RawServer server;
    const auto answer = send(order(server.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 200);
    QCOMPARE(answer->body, QByteArray("{}"));
    const QByteArray request = server.requests.at(0).toLower();
    QVERIFY(request.startsWith("post /accounts/5wx00042/orders http/1.1\r\n"));
    QVERIFY(request.contains("\r\nuser-agent: vegadesk/"));
    QVERIFY(request.contains("\r\nauthorization: bearer access-1\r\n"));
    QVERIFY(request.contains("\r\ncontent-type: application/json\r\n"));
    QVERIFY(request.endsWith(R"({"order-type":"limit"})"));
    QVERIFY(!request.contains("upgrade")); // to HTTP/2
    QVERIFY(send(order(server.url(), HttpRequest::Verb::Put)));
    QVERIFY(server.requests.at(1).startsWith("PUT /accounts/5WX00042/orders HTTP/1.1\r\n"));
    QVERIFY(server.requests.takeAt(1).endsWith(R"({"order-type":"Limit"})"));

    HttpRequest get;
    get.url = QUrl::fromEncoded(server.url().toEncoded() + "/SPY%20%2FX?status%5B%5D=Live");
    QVERIFY(send(get));
    QVERIFY(server.requests.at(1).startsWith("GET /accounts/5WX00042/orders/SPY%20%2FX?status%5B%5D=Live HTTP/1.1"));
    QVERIFY(!server.requests.at(1).toLower().contains("authorization"));
}

void ClientTransportTest::orderReachesTheWireOnce_data()
{
    QTest::addColumn<bool>("isReset");
    QTest::addColumn<bool>("isWarm");
    QTest::addColumn<bool>("isReplacement");
    for (const bool isReplacement : {false, true}) {
        const QByteArray what = isReplacement ? "a replacement: " : "an order: ";
        QTest::newRow(what + "closed") << false << false << isReplacement;
        QTest::newRow(what + "reset") << true << false << isReplacement;
        QTest::newRow(what + "closed, connection used before") << false << true << isReplacement;
        QTest::newRow(what + "reset, connection used before") << true << true << isReplacement;
    }
}

void ClientTransportTest::orderReachesTheWireOnce()
{
    QFETCH(bool, isReset);
    QFETCH(bool, isWarm);
    QFETCH(bool, isReplacement);
    const auto verb = isReplacement ? HttpRequest::Verb::Put : HttpRequest::Verb::Post;
    RawServer server;
    if (isWarm)
        QVERIFY(send(order(server.url(), verb)));
    server.answer = [isReset](QTcpSocket& socket) { isReset ? socket.abort() : socket.disconnectFromHost(); };
    server.requests.clear();
    const auto answer = send(order(server.url(), verb));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, base::ErrorKind::Network);
    QCOMPARE(server.requests.size(), 1);
}

void ClientTransportTest::ordersInFlightLeaveEachOtherAlone()
{
    RawServer server;
    QList<QPointer<QTcpSocket>> waiting;
    server.answer = [&](QTcpSocket& socket) { waiting.append(&socket); };
    std::array<std::optional<base::Result<HttpAnswer>>, 3> answers;
    for (std::size_t i = 0; i < answers.size(); ++i) {
        m_transport->send(order(server.url()),
                          [&answers, i](base::Result<HttpAnswer> answer) { answers[i] = std::move(answer); });
        QTRY_COMPARE_WITH_TIMEOUT(waiting.size(), static_cast<qsizetype>(i + 1), patience);
    }
    for (const QPointer<QTcpSocket>& socket : waiting) {
        QVERIFY2(socket && socket->state() == QAbstractSocket::ConnectedState, "a later order cut its connection");
        socket->write("HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}");
    }
    for (const auto& answer : answers) {
        QTRY_VERIFY_WITH_TIMEOUT(answer.has_value(), patience);
        QVERIFY(*answer);
        QCOMPARE((*answer)->status, 201);
    }
    QCOMPARE(server.requests.size(), 3);
}

void ClientTransportTest::anyStatusIsAnAnswer()
{
    RawServer server;
    for (const int status : {201, 400, 401, 403, 404, 405, 409, 410, 422, 429, 500, 501, 502, 503, 504}) {
        server.answer = [status](QTcpSocket& socket) {
            socket.write("HTTP/1.1 " + QByteArray::number(status) + " X\r\nContent-Length: 5\r\n\r\n<htm>");
        };
        const auto answer = send(order(server.url()));
        QVERIFY2(answer, std::to_string(status).c_str());
        QCOMPARE(answer->status, status);
        QCOMPARE(answer->body, QByteArray("<htm>"));
    }
}

void ClientTransportTest::redirectsAreNotFollowed()
{
    RawServer server, other;
    server.answer = [&](QTcpSocket& socket) {
        socket.write("HTTP/1.1 302 Found\r\nLocation: " + other.url().toEncoded() + "\r\nContent-Length: 0\r\n\r\n");
    };
    const auto answer = send(order(server.url()));
    QVERIFY(answer);
    QCOMPARE(answer->status, 302);
    QVERIFY(other.requests.isEmpty());
}

void ClientTransportTest::noAnswerIsATimeout()
{
    RawServer server;
    server.answer = [](QTcpSocket&) {};
    HttpRequest request = order(server.url());
    request.timeout = 50ms;
    const auto answer = send(request);
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, base::ErrorKind::Timeout);
    QVERIFY(server.requests.size() <= 1); // a slow machine may not have let it out by then
}

void ClientTransportTest::nobodyThere()
{
    QUrl url;
    {
        RawServer server;
        url = server.url();
    }
    const auto answer = send(order(url));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, base::ErrorKind::Network);
}

void ClientTransportTest::cutAnswerIsNoAnswer()
{
    RawServer server;
    server.answer = [](QTcpSocket& socket) {
        socket.write("HTTP/1.1 201 Created\r\nContent-Length: 100\r\n\r\n{\"data\":");
        socket.disconnectFromHost();
    };
    const auto answer = send(order(server.url()));
    QVERIFY(!answer);
    QCOMPARE(answer.error().kind, base::ErrorKind::Network);
}

void ClientTransportTest::webSocketTalks()
{
    QWebSocketServer server("test", QWebSocketServer::NonSecureMode);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    bool isOpen = false;
    QByteArrayList received;
    std::string closed;
    WebSocketEvents events;
    events.opened = [&] { isOpen = true; };
    events.received = [&](const QByteArray& text) { received.append(text); };
    events.closed = [&](const std::string& why) { closed += why; };
    const auto socket = m_transport->open(server.serverUrl(), events);
    QTRY_VERIFY_WITH_TIMEOUT(isOpen && server.hasPendingConnections(), patience);
    const std::unique_ptr<QWebSocket> far(server.nextPendingConnection());
    QVERIFY(far->request().rawHeader("User-Agent").startsWith("Vegadesk/"));
    QSignalSpy heard(far.get(), &QWebSocket::textMessageReceived);
    socket->send(R"({"type":"KEEPALIVE","symbol":"é"})");
    QTRY_COMPARE_WITH_TIMEOUT(heard.size(), 1, patience);
    QCOMPARE(heard.at(0).at(0).toString(), QString::fromUtf8(R"({"type":"KEEPALIVE","symbol":"é"})"));
    far->sendTextMessage("hello");
    QTRY_COMPARE_WITH_TIMEOUT(received, QByteArrayList{"hello"}, patience);
    far->close(QWebSocketProtocol::CloseCodeNormal, "Bye");
    QTRY_VERIFY_WITH_TIMEOUT(!closed.empty(), patience);
    QCOMPARE(closed, std::string("closed (1000 Bye)"));
}

void ClientTransportTest::webSocketMayGoInsideItsEvents()
{
    QWebSocketServer server("test", QWebSocketServer::NonSecureMode);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    std::unique_ptr<WebSocket> socket;
    int calls = 0;
    WebSocketEvents events;
    events.opened = [&] {};
    events.received = [&](const QByteArray&) {
        ++calls;
        socket.reset();
    };
    events.closed = [&](const std::string&) { calls += 100; };
    socket = m_transport->open(server.serverUrl(), events);
    QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), patience);
    const std::unique_ptr<QWebSocket> far(server.nextPendingConnection());
    QSignalSpy gone(far.get(), &QWebSocket::disconnected);
    far->sendTextMessage("one");
    far->sendTextMessage("two");
    QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, patience);
    QCOMPARE(calls, 1);
}

void ClientTransportTest::oversizedMessagesCloseTheWebSocket()
{
    QWebSocketServer server("test", QWebSocketServer::NonSecureMode);
    QVERIFY(server.listen(QHostAddress::LocalHost));
    std::string closed;
    qsizetype longest = 0;
    WebSocketEvents events;
    events.opened = [&] {};
    events.received = [&](const QByteArray& text) { longest = std::max(longest, text.size()); };
    events.closed = [&](const std::string& why) { closed = why; };
    const auto socket = m_transport->open(server.serverUrl(), events);
    QTRY_VERIFY_WITH_TIMEOUT(server.hasPendingConnections(), patience);
    const std::unique_ptr<QWebSocket> far(server.nextPendingConnection());
    far->sendTextMessage(QString(1'000'000, 'x'));
    QTRY_COMPARE_WITH_TIMEOUT(longest, 1'000'000, patience);
    far->sendTextMessage(QString(17 * 1024 * 1024, 'x'));
    QTRY_VERIFY_WITH_TIMEOUT(!closed.empty(), patience);
    QCOMPARE(longest, 1'000'000);
}

void ClientTransportTest::webSocketToNobody()
{
    QUrl url;
    {
        RawServer server;
        url = server.url("ws");
    }
    int closed = 0;
    WebSocketEvents events;
    events.opened = [&] {};
    events.received = [&](const QByteArray&) {};
    events.closed = [&](const std::string&) { ++closed; };
    const auto socket = m_transport->open(url, events);
    QCOMPARE(closed, 0);
    QTRY_COMPARE_WITH_TIMEOUT(closed, 1, patience);
}

void ClientTransportTest::timersFireOnceUnlessTheyAreGone()
{
    QtScheduler scheduler;
    int kept = 0, dropped = 0, own = 0;
    const Timer first = scheduler.after(1ms, [&] { ++kept; });
    { // its handle goes at once
        const Timer second = scheduler.after(1ms, [&] { ++dropped; });
    }
    Timer third;
    third = scheduler.after(2ms, [&] {
        ++own;
        third.cancel(); // inside its own call
    });
    const base::Nanos before = scheduler.elapsed();
    const Timer last = scheduler.after(20ms, [&] { kept += 10; });
    QTRY_COMPARE_WITH_TIMEOUT(kept, 11, patience);
    QVERIFY(scheduler.elapsed() - before >= 19ms);
    QCOMPARE(dropped, 0);
    QCOMPARE(own, 1);
}

QTEST_GUILESS_MAIN(ClientTransportTest)
#include "client_transport.moc"
