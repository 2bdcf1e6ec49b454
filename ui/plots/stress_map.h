#pragma once

#include "desk/risk_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <optional>
#include <vector>

namespace vegadesk::ui
{

/// What the book would make under moves of spot (across) and volatility (up), on one day: a cell each with its number, losses
/// and gains in their roles' colours, stronger the larger they are. The worst cell of the day is framed, that of no move
/// has a dotted frame. The mouse or the arrow keys choose a cell; Home goes to no move, End to the worst.
class StressMap : public Plot
{
    Q_OBJECT

public:
    struct Cell {
        std::size_t volatility = 0, spot = 0;
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    explicit StressMap(const Theme& theme, QWidget* parent = nullptr);

    /// `day` is into the view's days; numbers are percents of `shareOf` dollars, or dollars where that is NaN.
    void setView(std::shared_ptr<const desk::RiskView> view, std::size_t day, double shareOf);

    /// Under the mouse, or chosen by keys; empty for none.
    std::optional<Cell> chosen() const { return m_chosen; }
    Cell worst() const { return m_worst; }              ///< of the day
    std::optional<Cell> zero() const { return m_zero; } ///< of no move; empty when the grid has none
    QString cellText(const Cell& cell) const;           ///< as it would be written in full
    QColor cellColour(const Cell& cell) const;          ///< of its ground

    QSize sizeHint() const override { return {560, 220}; }
    QSize minimumSizeHint() const override { return {260, 120}; }

Q_SIGNALS:
    void chosenChanged();

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    class Cells;
    double profit(const Cell& cell) const;
    // A cell's text in fewer letters: thousands of dollars, whole percents.
    QString shortText(const Cell& cell) const;
    QString shortestText(const Cell& cell) const;
    void choose(std::optional<Cell> cell);
    const desk::StressView& stress() const { return m_view->stress; }

    std::shared_ptr<const desk::RiskView> m_view;
    std::size_t m_day = 0;
    double m_shareOf = desk::unknown;
    double m_largest = 0; ///< of the whole grid, so that days compare
    Cell m_worst;
    std::optional<Cell> m_zero, m_chosen;
    Cells* m_cells;
    QCPItemRect* m_frame;
};

} // namespace vegadesk::ui
