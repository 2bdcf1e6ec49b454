#pragma once

#include <QMetaObject>
#include <QObject>
#include <QString>
#include <QThread>

#include <concepts>
#include <utility>

namespace vegadesk::desk
{

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
        QMetaObject::invokeMethod(
            m_worker, [worker = m_worker, call = std::move(call)]() mutable { call(*worker); }, Qt::QueuedConnection);
    }
    /// For signal connections only; its methods belong to its thread.
    Worker* object() const { return m_worker; }

private:
    QThread m_thread;
    Worker* m_worker; // freed by its thread's finished()
};

} // namespace vegadesk::desk
