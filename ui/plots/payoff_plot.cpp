#include "ui/plots/payoff_plot.h"

#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr int leastLabelledHeight = 120; ///< below it the bands' names would lie on the curves

/// A curve's value between two points of the axis; NaN outside it or beside an unknown point.
double valueAt(const std::vector<double>& xs, const std::vector<double>& ys, double x)
{
    const auto above = std::ranges::lower_bound(xs, x);
    if (xs.size() != ys.size() || above == xs.end() || (above == xs.begin() && *above != x))
        return desk::unknown;
    const auto i = static_cast<std::size_t>(above - xs.begin());
    if (xs[i] == x)
        return ys[i];
    const double share = (x - xs[i - 1]) / (xs[i] - xs[i - 1]);
    return ys[i - 1] + share * (ys[i] - ys[i - 1]);
}

bool isSame(double a, double b)
{
    return a == b || (std::isnan(a) && std::isnan(b));
}

bool looksSame(const desk::TicketView& a, const desk::TicketView& b)
{
    return a.spots == b.spots && a.atExpiry == b.atExpiry && a.today == b.today && a.before == b.before &&
           a.breakEvens == b.breakEvens && a.spot == b.spot && a.oneSigmaLow == b.oneSigmaLow &&
           a.oneSigmaHigh == b.oneSigmaHigh && a.whatIf.has_value() == b.whatIf.has_value() &&
           (!a.whatIf || (a.whatIf->whatIf == b.whatIf->whatIf && a.whatIf->profits == b.whatIf->profits)) &&
           isSame(a.targetProfit, b.targetProfit) && isSame(a.stopProfit, b.stopProfit);
}

QVector<double> toVector(const std::vector<double>& values)
{
    return {values.begin(), values.end()};
}

void place(QCPItemText& label, Qt::Alignment alignment, double x, double y)
{
    label.setPositionAlignment(alignment);
    label.position->setType(QCPItemPosition::ptAxisRectRatio);
    label.position->setCoords(x, y);
    label.setClipToAxisRect(false);
}

void placeVertical(QCPItemStraightLine& line, double x)
{
    line.point1->setCoords(x, 0);
    line.point2->setCoords(x, 1);
}

/// From one price to the other, as high as the plot.
void spread(QCPItemRect& band, double low, double high)
{
    band.topLeft->setCoords(low, 0);
    band.bottomRight->setCoords(high, 1);
}

/// At the foot of a band, inside its upper end.
void labelBand(QCPItemText& label, double high)
{
    label.position->setCoords(high, 1);
}
} // namespace

PayoffPlot::PayoffPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_before(addGraph()), m_expiry(addGraph()), m_today(addGraph()), m_breakEvens(addGraph()),
      m_whatIf(addGraph()), m_whatIfSpot(addGraph()), m_oneSigma(new QCPItemRect(this)),
      m_twoSigma(new QCPItemRect(this)), m_oneSigmaText(new QCPItemText(this)), m_twoSigmaText(new QCPItemText(this)),
      m_spot(new QCPItemStraightLine(this)), m_spotText(new QCPItemText(this)), m_beforeText(new QCPItemText(this)),
      m_expiryText(new QCPItemText(this)), m_todayText(new QCPItemText(this)), m_whatIfText(new QCPItemText(this)),
      m_target(new QCPItemStraightLine(this)), m_stop(new QCPItemStraightLine(this)),
      m_targetText(new QCPItemText(this)), m_stopText(new QCPItemText(this)), m_cursor(new QCPItemStraightLine(this)),
      m_readOut(new QCPItemText(this))
{
    for (QCPItemRect* band : {m_twoSigma, m_oneSigma}) {
        band->setLayer(QStringLiteral("background"));
        for (QCPItemPosition* corner : {band->topLeft, band->bottomRight})
            corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    for (QCPItemText* label : {m_oneSigmaText, m_twoSigmaText}) {
        label->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
        label->setPositionAlignment(Qt::AlignRight | Qt::AlignBottom);
        label->setPadding({0, 0, 3, 1});
    }
    m_oneSigmaText->setText(tr("1σ", "one standard deviation until expiry"));
    m_twoSigmaText->setText(tr("2σ", "two standard deviations until expiry"));
    setToolTip(tr("Shaded: where the price is at expiry with a chance of 68 % (1σ) and 95 % (2σ), by the legs' "
                  "implied volatility"));
    m_spotText->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_spotText->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_spotText->setPadding({4, 0, 0, 0});

    // Above the curves, from the right: what if, today, at expiry, before.
    place(*m_whatIfText, Qt::AlignRight | Qt::AlignBottom, 1, 0);
    for (const auto& [label, after] : {std::pair{m_todayText, m_whatIfText}, std::pair{m_expiryText, m_todayText},
                                       std::pair{m_beforeText, m_expiryText}}) {
        place(*label, Qt::AlignRight | Qt::AlignVCenter, 0, 0);
        label->position->setParentAnchor(after->left);
        label->position->setType(QCPItemPosition::ptAbsolute);
        label->position->setCoords(-Theme::unit, 0);
    }
    setDayName(tr("today"));
    m_expiryText->setText(tr("at expiry"));
    m_beforeText->setText(tr("before", "the position before the order"));

    for (QCPItemText* label : {m_targetText, m_stopText}) {
        label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        label->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
        label->setPadding({3, 0, 0, 0});
        label->setVisible(false);
    }
    m_stopText->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    for (QCPItemStraightLine* line : {m_target, m_stop})
        line->setVisible(false);
    m_cursor->setLayer(hoverLayer());
    m_readOut->setLayer(hoverLayer());
    place(*m_readOut, Qt::AlignLeft | Qt::AlignTop, 0, 0);
    m_readOut->setPadding({2, 0, 6, 2});
    m_readOut->setTextAlignment(Qt::AlignLeft);

    m_breakEvens->setLineStyle(QCPGraph::lsNone);
    m_whatIfSpot->setLineStyle(QCPGraph::lsNone);
    xAxis->grid()->setVisible(false);
    setLabels(*xAxis, [](double price) { return number(price, 0); }, 4);
    setLabels(*yAxis, [](double profit) { return number(profit, 0); }, 3);
    axisRect()->setMinimumMargins({4, 2 * Theme::unit, 4, 4});
}

void PayoffPlot::restyle()
{
    m_before->setPen(QPen(theme().color(Role::Faint), 1.5, Qt::DashLine));
    m_expiry->setPen(QPen(theme().color(Role::Text), 1.5));
    m_whatIf->setPen(QPen(theme().color(Role::Accent), 1.5));
    m_whatIfSpot->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, theme().color(Role::Accent), theme().color(Role::Accent), 7));
    m_breakEvens->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, theme().color(Role::Text), theme().color(Role::Panel), 6));
    for (QCPItemRect* band : {m_oneSigma, m_twoSigma})
        band->setPen(Qt::NoPen);
    m_oneSigma->setBrush(wash(theme().color(Role::Selection), 0.5));
    m_twoSigma->setBrush(wash(theme().color(Role::Selection), 0.35)); // below the other one, so both add up
    m_spot->setPen(QPen(theme().color(Role::Dim), 0, Qt::DashLine));
    m_cursor->setPen(QPen(theme().color(Role::Faint), 0));
    m_target->setPen(QPen(theme().color(Role::Gain), 1, Qt::DashDotLine));
    m_stop->setPen(QPen(theme().color(Role::Loss), 1, Qt::DashDotLine));
    m_targetText->setColor(theme().color(Role::Gain));
    m_stopText->setColor(theme().color(Role::Loss));
    for (QCPItemText* label : {m_targetText, m_stopText})
        label->setFont(theme().labelFont());
    for (QCPItemText* label :
         {m_spotText, m_beforeText, m_expiryText, m_todayText, m_whatIfText, m_oneSigmaText, m_twoSigmaText, m_readOut})
        label->setFont(theme().labelFont());
    m_spotText->setColor(theme().color(Role::Dim));
    m_beforeText->setColor(theme().color(Role::Faint));
    m_expiryText->setColor(theme().color(Role::Text));
    m_whatIfText->setColor(theme().color(Role::Accent));
    for (QCPItemText* label : {m_oneSigmaText, m_twoSigmaText})
        label->setColor(theme().color(Role::Faint));
    drawWhatIf();
    m_readOut->setColor(theme().color(Role::Text));
    m_readOut->setBrush(theme().color(Role::Panel));
    yAxis->grid()->setPen(Qt::NoPen);
}

void PayoffPlot::setDayName(const QString& name)
{
    m_dayName = name;
    m_todayText->setText(name);
    requestReplot();
}

void PayoffPlot::setTicket(std::shared_ptr<const desk::TicketView> ticket)
{
    // The desk answers at every tick, whether or not a price moved.
    const bool isSame = m_ticket && ticket && looksSame(*m_ticket, *ticket);
    m_ticket = std::move(ticket);
    if (isSame)
        return;
    const bool hasCurves = m_ticket && m_ticket->spots.size() > 1;
    for (QCPLayerable* item : std::initializer_list<QCPLayerable*>{m_expiryText, m_todayText})
        item->setVisible(hasCurves);
    m_beforeText->setVisible(hasCurves && !m_ticket->before.empty());
    xAxis->setTickLabels(hasCurves);
    yAxis->setTickLabels(hasCurves);
    yAxis->grid()->setVisible(hasCurves);
    if (!hasCurves) {
        for (QCPGraph* graph : {m_before, m_expiry, m_today, m_breakEvens, m_whatIf, m_whatIfSpot})
            graph->data()->clear();
        for (QCPAbstractItem* item : std::initializer_list<QCPAbstractItem*>{m_oneSigma, m_twoSigma, m_oneSigmaText,
                                                                             m_twoSigmaText, m_spot, m_spotText})
            item->setVisible(false);
        drawExits();
        hoverLayer()->setVisible(false);
        requestReplot();
        return;
    }
    const QVector<double> spots = toVector(m_ticket->spots);
    if (m_ticket->before.empty())
        m_before->data()->clear();
    else
        m_before->setData(spots, toVector(m_ticket->before), true);
    m_expiry->setData(spots, toVector(m_ticket->atExpiry), true);
    m_today->setData(spots, toVector(m_ticket->today), true);
    m_breakEvens->setData(toVector(m_ticket->breakEvens),
                          QVector<double>(static_cast<qsizetype>(m_ticket->breakEvens.size()), 0.0));
    drawWhatIf();
    drawExits();
    fitAxes();
    drawSpot();
    drawCone();
    requestReplot();
}

void PayoffPlot::fitAxes()
{
    double low = 0, high = 0; // zero is always in sight: it is what the order is about
    std::vector curves{&m_ticket->before, &m_ticket->atExpiry, &m_ticket->today};
    if (m_ticket->whatIf)
        curves.push_back(&m_ticket->whatIf->profits);
    for (const std::vector<double>* curve : curves) {
        for (const double value : *curve) {
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
    for (const double exit : {m_ticket->targetProfit, m_ticket->stopProfit}) {
        low = std::fmin(low, exit);
        high = std::fmax(high, exit);
    }
    const double margin = low == high ? 1 : 0.12 * (high - low);
    xAxis->setRange(m_ticket->spots.front(), m_ticket->spots.back());
    yAxis->setRange(low - 1.6 * margin, high + 1.3 * margin); // the bands' names lie below the curves
}

void PayoffPlot::drawSpot()
{
    const double spot = m_ticket->spot;
    const bool isKnown = std::isfinite(spot);
    m_spot->setVisible(isKnown);
    m_spotText->setVisible(isKnown);
    if (!isKnown)
        return;
    placeVertical(*m_spot, spot);
    m_spotText->position->setCoords(spot, 0);
    m_spotText->setText(number(spot, 2));
}

void PayoffPlot::drawCone()
{
    const bool isKnown = std::isfinite(m_ticket->twoSigmaLow) && m_ticket->twoSigmaHigh > m_ticket->twoSigmaLow;
    for (QCPItemRect* band : {m_oneSigma, m_twoSigma})
        band->setVisible(isKnown);
    for (QCPItemText* label : {m_oneSigmaText, m_twoSigmaText})
        label->setVisible(isKnown && height() >= leastLabelledHeight);
    if (!isKnown)
        return;
    spread(*m_oneSigma, m_ticket->oneSigmaLow, m_ticket->oneSigmaHigh);
    spread(*m_twoSigma, m_ticket->twoSigmaLow, m_ticket->twoSigmaHigh);
    labelBand(*m_oneSigmaText, m_ticket->oneSigmaHigh);
    labelBand(*m_twoSigmaText, m_ticket->twoSigmaHigh);
}

void PayoffPlot::drawWhatIf()
{
    const bool isAsked = m_ticket && m_ticket->whatIf && m_ticket->spots.size() > 1;
    if (isAsked) {
        const desk::WhatIfPicture& picture = *m_ticket->whatIf;
        m_whatIf->setData(toVector(m_ticket->spots), toVector(picture.profits), true);
        m_whatIfSpot->setData({picture.spot}, {picture.profit});
    } else {
        m_whatIf->data()->clear();
        m_whatIfSpot->data()->clear();
    }
    m_whatIfText->setText(isAsked ? tr("what if") : QString());
    const QColor today = isAsked ? theme().color(Role::Faint) : theme().color(Role::Accent);
    m_today->setPen(QPen(today, 1.5, isAsked ? Qt::DotLine : Qt::SolidLine));
    m_todayText->setColor(today);
}

/// Profits, not prices of the underlying: they are reached wherever the order's own price gets there.
void PayoffPlot::drawExits()
{
    const bool hasCurves = m_ticket && m_ticket->spots.size() > 1;
    const auto draw = [&](QCPItemStraightLine& line, QCPItemText& label, double profit, const QString& words) {
        const bool isThere = hasCurves && std::isfinite(profit);
        line.setVisible(isThere);
        label.setVisible(isThere);
        if (!isThere)
            return;
        line.point1->setCoords(m_ticket->spots.front(), profit);
        line.point2->setCoords(m_ticket->spots.back(), profit);
        label.position->setCoords(0, profit);
        label.setText(words.arg(signedNumber(profit, 0)));
    };
    draw(*m_target, *m_targetText, m_ticket ? m_ticket->targetProfit : desk::unknown, tr("target %1"));
    draw(*m_stop, *m_stopText, m_ticket ? m_ticket->stopProfit : desk::unknown, tr("stop %1"));
}

void PayoffPlot::resizeEvent(QResizeEvent* event)
{
    if (m_ticket && m_ticket->spots.size() > 1)
        drawCone();
    Plot::resizeEvent(event);
}

bool PayoffPlot::hover(const QPointF& pixel)
{
    if (!m_ticket || m_ticket->spots.size() < 2)
        return false;
    const double price = xAxis->pixelToCoord(pixel.x());
    placeVertical(*m_cursor, price);
    const auto profit = [&](const std::vector<double>& curve) {
        return signedNumber(valueAt(m_ticket->spots, curve, price), 0);
    };
    if (m_ticket->whatIf)
        m_readOut->setText(tr("%1: at expiry %2, what if %3")
                               .arg(number(price, 2), profit(m_ticket->atExpiry), profit(m_ticket->whatIf->profits)));
    else
        m_readOut->setText(tr("%1: at expiry %2, %3 %4", "price, profit, \"today\" or another day, profit")
                               .arg(number(price, 2), profit(m_ticket->atExpiry), m_dayName, profit(m_ticket->today)));
    return true;
}

} // namespace vegadesk::ui
