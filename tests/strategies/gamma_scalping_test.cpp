#include "strategies/hedge_band.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

class GammaScalpingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void straddleIsBoughtAtTheForward();
    void straddleNeedsItsEdge();
    void straddleIsNeverBoughtOnAnIndex();
    void hedgesComeBackToTheFixedBandsEdge();
    void hedgesFollowWhalleyAndWilmott();
    void hedgesNeverCrossZeroInOneOrder();
    void straddleLeavesWithItsShares_data();
    void straddleLeavesWithItsShares();
};

void GammaScalpingTest::straddleIsBoughtAtTheForward()
{
    TestMarket setting;
    setting.spot = 502;
    World world(setting);
    const auto strategy = make("gamma_scalping", {{"entry", "always"}});
    const auto proposals = strategy->entry(world.state);
    QVERIFY(proposals);
    QCOMPARE(proposals->size(), std::size_t(1));
    const portfolio::OrderIntent& intent = proposals->at(0).intent;
    QCOMPARE(intent.legs.size(), std::size_t(2));
    for (const portfolio::OrderLeg& leg : intent.legs) {
        QVERIFY(leg.action == Action::BuyToOpen);
        QVERIFY(strikeOf(leg.symbol) == 500);
        QCOMPARE(market::parseOccSymbol(leg.symbol).value().expiry, base::makeDate(2023, 3, 31));
    }
    const double premium = 100 * intent.price->toDouble() * static_cast<double>(intent.legs[0].quantity);
    QVERIFY2(premium <= world.state.riskBudget * 1.01, qPrintable(QString::number(premium)));
    world.state.riskBudget = 500;
    QVERIFY(!strategy->entry(world.state));
}

void GammaScalpingTest::straddleNeedsItsEdge()
{
    World world(TestMarket{}); // implied 20 %
    const auto strategy = make("gamma_scalping", {{"entry", "edge"}, {"edge", "0.02"}});
    const auto closesAt = [](double volatility) {
        std::vector<double> closes{500};
        for (int day = 0; day < 60; ++day)
            closes.push_back(closes.back() * std::exp((day % 2 == 0 ? 1 : -1) * volatility / std::sqrt(252.0)));
        return closes;
    };
    QVERIFY(!strategy->entry(world.state)); // no closes, no forecast, no edge
    for (const auto& [realised, enters] : {std::pair{0.23, true}, std::pair{0.215, false}, std::pair{0.1, false}}) {
        const std::vector<double> closes = closesAt(realised);
        world.state.dailyCloses = closes;
        QCOMPARE(strategy->entry(world.state).has_value(), enters);
    }
    // The same forecast speaks for leaving once implied volatility has risen above it.
    const std::vector<double> closes = closesAt(0.23);
    world.state.dailyCloses = closes;
    world.hold(strategy->entry(world.state)->at(0).intent);
    QVERIFY(strategy->exit(world.state).empty());
    TestMarket richer;
    richer.volatility = 0.30;
    const auto later = moved(world, richer);
    later->state.dailyCloses = closes;
    QCOMPARE(strategy->exit(later->state).size(), std::size_t(1));
}

void GammaScalpingTest::straddleIsNeverBoughtOnAnIndex()
{
    World world(TestMarket{});
    world.state.underlyingType = market::InstrumentType::Index;
    QVERIFY(!make("gamma_scalping", {{"entry", "always"}})->entry(world.state));
}

void GammaScalpingTest::hedgesComeBackToTheFixedBandsEdge()
{
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}, {"hedge", "fixed_band"}, {"delta_band", "0.1"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    const std::int64_t straddles = start.positions[0].quantity;
    QVERIFY(strategy->hedge(start.state).empty());

    TestMarket up;
    up.spot = 515;
    const auto world = moved(start, up);
    const auto hedges = strategy->hedge(world->state);
    QCOMPARE(hedges.size(), std::size_t(1));
    const portfolio::OrderLeg& leg = hedges[0].intent.legs.at(0);
    QVERIFY(leg.type == market::InstrumentType::Equity);
    QVERIFY(leg.action == Action::SellToOpen);
    const double years = market::yearsUntil(world->state.now, world->chain.expirations[0].expiresAt);
    double delta = 0;
    for (const market::Right right : {market::Right::Call, market::Right::Put})
        delta += pricing::blackScholes(right, {515, 0, 0}, 500, years, 0.2).delta;
    const double excess = (delta - 0.1) * 100 * static_cast<double>(straddles);
    QVERIFY2(std::abs(static_cast<double>(leg.quantity) - excess) < 0.02 * excess + 1,
             qPrintable(QString("%1 %2").arg(leg.quantity).arg(excess)));
    QVERIFY(hedges[0].intent.effect == portfolio::PriceEffect::Credit);

    world->holdShares(-leg.quantity);
    QVERIFY(strategy->hedge(world->state).empty());
}

void GammaScalpingTest::hedgesFollowWhalleyAndWilmott()
{
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}, {"hedge_cost", "0.001"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    TestMarket down;
    down.spot = 485;
    const auto world = moved(start, down);
    const double years = market::yearsUntil(world->state.now, world->chain.expirations[0].expiresAt);
    double delta = 0, gamma = 0;
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        const auto greeks = pricing::blackScholes(right, {485, 0, 0}, 500, years, 0.2);
        delta += greeks.delta;
        gamma += greeks.gamma;
    }
    const double band = whalleyWilmottHalfWidth(485, years, 0, gamma, 0.001, 1);
    const double size = 100 * static_cast<double>(start.positions[0].quantity);
    const double expected = -(delta + band) * size; // delta is negative: shares are bought up to −band
    const portfolio::OrderLeg leg = strategy->hedge(world->state).at(0).intent.legs.at(0);
    QVERIFY(leg.action == Action::BuyToOpen);
    QVERIFY2(std::abs(static_cast<double>(leg.quantity) - expected) < 0.02 * expected + 1,
             qPrintable(QString("%1 %2").arg(leg.quantity).arg(expected)));
}

void GammaScalpingTest::hedgesNeverCrossZeroInOneOrder()
{
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    TestMarket up;
    up.spot = 520;
    const auto world = moved(start, up);
    world->holdShares(+15); // long shares from an earlier fall; delta now asks for a large sale
    const portfolio::OrderLeg leg = strategy->hedge(world->state).at(0).intent.legs.at(0);
    QVERIFY(leg.action == Action::SellToClose);
    QCOMPARE(leg.quantity, 15);
}

void GammaScalpingTest::straddleLeavesWithItsShares_data()
{
    QTest::addColumn<int>("daysLater");
    QTest::addColumn<double>("gain"); // of the premium
    QTest::addColumn<QString>("reason");
    QTest::newRow("stays") << 3 << 0.1 << "";
    QTest::newRow("seven days left") << 23 << 0.0 << "7 days to expiry";
    QTest::newRow("target") << 3 << 0.5 << "gained 50 %";
    QTest::newRow("limit") << 3 << -0.55 << "lost 55 %";
    QTest::newRow("profit not known") << 3 << std::nan("") << "";
}

void GammaScalpingTest::straddleLeavesWithItsShares()
{
    QFETCH(int, daysLater);
    QFETCH(double, gain);
    QFETCH(QString, reason);
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    start.holdShares(-40);
    TestMarket later;
    later.today += std::chrono::days(daysLater);
    const auto world = moved(start, later);
    world->state.trade.profit = gain * -world->state.trade.entryCash;
    const auto exits = strategy->exit(world->state);
    QCOMPARE(exits.empty(), reason.isEmpty());
    if (reason.isEmpty())
        return;
    QVERIFY2(QString::fromStdString(exits[0].reason).contains(reason), exits[0].reason.c_str());
    QCOMPARE(exits.size(), std::size_t(2)); // brokers take shares and options in orders of their own
    QVERIFY(exits[0].intent.legs.at(0).action == Action::BuyToClose);
    QCOMPARE(exits[0].intent.legs.at(0).quantity, 40);
    QCOMPARE(exits[1].intent.legs.size(), std::size_t(2));
}

QTEST_GUILESS_MAIN(GammaScalpingTest)
#include "gamma_scalping_test.moc"
