#include "ui/plots/equity_plot.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int upperShare = 3; ///< of the height, for one of the drawdown

double secondsOf(base::Instant at)
{
    return base::seconds(at.time_since_epoch());
}

QVector<double> secondsOf(const std::vector<base::Instant>& times)
{
    QVector<double> seconds;
    seconds.reserve(static_cast<qsizetype>(times.size()));
    for (const base::Instant at : times)
        seconds << secondsOf(at);
    return seconds;
}

QCPItemText* cornerText(QCustomPlot* plot, QCPAxisRect* rect, Qt::Alignment alignment, double x)
{
    auto* const label = new QCPItemText(plot);
    label->setClipToAxisRect(false);
    label->position->setAxisRect(rect);
    label->position->setType(QCPItemPosition::ptAxisRectRatio);
    label->position->setCoords(x, 0);
    label->setPositionAlignment(alignment | Qt::AlignTop);
    label->setPadding({4, 0, 4, 2});
    return label;
}
} // namespace

EquityPlot::EquityPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_lower(new QCPAxisRect(this)), m_equity(addGraph()), m_drawdown(nullptr),
      m_equityTitle(cornerText(this, axisRect(), Qt::AlignLeft, 0)), m_drawdownTitle(nullptr),
      m_cursor(new QCPItemStraightLine(this)), m_readOut(cornerText(this, axisRect(), Qt::AlignRight, 1))
{
    plotLayout()->addElement(1, 0, m_lower);
    plotLayout()->setRowStretchFactor(0, upperShare);
    plotLayout()->setRowSpacing(0);
    auto* const margins = new QCPMarginGroup(this);
    for (QCPAxisRect* rect : axisRects()) {
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        rect->setMinimumMargins({4, 6, 8, 4});
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer(QStringLiteral("axes"));
            axis->grid()->setLayer(QStringLiteral("grid"));
        }
    }
    m_drawdown = addGraph(m_lower->axis(QCPAxis::atBottom), m_lower->axis(QCPAxis::atLeft));
    m_drawdownTitle = cornerText(this, m_lower, Qt::AlignLeft, 0);
    m_drawdownTitle->position->setCoords(0, 1); // curves start at the top
    m_drawdownTitle->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    m_equityTitle->setText(tr("equity, dollars"));
    m_drawdownTitle->setText(tr("drawdown"));

    QCPAxis* const lowerTime = m_lower->axis(QCPAxis::atBottom);
    const QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
    dates->setDateTimeFormat(tr("d MMM yy", "date format of a time axis"));
    dates->setDateTimeSpec(Qt::UTC);
    dates->setTickCount(6);
    xAxis->setTicker(dates);
    lowerTime->setTicker(dates);
    xAxis->setTickLabels(false);
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), lowerTime,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
    setLabels(*yAxis, [](double dollars) { return number(dollars, 0); }, 5);
    setLabels(*m_lower->axis(QCPAxis::atLeft), [](double fraction) { return percent(fraction, 1); }, 3);

    m_cursor->setLayer(hoverLayer());
    m_readOut->setLayer(hoverLayer());
}

void EquityPlot::restyle()
{
    m_equity->setPen(QPen(theme().color(Role::Accent), 1.5));
    m_drawdown->setPen(QPen(theme().color(Role::Loss), 1));
    m_drawdown->setBrush(wash(theme().color(Role::Loss), 0.2));
    for (QCPGraph* graph : m_others)
        graph->setPen(QPen(theme().color(Role::Faint), 1));
    for (QCPItemText* label : {m_equityTitle, m_drawdownTitle, m_readOut})
        label->setFont(theme().labelFont());
    m_equityTitle->setColor(theme().color(Role::Dim));
    m_drawdownTitle->setColor(theme().color(Role::Dim));
    m_readOut->setColor(theme().color(Role::Text));
    m_readOut->setBrush(theme().color(Role::Panel));
    m_cursor->setPen(QPen(theme().color(Role::Faint), 0));
    for (const QCPAxisRect* rect : axisRects())
        for (QCPAxis* axis : rect->axes(QCPAxis::atBottom))
            axis->grid()->setPen(Qt::NoPen);
}

void EquityPlot::setReports(const Report& chosen, const std::vector<Report>& others)
{
    m_chosen = chosen;
    hoverLayer()->setVisible(false);
    for (QCPGraph* graph : m_others)
        removeGraph(graph);
    m_others.clear();
    for (const Report& report : others) {
        if (report == chosen || report->times.empty())
            continue;
        QCPGraph* const graph = addGraph();
        graph->setData(secondsOf(report->times), {report->equity.begin(), report->equity.end()}, true);
        graph->setPen(QPen(theme().color(Role::Faint), 1));
        m_others.push_back(graph);
    }
    m_equity->data()->clear();
    m_drawdown->data()->clear();
    if (chosen) {
        const QVector<double> times = secondsOf(chosen->times);
        m_equity->setData(times, {chosen->equity.begin(), chosen->equity.end()}, true);
        m_drawdown->setData(times, {chosen->drawdown.begin(), chosen->drawdown.end()}, true);
    }
    rescaleAxes();
    if (chosen && chosen->times.size() > 1)
        xAxis->setRange(secondsOf(chosen->times.front()), secondsOf(chosen->times.back()));
    const QCPRange range = yAxis->range();
    yAxis->setRange(range.lower - 0.05 * range.size(), range.upper + 0.15 * range.size());
    QCPAxis* const depth = m_lower->axis(QCPAxis::atLeft);
    depth->setRange(depth->range().lower * 1.1, -depth->range().lower * 0.1);
    requestReplot();
}

bool EquityPlot::hover(const QPointF& pixel)
{
    if (!m_chosen || m_chosen->times.empty())
        return false;
    const double at = xAxis->pixelToCoord(pixel.x());
    const auto next =
        std::ranges::lower_bound(m_chosen->times, at, {}, [](base::Instant time) { return secondsOf(time); });
    const auto i = std::min(static_cast<std::size_t>(next - m_chosen->times.begin()), m_chosen->times.size() - 1);
    m_cursor->point1->setCoords(secondsOf(m_chosen->times[i]), 0);
    m_cursor->point2->setCoords(secondsOf(m_chosen->times[i]), 1);
    m_readOut->setText(tr("%1: equity %2, drawdown %3")
                           .arg(newYorkText(m_chosen->times[i], tr("d MMM yyyy", "date format")),
                                number(m_chosen->equity[i], 0), percent(m_chosen->drawdown[i])));
    return true;
}

} // namespace vegadesk::ui
