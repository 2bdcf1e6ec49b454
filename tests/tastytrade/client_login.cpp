#include "client_harness.h"

#include <QtTest>

using namespace std::chrono_literals;
using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::test;

class ClientLoginTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsTriedAgainByWhatIsGone();
    void oneRequestForManyCallers();
    void tokenIsRenewedBeforeItEnds();
    void shortTokensAreNotAskedForWithEveryRequest();
    void twoRefusalsAndNoMore();
    void refusalsCountOverConnections();
    void otherKeysWaitAfterTwoRefusals();
    void loginAlone_data();
    void loginAlone();
    void tradingAloneOpensNoFeed();
    void htmlIsUnderstood();
    void networkTroubleIsNoRefusal();
    void refusedTokenIsReplacedOnce();
    void chosenAccount();
    void unknownAccountIsRefusedByName();

    void endpoints_data();
    void endpoints();
    void marketDataAddress();
    void credentials_data();
    void credentials();
};

namespace
{

const HttpAnswer invalidGrant{400, R"({"error_code":"invalid_grant","error_description":"Invalid JWT"})"};

struct Login {
    Login() { base::log::configure(base::log::Level::Off); }
    void get(int times = 1)
    {
        for (int i = 0; i < times; ++i)
            tokens.get([this](const base::Result<std::string>& token) { results.push_back(token); });
        scheduler.advance(1s);
    }
    VirtualScheduler scheduler;
    MemoryTransport transport{scheduler};
    ScriptedBroker broker{scheduler, transport};
    TokenSource tokens{
        transport, scheduler, QUrl("http://127.0.0.1:1"),
        Credentials{EnvironmentKind::Venue, "test keys", base::Secret("secret"), base::Secret("refresh")},
        std::make_shared<LoginGuard>()};
    std::vector<base::Result<std::string>> results;
};

} // namespace

/// It ends while it looks for its account, and answers that request itself.
void ClientLoginTest::nothingIsTriedAgainByWhatIsGone()
{
    Client client;
    client.side->start();
    client.advance(3ms); // there is a token, and the question of the account is out
    const auto isQuestion = [](const HttpRequest& request) {
        return request.url.path() == QLatin1String("/customers/me/accounts");
    };
    QVERIFY(std::ranges::any_of(client.transport.requests, isQuestion));
    client.side.reset();
    client.advance(60s);
    QVERIFY(client.accountReasons.empty());
}

void ClientLoginTest::oneRequestForManyCallers()
{
    Login login;
    login.get(5);
    QCOMPARE(login.results.size(), 5U);
    QCOMPARE(login.transport.requests.size(), 1U);
    QCOMPARE(*login.results[4], std::string("access-1"));
    QVERIFY(login.transport.requests[0].authorization.empty());
    QVERIFY(login.transport.requests[0].body.contains(R"("grant_type":"refresh_token")"));
}

void ClientLoginTest::tokenIsRenewedBeforeItEnds()
{
    Login login;
    login.get();
    login.scheduler.advance(830s);
    login.get();
    QCOMPARE(login.broker.tokensGiven, 1);
    login.scheduler.advance(10s); // 842 s of 900
    login.get();
    QCOMPARE(login.broker.tokensGiven, 2);
    QCOMPARE(*login.results.back(), std::string("access-2"));
}

void ClientLoginTest::shortTokensAreNotAskedForWithEveryRequest()
{
    Login login;
    login.broker.tokenSeconds = 40;
    login.get(1);
    login.get(1);
    QCOMPARE(login.broker.tokensGiven, 1);
    login.scheduler.advance(20s);
    login.get(1);
    QCOMPARE(login.broker.tokensGiven, 2);
}

void ClientLoginTest::twoRefusalsAndNoMore()
{
    Login login;
    login.broker.instead["/oauth/token"] = {invalidGrant, invalidGrant, invalidGrant};
    login.get();
    QVERIFY(!login.tokens.isBlocked());
    login.get();
    QVERIFY(login.tokens.isBlocked());
    login.get(3);
    QCOMPARE(login.transport.requests.size(), 2U);
    QCOMPARE(login.results.size(), 5U);
    for (const auto& result : login.results)
        QCOMPARE(result.error().kind, base::ErrorKind::Unauthorized);
    QVERIFY(login.results.back().error().message().find("test keys") != std::string::npos);
    QVERIFY(login.results.back().error().message().find("Invalid JWT") != std::string::npos);
}

void ClientLoginTest::refusalsCountOverConnections()
{
    const auto guard = std::make_shared<LoginGuard>();
    for (int connection = 0; connection < 3; ++connection) {
        NetworkSide::Options options = Client::defaults();
        options.logins = guard;
        Client client(std::move(options));
        client.broker.instead["/oauth/token"] = {invalidGrant};
        base::Result<std::vector<wire::Account>> accounts;
        client.side->rest().accounts([&](auto result) { accounts = std::move(result); });
        QVERIFY(client.until([&] { return !accounts; }));
        QCOMPARE(client.transport.requests.size(), connection < 2 ? 1U : 0U);
    }
}

void ClientLoginTest::otherKeysWaitAfterTwoRefusals()
{
    base::Nanos now{};
    LoginGuard guard([&] { return now; });
    const auto keys = [](EnvironmentKind kind, const char* token) {
        return Credentials{kind, "keys", base::Secret("secret"), base::Secret(token)};
    };
    const base::Error refusal{base::ErrorKind::Unauthorized, "login", {}, "Invalid JWT", {}};
    using enum EnvironmentKind;
    guard.refused(keys(Certification, "one"), refusal);
    QVERIFY(guard.mayTry(keys(Certification, "one")));
    QVERIFY(guard.mayTry(keys(Certification, "two")));
    guard.refused(keys(Certification, "two"), refusal);
    const auto third = guard.mayTry(keys(Certification, "three"));
    QVERIFY(!third);
    QVERIFY2(third.error().message().find("15 min") != std::string::npos, third.error().message().c_str());
    QVERIFY(guard.mayTry(keys(Live, "three"))); // another place
    now += 14min + 1s;
    QVERIFY(guard.mayTry(keys(Certification, "three")).error().message().find("1 min") != std::string::npos);
    now += 1min;
    QVERIFY(guard.mayTry(keys(Certification, "three")));
    guard.accepted(keys(Certification, "three"));
    guard.refused(keys(Certification, "one"), refusal);
    QVERIFY(!guard.mayTry(keys(Certification, "one"))); // the second time
    QVERIFY(guard.mayTry(keys(Certification, "three")));
    guard.accepted(keys(Live, "at work"));
    guard.refused(keys(Live, "mistyped"), refusal);
    guard.refused(keys(Live, "mistyped again"), refusal);
    QVERIFY(!guard.mayTry(keys(Live, "new")));
    QVERIFY(!guard.isHopeless(keys(Live, "new"))); // it only has to wait
    QVERIFY(guard.mayTry(keys(Live, "at work")));  // a session goes on while somebody mistypes in the dialog
    guard.refused(keys(Live, "mistyped"), refusal);
    QVERIFY(guard.isHopeless(keys(Live, "mistyped")));
    for (int i = 0; i < 5; ++i)
        guard.refused(keys(Venue, "old run"), refusal);
    QVERIFY(guard.mayTry(keys(Venue, "new run"))); // our own exchange locks nobody out
    QVERIFY(!guard.mayTry(keys(Venue, "old run")));
}

void ClientLoginTest::loginAlone_data()
{
    QTest::addColumn<bool>("refused");
    QTest::newRow("accepted") << false;
    QTest::newRow("refused") << true;
}

void ClientLoginTest::loginAlone()
{
    QFETCH(bool, refused);
    NetworkSide::Options options = Client::defaults();
    options.purpose = Purpose::LoginOnly;
    Client client(std::move(options));
    if (refused)
        client.broker.instead["/oauth/token"] = {invalidGrant};
    client.side->start();
    QVERIFY(client.until([&] { return client.login.has_value(); }));
    QCOMPARE(client.login->has_value(), !refused);
    if (!refused)
        QCOMPARE((*client.login)->size(), 2U);
    client.advance(5min);
    QCOMPARE(client.transport.requests.size(), refused ? 1U : 2U);
    QVERIFY(client.transport.sockets.empty());
}

void ClientLoginTest::tradingAloneOpensNoFeed()
{
    NetworkSide::Options options = Client::defaults();
    options.purpose = Purpose::TradingOnly;
    Client client(std::move(options));
    client.side->start();
    QVERIFY(client.until([&] { return client.accountState == execution::ConnectionState::Connected; }));
    client.advance(30s);
    QCOMPARE(client.transport.sockets.size(), 1U);
    QCOMPARE(client.feedState, market::FeedState::Disconnected);
}

void ClientLoginTest::htmlIsUnderstood()
{
    Login login;
    login.broker.instead["/oauth/token"] = {{502, "<html>502 Bad Gateway</html>"}, {200, "<html>welcome</html>"}};
    login.get();
    QCOMPARE(login.results[0].error().kind, base::ErrorKind::Network);
    login.get();
    QCOMPARE(login.results[1].error().kind, base::ErrorKind::Network);
    QVERIFY(!login.tokens.isBlocked());
    login.get();
    QVERIFY(login.results[2]);
}

void ClientLoginTest::networkTroubleIsNoRefusal()
{
    Login login;
    login.transport.isDown = true;
    for (int i = 0; i < 5; ++i)
        login.get();
    QVERIFY(!login.tokens.isBlocked());
    login.transport.isDown = false;
    login.get();
    QVERIFY(login.results.back());
}

void ClientLoginTest::refusedTokenIsReplacedOnce()
{
    Client client;
    client.broker.instead["/customers/me/accounts"] = {
        {401, R"({"error":{"code":"token_expired","message":"expired"}})"}};
    base::Result<std::vector<wire::Account>> accounts;
    client.side->rest().accounts([&](auto result) { accounts = std::move(result); });
    QVERIFY(client.until([&] { return accounts && !accounts->empty(); }));
    QCOMPARE(client.broker.tokensGiven, 2);
    QCOMPARE(accounts->size(), 2U);
}

void ClientLoginTest::chosenAccount()
{
    Client client;
    client.side->start();
    QVERIFY(client.until([&] { return !client.account.empty(); }));
    QCOMPARE(client.account, std::string("5WX00042")); // the first one is closed
}

void ClientLoginTest::unknownAccountIsRefusedByName()
{
    NetworkSide::Options options = Client::defaults();
    options.account = "5WX99999";
    Client client(std::move(options));
    client.side->start();
    QVERIFY(client.until([&] { return !client.accountReasons.empty(); }));
    QVERIFY2(client.accountReasons[0].find("5WX99999") != std::string::npos &&
                 client.accountReasons[0].find("5WX00042") != std::string::npos,
             client.accountReasons[0].c_str());
    QCOMPARE(client.accountState, execution::ConnectionState::Disconnected);
}

void ClientLoginTest::endpoints_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("rest");
    QTest::addColumn<QString>("streamer");
    QTest::addColumn<bool>("allowed");
    const int venue = static_cast<int>(EnvironmentKind::Venue);
    const int certification = static_cast<int>(EnvironmentKind::Certification);
    const int live = static_cast<int>(EnvironmentKind::Live);
    const QString loopback = "http://127.0.0.1:8080", cert = "https://api.cert.tastyworks.com",
                  certStream = "wss://streamer.cert.tastyworks.com", prod = "https://api.tastyworks.com",
                  prodStream = "wss://streamer.tastyworks.com";
    QTest::newRow("venue") << venue << loopback << "ws://127.0.0.1:8080" << true;
    QTest::newRow("venue by name") << venue << "http://localhost:8080" << "ws://[::1]:8080" << true;
    QTest::newRow("venue elsewhere") << venue << "https://example.test" << "wss://example.test" << false;
    QTest::newRow("certification") << certification << cert << certStream << true;
    QTest::newRow("certification unencrypted")
        << certification << "http://api.cert.tastyworks.com" << certStream << false;
    QTest::newRow("certification with live stream") << certification << cert << prodStream << false;
    QTest::newRow("certification on loopback") << certification << loopback << "ws://127.0.0.1:8080" << false;
    QTest::newRow("live") << live << prod << prodStream << true;
    QTest::newRow("live, other name") << live << "https://api.tastytrade.com" << prodStream << true;
    QTest::newRow("live with certification host") << live << cert << certStream << false;
    QTest::newRow("live on loopback") << live << loopback << "ws://127.0.0.1:8080" << false;
    QTest::newRow("live unencrypted") << live << "http://api.tastyworks.com" << prodStream << false;
    QTest::newRow("a look-alike") << live << "https://api.tastyworks.com.example.test" << prodStream << false;
    QTest::newRow("nothing") << live << "" << "" << false;
}

void ClientLoginTest::endpoints()
{
    QFETCH(int, kind);
    QFETCH(QString, rest);
    QFETCH(QString, streamer);
    QFETCH(bool, allowed);
    const Endpoints endpoints{static_cast<EnvironmentKind>(kind), QUrl(rest), QUrl(streamer)};
    QCOMPARE(endpoints.check().has_value(), allowed);
}

void ClientLoginTest::marketDataAddress()
{
    QVERIFY(Endpoints::live().checkMarketData(QUrl("wss://tasty-openapi-ws.dxfeed.com/realtime")));
    QVERIFY(!Endpoints::live().checkMarketData(QUrl("ws://tasty-openapi-ws.dxfeed.com/realtime")));
    QVERIFY(!Endpoints::live().checkMarketData(QUrl("ws://127.0.0.1:1/dxlink")));
    QVERIFY(Endpoints::venue(1).checkMarketData(QUrl("ws://127.0.0.1:1/dxlink")));
    QVERIFY(!Endpoints::venue(1).checkMarketData(QUrl("wss://tasty-openapi-ws.dxfeed.com/realtime")));
    QVERIFY(Endpoints::venue(1).check());
    QVERIFY(Endpoints::certification().check());
    QVERIFY(Endpoints::live().check());
}

void ClientLoginTest::credentials_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<int>("target");
    QTest::addColumn<QByteArray>("refreshToken");
    QTest::addColumn<bool>("allowed");
    const int certification = static_cast<int>(EnvironmentKind::Certification);
    const int live = static_cast<int>(EnvironmentKind::Live);
    const auto jwt = [](const char* issuer) {
        return QByteArray("e30.") +
               (QByteArray(R"({"iss":")") + issuer + R"("})").toBase64(QByteArray::Base64UrlEncoding) + ".x";
    };
    QTest::newRow("live") << live << live << QByteArray("opaque") << true;
    QTest::newRow("live, issuer agrees") << live << live << jwt("https://api.tastyworks.com") << true;
    QTest::newRow("sandbox keys for live") << certification << live << QByteArray("opaque") << false;
    QTest::newRow("sandbox token in live keys") << live << live << jwt("https://api.cert.tastyworks.com") << false;
    QTest::newRow("live token in sandbox keys")
        << certification << certification << jwt("https://api.tastyworks.com") << false;
    QTest::newRow("no token") << live << live << QByteArray() << false;
    QTest::newRow("not quite a JWT") << live << live << QByteArray("a.b.c") << true;
}

void ClientLoginTest::credentials()
{
    QFETCH(int, kind);
    QFETCH(int, target);
    QFETCH(QByteArray, refreshToken);
    QFETCH(bool, allowed);
    const Credentials credentials{static_cast<EnvironmentKind>(kind), "TW_CLIENT_SECRET", base::Secret("secret"),
                                  base::Secret(refreshToken.toStdString())};
    const auto checked = credentials.checkFor(static_cast<EnvironmentKind>(target));
    QCOMPARE(checked.has_value(), allowed);
    if (!checked)
        QVERIFY(checked.error().message().find("TW_CLIENT_SECRET") != std::string::npos);
}

QTEST_GUILESS_MAIN(ClientLoginTest)
#include "client_login.moc"
