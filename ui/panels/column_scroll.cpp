#include "ui/panels/column_scroll.h"

#include <QEvent>
#include <QScrollBar>

#include <algorithm>

namespace vegadesk::ui
{

ColumnScroll::ColumnScroll(QWidget* content, QWidget* parent) : QScrollArea(parent)
{
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

QSize ColumnScroll::minimumSizeHint() const
{
    const int width = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
    constexpr int leastHeight = 48; // two lines, or what stands beside it would have to give way
    return {width, std::min(leastHeight, QScrollArea::minimumSizeHint().height())};
}

bool ColumnScroll::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

} // namespace vegadesk::ui
