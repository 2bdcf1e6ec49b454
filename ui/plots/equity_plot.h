#pragma once

#include "desk/backtest_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// Equity of one or more backtests over time, and under it the drawdown of the chosen one.
class EquityPlot : public Plot
{
    Q_OBJECT

public:
    using Report = std::shared_ptr<const desk::BacktestReport>;

    explicit EquityPlot(const Theme& theme, QWidget* parent = nullptr);

    /// `chosen` is drawn strong and with its drawdown, the others faint. Null clears it.
    void setReports(const Report& chosen, const std::vector<Report>& others);

    QSize sizeHint() const override { return {640, 320}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    Report m_chosen;
    QCPAxisRect* m_lower;
    QCPGraph* m_equity;
    QCPGraph* m_drawdown;
    std::vector<QCPGraph*> m_others;
    QCPItemText* m_equityTitle;
    QCPItemText* m_drawdownTitle;
    QCPItemStraightLine* m_cursor;
    QCPItemText* m_readOut;
};

} // namespace vegadesk::ui
