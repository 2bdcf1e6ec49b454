#include "desk/ticket_market.h"
#include "desk/ticket_payoff.h"
#include "market/calendar.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace vegadesk;
using namespace vegadesk::testing;
using market::Right;
using portfolio::Action;

class TicketEvaluatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVerticalHasItsTextbookFigures()
    {
        auto intent = order({leg("C100", Action::BuyToOpen, 2), leg("C105", Action::SellToOpen, 2)});
        intent.price = *base::Decimal::parse("1.50");
        intent.effect = portfolio::PriceEffect::Debit;
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today);
        QVERIFY(near(view.maxLoss, 300, 1e-9));
        QVERIFY(near(view.maxProfit, 700, 1e-9));
        QCOMPARE(view.breakEvens.size(), std::size_t{1});
        QVERIFY(near(view.breakEvens.front(), 101.5, 1e-9));
        QVERIFY(view.natural > view.mid);
        QVERIFY(near(view.natural - view.mid, 0.10, 1e-9));           // both half spreads
        QVERIFY(near(view.buyingPowerEffect, 300 + view.fees, 1e-6)); // the debit is all a debit spread takes
        QCOMPARE(view.spots.size(), view.atExpiry.size());
        const auto low = std::ranges::min(view.atExpiry);
        QVERIFY(near(low, -300, 1e-6));
        QVERIFY(view.probabilityOfProfit > 0.2 && view.probabilityOfProfit < 0.6);
    }

    void aCreditSpreadTakesItsWidthLessTheCredit()
    {
        auto intent = order({leg("P95", Action::SellToOpen, 1), leg("P90", Action::BuyToOpen, 1)});
        intent.price = *base::Decimal::parse("0.80");
        intent.effect = portfolio::PriceEffect::Credit;
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today);
        QVERIFY(near(view.maxProfit, 80, 1e-9));
        QVERIFY(near(view.maxLoss, 420, 1e-9));
        QVERIFY(near(view.buyingPowerEffect, 420 + view.fees, 1e-6));
        QVERIFY(view.mid < 0);
    }

    void aLegWithoutAVolatilityHasNoGreeks()
    {
        const pricing::ValuationLeg option{Right::Call, 100, 0.2, market::unknown, 1, 100};
        for (const desk::TimeBasis basis : {desk::TimeBasis::Calendar, desk::TimeBasis::Trading}) {
            const desk::GreekSums sums = desk::greeksOf(std::span(&option, 1), {100, 0.04, 0}, {},
                                                        {basis, market::expiryInstant(today, market::Settlement::PM)});
            for (const double figure : {sums.delta, sums.gamma, sums.theta, sums.vega, sums.dollarDelta})
                QVERIFY(std::isnan(figure));
        }
    }

    void aStopIsDrawnAtItsTrigger()
    {
        auto intent = order({leg("C105", Action::BuyToOpen, 1)});
        intent.type = portfolio::OrderType::Stop;
        intent.stopTrigger = *base::Decimal::parse("2.50");
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today);
        QVERIFY(near(view.maxLoss, 250, 1e-9));
        QVERIFY(near(view.breakEvens.at(0), 107.5, 1e-9));
        intent.type = portfolio::OrderType::StopLimit;
        intent.price = *base::Decimal::parse("2.60");
        intent.effect = portfolio::PriceEffect::Debit;
        QVERIFY(near(desk::evaluateTicket(intent, lookup(), {}, today).maxLoss, 260, 1e-9));
        auto sale = order({leg("C105", Action::SellToOpen, 2)});
        sale.type = portfolio::OrderType::Stop;
        sale.stopTrigger = *base::Decimal::parse("0.40");
        QVERIFY(near(desk::evaluateTicket(sale, lookup(), {}, today).maxProfit, 80, 1e-9));
    }

    void exitsSayWhatTheyMake()
    {
        portfolio::ComplexIntent bracket{portfolio::ComplexKind::Otoco, order({leg("C105", Action::BuyToOpen, 2)}), {}};
        bracket.trigger->price = *base::Decimal::parse("1.50");
        bracket.trigger->effect = portfolio::PriceEffect::Debit;
        auto target = order({leg("C105", Action::SellToClose, 2)});
        auto stop = target;
        target.price = *base::Decimal::parse("2.25");
        target.effect = portfolio::PriceEffect::Credit;
        stop.type = portfolio::OrderType::Stop;
        stop.stopTrigger = *base::Decimal::parse("1.00");
        bracket.orders = {target, stop};
        desk::TicketView view = desk::evaluateTicket(*bracket.trigger, lookup(), {}, today);
        desk::addExits(view, bracket, lookup(), {});
        QVERIFY(near(view.targetProfit, 150, 1e-9));
        QVERIFY(near(view.stopProfit, -100, 1e-9));
        QVERIFY(view.complex == bracket);

        // Against what was paid, where it is held.
        portfolio::Position held;
        held.symbol = "C105";
        held.underlying = "XYZ";
        held.quantity = 2;
        held.averageOpenPrice = *base::Decimal::parse("2.00");
        const portfolio::ComplexIntent pair{portfolio::ComplexKind::Oco, {}, bracket.orders};
        desk::TicketView close = desk::evaluateTicket(target, lookup(), {{&held, 1}}, today);
        desk::addExits(close, pair, lookup(), {&held, 1});
        QVERIFY(near(close.targetProfit, 50, 1e-9));
        QVERIFY(near(close.stopProfit, -200, 1e-9));
        desk::TicketView unheld = desk::evaluateTicket(target, lookup(), {}, today);
        desk::addExits(unheld, pair, lookup(), {});
        QVERIFY(std::isnan(unheld.targetProfit) && std::isnan(unheld.stopProfit));
    }

    void aNakedCallLosesWithoutLimit()
    {
        const auto intent = order({leg("C105", Action::SellToOpen, 1)});
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today);
        QVERIFY(std::isinf(view.maxLoss));
        QVERIFY(std::isfinite(view.maxProfit));
    }

    void closingGivesBuyingPowerBack()
    {
        portfolio::Position held;
        held.symbol = "P95";
        held.underlying = "XYZ";
        held.quantity = -1;
        const auto intent = order({leg("P95", Action::BuyToClose, 1)});
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {std::span(&held, 1)}, today);
        QVERIFY(view.buyingPowerEffect < 0);
    }

    void sharesGiveBackTheirRequirementNotTheirValue()
    {
        portfolio::Position held;
        held.symbol = "XYZ";
        held.underlying = "XYZ";
        held.type = market::InstrumentType::Equity;
        held.quantity = 100;
        portfolio::OrderIntent intent = order({{"XYZ", market::InstrumentType::Equity, Action::SellToClose, 100}});
        const desk::TicketView view = desk::evaluateTicket(intent, shares(), {std::span(&held, 1)}, today);
        QVERIFY2(view.buyingPowerEffect < 0, "selling frees buying power");
        QVERIFY2(view.buyingPowerEffect > -0.6 * 100 * 100, "but not what the shares are worth: they lent half of it");
    }

    void noMarkWhereTheQuoteSaysNothing()
    {
        const auto halved = [](const std::string& symbol) {
            std::optional<risk::InstrumentState> state = lookup()(symbol);
            if (state && symbol == "C105") {
                state->quote.ask = 0; // no offer: the mid would be half the bid
                state->flags = market::classify(state->quote, {}, base::Nanos{0});
            }
            return state;
        };
        const desk::TicketView view = desk::evaluateTicket(
            order({leg("C100", Action::BuyToOpen, 1), leg("C105", Action::SellToOpen, 1)}), halved, {}, today);
        QVERIFY(std::isfinite(view.legs[0].mid) && std::isnan(view.legs[1].mid) && std::isnan(view.mid));
        QVERIFY2(std::isfinite(view.natural), "it can be sold at its bid");
        const desk::TicketView buy =
            desk::evaluateTicket(order({leg("C105", Action::BuyToOpen, 1)}), halved, {}, today);
        QVERIFY2(std::isnan(buy.natural), "nobody sells it");

        portfolio::Position held;
        held.symbol = "C105";
        held.quantity = 2;
        held.averageOpenPrice = *base::Decimal::parse("1.00");
        const desk::PositionRow row = desk::positionRow(held, halved("C105"), 1.5); // the account's last good mark
        QCOMPARE(row.mark, 1.5);
        QVERIFY(near(row.openProfit, 100, 1e-9));
    }

    void theConeIsOneAndTwoDeviationsUntilExpiry()
    {
        const desk::TicketView view =
            desk::evaluateTicket(order({leg("C100", Action::BuyToOpen, 1)}), lookup(), {}, today);
        const double sigma = volatility * std::sqrt(years);
        QVERIFY(near(view.oneSigmaLow, spot * std::exp(-sigma), 1e-9));
        QVERIFY(near(view.oneSigmaHigh, spot * std::exp(sigma), 1e-9));
        QVERIFY(near(view.twoSigmaLow, spot * std::exp(-2 * sigma), 1e-9));
        QVERIFY(near(view.twoSigmaHigh, spot * std::exp(2 * sigma), 1e-9));
        QCOMPARE(view.daysToExpiry, 37); // 36.5 days: a begun one counts
        QVERIFY2(!view.whatIf, "nobody asked");
    }

    void whatIfIsTheOrderInThatWorld()
    {
        auto intent = order({leg("C105", Action::SellToOpen, 2)});
        intent.price = *base::Decimal::parse("1.00");
        intent.effect = portfolio::PriceEffect::Credit;
        const desk::WhatIf asked{.spotChange = 0.04, .volatilityChange = 0.03, .days = 10};
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today, asked);
        QVERIFY(view.whatIf);
        QVERIFY(view.whatIf->whatIf == asked);
        QCOMPARE(view.whatIf->spot, 104.0);
        const double left = years - 10 / 365.0;
        const pricing::Greeks there = pricing::blackScholes(Right::Call, {104, 0, 0}, 105, left, volatility + 0.03);
        QVERIFY(near(view.whatIf->profit, 200 - 200 * there.price, 1e-9));
        QVERIFY(near(view.whatIf->greeks.delta, -200 * there.delta, 1e-9));
        QVERIFY(near(view.whatIf->greeks.theta, -200 * there.theta / 365, 1e-9));
        QVERIFY(near(view.whatIf->greeks.vega, -200 * there.vega / 100, 1e-9));
        QCOMPARE(view.whatIf->profits.size(), view.spots.size());
        for (std::size_t i = 0; i < view.spots.size(); i += 20) {
            const double price =
                pricing::blackScholesPrice(Right::Call, {view.spots[i], 0, 0}, 105, left, volatility + 0.03);
            QVERIFY(near(view.whatIf->profits[i], 200 - 200 * price, 1e-9));
        }
        QVERIFY2(view.greeks.delta != view.whatIf->greeks.delta, "the order's own Greeks stay");
    }

    void thetaPassesInTheChosenTime()
    {
        const base::Instant now = market::fromNewYork(today, std::chrono::hours(11));
        const desk::QuotedTime trading{desk::TimeBasis::Trading, now};
        const desk::WhatIf saturday{.days = 3};
        const auto theta = [&](const desk::QuotedTime& time) {
            const desk::TicketView view =
                desk::evaluateTicket(order({leg("C105", Action::BuyToOpen, 2)}), lookup(), {}, today, saturday, time);
            return std::pair(view.greeks.theta, view.whatIf->greeks.theta);
        };
        // Without a rate all of it is decay.
        const auto [calendarNow, calendarThen] = theta({});
        const auto [tradingNow, tradingThen] = theta(trading);
        const desk::VarianceClock clock = desk::VarianceClock::at(trading, years);
        QVERIFY(near(tradingNow, calendarNow * clock.rate * years / clock.years, 1e-6));
        QVERIFY2(std::abs(tradingNow) > std::abs(calendarNow), "a Wednesday");
        QVERIFY2(std::abs(tradingThen) < 0.5 * std::abs(calendarThen), "a Saturday");
    }

    void whatIfEndsAtTheFirstExpiry()
    {
        const auto intent = order({leg("P95", Action::BuyToOpen, 1)});
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today, {.days = 900});
        QVERIFY(view.whatIf);
        for (std::size_t i = 0; i < view.spots.size(); ++i)
            QVERIFY(near(view.whatIf->profits[i], view.atExpiry[i], 1e-9));
    }

    void anUnknownLegLeavesTheFiguresUnknown()
    {
        const auto intent = order({leg("C100", Action::BuyToOpen, 1), leg("C777", Action::SellToOpen, 1)});
        const desk::TicketView view = desk::evaluateTicket(intent, lookup(), {}, today);
        QVERIFY(std::isnan(view.natural));
        QVERIFY(std::isnan(view.maxLoss));
        QVERIFY(view.spots.empty());
        QCOMPARE(view.greeks.unknownCount, 1);
    }

    void aPositionWithoutAMarkHasNoProfit()
    {
        portfolio::Position position;
        position.symbol = "gone";
        position.quantity = 3;
        const desk::PositionRow row = desk::positionRow(position, std::nullopt, market::unknown);
        QVERIFY(std::isnan(row.openProfit));
        QVERIFY(row.isStale);
        desk::GreekSums sums = desk::zeroSums();
        desk::add(sums, row.greeks);
        QCOMPARE(sums.unknownCount, 1);
        QCOMPARE(sums.delta, 0.0);
    }
};

QTEST_GUILESS_MAIN(TicketEvaluatorTest)
#include "test_ticket_evaluator.moc"
