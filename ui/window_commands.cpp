// What the window can do, by name and key: one list serves the menu, the palette, the shortcuts and their dialog.
#include "ui/command_palette.h"
#include "ui/main_window.h"
#include "ui/notice_area.h"
#include "ui/panels/order_ticket.h"
#include "ui/panels/positions.h"
#include "ui/panels/risk.h"
#include "ui/panels/strategies.h"
#include "ui/panels/watchlist.h"
#include "ui/toolbar.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QMenu>
#include <QRegularExpression>

namespace vegadesk::ui
{

void MainWindow::makeCommands()
{
    using Kind = Command::Kind;
    const auto add = [this](Kind kind, const QString& title, const QString& detail, const QKeySequence& key,
                            std::function<void()> run) {
        m_commands.push_back({kind, title, detail, key, std::move(run), false});
    };
    const auto choose = [this](const desk::ChoiceSetting& setting, const char* value) {
        // The value is one of the setting's own choices.
        (void)m_desk.settings().setChoice(setting, QString::fromLatin1(value));
    };
    const auto switchTo = [this](desk::Environment environment) {
        if (const auto done = m_desk.switchTo(environment); !done)
            tellNotice({desk::NoticeLevel::Warning, {}, done.error().message()});
    };
    const auto key = [](const char* text) { return QKeySequence(QString::fromLatin1(text)); };

    add(Kind::Command, tr("Palette"), tr("find symbols, panels, commands, settings"), key("Ctrl+K"),
        [this] { m_palette->open(); });
    add(Kind::Command, tr("Stop all"), tr("halt trading and cancel every working order"), key("F12"),
        [this] { m_desk.stopAll(); });
    add(Kind::Command, tr("Resume trading"), tr("after a stop"), key("Shift+F12"), [this] { m_desk.resume(); });
    add(Kind::Command, tr("Differences"), tr("what the broker's books say otherwise than ours"), key("Ctrl+D"), [this] {
        showPanel(QStringLiteral("risk"));
        static_cast<RiskPanel*>(panel(QStringLiteral("risk")))->lookAtDifferences();
    });
    add(Kind::Command, tr("Backtest…"), tr("run a strategy over the past"), key("Ctrl+B"), [this] { openBacktest(); });
    add(Kind::Command, tr("Sweep and walk-forward…"), tr("run a strategy with many settings over the past"),
        key("Ctrl+Shift+G"), [this] { openSweep(); });
    add(Kind::Command, tr("Arm a strategy…"), tr("let it trade by itself"), key("Ctrl+Shift+B"), [this] {
        showPanel(QStringLiteral("strategies"));
        static_cast<StrategiesPanel*>(panel(QStringLiteral("strategies")))->armNew();
    });
    add(Kind::Command, tr("Clear the ticket"), tr("drop every staged leg"), key("Ctrl+Backspace"),
        [this] { m_staged.clear(); });
    add(Kind::Command, tr("What if"), tr("move spot, volatility and date under the staged order"), key("Ctrl+I"),
        [this] {
            showPanel(QStringLiteral("order_ticket"));
            static_cast<OrderTicketPanel*>(panel(QStringLiteral("order_ticket")))->toggleWhatIf();
        });
    const auto positions = [this] {
        showPanel(QStringLiteral("positions"));
        return static_cast<PositionsPanel*>(panel(QStringLiteral("positions")));
    };
    add(Kind::Command, tr("Close the position"), tr("stage a close of the current row of Positions"), key("Ctrl+E"),
        [positions] { positions()->closeCurrent(); });
    add(Kind::Command, tr("Roll the position"), tr("stage a roll to the next expiration of the current row"),
        key("Ctrl+R"), [positions] { positions()->rollCurrent(); });
    add(Kind::Command, tr("Add a symbol…"), tr("to the watchlist"), key("Ctrl+L"), [this] {
        showPanel(QStringLiteral("watchlist"));
        static_cast<WatchlistPanel*>(panel(QStringLiteral("watchlist")))->editNew();
    });
    add(Kind::Command, tr("Live trading…"), tr("orders with real money"), key("Ctrl+Shift+L"), [this] { openLive(); });
    add(Kind::Command, tr("Arm orders…"), tr("let orders with real money leave; in LIVE only"), key("Ctrl+Shift+O"),
        [this] {
            if (m_desk.trading()->needsArming)
                openArming();
            else
                tellNotice({desk::NoticeLevel::Info,
                            {},
                            tr("Nothing is to be armed: orders go to no real money.").toStdString()});
        });
    add(Kind::Command, tr("Disarm orders"), tr("hold back orders with real money at once"), key("Ctrl+Shift+D"),
        [this] { m_desk.disarmLive(); });
    add(Kind::Command, tr("Accounts…"), tr("connect the broker: keys, and which account"), key("Ctrl+Shift+A"),
        [this] { openAccounts(); });
    add(Kind::Command, tr("Simulated exchange"), tr("trade on our own"), {},
        [switchTo] { switchTo(desk::Environment::Venue); });
    add(Kind::Command, tr("Certification environment"), tr("trade on the broker's sandbox"), {},
        [switchTo] { switchTo(desk::Environment::Certification); });
    add(Kind::Command, tr("Sandbox orders, production quotes"), tr("practice on the real market"), {},
        [switchTo] { switchTo(desk::Environment::Hybrid); });
    add(Kind::Command, tr("Pause the simulated market"), tr("and let it go on"), key("Ctrl+Shift+P"),
        [this] { m_desk.setMarketPaused(!m_desk.status()->isMarketPaused); });
    const auto skip = [this](std::chrono::minutes ahead) { m_desk.setMarketTime(m_desk.status()->marketTime + ahead); };
    add(Kind::Command, tr("Simulated market: 15 minutes ahead"), {}, {}, [skip] { skip(std::chrono::minutes(15)); });
    add(Kind::Command, tr("Simulated market: one hour ahead"), {}, {}, [skip] { skip(std::chrono::hours(1)); });
    add(Kind::Command, tr("Simulated market: next opening"), {}, {},
        [this] { m_desk.setMarketTime(m_desk.status()->opensAt); });
    add(Kind::Command, tr("Settings…"), {}, key("Ctrl+,"), [this] { openSettings(); });
    add(Kind::Command, tr("Limits…"), tr("the figures of the risk gate, and your own in their place"),
        key("Ctrl+Shift+K"), [this] { openLimits(); });
    add(Kind::Command, tr("Keyboard…"), tr("every key and what it does"), key("?"), [this] { openShortcuts(); });
    add(Kind::Command, tr("First steps"), tr("the three-step tour"), key("F1"), [this] { startTour(); });
    add(Kind::Command, tr("Alert rules…"), tr("be told when a figure goes beyond a value"), key("Ctrl+Shift+M"),
        [this] { openAlertRules({}); });
    add(Kind::Command, tr("Mark all alerts seen"), {}, key("Ctrl+Shift+S"), [this] { m_desk.markAlertsSeen(); });
    add(Kind::Command, tr("Quit"), {}, key("Ctrl+Q"), [this] { close(); });

    int place = 0;
    for (const ShippedWorkspace& each : shippedWorkspaces())
        add(Kind::Workspace, QCoreApplication::translate("Workspaces", each.title),
            QCoreApplication::translate("Workspaces", each.about), QKeySequence(QStringLiteral("Ctrl+%1").arg(++place)),
            [this, id = QString::fromLatin1(each.id)] { showWorkspace(id); });
    add(Kind::Workspace, tr("Save the workspace as…"), tr("under a name of your own"), key("Ctrl+Shift+W"),
        [this] { saveWorkspaceAs(); });
    add(Kind::Workspace, tr("Rename the workspace…"), tr("one of your own"), {}, [this] { renameWorkspace(); });
    add(Kind::Workspace, tr("Delete the workspace"), tr("one of your own"), {}, [this] { removeWorkspace(); });
    add(Kind::Workspace, tr("Reset the workspace"), tr("every panel back in its place, as shipped"),
        key("Ctrl+Shift+R"), [this] { resetLayout(); });

    int number = 0;
    for (const PanelInfo& info : panels()) {
        ++number;
        // Alt+1 to Alt+9, then with Shift from 1 again, then Alt+0.
        const QKeySequence panelKey = number <= 9    ? QKeySequence(QStringLiteral("Alt+%1").arg(number))
                                      : number <= 18 ? QKeySequence(QStringLiteral("Alt+Shift+%1").arg(number - 9))
                                      : number == 19 ? QKeySequence(QStringLiteral("Alt+0"))
                                                     : QKeySequence();
        add(Kind::Panel, QCoreApplication::translate("Panels", info.title), {}, panelKey,
            [this, id = QString::fromLatin1(info.id)] { showPanel(id); });
    }

    add(Kind::Setting, tr("Dark theme"), {}, key("Ctrl+Alt+D"), [choose] { choose(desk::setting::theme, "dark"); });
    add(Kind::Setting, tr("Light theme"), {}, key("Ctrl+Alt+L"), [choose] { choose(desk::setting::theme, "light"); });
    add(Kind::Setting, tr("Blue and orange theme"), tr("colour-blind safe"), key("Ctrl+Alt+O"),
        [choose] { choose(desk::setting::theme, "blue-orange"); });
    add(Kind::Setting, tr("Compact rows"), tr("on and off"), key("Ctrl+Alt+C"), [this] {
        desk::Settings& settings = m_desk.settings();
        (void)settings.setNumber(desk::setting::compactRows, settings.number(desk::setting::compactRows) != 0 ? 0 : 1);
    });
    add(Kind::Setting, tr("Risk tolerance: low"), {}, {}, [choose] { choose(desk::setting::tolerance, "low"); });
    add(Kind::Setting, tr("Risk tolerance: moderate"), {}, {},
        [choose] { choose(desk::setting::tolerance, "moderate"); });
    add(Kind::Setting, tr("Risk tolerance: high"), {}, {}, [choose] { choose(desk::setting::tolerance, "high"); });

    for (const Command& command : m_commands) {
        if (command.key.isEmpty())
            continue;
        auto* const action = new QAction(command.title, this);
        action->setShortcut(command.key);
        connect(action, &QAction::triggered, this, command.run);
        addAction(action);
    }
}

void MainWindow::makeMenu()
{
    QMenu& menu = m_toolbar->menu();
    const auto addKind = [this, &menu](Command::Kind kind) {
        for (const Command& command : m_commands) {
            if (command.kind != kind)
                continue;
            // The key belongs to the window's own action; here it is only shown.
            QString title = command.title;
            if (!command.key.isEmpty())
                title += QLatin1Char('\t') + command.key.toString(QKeySequence::NativeText);
            menu.addAction(title, this, command.run);
        }
    };
    addKind(Command::Kind::Command);
    menu.addSeparator();
    QMenu* const workspaceMenu = menu.addMenu(tr("Workspaces"));
    workspaceMenu->setObjectName(QStringLiteral("workspaces_menu"));
    connect(workspaceMenu, &QMenu::aboutToShow, this, [this, workspaceMenu] { fillWorkspaceMenu(*workspaceMenu); });
    QMenu* const panelMenu = menu.addMenu(tr("Panels"));
    panelMenu->setObjectName(QStringLiteral("panel_menu"));
    for (const Dock& each : m_docks)
        panelMenu->addAction(each.dock->toggleViewAction());
}

std::vector<Command> MainWindow::paletteCommands(const QString& query)
{
    std::vector<Command> all;
    const auto addSymbol = [this, &all](const QString& symbol, const QString& detail, bool isGuess) {
        all.push_back(
            {Command::Kind::Symbol, symbol, detail, {}, [this, symbol] { m_desk.showChain(symbol); }, isGuess});
    };
    QStringList known;
    const auto watchlist = m_desk.watchlist();
    for (const desk::WatchRow& row : watchlist->rows) {
        known << QString::fromStdString(row.symbol);
        addSymbol(known.back(), QString::fromStdString(row.description), false);
    }
    for (const QString& symbol : m_desk.settings().watchlist())
        if (!known.contains(symbol)) {
            known << symbol;
            addSymbol(symbol, {}, false);
        }
    // Anything that can be a symbol can be asked for, watched or not.
    static const QRegularExpression symbolForm(QStringLiteral("^[A-Z][A-Z0-9./]{0,9}$"));
    const QString typed = query.toUpper();
    if (!known.contains(typed) && symbolForm.match(typed).hasMatch())
        addSymbol(typed, tr("show its chain"), true);
    all.insert(all.end(), m_commands.begin(), m_commands.end());
    for (const Workspaces::Entry& entry : m_workspaces.all())
        if (entry.isOwn)
            all.push_back({Command::Kind::Workspace,
                           entry.title,
                           tr("a workspace of your own"),
                           {},
                           [this, id = entry.id] { showWorkspace(id); },
                           false});
    return all;
}

} // namespace vegadesk::ui
