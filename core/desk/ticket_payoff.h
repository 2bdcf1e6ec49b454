#pragma once

#include "desk/variance_clock.h"
#include "desk/views.h"
#include "pricing/payoff.h"

#include <span>
#include <vector>

namespace vegadesk::desk
{

/// What a ticket draws and measures: an order, or a position, with what it cost.
struct PricedBook {
    std::vector<pricing::ValuationLeg> legs;
    pricing::MarketPoint market;
    double cost = 0;          ///< dollars, negative when received
    double years = 0;         ///< to the first expiry; 0 without options
    double volatility = 0;    ///< mean of the options'; 0 without any
    GreekSums greeks;         ///< of what is known
    QuotedTime time;          ///< that its theta passes in
    bool isComplete = false;  ///< all of its instruments and figures are known
    bool isUncovered = false; ///< short calls outlive what covers them: at the first expiry that is not to be seen
};

/// What the legs add up to in that world, in the window's units: theta as the chain has it, in dollars over the next calendar day
/// of `time`, see VarianceClock. NaN where a leg's figures are.
GreekSums greeksOf(std::span<const pricing::ValuationLeg> legs, const pricing::MarketPoint& market,
                   const pricing::Scenario& scenario, const QuotedTime& time);

/// Draws the book into the ticket: spots, curves, cone, what-if, most profit and loss, break-evens and probability. A book without
/// legs makes what its cost says at every spot; `shown` is then whose strikes the spots reach over. Nothing where the book is not
/// complete.
void drawBook(TicketView& view, const PricedBook& book, const PricedBook& shown, const WhatIf& whatIf);

/// Profit of the book at the ticket's spots when its first option expires; empty where it is not complete.
std::vector<double> profitsAtExpiry(const PricedBook& book, std::span<const double> spots);

/// Most that the book can lose at its first expiry: infinite when not limited then or later, NaN when not known.
double maxLossOf(const PricedBook& book);

} // namespace vegadesk::desk
