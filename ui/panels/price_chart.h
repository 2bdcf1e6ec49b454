#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;

namespace vegadesk::ui
{

class CandlePlot;
class ChangeBar;

/// The past of the shown underlying, or of one of its contracts that is held or worked: candles, volume, implied and realised
/// volatility, over a span to choose. What works there and what was paid are lines; a working order's is dragged to another
/// price, which is sent when a person says so, as in the list of orders.
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
    /// The underlying, and its contracts that are held or worked alone.
    void offerSymbols();
    void drawLines();
    void drag(const std::string& order, bool isTrigger, double price);

    PanelContext m_context;
    std::shared_ptr<const desk::ChartView> m_view;
    std::string m_underlying;
    QComboBox* m_symbols;
    QLabel* m_title;
    QLabel* m_empty;
    QButtonGroup* m_spans;
    QStackedWidget* m_stack;
    CandlePlot* m_plot;
    ChangeBar* m_bar;
};

} // namespace vegadesk::ui
