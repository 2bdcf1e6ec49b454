#pragma once

#include "desk/surface_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// The fitted surface as a heat map: log-moneyness across, expirations down, the nearest on top, each a band of its own.
/// Arbitrage is drawn over it in the warning colour.
class SurfaceMap : public Plot
{
    Q_OBJECT

public:
    explicit SurfaceMap(const Theme& theme, QWidget* parent = nullptr);

    void setSurface(std::shared_ptr<const desk::SurfaceView> view);

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    void fill();
    void markViolations();

    std::shared_ptr<const desk::SurfaceView> m_view;
    std::vector<std::size_t> m_rows; ///< the fitted slices, into m_view->slices
    QCPColorMap* m_map;
    std::vector<QCPItemLine*> m_violations;
    QCPItemRect* m_frame;
};

} // namespace vegadesk::ui
