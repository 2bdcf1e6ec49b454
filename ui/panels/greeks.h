#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QLabel;
class QTableView;

namespace vegadesk::ui
{

class GreeksModel;

/// The Greeks of the portfolio, of each underlying, and of the staged order, by the model that the chain's picker says.
class GreeksPanel : public Panel
{
    Q_OBJECT

public:
    explicit GreeksPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// The model, behind the title.
    QString titleCount() const override;
    /// What refresh() does with the desk's latest views; `ticket` null or without legs: nothing is staged.
    void show(const desk::TradingView& trading, const desk::TicketView* ticket, const desk::GreeksView& greeks);
    using QWidget::show;

private:
    PanelContext m_context;
    std::shared_ptr<const desk::TradingView> m_trading;
    std::shared_ptr<const desk::TicketView> m_ticket;
    std::shared_ptr<const desk::GreeksView> m_greeks;
    GreeksModel* m_model;
    QTableView* m_view;
    QLabel* m_origin;
};

} // namespace vegadesk::ui
