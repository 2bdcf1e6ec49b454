#include "ui/panels/positions.h"

#include "desk/rolling.h"
#include "ui/models/positions_model.h"
#include "ui/models/words.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"

#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QScrollBar>
#include <QShortcut>
#include <QStackedLayout>
#include <QTreeView>

#include <array>
#include <cmath>

namespace vegadesk::ui
{

PositionsPanel::PositionsPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout(this)),
      m_model(new PositionsModel(context.theme, this)), m_view(new QTreeView(this))
{
    m_view->setObjectName(QStringLiteral("positions_view"));
    m_view->setModel(m_model);
    prepareTree(*m_view, m_context.theme, PositionsModel::PositionColumn);
    setColumnWidths(*m_view, *m_view->header(), {22, 8, 8, 6, 8, 7, 8, 7, 11, 11, 6, 6, 6});
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setExpandsOnDoubleClick(true);
    connect(m_view, &QTreeView::customContextMenuRequested, this, &PositionsPanel::showMenu);
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex& index) {
        if (m_model->lot(index))
            return; // lots are closed with their position, the oldest first
        if (index.column() == PositionsModel::CloseColumn)
            stageClose(index);
        else if (index.column() == PositionsModel::RollColumn)
            stageRoll(index);
    });
    connect(m_view, &QTreeView::expanded, this, [this](const QModelIndex& index) { remember(index, true); });
    connect(m_view, &QTreeView::collapsed, this, [this](const QModelIndex& index) { remember(index, false); });
    connect(m_model, &QAbstractItemModel::modelReset, this, &PositionsPanel::restoreExpansion);
    const auto addKey = [this](const QKeySequence& key, void (PositionsPanel::*run)()) {
        auto* const shortcut = new QShortcut(key, m_view);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, run);
    };
    addKey(QKeySequence(QKeySequence::Delete), &PositionsPanel::closeCurrent);
    addKey(QKeySequence(Qt::Key_R), &PositionsPanel::rollCurrent);
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));

    QLabel* const empty =
        makeLabel(tr("No positions. What you buy and sell appears here with its Greeks and profit."), "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    empty->setWordWrap(true);
    m_pages->addWidget(empty);
    m_pages->addWidget(m_view);
}

void PositionsPanel::resizeEvent(QResizeEvent* event)
{
    Panel::resizeEvent(event);
    fitColumns();
}

void PositionsPanel::fitColumns()
{
    using Model = PositionsModel;
    constexpr std::array spare{Model::VegaColumn, Model::GammaColumn, Model::IvColumn,   Model::ThetaColumn,
                               Model::MarkColumn, Model::RiskColumn,  Model::DeltaColumn};
    constexpr int nameDigits = 20;
    QHeaderView& header = *m_view->header();
    // Hiding beside a stretched section only takes effect later, which a change of its mode would prevent.
    header.setSectionResizeMode(Model::PositionColumn, QHeaderView::Fixed);
    for (const int column : spare)
        header.setSectionHidden(column, false);
    const int nameWidth = nameDigits * m_view->fontMetrics().horizontalAdvance(u'0');
    const int room = width() - m_view->verticalScrollBar()->sizeHint().width() - nameWidth;
    int needed = 0;
    for (int column = Model::PositionColumn + 1; column < Model::ColumnTotal; ++column)
        needed += header.sectionSize(column);
    for (const int column : spare) {
        if (needed <= room)
            break;
        needed -= header.sectionSize(column);
        header.setSectionHidden(column, true);
    }
    // Figures without the name of what they are of say nothing: where all do not fit, the table is scrolled.
    if (needed > room)
        header.resizeSection(Model::PositionColumn, nameWidth);
    else
        header.setSectionResizeMode(Model::PositionColumn, QHeaderView::Stretch);
}

void PositionsPanel::refresh()
{
    const std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    if (m_hasDrawn && trading->version == m_version)
        return;
    m_hasDrawn = true;
    m_version = trading->version;
    m_model->setAttribution(m_context.desk.risk());
    m_model->update(trading->groups);
    m_pages->setCurrentIndex(trading->groups.empty() ? 0 : 1);
}

void PositionsPanel::remember(const QModelIndex& index, bool isExpanded)
{
    const desk::PositionGroup* const group = m_model->group(index);
    if (!group)
        return;
    if (const desk::PositionRow* const leg = m_model->leg(index)) {
        if (isExpanded)
            m_unfolded.insert(leg->position.symbol);
        else
            m_unfolded.erase(leg->position.symbol);
        return;
    }
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
        for (int leg = 0; leg < m_model->rowCount(index); ++leg) {
            const QModelIndex of = m_model->index(leg, 0, index);
            m_view->setExpanded(of, m_unfolded.contains(m_model->leg(of)->position.symbol));
        }
    }
}

void PositionsPanel::closeCurrent()
{
    stageClose(m_view->currentIndex());
}

void PositionsPanel::rollCurrent()
{
    stageRoll(m_view->currentIndex());
}

std::vector<std::string> PositionsPanel::symbolsOf(const QModelIndex& index) const
{
    std::vector<std::string> symbols;
    for (const desk::PositionRow& row : m_model->rows(index))
        symbols.push_back(row.position.symbol);
    if (symbols.empty())
        m_context.staged.refuse(tr("Choose a row of the positions first."));
    return symbols;
}

void PositionsPanel::stageClose(const QModelIndex& index)
{
    const std::vector<std::string> symbols = symbolsOf(index);
    if (symbols.empty())
        return;
    if (const auto whole = m_context.desk.closingIntent(symbols))
        m_context.staged.load(*whole, stagedLegs(*whole));
    else
        m_context.staged.refuse(text(whole.error().message()));
}

void PositionsPanel::stageRoll(const QModelIndex& index)
{
    const std::vector<std::string> symbols = symbolsOf(index);
    if (symbols.empty())
        return;
    if (const auto rolled = m_context.desk.rollingIntent(symbols))
        m_context.staged.load(*rolled, stagedLegs(*rolled));
    else
        m_context.staged.refuse(text(rolled.error().message()));
}

void PositionsPanel::showMenu(const QPoint& at)
{
    const QModelIndex index = m_view->indexAt(at);
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& words, const QModelIndex& of,
                         void (PositionsPanel::*stage)(const QModelIndex&)) {
        QAction* const action = menu->addAction(words);
        connect(action, &QAction::triggered, this, [this, stage, stays = QPersistentModelIndex(of)] {
            if (stays.isValid())
                (this->*stage)(stays);
        });
        return action;
    };
    const QModelIndex leg = m_model->lot(index) ? index.parent() : index;
    const QModelIndex group = leg.parent().isValid() ? leg.parent() : leg;
    if (m_model->leg(index)) {
        add(tr("Close this leg …"), leg, &PositionsPanel::stageClose);
        add(tr("Roll this leg …"), leg, &PositionsPanel::stageRoll)->setEnabled(desk::isRollable(m_model->rows(index)));
    }
    if (index.isValid()) {
        add(tr("Close the whole group …"), group, &PositionsPanel::stageClose);
        add(tr("Roll the whole group …"), group, &PositionsPanel::stageRoll)
            ->setEnabled(desk::isRollable(m_model->rows(group)));
    }
    if (const desk::PositionGroup* const of = m_model->group(group)) {
        monitoring::AlertRule rule;
        rule.measure = "position_profit";
        rule.subject = of->underlying;
        rule.isAbove = false;
        rule.threshold = std::isnan(of->openProfit) ? 0 : std::round(of->openProfit);
        menu->addAction(tr("Alert me when the open profit in %1…").arg(text(of->underlying)), this,
                        [this, rule] { Q_EMIT alertAsked(rule); });
    }
    connect(menu->addAction(tr("Expand all")), &QAction::triggered, m_view, &QTreeView::expandAll);
    connect(menu->addAction(tr("Collapse all")), &QAction::triggered, m_view, &QTreeView::collapseAll);
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace vegadesk::ui
