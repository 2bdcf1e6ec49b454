#pragma once

#include "ui/panels/panel.h"

class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class AlertsModel;

/// What rules and positions have said, newest first, and the way to the rules.
///   Ctrl+C    copies the selected lines
class AlertsPanel : public Panel
{
    Q_OBJECT

public:
    explicit AlertsPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(const desk::AlertsView& view);
    QString titleCount() const override; ///< those that nobody has marked as seen

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void copy() const;

    PanelContext m_context;
    std::uint64_t m_version = 0;
    QStackedLayout* m_pages;
    AlertsModel* m_model;
    QTableView* m_view;
    QLabel *m_empty, *m_webhook;
    QPushButton *m_seen, *m_copy;
};

} // namespace vegadesk::ui
