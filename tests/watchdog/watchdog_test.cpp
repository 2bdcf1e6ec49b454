#include "watchdog/watchdog.h"

#include "listed_orders.h"

#include "base/log.h"
#include "watchdog/halt_file.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace vegadesk;
using namespace vegadesk::watchdog;
using namespace std::chrono_literals;
using Stop = View::Stop;
using Why = View::Why;

namespace
{

/// A watchdog, Vegadesk's end of its pipe, and the broker, all on one virtual clock.
struct Kennel {
    Kennel() { base::log::configure(base::log::Level::Off); }

    void receive(const QByteArray& bytes) { watchdog->receive(bytes); }
    void open(const std::string& environment = "certification")
    {
        Place place;
        place.environment = environment;
        const bool isVenue = environment == "venue";
        place.endpoints = isVenue ? tastytrade::Endpoints::venue(1) : tastytrade::Endpoints::certification();
        place.account = account;
        place.haltFile = haltFile(environment).path();
        place.credentials = {place.endpoints.kind, "test keys", base::Secret("secret"), base::Secret("refresh")};
        receive(lineOf(place));
    }
    HaltFile haltFile(const std::string& environment = "certification") const
    {
        return HaltFile::of(folder.path().toStdString(), environment);
    }
    void pass(base::Nanos span, bool isBeating = false)
    {
        for (const base::Nanos end = scheduler.elapsed() + span; scheduler.elapsed() < end;) {
            scheduler.advance(250ms);
            if (isBeating)
                receive(lineOf(Beat{}));
        }
    }
    /// It is up and at work, and then hangs.
    void hang()
    {
        open();
        pass(2s, true);
        pass(2500ms);
    }
    const View& view() const { return watchdog->view(); }
    bool until(Stop stop)
    {
        return scheduler.advanceUntil([&] { return view().stop == stop; }, 120s);
    }

    QTemporaryDir folder;
    std::string account = tests::ListedOrders::account;
    tastytrade::test::VirtualScheduler scheduler;
    tastytrade::test::MemoryTransport transport{scheduler};
    tests::ListedOrders broker{transport};
    base::ManualClock clock{base::fromUnixMillis(1'795'185'528'049)};
    int answers = 0, ends = 0;
    std::unique_ptr<Watchdog> watchdog = std::make_unique<Watchdog>(
        transport, scheduler, clock,
        Watchdog::Events{[] {}, [this](const QByteArray& line) { answers += line == aliveLine ? 1 : 0; },
                         [this] { ++ends; }});
};

} // namespace

/// The watchdog without its window and without a network.
class WatchdogTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whileAllIsWellNothingIsShown()
    {
        Kennel one;
        one.pass(15s); // a slow start
        one.open();
        one.pass(300s, true);
        QVERIFY(!one.view().isShown);
        QCOMPARE(one.answers, 1200);
        one.receive(lineOf(Ending{}));
        one.pass(5s);
        QVERIFY(!one.view().isShown);
        QCOMPARE(one.ends, 0);
        one.watchdog->closed();
        QCOMPARE(one.ends, 1);
        QVERIFY(!one.view().isShown);
        QVERIFY(one.transport.requests.empty()); // it asks nobody anything unless it has to
    }

    void whatHangsIsShownUntilItComesBack()
    {
        Kennel one;
        one.hang();
        QVERIFY(one.view().isShown);
        QVERIFY(one.view().why == Why::Silent);
        QCOMPARE(one.view().environment, std::string("certification"));
        QCOMPARE(one.view().account, std::string("5WX00042"));
        QVERIFY(one.view().lastBeat == one.clock.now());
        QVERIFY(one.view().silentSeconds >= 2);
        one.receive(lineOf(Beat{}));
        QVERIFY(!one.view().isShown);

        one.pass(3s);
        QVERIFY(one.view().isShown);
        one.watchdog->dismiss();
        one.pass(30s);
        QVERIFY(!one.view().isShown); // a person has seen it
        one.pass(1s, true);
        one.pass(3s);
        QVERIFY(one.view().isShown); // and this is another time
        QVERIFY(one.transport.requests.empty());
    }

    void whatDoesNotEndIsShown()
    {
        Kennel one;
        one.open();
        one.pass(5s, true);
        one.receive(lineOf(Ending{}));
        one.pass(19s);
        QVERIFY(!one.view().isShown);
        one.pass(2s);
        QVERIFY(one.view().isShown);
        QVERIFY(one.view().why == Why::Unending);
    }

    void withoutAPlaceThereIsNothingToLookAfter()
    {
        Kennel one;
        one.pass(60s);
        QVERIFY(!one.view().isShown);
        one.watchdog->stop();
        QVERIFY(one.view().stop == Stop::None);
        one.watchdog->closed();
        QCOMPARE(one.ends, 1);
    }

    void linesComeInPieces()
    {
        Kennel one;
        one.pass(1s);
        const QByteArray line = lineOf(Beat{});
        one.receive("rubbish\n" + line.left(4));
        QCOMPARE(one.answers, 0);
        one.receive(line.mid(4) + line + line.left(3));
        QCOMPARE(one.answers, 2);
    }

    void aStopHaltsAndCancelsWhatWorks()
    {
        Kennel one;
        for (const char* const id : {"101", "102"})
            one.broker.add(id);
        for (const char* const id : {"201", "202", "203"})
            one.broker.add(id, "77");
        one.hang();
        one.watchdog->stop();
        QVERIFY(one.haltFile().isThere()); // at once, whatever the network does
        QVERIFY(one.view().stop == Stop::AtWork);
        one.watchdog->stop(); // twice is once
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.broker.working(), std::size_t{0});
        std::ranges::sort(one.broker.cancelled);
        QCOMPARE(one.broker.cancelled, (std::vector<std::string>{"complex-orders/77", "orders/101", "orders/102"}));
        QCOMPARE(one.broker.lists, 3); // one with them, two without
        QCOMPARE(one.view().sweep.lists, 3);
        QCOMPARE(one.view().sweep.working, std::optional<std::size_t>(0));
        QVERIFY(one.view().sweep.verifiedAt == one.clock.now());
        QVERIFY(one.broker.odd.empty()); // and nothing else was asked of the broker, least of all an order
        QCOMPARE(one.broker.accounts, 0);

        one.receive(lineOf(Beat{}));
        QVERIFY(one.view().isShown); // what became of the stop is to be seen
        one.watchdog->dismiss();
        QVERIFY(!one.view().isShown);
        QVERIFY(one.haltFile().isThere()); // only a person who resumes takes it away
    }

    void anOrderOnItsWayIsCancelledToo()
    {
        Kennel one;
        one.broker.arrivesAfter = "305";
        one.hang();
        one.watchdog->stop();
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.broker.cancelled, std::vector<std::string>{"orders/305"});
        QCOMPARE(one.broker.working(), std::size_t{0});
    }

    void whatIsDeclinedIsTriedUntilItIsNot()
    {
        Kennel one;
        one.broker.add("101");
        one.broker.declines = 5;
        one.hang();
        one.watchdog->stop();
        QVERIFY(one.scheduler.advanceUntil([&] { return !one.view().sweep.why.empty(); }, 10s));
        QVERIFY(one.view().stop == Stop::AtWork);
        QCOMPARE(one.view().sweep.working, std::optional<std::size_t>(1));
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.view().sweep.cancels, std::size_t{6});
        QVERIFY(one.view().sweep.why.empty());
    }

    void aNetworkThatIsDownIsWaitedFor()
    {
        Kennel one;
        one.broker.add("101");
        one.hang();
        one.transport.isDown = true;
        one.watchdog->stop();
        one.pass(60s);
        QVERIFY(one.view().stop == Stop::AtWork);
        QVERIFY2(one.view().sweep.why.find("refused") != std::string::npos, one.view().sweep.why.c_str());
        QVERIFY(!one.view().sweep.working);
        one.transport.isDown = false;
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.broker.working(), std::size_t{0});
    }

    void aListThatCannotBeReadProvesNothing()
    {
        Kennel one;
        one.broker.unreadable.append(QJsonObject{{QStringLiteral("status"), QStringLiteral("Live")}});
        one.hang();
        one.watchdog->stop();
        one.pass(30s);
        QVERIFY(one.view().stop == Stop::AtWork);
        QVERIFY2(one.view().sweep.why.find("cannot be read") != std::string::npos, one.view().sweep.why.c_str());
        one.broker.unreadable = {};
        QVERIFY(one.until(Stop::Verified));
    }

    void refusedKeysAreNotTriedForEver()
    {
        Kennel one;
        one.broker.refusesLogins = true;
        one.hang();
        one.watchdog->stop();
        QVERIFY(one.until(Stop::Failed));
        one.pass(60s);
        QCOMPARE(one.broker.logins, tastytrade::LoginGuard::refusalsAllowed);
        QVERIFY(one.view().isShown);
        QVERIFY(!one.view().sweep.why.empty());
        QVERIFY(one.haltFile().isThere());
    }

    void anAccountThatIsNotKnownIsAskedFor()
    {
        Kennel one;
        one.account.clear();
        one.broker.add("101");
        one.hang();
        one.watchdog->stop();
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.broker.accounts, 1);
        QCOMPARE(one.view().account, std::string("5WX00042"));
        QCOMPARE(one.broker.working(), std::size_t{0});
    }

    void whoResumesTakesTheStopBack()
    {
        Kennel one;
        one.broker.add("101");
        one.broker.declines = 1'000'000;
        one.hang();
        one.watchdog->stop();
        one.pass(5s, true);
        QVERIFY(one.view().isShown);
        QVERIFY(one.haltFile().remove()); // as a resume in the window does
        one.pass(1s, true);
        QVERIFY(!one.view().isShown);
        QVERIFY(one.view().stop == Stop::None);
        const std::size_t cancels = one.broker.cancelled.size();
        one.pass(30s, true);
        QCOMPARE(one.broker.cancelled.size(), cancels); // what is sent from now on is meant
    }

    void whatDiesIsShownAndCanBeStopped()
    {
        Kennel one;
        one.broker.add("101");
        one.open();
        one.pass(5s, true);
        one.watchdog->closed();
        QVERIFY(one.view().isShown);
        QVERIFY(one.view().why == Why::Gone);
        QCOMPARE(one.ends, 0);
        one.watchdog->stop();
        QVERIFY(one.haltFile().isThere());
        QVERIFY(one.until(Stop::Verified));
        QCOMPARE(one.broker.working(), std::size_t{0});
        QCOMPARE(one.ends, 0);
        one.watchdog->dismiss();
        QCOMPARE(one.ends, 1);
    }

    void whoeverStartsItAnewTakesOver()
    {
        Kennel one;
        const QString lock = one.folder.filePath(QStringLiteral("vegadesk.lock"));
        const auto own = [&](qint64 process) {
            QFile file(lock);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(QByteArray::number(process) + "\nvegadesk\n");
        };
        one.watchdog->setLockFile(lock.toStdString());
        const qint64 running = QCoreApplication::applicationPid();
        own(running); // a process that has died and that nobody has asked for yet is there all the same
        one.open();
        one.pass(5s, true);
        one.watchdog->closed();
        one.pass(5s);
        QVERIFY(one.view().isShown);
        own(0x7fffffff); // a number that no process has
        one.pass(5s);
        QCOMPARE(one.ends, 0);
        own(1);
        one.pass(1s);
        QCOMPARE(one.ends, 1);
    }

    void theSimulatedExchangeDiesWithIt_data()
    {
        QTest::addColumn<bool>("isStoppedBefore");
        QTest::newRow("stopped when both are gone") << false;
        QTest::newRow("stopped while it hung") << true;
    }
    void theSimulatedExchangeDiesWithIt()
    {
        QFETCH(bool, isStoppedBefore);
        Kennel one;
        one.open("venue");
        one.pass(5s, true);
        one.transport.isDown = true;
        if (isStoppedBefore) {
            one.pass(3s);
            one.watchdog->stop();
            one.pass(1s);
        }
        one.watchdog->closed();
        one.watchdog->stop();
        QVERIFY(one.view().stop == Stop::NextStart);
        QVERIFY(one.haltFile("venue").isThere());
        const std::size_t asked = one.transport.requests.size();
        one.pass(30s);
        QCOMPARE(one.transport.requests.size(), asked);
        QVERIFY(one.view().isShown);
    }

    void anEndDuringAStopWaitsForIt()
    {
        Kennel one;
        one.broker.add("101");
        one.broker.declines = 3;
        one.hang();
        one.watchdog->stop();
        one.pass(250ms, true);
        one.receive(lineOf(Ending{}));
        one.watchdog->closed();
        QCOMPARE(one.ends, 0);
        QVERIFY(one.until(Stop::Verified));
        QVERIFY(one.view().isShown);
        one.watchdog->dismiss();
        QCOMPARE(one.ends, 1);
    }

    void aStopGoesOnWhereItBegan()
    {
        Kennel one;
        one.hang();
        one.open("venue"); // an environment that opened just before
        QCOMPARE(one.view().environment, std::string("venue"));
        one.watchdog->stop();
        one.open();
        QCOMPARE(one.view().environment, std::string("venue"));
        QVERIFY(one.haltFile("venue").isThere());
        QVERIFY(!one.haltFile().isThere());
    }
};

QTEST_GUILESS_MAIN(WatchdogTest)
#include "watchdog_test.moc"
