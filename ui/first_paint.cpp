#include "ui/first_paint.h"

#include "ui/panels/option_chain.h"

#include <QEvent>
#include <QTableView>

#include <cmath>

namespace vegadesk::ui
{

FirstPaint::FirstPaint(OptionChainPanel& panel, QObject* parent) : QObject(parent), m_panel(&panel)
{
    if (auto* const table = panel.findChild<QTableView*>(QStringLiteral("chain_view")))
        table->viewport()->installEventFilter(this);
}

bool FirstPaint::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Paint && !m_isOver && showsQuotes()) {
        m_isOver = true;
        // This comes before the painting; what is queued comes after it.
        QMetaObject::invokeMethod(this, &FirstPaint::painted, Qt::QueuedConnection);
    }
    return QObject::eventFilter(watched, event);
}

bool FirstPaint::showsQuotes() const
{
    if (!m_panel)
        return false;
    const ChainModel& model = m_panel->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        if (std::isfinite(model.row(row).call.ask) || std::isfinite(model.row(row).put.ask))
            return true;
    }
    return false;
}

} // namespace vegadesk::ui
