#pragma once

#include "ui/commands.h"
#include "ui/frame_timer.h"
#include "ui/models/staged_order.h"
#include "ui/panels/panel.h"

#include <QDialog>
#include <QMainWindow>
#include <QPointer>

#include <functional>
#include <vector>

class QDockWidget;
class QMenu;

namespace vegadesk::ui
{

class CommandPalette;
class DockTitle;
class NoticeArea;
class Notifier;
class StatusLine;
class Toolbar;
class Tour;

/// The window: a toolbar, every panel in a dock, a status line, and one timer that draws them all.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// Raise it when docks come, go or change their meaning: an older saved layout is then not restored.
    static constexpr int layoutVersion = 3;

    /// Both outlive the window. The desk need not have been started.
    MainWindow(desk::Desk& desk, Theme& theme, QWidget* parent = nullptr);
    ~MainWindow() override;

    FrameTimer& frames() { return m_frames; }
    StagedOrder& staged() { return m_staged; }
    PanelContext context();
    QDockWidget* dock(const QString& id) const; ///< null for an unknown id
    Panel* panel(const QString& id) const;
    NoticeArea& notices() { return *m_notices; }
    /// Shows it at the market's time, as everything else in the window: a simulated exchange has a clock of its own. Without a
    /// time until there is a market.
    void tellNotice(desk::Notice notice);
    CommandPalette& commandPalette() { return *m_palette; }

    /// Everything but symbols.
    const std::vector<Command>& commands() const { return m_commands; }

    /// No larger than a screen that has room for `available`. To be called before the window is shown.
    void fitInto(const QSize& available);
    void showPanel(const QString& id);
    const Workspaces& workspaces() const { return m_workspaces; }
    /// Keeps the layout of the one that is left. The backtest's opens its dialog too.
    void showWorkspace(const QString& id);
    /// Each asks for a name, in a dialog that deletes itself when closed.
    QDialog* saveWorkspaceAs();
    QDialog* renameWorkspace();
    void removeWorkspace(); ///< the current one, if it is the user's own
    /// The current workspace as shipped.
    void resetLayout();
    /// False, with the shipped layout in place, for another version or bytes that are no layout.
    bool restoreLayout(const QByteArray& layout);
    QByteArray saveLayout() const;

    /// Each opens a dialog that deletes itself when closed.
    QDialog* openSettings();
    QDialog* openLimits();
    QDialog* openBacktest();
    QDialog* openSweep();
    QDialog* openShortcuts();
    QDialog* openLive();
    QDialog* openAccounts();
    QDialog* openArming();
    /// With that rule added, unless it has no measure.
    QDialog* openAlertRules(const monitoring::AlertRule& rule);
    void startTour();
    /// Who is told of alerts beside the window; it outlives the window or is its child. Without one they stay in the window.
    void setNotifier(Notifier* notifier);
    /// Colours the whole frame; it follows the desk's environment.
    void setLiveFrame(bool isLive);

protected:
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Dock {
        const PanelInfo* info;
        QDockWidget* dock;
        DockTitle* title;
        Panel* panel;
    };
    void makeDocks();
    void makeCommands();
    void makeMenu();
    void tellAlert(const desk::AlertLine& line, bool showsDesktop, bool playsSound);
    void applySettings(const QString& key);
    void refreshFrame();
    void refreshTitles();
    void foldTitles();
    void sizeDocks();
    void placeNewDocks();
    void layOut();
    void fillWorkspaceMenu(QMenu& menu);
    QDialog* askName(const QString& title, const QString& name, std::function<base::Result<void>(const QString&)> take);
    void placeNotices();
    std::vector<Command> paletteCommands(const QString& query);
    template<class Make>
    QDialog* openOnce(QPointer<QDialog>& slot, Make make)
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

    desk::Desk& m_desk;
    Theme& m_theme;
    StagedOrder m_staged;
    FrameTimer m_frames;
    Workspaces m_workspaces;
    std::vector<Dock> m_docks;
    std::vector<Command> m_commands;
    Toolbar* m_toolbar = nullptr;
    StatusLine* m_status = nullptr;
    NoticeArea* m_notices = nullptr;
    CommandPalette* m_palette = nullptr;
    Tour* m_tour = nullptr;
    QPointer<QDialog> m_settingsDialog, m_backtestDialog, m_shortcutsDialog, m_liveDialog, m_accountsDialog,
        m_armDialog, m_alertRulesDialog, m_limitsDialog, m_sweepDialog;
    Notifier* m_notifier = nullptr;
    bool m_needsSizes = false; ///< the shipped sizes wait for the first show
    bool m_isFoldPending = false;
    bool m_isLive = false;
};

} // namespace vegadesk::ui
