#include "backtest/engine_runs.h"
#include "backtest/scripted_source.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Report;

class EngineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsOutOfRangeIsNamed_data();
    void whatIsOutOfRangeIsNamed();
    void theBooksAddUp_data();
    void theBooksAddUp();
    void hedgeLedgersTieToTheTrades_data();
    void hedgeLedgersTieToTheTrades();
    void sensitivityIsTheSameRunAtOtherSpreads();
    void limitsAndBudgetsActInARun();
    void aRunWithoutTradesSaysWhy();
    void aCondorHeldToExpiryPaysItsArithmetic_data();
    void aCondorHeldToExpiryPaysItsArithmetic();
    void aMissingSettlementPriceStopsTheRun();
    void anIndexIsRefusedToGammaScalping();
    void indexCondorsRun();
    void everyStrategyRuns_data();
    void everyStrategyRuns();
    void aRulesFileTradesAsTheBuiltInCondor();
    void theRankOfTheFirstDayIsKnown();
};

void EngineTest::whatIsOutOfRangeIsNamed_data()
{
    QTest::addColumn<double>("capital");
    QTest::addColumn<double>("slippage");
    QTest::addColumn<double>("spread");
    QTest::addColumn<QString>("message");
    QTest::newRow("capital") << 0.0 << 0.001 << 1.0 << "capital \"0\" is not allowed: 1000 to 1000000000 dollars";
    QTest::newRow("slippage") << 1e5 << -0.1 << 1.0 << "slippage \"-0.1\" is not allowed: 0 to 0.1 of price";
    QTest::newRow("spread") << 1e5 << 0.001 << std::nan("")
                            << "spread \"nan\" is not allowed: 0 to 1 of the half-spread";
    QTest::newRow("more than the spread")
        << 1e5 << 0.001 << 2.0 << "spread \"2\" is not allowed: 0 to 1 of the half-spread";
}

void EngineTest::whatIsOutOfRangeIsNamed()
{
    QFETCH(double, capital);
    QFETCH(double, slippage);
    QFETCH(double, spread);
    QFETCH(QString, message);
    backtest::Config config = configFor("iron_condor");
    config.capital = capital;
    config.fills.slippage = slippage;
    config.fills.spreadFraction = spread;
    const auto source = generated(january, base::makeDate(2023, 1, 10));
    const auto report = backtest::run(config, *source);
    QVERIFY(!report);
    QCOMPARE(QString::fromStdString(report.error().message()), message);
    QVERIFY(!backtest::configure("no_such_strategy"));
}

void EngineTest::theBooksAddUp_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::newRow("condor") << "iron_condor";
    QTest::newRow("gamma scalping") << "gamma_scalping";
}

void EngineTest::theBooksAddUp()
{
    QFETCH(QString, strategy);
    const Report report = runOver(configFor(strategy.toStdString()), january, base::makeDate(2023, 6, 30));
    QVERIFY(report.trades.size() >= 2);
    double profit = 0, fees = 0;
    std::size_t fills = 0;
    for (const backtest::Trade& trade : report.trades) {
        profit += trade.profit;
        fees += trade.fees;
        QVERIFY(!trade.title.empty());
        QVERIFY(trade.isOpen || !trade.exitReason.empty());
    }
    for (const execution::Order& order : report.orders)
        fills += order.fills.size();
    const double all = profit + report.flows.total();
    QVERIFY2(near(all, report.equity.back().equity - report.config.capital, 1e-6), qPrintable(QString::number(all)));
    QVERIFY(near(fees, report.costs.fees, 1e-6));
    QVERIFY(near(report.metric("net_profit"), all, 1e-6));
    QCOMPARE(report.flows.borrow < 0 || report.flows.dividends != 0, strategy == QStringLiteral("gamma_scalping"));
    QVERIFY(near(report.metric("fills"), static_cast<double>(fills), 0));
    QCOMPARE(report.equity.size(), report.snapshots + 1);
    QCOMPARE(report.drawdown.size(), report.equity.size());
    QVERIFY(report.contractRows > 1000 * report.snapshots);
    QVERIFY(report.costs.spread > 0 && report.costs.slippage > 0);
    QVERIFY(!report.honesty.empty());
    QVERIFY(std::isnan(report.metric("no_such_metric")));
}

void EngineTest::hedgeLedgersTieToTheTrades_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::newRow("gamma scalping") << "gamma_scalping";
    QTest::newRow("delta neutral") << "delta_neutral";
}

void EngineTest::hedgeLedgersTieToTheTrades()
{
    QFETCH(QString, strategy);
    backtest::Config config = configFor(strategy.toStdString(), {{"entry", "always"}, {"hedge", "fixed_time"}});
    config.withSensitivity = false;
    const Report report = runOver(config, january, base::makeDate(2023, 4, 30));
    QVERIFY(!report.trades.empty());
    QCOMPARE(report.hedgeLedgers.size(), report.trades.size());
    std::size_t hedges = 0, filled = 0;
    for (std::size_t at = 0; at < report.trades.size(); ++at) {
        const portfolio::HedgeLedger& ledger = report.hedgeLedgers[at];
        const portfolio::HedgedProfit& total = ledger.total();
        QCOMPARE(ledger.group(), report.trades[at].group);
        QVERIFY2(near(total.profit() - total.financing, report.trades[at].profit, 1e-6),
                 qPrintable(QString("%1 %2").arg(total.profit()).arg(report.trades[at].profit)));
        QVERIFY2(near(total.explained(), total.profit(), 1e-6), qPrintable(QString::number(total.explained())));
        QVERIFY(total.costs < 0);
        for (const portfolio::HedgeRow& row : ledger.rows())
            hedges +=
                row.event == portfolio::HedgeEvent::Hedge && std::isfinite(row.deltaAfter) && row.band == 0 ? 1 : 0;
    }
    for (const execution::Order& order : report.orders)
        filled += order.intent.origin.starts_with("hedge:") ? order.fills.size() : 0;
    QVERIFY2(hedges > 10, qPrintable(QString::number(hedges)));
    QCOMPARE(hedges, filled);
}

void EngineTest::sensitivityIsTheSameRunAtOtherSpreads()
{
    const backtest::Config config = configFor("iron_condor");
    const Report report = runOver(config, january, base::makeDate(2023, 3, 31));
    QCOMPARE(report.sensitivity.size(), std::size_t(3));
    for (const backtest::SensitivityRow& row : report.sensitivity) {
        backtest::Config alone = config;
        alone.withSensitivity = false;
        alone.fills.spreadFraction = row.spreadFraction;
        const Report single = runOver(alone, january, base::makeDate(2023, 3, 31));
        QVERIFY(row.netProfit == single.metric("net_profit"));
        QCOMPARE(static_cast<double>(row.trades), single.metric("trades"));
        QVERIFY(single.sensitivity.empty());
    }
    QVERIFY(report.sensitivity[0].netProfit > report.sensitivity[2].netProfit);
}

void EngineTest::limitsAndBudgetsActInARun()
{
    backtest::Config config = configFor("iron_condor");
    config.withSensitivity = false;
    config.capital = 20'000; // 2 % do not cover one condor
    QVERIFY(runOver(config, january, base::makeDate(2023, 2, 28)).trades.empty());
    config.tolerance = risk::Tolerance::High;
    config.capital = 60'000;
    QVERIFY(!runOver(config, january, base::makeDate(2023, 2, 28)).trades.empty());

    // A crash takes the day's loss beyond the stop; the gate then holds the session.
    TestMarket calm;
    calm.volatility = 0.1;
    TestMarket crash = calm;
    crash.today = market::nextTradingDay(calm.today);
    crash.spot = 440;
    crash.volatility = 0.4;
    backtest::Config risky = configFor("iron_condor", {{"short_delta", "0.3"}, {"min_credit", "0.1"}});
    risky.tolerance = risk::Tolerance::High;
    risky.withSensitivity = false;
    ScriptedSource source({calm, crash});
    const auto report = backtest::run(risky, source);
    QVERIFY(report);
    QVERIFY(report->metric("net_profit") < 0);
    QVERIFY(report->metric("max_buying_power") <= 0.25 * risky.capital);
}

void EngineTest::aRunWithoutTradesSaysWhy()
{
    const TestMarket early;
    TestMarket late = early;
    late.today = market::nextTradingDay(early.today);
    TestMarket wide = late;
    wide.today = market::nextTradingDay(late.today);
    wide.halfSpread = 0.9; // crossing four of them eats the credit
    backtest::Config config = configFor("iron_condor");
    config.capital = 10'000; // 2 % do not cover one condor
    ScriptedSource source({early, late, wide});
    const auto report = backtest::run(config, source);
    QVERIFY(report && report->trades.empty());
    QCOMPARE(report->noEntries.size(), std::size_t(2)); // of this run alone, not of those at other spreads
    QCOMPARE(report->noEntries[0].reason, std::string("one condor could lose more than one trade may"));
    QCOMPARE(report->noEntries[0].times, std::size_t(2));
    QCOMPARE(report->noEntries[1].times, std::size_t(1));
    const std::string sentence = "No trade, 2 of 3 times: one condor could lose more than one trade may.";
    QVERIFY(std::ranges::count(report->honesty, sentence) == 1);
}

void EngineTest::aCondorHeldToExpiryPaysItsArithmetic_data()
{
    QTest::addColumn<QString>("underlying");
    QTest::addColumn<double>("settledAt");
    for (const char* const underlying : {"SPY", "SPX"}) {
        for (const double at : {500.0, 300.0, 700.0})
            QTest::newRow(qPrintable(QStringLiteral("%1 at %2").arg(QLatin1String(underlying)).arg(at)))
                << underlying << at;
    }
}

void EngineTest::aCondorHeldToExpiryPaysItsArithmetic()
{
    QFETCH(QString, underlying);
    QFETCH(double, settledAt);
    TestMarket first;
    first.underlying = underlying.toStdString();
    TestMarket last = first;
    last.today = first.expiries[1] + std::chrono::days(3); // the Monday after
    last.spot = settledAt;
    ScriptedSource source({first, last});
    source.settlements[first.expiries[1]] = settledAt;
    backtest::Config config = configFor(
        "iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}, {"max_contracts", "1"}});
    config.withSensitivity = false;
    config.fills.slippage = 0;
    const auto report = backtest::run(config, source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    const backtest::Trade& trade = report->trades.at(0);
    QVERIFY(!trade.isOpen);
    QCOMPARE(trade.exitReason, std::string("settlement"));
    const execution::Order& entry = report->orders.at(0);
    double credit = 0;
    for (const portfolio::Fill& fill : entry.fills)
        credit += (portfolio::isBuy(fill.action) ? -100 : 100) * fill.price.toDouble();
    const auto strike = [&](std::size_t leg) {
        return market::parseOccSymbol(entry.intent.legs[leg].symbol).value().strike.toDouble();
    };
    const double width = settledAt < 500 ? strike(1) - strike(0) : settledAt > 500 ? strike(3) - strike(2) : 0;
    QVERIFY2(near(trade.profit, credit - 100 * width - trade.fees, 1e-6), qPrintable(QString::number(trade.profit)));
}

void EngineTest::aMissingSettlementPriceStopsTheRun()
{
    const TestMarket first;
    TestMarket last = first;
    last.today = first.expiries[1] + std::chrono::days(3);
    ScriptedSource source({first, last});
    const auto report = backtest::run(
        configFor("iron_condor", {{"exit_days", "0"}, {"loss_multiple", "10"}, {"profit_target", "1"}}), source);
    QVERIFY(!report);
    QCOMPARE(report.error().field, std::string("settlement price"));
}

void EngineTest::anIndexIsRefusedToGammaScalping()
{
    const auto source = generated(january, base::makeDate(2023, 1, 10), "SPX");
    const auto report = backtest::run(configFor("gamma_scalping"), *source);
    QVERIFY(!report);
    QVERIFY(QString::fromStdString(report.error().message()).startsWith(QStringLiteral("underlying \"SPX\"")));
}

void EngineTest::indexCondorsRun()
{
    backtest::Config config =
        configFor("iron_condor", {{"wings", "width"}, {"wing_width", "25"}, {"min_credit", "0.2"}});
    config.withSensitivity = false;
    config.capital = 500'000;
    const Report report = runOver(config, january, base::makeDate(2023, 3, 31), "SPX");
    QVERIFY(!report.trades.empty());
    double profit = 0;
    for (const backtest::Trade& trade : report.trades)
        profit += trade.profit;
    QVERIFY(near(profit, report.metric("net_profit"), 1e-6));
}

void EngineTest::everyStrategyRuns_data()
{
    QTest::addColumn<QString>("strategy");
    for (const strategies::StrategyInfo& info : strategies::registry())
        QTest::newRow(info.name.c_str()) << QString::fromStdString(info.name);
}

/// Each either trades or says why not; the engine itself fails a run whose books do not add up.
void EngineTest::everyStrategyRuns()
{
    QFETCH(QString, strategy);
    backtest::Config config = configFor(strategy.toStdString());
    config.capital = 1e6;
    config.withSensitivity = false;
    const Report report = runOver(config, january, base::makeDate(2023, 1, 25));
    QVERIFY(!report.trades.empty() || !report.noEntries.empty());
    QVERIFY(std::isfinite(report.equity.back().equity) && report.equity.back().equity > 0);
    for (const backtest::Trade& trade : report.trades)
        QVERIFY(std::isfinite(trade.profit) && !trade.title.empty());
}

void EngineTest::aRulesFileTradesAsTheBuiltInCondor()
{
    const std::string file = "rules:" VEGADESK_SOURCE_DIR "/docs/samples/iron_condor.json";
    std::vector<std::string> hashes;
    for (const std::string& strategy : {std::string("iron_condor"), file}) {
        backtest::Config config = configFor(strategy);
        config.withSensitivity = false;
        const Report report = runOver(config, january, base::makeDate(2023, 3, 20));
        QVERIFY(report.trades.size() >= 2);
        hashes.push_back(report.decisionHash);
    }
    QCOMPARE(hashes[0], hashes[1]);
}

void EngineTest::theRankOfTheFirstDayIsKnown()
{
    backtest::Config config = configFor("iron_condor", {{"min_iv_rank", "1"}}); // as good as never
    config.withSensitivity = false;
    const Report report = runOver(config, january, base::makeDate(2023, 1, 10));
    QVERIFY(report.trades.empty());
    QCOMPARE(report.noEntries.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(report.noEntries[0].reason),
             QStringLiteral("the rank of implied volatility is below 1"));
}

QTEST_GUILESS_MAIN(EngineTest)
#include "engine_test.moc"
