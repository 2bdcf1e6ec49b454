#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QButtonGroup;
class QLabel;
class QStackedWidget;

namespace vegadesk::ui
{

class CandlePlot;

/// The past of the shown underlying: candles, volume, implied and realised volatility, over a span to choose.
class PriceChartPanel : public Panel
{
    Q_OBJECT

public:
    explicit PriceChartPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    QWidget* titleExtras() override;
    /// What refresh() does with the desk's latest chart.
    void show(std::shared_ptr<const desk::ChartView> view);
    using QWidget::show;

private:
    void choose(int span);

    PanelContext m_context;
    std::shared_ptr<const desk::ChartView> m_view;
    QLabel* m_title;
    QLabel* m_empty;
    QButtonGroup* m_spans;
    QStackedWidget* m_stack;
    CandlePlot* m_plot;
};

} // namespace vegadesk::ui
