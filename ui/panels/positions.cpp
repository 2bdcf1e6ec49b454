#include "ui/panels/positions.h"

#include "ui/models/positions_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QShortcut>
#include <QStackedLayout>
#include <QTreeView>

namespace vegadesk::ui
{

PositionsPanel::PositionsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout(this)),
      m_model(new PositionsModel(context.theme, this)), m_view(new QTreeView(this))
{
    m_view->setObjectName(QStringLiteral("positions_view"));
    m_view->setModel(m_model);
    prepareTree(*m_view, m_context.theme, PositionsModel::PositionColumn);
    setColumnWidths(*m_view, *m_view->header(), {24, 6, 8, 6, 8, 7, 8, 7, 11, 11, 6, 6});
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setExpandsOnDoubleClick(true);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &PositionsPanel::showMenu);
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (index.column() == PositionsModel::CloseColumn)
            stageClose(index);
    });
    connect(m_view, &QTreeView::expanded, this, [this](const QModelIndex& index) { remember(index, true); });
    connect(m_view, &QTreeView::collapsed, this, [this](const QModelIndex& index) { remember(index, false); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &PositionsPanel::restoreExpansion);
    auto* const close = new QShortcut(QKeySequence(QKeySequence::Delete), m_view);
    close->setContext(Qt::WidgetShortcut);
    connect(close, &QShortcut::activated, this, [this] { stageClose(m_view->currentIndex()); });
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));

    QLabel* const empty =
        makeLabel(tr("No positions. What you buy and sell appears here with its Greeks and profit."), "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_view);
}

void PositionsPanel::refresh()
{
    const std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    if (m_hasDrawn && trading->version == m_version)
        return;
    m_hasDrawn = true;
    m_version = trading->version;
    m_model->update(trading->groups);
    m_pages->setCurrentIndex(trading->groups.empty() ? 0 : 1);
}

void PositionsPanel::remember(const QModelIndex& index, bool isExpanded)
{
    const desk::PositionGroup* const group = m_model->group(index);
    if (!group)
        return;
    if (isExpanded)
        m_collapsed.erase(group->title);
    else
        m_collapsed.insert(group->title);
}

void PositionsPanel::restoreExpansion()
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QModelIndex index = m_model->index(row, 0);
        m_view->setExpanded(index, !m_collapsed.contains(m_model->group(index)->title));
    }
}

void PositionsPanel::stageClose(const QModelIndex& index)
{
    if (!index.isValid())
        return;
    std::vector<std::string> symbols;
    if (const desk::PositionRow* const leg = m_model->leg(index))
        symbols.push_back(leg->position.symbol);
    else
        for (const desk::PositionRow& row : m_model->group(index)->rows)
            symbols.push_back(row.position.symbol);
    stageClose(symbols);
}

void PositionsPanel::stageClose(const std::vector<std::string>& symbols)
{
    portfolio::OrderIntent whole;
    for (const std::string& symbol : symbols) {
        const std::optional<portfolio::OrderIntent> one = m_context.desk.closingIntent(symbol);
        if (!one)
            continue; // gone since the row was drawn
        if (whole.legs.empty()) {
            whole = *one;
        } else {
            whole.legs.insert(whole.legs.end(), one->legs.begin(), one->legs.end());
            whole.price.reset(); // a net price of its own: follow the mid
            whole.effect = portfolio::PriceEffect::None;
        }
    }
    if (!whole.legs.empty())
        m_context.staged.load(whole, stagedLegs(whole));
}

void PositionsPanel::showMenu(const QPoint& at)
{
    const QModelIndex index = m_view->indexAt(at);
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QPersistentModelIndex stays(index);
    const auto addClose = [&](const QString& words, bool isGroup) {
        connect(menu->addAction(words), &QAction::triggered, this, [this, stays, isGroup] {
            if (stays.isValid())
                stageClose(isGroup && stays.parent().isValid() ? QModelIndex(stays.parent()) : QModelIndex(stays));
        });
    };
    if (index.isValid() && m_model->leg(index))
        addClose(tr("Close this leg …"), false);
    if (index.isValid())
        addClose(tr("Close the whole group …"), true);
    connect(menu->addAction(tr("Expand all")), &QAction::triggered, m_view, &QTreeView::expandAll);
    connect(menu->addAction(tr("Collapse all")), &QAction::triggered, m_view, &QTreeView::collapseAll);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace vegadesk::ui
