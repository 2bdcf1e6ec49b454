#include "ui/plots/curve_plot.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array roles{Role::Accent, Role::Put, Role::Gain, Role::Warning, Role::Dim};
constexpr std::array styles{Qt::SolidLine, Qt::DashLine, Qt::DotLine};
constexpr double reachPixels = 40, discPixels = 6, thin = 1.2, strong = 2.4, markWidth = 4;
constexpr std::size_t legendMost = 8; ///< more names than that would crowd the curves out
} // namespace

CurvePlot::CurvePlot(const Theme& theme, QWidget* parent) : Plot(theme, parent), m_marker(addGraph())
{
    m_marker->setLayer(hoverLayer());
    m_marker->setLineStyle(QCPGraph::lsNone);
    m_marker->removeFromLegend();
    putLegendAbove();
    axisRect()->setMinimumMargins({4, 4, 8, 4});
}

void CurvePlot::setAxes(Words x, int xCount, Words y, int yCount)
{
    m_xWords = x;
    m_yWords = y;
    setLabels(*xAxis, std::move(x), xCount);
    setLabels(*yAxis, std::move(y), yCount);
}

void CurvePlot::setCurves(std::vector<Curve> curves)
{
    m_curves = std::move(curves);
    fill();
}

void CurvePlot::setMarks(std::vector<Curve> marks)
{
    m_marks = std::move(marks);
    fill();
}

void CurvePlot::fill()
{
    hoverLayer()->setVisible(false);
    const auto match = [this](std::vector<QCPGraph*>& lines, std::size_t count) {
        for (; lines.size() > count; lines.pop_back())
            removeGraph(lines.back());
        while (lines.size() < count) {
            lines.push_back(addGraph());
            lines.back()->removeFromLegend();
        }
    };
    match(m_lines, m_curves.size());
    match(m_markLines, m_marks.size());
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        m_lines[i]->setData(m_curves[i].xs, m_curves[i].ys, true);
        m_lines[i]->setName(m_curves[i].name);
    }
    for (std::size_t i = 0; i < m_marks.size(); ++i)
        m_markLines[i]->setData(m_marks[i].xs, m_marks[i].ys, true);
    // A hidden legend would keep its rows: one without names has none.
    const bool hasLegend = m_curves.size() > 1 && m_curves.size() <= legendMost;
    legend->setVisible(hasLegend);
    for (QCPGraph* const line : m_lines) {
        if (hasLegend)
            line->addToLegend();
        else
            line->removeFromLegend();
    }
    restyle();
    wrapLegend();
    fitAxes();
    requestReplot();
}

void CurvePlot::fitAxes()
{
    double left = INFINITY, right = -INFINITY, low = m_isFromZero ? 0 : INFINITY, high = -INFINITY;
    for (const Curve& curve : m_curves)
        for (qsizetype i = 0; i < curve.xs.size(); ++i) {
            if (!std::isfinite(curve.ys[i]))
                continue;
            left = std::min(left, curve.xs[i]);
            right = std::max(right, curve.xs[i]);
            low = std::min(low, curve.ys[i]);
            high = std::max(high, curve.ys[i]);
        }
    if (left > right)
        return;
    if (right - left < m_leastWidth) {
        left -= 0.5 * (m_leastWidth - (right - left));
        right = left + m_leastWidth;
    }
    const double width = right > left ? right - left : 1;
    const double height = high > low ? high - low : std::max(0.01, std::abs(high));
    xAxis->setRange(left - 0.02 * width, right + 0.02 * width);
    yAxis->setRange(m_isFromZero ? low : low - 0.12 * height, high + 0.12 * height);
}

void CurvePlot::restyle()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QColor colour = theme().color(roles[i % roles.size()]);
        m_lines[i]->setPen(
            QPen(colour, m_curves[i].isStrong ? strong : thin, styles[i / roles.size() % styles.size()]));
        m_lines[i]->setScatterStyle(m_curves[i].hasPoints ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, discPixels)
                                                          : QCPScatterStyle());
    }
    for (QCPGraph* const line : m_markLines)
        line->setPen(QPen(theme().color(Role::Warning), markWidth));
    xAxis->grid()->setPen(Qt::NoPen);
    m_marker->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, theme().color(Role::Text), discPixels));
}

std::optional<CurvePlot::Spot> CurvePlot::nearest(const QPointF& pixel) const
{
    std::optional<Spot> best;
    double least = reachPixels * reachPixels;
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        for (qsizetype j = 0; j < m_curves[i].xs.size(); ++j) {
            const double dx = xAxis->coordToPixel(m_curves[i].xs[j]) - pixel.x();
            const double dy = yAxis->coordToPixel(m_curves[i].ys[j]) - pixel.y();
            if (dx * dx + dy * dy < least) { // false for a point that is not known
                least = dx * dx + dy * dy;
                best = Spot{i, j};
            }
        }
    return best;
}

bool CurvePlot::hover(const QPointF& pixel)
{
    const std::optional<Spot> spot = nearest(pixel);
    if (!spot || !m_xWords || !m_yWords)
        return false;
    const Curve& curve = m_curves[spot->curve];
    const double x = curve.xs[spot->point], y = curve.ys[spot->point];
    m_marker->setData({x}, {y});
    readOut().setText(tr("%1\n%2: %3").arg(curve.name, m_xWords(x), m_yWords(y)));
    return true;
}

} // namespace vegadesk::ui
