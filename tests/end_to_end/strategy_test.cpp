#include "running_desk.h"

#include <QTest>

#include <algorithm>

using namespace vegadesk;
using desk::StrategyEvent;
using desk::StrategyRow;
using desk::StrategyState;
using tests::RunningDesk;

namespace
{

constexpr int patienceMs = 60'000;

StrategyRow rowOf(const RunningDesk& running)
{
    const auto view = running.desk().strategiesAtWork();
    return view->rows.empty() ? StrategyRow() : view->rows.front();
}

bool hasEvent(const StrategyRow& row, StrategyEvent::Kind kind)
{
    return std::ranges::find(row.events, kind, &StrategyEvent::kind) != row.events.end();
}

QString whatItDoes(const RunningDesk& running)
{
    const StrategyRow row = rowOf(running);
    QString words = QString::fromStdString(row.doing);
    for (const StrategyEvent& event : row.events)
        words += QStringLiteral("; ") + QString::fromStdString(event.text);
    return words + QStringLiteral("; ") + running.whatHappened();
}

} // namespace

/// A strategy that a person arms trades by itself, and is at work after a restart as it was left.
class StrategyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anArmedStrategyTradesAndGoesOnAfterARestart()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        // One that no chain is shown of: its listing and quotes come because it is armed.
        running.desk().armStrategy(
            {"iron_condor",
             "QQQ",
             {{"min_credit", "0"}, {"short_delta", "0.2"}, {"wings", "width"}, {"wing_width", "5"}}});
        QTRY_VERIFY2_WITH_TIMEOUT(rowOf(running).hasOpenTrade(), qPrintable(whatItDoes(running)), patienceMs);
        StrategyRow row = rowOf(running);
        QCOMPARE(row.state, StrategyState::Armed);
        QCOMPARE(row.title, std::string("Iron condor"));
        QCOMPARE(row.trades.size(), std::size_t(1));
        QVERIFY(hasEvent(row, StrategyEvent::Kind::Proposal));
        QVERIFY(row.trades.front().title.find("condor") != std::string::npos);
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(running).trades.front().symbols.size(), std::size_t(4), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(std::isfinite(rowOf(running).openProfit), patienceMs);

        running.desk().pauseStrategy("iron_condor", "QQQ");
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(running).state, StrategyState::Paused, patienceMs);

        running.restart();
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(running).state, StrategyState::Paused, patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(rowOf(running).hasOpenTrade(), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        row = rowOf(running);
        QVERIFY(std::ranges::find(row.parameters, std::pair<std::string, std::string>("short_delta", "0.2")) !=
                row.parameters.end());
        QCOMPARE(row.trades.size(), std::size_t(1));

        // A person closes what it holds; it does not enter again.
        running.desk().turnOffStrategy("iron_condor", "QQQ");
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(running).state, StrategyState::Off, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(running).trades.front().symbols.size(), std::size_t(4), patienceMs);
        running.desk().removeStrategy("iron_condor", "QQQ");
        QTRY_VERIFY_WITH_TIMEOUT(running.desk().strategiesAtWork()->rows.empty(), patienceMs);
        for (const std::string& symbol : row.trades.front().symbols) // the condor stays
            QTRY_VERIFY_WITH_TIMEOUT(running.quantityOf(symbol) != 0, patienceMs);
    }

    void whatCannotBeArmedSaysWhy()
    {
        RunningDesk running;
        QTRY_VERIFY_WITH_TIMEOUT(running.hasAccount(), patienceMs);
        running.desk().armStrategy({"iron_condor", "SPY", {{"short_delta", "3"}}});
        QTRY_VERIFY_WITH_TIMEOUT(!running.notices().filter(QStringLiteral("short_delta")).isEmpty(), patienceMs);
        running.desk().armStrategy({"martingale", "SPY", {}});
        QTRY_VERIFY_WITH_TIMEOUT(!running.notices().filter(QStringLiteral("martingale")).isEmpty(), patienceMs);
        QVERIFY(running.desk().strategiesAtWork()->rows.empty());
    }
};

QTEST_GUILESS_MAIN(StrategyTest)
#include "strategy_test.moc"
