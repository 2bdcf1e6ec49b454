#include "random_messages.h"

#include "tastytrade/wire/transaction.h"

#include <QtTest>

using namespace vegadesk;
using namespace vegadesk::tastytrade;
using namespace vegadesk::tastytrade::wire;
using portfolio::Action;

namespace
{

QByteArray row(const char* id, const char* subType, const char* fields)
{
    return QByteArray("{'id': ") + id + ", 'account-number': '5WX00042', 'transaction-type': 'Receive Deliver', " +
           "'transaction-sub-type': '" + subType + "', 'underlying-symbol': 'SPY', " +
           "'executed-at': '2026-12-18T21:00:00.000+00:00', " + fields + "}";
}

std::vector<Transaction> read(const std::vector<QByteArray>& rows)
{
    std::vector<Transaction> out;
    for (QByteArray text : rows) {
        const auto object = parseObject(text.replace('\'', '"'), "test");
        const auto parsed = object ? parseTransaction(*object) : tl::make_unexpected(object.error());
        if (!parsed)
            qFatal("%s", parsed.error().message().c_str());
        out.push_back(*parsed);
    }
    return out;
}

constexpr const char* put580 = "'symbol': 'SPY   261218P00580000', 'instrument-type': 'Equity Option'";

} // namespace

class WireTransactions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatExpiresIsWorthNothing();
    void cashIsTheRowsValueAndNotItsPrice();
    void sharesFindTheirOption();
    void everythingElseIsLeftOut();
    void dividendsAreThoseOfSharesThatAreNamed();
    void badRowsAreNamed_data();
    void badRowsAreNamed();
    void rowsAreReadAsTheyArePrinted();
};

void WireTransactions::whatExpiresIsWorthNothing()
{
    const auto settled = settlementsIn(
        read({row("901", "Expiration", (QByteArray(put580) + ", 'quantity': '3.0', 'value': '0.0'").constData())}));
    QCOMPARE(settled.size(), std::size_t{1});
    QCOMPARE(settled[0].id, std::string("901"));
    QCOMPARE(settled[0].symbol, std::string("SPY   261218P00580000"));
    QCOMPARE(settled[0].underlying, std::string("SPY"));
    QCOMPARE(settled[0].contracts, 3);
    QVERIFY(settled[0].price.isZero() && !settled[0].shares);
    QCOMPARE(settled[0].at, *base::parseInstant("2026-12-18T21:00:00Z"));
}

void WireTransactions::cashIsTheRowsValueAndNotItsPrice()
{
    const QByteArray fields = "'symbol': 'SPXW  261218C06000000', 'instrument-type': 'Equity Option', "
                              "'quantity': '2', 'price': '6000.0', 'value': '728.0', 'value-effect': 'Debit'";
    const auto rows = read({row("902", "Cash Settled Assignment", fields.constData())});
    QCOMPARE(rows[0].value, -base::Decimal::fromInteger(728));
    QCOMPARE(settlementsIn(rows).at(0).price, *base::Decimal::parse("3.64"));
}

void WireTransactions::sharesFindTheirOption()
{
    const QByteArray assigned = QByteArray(put580) + ", 'quantity': '1', 'value': '0.0'";
    const auto shares = [](const char* quantity, const char* price) {
        return QByteArray("'symbol': 'SPY', 'instrument-type': 'Equity', 'action': 'Buy to Open', 'quantity': '") +
               quantity + "', 'price': '" + price + "', 'value': '58000.0', 'value-effect': 'Debit'";
    };
    const auto settled = settlementsIn(read({row("903", "Buy to Open", shares("200", "580.0").constData()),
                                             row("904", "Assignment", assigned.constData()),
                                             row("905", "Buy to Open", shares("100", "575.0").constData()),
                                             row("906", "Buy to Open", shares("100", "580.0").constData()),
                                             row("907", "Assignment", assigned.constData())}));
    QCOMPARE(settled.size(), std::size_t{2});
    QVERIFY(settled[0].shares && settled[0].shares->action == Action::BuyToOpen);
    QCOMPARE(settled[0].shares->quantity, 100);
    QCOMPARE(settled[0].shares->price, base::Decimal::fromInteger(580));
    QVERIFY(!settled[1].shares); // those were taken: each row of shares is for one option
}

void WireTransactions::everythingElseIsLeftOut()
{
    const QByteArray option = QByteArray(put580) + ", 'quantity': '1', 'value': '0.0'";
    QByteArray trade = row("908", "Expiration", option.constData());
    trade.replace("Receive Deliver", "Trade");
    const auto rows = read({row("909", "Forward Split", option.constData()), trade,
                            row("910", "Expiration", "'symbol': 'SPY', 'instrument-type': 'Equity', 'quantity': '5'"),
                            row("911", "Expiration", (QByteArray(put580) + ", 'quantity': '0'").constData()),
                            row("912", "Dividend", "'value': '3.5', 'value-effect': 'Credit'")});
    QCOMPARE(rows.size(), std::size_t{5});
    QVERIFY(settlementsIn(rows).empty());
}

void WireTransactions::dividendsAreThoseOfSharesThatAreNamed()
{
    const auto moved = [](const char* id, const char* subType, const char* fields) {
        return row(id, subType, fields).replace("Receive Deliver", "Money Movement");
    };
    const auto rows = read({moved("920", "Dividend", "'symbol': 'SPY', 'value': '175.0', 'value-effect': 'Credit'"),
                            moved("921", "Dividend", "'symbol': 'SPY', 'value': '35.0', 'value-effect': 'Debit'"),
                            moved("922", "Deposit", "'value': '1000.0', 'value-effect': 'Credit'"),
                            moved("923", "Dividend", "'value': '3.5', 'value-effect': 'Credit'"),
                            row("924", "Dividend", "'symbol': 'SPY', 'value': '3.5', 'value-effect': 'Credit'")});
    const auto dividends = dividendsIn(rows);
    QCOMPARE(dividends.size(), std::size_t{2});
    QCOMPARE(dividends[0].id, std::string("920"));
    QCOMPARE(dividends[0].symbol, std::string("SPY"));
    QCOMPARE(dividends[0].amount, base::Decimal::fromInteger(175));
    QCOMPARE(dividends[0].at, *base::parseInstant("2026-12-18T21:00:00Z"));
    QCOMPARE(dividends[1].amount, -base::Decimal::fromInteger(35));
}

void WireTransactions::badRowsAreNamed_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("field");
    QTest::newRow("no id") << QByteArray("{'transaction-type': 'Trade'}") << "transaction.id";
    QTest::newRow("no type") << QByteArray("{'id': 1}") << "transaction.transaction-type";
    QTest::newRow("half a contract") << row("1", "Expiration", (QByteArray(put580) + ", 'quantity': '0.5'").constData())
                                     << "transaction.quantity";
    QTest::newRow("fewer than none") << row("1", "Expiration", "'quantity': '-2'") << "transaction.quantity";
    QTest::newRow("action") << row("1", "Buy to Open", "'action': 'Borrow'") << "action";
}

void WireTransactions::badRowsAreNamed()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, field);
    const auto object = parseObject(text.replace('\'', '"'), "test");
    QVERIFY(object);
    const auto parsed = parseTransaction(*object);
    QVERIFY(!parsed);
    QCOMPARE(QString::fromStdString(parsed.error().field), field);
}

void WireTransactions::rowsAreReadAsTheyArePrinted()
{
    const QByteArray option = QByteArray(put580) + ", 'quantity': '1', 'value': '0.0', 'price': '580.0'";
    const QByteArray shares = "'symbol': 'SPY', 'instrument-type': 'Equity', 'action': 'Sell to Close', "
                              "'quantity': '100', 'price': '580.0', 'value': '58000.0', 'value-effect': 'Credit'";
    for (const Transaction& each :
         read({row("913", "Assignment", option.constData()), row("914", "Sell to Close", shares.constData()),
               row("915", "Dividend", "'value': '3.5', 'value-effect': 'Credit'")})) {
        const auto again = parseTransaction(toJson(each));
        QVERIFY2(again, again ? "" : again.error().message().c_str());
        QVERIFY2(*again == each, toBytes(toJson(each)).constData());
    }
}

QTEST_GUILESS_MAIN(WireTransactions)
#include "wire_transactions.moc"
