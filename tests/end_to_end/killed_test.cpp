#include "running_desk.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QElapsedTimer>
#include <QProcess>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <csignal>
#include <set>

using namespace vegadesk;
using namespace vegadesk::tests;
using execution::OrderStatus;
using portfolio::Action;

namespace
{

constexpr int patienceMs = 60'000;
constexpr auto childArgument = "--trade";

/// An order that rests half a dollar below the market.
portfolio::OrderIntent restingOrder(const RunningDesk& desk)
{
    const auto row = desk.rowNear(1.0);
    return limitOrder("SPY", {optionLeg(row.put.symbol, Action::BuyToOpen)}, row.put.bid - 0.50);
}

/// The program that will be killed: comes up, says where its folder is, and sends an order when a line comes in.
int trade()
{
    RunningDesk desk;
    QTextStream out(stdout);
    const auto isUp = [&] { return desk.hasStreamingChain() && desk.hasAccount() && desk.rowNear(1.0).put.bid > 1; };
    if (!QTest::qWaitFor(isUp, patienceMs))
        return 1;
    const portfolio::OrderIntent order = restingOrder(desk);
    const std::uint64_t request = desk.desk().stageTicket(order);
    const auto isAllowed = [&] { return desk.desk().ticket()->request == request && desk.desk().ticket()->isAllowed; };
    if (!QTest::qWaitFor(isAllowed, patienceMs))
        return 1;
    out << desk.directory() << Qt::endl;
    QTextStream(stdin).readLine();
    desk.desk().send(order);
    out << "sent" << Qt::endl;
    QTimer report;
    QObject::connect(&report, &QTimer::timeout, [&] {
        const auto view = desk.desk().trading();
        if (!view->orders.empty() && view->orders.front().status == OrderStatus::Working)
            out << "working" << Qt::endl;
    });
    report.start(1);
    return QCoreApplication::exec(); // until it is killed
}

bool copyFolder(const QString& from, const QString& to)
{
    for (const QString& name : QDir(from).entryList(QDir::Files)) {
        if (!name.endsWith(QLatin1String(".lock")) && !QFile::copy(from + u'/' + name, to + u'/' + name))
            return false;
    }
    return true;
}

} // namespace

/// The whole program is killed at some moment between the wish for an order and its life at the exchange, and started again on what
/// it left on the disk.
class KilledTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void killed_data()
    {
        QTest::addColumn<int>("afterMs"); // the order was asked for; below 0: when it works
        QTest::newRow("at once") << 0;
        QTest::newRow("after a moment") << 2;
        QTest::newRow("a little later") << 8;
        QTest::newRow("later") << 25;
        QTest::newRow("when it works") << -1;
    }
    void killed()
    {
        QFETCH(int, afterMs);
        QProcess program;
        program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        program.start(QCoreApplication::applicationFilePath(), {QString::fromLatin1(childArgument)});
        const auto hears = [&](const QByteArray& word) {
            return QTest::qWaitFor(
                [&] {
                    m_said += program.readAllStandardOutput();
                    return m_said.contains(word);
                },
                2 * patienceMs);
        };
        m_said.clear();
        QVERIFY2(hears("\n"), "the program did not come up");
        const QString folder = QString::fromUtf8(m_said.left(m_said.indexOf('\n')));
        program.write("go\n");
        QVERIFY(hears(afterMs < 0 ? "working" : "sent"));
        const QDeadlineTimer moment(std::max(afterMs, 0)); // which of the points it hits is the machine's choice
        QVERIFY(QTest::qWaitFor([&] { return moment.hasExpired(); }, patienceMs));
        ::kill(static_cast<pid_t>(program.processId()), SIGKILL);
        QVERIFY(program.waitForFinished(patienceMs));
        QCOMPARE(program.exitStatus(), QProcess::CrashExit);

        QElapsedTimer sinceStart;
        RunningDesk again({}, {}, [&](const QString& directory) {
            QVERIFY(copyFolder(folder, directory));
            sinceStart.start();
        });
        // The journal is read before anybody is asked: what it holds is shown with its state then, or as not known.
        const auto shown = [&] { return !again.desk().trading()->orders.empty(); };
        const auto isShown = [&] { return shown() || again.hasAccount(); };
        QTRY_VERIFY2_WITH_TIMEOUT(isShown(), qPrintable(again.whatHappened()), patienceMs);
        const double shownAfter = static_cast<double>(sinceStart.elapsed()) / 1000;
        const std::string first =
            shown() ? std::string(toText(again.desk().trading()->orders.front().status)) : "not there";
        QTRY_VERIFY2_WITH_TIMEOUT(again.hasAccount(), qPrintable(again.whatHappened()), patienceMs);
        const auto settled = [&] {
            const auto view = again.desk().trading();
            return std::ranges::none_of(view->orders, [](const execution::Order& order) {
                return order.status == OrderStatus::Sent || order.status == OrderStatus::Intent ||
                       order.status == OrderStatus::Unknown;
            });
        };
        // Unknown, and said so, until the exchange's lists have proven what became of it.
        QTRY_VERIFY2_WITH_TIMEOUT(settled(), qPrintable(again.whatHappened()), patienceMs);
        qInfo("killed %s: after the start %.2f s the order is shown as %s, after %.2f s its state is the exchange's",
              QTest::currentDataTag(), shownAfter, first.c_str(), static_cast<double>(sinceStart.elapsed()) / 1000);
        const auto view = again.desk().trading();
        QVERIFY2(view->differences.empty(), qPrintable(again.whatHappened()));
        QVERIFY2(view->orders.size() <= 1, qPrintable(again.whatHappened())); // none was sent twice
        if (afterMs < 0)
            QCOMPARE(view->orders.size(), std::size_t{1});
        if (!view->orders.empty()) {
            const execution::Order& order = view->orders.front();
            QVERIFY2(!order.isExternal, qPrintable(again.whatHappened())); // it is ours, by its journalled name
            const bool isRight =
                order.status == OrderStatus::Working || (afterMs >= 0 && order.status == OrderStatus::NotPlaced);
            QVERIFY2(isRight, qPrintable(again.whatHappened()));
            if (order.status == OrderStatus::Working) {
                again.desk().cancelOrder(order.externalId);
                QTRY_COMPARE_WITH_TIMEOUT(again.desk().trading()->orders.front().status, OrderStatus::Cancelled,
                                          patienceMs);
            }
        }
        again.end();
        QDir(folder).removeRecursively(); // a killed program leaves it
    }

private:
    QByteArray m_said;
};

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    if (argc > 1 && QByteArray(argv[1]) == childArgument)
        return trade();
    KilledTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "killed_test.moc"
