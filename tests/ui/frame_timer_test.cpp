#include "no_warnings.h"
#include "ui/frame_timer.h"

#include <QElapsedTimer>
#include <QTest>

using namespace vegadesk;
using namespace vegadesk::ui;

namespace
{
constexpr int patienceMs = 60'000;

class CountingPanel : public Panel
{
public:
    using Panel::Panel;
    void refresh() override
    {
        ++refreshes;
        update();
    }
    void paintEvent(QPaintEvent*) override
    {
        QElapsedTimer spent;
        spent.start();
        while (spent.elapsed() < paintMs) {
        }
        ++paints;
    }
    int refreshes = 0, paints = 0, paintMs = 0;
};
} // namespace

class FrameTimerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { test::failOnWarnings(); }

    void hiddenPanelsAreLeftAlone()
    {
        FrameTimer timer;
        CountingPanel shown, hidden, covered;
        for (CountingPanel* const panel : {&shown, &hidden, &covered}) {
            panel->resize(40, 40);
            timer.add(panel, 0);
        }
        timer.setCovered(&covered, true);
        shown.show();
        covered.show();
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(shown.refreshes >= 5, patienceMs);
        QCOMPARE(hidden.refreshes, 0);
        QCOMPARE(covered.refreshes, 0);
        timer.setCovered(&covered, false);
        QTRY_VERIFY_WITH_TIMEOUT(covered.refreshes > 0, patienceMs);
        timer.stop();
    }

    void periodsAreKept()
    {
        FrameTimer timer;
        CountingPanel fast, slow;
        for (CountingPanel* const panel : {&fast, &slow}) {
            panel->resize(40, 40);
            panel->show();
        }
        timer.add(&fast, 0);
        timer.add(&slow, 100 * patienceMs);
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(fast.refreshes >= 10, patienceMs);
        QCOMPARE(slow.refreshes, 1); // at once when it is shown, then not before its period is over
        slow.hide();
        const int before = fast.refreshes;
        QTRY_VERIFY_WITH_TIMEOUT(fast.refreshes >= before + 2, patienceMs);
        slow.show();
        QTRY_COMPARE_WITH_TIMEOUT(slow.refreshes, 2, patienceMs);
        timer.stop();
    }

    void framesAreMeasuredWithTheirPainting()
    {
        FrameTimer timer;
        CountingPanel panel;
        panel.resize(40, 40);
        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QTRY_VERIFY_WITH_TIMEOUT(panel.paints > 0, patienceMs);
        QCOMPARE(timer.stats().frames, std::uint64_t(0));
        panel.paintMs = 12;
        timer.add(&panel, 0);
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(timer.stats().frames >= 5, patienceMs);
        timer.stop();
        const FrameTimer::Stats stats = timer.stats();
        QVERIFY2(stats.p50Ms >= 12, qPrintable(QString::number(stats.p50Ms)));
        QVERIFY(stats.p50Ms <= stats.p99Ms);
        QVERIFY(stats.p99Ms <= stats.worstMs);
        timer.resetStats();
        QCOMPARE(timer.stats().frames, std::uint64_t(0));
    }

    void refreshNowServesEverythingVisible()
    {
        FrameTimer timer;
        CountingPanel shown, hidden;
        timer.add(&shown, 100'000);
        timer.add(&hidden, 0);
        shown.show();
        timer.refreshNow();
        timer.refreshNow();
        QCOMPARE(shown.refreshes, 2);
        QCOMPARE(hidden.refreshes, 0);
        QCOMPARE(timer.stats().frames, std::uint64_t(0));
    }

    void aDeletedPanelIsForgotten()
    {
        FrameTimer timer;
        auto gone = std::make_unique<CountingPanel>();
        CountingPanel stays;
        timer.add(gone.get(), 0);
        timer.add(&stays, 0);
        stays.show();
        gone->show();
        timer.start();
        QTRY_VERIFY_WITH_TIMEOUT(gone->refreshes > 0, patienceMs);
        gone.reset();
        const int before = stays.refreshes;
        QTRY_VERIFY_WITH_TIMEOUT(stays.refreshes >= before + 3, patienceMs);
        timer.stop();
    }
};

QTEST_MAIN(FrameTimerTest)
#include "frame_timer_test.moc"
