#pragma once

#include "ui/panels/risk_view_panel.h"

class QComboBox;
class QLabel;
class QStackedWidget;

namespace vegadesk::ui
{

class AmountTable;
class CurvePlot;
class FactRows;
class Segments;
class StressMap;

/// What the book would make in other worlds: a map over spot and volatility for each of some days, or curves over spot; the worst
/// of all cells with the legs that make it, and past days' moves on what is held now.
class StressPanel : public RiskViewPanel
{
    Q_OBJECT

public:
    explicit StressPanel(const PanelContext& context, QWidget* parent = nullptr);

    QString titleCount() const override;

protected:
    QString draw() override;

private:
    QWidget* makeMap();
    QWidget* makeDetails();
    void fillMap();
    void fillCurves();
    void sayCell();
    void sayWorst();
    /// "spot −15 % · volatility +50 % · 2 Dec, in 5 days"
    QString placeWords(std::size_t day, std::size_t volatility, std::size_t spot) const;
    QString dayWords(int days) const;

    Segments *m_days, *m_pictures, *m_units;
    QComboBox* m_volatility; ///< of the curves
    QStackedWidget* m_pages;
    StressMap* m_map;
    CurvePlot* m_curves;
    QLabel* m_readOut;
    FactRows* m_facts;
    QLabel *m_legsTitle, *m_pastTitle, *m_leftOut;
    AmountTable *m_legs, *m_past;
};

} // namespace vegadesk::ui
