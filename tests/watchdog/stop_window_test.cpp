#include "vegadesk-watchdog/options.h"
#include "vegadesk-watchdog/stop_window.h"

#include "ui/theme/theme.h"

#include <QLabel>
#include <QProcess>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::watchdog;
using Stop = View::Stop;
using Why = View::Why;

namespace
{

View silent()
{
    View view;
    view.isShown = true;
    view.why = Why::Silent;
    view.environment = "live";
    view.account = "5WX00042";
    view.lastBeat = base::fromUnixMillis(1'795'185'528'049);
    view.silentSeconds = 7.4;
    return view;
}

} // namespace

class StopWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme.apply(); }

    void itSaysWhatHappenedWhereAndWhen()
    {
        StopWindow window;
        View view = silent();
        view.isShown = false;
        window.draw(view);
        QVERIFY(!window.isVisible());
        view.isShown = true;
        window.draw(view);
        QVERIFY(window.isVisible());
        QVERIFY(window.windowFlags().testFlag(Qt::WindowStaysOnTopHint));
        QVERIFY(window.testAttribute(Qt::WA_ShowWithoutActivating)); // it takes nobody's keys
        QCOMPARE(said(window, "stop_title"), QStringLiteral("Vegadesk does not answer"));
        QCOMPARE(said(window, "stop_place"), QStringLiteral("LIVE: real money · account 5WX00042"));
        QVERIFY2(said(window, "stop_what").contains(QStringLiteral("for 7 s. It last answered at 14:38:48.")),
                 qPrintable(said(window, "stop_what")));
        view.isShown = false;
        window.draw(view);
        QVERIFY(!window.isVisible());
    }

    void keysPressItsButtons_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<int>("stops");
        QTest::addColumn<int>("dismissals");
        QTest::newRow("F12") << static_cast<int>(Qt::Key_F12) << 1 << 0;
        QTest::newRow("Return") << static_cast<int>(Qt::Key_Return) << 1 << 0;
        QTest::newRow("Enter") << static_cast<int>(Qt::Key_Enter) << 1 << 0;
        QTest::newRow("Escape") << static_cast<int>(Qt::Key_Escape) << 0 << 1;
        QTest::newRow("a letter") << static_cast<int>(Qt::Key_S) << 0 << 0;
    }
    void keysPressItsButtons()
    {
        QFETCH(int, key);
        QFETCH(int, stops);
        QFETCH(int, dismissals);
        StopWindow window;
        window.draw(silent());
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QSignalSpy stopped(&window, &StopWindow::stopAsked), dismissed(&window, &StopWindow::dismissed);
        QTest::keyClick(&window, static_cast<Qt::Key>(key));
        QCOMPARE(stopped.size(), stops);
        QCOMPARE(dismissed.size(), dismissals);
        QVERIFY(window.isVisible()); // until the watchdog says otherwise
    }

    void whenAllIsDoneNoKeyStopsAgain()
    {
        StopWindow window;
        View view = silent();
        view.stop = Stop::Verified;
        view.sweep.verifiedAt = view.lastBeat;
        window.draw(view);
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const QSignalSpy stopped(&window, &StopWindow::stopAsked), dismissed(&window, &StopWindow::dismissed);
        QTest::keyClick(&window, Qt::Key_F12);
        QCOMPARE(stopped.size(), 0);
        QTest::keyClick(&window, Qt::Key_Return);
        QCOMPARE(stopped.size(), 0);
        QCOMPARE(dismissed.size(), 1);
    }

    void withoutADisplayItSaysSoAndEnds()
    {
        QProcess process;
        QProcessEnvironment surroundings = QProcessEnvironment::systemEnvironment();
        for (const char* const name : {"DISPLAY", "WAYLAND_DISPLAY"})
            surroundings.remove(QLatin1String(name));
        surroundings.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
        process.setProcessEnvironment(surroundings);
        process.start(QStringLiteral(VEGADESK_BINARY_DIR "/bin/vegadesk-watchdog"), QStringList());
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 1);
        const QByteArray errors = process.readAllStandardError();
        QVERIFY2(errors.contains("there is no display on which the STOP window could come up"), errors.constData());
    }

    void itSaysHowFarAStopIs_data()
    {
        QTest::addColumn<int>("stop");
        QTest::addColumn<int>("working"); // below 0: not known
        QTest::addColumn<QString>("why");
        QTest::addColumn<QString>("outcome");
        QTest::addColumn<QString>("details");
        const auto row = [](const char* name, Stop stop, int working, const char* why, const char* outcome,
                            const char* details) {
            QTest::newRow(name) << static_cast<int>(stop) << working << QString::fromUtf8(why)
                                << QString::fromUtf8(outcome) << QString::fromUtf8(details);
        };
        row("asking", Stop::AtWork, -1, "", "Asking the broker", "Trading is halted until you resume");
        row("cancelling", Stop::AtWork, 3, "cannot_cancel", "3 order(s) still at work", "In the way: cannot_cancel.");
        row("once more", Stop::AtWork, 0, "", "asking once more", "Trading is halted");
        row("verified", Stop::Verified, 0, "", "No working order remains, verified at 14:38:48", "Trading is halted");
        row("at the next start", Stop::NextStart, -1, "", "Vegadesk will start halted",
            "it cancels the orders that wait");
        row("some are left", Stop::Failed, 2, "login: refused", "2 order(s) may still be at work", "login: refused");
        row("not known", Stop::Failed, -1, "login: refused", "It is not known", "on the broker's own page");
    }
    void itSaysHowFarAStopIs()
    {
        QFETCH(int, stop);
        QFETCH(int, working);
        QFETCH(QString, why);
        QFETCH(QString, outcome);
        QFETCH(QString, details);
        StopWindow window;
        View view = silent();
        view.stop = static_cast<Stop>(stop);
        if (working >= 0)
            view.sweep.working = static_cast<std::size_t>(working);
        view.sweep.why = why.toStdString();
        view.sweep.verifiedAt = view.lastBeat;
        window.draw(view);
        QVERIFY2(said(window, "stop_outcome").contains(outcome), qPrintable(said(window, "stop_outcome")));
        QVERIFY2(said(window, "stop_details").contains(details), qPrintable(said(window, "stop_details")));
        QCOMPARE(window.findChild<QPushButton*>(QStringLiteral("stop"))->isVisible(), view.stop == Stop::Failed);
        for (const QLabel* const label : window.findChildren<QLabel*>())
            QVERIFY2(!label->isVisible() || label->height() >= label->heightForWidth(label->width()),
                     qPrintable(label->text())); // no line is cut off
    }

    void aHaltThatCouldNotBeWrittenIsSaid()
    {
        StopWindow window;
        View view = silent();
        view.stop = Stop::Verified;
        view.haltTrouble = "halt file: no room";
        window.draw(view);
        QVERIFY(said(window, "stop_details").contains(QStringLiteral("could not be told to halt")));
        QVERIFY(said(window, "stop_details").contains(QStringLiteral("no room")));
    }

    void theCommandLineIsAnswered_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("words");
        QTest::newRow("help") << QStringList{QStringLiteral("--help")} << 0
                              << QStringLiteral("cancels every working order");
        QTest::newRow("version") << QStringList{QStringLiteral("--version")} << 0
                                 << QStringLiteral("vegadesk-watchdog ");
        QTest::newRow("unknown") << QStringList{QStringLiteral("--token")} << 2 << QStringLiteral("--token");
        QTest::newRow("no such theme") << QStringList{QStringLiteral("--theme"), QStringLiteral("pink")} << 2
                                       << QStringLiteral("pink");
    }
    void theCommandLineIsAnswered()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, status);
        QFETCH(QString, words);
        const auto parsed = parseOptions(QStringList{QStringLiteral("vegadesk-watchdog")} + arguments);
        const auto* const answer = std::get_if<Answer>(&parsed);
        QVERIFY(answer);
        QCOMPARE(answer->status, status);
        QVERIFY2(answer->text.contains(words), qPrintable(answer->text));
        const auto plain =
            parseOptions({QStringLiteral("vegadesk-watchdog"), QStringLiteral("--language"), QStringLiteral("de")});
        QVERIFY(std::holds_alternative<Options>(plain));
        QCOMPARE(std::get<Options>(plain).language, QStringLiteral("de"));
    }

private:
    static QString said(const StopWindow& window, const char* name)
    {
        return window.findChild<QLabel*>(QString::fromLatin1(name))->text();
    }
    ui::Theme m_theme;
};

QTEST_MAIN(StopWindowTest)
#include "stop_window_test.moc"
