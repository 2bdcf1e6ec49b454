#pragma once

#include "desk/views.h"
#include "ui/plots/plot.h"

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace vegadesk::ui
{

/// A price of the account's on the chart.
struct PriceLine {
    enum class Kind : std::uint8_t { Limit, Trigger, Average };
    Kind kind = Kind::Limit;
    double price = 0;
    QString words;
    std::string order;       ///< external id; empty: none
    bool isMovable = false;  ///< it has a handle, and may be dragged
    bool isProposed = false; ///< drawn where it is to go, not where it is

    friend bool operator==(const PriceLine&, const PriceLine&) = default;
};

/// Candles, below them the volume, and below that implied and realised volatility, over one axis without the hours in
/// which nobody trades. The wheel changes how many bars are seen, dragging moves along them. Prices of the account are lines;
/// those with a handle are dragged up and down.
class CandlePlot : public Plot
{
    Q_OBJECT

public:
    explicit CandlePlot(const Theme& theme, QWidget* parent = nullptr);

    void setView(std::shared_ptr<const desk::ChartView> view);

    void setLines(std::vector<PriceLine> lines);
    /// The line that is being dragged stays where it is from now on.
    void stopDragging() { m_dragged.reset(); }

    QSize sizeHint() const override { return {480, 320}; }
    QSize minimumSizeHint() const override { return {200, 160}; }

protected:
    void restyle() override;
    bool hover(const QPointF& pixel) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

Q_SIGNALS:
    /// A line is on its way: of that order, to that price.
    void lineDragged(const std::string& order, bool isTrigger, double price);

private:
    enum Pane : std::size_t { Price, Volume, Volatility };
    static constexpr std::size_t paneCount = 3;
    QCPAxisRect* makePane(Pane pane);
    QCPItemText* makeTitle(Pane pane, double x);
    void fitAxes();
    const desk::ChartBar* barAt(double index) const;
    QString timeWords(double index, bool isLong) const;
    void showLast();
    void drawLines();
    const PriceLine* handleAt(const QPointF& pixel) const;

    std::shared_ptr<const desk::ChartView> m_view;
    std::array<QCPAxisRect*, paneCount> m_panes{};
    QCPFinancial* m_candles;
    QCPBars* m_volumes;
    QCPGraph *m_implied, *m_realised;
    QCPItemText *m_volumeTitle, *m_impliedTitle, *m_realisedTitle;
    QCPItemStraightLine* m_lastPrice;
    std::array<QCPItemStraightLine*, paneCount> m_cursors{};
    struct DrawnLine {
        QCPItemStraightLine* line;
        QCPItemText* label;
    };
    std::vector<PriceLine> m_lines;
    std::vector<DrawnLine> m_drawn; ///< as many as there ever were
    std::optional<PriceLine> m_dragged;
    bool m_isFollowing = true; ///< the newest bar is in sight, and stays there
};

} // namespace vegadesk::ui
