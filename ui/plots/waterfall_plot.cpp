#include "ui/plots/waterfall_plot.h"

#include "ui/models/risk_words.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double halfBar = 0.36;
} // namespace

WaterfallPlot::WaterfallPlot(const Theme& theme, QWidget* parent) : Plot(theme, parent), m_frame(new QCPItemRect(this))
{
    const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    xAxis->setTicker(names);
    xAxis->setRange(-0.5, static_cast<double>(total()) + 0.5);
    setLabels(*yAxis, [](double dollars) { return number(dollars, 0); }, 5);
    axisRect()->setMinimumMargins({4, 6, 8, 4});
    m_frame->setLayer(hoverLayer());
    for (std::size_t bar = 0; bar <= total(); ++bar) {
        Bar items{new QCPItemRect(this), new QCPItemLine(this), new QCPItemText(this)};
        items.words->setClipToAxisRect(false);
        items.words->setPadding({0, 2, 0, 2});
        m_items.push_back(items);
    }
}

QString WaterfallPlot::nameOf(std::size_t bar) const
{
    return bar == total() ? tr("total") : attributionWord(bar);
}

double WaterfallPlot::amountOf(std::size_t bar) const
{
    return bar == total() ? m_row.total : m_row.parts[bar];
}

void WaterfallPlot::setRow(const desk::AttributionRow& row)
{
    m_row = row;
    m_bars.clear();
    double reached = 0;
    for (const double part : row.parts) {
        const double next = std::isnan(part) ? reached : reached + part;
        m_bars.emplace_back(reached, next);
        reached = next;
    }
    m_bars.emplace_back(0, std::isnan(row.total) ? 0 : row.total);
    place();
    restyle();
    requestReplot();
}

void WaterfallPlot::place()
{
    double low = 0, high = 0;
    for (const auto& [from, to] : m_bars) {
        low = std::min({low, from, to});
        high = std::max({high, from, to});
    }
    const double margin = 0.12 * std::max(1.0, high - low); // room for the numbers
    yAxis->setRange(low - margin, high + margin);
    for (std::size_t bar = 0; bar < m_items.size(); ++bar) {
        const auto x = static_cast<double>(bar);
        const auto [from, to] = m_bars[bar];
        const Bar& items = m_items[bar];
        items.body->topLeft->setCoords(x - halfBar, std::max(from, to));
        items.body->bottomRight->setCoords(x + halfBar, std::min(from, to));
        // From where this one ends to the next, and so to the total, whose end is the same.
        items.link->setVisible(bar < total());
        items.link->start->setCoords(from == to ? x - halfBar : x + halfBar, to); // a bar of nothing is not drawn
        items.link->end->setCoords(x + 1 - halfBar, to);
        const bool isDown = to < from;
        items.words->position->setCoords(x, isDown ? std::min(from, to) : std::max(from, to));
        items.words->setPositionAlignment(Qt::AlignHCenter | (isDown ? Qt::AlignTop : Qt::AlignBottom));
    }
    fitWords();
}

void WaterfallPlot::fitWords()
{
    if (m_bars.empty())
        return;
    const QFontMetrics metrics(theme().labelFont());
    const double room = axisRect()->width() / static_cast<double>(m_items.size()) - 4;
    int widestName = 0, widestAmount = 0;
    for (std::size_t bar = 0; bar < m_items.size(); ++bar) {
        widestName = std::max(widestName, metrics.horizontalAdvance(nameOf(bar)));
        widestAmount = std::max(widestAmount, metrics.horizontalAdvance(signedNumber(amountOf(bar), 0)));
    }
    const bool isNarrow = widestAmount > room;
    const QString shortRest = tr("unexpl.", "unexplained, short");
    int widestOther = metrics.horizontalAdvance(shortRest);
    for (std::size_t bar = 0; bar + 1 < total(); ++bar)
        widestOther = std::max(widestOther, metrics.horizontalAdvance(nameOf(bar)));
    const QSharedPointer<QCPAxisTickerText> names(new QCPAxisTickerText);
    for (std::size_t bar = 0; bar < m_items.size(); ++bar) {
        names->addTick(static_cast<double>(bar), widestName > room && bar + 1 == total() ? shortRest : nameOf(bar));
        const double amount = amountOf(bar);
        QString words = signedNumber(amount, 0);
        if (isNarrow && std::abs(amount) >= 1000)
            words = tr("%1k", "thousands of dollars, short")
                        .arg(signedNumber(amount / 1000, std::abs(amount) < 9950 ? 1 : 0));
        // What reads as nothing has no bar either.
        m_items[bar].words->setText(shownSign(amount, 0) == 0 && bar != total() ? QString() : words);
    }
    xAxis->setTicker(names);
    xAxis->setTickLabelRotation(widestOther > room ? -50 : 0);
}

void WaterfallPlot::resizeEvent(QResizeEvent* event)
{
    Plot::resizeEvent(event);
    fitWords();
}

void WaterfallPlot::restyle()
{
    for (std::size_t bar = 0; bar < m_items.size(); ++bar) {
        const Bar& items = m_items[bar];
        const double amount = m_bars.empty() ? 0 : amountOf(bar);
        const QColor colour = theme().signColor(amount, 0);
        items.body->setPen(QPen(colour, bar == total() ? 1 : 0));
        items.body->setBrush(wash(colour, bar == total() ? 1 : 0.55));
        items.link->setPen(QPen(theme().color(Role::Faint), 0, Qt::DashLine));
        items.words->setFont(theme().labelFont());
        items.words->setColor(colour);
    }
    m_frame->setPen(QPen(theme().color(Role::Faint), 0));
    m_frame->setBrush(wash(theme().color(Role::Faint), 0.12));
    xAxis->grid()->setVisible(false);
    xAxis->setTickLabelColor(theme().color(Role::Dim));
}

bool WaterfallPlot::hover(const QPointF& pixel)
{
    if (m_bars.empty())
        return false;
    const double place = std::round(xAxis->pixelToCoord(pixel.x()));
    const auto bar = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(total())));
    const auto x = static_cast<double>(bar);
    m_frame->topLeft->setCoords(x - 0.5, yAxis->range().upper);
    m_frame->bottomRight->setCoords(x + 0.5, yAxis->range().lower);
    const QString amount = nameOf(bar) + QStringLiteral(" ") + signedMoney(amountOf(bar));
    readOut().setText(bar == total() ? amount : amount + u'\n' + attributionHelp(bar));
    return true;
}

} // namespace vegadesk::ui
