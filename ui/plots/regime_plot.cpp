#include "ui/plots/regime_plot.h"

#include "ui/models/risk_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double groundShade = 0.16, bandShade = 0.55;

double secondsOf(base::Date date)
{
    return static_cast<double>(std::chrono::duration_cast<std::chrono::seconds>(date.time_since_epoch()).count());
}
} // namespace

RegimePlot::RegimePlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_lower(new QCPAxisRect(this)), m_close(addGraph())
{
    plotLayout()->addElement(1, 0, m_lower);
    plotLayout()->setRowStretchFactor(0, 2);
    plotLayout()->setRowSpacing(0);
    auto* const margins = new QCPMarginGroup(this);
    for (QCPAxisRect* rect : axisRects()) {
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
        rect->setMinimumMargins({4, 6, 12, 4});
        for (QCPAxis* axis : rect->axes()) {
            axis->setLayer(QStringLiteral("axes"));
            axis->grid()->setLayer(QStringLiteral("grid"));
        }
        auto* const cursor = new QCPItemStraightLine(this);
        for (QCPItemPosition* const point : {cursor->point1, cursor->point2}) {
            point->setAxisRect(rect);
            point->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
        }
        cursor->setClipAxisRect(rect);
        cursor->setLayer(hoverLayer());
        m_cursors.push_back(cursor);
    }
    QCPAxis* const lowerTime = m_lower->axis(QCPAxis::atBottom);
    const QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
    dates->setDateTimeFormat(tr("d MMM yy", "date format of a time axis"));
    dates->setDateTimeSpec(Qt::UTC);
    dates->setTickCount(5);
    xAxis->setTicker(dates);
    lowerTime->setTicker(dates);
    xAxis->setTickLabels(false);
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), lowerTime,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
    setLabels(*yAxis, [](double price) { return number(price, 0); }, 4);
    setLabels(*m_lower->axis(QCPAxis::atLeft), [](double share) { return percent(share, 0); }, 2);
    m_lower->axis(QCPAxis::atLeft)->setRange(0, 1);
    putLegendAbove();
    m_close->removeFromLegend();
}

bool RegimePlot::isDrawn(const desk::RegimeView& other, int days) const
{
    return m_view && days == m_days && regimes().index == other.index && regimes().names == other.names &&
           regimes().dates == other.dates && regimes().regime == other.regime &&
           regimes().probabilities == other.probabilities && regimes().closes == other.closes;
}

void RegimePlot::setView(std::shared_ptr<const desk::RiskView> view, int days)
{
    const bool isSame = isDrawn(view->regimes, days);
    m_view = std::move(view);
    m_days = days;
    if (isSame)
        return;
    const std::size_t count = regimes().dates.size();
    m_first = days > 0 && static_cast<std::size_t>(days) < count ? count - static_cast<std::size_t>(days) : 0;
    hoverLayer()->setVisible(false);
    fill();
    fillGrounds();
    restyle();
    wrapLegend();
    requestReplot();
}

void RegimePlot::fill()
{
    const desk::RegimeView& shown = regimes();
    QVector<double> times, closes;
    for (std::size_t day = m_first; day < shown.dates.size(); ++day) {
        times << secondsOf(shown.dates[day]);
        closes << shown.closes[day];
    }
    m_close->setData(times, closes, true);
    for (QCPGraph* const band : m_bands)
        removeGraph(band);
    m_bands.clear();
    QVector<double> reached(times.size(), 0);
    for (std::size_t regime = 0; regime < shown.probabilities.size(); ++regime) {
        for (qsizetype i = 0; i < reached.size(); ++i)
            reached[i] += shown.probabilities[regime][m_first + static_cast<std::size_t>(i)];
        QCPGraph* const band = addGraph(m_lower->axis(QCPAxis::atBottom), m_lower->axis(QCPAxis::atLeft));
        band->setData(times, reached, true);
        band->setName(regimeWord(shown.names[regime]));
        if (!m_bands.empty())
            band->setChannelFillGraph(m_bands.back());
        m_bands.push_back(band);
    }
    if (!times.isEmpty()) {
        xAxis->setRange(times.front(), std::max(times.back(), times.front() + 1));
        const auto [low, high] = std::ranges::minmax(closes);
        const double margin = 0.06 * std::max(1.0, high - low);
        yAxis->setRange(low - margin, high + margin);
    }
}

void RegimePlot::fillGrounds()
{
    for (const Ground& ground : m_grounds)
        removeItem(ground.rect);
    m_grounds.clear();
    const desk::RegimeView& shown = regimes();
    for (std::size_t day = m_first; day < shown.regime.size();) {
        std::size_t end = day;
        while (end < shown.regime.size() && shown.regime[end] == shown.regime[day])
            ++end;
        if (shown.regime[day] >= 0) {
            auto* const rect = new QCPItemRect(this);
            rect->setLayer(QStringLiteral("background"));
            rect->topLeft->setTypeY(QCPItemPosition::ptAxisRectRatio);
            rect->bottomRight->setTypeY(QCPItemPosition::ptAxisRectRatio);
            rect->topLeft->setCoords(secondsOf(shown.dates[day]), 0);
            rect->bottomRight->setCoords(secondsOf(shown.dates[std::min(end, shown.dates.size() - 1)]), 1);
            m_grounds.push_back({rect, static_cast<std::size_t>(shown.regime[day])});
        }
        day = end;
    }
}

void RegimePlot::paintGrounds()
{
    for (const Ground& ground : m_grounds) {
        ground.rect->setPen(Qt::NoPen);
        ground.rect->setBrush(wash(theme().color(regimeRole(ground.regime, regimes().names.size())), groundShade));
    }
}

void RegimePlot::restyle()
{
    m_close->setPen(QPen(theme().color(Role::Text), 1.2));
    for (std::size_t regime = 0; regime < m_bands.size(); ++regime) {
        const QColor colour = theme().color(regimeRole(regime, m_bands.size()));
        m_bands[regime]->setPen(QPen(colour, 0));
        m_bands[regime]->setBrush(wash(colour, bandShade));
    }
    for (QCPItemStraightLine* const cursor : m_cursors)
        cursor->setPen(QPen(theme().color(Role::Faint), 0));
    paintGrounds();
    for (const QCPAxisRect* rect : axisRects())
        for (QCPAxis* axis : rect->axes(QCPAxis::atBottom))
            axis->grid()->setPen(Qt::NoPen);
}

bool RegimePlot::hover(const QPointF& pixel)
{
    if (!m_view || regimes().dates.empty())
        return false;
    const desk::RegimeView& shown = regimes();
    const double at = xAxis->pixelToCoord(pixel.x());
    const auto next = std::ranges::lower_bound(shown.dates, at, {}, secondsOf);
    const auto day = std::clamp(static_cast<std::size_t>(next - shown.dates.begin()), m_first, shown.dates.size() - 1);
    for (QCPItemStraightLine* const cursor : m_cursors) {
        cursor->point1->setCoords(secondsOf(shown.dates[day]), 0);
        cursor->point2->setCoords(secondsOf(shown.dates[day]), 1);
    }
    QString words = tr("%1: %2 %3").arg(dateText(shown.dates[day]), text(shown.index), number(shown.closes[day], 2));
    const int regime = shown.regime[day];
    words += u'\n' + (regime < 0 ? tr("no regime yet") : regimeWord(shown.names[static_cast<std::size_t>(regime)]));
    QStringList probabilities;
    for (std::size_t each = 0; each < shown.names.size(); ++each)
        probabilities << regimeWord(shown.names[each]) + u' ' + percent(shown.probabilities[each][day], 0);
    readOut().setText(words + QStringLiteral(" · ") + probabilities.join(QStringLiteral(", ")));
    return true;
}

} // namespace vegadesk::ui
