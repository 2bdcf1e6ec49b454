#include "ui/panels/watch_delegate.h"

#include "ui/models/watch_model.h"
#include "ui/theme/format.h"

#include <QPainter>

namespace vegadesk::ui
{

void WatchDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const auto* const model = static_cast<const WatchModel*>(index.model());
    const desk::WatchRow& row = model->row(index.row());
    const bool isSelected = option.state & QStyle::State_Selected;
    painter->fillRect(option.rect, m_theme.color(isSelected ? Role::Selection : Role::Panel));
    QColor color = m_theme.color(Role::Text);
    if (index.column() != WatchModel::Symbol && row.isStale)
        color = m_theme.color(Role::Faint);
    else if (index.column() == WatchModel::Change)
        color = m_theme.signColor(100 * row.changeFraction);
    painter->setPen(color);
    painter->setFont(m_theme.bodyFont());
    const auto alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>();
    const QRect room = option.rect.adjusted(around / 2, 0, -around / 2, 0);
    QString words = index.data().toString();
    const QFontMetrics metrics = painter->fontMetrics();
    // Half a price is a wrong price.
    if (metrics.horizontalAdvance(words) > room.width())
        words = index.column() == WatchModel::Symbol ? metrics.elidedText(words, Qt::ElideRight, room.width())
                                                     : QStringLiteral("…");
    painter->drawText(room, static_cast<int>(alignment) | Qt::TextSingleLine, words);
}

QSize WatchDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    Q_UNUSED(option)
    const QFontMetrics metrics(m_theme.bodyFont());
    return {metrics.horizontalAdvance(index.data().toString()) + around, m_theme.rowHeight()};
}

} // namespace vegadesk::ui
