#include "ui/plots/surface_3d.h"

#include "ui/models/words.h"
#include "ui/plots/plot.h"
#include "ui/plots/surface_range.h"
#include "ui/theme/format.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <tuple>

namespace vegadesk::ui
{

namespace
{
constexpr double startAzimuth = -0.62, startElevation = 0.48, highestElevation = 1.5;
constexpr double radiansPerPixel = 0.008, radiansPerKey = 0.08;
constexpr double fill = 0.60; ///< of the smaller side, for the unit cube
constexpr double flatten = 0.72; ///< the body is lower than wide
constexpr int labelGap = 12;
constexpr std::size_t acrossMost = 48; ///< quads of a row; more are too small to see

double interpolated(const std::vector<double>& xs, const std::vector<double>& ys, double x)
{
    const auto next = static_cast<std::size_t>(std::ranges::lower_bound(xs, x) - xs.begin());
    if (next == 0 || next >= xs.size())
        return next == 0 ? ys.front() : ys.back();
    const double share = (x - xs[next - 1]) / (xs[next] - xs[next - 1]);
    return ys[next - 1] + share * (ys[next] - ys[next - 1]);
}
} // namespace

Surface3d::Surface3d(const Theme& theme, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_azimuth(startAzimuth), m_elevation(startElevation)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::OpenHandCursor);
    setAccessibleName(tr("volatility surface as a body"));
    setToolTip(tr("Drag to turn; a double click turns it back"));
    connect(&m_theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Surface3d::setSurface(std::shared_ptr<const desk::SurfaceView> view)
{
    m_view = std::move(view);
    rebuild();
    update();
}

Surface3d::Corner Surface3d::corner(std::size_t row, double moneyness, double iv) const
{
    const auto& grid = m_view->moneyness;
    const double first = std::sqrt(m_view->slices[m_rows.front()].years);
    const double last = std::sqrt(m_view->slices[m_rows.back()].years);
    const double root = std::sqrt(m_view->slices[m_rows[row]].years);
    return {(moneyness - grid.front()) / (grid.back() - grid.front()) - 0.5,
            last > first ? (root - first) / (last - first) - 0.5 : 0, (std::min(1.0, (iv - m_low) / (m_high - m_low)) - 0.5) * flatten};
}

void Surface3d::rebuild()
{
    m_rows.clear();
    m_quads.clear();
    for (std::size_t i = 0; i < m_view->slices.size(); ++i)
        if (m_view->slices[i].isFitted)
            m_rows.push_back(i);
    if (m_rows.size() < 2 || m_view->moneyness.size() < 2)
        return;
    std::tie(m_low, m_high) = drawnRange(*m_view, m_rows);
    const auto& grid = m_view->moneyness;
    const std::size_t step = std::max<std::size_t>(1, (grid.size() - 1) / acrossMost);
    for (std::size_t row = 0; row + 1 < m_rows.size(); ++row)
        for (std::size_t column = 0; column + step < grid.size(); column += step) {
            const auto iv = [&](std::size_t r, std::size_t c) { return m_view->slices[m_rows[r]].fit[c]; };
            const auto at = [&](std::size_t r, std::size_t c) { return corner(r, grid[c], iv(r, c)); };
            const double mean =
                (iv(row, column) + iv(row, column + step) + iv(row + 1, column) + iv(row + 1, column + step)) / 4;
            m_quads.push_back({{at(row, column), at(row, column + step), at(row + 1, column + step), at(row + 1, column)},
                               (mean - m_low) / (m_high - m_low)});
        }
}

Surface3d::Seen Surface3d::seen(const Corner& corner) const
{
    const double scale = fill * std::min(width() / 1.25, static_cast<double>(height()) * 1.1);
    const double right = corner.x * std::cos(m_azimuth) - corner.y * std::sin(m_azimuth);
    const double away = corner.x * std::sin(m_azimuth) + corner.y * std::cos(m_azimuth);
    const double up = corner.z * std::cos(m_elevation) + away * std::sin(m_elevation);
    return {QPointF(width() / 2.0 + scale * right, height() / 2.0 - scale * up),
            corner.z * std::sin(m_elevation) - away * std::cos(m_elevation)};
}

void Surface3d::paintFrame(QPainter& painter) const
{
    const double floor = -0.5 * flatten;
    const std::array<Corner, 4> base{{{-0.5, -0.5, floor}, {0.5, -0.5, floor}, {0.5, 0.5, floor}, {-0.5, 0.5, floor}}};
    painter.setPen(QPen(m_theme.color(Role::Line), 1));
    for (std::size_t i = 0; i < base.size(); ++i)
        painter.drawLine(seen(base[i]).at, seen(base[(i + 1) % base.size()]).at);

    painter.setFont(m_theme.labelFont());
    painter.setPen(m_theme.color(Role::Faint));
    const QFontMetrics metrics(painter.font());
    // Labels stand outside the base, away from its centre.
    const QPointF centre = seen({0, 0, floor}).at;
    const auto say = [&](const Corner& where, const QString& words) {
        const QPointF at = seen(where).at;
        const QPointF out = at - centre;
        const double length = std::max(1.0, std::hypot(out.x(), out.y()));
        QRectF box(0, 0, metrics.horizontalAdvance(words) + 2, metrics.height());
        box.moveCenter(at + out / length * (labelGap + box.width() / 2));
        // What the widget's edge would cut is moved inside.
        box.moveLeft(std::clamp(box.left(), 0.0, std::max(0.0, width() - box.width())));
        box.moveTop(std::clamp(box.top(), 0.0, std::max(0.0, height() - box.height())));
        painter.drawText(box, Qt::AlignCenter, words);
    };
    const auto& grid = m_view->moneyness;
    const double nearSide = seen({0, -0.5, floor}).depth >= seen({0, 0.5, floor}).depth ? -0.5 : 0.5;
    const double sideways = seen({-0.5, 0, floor}).depth >= seen({0.5, 0, floor}).depth ? -0.5 : 0.5;
    for (const double share : {0.25, 0.5, 0.75})
        say({share - 0.5, nearSide, floor},
            signedPercent(std::expm1(grid.front() + share * (grid.back() - grid.front())), 0));
    for (const std::size_t row : {std::size_t{0}, m_rows.size() / 2, m_rows.size() - 1}) {
        Corner where = corner(row, grid.front(), m_low);
        where.x = sideways;
        where.z = floor;
        say(where, shortDateText(m_view->slices[m_rows[row]].date));
    }
    painter.drawText(rect().adjusted(6, 4, -6, -4), Qt::AlignLeft | Qt::AlignTop,
                     tr("IV %1 to %2 and above").arg(percent(m_low), percent(m_high)));
}

void Surface3d::paintViolations(QPainter& painter) const
{
    painter.setPen(QPen(m_theme.color(Role::Live), 2.5));
    const auto mark = [&](std::size_t slice, const desk::MoneynessRange& where) {
        const auto row = static_cast<std::size_t>(std::ranges::find(m_rows, slice) - m_rows.begin());
        if (row == m_rows.size())
            return;
        const desk::SurfaceSlice& one = m_view->slices[slice];
        QPolygonF line;
        constexpr int pieces = 12;
        for (int i = 0; i <= pieces; ++i) {
            const double k = where.from + (where.to - where.from) * i / pieces;
            line << seen(corner(row, k, interpolated(m_view->moneyness, one.fit, k))).at;
        }
        painter.drawPolyline(line);
    };
    for (const std::size_t slice : m_rows)
        for (const desk::MoneynessRange& where : m_view->slices[slice].butterflies)
            mark(slice, where);
    for (const desk::CalendarCrossing& crossing : m_view->crossings)
        mark(crossing.later, crossing.where);
}

void Surface3d::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Panel));
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_quads.empty()) {
        painter.setPen(m_theme.color(Role::Dim));
        painter.setFont(m_theme.bodyFont());
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, tr("A surface needs two fitted expirations"));
        return;
    }
    paintFrame(painter);
    struct Drawn {
        QPolygonF polygon;
        double depth = 0, level = 0;
    };
    std::vector<Drawn> drawn;
    drawn.reserve(m_quads.size());
    for (const Quad& quad : m_quads) {
        Drawn one{{}, 0, quad.level};
        for (const Corner& corner : quad.corners) {
            const Seen place = seen(corner);
            one.polygon << place.at;
            one.depth += place.depth / static_cast<double>(quad.corners.size());
        }
        drawn.push_back(std::move(one));
    }
    std::ranges::sort(drawn, {}, &Drawn::depth);
    const QPen seam(wash(m_theme.color(Role::Panel), 0.35), 0.6);
    for (const Drawn& one : drawn) {
        painter.setPen(seam);
        painter.setBrush(m_theme.heat(one.level));
        painter.drawConvexPolygon(one.polygon);
    }
    paintViolations(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(m_theme.color(Role::Accent), 1));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

void Surface3d::turn(double azimuth, double elevation)
{
    m_azimuth = std::remainder(azimuth, 2 * std::numbers::pi);
    m_elevation = std::clamp(elevation, -highestElevation, highestElevation);
    update();
}

void Surface3d::mousePressEvent(QMouseEvent* event)
{
    m_grip = event->position();
}

void Surface3d::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    const QPointF moved = event->position() - m_grip;
    m_grip = event->position();
    turn(m_azimuth + moved.x() * radiansPerPixel, m_elevation + moved.y() * radiansPerPixel);
}

void Surface3d::mouseDoubleClickEvent(QMouseEvent*)
{
    turn(startAzimuth, startElevation);
}

void Surface3d::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return turn(m_azimuth - radiansPerKey, m_elevation);
    case Qt::Key_Right:
        return turn(m_azimuth + radiansPerKey, m_elevation);
    case Qt::Key_Up:
        return turn(m_azimuth, m_elevation + radiansPerKey);
    case Qt::Key_Down:
        return turn(m_azimuth, m_elevation - radiansPerKey);
    case Qt::Key_Home:
        return turn(startAzimuth, startElevation);
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace vegadesk::ui
