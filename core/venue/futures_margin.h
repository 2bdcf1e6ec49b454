#pragma once

#include "portfolio/margin.h"
#include "venue/account_book.h"

#include <span>

namespace vegadesk::venue
{

/// What the exchange of one future asks for it and the options on it, in the manner of SPAN: the most that all of them lose
/// together over moves of the future by up to `scanRange` either way, in thirds, with volatilities a quarter up and down, and a
/// third of what a move three times as large costs; no less than `shortOptionLeast` dollars for each option that is short. Options
/// count with what they are worth: a long one asks for nothing, a short one for its price besides.
/// NaN where the market does not value a contract. The broker's own figures are the clearing house's and differ.
struct FuturesMargin {
    static constexpr double scanRange = 0.065; ///< of the future's price
    static constexpr double volatilityShift = 0.25;
    static constexpr double extremeMoves = 3, extremeShare = 1.0 / 3;
    static constexpr double shortOptionLeast = 50;

    static portfolio::Margin of(std::span<const AccountBook::UnderlyingMargin::Holding> holdings, MarketModel& market,
                                base::Instant at);
};

} // namespace vegadesk::venue
