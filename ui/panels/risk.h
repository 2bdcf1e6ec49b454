#pragma once

#include "ui/panels/panel.h"

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace vegadesk::ui
{

class RiskGauge;

/// The limits and how much of them is used, the state of trading, and what the broker's books say otherwise than ours.
class RiskPanel : public Panel
{
    Q_OBJECT

public:
    explicit RiskPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    /// What refresh() does with the desk's latest view.
    void draw(const desk::TradingView& trading);
    /// The keyboard goes to the first difference's button.
    void lookAtDifferences();

private:
    void drawGauges(const std::vector<desk::Gauge>& gauges);
    void drawState(const desk::TradingView& trading);
    void drawDifferences(const std::vector<desk::DifferenceRow>& differences);

    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    QVBoxLayout* m_gaugeColumn;
    std::vector<RiskGauge*> m_gauges;
    QLabel *m_state, *m_stateReason, *m_stale, *m_differencesTitle;
    QVBoxLayout* m_differenceColumn;
    std::vector<desk::DifferenceRow> m_differences; ///< as drawn
    std::vector<QWidget*> m_differenceRows;
    QPushButton* m_resume;
};

} // namespace vegadesk::ui
