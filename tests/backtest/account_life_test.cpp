#include "backtest/broker_words.h"
#include "backtest/honesty.h"
#include "backtest/scripted_condors.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::MarginCall;
using market::Right;
using portfolio::Action;

class AccountLifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void openingPrintsSettleWhatSettlesAtTheOpen();
    void anAssignmentBringsItsMarginCall_data();
    void anAssignmentBringsItsMarginCall();
    void theMostMarginOfALifeIsKept();
    void rejectionsInARowEndWithTheirDay();
    void aSplitStopsTheRunAndSaysWhy();
    void adjustedSeriesAreLeftAlone();
    void theUniverseIsStamped();
    void extremesOfPassiveFillsAreReported();
    void aRateThatTheDataDoNotTellIsTheOneSet();
    void whatIsOutOfRangeIsNamed_data();
    void whatIsOutOfRangeIsNamed();
};

void AccountLifeTest::openingPrintsSettleWhatSettlesAtTheOpen()
{
    TestMarket market;
    market.underlying = "SPX";
    market.settlement = market::Settlement::AM;
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(1'000'000);
    Rig rig(market, settings, wide);
    rig.show();
    rig.send(rig.taker({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}));
    const base::Decimal cash = rig.broker.account().ledger().cash();
    const base::Date expiry = market.expiries[1];
    QCOMPARE(*rig.broker.nextExpiry(), market::sessionOn(expiry)->open);
    rig.clock.set(*rig.broker.nextExpiry());
    const auto closeOnly = [](std::string_view, base::Date, market::Settlement by) {
        return by == market::Settlement::PM ? std::optional(520.0) : std::nullopt;
    };
    const auto refused = rig.broker.settle(closeOnly); // the close must not stand in for the opening print
    QVERIFY(!refused && refused.error().kind == base::ErrorKind::NotFound);
    QCOMPARE(rig.broker.account().ledger().cash(), cash);
    QVERIFY(rig.broker.settle([](std::string_view, base::Date, market::Settlement by) {
        return std::optional(by == market::Settlement::AM ? 512.5 : 520.0);
    }));
    rig.pump();
    QCOMPARE((rig.broker.account().ledger().cash() - cash).toString(), std::string("1250.0"));
}

void AccountLifeTest::anAssignmentBringsItsMarginCall_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("calls");
    QTest::addColumn<int>("closedOnDay"); // of the five; 0: never
    QTest::newRow("ignored") << static_cast<int>(MarginCall::Ignored) << 0 << 0;
    QTest::newRow("at once") << static_cast<int>(MarginCall::AtOnce) << 1 << 3;
    QTest::newRow("a day later") << static_cast<int>(MarginCall::NextDay) << 1 << 4;
}

/// 1500 shares are more than the limits of an account of 20,000 let anybody trade in one order: the strategy cannot leave by itself.
void AccountLifeTest::anAssignmentBringsItsMarginCall()
{
    QFETCH(int, rule);
    QFETCH(int, calls);
    QFETCH(int, closedOnDay);
    std::vector<TestMarket> markets = days({500, 560, 560, 560, 560});
    ScriptedSource source(markets);
    const base::Date exDate = markets[2].today;
    source.dividends.push_back({exDate, exDate, decimal("3"), markets[0].today});
    backtest::Config config = condor(20'000);
    config.realism.marginCall = static_cast<MarginCall>(rule);
    config.realism.assignmentChance = 0;
    const auto report = backtest::run(config, source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QVERIFY(report->assignedEarly > 0);
    QCOMPARE(report->marginCalls, static_cast<std::size_t>(calls));
    QCOMPARE(report->liquidations, std::size_t(closedOnDay > 0 ? 1 : 0));
    QCOMPARE(countOf(*report, "liquidation"), std::size_t(closedOnDay > 0 ? 2 : 0)); // options, then shares
    const backtest::Trade& trade = report->trades.at(0);
    QCOMPARE(trade.isOpen, closedOnDay == 0);
    if (closedOnDay > 0) {
        QCOMPARE(trade.exitReason, std::string("forced liquidation"));
        QCOMPARE(trade.closedAt, markets[static_cast<std::size_t>(closedOnDay - 1)].now());
    }
    const double owed = -300 * report->assignedEarly.toDouble();
    QCOMPARE(report->flows.dividends, owed);
    QCOMPARE(report->dividendsOfTrades, owed); // by the trade whose calls were assigned
    double profit = report->flows.total() - report->dividendsOfTrades;
    for (const backtest::Trade& each : report->trades)
        profit += each.profit;
    const double change = report->equity.back().equity - config.capital;
    QVERIFY2(near(profit, change, 1e-6), qPrintable(QStringLiteral("%1 against %2").arg(profit).arg(change)));
}

void AccountLifeTest::theMostMarginOfALifeIsKept()
{
    std::vector<TestMarket> markets = days({500, 560, 560});
    ScriptedSource source(markets);
    source.dividends.push_back({markets[2].today, markets[2].today, decimal("3"), markets[0].today});
    backtest::Config config = condor(20'000);
    config.realism.assignmentChance = 0;
    config.realism.marginCall = MarginCall::Ignored;
    const auto report = backtest::run(config, source);
    QVERIFY(report && report->trades.size() == 1);
    const double contracts = report->assignedEarly.toDouble();
    // At first the width of the condor, after the assignment what shares short ask for that calls protect.
    QVERIFY(report->trades[0].maxBuyingPower > contracts * 100);
    QCOMPARE(report->trades[0].maxBuyingPower, report->metric("max_buying_power"));
}

/// Each order of the first day reaches the broker when other contracts are listed than it was decided on.
void AccountLifeTest::rejectionsInARowEndWithTheirDay()
{
    TestMarket market = days({500}).front();
    market.timeOfDay = std::chrono::hours(15);
    std::vector<TestMarket> markets;
    for (int minute = 0; minute < 33; ++minute) {
        const bool isNextDay = minute >= 30;
        if (minute == 30)
            market.today = market::nextTradingDay(market.today);
        markets.push_back(market);
        markets.back().firstStrike += !isNextDay && minute % 2 == 1 ? 0.5 : 0;
        market.timeOfDay += std::chrono::minutes(1);
    }
    backtest::Config config = condor(20'000);
    config.latency = std::chrono::seconds(90);
    ScriptedSource source(markets);
    const auto report = backtest::run(config, source);
    QVERIFY2(report, report ? "" : report.error().message().c_str());
    QCOMPARE(std::ranges::count(report->orders, execution::OrderStatus::Rejected, &execution::Order::status), 5);
    QCOMPARE(countOf(*report, "state"), std::size_t(2)); // reduced, and resumed
    QCOMPARE(report->reducedDays, std::size_t(1));
    QVERIFY(std::ranges::any_of(report->orders, [&](const execution::Order& order) {
        return market::newYorkDate(order.createdAt) == markets.back().today;
    }));
    QVERIFY(std::ranges::count(report->honesty, std::string("The broker rejected so many orders in a row that only "
                                                            "closes were taken, until the next session: on 1 days.")) ==
            1);
}

void AccountLifeTest::aSplitStopsTheRunAndSaysWhy()
{
    std::vector<TestMarket> markets = days({500, 501, 71, 71});
    ScriptedSource source(markets);
    source.actions.push_back(
        {history::CorporateActionKind::Split, markets[0].today, markets[2].today, 7, 1, base::Decimal{}});
    const auto report = backtest::run(condor(200'000), source);
    QVERIFY(report);
    QCOMPARE(report->snapshots, std::size_t(2));
    QCOMPARE(report->last, markets[1].today);
    QCOMPARE(report->stopped,
             std::string("7-for-1 split: each contract becomes 7 of 100 shares at 1/7 of its strike of SPY "
                         "effective 2023-03-03"));
    QCOMPARE(report->decisions.back().kind, std::string("stopped"));
    QVERIFY(std::ranges::any_of(report->honesty, [](const std::string& line) {
        return line.starts_with("The run ended before the data: 7-for-1 split");
    }));
    QVERIFY(report->trades.at(0).isOpen); // at its last marks
}

void AccountLifeTest::adjustedSeriesAreLeftAlone()
{
    /// Every expiration but one a split has left behind.
    class AdjustedSource final : public history::ChainSource
    {
    public:
        const std::string& underlying() const override { return m_market.underlying; }
        std::string description() const override { return "a test's own chain"; }
        bool isSimulated() const override { return true; }
        std::size_t snapshotCount() const override { return 1; }
        base::Result<bool> next(market::OptionChain& chain) override
        {
            if (m_isOver)
                return false;
            m_isOver = true;
            chain = m_market.chain();
            for (market::Expiration& expiration : chain.expirations)
                expiration.multiplier = isAdjusted ? 700 : 100;
            return true;
        }
        void rewind() override { m_isOver = false; }
        std::vector<history::DailyClose> closes(base::Date, base::Date) override { return {}; }
        std::optional<double> settlementPrice(base::Date, market::Settlement) override { return std::nullopt; }
        std::optional<double> riskFreeRate(base::Date) const override { return 0; }
        std::optional<double> dividendYield() const override { return 0; }

        bool isAdjusted = true;

    private:
        TestMarket m_market = days({500}).front();
        bool m_isOver = false;
    };
    AdjustedSource source;
    const auto refused = backtest::run(condor(200'000), source);
    QVERIFY(refused && refused->trades.empty());
    QVERIFY(QString::fromStdString(refused->noEntries.at(0).reason).startsWith(QStringLiteral("no expiry is")));
    source.isAdjusted = false;
    const auto traded = backtest::run(condor(200'000), source);
    QVERIFY(traded && traded->trades.size() == 1);
}

void AccountLifeTest::theUniverseIsStamped()
{
    TestMarket first;
    TestMarket late = first;
    late.today = base::makeDate(2023, 4, 3); // the first of its three expiries has ended
    ScriptedSource source({first, late});
    source.settlements[first.expiries[0]] = 500;
    const auto report = backtest::run(condor(20'000), source);
    QVERIFY(report);
    QCOMPARE(report->universe.from, first.today);
    QCOMPARE(report->universe.to, late.today);
    QCOMPARE(report->universe.expirations, std::size_t(3));
    QCOMPARE(report->universe.endedExpirations, std::size_t(1));
    // Two pictures a month apart are no two days.
    QVERIFY(std::ranges::any_of(report->honesty, [](const std::string& line) {
        return line.starts_with("The data have 1 of 23 trading days after the first: ");
    }));
    const std::string stamp =
        "Contracts as listed on each day from 2023-03-01 to 2023-04-03: 3 expirations, 1 of which";
    QVERIFY(std::ranges::any_of(report->honesty, [&](const auto& line) { return line.starts_with(stamp); }));
}

void AccountLifeTest::aRateThatTheDataDoNotTellIsTheOneSet()
{
    backtest::Config config = condor(20'000);
    config.realism.cashShare = 1;
    const auto ran = [&config](std::optional<double> told, double set) {
        ScriptedSource source(days({500, 502, 501}));
        source.rate = told;
        config.interestRate = set;
        return backtest::run(config, source).value();
    };
    const backtest::Report told = ran(0.06, 0), set = ran(std::nullopt, 0.06), none = ran(std::nullopt, 0);
    QCOMPARE(set.equity.back().equity, told.equity.back().equity);
    QVERIFY(set.equity.back().equity > none.equity.back().equity + 1);
    QVERIFY(told.hasRates && !set.hasRates);
    const auto says = [](const backtest::Report& report, const char* words) {
        return std::ranges::any_of(report.honesty, [&](const std::string& line) { return line.starts_with(words); });
    };
    QVERIFY(says(set, "The data tell no interest rates: 6 % a year is taken for all days"));
    QVERIFY(says(none, "The data tell no interest rates: 0 % a year"));
    QVERIFY(!says(told, "The data tell no interest rates"));
    config.interestRate = 2;
    QVERIFY(backtest::check(config).error().message().find("interest rate") != std::string::npos);
}

void AccountLifeTest::extremesOfPassiveFillsAreReported()
{
    backtest::Config config = condor(20'000);
    config.withSensitivity = true;
    config.fills.passiveChance = 0.5;
    ScriptedSource source(days({500, 502}));
    const auto report = backtest::run(config, source);
    QVERIFY(report);
    std::vector<std::pair<double, double>> rows;
    for (const backtest::SensitivityRow& row : report->sensitivity)
        rows.emplace_back(row.spreadFraction, row.passiveChance);
    QCOMPARE(rows, (std::vector<std::pair<double, double>>{{0, 0.5}, {0.5, 0.5}, {1, 0.5}, {1, 0}, {1, 1}}));
    QVERIFY(report->trades.size() == 1 && report->trades.front().isOpen); // which the figures do not count
    QCOMPARE(static_cast<double>(report->sensitivity[2].trades), report->metric("trades"));
    QVERIFY(std::ranges::any_of(report->honesty, [](const std::string& line) {
        return line.starts_with("At 100 % of the spread, resting orders filling by a chance of 100 %: net profit ");
    }));
    QCOMPARE(report->passiveDraws, std::uint64_t(0)); // a day later nothing is left of an order
    const auto saysSo = [](const backtest::Report& of) {
        return std::ranges::any_of(of.honesty, [](const std::string& line) {
            return line.find("That chance decided nothing") != std::string::npos;
        });
    };
    QVERIFY(saysSo(*report));
    backtest::Report drawn = *report;
    drawn.passiveDraws = 1;
    drawn.honesty = backtest::honestyOf(drawn);
    QVERIFY(!saysSo(drawn));
    config.fills.passiveChance = 0;
    const auto without = backtest::run(config, source);
    QVERIFY(without && !saysSo(*without));
}

void AccountLifeTest::whatIsOutOfRangeIsNamed_data()
{
    QTest::addColumn<int>("field");
    QTest::addColumn<QString>("message");
    const char* const messages[]{"assignment chance \"-1\" is not allowed: 0 to 1 a day",
                                 "assignment time value \"-1\" is not allowed: 0 to 100 dollars a share",
                                 "exercise threshold \"-1\" is not allowed: 0.0001 to 10 dollars a share",
                                 "pin width \"-1\" is not allowed: 0 to 0.05 of the strike",
                                 "pin deviation \"-1\" is not allowed: 0 to 0.05 of the strike",
                                 "cash interest \"-1\" is not allowed: 0 to 1 of the risk-free rate",
                                 "debit spread \"-1\" is not allowed: 0 to 0.5 per year",
                                 "borrow rate \"-1\" is not allowed: 0 to 5 per year"};
    int field = 0;
    for (const char* const message : messages)
        QTest::newRow(message) << field++ << message;
    QTest::newRow("chance") << field << "passive chance \"-1\" is not allowed: 0 to 1 a quote";
}

void AccountLifeTest::whatIsOutOfRangeIsNamed()
{
    QFETCH(int, field);
    QFETCH(QString, message);
    backtest::Config config = configFor("iron_condor");
    backtest::Realism& realism = config.realism;
    double* const fields[]{&realism.assignmentChance, &realism.assignmentTimeValue, &realism.exerciseThreshold,
                           &realism.pinWidth,         &realism.pinDeviation,        &realism.cashShare,
                           &realism.debitSpread,      &realism.borrowRate,          &config.fills.passiveChance};
    *fields[field] = -1;
    const auto checked = backtest::check(config);
    QVERIFY(!checked);
    QCOMPARE(QString::fromStdString(checked.error().message()), message);
}

QTEST_GUILESS_MAIN(AccountLifeTest)
#include "account_life_test.moc"
