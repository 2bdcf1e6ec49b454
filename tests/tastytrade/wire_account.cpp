#include "wire_reading.h"

#include "tastytrade/wire/account.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;
using namespace vegadesk::tastytrade::test;

class WireAccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsThePositionOfTheReference();
    void positionNumbersMayBeTexts();
    void fractionalPositionIsHeld();
    void fractionOfAContractIsRefused();
    void figuresThatNoAccountHasAreRefused_data();
    void figuresThatNoAccountHasAreRefused();
    void anOptionWithoutMultiplierHasAHundred();
    void realizedGainOfAnotherDayDoesNotCount();
    void balanceKeepsTheSignOfPendingCash();
    void readsTheAccountOfTheReference();
};

void WireAccountTest::readsThePositionOfTheReference()
{
    const auto position = parseAccountPosition(json(R"({"account-number": "5WX00042", "symbol": "SPY   261218C00600000",
        "instrument-type": "Equity Option", "underlying-symbol": "SPY", "quantity": 2, "quantity-direction": "Short",
        "close-price": "4.1", "average-open-price": "4.55", "average-yearly-market-close-price": "4.55",
        "average-daily-market-close-price": "4.1", "multiplier": 100, "cost-effect": "Debit", "is-suppressed": false,
        "is-frozen": false, "restricted-quantity": 0, "expires-at": "2026-12-18T21:15:00.000+00:00",
        "realized-day-gain": "0.0", "realized-day-gain-effect": "None", "realized-day-gain-date": "2026-11-20",
        "realized-today": "12.5", "realized-today-effect": "Debit", "realized-today-date": "2026-11-20",
        "created-at": "2026-11-18T14:31:02.101+00:00", "updated-at": "2026-11-20T22:00:00.000+00:00"})"));
    QVERIFY2(position, position ? "" : position.error().message().c_str());
    QCOMPARE(position->values.quantity, -2);
    QCOMPARE(position->values.multiplier, 100);
    QCOMPARE(position->values.averageOpenPrice, decimal("4.55"));
    QCOMPARE(position->values.averageDailyMarketClosePrice, decimal("4.1"));
    QCOMPARE(position->values.realizedToday, decimal("-12.5"));
    QCOMPARE(toJson(*position).value("cost-effect").toString(), QString("Debit"));
}

void WireAccountTest::positionNumbersMayBeTexts()
{
    const auto position = parseAccountPosition(json(R"({"account-number": "5WX00042", "symbol": "SPY",
        "instrument-type": "Equity", "quantity": "100.0", "quantity-direction": "Long", "average-open-price": 4.55,
        "multiplier": "1.0"})"));
    QVERIFY2(position, position ? "" : position.error().message().c_str());
    QCOMPARE(position->values.quantity, 100);
    QCOMPARE(position->values.multiplier, 1);
    QCOMPARE(position->values.underlying, std::string("SPY"));
    QCOMPARE(position->values.averageOpenPrice, decimal("4.55"));
    // without a daily basis the open price is the basis
    QCOMPARE(position->values.averageDailyMarketClosePrice, decimal("4.55"));
}

void WireAccountTest::fractionalPositionIsHeld()
{
    const auto position = parseAccountPosition(json(R"({"account-number": "5WX00042", "symbol": "SPY",
        "instrument-type": "Equity", "quantity": "0.52341", "quantity-direction": "Short", "average-open-price": "4.55"})"));
    QVERIFY2(position, position ? "" : position.error().message().c_str());
    QCOMPARE(position->values.quantity.toString(), std::string("-0.52341"));
    QCOMPARE(toJson(*position).value("quantity").toString(), QStringLiteral("0.52341"));
    QCOMPARE(parseAccountPosition(toJson(*position))->values.quantity, position->values.quantity);
}

void WireAccountTest::fractionOfAContractIsRefused()
{
    const auto position = parseAccountPosition(json(R"({"account-number": "5WX00042", "symbol": "SPY",
        "instrument-type": "Equity Option", "quantity": "0.5", "quantity-direction": "Long", "average-open-price": "4.55"})"));
    QVERIFY(!position);
    QCOMPARE(position.error().field, std::string("position.quantity"));
    QCOMPARE(position.error().value, std::string("0.5"));
    const auto part = unreadablePosition(json(R"({"symbol": "SPY", "underlying-symbol": "SPY"})"), position.error());
    QCOMPARE(part.what, std::string("position SPY"));
    QCOMPARE(part.underlying, std::string("SPY"));
    QVERIFY(QString::fromStdString(part.why).contains(QStringLiteral("0.5")));
    QVERIFY(unreadablePosition({}, position.error()).underlying.empty());
}

void WireAccountTest::figuresThatNoAccountHasAreRefused_data()
{
    QTest::addColumn<QByteArray>("quantity");
    QTest::addColumn<QByteArray>("price");
    QTest::addColumn<QByteArray>("realized");
    QTest::addColumn<QString>("field");
    QTest::newRow("quantity") << QByteArray("9000000000000000") << QByteArray("1") << QByteArray("0")
                              << QStringLiteral("position.quantity");
    QTest::newRow("price") << QByteArray("2") << QByteArray("90000000000") << QByteArray("0")
                           << QStringLiteral("position.average-open-price");
    QTest::newRow("value") << QByteArray("10000000") << QByteArray("-5000") << QByteArray("0")
                           << QStringLiteral("position.average-open-price");
    QTest::newRow("gain") << QByteArray("2") << QByteArray("1") << QByteArray("50000000000")
                          << QStringLiteral("position.realized-today");
    QTest::newRow("a large account") << QByteArray("1000000") << QByteArray("99.5") << QByteArray("1000000")
                                     << QString();
}

void WireAccountTest::figuresThatNoAccountHasAreRefused()
{
    QFETCH(QByteArray, quantity);
    QFETCH(QByteArray, price);
    QFETCH(QByteArray, realized);
    QFETCH(QString, field);
    const auto position = parseAccountPosition(
        json(R"({"account-number": "5WX00042", "symbol": "SPY", "instrument-type": "Equity", "quantity": )" + quantity +
             R"(, "quantity-direction": "Long", "average-open-price": )" + price + R"(, "realized-today": )" +
             realized + R"(, "realized-today-effect": "Credit"})"));
    QCOMPARE(position.has_value(), field.isEmpty());
    if (!position)
        QCOMPARE(QString::fromStdString(position.error().field), field);
}

void WireAccountTest::anOptionWithoutMultiplierHasAHundred()
{
    const QByteArray rest = R"("account-number": "5WX00042", "quantity": 1, "quantity-direction": "Long",
        "average-open-price": "4.55")";
    const auto option = parseAccountPosition(
        json(R"({"symbol": "SPY   261218C00600000", "instrument-type": "Equity Option", )" + rest + "}"));
    QCOMPARE(option.value().values.multiplier, 100);
    const auto share = parseAccountPosition(json(R"({"symbol": "SPY", "instrument-type": "Equity", )" + rest + "}"));
    QCOMPARE(share.value().values.multiplier, 1);
}

void WireAccountTest::realizedGainOfAnotherDayDoesNotCount()
{
    AccountPosition position;
    position.values.realizedToday = decimal("50");
    position.realizedTodayDate = base::makeDate(2026, 11, 19);
    QCOMPARE(positionOn(position, base::makeDate(2026, 11, 19)).realizedToday, decimal("50"));
    QVERIFY(positionOn(position, base::makeDate(2026, 11, 20)).realizedToday.isZero());
}

void WireAccountTest::balanceKeepsTheSignOfPendingCash()
{
    AccountBalance balance;
    balance.values.account = "5WX00042";
    balance.values.pendingCash = decimal("-107.24");
    const QJsonObject printed = toJson(balance);
    QCOMPARE(printed.value("pending-cash").toString(), QString("107.24"));
    QCOMPARE(printed.value("pending-cash-effect").toString(), QString("Debit"));
    QCOMPARE(parseAccountBalance(printed)->values.pendingCash, decimal("-107.24"));
    QVERIFY(!parseAccountBalance(json(R"({"account-number": "5WX00042"})")));
}

void WireAccountTest::readsTheAccountOfTheReference()
{
    const QJsonObject body =
        json(R"({"data": {"items": [{"account": {"account-number": "5WX00042", "external-id": "A0000000042",
        "opened-at": "2026-01-05T15:39:31.265+00:00", "nickname": "Individual", "account-type-name": "Individual",
        "day-trader-status": false, "is-closed": false, "is-futures-approved": true, "margin-or-cash": "Margin",
        "suitable-options-level": "No Restrictions"}, "authority-level": "owner"}]}, "context": "/customers/me/accounts"})");
    const auto items = itemsOf(body, "accounts");
    QVERIFY(items);
    const auto account = parseAccount(items->at(0).toObject());
    QVERIFY(account);
    QCOMPARE(account->number, std::string("5WX00042"));
    QCOMPARE(account->authority, std::string("owner"));
    QVERIFY(account->isFuturesApproved);
}

QTEST_GUILESS_MAIN(WireAccountTest)
#include "wire_account.moc"
