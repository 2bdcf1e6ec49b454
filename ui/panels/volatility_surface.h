#pragma once

#include "ui/panels/panel.h"

#include <memory>
#include <utility>

class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedWidget;

namespace vegadesk::ui
{

class CurvePlot;
class HestonPlot;
class SmilePlot;
class Surface3d;
class SurfaceMap;

/// The volatility surface of the shown underlying, page by page: heat map, body, smiles, term structure, total variance,
/// density and the Heston model's parameters over time. Only the page that is seen is filled.
class VolatilitySurfacePanel : public Panel
{
    Q_OBJECT

public:
    explicit VolatilitySurfacePanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() override;
    QWidget* titleExtras() override;
    /// What refresh() does with the desk's latest surface.
    void show(std::shared_ptr<const desk::SurfaceView> view);
    using QWidget::show;

    static constexpr int pageCount = 7;
    void setPage(int page);

private:
    enum Page : int { Map, Body, Smiles, Term, Variance, Density, Heston };
    void fillPage();
    void fillTerm();
    void fillVariance();
    void fillDensity();
    void sayQuality();
    static std::pair<QString, QString> edgeWords(const desk::HestonFit& fit);     ///< empty where none is at an edge
    static std::pair<QString, QString> neuralSummary(const desk::HestonFit& fit); ///< as summary()
    std::pair<QString, QString> summary() const; ///< the line under the page, and its tooltip

    PanelContext m_context;
    std::shared_ptr<const desk::SurfaceView> m_view;
    QWidget* m_extras;
    QLabel* m_verdict;
    QLabel *m_empty, *m_summary;
    QButtonGroup* m_choice;
    QPushButton* m_axis;
    QStackedWidget *m_stack, *m_pages;
    SurfaceMap* m_map;
    Surface3d* m_body;
    SmilePlot* m_smiles;
    CurvePlot *m_term, *m_variance, *m_density;
    HestonPlot* m_heston;
};

} // namespace vegadesk::ui
