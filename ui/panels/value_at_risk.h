#pragma once

#include "ui/panels/risk_view_panel.h"

class QComboBox;
class QLabel;
class QTableView;

namespace vegadesk::ui
{

class AmountTable;
class RiskBacktestPlot;
class ValueAtRiskModel;

/// Value at risk and expected shortfall by five methods, what each underlying adds, and how each method would have done on today's
/// book over the past.
class ValueAtRiskPanel : public RiskViewPanel
{
    Q_OBJECT

public:
    explicit ValueAtRiskPanel(const PanelContext& context, QWidget* parent = nullptr);

    QString titleCount() const override;

protected:
    QString draw() override;

private:
    QWidget* makeMethods();
    QWidget* makeBacktest();
    void fitMethods(); ///< as high as its rows, which the theme may have changed
    void fillContributions();
    void fillBacktest();
    void sayHits(); ///< or of the day that is pointed at
    void offerMethods();

    ValueAtRiskModel* m_model;
    QTableView* m_methods;
    QLabel *m_summary, *m_agreement, *m_partsTitle, *m_notes;
    AmountTable* m_parts;
    QComboBox* m_method; ///< of the back-test
    QLabel *m_zone, *m_hits, *m_tests;
    RiskBacktestPlot* m_plot;
};

} // namespace vegadesk::ui
