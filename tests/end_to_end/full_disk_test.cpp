#include "running_desk.h"
#include "small_disk.h"

#include <QTest>

using namespace vegadesk;
using portfolio::Action;
using tests::disk;
using tests::marketOrder;
using tests::optionLeg;
using tests::RunningDesk;

namespace
{

constexpr int patienceMs = 120'000;

/// Of a call near the money. Each at a strike of its own: the same order twice would be taken for a slip.
portfolio::OrderIntent purchase(const RunningDesk& running, double moneyness)
{
    return marketOrder("SPY", {optionLeg(running.rowNear(moneyness).call.symbol, Action::BuyToOpen)});
}

/// Sends it once the ticket says that it may go.
void send(RunningDesk& running, const portfolio::OrderIntent& order)
{
    const std::uint64_t staged = running.desk().stageTicket(order);
    const auto isAllowed = [&] {
        return running.desk().ticket()->request == staged && running.desk().ticket()->isAllowed;
    };
    if (!QTest::qWaitFor(isAllowed, patienceMs))
        qWarning("the ticket is not allowed: %s", qPrintable(running.whatHappened()));
    running.desk().send(order);
}

} // namespace

/// What the user sees when the disk of the data folder is full, and that the program goes on when there is room again.
class FullDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (!disk->isThere())
            QSKIP(qPrintable(disk->whyNot()));
        qputenv("TMPDIR", disk->path({}).toLocal8Bit()); // where RunningDesk makes its folder
    }
    void cleanup() { disk->empty(); }

    void ordersAreRefusedUntilThereIsRoom()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasStreamingChain() && running.hasAccount(), patienceMs);
        const auto first = purchase(running, 1.0);
        QTRY_VERIFY2_WITH_TIMEOUT(running.fills(first), qPrintable(running.whatHappened()), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(first.legs.front().symbol), std::int64_t{1}, patienceMs);

        disk->fill();
        const auto isRefused = [&] {
            const auto view = running.desk().trading();
            return std::ranges::any_of(view->orders, [](const execution::Order& order) {
                return order.status == execution::OrderStatus::NotPlaced;
            });
        };
        // The journal's file ends within a page: at most a few records fit.
        for (int sent = 1; !isRefused() && sent < 5; ++sent) {
            const std::size_t before = running.desk().trading()->orders.size();
            send(running, purchase(running, 1.0 + 0.005 * sent));
            QTRY_VERIFY_WITH_TIMEOUT(running.desk().trading()->orders.size() > before &&
                                         isTerminal(running.desk().trading()->orders.front().status),
                                     patienceMs);
        }
        // A view and a notice come by ways of their own.
        QTRY_COMPARE_WITH_TIMEOUT(running.notices().filter(QStringLiteral("Not placed")).size(), 1, patienceMs);
        const QStringList refused = running.notices().filter(QStringLiteral("Not placed"));
        QVERIFY2(refused.front().contains(QStringLiteral("the journal could not be written")) &&
                     refused.front().contains(QStringLiteral("disk is full")),
                 qPrintable(refused.front()));
        running.desk().stopAll(); // would not outlive the program: that is said
        QTRY_VERIFY_WITH_TIMEOUT(!running.desk().trading()->differences.empty(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(!running.notices().filter(QStringLiteral("The journal could not be written")).empty(),
                                 patienceMs);
        running.desk().resume();

        disk->empty();
        const auto last = purchase(running, 0.995);
        QTRY_VERIFY2_WITH_TIMEOUT(running.fills(last), qPrintable(running.whatHappened()), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(running.quantityOf(last.legs.front().symbol), std::int64_t{1}, patienceMs);
        running.desk().acknowledge(running.desk().trading()->differences.front().id);
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().trading()->differences.empty(), patienceMs);
    }

    void aStartWaitsForRoomAndSaysWhy()
    {
        disk->fill();
        RunningDesk running;
        const auto said = [&] {
            return !running.notices().filter(QStringLiteral("is there room on its disk")).empty();
        };
        QTRY_VERIFY_WITH_TIMEOUT(said(), patienceMs);
        disk->empty();
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), 2 * patienceMs);
    }
};

int main(int argc, char** argv)
{
    return vegadesk::tests::runOnSmallDisk<FullDiskTest>(32 * 1024, argc, argv);
}
#include "full_disk_test.moc"
