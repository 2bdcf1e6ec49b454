#include "strategies/directional/trend.h"
#include "strategies/world.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

using Set = std::vector<std::pair<std::string, std::string>>;

class DirectionalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trendsOfCloses();
    void trendsThatAreNotKnown();
    void momentumFollowsTheTrend_data();
    void momentumFollowsTheTrend();
    void momentumIsSizedByVolatility();
    void momentumLeaves_data();
    void momentumLeaves();
    void breakoutTakesTheCheaperSide_data();
    void breakoutTakesTheCheaperSide();
    void theWheelTurns();
    void aRestartFindsTheWheelWhereItStood();
    void putsAreSecuredByCash_data();
    void putsAreSecuredByCash();
    void coveredCallsBuyWholeLots();
    void callsAreNotSoldBelowCost();
    void assignedSharesAreSold();
    void theSharesHaveAStop();
};

namespace
{

/// A year and more of closes that end at `last`, growing by `daily` a day with a wobble of about one percent.
std::vector<double> closesTo(double last, double daily, int days = 300)
{
    std::vector<double> closes;
    for (int day = 0; day < days; ++day)
        closes.push_back(last * std::exp(daily * (day - days + 1)) * (1 + 0.004 * ((days - 1 - day) % 2)));
    return closes;
}

std::string entryReason(const Strategy& strategy, const StrategyState& state)
{
    const auto decision = strategy.entry(state);
    return decision ? std::string() : decision.error().reason;
}

/// Positions of a wheel: shares at a cost, and calls.
portfolio::Position position(const World& world, const std::string& symbol, base::Quantity quantity, const char* price)
{
    portfolio::Position out;
    out.symbol = symbol;
    out.underlying = world.chain.underlying;
    out.type = symbol == world.chain.underlying ? market::InstrumentType::Equity : market::InstrumentType::EquityOption;
    out.multiplier = out.type == market::InstrumentType::Equity ? 1 : 100;
    out.quantity = quantity;
    out.averageOpenPrice = base::Decimal::parse(price).value();
    return out;
}

} // namespace

void DirectionalTest::trendsOfCloses()
{
    std::vector<double> closes(253, 100);
    closes.front() = 80; // 252 days ago
    closes[231] = 120;   // 21 days ago
    closes.back() = 90;
    QVERIFY(std::abs(twelveOneMomentum(closes) - 0.5) < 1e-12);
    const std::vector<double> few{10, 20, 30, 40};
    QVERIFY(std::abs(averageCross(few, 2, 4) - (35.0 / 25 - 1)) < 1e-12);
    QVERIFY(std::abs(averageMove(few, 3) - 10) < 1e-12);
    QVERIFY(breakout(few, 3) == 1);
    QVERIFY(breakout(std::vector<double>{10, 20, 30, 30}, 3) == 0);
    QVERIFY(breakout(std::vector<double>{10, 20, 30, 9}, 3) == -1);
}

void DirectionalTest::trendsThatAreNotKnown()
{
    std::vector<double> closes(252, 100);
    QVERIFY(std::isnan(twelveOneMomentum(closes)));
    closes.push_back(market::unknown);
    QVERIFY(std::isnan(twelveOneMomentum(closes)) && std::isnan(averageCross(closes, 2, 5)) &&
            std::isnan(averageMove(closes, 5)) && std::isnan(breakout(closes, 5)));
    closes.back() = -1;
    QVERIFY(std::isnan(averageMove(closes, 5)));
    QVERIFY(std::isnan(averageCross({}, 0, 0)));
}

void DirectionalTest::momentumFollowsTheTrend_data()
{
    QTest::addColumn<Set>("set");
    QTest::addColumn<double>("daily");
    QTest::addColumn<QString>("title"); // of what is entered, or why nothing
    QTest::newRow("up") << Set{} << 0.001 << "bull call spreads 495/525";
    QTest::newRow("down") << Set{} << -0.001 << "bear put spreads 505/480";
    QTest::newRow("down, not followed") << Set{{"ways", "up"}} << -0.001
                                        << "the trend is down, and only those up are followed";
    QTest::newRow("weak") << Set{{"min_trend", "0.5"}} << 0.001 << "the trend is weaker than 0.5";
    QTest::newRow("averages") << Set{{"trend", "averages"}} << 0.001 << "bull call spreads 495/525";
    QTest::newRow("an option") << Set{{"instrument", "option"}} << -0.001 << "puts 505";
}

void DirectionalTest::momentumFollowsTheTrend()
{
    QFETCH(Set, set);
    QFETCH(double, daily);
    QFETCH(QString, title);
    TestMarket setting;
    setting.expiries.push_back(base::makeDate(2023, 4, 28)); // 58 days
    std::ranges::sort(setting.expiries);
    World world(setting);
    const std::vector<double> closes = closesTo(500, daily);
    world.state.dailyCloses = closes;
    const auto momentum = make("momentum", set);
    const auto decision = momentum->entry(world.state);
    QString said = QString::fromStdString(decision ? decision->at(0).reason : decision.error().reason);
    if (decision && portfolio::unitCount(decision->at(0).intent) == 1)
        said.replace(QRegularExpression(QStringLiteral("^1 ([a-z ]+) ")),
                     QStringLiteral("1 \\1s ")); // one is no "spreads"
    QVERIFY2(said.contains(title), qPrintable(said));
    world.state.dailyCloses = world.state.dailyCloses.last(50);
    QVERIFY(QString::fromStdString(entryReason(*momentum, world.state)).startsWith("too few daily closes"));
}

void DirectionalTest::momentumIsSizedByVolatility()
{
    TestMarket setting;
    setting.expiries.push_back(base::makeDate(2023, 4, 28));
    std::ranges::sort(setting.expiries);
    World world(setting);
    world.state.budget = {.maxLoss = 1e6, .stress = 1e6, .margin = 1e6, .contracts = 1000};
    const std::vector<double> closes = closesTo(500, 0.001);
    world.state.dailyCloses = closes;
    const double sigma = risk::ewmaVolatility(closes);
    const auto decision = make("momentum", {{"volatility_target", "0.1"}})->entry(world.state);
    QVERIFY(decision);
    const auto& legs = decision->at(0).intent.legs;
    double delta = 0;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto place = market::find(world.chain, leg.symbol);
        delta += (portfolio::isBuy(leg.action) ? 100 : -100) *
                 world.analytics.expirations[place->expiration].side(place->right).delta[place->row];
    }
    const double wanted = std::min(0.1 / sigma, 2.0) * 100'000 / (delta * 500);
    QCOMPARE(legs[0].quantity, static_cast<std::int64_t>(std::floor(wanted)));
    world.state.netLiquidation = 1'000;
    QCOMPARE(QString::fromStdString(entryReason(*make("momentum", {{"volatility_target", "0.1"}}), world.state)),
             QStringLiteral("one spread is more than the volatility target allows"));
}

void DirectionalTest::momentumLeaves_data()
{
    QTest::addColumn<double>("daily"); // of the closes after the entry's year
    QTest::addColumn<double>("spot");
    QTest::addColumn<QString>("reason");
    QTest::newRow("stays") << 0.001 << 500.0 << "";
    QTest::newRow("the trend turns") << -0.001 << 500.0 << "the trend has turned";
    QTest::newRow("the stop") << 0.001 << 480.0 << "average moves from its best close since the entry";
}

void DirectionalTest::momentumLeaves()
{
    QFETCH(double, daily);
    QFETCH(double, spot);
    QFETCH(QString, reason);
    TestMarket setting;
    setting.expiries.push_back(base::makeDate(2023, 4, 28));
    std::ranges::sort(setting.expiries);
    World start(setting);
    const std::vector<double> closes = closesTo(500, 0.001);
    start.state.dailyCloses = closes;
    const auto momentum = make("momentum", {{"loss_limit", "1"}});
    start.hold(momentum->entry(start.state)->at(0).intent);
    setting.today += std::chrono::days(5);
    setting.spot = spot;
    const auto world = moved(start, setting);
    const std::vector<double> later = closesTo(500, daily);
    world->state.dailyCloses = later;
    const auto exits = momentum->exit(world->state);
    QCOMPARE(exits.empty(), reason.isEmpty());
    if (!reason.isEmpty())
        QVERIFY2(QString::fromStdString(exits[0].reason).contains(reason), exits[0].reason.c_str());
}

void DirectionalTest::breakoutTakesTheCheaperSide_data()
{
    QTest::addColumn<double>("last");   // close, of a range from 490 to 510
    QTest::addColumn<double>("lowest"); // volatility of the year, to that + 0.2
    QTest::addColumn<QString>("said");
    QTest::newRow("up and cheap") << 512.0 << 0.18 << "bull call spreads";
    QTest::newRow("up and dear") << 512.0 << 0.05 << "bull put spreads";
    QTest::newRow("down and cheap") << 488.0 << 0.18 << "bear put spreads";
    QTest::newRow("down and dear") << 488.0 << 0.05 << "bear call spreads";
    QTest::newRow("neither") << 512.0 << 0.12 << "implied volatility is neither cheap nor dear";
    QTest::newRow("no breakout") << 505.0 << 0.18 << "the last close is within the range of those before it";
}

void DirectionalTest::breakoutTakesTheCheaperSide()
{
    QFETCH(double, last);
    QFETCH(double, lowest);
    QFETCH(QString, said);
    World world(TestMarket{});
    std::vector<double> closes;
    for (int day = 0; day < 60; ++day)
        closes.push_back(day % 2 == 0 ? 490 : 510);
    closes.push_back(last);
    std::vector<double> volatilities;
    for (int day = 0; day < 80; ++day)
        volatilities.push_back(lowest + 0.2 * day / 79);
    world.state.dailyCloses = closes;
    world.state.dailyVolatilities = volatilities;
    const auto breakout = make("breakout", {{"min_credit", "0.15"}});
    const auto decision = breakout->entry(world.state);
    const QString words = QString::fromStdString(decision ? decision->at(0).reason : decision.error().reason);
    QVERIFY2(words.contains(said), qPrintable(words));
    if (!decision)
        return;
    world.hold(decision->at(0).intent);
    QVERIFY(breakout->exit(world.state).empty());
    closes.back() = last > 500 ? 480 : 520;
    world.state.dailyCloses = closes;
    const auto exits = breakout->exit(world.state);
    QCOMPARE(exits.size(), std::size_t(1));
    QCOMPARE(QString::fromStdString(exits[0].reason), QStringLiteral("the price has left its range the other way"));
}

void DirectionalTest::theWheelTurns()
{
    World world(TestMarket{});
    const auto wheel = make("wheel");
    const auto puts = wheel->entry(world.state);
    QVERIFY2(puts, puts ? "" : puts.error().reason.c_str());
    const portfolio::OrderLeg sold = puts->at(0).intent.legs.at(0);
    QVERIFY(sold.action == Action::SellToOpen && strikeOf(sold.symbol) == 485); // 30 days, delta 0.30
    QCOMPARE(sold.quantity, 1);
    world.hold(puts->at(0).intent);
    QVERIFY(wheel->exit(world.state).empty() && wheel->hedge(world.state).empty());

    // Assigned: shares alone. A call for each lot, above their cost.
    world.positions = {position(world, "SPY", 250, "485")};
    world.state.positions = world.positions;
    QVERIFY(wheel->exit(world.state).empty());
    const auto calls = wheel->hedge(world.state);
    QCOMPARE(calls.size(), std::size_t(1));
    QVERIFY(calls[0].kind == ProposalKind::Adjust);
    const portfolio::OrderLeg call = calls[0].intent.legs.at(0);
    QVERIFY(call.action == Action::SellToOpen && strikeOf(call.symbol) >= 500);
    QCOMPARE(call.quantity, 2); // of 250 shares

    // Covered: nothing more is sold, and at half the credit the calls are bought back alone.
    world.positions.push_back(position(world, call.symbol, -2, "6.50"));
    world.state.positions = world.positions;
    QVERIFY(wheel->hedge(world.state).empty());
    TestMarket later;
    later.today += std::chrono::days(15);
    later.spot = 495;
    later.volatility = 0.15;
    const auto then = moved(world, later);
    const auto exits = wheel->exit(then->state);
    QCOMPARE(exits.size(), std::size_t(1));
    QCOMPARE(exits[0].intent.legs.size(), std::size_t(1));
    QVERIFY(exits[0].intent.legs[0].action == Action::BuyToClose && exits[0].intent.legs[0].symbol == call.symbol);
    // However far the call is in the money, the shares pay for it.
    later.spot = 600;
    QVERIFY(wheel->exit(moved(world, later)->state).empty());
}

void DirectionalTest::aRestartFindsTheWheelWhereItStood()
{
    World world(TestMarket{});
    world.positions = {position(world, "SPY", 100, "485")};
    world.state.positions = world.positions;
    const auto first = make("wheel")->hedge(world.state), second = make("wheel")->hedge(world.state);
    QCOMPARE(first.size(), std::size_t(1));
    QVERIFY(first[0].intent == second.at(0).intent);
    world.state.isHedgeWorking = true; // shares are on their way: wait for them
    QVERIFY(make("wheel")->hedge(world.state).empty());
}

void DirectionalTest::putsAreSecuredByCash_data()
{
    QTest::addColumn<double>("netLiquidation");
    QTest::addColumn<double>("maxLoss");
    QTest::addColumn<int>("puts");
    QTest::addColumn<QString>("reason");
    QTest::newRow("cash for two") << 100'000.0 << 1e6 << 2 << "";
    QTest::newRow("loss for one") << 100'000.0 << 10'000.0 << 1 << "";
    QTest::newRow("cash for none") << 48'000.0 << 1e6 << 0
                                   << "the cash that would secure one put is more than the account holds";
    QTest::newRow("loss for none") << 100'000.0 << 2'000.0 << 0
                                   << "one cash-secured put could lose more than one trade may";
}

void DirectionalTest::putsAreSecuredByCash()
{
    QFETCH(double, netLiquidation);
    QFETCH(double, maxLoss);
    QFETCH(int, puts);
    QFETCH(QString, reason);
    World world(TestMarket{});
    world.state.netLiquidation = netLiquidation;
    world.state.budget = {.maxLoss = maxLoss, .stress = 1e6, .margin = 1e6, .contracts = 1000};
    const auto decision = make("cash_secured_put")->entry(world.state);
    QCOMPARE(decision ? QString() : QString::fromStdString(decision.error().reason), reason);
    if (decision)
        QCOMPARE(decision->at(0).intent.legs[0].quantity, puts);
}

void DirectionalTest::coveredCallsBuyWholeLots()
{
    World world(TestMarket{});
    const auto strategy = make("covered_call");
    const auto decision = strategy->entry(world.state);
    QVERIFY2(decision, decision ? "" : decision.error().reason.c_str());
    const portfolio::OrderIntent& intent = decision->at(0).intent;
    QCOMPARE(intent.legs.size(), std::size_t(1));
    QVERIFY(intent.legs[0].symbol == "SPY" && intent.legs[0].action == Action::BuyToOpen);
    QCOMPARE(intent.legs[0].quantity, 200); // 7,500 each under stress, of 25,000; 25,000 of margin each, of 50,000
    world.hold(intent);
    const auto calls = strategy->hedge(world.state);
    QCOMPARE(calls.size(), std::size_t(1));
    QCOMPARE(calls[0].intent.legs[0].quantity, 2);
    // Too dear for the account: said, and no part of a lot bought.
    world.state.budget.stress = 7'000;
    QCOMPARE(QString::fromStdString(entryReason(*strategy, world.state)),
             QStringLiteral("one lot of 100 shares would lose more under stress than is left of the limits"));
    world.state.budget = {.maxLoss = 10'000, .stress = 25'000, .margin = 20'000, .contracts = 1000};
    QCOMPARE(QString::fromStdString(entryReason(*strategy, world.state)),
             QStringLiteral("one lot of 100 shares needs more margin than is left of the limits"));
    world.state.underlyingType = market::InstrumentType::Index;
    QVERIFY(entryReason(*strategy, world.state).starts_with("an index has no shares"));
}

void DirectionalTest::callsAreNotSoldBelowCost()
{
    World world(TestMarket{});
    world.positions = {position(world, "SPY", 100, "547")};
    world.state.positions = world.positions;
    const auto above = make("covered_call")->hedge(world.state);
    QCOMPARE(above.size(), std::size_t(1));
    QVERIFY(strikeOf(above[0].intent.legs[0].symbol) == 550);
    const auto any = make("covered_call", {{"call_strike", "any"}})->hedge(world.state);
    QVERIFY(strikeOf(any.at(0).intent.legs[0].symbol) < 547);
    world.positions = {position(world, "SPY", 100, "700")}; // no strike so high
    world.state.positions = world.positions;
    QVERIFY(make("covered_call")->hedge(world.state).empty());
}

void DirectionalTest::assignedSharesAreSold()
{
    World world(TestMarket{});
    world.positions = {position(world, "SPY", 100, "510")};
    world.state.positions = world.positions;
    const auto exits = make("cash_secured_put")->exit(world.state);
    QCOMPARE(exits.size(), std::size_t(1));
    QVERIFY(exits[0].intent.legs[0].action == Action::SellToClose);
    QCOMPARE(exits[0].intent.legs[0].quantity, 100);
    QVERIFY(make("cash_secured_put")->hedge(world.state).empty());
}

void DirectionalTest::theSharesHaveAStop()
{
    World world(TestMarket{});
    const std::string call =
        market::toOccSymbol({"SPY", base::makeDate(2023, 4, 14), market::Right::Call, base::Decimal::fromInteger(530)})
            .value();
    world.positions = {position(world, "SPY", 100, "560"), position(world, call, -1, "3.70")};
    world.state.positions = world.positions;
    QVERIFY(make("wheel")->exit(world.state).empty());
    const auto exits = make("wheel", {{"share_stop", "0.1"}})->exit(world.state);
    QCOMPARE(exits.size(), std::size_t(2)); // the call first: it must not be left without its cover
    QVERIFY(exits[0].intent.legs[0].action == Action::BuyToClose);
    QVERIFY(exits[1].intent.legs[0].action == Action::SellToClose);
}

QTEST_GUILESS_MAIN(DirectionalTest)
#include "directional_test.moc"
