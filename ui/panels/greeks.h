#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QTableView;

namespace vegadesk::ui
{

class GreeksModel;

/// The Greeks of the portfolio, of each underlying, and of the staged order.
class GreeksPanel : public Panel
{
    Q_OBJECT

public:
    explicit GreeksPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;

private:
    PanelContext m_context;
    std::shared_ptr<const desk::TradingView> m_trading;
    std::shared_ptr<const desk::TicketView> m_ticket;
    GreeksModel* m_model;
    QTableView* m_view;
};

} // namespace vegadesk::ui
