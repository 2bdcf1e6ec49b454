#include "ui/plots/plot.h"

#include <QMouseEvent>
#include <QShowEvent>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
/// Ticks as QCustomPlot chooses them, in the window's own words.
class LabelTicker : public QCPAxisTicker
{
public:
    explicit LabelTicker(std::function<QString(double)> label) : m_label(std::move(label)) {}

protected:
    QString getTickLabel(double tick, const QLocale&, QChar, int) override { return m_label(tick); }
    int getSubTickCount(double) override { return 0; }

private:
    std::function<QString(double)> m_label;
};
} // namespace

QColor wash(QColor colour, double opacity)
{
    colour.setAlphaF(static_cast<float>(opacity));
    return colour;
}

Plot::Plot(const Theme& theme, QWidget* parent) : QCustomPlot(parent), m_theme(theme)
{
    addLayer(QStringLiteral("hover"), layer(QStringLiteral("overlay")));
    m_hoverLayer = layer(QStringLiteral("hover"));
    m_hoverLayer->setMode(QCPLayer::lmBuffered);
    m_hoverLayer->setVisible(false);
    setLocale(QLocale());
    setMouseTracking(true);
    setFocusPolicy(Qt::NoFocus);
    connect(&m_theme, &Theme::changed, this, &Plot::restyleAll);
}

void Plot::setLabels(QCPAxis& axis, Label label, int count)
{
    const QSharedPointer<QCPAxisTicker> ticker(new LabelTicker(std::move(label)));
    ticker->setTickCount(count);
    axis.setTicker(ticker);
}

QCPItemText& Plot::readOut()
{
    if (!m_readOut) {
        m_readOut = new QCPItemText(this);
        m_readOut->setLayer(m_hoverLayer);
        m_readOut->setPositionAlignment(Qt::AlignLeft | Qt::AlignTop);
        m_readOut->position->setType(QCPItemPosition::ptAxisRectRatio);
        m_readOut->position->setCoords(0, 0);
        m_readOut->setTextAlignment(Qt::AlignLeft);
        m_readOut->setPadding({4, 2, 6, 2});
        styleReadOut();
    }
    return *m_readOut;
}

void Plot::styleReadOut()
{
    m_readOut->setFont(m_theme.labelFont());
    m_readOut->setColor(m_theme.color(Role::Text));
    m_readOut->setBrush(m_theme.color(Role::Raised));
}

void Plot::putLegendAbove()
{
    m_isLegendAbove = true;
    axisRect()->insetLayout()->take(legend);
    plotLayout()->insertRow(0);
    plotLayout()->addElement(0, 0, legend);
    plotLayout()->setRowStretchFactor(0, 0.001); // as high as its rows need
    plotLayout()->setRowSpacing(0);
    // One without names would be as wide as nothing, and the axes below it no wider.
    legend->setMaximumSize(QWIDGETSIZE_MAX / 2, QWIDGETSIZE_MAX);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->setVisible(true);
}

void Plot::wrapLegend()
{
    if (!m_isLegendAbove)
        return;
    int count = 0, widest = 1;
    for (int i = 0; i < legend->itemCount(); ++i) {
        const QCPAbstractLegendItem* const item = legend->item(i);
        if (!item)
            continue; // an empty cell of the last row
        ++count;
        widest = std::max(widest, item->minimumOuterSizeHint().width() + legend->columnSpacing());
    }
    if (count == 0)
        return;
    // Rows of even length rather than one full and one with the rest.
    const int fitting = std::clamp(width() / widest, 1, count), rows = (count + fitting - 1) / fitting;
    legend->setWrap((count + rows - 1) / rows);
    legend->setFillOrder(QCPLayoutGrid::foColumnsFirst);
    legend->simplify();
}

void Plot::resizeEvent(QResizeEvent* event)
{
    if (event->size().isEmpty())
        return; // in a dock that was never shown, when a picture of its window is taken: there is nothing to paint on
    wrapLegend(); // before the layout of the new size
    QCustomPlot::resizeEvent(event);
}

void Plot::requestReplot()
{
    m_isOutdated = !isVisible();
    if (!m_isOutdated)
        replot(rpQueuedReplot);
}

void Plot::restyleAll()
{
    setBackground(m_theme.color(Role::Panel));
    QList<QCPAxis*> axes;
    for (const QCPAxisRect* rect : axisRects())
        axes += rect->axes();
    for (QCPAxis* axis : axes) {
        axis->setBasePen(Qt::NoPen);
        axis->setTickPen(Qt::NoPen);
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(m_theme.color(Role::Faint));
        axis->setTickLabelFont(m_theme.labelFont());
        axis->setTickLabelPadding(Theme::unit / 2);
        axis->setLabelColor(m_theme.color(Role::Faint));
        axis->setLabelFont(m_theme.labelFont());
        axis->grid()->setPen(QPen(m_theme.color(Role::Line), 0));
        axis->grid()->setZeroLinePen(QPen(m_theme.color(Role::Faint), 0));
        axis->grid()->setSubGridVisible(false);
    }
    if (m_isLegendAbove) {
        legend->setBrush(Qt::NoBrush);
        legend->setBorderPen(Qt::NoPen);
        legend->setFont(m_theme.labelFont());
        legend->setTextColor(m_theme.color(Role::Dim));
        legend->setIconSize(14, 8);
        legend->setRowSpacing(-2);
        legend->setMargins({Theme::unit, 0, 4, 0});
    }
    if (m_readOut)
        styleReadOut();
    restyle();
    wrapLegend();
    m_isStyled = true;
    requestReplot();
}

void Plot::showEvent(QShowEvent* event)
{
    // Not in the constructor: the subclass has nothing to style before its own has run.
    if (!m_isStyled)
        restyleAll();
    else if (m_isOutdated)
        requestReplot();
    QCustomPlot::showEvent(event);
}

void Plot::showHover(bool isOn)
{
    if (!isOn && !m_hoverLayer->visible())
        return;
    m_hoverLayer->setVisible(isOn);
    m_hoverLayer->replot();
}

void Plot::mouseMoveEvent(QMouseEvent* event)
{
    QCustomPlot::mouseMoveEvent(event);
    const QPointF pixel = event->position();
    const QList<QCPAxisRect*> rects = axisRects();
    const bool isInside =
        std::ranges::any_of(rects, [&](const QCPAxisRect* rect) { return rect->rect().contains(pixel.toPoint()); });
    showHover(isInside && hover(pixel));
}

void Plot::leaveEvent(QEvent* event)
{
    QCustomPlot::leaveEvent(event);
    showHover(false);
}

} // namespace vegadesk::ui
