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

private:
    void drawGauges(const std::vector<desk::Gauge>& gauges);
    void drawState(const desk::TradingView& trading);
    void drawDifferences(const std::vector<std::string>& differences);

    PanelContext m_context;
    std::uint64_t m_version = 0;
    bool m_hasDrawn = false;
    QVBoxLayout* m_gaugeColumn;
    std::vector<RiskGauge*> m_gauges;
    QLabel *m_state, *m_stateReason, *m_stale, *m_differencesTitle, *m_differences;
    QPushButton* m_resume;
};

} // namespace vegadesk::ui
