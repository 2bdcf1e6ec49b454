#pragma once

#include "ui/models/staged_order.h"
#include "ui/theme/theme.h"

#include <QAbstractItemDelegate>
#include <QFontMetricsF>
#include <QPersistentModelIndex>

namespace vegadesk::ui
{

/// Paints a chain cell: one ground, one string. Colours and fonts are looked up once a theme, not once a cell.
class ChainDelegate : public QAbstractItemDelegate
{
    Q_OBJECT

public:
    ChainDelegate(const Theme& theme, const StagedOrder& staged, QObject* parent);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

    /// The cell a dragged leg would land on.
    void setDropTarget(const QModelIndex& index) { m_dropTarget = index; }
    void themeChanged();
    /// Of the column of strikes: room for one with what is held of it on both sides.
    int strikeWidth() const;

private:
    const Theme& m_theme;
    const StagedOrder& m_staged;
    QFont m_body, m_strong, m_label;
    double m_baseline = 0; ///< from the top of a row to the text's baseline
    QColor m_text, m_dim, m_faint, m_accent, m_selection, m_raised, m_panel, m_inTheMoney, m_gain, m_loss, m_warning;
    std::array<QColor, 3> m_flash{}; ///< faintest first
    QPersistentModelIndex m_dropTarget;
};

} // namespace vegadesk::ui
