#include "ui/panels/exposure.h"

#include "ui/models/exposure_model.h"
#include "ui/models/words.h"
#include "ui/panels/column_fitter.h"
#include "ui/panels/column_scroll.h"
#include "ui/panels/figure.h"
#include "ui/panels/hedge_list.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeView>
#include <QVBoxLayout>

#include <cmath>

namespace vegadesk::ui
{

ExposurePanel::ExposurePanel(const PanelContext& context, QWidget* parent)
    : RiskViewPanel(context, parent), m_model(new ExposureModel(context.theme, this)), m_tree(new QTreeView(this)),
      m_margin(makeLabel({}, "dim", this)), m_hedges(new HedgeList(this))
{
    auto* const content = new QWidget(this);
    auto* const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::unit / 2);
    m_tree->setObjectName(QStringLiteral("exposure_tree"));
    m_tree->setAccessibleName(tr("Greeks and margin by underlying and expiration"));
    m_tree->setModel(m_model);
    prepareTree(*m_tree, context.theme, -1);
    using Model = ExposureModel;
    new ColumnFitter(*m_tree, *m_tree->header(),
                     {Model::ContractsColumn, Model::PortfolioMarginColumn, Model::GammaColumn, Model::BetaDeltaColumn,
                      Model::DeltaColumn, Model::MarginColumn, Model::ThetaColumn, Model::VegaColumn});
    m_tree->setMinimumHeight(4 * context.theme.rowHeight());
    m_margin->setObjectName(QStringLiteral("exposure_margin"));
    m_margin->setWordWrap(true);
    m_margin->setContentsMargins(Theme::unit, 0, Theme::unit, 0);
    column->addWidget(m_tree, 1);
    auto* const below = new QWidget(content);
    auto* const lines = new QVBoxLayout(below);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(Theme::unit / 2);
    lines->addWidget(m_margin);
    lines->addWidget(m_hedges);
    auto* const scroll = new ColumnScroll(below, content);
    scroll->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum); // the rest is the tree's
    column->addWidget(scroll);
    setContent(content);
    connect(m_model, &QAbstractItemModel::modelReset, m_tree, &QTreeView::expandAll);
    connect(m_hedges, &HedgeList::staged, this,
            [this](const portfolio::OrderIntent& intent) { this->context().staged.load(intent, stagedLegs(intent)); });
    connect(&context.theme, &Theme::changed, m_tree->viewport(), qOverload<>(&QWidget::update));
}

QString ExposurePanel::draw()
{
    const desk::ExposureView& exposure = view().exposure;
    if (exposure.underlyings.empty())
        return tr(
            "No positions. The Greeks and the margin of what you hold appear here, by underlying and expiration.");
    m_model->update(exposure);
    QString words;
    if (!std::isnan(exposure.margin) && !std::isnan(exposure.brokerMargin))
        words = tr("Margin: %1 by our rules, %2 by the broker, %3 apart")
                    .arg(number(exposure.margin, 2), number(exposure.brokerMargin, 2),
                         number(std::abs(exposure.margin - exposure.brokerMargin), 2));
    m_margin->setText(words);
    m_margin->setVisible(!words.isEmpty());
    m_hedges->setProposals(exposure.hedges);
    return {};
}

} // namespace vegadesk::ui
