#pragma once

#include "desk/views.h"

#include <algorithm>
#include <cmath>
#include <memory>

/// Tickets as the desk answers them, for the parts that draw them.
namespace vegadesk::test
{

/// A short put spread 545/555 sold for 0.80.
inline std::shared_ptr<desk::TicketView> spreadTicket()
{
    auto ticket = std::make_shared<desk::TicketView>();
    ticket->spot = 585;
    ticket->oneSigmaLow = 560;
    ticket->oneSigmaHigh = 610;
    ticket->twoSigmaLow = 536;
    ticket->twoSigmaHigh = 618;
    ticket->daysToExpiry = 31;
    ticket->breakEvens = {554.2};
    for (int spot = 530; spot <= 620; ++spot) {
        ticket->spots.push_back(spot);
        ticket->atExpiry.push_back(80 - 100 * std::clamp(555.0 - spot, 0.0, 10.0));
        ticket->today.push_back(80 - 1000 / (1 + std::exp((spot - 550) / 8.0)));
    }
    return ticket;
}

inline std::shared_ptr<desk::TicketView> whatIfTicket()
{
    auto ticket = spreadTicket();
    desk::WhatIfPicture picture;
    picture.whatIf.spotChange = -0.05;
    picture.spot = 555.75;
    picture.profit = -42.5;
    picture.greeks.delta = 12.5;
    picture.greeks.theta = -3.25;
    picture.profits.assign(ticket->spots.size(), 33);
    ticket->whatIf = picture;
    return ticket;
}

} // namespace vegadesk::test
