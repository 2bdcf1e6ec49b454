#include "ui/plots/sweep_heat_map.h"

#include "ui/models/backtest_models.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QFocusEvent>
#include <QKeyEvent>
#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int heatStops = 33, scaleWidth = 12;
/// A colour map of one row or column would be as thin as nothing: it is drawn as two halves.
int drawn(std::size_t count)
{
    return static_cast<int>(std::max<std::size_t>(2, count));
}
QCPRange coordinates(std::size_t count)
{
    return count > 1 ? QCPRange(0, static_cast<double>(count - 1)) : QCPRange(-0.25, 0.25);
}
QSharedPointer<QCPAxisTicker> ticksOf(const desk::SweepAxis& axis)
{
    const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
    for (std::size_t i = 0; i < axis.values.size(); ++i)
        ticker->addTick(static_cast<double>(i), axisValueText(axis, i));
    return ticker;
}
} // namespace

/// The cells' numbers, in one go: hundreds of items of their own would cost more than the frame has.
class SweepHeatMap::Numbers : public QCPLayerable
{
public:
    explicit Numbers(SweepHeatMap* plot) : QCPLayerable(plot, QStringLiteral("main")), m_plot(*plot) {}

protected:
    QRect clipRect() const override { return m_plot.axisRect()->rect(); }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(true); }
    void draw(QCPPainter* painter) override
    {
        if (!m_plot.m_report || m_plot.m_map.runs.empty())
            return;
        painter->setFont(m_plot.theme().labelFont());
        // All of them, or the map would be read as if some cells were empty.
        for (std::size_t y = 0; y < m_plot.m_map.up; ++y)
            for (std::size_t x = 0; x < m_plot.m_map.across; ++x)
                if (!fits(painter->fontMetrics(), x, y))
                    return;
        for (std::size_t y = 0; y < m_plot.m_map.up; ++y)
            for (std::size_t x = 0; x < m_plot.m_map.across; ++x) {
                const double figure = m_plot.cellFigure(x, y);
                if (std::isnan(figure))
                    continue;
                painter->setPen(m_plot.theme().textOn(m_plot.theme().heat(m_plot.shareOf(figure))));
                painter->drawText(rectOf(x, y), Qt::AlignCenter | Qt::TextSingleLine, m_plot.cellText(x, y));
            }
    }

private:
    QRectF rectOf(std::size_t x, std::size_t y) const
    {
        const auto across = static_cast<double>(x), up = static_cast<double>(y);
        const QPointF low(m_plot.xAxis->coordToPixel(across - 0.5), m_plot.yAxis->coordToPixel(up - 0.5));
        const QPointF high(m_plot.xAxis->coordToPixel(across + 0.5), m_plot.yAxis->coordToPixel(up + 0.5));
        return QRectF(QPointF(low.x(), high.y()), QPointF(high.x(), low.y()));
    }
    bool fits(const QFontMetrics& metrics, std::size_t x, std::size_t y) const
    {
        constexpr double air = 6;
        const QRectF room = rectOf(x, y);
        return metrics.horizontalAdvance(m_plot.cellText(x, y)) + air <= room.width() &&
               metrics.height() <= room.height();
    }

    SweepHeatMap& m_plot;
};

SweepHeatMap::SweepHeatMap(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_colours(new QCPColorMap(xAxis, yAxis)), m_scale(new QCPColorScale(this)),
      m_bestFrame(new QCPItemRect(this)), m_chosenFrame(new QCPItemRect(this)), m_readFrame(new QCPItemRect(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_colours->setInterpolate(false);
    m_colours->setTightBoundary(false);
    plotLayout()->addElement(0, 1, m_scale);
    m_scale->setType(QCPAxis::atRight);
    m_scale->setBarWidth(scaleWidth);
    m_colours->setColorScale(m_scale);
    auto* const margins = new QCPMarginGroup(this);
    axisRect()->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    m_scale->setMarginGroup(QCP::msBottom | QCP::msTop, margins);
    axisRect()->setMinimumMargins({4, 8, 8, 4});
    new Numbers(this);
    m_readFrame->setLayer(hoverLayer());
    for (QCPItemRect* const item : {m_bestFrame, m_chosenFrame})
        item->setVisible(false);
}

void SweepHeatMap::setReport(std::shared_ptr<const desk::SweepReport> report, const desk::SweepMapChoice& choice)
{
    m_report = std::move(report);
    m_choice = choice;
    m_map = m_report ? desk::mapOf(*m_report, m_choice) : desk::SweepMap{};
    m_read.reset();
    showHover(false);
    fill();
    setChosen(m_chosen);
}

void SweepHeatMap::fill()
{
    const bool isThere = !m_map.runs.empty();
    m_colours->setVisible(isThere);
    m_scale->setVisible(isThere);
    if (!isThere)
        return;
    QCPColorMapData& cells = *m_colours->data();
    cells.setSize(drawn(m_map.across), drawn(m_map.up));
    cells.setRange(coordinates(m_map.across), coordinates(m_map.up));
    double low = desk::unknown, high = desk::unknown;
    for (int y = 0; y < drawn(m_map.up); ++y)
        for (int x = 0; x < drawn(m_map.across); ++x) {
            const double figure = cellFigure(std::min(static_cast<std::size_t>(x), m_map.across - 1),
                                             std::min(static_cast<std::size_t>(y), m_map.up - 1));
            cells.setCell(x, y, figure);
            if (std::isfinite(figure)) {
                low = std::fmin(low, figure);
                high = std::fmax(high, figure);
            }
        }
    if (std::isnan(low))
        low = high = 0;
    if (!(high > low)) // all alike: a range of nothing has no colour
        low -= 0.5 * std::max(1e-6, std::abs(low)), high += 0.5 * std::max(1e-6, std::abs(high));
    m_colours->setDataRange({low, high});
    setGradient();
    nameAxes();
    xAxis->setRange(-0.5, static_cast<double>(m_map.across) - 0.5);
    yAxis->setRange(-0.5, static_cast<double>(m_map.up) - 0.5);
    frame(*m_bestFrame, cellOf(desk::bestRun(*m_report, m_choice.metric)));
}

void SweepHeatMap::nameAxes()
{
    const desk::SweepMetric& metric = m_report->metrics[m_choice.metric];
    const desk::SweepAxis& across = m_report->axes[m_choice.across];
    xAxis->setLabel(axisTitle(across));
    xAxis->setTicker(ticksOf(across));
    yAxis->setTickLabels(m_choice.up.has_value());
    yAxis->setLabel(m_choice.up ? axisTitle(m_report->axes[*m_choice.up]) : QString());
    if (m_choice.up)
        yAxis->setTicker(ticksOf(m_report->axes[*m_choice.up]));
    setLabels(*m_scale->axis(), [metric](double value) { return metricText({metric.id, metric.unit, value}); }, 5);
    m_scale->setLabel(metricTitle(metric.id));
}

double SweepHeatMap::cellFigure(std::size_t x, std::size_t y) const
{
    const auto run = m_map.run(x, y);
    return run ? desk::figureOf(m_report->runs[*run], m_choice.metric) : desk::unknown;
}

QString SweepHeatMap::cellText(std::size_t x, std::size_t y) const
{
    const desk::SweepMetric& metric = m_report->metrics[m_choice.metric];
    const double figure = cellFigure(x, y);
    return metric.unit == "usd" ? number(figure, 0) : metricText({metric.id, metric.unit, figure});
}

double SweepHeatMap::shareOf(double figure) const
{
    const QCPRange range = m_colours->dataRange();
    const double share = std::clamp((figure - range.lower) / range.size(), 0.0, 1.0);
    return isLessBetter() ? 1 - share : share;
}

void SweepHeatMap::setGradient()
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    gradient.setNanHandling(QCPColorGradient::nhTransparent);
    const bool isReversed = m_report && isLessBetter();
    for (int stop = 0; stop < heatStops; ++stop) {
        const double share = static_cast<double>(stop) / (heatStops - 1);
        gradient.setColorStopAt(share, theme().heat(isReversed ? 1 - share : share));
    }
    m_colours->setGradient(gradient);
}

void SweepHeatMap::restyle()
{
    if (m_report && !m_map.runs.empty())
        setGradient();
    for (QCPAxis* const axis : {xAxis, yAxis})
        axis->grid()->setVisible(false);
    QCPAxis& scale = *m_scale->axis();
    scale.setBasePen(Qt::NoPen);
    scale.setTickPen(Qt::NoPen);
    scale.setSubTickPen(Qt::NoPen);
    scale.setTickLabelFont(theme().labelFont());
    scale.setTickLabelColor(theme().color(Role::Faint));
    scale.setLabelFont(theme().labelFont());
    scale.setLabelColor(theme().color(Role::Faint));
    m_bestFrame->setPen(QPen(theme().color(Role::Text), 1, Qt::DotLine));
    m_chosenFrame->setPen(QPen(theme().color(Role::Text), 2));
    m_readFrame->setPen(QPen(theme().color(Role::Text), 1));
}

void SweepHeatMap::frame(QCPItemRect& item, const std::optional<Cell>& cell)
{
    item.setVisible(cell.has_value());
    if (!cell)
        return;
    const auto x = static_cast<double>(cell->x), y = static_cast<double>(cell->y);
    item.topLeft->setCoords(x - 0.5, y + 0.5);
    item.bottomRight->setCoords(x + 0.5, y - 0.5);
}

std::optional<SweepHeatMap::Cell> SweepHeatMap::cellOf(std::optional<std::size_t> run) const
{
    if (!m_report || !run || *run >= m_report->runs.size() || m_map.runs.empty())
        return std::nullopt;
    const std::vector<std::size_t>& places = m_report->runs[*run].places;
    const Cell cell{places[m_choice.across], m_choice.up ? places[*m_choice.up] : 0};
    return m_map.run(cell.x, cell.y) == run ? std::optional(cell) : std::nullopt;
}

void SweepHeatMap::setChosen(std::optional<std::size_t> run)
{
    m_chosen = run;
    frame(*m_chosenFrame, cellOf(run));
    requestReplot();
}

std::optional<SweepHeatMap::Cell> SweepHeatMap::cellAt(const QPointF& pixel) const
{
    const double x = std::round(xAxis->pixelToCoord(pixel.x())), y = std::round(yAxis->pixelToCoord(pixel.y()));
    const bool isInside = !m_map.runs.empty() && axisRect()->rect().contains(pixel.toPoint()) && x >= 0 && y >= 0 &&
                          x < static_cast<double>(m_map.across) && y < static_cast<double>(m_map.up);
    return isInside ? std::optional(Cell{static_cast<std::size_t>(x), static_cast<std::size_t>(y)}) : std::nullopt;
}

void SweepHeatMap::read(const Cell& cell)
{
    m_read = cell;
    frame(*m_readFrame, cell);
    const desk::SweepMetric& metric = m_report->metrics[m_choice.metric];
    const auto run = m_map.run(cell.x, cell.y);
    QString words = metricTitle(metric.id) + QStringLiteral(": ") +
                    metricText({metric.id, metric.unit, cellFigure(cell.x, cell.y)});
    if (run)
        words += u'\n' + runWords(*m_report, *run);
    readOut().setText(words);
}

bool SweepHeatMap::hover(const QPointF& pixel)
{
    const auto cell = cellAt(pixel);
    if (cell)
        read(*cell);
    return cell.has_value();
}

void SweepHeatMap::mousePressEvent(QMouseEvent* event)
{
    Plot::mousePressEvent(event);
    const auto cell = cellAt(event->position());
    if (!cell || event->button() != Qt::LeftButton)
        return;
    if (const auto run = m_map.run(cell->x, cell->y))
        Q_EMIT runChosen(*run);
}

void SweepHeatMap::keyPressEvent(QKeyEvent* event)
{
    if (m_map.runs.empty())
        return Plot::keyPressEvent(event);
    const auto best = cellOf(desk::bestRun(*m_report, m_choice.metric));
    Cell cell = m_read.value_or(cellOf(m_chosen).value_or(best.value_or(Cell{})));
    switch (event->key()) {
    case Qt::Key_Left:
        cell.x -= cell.x > 0 ? 1 : 0;
        break;
    case Qt::Key_Right:
        cell.x = std::min(cell.x + 1, m_map.across - 1);
        break;
    case Qt::Key_Down:
        cell.y -= cell.y > 0 ? 1 : 0;
        break;
    case Qt::Key_Up:
        cell.y = std::min(cell.y + 1, m_map.up - 1);
        break;
    case Qt::Key_Home:
        cell = best.value_or(cell);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (const auto run = m_map.run(cell.x, cell.y))
            Q_EMIT runChosen(*run);
        break;
    default:
        return Plot::keyPressEvent(event);
    }
    read(cell);
    showHover(true);
}

void SweepHeatMap::focusOutEvent(QFocusEvent* event)
{
    Plot::focusOutEvent(event);
    m_read.reset();
    showHover(false);
}

} // namespace vegadesk::ui
