#include "strategies/basket_world.h"
#include "strategies/volatility/dispersion_holding.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

namespace
{

const std::vector<NameSetting> five{{"AAA", 0.3, 0.30, 150},
                                    {"BBB", 0.25, 0.25, 90},
                                    {"CCC", 0.2, 0.4, 200},
                                    {"DDD", 0.15, 0.2, 60},
                                    {"EEE", 0.1, 0.35, 110}};

using Set = std::vector<std::pair<std::string, std::string>>;

std::unique_ptr<Strategy> always(Set set = {})
{
    set.insert(set.end(), {{"entry", "always"}, {"min_open_interest", "0"}, {"fewest_names", "3"}});
    return make("dispersion", set);
}

/// Dollars per 1.00 of volatility of what the intents open, without sign, by underlying.
double vegaOf(BasketWorld& world, const portfolio::OrderIntent& intent)
{
    World* const at = world.of(intent.underlying);
    double vega = 0;
    for (const portfolio::OrderLeg& leg : intent.legs) {
        const auto place = market::find(at->chain, leg.symbol);
        vega += 100 * leg.quantity.toDouble() *
                at->analytics.expirations[place->expiration].side(place->right).vega[place->row];
    }
    return vega;
}

bool near(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class DispersionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theReferencesThreeNames();
    void membersTakeTheIndexAlong();
    void entrySellsTheIndexAndBuysTheNames_data();
    void entrySellsTheIndexAndBuysTheNames();
    void theReverseBuysTheIndex();
    void sizeIsByStressAndNothingIsRoundedUp();
    void reportsAndThinNamesStayOut();
    void entryWantsAHighCorrelationThatPaysForItsCosts();
    void aLegThatStandsAloneIsCompletedOrUnwound_data();
    void aLegThatStandsAloneIsCompletedOrUnwound();
    void leavesByDaysLossAndReports();
    void namesFollowTheIndexWhenVegaDrifts();
    void eachNamesDeltaIsHedged();
    void anIndexWithoutSharesIsHedgedByItsMembers();
    void profitIsSplitIntoItsLines();
};

/// Domain reference, F5.
void DispersionTest::theReferencesThreeNames()
{
    const std::vector<BasketMember> members{{0.4, 0.30}, {0.35, 0.25}, {0.25, 0.40}};
    const auto correlation = impliedCorrelation(0.22, members);
    QVERIFY(correlation && near(correlation->exact, 0.2615, 5e-5) && near(correlation->proxy, 0.51186, 5e-6));
    QVERIFY(near(correlation->averageVolatility, 0.3075, 1e-12));
    const double average = correlation->averageVolatility;
    QCOMPARE(memberVega(DispersionWeighting::Vega, 0.22, average), 1.0);
    const double theta = memberVega(DispersionWeighting::Theta, 0.22, average);
    QVERIFY(near(theta, 0.715447, 5e-7));
    QVERIFY(near(0.4 * theta, 0.286179, 5e-7) && near(0.35 * theta, 0.250407, 5e-7) &&
            near(0.25 * theta, 0.178862, 5e-7));
    QVERIFY(near(memberVega(DispersionWeighting::Gamma, 0.22, average), 1.397727, 5e-7));
    QVERIFY(std::isnan(memberVega(DispersionWeighting::Theta, market::unknown, average)));
    QVERIFY(std::isnan(memberVega(DispersionWeighting::Vega, 0.22, 0)));
}

void DispersionTest::membersTakeTheIndexAlong()
{
    const std::vector<BasketMember> before{{0.4, 0.30}, {0.35, 0.25}, {0.25, 0.40}};
    std::vector<BasketMember> after = before;
    QVERIFY(near(volatilityAtCorrelation(0.22, before, after), 0.22, 1e-12));
    for (BasketMember& member : after)
        member.volatility *= 1.1;
    QVERIFY(near(volatilityAtCorrelation(0.22, before, after), 0.242, 1e-12));
    after = before;
    after[1].volatility = 0.35; // the correlation of before, in the formula that it comes from
    const double moved = volatilityAtCorrelation(0.22, before, after);
    QVERIFY(near(impliedCorrelation(moved, after)->exact, impliedCorrelation(0.22, before)->exact, 1e-12));
    QVERIFY(std::isnan(volatilityAtCorrelation(market::unknown, before, after)));
    // A step of correlation, as the derivative says.
    const double slope = volatilityPerCorrelation(0.22, before);
    const double up = impliedCorrelation(0.22 + 1e-6, before)->exact - impliedCorrelation(0.22, before)->exact;
    QVERIFY(near(1e-6 / up, slope, 1e-6));
}

void DispersionTest::entrySellsTheIndexAndBuysTheNames_data()
{
    QTest::addColumn<QString>("weighting");
    QTest::addColumn<double>("power"); // of σ_I/σ̄
    QTest::newRow("vega") << "vega" << 0.0;
    QTest::newRow("theta") << "theta" << 1.0;
    QTest::newRow("gamma") << "gamma" << -1.0;
}

void DispersionTest::entrySellsTheIndexAndBuysTheNames()
{
    QFETCH(QString, weighting);
    QFETCH(double, power);
    BasketWorld world(five);
    const auto entry = always({{"weighting", weighting.toStdString()}})->entry(world.state());
    QVERIFY2(entry, entry ? "" : entry.error().reason.c_str());
    QCOMPARE(entry->size(), std::size_t(6));
    const portfolio::OrderIntent& index = entry->back().intent; // what is sold goes last
    QCOMPARE(index.underlying, std::string("SPY"));
    const double indexVega = vegaOf(world, index);
    const double average = 0.3 * 0.3 + 0.25 * 0.25 + 0.2 * 0.4 + 0.15 * 0.2 + 0.1 * 0.35;
    const double total = indexVega * std::pow(0.2 / average, power);
    for (const Proposal& proposal : *entry) {
        QCOMPARE(proposal.kind, ProposalKind::Entry);
        QCOMPARE(proposal.intent.legs.size(), std::size_t(2));
        QVERIFY(proposal.intent.legs[0].quantity == proposal.intent.legs[1].quantity);
        const bool isIndex = proposal.intent.underlying == "SPY";
        for (const portfolio::OrderLeg& leg : proposal.intent.legs)
            QCOMPARE(leg.action, isIndex ? Action::SellToOpen : Action::BuyToOpen);
        if (isIndex)
            continue;
        const auto name = std::ranges::find(five, proposal.intent.underlying, &NameSetting::symbol);
        const double vega = vegaOf(world, proposal.intent);
        const double each = vega / proposal.intent.legs[0].quantity.toDouble();
        // Its part, whole straddles, floored: volatilities are those at the money of the chains, a little off what was set.
        QVERIFY2(vega <= total * name->weight * 1.005 && vega > total * name->weight * 0.995 - each,
                 proposal.intent.underlying.c_str());
    }
}

void DispersionTest::theReverseBuysTheIndex()
{
    BasketWorld world(five);
    const auto entry = always({{"side", "long"}})->entry(world.state());
    QVERIFY2(entry, entry ? "" : entry.error().reason.c_str());
    QCOMPARE(entry->front().intent.underlying, std::string("SPY"));
    QCOMPARE(entry->front().intent.legs[0].action, Action::BuyToOpen);
    QCOMPARE(entry->back().intent.legs[0].action, Action::SellToOpen);
}

void DispersionTest::sizeIsByStressAndNothingIsRoundedUp()
{
    BasketWorld world(five);
    const auto strategy = always();
    std::int64_t last = 1'000'000;
    for (const double budget : {200'000.0, 100'000.0, 60'000.0}) {
        world.index.state.budget.maxLoss = budget;
        const auto entry = strategy->entry(world.state());
        QVERIFY2(entry, entry ? "" : entry.error().reason.c_str());
        const std::int64_t count = entry->back().intent.legs[0].quantity.whole();
        QVERIFY(count <= last);
        last = count;
        const auto candidates = strategy->candidates(world.state());
        QVERIFY(candidates && candidates->front().most == count);
        QVERIFY(candidates->front().each.stressLoss * static_cast<double>(count) <= budget * (1 + 1e-12));
        QCOMPARE(strategy->size(world.state(), candidates->front()).contracts, count);
    }
    world.index.state.budget.multiplier = 0.5; // the regime's
    const auto halved = strategy->entry(world.state());
    QVERIFY(halved && halved->back().intent.legs[0].quantity.whole() < last);
    world.index.state.budget.maxLoss = 1000;
    const auto none = strategy->entry(world.state());
    QVERIFY(!none);
    QCOMPARE(none.error().reason,
             std::string("one straddle of the index is more than one trade may lose, or than is quoted"));
    world.index.state.budget.maxLoss = market::unknown;
    QVERIFY(!strategy->entry(world.state()));
}

void DispersionTest::reportsAndThinNamesStayOut()
{
    BasketWorld world(five);
    world.of("BBB")->state.earnings = base::makeDate(2023, 3, 20);
    const auto namesOf = [&](const Set& set) {
        std::set<std::string> names;
        const auto entry = always(set)->entry(world.state());
        for (const Proposal& proposal : entry ? *entry : std::vector<Proposal>{})
            names.insert(proposal.intent.underlying);
        return names;
    };
    using Names = std::set<std::string>;
    QVERIFY((namesOf({}) == Names{"AAA", "CCC", "DDD", "EEE", "SPY"}));
    QVERIFY((namesOf({{"earnings", "allow"}}) == Names{"AAA", "BBB", "CCC", "DDD", "EEE", "SPY"}));
    for (market::Expiration& expiration : world.of("CCC")->chain.expirations) { // far apart
        for (double& ask : expiration.calls.ask)
            ask *= 1.5;
    }
    QVERIFY((namesOf({}) == Names{"AAA", "DDD", "EEE", "SPY"}));
    world.of("EEE")->state.earnings = world.of("AAA")->state.earnings = base::makeDate(2023, 3, 20);
    QVERIFY(namesOf({}).empty());
    QCOMPARE(always()->entry(world.state()).error().reason,
             std::string("fewer than fewest_names constituents are liquid and without a report before the expiry"));
    world.index.state.basket = nullptr;
    QCOMPARE(always()->entry(world.index.state).error().reason,
             std::string("no constituents of the underlying are known"));
}

void DispersionTest::entryWantsAHighCorrelationThatPaysForItsCosts()
{
    BasketWorld world(five);
    const Set set{{"min_open_interest", "0"}, {"fewest_names", "3"}};
    const auto strategy = make("dispersion", set);
    QCOMPARE(strategy->entry(world.state()).error().reason,
             std::string("implied correlation is not known for enough of the last year's days"));
    // A year in which the index' volatility was lower, the names' as it is: correlation was.
    std::vector<std::vector<double>> years(five.size() + 1), prices(five.size() + 1);
    const auto remember = [&](double indexVolatility) {
        for (std::size_t i = 0; i < five.size(); ++i)
            world.members[i]->state.dailyVolatilities = years[i] = std::vector<double>(100, five[i].volatility);
        world.index.state.dailyVolatilities = years.back() = std::vector<double>(100, indexVolatility);
    };
    const auto move = [&](double common) { // days on which all move alike by that much, and on their own by 1 %
        for (std::size_t i = 0; i <= five.size(); ++i) {
            std::vector<double>& closes = prices[i];
            closes.assign(1, 100);
            for (int day = 0; day < 60; ++day) {
                const double together = day % 2 == 0 ? common : -common;
                const double own = i == five.size() ? 0 : 0.01 * std::sin(1.7 * day * static_cast<double>(i + 1));
                closes.push_back(closes.back() * std::exp(together + own));
            }
            (i == five.size() ? world.index : *world.members[i]).state.dailyCloses = closes;
        }
    };
    remember(0.15);
    move(0.002);
    const auto entered = strategy->entry(world.state());
    QVERIFY2(entered, entered ? "" : entered.error().reason.c_str());
    QVERIFY(entered->front().reason.find("implied correlation") != std::string::npos);
    move(0.02); // what was realised is higher
    QCOMPARE(strategy->entry(world.state()).error().reason,
             std::string("implied correlation is not 0 above the realised one after costs"));
    QCOMPARE(make("dispersion", {{"side", "long"}, {"min_open_interest", "0"}})->entry(world.state()).error().reason,
             std::string("implied correlation is above its percentile 0.2"));
    remember(0.25);
    QCOMPARE(strategy->entry(world.state()).error().reason,
             std::string("implied correlation is below its percentile 0.8"));
    // And back at its median the trade is left.
    move(0.002);
    remember(0.15);
    world.hold(*strategy->entry(world.state()));
    QVERIFY(strategy->exit(world.state()).empty());
    remember(0.25);
    const auto left = strategy->exit(world.state());
    QCOMPARE(left.size(), std::size_t(6));
    QVERIFY2(left.front().reason.starts_with("implied correlation is back at "), left.front().reason.c_str());
    QCOMPARE(left.front().intent.underlying, std::string("SPY")); // what was sold goes first
}

void DispersionTest::aLegThatStandsAloneIsCompletedOrUnwound_data()
{
    QTest::addColumn<bool>("hasIndex");
    QTest::newRow("the index alone") << true;
    QTest::newRow("the names alone") << false;
}

void DispersionTest::aLegThatStandsAloneIsCompletedOrUnwound()
{
    QFETCH(bool, hasIndex);
    BasketWorld world(five);
    const auto strategy = always();
    auto entry = strategy->entry(world.state());
    QVERIFY(entry);
    const std::vector<Proposal> whole = *entry;
    std::vector<Proposal> filled;
    for (const Proposal& proposal : whole) {
        if ((proposal.intent.underlying == "SPY") == hasIndex)
            filled.push_back(proposal);
    }
    world.hold(filled);
    const std::string warning = strategy->warning(world.state());
    QVERIFY2(warning.starts_with("no dispersion trade: the straddles of ") &&
                 warning.find("unhedged notional ") != std::string::npos,
             warning.c_str());
    const auto holding = holdingOf(world.state(), DispersionWeighting::Vega, 3);
    double notional = 0;
    for (const Proposal& proposal : filled)
        notional +=
            100 * proposal.intent.legs[0].quantity.toDouble() * world.of(proposal.intent.underlying)->analytics.spot;
    QVERIFY(holding && near(holding->unhedgedNotional, notional, 1e-6 * notional));

    QVERIFY(strategy->exit(world.state()).empty());
    const auto completed = strategy->hedge(world.state());
    QVERIFY(!completed.empty());
    for (const Proposal& proposal : completed) {
        QCOMPARE(proposal.kind, ProposalKind::Adjust);
        QVERIFY(proposal.reason.starts_with("no dispersion trade yet: "));
        const auto wanted = std::ranges::find(whole, proposal.intent.underlying,
                                              [](const Proposal& each) { return each.intent.underlying; });
        QVERIFY(wanted != whole.end());
        QCOMPARE(proposal.intent.legs[0].action, wanted->intent.legs[0].action);
        QVERIFY(proposal.intent.legs[0].quantity <= wanted->intent.legs[0].quantity);
        QVERIFY(proposal.intent.legs[0].quantity * 2 > wanted->intent.legs[0].quantity);
    }
    // What is asked of the next trade does not turn this one round.
    const auto other = always({{"side", "long"}})->hedge(world.state());
    QCOMPARE(other.size(), completed.size());
    for (std::size_t i = 0; i < other.size(); ++i)
        QCOMPARE(other[i].intent.legs[0].action, completed[i].intent.legs[0].action);
    // Sixteen minutes later everything goes.
    world.index.state.trade.openedAt -= std::chrono::minutes(16);
    const auto unwound = strategy->exit(world.state());
    QCOMPARE(unwound.size(), filled.size());
    QVERIFY(unwound.front().kind == ProposalKind::Exit &&
            unwound.front().reason.find("unhedged notional ") != std::string::npos);
    QVERIFY(std::ranges::none_of(strategy->hedge(world.state()),
                                 [](const Proposal& each) { return each.kind == ProposalKind::Adjust; }));
    // And whole it is one.
    for (const Proposal& proposal : whole) {
        if ((proposal.intent.underlying == "SPY") != hasIndex)
            world.of(proposal.intent.underlying)->hold(proposal.intent);
    }
    world.index.state.trade.openedAt = world.index.state.now;
    QCOMPARE(strategy->warning(world.state()), std::string());
}

void DispersionTest::leavesByDaysLossAndReports()
{
    BasketWorld world(five);
    const auto strategy = always();
    world.hold(*strategy->entry(world.state()));
    QVERIFY(strategy->exit(world.state()).empty());
    world.index.state.trade.profit = -199'999;
    QVERIFY(strategy->exit(world.state()).empty());
    world.index.state.trade.profit = -200'000;
    const auto lost = strategy->exit(world.state());
    QCOMPARE(lost.size(), std::size_t(6));
    QCOMPARE(lost.front().reason, std::string("lost 200000 dollars of the 200000 that a trade may"));
    world.index.state.trade.profit = market::unknown; // no reason to leave, and none to stay longer
    QVERIFY(strategy->exit(world.state()).empty());
    const auto early = always({{"exit_days", "36"}})->exit(world.state());
    QCOMPARE(early.size(), std::size_t(6));
    QCOMPARE(early.front().reason, std::string("36 days to expiry"));

    TestMarket far = BasketWorld::marketOf({"SPY", 1, 0.2, 500}, base::makeDate(2023, 3, 1));
    far.spot = 560;
    const auto moved = tests::moved(world.index, far);
    std::swap(world.index.chain, moved->chain);
    std::swap(world.index.analytics, moved->analytics);
    const auto away = strategy->exit(world.state());
    QCOMPARE(away.size(), std::size_t(6));
    QVERIFY2(away.front().reason.starts_with("the delta of the straddles of SPY is "), away.front().reason.c_str());
    std::swap(world.index.chain, moved->chain);
    std::swap(world.index.analytics, moved->analytics);

    world.of("AAA")->state.earnings = base::makeDate(2023, 3, 2); // tomorrow: it goes alone
    const auto reporting = strategy->exit(world.state());
    QCOMPARE(reporting.size(), std::size_t(1));
    QCOMPARE(reporting.front().intent.underlying, std::string("AAA"));
    QVERIFY(always({{"earnings", "allow"}})->exit(world.state()).empty());
    world.of("BBB")->state.earnings = world.of("CCC")->state.earnings = base::makeDate(2023, 3, 2);
    QCOMPARE(strategy->exit(world.state()).size(), std::size_t(6)); // two names are no basket
}

void DispersionTest::namesFollowTheIndexWhenVegaDrifts()
{
    BasketWorld world(five);
    const auto strategy = always();
    world.hold(*strategy->entry(world.state()));
    const auto isAdjusted = [&] {
        return std::ranges::any_of(strategy->hedge(world.state()),
                                   [](const Proposal& each) { return each.kind == ProposalKind::Adjust; });
    };
    QVERIFY(!isAdjusted());
    std::vector<portfolio::Position>& index = world.index.positions;
    const base::Quantity before = index.front().quantity;
    for (portfolio::Position& position : index)
        position.quantity = before + before / 5; // more of the index than belongs to the names
    std::int64_t added = 0;
    for (const Proposal& proposal : strategy->hedge(world.state())) {
        QCOMPARE(proposal.kind, ProposalKind::Adjust);
        QCOMPARE(proposal.intent.legs.front().action, Action::BuyToOpen);
        added += proposal.intent.legs.front().quantity.whole();
    }
    QVERIFY(added > 0);
    for (portfolio::Position& position : index)
        position.quantity = before - before / 5;
    for (const Proposal& proposal : strategy->hedge(world.state()))
        QCOMPARE(proposal.intent.legs.front().action, Action::SellToClose);
    QVERIFY(isAdjusted());
    QVERIFY(std::ranges::none_of(always({{"vega_drift", "0.5"}})->hedge(world.state()),
                                 [](const Proposal& each) { return each.kind == ProposalKind::Adjust; }));
}

void DispersionTest::eachNamesDeltaIsHedged()
{
    BasketWorld world(five);
    const auto strategy = always({{"hedge", "fixed_band"}, {"delta_band", "0.1"}, {"vega_drift", "1"}});
    world.hold(*strategy->entry(world.state()));
    TestMarket there = BasketWorld::marketOf(five[2], base::makeDate(2023, 3, 1));
    there.spot *= 1.05;
    const auto moved = tests::moved(*world.of("CCC"), there);
    world.members[2]->chain = moved->chain;
    world.members[2]->analytics = moved->analytics;
    const auto hedges = strategy->hedge(world.state());
    QCOMPARE(hedges.size(), std::size_t(1));
    QCOMPARE(hedges[0].kind, ProposalKind::Hedge);
    QCOMPARE(hedges[0].intent.underlying, std::string("CCC"));
    QCOMPARE(hedges[0].intent.legs[0].action, Action::SellToOpen); // long straddles gained delta
}

void DispersionTest::anIndexWithoutSharesIsHedgedByItsMembers()
{
    BasketWorld world(five);
    const auto strategy = always({{"hedge", "fixed_band"}, {"delta_band", "0.02"}, {"vega_drift", "1"}});
    world.hold(*strategy->entry(world.state()));
    TestMarket there = BasketWorld::marketOf({"SPY", 1, 0.2, 500}, base::makeDate(2023, 3, 1));
    there.spot = 520;
    const auto moved = tests::moved(world.index, there);
    world.index.chain = moved->chain;
    world.index.analytics = moved->analytics;
    const auto ofFund = strategy->hedge(world.state());
    QVERIFY(std::ranges::any_of(ofFund, [](const Proposal& each) { return each.intent.underlying == "SPY"; }));
    world.index.state.underlyingType = market::InstrumentType::Index;
    double dollars = 0;
    for (const Proposal& proposal : strategy->hedge(world.state())) {
        QVERIFY(proposal.intent.underlying != "SPY");
        QCOMPARE(proposal.intent.legs[0].action, Action::BuyToOpen); // short straddles of a risen index are short delta
        dollars += proposal.intent.legs[0].quantity.toDouble() * world.of(proposal.intent.underlying)->analytics.spot;
    }
    const double shorted = -heldStraddles(world.index.state)->delta * 520;
    QVERIFY(dollars > 0.7 * shorted && dollars < 1.1 * shorted);
}

void DispersionTest::profitIsSplitIntoItsLines()
{
    using enum portfolio::ProfitSource;
    AttributionPeriod period;
    period.options[Gamma] = base::Decimal::fromInteger(500);
    period.options[Theta] = base::Decimal::fromInteger(-300);
    period.options[Vega] = base::Decimal::fromInteger(70);
    period.options[Volga] = base::Decimal::fromInteger(-9);
    period.options[Delta] = base::Decimal::fromInteger(40);
    period.shares[Delta] = base::Decimal::fromInteger(-35);
    period.shares[Trades] = base::Decimal::fromInteger(-2);
    period.shares[Fees] = base::Decimal::fromInteger(-1);
    period.correlation = base::Decimal::fromInteger(100);
    const auto lines = make("dispersion")->attribution(period);
    const auto amount = [&](std::string_view id) {
        return std::ranges::find(lines, id, &AttributionLine::id)->amount.toDouble();
    };
    QCOMPARE(amount("gamma_theta"), 200.0);
    QCOMPARE(amount("correlation"), 100.0);
    QCOMPARE(amount("vega_level"), -30.0);
    QCOMPARE(amount("volga_cross"), -9.0);
    QCOMPARE(amount("hedges"), 3.0);
    QCOMPARE(amount("fees"), -1.0);
    base::Decimal sum;
    for (const AttributionLine& line : lines)
        sum += line.amount;
    QVERIFY(sum == period.options.total() + period.shares.total());
}

QTEST_GUILESS_MAIN(DispersionTest)
#include "dispersion_test.moc"
