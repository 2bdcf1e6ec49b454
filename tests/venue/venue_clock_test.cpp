#include "venue/venue_client.h"

#include "base/clock.h"
#include "venue/clock_change.h"
#include "venue/venue_clock.h"

#include <QJsonArray>
#include <QTemporaryDir>

using namespace venue_test;
using namespace std::chrono_literals;

namespace
{

const std::string recording = VEGADESK_TEST_DATA "/history/minute";
const base::Instant recordedAt = market::fromNewYork(base::makeDate(2015, 12, 24), 10h);

venue::ClockChange goTo(base::Instant at)
{
    venue::ClockChange change;
    change.to = at;
    return change;
}

venue::ClockChange pause(bool isPaused)
{
    venue::ClockChange change;
    change.isPaused = isPaused;
    return change;
}

} // namespace

/// The venue's clock: stopped, faster, somewhere else.
class VenueClockTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itStopsAndGoesOn()
    {
        base::ManualClock source(thursday());
        venue::VenueClock clock(source, recordedAt, 10);
        QCOMPARE(clock.now(), recordedAt);
        source.advance(3s);
        QCOMPARE(clock.now(), recordedAt + 30s);
        clock.setPaused(true);
        source.advance(1h);
        QCOMPARE(clock.now(), recordedAt + 30s);
        clock.set(recordedAt + 1h); // it stands there too
        source.advance(1s);
        QCOMPARE(clock.now(), recordedAt + 1h);
        QCOMPARE(clock.speed(), 10.0);
        clock.setPaused(false);
        source.advance(1s);
        QCOMPARE(clock.now(), recordedAt + 1h + 10s);
        clock.setSpeed(0.5);
        QCOMPARE(clock.now(), recordedAt + 1h + 10s);
        source.advance(4s);
        QCOMPARE(clock.now(), recordedAt + 1h + 12s);
        clock.set(recordedAt);
        source.advance(2s);
        QCOMPARE(clock.now(), recordedAt + 1s);
    }

    void refusals_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("message");
        const auto row = [](const char* body, const char* message) {
            QTest::newRow(body) << js(body) << QString::fromLatin1(message).replace(u'\'', u'"');
        };
        row("{}", "clock is not allowed: at least one of advance-seconds, to, speed, paused");
        row("{'sped':2}", "clock 'sped' is not allowed: advance-seconds, to, speed, paused");
        row("{'speed':0}", "speed '0' is not allowed: above 0, up to 100000");
        row("{'speed':100001}", "speed '100001' is not allowed: above 0, up to 100000");
        row("{'speed':'fast'}", "speed 'fast' is not allowed: above 0, up to 100000");
        row("{'paused':1}", "paused '1' is not allowed: true or false");
        row("{'advance-seconds':-1}", "advance-seconds '-1' is not allowed: 0 to a year");
        row("{'advance-seconds':40000000}", "advance-seconds '40000000' is not allowed: 0 to a year");
        row("{'advance-seconds':1,'to':'2025-03-14T15:00:00Z'}",
            "to '2025-03-14T15:00:00Z' is not allowed: one of advance-seconds and to");
        const char* const moment =
            "is not allowed: a moment as 2026-01-05T15:00:00Z, from 1998 to 2099 and at most 366 days ahead";
        row("{'to':'tomorrow'}", (std::string("to 'tomorrow' ") + moment).c_str());
        row("{'to':'2026-06-01T15:00:00Z'}", (std::string("to '2026-06-01T15:00:00Z' ") + moment).c_str());
        row("{'to':'1990-01-02T15:00:00Z'}", (std::string("to '1990-01-02T15:00:00Z' ") + moment).c_str());
    }
    void refusals()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, message);
        const auto change = venue::parseClockChange(QJsonDocument::fromJson(body).object(), thursday());
        QVERIFY(!change);
        QCOMPARE(QString::fromStdString(change.error().message()), message);
    }

    void theControlRouteStopsAndSpeedsItUp()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QSignalSpy moved(&venue, &venue::Venue::clockMoved);
        HttpReply reply = client.control(QStringLiteral("/venue/clock"),
                                         js("{'to':'2025-03-13T19:00:00Z','speed':20,'paused':true}"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.json().value(QLatin1String("now")).toString(), QStringLiteral("2025-03-13T19:00:00.000+00:00"));
        QCOMPARE(reply.json().value(QLatin1String("speed")).toDouble(), 20.0);
        QVERIFY(reply.json().value(QLatin1String("paused")).toBool());
        QCOMPARE(moved.size(), 1);
        QVERIFY(venue.clockLine().contains("\"paused\":true"));
        const base::Instant stopped = venue.now();
        venue.tick();
        QCOMPARE(venue.exchange().now(), stopped);
        reply = client.control(QStringLiteral("/venue/clock"), js("{'paused':false}"));
        QCOMPARE(reply.status, 200);
        QTRY_VERIFY_WITH_TIMEOUT(venue.exchange().now() > stopped, patience);
        QCOMPARE(client.control(QStringLiteral("/venue/clock"), js("{'pause':true}")).status, 400);
    }

    void backOnlyWithAnUntouchedAccount()
    {
        venue::Venue venue(inSession());
        QVERIFY(venue.start());
        Client client(venue);
        QVERIFY(client.logIn());
        QVERIFY(venue.changeClock(pause(true)));
        const base::Instant begin = venue.now();
        QVERIFY(venue.changeClock(goTo(thursday(11))));
        Listener stream(venue.accountStreamerUrl());
        QVERIFY(stream.isOpen);
        QSignalSpy gone(&stream.socket, &QWebSocket::disconnected);
        QVERIFY(venue.changeClock(goTo(begin)));
        QCOMPARE(venue.exchange().now(), begin);
        QTRY_COMPARE_WITH_TIMEOUT(gone.size(), 1, patience);

        QCOMPARE(client.call("POST", account + QStringLiteral("/orders"), orderBody("1.0")).status, 201);
        QVERIFY(venue.changeClock(goTo(thursday(12)))); // ahead it may always go
        const auto refused = venue.changeClock(goTo(thursday(11)));
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, base::ErrorKind::Refused);
        QVERIFY(refused.error().allowed.find("something happened") != std::string::npos);
        QCOMPARE(venue.exchange().now(), thursday(12));
        QCOMPARE(venue.exchange().orders().size(), std::size_t{1});
        const HttpReply reply = client.control(QStringLiteral("/venue/clock"), js("{'to':'2025-03-13T15:00:00Z'}"));
        QCOMPARE(reply.status, 409);
        QVERIFY(venue.apply(venue::FaultAction::ResetAccount));
        QVERIFY(venue.changeClock(goTo(thursday(11))));
        QCOMPARE(venue.exchange().now(), thursday(11));
    }

    void anAccountInAFileStaysInItsTime()
    {
        QTemporaryDir folder;
        venue::VenueSettings settings = inSession();
        settings.stateFile = folder.filePath(QStringLiteral("state.tape")).toStdString();
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        QVERIFY(venue.changeClock(goTo(thursday(15))));
        const auto refused = venue.changeClock(goTo(thursday(14)));
        QVERIFY(!refused);
        QVERIFY(refused.error().allowed.find("a file keeps") != std::string::npos);
    }

    void aReplayCanBeWoundBack()
    {
        venue::VenueSettings settings;
        settings.replayFolder = recording;
        venue::Venue venue(settings);
        QVERIFY(venue.start());
        QVERIFY(venue.changeClock(pause(true)));
        Client client(venue);
        QVERIFY(client.logIn());
        const auto bidAt = [&](base::Nanos after) {
            if (!venue.changeClock(goTo(recordedAt + after)))
                return -1.0;
            const HttpReply reply =
                client.get(QStringLiteral("/market-data/by-type?equity-option=ABC%20%20%20151231C00095000"));
            const QJsonArray items = reply.data().value(QLatin1String("items")).toArray();
            return items.isEmpty() ? -2.0 : items[0].toObject().value(QLatin1String("bid")).toString().toDouble();
        };
        QCOMPARE(bidAt(0min), 5.1);
        QCOMPARE(bidAt(60min), 5.6);
        QCOMPARE(bidAt(0min), 5.1);
    }
};

QTEST_GUILESS_MAIN(VenueClockTest)
#include "venue_clock_test.moc"
