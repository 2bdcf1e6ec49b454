#include "desk/watchdog_process.h"

#include "base/log.h"

#include <QTest>

using namespace vegadesk;

/// A watchdog that does not live: how the program copes, and what it says. A real one is in tests/end_to_end.
class WatchdogProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatDoesNotLiveIsStartedThreeTimesAMinute_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("why");
        QTest::newRow("ends at once") << QStringLiteral("/bin/false") << QStringLiteral("has ended unexpectedly");
        QTest::newRow("is not there") << QStringLiteral("/no/such/program") << QStringLiteral("could not be started");
    }
    void whatDoesNotLiveIsStartedThreeTimesAMinute()
    {
        QFETCH(QString, program);
        QFETCH(QString, why);
        base::log::configure(base::log::Level::Off);
        desk::WatchdogProcess watchdog;
        QStringList notices;
        connect(&watchdog, &desk::WatchdogProcess::noticed, this, [&](const desk::Notice& notice) {
            QVERIFY(notice.topic == desk::NoticeTopic::Watchdog);
            notices << QString::fromStdString(notice.text);
        });
        watchdog.start(program, {});
        const auto gaveUp = [&] {
            return !notices.isEmpty() && notices.last().contains(QStringLiteral("three times"));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(gaveUp(), qPrintable(notices.join(QLatin1Char('\n'))), 30'000);
        QCOMPARE(notices.size(), 2); // when it began, and that it goes on
        for (const QString& notice : notices)
            QVERIFY2(notice.contains(why), qPrintable(notice));
        QCOMPARE(watchdog.processId(), qint64{0});
    }
};

QTEST_GUILESS_MAIN(WatchdogProcessTest)
#include "test_watchdog_process.moc"
