#pragma once

#include "ui/panels/panel.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

#include <array>
#include <functional>
#include <vector>

namespace vegadesk::ui
{

/// The one clock of the window: at most 60 frames a second, each re-armed after its work and painting are done, so
/// that a slow machine draws less often instead of falling behind. Every panel has its own period; a hidden one none.
///
/// A frame's time runs from its first refresh to the end of the painting it caused; frames without work do not count.
class FrameTimer : public QObject
{
    Q_OBJECT

public:
    static constexpr int frameMs = 16;

    struct Stats {
        std::uint64_t frames = 0;                 ///< with work, since the start or resetStats()
        double p50Ms = 0, p99Ms = 0, worstMs = 0; ///< of the last 1024
    };

    explicit FrameTimer(QObject* parent = nullptr);

    void add(Panel* panel, int periodMs);
    /// Runs `work` while `widget` is visible.
    void add(QWidget* widget, int periodMs, std::function<void()> work);
    /// A panel behind another tab is "visible" to Qt but not to anybody else.
    void setCovered(QWidget* widget, bool isCovered);

    void start();
    void stop();
    /// Refreshes what is visible now, whatever its period, without touching the statistics.
    void refreshNow();

    Stats stats() const;
    void resetStats();

protected:
    bool event(QEvent* event) override;

private:
    struct Entry {
        QPointer<QWidget> widget;
        int periodMs = 0;
        std::function<void()> work;
        qint64 lastMs = 0;
        bool isCovered = false;
        bool hasRun = false; ///< since it became visible: what was hidden is drawn at once
    };
    static bool isShown(const Entry& entry);
    void frame();
    void painted();

    std::vector<Entry> m_entries;
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_frameStartedNs = 0;
    bool m_isRunning = false;
    std::array<float, 1024> m_times{};
    std::uint64_t m_frames = 0;
};

} // namespace vegadesk::ui
