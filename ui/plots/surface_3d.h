#pragma once

#include "desk/surface_views.h"
#include "ui/theme/theme.h"

#include <QWidget>

#include <array>
#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// The fitted surface as a body: log-moneyness, time and volatility. Drag or arrow keys turn it, a double click or Home
/// turns it back. Drawn with QPainter, far quads first.
class Surface3d : public QWidget
{
    Q_OBJECT

public:
    explicit Surface3d(const Theme& theme, QWidget* parent = nullptr);

    void setSurface(std::shared_ptr<const desk::SurfaceView> view);
    double azimuth() const { return m_azimuth; }
    double elevation() const { return m_elevation; }

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// In the unit cube about the origin: moneyness, square root of time, volatility.
    struct Corner {
        double x = 0, y = 0, z = 0;
    };
    /// A place on the widget and its distance: greater is nearer.
    struct Seen {
        QPointF at;
        double depth = 0;
    };
    struct Quad {
        std::array<Corner, 4> corners;
        double level = 0;
    };
    void rebuild();
    void turn(double azimuth, double elevation);
    Seen seen(const Corner& corner) const;
    Corner corner(std::size_t row, double moneyness, double iv) const;
    void paintFrame(QPainter& painter) const;
    void paintViolations(QPainter& painter) const;

    const Theme& m_theme;
    std::shared_ptr<const desk::SurfaceView> m_view;
    std::vector<std::size_t> m_rows; ///< the fitted slices, into m_view->slices
    std::vector<Quad> m_quads;
    double m_low = 0, m_high = 1; ///< of the volatility
    double m_azimuth, m_elevation;
    QPointF m_grip;
};

} // namespace vegadesk::ui
