#pragma once

#include "desk/views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace vegadesk::ui
{

/// Implied volatility over strikes, a line an expiration, with the range between bid and ask of each strike. The one
/// that the chain shows is drawn stronger and on top; the legend has rows of its own above the lines.
class SmilePlot : public Plot
{
    Q_OBJECT

public:
    enum class Axis : std::uint8_t { Strike, LogMoneyness };

    explicit SmilePlot(const Theme& theme, QWidget* parent = nullptr);

    void setSmiles(std::shared_ptr<const desk::SmileView> view);
    void setAxis(Axis axis);

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 72}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Curve {
        QCPGraph* line = nullptr;
        QCPErrorBars* whiskers = nullptr;
    };
    struct Spot {
        std::size_t smile = 0, point = 0;
    };
    void matchCurves(std::size_t count);
    void fill();
    void fitAxes();
    void colourCurve(std::size_t index);
    void wrapLegend();
    double x(const desk::SmilePoint& point) const;
    std::optional<Spot> nearest(const QPointF& pixel) const;

    std::shared_ptr<const desk::SmileView> m_view;
    Axis m_axis = Axis::Strike;
    std::vector<Curve> m_curves;
    QCPGraph* m_marker;
    QCPItemText* m_readOut;
};

} // namespace vegadesk::ui
