#include "ui/plots/curve_plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace vegadesk::ui
{

namespace
{
constexpr std::array roles{Role::Accent, Role::Put, Role::Gain, Role::Warning, Role::Dim};
constexpr std::array styles{Qt::SolidLine, Qt::DashLine, Qt::DotLine};
constexpr double reachPixels = 40, discPixels = 6, thin = 1.2, strong = 2.4, markWidth = 4, leaderOpacity = 0.5;
constexpr int leaderWidth = 14;       ///< from a curve's end to its name
constexpr std::size_t legendMost = 8; ///< more names than that would crowd the curves out
} // namespace

CurvePlot::CurvePlot(const Theme& theme, QWidget* parent) : Plot(theme, parent), m_marker(addGraph())
{
    m_marker->setLayer(hoverLayer());
    m_marker->setLineStyle(QCPGraph::lsNone);
    m_marker->removeFromLegend();
    putLegendAbove();
    axisRect()->setMinimumMargins({4, 4, 8, 4});
    connect(this, &QCustomPlot::afterLayout, this, &CurvePlot::placeEndNames);
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
    const bool hasLegend = !m_hasNamesAtEnds && m_curves.size() > 1 && m_curves.size() <= legendMost;
    legend->setVisible(hasLegend);
    for (QCPGraph* const line : m_lines) {
        if (hasLegend)
            line->addToLegend();
        else
            line->removeFromLegend();
    }
    fillEndNames();
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
    const double width = right > left ? right - left : 1;
    const double height = high > low ? high - low : std::max(0.01, std::abs(high));
    xAxis->setRange(left - 0.02 * width, right + 0.02 * width);
    yAxis->setRange(m_isFromZero ? low : low - 0.12 * height, high + 0.12 * height);
}

void CurvePlot::fillEndNames()
{
    const std::size_t count = m_hasNamesAtEnds ? m_curves.size() : 0;
    for (; m_endNames.size() > count; m_endNames.pop_back()) {
        removeItem(m_endNames.back().leader);
        removeItem(m_endNames.back().words);
    }
    while (m_endNames.size() < count) {
        const EndName name{new QCPItemText(this), new QCPItemLine(this)};
        name.words->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        for (QCPItemPosition* const position : {name.words->position, name.leader->start, name.leader->end})
            position->setType(QCPItemPosition::ptAbsolute);
        name.words->setClipToAxisRect(false);
        name.leader->setClipToAxisRect(false);
        m_endNames.push_back(name);
    }
    for (std::size_t i = 0; i < count; ++i)
        m_endNames[i].words->setText(m_curves[i].name);
}

/// Those that get a name, from the upper end to the lower: all, or the strong ones and others evenly between them.
std::vector<std::size_t> CurvePlot::namedCurves(std::size_t room) const
{
    std::vector<std::size_t> all, named;
    for (std::size_t i = 0; i < m_endNames.size(); ++i)
        if (!m_curves[i].xs.isEmpty() && std::isfinite(m_curves[i].ys.back()))
            all.push_back(i);
    std::ranges::sort(all, std::greater{}, [this](std::size_t i) { return m_curves[i].ys.back(); });
    if (all.size() <= room)
        return all;
    const auto strongCount =
        static_cast<std::size_t>(std::ranges::count_if(m_curves, [](const Curve& curve) { return curve.isStrong; }));
    const std::size_t others = room > strongCount ? room - strongCount : 0, of = all.size() - strongCount;
    // The first and the last of the others, and evenly between: `place` changes at those.
    const auto place = [others, of](std::size_t at) { return others > 1 ? at * (others - 1) / (of - 1) : 0; };
    std::size_t seen = 0;
    for (const std::size_t i : all) {
        const std::size_t at = m_curves[i].isStrong ? 0 : seen++;
        if (m_curves[i].isStrong || (others > 0 && (at == 0 || place(at) != place(at - 1))))
            named.push_back(i);
    }
    return named;
}

void CurvePlot::placeEndNames()
{
    if (m_endNames.empty())
        return;
    const QRect area = axisRect()->rect();
    const double height = QFontMetrics(theme().labelFont()).height();
    const std::vector<std::size_t> named = namedCurves(static_cast<std::size_t>(std::max(0.0, area.height() / height)));
    std::vector<double> places; // apart from each other, from the top down and then from the bottom up
    for (const std::size_t i : named) {
        const double wanted = yAxis->coordToPixel(m_curves[i].ys.back());
        places.push_back(places.empty() ? std::max<double>(wanted, area.top())
                                        : std::max(wanted, places.back() + height));
    }
    double lowest = area.bottom();
    for (std::size_t n = places.size(); n-- > 0; lowest = places[n] - height)
        places[n] = std::min(places[n], lowest);
    for (const EndName& name : m_endNames)
        for (QCPAbstractItem* const part : std::initializer_list<QCPAbstractItem*>{name.words, name.leader})
            part->setVisible(false);
    for (std::size_t n = 0; n < named.size(); ++n) {
        const Curve& curve = m_curves[named[n]];
        const EndName& name = m_endNames[named[n]];
        const QPointF end(xAxis->coordToPixel(curve.xs.back()), yAxis->coordToPixel(curve.ys.back()));
        const QPointF place(area.right() + leaderWidth, places[n]);
        name.leader->start->setCoords(end);
        name.leader->end->setCoords(place);
        name.words->position->setCoords(place + QPointF(2, 0));
        name.words->setVisible(true);
        name.leader->setVisible(true);
    }
}

QColor CurvePlot::colourOf(std::size_t curve) const
{
    if (!m_hasNamesAtEnds)
        return theme().color(roles[curve % roles.size()]);
    if (m_curves[curve].isStrong)
        return theme().color(Role::Accent);
    const QColor first = theme().color(Role::Put), last = theme().color(Role::Gain);
    const float share = m_curves.size() > 1 ? static_cast<float>(curve) / static_cast<float>(m_curves.size() - 1) : 0;
    const auto mix = [share](float from, float to) { return from + (to - from) * share; };
    return QColor::fromRgbF(mix(first.redF(), last.redF()), mix(first.greenF(), last.greenF()),
                            mix(first.blueF(), last.blueF()));
}

void CurvePlot::restyle()
{
    int room = 0;
    for (std::size_t i = 0; i < m_endNames.size(); ++i) {
        QFont font = theme().labelFont();
        font.setBold(m_curves[i].isStrong);
        m_endNames[i].words->setFont(font);
        m_endNames[i].words->setColor(colourOf(i));
        m_endNames[i].leader->setPen(QPen(wash(colourOf(i), leaderOpacity), 0));
        room = std::max(room, QFontMetrics(font).horizontalAdvance(m_curves[i].name) + leaderWidth + 4);
    }
    axisRect()->setMinimumMargins({4, 4, std::max(8, room), 4});
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const QColor colour = colourOf(i);
        const Qt::PenStyle style = m_hasNamesAtEnds ? Qt::SolidLine : styles[i / roles.size() % styles.size()];
        m_lines[i]->setPen(QPen(colour, m_curves[i].isStrong ? strong : thin, style));
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
