#pragma once

#include "desk/risk_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// The index over time on a ground of the regime in force, and under it the regimes' probabilities, stacked to 1.
class RegimePlot : public Plot
{
    Q_OBJECT

public:
    explicit RegimePlot(const Theme& theme, QWidget* parent = nullptr);

    /// The last `days` dates of the view, all for 0. Draws nothing anew for the same.
    void setView(std::shared_ptr<const desk::RiskView> view, int days);
    std::size_t first() const { return m_first; } ///< of the dates that are drawn

    QSize sizeHint() const override { return {560, 260}; }
    QSize minimumSizeHint() const override { return {240, 92}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    struct Ground {
        QCPItemRect* rect;
        std::size_t regime;
    };
    const desk::RegimeView& regimes() const { return m_view->regimes; }
    bool isDrawn(const desk::RegimeView& other, int days) const;
    void fill();
    void fillGrounds();
    void paintGrounds();

    std::shared_ptr<const desk::RiskView> m_view;
    int m_days = -1;
    std::size_t m_first = 0;
    QCPAxisRect* m_lower;
    QCPGraph* m_close;
    std::vector<QCPGraph*> m_bands; ///< cumulated: of each regime and all calmer ones
    std::vector<Ground> m_grounds;
    std::vector<QCPItemStraightLine*> m_cursors; ///< one an axis rectangle
};

} // namespace vegadesk::ui
