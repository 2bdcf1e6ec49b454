#include "base/process.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

using namespace vegadesk;

class ProcessTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsThereAndWhoIsGone()
    {
        QVERIFY(base::isProcessRunning(::getpid()));
        QVERIFY(base::isProcessRunning(1)); // somebody else's, as a rule
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(0);
        QVERIFY(child > 0);
        QCOMPARE(::waitpid(child, nullptr, 0), child);
        QVERIFY(!base::isProcessRunning(child));
        QVERIFY(!base::isProcessRunning(0)); // a group of processes is none
        QVERIFY(!base::isProcessRunning(-1));
    }
};

QTEST_GUILESS_MAIN(ProcessTest)
#include "process_test.moc"
