#include "ui/plots/correlation_plot.h"

#include "market/calendar.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vegadesk::ui
{

namespace
{
constexpr double thin = 1, strong = 1.8;
constexpr int decimals = 2; ///< of what is said; half a unit of the next one nobody sees

double secondsOf(base::Date date)
{
    return static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(date.time_since_epoch()).count());
}

bool looksAlike(const desk::DispersionView& a, const desk::DispersionView& b)
{
    return a.history == b.history && market::newYorkDate(a.at) == market::newYorkDate(b.at) &&
           isShownAlike(a.exact, b.exact, decimals + 1) && isShownAlike(a.proxy, b.proxy, decimals + 1);
}
} // namespace

CorrelationPlot::CorrelationPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_proxy(addGraph()), m_realised(addGraph()), m_exact(addGraph()), m_now(addGraph()),
      m_cursor(new QCPItemStraightLine(this))
{
    axisRect()->setMinimumMargins({4, 4, 12, 4});
    const QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
    dates->setDateTimeFormat(tr("d MMM yy", "date format of a time axis"));
    dates->setDateTimeSpec(Qt::UTC);
    dates->setTickCount(4);
    xAxis->setTicker(dates);
    setLabels(*yAxis, [](double correlation) { return number(correlation, decimals); }, 4);
    m_exact->setName(tr("implied"));
    m_proxy->setName(tr("implied, proxy"));
    m_realised->setName(tr("realised, 21 days"));
    m_now->setLineStyle(QCPGraph::lsNone);
    legend->clearItems();
    for (QCPGraph* const graph : {m_exact, m_realised, m_proxy}) // the other way round than they lie over each other
        graph->addToLegend();
    putLegendAbove();
    m_cursor->setLayer(hoverLayer());
}

void CorrelationPlot::setView(std::shared_ptr<const desk::DispersionView> view, int days)
{
    const bool isSame = m_view && days == m_days && looksAlike(*m_view, *view);
    m_view = std::move(view);
    if (isSame)
        return;
    m_days = days;
    const std::size_t count = m_view->history->size();
    m_first = days > 0 && static_cast<std::size_t>(days) < count ? count - static_cast<std::size_t>(days) : 0;
    showHover(false);
    fill();
    fitRange();
    requestReplot();
}

void CorrelationPlot::fill()
{
    QVector<double> times, exact, proxy, realised;
    const desk::DispersionHistory& history = *m_view->history;
    for (std::size_t day = m_first; day < history.size(); ++day) {
        times << secondsOf(history[day].date);
        exact << history[day].exact;
        proxy << history[day].proxy;
        realised << history[day].realised;
    }
    m_realised->setData(times, realised, true);
    const base::Date today = market::newYorkDate(m_view->at);
    if (!std::isnan(m_view->exact) && (history.empty() || history.back().date < today)) {
        times << secondsOf(today);
        exact << m_view->exact;
        proxy << m_view->proxy;
        m_now->setData({times.back()}, {m_view->exact}, true);
    } else {
        m_now->data()->clear();
    }
    m_exact->setData(times, exact, true);
    m_proxy->setData(times, proxy, true);
}

void CorrelationPlot::fitRange()
{
    double low = std::numeric_limits<double>::infinity(), high = -low, from = low, to = high;
    for (const QCPGraph* const graph : {m_exact, m_proxy, m_realised}) {
        for (const QCPGraphData& point : *graph->data()) {
            from = std::min(from, point.key);
            to = std::max(to, point.key);
            if (std::isnan(point.value))
                continue;
            low = std::min(low, point.value);
            high = std::max(high, point.value);
        }
    }
    xAxis->setTickLabels(from <= to); // an axis of nothing would say 1970
    yAxis->setTickLabels(low <= high);
    if (from <= to)
        xAxis->setRange(from, std::max(to, from + 86'400));
    if (low <= high) {
        const double margin = 0.06 * std::max(0.1, high - low);
        yAxis->setRange(low - margin, high + margin);
    }
}

void CorrelationPlot::restyle()
{
    m_exact->setPen(QPen(theme().color(Role::Accent), strong));
    m_now->setPen(QPen(theme().color(Role::Accent), 1));
    m_now->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
    m_proxy->setPen(QPen(theme().color(Role::Faint), thin));
    m_realised->setPen(QPen(theme().color(Role::Warning), 1.4));
    m_cursor->setPen(QPen(theme().color(Role::Faint), 0));
    xAxis->grid()->setPen(Qt::NoPen);
}

bool CorrelationPlot::hover(const QPointF& pixel)
{
    if (!m_view || m_view->history->empty())
        return false;
    const desk::DispersionHistory& history = *m_view->history;
    const double at = xAxis->pixelToCoord(pixel.x());
    const auto next =
        std::ranges::lower_bound(history, at, {}, [](const desk::DispersionDay& day) { return secondsOf(day.date); });
    const auto place = std::clamp(static_cast<std::size_t>(next - history.begin()), m_first, history.size() - 1);
    const desk::DispersionDay& day = history[place];
    m_cursor->point1->setCoords(secondsOf(day.date), 0);
    m_cursor->point2->setCoords(secondsOf(day.date), 1);
    readOut().setText(tr("%1: implied %2, proxy %3, realised %4")
                          .arg(dateText(day.date), number(day.exact, decimals), number(day.proxy, decimals),
                               number(day.realised, decimals)));
    return true;
}

} // namespace vegadesk::ui
