#include "client_harness.h"

#include <QtTest>

#include <cmath>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

class ClientAccountStreamTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void streamerConnectsWithBearer();
    void heartbeatsCarryAFreshToken();
    void missingAcknowledgementReconnects();
    void refusedConnectTriesAgain();
    void acknowledgementOfSomethingElseIsNone();
    void blockedLoginStopsTheStreamer();
    void notificationsArrive();
    void orderThatIsNotNotifiedReconnects();
};

void ClientAccountStreamTest::streamerConnectsWithBearer()
{
    Client client;
    QVERIFY(client.connect());
    const auto request = wire::parseStreamerRequest(client.broker.streamerSocket()->received.at(0));
    QCOMPARE(request->action, std::string("connect"));
    QCOMPARE(request->authToken, std::string("Bearer access-1"));
    QCOMPARE(request->accounts, std::vector<std::string>{"5WX00042"});
    QVERIFY(request->source.starts_with("Vegadesk/"));
}

void ClientAccountStreamTest::heartbeatsCarryAFreshToken()
{
    Client client;
    QVERIFY(client.connect());
    client.advance(900s);
    const auto& texts = client.broker.streamerSocket()->received;
    QVERIFY(texts.size() > 30);
    const auto last = wire::parseStreamerRequest(texts.back());
    QCOMPARE(last->action, std::string("heartbeat"));
    QCOMPARE(last->authToken, std::string("Bearer access-2"));
    QCOMPARE(client.timesConnected, 1);
}

void ClientAccountStreamTest::missingAcknowledgementReconnects()
{
    Client client;
    QVERIFY(client.connect());
    const auto first = client.broker.streamerSocket();
    client.broker.answersStreamer = false;
    client.advance(31s); // a heartbeat within 20 s, its answer within 10
    QVERIFY(!first->isOpen);
    QVERIFY(!client.accountReasons.empty());
    client.broker.answersStreamer = true;
    QVERIFY(client.until([&] { return client.timesConnected == 2; }));
}

void ClientAccountStreamTest::refusedConnectTriesAgain()
{
    Client client;
    client.broker.answersStreamer = false;
    client.side->start();
    QVERIFY(client.until([&] { return client.broker.streamerSocket() != nullptr; }));
    client.advance(100ms);
    client.broker.sendNotice(R"({"status": "error", "action": "connect", "message": "Unknown domain"})");
    client.broker.answersStreamer = true;
    QVERIFY(client.until([&] { return client.timesConnected == 1; }));
    QVERIFY(client.accountReasons[0].find("Unknown domain") != std::string::npos);
    // It may be the token that is over, before its time by our clock: after a sleep, or because it was revoked.
    const auto again = wire::parseStreamerRequest(client.broker.streamerSocket()->received.at(0));
    QCOMPARE(again->authToken, std::string("Bearer access-2"));
}

/// Heartbeats would go on, and no notice would ever come.
void ClientAccountStreamTest::acknowledgementOfSomethingElseIsNone()
{
    Client client;
    client.broker.answersStreamer = false;
    client.side->start();
    QVERIFY(client.until([&] { return client.broker.streamerSocket() != nullptr; }));
    client.advance(100ms);
    client.broker.sendNotice(R"({"status": "ok", "action": "greeting"})");
    client.broker.answersStreamer = true;
    QVERIFY(client.until([&] { return client.timesConnected == 1; }));
    QVERIFY(!client.accountReasons.empty());
}

void ClientAccountStreamTest::blockedLoginStopsTheStreamer()
{
    Client client;
    QVERIFY(client.connect());
    const HttpAnswer refused{400, R"({"error_code":"invalid_grant","error_description":"revoked"})"};
    client.broker.instead["/oauth/token"] = std::vector<HttpAnswer>(50, refused);
    client.advance(2000s);
    const auto logins = std::ranges::count_if(client.transport.requests, [](const HttpRequest& request) {
        return request.url.path() == QLatin1String("/oauth/token");
    });
    QCOMPARE(logins, 3); // one that worked, two refused, and the address is not locked out
    QCOMPARE(client.accountState, execution::ConnectionState::Disconnected);
    QVERIFY(client.accountReasons.back().find("revoked") != std::string::npos);
}

void ClientAccountStreamTest::notificationsArrive()
{
    Client client;
    QVERIFY(client.connect());
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    request.externalId = "desk-1";
    client.broker.sendNotice(wire::print(wire::OrderNotice{ScriptedBroker::makeOrder(request, "1"), {}}));
    wire::AccountPosition position;
    position.values.account = "5WX00042";
    position.values.symbol = "SPY";
    position.values.quantity = -5;
    position.values.realizedToday = base::Decimal::fromInteger(7);
    position.realizedTodayDate = base::makeDate(2026, 11, 19); // yesterday
    client.broker.sendNotice(wire::print(wire::PositionNotice{position, {}}));
    wire::AccountBalance balance;
    balance.values.account = "5WX00042";
    balance.values.pendingCash = base::Decimal::fromInteger(-3);
    client.broker.sendNotice(wire::print(wire::BalanceNotice{balance, {}}));
    client.broker.sendNotice(R"({"type": "UserMessage", "data": {}, "timestamp": 1})");
    client.broker.sendNotice(
        R"({"type": "Order", "data": {"id": 2, "external-identifier": "desk-2"}, "timestamp": 1})");
    client.advance(100ms);
    QCOMPARE(client.orders.size(), 2U);
    QCOMPARE(client.orders[0].externalId, std::string("desk-1"));
    QCOMPARE(client.orders[1].externalId, std::string("desk-2"));
    QCOMPARE(client.orders[1].status, execution::OrderStatus::Unknown);
    QCOMPARE(client.positions.size(), 1U);
    QCOMPARE(client.positions[0].quantity, -5);
    QVERIFY(client.positions[0].realizedToday.isZero());
    QCOMPARE(client.balances.size(), 1U);
    QCOMPARE(client.balances[0].pendingCash, base::Decimal::fromInteger(-3));
    QCOMPARE(client.counters.values().quarantined, 1U);
}

void ClientAccountStreamTest::orderThatIsNotNotifiedReconnects()
{
    Client client;
    QVERIFY(client.connect());
    client.side->streamer().expectOrder("1");
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    client.broker.sendNotice(wire::print(wire::OrderNotice{ScriptedBroker::makeOrder(request, "1"), {}}));
    client.advance(20s);
    QCOMPARE(client.timesConnected, 1);
    client.side->streamer().expectOrder("1"); // mentioned before the answer came
    client.advance(20s);
    QCOMPARE(client.timesConnected, 1);
    client.side->streamer().expectOrder("2");
    client.advance(20s);
    QVERIFY(client.until([&] { return client.timesConnected == 2; }));
    QVERIFY(client.accountReasons[0].find("order 2") != std::string::npos);
}

QTEST_GUILESS_MAIN(ClientAccountStreamTest)
#include "client_account_stream.moc"
