#include "storage/serial_thread.h"

#include <pthread.h>

namespace vegadesk::storage
{

SerialThread::SerialThread(const std::string& name) : m_thread([this] { loop(); })
{
    pthread_setname_np(m_thread.native_handle(), name.substr(0, 15).c_str());
}

SerialThread::~SerialThread()
{
    {
        const std::scoped_lock lock(m_mutex);
        m_isEnding = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

void SerialThread::post(std::function<void()> task)
{
    {
        const std::scoped_lock lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    m_wake.notify_one();
}

void SerialThread::loop()
{
    while (true) {
        std::function<void()> task;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_isEnding || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            task = std::move(m_tasks.front());
            m_tasks.pop_front();
        }
        task();
    }
}

} // namespace vegadesk::storage
