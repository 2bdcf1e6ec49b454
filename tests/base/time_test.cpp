#include "base/clock.h"
#include "base/random.h"
#include "base/time.h"

#include <QtTest>

#include <thread>

using namespace vegadesk::base;
using namespace std::chrono_literals;

class TimeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void datesRoundTrip();
    void refusesDates_data();
    void refusesDates();
    void readsInstants_data();
    void readsInstants();
    void refusesInstants_data();
    void refusesInstants();
    void instantsRoundTrip();
    void errorsNameTheField();
    void millis();
    void manualClockStandsStill();
    void manualClockAcrossThreads();
    void scaledClockRunsForward();
};

void TimeTest::datesRoundTrip()
{
    for (Date date = makeDate(1899, 12, 25); date < makeDate(2110, 1, 5); date += std::chrono::days(1))
        QVERIFY(parseDate(formatDate(date)) == date);
    QCOMPARE(formatDate(makeDate(2026, 2, 3)), std::string("2026-02-03"));
}

void TimeTest::refusesDates_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text :
         {"", "2026", "2026-1-01", "26-01-01", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
          "2026/01/01", "2026-01-01 ", " 2026-01-01", "2026-01-0a", "-026-01-01", "2026-01-01T00:00:00Z"})
        QTest::addRow("\"%s\"", text) << text;
}

void TimeTest::refusesDates()
{
    QFETCH(QString, text);
    QVERIFY(!parseDate(text.toStdString()));
}

void TimeTest::readsInstants_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qlonglong>("nanos");
    const auto row = [](const char* text, qlonglong nanos) { QTest::newRow(text) << text << nanos; };
    row("1970-01-01T00:00:00Z", 0);
    row("1970-01-01T00:00:01.5Z", 1'500'000'000);
    row("1970-01-01T00:00:00.123456789+00:00", 123'456'789);
    row("1970-01-01 00:00:00Z", 0);
    row("1970-01-01T05:30:00+05:30", 0);
    row("1969-12-31T19:00:00-0500", 0);
    row("1970-01-01T01:00:00+01", 0);
    row("1969-12-31T23:59:59.999Z", -1'000'000);
    row("2026-11-20T14:30:00.123+00:00", 1'795'185'000'123'000'000);
    row("1970-01-01T00:00:60Z", 60'000'000'000); // a leap second counts as the next one
}

void TimeTest::readsInstants()
{
    QFETCH(QString, text);
    QFETCH(qlonglong, nanos);
    const auto read = parseInstant(text.toStdString());
    QVERIFY2(read, qPrintable(text));
    QCOMPARE(static_cast<qlonglong>(read->time_since_epoch().count()), nanos);
}

void TimeTest::refusesInstants_data()
{
    QTest::addColumn<QString>("text");
    for (const char* text : {"",
                             "2026-11-20",
                             "2026-11-20T14:30:00",
                             "2026-11-20T14:30Z",
                             "2026-11-20T24:00:00Z",
                             "2026-11-20T14:60:00Z",
                             "2026-11-20T14:30:61Z",
                             "2026-11-20T14:30:00.Z",
                             "2026-11-20T14:30:00.1234567890Z",
                             "2026-11-20T14:30:00+",
                             "2026-11-20T14:30:00+5",
                             "2026-11-20T14:30:00+05:",
                             "2026-11-20T14:30:00+05:3",
                             "2026-11-20T14:30:00+19:00",
                             "2026-11-20T14:30:00+05:60",
                             "2026-11-20T14:30:00Zx",
                             "2026-11-20x14:30:00Z",
                             "2026-02-30T14:30:00Z",
                             "1600-01-01T00:00:00Z",
                             "9999-12-31T23:59:59Z"})
        QTest::addRow("\"%s\"", text) << text;
}

void TimeTest::refusesInstants()
{
    QFETCH(QString, text);
    QVERIFY(!parseInstant(text.toStdString()));
}

void TimeTest::instantsRoundTrip()
{
    Generator generator(3);
    for (int i = 0; i < 50'000; ++i) {
        const Instant instant = fromUnixMillis(generator.integer(-2'000'000'000'000, 4'000'000'000'000));
        QVERIFY(parseInstant(formatInstant(instant)) == instant);
    }
    QCOMPARE(formatInstant(*parseInstant("2026-11-20T14:30:00.1239Z")), std::string("2026-11-20T14:30:00.123+00:00"));
}

void TimeTest::errorsNameTheField()
{
    const auto read = parseInstant("noon", "received-at");
    QCOMPARE(read.error().field, std::string("received-at"));
    QCOMPARE(read.error().value, std::string("noon"));
    QVERIFY(read.error().message().find("noon") != std::string::npos);
    QCOMPARE(parseDate("x", "expiry").error().field, std::string("expiry"));
}

void TimeTest::millis()
{
    QCOMPARE(toUnixMillis(fromUnixMillis(1234)), std::int64_t{1234});
    QCOMPARE(toUnixMillis(Instant(-1ns)), std::int64_t{-1}); // towards the past
    QCOMPARE(seconds(1500ms), 1.5);
}

void TimeTest::manualClockStandsStill()
{
    ManualClock clock(Instant(5s));
    QVERIFY(clock.now() == Instant(5s));
    clock.advance(250ms);
    QVERIFY(clock.now() == Instant(5250ms));
    clock.set(Instant(1s));
    QVERIFY(clock.now() == Instant(1s));
}

void TimeTest::manualClockAcrossThreads()
{
    ManualClock clock;
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i < 10'000; ++i)
                    clock.advance(1ns);
            });
    }
    QVERIFY(clock.now() == Instant(40'000ns));
}

void TimeTest::scaledClockRunsForward()
{
    const Instant start = fromUnixMillis(1'000'000);
    const ScaledClock clock(start, 1e6); // so fast that two readings differ without waiting
    const Instant first = clock.now();
    Instant second = clock.now();
    while (second == first)
        second = clock.now();
    QVERIFY(first >= start);
    QVERIFY(second > first);
    QCOMPARE(clock.speed(), 1e6);
}

QTEST_GUILESS_MAIN(TimeTest)
#include "time_test.moc"
