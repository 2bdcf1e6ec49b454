#include "venue/rest_desk.h"

#include <QTemporaryDir>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;

namespace
{

QString idOf(const QJsonObject& order)
{
    return QString::number(order.value(QLatin1String("id")).toInteger());
}

QString statusOf(const QJsonObject& order)
{
    return order.value(QLatin1String("status")).toString();
}

QByteArray buy(const char* symbol, const char* price, const char* more = "")
{
    return js("{'order-type':'Limit','time-in-force':'Day','price':'") + price + js("','price-effect':'Debit',") +
           more + js("'legs':[{'instrument-type':'Equity','symbol':'") + symbol +
           js("','quantity':10,'action':'Buy to Open'}]}");
}

} // namespace

/// The routes of orders, as a client spells them.
class RestOrdersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anOrderIsPlacedReplacedAndCancelled()
    {
        RestDesk desk;
        const auto placed = desk.ask("POST", QStringLiteral("/orders"), buy("KO", "1.00"));
        QCOMPARE(placed.status, 201);
        const QString id = idOf(placed.data().value(QLatin1String("order")).toObject());
        desk.wait();

        // A body without legs, with numbers for texts and keys of somebody's own.
        const QByteArray change = js("{'order-type':'Limit','time-in-force':'GTC','price':1.5,'price-effect':'Debit',"
                                     "'behavior':'immediate'}");
        const auto dry = desk.ask("POST", QStringLiteral("/orders/%1/dry-run").arg(id), change);
        QCOMPARE(dry.status, 201);
        QVERIFY(!dry.data().value(QLatin1String("order")).toObject().contains(QLatin1String("id")));
        QVERIFY(dry.data().contains(QLatin1String("buying-power-effect")));
        const auto replaced = desk.ask("PUT", QStringLiteral("/orders/") + id, change);
        QCOMPARE(replaced.status, 200);
        QCOMPARE(statusOf(replaced.data()), QStringLiteral("Contingent"));
        QCOMPARE(QString::number(replaced.data().value(QLatin1String("replaces-order-id")).toInteger()), id);
        QCOMPARE(replaced.data().value(QLatin1String("legs")).toArray().size(), 1);
        QCOMPARE(replaced.data().value(QLatin1String("price")).toString(), QStringLiteral("1.5"));
        desk.wait();
        const auto old = desk.ask("GET", QStringLiteral("/orders/") + id);
        QCOMPARE(statusOf(old.data()), QStringLiteral("Cancelled"));

        // PATCH does the same.
        const QString next = idOf(replaced.data());
        const auto patched = desk.ask("PATCH", QStringLiteral("/orders/") + next, js("{'price':'1.75'}"));
        QCOMPARE(patched.status, 200);
        QCOMPARE(patched.data().value(QLatin1String("time-in-force")).toString(), QStringLiteral("GTC"));
        desk.wait();
        const QString last = idOf(patched.data());
        QCOMPARE(desk.ask("POST", QStringLiteral("/orders/%1/reconfirm").arg(last), "{}").status, 200);
        const auto cancelled = desk.ask("DELETE", QStringLiteral("/orders/") + last);
        QCOMPARE(cancelled.status, 200);
        QCOMPARE(statusOf(cancelled.data()), QStringLiteral("Cancel Requested"));
        desk.wait();
        for (const char* const method : {"DELETE", "PUT"}) {
            const auto late = desk.ask(method, QStringLiteral("/orders/") + last, "{}");
            QCOMPARE(late.status, 422);
            QCOMPARE(late.code(), QStringLiteral("cannot_update_order"));
        }
        QCOMPARE(desk.ask("POST", QStringLiteral("/orders/%1/reconfirm").arg(last), "{}").status, 422);
    }

    void whatIsNotThereIsNotFound_data()
    {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("status");
        const auto row = [](const char* method, const char* path, int status) {
            QTest::addRow("%s %s", method, path) << QByteArray(method) << QString(path) << status;
        };
        for (const char* const method : {"GET", "PUT", "PATCH", "DELETE"}) {
            row(method, "/accounts/SIM00001/orders/1", 404);
            row(method, "/accounts/SIM00001/complex-orders/1", 404);
        }
        row("POST", "/accounts/SIM00001/orders/1/dry-run", 404);
        row("POST", "/accounts/SIM00001/orders/1/reconfirm", 404);
        row("POST", "/accounts/SIM00001/complex-orders/1/dry-run", 404);
        row("PUT", "/accounts/SIM00001/orders", 404);
        row("POST", "/accounts/SIM00001/orders", 400);
        row("POST", "/accounts/SIM00001/complex-orders", 400);
        row("GET", "/accounts/OTHER/orders", 403);
        row("GET", "/customers/me/orders", 400);
        row("GET", "/customers/me/orders/live?account-numbers%5B%5D=OTHER", 403);
        row("GET", "/accounts/SIM00001/orders?status[]=Pondering", 400);
        row("GET", "/accounts/SIM00001/orders?start-date=yesterday", 400);
        row("GET", "/accounts/SIM00001/orders?sort=Sideways", 400);
    }
    void whatIsNotThereIsNotFound()
    {
        QFETCH(QByteArray, method);
        QFETCH(QString, path);
        QFETCH(int, status);
        RestDesk desk;
        const auto reply = desk.call(method.constData(), path, "{}");
        QCOMPARE(reply.status, status);
        QVERIFY(!reply.code().isEmpty());
    }

    void searches_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QStringList>("symbols");
        const auto row = [](const char* query, QStringList symbols) {
            QTest::newRow(query) << QString(query) << symbols;
        };
        row("", {"SPY", "AAPL", "KO"}); // newest first
        row("?sort=Asc", {"KO", "AAPL", "SPY"});
        row("?underlying-symbol=AAPL", {"AAPL"});
        row("?underlying-instrument-type=Equity&per-page=2", {"SPY", "AAPL"});
        row("?per-page=2&page-offset=1", {"KO"});
        row("?per-page=2&page-offset=2", {});
        row("?status%5B%5D=Cancelled", {"AAPL"});
        row("?status[]=Live&status[]=Cancelled", {"SPY", "AAPL", "KO"});
        row("?status[]=Cancel%20Requested", {});
        row("?start-date=2025-03-13&end-date=2025-03-13", {"SPY", "AAPL", "KO"});
        row("?start-date=2025-03-14", {});
        row("?end-date=2025-03-12", {});
        row("?start-at=2025-03-13T14:30:00.000%2B00:00", {"SPY", "AAPL"}); // 10:30 in New York
        row("?start-at=2025-03-13T14:30:00.000+00:00&end-at=2025-03-13T15:30:00Z", {"AAPL"});
        row("?futures-symbol=/ESZ6", {});
        row("/live?underlying-symbol=SPY", {"SPY"});
        row("/live?status[]=Live", {"SPY", "KO"});
    }
    void searches()
    {
        QFETCH(QString, query);
        QFETCH(QStringList, symbols);
        RestDesk desk;
        QCOMPARE(desk.ask("POST", QStringLiteral("/orders"), buy("KO", "1.00")).status, 201);
        desk.exchange.advanceTo(thursday(11));
        const auto second = desk.ask("POST", QStringLiteral("/orders"), buy("AAPL", "1.00"));
        desk.exchange.advanceTo(thursday(12));
        QCOMPARE(desk.ask("POST", QStringLiteral("/orders"), buy("SPY", "1.00")).status, 201);
        const QString id = idOf(second.data().value(QLatin1String("order")).toObject());
        QCOMPARE(desk.ask("DELETE", QStringLiteral("/orders/") + id).status, 200);
        desk.wait();

        const QStringList paths{QStringLiteral("/accounts/SIM00001/orders") + query,
                                QStringLiteral("/customers/me/orders") + query +
                                    (query.contains(QLatin1Char('?')) ? QStringLiteral("&") : QStringLiteral("?")) +
                                    QStringLiteral("account-numbers%5B%5D=SIM00001")};
        for (const QString& path : paths) {
            const auto found = desk.call("GET", path);
            QCOMPARE(found.status, 200);
            QStringList names;
            const QJsonArray items = found.items();
            for (const QJsonValue& item : items)
                names.append(item.toObject().value(QLatin1String("underlying-symbol")).toString());
            QCOMPARE(names, symbols);
        }
    }

    void pagesAreCounted()
    {
        RestDesk desk;
        for (int i = 0; i < 5; ++i)
            desk.ask("POST", QStringLiteral("/orders"), buy("KO", "1.00"));
        const QJsonObject pages = desk.ask("GET", QStringLiteral("/orders?per-page=2&page-offset=1"))
                                      .body.value(QLatin1String("pagination"))
                                      .toObject();
        QCOMPARE(pages.value(QLatin1String("total-items")).toInt(), 5);
        QCOMPARE(pages.value(QLatin1String("total-pages")).toInt(), 3);
        QCOMPARE(pages.value(QLatin1String("item-offset")).toInt(), 2);
        QCOMPARE(pages.value(QLatin1String("current-item-count")).toInt(), 2);
    }

    void complexOrdersHaveTheirRoutes()
    {
        RestDesk desk;
        const QByteArray bracket =
            js("{'type':'OTOCO','trigger-order':") + buy("KO", "1.00") +
            js(",'orders':[{'order-type':'Limit','time-in-force':'GTC','price':'990.0','price-effect':'Credit','legs':["
               "{'instrument-type':'Equity','symbol':'KO','quantity':10,'action':'Sell to Close'}]},"
               "{'order-type':'Stop','time-in-force':'GTC','stop-trigger':'0.5','legs':["
               "{'instrument-type':'Equity','symbol':'KO','quantity':10,'action':'Sell to Close'}]}]}");
        const auto dry = desk.ask("POST", QStringLiteral("/complex-orders/dry-run"), bracket);
        QCOMPARE(dry.status, 201);
        QVERIFY(desk.exchange.orders().empty());
        const auto placed = desk.ask("POST", QStringLiteral("/complex-orders"), bracket);
        QCOMPARE(placed.status, 201);
        const QJsonObject complex = placed.data().value(QLatin1String("complex-order")).toObject();
        const QString id = idOf(complex);
        QCOMPARE(complex.value(QLatin1String("orders")).toArray().size(), 2);
        const QString child = idOf(complex.value(QLatin1String("orders")).toArray()[0].toObject());
        QCOMPARE(statusOf(desk.ask("GET", QStringLiteral("/orders/") + child).data()), QStringLiteral("Contingent"));
        QCOMPARE(desk.ask("GET", QStringLiteral("/complex-orders")).items().size(), 1);
        QCOMPARE(desk.ask("GET", QStringLiteral("/complex-orders/live")).items().size(), 1);
        QCOMPARE(idOf(desk.ask("GET", QStringLiteral("/complex-orders/") + id).data()), id);
        QCOMPARE(desk.ask("PATCH", QStringLiteral("/complex-orders/") + id, "{}").code(),
                 QStringLiteral("cannot_update_order"));
        QCOMPARE(desk.ask("POST", QStringLiteral("/complex-orders/%1/dry-run").arg(id), "{}").status, 422);
        desk.wait();
        const auto cancelled = desk.ask("DELETE", QStringLiteral("/complex-orders/") + id);
        QCOMPARE(cancelled.status, 200);
        QCOMPARE(statusOf(cancelled.data().value(QLatin1String("trigger-order")).toObject()),
                 QStringLiteral("Cancel Requested"));
        const auto pairs = desk.ask("POST", QStringLiteral("/complex-orders"), js("{'type':'PAIRS','orders':[]}"));
        QCOMPARE(pairs.status, 422);
        QCOMPARE(pairs.reason(), QStringLiteral("pairs_orders_not_supported"));
    }

    /// What is asked by these routes is on the tape before it is answered.
    void everythingAskedIsWrittenDown()
    {
        const QTemporaryDir directory;
        const std::string file = directory.filePath(QStringLiteral("tape")).toStdString();
        const venue::TapeHead head{"simulated market, seed 5", "SIM00001", thursday()};
        std::size_t count = 0;
        {
            auto tape = venue::OrderTape::open(file, head);
            QVERIFY(tape);
            RestDesk desk(thursday(), &*tape);
            const auto placed = desk.ask("POST", QStringLiteral("/orders"), buy("KO", "1.00"));
            const QString id = idOf(placed.data().value(QLatin1String("order")).toObject());
            desk.wait();
            QCOMPARE(desk.ask("PUT", QStringLiteral("/orders/") + id, js("{'price':'2.0'}")).status, 200);
            const QByteArray pair =
                js("{'type':'OTO','trigger-order':") + buy("KO", "1.00") + js(",'orders':[") + buy("KO", "1.00") + "]}";
            const auto complex = desk.ask("POST", QStringLiteral("/complex-orders"), pair);
            QCOMPARE(complex.status, 201);
            const QString complexId = idOf(complex.data().value(QLatin1String("complex-order")).toObject());
            QCOMPARE(desk.ask("DELETE", QStringLiteral("/complex-orders/") + complexId).status, 200);
            count = desk.exchange.orders().size();
        }
        auto tape = venue::OrderTape::open(file, head);
        QVERIFY(tape && !tape->putAside());
        RestDesk again;
        tape->replay(again.exchange);
        QCOMPARE(again.exchange.orders().size(), count);
        QCOMPARE(again.exchange.complexOrders(false).size(), std::size_t{1});
        QCOMPARE(again.exchange.complexOrders(false)[0].orders[0].state, wire::OrderState::Cancelled);
    }
};

QTEST_GUILESS_MAIN(RestOrdersTest)
#include "rest_orders_test.moc"
