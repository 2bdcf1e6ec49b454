#include "running_desk.h"

#include <QFile>
#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTest>

using namespace vegadesk;
using portfolio::Action;
using tests::marketOrder;
using tests::optionLeg;
using tests::RunningDesk;

namespace
{

constexpr int patienceMs = 120'000;

/// Leads everything that is not this computer to a port where nobody listens: a test asks no broker.
class LoopbackOnly : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery& query) override
    {
        const QString host = query.peerHostName();
        if (host == QLatin1String("127.0.0.1") || host == QLatin1String("localhost"))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return {QNetworkProxy(QNetworkProxy::HttpProxy, QStringLiteral("127.0.0.1"), 9)};
    }
};

base::Environment sandboxKeys()
{
    base::Environment keys;
    keys.clientSecret = base::Secret("a-client-secret-of-nobody");
    keys.refreshToken = base::Secret("a-refresh-token-of-nobody");
    return keys;
}

} // namespace

/// From the venue to the broker's certification environment and back, in one run.
class SwitchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QNetworkProxyFactory::setApplicationProxyFactory(new LoopbackOnly); }

    void thereAndBackLosesNothing()
    {
        RunningDesk running({}, sandboxKeys());
        QSignalSpy changed(&running.desk(), &desk::Desk::environmentChanged);
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        const desk::ChainCell call = running.rowNear(1.00).call;
        const auto order = marketOrder("SPY", {optionLeg(call.symbol, Action::BuyToOpen)});
        QTRY_VERIFY2_WITH_TIMEOUT(running.fills(order), qPrintable(running.whatHappened()), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(running.quantityOf(call.symbol) == 1, qPrintable(running.whatHappened()), patienceMs);
        const qint64 venue = running.desk().venueProcessId();
        changed.clear();

        QVERIFY(running.desk().switchTo(desk::Environment::Certification));
        // The call waits for nothing: what is left still runs, and takes no orders any more.
        QCOMPARE(running.desk().venueProcessId(), venue);
        running.desk().send(order);
        QVERIFY2(running.notices().last().contains(QStringLiteral("not connected")),
                 qPrintable(running.notices().last()));
        running.desk().stopAll();
        QVERIFY2(running.notices().last().startsWith(QStringLiteral("Nothing was stopped")),
                 qPrintable(running.notices().last()));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
        QCOMPARE(running.desk().venueProcessId(), qint64{0});
        QTRY_COMPARE_WITH_TIMEOUT(running.desk().status()->environment, desk::Environment::Certification, patienceMs);
        QVERIFY(running.desk().trading()->groups.empty());
        QVERIFY(!running.hasAccount());

        QVERIFY(running.desk().switchTo(desk::Environment::Venue));
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(call.symbol), std::int64_t{1}, patienceMs);
        QVERIFY(running.desk().trading()->differences.empty());
    }

    void theLastOfManyCallsCounts()
    {
        RunningDesk running({}, sandboxKeys());
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QSignalSpy changed(&running.desk(), &desk::Desk::environmentChanged);
        for (const auto wanted : {desk::Environment::Certification, desk::Environment::Venue,
                                  desk::Environment::Certification, desk::Environment::Venue})
            QVERIFY(running.desk().switchTo(wanted));
        QTRY_VERIFY_WITH_TIMEOUT(!changed.empty() && running.hasAccount(), patienceMs);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(running.desk().status()->environment, desk::Environment::Venue);
        QVERIFY(running.desk().venueProcessId() != 0);
    }

    /// A listing that is being prepared for an environment that is left in that moment.
    void whatArrivesLateHurtsNobody()
    {
        RunningDesk running({}, sandboxKeys());
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        for (const char* const symbol : {"SPX", "QQQ", "TSLA", "IWM"}) {
            QSignalSpy changed(&running.desk(), &desk::Desk::environmentChanged);
            const std::uint64_t events = running.desk().status()->events;
            running.desk().showChain(QString::fromLatin1(symbol));
            QTRY_VERIFY_WITH_TIMEOUT(running.desk().status()->events > events, patienceMs);
            QVERIFY(running.desk().switchTo(desk::Environment::Certification));
            QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
            QVERIFY(running.desk().switchTo(desk::Environment::Venue));
            QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount() && running.desk().chain()->underlying == symbol, patienceMs);
        }
    }

    void itMayEndInTheMiddle()
    {
        RunningDesk running({}, sandboxKeys());
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QVERIFY(running.desk().switchTo(desk::Environment::Certification));
        const auto process = running.desk().venueProcessId();
        running.end();
        QVERIFY2(!QFile::exists(QStringLiteral("/proc/%1").arg(process)), "the exchange ends with the program");
    }

    void anAccountPutAsideIsSaidOnce()
    {
        RunningDesk running({}, sandboxKeys(), [](const QString& directory) {
            QFile tape(directory + QStringLiteral("/venue-seed-7.tape"));
            QVERIFY(tape.open(QIODevice::WriteOnly));
            tape.write("not a tape\n");
        });
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        QSignalSpy changed(&running.desk(), &desk::Desk::environmentChanged);
        QVERIFY(running.desk().switchTo(desk::Environment::Certification));
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 1, patienceMs);
        QVERIFY(running.desk().switchTo(desk::Environment::Venue));
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        const QStringList told = running.notices().filter(running.directory() + "/venue-seed-7.tape.old");
        QCOMPARE(told.size(), 1);
        QVERIFY2(told.front().contains(QStringLiteral("is damaged")), qPrintable(told.front()));
    }

    void aRefusalLeavesAllAsItWas()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        const qint64 venue = running.desk().venueProcessId();
        for (const auto wanted : {desk::Environment::Certification, desk::Environment::Hybrid, desk::Environment::Live})
            QVERIFY(!running.desk().switchTo(wanted));
        QCOMPARE(running.desk().venueProcessId(), venue);
        QVERIFY(running.hasAccount());
    }
};

QTEST_GUILESS_MAIN(SwitchTest)
#include "switch_test.moc"
