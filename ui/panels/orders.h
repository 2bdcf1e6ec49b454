#pragma once

#include "ui/panels/panel.h"

class QPushButton;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class OrdersModel;

/// The session's orders, and the way to cancel them.
class OrdersPanel : public Panel
{
    Q_OBJECT

public:
    explicit OrdersPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// Orders that may still fill.
    QString titleCount() const override;

private:
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
    QPushButton *m_cancel, *m_cancelAll, *m_over;
};

} // namespace vegadesk::ui
