#include "desk/own_thread.h"
#include "desk/thread_priority.h"

#include <QPointer>
#include <QTest>

#include <algorithm>
#include <atomic>

#ifdef Q_OS_LINUX
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

using namespace vegadesk;

namespace
{

constexpr int patienceMs = 60'000;

class Worker : public QObject
{
public:
    explicit Worker(std::atomic<int>& calls) : m_calls(calls) {}
    void work() { ++m_calls; }

private:
    std::atomic<int>& m_calls;
};

} // namespace

class OwnThreadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsPostedRunsThere()
    {
        std::atomic<int> calls = 0;
        desk::OwnThread<Worker> worker(QStringLiteral("worker"), calls);
        worker.post([](Worker& it) { it.work(); });
        QTRY_COMPARE_WITH_TIMEOUT(calls.load(), 1, patienceMs);
    }

    void oneThatGivesWayLeavesTheOthersAsTheyWere()
    {
#ifdef Q_OS_LINUX
        const auto niceHere = [] { return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::syscall(SYS_gettid))); };
        const int before = niceHere();
        std::atomic<int> calls = 0, nice = -1, others = -1;
        desk::OwnThread<Worker> worker(QStringLiteral("worker"), calls), other(QStringLiteral("other"), calls);
        worker.post([&](Worker&) {
            desk::giveWay();
            nice = niceHere();
        });
        QTRY_COMPARE_WITH_TIMEOUT(nice.load(), std::max(10, before), patienceMs);
        other.post([&](Worker&) { others = niceHere(); });
        QTRY_COMPARE_WITH_TIMEOUT(others.load(), before, patienceMs);
        QCOMPARE(niceHere(), before);
#else
        QSKIP("threads give way on Linux only");
#endif
    }

    void whatIsPostedAfterTheEndIsDropped()
    {
        std::atomic<int> calls = 0;
        desk::OwnThread<Worker> worker(QStringLiteral("worker"), calls);
        const QPointer<Worker> object(worker.object());
        bool hasEnded = false;
        worker.end(this, [&] { hasEnded = true; });
        worker.post([](Worker& it) { it.work(); });
        QTRY_VERIFY_WITH_TIMEOUT(hasEnded, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(object.isNull(), patienceMs);
        worker.post([](Worker& it) { it.work(); }); // to a worker that is freed
        QCoreApplication::processEvents();
        QCOMPARE(calls.load(), 0);
    }
};

QTEST_GUILESS_MAIN(OwnThreadTest)
#include "test_own_thread.moc"
