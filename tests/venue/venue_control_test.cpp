#include "venue/venue_client.h"

#include "base/clock.h"
#include "tastytrade/wire/dxlink.h"

#include <QFile>
#include <QTemporaryDir>

using namespace venue_test;
using namespace std::chrono_literals;

/// What a test asks of the venue under /venue/: faults, and another time.
class VenueControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultsLoseAnswersButNotOrders()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'lost-order-answers':1}")).status, 200);
        QVERIFY(client.postOnce(venue, account + QStringLiteral("/orders"), orderBody("1.0", "lost")).isEmpty());
        QCOMPARE(venue.exchange().orders().size(), std::size_t{1});
        QCOMPARE(venue.exchange().orders().front()->externalId, std::string("lost"));
        QCOMPARE(client.call("POST", account + QStringLiteral("/orders"), orderBody("1.0", "kept")).status, 201);

        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'lost-order-requests':1}")).status, 200);
        QVERIFY(client.postOnce(venue, account + QStringLiteral("/orders"), orderBody("1.0", "unseen")).isEmpty());
        QCOMPARE(venue.exchange().orders().size(), std::size_t{2});
    }

    void faultsFailRequests()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        client.control(QStringLiteral("/venue/faults"), js("{'failing-status':429,'failing-count':1}"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 429);
        client.control(QStringLiteral("/venue/faults"), js("{'failing-status':502,'failing-count':2}"));
        const HttpReply reply = client.get(account + QStringLiteral("/positions"));
        QCOMPARE(reply.status, 502);
        QVERIFY(reply.body.startsWith("<html>"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 502);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'failing-status':200}")).status, 400);
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'no-such-fault':1}")).status, 400);
    }

    void faultsDelayAnswers()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        client.control(QStringLiteral("/venue/faults"), js("{'answer-delay-ms':150}"));
        QElapsedTimer timer;
        timer.start();
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        QVERIFY(timer.elapsed() >= 140);
    }

    void faultsCutAndSilenceStreams()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener feed(venue.feedUrl()), stream(venue.accountStreamerUrl());
        QVERIFY(openFeed(client, feed, venue));
        feed.say(js("{'type':'FEED_SUBSCRIPTION','channel':1,'add':[{'type':'Quote','symbol':'SPY'}]}"));
        // Each of them is one event; once all have come nothing is under way.
        const auto told = [&] { return feed.count(QStringLiteral("type"), QStringLiteral("FEED_DATA")); };
        QTRY_VERIFY_WITH_TIMEOUT(told() >= 3 && told() == venue.feedEventCount(), patience);
        venue::Faults faults;
        faults.isFeedSilent = true;
        venue.setFaults(faults);
        const std::size_t before = feed.frames.size();
        for (int tick = 0; tick < 20; ++tick)
            venue.tick();
        feed.say(js("{'type':'CHANNEL_REQUEST','channel':3,'service':'FEED','parameters':{'contract':'AUTO'}}"));
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200); // a round trip later
        QCOMPARE(feed.frames.size(), before);
        QVERIFY(feed.count(QStringLiteral("type"), QStringLiteral("CHANNEL_OPENED")) == 1);

        QSignalSpy feedGone(&feed.socket, &QWebSocket::disconnected);
        QSignalSpy streamGone(&stream.socket, &QWebSocket::disconnected);
        client.control(QStringLiteral("/venue/cut-connections"), "{}");
        QTRY_COMPARE_WITH_TIMEOUT(feedGone.size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(streamGone.size(), 1, patience);
        Listener again(venue.feedUrl());
        QVERIFY(again.isOpen);
    }

    void aFileOfFaultsIsFollowed()
    {
        QTemporaryDir folder;
        base::ManualClock clock(thursday());
        venue::VenueSettings settings = inSession();
        settings.clock = &clock;
        settings.faultsFile = folder.filePath(QStringLiteral("faults.json")).toStdString();
        QFile file(QString::fromStdString(settings.faultsFile));
        QVERIFY(!venue::Venue(settings).start()); // there is none yet
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            js("{'seed':1,'faults':[{'at':30,'for':5,'set':{'failing-status':429,'failing-count':1000}},"
               "{'at':40,'do':'cut-connections'},{'at':50,'do':'reset-account'},{'at':60,'do':'expire-tokens'}]}"));
        file.close();
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        QCOMPARE(client.call("POST", account + QStringLiteral("/orders"), orderBody("1.0")).status, 201);
        const auto goTo = [&](base::Nanos elapsed) {
            clock.set(thursday() + elapsed);
            venue.tick();
        };
        goTo(30s);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 429);
        goTo(35s);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        Listener stream(venue.accountStreamerUrl());
        QVERIFY(stream.isOpen);
        QSignalSpy gone(&stream.socket, &QWebSocket::disconnected);
        goTo(40s);
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, patience);
        QCOMPARE(venue.exchange().orders().size(), std::size_t{1});
        goTo(50s);
        QVERIFY(venue.exchange().orders().empty());
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 200);
        goTo(60s);
        QCOMPARE(client.get(account + QStringLiteral("/positions")).status, 401);
        QCOMPARE(client.control(QStringLiteral("/venue/reset-account"), "{}").status, 200);
    }

    void halfOpenConnectionsHearNothing()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        Listener stream(venue.accountStreamerUrl());
        stream.say(js("{'action':'heartbeat','request-id':1}"));
        QTRY_COMPARE_WITH_TIMEOUT(stream.frames.size(), std::size_t{1}, patience);
        QCOMPARE(client.control(QStringLiteral("/venue/faults"), js("{'half-open':true}")).status, 200);
        stream.say(js("{'action':'heartbeat','request-id':2}"));
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), venue.port());
        socket.write("GET /customers/me HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: test/1.0\r\n\r\n");
        // What is still answered comes after what would have been.
        for (int i = 0; i < 3; ++i)
            QCOMPARE(client.control(QStringLiteral("/venue/faults"), "{}").status, 200);
        QCOMPARE(socket.state(), QAbstractSocket::ConnectedState);
        QCOMPARE(socket.bytesAvailable(), 0);
        QCOMPARE(stream.frames.size(), std::size_t{1});
        QCOMPARE(stream.socket.state(), QAbstractSocket::ConnectedState);
        client.control(QStringLiteral("/venue/faults"), js("{'half-open':false}"));
        stream.say(js("{'action':'heartbeat','request-id':3}"));
        QTRY_COMPARE_WITH_TIMEOUT(stream.frames.size(), std::size_t{2}, patience);
        QCOMPARE(stream.frames.back().value(QLatin1String("request-id")).toInt(), 3);
    }

    void theClockCanBeMoved()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        HttpReply reply = client.get(QStringLiteral("/venue/clock"));
        QCOMPARE(reply.status, 200);
        const auto now = base::parseInstant(reply.json().value(QLatin1String("now")).toString().toStdString());
        QVERIFY(*now >= thursday() && *now < thursday() + 10min);
        QVERIFY(reply.json().value(QLatin1String("market-open")).toBool());
        QSignalSpy moved(&venue, &venue::Venue::clockMoved);
        reply = client.control(QStringLiteral("/venue/clock"), js("{'advance-seconds':28800}"));
        QCOMPARE(moved.size(), 1);
        QVERIFY(venue.clockLine().contains("\"event\":\"clock\""));
        QCOMPARE(reply.status, 200);
        QVERIFY(!reply.json().value(QLatin1String("market-open")).toBool());
        QVERIFY(venue.exchange().now() >= thursday(18));
        QCOMPARE(client.control(QStringLiteral("/venue/clock"), js("{'advance-seconds':-1}")).status, 400);
    }

    void closedHoursCanBeSkipped()
    {
        venue::VenueSettings settings = inSession();
        settings.start = thursday(18);
        settings.skipClosedHours = true;
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        QTRY_VERIFY_WITH_TIMEOUT(venue.exchange().now() > thursday(9) + 24h, patience);
        QVERIFY(venue.exchange().now() < thursday(9, 40) + 24h);
    }
};

QTEST_GUILESS_MAIN(VenueControlTest)
#include "venue_control_test.moc"
