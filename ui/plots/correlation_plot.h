#pragma once

#include "desk/dispersion_view.h"
#include "ui/plots/plot.h"

#include <memory>

namespace vegadesk::ui
{

/// Implied against realised correlation over the days, and where implied correlation is now.
class CorrelationPlot : public Plot
{
    Q_OBJECT

public:
    explicit CorrelationPlot(const Theme& theme, QWidget* parent = nullptr);

    /// The last `days` of the view's history, all for 0. Draws nothing anew for what would look the same.
    void setView(std::shared_ptr<const desk::DispersionView> view, int days);
    std::size_t first() const { return m_first; } ///< of the history's days that are drawn

    QSize sizeHint() const override { return {480, 220}; }
    QSize minimumSizeHint() const override { return {220, 92}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    void fill();
    void fitRange();

    std::shared_ptr<const desk::DispersionView> m_view;
    int m_days = -1;
    std::size_t m_first = 0;
    QCPGraph *m_proxy, *m_realised, *m_exact;
    QCPGraph* m_now; ///< one point
    QCPItemStraightLine* m_cursor;
};

} // namespace vegadesk::ui
