#include "ui/main_window.h"

#include "ui/command_palette.h"
#include "ui/dialogs/accounts_dialog.h"
#include "ui/dialogs/arm_dialog.h"
#include "ui/dialogs/backtest_dialog.h"
#include "ui/dialogs/limits_dialog.h"
#include "ui/dialogs/live_dialog.h"
#include "ui/dialogs/settings_dialog.h"
#include "ui/dialogs/shortcuts_dialog.h"
#include "ui/dialogs/sweep_dialog.h"
#include "ui/notice_area.h"
#include "ui/status_line.h"
#include "ui/toolbar.h"
#include "ui/tour.h"

#include <QCloseEvent>
#include <QDockWidget>
#include <QMenu>
#include <QPainter>
#include <QStatusBar>

#include <algorithm>

namespace vegadesk::ui
{

namespace
{
const QString geometryKey = QStringLiteral("window/geometry");
constexpr QSize shippedSize(1680, 1020);
constexpr int gap = 6;
constexpr int frameInfoMs = 100, statusMs = 250, titlesMs = 250;
} // namespace

MainWindow::MainWindow(desk::Desk& desk, Theme& theme, QWidget* parent)
    : QMainWindow(parent), m_desk(desk), m_theme(theme), m_staged(this), m_frames(this), m_workspaces(desk.settings())
{
    setObjectName(QStringLiteral("main_window"));
    setWindowTitle(QStringLiteral("Vegadesk"));
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setContentsMargins(gap, 0, gap, 0);

    m_toolbar = new Toolbar(theme, m_workspaces, this);
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
    connect(m_toolbar, &Toolbar::workspaceAsked, this, &MainWindow::showWorkspace);
    connect(&m_toolbar->workspaceMenu(), &QMenu::aboutToShow, this,
            [this] { fillWorkspaceMenu(m_toolbar->workspaceMenu()); });
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
    connect(&desk, &desk::Desk::alerted, this, &MainWindow::tellAlert);
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
    restoreLayout(m_workspaces.layout());
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

void MainWindow::fitInto(const QSize& available)
{
    // What a window manager draws around is not known before the window is shown.
    constexpr QSize frame(4, 40);
    if (!isMaximized() && !isFullScreen())
        resize(size().boundedTo(available - frame));
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

QDialog* MainWindow::openSettings()
{
    return openOnce(m_settingsDialog, [this] {
        auto* const dialog = new SettingsDialog(m_desk.settings(), this);
        connect(dialog, &SettingsDialog::limitsAsked, this, &MainWindow::openLimits);
        return dialog;
    });
}

QDialog* MainWindow::openLimits()
{
    return openOnce(m_limitsDialog, [this] { return new LimitsDialog(m_desk, this); });
}

QDialog* MainWindow::openBacktest()
{
    return openOnce(m_backtestDialog, [this] { return new BacktestDialog(context(), this); });
}

QDialog* MainWindow::openSweep()
{
    return openOnce(m_sweepDialog, [this] { return new SweepDialog(context(), this); });
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
    m_workspaces.keep(saveLayout());
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
