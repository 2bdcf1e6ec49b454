#pragma once

#include "ui/panels/risk_view_panel.h"

class QLabel;
class QTreeView;

namespace vegadesk::ui
{

class ExposureModel;
class HedgeList;

/// Greeks and margin by underlying and expiration, and the hedges that are proposed. Staging one never sends it.
class ExposurePanel : public RiskViewPanel
{
    Q_OBJECT

public:
    explicit ExposurePanel(const PanelContext& context, QWidget* parent = nullptr);

protected:
    QString draw() override;

private:
    ExposureModel* m_model;
    QTreeView* m_tree;
    QLabel* m_margin;
    HedgeList* m_hedges;
};

} // namespace vegadesk::ui
