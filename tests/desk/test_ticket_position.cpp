#include "desk/ticket_market.h"
#include "pricing/american/american.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

using namespace vegadesk;
using namespace vegadesk::testing;
using portfolio::Action;
using portfolio::OrderEffect;

namespace
{

portfolio::Position held(const std::string& symbol, std::int64_t quantity, const char* average)
{
    portfolio::Position position;
    position.symbol = symbol;
    position.underlying = "XYZ";
    position.quantity = quantity;
    position.averageOpenPrice = base::Decimal::parse(average).value();
    if (symbol == "XYZ") {
        position.type = market::InstrumentType::Equity;
        position.multiplier = 1;
    }
    return position;
}

/// Positive is paid.
portfolio::OrderIntent at(double price, portfolio::OrderIntent intent)
{
    intent.price = base::Decimal::fromDouble(std::abs(price)).value();
    intent.effect = price < 0 ? portfolio::PriceEffect::Credit : portfolio::PriceEffect::Debit;
    return intent;
}

portfolio::OrderLeg shareLeg(Action action, std::int64_t quantity)
{
    return {"XYZ", market::InstrumentType::Equity, action, quantity};
}

desk::TicketView evaluate(const portfolio::OrderIntent& intent, const std::vector<portfolio::Position>& positions)
{
    return desk::evaluateTicket(intent, lookup(), {positions}, today);
}

std::size_t placeOf(const desk::TicketView& view, double spotThere)
{
    return static_cast<std::size_t>(std::ranges::find(view.spots, spotThere) - view.spots.begin());
}

} // namespace

/// What a ticket shows of an order in an underlying where something is held.
class TicketPositionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Bought at its own mid an option has made nothing yet, however early it may be exercised.
    void anAmericanOptionAtItsMidHasMadeNothing()
    {
        constexpr double strike = 118, vol = 0.20, rate = 0.05;
        const pricing::MarketPoint market{spot, rate, 0};
        const pricing::Greeks fair = pricing::american(market::Right::Put, market, strike, years, vol);
        const desk::InstrumentLookup american = [&](const std::string& symbol) {
            risk::InstrumentState state = optionState(market::Right::Put, strike);
            state.symbol = symbol;
            state.style = market::ExerciseStyle::American;
            state.volatility = vol;
            state.rate = rate;
            state.delta = fair.delta;
            state.quote = {fair.price - 0.05, fair.price + 0.05, 10, 10, {}};
            return std::optional(state);
        };
        const desk::TicketView view = desk::evaluateTicket(
            at(std::round(100 * fair.price) / 100, order({leg("P118", Action::BuyToOpen, 1)})), american, {}, today);
        const auto above = std::ranges::lower_bound(view.spots, spot) - view.spots.begin();
        const auto place = static_cast<std::size_t>(above);
        QVERIFY(near(view.today[place], 0, 100 * (view.spots[place] - spot) + 2));
        QVERIFY(near(view.greeks.delta, 100 * fair.delta, 1e-6));
        QVERIFY(view.greeks.theta <= 0);
    }

    /// The long expires first: what the short loses then has no bound, though at that expiry it seems to.
    void aShortThatOutlivesItsLongIsUncovered()
    {
        const desk::InstrumentLookup twoExpiries = [](const std::string& symbol) {
            risk::InstrumentState state = optionState(market::Right::Call, symbol == "near" ? 105 : 104);
            state.symbol = symbol;
            if (symbol == "far") {
                state.option->expiry = expiry + std::chrono::days(30);
                state.years = years + 30 / 365.0;
            }
            return std::optional(state);
        };
        const auto evaluated = [&](Action nearOnes, Action farOnes) {
            return desk::evaluateTicket(at(-0.50, order({leg("near", nearOnes, 1), leg("far", farOnes, 1)})),
                                        twoExpiries, {}, today);
        };
        QVERIFY(std::isinf(evaluated(Action::BuyToOpen, Action::SellToOpen).maxLoss));
        QVERIFY(std::isfinite(evaluated(Action::SellToOpen, Action::BuyToOpen).maxLoss));
    }

    void sellingALongCallLeavesNothing()
    {
        const desk::TicketView view =
            evaluate(at(-2.50, order({leg("C105", Action::SellToClose, 2)})), {held("C105", 2, "1.00")});
        QVERIFY(view.effect == OrderEffect::Closes);
        QVERIFY(view.isFlatAfter);
        QVERIFY2(std::isnan(view.maxLoss) && std::isnan(view.maxProfit), "there is nothing left to lose");
        QVERIFY(near(view.realised, 300 - view.fees, 1e-9));
        QVERIFY(view.fees > 0);
        QCOMPARE(view.greeks.delta, 0.0);
        QVERIFY(!view.spots.empty());
        QVERIFY2(std::ranges::all_of(view.atExpiry, [](double profit) { return near(profit, 300, 1e-9); }),
                 "what it has made, wherever the spot goes");
        QCOMPARE(view.before.size(), view.spots.size());
        QVERIFY(near(view.before[placeOf(view, 105)], -200, 1e-9)); // the calls as they were, worthless there
    }

    void buyingBackAShortCallKeepsTheRest()
    {
        // A spread's short call is bought back: a long call stays.
        const desk::TicketView view = evaluate(at(0.50, order({leg("C110", Action::BuyToClose, 1)})),
                                               {held("C105", 1, "2.00"), held("C110", -1, "1.20")});
        QVERIFY(view.effect == OrderEffect::Closes);
        QVERIFY(!view.isFlatAfter);
        QVERIFY(near(view.realised, 70 - view.fees, 1e-9));
        QVERIFY2(near(view.maxLoss, 200 - 70, 1e-9), "what is made already cannot be lost");
        QVERIFY(std::isinf(view.maxProfit));
        QCOMPARE(view.breakEvens.size(), std::size_t{1});
        QVERIFY(near(view.breakEvens[0], 106.30, 1e-9));
        QVERIFY2(view.greeks.delta > 0, "of the call that stays");
        QVERIFY(near(view.before[placeOf(view, 110)], 500 - 80, 1e-9));
    }

    void aPartOfAPositionStays()
    {
        const desk::TicketView view =
            evaluate(at(-3.00, order({leg("P95", Action::SellToClose, 1)})), {held("P95", 3, "2.00")});
        QVERIFY(view.effect == OrderEffect::Reduces);
        QVERIFY(near(view.realised, 100 - view.fees, 1e-9));
        QVERIFY(near(view.maxLoss, 400 - 100, 1e-9)); // the two that stay, at what they had cost
        QVERIFY(near(view.maxProfit, 2 * 9300 + 100, 1e-6));
    }

    void aCondorThatClosesIsFlat()
    {
        const std::vector positions{held("P85", 1, "0.30"), held("P90", -1, "1.00"), held("C110", -1, "1.00"),
                                    held("C115", 1, "0.30")};
        const desk::TicketView view =
            evaluate(at(0.60, order({leg("P85", Action::SellToClose, 1), leg("P90", Action::BuyToClose, 1),
                                     leg("C110", Action::BuyToClose, 1), leg("C115", Action::SellToClose, 1)})),
                     positions);
        QVERIFY(view.effect == OrderEffect::Closes && view.isFlatAfter);
        QVERIFY(near(view.realised, 140 - 60 - view.fees, 1e-9));
        QVERIFY(near(view.before[placeOf(view, 85)], 140 - 500, 1e-9));
    }

    void aRollShowsWhatItRollsTo()
    {
        const desk::TicketView view =
            evaluate(at(-0.40, order({leg("P95", Action::BuyToClose, 1), leg("P90", Action::SellToOpen, 1)})),
                     {held("P95", -1, "1.00")});
        QVERIFY(view.effect == OrderEffect::Rolls);
        const double opened =
            view.legs[1].mid; // the new put counts at its mark, the rest of the price closes the old one
        // Sold for 1.00 and rolled for 0.40 more: all of it stays when the new put expires worthless.
        QVERIFY(near(view.maxProfit, 140, 1e-9));
        QVERIFY(near(view.maxLoss, 9000 - 140, 1e-9));
        QCOMPARE(view.breakEvens.size(), std::size_t{1});
        QVERIFY(near(view.breakEvens[0], 90 - 1.40, 1e-9));
        const double closingFees = view.fees - 1.0; // the commission is for what opens
        QVERIFY2(view.realised > 100 + 40 - 100 * opened - view.fees, "without the opening leg's fees");
        QVERIFY(near(view.realised, 100 + 40 - 100 * opened - closingFees / 2, 1e-9));
    }

    void sellingTheSharesUnderACallShowsTheNakedCall()
    {
        const std::vector positions{held("XYZ", 100, "90"), held("C105", -1, "2.00")};
        const desk::TicketView view = evaluate(at(-100, order({shareLeg(Action::SellToClose, 100)})), positions);
        QVERIFY(view.effect == OrderEffect::Closes);
        QVERIFY(std::isinf(view.maxLoss));
        QVERIFY(near(view.maxProfit, 200 + 1000, 1e-9));
        QVERIFY(near(view.realised, 1000 - view.fees, 1e-9));
        QVERIFY(view.greeks.delta < 0);
    }

    void openingShowsItselfAndTheWhole()
    {
        const portfolio::OrderIntent intent = at(-2.00, order({leg("C105", Action::SellToOpen, 1)}));
        const desk::TicketView alone = evaluate(intent, {});
        QVERIFY(alone.effect == OrderEffect::Opens);
        QVERIFY(std::isinf(alone.maxLoss) && std::isnan(alone.maxLossWithHeld) && std::isnan(alone.realised));
        QVERIFY(alone.before.empty());
        const desk::TicketView covered = evaluate(intent, {held("XYZ", 100, "90")});
        QVERIFY2(std::isinf(covered.maxLoss), "the order alone");
        QVERIFY(near(covered.maxLossWithHeld, 9000 - 200, 1e-9));
        QCOMPARE(covered.atExpiry, alone.atExpiry);
    }

    void aHeldInstrumentThatIsNotKnownLeavesTheFiguresUnknown()
    {
        const desk::TicketView view = evaluate(at(-2.50, order({leg("C105", Action::SellToClose, 1)})),
                                               {held("C105", 1, "1.00"), held("gone", 1, "3.00")});
        QVERIFY2(near(view.realised, 150 - view.fees, 1e-9), "what is closed is known");
        QVERIFY(std::isnan(view.maxLoss) && view.spots.empty());
        QCOMPARE(view.greeks.unknownCount, 1);
    }

    void whatIfIsOfThePosition()
    {
        const std::vector positions{held("C105", 3, "1.00")};
        const desk::TicketView view = desk::evaluateTicket(at(-2.50, order({leg("C105", Action::SellToClose, 1)})),
                                                           lookup(), {positions}, today, {.spotChange = 0.05});
        QVERIFY(view.whatIf);
        const double price = pricing::blackScholesPrice(market::Right::Call, {105, 0, 0}, 105, years, volatility);
        QVERIFY(near(view.whatIf->profit, 200 * (price - 1.00) + 150, 1e-6)); // two that stay, and what one has made
    }

    void workingOrdersThatOpenCountInBuyingPower()
    {
        // One long call covers one short call. A working order has it, so a second short call is naked.
        const std::vector positions{held("C100", 1, "3.00")};
        const portfolio::OrderIntent sale = at(-1.00, order({leg("C110", Action::SellToOpen, 1)}));
        const std::array working{at(-1.50, order({leg("C105", Action::SellToOpen, 1)}))};
        const auto needed = [&](desk::TicketAccount account) {
            return desk::evaluateTicket(sale, lookup(), account, today).buyingPowerEffect;
        };
        const double covered = needed({positions});
        QVERIFY(covered < 0); // the credit alone
        QVERIFY2(needed({positions, working}) > covered + 500, "the cover is spoken for");

        const std::array closing{at(-1.50, order({leg("C100", Action::SellToClose, 1)}))};
        QVERIFY2(near(needed({positions, closing}), covered, 1e-9), "a close counts when it fills");
        std::array elsewhere = working;
        elsewhere[0].underlying = "ABC";
        QVERIFY(near(needed({positions, elsewhere}), covered, 1e-9));
    }
};

QTEST_GUILESS_MAIN(TicketPositionTest)
#include "test_ticket_position.moc"
