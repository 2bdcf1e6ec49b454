#pragma once

#include "desk/risk_views.h"
#include "ui/plots/plot.h"

#include <optional>
#include <vector>

namespace vegadesk::ui
{

/// A profit taken apart: a bar for each part, from where the one before ended, and the total from zero. A dashed line joins them.
class WaterfallPlot : public Plot
{
    Q_OBJECT

public:
    explicit WaterfallPlot(const Theme& theme, QWidget* parent = nullptr);

    void setRow(const desk::AttributionRow& row);
    /// Where each bar begins and ends, dollars; the last one is the total's.
    const std::vector<std::pair<double, double>>& bars() const { return m_bars; }

    QSize sizeHint() const override { return {520, 200}; }
    QSize minimumSizeHint() const override { return {240, 90}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Bar {
        QCPItemRect* body;
        QCPItemLine* link; ///< to the next one
        QCPItemText* words;
    };
    void place();
    /// Names and numbers in as many letters as a bar's width has room for.
    void fitWords();
    QString nameOf(std::size_t bar) const;
    double amountOf(std::size_t bar) const;
    std::size_t total() const { return desk::attributionParts.size(); }

    desk::AttributionRow m_row;
    std::vector<std::pair<double, double>> m_bars;
    std::vector<Bar> m_items;
    QCPItemRect* m_frame;
};

} // namespace vegadesk::ui
