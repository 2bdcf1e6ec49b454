#include "ui/plots/smile_plot.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
/// Near expirations first; the accent is the selected one's. With more of them than colours, the dashes change.
constexpr std::array lineRoles{Role::Put, Role::Gain, Role::Warning, Role::Text, Role::Dim};
constexpr std::array lineStyles{Qt::SolidLine, Qt::DashLine, Qt::DotLine};
constexpr double whiskerShare = 0.55, reachPixels = 40, emphasisPixels = 7, lineWidth = 1.2, selectedWidth = 2.4,
                 quotePixels = 3;
constexpr std::size_t shownMost = 6;

bool isDrawn(const desk::SmilePoint& point)
{
    return std::isfinite(point.midIv);
}
} // namespace

SmilePlot::SmilePlot(const Theme& theme, QWidget* parent) : Plot(theme, parent), m_marker(addGraph())
{
    m_marker->setLayer(hoverLayer());
    m_marker->setLineStyle(QCPGraph::lsNone);
    m_marker->removeFromLegend();
    setLabels(*yAxis, [](double iv) { return percent(iv, 0); }, 4);
    setAxis(Axis::Strike);
    axisRect()->setMinimumMargins({4, 4, 4, 4});
    putLegendAbove();
    addLayer(QStringLiteral("selected"), layer(QStringLiteral("main")));
}

double SmilePlot::x(const desk::SmilePoint& point) const
{
    return m_axis == Axis::Strike ? point.strike : point.logMoneyness;
}

void SmilePlot::setAxis(Axis axis)
{
    m_axis = axis;
    if (axis == Axis::Strike)
        setLabels(*xAxis, [](double strike) { return number(strike, 0); }, 5);
    else
        setLabels(*xAxis, [](double moneyness) { return signedNumber(moneyness, 2); }, 5);
    if (m_view) {
        fill();
        requestReplot();
    }
}

void SmilePlot::setSurface(std::shared_ptr<const desk::SurfaceView> view)
{
    m_view = std::move(view);
    chooseShown();
    fill();
    requestReplot();
}

/// The chosen expiration and those nearest to it in time, or the first ones.
void SmilePlot::chooseShown()
{
    const std::size_t count = m_view->slices.size();
    const std::size_t chosen = m_view->selected < count ? m_view->selected : 0;
    const auto distance = [&](std::size_t at) {
        return std::abs(m_view->slices[at].years - m_view->slices[chosen].years);
    };
    std::size_t first = chosen, last = chosen;
    while (count > 0 && last - first + 1 < std::min(shownMost, count)) {
        if (first > 0 && (last + 1 >= count || distance(first - 1) <= distance(last + 1)))
            --first;
        else
            ++last;
    }
    m_shown.clear();
    for (std::size_t at = first; count > 0 && at <= last; ++at)
        m_shown.push_back(at);
}

void SmilePlot::matchCurves(std::size_t count)
{
    while (m_curves.size() > count) {
        removePlottable(m_curves.back().whiskers);
        removePlottable(m_curves.back().quotes);
        removePlottable(m_curves.back().line);
        m_curves.pop_back();
    }
    while (m_curves.size() < count) {
        Curve curve{addGraph(), addGraph(), new QCPErrorBars(xAxis, yAxis)};
        curve.quotes->setLineStyle(QCPGraph::lsNone);
        curve.quotes->removeFromLegend();
        curve.whiskers->setDataPlottable(curve.quotes);
        curve.whiskers->setErrorType(QCPErrorBars::etValueError);
        curve.whiskers->setWhiskerWidth(4);
        curve.whiskers->setSymbolGap(0);
        curve.whiskers->removeFromLegend();
        m_curves.push_back(curve);
    }
}

void SmilePlot::fill()
{
    hoverLayer()->setVisible(false);
    matchCurves(m_shown.size());
    for (std::size_t i = 0; i < m_curves.size(); ++i) {
        const desk::SurfaceSlice& smile = slice(i);
        QVector<double> xs, ivs, below, above;
        for (const desk::SmilePoint& point : smile.points) {
            if (!isDrawn(point))
                continue;
            xs << x(point);
            ivs << point.midIv;
            below << (std::isfinite(point.bidIv) ? std::max(0.0, point.midIv - point.bidIv) : 0.0);
            above << (std::isfinite(point.askIv) ? std::max(0.0, point.askIv - point.midIv) : 0.0);
        }
        m_curves[i].quotes->setData(xs, ivs, true);
        m_curves[i].whiskers->setData(below, above);
        if (smile.isFitted) {
            // Over the strikes that are quoted: beyond them the curve is a guess.
            QVector<double> fitXs, fits;
            for (std::size_t j = 0; j < m_view->moneyness.size() && !smile.points.empty(); ++j) {
                const double k = m_view->moneyness[j];
                if (k < smile.points.front().logMoneyness || k > smile.points.back().logMoneyness)
                    continue;
                fitXs << (m_axis == Axis::Strike ? smile.forward * std::exp(k) : k);
                fits << smile.fit[j];
            }
            m_curves[i].line->setData(fitXs, fits, true);
        } else {
            m_curves[i].line->setData(xs, ivs, true);
        }
        const bool isAmbiguous = std::ranges::count(m_view->slices, smile.date, &desk::SurfaceSlice::date) > 1;
        m_curves[i].line->setName(isAmbiguous ? shortDateText(smile.date) + u' ' + text(smile.root)
                                              : shortDateText(smile.date));
        for (QCPLayerable* part :
             std::initializer_list<QCPLayerable*>{m_curves[i].line, m_curves[i].quotes, m_curves[i].whiskers})
            part->setLayer(isSelected(i) ? QStringLiteral("selected") : QStringLiteral("main"));
        colourCurve(i);
    }
    wrapLegend();
    fitAxes();
}

void SmilePlot::fitAxes()
{
    double left = INFINITY, right = -INFINITY, low = INFINITY, high = -INFINITY;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        for (const desk::SmilePoint& point : slice(i).points) {
            if (!isDrawn(point))
                continue;
            left = std::min(left, x(point));
            right = std::max(right, x(point));
            low = std::min(low, point.midIv);
            high = std::max(high, point.midIv);
        }
    }
    if (left > right)
        return;
    const double width = right > left ? right - left : 1, height = high > low ? high - low : 0.01;
    xAxis->setRange(left - 0.02 * width, right + 0.02 * width);
    yAxis->setRange(std::max(0.0, low - 0.15 * height), high + 0.15 * height);
}

void SmilePlot::colourCurve(std::size_t index)
{
    const bool isStrong = isSelected(index);
    // The colours of the others do not depend on how many lie before the selected one.
    std::size_t place = 0;
    for (std::size_t i = 0; i < index; ++i)
        place += isSelected(i) ? 0 : 1;
    const QColor colour = theme().color(isStrong ? Role::Accent : lineRoles[place % lineRoles.size()]);
    const Qt::PenStyle style = isStrong ? Qt::SolidLine : lineStyles[place / lineRoles.size() % lineStyles.size()];
    m_curves[index].line->setPen(QPen(colour, isStrong ? selectedWidth : lineWidth, style));
    m_curves[index].quotes->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, quotePixels));
    m_curves[index].whiskers->setPen(QPen(wash(colour, isStrong ? 1 : whiskerShare), 1));
    if (QCPAbstractLegendItem* const item = legend->itemWithPlottable(m_curves[index].line))
        item->setTextColor(theme().color(isStrong ? Role::Text : Role::Dim));
}

void SmilePlot::restyle()
{
    xAxis->grid()->setPen(Qt::NoPen);
    xAxis->grid()->setZeroLinePen(QPen(theme().color(Role::Line), 0));
    for (std::size_t i = 0; i < m_curves.size(); ++i)
        colourCurve(i);
}

std::optional<SmilePlot::Spot> SmilePlot::nearest(const QPointF& pixel) const
{
    std::optional<Spot> best;
    double least = reachPixels * reachPixels;
    for (std::size_t i = 0; i < m_shown.size(); ++i) {
        const std::vector<desk::SmilePoint>& points = slice(i).points;
        for (std::size_t j = 0; j < points.size(); ++j) {
            if (!isDrawn(points[j]))
                continue;
            const double dx = xAxis->coordToPixel(x(points[j])) - pixel.x();
            const double dy = yAxis->coordToPixel(points[j].midIv) - pixel.y();
            if (dx * dx + dy * dy < least) {
                least = dx * dx + dy * dy;
                best = Spot{i, j};
            }
        }
    }
    return best;
}

bool SmilePlot::hover(const QPointF& pixel)
{
    const std::optional<Spot> spot = nearest(pixel);
    if (!spot)
        return false;
    const desk::SurfaceSlice& smile = slice(spot->shown);
    const desk::SmilePoint& point = smile.points[spot->point];
    const bool isCall = point.logMoneyness >= 0; // the side that is out of the money
    m_marker->setData({x(point)}, {point.midIv});
    m_marker->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, theme().color(isCall ? Role::Call : Role::Put), emphasisPixels));
    readOut().setText(
        tr("%1 %2 %3\nbid %4, mid %5, ask %6")
            .arg(dateText(smile.date), number(point.strike, point.strike == std::floor(point.strike) ? 0 : 2),
                 isCall ? tr("call") : tr("put"), percent(point.bidIv), percent(point.midIv), percent(point.askIv)));
    return true;
}

} // namespace vegadesk::ui
