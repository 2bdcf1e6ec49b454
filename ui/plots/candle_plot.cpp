#include "ui/plots/candle_plot.h"

#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr std::array stretches{5.0, 1.0, 1.6}; ///< of the panes' heights
constexpr double bodyWidth = 0.7, fewestBars = 10, roomRight = 1.5, wheelStep = 1.2;

bool isDaily(desk::ChartSpan span)
{
    return span == desk::ChartSpan::Year || span == desk::ChartSpan::ThreeYears;
}

/// "12.3 M": a volume's size, not its count.
QString volumeText(double shares)
{
    if (!(shares >= 1e3))
        return number(shares, 0);
    return shares >= 1e6 ? CandlePlot::tr("%1 M", "millions").arg(number(shares / 1e6, 1))
                         : CandlePlot::tr("%1 k", "thousands").arg(number(shares / 1e3, 0));
}
} // namespace

CandlePlot::CandlePlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_view(std::make_shared<const desk::ChartView>())
{
    plotLayout()->clear();
    plotLayout()->setRowSpacing(0);
    auto* const margins = new QCPMarginGroup(this);
    for (const Pane pane : {Price, Volume, Volatility}) {
        m_panes[pane] = makePane(pane);
        m_panes[pane]->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
    }
    const auto bottom = [this](Pane pane) { return m_panes[pane]->axis(QCPAxis::atBottom); };
    const auto right = [this](Pane pane) { return m_panes[pane]->axis(QCPAxis::atRight); };
    for (const Pane pane : {Price, Volume}) {
        bottom(pane)->setTickLabels(false);
        // One axis for all: what moves one moves the others.
        connect(bottom(pane), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), bottom(Volatility),
                qOverload<const QCPRange&>(&QCPAxis::setRange));
        connect(bottom(Volatility), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), bottom(pane),
                qOverload<const QCPRange&>(&QCPAxis::setRange));
        setLabels(*bottom(pane), [](double) { return QString(); }, 6);
    }
    setLabels(*bottom(Volatility), [this](double index) { return timeWords(index, false); }, 6);
    setLabels(*right(Price), [](double price) { return number(price, 2); }, 6);
    setLabels(*right(Volume), volumeText, 2);
    setLabels(*right(Volatility), [](double vol) { return percent(vol, 0); }, 3);

    m_candles = new QCPFinancial(bottom(Price), right(Price));
    m_candles->setChartStyle(QCPFinancial::csCandlestick);
    m_candles->setWidthType(QCPFinancial::wtPlotCoords);
    m_candles->setWidth(bodyWidth);
    m_candles->setTwoColored(true);
    m_volumes = new QCPBars(bottom(Volume), right(Volume));
    m_volumes->setWidth(bodyWidth);
    m_implied = addGraph(bottom(Volatility), right(Volatility));
    m_realised = addGraph(bottom(Volatility), right(Volatility));
    m_volumeTitle = makeTitle(Volume, 0);
    m_impliedTitle = makeTitle(Volatility, 0);
    m_realisedTitle = makeTitle(Volatility, 0.3);
    m_volumeTitle->setText(tr("volume"));
    m_lastPrice = new QCPItemStraightLine(this);
    for (QCPItemPosition* const position : {m_lastPrice->point1, m_lastPrice->point2}) {
        position->setAxisRect(m_panes[Price]);
        position->setAxes(bottom(Price), right(Price));
    }
    m_lastPrice->setClipAxisRect(m_panes[Price]);
    for (const Pane pane : {Price, Volume, Volatility}) {
        m_cursors[pane] = new QCPItemStraightLine(this);
        m_cursors[pane]->setLayer(hoverLayer());
        m_cursors[pane]->setClipAxisRect(m_panes[pane]);
        for (QCPItemPosition* const position : {m_cursors[pane]->point1, m_cursors[pane]->point2}) {
            position->setAxisRect(m_panes[pane]);
            position->setAxes(bottom(pane), right(pane));
        }
    }
    readOut().position->setAxisRect(m_panes[Price]);
    setInteraction(QCP::iRangeDrag);
    connect(bottom(Volatility), qOverload<const QCPRange&>(&QCPAxis::rangeChanged), this, [this] {
        const double end = static_cast<double>(m_view->bars.size());
        m_isFollowing = m_panes[Price]->axis(QCPAxis::atBottom)->range().upper >= end - 1;
        fitAxes();
        requestReplot();
    });
}

QCPAxisRect* CandlePlot::makePane(Pane pane)
{
    auto* const rect = new QCPAxisRect(this, false);
    rect->addAxes(QCPAxis::atBottom | QCPAxis::atRight);
    plotLayout()->addElement(static_cast<int>(pane), 0, rect);
    plotLayout()->setRowStretchFactor(static_cast<int>(pane), stretches[pane]);
    rect->setMinimumMargins({8, pane == Price ? 6 : 14, 4, 2});
    rect->setRangeDrag(Qt::Horizontal);
    rect->setRangeDragAxes(rect->axis(QCPAxis::atBottom), nullptr);
    for (QCPAxis* axis : rect->axes()) {
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    return rect;
}

QCPItemText* CandlePlot::makeTitle(Pane pane, double x)
{
    auto* const title = new QCPItemText(this);
    title->setClipToAxisRect(false);
    title->position->setAxisRect(m_panes[pane]);
    title->position->setType(QCPItemPosition::ptAxisRectRatio);
    title->position->setCoords(x, 0);
    title->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
    title->setPadding({2, 0, 0, 1});
    return title;
}

void CandlePlot::setView(std::shared_ptr<const desk::ChartView> view)
{
    const bool isSame = view->symbol == m_view->symbol && view->span == m_view->span && !m_view->bars.empty();
    const double before = static_cast<double>(m_view->bars.size());
    m_view = std::move(view);
    const auto& bars = m_view->bars;
    QVector<QCPFinancialData> candles;
    QVector<double> places, volumes, implied, realised;
    candles.reserve(static_cast<qsizetype>(bars.size()));
    for (std::size_t i = 0; i < bars.size(); ++i) {
        const market::Candle& candle = bars[i].candle;
        const double place = static_cast<double>(i);
        candles << QCPFinancialData(place, candle.open, candle.high, candle.low, candle.close);
        places << place;
        volumes << candle.volume;
        implied << candle.impliedVolatility;
        realised << bars[i].realisedVolatility;
    }
    m_candles->data()->set(candles, true);
    m_volumes->setData(places, volumes, true);
    m_implied->setData(places, implied, true);
    m_realised->setData(places, realised, true);
    const double count = static_cast<double>(bars.size());
    QCPAxis& axis = *m_panes[Volatility]->axis(QCPAxis::atBottom);
    if (!isSame)
        axis.setRange(-1, std::max(count, fewestBars) - 1 + roomRight);
    else if (m_isFollowing && count != before)
        axis.moveRange(count - before);
    fitAxes();
    showLast();
    hoverLayer()->setVisible(false);
    requestReplot();
}

const desk::ChartBar* CandlePlot::barAt(double index) const
{
    const double nearest = std::round(index);
    if (!(nearest >= 0) || nearest >= static_cast<double>(m_view->bars.size()))
        return nullptr;
    return &m_view->bars[static_cast<std::size_t>(nearest)];
}

QString CandlePlot::timeWords(double index, bool isLong) const
{
    const desk::ChartBar* const bar = barAt(index);
    if (!bar || (!isLong && std::abs(index - std::round(index)) > 0.01))
        return {};
    if (isDaily(m_view->span)) {
        const base::Date date(std::chrono::floor<std::chrono::days>(bar->candle.time.time_since_epoch()));
        return isLong ? dateText(date) : shortDateText(date);
    }
    const bool isOneDay = m_view->span == desk::ChartSpan::Day;
    return newYorkText(bar->candle.time, isOneDay && !isLong ? tr("HH:mm", "time of an axis")
                                         : isLong            ? tr("d MMM HH:mm", "moment of a bar")
                                                             : tr("d MMM", "date of an axis"));
}

/// Heights of what is in sight.
void CandlePlot::fitAxes()
{
    const QCPRange range = m_panes[Price]->axis(QCPAxis::atBottom)->range();
    double low = INFINITY, high = -INFINITY, volume = 0, least = INFINITY, most = -INFINITY;
    const auto& bars = m_view->bars;
    const double last = static_cast<double>(bars.size()) - 1;
    for (double i = std::max(0.0, std::ceil(range.lower)); i <= std::min(last, std::floor(range.upper)); ++i) {
        const desk::ChartBar& bar = bars[static_cast<std::size_t>(i)];
        low = std::fmin(low, bar.candle.low);
        high = std::fmax(high, bar.candle.high);
        volume = std::fmax(volume, bar.candle.volume);
        for (const double vol : {bar.candle.impliedVolatility, bar.realisedVolatility}) {
            least = std::fmin(least, vol);
            most = std::fmax(most, vol);
        }
    }
    // A line is in sight where that does not flatten what is drawn; further away its words stand at the edge.
    const double reach = std::max(high - low, 0.02 * high);
    const double lowest = low - reach, highest = high + reach;
    for (const PriceLine& line : m_lines) {
        if (line.price < lowest || line.price > highest)
            continue;
        low = std::fmin(low, line.price);
        high = std::fmax(high, line.price);
    }
    if (low <= high) {
        const double room = std::max(0.06 * (high - low), 1e-4 * high);
        m_panes[Price]->axis(QCPAxis::atRight)->setRange(low - room, high + room);
    }
    drawLines();
    m_panes[Volume]->axis(QCPAxis::atRight)->setRange(0, volume > 0 ? 1.08 * volume : 1);
    if (least <= most) {
        const double room = std::max(0.1 * (most - least), 0.005);
        m_panes[Volatility]->axis(QCPAxis::atRight)->setRange(std::max(0.0, least - room), most + room);
    }
}

void CandlePlot::showLast()
{
    const auto& bars = m_view->bars;
    m_lastPrice->setVisible(!bars.empty());
    if (bars.empty()) {
        m_impliedTitle->setText({});
        m_realisedTitle->setText({});
        return;
    }
    const desk::ChartBar& last = bars.back();
    m_lastPrice->point1->setCoords(0, last.candle.close);
    m_lastPrice->point2->setCoords(1, last.candle.close);
    // A day's implied volatility is known at its end: the newest one that is.
    const auto known = std::ranges::find_if(bars.rbegin(), bars.rend(), [](const desk::ChartBar& bar) {
        return std::isfinite(bar.candle.impliedVolatility);
    });
    m_impliedTitle->setText(known == bars.rend() ? tr("no implied volatility")
                                                 : tr("implied %1").arg(percent(known->candle.impliedVolatility)));
    m_realisedTitle->setText(tr("realised, 20 bars %1").arg(percent(last.realisedVolatility)));
}

void CandlePlot::restyle()
{
    drawLines();
    const QColor gain = theme().color(Role::Gain), loss = theme().color(Role::Loss);
    m_candles->setBrushPositive(gain);
    m_candles->setPenPositive(QPen(gain));
    m_candles->setBrushNegative(loss);
    m_candles->setPenNegative(QPen(loss));
    m_volumes->setPen(Qt::NoPen);
    m_volumes->setBrush(wash(theme().color(Role::Dim), 0.5));
    constexpr double lineWidth = 1.4;
    m_implied->setPen(QPen(theme().color(Role::Accent), lineWidth));
    m_realised->setPen(QPen(theme().color(Role::Warning), lineWidth));
    for (QCPItemText* const title : {m_volumeTitle, m_impliedTitle, m_realisedTitle})
        title->setFont(theme().labelFont());
    m_volumeTitle->setColor(theme().color(Role::Faint));
    m_impliedTitle->setColor(theme().color(Role::Accent));
    m_realisedTitle->setColor(theme().color(Role::Warning));
    m_lastPrice->setPen(QPen(wash(theme().color(Role::Accent), 0.6), 1, Qt::DashLine));
    for (QCPItemStraightLine* const cursor : m_cursors)
        cursor->setPen(QPen(theme().color(Role::Faint)));
    for (const QCPAxisRect* rect : m_panes)
        rect->axis(QCPAxis::atBottom)->grid()->setPen(Qt::NoPen);
}

bool CandlePlot::hover(const QPointF& pixel)
{
    const double index = m_panes[Price]->axis(QCPAxis::atBottom)->pixelToCoord(pixel.x());
    const desk::ChartBar* const bar = barAt(index);
    if (!bar)
        return false;
    for (QCPItemStraightLine* const cursor : m_cursors) {
        cursor->point1->setCoords(std::round(index), 0);
        cursor->point2->setCoords(std::round(index), 1);
    }
    const market::Candle& candle = bar->candle;
    readOut().setText(tr("%1\nopen %2  high %3  low %4  close %5\nvolume %6  implied %7  realised %8")
                          .arg(timeWords(index, true), number(candle.open, 2), number(candle.high, 2),
                               number(candle.low, 2), number(candle.close, 2), volumeText(candle.volume),
                               percent(candle.impliedVolatility), percent(bar->realisedVolatility)));
    return true;
}

void CandlePlot::wheelEvent(QWheelEvent* event)
{
    QCPAxis& axis = *m_panes[Volatility]->axis(QCPAxis::atBottom);
    const double count = static_cast<double>(m_view->bars.size());
    const double steps = event->angleDelta().y() / 120.0;
    const double width = std::clamp(axis.range().size() * std::pow(wheelStep, -steps), fewestBars,
                                    std::max(count + roomRight, fewestBars));
    // Around the newest bar while that is in sight, else around the mouse.
    const double anchor = m_isFollowing ? axis.range().upper : axis.pixelToCoord(event->position().x());
    const double left = anchor - (anchor - axis.range().lower) * width / axis.range().size();
    axis.setRange(left, left + width);
    event->accept();
}

} // namespace vegadesk::ui
