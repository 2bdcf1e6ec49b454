#include "ui/panels/risk_view_panel.h"

#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/theme/format.h"

#include <QLabel>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace vegadesk::ui
{

RiskViewPanel::RiskViewPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_view(std::make_shared<const desk::RiskView>()),
      m_netLiquidation(desk::unknown), m_pages(new QStackedLayout(this)), m_empty(makeLabel({}, "dim", this)),
      m_old(makeLabel({}, "warning", this))
{
    m_empty->setObjectName(QStringLiteral("risk_empty"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setMargin(Theme::unit);
    m_old->setObjectName(QStringLiteral("risk_old"));
    m_old->setWordWrap(true);
    m_old->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, 0);
    m_old->hide();
    m_pages->addWidget(m_empty);
}

void RiskViewPanel::setContent(QWidget* content)
{
    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_old);
    column->addWidget(content, 1);
    m_pages->addWidget(page);
}

void RiskViewPanel::refresh()
{
    std::shared_ptr<const desk::RiskView> view = m_context.desk.risk();
    if (m_hasDrawn && view == m_view)
        return;
    const auto trading = m_context.desk.trading();
    show(std::move(view), trading->netLiquidation);
}

void RiskViewPanel::show(std::shared_ptr<const desk::RiskView> view, double netLiquidation)
{
    m_hasDrawn = true;
    m_view = std::move(view);
    m_netLiquidation = netLiquidation;
    const QString why = draw();
    m_empty->setText(why);
    m_pages->setCurrentIndex(why.isEmpty() ? 1 : 0);
    m_old->setText(m_view->isOld ? tr("▲ No new quotes: figures %1, New York time.").arg(oldWords(m_view->at))
                                 : QString());
    m_old->setVisible(m_view->isOld);
}

QString RiskViewPanel::shareText(double dollars) const
{
    return signedPercent(m_netLiquidation > 0 ? dollars / m_netLiquidation : desk::unknown);
}

} // namespace vegadesk::ui
