#include "client_harness.h"
#include "sendable_order.h"

#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

namespace
{

const std::string account = "/accounts/5WX00042";
const HttpAnswer busy{429, "{}"};
const HttpAnswer gateway{502, "<html>502 Bad Gateway</html>"};

template<class T>
auto into(std::vector<base::Result<T>>& results)
{
    return [&results](base::Result<T> result) { results.push_back(std::move(result)); };
}

QByteArray orderBody(const std::string& id, const std::string& externalId, const char* status = "Live")
{
    wire::OrderRequest request;
    request.intent.legs = {{"SPY", market::InstrumentType::Equity, portfolio::Action::BuyToOpen, 1}};
    request.externalId = externalId;
    wire::Order order = ScriptedBroker::makeOrder(request, id);
    order.state = wire::orderStateFromWire(status);
    return wire::toBytes(wire::toJson(order));
}

} // namespace

class ClientOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void placesAnOrder();
    void outcomeOfAnOrder_data();
    void outcomeOfAnOrder();
    void orderWithoutAnswerIsNotKnown();
    void orderIsNotSentWithoutAToken();
    void orderDoesNotLeaveLate();
    void answerAboutAnotherOrderIsNotKnown();
    void openCallsAreAnsweredWhenTheClientGoes();
    void reportsComeBackOnTheTradingThreadOnly();
    void placeBeforeTheAccountIsKnown();

    void dryRunRefusalIsAResult();
    void readsAreRepeated();
    void readsGiveUp();
    void busyBrokerIsLeftAlone();
    void cancelsGoFirstAndAreNeverDropped();
    void rateLimit();

    void ordersOfAllPages();
    void unreadableOrdersAreNotMissing();
    void symbolsAreEncoded();
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

void ClientOrdersTest::dryRunRefusalIsAResult()
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

void ClientOrdersTest::readsAreRepeated()
{
    Client client;
    client.broker.instead[account + "/balances/USD"] = {gateway, gateway};
    std::vector<base::Result<wire::AccountBalance>> results;
    client.side->rest().balances("5WX00042", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY(results[0]);
    QCOMPARE(client.transport.requests.size(), 4U); // with the token's
}

void ClientOrdersTest::readsGiveUp()
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

void ClientOrdersTest::busyBrokerIsLeftAlone()
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

void ClientOrdersTest::cancelsGoFirstAndAreNeverDropped()
{
    Client client;
    const std::string path = account + "/orders/270561";
    client.broker.instead[path] = {
        busy, busy, busy, busy, busy, busy, {200, R"({"data":)" + orderBody("270561", "x", "Cancel Requested") + "}"}};
    client.broker.instead[account + "/balances/USD"] = {busy};
    std::vector<base::Result<wire::AccountBalance>> balances;
    std::vector<base::Result<execution::BrokerOrder>> cancelled;
    for (int i = 0; i < 3; ++i)
        client.side->rest().balances("5WX00042", into(balances));
    client.advance(100ms); // paused now
    client.side->rest().cancel("5WX00042", "270561", into(cancelled));
    const std::size_t before = client.transport.requests.size();
    QVERIFY(client.until([&] { return client.transport.requests.size() > before; }));
    QCOMPARE(client.transport.requests[before].verb, HttpRequest::Verb::Delete);
    QVERIFY(client.until([&] { return !cancelled.empty(); }, 300s));
    QVERIFY(cancelled[0]);
    QCOMPARE(cancelled[0]->status, execution::OrderStatus::CancelRequested);
}

void ClientOrdersTest::rateLimit()
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
    QVERIFY2(burst >= 30 && burst <= 34, std::to_string(burst).c_str());
    client.advance(5s);
    const std::size_t sustained = client.transport.requests.size() - before - burst;
    QVERIFY2(sustained >= 28 && sustained <= 31, std::to_string(sustained).c_str());
    client.advance(20s);
    QCOMPARE(results.size(), 100U);
}

void ClientOrdersTest::ordersOfAllPages()
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

void ClientOrdersTest::unreadableOrdersAreNotMissing()
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

void ClientOrdersTest::symbolsAreEncoded()
{
    Client client;
    std::vector<base::Result<wire::Equity>> results;
    client.side->rest().equity("BRK/B", into(results));
    QVERIFY(client.until([&] { return !results.empty(); }));
    QVERIFY2(client.transport.requests.back().url.toEncoded().endsWith("/instruments/equities/BRK%2FB"),
             client.transport.requests.back().url.toEncoded().constData());
    QCOMPARE(results[0].error().kind, base::ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(ClientOrdersTest)
#include "client_orders.moc"
