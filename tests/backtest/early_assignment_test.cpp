#include "backtest/broker_words.h"
#include "pricing/black_scholes.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::tests;
using backtest::Evening;
using backtest::HeldOption;
using market::Right;
using portfolio::Action;

namespace
{

backtest::SimulatedBrokerSettings rich()
{
    auto settings = Rig::standard();
    settings.capital = base::Decimal::fromInteger(10'000'000);
    settings.realism.assignmentChance = 0;
    return settings;
}

/// Sells `quantity` of a contract of the second expiry at the market.
std::string sell(Rig& rig, Right right, double strike, std::int64_t quantity)
{
    rig.show();
    const std::string symbol = rig.option(1, right, strike);
    rig.send(rig.taker({{symbol, option, Action::SellToOpen, quantity}}));
    if (rig.last().status != execution::OrderStatus::Filled)
        qFatal("it did not fill: %s", rig.last().reason.c_str());
    return symbol;
}

/// The evening of the rig's day, on the eve of `dividend`.
void close(Rig& rig, const char* dividend = nullptr, double rate = 0)
{
    rig.clock.set(market::sessionOn(rig.market.today)->close);
    Evening evening;
    evening.underlying = rig.market.underlying;
    evening.date = rig.market.today;
    evening.next = market::nextTradingDay(evening.date);
    evening.riskFreeRate = rate;
    if (dividend)
        evening.payments.push_back({evening.next, evening.next + std::chrono::days(14), decimal(dividend), {}});
    rig.broker.closeDay(evening);
    rig.pump();
}

base::Quantity sharesOf(const Rig& rig)
{
    return rig.broker.account().ledger().quantity("SPY");
}

/// Settles the second expiry at `price`.
void expire(Rig& rig, double price)
{
    rig.clock.set(market::expiryInstant(rig.market.expiries[1], market::Settlement::PM));
    QVERIFY(
        rig.broker.settle([price](std::string_view, base::Date, market::Settlement) { return std::optional(price); }));
    rig.pump();
    QVERIFY(rig.differences.empty());
    QCOMPARE(rig.loop->ledger().cash(), rig.broker.account().ledger().cash());
}

} // namespace

class EarlyAssignmentTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theTimeValueAfterTheDividendDecides_data();
    void theTimeValueAfterTheDividendDecides();
    void aCallIsAssignedForItsDividendAndOwesIt();
    void putsAndIndexOptionsAreNotAssignedForDividends();
    void withoutTimeValueChanceDecidesAndTheSeedReplaysIt();
    void drawsAreEvenAndTheirOwn();
    void ordersForWhatIsGoneEnd();
    void theThresholdAndTheContraryInstruction_data();
    void theThresholdAndTheContraryInstruction();
    void atThePinAssignmentIsChance();
};

/// The domain reference, F9: S 100, K 90, 10 days, 4 %, 20 %; the share goes without 1.00. Held, the call is worth 9.1002 on
/// the share at 99; exercised it is worth 10: .1002 remain, .0016 of the put and .0986 of interest.
void EarlyAssignmentTest::theTimeValueAfterTheDividendDecides_data()
{
    QTest::addColumn<double>("dividend");
    QTest::addColumn<bool>("knowsPut");
    QTest::addColumn<bool>("isExercised");
    QTest::newRow("F9") << 1.0 << true << true;
    QTest::newRow("less than what remains") << 0.1001 << true << false;
    QTest::newRow("more than it") << 0.1003 << true << true;
    QTest::newRow("no dividend") << 0.0 << true << false;
    QTest::newRow("by its own time value, where the put has no mark") << 1.0 << false << true;
    QTest::newRow("that is more than the dividend") << 0.25 << false << false;
}

void EarlyAssignmentTest::theTimeValueAfterTheDividendDecides()
{
    QFETCH(double, dividend);
    QFETCH(bool, knowsPut);
    QFETCH(bool, isExercised);
    HeldOption call{Right::Call, 90, 100, 10.3, market::unknown, 0.04, 10 / 365.0};
    if (knowsPut)
        call.sameStrikePut = pricing::blackScholesPrice(Right::Put, {99, 0.04, 0}, 90, call.years, 0.2);
    if (knowsPut) {
        QVERIFY(std::abs(call.sameStrikePut - 0.0016) < 5e-5);
        QVERIFY(std::abs(timeValueAfterDividend(call) - 0.1002) < 5e-5);
        const double held = pricing::blackScholesPrice(Right::Call, {99, 0.04, 0}, 90, call.years, 0.2);
        QVERIFY(std::abs(held - 9.1002) < 5e-5);
        QVERIFY(std::abs(timeValueAfterDividend(call) - (held - 9)) < 1e-12); // parity
    }
    QCOMPARE(isExercisedForDividend(call, dividend), isExercised);
    call.spot = 89;
    QVERIFY(!isExercisedForDividend(call, 5)); // out of the money
}

void EarlyAssignmentTest::aCallIsAssignedForItsDividendAndOwesIt()
{
    Rig rig({}, rich(), wide);
    const std::string call = sell(rig, Right::Call, 420, 3);
    close(rig, "0.05"); // six weeks of time value are more than that
    QCOMPARE(sharesOf(rig), base::Quantity(0));

    rig.market.today = market::nextTradingDay(rig.market.today);
    rig.show();
    const base::Decimal before = rig.broker.account().ledger().cash();
    const double mark = rig.broker.account().mark(call, "SPY");
    const double worth = rig.broker.netLiquidation();
    close(rig, "6.25");
    QCOMPARE(sharesOf(rig), base::Quantity(-300));
    QCOMPARE(rig.broker.account().ledger().quantity(call), base::Quantity(0));
    // 300 shares sold at 420; the dividend on them is owed at once and paid two weeks later.
    QCOMPARE((rig.broker.account().ledger().cash() - before).toString(), std::string("126000.0"));
    const double gained = rig.broker.netLiquidation() - worth;
    const double borrow = -300 * rig.market.spot * 0.003 / 360; // of one night
    QVERIFY2(std::abs(gained - (300 * mark + 126000 - 300 * rig.market.spot - 1875 + borrow)) < 1e-6,
             qPrintable(QString::number(gained)));
    QCOMPARE(rig.broker.flows().dividends, -1875.0);
    QCOMPARE(rig.broker.assignedEarly(), base::Quantity(3));
    const auto events = rig.broker.takeEvents();
    QCOMPARE(events.size(), std::size_t(2));
    QCOMPARE(events[0].kind, std::string("assignment"));
    QVERIFY(QString::fromStdString(events[0].text).contains(QStringLiteral("exercised for the dividend")));
    QCOMPARE(events[1].kind, std::string("dividend"));

    // The books that trading goes by say the same, and the next morning's quotes find the margin of short shares.
    QVERIFY(rig.differences.empty());
    QCOMPARE(rig.loop->positions().size(), std::size_t(1));
    QCOMPARE(rig.loop->positions()[0].quantity, base::Quantity(-300));
    rig.market.today = market::nextTradingDay(rig.market.today);
    rig.show(494);
    QVERIFY(std::abs(rig.broker.account().requirement() - 0.5 * 300 * 494) < 1e-6);

    for (int day = 0; day < 10; ++day) {
        const base::Decimal cash = rig.broker.account().ledger().cash();
        close(rig);
        rig.market.today = market::nextTradingDay(rig.market.today);
        rig.show();
        const bool isPaid = rig.broker.account().ledger().cash() != cash;
        QCOMPARE(isPaid, rig.market.today == base::makeDate(2023, 3, 20)); // paid in the evening of the Friday before
    }
}

void EarlyAssignmentTest::putsAndIndexOptionsAreNotAssignedForDividends()
{
    Rig rig({}, rich(), wide);
    sell(rig, Right::Put, 560, 1);
    close(rig, "6.25");
    QCOMPARE(sharesOf(rig), base::Quantity(0));

    TestMarket index;
    index.underlying = "SPX";
    auto settings = rich();
    settings.realism.assignmentChance = 1;
    settings.realism.assignmentTimeValue = 100;
    Rig cash(index, settings, wide);
    const std::string call = sell(cash, Right::Call, 420, 1);
    close(cash, "6.25");
    QCOMPARE(cash.broker.account().ledger().quantity(call), base::Quantity(-1));
}

void EarlyAssignmentTest::withoutTimeValueChanceDecidesAndTheSeedReplaysIt()
{
    const auto count = [](std::uint64_t seed, double chance, double timeValue, double strike) {
        auto settings = rich();
        settings.realism.assignmentChance = chance;
        settings.realism.assignmentTimeValue = timeValue;
        settings.realism.seed = seed;
        Rig rig({}, settings, wide);
        sell(rig, Right::Put, strike, 40);
        close(rig);
        if (rig.loop->ledger().quantity("SPY") != 100 * rig.broker.assignedEarly())
            qFatal("the books differ");
        return rig.broker.assignedEarly().whole();
    };
    const std::int64_t one = count(1, 0.5, 0.5, 600);
    QVERIFY2(one > 8 && one < 32, qPrintable(QString::number(one))); // 20 give or take 3.2
    QCOMPARE(count(1, 0.5, 0.5, 600), one);
    QVERIFY(count(2, 0.5, 0.5, 600) != one || count(3, 0.5, 0.5, 600) != one);
    QCOMPARE(count(1, 1, 0.5, 600), std::int64_t{40});
    QCOMPARE(count(1, 0, 0.5, 600), std::int64_t{0});
    QCOMPARE(count(1, 1, 0.5, 510), std::int64_t{0}); // it has time value
    QCOMPARE(count(1, 1, 100, 510), std::int64_t{40});
    QCOMPARE(count(1, 1, 100, 490), std::int64_t{0}); // it is out of the money
}

void EarlyAssignmentTest::drawsAreEvenAndTheirOwn()
{
    double sum = 0;
    int below = 0;
    constexpr int count = 4000;
    for (int number = 0; number < count; ++number) {
        const double draw = backtest::drawOf(7, "SPY   230414C00500000", number);
        QVERIFY(draw >= 0 && draw < 1);
        sum += draw;
        below += draw < 0.05 ? 1 : 0;
    }
    QVERIFY(std::abs(sum / count - 0.5) < 0.02); // four deviations of the mean
    QVERIFY(std::abs(below - 0.05 * count) < 56);
    QCOMPARE(backtest::drawOf(7, "a", 1), backtest::drawOf(7, "a", 1));
    QVERIFY(backtest::drawOf(7, "a", 1) != backtest::drawOf(8, "a", 1));
    QVERIFY(backtest::drawOf(7, "a", 1) != backtest::drawOf(7, "b", 1));
}

void EarlyAssignmentTest::ordersForWhatIsGoneEnd()
{
    Rig rig({}, rich(), wide);
    const std::string call = sell(rig, Right::Call, 420, 1);
    portfolio::OrderIntent cheap = rig.order({{call, option, Action::BuyToClose, 1}}, "70.00");
    cheap.timeInForce = portfolio::TimeInForce::Gtc;
    rig.send(cheap);
    QCOMPARE(rig.last().status, execution::OrderStatus::Working);
    close(rig, "6.25");
    QCOMPARE(sharesOf(rig), base::Quantity(-100));
    const auto orders = rig.loop->orders().orders();
    const auto closing = std::ranges::find_if(
        orders, [](const execution::Order* order) { return order->status == execution::OrderStatus::Expired; });
    QVERIFY(closing != orders.end());
    QCOMPARE((*closing)->reason, std::string("the option was assigned"));
}

void EarlyAssignmentTest::theThresholdAndTheContraryInstruction_data()
{
    QTest::addColumn<double>("threshold");
    QTest::addColumn<bool>("exercisesLongs");
    QTest::addColumn<bool>("isLong");
    QTest::addColumn<double>("price"); // of the share; the call's strike is 500
    QTest::addColumn<int>("shares");
    QTest::newRow("a cent in the money") << 0.01 << true << true << 500.01 << 100;
    QTest::newRow("half a cent") << 0.01 << true << true << 500.005 << 0;
    QTest::newRow("below another threshold") << 0.05 << true << true << 500.04 << 0;
    QTest::newRow("at it") << 0.05 << true << true << 500.05 << 100;
    QTest::newRow("left to expire by instruction") << 0.01 << false << true << 510.0 << 0;
    QTest::newRow("which binds nobody who is long against us") << 0.01 << false << false << 510.0 << -100;
}

void EarlyAssignmentTest::theThresholdAndTheContraryInstruction()
{
    QFETCH(double, threshold);
    QFETCH(bool, exercisesLongs);
    QFETCH(bool, isLong);
    QFETCH(double, price);
    QFETCH(int, shares);
    auto settings = rich();
    settings.realism.exerciseThreshold = threshold;
    settings.realism.exercisesLongs = exercisesLongs;
    Rig rig({}, settings, wide);
    rig.show();
    const auto action = isLong ? Action::BuyToOpen : Action::SellToOpen;
    rig.send(rig.taker({{rig.option(1, Right::Call, 500), option, action, 1}}));
    expire(rig, price);
    QCOMPARE(sharesOf(rig), base::Quantity(shares));
    QVERIFY(rig.broker.pins().empty()); // what is long is not pinned, and 510 is too far away
}

void EarlyAssignmentTest::atThePinAssignmentIsChance()
{
    const auto pinnedAt = [](double price, double deviation = 0.0025) {
        auto settings = rich();
        settings.realism.pinDeviation = deviation;
        Rig rig({}, settings, wide);
        sell(rig, Right::Call, 500, 40);
        expire(rig, price);
        if (sharesOf(rig) != -100 * (rig.broker.pins().empty() ? 0 : rig.broker.pins()[0].assigned))
            qFatal("shares and contracts differ");
        return rig.broker.pins();
    };
    // A deviation of 0.25 % is 1.25 dollars: at the strike one in two, a dollar above it the normal's 78.81 %.
    const auto at = pinnedAt(500);
    QCOMPARE(at.size(), std::size_t(1));
    QVERIFY(std::abs(at[0].probability - 0.5) < 1e-12);
    QVERIFY(at[0].assigned > 8 && at[0].assigned < 32);
    QCOMPARE(pinnedAt(500)[0].assigned, at[0].assigned);
    QVERIFY(std::abs(pinnedAt(501)[0].probability - 0.788145) < 1e-6);
    QVERIFY(std::abs(pinnedAt(499)[0].probability - 0.211855) < 1e-6);
    QVERIFY(pinnedAt(497.49).empty());                             // half a percent is 2.50
    QCOMPARE(pinnedAt(500.01, 0)[0].assigned, base::Quantity(40)); // nothing moves on: by the threshold
    QCOMPARE(pinnedAt(499.99, 0)[0].assigned, base::Quantity(0));
}

QTEST_GUILESS_MAIN(EarlyAssignmentTest)
#include "early_assignment_test.moc"
