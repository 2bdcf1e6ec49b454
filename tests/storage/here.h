#pragma once

#include "base/error.h"
#include "storage/executor.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace vegadesk::tests
{

/// Brings callbacks to the test's own thread, where they run while it waits for something. Its queue is not Qt's, so that
/// the thread sanitizer sees what is handed over.
class Here
{
public:
    storage::Executor executor()
    {
        return [this](std::function<void()> task) {
            const std::scoped_lock lock(m_mutex);
            m_tasks.push_back(std::move(task));
            m_wake.notify_one();
        };
    }

    /// Runs what comes until `isDone`; false when it is not by then.
    bool waitUntil(const std::function<bool()>& isDone,
                   std::chrono::steady_clock::duration patience = std::chrono::minutes(1))
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!isDone()) {
            std::function<void()> task;
            {
                std::unique_lock lock(m_mutex);
                if (!m_wake.wait_until(lock, end, [this] { return !m_tasks.empty(); }))
                    return false;
                task = std::move(m_tasks.front());
                m_tasks.pop_front();
            }
            task();
        }
        return true;
    }

    /// Calls `start` with a callback and returns what it is called with; an Internal error after a minute without.
    template<class T, class Start>
    base::Result<T> wait(Start start)
    {
        auto answer = std::make_shared<std::optional<base::Result<T>>>();
        start([answer](base::Result<T> result) { *answer = std::move(result); });
        if (!waitUntil([answer] { return answer->has_value(); }))
            return base::fail(base::ErrorKind::Internal, "answer", "", "did not come");
        return **answer;
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks; // guarded by m_mutex
};

} // namespace vegadesk::tests
