#pragma once

#include "ui/models/chain_model.h"
#include "ui/models/staged_order.h"
#include "ui/theme/theme.h"

#include <QTableView>

#include <vector>

namespace vegadesk::ui
{

class ChainDelegate;

/// How a gesture changes the staged order.
enum class Staging : std::uint8_t {
    Set,  ///< one contract in the direction of the price, whatever was staged before
    More, ///< one more in that direction
    Less  ///< one back towards none
};

/// The table of the chain: says what was asked for by mouse and keyboard, and draws the empty state.
///   click a bid or an ask             one leg; with Ctrl one more, with Ctrl+Shift one less
///   drag a staged cell up or down     rolls the leg to another strike
///   B, S                              buys, sells the current cell's contract; + and − change its size, Del drops it
///   [ and ]                           previous and next expiration
class ChainTable : public QTableView
{
    Q_OBJECT

public:
    ChainTable(ChainModel& model, const Theme& theme, const StagedOrder& staged, QWidget* parent);

    /// Fields shown on both sides. Bid and ask always are.
    void setFields(const std::vector<ChainField>& fields);
    const std::vector<ChainField>& fields() const { return m_fields; }
    void setEmptyText(const QString& text);
    void themeChanged();

Q_SIGNALS:
    void staged(const QModelIndex& cell, bool isBuy, vegadesk::ui::Staging how);
    void dropped(const QModelIndex& cell);
    void rolled(const QModelIndex& from, const QModelIndex& to);
    void expirationStepped(int step);

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    bool isStagedCell(const QModelIndex& index) const;
    QModelIndex rollTarget(QPoint position) const;
    void endDrag();

    ChainModel& m_model;
    const Theme& m_theme;
    const StagedOrder& m_staged;
    ChainDelegate* m_delegate;
    std::vector<ChainField> m_fields;
    QString m_emptyText;
    QPersistentModelIndex m_pressed;
    QPoint m_pressedAt;
    bool m_isDragging = false;
};

} // namespace vegadesk::ui
