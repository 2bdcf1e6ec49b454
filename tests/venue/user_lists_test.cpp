#include "rest_caller.h"

#include "venue/quote_alerts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace venue_test;
using venue::UserLists;

namespace
{

wire::Watchlist listOf(const std::string& name, std::int64_t order = 9999)
{
    wire::Watchlist list;
    list.name = name;
    list.orderIndex = order;
    list.entries = {{"SPY", "Equity"}};
    return list;
}

std::string names(const UserLists& lists)
{
    std::string text;
    for (const wire::Watchlist& list : lists.watchlists())
        text += list.name + ' ';
    return text;
}

wire::QuoteAlert alertOn(const std::string& symbol)
{
    wire::QuoteAlert alert;
    alert.symbol = symbol;
    alert.field = "Last";
    alert.comparison = ">";
    alert.threshold = dollars("700.5");
    return alert;
}

} // namespace

/// The customer's own lists, by themselves and by their routes.
class UserListsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void watchlistsHaveOneNameEach()
    {
        UserLists lists;
        QVERIFY(lists.add(listOf("b", 2)));
        QVERIFY(lists.add(listOf("a", 2)));
        QVERIFY(lists.add(listOf("c", 1)));
        QCOMPARE(names(lists), std::string("c a b ")); // by their order, then by name
        QCOMPARE(lists.add(listOf("a")).error().kind, base::ErrorKind::BadInput);
        QCOMPARE(lists.add(listOf("")).error().kind, base::ErrorKind::BadInput);
        QCOMPARE(lists.change("a", listOf("b")).error().kind, base::ErrorKind::BadInput);
        QCOMPARE(lists.change("d", listOf("d")).error().kind, base::ErrorKind::NotFound);
        QVERIFY(lists.change("a", listOf("d", 0)));
        QCOMPARE(names(lists), std::string("d c b "));
        QCOMPARE(lists.remove("a").error().kind, base::ErrorKind::NotFound);
        QCOMPARE(lists.remove("b")->entries.size(), 1U);
        QCOMPARE(names(lists), std::string("d c "));
    }

    void thereIsABound()
    {
        UserLists lists;
        for (std::size_t i = 0; i < UserLists::most; ++i) {
            QVERIFY(lists.add(listOf("list " + std::to_string(i))));
            QVERIFY(lists.add(alertOn("SPY")));
        }
        QCOMPARE(lists.add(listOf("one more")).error().kind, base::ErrorKind::Refused);
        QCOMPARE(lists.add(alertOn("SPY")).error().kind, base::ErrorKind::Refused);
    }

    void theyOutliveTheProcess()
    {
        std::string id;
        {
            UserLists lists = UserLists::open(file());
            QVERIFY(lists.add(listOf("mine")));
            QVERIFY(lists.add(alertOn("KO")));
            id = lists.add(alertOn("SPY"))->id;
            QVERIFY(lists.removeAlert(lists.alerts().front().id));
        }
        UserLists lists = UserLists::open(file());
        QCOMPARE(names(lists), std::string("mine "));
        QVERIFY(*lists.watchlist("mine") == listOf("mine"));
        QCOMPARE(lists.alerts().size(), 1U);
        QCOMPARE(lists.alerts().front().id, id);
        QVERIFY(lists.add(alertOn("QQQ"))->id != id); // an id does not come twice
        QCOMPARE(QFile(file()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }

    void aFileThatCannotBeReadIsPutAside_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << js("{'vegadesk-lists':1,'watchlists':[{'name':");
        QTest::newRow("another version") << js("{'vegadesk-lists':2,'watchlists':[],'quote-alerts':[],'next-id':1}");
        QTest::newRow("a list without a name")
            << js("{'vegadesk-lists':1,'watchlists':[{}],'quote-alerts':[],'next-id':1}");
    }
    void aFileThatCannotBeReadIsPutAside()
    {
        QFETCH(QByteArray, text);
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write(text);
        written.close();
        UserLists lists = UserLists::open(file());
        QVERIFY(lists.watchlists().empty());
        QVERIFY(lists.add(listOf("new")));
        QFile aside(file() + ".old");
        QVERIFY(aside.open(QIODevice::ReadOnly));
        QCOMPARE(aside.readAll(), text);
    }

    void whatIsNotWrittenHasNotHappened()
    {
        UserLists lists = UserLists::open(m_folder->path() + "/no/such/folder");
        QCOMPARE(lists.add(listOf("mine")).error().kind, base::ErrorKind::Storage);
        QCOMPARE(lists.add(alertOn("SPY")).error().kind, base::ErrorKind::Storage);
        QVERIFY(lists.watchlists().empty() && lists.alerts().empty());
    }

    void routesOfWatchlists()
    {
        Caller caller(thursday(), false, nullptr, UserLists::open(file()));
        const QByteArray body = js("{'name':'Big & small/1','group-name':'g','order-index':3,'watchlist-entries':"
                                   "[{'symbol':'SPY','instrument-type':'Equity'},{'symbol':'KO'}],'cms-id':'x'}");
        Reply reply = caller.call("POST", "/watchlists", body);
        QCOMPARE(reply.status, 201);
        QCOMPARE(reply.data().value("name").toString(), QStringLiteral("Big & small/1"));
        QCOMPARE(caller.call("POST", "/watchlists", body).status, 400);
        QCOMPARE(caller.call("POST", "/watchlists", "{}").status, 400);
        QCOMPARE(caller.get("/watchlists").items().size(), 1);
        const QByteArray path = "/watchlists/Big%20%26%20small%2F1";
        QCOMPARE(caller.get(path).data().value("watchlist-entries").toArray().size(), 2);
        QCOMPARE(caller.get("/watchlists/Big%20%26%20small/1").status, 200); // the slash plain
        reply = caller.call("PUT", path, js("{'name':'Big & small/1','watchlist-entries':[]}"));
        QCOMPARE(reply.status, 200);
        QVERIFY(caller.get(path).data().value("watchlist-entries").toArray().isEmpty());
        reply = caller.call("DELETE", path);
        QCOMPARE(reply.status, 200);
        QVERIFY(!reply.json().contains("data") && reply.json().value("watchlist_entries").isArray());
        QCOMPARE(caller.call("DELETE", path).status, 404);
        QCOMPARE(caller.call("PATCH", path).status, 404);
    }

    void alertsFireAtTheirPrice_data()
    {
        QTest::addColumn<std::string>("field");
        QTest::addColumn<int>("side"); // of the threshold: 1 above what the market has, -1 below, 0 at it
        QTest::addColumn<std::string>("comparison");
        QTest::addColumn<bool>("isFired");
        for (const char* const field : {"Last", "Bid", "Ask", "IV"}) {
            const auto row = [field](int side, const char* comparison, bool isFired) {
                QTest::addRow("%s %d %s", field, side, comparison)
                    << std::string(field) << side << std::string(comparison) << isFired;
            };
            row(-1, ">", true);
            row(1, ">", false);
            row(1, "<", true);
            row(-1, "<", false);
        }
        QTest::newRow("at the threshold") << std::string("Bid") << 0 << std::string(">") << false;
        QTest::newRow("at it from above") << std::string("Bid") << 0 << std::string("<") << false;
    }
    void alertsFireAtTheirPrice()
    {
        QFETCH(std::string, field);
        QFETCH(int, side);
        QFETCH(std::string, comparison);
        QFETCH(bool, isFired);
        const auto market = venue::makeGeneratedMarket(5);
        const auto& options = market->definition("SPY", base::makeDate(2025, 3, 13))->options;
        const market::Instrument call = options[options.size() / 2];
        for (const market::Instrument& instrument : {market->underlyings().front(), call}) {
            const market::MarketData data = market->data(instrument, thursday());
            const double figure = field == "Bid"          ? data.quote.bid
                                  : field == "Ask"        ? data.quote.ask
                                  : field == "Last"       ? data.trade.price
                                  : instrument.isOption() ? data.greeks.volatility
                                                          : market->monthVolatility(instrument, thursday());
            wire::QuoteAlert alert = alertOn(instrument.symbol);
            alert.id = "1";
            alert.field = field;
            alert.comparison = comparison;
            alert.threshold = base::Decimal::fromDouble(figure).value() + side * dollars("0.01");
            const auto over = venue::alertsOver({&alert, 1}, *market, thursday());
            QCOMPARE(over.size(), isFired ? 1U : 0U);
            QVERIFY(over.empty() || (over.front().id == "1" && over.front().isFired));
        }
    }

    void alertsThatComeToNothing()
    {
        const auto market = venue::makeGeneratedMarket(5);
        std::vector<wire::QuoteAlert> alerts{alertOn("NOSUCH"), alertOn("SPY"), alertOn("SPY")};
        alerts[1].threshold = alerts[2].threshold = dollars("0.01"); // both would fire
        alerts[1].id = "expired";
        alerts[1].expiresAt = thursday();
        alerts[2].id = "waits";
        alerts[2].expiresAt = thursday() + std::chrono::seconds(1);
        const auto over = venue::alertsOver(alerts, *market, thursday());
        QCOMPARE(over.size(), 2U);
        QVERIFY(over[0].id == "expired" && !over[0].isFired);
        QVERIFY(over[1].id == "waits" && over[1].isFired);
    }

    void routesOfAlerts()
    {
        Caller caller;
        const QByteArray body =
            js("{'field':'IV','operator':'<','symbol':'SPY','threshold':0.25,'threshold-numeric':0.25,"
               "'dx-symbol':'SPY','instrument-type':'Equity','expires-at':'2025-04-01T00:00:00Z'}");
        const Reply added = caller.call("POST", "/quote-alerts", body);
        QCOMPARE(added.status, 201);
        QCOMPARE(added.data().value("threshold").toString(), QStringLiteral("0.25"));
        QCOMPARE(added.data().value("threshold-numeric").toDouble(), 0.25);
        QCOMPARE(caller.get("/quote-alerts").items().size(), 1);
        QByteArray wrong = body;
        QCOMPARE(caller.call("POST", "/quote-alerts", wrong.replace("IV", "Volume")).status, 400);
        wrong = body;
        QCOMPARE(caller.call("POST", "/quote-alerts", wrong.replace("\"<\"", "\"=\"")).status, 400);
        const QByteArray path = "/quote-alerts/" + added.data().value("alert-external-id").toString().toUtf8();
        const Reply removed = caller.call("DELETE", path);
        QCOMPARE(removed.status, 204);
        QVERIFY(removed.body.isEmpty());
        QCOMPARE(caller.call("DELETE", path).status, 404);
        QCOMPARE(caller.get(path).status, 404);
    }

    void aFullDiskIsAnError()
    {
        Caller caller(thursday(), false, nullptr, UserLists::open(m_folder->path() + "/no/such/folder"));
        const Reply reply = caller.call("POST", "/watchlists", js("{'name':'mine'}"));
        QCOMPARE(reply.status, 422);
        QCOMPARE(reply.errorCode(), QStringLiteral("state_not_written"));
        QVERIFY(caller.get("/watchlists").items().isEmpty());
    }

private:
    QString file() const { return m_folder->path() + "/venue.tape.lists"; }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(UserListsTest)
#include "user_lists_test.moc"
