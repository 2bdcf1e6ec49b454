#include "trading/hedge_recorder.h"

#include "trading/hand_rig.h"

#include <QTest>

#include <cmath>
#include <optional>

using namespace vegadesk;
using namespace vegadesk::tests;
using portfolio::HedgeEvent;
using portfolio::HedgeLedger;
using std::chrono::seconds;

namespace
{

constexpr trading::HedgeRecording aMinute{std::chrono::minutes(1)};

TestMarket lateMorning()
{
    TestMarket market;
    market.timeOfDay = std::chrono::minutes(11 * 60);
    market.volatility = 0.15; // a straddle fits the budget
    return market;
}

std::unique_ptr<strategies::Strategy> scalper()
{
    return make("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_band"}, {"delta_band", "0.05"}});
}

/// A rig whose pictures are recorded, from restart() on.
struct RecordedRig : WideRig {
    explicit RecordedRig(const trading::HedgeRecording& recording) : WideRig(lateMorning()), m_recording(recording)
    {
        onPicture = [this](base::Instant now) { recorder->mark(now); };
        record();
    }
    ~RecordedRig() override { stop(); }
    void record()
    {
        recorder.emplace(*loop, m_recording);
        loop->addObserver(&*recorder);
    }
    void stop()
    {
        if (recorder)
            loop->removeObserver(&*recorder);
        recorder.reset();
    }
    bool holdsAStraddle()
    {
        show();
        if (!loop->arm(scalper(), "SPY"))
            return false;
        showLater(seconds(1), 500);
        return ledgers().size() == 1 && !ledgers().front().isFlat();
    }
    const std::vector<HedgeLedger>& ledgers() const { return recorder->ledgers(); }
    double tradeProfit() const { return loop->profitOf(*loop->groups().all().front()); }
    /// Opens a call under that name, and closes it where asked to.
    bool trades(const std::string& group, double strike, bool closes)
    {
        for (const portfolio::Action action : {portfolio::Action::BuyToOpen, portfolio::Action::SellToClose}) {
            portfolio::OrderIntent intent =
                taker({{Rig::option(2, market::Right::Call, strike), tests::option, action, 1}});
            intent.origin = "strategy:gamma_scalping";
            intent.group = group;
            if (send(intent).empty() || last().status != execution::OrderStatus::Filled)
                return false;
            showLater(seconds(90), 500);
            if (!closes)
                break;
        }
        return true;
    }

    std::optional<trading::HedgeRecorder> recorder;

private:
    const trading::HedgeRecording m_recording;
};

double cashProfit(const HedgeLedger& ledger)
{
    return ledger.total().profit() - ledger.total().financing;
}

} // namespace

/// What a recorder keeps where days do not end.
class HedgeRecorderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// What the market did since the last mark is no cost of the hedge.
    void marksAreAMinuteApartAndBeforeEachFill()
    {
        RecordedRig rig(aMinute);
        QVERIFY(rig.holdsAStraddle());
        const HedgeLedger& ledger = rig.ledgers().front();
        const std::size_t entered = ledger.rows().size();
        for (const portfolio::HedgeRow& row : ledger.rows())
            QCOMPARE(row.event, HedgeEvent::Trade);
        const base::Instant entry = rig.clock.now();
        for (const double spot : {500.1, 499.9, 500.0}) {
            rig.showLater(seconds(19), spot);
            QCOMPARE(ledger.rows().size(), entered);
        }
        rig.showLater(seconds(3), 500.1);
        QCOMPARE(ledger.rows().size(), entered + 1);
        QCOMPARE(ledger.rows().back().event, HedgeEvent::Mark);
        QVERIFY(ledger.rows().back().at - entry == seconds(60));

        rig.showLater(seconds(10), 510);
        QCOMPARE(ledger.rows().size(), entered + 3);
        const portfolio::HedgeRow& mark = ledger.rows()[entered + 1];
        const portfolio::HedgeRow& hedge = ledger.rows()[entered + 2];
        QCOMPARE(mark.event, HedgeEvent::Mark);
        QVERIFY(mark.at == rig.clock.now() && mark.spot == 510);
        QCOMPARE(hedge.event, HedgeEvent::Hedge);
        QVERIFY(hedge.quantity < 0 && !hedge.reason.empty());
        QVERIFY2(std::abs(hedge.step.costs) < 0.1 * std::abs(hedge.quantity),
                 qPrintable(QString::number(hedge.step.costs))); // of ten dollars a share
        QVERIFY2(near(cashProfit(ledger), rig.tradeProfit(), 1e-6),
                 qPrintable(QString("%1 %2").arg(cashProfit(ledger)).arg(rig.tradeProfit())));
        QVERIFY(near(ledger.total().explained(), ledger.total().profit(), 1e-6));
    }

    void betweenMarksItCanBeSeenAsOfNow()
    {
        RecordedRig rig(aMinute);
        QVERIFY(rig.holdsAStraddle());
        const HedgeLedger& ledger = rig.ledgers().front();
        rig.showLater(seconds(10), 500.9);
        const std::size_t rows = ledger.rows().size();
        const HedgeLedger now = rig.recorder->markedNow(ledger, rig.clock.now());
        QVERIFY(near(cashProfit(now), rig.tradeProfit(), 1e-6));
        QCOMPARE(now.rows().size(), rows + 1);
        QCOMPARE(ledger.rows().size(), rows); // nothing was written
        QVERIFY2(!near(cashProfit(ledger), rig.tradeProfit(), 0.1),
                 qPrintable(QString("%1 %2").arg(cashProfit(ledger)).arg(rig.tradeProfit())));
    }

    /// Ten minutes later its price is no longer to be compared with the market.
    void aFillThatIsToldLateIsTakenAtItsPrice()
    {
        HandRig rig;
        rig.market = lateMorning();
        rig.clock.set(rig.market.now());
        rig.start();
        trading::HedgeRecorder recorder(*rig.loop, aMinute);
        rig.loop->addObserver(&recorder);
        rig.show(500);
        QVERIFY(rig.loop->arm(scalper(), "SPY"));
        recorder.mark(rig.clock.now());
        rig.show(500);
        rig.broker.deliver();
        QCOMPARE(rig.broker.taken().size(), std::size_t(1));
        const base::Instant filledAt = rig.clock.now();
        rig.clock.advance(std::chrono::minutes(10));
        recorder.mark(rig.clock.now());
        rig.broker.fillLast(9, filledAt);
        rig.broker.deliver();
        QCOMPARE(recorder.ledgers().size(), std::size_t(1));
        const HedgeLedger& ledger = recorder.ledgers().front();
        QCOMPARE(ledger.rows().size(), std::size_t(2)); // the legs
        const trading::TradeGroup& group = *rig.loop->groups().all().front();
        QVERIFY(near(ledger.total().costs, -group.fees(), 1e-9));
        QVERIFY(std::isnan(ledger.rows().back().deltaAfter));
        recorder.mark(rig.clock.now());
        QCOMPARE(ledger.rows().size(), std::size_t(3));
        QVERIFY2(near(cashProfit(ledger), rig.loop->profitOf(group), 1e-6),
                 qPrintable(QString("%1 %2").arg(cashProfit(ledger)).arg(rig.loop->profitOf(group))));
        QVERIFY(near(ledger.total().unexplained, ledger.total().options, 1e-9));
        QCOMPARE(ledger.total().theta, 0.0);
        rig.loop->removeObserver(&recorder);
    }

    void aLongDayKeepsItsRowsAndItsSum()
    {
        RecordedRig rig({.rowsKept = 20});
        QVERIFY(rig.holdsAStraddle());
        const HedgeLedger& ledger = rig.ledgers().front();
        for (int second = 1; second <= 100; ++second) {
            rig.showLater(seconds(1), 500 + std::sin(second) / 10);
            QVERIFY(ledger.rows().size() <= 20);
        }
        QVERIFY(ledger.written() > 100);
        QVERIFY(near(cashProfit(ledger), rig.tradeProfit(), 1e-6));
        portfolio::HedgedProfit sum;
        for (const portfolio::HedgeRow& row : ledger.rows())
            sum += row.step;
        QVERIFY(near(sum.profit(), ledger.total().profit(), 1e-6));
        QCOMPARE(ledger.rows().front().event, HedgeEvent::Trade); // what was traded keeps its row
    }

    void ofClosedTradesTheLastOnesAreKept()
    {
        RecordedRig rig({.closedKept = 1});
        rig.show();
        QVERIFY(rig.trades("gamma_scalping:SPY:open", 505, false));
        QVERIFY(rig.trades("gamma_scalping:SPY:1", 510, true));
        QCOMPARE(rig.ledgers().size(), std::size_t(2));
        QVERIFY(rig.trades("gamma_scalping:SPY:2", 515, true));
        QVERIFY(rig.trades("gamma_scalping:SPY:3", 520, true));
        QCOMPARE(rig.ledgers().size(), std::size_t(2));
        QCOMPARE(rig.ledgers().front().group(), std::string("gamma_scalping:SPY:open"));
        QCOMPARE(rig.ledgers().back().group(), std::string("gamma_scalping:SPY:3"));
        QVERIFY(rig.ledgers().back().isFlat() && !rig.ledgers().front().isFlat());
    }

    void aTradeThatWasTakenOverSaysSinceWhen()
    {
        RecordedRig rig(aMinute);
        QVERIFY(rig.holdsAStraddle());
        const std::string group = rig.ledgers().front().group();
        QVERIFY(!rig.recorder->takenOverAt(group)); // it is here from its first fill on
        rig.stop();
        rig.restart();
        rig.record();
        QCOMPARE(rig.recorder->toTakeOver(), std::vector<std::string>{group});
        rig.recorder->mark(rig.clock.now()); // no picture yet
        QVERIFY(rig.ledgers().empty() && !rig.recorder->takenOverAt(group));
        rig.showLater(seconds(30), 501);
        QVERIFY(rig.recorder->toTakeOver().empty());
        QCOMPARE(rig.ledgers().size(), std::size_t(1));
        QCOMPARE(rig.recorder->takenOverAt(group), std::optional(rig.clock.now()));
        QVERIFY(near(cashProfit(rig.ledgers().front()), 0, 1e-9));
    }
};

QTEST_GUILESS_MAIN(HedgeRecorderTest)
#include "hedge_recorder_test.moc"
