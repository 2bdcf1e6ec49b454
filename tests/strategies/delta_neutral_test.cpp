#include "base/random.h"
#include "pricing/heston/heston.h"
#include "pricing/implied_volatility.h"
#include "strategies/chain_selection.h"
#include "strategies/hedge_delta.h"
#include "strategies/hedging.h"
#include "strategies/neutral/neutral_structures.h"
#include "strategies/orders.h"
#include "strategies/volatility/hedged_size.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using market::Right;
using portfolio::Action;

class DeltaNeutralTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void structuresHoldTheirGreekWithoutDelta_data();
    void structuresHoldTheirGreekWithoutDelta();
    void theBestOfThemIsEntered();
    void strikesThatLeaveDeltaAreRefused();
    void whatStrikesLeaveIsHedgedAtOnce();
    void theBookIsHeldNeutralInBetas();
    void itLeaves_data();
    void itLeaves();
    void edgeHangsOnTheTarget_data();
    void edgeHangsOnTheTarget();
    void leastVarianceIsLearntFromThePast_data();
    void leastVarianceIsLearntFromThePast();
    void withoutAHistoryItHedgesAtImpliedVolatility();
};

namespace
{

std::vector<std::pair<std::string, std::string>> always(const char* target)
{
    return {{"entry", "always"}, {"target", target}, {"days_to_expiry", "44"}, {"far_days", "107"}};
}

double unitDelta(const StrategyState& state, std::span<const portfolio::OrderLeg> legs)
{
    double sum = 0;
    for (const portfolio::OrderLeg& leg : legs) {
        const auto place = market::find(*state.chain, leg.symbol);
        sum += portfolio::signedQuantity(leg.action, leg.quantity).toDouble() *
               deltaOf(state, {place->expiration, place->row, place->right});
    }
    return sum / portfolio::unitCount(legs).toDouble();
}

/// A price and its volatility by Heston's model, from day to day.
struct HestonDays {
    double correlation;
    base::Generator generator;
    double spot = 100, variance = 0.04;

    pricing::HestonParameters model() const { return {variance, 3, 0.04, 0.3, correlation}; }
    void step()
    {
        const double deviation = std::sqrt(variance / 252), first = generator.normal(), second = generator.normal();
        const pricing::HestonParameters now = model();
        spot *= std::exp(deviation * first - 0.5 * deviation * deviation);
        variance += now.kappa * (now.theta - variance) / 252 +
                    now.sigma * deviation * (correlation * first + std::sqrt(1 - correlation * correlation) * second);
        variance = std::max(variance, 1e-4);
    }
    double volatility(double strike, double years) const
    {
        const pricing::MarketPoint market{spot, 0, 0};
        return pricing::impliedVolatility(Right::Call, market, strike, years,
                                          pricing::hestonPrice(Right::Call, market, strike, years, model()));
    }
};

} // namespace

void DeltaNeutralTest::structuresHoldTheirGreekWithoutDelta_data()
{
    QTest::addColumn<int>("target");
    QTest::addColumn<QStringList>("units");
    QTest::newRow("theta") << static_cast<int>(GreekTarget::Theta) << QStringList{"iron butterfly", "iron condor"};
    QTest::newRow("gamma") << static_cast<int>(GreekTarget::Gamma) << QStringList{"straddle", "strangle"};
    QTest::newRow("vega") << static_cast<int>(GreekTarget::Vega)
                          << QStringList{"straddle", "strangle", "straddle calendar"};
}

void DeltaNeutralTest::structuresHoldTheirGreekWithoutDelta()
{
    QFETCH(int, target);
    QFETCH(QStringList, units);
    TestMarket setting;
    setting.strikeStep = 2.5;
    setting.firstStrike = 350;
    setting.lastStrike = 650;
    const World world(setting);
    const auto wanted = static_cast<GreekTarget>(target);
    const auto structures = neutralStructures(world.state, wanted, 1, 2, 0.08);
    QVERIFY(structures.size() >= 4);
    std::set<QString> seen;
    for (const NeutralStructure& structure : structures) {
        const LegFigures figures = figuresOf(world.state, structure.legs);
        const QByteArray which =
            QString("%1: delta %2").arg(QString::fromStdString(structure.title)).arg(figures.delta / 100).toUtf8();
        seen.insert(QString::fromStdString(structure.unit));
        QVERIFY2(std::abs(figures.delta / 100) < 0.05, which.constData());
        const double greek = wanted == GreekTarget::Theta   ? figures.theta
                             : wanted == GreekTarget::Gamma ? figures.gamma
                                                            : figures.vega;
        QVERIFY2(greek > 0, which.constData());
        if (wanted == GreekTarget::Theta) { // both sides of what is sold are bought
            QCOMPARE(structure.legs.size(), std::size_t(4));
            QVERIFY(strikeOf(structure.legs[0].symbol) < strikeOf(structure.legs[1].symbol));
            QVERIFY(strikeOf(structure.legs[1].symbol) <= strikeOf(structure.legs[2].symbol));
            QVERIFY(strikeOf(structure.legs[2].symbol) < strikeOf(structure.legs[3].symbol));
        }
    }
    QCOMPARE(seen, std::set<QString>(units.begin(), units.end()));
}

void DeltaNeutralTest::theBestOfThemIsEntered()
{
    for (const char* const target : {"theta", "gamma", "vega"}) {
        const World world(TestMarket{});
        const auto strategy = make("delta_neutral", always(target));
        const Candidates candidates = strategy->candidates(world.state);
        QVERIFY2(candidates, candidates ? "" : candidates.error().reason.c_str());
        double before = std::numeric_limits<double>::infinity();
        for (const Candidate& candidate : *candidates) {
            const LegFigures figures = figuresOf(world.state, candidate.legs);
            const double greek = std::string_view(target) == "theta"   ? figures.theta
                                 : std::string_view(target) == "gamma" ? figures.gamma
                                                                       : figures.vega;
            const double score = greek / candidate.each.stressLoss;
            QVERIFY2(score > 0 && score <= before, target);
            before = score;
        }
        const auto proposals = strategy->entry(world.state);
        QVERIFY2(proposals, proposals ? "" : proposals.error().reason.c_str());
        QVERIFY(std::abs(unitDelta(world.state, proposals->at(0).intent.legs)) < 0.05);
    }
}

void DeltaNeutralTest::strikesThatLeaveDeltaAreRefused()
{
    TestMarket coarse;
    coarse.spot = 507;
    coarse.strikeStep = 20; // no strike has call and put of one delta
    const World world(coarse);
    auto set = always("gamma");
    set.emplace_back("delta_tolerance", "0.01");
    QVERIFY(make("delta_neutral", set)->entry(world.state)); // shares will hedge it
    set.emplace_back("residual", "strikes");
    const auto refused = make("delta_neutral", set)->entry(world.state);
    QVERIFY(!refused);
    QVERIFY(QString::fromStdString(refused.error().reason).contains("delta_tolerance"));
}

void DeltaNeutralTest::whatStrikesLeaveIsHedgedAtOnce()
{
    TestMarket coarse;
    coarse.spot = 507;
    coarse.strikeStep = 20;
    World world(coarse);
    auto set = always("gamma");
    set.emplace_back("hedge", "fixed_band");
    set.emplace_back("delta_band", "0.5");
    const auto strategy = make("delta_neutral", set);
    world.hold(strategy->entry(world.state)->at(0).intent);
    const double left = hedgeBook(world.state)->delta;
    QVERIFY(std::abs(left) > 2);
    const auto hedges = strategy->hedge(world.state);
    QCOMPARE(hedges.size(), std::size_t(1)); // inside the band, and back to none all the same
    const portfolio::OrderLeg leg = hedges[0].intent.legs.at(0);
    const auto traded = portfolio::signedQuantity(leg.action, leg.quantity);
    QVERIFY(std::abs(left + traded.toDouble()) <= 0.5);
    world.holdShares(traded);
    world.state.trade.lastHedgeAt = world.state.now;
    QVERIFY(strategy->hedge(world.state).empty());
    // From then on it is the band that counts: half a delta of the units held.
    const double units = hedgeBook(world.state)->contracts.toDouble() * 100;
    world.holdShares(base::Quantity(std::llround(0.4 * units)));
    QVERIFY(strategy->hedge(world.state).empty());
    world.holdShares(base::Quantity(std::llround(0.3 * units)));
    QCOMPARE(strategy->hedge(world.state).size(), std::size_t(1));
    set.emplace_back("residual", "strikes");
    World fresh(coarse);
    fresh.hold(strategy->entry(fresh.state)->at(0).intent);
    QVERIFY(make("delta_neutral", set)->hedge(fresh.state).empty());
}

void DeltaNeutralTest::theBookIsHeldNeutralInBetas()
{
    World world(TestMarket{});
    auto set = always("gamma");
    set.emplace_back("neutral", "book");
    set.emplace_back("hedge", "fixed_time");
    const auto strategy = make("delta_neutral", set);
    world.hold(strategy->entry(world.state)->at(0).intent);
    const double own = hedgeBook(world.state)->delta;
    const auto traded = [&] {
        const auto hedges = strategy->hedge(world.state);
        if (hedges.empty())
            return 0.0;
        const portfolio::OrderLeg leg = hedges[0].intent.legs.at(0);
        return portfolio::signedQuantity(leg.action, leg.quantity).toDouble();
    };
    // The rest of the book moves like 30,000 dollars of the index; this underlying half again as much as the index.
    Signals signals{{"beta", 1.5}, {"book_beta_dollars", 30'000}};
    world.state.signals = &signals;
    QVERIFY(std::abs(own + traded() + 30'000 / (1.5 * 500)) <= 0.5);
    signals.erase("beta"); // not known: its own delta alone
    QVERIFY(std::abs(own + traded()) <= 0.5);
}

void DeltaNeutralTest::itLeaves_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("reason");
    QTest::newRow("stays") << ""
                           << "";
    QTest::newRow("days") << "days"
                          << "21 days to expiry";
    QTest::newRow("target") << "gain"
                            << "gained 50 %";
    QTest::newRow("loss") << "loss"
                          << "lost 100 %";
    QTest::newRow("the limits' own stop comes first") << "stop"
                                                      << "lost 80 %";
    QTest::newRow("report") << "report"
                            << "reports";
    QTest::newRow("limits") << "limits"
                            << "beyond its limit";
}

void DeltaNeutralTest::itLeaves()
{
    QFETCH(QString, what);
    QFETCH(QString, reason);
    World start(TestMarket{});
    const auto strategy = make("delta_neutral", always("theta"));
    start.hold(strategy->entry(start.state)->at(0).intent);
    start.holdShares(-3);
    TestMarket later;
    if (what == "days")
        later.today = base::makeDate(2023, 3, 24);
    const auto world = moved(start, later);
    const double credit = world->state.trade.entryCash;
    QVERIFY(credit > 0);
    world->state.trade.profit = credit * (what == "gain" ? 0.5 : what == "loss" ? -1.0 : what == "stop" ? -0.8 : 0);
    world->state.creditStopLoss = what == "stop" ? 0.75 : 2;
    if (what == "report")
        world->state.earnings = base::makeDate(2023, 3, 2);
    if (what == "limits")
        world->state.netLiquidation = 1000;
    const auto exits = strategy->exit(world->state);
    QCOMPARE(exits.empty(), reason.isEmpty());
    if (reason.isEmpty())
        return;
    QVERIFY2(QString::fromStdString(exits[0].reason).contains(reason), exits[0].reason.c_str());
    QCOMPARE(exits.size(), std::size_t(2));
    QCOMPARE(exits[0].intent.legs.size(), std::size_t(4)); // what is short gamma goes first
    QCOMPARE(exits[1].intent.legs.at(0).quantity, base::Quantity(3));
}

void DeltaNeutralTest::edgeHangsOnTheTarget_data()
{
    QTest::addColumn<QString>("target");
    QTest::addColumn<double>("expected"); // volatility, of 20 % implied
    QTest::addColumn<bool>("enters");
    QTest::newRow("theta, cheap to hedge") << "theta" << 0.15 << true;
    QTest::newRow("theta, dear") << "theta" << 0.25 << false;
    QTest::newRow("gamma, moves") << "gamma" << 0.25 << true;
    QTest::newRow("gamma, none") << "gamma" << 0.15 << false;
    QTest::newRow("vega, below its average") << "vega" << 0.25 << true;
    QTest::newRow("vega, above it") << "vega" << 0.15 << false;
}

void DeltaNeutralTest::edgeHangsOnTheTarget()
{
    QFETCH(QString, target);
    QFETCH(double, expected);
    QFETCH(bool, enters);
    World world(TestMarket{});
    auto set = always(qPrintable(target));
    set[0].second = "edge";
    std::vector<double> closes{500}, volatilities;
    for (int day = 0; day < 100; ++day) {
        closes.push_back(closes.back() * std::exp((day % 2 == 0 ? 1 : -1) * expected / std::sqrt(252.0)));
        volatilities.push_back(expected);
    }
    const auto strategy = make("delta_neutral", set);
    QVERIFY(!strategy->entry(world.state)); // nothing is known to expect
    world.state.dailyCloses = closes;
    world.state.dailyVolatilities = volatilities;
    const auto entered = strategy->entry(world.state);
    QVERIFY2(entered.has_value() == enters, entered ? "" : entered.error().reason.c_str());
    if (!enters)
        return;
    world.hold(entered->at(0).intent);
    QVERIFY(strategy->exit(world.state).empty());
    TestMarket turned; // implied volatility is where it was expected, and beyond
    turned.volatility = target == "theta" ? 0.1 : 0.35;
    const auto later = moved(world, turned);
    later->state.dailyCloses = closes;
    later->state.dailyVolatilities = volatilities;
    later->state.netLiquidation = 1e9;
    const auto exits = strategy->exit(later->state);
    QVERIFY(!exits.empty());
    QVERIFY2(QString::fromStdString(exits[0].reason).contains("edge"), exits[0].reason.c_str());
}

void DeltaNeutralTest::leastVarianceIsLearntFromThePast_data()
{
    QTest::addColumn<double>("correlation");
    QTest::newRow("volatility rises as prices fall") << -0.9;
    QTest::newRow("volatility rises with prices") << 0.9;
}

/// The strategy sees a year of Heston's closes and volatilities at the money, and the smile of today. What it then hedges a call
/// with leaves less variance over the next day than Black and Scholes' delta, drawn many times.
void DeltaNeutralTest::leastVarianceIsLearntFromThePast()
{
    QFETCH(double, correlation);
    constexpr double days30 = 30.0 / 365;
    HestonDays heston{correlation, base::Generator(4)};
    std::vector<double> closes, volatilities;
    for (int day = 0; day < 252; ++day) {
        closes.push_back(heston.spot);
        volatilities.push_back(heston.volatility(heston.spot, days30));
        heston.step();
    }
    closes.push_back(heston.spot);
    volatilities.push_back(heston.volatility(heston.spot, days30));

    TestMarket setting;
    setting.spot = heston.spot;
    setting.firstStrike = std::round(heston.spot) - 12;
    setting.lastStrike = setting.firstStrike + 24;
    setting.strikeStep = 1;
    setting.halfSpread = 0.005;
    setting.expiries = {base::makeDate(2023, 3, 31), base::makeDate(2023, 6, 16)};
    setting.smile = [&](double strike, double years) { return heston.volatility(strike, years); };
    World world(setting);
    world.state.dailyCloses = closes;
    world.state.dailyVolatilities = volatilities;
    const auto fit = minimumVarianceOf(world.state);
    QVERIFY2(fit, fit ? "" : fit.error().message().c_str());

    const double years = market::yearsUntil(world.state.now, world.chain.expirations[1].expiresAt);
    double plain = 0, least = 0;
    for (const int offset : {-4, 0, 4}) {
        const double strike = std::round(heston.spot) + offset;
        const Contract call = nearestStrike(world.state, 1, Right::Call, strike, 0).value();
        portfolio::OrderIntent intent;
        intent.legs = {optionLeg(world.state, call, Action::BuyToOpen, 1)};
        World held(setting);
        held.hold(intent);
        const double blackScholes = hedgeBook(held.state)->delta / 100;
        const double adjusted = minimumVarianceDelta(held.state, *fit) / 100;
        QVERIFY2((adjusted - blackScholes) * correlation > 0,
                 qPrintable(QString("%1 %2").arg(adjusted).arg(blackScholes)));
        const double before = pricing::hestonPrice(Right::Call, {heston.spot, 0, 0}, strike, years, heston.model());
        std::vector<double> moves, values;
        for (int draw = 0; draw < 300; ++draw) {
            HestonDays next = heston;
            next.generator = base::Generator(1000 + static_cast<std::uint64_t>(draw));
            next.step();
            moves.push_back(next.spot - heston.spot);
            values.push_back(
                pricing::hestonPrice(Right::Call, {next.spot, 0, 0}, strike, years - 1 / 252.0, next.model()) - before);
        }
        const auto variance = [&](double delta) {
            double sum = 0, squares = 0;
            for (std::size_t draw = 0; draw < moves.size(); ++draw) {
                const double left = values[draw] - delta * moves[draw];
                sum += left / static_cast<double>(moves.size());
                squares += left * left / static_cast<double>(moves.size());
            }
            return squares - sum * sum;
        };
        plain += variance(blackScholes);
        least += variance(adjusted);
    }
    QVERIFY2(least < 0.85 * plain, qPrintable(QString("%1 of %2").arg(least).arg(plain)));

    // And it is what the strategy hedges with: short of a call's own delta where volatility falls as prices rise.
    auto set = always("gamma");
    set.emplace_back("hedge", "fixed_time");
    const auto hedged = [&](const char* delta) {
        auto with = set;
        with.emplace_back("hedge_delta", delta);
        World held(setting);
        held.state.dailyCloses = closes;
        held.state.dailyVolatilities = volatilities;
        portfolio::OrderIntent intent;
        intent.legs = {optionLeg(held.state,
                                 nearestStrike(held.state, 1, Right::Call, std::round(heston.spot), 0).value(),
                                 Action::BuyToOpen, 10)};
        held.hold(intent);
        const auto hedges = make("delta_neutral", with)->hedge(held.state);
        return hedges.empty() ? 0.0 : hedges[0].intent.legs.at(0).quantity.toDouble();
    };
    QVERIFY((hedged("minimum_variance") - hedged("implied")) * correlation > 10);
}

void DeltaNeutralTest::withoutAHistoryItHedgesAtImpliedVolatility()
{
    World start(TestMarket{});
    auto set = always("gamma");
    const auto strategy = make("delta_neutral", set);
    start.hold(strategy->entry(start.state)->at(0).intent);
    TestMarket up;
    up.spot = 520;
    const auto world = moved(start, up);
    QVERIFY(!minimumVarianceOf(world->state));
    set.emplace_back("hedge_delta", "minimum_variance");
    const auto hedges = make("delta_neutral", set)->hedge(world->state);
    const auto plain = strategy->hedge(world->state);
    QCOMPARE(hedges.size(), std::size_t(1));
    QVERIFY(hedges[0].intent == plain.at(0).intent);
    QVERIFY(QString::fromStdString(hedges[0].reason).contains("for want of a history"));
}

QTEST_GUILESS_MAIN(DeltaNeutralTest)
#include "delta_neutral_test.moc"
