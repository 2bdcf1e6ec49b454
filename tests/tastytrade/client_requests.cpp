#include "order_answers.h"
#include "tastytrade/server_clock.h"
#include "tastytrade/wire/http_date.h"

#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

class ClientRequestsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dryRunRefusalIsAResult();
    void readsAreRepeated();
    void readsGiveUp();
    void busyBrokerIsLeftAlone();
    void cancelsGoFirstAndAreNeverDropped();
    void rateLimit();
    void readsLeaveRoomForOrders();
    void anOrderIsGivenBackDuringAPause();
    void ordersOfAllPages();
    void unreadableOrdersAreNotMissing();
    void symbolsAreEncoded();
    void datesOfAnswers_data();
    void datesOfAnswers();
    void theBrokersClock();
    void aSlowAnswerRaisesNoAlarm();
};

void ClientRequestsTest::dryRunRefusalIsAResult()
{
    Client client;
    client.broker.instead[account + "/orders/dry-run"] = {
        {422, R"({"error": {"code": "preflight_check_failure", "message": "x",
        "errors": [{"code": "margin_check_failed", "message": "Not enough buying power."}]}})"}};
    std::vector<base::Result<portfolio::DryRunResult>> results;
    portfolio::OrderIntent intent;
    intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    client.side->rest().dryRun("5WX00042", intent, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY(results[0]);
    QCOMPARE(results[0]->errors, std::vector<std::string>{"Not enough buying power."});
    client.side->rest().dryRun("5WX00042", intent, into(results)); // the script has no such route
    QVERIFY(client.until([&] { return results.size() == 2; }));
    QVERIFY(!results[1]);
}

void ClientRequestsTest::readsAreRepeated()
{
    Client client;
    client.broker.instead[account + "/balances/USD"] = {gateway, gateway};
    std::vector<base::Result<wire::AccountBalance>> results;
    client.side->rest().balances("5WX00042", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY(results[0]);
    QCOMPARE(client.transport.requests.size(), 4U); // with the token's
}

void ClientRequestsTest::readsGiveUp()
{
    Client client;
    QVERIFY(client.connect());
    client.transport.isDown = true;
    std::vector<base::Result<wire::AccountBalance>> results;
    client.side->rest().balances("5WX00042", into(results));
    client.advance(60s);
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0].error().kind, base::ErrorKind::Network);
}

void ClientRequestsTest::busyBrokerIsLeftAlone()
{
    Client client;
    client.broker.instead[account + "/balances/USD"] = {busy};
    std::vector<base::Result<wire::AccountBalance>> balances;
    std::vector<base::Result<std::vector<wire::AccountPosition>>> positions;
    client.side->rest().balances("5WX00042", into(balances));
    client.advance(100ms);
    const std::size_t before = client.transport.requests.size();
    client.side->rest().positions("5WX00042", into(positions));
    client.advance(300ms);
    QCOMPARE(client.transport.requests.size(), before); // nothing leaves during the pause
    client.advance(10s);
    QCOMPARE(balances.size(), 1U);
    QVERIFY(balances[0]);
    QCOMPARE(positions.size(), 1U);
    QVERIFY(positions[0]);
}

void ClientRequestsTest::cancelsGoFirstAndAreNeverDropped()
{
    std::vector<base::Result<wire::AccountBalance>> balances;
    std::vector<base::Result<execution::BrokerOrder>> cancelled;
    Client client; // what it has not answered it answers at its end
    const std::string path = account + "/orders/270561";
    client.broker.instead[path] = {
        busy, busy, busy, busy, busy, busy, {200, R"({"data":)" + orderBody("270561", "x", "Cancel Requested") + "}"}};
    client.broker.instead[account + "/balances/USD"] = {busy};
    for (int i = 0; i < 3; ++i)
        client.side->rest().balances("5WX00042", into(balances));
    client.advance(100ms); // paused now
    const std::size_t before = client.transport.requests.size();
    client.side->rest().cancel("5WX00042", "270561", into(cancelled));
    QCOMPARE(client.transport.requests.size(), before + 1); // the pause is not for it
    QCOMPARE(client.transport.requests[before].verb, HttpRequest::Verb::Delete);
    client.advance(100ms);
    QCOMPARE(client.transport.requests.size(), before + 1);
    QVERIFY(client.until([&] { return !cancelled.empty(); }, 300s));
    QVERIFY(cancelled[0]);
    QCOMPARE(cancelled[0]->status, execution::OrderStatus::CancelRequested);
}

void ClientRequestsTest::rateLimit()
{
    Client client;
    QVERIFY(client.connect());
    client.advance(60s);
    const std::size_t before = client.transport.requests.size();
    std::vector<base::Result<wire::AccountBalance>> results;
    for (int i = 0; i < 100; ++i)
        client.side->rest().balances("5WX00042", into(results));
    client.advance(500ms);
    const std::size_t burst = client.transport.requests.size() - before;
    QVERIFY2(burst >= 20 && burst <= 24, std::to_string(burst).c_str()); // of 30, 10 are left to orders
    client.advance(5s);
    const std::size_t sustained = client.transport.requests.size() - before - burst;
    QVERIFY2(sustained >= 28 && sustained <= 31, std::to_string(sustained).c_str());
    client.advance(20s);
    QCOMPARE(results.size(), 100U);
}

void ClientRequestsTest::readsLeaveRoomForOrders()
{
    std::vector<base::Result<wire::AccountBalance>> results;
    std::vector<base::Result<execution::BrokerOrder>> placed, cancelled;
    Client client;
    QVERIFY(client.connect());
    client.advance(60s);
    for (int i = 0; i < 100; ++i)
        client.side->rest().balances("5WX00042", into(results));
    client.advance(100ms);
    OrderSource source;
    for (int i = 0; i < 16; ++i)
        client.side->rest().place("5WX00042", source.make(), into(placed));
    client.advance(100ms);
    QVERIFY(client.broker.orders.size() >= 10 && client.broker.orders.size() <= 12);
    for (int i = 0; i < 5; ++i)
        client.side->rest().cancel("5WX00042", "270561", into(cancelled)); // beyond any limit
    client.advance(100ms);
    QCOMPARE(cancelled.size(), 5U);
    client.advance(5s);
    QCOMPARE(client.broker.orders.size(), 16U); // before any read
}

void ClientRequestsTest::anOrderIsGivenBackDuringAPause()
{
    std::vector<base::Result<wire::AccountBalance>> balances;
    std::vector<base::Result<execution::BrokerOrder>> placed;
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    client.broker.instead[account + "/balances/USD"] = {busy, busy, busy, busy};
    for (int i = 0; i < 4; ++i)
        client.side->rest().balances("5WX00042", into(balances));
    client.advance(100ms);
    QVERIFY(client.until([&] { return client.broker.instead[account + "/balances/USD"].empty(); }));
    // The next pause is of 8 to 16 seconds.
    client.broker.instead[account + "/balances/USD"] = {busy, busy};
    client.side->rest().balances("5WX00042", into(balances));
    QVERIFY(client.until([&] { return client.broker.instead[account + "/balances/USD"].size() < 2; }));
    client.advance(100ms); // the answer is there
    client.side->rest().place("5WX00042", source.make(), into(placed));
    client.advance(4900ms);
    QVERIFY(placed.empty());
    client.advance(200ms);
    QCOMPARE(placed.size(), 1U); // and not when the pause is over
    QCOMPARE(placed[0].error().kind, base::ErrorKind::Refused);
    QVERIFY(placed[0].error().message().find("not sent") != std::string::npos);
    client.advance(60s);
    QVERIFY(client.broker.orders.empty());
}

void ClientRequestsTest::ordersOfAllPages()
{
    Client client;
    const auto page = [](int number, const QByteArray& order) {
        return HttpAnswer{200, R"({"data":{"items":[)" + order + R"(]},"pagination":{"per-page":1,"page-offset":)" +
                                   QByteArray::number(number) + R"(,"total-items":2,"total-pages":2}})"};
    };
    client.broker.instead[account + "/orders/live"] = {page(0, orderBody("1", "a")), page(1, orderBody("2", "b"))};
    std::vector<base::Result<std::vector<execution::BrokerOrder>>> results;
    client.side->rest().orders("5WX00042", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY(results[0]);
    QCOMPARE(results[0]->size(), 2U);
    QCOMPARE(results[0]->at(1).externalId, std::string("b"));
    QVERIFY(client.transport.requests.back().url.query().contains("page-offset=1"));
}

void ClientRequestsTest::unreadableOrdersAreNotMissing()
{
    Client client;
    const QByteArray ours = R"({"id": 7, "external-identifier": "desk-7", "status": "Live", "legs": "later"})";
    const QByteArray foreign =
        R"({"id": 8, "status": "Live", "order-type": "Notional Market", "underlying-symbol": "SPY", "legs": [{"symbol": "SPY"}]})";
    client.broker.instead[account + "/orders/live"] = {
        {200, R"({"data":{"items":[)" + ours + "," + foreign + "," + orderBody("9", "desk-9") + "]}}"}};
    std::vector<base::Result<std::vector<execution::BrokerOrder>>> results;
    client.side->rest().orders("5WX00042", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QCOMPARE(results[0]->size(), 3U);
    QCOMPARE(results[0]->at(0).externalId, std::string("desk-7"));
    QCOMPARE(results[0]->at(0).status, execution::OrderStatus::Unknown);
    QCOMPARE(results[0]->at(1).brokerId, std::string("8"));
    QCOMPARE(results[0]->at(1).intent.underlying, std::string("SPY"));
    QCOMPARE(results[0]->at(1).status, execution::OrderStatus::Working); // it may fill, whatever it is
    QCOMPARE(client.quarantine.entries().size(), 2U);
    QCOMPARE(client.counters.values().quarantined, 2U);
}

void ClientRequestsTest::symbolsAreEncoded()
{
    Client client;
    std::vector<base::Result<wire::Equity>> results;
    client.side->rest().equity("BRK/B", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY2(client.transport.requests.back().url.toEncoded().endsWith("/instruments/equities/BRK%2FB"),
             client.transport.requests.back().url.toEncoded().constData());
    QCOMPARE(results[0].error().kind, base::ErrorKind::NotFound);
}

void ClientRequestsTest::datesOfAnswers_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("time"); ///< empty: none
    QTest::newRow("as it is sent") << QByteArray("Thu, 26 Nov 2026 14:30:09 GMT") << "2026-11-26T14:30:09.000+00:00";
    QTest::newRow("a leap day") << QByteArray("Tue, 29 Feb 2028 23:59:59 GMT") << "2028-02-29T23:59:59.000+00:00";
    QTest::newRow("another year's February") << QByteArray("Mon, 29 Feb 2027 00:00:00 GMT") << "";
    QTest::newRow("another day of the week") << QByteArray("Fri, 26 Nov 2026 14:30:09 GMT") << "";
    QTest::newRow("another zone") << QByteArray("Thu, 26 Nov 2026 14:30:09 EST") << "";
    QTest::newRow("before all") << QByteArray("Wed, 31 Dec 1969 23:59:59 GMT") << "";
    QTest::newRow("beyond nanoseconds") << QByteArray("Wed, 01 Jan 2262 00:00:00 GMT") << "";
    QTest::newRow("nothing") << QByteArray() << "";
    QTest::newRow("a number") << QByteArray("1795703409") << "";
}

void ClientRequestsTest::datesOfAnswers()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, time);
    const auto date = wire::parseHttpDate(text);
    QCOMPARE(date.has_value(), !time.isEmpty());
    if (!date)
        return;
    QCOMPARE(QString::fromStdString(base::formatInstant(*date)), time);
    QCOMPARE(wire::printHttpDate(*date + 999ms), text);
}

/// Whole seconds from the broker, and the difference is known to a tenth; what sets our clock is known without an answer.
void ClientRequestsTest::theBrokersClock()
{
    const base::Instant begin = base::parseInstant("2026-11-20T15:00:00Z").value();
    const base::Nanos trueAhead = 3200ms; // the broker's
    ServerClock clock;
    QVERIFY(std::isnan(clock.ahead(begin, 0ns)));
    for (base::Nanos elapsed = 0ns; elapsed < 60s; elapsed += 4700ms) {
        const base::Instant written = begin + elapsed + 40ms + trueAhead;
        clock.note(std::chrono::floor<std::chrono::seconds>(written), elapsed, elapsed + 60ms);
        const double ahead = clock.ahead(begin + elapsed, elapsed);
        QVERIFY(ahead <= 3.2 + 1e-9 && ahead >= 2.1); // on the side of no alarm
    }
    QVERIFY(std::abs(clock.ahead(begin + 60s, 60s) - 3.2) < 0.15);
    for (const base::Nanos jump : {base::Nanos(-1h), base::Nanos(1h), base::Nanos(-7s), base::Nanos(1s)})
        QVERIFY(std::abs(clock.ahead(begin + 60s + jump, 60s) - (3.2 - base::seconds(jump))) < 0.15);
    // Somebody sets the broker's, too: its next answer says so.
    clock.note(begin + 100s + 1h, 100s, 100s + 60ms);
    QVERIFY(std::abs(clock.ahead(begin + 100s, 100s) - 3600) < 1.1);
    clock.forget();
    QVERIFY(std::isnan(clock.ahead(begin, 200s)));
}

void ClientRequestsTest::aSlowAnswerRaisesNoAlarm()
{
    const base::Instant begin = base::parseInstant("2026-11-20T15:00:00Z").value();
    for (base::Nanos writtenAfter = 0ns; writtenAfter <= 14s; writtenAfter += 700ms) {
        ServerClock clock;
        clock.note(std::chrono::floor<std::chrono::seconds>(begin + writtenAfter), 0ns, 14s);
        QCOMPARE(clock.ahead(begin + 14s, 14s), 0.0);
    }
}

QTEST_GUILESS_MAIN(ClientRequestsTest)
#include "client_requests.moc"
