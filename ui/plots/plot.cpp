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
    restyle();
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

void Plot::setHover(bool isOn)
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
    setHover(isInside && hover(pixel));
}

void Plot::leaveEvent(QEvent* event)
{
    QCustomPlot::leaveEvent(event);
    setHover(false);
}

} // namespace vegadesk::ui
