#pragma once

#include "ui/theme/theme.h"

#include <QAbstractItemDelegate>

namespace vegadesk::ui
{

/// Paints a watchlist cell; the change in the colour of its sign, stale prices faint.
class WatchDelegate : public QAbstractItemDelegate
{
    Q_OBJECT

public:
    static constexpr int around = 16; ///< of a cell's words, left and right together

    WatchDelegate(const Theme& theme, QObject* parent) : QAbstractItemDelegate(parent), m_theme(theme) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const Theme& m_theme;
};

} // namespace vegadesk::ui
