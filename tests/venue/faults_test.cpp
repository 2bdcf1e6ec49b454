#include "venue/rest_desk.h"

#include "tastytrade/wire/account.h"
#include "venue/feed_session.h"
#include "venue/notice_faults.h"
#include "venue/request_faults.h"
#include "venue/schema_drift.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace venue_test;
using namespace std::chrono_literals;
using Kind = venue::RequestFate::Kind;

namespace
{

QByteArray bodyOf(const char* externalId)
{
    return js("{'time-in-force':'Day','order-type':'Limit','price':'1.0','price-effect':'Debit','external-identifier':"
              "'") +
           externalId +
           js("','legs':[{'instrument-type':'Equity','symbol':'KO','quantity':'1','action':'Buy to Open'}]}");
}

/// A client's requests on their way through the faults to the routes.
struct FaultyDesk : RestDesk {
    venue::RequestFate send(const char* method, const char* path, const QByteArray& body = {})
    {
        return venue::serveWithFaults({method, QString::fromLatin1(path), {}, "test/1.0", bearer, body}, faults,
                                      [this](const venue::HttpRequest& request) {
                                          ++served;
                                          return rest.handle(request);
                                      });
    }
    venue::RequestFate positions() { return send("GET", "/accounts/SIM00001/positions"); }
    venue::RequestFate order(const char* id) { return send("POST", "/accounts/SIM00001/orders", bodyOf(id)); }

    venue::Faults faults;
    int served = 0;
};

/// A feed client of KO's quotes in compact form.
struct QuoteClient {
    QuoteClient()
    {
        session.setFaults(&faults);
        session.receive(js("{'type':'SETUP','channel':0,'version':'0.1-test','keepaliveTimeout':60}"));
        session.receive(js("{'type':'AUTH','channel':0,'token':'") +
                        QByteArray::fromStdString(credentials.quoteToken()) + "\"}");
        session.receive(js("{'type':'CHANNEL_REQUEST','channel':1,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        session.receive(
            js("{'type':'FEED_SETUP','channel':1,'acceptDataFormat':'COMPACT','acceptEventFields':{'Quote':["
               "'eventSymbol','bidPrice','askPrice','bidSize','askSize']}}"));
        session.receive(js("{'type':'FEED_SUBSCRIPTION','channel':1,'add':[{'type':'Quote','symbol':'KO'}]}"));
    }
    /// Of `count` quotes from the next on, what is in place `field` of each.
    QJsonArray next(int count, int field)
    {
        quotes = {};
        for (int i = 0; i < count; ++i) {
            at += 1s;
            for (std::uint32_t call = 0; call < venue::FeedSession::underlyingEvery; ++call)
                session.stream(0);
        }
        QJsonArray values;
        for (const QJsonValue& quote : quotes)
            values.append(quote.toArray().at(field));
        return values;
    }

    base::SystemClock clock;
    std::unique_ptr<venue::MarketModel> market = venue::makeGeneratedMarket(5);
    venue::Credentials credentials{"run", 900s, clock};
    venue::Faults faults;
    base::Instant at = thursday();
    QJsonArray quotes;
    venue::FeedSession session{credentials, *market, [this] { return at; },
                               [this](const QByteArray& frame) {
                                   const QJsonArray data =
                                       QJsonDocument::fromJson(frame).object().value(QLatin1String("data")).toArray();
                                   if (data.size() == 2)
                                       quotes.append(data.at(1));
                               }};
};

} // namespace

/// Each fault as a client sees it, without sockets.
class FaultsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreDropped()
    {
        FaultyDesk desk;
        desk.faults.droppedRequests = 2;
        QCOMPARE(desk.positions().kind, Kind::Cut);
        QCOMPARE(desk.order("dropped").kind, Kind::Cut);
        QCOMPARE(desk.served, 0);
        QCOMPARE(desk.order("kept").kind, Kind::Answered);
        QCOMPARE(desk.exchange.orders().size(), std::size_t{1});
    }

    void halfOpenSaysNothing()
    {
        FaultyDesk desk;
        desk.faults.isHalfOpen = true;
        for (int i = 0; i < 3; ++i)
            QCOMPARE(desk.order("unheard").kind, Kind::Silence);
        QCOMPARE(desk.served, 0);
        desk.faults.isHalfOpen = false;
        QCOMPARE(desk.positions().kind, Kind::Answered);
    }

    void acceptedOrdersLoseTheirAnswer()
    {
        FaultyDesk desk;
        desk.faults.lostOrderAnswers = 1;
        QCOMPARE(desk.positions().kind, Kind::Answered); // no order
        QCOMPARE(desk.send("POST", "/accounts/SIM00001/orders", "{}").answer.status, 400);
        QCOMPARE(desk.faults.lostOrderAnswers, 1); // nor was that one accepted
        QCOMPARE(desk.order("lost").kind, Kind::Cut);
        QCOMPARE(desk.exchange.orders().front()->externalId, std::string("lost"));
        QCOMPARE(desk.order("kept").answer.status, 201);
    }

    void failures_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("asPage");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("part");
        QTest::newRow("401") << 401 << false << QByteArray("application/json") << js("'code':'unauthorized'");
        QTest::newRow("401 page") << 401 << true << QByteArray("text/html") << QByteArray("401 Authorization Required");
        QTest::newRow("429") << 429 << false << QByteArray("application/json") << js("'code':'too_many_requests'");
        QTest::newRow("429 page") << 429 << true << QByteArray("text/html") << QByteArray("429 Too Many Requests");
        QTest::newRow("502") << 502 << false << QByteArray("text/html") << QByteArray("502 Bad Gateway");
    }
    void failures()
    {
        QFETCH(int, status);
        QFETCH(bool, asPage);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, part);
        FaultyDesk desk;
        desk.faults.failingStatus = status;
        desk.faults.failingCount = 1;
        desk.faults.isFailingPage = asPage;
        const venue::RequestFate fate = desk.order("failed");
        QCOMPARE(fate.answer.status, status);
        QCOMPARE(fate.answer.contentType, type);
        QVERIFY2(fate.answer.body.contains(part), fate.answer.body.constData());
        QCOMPARE(desk.served, 0);
        QCOMPARE(desk.positions().answer.status, 200);
    }

    void noticesAreDoubledAndReordered()
    {
        venue::Faults faults;
        venue::NoticeFaults notices(faults);
        QCOMPARE(notices.pass("1"), QByteArrayList{"1"});
        faults.hasDoubledNotices = true;
        QCOMPARE(notices.pass("2"), (QByteArrayList{"2", "2"}));
        faults.hasDoubledNotices = false;
        faults.hasReorderedNotices = true;
        QVERIFY(notices.pass("3").isEmpty());
        QCOMPARE(notices.pass("4"), (QByteArrayList{"4", "3"}));
        // One that nothing follows waits for a while only.
        QVERIFY(notices.pass("5").isEmpty());
        for (int tick = 1; tick < venue::NoticeFaults::longestWait; ++tick)
            QVERIFY(notices.tick().isEmpty());
        QCOMPARE(notices.tick(), QByteArrayList{"5"});
        QVERIFY(notices.tick().isEmpty());
        // And no longer than the fault.
        QVERIFY(notices.pass("6").isEmpty());
        faults.hasReorderedNotices = false;
        QCOMPARE(notices.pass("7"), (QByteArrayList{"6", "7"}));
        faults.isHalfOpen = true;
        QVERIFY(notices.pass("8").isEmpty());
    }

    void quotesAreCrossedOrNothing()
    {
        QuoteClient client;
        const auto isNumber = [](const QJsonValue& value) { return value.isDouble(); };
        QJsonArray bids = client.next(6, 1);
        QCOMPARE(bids.size(), 6);
        QVERIFY(std::ranges::all_of(bids, isNumber));
        client.faults.nanQuotes = 1;
        bids = client.next(3, 1);
        QCOMPARE(bids, (QJsonArray{"NaN", "NaN", "NaN"}));
        client.faults.nanQuotes = 3;
        bids = client.next(9, 1);
        QCOMPARE(std::ranges::count_if(bids, isNumber), 6);
        client.faults = {};
        client.faults.crossedQuotes = 2;
        bids = client.next(6, 1);
        int crossed = 0;
        for (qsizetype i = 0; i < client.quotes.size(); ++i) {
            const QJsonArray quote = client.quotes[i].toArray();
            crossed += quote.at(1).toDouble() > quote.at(2).toDouble() ? 1 : 0;
        }
        QCOMPARE(crossed, 3);
    }

    void driftedAnswersCanBeRead()
    {
        FaultyDesk desk;
        desk.faults.hasSchemaDrift = true;
        QCOMPARE(desk.order("drift").answer.status, 201);
        const auto itemsOf = [](const venue::RequestFate& fate) {
            const QJsonObject body = QJsonDocument::fromJson(fate.answer.body).object();
            return body.value(QLatin1String("data")).toObject().value(QLatin1String("items")).toArray();
        };
        const QJsonArray orders = itemsOf(desk.send("GET", "/accounts/SIM00001/orders/live"));
        QCOMPARE(orders.size(), 1);
        QCOMPARE(orders[0].toObject().value(QLatin1String("brand-new")), QJsonArray({1, "two"}));
        const auto order = wire::parseOrder(orders[0].toObject());
        QVERIFY2(order, order ? "" : order.error().message().c_str());
        QCOMPARE(order->externalId, std::string("drift"));

        desk.faults.hasSchemaDrift = false;
        const auto accounts = itemsOf(desk.send("GET", "/customers/me/accounts"));
        desk.faults.hasSchemaDrift = true;
        const auto changed = itemsOf(desk.send("GET", "/customers/me/accounts"));
        const auto accountOf = [](const QJsonArray& list) {
            return list[0].toObject().value(QLatin1String("account")).toObject();
        };
        QCOMPARE(accountOf(changed).value(QLatin1String("account-type-name")).toString(), QStringLiteral("Unheard Of"));
        QCOMPARE(accountOf(changed).value(QLatin1String("account-number")),
                 accountOf(accounts).value(QLatin1String("account-number")));
        QCOMPARE(venue::drifted("<html>"), QByteArray("<html>"));
        QCOMPARE(venue::drifted(js("{'data':[{'close':'2.5','liquidity-running-state':{'sum':1},'symbol':'KO'}]}")),
                 js("{'brand-new':[1,'two'],'data':[{'brand-new':[1,'two'],'close':'2.5','symbol':'KO'}]}"));
    }

    void driftedNoticesBringNewKinds()
    {
        venue::Faults faults;
        faults.hasSchemaDrift = true;
        venue::NoticeFaults notices(faults);
        QCOMPARE(notices.pass(js("{'type':'Order'}")),
                 (QByteArrayList{js("{'brand-new':[1,'two'],'type':'Order'}"), venue::unknownNotice()}));
    }

    void aResetEmptiesTheAccount()
    {
        FaultyDesk desk;
        desk.hold(10);
        QCOMPARE(desk.order("before").answer.status, 201);
        QVERIFY(desk.exchange.orders().size() == 2 && desk.exchange.positions(false).size() == 1);
        QVERIFY(desk.exchange.balance().values.cash < base::Decimal::fromInteger(100'000));
        const std::string before = desk.exchange.orders().front()->id;
        desk.exchange.reset();
        QVERIFY(desk.exchange.orders().empty());
        QVERIFY(desk.exchange.positions(true).empty());
        QCOMPARE(desk.exchange.balance().values.cash, base::Decimal::fromInteger(100'000));
        QVERIFY(desk.exchange.order(before) == nullptr);
        desk.exchange.advanceTo(desk.exchange.now() + 10s); // what worked does not come back
        QCOMPARE(desk.order("after").answer.status, 201);
        QVERIFY(desk.exchange.orders().front()->id > before); // ids are not used again
    }
};

QTEST_GUILESS_MAIN(FaultsTest)
#include "faults_test.moc"
