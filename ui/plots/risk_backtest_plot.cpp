#include "ui/plots/risk_backtest_plot.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QKeyEvent>

#include <algorithm>
#include <cmath>
#include <utility>

namespace vegadesk::ui
{

namespace
{
/// Days are a place each, so that weekends leave no gaps.
double placeOf(std::size_t day)
{
    return static_cast<double>(day);
}
} // namespace

RiskBacktestPlot::RiskBacktestPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_gains(new QCPBars(xAxis, yAxis)), m_losses(new QCPBars(xAxis, yAxis)),
      m_hits(new QCPBars(xAxis, yAxis)), m_limit(addGraph()), m_marks(addGraph()),
      m_cursor(new QCPItemStraightLine(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_limit->setLineStyle(QCPGraph::lsStepCenter);
    m_marks->setLineStyle(QCPGraph::lsNone);
    m_cursor->setLayer(hoverLayer());
    setLabels(*yAxis, [](double dollars) { return number(dollars, 0); }, 5);
    setLabels(
        *xAxis,
        [this](double place) {
            const desk::RiskBacktestView* const test = shown();
            const double day = std::round(place);
            const bool isDay =
                test && std::abs(place - day) < 1e-6 && day >= 0 && day < static_cast<double>(test->dates.size());
            return isDay ? dateText(test->dates[static_cast<std::size_t>(day)]) : QString();
        },
        5);
    axisRect()->setMinimumMargins({4, 6, 8, 4});
    m_gains->removeFromLegend();
    m_losses->removeFromLegend();
    m_hits->setName(tr("loss beyond it"));
    m_limit->setName(tr("value at risk of the evening before"));
    m_marks->removeFromLegend();
    putLegendAbove();
}

const desk::RiskBacktestView* RiskBacktestPlot::shown() const
{
    return m_view && m_method < m_view->backtests.size() ? &m_view->backtests[m_method] : nullptr;
}

void RiskBacktestPlot::setView(std::shared_ptr<const desk::RiskView> view, std::size_t method)
{
    const auto before = std::exchange(m_view, std::move(view)); // holds what `old` points to
    const desk::RiskBacktestView* const old =
        before && m_method < before->backtests.size() ? &before->backtests[m_method] : nullptr;
    m_method = method;
    // Another reckoning of the same days leaves the one that is read out.
    if (!old || !shown() || old->method != shown()->method || old->dates != shown()->dates)
        m_day.reset();
    hoverLayer()->setVisible(m_day.has_value());
    if (m_day)
        point(*m_day);
    else
        say({});
    QVector<double> gainDays, gains, lossDays, losses, hitDays, hits, days, limits;
    double lowest = 0, highest = 0;
    if (const desk::RiskBacktestView* const test = shown()) {
        for (std::size_t day = 0; day < test->profits.size(); ++day) {
            const double profit = test->profits[day], limit = -test->valuesAtRisk[day];
            days << placeOf(day);
            limits << limit;
            if (profit < limit) {
                hitDays << placeOf(day);
                hits << profit;
            } else {
                (profit < 0 ? lossDays : gainDays) << placeOf(day);
                (profit < 0 ? losses : gains) << profit;
            }
            lowest = std::fmin(lowest, std::fmin(profit, limit));
            highest = std::fmax(highest, profit);
        }
    }
    m_gains->setData(gainDays, gains, true);
    m_losses->setData(lossDays, losses, true);
    m_hits->setData(hitDays, hits, true);
    m_marks->setData(hitDays, hits, true);
    m_limit->setData(days, limits, true);
    const double margin = 0.06 * std::max(1.0, highest - lowest);
    yAxis->setRange(lowest - margin, highest + margin);
    xAxis->setRange(-1, std::max(1.0, placeOf(static_cast<std::size_t>(days.size()))));
    requestReplot();
}

void RiskBacktestPlot::restyle()
{
    const auto paint = [this](QCPBars* bars, Role role, double opacity) {
        bars->setPen(Qt::NoPen);
        bars->setBrush(wash(theme().color(role), opacity));
        bars->setWidth(0.8);
    };
    paint(m_gains, Role::Gain, 0.45);
    paint(m_losses, Role::Dim, 0.55);
    paint(m_hits, Role::Loss, 1);
    m_limit->setPen(QPen(theme().color(Role::Warning), 1.5));
    QCPScatterStyle mark(QCPScatterStyle::ssTriangleInverted, 6);
    mark.setPen(Qt::NoPen);
    mark.setBrush(theme().color(Role::Loss));
    m_marks->setScatterStyle(mark);
    m_marks->setPen(QPen(theme().color(Role::Loss), 1));
    m_cursor->setPen(QPen(theme().color(Role::Faint), 0));
    xAxis->grid()->setVisible(false);
}

void RiskBacktestPlot::say(const QString& words)
{
    if (words == m_words)
        return;
    m_words = words;
    Q_EMIT readOutChanged();
}

void RiskBacktestPlot::point(std::size_t day)
{
    const desk::RiskBacktestView& test = *shown();
    m_day = day;
    m_cursor->point1->setCoords(placeOf(day), 0);
    m_cursor->point2->setCoords(placeOf(day), 1);
    const double profit = test.profits[day], limit = test.valuesAtRisk[day];
    const QString words =
        tr("%1: %2 dollars, value at risk %3").arg(dateText(test.dates[day]), signedMoney(profit), money(limit));
    say(profit < -limit ? tr("▼ %1: lost %2 more").arg(words, money(-profit - limit)) : words);
}

bool RiskBacktestPlot::hover(const QPointF& pixel)
{
    const desk::RiskBacktestView* const test = shown();
    if (!test || test->profits.empty())
        return false;
    const double place = std::round(xAxis->pixelToCoord(pixel.x()));
    point(static_cast<std::size_t>(std::clamp(place, 0.0, placeOf(test->profits.size() - 1))));
    return true;
}

void RiskBacktestPlot::keyPressEvent(QKeyEvent* event)
{
    const desk::RiskBacktestView* const test = shown();
    if (!test || test->profits.empty())
        return Plot::keyPressEvent(event);
    const std::size_t last = test->profits.size() - 1, at = m_day.value_or(last);
    switch (event->key()) {
    case Qt::Key_Left:
        point(at > 0 ? at - 1 : 0);
        break;
    case Qt::Key_Right:
        point(std::min(at + 1, last));
        break;
    case Qt::Key_Home:
        point(0);
        break;
    case Qt::Key_End:
        point(last);
        break;
    default:
        return Plot::keyPressEvent(event);
    }
    showHover(true);
}

void RiskBacktestPlot::leaveEvent(QEvent* event)
{
    Plot::leaveEvent(event);
    m_day.reset();
    say({});
}

} // namespace vegadesk::ui
