#pragma once

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace vegadesk::ui
{

/// A cell is one line of text under its header's: no icon, no focus frame, and cheaper to draw than the style's.
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    static constexpr int padding = 7; ///< of the header in Theme's style sheet

    explicit CellDelegate(const Theme& theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

protected:
    const Theme& theme() const { return m_theme; }

private:
    const Theme& m_theme;
};

} // namespace vegadesk::ui
