// The lines of the account on the candles, and the way to drag them.
#include "ui/plots/candle_plot.h"

#include <QMouseEvent>

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

void CandlePlot::setLines(std::vector<PriceLine> lines)
{
    if (lines == m_lines)
        return;
    m_lines = std::move(lines);
    if (m_dragged)
        drawLines(); // the axis stays under the mouse
    else
        fitAxes();
    requestReplot();
}

void CandlePlot::drawLines()
{
    QCPAxis* const bottom = m_panes[Price]->axis(QCPAxis::atBottom);
    QCPAxis* const right = m_panes[Price]->axis(QCPAxis::atRight);
    while (m_drawn.size() < m_lines.size()) {
        DrawnLine drawn{new QCPItemStraightLine(this), new QCPItemText(this)};
        for (QCPItemPosition* const position : {drawn.line->point1, drawn.line->point2, drawn.label->position}) {
            position->setAxisRect(m_panes[Price]);
            position->setAxes(bottom, right);
        }
        drawn.line->setClipAxisRect(m_panes[Price]);
        drawn.label->position->setTypeX(QCPItemPosition::ptAxisRectRatio);
        drawn.label->setClipToAxisRect(false);
        drawn.label->setPadding({4, 1, 4, 1});
        m_drawn.push_back(drawn);
    }
    const QCPRange range = right->range();
    for (std::size_t i = 0; i < m_drawn.size(); ++i) {
        const bool isThere = i < m_lines.size() && !m_view->bars.empty();
        m_drawn[i].line->setVisible(isThere);
        m_drawn[i].label->setVisible(isThere);
        if (!isThere)
            continue;
        const PriceLine& line = m_lines[i];
        const bool isAbove = line.price > range.upper, isBelow = line.price < range.lower;
        m_drawn[i].line->setVisible(!isAbove && !isBelow);
        m_drawn[i].line->point1->setCoords(0, line.price);
        m_drawn[i].line->point2->setCoords(1, line.price);
        const QString handle = line.isMovable ? QStringLiteral("\u21d5 ") : QString();
        m_drawn[i].label->setText(isAbove   ? QStringLiteral("\u25b2 ") + line.words
                                  : isBelow ? QStringLiteral("\u25bc ") + line.words
                                            : handle + line.words);
        m_drawn[i].label->position->setCoords(0, std::clamp(line.price, range.lower, range.upper));
        m_drawn[i].label->setPositionAlignment(Qt::AlignLeft | (isAbove   ? Qt::AlignTop
                                                                : isBelow ? Qt::AlignBottom
                                                                          : Qt::AlignVCenter));
        const QColor colour = theme().color(line.kind == PriceLine::Kind::Average   ? Role::Dim
                                            : line.kind == PriceLine::Kind::Trigger ? Role::Warning
                                                                                    : Role::Accent);
        m_drawn[i].line->setPen(QPen(colour, line.isProposed ? 2 : 1.2,
                                     line.kind == PriceLine::Kind::Average ? Qt::DotLine
                                     : line.isProposed                     ? Qt::DashLine
                                                                           : Qt::SolidLine));
        m_drawn[i].label->setFont(theme().labelFont());
        m_drawn[i].label->setColor(colour);
        m_drawn[i].label->setBrush(theme().color(Role::Panel));
        m_drawn[i].label->setPen(line.isMovable ? QPen(colour) : QPen(Qt::NoPen));
    }
}

const PriceLine* CandlePlot::handleAt(const QPointF& pixel) const
{
    constexpr double grip = 6;
    if (!m_panes[Price]->rect().contains(pixel.toPoint()) || m_view->bars.empty())
        return nullptr;
    const QCPAxis& right = *m_panes[Price]->axis(QCPAxis::atRight);
    const PriceLine* nearest = nullptr;
    double least = grip;
    for (const PriceLine& line : m_lines) {
        const double away = std::fabs(right.coordToPixel(line.price) - pixel.y());
        if (line.isMovable && away <= least) {
            nearest = &line;
            least = away;
        }
    }
    return nearest;
}

void CandlePlot::mousePressEvent(QMouseEvent* event)
{
    const PriceLine* const line = event->button() == Qt::LeftButton ? handleAt(event->position()) : nullptr;
    if (!line)
        return Plot::mousePressEvent(event);
    m_dragged = *line;
    event->accept();
}

void CandlePlot::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_dragged) {
        if (handleAt(event->position()))
            setCursor(Qt::SizeVerCursor);
        else
            unsetCursor();
        return Plot::mouseMoveEvent(event);
    }
    const double price = m_panes[Price]->axis(QCPAxis::atRight)->pixelToCoord(event->position().y());
    if (price > 0)
        Q_EMIT lineDragged(m_dragged->order, m_dragged->kind == PriceLine::Kind::Trigger, price);
    event->accept();
}

void CandlePlot::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_dragged)
        return Plot::mouseReleaseEvent(event);
    m_dragged.reset();
    fitAxes();
    requestReplot();
    event->accept();
}

} // namespace vegadesk::ui
