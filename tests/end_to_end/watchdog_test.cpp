#include "workstation.h"

#include "base/process.h"
#include "watchdog/halt_file.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QSemaphore>
#include <QTextStream>

#include <algorithm>
#include <csignal>

using namespace vegadesk;
using namespace vegadesk::tests;
using execution::OrderStatus;
using portfolio::Action;

namespace
{

constexpr int patienceMs = 60'000;
constexpr auto childArgument = "--trade";
constexpr int ordersSent = 2;

desk::DeskOptions watchedBy(const char* program)
{
    desk::DeskOptions options;
    options.watchdogProgram = QStringLiteral(VEGADESK_BINARY_DIR) + QLatin1Char('/') + QString::fromLatin1(program);
    return options;
}
constexpr auto pressedWatchdog = "tests/pressed_watchdog", shippedWatchdog = "bin/vegadesk-watchdog";

bool haveAll(const RunningDesk& desk, OrderStatus status)
{
    const auto view = desk.desk().trading();
    return view->orders.size() == ordersSent &&
           std::ranges::all_of(view->orders, [status](const execution::Order& one) { return one.status == status; });
}

/// Two orders that rest half a dollar below the market, at the exchange. Empty, or what is in the way.
QString rest(const RunningDesk& desk)
{
    const auto isUp = [&] { return desk.hasStreamingChain() && desk.hasAccount() && desk.rowNear(1.0).put.bid > 1; };
    if (!QTest::qWaitFor(isUp, patienceMs))
        return QStringLiteral("no market: ") + desk.whatHappened();
    const auto row = desk.rowNear(1.0);
    for (const desk::ChainCell& cell : {row.put, row.call}) {
        const auto order = limitOrder("SPY", {optionLeg(cell.symbol, Action::BuyToOpen)}, cell.bid - 0.50);
        const std::uint64_t request = desk.desk().stageTicket(order);
        const auto isAllowed = [&] {
            return desk.desk().ticket()->request == request && desk.desk().ticket()->isAllowed;
        };
        if (!QTest::qWaitFor(isAllowed, patienceMs))
            return QStringLiteral("not allowed: ") + desk.whatHappened();
        desk.desk().send(order);
    }
    if (!QTest::qWaitFor([&] { return haveAll(desk, OrderStatus::Working); }, patienceMs))
        return QStringLiteral("not at work: ") + desk.whatHappened();
    return {};
}

/// The program that will be killed: puts orders to work, says where its folder is, and lives on.
int trade()
{
    RunningDesk desk(watchedBy(pressedWatchdog));
    if (const QString why = rest(desk); !why.isEmpty()) {
        QTextStream(stderr) << why << Qt::endl;
        return 1;
    }
    QTextStream(stdout) << desk.directory() << Qt::endl;
    return QCoreApplication::exec();
}

} // namespace

/// The window hangs, or the program dies, or its watchdog does.
class WatchdogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_reports = std::make_unique<QTemporaryDir>();
        qputenv("VEGADESK_TEST_REPORT", m_reports->path().toUtf8());
    }

    /// VEGADESK_HANG_SECONDS: how long the window's thread is blocked, at least.
    void aHungWindowIsStoppedFromBeside()
    {
        bool isSet = false;
        const int wanted = qEnvironmentVariableIntValue("VEGADESK_HANG_SECONDS", &isSet);
        const int hangMs = isSet ? 1000 * wanted : 3000;
        Workstation desk(watchedBy(pressedWatchdog));
        const QString inTheWay = rest(desk);
        QVERIFY2(inTheWay.isEmpty(), qPrintable(inTheWay));
        QVERIFY(desk.desk().trading()->state == desk::DeskState::Active);
        QVERIFY(!isReported());

        // From here on the thread that the window lives on waits for what does not come: no event of it is handled.
        QSemaphore never;
        QElapsedTimer blocked;
        blocked.start();
        while (blocked.elapsed() < hangMs || (!isReported() && blocked.elapsed() < hangMs + patienceMs))
            QVERIFY(!never.tryAcquire(1, 20));
        const qint64 blockedMs = blocked.elapsed();
        QVERIFY2(isReported(), "nobody stopped it meanwhile");
        const QJsonObject report = readReport();
        QCOMPARE(report.value(QLatin1String("seen")).toString(), QStringLiteral("silent"));
        const QJsonArray atTheExchange = report.value(QLatin1String("orders")).toArray();
        QCOMPARE(atTheExchange.size(), ordersSent);
        for (const QJsonValue& order : atTheExchange)
            QCOMPARE(order.toObject().value(QLatin1String("status")).toString(), QStringLiteral("Cancelled"));
        // The trading thread has heard of it too, and has not waited for the window's.
        const auto view = desk.desk().trading();
        QVERIFY(view->state == desk::DeskState::Halted);
        QCOMPARE(view->stateReason, std::string("stopped in the watchdog"));
        qInfo("the window was blocked for %.1f s; meanwhile all of %d orders were cancelled",
              static_cast<double>(blockedMs) / 1000, ordersSent);

        // It wakes.
        QTRY_VERIFY2_WITH_TIMEOUT(haveAll(desk, OrderStatus::Cancelled), qPrintable(desk.whatHappened()), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!desk.desk().trading()->isCancellingAll, patienceMs);
        const auto said = [&] { return desk.notices().filter(QStringLiteral("stopped in the watchdog")).size(); };
        QTRY_VERIFY2_WITH_TIMEOUT(said() > 0, qPrintable(desk.whatHappened()), patienceMs);
        const watchdog::HaltFile haltFile = watchdog::HaltFile::of(desk.directory().toStdString(), "venue");
        QVERIFY(haltFile.isThere());
        const auto row = desk.rowNear(1.0);
        desk.desk().send(limitOrder("SPY", {optionLeg(row.put.symbol, Action::BuyToOpen)}, row.put.bid - 0.40));
        const auto refused = [&] { return desk.notices().filter(QStringLiteral("Not sent")).size(); };
        QTRY_VERIFY2_WITH_TIMEOUT(refused() > 0, qPrintable(desk.whatHappened()), patienceMs);
        QCOMPARE(desk.desk().trading()->orders.size(), std::size_t{ordersSent});
        QStringList journal;
        connect(&desk.desk(), &desk::Desk::journalRead, this, [&](const std::vector<desk::JournalLine>& lines) {
            for (const desk::JournalLine& line : lines)
                journal << QString::fromStdString(line.text);
        });
        desk.desk().readJournal(200);
        QTRY_VERIFY_WITH_TIMEOUT(!journal.filter(QStringLiteral("stopped in the watchdog")).isEmpty(), patienceMs);

        desk.desk().resume();
        QTRY_VERIFY_WITH_TIMEOUT(desk.desk().trading()->state == desk::DeskState::Active, patienceMs);
        QVERIFY(!haltFile.isThere());
    }

    void aProgramThatDiesStartsHalted()
    {
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(childArgument)});
        QByteArray said;
        const auto hears = [&] { return (said += program.readAllStandardOutput()).contains('\n'); };
        QVERIFY2(QTest::qWaitFor(hears, 3 * patienceMs), "the program did not come up");
        const QString folder = QString::fromUtf8(said.left(said.indexOf('\n')));
        ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
        QVERIFY(program.waitForFinished(patienceMs));
        QTRY_VERIFY_WITH_TIMEOUT(isReported(), patienceMs);
        QCOMPARE(readReport().value(QLatin1String("seen")).toString(), QStringLiteral("gone"));
        // Put away, it ends.
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_reports->filePath(QStringLiteral("ended"))), patienceMs);

        RunningDesk again({}, {}, [&](const QString& directory) {
            for (const QString& name : QDir(folder).entryList(QDir::Files))
                QVERIFY(QFile::copy(folder + u'/' + name, directory + u'/' + name));
        });
        const auto isHalted = [&] { return again.desk().trading()->state == desk::DeskState::Halted; };
        QTRY_VERIFY2_WITH_TIMEOUT(isHalted() && again.hasAccount(), qPrintable(again.whatHappened()), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(haveAll(again, OrderStatus::Cancelled), qPrintable(again.whatHappened()), patienceMs);
        again.end();
        QDir(folder).removeRecursively(); // a killed program leaves it
    }

    void aWatchdogThatDiesIsStartedAnew()
    {
        RunningDesk desk(watchedBy(shippedWatchdog));
        const qint64 first = desk.desk().watchdogProcessId();
        QVERIFY(first > 0);
        ::kill(static_cast<pid_t>(first), SIGKILL);
        const auto heard = [&](const char* words) {
            return !desk.notices().filter(QString::fromLatin1(words)).isEmpty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(heard("The watchdog has ended unexpectedly. It is being started again."), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(heard("The watchdog is back."), patienceMs);
        const qint64 second = desk.desk().watchdogProcessId();
        QVERIFY(second > 0 && second != first);
        desk.end(); // and it ends with the program
        QVERIFY(!base::isProcessRunning(second));
    }

private:
    QString reportFile() const { return m_reports->filePath(QStringLiteral("report.json")); }
    bool isReported() const { return QFile::exists(reportFile()); }
    QJsonObject readReport() const
    {
        QFile file(reportFile());
        return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    }

    std::unique_ptr<QTemporaryDir> m_reports;
};

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == childArgument)
        return trade();
    WatchdogTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "watchdog_test.moc"
