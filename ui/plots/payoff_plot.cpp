#include "ui/plots/payoff_plot.h"

#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
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

bool looksSame(const desk::TicketView& a, const desk::TicketView& b)
{
    return a.spots == b.spots && a.atExpiry == b.atExpiry && a.today == b.today && a.breakEvens == b.breakEvens &&
           a.spot == b.spot && a.oneSigmaLow == b.oneSigmaLow && a.oneSigmaHigh == b.oneSigmaHigh;
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
} // namespace

PayoffPlot::PayoffPlot(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_expiry(addGraph()), m_today(addGraph()), m_breakEvens(addGraph()),
      m_sigma(new QCPItemRect(this)), m_spot(new QCPItemStraightLine(this)), m_spotText(new QCPItemText(this)),
      m_expiryText(new QCPItemText(this)), m_todayText(new QCPItemText(this)), m_cursor(new QCPItemStraightLine(this)),
      m_readOut(new QCPItemText(this))
{
    m_sigma->setLayer(QStringLiteral("background"));
    for (QCPItemPosition* corner : {m_sigma->topLeft, m_sigma->bottomRight})
        corner->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_spotText->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
    m_spotText->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_spotText->setPadding({4, 0, 0, 0});

    place(*m_todayText, Qt::AlignRight | Qt::AlignTop, 1, 0);
    m_todayText->setText(tr("today"));
    place(*m_expiryText, Qt::AlignRight | Qt::AlignTop, 1, 0);
    m_expiryText->position->setParentAnchor(m_todayText->left);
    m_expiryText->position->setType(QCPItemPosition::ptAbsolute);
    m_expiryText->position->setCoords(-Theme::unit, 0);
    m_expiryText->setPositionAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_expiryText->setText(tr("at expiry"));

    m_cursor->setLayer(hoverLayer());
    m_readOut->setLayer(hoverLayer());
    place(*m_readOut, Qt::AlignLeft | Qt::AlignTop, 0, 0);
    m_readOut->setPadding({2, 0, 6, 2});
    m_readOut->setTextAlignment(Qt::AlignLeft);

    m_breakEvens->setLineStyle(QCPGraph::lsNone);
    xAxis->grid()->setVisible(false);
    setLabels(*xAxis, [](double price) { return number(price, 0); }, 4);
    setLabels(*yAxis, [](double profit) { return number(profit, 0); }, 3);
    axisRect()->setMinimumMargins({4, 4, 4, 4});
}

void PayoffPlot::restyle()
{
    m_expiry->setPen(QPen(theme().color(Role::Text), 1.5));
    m_today->setPen(QPen(theme().color(Role::Accent), 1.5));
    m_breakEvens->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssCircle, theme().color(Role::Text), theme().color(Role::Panel), 6));
    m_sigma->setPen(Qt::NoPen);
    m_sigma->setBrush(theme().color(Role::InTheMoney));
    m_spot->setPen(QPen(theme().color(Role::Dim), 0, Qt::DashLine));
    m_cursor->setPen(QPen(theme().color(Role::Faint), 0));
    for (QCPItemText* label : {m_spotText, m_expiryText, m_todayText, m_readOut})
        label->setFont(theme().labelFont());
    m_spotText->setColor(theme().color(Role::Dim));
    m_expiryText->setColor(theme().color(Role::Text));
    m_todayText->setColor(theme().color(Role::Accent));
    m_readOut->setColor(theme().color(Role::Text));
    m_readOut->setBrush(theme().color(Role::Panel));
    yAxis->grid()->setPen(Qt::NoPen);
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
    xAxis->setTickLabels(hasCurves);
    yAxis->setTickLabels(hasCurves);
    yAxis->grid()->setVisible(hasCurves);
    if (!hasCurves) {
        for (QCPGraph* graph : {m_expiry, m_today, m_breakEvens})
            graph->data()->clear();
        for (QCPAbstractItem* item : std::initializer_list<QCPAbstractItem*>{m_sigma, m_spot, m_spotText})
            item->setVisible(false);
        hoverLayer()->setVisible(false);
        requestReplot();
        return;
    }
    const QVector<double> spots = toVector(m_ticket->spots);
    m_expiry->setData(spots, toVector(m_ticket->atExpiry), true);
    m_today->setData(spots, toVector(m_ticket->today), true);
    m_breakEvens->setData(toVector(m_ticket->breakEvens),
                          QVector<double>(static_cast<qsizetype>(m_ticket->breakEvens.size()), 0.0));
    fitAxes();
    drawSpot();
    drawSigma();
    requestReplot();
}

void PayoffPlot::fitAxes()
{
    double low = 0, high = 0; // zero is always in sight: it is what the order is about
    for (const auto* curve : {&m_ticket->atExpiry, &m_ticket->today}) {
        for (const double value : *curve) {
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
        }
    }
    const double margin = low == high ? 1 : 0.12 * (high - low);
    xAxis->setRange(m_ticket->spots.front(), m_ticket->spots.back());
    yAxis->setRange(low - margin, high + 1.6 * margin);
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

void PayoffPlot::drawSigma()
{
    const bool isKnown = std::isfinite(m_ticket->oneSigmaLow) && std::isfinite(m_ticket->oneSigmaHigh);
    m_sigma->setVisible(isKnown);
    if (!isKnown)
        return;
    m_sigma->topLeft->setCoords(m_ticket->oneSigmaLow, 0);
    m_sigma->bottomRight->setCoords(m_ticket->oneSigmaHigh, 1);
}

bool PayoffPlot::hover(const QPointF& pixel)
{
    if (!m_ticket || m_ticket->spots.size() < 2)
        return false;
    const double price = xAxis->pixelToCoord(pixel.x());
    placeVertical(*m_cursor, price);
    m_readOut->setText(tr("%1: at expiry %2, today %3")
                           .arg(number(price, 2), signedNumber(valueAt(m_ticket->spots, m_ticket->atExpiry, price), 0),
                                signedNumber(valueAt(m_ticket->spots, m_ticket->today, price), 0)));
    return true;
}

} // namespace vegadesk::ui
