#include "backtest/broker_words.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

namespace
{

std::vector<portfolio::OrderLeg> condor(const Rig& rig, std::int64_t quantity)
{
    return {{rig.option(1, Right::Put, 460), option, Action::BuyToOpen, quantity},
            {rig.option(1, Right::Put, 480), option, Action::SellToOpen, quantity},
            {rig.option(1, Right::Call, 520), option, Action::SellToOpen, quantity},
            {rig.option(1, Right::Call, 540), option, Action::BuyToOpen, quantity}};
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class SimulatedBrokerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takersCrossAndPayTheSlippage();
    void feesAreTheSchedules_data();
    void feesAreTheSchedules();
    void callbacksRunLaterAndOnce();
    void whatIsShownFillsOnceAndTheRestWorks();
    void dayOrdersEndWithTheSession();
    void latencyMeansTheNextSnapshot();
    void theChanceOfWhatRestsIsDrawnAtEachNewQuote();
    void ordersBeyondTheBuyingPowerAreRejected();
    void workingOrdersHoldBuyingPower();
    void closingIsNotRejectedForBuyingPower();
    void cancelsAreAnswered();
    void aWorkingOrderIsReplaced();
    void stopsAndStrangersAreRejected();

    void indexOptionsSettleInCash();
    void stockOptionsAreExercisedIntoShares_data();
    void stockOptionsAreExercisedIntoShares();
    void aMissingSettlementPriceIsAnError();
};

void SimulatedBrokerTest::takersCrossAndPayTheSlippage()
{
    auto settings = Rig::standard();
    settings.fills.slippage = 0.001;
    Rig rig({}, settings, wide);
    rig.show();
    const std::string call = rig.option(1, Right::Call, 500);
    const market::Quote quote = rig.loop->markets().instrument(call, true)->quote;
    rig.send(rig.order({{call, option, Action::BuyToOpen, 2}}, "15.00"));
    QCOMPARE(rig.fills.size(), std::size_t(1));
    const double expected = std::ceil(100 * quote.ask * 1.001 - 1e-9) / 100;
    QVERIFY2(near(rig.fills[0].price.toDouble(), expected, 1e-9), rig.fills[0].price.toString().c_str());
    QVERIFY(near(rig.broker.costs().spread, 200 * 0.5 * quote.spread(), 1e-6));
    QVERIFY(near(rig.broker.costs().slippage, 200 * (expected - quote.ask), 1e-6));
}

void SimulatedBrokerTest::feesAreTheSchedules_data()
{
    QTest::addColumn<int>("lots");
    QTest::addColumn<double>("commissionAndClearing"); // domain reference F13
    QTest::newRow("1") << 1 << 4.40;
    QTest::newRow("5") << 5 << 22.00;
    QTest::newRow("25") << 25 << 50.00;
}

void SimulatedBrokerTest::feesAreTheSchedules()
{
    QFETCH(int, lots);
    QFETCH(double, commissionAndClearing);
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(1'000'000);
    Rig rig({}, settings, wide);
    rig.show();
    rig.send(rig.taker(condor(rig, lots)));
    QVERIFY(!rig.loop->orders().orders().empty());
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
    const double regulatory = 4 * lots * 0.02;
    QVERIFY2(near(rig.broker.costs().fees, commissionAndClearing + regulatory, 1e-9),
             qPrintable(QString::number(rig.broker.costs().fees)));
    QCOMPARE(rig.broker.account().ledger().fees(), rig.loop->ledger().fees());
}

void SimulatedBrokerTest::callbacksRunLaterAndOnce()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    int answers = 0;
    rig.broker.balances([&](const base::Result<portfolio::Balances>& balances) {
        ++answers;
        QCOMPARE(balances->cash, base::Decimal::fromInteger(100'000));
    });
    QCOMPARE(answers, 0);
    rig.pump();
    rig.pump();
    QCOMPARE(answers, 1);
}

void SimulatedBrokerTest::whatIsShownFillsOnceAndTheRestWorks()
{
    TestMarket market;
    market.size = 3;
    Rig rig(market);
    rig.show();
    const std::string call = rig.option(1, Right::Call, 540);
    const portfolio::OrderIntent intent = rig.taker({{call, option, Action::BuyToOpen, 8}});
    rig.send(intent);
    QCOMPARE(rig.last().status, execution::OrderStatus::PartiallyFilled);
    QCOMPARE(rig.last().filledQuantity(call), 3);
    // A second order on the same snapshot finds the size taken.
    portfolio::OrderIntent more = intent;
    more.legs[0].quantity = 2;
    rig.send(more);
    QCOMPARE(rig.last().filledQuantity(call), 0);
    rig.show(); // the same quotes shown anew
    QCOMPARE(rig.loop->positions().at(0).quantity, 6);
    rig.show();
    QCOMPARE(rig.loop->positions().at(0).quantity, 9);
    rig.show();
    QCOMPARE(rig.loop->positions().at(0).quantity, 10);
}

void SimulatedBrokerTest::dayOrdersEndWithTheSession()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    portfolio::OrderIntent day = rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "12.00");
    rig.send(day);
    portfolio::OrderIntent gtc = day;
    gtc.price = decimal("11.90");
    gtc.timeInForce = portfolio::TimeInForce::Gtc;
    rig.send(gtc);
    rig.nextDay(500);
    QCOMPARE(rig.loop->orders().orders().at(0)->status, execution::OrderStatus::Expired);
    QCOMPARE(rig.loop->orders().orders().at(1)->status, execution::OrderStatus::Working);
    // A resting order fills at its limit when the market comes to it, and no better.
    rig.nextDay(485);
    QCOMPARE(rig.loop->orders().orders().at(1)->status, execution::OrderStatus::Filled);
    QCOMPARE(rig.fills.back().price, decimal("11.90"));
}

void SimulatedBrokerTest::latencyMeansTheNextSnapshot()
{
    auto settings = Rig::standard();
    settings.latency = std::chrono::seconds(30);
    TestMarket market;
    market.timeOfDay = std::chrono::minutes(10 * 60);
    Rig rig(market, settings);
    rig.show();
    const std::string call = rig.option(1, Right::Call, 500);
    rig.send(rig.order({{call, option, Action::BuyToOpen, 1}}, "14.50"));
    QVERIFY(rig.fills.empty());
    rig.clock.advance(std::chrono::seconds(40)); // it has arrived, and the old quotes must not fill it
    rig.pump();
    QVERIFY(rig.fills.empty());
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    rig.market.timeOfDay += std::chrono::minutes(15);
    rig.show(498);
    QCOMPARE(rig.fills.size(), std::size_t(1));
    // At the new ask: it never rested in front of quotes, so it takes.
    QVERIFY(near(rig.fills[0].price.toDouble(), rig.loop->markets().instrument(call, true)->quote.ask, 1e-9));
}

void SimulatedBrokerTest::theChanceOfWhatRestsIsDrawnAtEachNewQuote()
{
    for (const double chance : {0.0, 1e-12}) {
        auto settings = Rig::standard();
        settings.fills.passiveChance = chance;
        TestMarket market;
        market.timeOfDay = std::chrono::minutes(10 * 60);
        Rig rig(market, settings);
        rig.show();
        rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "1.50"));
        QCOMPARE(rig.broker.passiveDraws(), std::uint64_t(0)); // at its first quotes it does not rest
        for (const std::uint64_t times : {std::uint64_t(1), std::uint64_t(2)}) {
            rig.market.timeOfDay += std::chrono::minutes(1);
            rig.show();
            QCOMPARE(rig.broker.passiveDraws(), chance > 0 ? times : std::uint64_t(0));
        }
    }
}

void SimulatedBrokerTest::ordersBeyondTheBuyingPowerAreRejected()
{
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(3000);
    Rig rig({}, settings, wide);
    rig.show();
    portfolio::DryRunResult verdict;
    rig.broker.dryRun(rig.taker(condor(rig, 1)), [&](const auto& answer) { verdict = *answer; });
    rig.pump();
    QVERIFY(verdict.errors.empty());
    QVERIFY(verdict.changeInBuyingPower > base::Decimal{});
    QVERIFY(near(verdict.changeInMargin.toDouble(), 2000, 1e-6)); // the wider wing

    rig.broker.dryRun(rig.taker(condor(rig, 3)), [&](const auto& answer) { verdict = *answer; });
    rig.pump();
    QCOMPARE(verdict.errors.size(), std::size_t(1));
    QVERIFY(QString::fromStdString(verdict.errors[0]).contains(QStringLiteral("buying power")));
}

void SimulatedBrokerTest::workingOrdersHoldBuyingPower()
{
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(30'000);
    Rig rig({}, settings, wide);
    rig.show();
    const auto power = [&] {
        base::Decimal now;
        rig.broker.balances([&](const auto& balances) { now = balances->derivativeBuyingPower; });
        rig.pump();
        return now.toDouble();
    };
    const std::string call = rig.option(1, Right::Call, 500);
    QVERIFY(near(power(), 30000, 1e-6));
    const std::string resting = rig.send(rig.order({{call, option, Action::BuyToOpen, 1}}, "1.50"));
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    QVERIFY2(near(power(), 29850, 1e-6), qPrintable(QString::number(power())));
    QVERIFY(near(rig.loop->account().buyingPower, 29850, 1e-6)); // the gate reckons with the same

    // What is left is 29,850, fees are to be paid out of it.
    portfolio::DryRunResult verdict;
    const auto judge = [&](const portfolio::OrderIntent& intent) {
        rig.broker.dryRun(intent, [&](const auto& answer) { verdict = *answer; });
        rig.pump();
        return verdict.errors.size();
    };
    QCOMPARE(judge(rig.order({{call, option, Action::BuyToOpen, 198}}, "1.50")), std::size_t(0));
    QCOMPARE(judge(rig.order({{call, option, Action::BuyToOpen, 199}}, "1.50")), std::size_t(1));

    QVERIFY(rig.loop->cancel(resting));
    rig.pump();
    QVERIFY(near(power(), 30000, 1e-6));
    QVERIFY(near(rig.loop->account().buyingPower, 30000, 1e-6));
}

void SimulatedBrokerTest::closingIsNotRejectedForBuyingPower()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    rig.send(rig.taker(condor(rig, 4)));
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
    rig.show(430); // through the put side
    const double before = rig.broker.account().requirement();
    std::vector<portfolio::OrderLeg> legs = condor(rig, 4);
    for (portfolio::OrderLeg& leg : legs)
        leg.action = portfolio::isBuy(leg.action) ? Action::SellToClose : Action::BuyToClose;
    portfolio::OrderIntent close = rig.taker(legs);
    close.origin = "close";
    rig.send(close);
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
    QVERIFY(before > 0);
    QVERIFY(rig.broker.account().requirement() == 0);
    QVERIFY(rig.broker.account().held().empty());
}

void SimulatedBrokerTest::cancelsAreAnswered()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    const std::string id =
        rig.send(rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "12.00"));
    QVERIFY(rig.loop->cancel(id));
    rig.pump();
    QCOMPARE(rig.last().status, execution::OrderStatus::Cancelled);
    bool isRefused = false;
    rig.broker.cancel(rig.last().brokerId, [&](const base::Result<execution::BrokerOrder>& answer) {
        isRefused = !answer && answer.error().kind == base::ErrorKind::Refused;
    });
    rig.pump();
    QVERIFY(isRefused);
}

void SimulatedBrokerTest::aWorkingOrderIsReplaced()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    const std::string call = rig.option(1, Right::Call, 540);
    portfolio::OrderIntent intent = rig.taker({{call, option, Action::BuyToOpen, 1}});
    const base::Decimal natural = *intent.price;
    intent.price = natural - base::Decimal::fromDouble(0.05).value(); // rests
    const std::string old = rig.send(intent);
    QVERIFY(rig.last().status == execution::OrderStatus::Working);

    execution::OrderTerms terms = execution::termsOf(intent);
    terms.price = natural;
    const auto next = rig.loop->replace(old, terms);
    QVERIFY2(next, next ? "" : next.error().sentence().c_str());
    rig.pump();
    const execution::Order& first = *rig.loop->orders().find(old);
    QVERIFY(first.status == execution::OrderStatus::Cancelled);
    QCOMPARE(first.replacedBy, *next);
    QVERIFY(rig.loop->orders().find(*next)->status == execution::OrderStatus::Filled);
    QCOMPARE(rig.loop->positions().at(0).quantity, std::int64_t{1});
    QVERIFY(rig.differences.empty());

    QVERIFY(!rig.loop->replace(*next, terms)); // it has filled
    bool isRefused = false;
    rig.broker.cancel(first.brokerId, [&](const auto& answer) { isRefused = !answer; });
    rig.pump();
    QVERIFY(isRefused);
}

void SimulatedBrokerTest::stopsAndStrangersAreRejected()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    const auto errorsOf = [&](const portfolio::OrderIntent& intent) {
        std::vector<std::string> errors;
        rig.broker.dryRun(intent, [&](const auto& answer) { errors = answer->errors; });
        rig.pump();
        return errors;
    };
    portfolio::OrderIntent stop = rig.order({{rig.option(1, Right::Call, 500), option, Action::BuyToOpen, 1}}, "12.00");
    stop.type = portfolio::OrderType::StopLimit;
    QCOMPARE(errorsOf(stop).size(), std::size_t(1));
    const portfolio::OrderIntent strange =
        rig.order({{rig.option(1, Right::Call, 501), option, Action::BuyToOpen, 1}}, "12.00");
    QCOMPARE(errorsOf(strange).size(), std::size_t(1));
}

void SimulatedBrokerTest::indexOptionsSettleInCash()
{
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(1'000'000);
    TestMarket market;
    market.underlying = "SPX";
    Rig rig(market, settings);
    rig.show();
    rig.send(rig.taker(condor(rig, 2)));
    QCOMPARE(rig.last().status, execution::OrderStatus::Filled);
    const base::Decimal before = rig.broker.account().ledger().cash();

    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(rig.broker.settle([](std::string_view, base::Date, market::Settlement) { return std::optional(473.25); }));
    rig.pump();
    QVERIFY(rig.broker.account().held().empty());
    // Only the short 480 puts are in the money, by 6.75.
    QCOMPARE((rig.broker.account().ledger().cash() - before).toString(), std::string("-1350.0"));
    QVERIFY(rig.loop->positions().empty());
    QCOMPARE(rig.loop->ledger().cash(), rig.broker.account().ledger().cash());
    QVERIFY(rig.differences.empty());
}

void SimulatedBrokerTest::stockOptionsAreExercisedIntoShares_data()
{
    QTest::addColumn<double>("price");
    QTest::addColumn<qint64>("sharesHeld");
    QTest::newRow("between the strikes") << 500.0 << qint64(0);
    QTest::newRow("at the strike") << 520.0 << qint64(0);
    QTest::newRow("a cent beyond the short call") << 520.01 << qint64(-200);
    QTest::newRow("below the short put") << 470.0 << qint64(200);
    QTest::newRow("below both puts") << 450.0 << qint64(0);
    QTest::newRow("above both calls") << 560.0 << qint64(0);
}

void SimulatedBrokerTest::stockOptionsAreExercisedIntoShares()
{
    QFETCH(double, price);
    QFETCH(qint64, sharesHeld);
    auto settings = Rig::standard();
    settings.realism.pinWidth = 0; // by the price alone
    Rig rig({}, settings, wide);
    rig.show();
    rig.send(rig.taker(condor(rig, 2)));
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(
        rig.broker.settle([price](std::string_view, base::Date, market::Settlement) { return std::optional(price); }));
    rig.pump();
    QCOMPARE(rig.broker.account().ledger().quantity("SPY"), sharesHeld);
    const auto positions = rig.loop->positions();
    QCOMPARE(positions.size(), std::size_t(sharesHeld == 0 ? 0 : 1));
    QCOMPARE(rig.loop->ledger().cash(), rig.broker.account().ledger().cash());
    QVERIFY(rig.differences.empty());
    QVERIFY(!rig.broker.nextExpiry());
}

void SimulatedBrokerTest::aMissingSettlementPriceIsAnError()
{
    Rig rig({}, Rig::standard(), wide);
    rig.show();
    rig.send(rig.taker(condor(rig, 1)));
    QCOMPARE(*rig.broker.nextExpiry(), market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    rig.clock.set(*rig.broker.nextExpiry());
    const auto settled =
        rig.broker.settle([](std::string_view, base::Date, market::Settlement) { return std::optional<double>(); });
    QVERIFY(!settled);
    QVERIFY(QString::fromStdString(settled.error().message()).contains(QStringLiteral("SPY 2023-04-14")));
    QCOMPARE(rig.broker.account().held().size(), std::size_t(4));
}

QTEST_GUILESS_MAIN(SimulatedBrokerTest)
#include "simulated_broker_test.moc"
