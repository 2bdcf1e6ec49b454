#include "ui/plots/stress_map.h"

#include "ui/theme/format.h"

#include <QFocusEvent>
#include <QKeyEvent>

#include <algorithm>
#include <array>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
/// The palest and the strongest ground: even there the numbers read.
constexpr double leastShade = 0.06, mostShade = 0.5;
constexpr double flatMove = 1e-9;

std::optional<std::size_t> flatOf(const std::vector<double>& moves)
{
    const auto flat = std::ranges::find_if(moves, [](double move) { return std::abs(move) < flatMove; });
    return flat == moves.end() ? std::nullopt : std::optional(static_cast<std::size_t>(flat - moves.begin()));
}
} // namespace

/// All cells in one go: a hundred items of their own would cost more than the frame has.
class StressMap::Cells : public QCPLayerable
{
public:
    explicit Cells(StressMap* map) : QCPLayerable(map, QStringLiteral("main")), m_map(*map) {}

protected:
    QRect clipRect() const override { return m_map.axisRect()->rect(); }
    void applyDefaultAntialiasingHint(QCPPainter* painter) const override { painter->setAntialiasing(false); }
    void draw(QCPPainter* painter) override
    {
        if (!m_map.m_view || m_map.stress().profits.empty())
            return;
        painter->setFont(m_map.theme().labelFont());
        const auto form = std::ranges::find_if(forms, [&](Words words) { return fits(painter->fontMetrics(), words); });
        const Cell end{m_map.stress().volatilityMoves.size(), m_map.stress().spotMoves.size()};
        for (Cell cell; cell.volatility < end.volatility; ++cell.volatility)
            for (cell.spot = 0; cell.spot < end.spot; ++cell.spot) {
                const QRectF rect = rectOf(cell);
                painter->fillRect(rect, m_map.cellColour(cell));
                if (form == forms.end())
                    continue;
                painter->setPen(m_map.theme().color(Role::Text));
                painter->drawText(rect, Qt::AlignCenter | Qt::TextSingleLine | Qt::TextDontClip, (m_map.**form)(cell));
            }
        mark(painter);
    }

private:
    using Words = QString (StressMap::*)(const Cell&) const;
    static constexpr std::array<Words, 3> forms{&StressMap::cellText, &StressMap::shortText, &StressMap::shortestText};

    /// One pixel of the panel stays between neighbours.
    QRectF rectOf(const Cell& cell) const
    {
        const auto x = static_cast<double>(cell.spot), y = static_cast<double>(cell.volatility);
        const QPointF low(std::round(m_map.xAxis->coordToPixel(x - 0.5)),
                          std::round(m_map.yAxis->coordToPixel(y - 0.5)));
        const QPointF high(std::round(m_map.xAxis->coordToPixel(x + 0.5)),
                           std::round(m_map.yAxis->coordToPixel(y + 0.5)));
        return QRectF(QPointF(low.x(), high.y()), QPointF(high.x() - 1, low.y() - 1));
    }
    /// With a little air, but for the shortest. All of them, or the map would be read as if some cells were empty.
    bool fits(const QFontMetrics& metrics, Words words) const
    {
        const double air = words == forms.back() ? 0 : 6;
        const QSizeF room = rectOf({}).size() - QSizeF(air, 0);
        if (room.height() < metrics.ascent())
            return false;
        const Cell end{m_map.stress().volatilityMoves.size(), m_map.stress().spotMoves.size()};
        for (Cell cell; cell.volatility < end.volatility; ++cell.volatility)
            for (cell.spot = 0; cell.spot < end.spot; ++cell.spot)
                if (metrics.horizontalAdvance((m_map.*words)(cell)) > room.width())
                    return false;
        return true;
    }
    void mark(QCPPainter* painter) const
    {
        painter->setBrush(Qt::NoBrush);
        if (m_map.m_zero) {
            painter->setPen(QPen(m_map.theme().color(Role::Text), 1, Qt::DotLine));
            painter->drawRect(rectOf(*m_map.m_zero).adjusted(0, 0, -1, -1));
        }
        painter->setPen(QPen(m_map.theme().color(Role::Text), 2));
        painter->drawRect(rectOf(m_map.m_worst).adjusted(1, 1, -1, -1));
    }

    StressMap& m_map;
};

StressMap::StressMap(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_cells(new Cells(this)), m_frame(new QCPItemRect(this))
{
    setFocusPolicy(Qt::StrongFocus);
    m_frame->setLayer(hoverLayer());
    axisRect()->setMinimumMargins({4, 4, 8, 4});
}

void StressMap::setView(std::shared_ptr<const desk::RiskView> view, std::size_t day, double shareOf)
{
    m_view = std::move(view);
    m_shareOf = shareOf;
    const desk::StressView& grid = stress();
    m_day = std::min(day, grid.days.empty() ? 0 : grid.days.size() - 1);
    m_largest = 0;
    for (const double each : grid.profits)
        m_largest = std::fmax(m_largest, std::fabs(each));
    m_worst = {};
    for (Cell cell; cell.volatility < grid.volatilityMoves.size(); ++cell.volatility)
        for (cell.spot = 0; cell.spot < grid.spotMoves.size(); ++cell.spot)
            if (profit(cell) < profit(m_worst) || std::isnan(profit(m_worst)))
                m_worst = cell;
    const auto flatSpot = flatOf(grid.spotMoves), flatVolatility = flatOf(grid.volatilityMoves);
    m_zero = flatSpot && flatVolatility ? std::optional(Cell{*flatVolatility, *flatSpot}) : std::nullopt;
    if (m_chosen && (m_chosen->volatility >= grid.volatilityMoves.size() || m_chosen->spot >= grid.spotMoves.size()))
        choose(std::nullopt);
    const auto label = [](QCPAxis& axis, const std::vector<double>& moves) {
        const QSharedPointer<QCPAxisTickerText> ticker(new QCPAxisTickerText);
        for (std::size_t i = 0; i < moves.size(); ++i)
            ticker->addTick(static_cast<double>(i), signedNumber(100 * moves[i], 0));
        axis.setTicker(ticker);
        axis.setRange(-0.5, static_cast<double>(moves.size()) - 0.5);
    };
    label(*xAxis, grid.spotMoves);
    label(*yAxis, grid.volatilityMoves);
    xAxis->setLabel(tr("spot, %"));
    yAxis->setLabel(tr("volatility, %"));
    requestReplot();
}

double StressMap::profit(const Cell& cell) const
{
    return stress().profits.empty() ? desk::unknown : stress().profit(m_day, cell.volatility, cell.spot);
}

QString StressMap::cellText(const Cell& cell) const
{
    return std::isnan(m_shareOf) ? number(profit(cell), 0) : number(100 * profit(cell) / m_shareOf, 1);
}

QString StressMap::shortText(const Cell& cell) const
{
    if (!std::isnan(m_shareOf))
        return number(100 * profit(cell) / m_shareOf, 0);
    return tr("%1k", "thousands of dollars, short").arg(number(profit(cell) / 1000, 1));
}

QString StressMap::shortestText(const Cell& cell) const
{
    if (!std::isnan(m_shareOf))
        return shortText(cell);
    const double thousands = profit(cell) / 1000;
    return shownSign(thousands, 0) == 0 ? number(thousands, 0)
                                        : tr("%1k", "thousands of dollars, short").arg(number(thousands, 0));
}

QColor StressMap::cellColour(const Cell& cell) const
{
    const double dollars = profit(cell);
    if (std::isnan(dollars) || m_largest <= 0 || shownSign(dollars, 0) == 0)
        return theme().color(Role::Raised);
    // By the root: between nothing and the worst most cells would look the same.
    const double share = std::sqrt(std::abs(dollars) / m_largest);
    return wash(theme().color(dollars < 0 ? Role::Loss : Role::Gain), leastShade + (mostShade - leastShade) * share);
}

void StressMap::restyle()
{
    for (QCPAxis* const axis : {xAxis, yAxis})
        axis->grid()->setVisible(false);
    yAxis->setLabelPadding(0);
    xAxis->setLabelPadding(0);
    m_frame->setPen(QPen(theme().color(Role::Accent), 2));
}

void StressMap::choose(std::optional<Cell> cell)
{
    if (cell) {
        const auto x = static_cast<double>(cell->spot), y = static_cast<double>(cell->volatility);
        m_frame->topLeft->setCoords(x - 0.5, y + 0.5);
        m_frame->bottomRight->setCoords(x + 0.5, y - 0.5);
    }
    if (cell == m_chosen)
        return;
    m_chosen = cell;
    Q_EMIT chosenChanged();
}

bool StressMap::hover(const QPointF& pixel)
{
    if (!m_view || stress().profits.empty())
        return false;
    const double x = std::round(xAxis->pixelToCoord(pixel.x())), y = std::round(yAxis->pixelToCoord(pixel.y()));
    const bool isInside = x >= 0 && y >= 0 && x < static_cast<double>(stress().spotMoves.size()) &&
                          y < static_cast<double>(stress().volatilityMoves.size());
    choose(isInside ? std::optional(Cell{static_cast<std::size_t>(y), static_cast<std::size_t>(x)}) : std::nullopt);
    return isInside;
}

void StressMap::keyPressEvent(QKeyEvent* event)
{
    if (!m_view || stress().profits.empty())
        return Plot::keyPressEvent(event);
    Cell cell = m_chosen.value_or(m_zero.value_or(m_worst));
    const auto step = [](std::size_t at, int by, std::size_t count) {
        return by < 0 ? at - (at > 0 ? 1 : 0) : std::min(at + 1, count - 1);
    };
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        cell.spot = step(cell.spot, event->key() == Qt::Key_Left ? -1 : 1, stress().spotMoves.size());
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
        cell.volatility = step(cell.volatility, event->key() == Qt::Key_Down ? -1 : 1, stress().volatilityMoves.size());
        break;
    case Qt::Key_Home:
        cell = m_zero.value_or(m_worst);
        break;
    case Qt::Key_End:
        cell = m_worst;
        break;
    default:
        return Plot::keyPressEvent(event);
    }
    choose(cell);
    showHover(true);
}

void StressMap::focusInEvent(QFocusEvent* event)
{
    Plot::focusInEvent(event);
    if (!m_view || stress().profits.empty() ||
        (event->reason() != Qt::TabFocusReason && event->reason() != Qt::BacktabFocusReason))
        return; // the mouse chooses by itself
    choose(m_chosen.value_or(m_zero.value_or(m_worst)));
    showHover(true);
}

void StressMap::focusOutEvent(QFocusEvent* event)
{
    Plot::focusOutEvent(event);
    choose(std::nullopt);
    showHover(false);
}

void StressMap::leaveEvent(QEvent* event)
{
    Plot::leaveEvent(event);
    choose(std::nullopt);
}

} // namespace vegadesk::ui
