#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// The program itself, as a user starts it.
class ProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoOfThemDoNotShareADataFolder()
    {
        const QTemporaryDir folder;
        QProcess first, second;
        start(first, folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(folder.filePath(QStringLiteral("vegadesk.lock"))), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!QDir(folder.path()).entryList({QStringLiteral("venue-seed-*.tape")}).isEmpty(),
                                 patienceMs);
        // What only training or a signal needs costs a start nothing.
        QFile maps(QStringLiteral("/proc/%1/maps").arg(first.processId()));
        QVERIFY(maps.open(QIODevice::ReadOnly));
        const QByteArray mapped = maps.readAll();
        QVERIFY(mapped.contains("libQt6Widgets"));
        for (const char* const library : {"libtorch", "libxgboost", "vegadesk-trainer", "vegadesk-signals"})
            QVERIFY2(!mapped.contains(library), library);
        start(second, folder.path());
        QVERIFY(second.waitForFinished(patienceMs));
        QCOMPARE(second.exitStatus(), QProcess::NormalExit);
        QCOMPARE(second.exitCode(), 1);
        const QByteArray words = second.readAllStandardError();
        QVERIFY2(words.contains("in use by another Vegadesk"), words);
        QVERIFY(words.contains(QByteArray::number(first.processId())));
        QCOMPARE(first.state(), QProcess::Running);
        QVERIFY(QDir(folder.path()).entryList({QStringLiteral("*.old")}).isEmpty());

        // A lock that a killed program left behind is void.
        first.kill();
        QVERIFY(first.waitForFinished(patienceMs));
        QProcess third;
        start(third, folder.path());
        QTRY_VERIFY_WITH_TIMEOUT(lockOwner(folder.path()) == third.processId(), patienceMs);
        third.terminate();
        third.waitForFinished(patienceMs);
    }

private:
    static constexpr int patienceMs = 60'000;

    static void start(QProcess& process, const QString& folder)
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk"), {QStringLiteral("--data-dir"), folder});
    }
    static qint64 lockOwner(const QString& folder)
    {
        QFile lock(QDir(folder).filePath(QStringLiteral("vegadesk.lock")));
        return lock.open(QIODevice::ReadOnly) ? lock.readLine().trimmed().toLongLong() : 0;
    }
};

QTEST_GUILESS_MAIN(ProgramTest)
#include "program_test.moc"
