#pragma once

#include "ui/panels/panel.h"

class QLabel;
class QListWidget;
class QTableView;

namespace vegadesk::ui
{

class ConnectionsModel;

/// How each way to the broker does, when the books were last compared, and what came that could not be read.
class ConnectionsPanel : public Panel
{
    Q_OBJECT

public:
    explicit ConnectionsPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    QString titleCount() const override;
    /// What refresh() does with the desk's view.
    void show(const desk::ConnectionsView& view);
    using QWidget::show;

private:
    PanelContext m_context;
    ConnectionsModel* m_model;
    QTableView* m_table;
    QLabel *m_reconciled, *m_clock, *m_heading;
    QListWidget* m_quarantined;
    std::uint64_t m_quarantinedCount = 0;
};

} // namespace vegadesk::ui
