#pragma once

#include <QMetaObject>
#include <QObject>
#include <QString>
#include <QThread>

#include <atomic>
#include <concepts>
#include <functional>
#include <utility>

namespace vegadesk::desk
{

/// A worker that wants to run what is posted to it itself, to catch what it throws.
template<class Worker>
concept Guarded = requires(Worker& worker, const std::function<void()>& work) { worker.guarded(work); };

/// A worker and the thread it lives on, with one lifetime. post() is the only way in.
template<std::derived_from<QObject> Worker>
class OwnThread
{
public:
    template<class... Args>
    explicit OwnThread(const QString& name, Args&&... args) : m_worker(new Worker(std::forward<Args>(args)...))
    {
        m_thread.setObjectName(name); // seen in gdb, perf and top
        m_worker->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.start();
    }
    ~OwnThread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    OwnThread(const OwnThread&) = delete;
    OwnThread& operator=(const OwnThread&) = delete;

    template<std::invocable<Worker&> Call>
    void post(Call call)
    {
        if (m_isEnding)
            return; // the worker is freed with its thread
        auto run = [worker = m_worker, call = std::move(call)]() mutable {
            if constexpr (Guarded<Worker>)
                worker->guarded([&] { call(*worker); });
            else
                call(*worker);
        };
        QMetaObject::invokeMethod(m_worker, std::move(run), Qt::QueuedConnection);
    }
    /// Ends the thread after what it is at; `done` runs on the thread of `context`. What is still posted is dropped.
    void end(QObject* context, std::function<void()> done)
    {
        m_isEnding = true;
        QObject::connect(&m_thread, &QThread::finished, context, std::move(done));
        m_thread.quit();
    }
    /// For signal connections only; its methods belong to its thread.
    Worker* object() const { return m_worker; }

private:
    QThread m_thread;
    std::atomic<bool> m_isEnding = false; ///< posts come from other threads too
    Worker* m_worker;                     // freed by its thread's finished()
};

} // namespace vegadesk::desk
