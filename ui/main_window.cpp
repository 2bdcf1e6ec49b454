#include "ui/main_window.h"

#include "ui/command_palette.h"
#include "ui/dialogs/accounts_dialog.h"
#include "ui/dialogs/arm_dialog.h"
#include "ui/dialogs/backtest_dialog.h"
#include "ui/dialogs/live_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dock_title.h"
#include "ui/notice_area.h"
#include "ui/status_line.h"
#include "ui/toolbar.h"
#include "ui/tour.h"

#include <QAbstractItemView>
#include <QCloseEvent>
#include <QCoreApplication>
#include <QDockWidget>
#include <QPainter>
#include <QStatusBar>
#include <QTabBar>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
const QString geometryKey = QStringLiteral("window/geometry");
const QString layoutKey = QStringLiteral("window/layout");
constexpr QSize shippedSize(1680, 1020);
constexpr int gap = 6;
constexpr int frameInfoMs = 100, statusMs = 250, titlesMs = 250;
} // namespace

MainWindow::MainWindow(desk::Desk& desk, Theme& theme, QWidget* parent)
    : QMainWindow(parent), m_desk(desk), m_theme(theme), m_staged(this), m_frames(this)
{
    setObjectName(QStringLiteral("main_window"));
    setWindowTitle(QStringLiteral("Vegadesk"));
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setContentsMargins(gap, 0, gap, 0);

    m_toolbar = new Toolbar(theme, this);
    setMenuWidget(m_toolbar);
    m_status = new StatusLine(this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    statusBar()->addWidget(m_status, 1);
    m_notices = new NoticeArea(theme, this);

    makeDocks();
    makeCommands();
    makeMenu();
    m_palette = new CommandPalette([this](const QString& query) { return paletteCommands(query); }, theme, this);

    connect(m_toolbar, &Toolbar::paletteAsked, m_palette, &CommandPalette::open);
    connect(m_toolbar, &Toolbar::liveAsked, this, &MainWindow::openLive);
    connect(m_toolbar, &Toolbar::armAsked, this, &MainWindow::openArming);
    connect(m_toolbar, &Toolbar::disarmAsked, &desk, &desk::Desk::disarmLive);
    connect(m_toolbar, &Toolbar::stopAsked, &desk, &desk::Desk::stopAll);
    connect(m_toolbar, &Toolbar::resumeAsked, &desk, &desk::Desk::resume);
    const auto tell = [this](desk::NoticeLevel level, const QString& text) {
        tellNotice({level, {}, text.toStdString()});
    };
    connect(m_toolbar, &Toolbar::sandboxAsked, this, [this, tell] {
        if (m_desk.status()->environment != desk::Environment::Live)
            return;
        if (const auto result = m_desk.switchTo(desk::Environment::Venue); !result)
            tell(desk::NoticeLevel::Error, QString::fromStdString(result.error().message()));
    });
    connect(&desk, &desk::Desk::noticed, this, &MainWindow::tellNotice);
    connect(&desk, &desk::Desk::environmentChanged, this,
            [this] { setLiveFrame(m_desk.status()->environment == desk::Environment::Live); });
    // An order was made for the broker and the prices that it was staged under.
    connect(&desk, &desk::Desk::environmentChanged, &m_staged, &StagedOrder::clear);
    connect(&m_staged, &StagedOrder::refused, this,
            [tell](const QString& why) { tell(desk::NoticeLevel::Warning, why); });
    connect(&desk.settings(), &desk::Settings::changed, this, &MainWindow::applySettings);

    m_frames.add(m_toolbar, frameInfoMs, [this] { refreshFrame(); });
    m_frames.add(m_status, statusMs, [this] { m_status->show(*m_desk.status(), *m_desk.trading(), m_frames.stats()); });
    m_frames.add(this, titlesMs, [this] { refreshTitles(); });

    const QByteArray geometry = desk.settings().bytes(geometryKey);
    if (geometry.isEmpty() || !restoreGeometry(geometry))
        resize(shippedSize);
    restoreLayout(desk.settings().bytes(layoutKey));
    m_frames.start();
}

MainWindow::~MainWindow()
{
    m_frames.stop();
    // Panels hold references to members of this window, which would be gone before QWidget deletes its children.
    for (const Dock& each : m_docks)
        delete each.dock;
}

PanelContext MainWindow::context()
{
    return {m_desk, m_theme, m_staged};
}

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

void MainWindow::fitInto(const QSize& available)
{
    // What a window manager draws around is not known before the window is shown.
    constexpr QSize frame(4, 40);
    if (!isMaximized() && !isFullScreen())
        resize(size().boundedTo(available - frame));
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
    // Left, middle and right columns; the middle's lower half is tabs. New panels fall into place by their area.
    const auto inArea = [this](Qt::DockWidgetArea area) {
        std::vector<QDockWidget*> docks;
        for (const Dock& each : m_docks)
            if (each.info->area == area)
                docks.push_back(each.dock);
        return docks;
    };
    for (const Dock& each : m_docks) {
        each.dock->setFloating(false);
        removeDockWidget(each.dock);
    }
    const auto left = inArea(Qt::LeftDockWidgetArea), top = inArea(Qt::TopDockWidgetArea);
    const auto tabs = inArea(Qt::BottomDockWidgetArea), right = inArea(Qt::RightDockWidgetArea);
    addDockWidget(Qt::LeftDockWidgetArea, left.front());
    splitDockWidget(left.front(), top.front(), Qt::Horizontal);
    splitDockWidget(top.front(), right.front(), Qt::Horizontal);
    const auto stack = [this](const std::vector<QDockWidget*>& docks) {
        for (std::size_t index = 1; index < docks.size(); ++index)
            splitDockWidget(docks[index - 1], docks[index], Qt::Vertical);
    };
    stack(left);
    stack(right);
    stack(top);
    splitDockWidget(top.back(), tabs.front(), Qt::Vertical);
    for (std::size_t index = 1; index < tabs.size(); ++index)
        tabifyDockWidget(tabs[index - 1], tabs[index]);
    for (const Dock& each : m_docks)
        each.dock->show();
    tabs.front()->raise();
    m_needsSizes = true;
    if (isVisible())
        sizeDocks();
    foldTitles();
}

void MainWindow::sizeDocks()
{
    m_needsSizes = false;
    resizeDocks(
        {dock(QStringLiteral("watchlist")), dock(QStringLiteral("option_chain")), dock(QStringLiteral("order_ticket"))},
        {250, std::max(500, width() - 250 - 372), 372}, Qt::Horizontal);
    const int upper = height() * 60 / 100, lower = height() * 34 / 100;
    resizeDocks({dock(QStringLiteral("watchlist")), dock(QStringLiteral("risk")), dock(QStringLiteral("option_chain")),
                 dock(QStringLiteral("positions")), dock(QStringLiteral("order_ticket")),
                 dock(QStringLiteral("volatility_surface"))},
                {upper, lower, upper, lower, upper, lower}, Qt::Vertical);
}

bool MainWindow::restoreLayout(const QByteArray& layout)
{
    resetLayout();
    if (layout.isEmpty() || !restoreState(layout, layoutVersion)) {
        if (!layout.isEmpty())
            resetLayout(); // half a layout is none
        return false;
    }
    m_needsSizes = false;
    foldTitles();
    return true;
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

void MainWindow::refreshFrame()
{
    m_toolbar->show(*m_desk.status(), *m_desk.trading(), m_desk.settings().number(desk::setting::staleSeconds));
}

void MainWindow::setLiveFrame(bool isLive)
{
    m_isLive = isLive;
    setContentsMargins(gap, isLive ? gap : 0, gap, isLive ? gap : 0);
    setLook(*this, "live", isLive);
    update();
}

void MainWindow::applySettings(const QString& key)
{
    const desk::Settings& settings = m_desk.settings();
    if (key == QLatin1String(desk::setting::theme.key))
        m_theme.setName(themeFromText(settings.choice(desk::setting::theme)));
    else if (key == QLatin1String(desk::setting::compactRows.key))
        m_theme.setCompact(settings.number(desk::setting::compactRows) != 0);
    else
        return;
    m_theme.apply();
}

void MainWindow::tellNotice(desk::Notice notice)
{
    notice.at = m_desk.status()->marketTime;
    m_notices->add(notice);
    placeNotices();
}

void MainWindow::placeNotices()
{
    const int bottom = statusBar()->geometry().top();
    m_notices->place(QRect(0, 0, width() - gap, bottom - gap));
    m_notices->raise();
}

template<class Make>
QDialog* MainWindow::openOnce(QPointer<QDialog>& slot, Make make)
{
    if (!slot) {
        slot = make();
        slot->setAttribute(Qt::WA_DeleteOnClose);
    }
    slot->show();
    slot->raise();
    slot->activateWindow();
    return slot;
}

QDialog* MainWindow::openSettings()
{
    return openOnce(m_settingsDialog, [this] { return new SettingsDialog(m_desk.settings(), this); });
}

QDialog* MainWindow::openBacktest()
{
    return openOnce(m_backtestDialog, [this] { return new BacktestDialog(context(), this); });
}

QDialog* MainWindow::openShortcuts()
{
    return openOnce(m_shortcutsDialog, [this] { return new ShortcutsDialog(m_commands, this); });
}

QDialog* MainWindow::openLive()
{
    return openOnce(m_liveDialog, [this] { return new LiveDialog(m_desk, this); });
}

QDialog* MainWindow::openAccounts()
{
    return openOnce(m_accountsDialog, [this] { return new AccountsDialog(m_desk.accounts(), this); });
}

QDialog* MainWindow::openArming()
{
    return openOnce(m_armDialog, [this] { return new ArmDialog(m_desk, this); });
}

void MainWindow::startTour()
{
    if (!m_tour) {
        m_tour = new Tour(this);
        connect(m_tour, &Tour::finished, this,
                [this] { (void)m_desk.settings().setNumber(desk::setting::tourDone, 1); });
    }
    const auto status = m_desk.status();
    const bool isOurs = status->environment == desk::Environment::Venue;
    const QString title = !isOurs            ? tr("Your broker's market")
                          : status->isReplay ? tr("A day that was recorded")
                                             : tr("A market of its own");
    const QString from =
        !isOurs ? tr("Prices stream from your broker.")
        : status->isReplay
            ? tr("Prices are a recorded day's, played again over the broker's real protocols. Your orders fill against "
                 "them "
                 "and move nothing.")
            : tr("Prices stream from Vegadesk's simulated exchange: made up, but over the broker's real protocols.");
    m_tour->start({{dock(QStringLiteral("option_chain")),
                    title,
                    from + u' ' + tr("Click a bid to sell or an ask to buy; each click adds a leg to the ticket."),
                    {dock(QStringLiteral("order_ticket"))}},
                   {dock(QStringLiteral("order_ticket")), tr("The ticket checks before it sends"),
                    tr("It draws the payoff, compares the broker's dry run with our figures, and says in one line "
                       "what the risk gate thinks. The button names where the order goes.")},
                   {dock(QStringLiteral("risk")), tr("You stay in charge"),
                    tr("Gauges show how near each limit is. F12 stops everything: trading halts and working orders are "
                       "cancelled. Ctrl K finds any symbol, panel or command; ? lists the keys.")}});
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    desk::Settings& settings = m_desk.settings();
    settings.setBytes(geometryKey, saveGeometry());
    settings.setBytes(layoutKey, saveLayout());
    QMainWindow::closeEvent(event);
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    QMainWindow::resizeEvent(event);
    placeNotices();
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    if (m_needsSizes)
        sizeDocks();
}

void MainWindow::paintEvent(QPaintEvent* event)
{
    QMainWindow::paintEvent(event);
    if (m_isLive)
        return; // the frame shows all round
    // The docks keep a gap from the window's edges; the grounds of the bars above and below run through it.
    QPainter painter(this);
    const QColor panel = m_theme.color(Role::Panel), line = m_theme.color(Role::Line);
    const int head = m_toolbar->geometry().bottom() - Toolbar::bottomGap, foot = statusBar()->geometry().top();
    painter.fillRect(0, 0, width(), head, panel);
    painter.fillRect(0, head, width(), 1, line);
    painter.fillRect(0, foot, width(), height() - foot, panel);
    painter.fillRect(0, foot, width(), 1, line);
}

} // namespace vegadesk::ui
