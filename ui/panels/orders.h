#pragma once

#include "ui/panels/panel.h"

#include <QPersistentModelIndex>

class QPushButton;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class ChangeBar;
class OrdersModel;

/// The session's orders, and the way to change and cancel them. A working order's price moves by plus and minus, and by
/// dragging its limit up and down.
class OrdersPanel : public Panel
{
    Q_OBJECT

public:
    explicit OrdersPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// Orders that may still fill.
    QString titleCount() const override;

protected:
    /// Of the table's viewport: a drag that begins on a limit.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Drag {
        QPersistentModelIndex order; ///< new orders come in above it; invalid: none
        QPoint from;
        int ticks = 0; ///< taken so far
        bool isOn = false;
    };
    void changeSelected(int ticks);
    void dragTo(const QPoint& at);
    void cancelSelected();
    void cancelAll();
    void declareSelectedOver();
    void showMenu(const QPoint& at);
    void stageAgain(int row);
    void drawButtons();
    int selectedRow() const;

    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    QStackedLayout* m_pages;
    OrdersModel* m_model;
    QTableView* m_view;
    QPushButton *m_change, *m_cancel, *m_cancelAll, *m_over;
    ChangeBar* m_bar;
    Drag m_drag;
};

} // namespace vegadesk::ui
