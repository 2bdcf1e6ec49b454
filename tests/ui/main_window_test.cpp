#include "ui/main_window.h"

#include "base/clock.h"
#include "base/random.h"
#include "desk_fixture.h"
#include "market/symbols.h"
#include "no_warnings.h"
#include "ui/command_palette.h"
#include "ui/notice_area.h"
#include "ui/status_line.h"
#include "ui/toolbar.h"
#include "ui/tour.h"

#include <QAction>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

class MainWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:

    void init()
    {
        test::failOnWarnings();
        m_fixture = std::make_unique<test::DeskFixture>();
        m_fixture->theme().apply();
        m_window = std::make_unique<MainWindow>(m_fixture->desk(), m_fixture->theme());
        m_window->show();
    }
    void cleanup()
    {
        m_window.reset();
        m_fixture.reset();
    }

    void everyPanelHasItsDock()
    {
        const QSet<QString> wanted{"watchlist",   "risk",    "option_chain",  "positions",          "orders",
                                   "greeks",      "journal", "order_ticket",  "volatility_surface", "price_chart",
                                   "connections", "stress",  "value_at_risk", "attribution",        "regimes",
                                   "exposure",    "alerts",  "strategies",    "dispersion",         "signals"};
        QSet<QString> found;
        for (const QDockWidget* const dock : m_window->findChildren<QDockWidget*>()) {
            found << dock->objectName();
            QVERIFY(!dock->windowTitle().isEmpty());
            QVERIFY(m_window->panel(dock->objectName()));
        }
        QCOMPARE(found, wanted);
        QVERIFY(!m_window->dock(QStringLiteral("no such")));
        for (const char* const button : {"environment_sandbox", "environment_live", "stop_all"})
            QVERIFY2(m_window->findChild<QPushButton*>(QString::fromLatin1(button)), button);
    }

    void theShippedLayoutIsTheSketchs()
    {
        const auto rect = [this](const char* id) {
            const QDockWidget* const dock = m_window->dock(QString::fromLatin1(id));
            return QRect(dock->mapTo(m_window.get(), QPoint()), dock->size());
        };
        QTRY_VERIFY_WITH_TIMEOUT(rect("option_chain").width() > 600, 20'000);
        QVERIFY(rect("watchlist").right() < rect("option_chain").left());
        QVERIFY(rect("option_chain").right() < rect("order_ticket").left());
        QVERIFY(rect("watchlist").bottom() < rect("risk").top());
        QVERIFY(rect("option_chain").bottom() < rect("positions").top());
        QVERIFY(rect("order_ticket").bottom() < rect("volatility_surface").top());
        QSet<QString> tabs;
        for (const QDockWidget* const other :
             m_window->tabifiedDockWidgets(m_window->dock(QStringLiteral("positions"))))
            if (!other->isHidden())
                tabs << other->objectName();
        const QSet<QString> wantedTabs{"orders",      "greeks", "price_chart", "journal",
                                       "connections", "alerts", "strategies"};
        QCOMPARE(tabs, wantedTabs);
        QVERIFY(!m_window->dock(QStringLiteral("positions"))->visibleRegion().isEmpty());
    }

    void aSmallScreenKeepsTheStatusLine()
    {
        m_window->resize(1680, 1020);
        m_window->fitInto(QSize(1366, 728)); // of 1366×768, less a task bar
        QVERIFY2(m_window->width() <= 1366 && m_window->height() <= 728,
                 qPrintable(QStringLiteral("%1×%2").arg(m_window->width()).arg(m_window->height())));
        for (const QSize size : {QSize(1366, 690), QSize(1100, 700)}) {
            m_window->resize(size);
            for (const int strike : {545, 555}) {
                const market::OptionTerms terms{"SPY", base::makeDate(2026, 12, 18), market::Right::Put,
                                                base::Decimal::fromInteger(strike)};
                m_window->staged().add({market::toOccSymbol(terms).value(), "SPY", market::InstrumentType::EquityOption,
                                        terms, strike == 545 ? 1 : -1, false});
            }
            QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
            QCoreApplication::processEvents();
            QCOMPARE(m_window->size(), size);
            QVERIFY(m_window->findChild<StatusLine*>()->visibleRegion().boundingRect().height() > 10);
            QVERIFY(!m_window->findChild<QPushButton*>(QStringLiteral("ticket_send"))->visibleRegion().isEmpty());
            m_window->staged().clear();
        }
    }

    void noticesHaveTheMarketsTime()
    {
        // The wall clock's is another one, and there is no market yet.
        m_window->tellNotice({desk::NoticeLevel::Info, base::SystemClock().now(), "Something happened."});
        QStringList words;
        for (const QLabel* const label : m_window->notices().findChildren<QLabel*>())
            words << label->text();
        QVERIFY(words.contains(QStringLiteral("Something happened.")));
        QVERIFY2(words.filter(QStringLiteral(":")).isEmpty(), qPrintable(words.join(QLatin1Char('|'))));
    }

    void layoutsComeBack()
    {
        QDockWidget* const risk = m_window->dock(QStringLiteral("risk"));
        risk->hide();
        const QByteArray saved = m_window->saveLayout();
        m_window->resetLayout();
        QVERIFY(!risk->isHidden());
        QVERIFY(m_window->restoreLayout(saved));
        QVERIFY(risk->isHidden());
    }

    void garbageIsNoLayout()
    {
        const QByteArray good = m_window->saveLayout();
        base::Generator generator(20261123);
        for (int round = 0; round < 60; ++round) {
            QByteArray bytes;
            if (round % 2 == 0) {
                for (int size = static_cast<int>(generator.integer(1, 200)); size > 0; --size)
                    bytes.append(static_cast<char>(generator.integer(-128, 127)));
            } else { // one that was cut off
                bytes = good.left(static_cast<int>(generator.integer(1, 40)));
            }
            m_window->restoreLayout(bytes);
            for (const PanelInfo& info : panels()) {
                const bool isShipped = std::ranges::count(info.places, Workspace::Trade, &Place::workspace) != 0;
                QCOMPARE(!m_window->dock(QString::fromLatin1(info.id))->isHidden(), isShipped);
            }
        }
        // Another version's layout is not ours.
        QMainWindow& plain = *m_window;
        QVERIFY(!m_window->restoreLayout(plain.saveState(MainWindow::layoutVersion + 1)));
    }

    void closedPanelsOpenAmongTheTabs()
    {
        QDockWidget* const stress = m_window->dock(QStringLiteral("stress"));
        QVERIFY2(stress->isHidden(), "the shipped layout is not crowded");
        m_window->showPanel(QStringLiteral("stress"));
        QVERIFY(!stress->isHidden());
        QVERIFY(m_window->tabifiedDockWidgets(stress).contains(m_window->dock(QStringLiteral("positions"))));
    }

    void closingKeepsTheLayout()
    {
        m_window->dock(QStringLiteral("volatility_surface"))->hide();
        m_window->close();
        m_window = std::make_unique<MainWindow>(m_fixture->desk(), m_fixture->theme());
        m_window->show();
        QVERIFY(m_window->dock(QStringLiteral("volatility_surface"))->isHidden());
        QVERIFY(!m_window->dock(QStringLiteral("risk"))->isHidden());
    }

    void keysAreUnique()
    {
        QSet<QString> keys;
        for (const Command& command : m_window->commands()) {
            if (command.key.isEmpty())
                continue;
            const QString key = command.key.toString();
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys << key;
        }
        QVERIFY(keys.contains(QStringLiteral("F12")));
        QVERIFY(keys.contains(QStringLiteral("Ctrl+K")));
        QVERIFY(keys.contains(QStringLiteral("?")));
    }

    void thePaletteShowsPanelsAndThemes()
    {
        QDockWidget* const surface = m_window->dock(QStringLiteral("volatility_surface"));
        surface->hide();
        runInPalette(QStringLiteral("volatility surface"));
        QVERIFY(!surface->isHidden());
        QCOMPARE(m_fixture->theme().name(), ThemeName::Dark);
        runInPalette(QStringLiteral("light theme"));
        QCOMPARE(m_fixture->theme().name(), ThemeName::Light);
        QCOMPARE(m_fixture->desk().settings().choice(desk::setting::theme), QStringLiteral("light"));
        runInPalette(QStringLiteral("compact"));
        QVERIFY(m_fixture->theme().isCompact());
    }

    void dialogsOpenOnce_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("name");
        QTest::newRow("settings") << "settings" << "settings_dialog";
        QTest::newRow("keyboard") << "keyboard" << "shortcuts_dialog";
        QTest::newRow("live") << "live trading" << "live_dialog";
        QTest::newRow("backtest") << "backtest" << "backtest_dialog";
        QTest::newRow("sweep") << "sweep and walk" << "sweep_dialog";
    }
    void dialogsOpenOnce()
    {
        QFETCH(QString, query);
        QFETCH(QString, name);
        runInPalette(query);
        runInPalette(query);
        QCOMPARE(m_window->findChildren<QDialog*>(name).size(), 1);
        m_window->findChild<QDialog*>(name)->close();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->findChildren<QDialog*>(name).size(), 0, 20'000);
    }

    void liveIsRefusedWithItsReason()
    {
        auto* const sandbox = m_window->findChild<QPushButton*>(QStringLiteral("environment_sandbox"));
        auto* const live = m_window->findChild<QPushButton*>(QStringLiteral("environment_live"));
        live->click();
        const auto* const dialog = m_window->findChild<QDialog*>(QStringLiteral("live_dialog"));
        QVERIFY(dialog);
        QVERIFY(!dialog->findChild<QLabel*>(QStringLiteral("live_reason"))->text().isEmpty());
        QVERIFY(dialog->findChild<QPushButton*>(QStringLiteral("live_switch"))->isHidden());
        QVERIFY(sandbox->isChecked());
        QVERIFY(!live->isChecked());
        QVERIFY(!m_window->property("live").toBool());
    }

    void theLiveFrameIsSeen()
    {
        const QImage calm = m_window->grab().toImage();
        m_window->setLiveFrame(true);
        const QImage armed = m_window->grab().toImage();
        const QPoint corner(2, m_window->height() / 2);
        QVERIFY(calm.pixelColor(corner) != armed.pixelColor(corner));
        QCOMPARE(armed.pixelColor(corner), m_fixture->theme().color(Role::Live));
    }

    void noticesComeAndGo()
    {
        NoticeArea& notices = m_window->notices();
        Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Error, {}, "The venue is gone."});
        Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Error, {}, "The venue is gone."}); // said once
        QCOMPARE(notices.count(), 1);
        QVERIFY(says(notices, QStringLiteral("×2")));
        for (int notice = 0; notice < 6; ++notice)
            Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Info, {}, "Number " + std::to_string(notice)});
        QCOMPARE(notices.count(), 4);
        QStringList texts;
        for (const QLabel* const label : notices.findChildren<QLabel*>())
            if (!label->isHidden())
                texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("The venue is gone."))); // an error is not pushed out by information
        QVERIFY(texts.contains(QStringLiteral("Number 5")));
        notices.clear();
        QCOMPARE(notices.count(), 0);
        QVERIFY(notices.isHidden());
    }

    void theLatestWordReplacesWhatIsNoLongerTrue()
    {
        using desk::NoticeTopic;
        NoticeArea& notices = m_window->notices();
        Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Error, {}, "The exchange died.", NoticeTopic::Venue});
        Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Warning, {}, "Quotes stopped.", NoticeTopic::Quotes});
        QCOMPARE(notices.count(), 2);
        Q_EMIT m_fixture->desk().noticed({desk::NoticeLevel::Info, {}, "The exchange is back.", NoticeTopic::Venue});
        QCOMPARE(notices.count(), 2);
        QVERIFY(!says(notices, QStringLiteral("died")));
        QVERIFY(says(notices, QStringLiteral("is back")) && says(notices, QStringLiteral("stopped")));
    }

    void aClosedMarketIsNoWarning()
    {
        desk::StatusView status;
        status.feed = status.orders = desk::Light::Silent;
        status.secondsSinceQuote = 4000;
        status.marketTime = base::parseInstant("2026-11-26T15:00:00Z").value(); // Thanksgiving
        status.opensAt = base::parseInstant("2026-11-27T14:30:00Z").value();
        const Workspaces workspaces(m_fixture->desk().settings());
        Toolbar toolbar(m_fixture->theme(), workspaces, nullptr);
        StatusLine line(nullptr);
        const auto* const light = toolbar.findChild<QLabel*>(QStringLiteral("feed_light"));
        const auto* const time = line.findChild<QLabel*>(QStringLiteral("status_time"));
        toolbar.show(status, {}, 10);
        line.show(status, {}, {});
        QVERIFY2(light->text().contains(QStringLiteral("closed")), qPrintable(light->text()));
        QCOMPARE(light->property("tone").toString(), QStringLiteral("dim"));
        for (const QString& words : {light->toolTip(), time->text()})
            QVERIFY2(words.contains(QStringLiteral("27 Nov 09:30")), qPrintable(words));
        status.isMarketOpen = true;
        toolbar.show(status, {}, 10);
        QCOMPARE(light->property("tone").toString(), QStringLiteral("warning"));
        QVERIFY(!light->text().contains(QStringLiteral("closed")));
    }

    void aProfitThatShowsAsZeroHasNoColour()
    {
        const Workspaces workspaces(m_fixture->desk().settings());
        Toolbar toolbar(m_fixture->theme(), workspaces, nullptr);
        const auto* const profit = toolbar.findChild<QLabel*>(QStringLiteral("day_pnl"));
        desk::TradingView trading;
        for (const auto& [value, tone] : {std::pair(0.0, "strong"), std::pair(-0.004, "strong"),
                                          std::pair(-0.006, "loss"), std::pair(3.0, "gain")}) {
            trading.dayProfit = value;
            toolbar.show({}, trading, 10);
            QCOMPARE(profit->property("tone").toString(), QString::fromLatin1(tone));
        }
    }

    void aFifthLegIsRefusedAloud()
    {
        for (int leg = 0; leg < 5; ++leg) {
            StagedLeg staged;
            staged.symbol = "LEG" + std::to_string(leg);
            staged.underlying = "SPY";
            staged.quantity = 1;
            m_window->staged().add(staged);
        }
        QCOMPARE(m_window->staged().legs().size(), std::size_t(4));
        QCOMPARE(m_window->notices().count(), 1);
    }

    /// A ticket of the sandbox must not become one for the live account.
    void aStagedOrderEndsWithItsEnvironment()
    {
        StagedLeg staged;
        staged.symbol = "LEG";
        staged.underlying = "SPY";
        staged.quantity = 1;
        m_window->staged().add(staged);
        QCOMPARE(m_window->staged().legs().size(), std::size_t(1));
        Q_EMIT m_fixture->desk().environmentChanged();
        QVERIFY(m_window->staged().legs().empty());
    }

    void theTourIsDismissedForGood()
    {
        QCOMPARE(m_fixture->desk().settings().number(desk::setting::tourDone), 0.0);
        m_window->startTour();
        auto* const tour = m_window->findChild<Tour*>();
        QVERIFY(tour->isVisible());
        auto* const next = tour->findChild<QPushButton*>(QStringLiteral("tour_next"));
        next->click();
        next->click();
        QCOMPARE(tour->step(), 2);
        QVERIFY(tour->isVisible());
        next->click();
        QVERIFY(!tour->isVisible());
        QCOMPARE(m_fixture->desk().settings().number(desk::setting::tourDone), 1.0);
        m_window->startTour(); // asked for
        tour->findChild<QPushButton*>(QStringLiteral("tour_dismiss"))->click();
        QVERIFY(!tour->isVisible());
    }

    void theTourCoversNothingItSpeaksOf()
    {
        m_window->resize(1680, 1020);
        m_window->startTour();
        auto* const tour = m_window->findChild<Tour*>();
        auto* const next = tour->findChild<QPushButton*>(QStringLiteral("tour_next"));
        const auto covers = [&](const char* id) {
            const QDockWidget* const dock = m_window->dock(QString::fromLatin1(id));
            return tour->geometry().intersects(QRect(dock->mapTo(m_window.get(), QPoint()), dock->size()));
        };
        QTRY_VERIFY_WITH_TIMEOUT(m_window->dock(QStringLiteral("option_chain"))->width() > 600, 20'000);
        // The legs it speaks of stand there.
        QTRY_VERIFY_WITH_TIMEOUT(!covers("option_chain") && !covers("order_ticket"), 20'000);
        next->click();
        QVERIFY(!covers("order_ticket"));
        next->click();
        QVERIFY(!covers("risk"));
    }

    void theTourTellsOfAReplay()
    {
        desk::DeskOptions options;
        const QTemporaryDir folder;
        options.dataDirectory = folder.path();
        options.replayFolder = folder.path();
        options.venueProgram = QStringLiteral("/no/such/venue");
        desk::Desk replaying(options, {});
        replaying.start();
        MainWindow window(replaying, m_fixture->theme());
        window.startTour();
        QStringList words;
        const auto labels = window.findChild<Tour*>()->findChildren<QLabel*>();
        for (const QLabel* const label : labels)
            words << label->text();
        QVERIFY2(words.join(u' ').contains(QStringLiteral("recorded")), qPrintable(words.join(u' ')));
        QVERIFY(!words.join(u' ').contains(QStringLiteral("simulated")));
    }

private:
    static bool says(const QWidget& widget, const QString& words)
    {
        const auto labels = widget.findChildren<QLabel*>();
        return std::ranges::any_of(labels, [&words](const QLabel* label) {
            return !label->parentWidget()->isHidden() && label->text().contains(words);
        });
    }
    void runInPalette(const QString& query)
    {
        CommandPalette& palette = m_window->commandPalette();
        palette.open();
        QTest::keyClicks(&palette.edit(), query);
        QTest::keyClick(&palette.edit(), Qt::Key_Return);
    }

    std::unique_ptr<test::DeskFixture> m_fixture;
    std::unique_ptr<MainWindow> m_window;
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
