#pragma once

#include "ui/panels/risk_view_panel.h"

class QLabel;
class QTableView;

namespace vegadesk::ui
{

class FactRows;
class RegimePlot;
class RegimeSwitchesModel;
class Segments;

/// How the market has behaved: the regime in force, how sure that is, when it changed, and what it does to the size of trades.
class RegimesPanel : public RiskViewPanel
{
    Q_OBJECT

public:
    explicit RegimesPanel(const PanelContext& context, QWidget* parent = nullptr);

    QString titleCount() const override;

protected:
    QString draw() override;

private:
    QWidget* makePlot();
    QWidget* makeDetails();
    void fillPlot();

    Segments* m_spans;
    QLabel* m_now;
    RegimePlot* m_plot;
    FactRows* m_facts;
    RegimeSwitchesModel* m_model;
    QTableView* m_switches;
};

} // namespace vegadesk::ui
