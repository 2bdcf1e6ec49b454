#pragma once

#include "desk/surface_views.h"
#include "ui/plots/plot.h"

#include <array>
#include <vector>

namespace vegadesk::ui
{

/// The Heston model's parameters over time, each at its own scale in a pane of its own; the two variances, which are of one kind,
/// share one, as volatilities. The panes' titles are their legends and say the last values.
class HestonPlot : public Plot
{
    Q_OBJECT

public:
    explicit HestonPlot(const Theme& theme, QWidget* parent = nullptr);

    void setFits(std::vector<desk::HestonFit> fits);

    QSize sizeHint() const override { return {360, 220}; }
    QSize minimumSizeHint() const override { return {160, 96}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;

private:
    static constexpr std::size_t paneCount = 4, lineCount = 5;
    struct Line {
        QCPGraph* graph = nullptr;
        QCPGraph* marker = nullptr; ///< of the moment under the mouse
        QCPItemText* title = nullptr;
    };
    static double valueOf(const desk::HestonFit& fit, std::size_t line);
    static QString wordsOf(const desk::HestonFit& fit, std::size_t line);
    void makePane(std::size_t pane);
    void makeLine(std::size_t line);
    void fitAxes();

    std::vector<desk::HestonFit> m_fits;
    std::array<QCPAxisRect*, paneCount> m_panes{};
    std::array<Line, lineCount> m_lines{};
};

} // namespace vegadesk::ui
