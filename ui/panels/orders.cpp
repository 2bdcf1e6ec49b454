#include "ui/panels/orders.h"

#include "ui/models/orders_model.h"
#include "ui/models/words.h"
#include "ui/panels/change_bar.h"
#include "ui/panels/figure.h"
#include "ui/panels/table_look.h"
#include "ui/theme/format.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPushButton>
#include <QShortcut>
#include <QStackedLayout>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
/// Until the broker has said what became of it, a cancel is worth asking for.
bool isCancellable(const execution::Order& order)
{
    using execution::OrderStatus;
    return !execution::isTerminal(order.status) && order.status != OrderStatus::CancelRequested &&
           order.status != OrderStatus::Intent;
}

constexpr int pixelsPerTick = 6, largeStep = 10; ///< of a drag; of plus and minus with Ctrl
} // namespace

OrdersPanel::OrdersPanel(const PanelContext& context, QWidget* parent)
    : Panel(parent), m_context(context), m_pages(new QStackedLayout(this)),
      m_model(new OrdersModel(context.theme, this)), m_view(new QTableView(this))
{
    m_view->setObjectName(QStringLiteral("orders_view"));
    m_view->setModel(m_model);
    prepareTable(*m_view, m_context.theme, OrdersModel::ReasonColumn);
    setColumnWidths(*m_view, *m_view->horizontalHeader(), {8, 6, 57, 9, 9, 11, 9, 9});
    // One leg takes a quarter of what four need: the reasons have the rest.
    m_view->horizontalHeader()->setSectionResizeMode(OrdersModel::LegsColumn, QHeaderView::ResizeToContents);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_view, &QTableView::customContextMenuRequested, this, &OrdersPanel::showMenu);

    m_change = new QPushButton(tr("Change order…"), this);
    m_change->setObjectName(QStringLiteral("orders_change"));
    m_change->setToolTip(tr("Other terms for the selected order (+ and −: a tick, with Ctrl ten; or drag its limit)"));
    connect(m_change, &QPushButton::clicked, this, [this] { changeSelected(0); });
    m_bar = new ChangeBar(m_context, this);
    // The trading thread judges one order at a time: the ticket's comes back.
    connect(m_bar, &ChangeBar::ended, &m_context.staged, &StagedOrder::changed);
    m_view->viewport()->installEventFilter(this);
    const auto addKey = [this](const QKeySequence& key, auto call) {
        auto* const shortcut = new QShortcut(key, m_view);
        shortcut->setContext(Qt::WidgetShortcut);
        connect(shortcut, &QShortcut::activated, this, call);
    };
    for (const auto& [key, ticks] : {std::pair{Qt::Key_Plus, 1}, std::pair{Qt::Key_Minus, -1}}) {
        addKey(QKeySequence(key), [this, each = ticks] { changeSelected(each); });
        addKey(QKeySequence(Qt::CTRL | key), [this, each = ticks * largeStep] { changeSelected(each); });
    }
    addKey(QKeySequence(Qt::Key_Return), [this] { m_bar->send(); });
    addKey(QKeySequence(Qt::Key_Escape), [this] { m_bar->discard(); });

    m_cancel = new QPushButton(this);
    m_cancel->setObjectName(QStringLiteral("orders_cancel"));
    m_cancelAll = new QPushButton(tr("Cancel all working"), this);
    m_cancelAll->setObjectName(QStringLiteral("orders_cancel_all"));
    m_over = new QPushButton(tr("It is over"), this);
    m_over->setObjectName(QStringLiteral("orders_over"));
    m_over->setToolTip(
        tr("You have looked at the broker: this order no longer works there. Until then it counts as if it "
           "might fill."));
    connect(m_over, &QPushButton::clicked, this, &OrdersPanel::declareSelectedOver);
    connect(m_cancel, &QPushButton::clicked, this, &OrdersPanel::cancelSelected);
    connect(m_cancelAll, &QPushButton::clicked, this, &OrdersPanel::cancelAll);
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OrdersPanel::drawButtons);
    auto* const remove = new QShortcut(QKeySequence(QKeySequence::Delete), m_view);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, m_cancel, &QPushButton::click);

    auto* const page = new QWidget(this);
    auto* const column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_view, 1);
    column->addWidget(m_bar);
    auto* const footer = new QHBoxLayout;
    footer->setContentsMargins(Theme::unit, Theme::unit / 2, Theme::unit, Theme::unit / 2);
    footer->setSpacing(Theme::unit);
    footer->addStretch();
    footer->addWidget(m_over);
    footer->addWidget(m_change);
    footer->addWidget(m_cancel);
    footer->addWidget(m_cancelAll);
    column->addLayout(footer);

    QLabel* const empty =
        makeLabel(tr("No orders yet. Stage one in the option chain and send it from the ticket."), "dim", this);
    empty->setAlignment(Qt::AlignCenter);
    m_pages->addWidget(empty);
    m_pages->addWidget(page);
    connect(&m_context.theme, &Theme::changed, m_view->viewport(), qOverload<>(&QWidget::update));
    drawButtons();
}

void OrdersPanel::refresh()
{
    m_bar->refresh();
    const std::shared_ptr<const desk::TradingView> trading = m_context.desk.trading();
    if (m_hasDrawn && trading->version == m_version)
        return;
    m_hasDrawn = true;
    m_version = trading->version;
    m_model->update(trading->orders);
    m_pages->setCurrentIndex(trading->orders.empty() ? 0 : 1);
    drawButtons();
}

QString OrdersPanel::titleCount() const
{
    const auto working = std::ranges::count_if(m_context.desk.trading()->orders, [](const execution::Order& order) {
        return !execution::isTerminal(order.status);
    });
    return working == 0 ? QString() : number(static_cast<double>(working), 0);
}

int OrdersPanel::selectedRow() const
{
    const QModelIndexList rows = m_view->selectionModel()->selectedRows();
    return rows.isEmpty() ? -1 : rows.front().row();
}

void OrdersPanel::drawButtons()
{
    const int row = selectedRow();
    m_cancel->setEnabled(row >= 0 && isCancellable(m_model->order(row)));
    const bool isOfSeveral = row >= 0 && !m_model->order(row).complex.empty();
    m_cancel->setText(isOfSeveral ? tr("Cancel all its parts") : tr("Cancel order"));
    m_cancel->setToolTip(isOfSeveral
                             ? tr("Ask the broker to cancel the selected order and those that depend on it (Del)")
                             : tr("Ask the broker to cancel the selected order (Del)"));
    m_change->setEnabled(row >= 0 && execution::isReplaceable(m_model->order(row)));
    m_over->setVisible(row >= 0 && m_model->order(row).status == execution::OrderStatus::Unknown);
    bool hasWorking = false;
    for (int i = 0; i < m_model->rowCount() && !hasWorking; ++i)
        hasWorking = isCancellable(m_model->order(i));
    m_cancelAll->setEnabled(hasWorking && !m_context.desk.trading()->isCancellingAll);
}

void OrdersPanel::changeSelected(int ticks)
{
    const int row = selectedRow();
    if (row < 0 || !execution::isReplaceable(m_model->order(row)))
        return;
    m_bar->begin(m_model->order(row));
    m_bar->step(ticks);
}

bool OrdersPanel::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_view->viewport())
        return Panel::eventFilter(watched, event);
    const auto* const mouse = static_cast<QMouseEvent*>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_drag = {};
        if (const QModelIndex index = m_view->indexAt(mouse->pos());
            mouse->button() == Qt::LeftButton && index.column() == OrdersModel::LimitColumn &&
            execution::isReplaceable(m_model->order(index.row())))
            m_drag = {index, mouse->pos(), 0, false};
        break;
    case QEvent::MouseMove:
        if (!m_drag.order.isValid())
            break;
        dragTo(mouse->pos());
        return true; // no other rows are selected on the way
    case QEvent::MouseButtonRelease:
        m_drag = {};
        break;
    default:
        break;
    }
    return false;
}

void OrdersPanel::dragTo(const QPoint& at)
{
    const int way = m_drag.from.y() - at.y(); // up is more
    if (!m_drag.isOn && std::abs(way) < QApplication::startDragDistance())
        return;
    if (!m_drag.isOn) {
        const int row = m_drag.order.row();
        if (!execution::isReplaceable(m_model->order(row)))
            return;
        m_view->selectRow(row);
        m_bar->begin(m_model->order(row));
        m_drag.isOn = true;
    }
    const int ticks = way / pixelsPerTick;
    m_bar->step(ticks - m_drag.ticks);
    m_drag.ticks = ticks;
}

void OrdersPanel::cancelSelected()
{
    const int row = selectedRow();
    if (row >= 0 && isCancellable(m_model->order(row)))
        m_context.desk.cancelOrder(m_model->order(row).externalId);
}

void OrdersPanel::declareSelectedOver()
{
    if (const int row = selectedRow(); row >= 0)
        m_context.desk.declareOrderOver(m_model->order(row).externalId);
}

void OrdersPanel::cancelAll()
{
    m_context.desk.cancelAllOrders();
}

void OrdersPanel::stageAgain(int row)
{
    portfolio::OrderIntent again = m_model->order(row).intent;
    again.price.reset(); // the market has moved: follow the mid
    m_context.staged.load(again, stagedLegs(again));
}

void OrdersPanel::showMenu(const QPoint& at)
{
    const QModelIndex index = m_view->indexAt(at);
    if (!index.isValid())
        return;
    const std::string externalId = m_model->order(index.row()).externalId;
    const int row = index.row();
    auto* const menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction* const cancel =
        menu->addAction(m_model->order(row).complex.empty() ? tr("Cancel order") : tr("Cancel all its parts"));
    cancel->setEnabled(isCancellable(m_model->order(row)));
    connect(cancel, &QAction::triggered, this, [this, externalId] { m_context.desk.cancelOrder(externalId); });
    const QPersistentModelIndex stays(index);
    QAction* const change = menu->addAction(tr("Change order…"));
    change->setEnabled(execution::isReplaceable(m_model->order(row)));
    connect(change, &QAction::triggered, this, [this, stays] {
        if (stays.isValid() && execution::isReplaceable(m_model->order(stays.row())))
            m_bar->begin(m_model->order(stays.row()));
    });
    connect(menu->addAction(tr("Stage it again")), &QAction::triggered, this, [this, stays] {
        if (stays.isValid())
            stageAgain(stays.row());
    });
    menu->popup(m_view->viewport()->mapToGlobal(at));
}

} // namespace vegadesk::ui
