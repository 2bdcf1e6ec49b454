#include "desk/live_ledgers.h"

#include "trading/loop_checks.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace vegadesk;
using namespace vegadesk::tests;
using desk::HedgeLedgerView;
using desk::HedgeStep;
using desk::LiveLedger;
using desk::LiveLedgers;
using std::chrono::seconds;

namespace
{

/// A gamma scalper at work in a market whose pictures the ledgers see.
struct ScalpedRig : WideRig {
    ScalpedRig() : WideRig(lateMorning())
    {
        ledgers.begin(*loop);
        onPicture = [this](base::Instant now) { ledgers.mark(now); };
        show();
    }
    ~ScalpedRig() override { ledgers.end(); }
    bool arms()
    {
        return loop
            ->arm(make("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_band"}, {"delta_band", "0.05"}}), "SPY")
            .has_value();
    }
    bool entersAndHedges()
    {
        if (!arms())
            return false;
        showLater(seconds(1), 500);
        showLater(seconds(90), 510);
        return loop->positions().size() == 3;
    }
    void restartProgram()
    {
        ledgers.end();
        restart();
        ledgers.begin(*loop);
    }
    double tradeProfit() const { return loop->profitOf(*loop->groups().all().front()); }

    LiveLedgers ledgers;

private:
    static TestMarket lateMorning()
    {
        TestMarket market;
        market.timeOfDay = std::chrono::minutes(11 * 60);
        market.volatility = 0.15; // a straddle fits the budget
        return market;
    }
};

double cashProfit(const HedgeLedgerView& ledger)
{
    return ledger.total.profit - ledger.total.financing;
}

std::ptrdiff_t countOf(const HedgeLedgerView& ledger, std::string_view event)
{
    return std::ranges::count(ledger.steps, event, &HedgeStep::event);
}

} // namespace

class LiveLedgersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHedgedTradeIsShownAsItGoesOn()
    {
        ScalpedRig rig;
        QVERIFY(rig.ledgers.views().empty());
        QVERIFY(rig.entersAndHedges());
        const std::vector<LiveLedger> hedged = rig.ledgers.views();
        QCOMPARE(hedged.size(), std::size_t(1));
        QCOMPARE(hedged.front().group, rig.loop->groups().all().front()->name);
        const std::shared_ptr<const HedgeLedgerView> before = hedged.front().ledger;
        QVERIFY(before && before->group == hedged.front().group && before->since == base::Instant{});
        QCOMPARE(countOf(*before, "hedge"), std::ptrdiff_t(1));
        QVERIFY2(near(cashProfit(*before), rig.tradeProfit(), 1e-6),
                 qPrintable(QString("%1 %2").arg(cashProfit(*before)).arg(rig.tradeProfit())));
        const HedgeStep& total = before->total;
        QVERIFY(near(total.profit, total.scalped + total.unhedged + total.residual + total.settled + total.cost, 1e-6));
        QVERIFY(
            near(total.profit, before->options + before->hedges + total.financing + total.settled + total.cost, 1e-6));
        QVERIFY(rig.ledgers.views().front().ledger == before); // nothing new: the same object

        const std::size_t rows = before->steps.size();
        rig.showLater(seconds(5), 509.7); // back inside the band
        const std::shared_ptr<const HedgeLedgerView> after = rig.ledgers.views().front().ledger;
        QVERIFY(after != before);
        QCOMPARE(before->steps.size(), rows); // who reads it keeps it as it was
        QCOMPARE(after->steps.back().event, std::string("mark"));
        QVERIFY(after->steps.back().at == rig.clock.now());
        QVERIFY(near(cashProfit(*after), rig.tradeProfit(), 1e-6));
    }

    /// As of now is a row that goes on with the seconds, until a minute has passed.
    void aDayOfSecondsKeepsItsSize()
    {
        ScalpedRig rig;
        QVERIFY(rig.entersAndHedges());
        const std::size_t rows = rig.ledgers.views().front().ledger->steps.size();
        base::Instant now = rig.clock.now();
        for (int second = 1; second <= 50; ++second)
            rig.ledgers.mark(now + seconds(second));
        QVERIFY(rig.ledgers.views().front().ledger->steps.size() <= rows + 1);
        for (std::size_t minute = 0; minute < LiveLedgers::recording.rowsKept + 100; ++minute)
            rig.ledgers.mark(now += std::chrono::minutes(1));
        const std::shared_ptr<const HedgeLedgerView> ledger = rig.ledgers.views().front().ledger;
        QVERIFY(ledger->steps.size() <= LiveLedgers::recording.rowsKept);
        QVERIFY(std::ranges::any_of(ledger->steps, [](const HedgeStep& step) { return step.joined > 1; }));
        QCOMPARE(countOf(*ledger, "hedge"), std::ptrdiff_t(1)); // what was traded keeps its row
        double profit = 0;
        for (const HedgeStep& step : ledger->steps)
            profit += step.profit;
        QVERIFY(near(profit, ledger->total.profit, 1e-6));
    }

    void aRestartTellsSinceWhen()
    {
        ScalpedRig rig;
        QVERIFY(rig.entersAndHedges());
        const std::string group = rig.ledgers.views().front().group;
        const double before = rig.tradeProfit();
        rig.restartProgram();
        std::vector<LiveLedger> views = rig.ledgers.views();
        QCOMPARE(views.size(), std::size_t(1));
        QVERIFY(views.front().group == group && !views.front().ledger); // no marks yet
        QVERIFY(rig.arms());
        rig.showLater(seconds(30), 510);
        views = rig.ledgers.views();
        QCOMPARE(views.size(), std::size_t(1));
        QVERIFY(views.front().ledger && views.front().ledger->since == rig.clock.now());
        const double takenOverAt = rig.tradeProfit();
        QVERIFY(near(takenOverAt, before, 1)); // thirty seconds later
        rig.showLater(seconds(90), 490);       // and the shares are bought back, and more
        const HedgeLedgerView& ledger = *rig.ledgers.views().front().ledger;
        QVERIFY(countOf(ledger, "hedge") >= 1);
        QVERIFY2(near(cashProfit(ledger), rig.tradeProfit() - takenOverAt, 1e-6),
                 qPrintable(QString("%1 %2").arg(cashProfit(ledger)).arg(rig.tradeProfit() - takenOverAt)));
    }

    void withoutALoopThereIsNone()
    {
        LiveLedgers ledgers;
        ledgers.mark({});
        QVERIFY(ledgers.views().empty());
        ScalpedRig rig;
        QVERIFY(rig.entersAndHedges());
        rig.ledgers.end();
        rig.ledgers.mark(rig.clock.now());
        QVERIFY(rig.ledgers.views().empty());
    }
};

QTEST_GUILESS_MAIN(LiveLedgersTest)
#include "test_live_ledgers.moc"
