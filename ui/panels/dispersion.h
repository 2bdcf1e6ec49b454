#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QLabel;
class QLineEdit;
class QStackedLayout;
class QTableView;

namespace vegadesk::ui
{

class CorrelationPlot;
class DispersionModel;
class Segments;

/// Implied against realised correlation of an index's members over time, their weights and volatilities, and what is left of the
/// Greeks that are held in all of them.
class DispersionPanel : public Panel
{
    Q_OBJECT

public:
    explicit DispersionPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(std::shared_ptr<const desk::DispersionView> view);

private:
    QWidget* makeBar();
    QWidget* makeTable();
    void fillPlot();
    void showBasket();
    void takeBasket();

    PanelContext m_context;
    std::shared_ptr<const desk::DispersionView> m_view; ///< never null
    QStackedLayout* m_pages;
    Segments* m_spans;
    QLineEdit* m_basket;
    QLabel *m_problem, *m_now, *m_place, *m_residual, *m_missing;
    CorrelationPlot* m_plot;
    DispersionModel* m_model;
    QTableView* m_table;
};

} // namespace vegadesk::ui
