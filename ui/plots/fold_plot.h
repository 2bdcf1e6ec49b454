#pragma once

#include "desk/sweep_views.h"
#include "ui/plots/plot.h"

#include <memory>
#include <vector>

namespace vegadesk::ui
{

/// A walk-forward over time. Above, a row a step: the days it picked on, pale, and the days it then traded, as gain or loss, with what
/// was picked where there is room. Below, what it picked by, in sample and out of sample, side by side under the days traded.
class FoldPlot : public Plot
{
    Q_OBJECT

public:
    explicit FoldPlot(const Theme& theme, QWidget* parent = nullptr);

    /// Of a walk-forward; null clears it.
    void setReport(std::shared_ptr<const desk::SweepReport> report);

    /// Of each step, from and to in seconds since the epoch.
    std::vector<QCPRange> pickedOn() const;
    std::vector<QCPRange> traded() const;
    const QCPBars& inSample() const { return *m_in; }
    const QCPBars& outOfSample() const { return *m_out; }

    QSize sizeHint() const override { return {640, 300}; }
    QSize minimumSizeHint() const override { return {240, 160}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Step {
        QCPItemRect *pickedOn, *traded;
        QCPItemText* words;
    };
    const std::vector<desk::FoldView>& folds() const { return m_report->walkForward->folds; }
    void fill();
    void placeWords();

    std::shared_ptr<const desk::SweepReport> m_report;
    QCPAxisRect* m_lower;
    QCPBars *m_in, *m_out;
    QCPItemText* m_lowerTitle;
    QCPItemRect* m_frame;
    std::vector<Step> m_steps;
};

} // namespace vegadesk::ui
