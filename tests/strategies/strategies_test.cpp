#include "market/symbols.h"
#include "strategies/hedge_band.h"
#include "strategies/orders.h"
#include "strategies/strategy.h"
#include "strategies/test_chain.h"

#include <QTest>

#include <cmath>
#include <memory>
#include <set>

using namespace vegadesk;
using namespace vegadesk::strategies;
using portfolio::Action;
using tests::TestMarket;

namespace
{

/// A state with everything it points to.
struct World {
    explicit World(const TestMarket& setting) : chain(setting.chain()), analytics(setting.analyse(chain))
    {
        state.now = setting.now();
        state.chain = &chain;
        state.analytics = &analytics;
        state.netLiquidation = 100'000;
        state.riskBudget = 10'000;
    }
    World(const World&) = delete;

    /// Holds what `intent` opens, at the mids.
    void hold(const portfolio::OrderIntent& intent)
    {
        for (const portfolio::OrderLeg& leg : intent.legs) {
            const auto place = market::find(chain, leg.symbol);
            portfolio::Position position;
            position.symbol = leg.symbol;
            position.underlying = chain.underlying;
            position.type = leg.type;
            position.quantity = portfolio::isBuy(leg.action) ? leg.quantity : -leg.quantity;
            position.multiplier = place ? 100 : 1;
            const double price = place
                                     ? chain.expirations[place->expiration].side(place->right).quoteAt(place->row).mid()
                                     : chain.spot();
            position.averageOpenPrice = base::Decimal::fromDouble(price).value();
            state.trade.entryCash -= static_cast<double>(position.quantity * position.multiplier) * price;
            positions.push_back(position);
        }
        state.trade.openedAt = state.now;
        state.positions = positions;
    }
    void holdShares(std::int64_t shares)
    {
        portfolio::Position position;
        position.symbol = position.underlying = chain.underlying;
        position.type = market::InstrumentType::Equity;
        position.multiplier = 1;
        position.quantity = shares;
        positions.push_back(position);
        state.positions = positions;
    }

    market::OptionChain chain;
    pricing::ChainAnalytics analytics;
    std::vector<portfolio::Position> positions;
    StrategyState state;
};

std::unique_ptr<Strategy> make(std::string_view name, const std::vector<std::pair<std::string, std::string>>& set = {})
{
    const StrategyInfo& info = *find(name).value();
    base::Parameters parameters(info.parameters);
    for (const auto& [parameter, text] : set) {
        const auto done = parameters.setText(parameter, text);
        if (!done)
            qFatal("%s", done.error().message().c_str());
    }
    return info.make(std::move(parameters));
}

double strikeOf(const std::string& symbol)
{
    return market::parseOccSymbol(symbol).value().strike.toDouble();
}

/// The same positions in another market.
std::unique_ptr<World> moved(const World& from, const TestMarket& to)
{
    auto world = std::make_unique<World>(to);
    world->positions = from.positions;
    world->state.positions = world->positions;
    world->state.trade = from.state.trade;
    return world;
}

} // namespace

class StrategiesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyStrategyIsDescribed();
    void anUnknownNameIsRefusedWithTheKnownOnes();

    void condorTakesItsDeltasAndTheNearestExpiry();
    void condorIsSizedByItsWorstLoss();
    void condorTakesWingsByWidth();
    void condorSkipsMissingWings();
    void condorSkipsThinCredits();
    void stayingOutHasAReason_data();
    void stayingOutHasAReason();
    void condorLeavesAtItsTargetItsDaysAndItsLoss_data();
    void condorLeavesAtItsTargetItsDaysAndItsLoss();
    void condorGivesWorthlessWingsAwayWithTheRest();

    void straddleIsBoughtAtTheForward();
    void straddleNeedsItsEdge();
    void straddleIsNeverBoughtOnAnIndex();
    void hedgesComeBackToTheFixedBandsEdge();
    void hedgesFollowWhalleyAndWilmott();
    void hedgesWaitForAWorkingOrder();
    void hedgesNeverCrossZeroInOneOrder();
    void straddleLeavesWithItsShares_data();
    void straddleLeavesWithItsShares();

    void sameStateSameProposals();
    void unknownQuotesProposeNothing();
};

void StrategiesTest::everyStrategyIsDescribed()
{
    std::set<std::string> names;
    for (const StrategyInfo& info : registry()) {
        QVERIFY(names.insert(info.name).second);
        QVERIFY(!info.title.empty() && !info.about.empty());
        const auto strategy = info.make(base::Parameters(info.parameters));
        QCOMPARE(std::string(strategy->name()), info.name);
        std::set<std::string> parameters;
        for (const base::ParameterSpec& spec : info.parameters) {
            QVERIFY2(parameters.insert(spec.name).second, spec.name.c_str());
            QVERIFY2(spec.about.ends_with('.'), spec.name.c_str());
            base::Parameters values(info.parameters);
            QVERIFY2(values.set(spec.name, spec.fallback), spec.name.c_str());
        }
    }
    QVERIFY(names.contains("gamma_scalping") && names.contains("iron_condor"));
}

void StrategiesTest::anUnknownNameIsRefusedWithTheKnownOnes()
{
    const auto found = find("iron_butterfly_of_doom");
    QVERIFY(!found);
    QCOMPARE(QString::fromStdString(found.error().message()),
             QStringLiteral("strategy \"iron_butterfly_of_doom\" is not allowed: one of gamma_scalping, iron_condor"));
}

void StrategiesTest::condorTakesItsDeltasAndTheNearestExpiry()
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

void StrategiesTest::condorIsSizedByItsWorstLoss()
{
    World world(TestMarket{});
    const auto strategy = make("iron_condor");
    const portfolio::OrderIntent intent = strategy->entry(world.state)->at(0).intent;
    const double width = std::max(strikeOf(intent.legs[1].symbol) - strikeOf(intent.legs[0].symbol),
                                  strikeOf(intent.legs[3].symbol) - strikeOf(intent.legs[2].symbol));
    const double worst = 100 * (width - intent.price->toDouble());
    const std::int64_t units = intent.legs[0].quantity;
    QVERIFY(static_cast<double>(units) * worst <= world.state.riskBudget);
    QVERIFY(static_cast<double>(units + 1) * worst > world.state.riskBudget);
    world.state.riskBudget = worst - 1;
    QVERIFY(!strategy->entry(world.state)); // never rounded up to one
    world.state.riskBudget = 1e9;
    QCOMPARE(make("iron_condor", {{"max_contracts", "3"}})->entry(world.state)->at(0).intent.legs[0].quantity, 3);
}

void StrategiesTest::condorTakesWingsByWidth()
{
    const World world(TestMarket{});
    const auto strategy = make("iron_condor", {{"wings", "width"}, {"wing_width", "15"}, {"min_credit", "0.1"}});
    const std::vector<portfolio::OrderLeg> legs = strategy->entry(world.state)->at(0).intent.legs;
    QVERIFY(strikeOf(legs[1].symbol) - strikeOf(legs[0].symbol) == 15);
    QVERIFY(strikeOf(legs[3].symbol) - strikeOf(legs[2].symbol) == 15);
}

void StrategiesTest::condorSkipsMissingWings()
{
    TestMarket setting;
    setting.firstStrike = 480; // the 16 delta put is not listed
    const World world(setting);
    QVERIFY(!make("iron_condor")->entry(world.state));
    QVERIFY(!make("iron_condor", {{"wings", "width"}, {"wing_width", "30"}})->entry(world.state));
}

void StrategiesTest::condorSkipsThinCredits()
{
    TestMarket setting;
    const World tight(setting);
    QVERIFY(make("iron_condor", {{"min_credit", "0.25"}})->entry(tight.state));
    setting.halfSpread = 0.9; // crossing four of them eats the credit
    const World wide(setting);
    QVERIFY(!make("iron_condor", {{"min_credit", "0.25"}})->entry(wide.state));
}

void StrategiesTest::stayingOutHasAReason_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    QTest::addColumn<double>("budget");
    QTest::addColumn<double>("halfSpread");
    QTest::addColumn<QString>("reason");
    const QString condor = QStringLiteral("iron_condor"), straddle = QStringLiteral("gamma_scalping");
    const QString always = QStringLiteral("always"), entry = QStringLiteral("entry");
    QTest::newRow("no expiry") << condor << "days_to_expiry" << "180" << 2000.0 << 0.05
                               << "no expiry is 180 days away, give or take 10";
    QTest::newRow("too late") << condor << "exit_days" << "50" << 2000.0 << 0.05
                              << "the nearest expiry is within exit_days already";
    QTest::newRow("thin") << condor << "min_credit" << "0.25" << 2000.0 << 0.9
                          << "crossing the spreads leaves less than 0.25 of the width";
    QTest::newRow("dear condor") << condor << "min_credit" << "0.25" << 100.0 << 0.05
                                 << "one condor could lose more than one trade may";
    QTest::newRow("dear straddle") << straddle << entry << always << 500.0 << 0.05
                                   << "one straddle costs more than one trade may lose";
    QTest::newRow("no closes")
        << straddle << entry << "edge" << 5000.0 << 0.05
        << "too few daily closes are known for a forecast of volatility (ewma); entry=always needs none";
}

void StrategiesTest::stayingOutHasAReason()
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
    world.state.riskBudget = budget;
    const auto decision =
        make(strategy.toStdString(), {{parameter.toStdString(), value.toStdString()}})->entry(world.state);
    QVERIFY(!decision);
    QCOMPARE(QString::fromStdString(decision.error().reason), reason);
}

void StrategiesTest::condorLeavesAtItsTargetItsDaysAndItsLoss_data()
{
    QTest::addColumn<int>("daysLater");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("volatility");
    QTest::addColumn<QString>("reason");
    QTest::newRow("nothing has happened") << 1 << 500.0 << 0.2 << "";
    QTest::newRow("volatility fell") << 7 << 500.0 << 0.08 << "of the credit can be kept";
    QTest::newRow("21 days left") << 23 << 500.0 << 0.2 << "21 days to expiry";
    QTest::newRow("the put side is breached") << 5 << 455.0 << 0.25 << "times the credit";
}

void StrategiesTest::condorLeavesAtItsTargetItsDaysAndItsLoss()
{
    QFETCH(int, daysLater);
    QFETCH(double, spot);
    QFETCH(double, volatility);
    QFETCH(QString, reason);
    World start(TestMarket{});
    const auto strategy = make("iron_condor", {{"loss_multiple", "0.5"}});
    const auto entered = strategy->entry(start.state)->at(0).intent;
    start.hold(entered);

    TestMarket later;
    later.today += std::chrono::days(daysLater);
    later.spot = spot;
    later.volatility = volatility;
    const auto world = moved(start, later);
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

void StrategiesTest::condorGivesWorthlessWingsAwayWithTheRest()
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

void StrategiesTest::straddleIsBoughtAtTheForward()
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

void StrategiesTest::straddleNeedsItsEdge()
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

void StrategiesTest::straddleIsNeverBoughtOnAnIndex()
{
    World world(TestMarket{});
    world.state.underlyingType = market::InstrumentType::Index;
    QVERIFY(!make("gamma_scalping", {{"entry", "always"}})->entry(world.state));
}

void StrategiesTest::hedgesComeBackToTheFixedBandsEdge()
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

void StrategiesTest::hedgesFollowWhalleyAndWilmott()
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

void StrategiesTest::hedgesWaitForAWorkingOrder()
{
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    TestMarket up;
    up.spot = 520;
    const auto world = moved(start, up);
    QVERIFY(!strategy->hedge(world->state).empty());
    world->state.hasWorkingOrder = true;
    QVERIFY(strategy->hedge(world->state).empty());
}

void StrategiesTest::hedgesNeverCrossZeroInOneOrder()
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

void StrategiesTest::straddleLeavesWithItsShares_data()
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

void StrategiesTest::straddleLeavesWithItsShares()
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

void StrategiesTest::sameStateSameProposals()
{
    for (const StrategyInfo& info : registry()) {
        const World first(TestMarket{});
        const World second(TestMarket{});
        const auto one = info.make(base::Parameters(info.parameters));
        const auto other = info.make(base::Parameters(info.parameters));
        const auto a = one->entry(first.state);
        const auto again = one->entry(first.state);
        const auto b = other->entry(second.state);
        QCOMPARE(a.has_value(), b.has_value());
        if (!a) {
            QCOMPARE(a.error().reason, b.error().reason);
            continue;
        }
        QCOMPARE(a->size(), b->size());
        for (std::size_t i = 0; i < a->size(); ++i) {
            QVERIFY(a->at(i).intent == b->at(i).intent && a->at(i).intent == again->at(i).intent);
            QCOMPARE(a->at(i).reason, b->at(i).reason);
        }
    }
}

void StrategiesTest::unknownQuotesProposeNothing()
{
    World world(TestMarket{});
    for (market::Expiration& expiration : world.chain.expirations) {
        for (market::OptionColumns* const side : {&expiration.calls, &expiration.puts}) {
            for (std::size_t row = 0; row < side->size(); ++row) {
                side->ask[row] = market::unknown;
                side->flags[row] = market::classify(side->quoteAt(row), world.state.now, base::Nanos{0});
            }
        }
    }
    world.analytics = TestMarket{}.analyse(world.chain);
    for (const StrategyInfo& info : registry())
        QVERIFY2(!info.make(base::Parameters(info.parameters))->entry(world.state), info.name.c_str());
    QVERIFY(!make("gamma_scalping", {{"entry", "always"}})->entry(world.state));
}

QTEST_GUILESS_MAIN(StrategiesTest)
#include "strategies_test.moc"
