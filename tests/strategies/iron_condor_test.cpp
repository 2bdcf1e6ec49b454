#include "strategies/orders.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

class IronCondorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void condorTakesItsDeltasAndTheNearestExpiry();
    void condorIsSizedByItsWorstLoss();
    void oneIsNoPlural();
    void condorTakesWingsByWidth();
    void condorSkipsMissingWings();
    void condorSkipsThinCredits();
    void stayingOutHasAReason_data();
    void stayingOutHasAReason();
    void condorLeavesAtItsTargetItsDaysAndItsLoss_data();
    void condorLeavesAtItsTargetItsDaysAndItsLoss();
    void condorGivesWorthlessWingsAwayWithTheRest();
};

void IronCondorTest::condorTakesItsDeltasAndTheNearestExpiry()
{
    const World world(TestMarket{});
    const auto proposals = make("iron_condor")->entry(world.state);
    QVERIFY(proposals);
    QCOMPARE(proposals->size(), std::size_t(1));
    const portfolio::OrderIntent& intent = proposals->at(0).intent;
    QCOMPARE(intent.legs.size(), std::size_t(4));
    const std::array actions{Action::BuyToOpen, Action::SellToOpen, Action::SellToOpen, Action::BuyToOpen};
    const std::array deltas{0.16, 0.30, 0.30, 0.16};
    for (std::size_t i = 0; i < 4; ++i) {
        QVERIFY(intent.legs[i].action == actions[i]);
        const auto terms = market::parseOccSymbol(intent.legs[i].symbol).value();
        QCOMPARE(terms.expiry, base::makeDate(2023, 4, 14)); // 44 days: nearer to 45 than 30
        const auto greeks = pricing::blackScholes(
            terms.right, {500, 0, 0}, terms.strike.toDouble(),
            market::yearsUntil(world.state.now, market::expiryInstant(terms.expiry, market::Settlement::PM)), 0.2);
        QVERIFY2(std::abs(std::abs(greeks.delta) - deltas[i]) < 0.03, qPrintable(QString::number(greeks.delta)));
    }
    QVERIFY(intent.effect == portfolio::PriceEffect::Credit);
}

void IronCondorTest::condorIsSizedByItsWorstLoss()
{
    World world(TestMarket{});
    const auto strategy = make("iron_condor");
    const portfolio::OrderIntent intent = strategy->entry(world.state)->at(0).intent;
    const double width = std::max(strikeOf(intent.legs[1].symbol) - strikeOf(intent.legs[0].symbol),
                                  strikeOf(intent.legs[3].symbol) - strikeOf(intent.legs[2].symbol));
    const double worst = 100 * (width - intent.price->toDouble());
    const std::int64_t units = intent.legs[0].quantity.whole();
    QVERIFY(static_cast<double>(units) * worst <= world.state.budget.maxLoss);
    QVERIFY(static_cast<double>(units + 1) * worst > world.state.budget.maxLoss);
    world.state.budget.maxLoss = worst - 1;
    QVERIFY(!strategy->entry(world.state)); // never rounded up to one
    world.state.budget.maxLoss = 1e9;
    QCOMPARE(make("iron_condor", {{"max_contracts", "3"}})->entry(world.state)->at(0).intent.legs[0].quantity, 3);
}

void IronCondorTest::oneIsNoPlural()
{
    World world(TestMarket{});
    world.state.budget = {.maxLoss = 1e9, .stress = 1e9, .margin = 1e9, .contracts = 1000};
    const auto said = [&](const char* strategy, const char* most) {
        const auto decision = make(strategy, {{"max_contracts", most}})->entry(world.state);
        return QString::fromStdString(decision ? decision->at(0).reason : decision.error().reason);
    };
    QVERIFY2(said("iron_condor", "1").startsWith("1 condor "), qPrintable(said("iron_condor", "1")));
    QVERIFY2(said("iron_condor", "3").startsWith("3 condors "), qPrintable(said("iron_condor", "3")));
    QVERIFY2(said("vertical", "1").contains(" spread "), qPrintable(said("vertical", "1")));
    QVERIFY2(said("vertical", "2").contains(" spreads "), qPrintable(said("vertical", "2")));
}

void IronCondorTest::condorTakesWingsByWidth()
{
    const World world(TestMarket{});
    const auto strategy = make("iron_condor", {{"wings", "width"}, {"wing_width", "15"}, {"min_credit", "0.1"}});
    const std::vector<portfolio::OrderLeg> legs = strategy->entry(world.state)->at(0).intent.legs;
    QVERIFY(strikeOf(legs[1].symbol) - strikeOf(legs[0].symbol) == 15);
    QVERIFY(strikeOf(legs[3].symbol) - strikeOf(legs[2].symbol) == 15);
}

void IronCondorTest::condorSkipsMissingWings()
{
    TestMarket setting;
    setting.firstStrike = 480; // the 16 delta put is not listed
    const World world(setting);
    QVERIFY(!make("iron_condor")->entry(world.state));
    QVERIFY(!make("iron_condor", {{"wings", "width"}, {"wing_width", "30"}})->entry(world.state));
}

void IronCondorTest::condorSkipsThinCredits()
{
    TestMarket setting;
    const World tight(setting);
    QVERIFY(make("iron_condor", {{"min_credit", "0.25"}})->entry(tight.state));
    setting.halfSpread = 0.9; // crossing four of them eats the credit
    const World wide(setting);
    QVERIFY(!make("iron_condor", {{"min_credit", "0.25"}})->entry(wide.state));
}

void IronCondorTest::stayingOutHasAReason_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<double>("budget");
    QTest::addColumn<double>("halfSpread");
    QTest::addColumn<QString>("reason");
    const QString condor = QStringLiteral("iron_condor"), straddle = QStringLiteral("gamma_scalping");
    const QString always = QStringLiteral("always"), entry = QStringLiteral("entry");
    QTest::newRow("no expiry") << condor << "days_to_expiry"
                               << "180" << 2000.0 << 0.05 << "no expiry is 180 days away, give or take 10";
    QTest::newRow("too late") << condor << "exit_days"
                              << "50" << 2000.0 << 0.05 << "the nearest expiry is within exit_days already";
    QTest::newRow("thin") << condor << "min_credit"
                          << "0.25" << 2000.0 << 0.9 << "crossing the spreads leaves less than 0.25 of the width";
    QTest::newRow("dear condor") << condor << "min_credit"
                                 << "0.25" << 100.0 << 0.05 << "one condor could lose more than one trade may";
    QTest::newRow("dear straddle") << straddle << entry << always << 500.0 << 0.05
                                   << "one straddle could lose more than one trade may";
    QTest::newRow("no closes")
        << straddle << entry << "edge" << 5000.0 << 0.05
        << "too few daily closes are known for a forecast of volatility (ewma); entry=always needs none";
}

void IronCondorTest::stayingOutHasAReason()
{
    QFETCH(QString, strategy);
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    QFETCH(double, budget);
    QFETCH(double, halfSpread);
    QFETCH(QString, reason);
    TestMarket setting;
    setting.halfSpread = halfSpread;
    World world(setting);
    world.state.budget.maxLoss = budget;
    const auto decision =
        make(strategy.toStdString(), {{parameter.toStdString(), value.toStdString()}})->entry(world.state);
    QVERIFY(!decision);
    QCOMPARE(QString::fromStdString(decision.error().reason), reason);
}

void IronCondorTest::condorLeavesAtItsTargetItsDaysAndItsLoss_data()
{
    QTest::addColumn<int>("daysLater");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("volatility");
    QTest::addColumn<QString>("multiple");
    QTest::addColumn<double>("limit");
    QTest::addColumn<QString>("reason");
    const QString stop = "times the credit";
    QTest::newRow("nothing has happened") << 1 << 500.0 << 0.2 << "0.5" << 2.0 << "";
    QTest::newRow("volatility fell") << 7 << 500.0 << 0.08 << "0.5" << 2.0 << "of the credit can be kept";
    QTest::newRow("21 days left") << 23 << 500.0 << 0.2 << "0.5" << 2.0 << "21 days to expiry";
    QTest::newRow("the put side is breached") << 5 << 455.0 << 0.25 << "0.5" << 2.0 << stop;
    QTest::newRow("the limits are tighter") << 5 << 455.0 << 0.25 << "10" << 0.5 << stop;
    QTest::newRow("neither is reached") << 5 << 455.0 << 0.25 << "10" << 10.0 << "";
}

void IronCondorTest::condorLeavesAtItsTargetItsDaysAndItsLoss()
{
    QFETCH(int, daysLater);
    QFETCH(double, spot);
    QFETCH(double, volatility);
    QFETCH(QString, multiple);
    QFETCH(double, limit);
    QFETCH(QString, reason);
    World start(TestMarket{});
    const auto strategy = make("iron_condor", {{"loss_multiple", multiple.toStdString()}});
    const auto entered = strategy->entry(start.state)->at(0).intent;
    start.hold(entered);

    TestMarket later;
    later.today += std::chrono::days(daysLater);
    later.spot = spot;
    later.volatility = volatility;
    const auto world = moved(start, later);
    world->state.creditStopLoss = limit;
    const auto exits = strategy->exit(world->state);
    QCOMPARE(exits.empty(), reason.isEmpty());
    if (reason.isEmpty())
        return;
    QVERIFY2(QString::fromStdString(exits[0].reason).contains(reason), exits[0].reason.c_str());
    QCOMPARE(exits.size(), std::size_t(1));
    QCOMPARE(exits[0].intent.legs.size(), std::size_t(4));
    for (const portfolio::OrderLeg& leg : exits[0].intent.legs) {
        QVERIFY(!portfolio::isOpening(leg.action));
        QCOMPARE(leg.quantity, entered.legs[0].quantity);
    }
}

void IronCondorTest::condorGivesWorthlessWingsAwayWithTheRest()
{
    World start(TestMarket{});
    const auto strategy = make("iron_condor");
    start.hold(strategy->entry(start.state)->at(0).intent);
    TestMarket later;
    later.today += std::chrono::days(10);
    later.volatility = 0.05; // both wings have no bid left
    const auto world = moved(start, later);
    const auto exits = strategy->exit(world->state);
    QCOMPARE(exits.size(), std::size_t(1));
    QCOMPARE(exits[0].intent.legs.size(), std::size_t(4));
    QVERIFY(exits[0].intent.effect == portfolio::PriceEffect::Debit);

    // With only a worthless wing left there is nobody to take it, so nothing is proposed.
    std::erase_if(world->positions, [](const portfolio::Position& position) { return position.quantity < 0; });
    world->state.positions = world->positions;
    QVERIFY(strategy->exit(world->state).empty());
}

QTEST_GUILESS_MAIN(IronCondorTest)
#include "iron_condor_test.moc"
