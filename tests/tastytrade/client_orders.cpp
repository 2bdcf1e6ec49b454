#include "order_answers.h"

#include <QtTest>

#include <algorithm>
#include <optional>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

class ClientOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAnOrder();
    void replacesAnOrder();
    void outcomeOfAReplacement_data();
    void outcomeOfAReplacement();
    void placesAndCancelsAComplexOrder();
    void outcomeOfAComplexOrder_data();
    void outcomeOfAComplexOrder();
    void outcomeOfAnOrder_data();
    void outcomeOfAnOrder();
    void orderWithoutAnswerIsNotKnown();
    void orderIsNotSentWithoutAToken();
    void orderDoesNotLeaveLate();
    void answerAboutAnotherOrderIsNotKnown();
    void openCallsAreAnsweredWhenTheClientGoes();
    void reportsComeBackOnTheTradingThreadOnly();
    void placeBeforeTheAccountIsKnown();
};

void ClientOrdersTest::placesAnOrder()
{
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder order = source.make(3);
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", order, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY2(results[0], results[0] ? "" : results[0].error().message().c_str());
    QCOMPARE(results[0]->brokerId, std::string("270561"));
    QCOMPARE(results[0]->externalId, order.externalId());
    QCOMPARE(results[0]->status, execution::OrderStatus::Working);
    QCOMPARE(client.broker.orders.size(), 1U);
    const wire::OrderRequest& sent = client.broker.orders[0];
    QCOMPARE(sent.externalId, order.externalId());
    QCOMPARE(sent.intent.legs, order.intent().legs);
    QCOMPARE(*sent.intent.price, base::Decimal::fromInteger(600));
    QVERIFY(sent.strictPositionEffect);
    const HttpRequest& request = client.transport.requests.back();
    QVERIFY(request.isSentOnce);
    QVERIFY(request.body.contains(R"("price":"600.0")")); // decimals as text
}

void ClientOrdersTest::replacesAnOrder()
{
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder order = source.make(3);
    client.broker.instead[account + "/orders/270561"] = {
        {200, R"({"data":)" + replacementBody("270562", order.externalId()) + "}"}};
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().replace("5WX00042", "270561", order, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY2(results[0], results[0] ? "" : results[0].error().message().c_str());
    QCOMPARE(results[0]->brokerId, std::string("270562"));
    QCOMPARE(results[0]->replaces, std::string("270561"));
    QCOMPARE(results[0]->externalId, order.externalId());
    QCOMPARE(results[0]->status, execution::OrderStatus::Contingent);
    const HttpRequest& request = client.transport.requests.back();
    QCOMPARE(request.verb, HttpRequest::Verb::Put);
    QVERIFY(request.isSentOnce);
    const auto sent = wire::parseOrderRequest(*wire::parseObject(request.body, "order"));
    QVERIFY(sent);
    QCOMPARE(sent->intent.legs, order.intent().legs); // the whole order
    QCOMPARE(sent->externalId, order.externalId());
}

void ClientOrdersTest::outcomeOfAReplacement_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<std::optional<Kind>>("kind");
    const auto answer = [](const QByteArray& order) { return R"({"data":)" + order + "}"; };
    QTest::newRow("under the old order's identifier")
        << 200 << answer(replacementBody("270562", "desk-1")) << std::optional<Kind>();
    QTest::newRow("the old order itself")
        << 200 << answer(orderBody("270561", "desk-1")) << std::optional(Kind::Network);
    QTest::newRow("another order") << 200 << answer(orderBody("270563", "desk-2")) << std::optional(Kind::Network);
    QTest::newRow("too late") << 422 << QByteArray(R"({"error":{"code":"cannot_update_order","message":"no"}})")
                              << std::optional(Kind::Refused);
    QTest::newRow("bad gateway") << 502 << QByteArray("<html>nginx</html>") << std::optional(Kind::Network);
}

void ClientOrdersTest::outcomeOfAReplacement()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(std::optional<base::ErrorKind>, kind);
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder order = source.make();
    client.broker.instead[account + "/orders/270561"] = {{status, body}};
    const std::size_t before = client.transport.requests.size();
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().replace("5WX00042", "270561", order, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    client.advance(30s);
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0] ? std::nullopt : std::optional(results[0].error().kind), kind);
    QCOMPARE(std::ranges::count(client.transport.requests.begin() + static_cast<std::ptrdiff_t>(before),
                                client.transport.requests.end(), HttpRequest::Verb::Put, &HttpRequest::verb),
             1);
}

void ClientOrdersTest::placesAndCancelsAComplexOrder()
{
    std::vector<base::Result<std::vector<execution::BrokerOrder>>> results;
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableComplexOrder order = source.makeBracket();
    client.broker.instead[account + "/complex-orders"] = {{201, bracketBody(order)}};
    client.side->rest().placeComplex("5WX00042", order, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY2(results[0], results[0] ? "" : results[0].error().message().c_str());
    QCOMPARE(results[0]->size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        const execution::BrokerOrder& part = results[0]->at(i);
        QCOMPARE(part.externalId, order.parts()[i].externalId());
        QCOMPARE(part.complexId, std::string("2000010530")); // of the whole, where the part does not say
        QCOMPARE(part.status, execution::OrderStatus::Contingent);
    }
    const HttpRequest& request = client.transport.requests.back();
    QVERIFY(request.isSentOnce);
    const auto sent = wire::parseComplexOrderRequest(*wire::parseObject(request.body, "order"));
    QVERIFY(sent);
    QVERIFY(sent->type == wire::ComplexType::Otoco);
    QCOMPARE(sent->trigger->externalId, order.parts()[0].externalId());
    QCOMPARE(sent->orders.size(), 2U);
    QCOMPARE(sent->orders[1].externalId, order.parts()[2].externalId());
    QCOMPARE(sent->orders[1].intent.stopTrigger->toString(), std::string("575.0"));
    QVERIFY(sent->orders[0].strictPositionEffect); // a close never becomes an opening

    const QJsonObject whole = QJsonDocument::fromJson(bracketBody(order)).object();
    const QJsonObject cancelled{{"data", whole.value("data").toObject().value("complex-order")}};
    client.broker.instead[account + "/complex-orders/2000010530"] = {busy, {200, wire::toBytes(cancelled)}};
    client.side->rest().cancelComplex("5WX00042", "2000010530", into(results));
    QVERIFY(client.until([&] { return results.size() == 2; }));
    QVERIFY2(results[1], results[1] ? "" : results[1].error().message().c_str());
    QCOMPARE(results[1]->size(), 3U);
    QCOMPARE(client.transport.requests.back().verb, HttpRequest::Verb::Delete);
}

void ClientOrdersTest::outcomeOfAComplexOrder_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    const QByteArray refusal = R"({"error": {"code": "preflight_check_failure", "message": "no"}})";
    QTest::newRow("preflight") << 422 << refusal << Kind::Refused;
    QTest::newRow("bad gateway") << 502 << QByteArray("<html>nginx</html>") << Kind::Network;
    QTest::newRow("success without an order") << 201 << QByteArray("{}") << Kind::Network;
}

void ClientOrdersTest::outcomeOfAComplexOrder()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(base::ErrorKind, kind);
    std::vector<base::Result<std::vector<execution::BrokerOrder>>> results;
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    client.broker.instead[account + "/complex-orders"] = {{status, body}};
    client.side->rest().placeComplex("5WX00042", source.makeBracket(), into(results));
    client.advance(60s);
    QCOMPARE(results.size(), 1U);
    QVERIFY(!results[0]);
    QCOMPARE(results[0].error().kind, kind);
    const auto isIt = [](const HttpRequest& request) { return request.url.path().endsWith("/complex-orders"); };
    QCOMPARE(std::ranges::count_if(client.transport.requests, isIt), 1);
}

void ClientOrdersTest::outcomeOfAnOrder_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    const QByteArray refusal = R"({"error": {"code": "preflight_check_failure", "message": "no",
        "errors": [{"code": "margin_check_failed", "message": "Not enough buying power."}]}})";
    const QByteArray page = "<html>nginx</html>";
    QTest::newRow("preflight") << 422 << refusal << Kind::Refused;
    QTest::newRow("malformed") << 400 << refusal << Kind::Refused;
    QTest::newRow("forbidden") << 403 << refusal << Kind::Refused;
    QTest::newRow("token refused") << 401 << refusal << Kind::Refused;
    QTest::newRow("token refused by the gateway") << 401 << page << Kind::Refused;
    QTest::newRow("too many requests") << 429 << page << Kind::Refused;
    QTest::newRow("a page with 400") << 400 << page << Kind::Network;
    QTest::newRow("request timeout") << 408 << page << Kind::Timeout;
    QTest::newRow("redirect") << 302 << page << Kind::Network;
    QTest::newRow("server error") << 500 << refusal << Kind::Network;
    QTest::newRow("bad gateway") << 502 << page << Kind::Network;
    QTest::newRow("gateway timeout") << 504 << page << Kind::Network;
    QTest::newRow("success without an order") << 201 << QByteArray("{}") << Kind::Network;
    QTest::newRow("success with a page") << 200 << page << Kind::Network;
}

void ClientOrdersTest::outcomeOfAnOrder()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(base::ErrorKind, kind);
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder order = source.make();
    client.broker.instead[account + "/orders"] = {{status, body}};
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", order, into(results));
    client.advance(120s);
    QCOMPARE(results.size(), 1U);
    QVERIFY(!results[0]);
    QCOMPARE(results[0].error().kind, kind);
    QCOMPARE(client.broker.orders.size(), 1U); // whatever came back, it went out once
}

void ClientOrdersTest::orderWithoutAnswerIsNotKnown()
{
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder first = source.make();
    const execution::SendableOrder second = source.make();
    client.broker.neverAnswers.insert(account + "/orders");
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", first, into(results));
    client.advance(120s);
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0].error().kind, base::ErrorKind::Timeout);
    QCOMPARE(client.broker.orders.size(), 1U);
    client.transport.isDown = true;
    client.side->rest().place("5WX00042", second, into(results));
    client.advance(120s);
    QCOMPARE(results.size(), 2U);
    QCOMPARE(client.broker.orders.size(), 1U);
}

void ClientOrdersTest::orderIsNotSentWithoutAToken()
{
    OrderSource source;
    Client client;
    const HttpAnswer refused{400, R"({"error_code":"invalid_grant","error_description":"Invalid JWT"})"};
    client.broker.instead["/oauth/token"] = {refused, refused};
    const execution::SendableOrder order = source.make();
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", order, into(results));
    client.advance(10s);
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0].error().kind, base::ErrorKind::Refused);
    QVERIFY(results[0].error().message().find("not sent") != std::string::npos);
    QVERIFY(client.broker.orders.empty());
}

void ClientOrdersTest::orderDoesNotLeaveLate()
{
    OrderSource source;
    Client client;
    const execution::SendableOrder order = source.make();
    client.transport.answerDelay = 6s; // the login takes longer than the market waits
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", order, into(results));
    client.advance(60s);
    QCOMPARE(results.size(), 1U);
    QVERIFY(!results[0]);
    QCOMPARE(results[0].error().kind, base::ErrorKind::Refused);
    QCOMPARE(client.broker.tokensGiven, 1);
    QVERIFY(client.broker.orders.empty());
}

void ClientOrdersTest::answerAboutAnotherOrderIsNotKnown()
{
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    const execution::SendableOrder order = source.make();
    client.broker.instead[account + "/orders"] = {
        {201, R"({"data":{"order":)" + orderBody("270561", "somebody-else") + "}}"}};
    std::vector<base::Result<execution::BrokerOrder>> results;
    client.side->rest().place("5WX00042", order, into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QCOMPARE(results[0].error().kind, base::ErrorKind::Network);
    QCOMPARE(client.quarantine.entries().size(), 1U);
}

void ClientOrdersTest::openCallsAreAnsweredWhenTheClientGoes()
{
    OrderSource source;
    Client client;
    QVERIFY(client.connect());
    client.broker.neverAnswers = {account + "/orders", account + "/balances/USD"};
    const execution::SendableOrder order = source.make();
    std::vector<base::Result<execution::BrokerOrder>> placed;
    std::vector<base::Result<wire::AccountBalance>> balances;
    std::vector<base::Result<std::vector<market::Candle>>> candles;
    client.side->rest().place("5WX00042", order, into(placed));
    client.side->rest().balances("5WX00042", into(balances));
    client.side->feed().candles("SPY", "5m", {}, into(candles));
    client.advance(100ms);
    client.side.reset();
    QCOMPARE(placed.size(), 1U);
    QCOMPARE(placed[0].error().kind, base::ErrorKind::Network); // it may have arrived
    QCOMPARE(balances.size(), 1U);
    QCOMPARE(candles.size(), 1U);
    client.advance(100s);
    QCOMPARE(placed.size(), 1U);
}

void ClientOrdersTest::reportsComeBackOnTheTradingThreadOnly()
{
    struct Listener : execution::BrokerListener {
        void onOrder(const execution::BrokerOrder&) override {}
        void onPosition(const portfolio::Position&) override {}
        void onBalances(const portfolio::Balances&) override {}
        void onUnreadable(const execution::Unreadable&) override {}
        void onConnection(execution::ConnectionState state, std::string_view) override { states.push_back(state); }
        std::vector<execution::ConnectionState> states;
    } listener;
    Client client;
    TastytradeBroker broker(client.post(), client.executor());
    client.told = &broker;
    QVERIFY(client.connect());
    std::vector<base::Result<portfolio::Balances>> balances;
    broker.setListener(&listener);
    broker.balances(into(balances));
    QVERIFY(balances.empty());
    QVERIFY(
        client.scheduler.advanceUntil([&] { return client.transport.requests.back().url.path().endsWith("USD"); }, 1s));
    client.scheduler.advance(1s); // the network side is done; the trading thread has not run yet
    QVERIFY(balances.empty());
    QVERIFY(listener.states.empty());
    client.runCalls();
    QCOMPARE(balances.size(), 1U);
    QCOMPARE(balances[0]->cash, base::Decimal::fromInteger(100'000));
    QCOMPARE(listener.states, std::vector{execution::ConnectionState::Connected});

    client.transport.closeByServer(client.broker.streamerSocket(), "Bye");
    QVERIFY(client.until([&] { return listener.states.size() >= 4; }));
    QCOMPARE(listener.states[1], execution::ConnectionState::Disconnected);
    QCOMPARE(listener.states[3], execution::ConnectionState::Connected); // the order manager reconciles then
    broker.setListener(nullptr);
    client.transport.closeByServer(client.broker.streamerSocket(), "Bye");
    client.advance(10s);
    QCOMPARE(listener.states.size(), 4U);
}

void ClientOrdersTest::placeBeforeTheAccountIsKnown()
{
    OrderSource source;
    Client client;
    TastytradeBroker broker(client.post(), client.executor());
    std::vector<base::Result<execution::BrokerOrder>> results;
    broker.place(source.make(), into(results));
    QVERIFY(results.empty());
    client.advance(1s);
    QCOMPARE(results.size(), 1U);
    QCOMPARE(results[0].error().kind, base::ErrorKind::Refused);
    QVERIFY(client.broker.orders.empty());
}

QTEST_GUILESS_MAIN(ClientOrdersTest)
#include "client_orders.moc"
