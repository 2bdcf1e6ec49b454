#include "base/queue.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <thread>

using namespace vegadesk::base;

class QueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dirtyListHoldsEachOnce();
    void dirtyListLosesNothingUnderThreads();
};

void QueueTest::dirtyListHoldsEachOnce()
{
    DirtyList list;
    list.put(5);
    list.put(0);
    list.put(5);
    std::vector<std::uint32_t> out{1, 2, 3};
    list.take(out);
    QCOMPARE(out, (std::vector<std::uint32_t>{5, 0}));
    list.take(out);
    QVERIFY(out.empty());
    list.put(5);
    list.take(out);
    QCOMPARE(out, (std::vector<std::uint32_t>{5}));
}

/// The last value written before the last put of an index is visible once that index is taken.
void QueueTest::dirtyListLosesNothingUnderThreads()
{
    constexpr std::uint32_t indices = 64;
    constexpr int rounds = 20'000;
    DirtyList list;
    std::vector<std::atomic<int>> values(indices);
    std::atomic<int> running{2};
    std::vector<int> seen(indices, 0);
    {
        std::vector<std::jthread> threads;
        for (std::uint32_t writer = 0; writer < 2; ++writer)
            threads.emplace_back([&, writer] {
                for (int round = 1; round <= rounds; ++round) {
                    const std::uint32_t index = (static_cast<std::uint32_t>(round) * 2 + writer) % indices;
                    values[index].store(round, std::memory_order_relaxed);
                    list.put(index);
                }
                running.fetch_sub(1);
            });
        threads.emplace_back([&] {
            std::vector<std::uint32_t> out;
            for (bool isLast = false; !isLast;) {
                isLast = running.load() == 0;
                list.take(out);
                for (const std::uint32_t index : out)
                    seen[index] = values[index].load(std::memory_order_relaxed);
            }
        });
    }
    for (std::uint32_t index = 0; index < indices; ++index)
        QCOMPARE(seen[index], values[index].load());
}

QTEST_GUILESS_MAIN(QueueTest)
#include "queue_test.moc"
