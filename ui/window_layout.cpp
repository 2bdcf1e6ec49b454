// Docks, where they are in each workspace, and how one follows another.
#include "ui/dock_title.h"
#include "ui/main_window.h"
#include "ui/models/words.h"
#include "ui/toolbar.h"

#include <QAbstractItemView>
#include <QActionGroup>
#include <QCoreApplication>
#include <QDockWidget>
#include <QFrame>
#include <QInputDialog>
#include <QMenu>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace vegadesk::ui
{

namespace
{

using Cells = std::map<std::pair<int, int>, std::vector<QDockWidget*>>; ///< by column and row

std::optional<Place> placeOf(const PanelInfo& info, Workspace workspace)
{
    const auto found = std::ranges::find(info.places, workspace, &Place::workspace);
    return found == info.places.end() ? std::nullopt : std::optional(*found);
}

} // namespace

void MainWindow::makeDocks()
{
    for (const PanelInfo& info : panels()) {
        auto* const dock = new QDockWidget(QCoreApplication::translate("Panels", info.title), this);
        dock->setObjectName(QString::fromLatin1(info.id));
        // A body with a border of its own, because a panel is a plain widget.
        auto* const body = new QFrame(dock);
        body->setProperty("kind", QStringLiteral("body"));
        auto* const layout = new QVBoxLayout(body);
        layout->setContentsMargins(1, 0, 1, 1);
        Panel* const panel = info.make(context(), body);
        layout->addWidget(panel);
        dock->setWidget(body);
        auto* const title = new DockTitle(dock, panel);
        dock->setTitleBarWidget(title);
        m_docks.push_back({&info, dock, title, panel});
        m_frames.add(panel, info.periodMs);
        connect(panel, &Panel::alertAsked, this, &MainWindow::openAlertRules);
        connect(panel, &Panel::limitsAsked, this, &MainWindow::openLimits);
        connect(panel, &Panel::backtestAsked, this, &MainWindow::openBacktest);
        connect(panel, &Panel::sweepAsked, this, &MainWindow::openSweep);

        connect(dock, &QDockWidget::visibilityChanged, this, [this, panel](bool isVisible) {
            m_frames.setCovered(panel, !isVisible);
            foldTitles();
        });
        connect(dock, &QDockWidget::dockLocationChanged, this, &MainWindow::foldTitles);
        connect(dock, &QDockWidget::topLevelChanged, this, &MainWindow::foldTitles);
    }
}

QDockWidget* MainWindow::dock(const QString& id) const
{
    const auto found =
        std::ranges::find_if(m_docks, [&id](const Dock& each) { return id == QLatin1String(each.info->id); });
    return found == m_docks.end() ? nullptr : found->dock;
}

Panel* MainWindow::panel(const QString& id) const
{
    const auto found =
        std::ranges::find_if(m_docks, [&id](const Dock& each) { return id == QLatin1String(each.info->id); });
    return found == m_docks.end() ? nullptr : found->panel;
}

void MainWindow::showPanel(const QString& id)
{
    QDockWidget* const shown = dock(id);
    if (!shown)
        return;
    shown->show();
    shown->raise();
    Panel* const content = panel(id);
    QWidget* const first = content->findChild<QAbstractItemView*>();
    (first ? first : content)->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::resetLayout()
{
    const Workspace workspace = m_workspaces.current().shipped;
    Cells cells;
    // What is shown comes first in its cell: those that wait are tabs behind it.
    for (const bool isShown : {true, false})
        for (const Dock& each : m_docks) {
            const auto place = placeOf(*each.info, workspace);
            if (place.has_value() != isShown)
                continue;
            const Place cell = place.value_or(spareCell(workspace));
            cells[{cell.column, cell.row}].push_back(each.dock);
        }
    for (const Dock& each : m_docks) {
        each.dock->setFloating(false);
        removeDockWidget(each.dock);
    }
    // Columns first, then each is split into its rows.
    QDockWidget* before = nullptr;
    for (const auto& [cell, docks] : cells) {
        if (cell.second != 0)
            continue;
        if (before)
            splitDockWidget(before, docks.front(), Qt::Horizontal);
        else
            addDockWidget(Qt::LeftDockWidgetArea, docks.front());
        before = docks.front();
    }
    for (const auto& [cell, docks] : cells) {
        if (cell.second != 0)
            splitDockWidget(cells.at({cell.first, cell.second - 1}).front(), docks.front(), Qt::Vertical);
    }
    for (const auto& [cell, docks] : cells)
        for (std::size_t index = 1; index < docks.size(); ++index)
            tabifyDockWidget(docks[index - 1], docks[index]);
    for (const Dock& each : m_docks)
        each.dock->setVisible(placeOf(*each.info, workspace).has_value());
    for (const auto& [cell, docks] : cells)
        docks.front()->raise();
    m_needsSizes = true;
    if (isVisible())
        sizeDocks();
    foldTitles();
}

void MainWindow::sizeDocks()
{
    m_needsSizes = false;
    const Workspace workspace = m_workspaces.current().shipped;
    const std::vector<ShippedWorkspace::Column>& columns =
        shippedWorkspaces()[static_cast<std::size_t>(workspace)].columns;
    int left = width(), shares = 0;
    for (const ShippedWorkspace::Column& column : columns) {
        left -= column.pixels;
        shares += column.share;
    }
    QList<QDockWidget*> tops, all;
    QList<int> widths, heights;
    for (const Dock& each : m_docks) {
        const auto place = placeOf(*each.info, workspace);
        if (!place)
            continue;
        const ShippedWorkspace::Column& column = columns[static_cast<std::size_t>(place->column)];
        all << each.dock;
        heights << height() * column.heights[static_cast<std::size_t>(place->row)] / 100;
        if (place->row != 0)
            continue;
        tops << each.dock;
        widths << (column.pixels > 0 ? column.pixels : left * column.share / shares);
    }
    resizeDocks(tops, widths, Qt::Horizontal);
    resizeDocks(all, heights, Qt::Vertical);
}

bool MainWindow::restoreLayout(const QByteArray& layout)
{
    resetLayout();
    // One that was cut off may be read, and leave every dock nowhere.
    const auto isShown = [this](const Dock& each) {
        return !each.dock->isHidden() && (each.dock->isFloating() || dockWidgetArea(each.dock) != Qt::NoDockWidgetArea);
    };
    if (layout.isEmpty())
        return false;
    for (const Dock& each : m_docks)
        removeDockWidget(each.dock); // otherwise those that it does not know stay where they are, in its way
    if (!restoreState(layout, layoutVersion) || std::ranges::none_of(m_docks, isShown)) {
        resetLayout(); // half a layout is none
        return false;
    }
    placeNewDocks();
    m_needsSizes = false;
    foldTitles();
    return true;
}

void MainWindow::placeNewDocks()
{
    // Those that came after the layout was saved are nowhere.
    const auto isPlaced = [this](const Dock& each) {
        return each.dock->isFloating() || dockWidgetArea(each.dock) != Qt::NoDockWidgetArea;
    };
    const auto beside = std::ranges::find_if(m_docks, [&](const Dock& each) {
        const auto place = placeOf(*each.info, m_workspaces.current().shipped);
        const Place spare = spareCell(m_workspaces.current().shipped);
        return place && place->column == spare.column && place->row == spare.row && isPlaced(each) &&
               !each.dock->isFloating();
    });
    for (const Dock& each : m_docks) {
        if (isPlaced(each))
            continue;
        if (beside == m_docks.end())
            addDockWidget(Qt::BottomDockWidgetArea, each.dock);
        else
            tabifyDockWidget(beside->dock, each.dock);
        each.dock->hide();
    }
}

QByteArray MainWindow::saveLayout() const
{
    return saveState(layoutVersion);
}

void MainWindow::foldTitles()
{
    // Signals come while the layout is still moving, and several at once.
    if (std::exchange(m_isFoldPending, true))
        return;
    QTimer::singleShot(0, this, [this] {
        m_isFoldPending = false;
        for (const Dock& each : m_docks) {
            const auto others = tabifiedDockWidgets(each.dock);
            each.title->setFolded(!each.dock->isFloating() && std::ranges::any_of(others, [](const QDockWidget* other) {
                return !other->isHidden();
            }));
        }
        for (QTabBar* const bar : findChildren<QTabBar*>(QString(), Qt::FindDirectChildrenOnly)) {
            bar->setDrawBase(false);
            bar->setExpanding(false);
            bar->setElideMode(Qt::ElideNone);
        }
    });
}

void MainWindow::refreshTitles()
{
    for (const Dock& each : m_docks) {
        const QString count = each.panel->titleCount();
        QString title = QCoreApplication::translate("Panels", each.info->title);
        if (!count.isEmpty())
            title += QLatin1Char(' ') + count;
        if (each.dock->windowTitle() != title)
            each.dock->setWindowTitle(title);
    }
}

void MainWindow::showWorkspace(const QString& id)
{
    if (id != m_workspaces.current().id) {
        m_workspaces.keep(saveLayout());
        if (!m_workspaces.choose(id))
            return;
        layOut();
    }
    if (m_workspaces.current().shipped == Workspace::Backtest && !m_workspaces.current().isOwn)
        openBacktest();
}

void MainWindow::layOut()
{
    setUpdatesEnabled(false); // one picture, and not each dock on its way
    restoreLayout(m_workspaces.layout());
    setUpdatesEnabled(true);
    // A panel that was out of sight has not been drawn since.
    for (const Dock& each : m_docks)
        if (!each.dock->visibleRegion().isEmpty())
            each.panel->refresh();
}

QDialog* MainWindow::askName(const QString& title, const QString& name,
                             std::function<base::Result<void>(const QString&)> take)
{
    auto* const dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("workspace_name"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    dialog->setLabelText(tr("Name of the workspace, at most %1 letters").arg(Workspaces::nameLongest));
    dialog->setTextValue(name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, take = std::move(take)](const QString& typed) {
        if (const auto done = take(typed); !done)
            tellNotice({desk::NoticeLevel::Warning, {}, done.error().message()});
    });
    dialog->open();
    return dialog;
}

QDialog* MainWindow::saveWorkspaceAs()
{
    return askName(tr("Save as a workspace"), {}, [this](const QString& name) {
        const QByteArray layout = saveLayout();
        m_workspaces.keep(layout); // the one it is made of is left
        auto done = m_workspaces.add(name);
        if (done)
            m_workspaces.keep(layout);
        return done;
    });
}

QDialog* MainWindow::renameWorkspace()
{
    return askName(tr("Rename the workspace"), m_workspaces.current().title,
                   [this](const QString& name) { return m_workspaces.rename(name); });
}

void MainWindow::removeWorkspace()
{
    if (!m_workspaces.current().isOwn) {
        tellNotice({desk::NoticeLevel::Info, {}, tr("A shipped workspace stays; it can be reset.").toStdString()});
        return;
    }
    m_workspaces.removeCurrent();
    layOut();
}

void MainWindow::fillWorkspaceMenu(QMenu& menu)
{
    menu.clear();
    auto* const group = new QActionGroup(&menu);
    int number = 0;
    for (const Workspaces::Entry& entry : m_workspaces.all()) {
        if (entry.isOwn && number == static_cast<int>(shippedWorkspaces().size()))
            menu.addSeparator();
        ++number;
        QAction* const action =
            menu.addAction(entry.isOwn ? entry.title : entry.title + QStringLiteral("\tCtrl+%1").arg(number), this,
                           [this, id = entry.id] { showWorkspace(id); });
        action->setCheckable(true);
        action->setChecked(entry.id == m_workspaces.current().id);
        group->addAction(action);
    }
    menu.addSeparator();
    const bool isOwn = m_workspaces.current().isOwn;
    menu.addAction(tr("Save as…"), this, &MainWindow::saveWorkspaceAs);
    menu.addAction(tr("Rename…"), this, &MainWindow::renameWorkspace)->setEnabled(isOwn);
    menu.addAction(tr("Delete"), this, &MainWindow::removeWorkspace)->setEnabled(isOwn);
    menu.addAction(tr("Reset to the shipped layout"), this, &MainWindow::resetLayout);
}

} // namespace vegadesk::ui
