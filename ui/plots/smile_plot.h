#pragma once

#include "desk/surface_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <optional>
#include <vector>

namespace vegadesk::ui
{

/// Implied volatility over strikes: the fitted curve of an expiration, and the range between bid and ask of each strike.
/// The expiration that the chain shows is drawn stronger and on top, with those next to it in time; the legend has rows
/// of its own above the lines.
class SmilePlot : public Plot
{
    Q_OBJECT

public:
    enum class Axis : std::uint8_t { Strike, LogMoneyness };

    explicit SmilePlot(const Theme& theme, QWidget* parent = nullptr);

    void setSurface(std::shared_ptr<const desk::SurfaceView> view);
    void setAxis(Axis axis);

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    struct Curve {
        QCPGraph* line = nullptr;   ///< the fit, or from mid to mid where there is none
        QCPGraph* quotes = nullptr; ///< the mids, for the whiskers to stand on
        QCPErrorBars* whiskers = nullptr;
    };
    struct Spot {
        std::size_t shown = 0, point = 0;
    };
    void chooseShown();
    const desk::SurfaceSlice& slice(std::size_t shown) const { return m_view->slices[m_shown[shown]]; }
    bool isSelected(std::size_t shown) const { return m_shown[shown] == m_view->selected; }
    void matchCurves(std::size_t count);
    void fill();
    void fitAxes();
    void colourCurve(std::size_t index);
    double x(const desk::SmilePoint& point) const;
    std::optional<Spot> nearest(const QPointF& pixel) const;

    std::shared_ptr<const desk::SurfaceView> m_view;
    std::vector<std::size_t> m_shown; ///< into m_view->slices, ascending
    Axis m_axis = Axis::Strike;
    std::vector<Curve> m_curves;
    QCPGraph* m_marker;
};

} // namespace vegadesk::ui
