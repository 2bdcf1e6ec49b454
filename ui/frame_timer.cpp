#include "ui/frame_timer.h"

#include <QCoreApplication>
#include <QEvent>

#include <algorithm>
#include <cmath>
#include <span>

namespace vegadesk::ui
{

namespace
{
QEvent::Type paintedEvent()
{
    static const auto type = static_cast<QEvent::Type>(QEvent::registerEventType());
    return type;
}
} // namespace

FrameTimer::FrameTimer(QObject* parent) : QObject(parent)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &FrameTimer::frame);
}

void FrameTimer::add(Panel* panel, int periodMs)
{
    add(panel, periodMs, [panel] { panel->refresh(); });
}

void FrameTimer::add(QWidget* widget, int periodMs, std::function<void()> work)
{
    m_entries.push_back({widget, periodMs, std::move(work), 0, false, false});
}

void FrameTimer::setCovered(QWidget* widget, bool isCovered)
{
    for (Entry& entry : m_entries)
        if (entry.widget == widget)
            entry.isCovered = isCovered;
}

void FrameTimer::start()
{
    m_isRunning = true;
    m_timer.start(0);
}

void FrameTimer::stop()
{
    m_isRunning = false;
    m_timer.stop();
}

bool FrameTimer::isShown(const Entry& entry)
{
    return entry.widget && !entry.isCovered && entry.widget->isVisible() && !entry.widget->window()->isMinimized();
}

void FrameTimer::refreshNow()
{
    for (std::size_t index = 0; index < m_entries.size(); ++index)
        if (isShown(m_entries[index])) {
            m_entries[index].hasRun = true;
            m_entries[index].work();
        }
}

void FrameTimer::frame()
{
    m_frameStartedNs = m_clock.nsecsElapsed();
    const qint64 nowMs = m_frameStartedNs / 1'000'000;
    bool hasWorked = false;
    // By index: a refresh may show a dialog that adds its own entry.
    for (std::size_t index = 0; index < m_entries.size(); ++index) {
        Entry& entry = m_entries[index];
        if (!isShown(entry)) {
            entry.hasRun = false;
            continue;
        }
        if (entry.hasRun && nowMs - entry.lastMs < entry.periodMs)
            continue;
        entry.hasRun = true;
        entry.lastMs = nowMs;
        hasWorked = true;
        const auto work = entry.work;
        work();
    }
    std::erase_if(m_entries, [](const Entry& entry) { return entry.widget.isNull(); });
    if (!hasWorked) {
        if (m_isRunning)
            m_timer.start(frameMs);
        return;
    }
    // Paint requests wait in the queue at low priority; an event behind them marks the end of the painting.
    QCoreApplication::postEvent(this, new QEvent(paintedEvent()), Qt::LowEventPriority);
}

void FrameTimer::painted()
{
    const qint64 spentNs = m_clock.nsecsElapsed() - m_frameStartedNs;
    m_times[m_frames % m_times.size()] = static_cast<float>(static_cast<double>(spentNs) / 1e6);
    ++m_frames;
    if (m_isRunning)
        m_timer.start(static_cast<int>(std::max<qint64>(1, frameMs - spentNs / 1'000'000)));
}

bool FrameTimer::event(QEvent* event)
{
    if (event->type() == paintedEvent()) {
        painted();
        return true;
    }
    return QObject::event(event);
}

FrameTimer::Stats FrameTimer::stats() const
{
    Stats stats;
    stats.frames = m_frames;
    const std::size_t count = std::min<std::size_t>(m_frames, m_times.size());
    if (count == 0)
        return stats;
    std::vector<float> sorted(m_times.begin(), m_times.begin() + static_cast<std::ptrdiff_t>(count));
    std::ranges::sort(sorted);
    const auto at = [&sorted](double share) {
        return static_cast<double>(
            sorted[static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()))) - 1]);
    };
    stats.p50Ms = at(0.50);
    stats.p99Ms = at(0.99);
    stats.worstMs = static_cast<double>(sorted.back());
    return stats;
}

void FrameTimer::resetStats()
{
    m_frames = 0;
}

} // namespace vegadesk::ui
