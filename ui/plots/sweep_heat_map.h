#pragma once

#include "desk/sweep_figures.h"
#include "ui/plots/plot.h"

#include <memory>
#include <optional>

namespace vegadesk::ui
{

/// One metric of a sweep over two parameters: a cell a pair of values, the better the higher on the theme's ramp, with its number where
/// there is room. The best is framed, the chosen run more strongly. The mouse or the arrow keys read a cell, a click or Return
/// chooses its run; Home goes to the best.
class SweepHeatMap : public Plot
{
    Q_OBJECT

public:
    explicit SweepHeatMap(const Theme& theme, QWidget* parent = nullptr);

    /// A null report clears it.
    void setReport(std::shared_ptr<const desk::SweepReport> report, const desk::SweepMapChoice& choice);
    /// Frames the cell of that run, if it is in one.
    void setChosen(std::optional<std::size_t> run);

    const desk::SweepMap& map() const { return m_map; }
    double cellFigure(std::size_t x, std::size_t y) const; ///< NaN for none
    QString cellText(std::size_t x, std::size_t y) const;  ///< as it is written in the cell
    /// What the colour map and its scale draw.
    const QCPColorMap& colours() const { return *m_colours; }

    QSize sizeHint() const override { return {520, 360}; }
    QSize minimumSizeHint() const override { return {280, 180}; }

Q_SIGNALS:
    void runChosen(std::size_t run);

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    class Numbers;
    struct Cell {
        std::size_t x = 0, y = 0;
    };
    void fill();
    void nameAxes();
    void setGradient();
    void read(const Cell& cell);
    std::optional<Cell> cellAt(const QPointF& pixel) const;
    std::optional<Cell> cellOf(std::optional<std::size_t> run) const;
    double shareOf(double figure) const; ///< 0 to 1 of the drawn range, the better the higher
    static void frame(QCPItemRect& item, const std::optional<Cell>& cell);
    bool isLessBetter() const { return desk::isLessBetter(m_report->metrics[m_choice.metric].id); }

    std::shared_ptr<const desk::SweepReport> m_report;
    desk::SweepMapChoice m_choice;
    desk::SweepMap m_map;
    std::optional<Cell> m_read;
    std::optional<std::size_t> m_chosen;
    QCPColorMap* m_colours;
    QCPColorScale* m_scale;
    QCPItemRect *m_bestFrame, *m_chosenFrame, *m_readFrame;
};

} // namespace vegadesk::ui
