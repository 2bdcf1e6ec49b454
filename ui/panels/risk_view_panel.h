#pragma once

#include "ui/panels/panel.h"

#include <memory>

class QLabel;
class QStackedLayout;

namespace vegadesk::ui
{

/// A panel of desk::RiskView: drawn when there is a newer one, with a sentence in its place where there is nothing to show, and
/// one above it while the figures are old.
class RiskViewPanel : public Panel
{
    Q_OBJECT

public:
    explicit RiskViewPanel(const PanelContext& context, QWidget* parent = nullptr);

    void refresh() final;
    /// What refresh() does with the desk's latest views; `netLiquidation` in dollars, NaN when not known.
    void show(std::shared_ptr<const desk::RiskView> view, double netLiquidation);
    using QWidget::show;

protected:
    /// To be called once, by the subclass's constructor.
    void setContent(QWidget* content);
    /// Fills the content. Returns why there is nothing to show; empty when there is.
    virtual QString draw() = 0;

    const PanelContext& context() const { return m_context; }
    const desk::RiskView& view() const { return *m_view; }
    std::shared_ptr<const desk::RiskView> shared() const { return m_view; }
    double netLiquidation() const { return m_netLiquidation; }
    /// "−6.4 %" of net liquidation; an en dash when either is not known.
    QString shareText(double dollars) const;

private:
    PanelContext m_context;
    std::shared_ptr<const desk::RiskView> m_view; ///< never null
    double m_netLiquidation;
    bool m_hasDrawn = false;
    QStackedLayout* m_pages;
    QLabel *m_empty, *m_old;
};

} // namespace vegadesk::ui
