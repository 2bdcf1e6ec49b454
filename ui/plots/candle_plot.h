#pragma once

#include "desk/views.h"
#include "ui/plots/plot.h"

#include <array>
#include <memory>

namespace vegadesk::ui
{

/// Candles, below them the volume, and below that implied and realised volatility, over one axis without the hours in
/// which nobody trades. The wheel changes how many bars are seen, dragging moves along them.
class CandlePlot : public Plot
{
    Q_OBJECT

public:
    explicit CandlePlot(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const desk::ChartView> view);

    QSize sizeHint() const override { return {480, 320}; }
    QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    enum Pane : std::size_t { Price, Volume, Volatility };
    static constexpr std::size_t paneCount = 3;
    QCPAxisRect* makePane(Pane pane);
    QCPItemText* makeTitle(Pane pane, double x);
    void fitAxes();
    const desk::ChartBar* barAt(double index) const;
    QString timeWords(double index, bool isLong) const;
    void showLast();

    std::shared_ptr<const desk::ChartView> m_view;
    std::array<QCPAxisRect*, paneCount> m_panes{};
    QCPFinancial* m_candles;
    QCPBars* m_volumes;
    QCPGraph *m_implied, *m_realised;
    QCPItemText *m_volumeTitle, *m_impliedTitle, *m_realisedTitle;
    QCPItemStraightLine* m_lastPrice;
    std::array<QCPItemStraightLine*, paneCount> m_cursors{};
    bool m_isFollowing = true; ///< the newest bar is in sight, and stays there
};

} // namespace vegadesk::ui
