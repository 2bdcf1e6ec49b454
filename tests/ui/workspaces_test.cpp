#include "ui/workspaces.h"

#include "desk_fixture.h"
#include "no_warnings.h"
#include "ui/main_window.h"
#include "ui/notice_area.h"
#include "ui/workspace_switch.h"

#include <QDockWidget>
#include <QInputDialog>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace vegadesk;
using namespace vegadesk::ui;

class WorkspacesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->theme().apply();
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void everyCellOfAShippedOneHasAPanel()
    {
        for (const ShippedWorkspace& each : shippedWorkspaces()) {
            const auto has = [&each](int column, int row) {
                return std::ranges::any_of(panels(), [&](const PanelInfo& info) {
                    return std::ranges::any_of(info.places, [&](const Place& place) {
                        return place.workspace == each.workspace && place.column == column && place.row == row;
                    });
                });
            };
            for (std::size_t column = 0; column < each.columns.size(); ++column)
                for (std::size_t row = 0; row < each.columns[column].heights.size(); ++row)
                    QVERIFY2(has(static_cast<int>(column), static_cast<int>(row)), each.id);
            const Place spare = spareCell(each.workspace);
            QVERIFY2(has(spare.column, spare.row), each.id);
        }
        for (const PanelInfo& info : panels())
            for (const Place& place : info.places) {
                const auto& columns = shippedWorkspaces()[static_cast<std::size_t>(place.workspace)].columns;
                QVERIFY2(place.column < static_cast<int>(columns.size()), info.id);
                QVERIFY2(place.row < static_cast<int>(columns[static_cast<std::size_t>(place.column)].heights.size()),
                         info.id);
            }
    }

    void eachShowsItsPanelsOnASmallScreenToo()
    {
        open();
        const QSize size(1366, 728); // of 1366×768, less a task bar
        for (const ShippedWorkspace& each : shippedWorkspaces()) {
            m_window->showWorkspace(QString::fromLatin1(each.id));
            m_window->resize(size);
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            QCoreApplication::processEvents();
            QVERIFY2(m_window->size() == size, each.id);
            for (const PanelInfo& info : panels()) {
                const QDockWidget* const dock = m_window->dock(QString::fromLatin1(info.id));
                const bool isShown = std::ranges::count(info.places, each.workspace, &Place::workspace) != 0;
                QVERIFY2(dock->isHidden() != isShown, info.id);
            }
        }
    }

    void layoutsAreRememberedApart()
    {
        open();
        dock("risk")->hide();
        m_window->showWorkspace(QStringLiteral("monitor"));
        QVERIFY(!dock("risk")->isHidden());
        QVERIFY(dock("option_chain")->isHidden());
        dock("regimes")->hide();
        m_window->showWorkspace(QStringLiteral("trade"));
        QVERIFY(dock("risk")->isHidden());
        QVERIFY(!dock("option_chain")->isHidden());
        m_window->showWorkspace(QStringLiteral("monitor"));
        QVERIFY(dock("regimes")->isHidden());
        // The last one is opened again, as it was left, and so are the others.
        restart();
        QCOMPARE(m_window->workspaces().current().id, QStringLiteral("monitor"));
        QVERIFY(dock("regimes")->isHidden());
        QVERIFY(!dock("stress")->isHidden());
        m_window->showWorkspace(QStringLiteral("trade"));
        QVERIFY(dock("risk")->isHidden());
        m_window->resetLayout();
        QVERIFY(!dock("risk")->isHidden());
        QVERIFY(dock("stress")->isHidden());
        m_window->showWorkspace(QStringLiteral("no such"));
        QCOMPARE(m_window->workspaces().current().id, QStringLiteral("trade"));
    }

    /// Of the time before workspaces, when there were fewer docks.
    void theOneLayoutOfBeforeIsTrades()
    {
        QByteArray before;
        {
            QMainWindow plain;
            auto* const watchlist = new QDockWidget(&plain);
            auto* const chain = new QDockWidget(&plain);
            watchlist->setObjectName(QStringLiteral("watchlist"));
            chain->setObjectName(QStringLiteral("option_chain"));
            plain.addDockWidget(Qt::LeftDockWidgetArea, watchlist);
            plain.addDockWidget(Qt::LeftDockWidgetArea, chain);
            watchlist->hide();
            before = plain.saveState(MainWindow::layoutVersion);
        }
        m_fixture->desk().settings().setBytes(QStringLiteral("window/layout"), before);
        open();
        QCOMPARE(m_window->workspaces().current().id, QStringLiteral("trade"));
        QVERIFY(dock("watchlist")->isHidden());
        QVERIFY(!dock("option_chain")->isHidden());
        // Docks that it does not know wait, and can be shown in the window.
        QVERIFY(dock("alerts")->isHidden());
        m_window->showPanel(QStringLiteral("alerts"));
        QVERIFY(!dock("alerts")->isFloating());
        QVERIFY(m_window->dockWidgetArea(dock("alerts")) != Qt::NoDockWidgetArea);
        m_window->showWorkspace(QStringLiteral("analyse"));
        QVERIFY(!dock("watchlist")->isHidden());
    }

    void onesOwnCanBeSavedRenamedAndDeleted()
    {
        open();
        dock("risk")->hide();
        nameWith(m_window->saveWorkspaceAs(), QStringLiteral("  Earnings  week "));
        QCOMPARE(m_window->workspaces().current().title, QStringLiteral("Earnings week"));
        QVERIFY(dock("risk")->isHidden());
        dock("watchlist")->hide();
        nameWith(m_window->renameWorkspace(), QStringLiteral("Earnings"));
        restart();
        QCOMPARE(m_window->workspaces().current().title, QStringLiteral("Earnings"));
        QVERIFY(m_window->workspaces().current().isOwn);
        QVERIFY(dock("watchlist")->isHidden());
        // It is in the menu of the window and has a switch's button that names it.
        const auto* const button = m_window->findChild<QToolButton*>(QStringLiteral("workspace_menu"));
        QVERIFY(button->text().contains(QStringLiteral("Earnings")));
        QMenu* const menu = m_window->findChild<QMenu*>(QStringLiteral("workspaces_menu"));
        Q_EMIT menu->aboutToShow();
        QVERIFY(std::ranges::any_of(menu->actions(), [](const QAction* action) {
            return action->text() == QStringLiteral("Earnings") && action->isChecked();
        }));
        m_window->removeWorkspace();
        QCOMPARE(m_window->workspaces().current().id, QStringLiteral("trade"));
        QCOMPARE(m_window->workspaces().all().size(), shippedWorkspaces().size());
        QVERIFY(!dock("watchlist")->isHidden()); // Trade's own
        m_window->removeWorkspace();             // a shipped one stays
        QCOMPARE(m_window->workspaces().all().size(), shippedWorkspaces().size());
        QCOMPARE(m_window->notices().count(), 1);
    }

    void namesAreChecked_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("none") << QStringLiteral("  ");
        QTest::newRow("a shipped one's") << QStringLiteral("trade");
        QTest::newRow("another's") << QStringLiteral("mine");
        QTest::newRow("too long") << QString(Workspaces::nameLongest + 1, u'a');
    }
    void namesAreChecked()
    {
        QFETCH(QString, name);
        Workspaces workspaces(m_fixture->desk().settings());
        QVERIFY(workspaces.add(QStringLiteral("Mine")));
        QVERIFY(workspaces.add(QStringLiteral("Other")));
        QVERIFY(!workspaces.add(name));
        QVERIFY(!workspaces.rename(name));
        QVERIFY(workspaces.rename(QStringLiteral("OTHER"))); // its own, in capitals
        QCOMPARE(workspaces.current().title, QStringLiteral("OTHER"));
        QVERIFY(workspaces.choose(QStringLiteral("trade")));
        QVERIFY(!workspaces.rename(QStringLiteral("Deal")));
        for (std::size_t more = 2; more < Workspaces::ownMost; ++more)
            QVERIFY(workspaces.add(QStringLiteral("Number %1").arg(more)));
        QVERIFY(!workspaces.add(QStringLiteral("One too many")));
    }

    void settingsThatCannotBeReadAreNoWorkspaces()
    {
        desk::Settings& settings = m_fixture->desk().settings();
        settings.setBytes(QStringLiteral("window/workspaces"),
                          R"([5, {"number":1,"name":"A","shipped":"nowhere"}, {"number":2,"name":"","shipped":"trade"},
                              {"number":3,"name":"Good","shipped":"monitor"}, {"number":3,"name":"Twice","shipped":"trade"}])");
        settings.setBytes(QStringLiteral("window/workspace"), "own-9");
        const Workspaces workspaces(settings);
        QCOMPARE(workspaces.all().size(), shippedWorkspaces().size() + 1);
        QCOMPARE(workspaces.all().back().title, QStringLiteral("Good"));
        QCOMPARE(workspaces.current().id, QStringLiteral("trade"));
    }

    void theSwitchFoldsWhereItHasNoRoom()
    {
        const Workspaces workspaces(m_fixture->desk().settings());
        WorkspaceSwitch row(workspaces);
        const auto* const monitor = row.findChild<QPushButton*>(QStringLiteral("workspace_monitor"));
        row.resize(row.sizeHint());
        row.show();
        QVERIFY(!row.isFolded());
        QVERIFY(monitor->isVisible());
        row.resize(row.minimumSizeHint());
        QVERIFY(row.isFolded());
        QVERIFY(monitor->isHidden());
        QVERIFY(row.findChild<QToolButton*>()->text().contains(workspaces.current().title));
        row.resize(row.sizeHint());
        QVERIFY(!row.isFolded());
    }

    void theSwitchFollowsTheWindow()
    {
        open();
        m_window->resize(1680, 1020);
        auto* const analyse = m_window->findChild<QPushButton*>(QStringLiteral("workspace_analyse"));
        auto* const trade = m_window->findChild<QPushButton*>(QStringLiteral("workspace_trade"));
        QVERIFY(trade->isChecked());
        analyse->click();
        QCOMPARE(m_window->workspaces().current().id, QStringLiteral("analyse"));
        QVERIFY(analyse->isChecked() && !trade->isChecked());
        analyse->click();
        QVERIFY(analyse->isChecked());
        m_window->showWorkspace(QStringLiteral("backtest"));
        auto* const dialog = m_window->findChild<QDialog*>(QStringLiteral("backtest_dialog"));
        QVERIFY(dialog);
        // What a backtester looks at is in it, and the way back to the window that was closed.
        for (const char* const id : {"price_chart", "strategies"})
            QVERIFY2(m_window->panel(QString::fromLatin1(id))->isVisible(), id);
        dialog->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(!m_window->findChild<QDialog*>(QStringLiteral("backtest_dialog")));
        m_window->findChild<QToolButton*>(QStringLiteral("strategies_backtest"))->click();
        QVERIFY(m_window->findChild<QDialog*>(QStringLiteral("backtest_dialog")));
    }

private:
    void open()
    {
        m_window = std::make_unique<MainWindow>(m_fixture->desk(), m_fixture->theme());
        m_window->show();
    }
    void restart()
    {
        m_window->close();
        m_window.reset();
        open();
    }
    QDockWidget* dock(const char* id) const { return m_window->dock(QString::fromLatin1(id)); }
    static void nameWith(QDialog* dialog, const QString& name)
    {
        auto* const input = qobject_cast<QInputDialog*>(dialog);
        QVERIFY(input);
        input->setTextValue(name);
        input->accept();
    }

    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(WorkspacesTest)
#include "workspaces_test.moc"
