#include "backtest/broker_words.h"
#include "backtest/engine_runs.h"
#include "backtest/scripted_source.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Evening;
using backtest::MarginCall;
using market::Right;
using portfolio::Action;

namespace
{

backtest::SimulatedBrokerSettings standard(backtest::Realism realism = {})
{
    auto settings = Rig::standard();
    settings.realism = realism;
    return settings;
}

/// `quantity` shares at the market, below 0 sold short: by the broker, whatever limits would say.
void hold(Rig& rig, std::int64_t quantity)
{
    rig.show();
    const Action action = quantity > 0 ? Action::BuyToOpen : Action::SellToOpen;
    portfolio::OrderIntent intent;
    intent.underlying = rig.market.underlying;
    intent.type = portfolio::OrderType::Market;
    intent.timeInForce = portfolio::TimeInForce::Ioc;
    intent.legs.push_back({rig.market.underlying, shares, action, std::abs(quantity)});
    rig.broker.liquidate(intent);
    rig.pump();
    if (rig.broker.account().ledger().quantity(rig.market.underlying) != quantity)
        qFatal("it did not fill");
}

Evening eveningOf(const Rig& rig, double rate = 0)
{
    Evening evening;
    evening.underlying = rig.market.underlying;
    evening.date = rig.market.today;
    evening.next = market::nextTradingDay(evening.date);
    evening.riskFreeRate = rate;
    return evening;
}

void close(Rig& rig, const Evening& evening)
{
    rig.clock.set(market::sessionOn(evening.date)->close);
    rig.broker.closeDay(evening);
    rig.pump();
}

/// A condor of one dollar's width, sold at 30 deltas, that stays until it expires.
backtest::Config condor(double capital)
{
    backtest::Config config = configFor("iron_condor", {{"wings", "width"},
                                                        {"wing_width", "1"},
                                                        {"short_delta", "0.3"},
                                                        {"min_credit", "0.05"},
                                                        {"exit_days", "0"},
                                                        {"price_room", "0"},
                                                        {"loss_multiple", "10"},
                                                        {"profit_target", "1"}});
    config.tolerance = risk::Tolerance::High;
    config.capital = capital;
    config.withSensitivity = false;
    config.fills.slippage = 0;
    return config;
}

std::vector<TestMarket> days(const std::vector<double>& spots)
{
    std::vector<TestMarket> markets;
    TestMarket market;
    market.halfSpread = 0.01;
    market.strikeStep = 1;
    market.firstStrike = 470;
    market.lastStrike = 580;
    for (const double spot : spots) {
        market.spot = spot;
        markets.push_back(market);
        market.today = market::nextTradingDay(market.today);
    }
    return markets;
}

std::size_t countOf(const backtest::Report& report, std::string_view kind)
{
    return static_cast<std::size_t>(std::ranges::count(report.decisions, kind, &backtest::Decision::kind));
}

} // namespace

class AccountLifeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cashThatHasNotSettledBuysNothingInACashAccount();
    void cashEarnsAndDebtCosts();
    void sharesSoldShortAreBorrowed();
    void dividendsCountFromTheExDateAndArePaidLater();
    void aDividendIsUnknownUntilItIsAnnounced();
    void simulatedSharesPayOnTheirDays();
    void openingPrintsSettleWhatSettlesAtTheOpen();
    void anAssignmentBringsItsMarginCall_data();
    void anAssignmentBringsItsMarginCall();
    void theMostMarginOfALifeIsKept();
    void aSplitStopsTheRunAndSaysWhy();
    void adjustedSeriesAreLeftAlone();
    void theUniverseIsStamped();
    void extremesOfPassiveFillsAreReported();
    void whatIsOutOfRangeIsNamed_data();
    void whatIsOutOfRangeIsNamed();
};

void AccountLifeTest::cashThatHasNotSettledBuysNothingInACashAccount()
{
    backtest::Realism realism;
    realism.settledCashOnly = true;
    auto settings = standard(realism);
    settings.capital = base::Decimal::fromInteger(60'000);
    Rig rig({}, settings, wide);
    hold(rig, 100); // 50,001 are paid at once, 9,999 stay
    rig.send(rig.taker({{"SPY", shares, Action::SellToClose, 100}}));
    QCOMPARE(rig.broker.account().unsettledCash().toDouble(), 49'999 - 0.08);
    portfolio::DryRunResult verdict;
    const auto refusal = [&](std::int64_t quantity) {
        rig.broker.dryRun(rig.taker({{"SPY", shares, Action::BuyToOpen, quantity}}),
                          [&](const auto& answer) { verdict = *answer; });
        rig.pump();
        return verdict.errors.empty() ? std::string() : verdict.errors.front();
    };
    QCOMPARE(refusal(19), std::string()); // 9,500
    QVERIFY(QString::fromStdString(refusal(20)).contains(QStringLiteral("more cash than has settled")));
    // Wednesday's sale settles on Friday: until 2024-05-27 shares took two days.
    close(rig, eveningOf(rig));
    QVERIFY(!refusal(20).empty());
    rig.market.today = market::nextTradingDay(rig.market.today);
    rig.show();
    close(rig, eveningOf(rig));
    QCOMPARE(rig.broker.account().unsettledCash(), base::Decimal{});
    QCOMPARE(refusal(20), std::string());
}

void AccountLifeTest::cashEarnsAndDebtCosts()
{
    backtest::Realism realism;
    realism.cashShare = 0.5;
    realism.debitSpread = 0.02;
    Rig rich({}, standard(realism), wide);
    rich.show();
    close(rich, eveningOf(rich, 0.036));
    QVERIFY(std::abs(rich.broker.flows().interest - 100'000 * 0.018 / 360) < 1e-9);       // Wednesday to Thursday: 5.00
    QCOMPARE(rich.broker.account().ledger().cash(), base::Decimal::fromInteger(100'000)); // posted at the month's end
    QVERIFY(std::abs(rich.broker.netLiquidation() - 100'005) < 1e-9);
    Evening last = eveningOf(rich, 0.036);
    last.date = base::makeDate(2023, 3, 31); // a Friday
    last.next = base::makeDate(2023, 4, 3);
    rich.clock.set(market::sessionOn(last.date)->close);
    rich.broker.closeDay(last);
    rich.pump();
    QCOMPARE(rich.broker.account().ledger().cash(), decimal("100020")); // and three days more
    QVERIFY(rich.differences.empty());

    auto settings = standard(realism);
    settings.capital = base::Decimal::fromInteger(40'000);
    Rig owing({}, settings, wide);
    hold(owing, 150); // 75,001.50, and 0.12 of fees: 35,001.62 are lent
    close(owing, eveningOf(owing, 0.036));
    QVERIFY(std::abs(owing.broker.flows().interest + 35'001.62 * 0.056 / 360) < 1e-6);
}

void AccountLifeTest::sharesSoldShortAreBorrowed()
{
    backtest::Realism realism;
    realism.borrowRate = 0.0072;
    Rig rig({}, standard(realism), wide);
    hold(rig, -100);
    Evening friday = eveningOf(rig);
    friday.next = friday.date + std::chrono::days(3);
    close(rig, friday);
    QVERIFY(std::abs(rig.broker.flows().borrow + 50'000 * 0.0072 * 3 / 360) < 1e-9); // 3.00
    QCOMPARE(rig.broker.flows().interest, 0.0);
    // A yield is paid by the day, by who is short to who is long.
    Evening paying = eveningOf(rig);
    paying.dividendYield = 0.0146;
    close(rig, paying);
    QVERIFY(std::abs(rig.broker.flows().dividends + 50'000 * 0.0146 / 365) < 1e-4);
}

void AccountLifeTest::dividendsCountFromTheExDateAndArePaidLater()
{
    for (const std::int64_t held : {100, -40}) {
        backtest::Realism realism;
        realism.borrowRate = 0;
        Rig rig({}, standard(realism), wide);
        hold(rig, held);
        const double worth = rig.broker.netLiquidation();
        const base::Decimal cash = rig.broker.account().ledger().cash();
        Evening eve = eveningOf(rig);
        eve.payments.push_back({eve.next, base::makeDate(2023, 3, 10), decimal("1.506"), eve.date});
        close(rig, eve);
        const double due = 1.506 * static_cast<double>(held);
        QVERIFY(std::abs(rig.broker.netLiquidation() - worth - due) < 1e-9);
        QCOMPARE(rig.broker.account().ledger().cash(), cash);
        QVERIFY(std::abs(rig.broker.flows().dividends - due) < 1e-9);
        for (rig.market.today = eve.next; rig.market.today < base::makeDate(2023, 3, 13);
             rig.market.today = market::nextTradingDay(rig.market.today)) {
            rig.show();
            QCOMPARE(rig.broker.account().ledger().cash(), cash);
            close(rig, eveningOf(rig));
        }
        QVERIFY(std::abs((rig.broker.account().ledger().cash() - cash).toDouble() - due) < 1e-9);
        QVERIFY(std::abs(rig.broker.netLiquidation() - worth - due) < 1e-9);
        QVERIFY(rig.differences.empty());
    }
}

/// What is announced on its ex-date made nobody exercise the day before.
void AccountLifeTest::aDividendIsUnknownUntilItIsAnnounced()
{
    const auto assignedWhen = [](base::Date announced) {
        ScriptedSource source(days({500, 560, 560, 560}));
        const base::Date exDate = base::makeDate(2023, 3, 3);
        source.dividends.push_back({exDate, exDate, decimal("3"), announced});
        backtest::Config config = condor(200'000);
        config.realism.assignmentChance = 0;
        const auto report = backtest::run(config, source);
        if (!report || report->trades.empty())
            qFatal("it did not trade: %s", !report                        ? report.error().message().c_str()
                                           : report->decisions.size() > 1 ? report->decisions[1].text.c_str()
                                                                          : report->noEntries[0].reason.c_str());
        return report->assignedEarly;
    };
    QVERIFY(assignedWhen(base::makeDate(2023, 3, 2)) > 0); // the evening before is in time
    QCOMPARE(assignedWhen(base::makeDate(2023, 3, 3)), base::Quantity(0));
}

void AccountLifeTest::simulatedSharesPayOnTheirDays()
{
    const auto source =
        history::GeneratedChainSource::make("SPY", base::makeDate(2023, 3, 1), base::makeDate(2023, 3, 31), 1, 1,
                                            history::CorporateEvents::Scheduled)
            .value();
    const auto payments = source->payments();
    const auto march =
        std::ranges::find(payments, base::makeDate(2023, 3, 17), &history::CashPayment::exDate); // the third Friday
    QVERIFY(march != payments.end());
    QVERIFY(march->announced < march->exDate && march->payDate > march->exDate);
    QCOMPARE(*source->dividendYield(), 0.0);
    const backtest::Config config = configFor("gamma_scalping");
    const auto report = backtest::run(config, *source);
    QVERIFY(report);
    QVERIFY(report->hasDividends);
    QCOMPARE(countOf(*report, "dividend"), std::size_t(report->flows.dividends != 0 ? 1 : 0));
    QVERIFY(report->flows.dividends != 0); // it hedges with shares
}

void AccountLifeTest::openingPrintsSettleWhatSettlesAtTheOpen()
{
    TestMarket market;
    market.underlying = "SPX";
    market.settlement = market::Settlement::AM;
    auto settings = standard();
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
    double profit = report->flows.total();
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
    const std::string stamp =
        "Contracts as listed on each day from 2023-03-01 to 2023-04-03: 3 expirations, 1 of which";
    QVERIFY(std::ranges::any_of(report->honesty, [&](const auto& line) { return line.starts_with(stamp); }));
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
    QVERIFY(std::ranges::any_of(report->honesty, [](const std::string& line) {
        return line.starts_with("At 100 % of the spread, resting orders filling by a chance of 100 %: net profit ");
    }));
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
