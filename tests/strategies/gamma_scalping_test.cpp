#include "risk/hedging/hedge_band.h"
#include "risk/sizing.h"
#include "strategies/volatility/forecast.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::strategies;
using vegadesk::risk::whalleyWilmottHalfWidth;
using namespace vegadesk::tests;
using portfolio::Action;

class GammaScalpingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void straddleIsBoughtAtTheForward();
    void straddleNeedsItsEdge();
    void edgeIsWhatCostsLeave();
    void forecastIsTheOneAskedFor();
    void shortStraddleBuysWings();
    void eitherSideIsTheOneWithTheEdge();
    void sizeIsHeldByItsLimits_data();
    void sizeIsHeldByItsLimits();
    void marginCountsTheSharesToCome();
    void reportsAreAvoided();
    void straddleIsNeverBoughtOnAnIndex();
    void hedgesComeBackToTheFixedBandsEdge();
    void hedgesFollowWhalleyAndWilmott();
    void straddleFarFromItsStrikeIsLeft();
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
    const double premium = 100 * intent.price->toDouble() * intent.legs[0].quantity.toDouble();
    QVERIFY2(premium <= world.state.budget.maxLoss * 1.01, qPrintable(QString::number(premium)));
    world.state.budget.maxLoss = 500;
    QVERIFY(!strategy->entry(world.state));
}

namespace
{

/// Sixty steady days.
std::vector<double> closesAt(double volatility)
{
    std::vector<double> closes{500};
    for (int day = 0; day < 60; ++day)
        closes.push_back(closes.back() * std::exp((day % 2 == 0 ? 1 : -1) * volatility / std::sqrt(252.0)));
    return closes;
}

} // namespace

void GammaScalpingTest::straddleNeedsItsEdge()
{
    World world(TestMarket{}); // implied 20 %
    const auto strategy = make("gamma_scalping", {{"entry", "edge"}, {"edge", "0.02"}});
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

void GammaScalpingTest::edgeIsWhatCostsLeave()
{
    // Three points of difference: enough for what hedging costs at two basis points in a narrow spread, and for neither more.
    const std::vector<double> closes = closesAt(0.23);
    const auto enters = [&](double halfSpread, const char* cost, const char* hedge) {
        TestMarket setting;
        setting.halfSpread = halfSpread;
        World world(setting);
        world.state.dailyCloses = closes;
        return make("gamma_scalping", {{"hedge_cost", cost}, {"hedge", hedge}})->entry(world.state).has_value();
    };
    QVERIFY(enters(0.05, "0.0002", "whalley_wilmott"));
    QVERIFY(!enters(1.0, "0.0002", "whalley_wilmott")); // four dollars in and out of 1.14 a point
    QVERIFY(!enters(0.05, "0.01", "whalley_wilmott"));
    QVERIFY(enters(0.05, "0.0002", "fixed_time"));
    QVERIFY(!enters(0.05, "0.001", "fixed_time")); // each hour: λ √(2/π · 1638) is 3.2 points
}

void GammaScalpingTest::forecastIsTheOneAskedFor()
{
    // Calm for long, then days that grow: a regression on the past and a weighted mean see different things in it.
    std::vector<double> closes{500};
    for (int day = 0; day < 700; ++day)
        closes.push_back(closes.back() * std::exp((day % 2 == 0 ? 1 : -1) * (0.004 + 0.0004 * (day % 30))));
    World world(TestMarket{});
    world.state.dailyCloses = closes;
    const auto forecast = [&](const std::vector<std::pair<std::string, std::string>>& set) {
        return forecastOf(world.state, make("gamma_scalping", set)->parameters(), 0);
    };
    const std::span<const double> all(closes);
    const int horizon = market::tradingDaysBetween(base::makeDate(2023, 3, 1), base::makeDate(2023, 3, 31));
    QVERIFY(forecast({}) == risk::ewmaVolatility(closes, 0.94));
    QVERIFY(forecast({{"ewma_decay", "0.98"}}) == risk::ewmaVolatility(closes, 0.98));
    const double har = forecast({{"forecast", "har"}});
    QVERIFY(har == harVolatility(all.last(504), horizon));
    QVERIFY(std::abs(har - forecast({})) > 0.005);
    // What is older than its window, and what another horizon would say, changes it or not.
    QVERIFY(forecast({{"forecast", "har"}, {"har_days", "200"}}) == harVolatility(all.last(200), horizon));
    for (std::size_t day = 0; day < 100; ++day)
        closes[day] = 400;
    QVERIFY(forecast({{"forecast", "har"}}) == har);
    QVERIFY(forecastOf(world.state, make("gamma_scalping", {{"forecast", "har"}})->parameters(), 2) != har);
}

void GammaScalpingTest::shortStraddleBuysWings()
{
    World world(TestMarket{}); // implied 20 %
    const auto strategy = make("gamma_scalping", {{"side", "short"}});
    const std::vector<double> dear = closesAt(0.25), cheap = closesAt(0.15);
    world.state.dailyCloses = dear;
    QVERIFY(!strategy->entry(world.state));
    world.state.dailyCloses = cheap;
    const auto proposals = strategy->entry(world.state);
    QVERIFY2(proposals, proposals ? "" : proposals.error().reason.c_str());
    const portfolio::OrderIntent& intent = proposals->at(0).intent;
    QCOMPARE(intent.legs.size(), std::size_t(4));
    QVERIFY(intent.effect == portfolio::PriceEffect::Credit);
    double width = 0;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const double strike = strikeOf(leg.symbol);
        QCOMPARE(leg.action == Action::SellToOpen, strike == 500);
        width = std::max(width, std::abs(strike - 500));
    }
    QVERIFY(width >= 20 && width <= 60);
    const double units = intent.legs[0].quantity.toDouble();
    QVERIFY2(100 * units * (width - intent.price->toDouble()) <= world.state.budget.maxLoss * 1.01,
             qPrintable(QString::number(units)));

    // Short gamma leaves where the forecast has risen, and hedges the other way.
    world.hold(intent);
    QVERIFY(strategy->exit(world.state).empty());
    world.state.dailyCloses = dear;
    QCOMPARE(strategy->exit(world.state).size(), std::size_t(1));
    TestMarket up;
    up.spot = 515;
    const auto later = moved(world, up);
    const portfolio::OrderLeg hedge = strategy->hedge(later->state).at(0).intent.legs.at(0);
    QVERIFY(hedge.action == Action::BuyToOpen && hedge.type == market::InstrumentType::Equity);
}

void GammaScalpingTest::eitherSideIsTheOneWithTheEdge()
{
    World world(TestMarket{}); // implied 20 %
    const auto strategy = make("gamma_scalping", {{"side", "either"}});
    const std::vector<double> dear = closesAt(0.25), cheap = closesAt(0.15), fair = closesAt(0.2);
    world.state.dailyCloses = dear;
    QCOMPARE(strategy->entry(world.state)->at(0).intent.legs.size(), std::size_t(2));
    world.state.dailyCloses = cheap;
    QCOMPARE(strategy->entry(world.state)->at(0).intent.legs.size(), std::size_t(4));
    world.state.dailyCloses = fair;
    QVERIFY(!strategy->entry(world.state));
}

void GammaScalpingTest::sizeIsHeldByItsLimits_data()
{
    QTest::addColumn<QString>("limit");
    QTest::addColumn<double>("part");
    QTest::newRow("vega") << "vega_limit" << 0.003;
    QTest::newRow("a day of one deviation") << "day_loss_limit" << 0.0025;
    QTest::newRow("gamma") << "gamma_limit" << 0.2;
}

/// Each as Black and Scholes say it of the straddle, with nothing else in the way.
void GammaScalpingTest::sizeIsHeldByItsLimits()
{
    QFETCH(QString, limit);
    QFETCH(double, part);
    World world(TestMarket{});
    world.state.budget = {.maxLoss = 1e9, .stress = 1e9, .margin = 1e9, .contracts = 1e6};
    const double years = market::yearsUntil(world.state.now, world.chain.expirations[0].expiresAt);
    double vega = 0, gamma = 0, decay = 0;
    for (const market::Right right : {market::Right::Call, market::Right::Put}) {
        const auto greeks = pricing::blackScholes(right, {500, 0, 0}, 500, years, 0.2);
        vega += 100 * greeks.vega / 100;
        gamma += 100 * greeks.gamma * 500 * 500 / 100;
        decay += 100 * (greeks.price - pricing::blackScholesPrice(right, {500, 0, 0}, 500, years - 1 / 252.0, 0.2));
    }
    const double each = limit == "vega_limit" ? vega : limit == "gamma_limit" ? gamma : decay;
    const auto expected = static_cast<std::int64_t>(part * 100'000 / each);
    QVERIFY(expected >= 2);
    const auto entered = [&](double allowed) {
        std::vector<std::pair<std::string, std::string>> set{
            {"entry", "always"}, {"vega_limit", "0.1"}, {"day_loss_limit", "0.1"}, {"gamma_limit", "10"}};
        set.emplace_back(limit.toStdString(), std::to_string(allowed));
        return make("gamma_scalping", set)->entry(world.state);
    };
    QCOMPARE(entered(part)->at(0).intent.legs.at(0).quantity, base::Quantity(expected));
    const double tooLittle = 0.9 * each / 100'000;
    const auto refused = entered(tooLittle);
    QVERIFY(!refused);
    QVERIFY2(QString::fromStdString(refused.error().reason).contains(limit), refused.error().reason.c_str());
}

void GammaScalpingTest::marginCountsTheSharesToCome()
{
    // One deviation to expiry puts the delta of a straddle at N(1 + σ√T / 2) − N(−1 − σ√T / 2), near 0.7: half of that is margin.
    World world(TestMarket{});
    world.state.budget = {.maxLoss = 1e9, .stress = 1e9, .margin = 50'000, .contracts = 1e6};
    const auto strategy =
        make("gamma_scalping",
             {{"entry", "always"}, {"gamma_limit", "10"}, {"vega_limit", "0.1"}, {"day_loss_limit", "0.1"}});
    const double years = market::yearsUntil(world.state.now, world.chain.expirations[0].expiresAt);
    double delta = 0;
    for (const market::Right right : {market::Right::Call, market::Right::Put})
        delta += pricing::blackScholes(right, {500 * std::exp(0.2 * std::sqrt(years)), 0, 0}, 500, years, 0.2).delta;
    QVERIFY(delta > 0.65 && delta < 0.75);
    const auto expected = static_cast<std::int64_t>(50'000 / (0.5 * 500 * 100 * delta));
    QCOMPARE(strategy->entry(world.state)->at(0).intent.legs.at(0).quantity, base::Quantity(expected));
    world.state.budget.margin = 10'000;
    QVERIFY(!strategy->entry(world.state));
}

void GammaScalpingTest::reportsAreAvoided()
{
    World world(TestMarket{}); // today is March 1, a Wednesday, the expiry March 31
    const auto avoids = make("gamma_scalping", {{"entry", "always"}});
    const auto allows = make("gamma_scalping", {{"entry", "always"}, {"earnings", "allow"}});
    world.state.earnings = base::makeDate(2023, 4, 3);
    QVERIFY(avoids->entry(world.state));
    world.state.earnings = base::makeDate(2023, 3, 31);
    QVERIFY(!avoids->entry(world.state));
    QVERIFY(allows->entry(world.state));

    world.hold(allows->entry(world.state)->at(0).intent);
    QVERIFY(avoids->exit(world.state).empty());
    world.state.earnings = base::makeDate(2023, 3, 2);
    const auto exits = avoids->exit(world.state);
    QCOMPARE(exits.size(), std::size_t(1));
    QVERIFY(QString::fromStdString(exits[0].reason).contains("reports"));
    QVERIFY(allows->exit(world.state).empty());
    world.state.earnings = base::makeDate(2023, 3, 3);
    QVERIFY(avoids->exit(world.state).empty());
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
    const std::int64_t straddles = start.positions[0].quantity.whole();
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
    QVERIFY2(std::abs(leg.quantity.toDouble() - excess) < 0.02 * excess + 1,
             qPrintable(QString("%1 %2").arg(leg.quantity.toDouble()).arg(excess)));
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
    const double size = 100 * start.positions[0].quantity.toDouble();
    const double expected = -(delta + band) * size; // delta is negative: shares are bought up to −band
    const portfolio::OrderLeg leg = strategy->hedge(world->state).at(0).intent.legs.at(0);
    QVERIFY(leg.action == Action::BuyToOpen);
    QVERIFY2(std::abs(leg.quantity.toDouble() - expected) < 0.02 * expected + 1,
             qPrintable(QString("%1 %2").arg(leg.quantity.toDouble()).arg(expected)));
}

void GammaScalpingTest::straddleFarFromItsStrikeIsLeft()
{
    World start(TestMarket{});
    const auto strategy = make("gamma_scalping", {{"entry", "always"}});
    start.hold(strategy->entry(start.state)->at(0).intent);
    start.holdShares(-60); // the shares that hedge it are not what it is left for
    for (const auto& [spot, leaves] : {std::pair{525.0, false}, std::pair{545.0, true}, std::pair{455.0, true}}) {
        TestMarket far;
        far.spot = spot;
        const auto exits = strategy->exit(moved(start, far)->state);
        QCOMPARE(!exits.empty(), leaves);
        QVERIFY(!leaves || QString::fromStdString(exits[0].reason).contains("little gamma"));
    }
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
