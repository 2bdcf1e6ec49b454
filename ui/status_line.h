#pragma once

#include "desk/views.h"
#include "ui/frame_timer.h"
#include "ui/theme/theme.h"

#include <QFrame>

class QLabel;
class QHBoxLayout;

namespace vegadesk::ui
{

/// Source of data, symbols and events a second, frame time, last reconciliation, New York time.
class StatusLine : public QFrame
{
    Q_OBJECT

public:
    explicit StatusLine(QWidget* parent);

    void show(const desk::StatusView& status, const desk::TradingView& trading, const FrameTimer::Stats& frames);
    using QWidget::show;

private:
    QLabel* add(QHBoxLayout& layout, const char* objectName, const QString& help);
    QLabel* m_source;
    QLabel* m_state;
    QLabel* m_events;
    QLabel* m_frame;
    QLabel* m_reconciled;
    QLabel* m_time;
};

} // namespace vegadesk::ui
