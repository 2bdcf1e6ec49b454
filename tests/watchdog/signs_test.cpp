#include "base/log.h"
#include "watchdog/halt_file.h"
#include "watchdog/heartbeat.h"
#include "watchdog/messages.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::watchdog;
using namespace std::chrono_literals;

namespace
{

/// Looks every tenth of a second from then on, as the watchdog does, and beats every quarter while it is to.
struct Listener {
    base::Nanos now = 1000s;
    Heartbeat heartbeat{2s, 20s, now};

    void pass(base::Nanos span, bool isBeating = false)
    {
        const base::Nanos end = now + span;
        for (base::Nanos beat = now + 250ms; now < end; now += 100ms) {
            heartbeat.look(now);
            for (; isBeating && beat <= now; beat += 250ms)
                heartbeat.beat(now);
        }
    }
};

/// A place as it might be told.
QJsonObject place(const char* environment, const char* kind, const char* rest, const char* haltFile)
{
    return {{QStringLiteral("environment"), QString::fromLatin1(environment)},
            {QStringLiteral("kind"), QString::fromLatin1(kind)},
            {QStringLiteral("rest"), QString::fromLatin1(rest)},
            {QStringLiteral("streamer"), QStringLiteral("wss://streamer.tastyworks.com")},
            {QStringLiteral("halt-file"), QString::fromLatin1(haltFile)}};
}
QByteArray told(const QJsonObject& place)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("place"), place}}).toJson(QJsonDocument::Compact);
}

} // namespace

/// How the watchdog and Vegadesk hear of each other.
class SignsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void silenceIsMissedAfterItsPatience()
    {
        Listener one;
        one.pass(600s, true);
        QVERIFY(!one.heartbeat.isMissing());
        one.pass(1500ms);
        QVERIFY(!one.heartbeat.isMissing());
        one.pass(900ms);
        QVERIFY(one.heartbeat.isMissing());
        one.pass(30s);
        QVERIFY(one.heartbeat.isMissing());
        QVERIFY(one.heartbeat.silentFor() > 31s && one.heartbeat.silentFor() < 33s);
        one.heartbeat.beat(one.now);
        QVERIFY(!one.heartbeat.isMissing());
        QVERIFY(one.heartbeat.silentFor() == base::Nanos(0));
    }

    void aStartMayTakeLonger()
    {
        Listener one;
        one.pass(19s);
        QVERIFY(!one.heartbeat.isMissing());
        one.pass(1500ms);
        QVERIFY(one.heartbeat.isMissing());

        Listener other;
        other.pass(1s, true); // it is up: from now on as always
        other.pass(2500ms);
        QVERIFY(other.heartbeat.isMissing());
    }

    void anEndMayTakeLonger()
    {
        Listener one;
        one.pass(1s, true);
        one.heartbeat.bear(20s);
        one.pass(19s);
        QVERIFY(!one.heartbeat.isMissing());
        one.pass(1500ms);
        QVERIFY(one.heartbeat.isMissing());
    }

    void sleepIsNoSilence_data()
    {
        QTest::addColumn<qint64>("sleepMs"); // neither of both runs meanwhile
        QTest::newRow("a stall of both") << qint64{1'500};
        QTest::newRow("a night, where the clock runs on") << qint64{36'000'000};
    }
    void sleepIsNoSilence()
    {
        QFETCH(qint64, sleepMs);
        Listener one;
        one.pass(5s, true);
        one.pass(1500ms); // not long enough
        one.now += std::chrono::milliseconds(sleepMs);
        one.pass(1900ms); // the other one wakes too, and has its patience again
        QVERIFY(!one.heartbeat.isMissing());
        one.pass(300ms);
        QVERIFY(one.heartbeat.isMissing()); // but not for ever
    }

    void threeStartsAMinute()
    {
        StartBudget budget;
        const base::Nanos begin = 5000s;
        for (int start = 0; start < StartBudget::starts; ++start) {
            QVERIFY(budget.wait(begin + start * 10s) == 0s);
            budget.note(begin + start * 10s);
        }
        QVERIFY(budget.wait(begin + 25s) == 35s);
        QVERIFY(budget.wait(begin + 60s) == 0s);
        budget.note(begin + 60s);
        QVERIFY(budget.wait(begin + 60s) == 10s); // the second of the first three
        QVERIFY(budget.wait(begin + 1000s) == 0s);
    }

    void messagesComeThrough()
    {
        Place place;
        place.environment = "certification";
        place.endpoints = tastytrade::Endpoints::certification();
        place.account = "5WX00042";
        place.haltFile = "/data/certification.halt";
        place.credentials = {tastytrade::EnvironmentKind::Certification, "keychain",
                             base::Secret("the client's secret"), base::Secret("the refresh token \"of it\"\n")};
        const QByteArray line = lineOf(place);
        QCOMPARE(line.count('\n'), 1);
        const auto read = parse(line);
        QVERIFY(read);
        const auto& again = std::get<Place>(*read);
        QCOMPARE(again.environment, place.environment);
        QVERIFY(again.endpoints.kind == place.endpoints.kind);
        QCOMPARE(again.endpoints.rest, place.endpoints.rest);
        QCOMPARE(again.endpoints.accountStreamer, place.endpoints.accountStreamer);
        QCOMPARE(again.account, place.account);
        QCOMPARE(again.haltFile, place.haltFile);
        QCOMPARE(again.credentials.name, place.credentials.name);
        QVERIFY(again.credentials.clientSecret.reveal() == place.credentials.clientSecret.reveal());
        QVERIFY(again.credentials.refreshToken.reveal() == place.credentials.refreshToken.reveal());
        QVERIFY(again.credentials.checkFor(tastytrade::EnvironmentKind::Certification));
        QCOMPARE(QByteArray::fromStdString(base::log::redact("with the client's secret")), "with (hidden)");
        QVERIFY(std::holds_alternative<Beat>(*parse(lineOf(Beat{}))));
        QVERIFY(std::holds_alternative<Ending>(*parse(lineOf(Ending{}))));
    }

    void whatIsNoMessageIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("no JSON") << QByteArray("beat");
        QTest::newRow("another one's") << QByteArray("{\"hello\": true}");
        QTest::newRow("no kind") << told(place("live", "", "https://api.tastyworks.com", "x"));
        QTest::newRow("another host by production's name") << told(place("live", "live", "https://evil.example", "x"));
        QTest::newRow("no halt file") << told(place("live", "live", "https://api.tastyworks.com", ""));
    }
    void whatIsNoMessageIsRefused()
    {
        QFETCH(QByteArray, line);
        QVERIFY(!parse(line));
        QVERIFY(parse(told(place("live", "live", "https://api.tastyworks.com", "x")))); // as it ought to be
    }

    void aHaltFileIsThereOrNot()
    {
        const QTemporaryDir folder;
        QVERIFY(!HaltFile().isThere());
        const HaltFile file = HaltFile::of(folder.path().toStdString(), "live");
        QVERIFY(!file.isThere());
        QVERIFY(file.remove());
        QVERIFY(file.write(base::fromUnixMillis(1'795'185'528'049), "the watchdog"));
        QVERIFY(file.isThere());
        QVERIFY(!HaltFile::of(folder.path().toStdString(), "certification").isThere());
        QFile shown(QString::fromStdString(file.path()));
        QVERIFY(shown.open(QIODevice::ReadOnly));
        QVERIFY(shown.readAll().contains("2026-11-20T14:38:48.049+00:00 by the watchdog"));
        QVERIFY(file.write(base::fromUnixMillis(1'795'185'529'049), "the watchdog")); // a second time
        QVERIFY(file.remove());
        QVERIFY(!file.isThere());
        QVERIFY(QDir(folder.path()).isEmpty()); // nothing is left behind
    }

    void aHaltThatCannotBeWrittenIsSaid()
    {
        const HaltFile file("/proc/no-such-folder/live.halt");
        const auto written = file.write({}, "the watchdog");
        QVERIFY(!written);
        QVERIFY(written.error().kind == base::ErrorKind::Storage);
    }
};

QTEST_GUILESS_MAIN(SignsTest)
#include "signs_test.moc"
