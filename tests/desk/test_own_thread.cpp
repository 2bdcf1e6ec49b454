#include "desk/own_thread.h"

#include <QPointer>
#include <QTest>

#include <atomic>

using namespace vegadesk;

namespace
{

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
        QTRY_COMPARE(calls.load(), 1);
    }

    void whatIsPostedAfterTheEndIsDropped()
    {
        std::atomic<int> calls = 0;
        desk::OwnThread<Worker> worker(QStringLiteral("worker"), calls);
        const QPointer<Worker> object(worker.object());
        bool hasEnded = false;
        worker.end(this, [&] { hasEnded = true; });
        worker.post([](Worker& it) { it.work(); });
        QTRY_VERIFY(hasEnded);
        QTRY_VERIFY(object.isNull());
        worker.post([](Worker& it) { it.work(); }); // to a worker that is freed
        QCoreApplication::processEvents();
        QCOMPARE(calls.load(), 0);
    }
};

QTEST_GUILESS_MAIN(OwnThreadTest)
#include "test_own_thread.moc"
