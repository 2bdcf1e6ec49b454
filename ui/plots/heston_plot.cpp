#include "ui/plots/heston_plot.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
enum LineId : std::size_t { Now, LongRun, Speed, OfVariance, Correlation };
/// By LineId: two rows of two panes.
constexpr std::array<std::size_t, 5> paneOf{0, 0, 1, 2, 3};
constexpr std::array roles{Role::Accent, Role::Gain, Role::Accent, Role::Accent, Role::Accent};
constexpr double lineWidth = 1.4, discPixels = 6, leastSeconds = 60; // the labels tell times a minute apart
constexpr qsizetype fewPoints = 3;                                   ///< with fewer a line alone would not be seen

double secondsOf(const desk::HestonFit& fit)
{
    return base::seconds(fit.at.time_since_epoch());
}
} // namespace

HestonPlot::HestonPlot(const Theme& theme, QWidget* parent) : Plot(theme, parent)
{
    plotLayout()->clear();
    plotLayout()->setRowSpacing(0);
    plotLayout()->setColumnSpacing(0);
    for (std::size_t pane = 0; pane < paneCount; ++pane)
        makePane(pane);
    for (std::size_t line = 0; line < lineCount; ++line)
        makeLine(line);
}

void HestonPlot::makePane(std::size_t pane)
{
    auto* const rect = new QCPAxisRect(this);
    m_panes[pane] = rect;
    plotLayout()->addElement(static_cast<int>(pane / 2), static_cast<int>(pane % 2), rect);
    rect->setMinimumMargins({4, 20, 8, 4});
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    const auto time = [](double seconds) {
        const auto at = base::Instant(std::chrono::nanoseconds(static_cast<std::int64_t>(seconds * 1e9)));
        return newYorkText(at, QStringLiteral("HH:mm:ss"));
    };
    setLabels(*rect->axis(QCPAxis::atBottom), time, 2);
    rect->axis(QCPAxis::atBottom)->setTickLabels(pane >= 2); // one time for both rows
    if (pane == paneOf[Now])
        setLabels(*rect->axis(QCPAxis::atLeft), [](double vol) { return percent(vol); }, 3);
    else
        setLabels(*rect->axis(QCPAxis::atLeft), [](double value) { return number(value, 2); }, 3);
}

void HestonPlot::makeLine(std::size_t line)
{
    QCPAxisRect* const rect = m_panes[paneOf[line]];
    const auto make = [&] { return addGraph(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft)); };
    m_lines[line] = {make(), make(), new QCPItemText(this)};
    m_lines[line].marker->setLayer(hoverLayer());
    m_lines[line].marker->setLineStyle(QCPGraph::lsNone);
    QCPItemText& title = *m_lines[line].title;
    title.setClipToAxisRect(false);
    title.position->setAxisRect(rect);
    title.position->setType(QCPItemPosition::ptAxisRectRatio);
    title.position->setCoords(line == LongRun ? 0.5 : 0, 0);
    title.setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    title.setPadding({0, 0, 0, 3});
}

double HestonPlot::valueOf(const desk::HestonFit& fit, std::size_t line)
{
    switch (line) {
    case Now:
        return std::sqrt(fit.v0);
    case LongRun:
        return std::sqrt(fit.theta);
    case Speed:
        return fit.kappa;
    case OfVariance:
        return fit.sigma;
    default:
        return fit.rho;
    }
}

QString HestonPlot::wordsOf(const desk::HestonFit& fit, std::size_t line)
{
    const double value = valueOf(fit, line);
    switch (line) {
    case Now:
        return tr("√v₀ %1", "volatility now").arg(percent(value));
    case LongRun:
        return tr("√θ %1", "volatility in the long run").arg(percent(value));
    case Speed:
        return tr("κ %1", "speed of the variance's return").arg(number(value, 2));
    case OfVariance:
        return tr("σ %1", "volatility of variance").arg(number(value, 2));
    default:
        return tr("ρ %1", "correlation of variance and price").arg(number(value, 2));
    }
}

void HestonPlot::setFits(std::vector<desk::HestonFit> fits)
{
    m_fits = std::move(fits);
    hoverLayer()->setVisible(false);
    QVector<double> times, values;
    for (const desk::HestonFit& fit : m_fits)
        times << secondsOf(fit);
    for (std::size_t line = 0; line < lineCount; ++line) {
        values.clear();
        for (const desk::HestonFit& fit : m_fits)
            values << valueOf(fit, line);
        m_lines[line].graph->setData(times, values, true);
        m_lines[line].title->setText(m_fits.empty() ? QString() : wordsOf(m_fits.back(), line));
    }
    fitAxes();
    restyle();
    requestReplot();
}

void HestonPlot::fitAxes()
{
    if (m_fits.empty())
        return;
    double first = secondsOf(m_fits.front()), last = secondsOf(m_fits.back());
    first = std::min(first, last - leastSeconds);
    for (std::size_t pane = 0; pane < paneCount; ++pane) {
        double low = INFINITY, high = -INFINITY;
        for (std::size_t line = 0; line < lineCount; ++line)
            for (const desk::HestonFit& fit : m_fits)
                if (const double value = valueOf(fit, line); paneOf[line] == pane && std::isfinite(value)) {
                    low = std::min(low, value);
                    high = std::max(high, value);
                }
        if (low > high)
            continue;
        // Noise of the last digits must not fill the pane.
        const double height = std::max(high - low, 0.1 * std::max(std::abs(low), std::abs(high)));
        const double middle = 0.5 * (low + high);
        m_panes[pane]->axis(QCPAxis::atLeft)->setRange(middle - 0.6 * height, middle + 0.6 * height);
        m_panes[pane]->axis(QCPAxis::atBottom)->setRange(first, last + 0.02 * (last - first));
    }
}

void HestonPlot::restyle()
{
    for (std::size_t line = 0; line < lineCount; ++line) {
        const QColor colour = theme().color(roles[line]);
        const bool hasPoints = m_lines[line].graph->dataCount() < fewPoints;
        m_lines[line].graph->setPen(QPen(colour, lineWidth));
        m_lines[line].graph->setScatterStyle(hasPoints ? QCPScatterStyle(QCPScatterStyle::ssDisc, colour, discPixels)
                                                       : QCPScatterStyle());
        m_lines[line].marker->setScatterStyle(
            QCPScatterStyle(QCPScatterStyle::ssDisc, theme().color(Role::Text), discPixels));
        m_lines[line].title->setFont(theme().labelFont());
        m_lines[line].title->setColor(colour);
    }
    for (const QCPAxisRect* rect : m_panes)
        rect->axis(QCPAxis::atBottom)->grid()->setPen(Qt::NoPen);
}

bool HestonPlot::hover(const QPointF& pixel)
{
    if (m_fits.empty())
        return false;
    const auto pane =
        std::ranges::find_if(m_panes, [&](const QCPAxisRect* rect) { return rect->rect().contains(pixel.toPoint()); });
    if (pane == m_panes.end())
        return false;
    const double at = (*pane)->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const desk::HestonFit& fit = *std::ranges::min_element(
        m_fits, {}, [at](const desk::HestonFit& one) { return std::abs(secondsOf(one) - at); });
    QStringList words{newYorkText(fit.at, QStringLiteral("HH:mm:ss"))};
    for (std::size_t line = 0; line < lineCount; ++line) {
        m_lines[line].marker->setData({secondsOf(fit)}, {valueOf(fit, line)});
        words << wordsOf(fit, line);
    }
    readOut().setText(words.join(QLatin1Char('\n')));
    return true;
}

} // namespace vegadesk::ui
