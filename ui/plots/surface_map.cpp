#include "ui/plots/surface_map.h"

#include "ui/models/words.h"
#include "ui/plots/surface_range.h"
#include "ui/theme/format.h"

#include <algorithm>
#include <cmath>

namespace vegadesk::ui
{

namespace
{
constexpr double violationWidth = 3;
constexpr int heatStops = 33;
} // namespace

SurfaceMap::SurfaceMap(const Theme& theme, QWidget* parent)
    : Plot(theme, parent), m_map(new QCPColorMap(xAxis, yAxis)), m_frame(new QCPItemRect(this))
{
    yAxis->setRangeReversed(true);
    m_map->setInterpolate(false);
    m_map->setTightBoundary(false);
    m_frame->setLayer(hoverLayer());
    setLabels(*xAxis, [](double moneyness) { return signedPercent(std::expm1(moneyness), 0); }, 5);
    setLabels(
        *yAxis,
        [this](double row) {
            const auto index = static_cast<std::size_t>(std::lround(std::max(row, 0.0)));
            const bool isRow = std::abs(row - std::round(row)) < 1e-6 && index < m_rows.size();
            return isRow ? shortDateText(m_view->slices[m_rows[index]].date) : QString();
        },
        6);
    axisRect()->setMinimumMargins({4, 4, 8, 4});
}

void SurfaceMap::setSurface(std::shared_ptr<const desk::SurfaceView> view)
{
    m_view = std::move(view);
    fill();
    requestReplot();
}

void SurfaceMap::fill()
{
    hoverLayer()->setVisible(false);
    m_rows.clear();
    for (std::size_t i = 0; i < m_view->slices.size(); ++i)
        if (m_view->slices[i].isFitted)
            m_rows.push_back(i);
    const auto across = static_cast<int>(m_view->moneyness.size()), down = static_cast<int>(m_rows.size());
    m_map->setVisible(across > 1 && down > 0);
    if (!m_map->visible()) {
        markViolations();
        return;
    }
    m_map->data()->setSize(across, down);
    m_map->data()->setRange({m_view->moneyness.front(), m_view->moneyness.back()},
                            {0, std::max(1e-9, static_cast<double>(down - 1))});
    for (int row = 0; row < down; ++row)
        for (int column = 0; column < across; ++column) {
            const double iv =
                m_view->slices[m_rows[static_cast<std::size_t>(row)]].fit[static_cast<std::size_t>(column)];
            m_map->data()->setCell(column, row, iv);
        }
    const auto [low, high] = drawnRange(*m_view, m_rows);
    m_map->setDataRange({low, high});
    xAxis->setRange(m_view->moneyness.front(), m_view->moneyness.back());
    yAxis->setRange(-0.5, down - 0.5);
    markViolations();
}

void SurfaceMap::markViolations()
{
    for (QCPItemLine* const line : m_violations)
        removeItem(line);
    m_violations.clear();
    const auto rowOf = [this](std::size_t slice) {
        return static_cast<double>(std::ranges::find(m_rows, slice) - m_rows.begin());
    };
    const auto mark = [this](const desk::MoneynessRange& where, double row) {
        auto* const line = new QCPItemLine(this);
        line->start->setCoords(where.from, row);
        line->end->setCoords(where.to, row);
        line->setPen(QPen(theme().color(Role::Live), violationWidth));
        m_violations.push_back(line);
    };
    for (const std::size_t slice : m_rows)
        for (const desk::MoneynessRange& where : m_view->slices[slice].butterflies)
            mark(where, rowOf(slice));
    for (const desk::CalendarCrossing& crossing : m_view->crossings)
        mark(crossing.where, 0.5 * (rowOf(crossing.earlier) + rowOf(crossing.later)));
}

void SurfaceMap::restyle()
{
    QCPColorGradient gradient;
    gradient.clearColorStops();
    for (int stop = 0; stop < heatStops; ++stop) {
        const double share = static_cast<double>(stop) / (heatStops - 1);
        gradient.setColorStopAt(share, theme().heat(share));
    }
    m_map->setGradient(gradient);
    for (QCPAxis* const axis : {xAxis, yAxis})
        axis->grid()->setVisible(false);
    for (QCPItemLine* const line : m_violations)
        line->setPen(QPen(theme().color(Role::Live), violationWidth));
    m_frame->setPen(QPen(theme().color(Role::Text), 1));
}

bool SurfaceMap::hover(const QPointF& pixel)
{
    if (!m_view || !m_map->visible())
        return false;
    int column = 0, row = 0;
    m_map->data()->coordToCell(xAxis->pixelToCoord(pixel.x()), yAxis->pixelToCoord(pixel.y()), &column, &row);
    if (row < 0 || row >= static_cast<int>(m_rows.size()) || column < 0 ||
        column >= static_cast<int>(m_view->moneyness.size()))
        return false;
    const desk::SurfaceSlice& slice = m_view->slices[m_rows[static_cast<std::size_t>(row)]];
    const double moneyness = m_view->moneyness[static_cast<std::size_t>(column)];
    const double strike = slice.forward * std::exp(moneyness);
    const double half = 0.5 * (m_view->moneyness[1] - m_view->moneyness[0]);
    m_frame->topLeft->setCoords(moneyness - half, row - 0.5);
    m_frame->bottomRight->setCoords(moneyness + half, row + 0.5);
    QString words =
        tr("%1, strike %2\nfit %3")
            .arg(dateText(slice.date), number(strike, 0), percent(slice.fit[static_cast<std::size_t>(column)]));
    const auto nearest = std::ranges::min_element(
        slice.points, {}, [&](const desk::SmilePoint& point) { return std::abs(point.logMoneyness - moneyness); });
    if (nearest != slice.points.end() && std::abs(nearest->logMoneyness - moneyness) <= half)
        words += u'\n' + tr("quoted at %1: bid %2, ask %3")
                             .arg(number(nearest->strike, 0), percent(nearest->bidIv), percent(nearest->askIv));
    readOut().setText(words);
    return true;
}

} // namespace vegadesk::ui
