#include "portfolio/position_change.h"

#include <QtTest>

#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::portfolio;
using market::Right;

namespace
{

Position held(const char* symbol, std::int64_t quantity, const char* average, int multiplier = 100)
{
    Position position;
    position.symbol = symbol;
    position.underlying = "XYZ";
    position.quantity = quantity;
    position.multiplier = multiplier;
    position.averageOpenPrice = base::Decimal::parse(average).value();
    return position;
}

OrderLeg leg(const char* symbol, Action action, std::int64_t quantity)
{
    return {.symbol = symbol, .action = action, .quantity = quantity};
}

/// "C100" is a call of the near expiry, "c100" of the far one, "XYZ" the share.
LegFacts factsOf(const std::string& symbol, double mark)
{
    if (symbol == "XYZ")
        return {mark, 1, std::nullopt};
    const bool isCall = symbol.front() == 'C' || symbol.front() == 'c';
    const bool isNear = symbol.front() == 'C' || symbol.front() == 'P';
    const base::Date expiry = isNear ? base::makeDate(2027, 1, 15) : base::makeDate(2027, 3, 19);
    const auto strike = base::Decimal::parse(symbol.substr(1)).value();
    return {mark, 100, market::OptionTerms{"XYZ", expiry, isCall ? Right::Call : Right::Put, strike}};
}

PositionChange change(const std::vector<Position>& positions, const std::vector<OrderLeg>& legs,
                      const std::vector<double>& marks, double cost)
{
    OrderIntent intent;
    intent.underlying = "XYZ";
    intent.legs = legs;
    std::vector<LegFacts> facts;
    for (std::size_t i = 0; i < legs.size(); ++i)
        facts.push_back(factsOf(legs[i].symbol, marks[i]));
    return changeBy(intent, positions, facts, cost);
}

bool near(double actual, double expected)
{
    return std::abs(actual - expected) < 1e-9;
}

using Legs = std::vector<HeldLeg>;

} // namespace

class PositionChangeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void effects_data()
    {
        QTest::addColumn<std::vector<Position>>("positions");
        QTest::addColumn<std::vector<OrderLeg>>("legs");
        QTest::addColumn<int>("effect");
        const auto row = [](const char* name, std::vector<Position> positions, std::vector<OrderLeg> legs,
                            OrderEffect effect) {
            QTest::newRow(name) << std::move(positions) << std::move(legs) << static_cast<int>(effect);
        };
        using enum Action;
        const Position shortCall = held("C100", -2, "1"), longPut = held("P90", 1, "1");
        row("opens", {}, {leg("C100", BuyToOpen, 1)}, OrderEffect::Opens);
        row("adds", {shortCall}, {leg("C100", SellToOpen, 1)}, OrderEffect::Opens);
        row("closes", {shortCall}, {leg("C100", BuyToClose, 2)}, OrderEffect::Closes);
        row("reduces", {shortCall}, {leg("C100", BuyToClose, 1)}, OrderEffect::Reduces);
        row("closes one of two", {shortCall, longPut}, {leg("C100", BuyToClose, 2)}, OrderEffect::Closes);
        row("closes both", {shortCall, longPut}, {leg("C100", BuyToClose, 2), leg("P90", SellToClose, 1)},
            OrderEffect::Closes);
        row("a part of one leg of two", {shortCall, longPut}, {leg("C100", BuyToClose, 1), leg("P90", SellToClose, 1)},
            OrderEffect::Reduces);
        row("rolls", {shortCall}, {leg("C100", BuyToClose, 2), leg("c105", SellToOpen, 2)}, OrderEffect::Rolls);
        row("rolls a spread", {held("P90", -1, "1"), held("P85", 1, "1")},
            {leg("P90", BuyToClose, 1), leg("P85", SellToClose, 1), leg("p90", SellToOpen, 1),
             leg("p85", BuyToOpen, 1)},
            OrderEffect::Rolls);
        row("another number", {shortCall}, {leg("C100", BuyToClose, 2), leg("c105", SellToOpen, 1)},
            OrderEffect::Changes);
        row("another side", {shortCall}, {leg("C100", BuyToClose, 2), leg("c105", BuyToOpen, 2)}, OrderEffect::Changes);
        row("another kind", {shortCall}, {leg("C100", BuyToClose, 2), leg("p90", SellToOpen, 2)}, OrderEffect::Changes);
        row("shares do not roll", {held("XYZ", 100, "9", 1)},
            {leg("XYZ", SellToClose, 100), leg("C100", BuyToOpen, 100)}, OrderEffect::Changes);
    }
    void effects()
    {
        QFETCH(std::vector<Position>, positions);
        QFETCH(std::vector<OrderLeg>, legs);
        QFETCH(int, effect);
        QCOMPARE(static_cast<int>(change(positions, legs, std::vector(legs.size(), 1.0), 0).effect), effect);
    }

    void closingRealisesAgainstTheAveragePrice()
    {
        const PositionChange sold =
            change({held("C100", 3, "2.00")}, {leg("C100", Action::SellToClose, 3)}, {2.6}, -750);
        QVERIFY(near(sold.realised, 150)); // at the order's price, 2.50, not at the mark
        QVERIFY(sold.after.empty());
        QVERIFY(near(sold.costBefore, 600) && near(sold.costAfter, 0));
        const PositionChange bought =
            change({held("C100", -3, "2.00")}, {leg("C100", Action::BuyToClose, 3)}, {market::unknown}, 750);
        QVERIFY2(near(bought.realised, -150), "a close needs no mark");
        const PositionChange shares =
            change({held("XYZ", 100, "90.5", 1)}, {leg("XYZ", Action::SellToClose, 40)}, {100}, -4000);
        QVERIFY(near(shares.realised, 380));
        QCOMPARE(shares.after, (Legs{{"XYZ", 60}}));
        QVERIFY(near(shares.costAfter, 60 * 90.5));
    }

    void aCondorClosesAsAWhole()
    {
        const std::vector positions{held("P80", 2, "0.40"), held("P90", -2, "1.40"), held("C110", -2, "1.30"),
                                    held("C120", 2, "0.30"), held("XYZ", 10, "100", 1)};
        using enum Action;
        const PositionChange closed = change(positions,
                                             {leg("P80", SellToClose, 2), leg("P90", BuyToClose, 2),
                                              leg("C110", BuyToClose, 2), leg("C120", SellToClose, 2)},
                                             {0.1, 0.5, 0.5, 0.1}, 160);
        QCOMPARE(closed.effect, OrderEffect::Closes);
        QVERIFY(near(closed.realised, 400 - 160)); // sold for 2.00, bought back for 0.80
        QCOMPARE(closed.before.size(), std::size_t{5});
        QCOMPARE(closed.after, (Legs{{"XYZ", 10}}));
        QVERIFY(near(closed.costAfter, 1000));
    }

    void aRollIsAClosePlusAnOpening()
    {
        // Short at 2.00, bought back in a roll for a credit of 0.50 whose new leg is worth 3.00: closed at 2.50.
        const PositionChange roll =
            change({held("P90", -1, "2.00")}, {leg("P90", Action::BuyToClose, 1), leg("p90", Action::SellToOpen, 1)},
                   {2.55, 3.0}, -50);
        QVERIFY(near(roll.realised, -50));
        QCOMPARE(roll.after, (Legs{{"p90", -1}}));
        QVERIFY(near(roll.costAfter, -300));
        const PositionChange blind =
            change({held("P90", -1, "2.00")}, {leg("P90", Action::BuyToClose, 1), leg("p90", Action::SellToOpen, 1)},
                   {2.55, market::unknown}, -50);
        QVERIFY(std::isnan(blind.realised) && std::isnan(blind.costAfter));
    }

    void openingAddsToWhatIsHeld()
    {
        const PositionChange added = change({held("C100", 1, "2.00")}, {leg("C100", Action::BuyToOpen, 2)}, {2.5}, 510);
        QCOMPARE(added.realised, 0.0);
        QCOMPARE(added.after, (Legs{{"C100", 3}}));
        QVERIFY(near(added.costAfter, 710));
    }

    void moreThanIsHeldHasNoResult_data()
    {
        QTest::addColumn<std::vector<Position>>("positions");
        QTest::newRow("fewer held") << std::vector{held("C100", 1, "2.00")};
        QTest::newRow("the other side") << std::vector{held("C100", -2, "2.00")};
        QTest::newRow("none") << std::vector<Position>{};
    }
    void moreThanIsHeldHasNoResult()
    {
        QFETCH(std::vector<Position>, positions);
        QVERIFY(std::isnan(change(positions, {leg("C100", Action::SellToClose, 2)}, {2.5}, -500).realised));
    }
};

QTEST_GUILESS_MAIN(PositionChangeTest)
#include "position_change_test.moc"
