#pragma once

#include "ui/panels/risk_view_panel.h"

class QLabel;
class QTreeView;

namespace vegadesk::ui
{

class AttributionModel;
class Segments;
class WaterfallPlot;

/// Where profits came from, today or since entry: every scope to the cent in a tree, the chosen one as a waterfall.
///   Ctrl+C    copies the tree as a table
class AttributionPanel : public RiskViewPanel
{
    Q_OBJECT

public:
    explicit AttributionPanel(const PanelContext& context, QWidget* parent = nullptr);

    void copy() const;

protected:
    QString draw() override;

private:
    QWidget* makeTree();
    QWidget* makePlot();
    void fill();
    void nameSpans();
    QString fromWords() const;
    void reconcile(const desk::AttributionRow& row);
    void fillPlot();

    desk::AttributionRow m_scope; ///< as drawn
    Segments* m_spans;
    AttributionModel* m_model;
    QTreeView* m_tree;
    QLabel *m_title, *m_reconciled, *m_unexplained;
    WaterfallPlot* m_plot;
};

} // namespace vegadesk::ui
