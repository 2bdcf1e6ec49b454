#pragma once

#include "ui/panels/panel.h"

#include <memory>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace vegadesk::ui
{

class RiskGauge;

/// The limits and how much of them is used, the tolerance they follow, the market's regime, the state of trading, and what the broker's books say otherwise than ours.
class RiskPanel : public Panel
{
    Q_OBJECT

public:
    explicit RiskPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(const desk::TradingView& trading);
    /// Of the market's regime, and what has no figure.
    void drawRisk(const desk::RiskView& risk);
    /// The keyboard goes to the first difference's button.
    void lookAtDifferences();

private:
    void drawGauges(const std::vector<desk::Gauge>& gauges);
    /// "Alert me when…" of a gauge that a rule can watch.
    void showMenu(std::size_t gauge, const QPoint& at);
    void drawState(const desk::TradingView& trading);
    void drawDifferences(const std::vector<desk::DifferenceRow>& differences);

    PanelContext m_context;
    std::uint64_t m_version = 0;
    std::shared_ptr<const desk::RiskView> m_risk; ///< as drawn
    bool m_hasDrawn = false;
    QVBoxLayout* m_gaugeColumn;
    std::vector<RiskGauge*> m_gauges;
    std::vector<desk::Gauge> m_figures; ///< as drawn
    QLabel *m_regime, *m_leftOut;
    QLabel *m_state, *m_stateReason, *m_stale, *m_differencesTitle;
    QVBoxLayout* m_differenceColumn;
    std::vector<desk::DifferenceRow> m_differences; ///< as drawn
    std::vector<QWidget*> m_differenceRows;
    QPushButton* m_resume;
};

} // namespace vegadesk::ui
