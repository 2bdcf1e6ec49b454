#include "rest_caller.h"

#include "market/calendar.h"
#include "portfolio/fees.h"
#include "tastytrade/wire/account_history.h"
#include "tastytrade/wire/margin.h"
#include "tastytrade/wire/order_answer.h"
#include "tastytrade/wire/transaction.h"

#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using base::Decimal;
using portfolio::PriceEffect;

namespace
{

const QByteArray account = "/accounts/SIM00001";

std::vector<wire::Transaction> rowsOf(const Reply& reply)
{
    std::vector<wire::Transaction> rows;
    for (const QJsonValue& item : reply.items())
        rows.push_back(wire::parseTransaction(item.toObject()).value());
    return rows;
}

Decimal cashOf(Caller& caller)
{
    return wire::parseAccountBalance(caller.get(account + "/balances/USD").data()).value().values.cash;
}

QByteArray option(const market::Instrument& instrument)
{
    return QUrl::toPercentEncoding(QString::fromStdString(instrument.symbol));
}

} // namespace

/// The account's routes against what the exchange did.
class RestAccountTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tradesAddUpToTheCash()
    {
        Caller caller;
        const Decimal before = cashOf(caller);
        const auto low = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Call, 1.0, 30);
        const auto high = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Call, 1.02, 30);
        caller.buyStock("KO", 350);
        const auto spread = caller.exchange.place(
            limitOrder({optionLeg(low.symbol, Action::BuyToOpen, 2), optionLeg(high.symbol, Action::SellToOpen, 2)},
                       "20.0", PriceEffect::Debit));
        QVERIFY(spread);
        caller.wait(30s);
        const std::vector<wire::Transaction> trades = rowsOf(caller.get(account + "/transactions?type=Trade&sort=Asc"));
        QVERIFY(trades.size() >= 3);
        Decimal moved, fees;
        std::map<std::string, base::Quantity> quantities;
        for (const wire::Transaction& row : trades) {
            moved += row.netValue;
            fees += row.netValue - row.value;
            quantities[row.symbol] += row.quantity;
            QCOMPARE(row.subType, std::string(portfolio::toWire(*row.action)));
            QCOMPARE(row.netValue - row.value,
                     *row.details.commission + *row.details.clearingFees + *row.details.regulatoryFees);
        }
        QCOMPARE(cashOf(caller) - before, moved);
        QVERIFY(fees.isNegative());
        QCOMPARE(quantities, (std::map<std::string, base::Quantity>{{"KO", 350}, {low.symbol, 2}, {high.symbol, 2}}));
        const Reply total = caller.get(account + "/transactions/total-fees");
        QCOMPARE(wire::read<wire::TotalFees>(total.data())->total, fees);
        QVERIFY(wire::read<wire::TotalFees>(caller.get(account + "/transactions/total-fees?date=2025-03-12").data())
                    ->total.isZero());
        // One row a fill and leg, each to be had by itself.
        std::size_t fills = 0;
        for (const wire::Order* order : caller.exchange.orders()) {
            for (const wire::Leg& leg : order->legs)
                fills += leg.fills.size();
        }
        QCOMPARE(trades.size(), fills);
        const Reply one = caller.get(account + "/transactions/" + QByteArray::fromStdString(trades[1].id));
        QVERIFY(wire::parseTransaction(one.data()).value() == trades[1]);
    }

    void filtersOfTransactions_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<bool>("some");
        const auto row = [](const QByteArray& query, bool some) { QTest::newRow(query) << query << some; };
        row("types[]=Trade&types%5B%5D=Money+Movement", true);
        row("type=Receive%20Deliver", true);
        row("type=Administrative+Transfer", false);
        row("sub-type[]=Deposit", true);
        row("sub-type[]=Dividend", false);
        row("symbol=KO", true);
        row("symbol=QQQ", false);
        row("underlying-symbol=SPY", true);
        row("instrument-type=Equity", true);
        row("instrument-type=Equity%20Option", true);
        row("instrument-type=Future", false);
        row("action=Buy%20to%20Open", true);
        row("action=Sell%20to%20Close", false);
        row("currency=USD", true);
        row("currency=EUR", false);
        row("futures-symbol=/ESZ6", false);
        row("partition-key=p", true); // not known here, and so ignored
        row("start-date=2025-03-13&end-date=2025-03-13", true);
        row("start-date=2025-03-14", false);
        row("end-date=2025-03-12", false);
        row("start-at=2025-03-13T10:00:00-04:00", true);
        row("start-at=2025-03-13T15:00:00%2B00:00", false);
        row("end-at=2025-03-13T15:00:00+00:00", true); // a plus that was not encoded
    }
    void filtersOfTransactions()
    {
        QFETCH(QByteArray, query);
        QFETCH(bool, some);
        static Caller caller(thursday(), true);
        static const std::string bought = caller.buyStock("KO", 10);
        QVERIFY(!bought.empty());
        const Reply reply = caller.get(account + "/transactions?" + query);
        QVERIFY2(reply.status == 200, reply.body.constData());
        const std::vector<wire::Transaction> rows = rowsOf(reply);
        QCOMPARE(!rows.empty(), some);
        for (std::size_t i = 1; i < rows.size(); ++i)
            QVERIFY(rows[i - 1].executedAt >= rows[i].executedAt); // newest first
        QVERIFY(rows.size() <= rowsOf(caller.get(account + "/transactions")).size());
    }

    void pagesOfTransactionsAreComplete()
    {
        Caller caller(thursday(), true);
        const QByteArrayList all = textsOf(caller.get(account + "/transactions").items(), "description");
        QByteArrayList found;
        for (int number = 0; number < 20; ++number) {
            const Reply reply =
                caller.get(account + "/transactions?per-page=3&page-offset=" + QByteArray::number(number));
            found += textsOf(reply.items(), "description");
            if (number + 1 >= reply.json().value("pagination").toObject().value("total-pages").toInt())
                break;
        }
        QCOMPARE(found, all);
        QVERIFY(all.size() > 3);
        QCOMPARE(caller.get(account + "/transactions").json().value("pagination").toObject().value("per-page").toInt(),
                 250);
    }

    void anExpiryIsAmongThem()
    {
        Caller caller;
        const auto call = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Call, 0.95, 1);
        const auto placed = caller.exchange.place(
            limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 1)}, "90.0", PriceEffect::Debit));
        QVERIFY(placed);
        caller.exchange.advanceTo(call.expiresAt + 1h);
        const auto rows = rowsOf(caller.get(account + "/transactions?type=Receive%20Deliver&underlying-symbol=SPY"));
        QCOMPARE(rows.size(), 2U);
        QVERIFY(std::ranges::any_of(rows, [](const auto& row) { return row.subType == "Exercise"; }));
        const auto shares = std::ranges::find(rows, std::string("SPY"), &wire::Transaction::symbol);
        QVERIFY(shares != rows.end() && shares->quantity == 100 && shares->netValue == shares->value);
    }

    void positionsByFilter_data()
    {
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<int>("count");
        QTest::newRow("all") << QByteArray() << 3;
        QTest::newRow("of one underlying") << QByteArray("underlying-symbol[]=SPY") << 1;
        QTest::newRow("of two") << QByteArray("underlying-symbol%5B%5D=SPY&underlying-symbol%5B%5D=KO") << 2;
        QTest::newRow("stock") << QByteArray("instrument-type=Equity") << 2;
        QTest::newRow("options") << QByteArray("instrument-type=Equity+Option") << 1;
        QTest::newRow("one symbol") << QByteArray("symbol=KO") << 1;
        QTest::newRow("none") << QByteArray("symbol=MSFT") << 0;
        QTest::newRow("of futures") << QByteArray("underlying-product-code=ES") << 0;
        QTest::newRow("closed too") << QByteArray("include-closed-positions=true&net-positions=true") << 4;
    }
    void positionsByFilter()
    {
        QFETCH(QByteArray, query);
        QFETCH(int, count);
        static Caller caller;
        static const bool isReady = [] {
            const auto call = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Call, 1, 30);
            const auto placed = caller.exchange.place(
                limitOrder({optionLeg(call.symbol, Action::BuyToOpen, 2)}, "90.0", PriceEffect::Debit));
            caller.buyStock("KO", 10);
            caller.buyStock("XOM", 10);
            caller.buyStock("WMT", 1);
            const auto sold = caller.exchange.place(
                limitOrder({stockLeg("WMT", Action::SellToClose, 1)}, "1.0", PriceEffect::Credit));
            caller.wait(10s);
            return placed && sold;
        }();
        QVERIFY(isReady);
        const Reply reply = caller.get(account + "/positions?" + query);
        QCOMPARE(reply.items().size(), count);
        for (const QJsonValue& item : reply.items())
            QVERIFY(!item.toObject().contains("mark"));
    }

    void marksAreOfNow()
    {
        Caller caller;
        caller.buyStock("KO", 30);
        const QJsonObject position = caller.get(account + "/positions?include-marks=true").items().first().toObject();
        const double price =
            caller.market->mark(*caller.market->find("KO", caller.exchange.today()), caller.exchange.now());
        QVERIFY(std::abs(position.value("mark-price").toString().toDouble() - price) < 0.001);
        QVERIFY(std::abs(position.value("mark").toString().toDouble() - 30 * price) < 0.01);
        QVERIFY(wire::parseAccountPosition(position).value().mark.has_value());
    }

    void snapshotsOfBalances()
    {
        Caller caller;
        caller.buyStock("KO", 10);
        caller.exchange.advanceTo(thursday(17) + std::chrono::days(1)); // two closes and an open
        const auto all = caller.get(account + "/balance-snapshots?start-date=2025-03-13&end-date=2025-03-14");
        QCOMPARE(textsOf(all.items(), "time-of-day"), (QByteArrayList{"EOD", "BOD", "EOD"}));
        QCOMPARE(textsOf(all.items(), "snapshot-date"), (QByteArrayList{"2025-03-13", "2025-03-14", "2025-03-14"}));
        QCOMPARE(caller.get(account + "/balance-snapshots?snapshot-date=2025-03-14&time-of-day=BOD").items().size(), 1);
        QCOMPARE(caller.get(account + "/balance-snapshots?start-date=2025-03-15").items().size(), 0);
        QCOMPARE(caller.get(account + "/balance-snapshots?start-date=2025-03-13&currency=EUR").items().size(), 0);
        const QJsonArray now = caller.get(account + "/balance-snapshots").items();
        QCOMPARE(now.size(), 2); // the latest and the present one
        QCOMPARE(now[0].toObject().value("time-of-day").toString(), QStringLiteral("EOD"));
        QCOMPARE(now[1].toObject().value("net-liquidating-value"),
                 caller.get(account + "/balances/USD").data().value("net-liquidating-value"));
    }

    void netLiquidationOfASession()
    {
        Caller caller(thursday(9));
        caller.exchange.advanceTo(thursday(9, 31));
        caller.buyStock("KO", 500);
        caller.exchange.advanceTo(thursday(16, 30));
        const auto rows = caller.get(account + "/net-liq/history?time-back=1d").items();
        QCOMPARE(rows.size(), 79);
        const auto first = wire::read<wire::NetLiquidation>(rows.first().toObject()).value();
        const auto last = wire::read<wire::NetLiquidation>(rows.last().toObject()).value();
        QCOMPARE(first.value.open, Decimal::fromInteger(100'000));
        QCOMPARE(*first.time, thursday(9, 30));
        QCOMPARE(last.value.close,
                 wire::parseAccountBalance(caller.get(account + "/balances/USD").data())->values.netLiquidation);
        for (int i = 1; i < rows.size(); ++i)
            QCOMPARE(rows[i].toObject().value("open"), rows[i - 1].toObject().value("close"));
        QVERIFY(first.value.open != last.value.close);
        caller.exchange.advanceTo(thursday(12) + std::chrono::days(6));
        QCOMPARE(caller.get(account + "/net-liq/history?time-back=1m").items().size(), 5); // sessions
        QVERIFY(caller.get(account + "/net-liq/history?time-back=1w").items().size() > 300);
        QCOMPARE(caller.get(account + "/net-liq/history?time-back=all").items().size(), 5);
        QCOMPARE(caller.get(account + "/net-liq/history?start-time=2025-03-18T00:00:00Z").items().size(), 78 + 31);
        QCOMPARE(wire::read<wire::NetLiquidation>(caller.get(account + "/net-liq").data())->value.close,
                 wire::parseAccountBalance(caller.get(account + "/balances/USD").data())->values.netLiquidation);
    }

    void marginIsTheBalances()
    {
        Caller caller(thursday(), true);
        const auto report =
            wire::read<wire::MarginReport>(caller.get("/margin/accounts/SIM00001/requirements").data()).value();
        const auto balance = wire::parseAccountBalance(caller.get(account + "/balances/USD").data()).value();
        QCOMPARE(-report.requirement, balance.values.maintenanceRequirement);
        QCOMPARE(report.equity, balance.values.netLiquidation);
        QCOMPARE(report.optionBuyingPower, balance.values.derivativeBuyingPower);
        Decimal sum;
        std::size_t entries = 0;
        for (const wire::MarginGroup& group : report.groups) {
            sum += *group.requirement;
            QCOMPARE(group.groups.size(), 1U);
            entries += group.groups[0].entries.size();
        }
        QVERIFY((sum - report.requirement).abs() < Decimal::fromInteger(1)); // cents of each are rounded
        QCOMPARE(entries, static_cast<std::size_t>(caller.get(account + "/positions").items().size()));
    }

    void marginDryRunSaysWhatTheOrdersWould()
    {
        Caller caller;
        caller.buyStock("SPY", 10);
        const auto put = contract(*caller.market, caller.exchange.now(), "SPY", market::Right::Put, 0.95, 30);
        const QByteArray order =
            js("{'time-in-force':'Day','order-type':'Limit','price':'0.05','price-effect':'Credit','account-number':"
               "'SIM00001','underlying-symbol':'SPY','underlying-instrument-type':'Equity','legs':[{'instrument-type':"
               "'Equity Option','symbol':'") +
            QByteArray::fromStdString(put.symbol) + js("','quantity':1,'action':'Sell to Open'}]}");
        const Reply reply = caller.call("POST", "/margin/accounts/SIM00001/dry-run", order);
        QVERIFY2(reply.status == 201, reply.body.constData());
        const auto margin = wire::read<wire::MarginDryRun>(reply.data()).value();
        const Reply dryRun = caller.call("POST", account + "/orders/dry-run", order);
        const auto effect = wire::parseOrderAnswer(dryRun.data()).value().buyingPower.value();
        QCOMPARE(margin.changeInBuyingPower, effect.changeInBuyingPower);
        QCOMPARE(margin.newBuyingPower, effect.newBuyingPower);
        QVERIFY(margin.changeInMargin.isNegative());
        QVERIFY(*margin.lastResults.requirement < *margin.baseResults.requirement);
        QCOMPARE(margin.baseResults.groups.at(0).description, std::string("LONG_UNDERLYING"));
        QCOMPARE(margin.lastResults.groups.at(0).entries.size(), 2U);
        QCOMPARE(margin.newOrderResults.groups.at(0).entries.size(), 1U);
        QCOMPARE(reply.data().value("orders").toArray().size(), 1);
        QVERIFY(
            rowsOf(caller.get(account + "/transactions?underlying-symbol=SPY&instrument-type=Equity+Option")).empty());
        QByteArray large = order;
        QCOMPARE(
            caller
                .call("POST", "/margin/accounts/SIM00001/dry-run", large.replace("\"quantity\":1", "\"quantity\":500"))
                .errorCode(),
            QStringLiteral("preflight_check_failure"));
        QCOMPARE(caller.call("POST", "/margin/accounts/SIM00001/dry-run", "{}").status, 400);
        QVERIFY(caller.get("/instruments/equity-options/" + option(put)).status == 200);
    }
};

QTEST_GUILESS_MAIN(RestAccountTest)
#include "rest_account_test.moc"
