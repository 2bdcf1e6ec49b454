#include "strategies/orders.h"
#include "strategies/world.h"

#include <QTest>

#include <cmath>

using namespace vegadesk;
using namespace vegadesk::strategies;
using namespace vegadesk::tests;
using portfolio::Action;

using Set = std::vector<std::pair<std::string, std::string>>;

/// Strategies that are structures: the legs they open, how many, why not, and what they leave by.
class StructuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void legsAreTheRightOnes_data();
    void legsAreTheRightOnes();
    void sizeIsWithinEveryBudget_data();
    void sizeIsWithinEveryBudget();
    void filtersKeepOut_data();
    void filtersKeepOut();
    void exitsByEachRule_data();
    void exitsByEachRule();
    void theTestedSideIsClosedAlone();
    void theUntestedSideIsRolled();
    void aRolledCondorCountsWhatItHasRealised();
    void anItmCallIsClosedOnTheEveOfTheExDate_data();
    void anItmCallIsClosedOnTheEveOfTheExDate();
};

namespace
{

/// "+1 P470 44" and so on: what a leg is.
QString wordsOf(const portfolio::OrderLeg& leg, base::Date today)
{
    if (leg.type != market::InstrumentType::EquityOption)
        return QString("%1 shares").arg(portfolio::signedQuantity(leg.action, leg.quantity).toDouble());
    const auto terms = market::parseOccSymbol(leg.symbol).value();
    return QString("%1%2%3 in %4")
        .arg(portfolio::isBuy(leg.action) ? "+" : "-")
        .arg(terms.right == market::Right::Call ? "C" : "P")
        .arg(terms.strike.toDouble())
        .arg((terms.expiry - today).count());
}

QString legsOf(const portfolio::OrderIntent& intent, base::Date today)
{
    QStringList words;
    for (const portfolio::OrderLeg& leg : intent.legs)
        words << wordsOf(leg, today);
    return words.join(", ");
}

} // namespace

void StructuresTest::legsAreTheRightOnes_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<Set>("set");
    QTest::addColumn<QString>("legs");
    QTest::addColumn<bool>("isCredit");
    QTest::newRow("long straddle") << "straddle" << Set{} << "+P500 in 44, +C500 in 44" << false;
    QTest::newRow("short straddle") << "straddle" << Set{{"side", "short"}} << "-P500 in 44, -C500 in 44" << true;
    QTest::newRow("strangle") << "strangle" << Set{{"delta", "0.25"}} << "+P480 in 44, +C525 in 44" << false;
    QTest::newRow("short strangle") << "strangle" << Set{{"side", "short"}, {"delta", "0.16"}}
                                    << "-P470 in 44, -C535 in 44" << true;
    QTest::newRow("calendar") << "calendar" << Set{{"far_days", "100"}} << "-P500 in 30, +P500 in 107" << false;
    QTest::newRow("calendar of calls") << "calendar" << Set{{"right", "call"}, {"far_days", "44"}}
                                       << "-C500 in 30, +C500 in 44" << false;
    QTest::newRow("condor") << "iron_condor" << Set{} << "+P470 in 44, -P485 in 44, -C520 in 44, +C535 in 44" << true;
    QTest::newRow("butterfly") << "iron_butterfly" << Set{} << "+P470 in 44, -P500 in 44, -C500 in 44, +C535 in 44"
                               << true;
    QTest::newRow("butterfly by width") << "iron_butterfly" << Set{{"wings", "width"}, {"wing_width", "20"}}
                                        << "+P480 in 44, -P500 in 44, -C500 in 44, +C520 in 44" << true;
    QTest::newRow("bull credit") << "vertical" << Set{} << "-P485 in 44, +P470 in 44" << true;
    QTest::newRow("bear credit") << "vertical" << Set{{"direction", "bear"}, {"min_credit", "0.2"}}
                                 << "-C520 in 44, +C535 in 44" << true;
    QTest::newRow("bull debit") << "vertical" << Set{{"kind", "debit"}} << "+C495 in 44, -C520 in 44" << false;
    QTest::newRow("bear debit") << "vertical" << Set{{"kind", "debit"}, {"direction", "bear"}}
                                << "+P505 in 44, -P485 in 44" << false;
}

void StructuresTest::legsAreTheRightOnes()
{
    QFETCH(QString, strategy);
    QFETCH(Set, set);
    QFETCH(QString, legs);
    QFETCH(bool, isCredit);
    const World world(TestMarket{});
    const auto decision = make(strategy.toStdString(), set)->entry(world.state);
    QVERIFY2(decision, decision ? "" : decision.error().reason.c_str());
    QCOMPARE(decision->size(), std::size_t(1));
    const portfolio::OrderIntent& intent = decision->at(0).intent;
    QCOMPARE(legsOf(intent, TestMarket{}.today), legs);
    QCOMPARE(intent.effect == portfolio::PriceEffect::Credit, isCredit);
    QVERIFY(decision->at(0).kind == ProposalKind::Entry);
}

void StructuresTest::sizeIsWithinEveryBudget_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<Set>("set");
    QTest::addColumn<QString>("bound"); // the budget that is made scarce
    QTest::addColumn<QString>("reason");
    const Set shortSide{{"side", "short"}}, far{{"far_days", "100"}};
    QTest::newRow("straddle, loss") << "straddle" << Set{} << "loss"
                                    << "one straddle could lose more than one trade may";
    QTest::newRow("short straddle, loss") << "straddle" << shortSide << "loss"
                                          << "one straddle could lose more than one trade may";
    QTest::newRow("short straddle, stress") << "straddle" << shortSide << "stress"
                                            << "one straddle would lose more under stress than is left of the limits";
    QTest::newRow("short strangle, margin") << "strangle" << shortSide << "margin"
                                            << "one strangle needs more margin than is left of the limits";
    QTest::newRow("calendar, loss") << "calendar" << far << "loss"
                                    << "one calendar could lose more than one trade may";
    QTest::newRow("butterfly, loss") << "iron_butterfly" << Set{} << "loss"
                                     << "one butterfly could lose more than one trade may";
    QTest::newRow("vertical, margin") << "vertical" << Set{} << "margin"
                                      << "one spread needs more margin than is left of the limits";
    QTest::newRow("condor, quotes") << "iron_condor" << Set{} << "quotes"
                                    << "less than one condor is quoted";
    QTest::newRow("condor, not known") << "iron_condor" << Set{} << "unknown"
                                       << "what one condor may cost is not known";
}

void StructuresTest::sizeIsWithinEveryBudget()
{
    QFETCH(QString, strategy);
    QFETCH(Set, set);
    QFETCH(QString, bound);
    QFETCH(QString, reason);
    World world(TestMarket{});
    world.state.budget = {.maxLoss = 1e6, .stress = 1e6, .margin = 1e6, .contracts = 1000};
    const auto made = make(strategy.toStdString(), set);
    const auto found = made->candidates(world.state);
    QVERIFY2(found, found ? "" : found.error().reason.c_str());
    const Candidate candidate = found->at(0);
    QVERIFY(candidate.each.maxLoss > 0 && candidate.each.stressLoss >= 0 && candidate.each.margin > 0);
    QCOMPARE(candidate.quotedUnits, 100.0);

    double& budget = bound == "loss" || bound == "unknown" ? world.state.budget.maxLoss
                     : bound == "stress"                   ? world.state.budget.stress
                     : bound == "margin"                   ? world.state.budget.margin
                                                           : world.state.budget.contracts;
    const double each = bound == "loss" || bound == "unknown" ? candidate.each.maxLoss
                        : bound == "stress"                   ? candidate.each.stressLoss
                        : bound == "margin"                   ? candidate.each.margin
                                                              : 1;
    budget = 3.5 * each;
    const auto decision = made->entry(world.state);
    QVERIFY2(decision, decision ? "" : decision.error().reason.c_str());
    QCOMPARE(decision->at(0).intent.legs[0].quantity, 3);
    world.state.budget.multiplier = 0.6; // of a regime: of 2.1 units two
    if (bound != "quotes")
        QCOMPARE(made->entry(world.state)->at(0).intent.legs[0].quantity, 2);
    world.state.budget.multiplier = 1;
    budget = bound == "unknown" ? market::unknown : 0.99 * each; // never rounded up to one
    const auto refused = made->entry(world.state);
    QVERIFY(!refused);
    QCOMPARE(QString::fromStdString(refused.error().reason), reason);
}

void StructuresTest::filtersKeepOut_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<Set>("set");
    QTest::addColumn<QString>("reason"); // of a market whose volatility, 20 %, is at the middle of its year
    const QString condor = "iron_condor";
    QTest::newRow("rank is high enough") << condor << Set{{"min_iv_rank", "0.4"}} << "";
    QTest::newRow("rank is too low") << condor << Set{{"min_iv_rank", "0.6"}}
                                     << "the rank of implied volatility is below 0.6";
    QTest::newRow("rank is too high") << condor << Set{{"max_iv_rank", "0.3"}}
                                      << "the rank of implied volatility is above 0.3";
    QTest::newRow("a report comes") << condor << Set{{"earnings", "avoid"}} << "a report is expected before the expiry";
    QTest::newRow("a report comes, and may") << condor << Set{{"earnings", "ignore"}} << "";
    QTest::newRow("a report comes later")
        << condor << Set{{"earnings", "avoid"}, {"days_to_expiry", "30"}, {"days_tolerance", "1"}} << "";
    QTest::newRow("thin credit") << condor << Set{{"min_credit", "0.5"}}
                                 << "crossing the spreads leaves less than 0.5 of the width";
    QTest::newRow("dear debit") << "vertical" << Set{{"kind", "debit"}, {"max_debit", "0.2"}}
                                << "crossing the spreads costs more than 0.2 of the width";
    QTest::newRow("front is no dearer") << "calendar" << Set{{"min_front_excess", "0.02"}, {"far_days", "100"}}
                                        << "the near expiry's volatility is not 0.02 above the far one's";
    QTest::newRow("no far expiry") << "calendar" << Set{{"far_days", "300"}}
                                   << "no expiry is 300 days away, give or take 10";
    QTest::newRow("far is near") << "calendar" << Set{{"far_days", "35"}} << "the far expiry is not after the near one";
}

void StructuresTest::filtersKeepOut()
{
    QFETCH(QString, strategy);
    QFETCH(Set, set);
    QFETCH(QString, reason);
    World world(TestMarket{});
    const std::vector<double> history = historyOf(0.1, 0.3);
    world.state.dailyVolatilities = history;
    world.state.earnings = base::makeDate(2023, 4, 5); // after 30 days, before 44
    const auto made = make(strategy.toStdString(), set);
    const auto decision = made->entry(world.state);
    QCOMPARE(decision ? QString() : QString::fromStdString(decision.error().reason), reason);
    if (!reason.contains("rank"))
        return;
    world.state.dailyVolatilities = world.state.dailyVolatilities.first(59);
    QCOMPARE(QString::fromStdString(made->entry(world.state).error().reason),
             QStringLiteral("the rank of implied volatility is not known: it takes 60 days of it"));
}

void StructuresTest::exitsByEachRule_data()
{
    QTest::addColumn<QString>("strategy");
    QTest::addColumn<Set>("set");
    QTest::addColumn<int>("daysLater");
    QTest::addColumn<double>("spot");
    QTest::addColumn<double>("volatility");
    QTest::addColumn<QString>("reason");
    const Set none{}, shortSide{{"side", "short"}}, far{{"far_days", "100"}};
    QTest::newRow("straddle stays") << "straddle" << none << 3 << 500.0 << 0.2 << "";
    QTest::newRow("straddle gains") << "straddle" << none << 3 << 545.0 << 0.2 << "of the premium";
    QTest::newRow("straddle loses") << "straddle" << none << 20 << 500.0 << 0.1 << "lost";
    QTest::newRow("straddle ends") << "straddle" << none << 23 << 500.0 << 0.25 << "21 days to expiry";
    QTest::newRow("short straddle gains")
        << "straddle" << shortSide << 15 << 500.0 << 0.1 << "of the credit can be kept";
    QTest::newRow("short straddle loses")
        << "straddle" << Set{{"side", "short"}, {"loss_multiple", "0.5"}} << 3 << 560.0 << 0.3 << "times the credit";
    QTest::newRow("short strangle's call is in the way")
        << "strangle" << Set{{"side", "short"}, {"close_delta", "0.5"}, {"loss_multiple", "10"}} << 2 << 526.0 << 0.2
        << "call has a delta of";
    QTest::newRow("calendar stays") << "calendar" << far << 3 << 500.0 << 0.2 << "";
    QTest::newRow("calendar gains") << "calendar" << far << 20 << 500.0 << 0.25 << "of the premium";
    QTest::newRow("calendar loses") << "calendar" << far << 15 << 560.0 << 0.2 << "lost";
    QTest::newRow("calendar's near leg ends")
        << "calendar" << Set{{"profit_target", "10"}, {"far_days", "100"}} << 24 << 500.0 << 0.2 << "6 days to expiry";
    QTest::newRow("butterfly gains") << "iron_butterfly" << none << 15 << 500.0 << 0.12 << "of the credit can be kept";
    QTest::newRow("vertical gains") << "vertical" << none << 10 << 520.0 << 0.15 << "of the credit can be kept";
    QTest::newRow("vertical loses") << "vertical" << Set{{"loss_multiple", "0.5"}} << 10 << 465.0 << 0.2
                                    << "times the credit";
    QTest::newRow("debit spread gains") << "vertical" << Set{{"kind", "debit"}, {"profit_target", "0.3"}} << 10 << 525.0
                                        << 0.2 << "gained";
    QTest::newRow("pin") << "vertical" << Set{{"exit_days", "0"}, {"loss_multiple", "10"}} << 40 << 485.5 << 0.2
                         << "days to expiry with the spot at the 485 put";
}

void StructuresTest::exitsByEachRule()
{
    QFETCH(QString, strategy);
    QFETCH(Set, set);
    QFETCH(int, daysLater);
    QFETCH(double, spot);
    QFETCH(double, volatility);
    QFETCH(QString, reason);
    World start(TestMarket{});
    const auto made = make(strategy.toStdString(), set);
    const auto entered = made->entry(start.state);
    QVERIFY2(entered, entered ? "" : entered.error().reason.c_str());
    start.hold(entered->at(0).intent);
    TestMarket later;
    later.today += std::chrono::days(daysLater);
    later.spot = spot;
    later.volatility = volatility;
    const auto world = moved(start, later);
    const auto exits = made->exit(world->state);
    QCOMPARE(exits.empty(), reason.isEmpty());
    QVERIFY(made->hedge(world->state).empty());
    if (reason.isEmpty())
        return;
    QVERIFY2(QString::fromStdString(exits[0].reason).contains(reason), exits[0].reason.c_str());
    QVERIFY(exits[0].kind == ProposalKind::Exit);
    for (const portfolio::OrderLeg& leg : exits[0].intent.legs)
        QVERIFY(!portfolio::isOpening(leg.action));
}

void StructuresTest::theTestedSideIsClosedAlone()
{
    World start(TestMarket{});
    const auto condor = make("iron_condor", {{"close_delta", "0.5"}, {"loss_multiple", "10"}});
    start.hold(condor->entry(start.state)->at(0).intent);
    TestMarket later;
    later.today += std::chrono::days(5);
    later.spot = 478;
    const auto world = moved(start, later);
    const auto exits = condor->exit(world->state);
    QCOMPARE(exits.size(), std::size_t(1));
    QCOMPARE(legsOf(exits[0].intent, later.today), QStringLiteral("-P470 in 39, +P485 in 39"));
    QVERIFY2(exits[0].reason.starts_with("the 485 put has a delta of 0."), exits[0].reason.c_str());
}

void StructuresTest::theUntestedSideIsRolled()
{
    World start(TestMarket{});
    const auto condor = make("iron_condor", {{"roll", "untested"}, {"loss_multiple", "10"}});
    start.hold(condor->entry(start.state)->at(0).intent);
    start.state.trade.profit = 0;
    TestMarket later;
    later.today += std::chrono::days(5);
    later.spot = 474;
    const auto world = moved(start, later);
    world->state.trade.profit = -500;
    QVERIFY(condor->exit(world->state).empty());
    const auto rolls = condor->hedge(world->state);
    QCOMPARE(rolls.size(), std::size_t(1));
    QVERIFY(rolls[0].kind == ProposalKind::Adjust);
    // 15 wide as before, nearer to the spot, not below the put that is tested, and for a credit.
    QCOMPARE(legsOf(rolls[0].intent, later.today),
             QStringLiteral("+C520 in 39, -C535 in 39, -C490 in 39, +C505 in 39"));
    QVERIFY(rolls[0].intent.effect == portfolio::PriceEffect::Credit);
    QCOMPARE(rolls[0].intent.legs[2].quantity, start.positions[0].quantity);
    QVERIFY(make("iron_condor", {{"loss_multiple", "10"}})->hedge(world->state).empty()); // only where it is asked for
    // A side that is not whole is not rolled.
    world->positions[3].quantity = world->positions[3].quantity - 1;
    world->state.positions = world->positions;
    QVERIFY(condor->hedge(world->state).empty());
}

void StructuresTest::aRolledCondorCountsWhatItHasRealised()
{
    World start(TestMarket{});
    const auto condor = make("iron_condor", {{"roll", "untested"}});
    start.hold(condor->entry(start.state)->at(0).intent);
    start.state.trade.profit = 0;
    QVERIFY(condor->exit(start.state).empty());
    const double credit = start.state.trade.entryCash;
    start.state.trade.profit = 0.9 * credit; // of a side that was rolled
    QCOMPARE(condor->exit(start.state).size(), std::size_t(1));
    start.state.trade.profit = market::unknown;
    QVERIFY(condor->exit(start.state).empty());
}

void StructuresTest::anItmCallIsClosedOnTheEveOfTheExDate_data()
{
    QTest::addColumn<QString>("choice");
    QTest::addColumn<int>("daysToExDate");
    QTest::addColumn<double>("spot");
    QTest::addColumn<bool>("leaves");
    QTest::newRow("tomorrow") << "close" << 1 << 525.0 << true;
    QTest::newRow("today, too late to matter") << "close" << 0 << 525.0 << false;
    QTest::newRow("the day after") << "close" << 2 << 525.0 << false;
    QTest::newRow("out of the money") << "close" << 1 << 515.0 << false;
    QTest::newRow("not asked for") << "hold" << 1 << 525.0 << false;
}

void StructuresTest::anItmCallIsClosedOnTheEveOfTheExDate()
{
    QFETCH(QString, choice);
    QFETCH(int, daysToExDate);
    QFETCH(double, spot);
    QFETCH(bool, leaves);
    World start(TestMarket{});
    const auto condor = make("iron_condor", {{"ex_dividend", choice.toStdString()}, {"loss_multiple", "10"}});
    start.hold(condor->entry(start.state)->at(0).intent);
    TestMarket later;
    later.today += std::chrono::days(6); // a Tuesday
    later.spot = spot;
    const auto world = moved(start, later);
    world->state.exDividend = later.today + std::chrono::days(daysToExDate);
    world->state.dividend = 1.5;
    const auto exits = condor->exit(world->state);
    QCOMPARE(exits.empty(), !leaves);
    if (leaves)
        QCOMPARE(legsOf(exits[0].intent, later.today), QStringLiteral("+C520 in 38, -C535 in 38"));
}

QTEST_GUILESS_MAIN(StructuresTest)
#include "structures_test.moc"
