#include "backtest/borrowed_sources.h"
#include "backtest/broker_words.h"
#include "backtest/scripted_condors.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Evening;
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

/// A lot of shares and the call against it, which nobody exercises.
backtest::Config coveredCall()
{
    backtest::Config config =
        configFor("covered_call", {{"ex_dividend", "hold"}, {"profit_target", "1"}, {"max_contracts", "1"}});
    config.capital = 100'000;
    config.withBootstrap = config.withSensitivity = false;
    config.fills.slippage = 0;
    config.realism.cashShare = 1;
    config.realism.assignmentChance = 0;
    config.realism.dividendAssignment = false;
    return config;
}

/// One a trading day, at that time of it.
std::vector<TestMarket> daily(const std::vector<double>& spots, std::chrono::minutes timeOfDay)
{
    std::vector<TestMarket> markets;
    TestMarket market;
    market.timeOfDay = timeOfDay;
    for (const double spot : spots) {
        market.spot = spot;
        markets.push_back(market);
        market.today = market::nextTradingDay(market.today);
    }
    return markets;
}

backtest::Report runOn(history::ChainSource& source)
{
    auto report = backtest::run(coveredCall(), source);
    if (!report)
        qFatal("%s", report.error().message().c_str());
    if (report->trades.size() != 1 || countOf(*report, "fill") != 2)
        qFatal("it does not hold shares and a call");
    return *std::move(report);
}

/// Cash that the loop takes for paid in.
struct Deposits : trading::LoopObserver {
    void onCashMoved(base::Decimal amount) override { amounts.push_back(amount); }
    std::vector<base::Decimal> amounts;
};

} // namespace

class AccountCashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cashThatHasNotSettledBuysNothingInACashAccount();
    void cashEarnsAndDebtCosts();
    void sharesSoldShortAreBorrowed();
    void dividendsCountFromTheExDateAndArePaidLater();
    void dividendsAreOfTheTradesThatHeldTheShares();
    void aDayWithSnapshotsAfterItsCloseEndsOnce();
    void aDayEndsWithTheMarksOfItsLastSnapshot();
};

void AccountCashTest::cashThatHasNotSettledBuysNothingInACashAccount()
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

void AccountCashTest::cashEarnsAndDebtCosts()
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

void AccountCashTest::sharesSoldShortAreBorrowed()
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

void AccountCashTest::dividendsCountFromTheExDateAndArePaidLater()
{
    for (const std::int64_t held : {100, -40}) {
        backtest::Realism realism;
        realism.borrowRate = 0;
        Rig rig({}, standard(realism), wide);
        hold(rig, held);
        const auto minuteLater = [&rig] {
            rig.market.timeOfDay += std::chrono::minutes(1);
            rig.show();
        };
        minuteLater(); // what the loop has to say of the purchase
        minuteLater();
        Deposits deposits;
        rig.loop->addObserver(&deposits);
        const base::Decimal ownCash = rig.loop->ledger().cash();
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
        rig.show();
        minuteLater();
        QVERIFY(std::abs((rig.loop->ledger().cash() - ownCash).toDouble() - due) < 1e-9);
        QVERIFY(deposits.amounts.empty()); // it was told what comes
        rig.loop->removeObserver(&deposits);
    }
}

void AccountCashTest::dividendsAreOfTheTradesThatHeldTheShares()
{
    const std::vector<TestMarket> markets = daily({450, 450, 450, 450, 450, 450, 450}, std::chrono::minutes(945));
    const auto paying = [&](const char* amount) {
        ScriptedSource source(markets);
        source.dividends.push_back({markets[3].today, markets[4].today, decimal(amount), markets[1].today});
        return runOn(source);
    };
    const backtest::Report nothing = paying("0");
    const backtest::Report some = paying("1.75");
    QCOMPARE(some.flows.dividends, 175.0);
    QCOMPARE(some.dividendsOfTrades, 175.0);
    QVERIFY(near(some.trades[0].profit - nothing.trades[0].profit, 175, 1e-6));
    QVERIFY(near(some.metric("net_profit") - nothing.metric("net_profit"), 175, 1e-6));
    const auto settled = [](const backtest::Report& report) {
        return report.attribution.trades.at(0).parts[portfolio::ProfitSource::Settlements];
    };
    QCOMPARE(settled(some) - settled(nothing), decimal("175"));
    QVERIFY(std::ranges::any_of(some.honesty, [](const std::string& line) {
        return line.ends_with("$175.00 dividends, $175.00 of them in the profit of trades.");
    }));

    // On the run's last evening nobody has a right to it yet.
    ScriptedSource eve({markets[0], markets[1]});
    eve.dividends.push_back({markets[2].today, markets[2].today, decimal("1.75"), markets[0].today});
    QCOMPARE(runOn(eve).dividendsOfTrades, 0.0);
}

void AccountCashTest::aDayWithSnapshotsAfterItsCloseEndsOnce()
{
    const std::vector<TestMarket> markets = daily({450, 450}, std::chrono::minutes(945));
    const auto runWith = [&](int after) {
        std::vector<TestMarket> all{markets[0]};
        for (int minute = 0; minute < after; ++minute) {
            all.push_back(markets[0]);
            all.back().timeOfDay = std::chrono::minutes(16 * 60 + minute);
        }
        all.push_back(markets[1]);
        ScriptedSource source(all);
        source.rate = 0.036;
        source.dividends.push_back(
            {markets[1].today, markets[1].today + std::chrono::days(14), decimal("1.75"), markets[0].today});
        return runOn(source);
    };
    const backtest::Report without = runWith(0);
    const backtest::Report with = runWith(16);
    QCOMPARE(countOf(with, "dividend"), std::size_t(1));
    QCOMPARE(with.flows.dividends, 175.0);
    QVERIFY(without.flows.interest > 0);
    QCOMPARE(with.flows.interest, without.flows.interest);
    QVERIFY(near(with.metric("net_profit"), without.metric("net_profit"), 1e-6));
}

void AccountCashTest::aDayEndsWithTheMarksOfItsLastSnapshot()
{
    /// Pays a yield by the day, of what the shares are worth in the evening.
    class YieldingSource final : public BorrowedSource
    {
    public:
        using BorrowedSource::BorrowedSource;
        std::optional<double> dividendYield() const override { return 0.0365; }
    };
    ScriptedSource quotes(daily({450, 460, 440}, std::chrono::minutes(16 * 60 + 15)));
    YieldingSource source(quotes);
    const backtest::Report report = runOn(source);
    const double expected = 100 * (450 + 460) * std::expm1(0.0001); // the third evening is after the last picture
    QVERIFY2(near(report.flows.dividends, expected, 1e-6), qPrintable(QString::number(report.flows.dividends)));
    QCOMPARE(report.dividendsOfTrades, 0.0);
}

QTEST_GUILESS_MAIN(AccountCashTest)
#include "account_cash_test.moc"
