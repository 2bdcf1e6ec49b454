#include "backtest/broker_words.h"

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

} // namespace

class AccountCashTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cashThatHasNotSettledBuysNothingInACashAccount();
    void cashEarnsAndDebtCosts();
    void sharesSoldShortAreBorrowed();
    void dividendsCountFromTheExDateAndArePaidLater();
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

QTEST_GUILESS_MAIN(AccountCashTest)
#include "account_cash_test.moc"
