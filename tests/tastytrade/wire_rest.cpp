#include "random_messages.h"
#include "wire_reading.h"

#include "market/calendar.h"
#include "market/symbols.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;
using namespace vegadesk::tastytrade::test;

namespace
{

template<class T, class Make, class Parse>
void roundTrip(Make make, Parse parse)
{
    base::Generator chance(20261120);
    for (int i = 0; i < 500; ++i) {
        const T value = make(chance);
        const QJsonObject printed = *parseObject(toBytes(toJson(value)), "test");
        const auto read = parse(printed);
        QVERIFY2(read, read ? "" : (read.error().message() + toBytes(printed).toStdString()).c_str());
        QVERIFY2(*read == value, toBytes(printed).constData());
    }
}

/// For types without ==: what was read prints the same.
template<class T, class Make, class Parse>
void printsTheSame(Make make, Parse parse)
{
    base::Generator chance(20261121);
    for (int i = 0; i < 500; ++i) {
        const T value = make(chance);
        const auto read = parse(toJson(value));
        QVERIFY2(read, read ? "" : read.error().message().c_str());
        QCOMPARE(toBytes(toJson(*read)), toBytes(toJson(value)));
    }
}

} // namespace

class WireRestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheChainOfTheReference();
    void chainBecomesADefinitionAndBack();
    void indexOptionsAreEuropean();
    void decimals_data();
    void decimals();
    void errors_data();
    void errors();
    void tokenRequestAsForm();
    void pagination();
    void whatIsPrintedIsReadBack();
};

void WireRestTest::readsTheChainOfTheReference()
{
    const auto chain = parseNestedChain(json(R"({
        "underlying-symbol": "SPY", "root-symbol": "SPY", "option-chain-type": "Standard", "shares-per-contract": 100,
        "tick-sizes": [{"threshold": "3.0", "value": "0.01"}, {"value": "0.05"}],
        "expirations": [{"expiration-type": "Weekly", "expiration-date": "2026-12-04", "days-to-expiration": 14, "settlement-type": "PM",
          "strikes": [{"strike-price": "600.0", "call": "SPY   261204C00600000", "call-streamer-symbol": ".SPY261204C600",
                       "put":  "SPY   261204P00600000", "put-streamer-symbol": ".SPY261204P600"}]}]})"));
    QVERIFY2(chain, chain ? "" : chain.error().message().c_str());
    Equity spy;
    spy.symbol = spy.streamerSymbol = "SPY";
    spy.isEtf = true;
    const auto definition = toDefinition(spy, {*chain});
    QVERIFY(definition);
    QCOMPARE(definition->options.size(), 2U);
    const market::Instrument& put = definition->options[1];
    QCOMPARE(put.symbol, std::string("SPY   261204P00600000"));
    QCOMPARE(put.streamerSymbol, std::string(".SPY261204P600"));
    QCOMPARE(put.option->right, market::Right::Put);
    QCOMPARE(put.option->strike, decimal("600"));
    QCOMPARE(put.style, market::ExerciseStyle::American);
    QCOMPARE(put.expirationType, market::ExpirationType::Weekly);
    // 16:00 in New York in December
    QCOMPARE(base::formatInstant(put.expiresAt), std::string("2026-12-04T21:00:00.000+00:00"));
    QCOMPARE(market::tickAt(put.ticks, decimal("2.99")), decimal("0.01"));
    QCOMPARE(market::tickAt(put.ticks, decimal("3")), decimal("0.05"));

    // An instant ends in 2262, and an expiration is one.
    for (const char* far : {"7001-12-04", "1600-12-04", ""}) {
        QJsonObject expiration;
        wire::put(expiration, "expiration-date", std::string_view(far));
        QJsonObject odd = toJson(NestedChain{"SPY", "SPY", "Standard", 100, {}, {}});
        odd.insert(QLatin1String("expirations"), QJsonArray{expiration});
        QVERIFY2(!parseNestedChain(odd), far);
    }
}

void WireRestTest::chainBecomesADefinitionAndBack()
{
    market::ChainDefinition definition;
    definition.underlying.symbol = "SPX";
    for (const char* root : {"SPX", "SPXW"}) {
        for (const market::Right right : {market::Right::Call, market::Right::Put}) {
            market::Instrument option;
            option.option = market::OptionTerms{root, base::makeDate(2026, 12, 18), right, decimal("6000")};
            option.symbol = *market::toOccSymbol(*option.option);
            option.streamerSymbol = *market::toStreamerSymbol(*option.option);
            option.type = market::InstrumentType::EquityOption;
            option.multiplier = 100;
            option.settlement = root == std::string("SPX") ? market::Settlement::AM : market::Settlement::PM;
            definition.options.push_back(option);
        }
    }
    const auto chains = toNestedChains(definition, base::makeDate(2026, 11, 20));
    QCOMPARE(chains.size(), 2U);
    QCOMPARE(chains[0].root, std::string("SPX"));
    QCOMPARE(chains[0].expirations[0].settlement, market::Settlement::AM);
    QCOMPARE(chains[0].expirations[0].daysToExpiration, 28);
    Equity spx;
    spx.symbol = "SPX";
    spx.isIndex = true;
    const auto again = toDefinition(spx, chains);
    QVERIFY(again);
    QCOMPARE(again->options.size(), 4U);
    for (const market::Instrument& option : again->options)
        QVERIFY(std::ranges::count(definition.options, option.symbol, &market::Instrument::symbol) == 1);
    QVERIFY(toNestedChains(definition, base::makeDate(2026, 12, 19)).empty());
}

void WireRestTest::indexOptionsAreEuropean()
{
    NestedChain chain{"SPX", "SPX", "Standard", 100, {}, {}};
    chain.expirations.push_back({base::makeDate(2026, 12, 18),
                                 28,
                                 market::Settlement::AM,
                                 market::ExpirationType::Regular,
                                 {{decimal("6000"), "SPX   261218C06000000", ".SPX261218C6000", "", ""}}});
    Equity index;
    index.symbol = "SPX";
    index.isIndex = true;
    const auto definition = toDefinition(index, {chain});
    QCOMPARE(definition->options.size(), 1U);
    QCOMPARE(definition->options[0].style, market::ExerciseStyle::European);
    // settled at the open: 9:30 in New York
    QCOMPARE(base::formatInstant(definition->options[0].expiresAt), std::string("2026-12-18T14:30:00.000+00:00"));
    chain.type = "Non-Standard";
    QVERIFY(toDefinition(index, {chain})->options.empty());
    chain.type = "Standard";
    chain.expirations[0].strikes[0].call = "no symbol";
    QVERIFY(!toDefinition(index, {chain}));
}

void WireRestTest::decimals_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("value"); // empty: refused
    QTest::newRow("text") << QByteArray(R"("3.0")") << "3.0";
    QTest::newRow("whole number") << QByteArray("5") << "5.0";
    QTest::newRow("number") << QByteArray("1.05") << "1.05";
    QTest::newRow("tenth") << QByteArray("0.1") << "0.1";
    QTest::newRow("exponent") << QByteArray("1.3743299E7") << "13743299.0";
    QTest::newRow("NaN") << QByteArray(R"("NaN")") << "";
    QTest::newRow("infinity") << QByteArray("1e400") << "";
    QTest::newRow("true") << QByteArray("true") << "";
    QTest::newRow("list") << QByteArray("[1]") << "";
}

void WireRestTest::decimals()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, value);
    const auto object = parseObject(R"({"price": )" + text + "}", "test");
    if (!object) {
        QVERIFY(value.isEmpty());
        return;
    }
    Fields in(*object, "test");
    const base::Decimal decimal = in.decimal("price");
    QCOMPARE(in.failed(), value.isEmpty());
    if (!in.failed())
        QCOMPARE(QString::fromStdString(decimal.toString()), value);
}

void WireRestTest::errors_data()
{
    using Kind = base::ErrorKind;
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<Kind>("kind");
    QTest::addColumn<QString>("says");
    QTest::newRow("preflight")
        << 422
        << QByteArray(R"({"error": {"code": "preflight_check_failure", "message": "One or more preflight checks failed",
        "errors": [{"code": "cant_buy_for_credit", "message": "You cannot buy for a credit."}]}})")
        << Kind::Refused << "You cannot buy for a credit.";
    QTest::newRow("validation") << 400
                                << QByteArray(
                                       R"({"error": {"code": "validation_error", "message": "Request validation failed",
        "errors": [{"domain": "legs", "reason": "is missing"}]}})")
                                << Kind::Refused << "is missing";
    QTest::newRow("number as code")
        << 406 << QByteArray(R"({"error":{"code":406,"message":"The requested version is not supported."}})")
        << Kind::Refused << "406";
    QTest::newRow("token") << 400 << QByteArray(R"({"error_code":"invalid_grant","error_description":"Invalid JWT"})")
                           << Kind::Refused << "Invalid JWT";
    QTest::newRow("RFC form") << 400 << QByteArray(R"({"error":"invalid_grant"})") << Kind::Refused << "invalid_grant";
    QTest::newRow("unauthorized") << 401 << QByteArray(R"({"error":{"code":"unauthorized","message":"Unauthorized"}})")
                                  << Kind::Unauthorized << "Unauthorized";
    QTest::newRow("html 401") << 401 << QByteArray("<html><title>401 Authorization Required</title></html>")
                              << Kind::Unauthorized << "web page";
    QTest::newRow("html 502") << 502 << QByteArray("<html>502 Bad Gateway</html>") << Kind::Network << "HTTP 502";
    QTest::newRow("not found") << 404
                               << QByteArray(R"({"error":{"code":"record_not_found","message":"Couldn't find it"}})")
                               << Kind::NotFound << "find";
    QTest::newRow("empty") << 500 << QByteArray() << Kind::Network << "HTTP 500";
}

void WireRestTest::errors()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(base::ErrorKind, kind);
    QFETCH(QString, says);
    const base::Error error = errorFromAnswer(status, body, "order");
    QCOMPARE(error.kind, kind);
    QVERIFY2(QString::fromStdString(error.message()).contains(says), error.message().c_str());
    if (const auto parsed = parseErrorBody(body)) {
        const auto again = parseErrorBody(toBytes(toJson(*parsed)));
        QVERIFY(again);
        QVERIFY(*again == *parsed);
    }
}

void WireRestTest::tokenRequestAsForm()
{
    const auto request =
        parseTokenForm("grant_type=refresh_token&refresh_token=a%2Bb&client_secret=c+d&scope=read%20trade");
    QVERIFY(request);
    QCOMPARE(request->refreshToken, std::string("a+b"));
    QCOMPARE(request->clientSecret, std::string("c d"));
    QCOMPARE(request->scope, std::string("read trade"));
    QVERIFY(!parseTokenForm("grant_type=password"));
    const auto again = parseTokenRequest(toJson(*request));
    QVERIFY(again);
    QVERIFY(*again == *request);
    QVERIFY(!parseTokenAnswer(json(R"({"access_token": "x", "expires_in": -1})")));
    QVERIFY(parseTokenAnswer(toJson(TokenAnswer{"x", 900}))->expiresInSeconds == 900);
}

void WireRestTest::pagination()
{
    const Pagination pages{100, 2, 250, 3};
    const QJsonObject body = itemsEnvelope({}, "/accounts/5WX00042/orders", pages);
    QVERIFY(*parsePagination(body) == pages);
    QCOMPARE(body.value("pagination").toObject().value("current-item-count").toInteger(), 50);
    QVERIFY(!parsePagination(itemsEnvelope({}, "/")));
    QVERIFY(itemsOf(body, "orders"));
    QVERIFY(!itemsOf(json("{}"), "orders"));
    QVERIFY(!dataOf(json(R"({"data": []})"), "orders"));
}

void WireRestTest::whatIsPrintedIsReadBack()
{
    roundTrip<OrderRequest>(random::orderRequest, parseOrderRequest);
    roundTrip<Order>(random::order, parseOrder);
    roundTrip<OrderAnswer>(random::orderAnswer, parseOrderAnswer);
    roundTrip<ComplexOrderRequest>(random::complexOrderRequest, parseComplexOrderRequest);
    roundTrip<ComplexOrder>(random::complexOrder, parseComplexOrder);
    roundTrip<ComplexOrderAnswer>(random::complexOrderAnswer, parseComplexOrderAnswer);
    printsTheSame<AccountPosition>(random::position, parseAccountPosition);
    printsTheSame<AccountBalance>(random::balance, parseAccountBalance);
    printsTheSame<NestedChain>(random::nestedChain, parseNestedChain);
    roundTrip<Account>(
        [](base::Generator& chance) {
            Account account;
            account.number = random::word(chance);
            account.authority = "trade-only";
            account.isClosed = random::coin(chance);
            account.openedAt = random::maybe(chance, random::instant(chance));
            return account;
        },
        parseAccount);
    roundTrip<QuoteToken>(
        [](base::Generator& chance) {
            return QuoteToken{random::word(chance), random::word(chance), random::word(chance)};
        },
        parseQuoteToken);
}

QTEST_GUILESS_MAIN(WireRestTest)
#include "wire_rest.moc"
