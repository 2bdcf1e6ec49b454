#include "ui/plots/fold_plot.h"

#include "ui/models/backtest_models.h"
#include "ui/models/sweep_words.h"
#include "ui/models/words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double halfBar = 0.32, daySeconds = 86'400;

double secondsOf(base::Date date)
{
    return static_cast<double>(date.time_since_epoch().count()) * daySeconds;
}
QCPRange daysOf(base::Date first, base::Date last)
{
    return {secondsOf(first), secondsOf(last) + daySeconds};
}
QCPRange rangeOf(const QCPItemRect& item)
{
    return {item.topLeft->key(), item.bottomRight->key()};
}
} // namespace

FoldPlot::FoldPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_lower(new QCPAxisRect(this)), m_in(nullptr), m_out(nullptr),
      m_lowerTitle(new QCPItemText(this)), m_frame(new QCPItemRect(this))
{
    plotLayout()->addElement(1, 0, m_lower);
    plotLayout()->setRowStretchFactor(0, 1.6);
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
    QCPAxis* const time = m_lower->axis(QCPAxis::atBottom);
    QCPAxis* const figures = m_lower->axis(QCPAxis::atLeft);
    m_in = new QCPBars(time, figures);
    m_out = new QCPBars(time, figures);
    auto* const group = new QCPBarsGroup(this);
    group->setSpacingType(QCPBarsGroup::stAbsolute);
    group->setSpacing(1);
    for (QCPBars* const bars : {m_in, m_out})
        bars->setBarsGroup(group);

    const QSharedPointer<QCPAxisTickerDateTime> dates(new QCPAxisTickerDateTime);
    dates->setDateTimeFormat(tr("d MMM yy", "date format of a time axis"));
    dates->setDateTimeSpec(Qt::UTC);
    dates->setTickCount(6);
    time->setTicker(dates);
    xAxis->setTicker(dates);
    xAxis->setTickLabels(false);
    connect(xAxis, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), time,
            qOverload<const QCPRange&>(&QCPAxis::setRange));
    yAxis->setRangeReversed(true);
    yAxis->setTickLabels(false);

    m_lowerTitle->setClipToAxisRect(false);
    m_lowerTitle->position->setAxisRect(m_lower);
    m_lowerTitle->position->setType(QCPItemPosition::ptAxisRectRatio);
    m_lowerTitle->position->setCoords(0, 0);
    m_lowerTitle->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_lowerTitle->setPadding({4, 0, 4, 2});
    m_frame->setLayer(hoverLayer());
}

void FoldPlot::setReport(std::shared_ptr<const desk::SweepReport> report)
{
    m_report = std::move(report);
    showHover(false);
    for (const Step& step : m_steps) {
        removeItem(step.pickedOn);
        removeItem(step.traded);
        removeItem(step.words);
    }
    m_steps.clear();
    m_in->data()->clear();
    m_out->data()->clear();
    if (m_report)
        fill();
    restyle();
    requestReplot();
}

void FoldPlot::fill()
{
    const desk::WalkForwardView& walked = *m_report->walkForward;
    double low = 0, high = 0;
    double width = daySeconds;
    for (std::size_t i = 0; i < walked.folds.size(); ++i) {
        const desk::FoldView& fold = walked.folds[i];
        const auto row = static_cast<double>(i);
        const Step& step =
            m_steps.emplace_back(Step{new QCPItemRect(this), new QCPItemRect(this), new QCPItemText(this)});
        const auto place = [row](QCPItemRect& item, const QCPRange& days) {
            item.topLeft->setCoords(days.lower, row - halfBar);
            item.bottomRight->setCoords(days.upper, row + halfBar);
        };
        const QCPRange out = daysOf(fold.outFirst, fold.outLast);
        place(*step.pickedOn, daysOf(fold.inFirst, fold.inLast));
        place(*step.traded, out);
        if (i == 0)
            width = 0.4 * out.size();
        for (const auto& [bars, figure] : {std::pair{m_in, fold.inSample}, std::pair{m_out, fold.outOfSample}}) {
            if (!std::isfinite(figure))
                continue;
            bars->addData(out.center(), figure);
            low = std::min(low, figure);
            high = std::max(high, figure);
        }
    }
    for (QCPBars* const bars : {m_in, m_out})
        bars->setWidth(width);
    const double margin = std::max(1e-6, 0.1 * (high - low));
    QCPAxis& figures = *m_lower->axis(QCPAxis::atLeft);
    figures.setRange(low - (low < 0 ? margin : 0), high + 2.5 * margin); // room for the title
    setLabels(
        figures, [id = walked.objective, unit = walked.unit](double value) { return metricText({id, unit, value}); },
        4);
    if (!walked.folds.empty())
        xAxis->setRange(secondsOf(walked.folds.front().inFirst), secondsOf(walked.folds.back().outLast) + daySeconds);
    yAxis->setRange(-0.5, static_cast<double>(walked.folds.size()) - 0.5);
    m_lowerTitle->setText(tr("%1: in sample (pale) and out of sample").arg(metricTitle(walked.objective)));
    placeWords();
}

void FoldPlot::placeWords()
{
    const QFontMetrics metrics(theme().labelFont());
    const double rowHeight = axisRect()->height() / std::max<double>(1, static_cast<double>(m_steps.size()));
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps[i];
        const QString words = pickedWords(*m_report, folds()[i]);
        step.words->setText(words);
        const double needed = metrics.horizontalAdvance(words) + 10;
        const double from = xAxis->coordToPixel(rangeOf(*step.pickedOn).lower);
        const double to = xAxis->coordToPixel(rangeOf(*step.traded).upper);
        const double left = from - axisRect()->left(), right = axisRect()->right() - to;
        const double inside = xAxis->coordToPixel(rangeOf(*step.pickedOn).upper) - from;
        const auto row = static_cast<double>(i);
        const auto put = [&](double seconds, Qt::Alignment alignment) {
            step.words->position->setCoords(seconds, row);
            step.words->setPositionAlignment(alignment | Qt::AlignVCenter);
        };
        step.words->setVisible(metrics.height() <= rowHeight && needed <= std::max({left, right, inside}));
        if (right >= needed)
            put(rangeOf(*step.traded).upper, Qt::AlignLeft);
        else if (inside >= needed)
            put(rangeOf(*step.pickedOn).lower, Qt::AlignLeft);
        else
            put(rangeOf(*step.pickedOn).lower, Qt::AlignRight);
    }
}

std::vector<QCPRange> FoldPlot::pickedOn() const
{
    std::vector<QCPRange> ranges;
    for (const Step& step : m_steps)
        ranges.push_back(rangeOf(*step.pickedOn));
    return ranges;
}

std::vector<QCPRange> FoldPlot::traded() const
{
    std::vector<QCPRange> ranges;
    for (const Step& step : m_steps)
        ranges.push_back(rangeOf(*step.traded));
    return ranges;
}

void FoldPlot::resizeEvent(QResizeEvent* event)
{
    Plot::resizeEvent(event);
    if (m_report)
        placeWords();
}

void FoldPlot::restyle()
{
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const Step& step = m_steps[i];
        const QColor result = theme().signColor(folds()[i].netProfit);
        step.pickedOn->setPen(Qt::NoPen);
        step.pickedOn->setBrush(wash(theme().color(Role::Accent), 0.25));
        step.traded->setPen(Qt::NoPen);
        step.traded->setBrush(wash(result, 0.8));
        step.words->setFont(theme().labelFont());
        step.words->setColor(theme().color(Role::Text));
        step.words->setPadding({5, 0, 5, 0});
    }
    m_in->setPen(Qt::NoPen);
    m_in->setBrush(wash(theme().color(Role::Accent), 0.4));
    m_out->setPen(Qt::NoPen);
    m_out->setBrush(theme().color(Role::Accent));
    m_lowerTitle->setFont(theme().labelFont());
    m_lowerTitle->setColor(theme().color(Role::Dim));
    m_frame->setPen(Qt::NoPen);
    m_frame->setBrush(wash(theme().color(Role::Faint), 0.14));
    yAxis->grid()->setVisible(false);
    for (const QCPAxisRect* rect : axisRects())
        for (QCPAxis* axis : rect->axes(QCPAxis::atBottom))
            axis->grid()->setPen(Qt::NoPen);
}

bool FoldPlot::hover(const QPointF& pixel)
{
    if (!m_report || folds().empty() || !axisRect()->rect().contains(pixel.toPoint()))
        return false;
    const double row = std::round(yAxis->pixelToCoord(pixel.y()));
    const auto i = static_cast<std::size_t>(std::clamp(row, 0.0, static_cast<double>(folds().size() - 1)));
    const desk::FoldView& fold = folds()[i];
    const desk::WalkForwardView& walked = *m_report->walkForward;
    const auto figure = [&](double value) { return metricText({walked.objective, walked.unit, value}); };
    const QString picked = fold.lostInSample() ? tr("%1, at a loss").arg(figure(fold.inSample)) : figure(fold.inSample);
    m_frame->topLeft->setCoords(xAxis->range().lower, static_cast<double>(i) - 0.5);
    m_frame->bottomRight->setCoords(xAxis->range().upper, static_cast<double>(i) + 0.5);
    readOut().setText(tr("picked on %1 to %2: %3\ntraded %4 to %5: %6, %7\n%8")
                          .arg(dateText(fold.inFirst), dateText(fold.inLast), picked, dateText(fold.outFirst),
                               dateText(fold.outLast), figure(fold.outOfSample), signedMoney(fold.netProfit),
                               pickedWords(*m_report, fold)));
    return true;
}

} // namespace vegadesk::ui
