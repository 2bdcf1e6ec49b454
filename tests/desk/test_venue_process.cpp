#include "desk/venue_process.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>

using namespace vegadesk;

/// The real child process: vegadesk-cli venue.
class VenueProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theClockIsSetAndStopped()
    {
        desk::VenueProcess process;
        QSignalSpy moved(&process, &desk::VenueProcess::clockMoved),
            refused(&process, &desk::VenueProcess::clockRefused);
        process.askClock({{QStringLiteral("paused"), true}});
        QCOMPARE(refused.size(), 1); // it does not run yet
        const auto address = start(process);
        QVERIFY(address && !address->isPaused);
        process.askClock({{QStringLiteral("advance-seconds"), 7200}});
        QTRY_COMPARE_WITH_TIMEOUT(moved.size(), 1, patienceMs);
        const auto to = moved.at(0).at(0).value<base::Instant>();
        const double ahead = base::seconds(to - address->marketTime);
        QVERIFY2(ahead >= 7200 && ahead < 7200 + 2 * patienceMs / 1000.0, qPrintable(QString::number(ahead)));
        QVERIFY(!moved.at(0).at(2).toBool());
        process.askClock({{QStringLiteral("paused"), true}});
        QTRY_COMPARE_WITH_TIMEOUT(moved.size(), 2, patienceMs);
        QVERIFY(moved.at(1).at(2).toBool());
        process.askClock({{QStringLiteral("paused"), false}});
        QTRY_COMPARE_WITH_TIMEOUT(moved.size(), 3, patienceMs);
        QVERIFY(!moved.at(2).at(2).toBool());
        process.askClock({{QStringLiteral("speed"), -1}});
        QTRY_COMPARE_WITH_TIMEOUT(refused.size(), 2, patienceMs);
        QVERIFY2(refused.at(1).at(0).toString().contains(QStringLiteral("speed")),
                 qPrintable(refused.at(1).at(0).toString()));
    }

    void aTakenPortIsGivenUp()
    {
        desk::VenueProcess process;
        QSignalSpy ready(&process, &desk::VenueProcess::ready);
        const auto first = start(process);
        QVERIFY(first);
        const qint64 id = process.processId();
        QCOMPARE(::kill(static_cast<pid_t>(id), SIGKILL), 0);
        // Somebody else listens on its port before it is back: that takes our event loop, which sees the end only later.
        siginfo_t ended{};
        QCOMPARE(::waitid(P_PID, static_cast<id_t>(id), &ended, WEXITED | WNOWAIT | __WALL), 0);
        QTcpServer other;
        QVERIFY2(other.listen(QHostAddress::LocalHost, static_cast<quint16>(first->rest.port())),
                 qPrintable(other.errorString()));
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 2, patienceMs);
        const auto second = ready.at(1).at(0).value<desk::VenueAddress>();
        QVERIFY(second.rest.port() != first->rest.port());
    }

    void itStopsWithoutBeingWaitedFor()
    {
        desk::VenueProcess process;
        QSignalSpy stopped(&process, &desk::VenueProcess::stopped), ready(&process, &desk::VenueProcess::ready);
        QVERIFY(start(process));
        const qint64 first = process.processId();
        ready.clear();
        process.stop();
        QVERIFY(process.isStopping() && stopped.empty());
        process.start(m_options); // as soon as it can be
        QCOMPARE(process.processId(), first);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patienceMs);
        QCOMPARE(stopped.size(), 1);
        QVERIFY(process.processId() != 0 && process.processId() != first);
    }

    void whatDoesNotRunHasStopped()
    {
        desk::VenueProcess process;
        QSignalSpy stopped(&process, &desk::VenueProcess::stopped);
        process.stop();
        QVERIFY(!process.isStopping());
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patienceMs);
    }

    void whatCannotStartStopsAllTheSame()
    {
        desk::VenueProcess process;
        QSignalSpy stopped(&process, &desk::VenueProcess::stopped);
        desk::VenueOptions options;
        options.program = QStringLiteral(VEGADESK_BINARY_DIR "/bin/no-such-program");
        process.start(options);
        process.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, patienceMs);
        QVERIFY(!process.isStopping());
    }

    void whyItStoppedIsTold()
    {
        desk::VenueProcess process;
        QSignalSpy died(&process, &desk::VenueProcess::died);
        desk::VenueOptions options;
        options.program = QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli");
        options.stateFile = m_directory.filePath(QStringLiteral("no/such/folder/venue.tape"));
        process.start(options);
        QTRY_COMPARE_WITH_TIMEOUT(died.size(), 1, patienceMs);
        const QString why = died.at(0).at(0).toString();
        QVERIFY2(why.contains(options.stateFile) && why.contains(QStringLiteral("is its folder there")),
                 qPrintable(why));
    }

    /// A program that says half of its reason, is ready, and says the other half when it is told to.
    void aReasonInTwoPartsIsToldWhole()
    {
        const QString gate = m_directory.filePath(QStringLiteral("gate"));
        QCOMPARE(::mkfifo(qPrintable(gate), 0600), 0);
        QFile script(m_directory.filePath(QStringLiteral("two-parts")));
        QVERIFY(script.open(QIODevice::WriteOnly));
        script.write(
            "#!/bin/sh\n"
            "printf 'something else\\nvegadesk-cli: the tape could ' >&2\n"
            "echo '{\"rest\":\"http://127.0.0.1:9\",\"clock\":{\"now\":\"2026-06-01T15:00:00Z\",\"speed\":1}}'\n"
            "read word < \"$(dirname \"$0\")/gate\"\n"
            "printf 'not be written' >&2\n"
            "exit 1\n");
        script.close();
        QVERIFY(script.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        desk::VenueProcess process;
        QSignalSpy ready(&process, &desk::VenueProcess::ready), died(&process, &desk::VenueProcess::died);
        desk::VenueOptions options;
        options.program = script.fileName();
        process.start(options);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patienceMs);
        QCoreApplication::processEvents(); // what it said before, on its other channel
        QFile word(gate);
        QVERIFY(word.open(QIODevice::WriteOnly));
        word.write("go on\n");
        word.close();
        QTRY_COMPARE_WITH_TIMEOUT(died.size(), 1, patienceMs);
        const QString why = died.at(0).at(0).toString();
        QVERIFY2(why.contains(QStringLiteral("(the tape could not be written)")), qPrintable(why));
    }

    void anAccountPutAsideIsToldOfOnce()
    {
        // The next tape's name: start() counts.
        QFile old(m_directory.filePath(QStringLiteral("venue-%1.tape").arg(m_tapes + 1)));
        QVERIFY(old.open(QIODevice::WriteOnly));
        old.write("{\"account\":\"SIM1\",\"market\":\"m\",\"start\":\"1\",\"vegadesk-order-tape\":1}\n");
        old.close();
        desk::VenueProcess process;
        const auto address = start(process);
        QVERIFY(address && address->putAside);
        QCOMPARE(address->putAside->file, old.fileName() + QStringLiteral(".old"));
        QCOMPARE(address->putAside->reason, QStringLiteral("version"));

        QSignalSpy ready(&process, &desk::VenueProcess::ready);
        process.stop();
        process.start(m_options);
        QTRY_COMPARE_WITH_TIMEOUT(ready.size(), 1, patienceMs);
        QVERIFY(!ready.at(0).at(0).value<desk::VenueAddress>().putAside);
    }

    void secretsOfARealAccountStayHere()
    {
        qputenv("TW_REFRESH_TOKEN", "a-secret-of-production");
        desk::VenueProcess process;
        const auto address = start(process);
        qunsetenv("TW_REFRESH_TOKEN");
        QVERIFY(address);
        QFile environment(QStringLiteral("/proc/%1/environ").arg(process.processId()));
        QVERIFY(environment.open(QIODevice::ReadOnly));
        const QByteArray bytes = environment.readAll();
        QVERIFY(bytes.contains("VEGADESK_VENUE_TOKEN"));
        QVERIFY(!bytes.contains("TW_REFRESH_TOKEN") && !bytes.contains("a-secret-of-production"));
    }

private:
    static constexpr int patienceMs = 60'000;

    std::optional<desk::VenueAddress> start(desk::VenueProcess& process)
    {
        QSignalSpy ready(&process, &desk::VenueProcess::ready);
        m_options = {};
        m_options.program = QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-cli");
        m_options.stateFile = m_directory.filePath(QStringLiteral("venue-%1.tape").arg(++m_tapes));
        process.start(m_options);
        if (!ready.wait(patienceMs))
            return std::nullopt;
        return ready.at(0).at(0).value<desk::VenueAddress>();
    }
    QTemporaryDir m_directory;
    desk::VenueOptions m_options; ///< of the last start
    int m_tapes = 0;
};

QTEST_GUILESS_MAIN(VenueProcessTest)
#include "test_venue_process.moc"
