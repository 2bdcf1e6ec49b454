#include "ui/panels/cell_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QWidget>

namespace vegadesk::ui
{

CellDelegate::CellDelegate(const Theme& theme, QObject* parent) : QStyledItemDelegate(parent), m_theme(theme) {}

void CellDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    if (option.state & QStyle::State_Selected)
        painter->fillRect(option.rect, m_theme.color(Role::Selection));
    if (index.data(Qt::CheckStateRole).isValid()) {
        // Where a click on it is looked for.
        QStyleOptionViewItem tick(option);
        initStyleOption(&tick, index);
        const QStyle* const style = option.widget ? option.widget->style() : QApplication::style();
        tick.rect = style->subElementRect(QStyle::SE_ItemViewItemCheckIndicator, &tick, option.widget);
        tick.state.setFlag(QStyle::State_On, tick.checkState == Qt::Checked);
        tick.state.setFlag(QStyle::State_HasFocus, false);
        style->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &tick, painter, option.widget);
    }
    const QString words = index.data(Qt::DisplayRole).toString();
    if (words.isEmpty())
        return;
    const QVariant font = index.data(Qt::FontRole), colour = index.data(Qt::ForegroundRole);
    painter->setFont(font.isValid() ? font.value<QFont>() : option.font);
    const bool isEnabled = option.state & QStyle::State_Enabled;
    painter->setPen(!isEnabled         ? m_theme.color(Role::Faint)
                    : colour.isValid() ? colour.value<QColor>()
                                       : m_theme.color(Role::Text));
    const QRect line = option.rect.adjusted(padding, 0, -padding, 0);
    const QFontMetrics metrics = painter->fontMetrics();
    const bool fits = metrics.horizontalAdvance(words) <= line.width();
    const int alignment = index.data(Qt::TextAlignmentRole).toInt();
    painter->drawText(line, (alignment != 0 ? alignment : Qt::AlignVCenter | Qt::AlignLeft) | Qt::TextSingleLine,
                      fits ? words : metrics.elidedText(words, option.textElideMode, line.width()));
}

QSize CellDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QVariant font = index.data(Qt::FontRole);
    const QFontMetrics metrics = font.isValid() ? QFontMetrics(font.value<QFont>()) : option.fontMetrics;
    const int width = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString());
    return {width + 2 * padding, m_theme.rowHeight()};
}

} // namespace vegadesk::ui
