#include "base/queue.h"

#include <QtTest>

#include <algorithm>
#include <atomic>
#include <memory>
#include <thread>

using namespace vegadesk::base;

class QueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void dirtyListHoldsEachOnce();
    void dirtyListLosesNothingUnderThreads();
    void boundedQueueRefusesWhenFull();
    void boundedQueueTakesMoveOnlyItems();
    void boundedQueueLosesNothingUnderThreads();
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

void QueueTest::boundedQueueRefusesWhenFull()
{
    BoundedQueue<int> queue(2);
    QVERIFY(queue.put(1));
    QVERIFY(queue.put(2));
    QVERIFY(!queue.put(3));
    QCOMPARE(queue.size(), std::size_t{2});
    const auto taken = queue.takeAll();
    QCOMPARE(std::vector<int>(taken.begin(), taken.end()), (std::vector<int>{1, 2}));
    QVERIFY(queue.takeAll().empty());
    QVERIFY(queue.put(4));
}

void QueueTest::boundedQueueTakesMoveOnlyItems()
{
    BoundedQueue<std::unique_ptr<int>> queue(1);
    QVERIFY(queue.put(std::make_unique<int>(7)));
    QCOMPARE(*queue.takeAll().front(), 7);
}

void QueueTest::boundedQueueLosesNothingUnderThreads()
{
    constexpr int perWriter = 20'000;
    BoundedQueue<int> queue(256);
    std::atomic<int> running{2};
    std::vector<int> got;
    {
        std::vector<std::jthread> threads;
        for (int writer = 0; writer < 2; ++writer)
            threads.emplace_back([&, writer] {
                for (int i = 0; i < perWriter; ++i) {
                    while (!queue.put(writer * perWriter + i))
                        std::this_thread::yield();
                }
                running.fetch_sub(1);
            });
        threads.emplace_back([&] {
            for (bool isLast = false; !isLast;) {
                isLast = running.load() == 0;
                const auto batch = queue.takeAll();
                got.insert(got.end(), batch.begin(), batch.end());
                std::this_thread::yield();
            }
        });
    }
    QCOMPARE(got.size(), std::size_t{2 * perWriter});
    for (int writer = 0; writer < 2; ++writer) { // each writer's items came in its order
        int expected = writer * perWriter;
        for (const int item : got) {
            if (item / perWriter == writer)
                QCOMPARE(item, expected++);
        }
    }
}

QTEST_GUILESS_MAIN(QueueTest)
#include "queue_test.moc"
