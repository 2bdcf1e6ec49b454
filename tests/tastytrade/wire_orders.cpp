#include "wire_reading.h"

#include "tastytrade/wire/complex_order.h"
#include "tastytrade/wire/order_answer.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;
using namespace vegadesk::tastytrade::test;

namespace
{

const char* const placedOrder = R"({"data": {
  "order": {"id": 270561, "account-number": "5WX00042", "cancellable": false, "editable": false, "edited": false,
    "external-identifier": "desk-20261120-0007", "global-request-id": "f6c5863356cf1be83fed349d54ee4862",
    "order-type": "Limit", "price": "1.05", "price-effect": "Debit", "received-at": "2026-11-20T14:38:47.851+00:00", "size": 1,
    "source": "desk", "status": "Routed", "time-in-force": "Day", "underlying-instrument-type": "Equity", "underlying-symbol": "SPY",
    "updated-at": 1795185528049,
    "legs": [{"action": "Buy to Open", "instrument-type": "Equity Option", "quantity": 1, "remaining-quantity": 0, "symbol": "SPY   261218C00600000",
              "fills": [{"ext-group-fill-id":"0","ext-exec-id":"134","fill-id":"2_TW::TEST_A1::20250528.135-TEST_FILL","quantity":1,
                         "fill-price":"1.0","filled-at":"2026-11-20T14:38:48.100+00:00","destination-venue":"TEST_A"}]},
             {"action": "Sell to Open", "instrument-type": "Equity Option", "quantity": 1, "remaining-quantity": 1, "symbol": "SPY   261218C00605000", "fills": []}]},
  "buying-power-effect": {
    "change-in-margin-requirement": "105.0", "change-in-margin-requirement-effect": "Debit",
    "change-in-buying-power": "107.24", "change-in-buying-power-effect": "Debit",
    "current-buying-power": "100000.0", "current-buying-power-effect": "Credit",
    "new-buying-power": "99892.76", "new-buying-power-effect": "Credit",
    "isolated-order-margin-requirement": "105.0", "isolated-order-margin-requirement-effect": "Debit",
    "is-spread": true, "impact": "107.24", "effect": "Debit"},
  "fee-calculation": {
    "regulatory-fees": "0.04", "regulatory-fees-effect": "Debit",
    "regulatory-fees-breakdown": [{"name": "orf", "value": "0.04", "effect": "Debit"}, {"name": "sec", "value": "0.0", "effect": "None"}],
    "clearing-fees": "0.2", "clearing-fees-effect": "Debit",
    "commission": "2.0", "commission-effect": "Debit",
    "proprietary-index-option-fees": "0.0", "proprietary-index-option-fees-effect": "None",
    "total-fees": "2.24", "total-fees-effect": "Debit"},
  "warnings": [{"code": "tif.next_valid_session", "message": "Your order will begin working during next valid session"}]},
 "context": "/accounts/5WX00042/orders"})";

} // namespace

class WireOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePlacedOrderOfTheReference();
    void dryRunTurnsSignsIntoCosts();
    void dryRunWithoutFiguresIsNotMadeUp();
    void statusBecomesOurs_data();
    void statusBecomesOurs();
    void foreignOrderWordsAreKept();
    void refusedOrderIsStillIdentified();
    void notionalOrderIsReadWithItsFractions();
    void replacementTakesTheRestFromWhatItReplaces();
    void readsTheComplexOrderOfTheReference();
    void orderRequestIsRefused_data();
    void orderRequestIsRefused();
};

void WireOrdersTest::readsThePlacedOrderOfTheReference()
{
    const auto answer = parseOrderAnswer(*dataOf(json(placedOrder), "order"));
    QVERIFY2(answer, answer ? "" : answer.error().message().c_str());
    const Order& order = answer->order;
    QCOMPARE(order.id, std::string("270561"));
    QCOMPARE(order.state, OrderState::Routed);
    QCOMPARE(*order.price, decimal("1.05"));
    QCOMPARE(order.effect, portfolio::PriceEffect::Debit);
    QCOMPARE(base::toUnixMillis(order.updatedAt), 1795185528049);
    QCOMPARE(order.legs.size(), 2U);
    QCOMPARE(order.legs[0].fills[0].fillId, std::string("2_TW::TEST_A1::20250528.135-TEST_FILL"));
    QCOMPARE(answer->warnings[0].code, std::string("tif.next_valid_session"));

    const execution::BrokerOrder ours = toBrokerOrder(order);
    QCOMPARE(ours.externalId, std::string("desk-20261120-0007"));
    QCOMPARE(ours.status, execution::OrderStatus::PartiallyFilled);
    QCOMPARE(ours.intent.underlying, std::string("SPY"));
    QCOMPARE(ours.intent.legs[1].action, portfolio::Action::SellToOpen);
    QCOMPARE(ours.fills.size(), 1U);
    QCOMPARE(ours.fills[0].orderId, std::string("270561"));
    QCOMPARE(ours.fills[0].symbol, std::string("SPY   261218C00600000"));
    QCOMPARE(ours.fills[0].price, decimal("1"));
}

void WireOrdersTest::dryRunTurnsSignsIntoCosts()
{
    const auto answer = parseOrderAnswer(*dataOf(json(placedOrder), "order"));
    const auto result = toDryRunResult(*answer);
    QVERIFY(result);
    QCOMPARE(result->changeInBuyingPower, decimal("107.24"));
    QCOMPARE(result->changeInMargin, decimal("105"));
    QCOMPARE(result->newBuyingPower, decimal("99892.76"));
    QCOMPARE(result->commission, decimal("2"));
    QCOMPARE(result->clearingFees, decimal("0.2"));
    QCOMPARE(result->regulatoryFees, decimal("0.04"));
    QCOMPARE(result->totalFees, decimal("2.24"));
    QCOMPARE(result->warnings.size(), 1U);
    QVERIFY(result->errors.empty());
}

void WireOrdersTest::dryRunWithoutFiguresIsNotMadeUp()
{
    QJsonObject data = *dataOf(json(placedOrder), "order");
    data.remove("fee-calculation");
    const auto answer = parseOrderAnswer(data);
    QVERIFY(answer);
    QVERIFY(!toDryRunResult(*answer));
}

void WireOrdersTest::statusBecomesOurs_data()
{
    using Status = execution::OrderStatus;
    QTest::addColumn<QString>("word");
    QTest::addColumn<Status>("status");
    QTest::newRow("received") << "Received" << Status::Working;
    QTest::newRow("in flight") << "In Flight" << Status::Working;
    QTest::newRow("contingent") << "Contingent" << Status::Contingent;
    QTest::newRow("cancel requested") << "Cancel Requested" << Status::CancelRequested;
    QTest::newRow("replace requested") << "Replace Requested" << Status::ReplaceRequested;
    QTest::newRow("filled") << "Filled" << Status::Filled;
    QTest::newRow("cancelled") << "Cancelled" << Status::Cancelled;
    QTest::newRow("rejected") << "Rejected" << Status::Rejected;
    QTest::newRow("expired") << "Expired" << Status::Expired;
    QTest::newRow("removed") << "Removed" << Status::Cancelled;
    QTest::newRow("a new word") << "Pondering" << Status::Unknown;
    QTest::newRow("the prose's spelling") << "Canceled" << Status::Unknown;
}

void WireOrdersTest::statusBecomesOurs()
{
    QFETCH(QString, word);
    QFETCH(execution::OrderStatus, status);
    QJsonObject object = dataOf(json(placedOrder), "order")->value("order").toObject();
    QJsonArray legs = object.value("legs").toArray();
    for (auto leg = legs.begin(); leg != legs.end(); ++leg) {
        QJsonObject bare = leg->toObject();
        bare.remove("fills");
        *leg = bare;
    }
    object.insert("legs", legs);
    object.insert("status", word);
    const auto order = parseOrder(object);
    QVERIFY(order);
    QCOMPARE(toBrokerOrder(*order).status, status);
    QCOMPARE(toJson(*order).value("status").toString(), word);
}

void WireOrdersTest::foreignOrderWordsAreKept()
{
    QJsonObject object = dataOf(json(placedOrder), "order")->value("order").toObject();
    object.insert("order-type", "Marketable Limit");
    object.insert("time-in-force", "GTC Ext");
    const auto order = parseOrder(object);
    QVERIFY(order);
    QCOMPARE(order->type, portfolio::OrderType::Limit);
    QCOMPARE(order->timeInForce, portfolio::TimeInForce::Gtc);
    QCOMPARE(toJson(*order).value("order-type").toString(), QString("Marketable Limit"));
    QCOMPARE(toJson(*order).value("time-in-force").toString(), QString("GTC Ext"));
}

void WireOrdersTest::refusedOrderIsStillIdentified()
{
    QJsonObject object = dataOf(json(placedOrder), "order")->value("order").toObject();
    object.remove("legs");
    QVERIFY(!parseOrder(object));
    const auto known = identify(object);
    QVERIFY(known);
    QCOMPARE(known->externalId, std::string("desk-20261120-0007"));
    QCOMPARE(known->brokerId, std::string("270561"));
    QCOMPARE(known->status, execution::OrderStatus::Unknown);
    object.remove("id");
    QVERIFY(!identify(object));

    // What no account can order, sums of ours could not hold.
    object = dataOf(json(placedOrder), "order")->value("order").toObject();
    QJsonArray legs = object.value("legs").toArray();
    QJsonObject leg = legs[0].toObject();
    leg.insert("quantity", "90000000000");
    legs[0] = leg;
    object.insert("legs", legs);
    QVERIFY(!parseOrder(object));
    object = dataOf(json(placedOrder), "order")->value("order").toObject();
    object.insert("order-type", "Notional Market");
    QVERIFY(!parseOrder(object)); // of two legs: which of them is the value's?
}

void WireOrdersTest::notionalOrderIsReadWithItsFractions()
{
    const auto request = parseOrderRequest(json(R"({"order-type": "Notional Market", "time-in-force": "Day",
        "value": 25.5, "value-effect": "Debit",
        "legs": [{"instrument-type": "Equity", "symbol": "KO", "action": "Buy to Open"}]})"));
    QVERIFY2(request, request ? "" : request.error().message().c_str());
    QCOMPARE(request->intent.type, portfolio::OrderType::NotionalMarket);
    QCOMPARE(request->intent.value, decimal("25.5"));
    QVERIFY(request->typeText.empty());
    QCOMPARE(request->intent.legs[0].quantity, 0);
    QVERIFY(!toJson(*request).value("legs").toArray()[0].toObject().contains("quantity"));

    const auto order =
        parseOrder(json(R"({"id": 7, "account-number": "A", "status": "Filled", "underlying-symbol": "KO",
        "order-type": "Notional Market", "time-in-force": "Day", "value": "25.5", "value-effect": "Debit",
        "legs": [{"instrument-type": "Equity", "symbol": "KO", "action": "Buy to Open", "quantity": "0.36428",
                  "remaining-quantity": "0.0",
                  "fills": [{"fill-id": "1", "quantity": "0.36428", "fill-price": "70.0"}]}]})"));
    QVERIFY2(order, order ? "" : order.error().message().c_str());
    const base::Quantity bought = base::Quantity::parse("0.36428").value();
    QVERIFY(order->legs[0].terms.quantity == bought && order->legs[0].remaining == 0);
    QVERIFY(order->legs[0].fills[0].quantity == bought);
    const execution::BrokerOrder ours = toBrokerOrder(*order);
    QCOMPARE(ours.brokerId, std::string("7"));
    QCOMPARE(ours.intent.underlying, std::string("KO"));
    QCOMPARE(ours.status, execution::OrderStatus::Filled);
    QCOMPARE(ours.intent.type, portfolio::OrderType::NotionalMarket);
    QCOMPARE(ours.intent.value, decimal("25.5"));
    QVERIFY(ours.intent.legs.at(0).quantity == 0); // as it was asked for
    QCOMPARE(ours.fills.size(), std::size_t{1});
    QVERIFY(ours.fills[0].quantity == bought);
    QVERIFY(ours.rejectReason.empty());
    QCOMPARE(toJson(*order).value("legs").toArray()[0].toObject().value("quantity"), QJsonValue("0.36428"));
    QCOMPARE(parseOrder(toJson(*order)).value(), *order);
}

void WireOrdersTest::replacementTakesTheRestFromWhatItReplaces()
{
    const auto before = parseOrderRequest(json(R"({"order-type": "Stop Limit", "time-in-force": "GTD", "price": "5.0",
        "price-effect": "Debit", "stop-trigger": "4.5", "gtc-date": "2026-12-18", "external-identifier": "mine",
        "legs": [{"instrument-type": "Equity", "symbol": "KO", "quantity": 3, "action": "Buy to Open"}]})"));
    QVERIFY(before);
    const auto nothing = parseReplacement({}, *before);
    QVERIFY(nothing);
    OrderRequest same = *before;
    same.externalId.clear(); // the replacement is another order
    QVERIFY(*nothing == same);
    const auto dearer = parseReplacement(json(R"({"price": 5.25})"), *before);
    QCOMPARE(dearer->intent.price, decimal("5.25"));
    QCOMPARE(dearer->intent.stopTrigger, decimal("4.5"));
    // A type that is named brings its own prices.
    const auto market = parseReplacement(json(R"({"order-type": "Market", "time-in-force": "Day"})"), *before);
    QVERIFY(!market->intent.price && !market->intent.stopTrigger && !market->intent.gtcDate);
    QCOMPARE(market->intent.legs.size(), 1U);
}

void WireOrdersTest::readsTheComplexOrderOfTheReference()
{
    const auto request = parseComplexOrderRequest(json(R"({"type": "OTOCO",
        "trigger-order": {"time-in-force": "Day", "order-type": "Limit", "price": "590.00", "price-effect": "Debit",
          "legs": [{"instrument-type": "Equity", "symbol": "SPY", "quantity": 10, "action": "Buy to Open"}]},
        "orders": [
          {"time-in-force": "GTC", "order-type": "Limit", "price": "620.00", "price-effect": "Credit",
           "legs": [{"instrument-type": "Equity", "symbol": "SPY", "quantity": 10, "action": "Sell to Close"}]},
          {"time-in-force": "GTC", "order-type": "Stop", "stop-trigger": "575.00",
           "legs": [{"instrument-type": "Equity", "symbol": "SPY", "quantity": 10, "action": "Sell to Close"}]}]})"));
    QVERIFY2(request, request ? "" : request.error().message().c_str());
    QCOMPARE(request->type, ComplexType::Otoco);
    QCOMPARE(request->trigger->intent.price, decimal("590"));
    QCOMPARE(request->orders.size(), 2U);
    QCOMPARE(request->orders[1].intent.stopTrigger, decimal("575"));

    QVERIFY(!parseComplexOrderRequest(json(R"({"type": "SPREAD", "orders": []})")));
    const auto pairs = parseComplexOrderRequest(json(R"({"type": "PAIRS", "orders": [],
        "ratio-price-comparator": "gte", "ratio-price-threshold": 1.5, "ratio-price-is-threshold-based-on-notional": true})"));
    QVERIFY2(pairs, pairs ? "" : pairs.error().message().c_str());
    QCOMPARE(pairs->ratio->threshold, decimal("1.5"));
    QVERIFY(pairs->ratio->isNotional);
}

void WireOrdersTest::orderRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("field");
    const auto leg = [](const char* quantity, const char* action) {
        return QByteArray(
                   R"({"order-type": "Limit", "time-in-force": "Day", "price": 5, "price-effect": "Debit", "legs": [
            {"instrument-type": "Equity", "symbol": "SPY", "quantity": )") +
               quantity + R"(, "action": ")" + action + R"("}]})";
    };
    QTest::newRow("no legs") << QByteArray(R"({"order-type": "Limit", "time-in-force": "Day"})") << "legs";
    QTest::newRow("unknown type") << QByteArray(R"({"order-type": "Magic", "time-in-force": "Day", "legs": []})")
                                  << "order";
    QTest::newRow("nothing") << QByteArray("{}") << "order-type";
    QTest::newRow("zero quantity") << leg("0", "Buy to Open") << "quantity";
    QTest::newRow("negative quantity") << leg("-1", "Buy to Open") << "quantity";
    QTest::newRow("half a contract") << leg("0.5", "Buy to Open").replace("\"Equity\"", "\"Equity Option\"")
                                     << "quantity";
    QTest::newRow("unknown action") << leg("1", "Borrow") << "action";
    QTest::newRow("unknown lifetime") << QByteArray(
                                             R"({"order-type": "Limit", "time-in-force": "Forever", "legs": []})")
                                      << "time-in-force";
    QTest::newRow("a value with a sign")
        << QByteArray(R"({"order-type": "Notional Market", "time-in-force": "Day", "value": "-10", "legs": []})")
        << "value";
}

void WireOrdersTest::orderRequestIsRefused()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, field);
    const auto request = parseOrderRequest(json(body.constData()));
    QVERIFY(!request);
    QVERIFY2(QString::fromStdString(request.error().message()).contains(field), request.error().message().c_str());
}

QTEST_GUILESS_MAIN(WireOrdersTest)
#include "wire_orders.moc"
