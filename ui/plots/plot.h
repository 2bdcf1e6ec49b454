#pragma once

#include "ui/plots/qcp.h"
#include "ui/theme/theme.h"

#include <functional>

namespace vegadesk::ui
{

/// A plot in the theme's colours that is drawn only while it can be seen. What follows the mouse lives on its own
/// layer, so that moving it does not draw the curves again.
class Plot : public QCustomPlot
{
    Q_OBJECT

public:
    explicit Plot(const Theme& theme, QWidget* parent = nullptr);

protected:
    using Label = std::function<QString(double)>;

    const Theme& theme() const { return m_theme; }
    /// Axis numbers by format.h instead of QCustomPlot's own; about `count` of them.
    void setLabels(QCPAxis& axis, Label label, int count);
    /// In the next turn of the event loop, or when the plot is shown.
    void requestReplot();
    /// Colours and fonts of what the subclass drew; called at the start and after every change of theme.
    virtual void restyle() = 0;
    /// The mouse is at this pixel of an axis rectangle; return false to hide the read-out.
    virtual bool hover(const QPointF& pixel) = 0;
    /// The layer for what hover() moves.
    QCPLayer* hoverLayer() const { return m_hoverLayer; }
    /// For what keys choose; the mouse shows and hides it by hover().
    void showHover(bool isOn);
    /// The words of hover(), in the axis rectangle's upper left corner; made by the first call.
    QCPItemText& readOut();
    /// Gives the legend rows of its own above the axes, so that it lies over no curve: as many as its names need.
    void putLegendAbove();
    /// After names came, went or changed.
    void wrapLegend();

    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    void restyleAll();
    void styleReadOut();

    const Theme& m_theme;
    QCPLayer* m_hoverLayer = nullptr;
    QCPItemText* m_readOut = nullptr;
    bool m_isLegendAbove = false;
    bool m_isOutdated = true;
    bool m_isStyled = false;
};

/// `colour` at that opacity, 0 to 1: paler shades made of roles.
QColor wash(QColor colour, double opacity);

} // namespace vegadesk::ui
