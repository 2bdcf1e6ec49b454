#include "ui/panels/column_fitter.h"

#include <QAbstractItemModel>
#include <QEvent>
#include <QHeaderView>
#include <QTimer>

#include <algorithm>

namespace vegadesk::ui
{

ColumnFitter::ColumnFitter(QAbstractItemView& view, QHeaderView& header, std::initializer_list<int> leaving)
    : QObject(&view), m_view(view), m_header(header), m_leaving(leaving), m_due(new QTimer(this))
{
    header.setStretchLastSection(false);
    header.setSectionResizeMode(QHeaderView::Fixed);
    view.viewport()->installEventFilter(this);
    view.installEventFilter(this);
    // One fit for all that changes at once.
    m_due->setSingleShot(true);
    m_due->setInterval(0);
    connect(m_due, &QTimer::timeout, this, &ColumnFitter::fit);
    const auto fitLater = [this] { m_due->start(); };
    const QAbstractItemModel* const model = view.model();
    connect(model, &QAbstractItemModel::modelReset, this, fitLater);
    connect(model, &QAbstractItemModel::rowsInserted, this, fitLater);
    connect(model, &QAbstractItemModel::dataChanged, this, fitLater);
}

int ColumnFitter::widthOf(int column)
{
    const int needed = std::max(m_view.sizeHintForColumn(column), m_header.sectionSizeHint(column));
    int& widest = m_widest[column];
    widest = std::max(widest, needed);
    return widest;
}

void ColumnFitter::fit()
{
    const int room = m_view.viewport()->width();
    int needed = 0;
    for (int column = 0; column < m_header.count(); ++column)
        needed += widthOf(column);
    std::vector<bool> isGone(static_cast<std::size_t>(m_header.count()));
    QStringList gone;
    for (const int column : m_leaving) {
        if (needed <= room)
            break;
        needed -= m_widest[column];
        isGone[static_cast<std::size_t>(column)] = true;
        gone << m_view.model()->headerData(column, Qt::Horizontal).toString();
    }
    for (int column = 0; column < m_header.count(); ++column) {
        m_header.setSectionHidden(column, isGone[static_cast<std::size_t>(column)]);
        const int spare = column == 0 ? std::max(0, room - needed) : 0;
        m_header.resizeSection(column, m_widest[column] + spare);
    }
    m_header.setToolTip(gone.isEmpty() ? QString()
                                       : tr("Wider, the table shows too: %1").arg(gone.join(QStringLiteral(", "))));
}

bool ColumnFitter::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_view.viewport() && event->type() == QEvent::Resize)
        fit();
    if (watched == &m_view && event->type() == QEvent::FontChange) {
        m_widest.clear();
        m_due->start();
    }
    return QObject::eventFilter(watched, event);
}

} // namespace vegadesk::ui
