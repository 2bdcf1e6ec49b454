#pragma once

#include "desk/views.h"
#include "ui/frame_timer.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;

namespace vegadesk::ui
{

class ElidedLabel;

/// Source of data, symbols and events a second, frame time, orders left, last reconciliation, New York time.
class StatusLine : public QFrame
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent);

    void show(const desk::StatusView& status, const desk::TradingView& trading, const FrameTimer::Stats& frames);
    using QWidget::show;

private:
    QLabel* add(QHBoxLayout& layout, const char* objectName, const QString& help);
    ElidedLabel* addElided(QHBoxLayout& layout, const char* objectName, const QString& help);
    static void put(QHBoxLayout& layout, QLabel& label, const char* objectName);
    ElidedLabel *m_source, *m_state;
    QLabel *m_events, *m_frame, *m_orders, *m_reconciled, *m_clock, *m_time;
};

} // namespace vegadesk::ui
