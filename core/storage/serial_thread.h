#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <type_traits>

namespace vegadesk::storage
{

/// One thread that runs what is posted, in order. The end of its life runs what still waits, then joins.
class SerialThread
{
public:
    /// `name` shows in debuggers and top; the system keeps its first 15 characters.
    explicit SerialThread(const std::string& name);
    ~SerialThread();
    SerialThread(const SerialThread&) = delete;
    SerialThread& operator=(const SerialThread&) = delete;

    void post(std::function<void()> task);
    /// Runs `task` there and waits for its answer. Never from the thread itself: it would wait for itself.
    template<class Task>
    std::invoke_result_t<Task> run(Task task)
    {
        std::promise<std::invoke_result_t<Task>> answer;
        post([&answer, &task] { answer.set_value(task()); });
        return answer.get_future().get();
    }

private:
    void loop();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<std::function<void()>> m_tasks; // guarded by m_mutex, as is the next
    bool m_isEnding = false;
    std::thread m_thread;
};

} // namespace vegadesk::storage
